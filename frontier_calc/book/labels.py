"""Where the labels of a picture stand: beside their points, clear of the lines and of one another.

The placement is greedy. What a label must keep clear of is a cloud of dots: along the lines, around the points, and
over the labels that already stand. Label by label, of the sides on which it may stand, it takes the first whose box
covers the fewest dots. Places are in pixels of the drawing, reckoned as Vega-Lite will draw it; down is positive.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from frontier_calc.book.theme import GUTTER, LINE, TEXT

STEPS = 16  # so many dots stand for a stretch of a line
AROUND = 4  # a point is as far across as this on each side of its middle
OUTSIDE = 100  # to leave the picture is as bad as to cover so many dots
BOLD = 0.6  # the width of a bold letter, as a part of its size, in a font that is not known


class Place(NamedTuple):
    """A place in the drawing, in pixels from its top left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Side:
    """On which side of its point a label stands, in Vega-Lite's words."""

    align: Literal["left", "center", "right"]
    dx: int
    baseline: Literal["top", "middle", "bottom"]
    dy: int


# Beside a point, the best side first.
SIDES: Sequence[Side] = (
    Side(align="left", dx=8, baseline="bottom", dy=-4),
    Side(align="right", dx=-8, baseline="bottom", dy=-4),
    Side(align="center", dx=0, baseline="bottom", dy=-12),
    Side(align="left", dx=9, baseline="middle", dy=0),
    Side(align="right", dx=-8, baseline="top", dy=4),
    Side(align="left", dx=8, baseline="top", dy=4),
    Side(align="center", dx=0, baseline="top", dy=12),
    Side(align="right", dx=-8, baseline="bottom", dy=-18),
    Side(align="left", dx=8, baseline="bottom", dy=-18),
)
# At the end of a line, right of it, moved up or down as little as can be.
ENDS: Sequence[Side] = tuple(
    Side(align="left", dx=9, baseline="middle", dy=dy) for dy in sorted(range(-60, 62, 2), key=abs)
)


@dataclass(frozen=True)
class Label:
    """Lines of words that belong to a point, and the sides on which they may stand, the best first."""

    point: Place
    lines: Sequence[str]
    sides: Sequence[Side] = SIDES


@dataclass(frozen=True)
class Box:
    """What a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, dot: Place) -> bool:
        """Whether a dot lies in the box, or so near that it would touch the letters."""
        return self.left - 3 <= dot.x <= self.right + 3 and self.top - 1 <= dot.y <= self.bottom + 1

    def leaves(self, edge: float) -> bool:
        """Whether the box reaches out of a picture that ends at ``edge``."""
        return self.left < -GUTTER or self.right > edge or self.top < -LINE

    def dots(self) -> list[Place]:
        """Dots over the box: along its top, its middle and its bottom."""
        heights = (self.top, (self.top + self.bottom) / 2, self.bottom)
        return [dot for y in heights for dot in _along([Place(self.left, y), Place(self.right, y)])]


@dataclass(frozen=True)
class Frame:
    """How the values of two axes become places in a drawing of that size."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    top: float
    log: bool = False

    @classmethod
    def around(
        cls, across: Sequence[float], values: Sequence[float], width: float, height: float, log: bool = False
    ) -> "Frame":
        """A frame that holds all these values, and zero as well where its axis of values is not logarithmic."""
        heights = [_height(value, log) for value in values]
        if not log:
            heights.append(0.0)
        return cls(
            width=width,
            height=height,
            left=min(across, default=0.0),
            right=max(across, default=0.0),
            bottom=min(heights, default=0.0),
            top=max(heights, default=0.0),
            log=log,
        )

    def place(self, across: float, value: float) -> Place:
        """Where a value stands."""
        length = self.right - self.left or 1.0
        depth = self.top - self.bottom or 1.0
        return Place(
            x=self.width * (across - self.left) / length,
            y=self.height * (self.top - _height(value, self.log)) / depth,
        )


def _height(value: float, log: bool) -> float:
    return math.log(value) if log else value


def width_of(lines: Sequence[str]) -> float:
    """How wide a bold label may become, in pixels."""
    return BOLD * TEXT * max(len(line) for line in lines)


def placed(labels: Iterable[Label], courses: Iterable[Sequence[Place]], edge: float) -> list[Side]:
    """On which of its sides each label stands, left of the ``edge`` of the picture.

    ``courses`` are the lines, as the places that they run through and have a point at.
    """
    dots: list[Place] = []
    for course in courses:
        dots += _along(course)
        for point in course:
            dots += _corners(point)
    chosen = []
    for label in labels:
        side = _clearest(label, dots, edge)
        dots += box_of(label, side).dots()
        chosen.append(side)
    return chosen


def _clearest(label: Label, dots: Sequence[Place], edge: float) -> Side:
    """The first of a label's sides on which it covers the fewest dots."""

    def crowd(side: Side) -> int:
        box = box_of(label, side)
        covered = sum(box.covers(dot) for dot in dots)
        return covered + OUTSIDE if box.leaves(edge) else covered

    return min(label.sides, key=crowd)


def box_of(label: Label, side: Side) -> Box:
    """What a label covers on one of its sides."""
    width, height = width_of(label.lines), LINE * len(label.lines)
    before = {"left": 0.0, "center": 0.5, "right": 1.0}[side.align]
    above = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[side.baseline]
    left = label.point.x + side.dx - before * width
    top = label.point.y + side.dy - above * height
    return Box(left=left, top=top, right=left + width, bottom=top + height)


def _along(course: Sequence[Place]) -> list[Place]:
    """A line as dots close together."""
    dots = []
    for start, end in pairwise(course):
        for step in range(STEPS):
            part = step / STEPS
            dots.append(Place(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part))
    dots += course[-1:]
    return dots


def _corners(point: Place) -> list[Place]:
    """The corners of the mark that is drawn at a point."""
    return [Place(point.x + dx, point.y + dy) for dx in (-AROUND, AROUND) for dy in (-AROUND, AROUND)]
