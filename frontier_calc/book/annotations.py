"""What an author points out on a chart: a point, a moment, a crossing, a gap between two figures, a level.

An author says what, and in which words; where the words stand is worked out when the chart is drawn. What was not known
is left out, and so is a mark whose claim has nothing to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontier_calc.book import captions
from frontier_calc.book.phrases import Phrase, Words, headline, phrase
from frontier_calc.dates import Period, parse_period
from frontier_calc.figure import Figure
from frontier_calc.record.store import Event

When = Figure | Period | Event | date | str


@dataclass(frozen=True, eq=False, kw_only=True)
class Annotation:
    """Words that belong to something on a chart."""

    words: Phrase

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that it stands by; those within its words are told by the words."""
        return ()

    @property
    def applies(self) -> bool:
        """Whether there is something to say, of figures that are known and have a place on an axis."""
        return bool(self.words) and all(captions.is_drawable(figure) for figure in self.figures)


@dataclass(frozen=True, eq=False, kw_only=True)
class OfFigure(Annotation):
    """What belongs to one figure."""

    figure: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure."""
        return (self.figure,)


@dataclass(frozen=True, eq=False, kw_only=True)
class Callout(OfFigure):
    """Words at a figure of the chart: see :func:`callout`."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Moment(Annotation):
    """A line at a moment, or at a place across a curve: see :func:`moment`."""

    period: Period | None = None
    figure: Figure | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figure that it stands at, if it is one."""
        return () if self.figure is None else (self.figure,)

    @property
    def applies(self) -> bool:
        """Whether the moment was known."""
        return super().applies and (self.period is not None or self.figure is not None)


@dataclass(frozen=True, eq=False, kw_only=True)
class Crossing(Annotation):
    """Words where two lines of the chart cross: see :func:`crossing`."""

    one: str
    other: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Gap(Annotation):
    """A bracket between two figures of the chart: see :func:`gap`."""

    one: Figure
    other: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The two figures."""
        return (self.one, self.other)


@dataclass(frozen=True, eq=False, kw_only=True)
class Level(OfFigure):
    """A line at the value of a figure: see :func:`level`."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Apart(OfFigure):
    """A point that its line passes by, and why: see :func:`apart`."""


# As an author writes them.


def callout(figure: Figure, words: Words) -> Callout:
    """Words at a figure that the chart shows: a point, a bar, a place on a curve."""
    return Callout(figure=figure, words=headline(words))


def moment(when: When, words: Words) -> Moment:
    """A line at a moment: a day, a period or its text ("2026-04": its end), an event, or a figure.

    On a chart over time a figure stands for its period, on a curve for its value across. Raises ValueError for a text
    that is no period.
    """
    said = headline(words)
    if isinstance(when, Figure):
        return Moment(words=said, period=when.period, figure=when)
    if isinstance(when, Event):
        return Moment(words=said, period=parse_period(when.date) if when.date else None)
    if isinstance(when, Period):
        return Moment(words=said, period=when)
    return Moment(words=said, period=parse_period(when.isoformat() if isinstance(when, date) else when))


def crossing(one: str, other: str, words: Words) -> Crossing:
    """Words where two lines cross, which are named as in the chart; left out where they do not."""
    return Crossing(one=one, other=other, words=headline(words))


def gap(one: Figure, other: Figure, words: Words) -> Gap:
    """A bracket from one figure of the chart to another, at the date of the later one."""
    return Gap(one=one, other=other, words=headline(words))


def level(figure: Figure, words: Words) -> Level:
    """A line across the chart at the value of a figure, which need not be drawn otherwise.

    On a chart over months what a year came to runs over that year.
    """
    return Level(figure=figure, words=headline(words))


def apart(figure: Figure, words: Words) -> Apart:
    """A figure of a line that is shown and not joined, such as one that is older than its date; the small print says why."""
    return Apart(figure=figure, words=phrase(words))


# As a chart reads them.


def applying(annotations: Iterable[Annotation], kinds: tuple[type[Annotation], ...], chart: str) -> list[Annotation]:
    """Those that have something to say. Raises TypeError for one of a kind that such a chart cannot show."""
    for annotation in annotations:
        if not isinstance(annotation, kinds):
            known = ", ".join(f"book.{kind.__name__.lower()}" for kind in kinds)
            found = type(annotation).__name__.lower()
            raise TypeError(f"marks of a {chart} chart: found {found}, expected one of {known}")
    return [annotation for annotation in annotations if annotation.applies]


def figures_of(annotations: Iterable[Annotation]) -> list[Figure]:
    """All figures that annotations stand by or name."""
    return [figure for each in annotations for figure in (*each.figures, *each.words.figures)]


def told(annotations: Iterable[Annotation]) -> list[str]:
    """What is pointed out, as a sentence of the alt text; none where nothing is. The small print says what stands apart."""
    said = [str(annotation.words) for annotation in annotations if not isinstance(annotation, Apart)]
    return [f"Pointed out: {'; '.join(said)}"] if said else []


def missing(annotation: Annotation, figure: Figure, title: str) -> ValueError:
    """The complaint about a figure that is known and is not in the chart."""
    kind = type(annotation).__name__.lower()
    return ValueError(
        f"the chart {title!r}: book.{kind} stands by {figure.label} ({figure}), which the chart does not show; "
        f"put it among its figures, or take away the mark"
    )
