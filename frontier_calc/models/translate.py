"""Restating a figure as one that can be pictured: per day, per person, or so many of something known."""

import math
from collections.abc import Iterable

from frontier_calc.dates import Period
from frontier_calc.figure import Figure, constant
from frontier_calc.units import UnitError


def days_of(period: Period) -> Figure:
    """The days of a period, as an exact figure: 366 for 2028."""
    return constant(f"days in {period.words}", period.days, "day")


def per_day(flow: Figure) -> Figure:
    """A flow over its period, per day of that period.

    >>> from frontier_calc import projection
    >>> print(per_day(projection("openai-operating-loss", "FY2028")).rough)
    about $200 million
    """
    if "per year" in flow.unit_words or "per month" in flow.unit_words:
        raise UnitError(
            f"{flow.label} is a pace, {flow.unit_words}, and no sum over a period: divide by a span instead"
        )
    if flow.period is None:
        raise ValueError(f"{flow.label} has no period to spread it over")
    return flow / days_of(flow.period)


def per_person(amount: Figure, population: Figure) -> Figure:
    """An amount shared out among people."""
    return amount / population


def words_in(tokens: Figure, words_per_token: Figure) -> Figure:
    """How many words so many tokens make."""
    return tokens * words_per_token


def pair(ratio: Figure, landmarks: Iterable[Figure]) -> tuple[Figure, Figure]:
    """Two landmarks of one unit whose ratio comes nearest to ``ratio``: the larger one, the smaller one."""
    if ratio.is_known and not ratio.value > 0:
        raise ValueError(f"{ratio.label} is not above nothing: no two landmarks stand in such a ratio")
    each = [landmark for landmark in landmarks if not landmark.value <= 0]  # so written to keep an unknown one
    pairs = [(a, b) for a in each for b in each if a is not b and a.unit == b.unit and not a.value <= b.value]
    if not pairs:
        raise ValueError("two landmarks of one unit are needed in data/landmarks.csv")

    def far(two: tuple[Figure, Figure]) -> float:
        off = abs(math.log(two[0].value / two[1].value / ratio.value))
        return math.inf if math.isnan(off) else off  # where all is unknown the first pair stands in

    return min(pairs, key=far)
