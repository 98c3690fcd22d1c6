"""A drawing as plain shapes: what a picture becomes when everything in it has its place.

Down, places are pixels. Across, they are pixels of the width for which the picture is drawn; a page that is wider
stretches them, and nothing else: ``dx`` and the paths of shapes keep their pixels, so do words, points and strokes.
A shape names its paint: see :mod:`frontier_calc.book.theme`.
"""

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


@dataclass(frozen=True, kw_only=True)
class Path:
    """A stroke through several places, all of which are stretched; ``dashed`` towards what was projected or assumed."""

    places: Sequence[tuple[float, float]]
    paint: str
    width: float = 1.0
    dashed: bool = False


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


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A point, filled or ``hollow``."""

    x: float
    y: float
    radius: float
    paint: str
    hollow: bool = False
    tip: Tip | None = None


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
    beside: str = ""  # the key of the figure at whose mark it is drawn, as the sign of its open side


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
    """Everything in its place, from the back to the front, in a picture of this size."""

    width: float
    height: float
    items: tuple[Item, ...]
    zero: float | None = None  # where its bars begin, where a page may draw them longer or shorter

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
