"""What a chart draws, as plain records: the picture's kind, its marks and the words around it.

``charts`` and ``flows`` make them from figures; ``drawing`` turns them into Vega-Lite, and is the only one that knows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from frontier_calc.book.phrases import Phrase
from frontier_calc.figure import Figure

Direction = Literal["right", "left", "down", "up"]


@dataclass(frozen=True)
class Heading:
    """The words around a picture: its title, what is drawn, the small print and the sources; the name of the chart."""

    title: Phrase
    subtitle: Phrase
    notes: Sequence[Phrase] = ()
    credits: str = ""
    name: str = ""

    @property
    def figures(self) -> list[Figure]:
        """The figures that the words hold."""
        return [figure for words in (self.title, self.subtitle, *self.notes) for figure in words.figures]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A figure as it is drawn: its value on the axis and its range there, where it has one."""

    value: float
    low: float | None = None
    high: float | None = None
    words: str  # its words with period, range and tag, for whoever points at it
    figure: str  # the key of the figure
    firm: bool  # neither projected nor assumed

    @property
    def ends(self) -> list[float]:
        """The low and the high end of its range; none where it has no range."""
        return [end for end in (self.low, self.high) if end is not None]


@dataclass(frozen=True, kw_only=True)
class LinePoint:
    """A point of a line over time."""

    line: str
    day: date
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar; ``group`` is empty where bars are not grouped, ``label`` the words behind its name."""

    group: str
    name: str
    label: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """A point at ``x``, told as ``at``; the points that make up the curve itself have no name."""

    name: str
    x: float
    at: str
    mark: Mark


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
    figure: str | None


# The four kinds of picture.


@dataclass(frozen=True)
class Lines:
    """Lines over time; the points in order, line by line. ``yearly`` where each is about a whole year."""

    points: Sequence[LinePoint]
    log: bool
    yearly: bool


@dataclass(frozen=True)
class Bars:
    """Bars from the left, one below the other."""

    bars: Sequence[Bar]


@dataclass(frozen=True)
class Curve:
    """One quantity over another: the points that make up the curve, and those that were observed; the axes' names."""

    course: Sequence[CurvePoint]
    points: Sequence[CurvePoint]
    x_name: str
    y_name: str


@dataclass(frozen=True)
class Flow:
    """Boxes by name, each with its place in the grid and perhaps a note, and the arrows between them."""

    areas: Mapping[str, Area]
    notes: Mapping[str, str]
    arrows: Sequence[Arrow]


Picture = Lines | Bars | Curve | Flow
