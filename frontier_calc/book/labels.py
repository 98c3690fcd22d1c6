"""Where the words of a picture stand: beside what they name, clear of the lines and of one another.

The placement is greedy. What a label must keep clear of is a cloud of dots: along the lines, around the points, and
over the labels that already stand. Label by label, of the sides on which it may stand, it takes the first whose box
covers the fewest dots. Places are in pixels of the drawing; down is positive.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from frontier_calc.book.scene import Shape, Words
from frontier_calc.book.theme import LINE, TEXT, width_of

CLOSE = 6.0  # pixels from one dot of a line to the next
WORDS_WEIGH = 18  # dots for each place on words
APART = 12  # pixels from a point to words that need a line to it
CLEAR = 7.5  # pixels from the middle of a point to the line that leads from it
POINTS_WEIGH = 3  # dots for each corner of a point
AROUND = 4.0  # a point is as far across as this on each side of its middle
OUTSIDE = 100  # to leave the picture is as bad as to cover so many dots
ASCENT = 0.78  # how far letters reach above their base line, as a part of their size


class Place(NamedTuple):
    """A place in the drawing, in pixels from its top left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A rectangle in the drawing: what words cover, or the room that they have."""

    left: float
    top: float
    right: float
    bottom: float

    def count(self, dots: Iterable[Place]) -> int:
        """How many dots lie in the box, or so near that they would touch the letters."""
        left, right, top, bottom = self.left - 3, self.right + 3, self.top - 1, self.bottom + 1
        return sum(1 for x, y in dots if left <= x <= right and top <= y <= bottom)

    def meets(self, other: "Box") -> bool:
        """Whether two boxes have some room in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_within(self, other: "Box") -> bool:
        """Whether the box lies in another one."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom

    def dots(self) -> list[Place]:
        """Dots over the box: along its top, its middle and its bottom. Words on words weigh more than words on a line."""
        heights = (self.top, (self.top + self.bottom) / 2, self.bottom)
        return [dot for y in heights for dot in along([Place(self.left, y), Place(self.right, y)])] * WORDS_WEIGH

    def nearest(self, place: Place) -> Place:
        """The place of the box that is nearest to another."""
        return Place(min(max(place.x, self.left), self.right), min(max(place.y, self.top), self.bottom))


@dataclass(frozen=True)
class Side:
    """Where words stand, seen from the point they belong to: right of it (1), left (-1) or centred (0), and how far."""

    across: int
    down: int
    dx: float
    dy: float


# Beside a point, the best side first.
SIDES: Sequence[Side] = (
    Side(1, -1, 8, -3),
    Side(-1, -1, -8, -3),
    Side(0, -1, 0, -9),
    Side(1, 0, 10, 0),
    Side(-1, 1, -8, 3),
    Side(1, 1, 8, 3),
    Side(0, 1, 0, 9),
    Side(-1, 0, -10, 0),
)


def _fan() -> list[Side]:
    """The places around a point from the near to the far, at each distance first those above it."""
    sides = list(SIDES)
    for distance in (20, 30, 42, 56, 72, 90, 112):
        slant = 0.7 * distance
        for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            sides.append(Side(across, down, across * slant, down * slant))
        sides += [Side(0, -1, 0, -distance), Side(0, 1, 0, distance)]
        sides += [Side(-1, 0, -distance, 0), Side(1, 0, distance, 0)]
        for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            sides.append(Side(across, down, across * 8, down * distance))
    return sides


FAN: Sequence[Side] = _fan()
APART_FROM_IT: Sequence[Side] = FAN[len(SIDES) :]  # those from which a line leads to the point


@dataclass(frozen=True)
class Label:
    """Lines of words that belong to a point, and the sides on which they may stand, the best first.

    A thin line leads from the point to words that stand apart from it, unless it is ``alone``.
    """

    point: Place
    lines: Sequence[str]
    sides: Sequence[Side] = SIDES
    size: float = TEXT
    bold: bool = False
    alone: bool = False

    @cached_property
    def width(self) -> float:
        """How wide the words may become."""
        return max(width_of(line, self.size, self.bold) for line in self.lines)

    @property
    def height(self) -> float:
        """How high the lines are together."""
        return LINE * len(self.lines)

    def box(self, side: Side) -> Box:
        """What the words cover on one of their sides."""
        left = self.point.x + side.dx + {1: 0.0, 0: -self.width / 2, -1: -self.width}[side.across]
        top = self.point.y + side.dy + {1: 0.0, 0: -self.height / 2, -1: -self.height}[side.down]
        return Box(left, top, left + self.width, top + self.height)

    def words(self, box: Box, paint: str = "ink") -> Words:
        """The words in a box of theirs: from the side of their point, and where the page stretches, fixed to it."""
        aligned = "middle"
        x = (box.left + box.right) / 2
        if box.left >= self.point.x - 1:
            aligned, x = "start", box.left
        elif box.right <= self.point.x + 1:
            aligned, x = "end", box.right
        return Words(
            x=self.point.x,
            dx=x - self.point.x,
            y=box.top + (LINE + ASCENT * self.size) / 2 - 0.06 * self.size,
            lines=self.lines,
            paint=paint,
            size=self.size,
            bold=self.bold,
            align=aligned,  # type: ignore[arg-type] # one of the three
            halo=True,
        )


def placed(labels: Iterable[Label], dots: Iterable[Place], room: Box) -> list[Box]:
    """What each label covers where it stands best, clear of the ``dots`` and of those before it, in the ``room``."""
    taken = list(dots)
    chosen = []
    for label in labels:
        box = _clearest(label, taken, room)
        taken += [*box.dots(), *led(label, box)]
        chosen.append(box)
    return chosen


def _clearest(label: Label, dots: Sequence[Place], room: Box) -> Box:
    """The box on the first of a label's sides on which it covers the fewest dots."""
    return _chosen(label, dots, room)[0]


