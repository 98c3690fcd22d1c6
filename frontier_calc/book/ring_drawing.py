"""A ring: boxes on an ellipse, and the way from each to the next, which comes back to where it began.

The ellipse is stretched with the page, as lines over time are; boxes, heads and words keep their size.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from frontier_calc.book.labels import Place
from frontier_calc.book.marks import Ring
from frontier_calc.book.phrases import Phrase
from frontier_calc.book.scene import Bar, Item, Path, Scene, Shape, Words
from frontier_calc.book.theme import LABEL, LINE, NARROW, NEUTRALS, paint_of, width_of, wrapped

TALL, SHORT = 250.0, 300.0  # a wide picture and a narrow one
AROUND = 11.0  # from the words of a box to its edges
STEPS = 180  # so many straight strokes make the ellipse
HEAD = 12.0  # pixels: the depth of a head
BESIDE = 12.0  # from the ring to the words of an arrow
THICK = 2.5


@dataclass(frozen=True)
class _Box:
    """A box, by its middle, with its words in lines."""

    name: str
    named: Sequence[str]
    noted: Sequence[str]
    at: Place
    wide: float
    high: float

    def holds(self, place: Place) -> bool:
        """Whether a place is inside the box."""
        return abs(place.x - self.at.x) <= self.wide / 2 and abs(place.y - self.at.y) <= self.high / 2


@dataclass(frozen=True)
class _Ellipse:
    """The ellipse; an angle of nothing is its top, and angles grow as a clock's hands go."""

    middle: Place
    across: float
    down: float

    def at(self, angle: float) -> Place:
        """The place on the ellipse at an angle."""
        return Place(
            self.middle.x + self.across * math.sin(angle),
            self.middle.y - self.down * math.cos(angle),
        )

    def heading(self, angle: float) -> Place:
        """Which way the ring runs there, as a step of length one."""
        x, y = self.across * math.cos(angle), self.down * math.sin(angle)
        return Place(x / math.hypot(x, y), y / math.hypot(x, y))


def draw(picture: Ring, width: int) -> Scene:
    """The drawing of a ring: its stops as a clock's hands go, the first at the top."""
    tall = TALL if width > NARROW else SHORT
    sizes = [_sized(name, note, width) for name, note in picture.stops.items()]
    side = max(size.wide for size in sizes) / 2 + 1
    top = max(size.high for size in sizes) / 2 + 1
    ellipse = _Ellipse(Place(width / 2, tall / 2), across=width / 2 - side, down=tall / 2 - top)
    angles = [2 * math.pi * place / len(sizes) for place in range(len(sizes))]
    boxes = [replace(size, wide=2 * side - 2, at=ellipse.at(angle)) for size, angle in zip(sizes, angles, strict=True)]
    ring = [ellipse.at(2 * math.pi * step / STEPS) for step in range(STEPS + 1)]
    items: list[Item] = [Path(places=[(at.x, at.y) for at in ring], paint=NEUTRALS[0], width=THICK)]
    for place, way in enumerate(picture.ways):
        following = boxes[(place + 1) % len(boxes)]
        items += _way(way, ellipse, angles[place], 2 * math.pi / len(boxes), following, width)
    for box in boxes:
        items += _drawn(box)
    if picture.middle:
        items.append(_middle(picture.middle, ellipse))
    return Scene(width, tall, tuple(items), follows=True)


def _sized(name: str, note: str, width: int) -> _Box:
    room = 0.3 * width
    named, noted = wrapped(name, room, LABEL, bold=True), wrapped(note, room)
    widths = [width_of(line, LABEL, bold=True) for line in named] + [width_of(line) for line in noted]
    high = LINE * (len(named) + len(noted)) + AROUND
    return _Box(name, named, noted, Place(0, 0), max(widths) + 2 * AROUND, high)


def _drawn(box: _Box) -> Iterator[Item]:
    """A box over the ring with its words in its middle, filled with the colour of its company where it has one."""
    x, y, paint = box.at.x, box.at.y, paint_of(box.name)
    yield Bar(
        x=x - box.wide / 2,
        x2=x + box.wide / 2,
        y=y - box.high / 2,
        y2=y + box.high / 2,
        paint=paint or "soft",
        hollow=not paint,
        radius=3,
    )
    ink = "paper" if paint else "ink"
    first = y - LINE * (len(box.named) + len(box.noted) - 1) / 2 + 4.5
    yield Words(x=x, y=first, lines=box.named, paint=ink, size=LABEL, bold=True, align="middle")
    if box.noted:
        yield Words(x=x, y=first + LINE * len(box.named), lines=box.noted, paint=ink, align="middle")


def _middle(told: Phrase, ellipse: _Ellipse) -> Words:
    """What the ring comes to, in its middle."""
    lines = wrapped(str(told), ellipse.across, LABEL, bold=True)
    first = ellipse.middle.y - LINE * (len(lines) - 1) / 2 + 4.5
    return Words(x=ellipse.middle.x, y=first, lines=lines, size=LABEL, bold=True, align="middle", said=told.said)


def _way(told: Phrase, ellipse: _Ellipse, start: float, stretch: float, to: _Box, width: int) -> Iterator[Item]:
    """The head of an arrow at the edge of the box that it leads to, and its words outside the ring."""
    angle = start + stretch
    while to.holds(ellipse.at(angle)):
        angle -= 0.01
    tip, way = ellipse.at(angle), ellipse.heading(angle)
    yield Shape(x=tip.x, y=tip.y, path=_head(way), paint=NEUTRALS[0], filled=True)
    beside = ellipse.at(start + stretch / 2)
    right = beside.x > ellipse.middle.x
    x = beside.x + (BESIDE if right else -BESIDE)
    lines = wrapped(str(told), (width - x if right else x) - 2)
    lower = beside.y > ellipse.middle.y
    y = beside.y + (LINE if lower else -LINE * (len(lines) - 1) - 2)
    yield Words(x=x, y=y, lines=lines, align="start" if right else "end", said=told.said)


def _head(way: Place) -> str:
    """A triangle whose tip is at the place and points along the way."""
    foot = Place(-HEAD * way.x, -HEAD * way.y)
    half = Place(-6 * way.y, 6 * way.x)
    return f"M0,0L{foot.x + half.x:.1f},{foot.y + half.y:.1f}L{foot.x - half.x:.1f},{foot.y - half.y:.1f}Z"
