"""What a chart draws, as plain records: the picture's kind, its marks and the words around it.

The instruments (``line_charts``, ``bar_charts``, ``curve_charts``, ``flows``, ``rings``) make them from figures; ``drawing`` gives
everything its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from frontier_calc.book.phrases import NO_WORDS, Phrase
from frontier_calc.book.scene import FIXED, At, Said, Tip
from frontier_calc.figure import Figure

Direction = Literal["right", "left", "down", "up"]
Open = Literal["", "above", "below"]


@dataclass(frozen=True)
class Heading:
    """The words around a picture: its title, what is drawn, the small print and the sources; the name of the chart.

    Its ``key`` says in a line what the signs of its points mean. Who cannot see them is told so of each figure.
    ``broad`` for a picture that takes the margin of a page as well, where there is one.
    """

    title: Phrase
    subtitle: Phrase
    notes: Sequence[Phrase] = ()
    credits: str = ""
    name: str = ""
    key: str = ""
    broad: bool = False

    @property
    def figures(self) -> list[Figure]:
        """The figures that the words hold."""
        return [figure for words in (self.title, self.subtitle, *self.notes) for figure in words.figures]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A figure as it is drawn: its value on the axis, its range there where it has one, and what a pointer is told."""

    value: float
    low: float | None = None
    high: float | None = None
    open: Open = ""  # on which side a bound leaves it open
    figure: str  # the key of the figure
    firm: bool  # neither projected nor assumed
    estimated: bool = False
    told: tuple[str, ...] = ()  # its value, its date, its sources

    @property
    def ends(self) -> list[float]:
        """The low and the high end of its range; none where it has no range."""
        return [end for end in (self.low, self.high) if end is not None]

    def tip(self, name: str) -> Tip:
        """What a pointer is told of it, under its name."""
        return Tip(self.figure, (name, *self.told) if name else self.told)


# What an author points out, on the axes of a picture.


@dataclass(frozen=True)
class Pointer:
    """Words at a point, which has a ring around it; or at a place where none stands, such as a crossing."""

    x: float
    y: float
    words: Phrase
    ring: bool = True
    at: At = FIXED


@dataclass(frozen=True)
class Upright:
    """A line from top to bottom."""

    x: float
    words: Phrase
    at: At = FIXED


@dataclass(frozen=True)
class Across:
    """A line across, at a value; only from ``x`` to ``x2`` where it is about a stretch of the axis."""

    y: float
    words: Phrase
    x: float | None = None
    x2: float | None = None
    at: At = FIXED


@dataclass(frozen=True)
class Bracket:
    """A bracket at ``x``, from ``y`` to ``y2``; a thin line joins it to a point at ``x2`` that lies before it.

    It stands a little to the right of ``x``, or to the ``left`` of it where a line runs on to the right.
    """

    x: float
    y: float
    x2: float
    y2: float
    words: Phrase
    left: bool = False
    at: At = FIXED


Pointed = Pointer | Upright | Across | Bracket

# Lines over time, and curves.


@dataclass(frozen=True, kw_only=True)
class LinePoint:
    """A point of a line over time; one that stands ``apart`` is told, and the line passes it by."""

    line: str
    day: date
    mark: Mark
    apart: bool = False

    @property
    def x(self) -> float:
        """Its place on an axis of time: the number of its day."""
        return float(self.day.toordinal())


@dataclass(frozen=True)
class Lines:
    """Lines over time; the points in order, line by line. ``yearly`` where each is about a whole year."""

    points: Sequence[LinePoint]
    log: bool
    yearly: bool
    pointed: Sequence[Pointed] = ()
    unit: float = 1.0  # how much one on the axis of values is


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """A point at ``x``, told as ``at``; the points that make up the curve itself have no name."""

    name: str
    x: float
    at: str
    mark: Mark
    x_figure: str  # the key of the figure that x is

    @property
    def stands(self) -> At:
        """The figures that are its place."""
        return At(x=self.x_figure, y=self.mark.figure)


@dataclass(frozen=True)
class Curve:
    """One quantity over another: the points that make up the curve, and those that were observed; the axes' names."""

    course: Sequence[CurvePoint]
    points: Sequence[CurvePoint]
    x_name: str
    y_name: str
    pointed: Sequence[Pointed] = ()
    x_unit: float = 1.0  # how much one on an axis is
    y_unit: float = 1.0


# Bars.


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar; ``group`` is empty where bars are not grouped, ``label`` its value, ``tag`` how solid it is.

    ``note`` is what an author points out of it.
    """

    group: str
    name: str
    label: str
    tag: str
    mark: Mark
    note: Phrase = NO_WORDS


@dataclass(frozen=True)
class BarBracket:
    """A bracket from one bar to another, by the keys of their figures."""

    one: str
    other: str
    words: Phrase


@dataclass(frozen=True)
class Bars:
    """Bars from the left, one below the other."""

    bars: Sequence[Bar]
    levels: Sequence[Across] = ()
    brackets: Sequence[BarBracket] = ()
    unit: float = 1.0  # how much one on the axis is


# Small multiples.


@dataclass(frozen=True)
class Panels:
    """Pictures of one kind side by side, each under its name, on shared scales."""

    panels: Mapping[str, Lines] | Mapping[str, Bars]


# Boxes and arrows, and rings.


@dataclass(frozen=True)
class Area:
    """The cells of a grid that one box takes: its first column and row, and those after its last."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """An arrow between two boxes: ``label`` holds its words as they stand beside it, each on lines of its own."""

    start: str
    end: str
    words: str
    label: Sequence[str]
    kind: str  # arrows of one kind have one colour
    thick: float  # in pixels
    side: Direction
    tip: Tip | None = None
    firm: bool = True
    said: Said = ()  # the label in parts, where there is a figure among them


@dataclass(frozen=True)
class Flow:
    """Boxes by name, each with its place in the grid and perhaps a note, and the arrows between them."""

    areas: Mapping[str, Area]
    notes: Mapping[str, str]
    arrows: Sequence[Arrow]
    scaled: bool = False  # whether they are as wide as what they stand for


@dataclass(frozen=True)
class Ring:
    """Stops by name, each perhaps with a note, and the words of the way from each to the next and from the last to the first.

    What the ring comes to stands in its ``middle``.
    """

    stops: Mapping[str, str]
    ways: Sequence[Phrase]
    middle: Phrase = NO_WORDS


Picture = Lines | Bars | Curve | Flow | Ring | Panels
