"""What an author points out on a chart: a point, a moment, a crossing, a gap between two figures, a level.

An author says what, and in which words; where the words stand is worked out when the chart is drawn.
"""

from dataclasses import dataclass
from datetime import date

from frontier_calc.book.phrases import Phrase, Words, headline
from frontier_calc.dates import Period, parse_period
from frontier_calc.figure import Figure
from frontier_calc.record.store import Event

When = Figure | Period | Event | date | str


@dataclass(frozen=True, eq=False)
class Callout:
    """Words at a figure of the chart: see :func:`callout`."""

    figure: Figure
    words: Phrase


@dataclass(frozen=True, eq=False)
class Moment:
    """A line across time, or at a place across a curve: see :func:`moment`. Without a day where it was not known."""

    words: Phrase
    day: date | None = None
    figure: Figure | None = None


@dataclass(frozen=True, eq=False)
class Crossing:
    """Words where two lines of the chart cross: see :func:`crossing`."""

    one: str
    other: str
    words: Phrase


@dataclass(frozen=True, eq=False)
class Gap:
    """A bracket between two figures of the chart: see :func:`gap`."""

    one: Figure
    other: Figure
    words: Phrase


@dataclass(frozen=True, eq=False)
class Level:
    """A line at the value of a figure: see :func:`level`."""

    figure: Figure
    words: Phrase


Annotation = Callout | Moment | Crossing | Gap | Level


def callout(figure: Figure, words: Words) -> Callout:
    """Words at a figure that the chart shows: a point, a bar, a place on a curve."""
    return Callout(figure, headline(words))


def moment(when: When, words: Words) -> Moment:
    """A line at a moment: a day, a period or its text ("2026-04": its end), an event, or a figure.

    On a chart over time a figure stands for its period, on a curve for its value across. Raises ValueError for a
    figure without a period on a chart over time, when the chart is made.
    """
    said = headline(words)
    if isinstance(when, Figure):
        return Moment(said, day=when.period.end if when.period else None, figure=when)
    if isinstance(when, Event):
        return Moment(said, day=parse_period(when.date).end if when.date else None)
    if isinstance(when, date):
        return Moment(said, day=when)
    period = when if isinstance(when, Period) else parse_period(when)
    return Moment(said, day=period.end)


def crossing(one: str, other: str, words: Words) -> Crossing:
    """Words where two lines cross, which are named as in the chart; left out where they do not."""
    return Crossing(one, other, headline(words))


def gap(one: Figure, other: Figure, words: Words) -> Gap:
    """A bracket from one figure of the chart to another, at the date of the later one."""
    return Gap(one, other, headline(words))


def level(figure: Figure, words: Words) -> Level:
    """A line across the chart at the value of a figure, which need not be drawn otherwise."""
    return Level(figure, headline(words))
