"""Restating a figure as one that can be pictured: per day, per person, or so many of something known."""

import itertools
import math
from collections.abc import Iterable

from frontier_calc.dates import Period
from frontier_calc.figure import Figure, constant
from frontier_calc.models.arguments import ModelError
from frontier_calc.units import UnitError, is_pace, need, power

__all__ = ["days_of", "pair", "per_day", "per_person", "words_in"]


def days_of(period: Period) -> Figure:
    """The days of a period, both ends counted, as an exact figure in days: 366 for 2028.

    >>> from frontier_calc.dates import parse_period
    >>> print(days_of(parse_period("2028")))
    366
    """
    return constant(f"days in {period.words}", period.days, "day")


def per_day(flow: Figure) -> Figure:
    """A flow over its period, per day of that period: ``flow / days``. Unit: the flow's, per day.

    Raises UnitError for a pace, which is no sum over a period, and ModelError where the flow has no period.

    >>> from frontier_calc import projection
    >>> print(per_day(projection("openai-operating-loss", "FY2028")).rough)
    about $200 million
    """
    if is_pace(flow.unit):
        raise UnitError(
            f"{flow.label} is a pace, {flow.unit_words}, and no sum over a period: divide by a span instead"
        )
    if flow.period is None:
        raise ModelError(f"{flow.label} has no period to spread it over")
    return flow / days_of(flow.period)


def per_person(amount: Figure, population: Figure) -> Figure:
    """An amount shared out among people: ``amount / population``. Unit: the amount's, per person.

    Raises UnitError where ``population`` does not count persons.

    >>> from frontier_calc import assume
    >>> print(per_person(assume("sum", 100e9, "USD"), assume("people", 8e9, "person")))
    $12.50
    """
    need("person", population, "sharing out among people")
    return amount / population


def words_in(tokens: Figure, words_per_token: Figure) -> Figure:
    """How many words so many tokens make: ``tokens × words per token``. Unit: word, per whatever the tokens are per.

    Raises UnitError where ``tokens`` counts no tokens, or the other figure is not in words per token.

    >>> from frontier_calc import assume
    >>> print(words_in(assume("tokens", 1e6, "token"), assume("words of a token", 0.75, "word per token")))
    750,000
    """
    if power(tokens.unit, "token") != 1:
        raise UnitError(f"telling tokens as words takes tokens, and {tokens.label} counts {tokens.unit_words}")
    need("word per token", words_per_token, "telling tokens as words")
    return tokens * words_per_token


def pair(ratio: Figure, landmarks: Iterable[Figure]) -> tuple[Figure, Figure]:
    """Two landmarks of one unit whose ratio comes nearest to ``ratio``: the larger one, the smaller one.

    Nearest is measured by the logarithm, so that twice too much is as far off as half. A landmark that was not known
    then is taken only where nothing else can be. Raises ModelError for a ratio that is not above nothing, and where
    no two landmarks share a unit.

    >>> from frontier_calc import assume
    >>> house, income = assume("a house", 420_000, "USD"), assume("a year's income", 84_000, "USD")
    >>> [landmark.label for landmark in pair(assume("ratio", 4), [income, house])]
    ['a house', "a year's income"]
    """
    if ratio.has_value and not ratio.value > 0:
        raise ModelError(f"{ratio.label} is not above nothing: no two landmarks stand in such a ratio")
    usable = [landmark for landmark in landmarks if not landmark.value <= 0]  # so written to keep an unknown one
    pairs = [two for two in itertools.permutations(usable, 2) if _larger_first(*two)]
    if not pairs:
        raise ModelError("two landmarks of one unit are needed in data/landmarks.csv")

    def far_off(two: tuple[Figure, Figure]) -> float:
        larger, smaller = two
        off = abs(math.log(larger.value / smaller.value / ratio.value))
        return math.inf if math.isnan(off) else off  # where all is unknown the first pair stands in

    return min(pairs, key=far_off)


def _larger_first(a: Figure, b: Figure) -> bool:
    return a.unit == b.unit and not a.value <= b.value  # so written to keep an unknown one
