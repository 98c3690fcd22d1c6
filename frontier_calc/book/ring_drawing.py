"""A ring: boxes on an ellipse, and the way from each to the next, which comes back to where it began.

The ellipse is stretched with the page, as lines over time are; boxes, heads and words keep their size.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from frontier_calc.book.labels import Box, Place
from frontier_calc.book.marks import Ring
from frontier_calc.book.phrases import Phrase
from frontier_calc.book.scene import Bar, Item, Path, Scene, Shape, Words
from frontier_calc.book.theme import LABEL, LINE, NARROW, NEUTRALS, paint_of, width_of, wrapped

TALL, SHORT = 250.0, 300.0  # a wide picture and a narrow one
AROUND = 11.0  # from the words of a box to its edges
STEPS = 180  # so many straight strokes make the ellipse
HEAD = 12.0  # pixels: the depth of a head
BESIDE = 12.0  # from the ring to the words of an arrow
CLEAR = 4.0  # and from these to the ring and to a box, at the least
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # of the way to the next box: where its words may stand, best first
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

    def holds(self, place: Place, around: float = 0) -> bool:
        """Whether a place is inside the box, or so near ``around`` it."""
        across, down = self.wide / 2 + around, self.high / 2 + around
        return abs(place.x - self.at.x) <= across and abs(place.y - self.at.y) <= down


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

    def holds(self, place: Place, around: float) -> bool:
        """Whether a place is inside the ellipse, or so near ``around`` it."""
        x, y = (place.x - self.middle.x) / (self.across + around), (place.y - self.middle.y) / (self.down + around)
        return math.hypot(x, y) <= 1

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
    stretch = 2 * math.pi / len(boxes)
    for start, way, following in zip(angles, picture.ways, [*boxes[1:], boxes[0]], strict=True):
        items.append(_arrow(ellipse, start + stretch, following))
        beside = [_beside(way, ellipse, start + share * stretch, Box(0, 0, width, tall)) for share in SHARES]
        clear = [words for words in beside if _is_clear(words, ellipse, boxes)]
        items.append(min(clear or beside, key=lambda words: len(words.lines)))
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


def _arrow(ellipse: _Ellipse, angle: float, to: _Box) -> Shape:
    """The head of an arrow at the edge of the box that it leads to, which stands at the angle."""
    while to.holds(ellipse.at(angle)):
        angle -= 0.01
    tip, way = ellipse.at(angle), ellipse.heading(angle)
    return Shape(x=tip.x, y=tip.y, path=_head(way), paint=NEUTRALS[0], filled=True)


def _beside(told: Phrase, ellipse: _Ellipse, angle: float, room: Box) -> Words:
    """The words of a way outside the ring at the angle, as wide as the picture leaves room there."""
    at = ellipse.at(angle)
    right = at.x > ellipse.middle.x
    x = at.x + (BESIDE if right else -BESIDE)
    lines = wrapped(str(told), (room.right - x if right else x) - 2)
    lower = at.y > ellipse.middle.y
    high = LINE * (len(lines) - 1)
    y = min(at.y + LINE, room.bottom - high - CLEAR) if lower else max(at.y - high - 2, LINE)
    return Words(x=x, y=y, lines=lines, align="start" if right else "end", said=told.said)


def _is_clear(words: Words, ellipse: _Ellipse, boxes: Sequence[_Box]) -> bool:
    """Whether words touch neither the ring nor a box."""
    away = words.width if words.align == "start" else -words.width
    top, bottom = words.y - LINE + CLEAR, words.y + LINE * (len(words.lines) - 1) + CLEAR
    corners = [Place(x, y) for x in (words.x, words.x + away) for y in (top, bottom)]
    rows = [Place(words.x + away * step / 8, y) for step in range(9) for y in (top, (top + bottom) / 2, bottom)]
    inside = any(ellipse.holds(place, CLEAR) for place in corners)
    return not inside and not any(box.holds(place, CLEAR) for box in boxes for place in rows)


def _head(way: Place) -> str:
    """A triangle whose tip is at the place and points along the way."""
    foot = Place(-HEAD * way.x, -HEAD * way.y)
    half = Place(-6 * way.y, 6 * way.x)
    return f"M0,0L{foot.x + half.x:.1f},{foot.y + half.y:.1f}L{foot.x - half.x:.1f},{foot.y - half.y:.1f}Z"
