"""Where the labels of a picture stand: beside their points, clear of the lines and of one another.

Places are in pixels of the drawing, reckoned as Vega-Lite will draw it; down is positive.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from frontier_calc.book.theme import GUTTER, LINE, TEXT

Place = tuple[float, float]
Side = tuple[str, int, str, int]  # the label's align, dx, baseline and dy

# Beside a point, the best side first; at the end of a line, right of it, moved up or down as little as can be.
SIDES: list[Side] = [("left", 8, "bottom", -4), ("right", -8, "bottom", -4), ("center", 0, "bottom", -12)]
SIDES += [("left", 9, "middle", 0), ("right", -8, "top", 4), ("left", 8, "top", 4), ("center", 0, "top", 12)]
SIDES += [("right", -8, "bottom", -18), ("left", 8, "bottom", -18)]
ENDS: list[Side] = [("left", 9, "middle", dy) for dy in sorted(range(-60, 62, 2), key=abs)]


def spots(rows: Iterable[dict[str, Any]], room: Place, log: bool = False) -> list[Place]:
    """Where each row, with an ``x`` (a number or a day) and a ``value``, stands in a drawing of that size."""
    given = [(r["x"], r["value"]) for r in rows]
    across = [date.fromisoformat(x).toordinal() if isinstance(x, str) else x for x, _ in given]
    heights = [math.log(value) if log else value for _, value in given]
    left, high = min(across, default=0), max(heights, default=0)
    length, depth = max(across, default=0) - left, high - min(heights if log else [*heights, 0.0], default=0)
    places = zip(across, heights, strict=True)
    return [(room[0] * (x - left) / (length or 1), room[1] * (high - y) / (depth or 1)) for x, y in places]


def wide(label: list[str]) -> float:
    """How wide a bold label may become, in a font that is not known."""
    return 0.6 * TEXT * max(map(len, label))


def placed(
    labels: Iterable[tuple[Place, list[str], Sequence[Side]]], courses: Iterable[list[Place]], edge: float
) -> list[dict[str, Any]]:
    """On which of its sides each label stands, as Vega-Lite's properties of a text.

    It is left of the ``edge`` of the picture, and on as little as can be of the lines, given as the places that they
    run through and have a point at, and of the labels before it.
    """
    given = list(courses)
    taken = [place for course in given for place in _along(course)]
    taken += [(x + dx, y + dy) for course in given for x, y in course for dx in (-4, 4) for dy in (-4, 4)]
    chosen = []
    for spot, label, sides in labels:
        boxes = [_box(spot, label, side) for side in sides]
        crowds = [
            sum(left - 3 <= x <= right + 3 and top - 1 <= y <= bottom + 1 for x, y in taken)
            + 100 * (left < -GUTTER or right > edge or top < -LINE)
            for left, top, right, bottom in boxes
        ]
        best = crowds.index(min(crowds))
        left, top, right, bottom = boxes[best]
        taken += [place for y in (top, (top + bottom) / 2, bottom) for place in _along([(left, y), (right, y)])]
        chosen.append(dict(zip(("align", "dx", "baseline", "dy"), sides[best], strict=True)))
    return chosen


def _along(course: list[Place]) -> list[Place]:
    """A line as points close together."""
    steps = [(a, b, n / 16) for a, b in pairwise(course) for n in range(16)]
    return [(x + (x2 - x) * n, y + (y2 - y) * n) for (x, y), (x2, y2), n in steps] + course[-1:]


def _box(spot: Place, label: list[str], side: Side) -> tuple[float, float, float, float]:
    """What a label covers on one side of its place: left, top, right, bottom."""
    align, dx, baseline, dy = side
    left = spot[0] + dx - wide(label) * {"left": 0, "center": 0.5, "right": 1}[align]
    top = spot[1] + dy - LINE * len(label) * {"top": 0, "middle": 0.5, "bottom": 1}[baseline]
    return left, top, left + wide(label), top + LINE * len(label)
