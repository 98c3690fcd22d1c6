"""A drawing as plain shapes: what a picture becomes when everything in it has its place.

Down, places are pixels. Across, they are pixels of the width for which the picture is drawn; a page that is wider
stretches them, and nothing else: ``dx`` and the paths of shapes keep their pixels, so do words, points and strokes.
A shape names its paint: see :mod:`frontier_calc.book.theme`.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from frontier_calc.book.theme import LINE, TEXT, width_of

Align = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Tip:
    """The figure that a shape stands for, and what is told of it: its name, its value, its date, its sources."""

    figure: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Axis:
    """How a page finds the place of another value: where nothing stands, how far it is from there to one, and the places
    between which there is room. On a logarithmic axis it is one that stands there, and how far it is to e times as much.

    >>> Axis(310.0, -3.0, 10.0, 310.0).place(20)
    250.0
    """

    nought: float
    step: float
    least: float
    most: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value stands, were there room for it."""
        return self.nought + self.step * (math.log(value) if self.log else value)


@dataclass(frozen=True)
class At:
    """The figures, by key, whose values are the place of a shape, across and down: with another value it stands elsewhere.

    ``y2`` is that of its other end, ``crossing`` the two lines that cross there. A place without a figure stays.
    """

    x: str = ""
    y: str = ""
    y2: str = ""
    crossing: tuple[str, ...] = ()


FIXED = At()
Sign = Literal["", "half", "range", "open", "leader"]  # what a shape says of the point beside which it stands
SENTENCE = "claim"
# Words in parts: a text; a figure by its key, and how it is worded; a claim by its name, and that it is one.
Said = Sequence[str | tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A straight stroke."""

    x: float
    y: float
    x2: float
    y2: float
    paint: str
    width: float = 1.0
    dashed: bool = False
    faint: bool = False
    tip: Tip | None = None
    beside: str = ""  # the key of the figure at whose mark it is drawn, as its range
    at: At = FIXED


@dataclass(frozen=True, kw_only=True)
class Path:
    """A stroke through several places, all of which are stretched; ``dashed`` towards what was projected or assumed.

    ``through`` says whose places they are, ``line`` of which line the stroke is a stretch.
    """

    places: Sequence[tuple[float, float]]
    paint: str
    width: float = 1.0
    dashed: bool = False
    through: Sequence[At] = ()
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A rectangle, filled or ``hollow``; ``faint`` where it stands behind another of its colour."""

    x: float
    y: float
    x2: float
    y2: float
    paint: str
    hollow: bool = False
    faint: bool = False
    radius: float = 0.0
    tip: Tip | None = None
    axis: Axis | None = None  # where it would end with another value


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A point, filled or ``hollow``."""

    x: float
    y: float
    radius: float
    paint: str
    hollow: bool = False
    tip: Tip | None = None
    at: At = FIXED


@dataclass(frozen=True)
class RightOf:
    """The bars, by the keys of their figures, right of whose values a shape stands, and of what else between them."""

    figures: tuple[str, ...]
    least: float


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A path in pixels around a place, filled or drawn with a stroke."""

    x: float
    y: float
    path: str
    paint: str
    filled: bool = False
    width: float = 1.0
    faint: bool = False
    beside: str = ""  # the key of the figure at whose mark it is drawn
    sign: Sign = ""  # and as what
    at: At = FIXED
    right_of: RightOf | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """Lines of words, the first on the base line ``y``; ``tail`` follows the last of them in a softer ink.

    ``halo`` keeps them clear of what they stand on.
    """

    x: float
    y: float
    lines: Sequence[str]
    paint: str = "ink"
    size: float = TEXT
    bold: bool = False
    align: Align = "start"
    dx: float = 0.0
    halo: bool = False
    tail: str = ""
    leading: float = LINE
    value_of: str = ""  # the key of the figure whose value they are, where a page may write another in its place
    said: Said = ()  # they in parts, where there is a figure among them
    at: At = FIXED
    right_of: RightOf | None = None
    column: bool = False  # of a column of words that keep clear of each other

    @property
    def width(self) -> float:
        """About how wide they are."""
        last = width_of(self.lines[-1], self.size, self.bold) + width_of(self.tail, self.size)
        return max(last, *(width_of(line, self.size, self.bold) for line in self.lines))

    @property
    def bottom(self) -> float:
        """How far down their last line reaches, with what hangs below it."""
        return self.y + self.leading * (len(self.lines) - 1) + self.size / 3


Item = Rule | Path | Bar | Dot | Shape | Words


@dataclass(frozen=True)
class Scene:
    """Everything in its place, from the back to the front, in a picture of this size.

    ``follows``: a page may show it with the numbers of a reader, on the same axes.
    """

    width: float
    height: float
    items: tuple[Item, ...]
    follows: bool = False
    across: Axis | None = None
    down: Axis | None = None

    @property
    def tips(self) -> list[Tip]:
        """The figures that its shapes stand for."""
        return [item.tip for item in self.items if isinstance(item, Rule | Bar | Dot) and item.tip is not None]


def moved(items: Iterable[Item], right: float = 0.0, down: float = 0.0) -> list[Item]:
    """The items so far right and down."""
    return [_moved(item, right, down) for item in items]


def _moved(item: Item, right: float, down: float) -> Item:
    if isinstance(item, Path):
        return replace(item, places=[(x + right, y + down) for x, y in item.places])
    if isinstance(item, Rule | Bar):
        return replace(item, x=item.x + right, x2=item.x2 + right, y=item.y + down, y2=item.y2 + down)
    return replace(item, x=item.x + right, y=item.y + down)