def _chosen(label: Label, dots: Sequence[Place], room: Box) -> tuple[Box, float]:
    """The box of a label where it stands best, and how many dots it covers there, and crosses on the way from its point."""
    best, fewest = label.box(label.sides[0]), math.inf
    for side in label.sides:
        box = label.box(side)
        covered = box.count(dots) + (0 if box.is_within(room) else OUTSIDE)
        if covered < fewest:  # only then is it worth asking what the line to the words would cross
            covered += crossed(led(label, box), dots)
        if covered < fewest:
            best, fewest = box, covered
        if not covered:
            break
    return best, fewest


def best_of(variants: Sequence[Label], dots: Sequence[Place], room: Box) -> tuple[Label, Box]:
    """Of the same words broken in several ways, the first that can stand where it covers the fewest dots; its box."""
    found = [(label, *_chosen(label, dots, room)) for label in variants]
    label, box, _ = min(found, key=lambda each: each[2])
    return label, box


def led(label: Label, box: Box) -> list[Place]:
    """The dots of the thin line from a point to words that stand apart from it, but for those at the point itself."""
    near = box.nearest(label.point)
    if label.alone or math.dist(label.point, near) < APART:
        return []
    return [dot for dot in along([label.point, near]) if math.dist(dot, label.point) > 2 * AROUND]


def crossed(line: Sequence[Place], dots: Iterable[Place]) -> int:
    """How many dots lie on a line."""
    return sum(1 for x, y in dots if any(abs(x - at.x) <= AROUND and abs(y - at.y) <= AROUND for at in line))


def leader(label: Label, box: Box, paint: str = "soft", clear: float = CLEAR) -> Shape | None:
    """The thin line from a point to words that stand apart from it; none where they stand beside it.

    It begins so many pixels ``clear`` of the middle of the point.
    """
    near = box.nearest(label.point)
    dx, dy = near.x - label.point.x, near.y - label.point.y
    length = math.hypot(dx, dy)
    if length < APART:
        return None
    start, end = clear / length, (length - 1) / length
    path = f"M{dx * start:.1f},{dy * start:.1f}L{dx * end:.1f},{dy * end:.1f}"
    return Shape(x=label.point.x, y=label.point.y, path=path, paint=paint)


def along(course: Sequence[Place]) -> list[Place]:
    """A line as dots close together."""
    dots = []
    for start, end in pairwise(course):
        steps = max(1, math.ceil(math.dist(start, end) / CLOSE))
        for step in range(steps):
            part = step / steps
            dots.append(Place(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part))
    dots += course[-1:]
    return dots


def corners(point: Place) -> list[Place]:
    """The corners of the mark that is drawn at a point: to cover a point is worse than to cross a line."""
    return [Place(point.x + dx, point.y + dy) for dx in (-AROUND, AROUND) for dy in (-AROUND, AROUND)] * POINTS_WEIGH


@dataclass(frozen=True)
class _Pile:
    """Things that lie on one another in a column, moved as one within the column."""

    members: list[int]
    height: float
    wanted: float  # the sum of where their pile would begin for each
    column: tuple[float, float]

    @property
    def top(self) -> float:
        """Where it begins."""
        low, high = self.column
        return max(min(self.wanted / len(self.members), high - self.height), low)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    def under(self, above: "_Pile") -> "_Pile":
        """Both as one pile, this one the lower."""
        wanted = above.wanted + self.wanted - len(self.members) * above.height
        return _Pile([*above.members, *self.members], above.height + self.height, wanted, self.column)


def spread(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Where the middles of things in a column come to stand so that none lies on another, moved as little as can be.

    They keep their order, and lie between ``low`` and ``high`` where there is room.

    >>> spread([10, 12, 100], [10, 10, 10], 0, 200)
    [6.0, 16.0, 100.0]
    """
    piles: list[_Pile] = []
    for member in sorted(range(len(middles)), key=lambda each: middles[each]):
        pile = _Pile([member], heights[member], middles[member] - heights[member] / 2, (low, high))
        while piles and piles[-1].bottom > pile.top:
            pile = pile.under(piles.pop())
        piles.append(pile)
    found = [0.0] * len(middles)
    for pile in piles:
        top = pile.top
        for member in pile.members:
            found[member] = top + heights[member] / 2
            top += heights[member]
    return found
