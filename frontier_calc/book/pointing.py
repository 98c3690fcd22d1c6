"""What an author points out, drawn: lines at moments and levels, brackets, and words with a thin line to their point."""

import math
from collections.abc import Sequence
from dataclasses import replace

from frontier_calc.book import labels
from frontier_calc.book.axes import Frame
from frontier_calc.book.labels import Box, Label, Place, Side
from frontier_calc.book.marks import Across, Bracket, Pointed, Pointer, Upright
from frontier_calc.book.scene import At, Item, Rule, Shape
from frontier_calc.book.theme import LINE, wrapped

HOOK = 5.0  # pixels: the ends of a bracket
ASIDE = HOOK + 3  # pixels: from a place to the bracket at it
END = "M0,-3.5V3.5"  # of a line across that does not run through
# How words may be broken: into lines of this part of the width, and of so many pixels at most; the best first.
WRAPS = ((0.42, 190.0), (0.6, 300.0), (0.32, 120.0), (0.26, 90.0))


def behind(pointed: Sequence[Pointed], frame: Frame) -> list[Item]:
    """The lines at moments and levels, which stand behind the names."""
    items: list[Item] = []
    for each in pointed:
        if isinstance(each, Upright):
            x = frame.x(each.x)
            items.append(Rule(x=x, x2=x, y=frame.top, y2=frame.bottom, paint="soft", at=each.at))
        elif isinstance(each, Across):
            items += _across(each, frame)
    return items


def _across(each: Across, frame: Frame) -> list[Item]:
    """A line across; with ends where it is about a stretch of the axis."""
    left, right = _reach(each, frame)
    y = frame.y(each.y)
    beyond = 4 if each.x2 is None else 0
    items: list[Item] = [Rule(x=left, x2=right + beyond, y=y, y2=y, paint="ink", width=1.25, at=each.at)]
    if each.x is not None and each.x >= frame.first:
        items.append(Shape(x=left, y=y, path=END, paint="ink", width=1.25, at=each.at))
    if each.x2 is not None and each.x2 <= frame.last:
        items.append(Shape(x=right, y=y, path=END, paint="ink", width=1.25, at=each.at))
    return items


def _reach(each: Across, frame: Frame) -> tuple[float, float]:
    """From where to where a line across runs within the frame."""
    left = frame.left if each.x is None else max(frame.x(each.x), frame.left)
    right = frame.right if each.x2 is None else min(frame.x(each.x2), frame.right)
    return left, right


def lines(pointed: Sequence[Pointed], frame: Frame, dots: list[Place], room: Box, width: int) -> list[Item]:
    """The words of lines, which go before all other words: those find room elsewhere, a line stays where it is.

    Along a line across there is the more room, so it comes after what stands upright.
    """
    upright = [each for each in pointed if isinstance(each, Upright)]
    across = [each for each in pointed if isinstance(each, Across)]
    return _worded([*upright, *across], frame, dots, room, width)


def drawn(pointed: Sequence[Pointed], frame: Frame, dots: list[Place], room: Box, width: int) -> list[Item]:
    """The words of all else that is pointed out, each with the line that leads to its place."""
    return _worded([each for each in pointed if not isinstance(each, Upright | Across)], frame, dots, room, width)


def _worded(pointed: Sequence[Pointed], frame: Frame, dots: list[Place], room: Box, width: int) -> list[Item]:
    """Words with what leads to their places; ``dots`` grow by what they cover."""
    items: list[Item] = []
    for each in pointed:
        label, box = labels.best_of(_asked(each, frame, width), dots, room)
        dots += box.dots()
        if isinstance(each, Pointer):
            led = _ring(label, box) if each.ring else _arrowhead(label, box)
            items += [replace(shape, at=each.at) for shape in led]
        elif isinstance(each, Bracket):
            items += bracket(each, frame, _aside(each))
        items.append(replace(label.words(box), at=each.at, said=each.words.said))
    return items


def _ring(label: Label, box: Box) -> list[Shape]:
    """A ring around a point, and the line from it to its words."""
    x, y = label.point
    ring = [Shape(x=x, y=y, path="M-7.5,0A7.5,7.5 0 1 0 7.5,0A7.5,7.5 0 1 0 -7.5,0", paint="ink")]
    line = labels.leader(label, box, "ink")
    return [*ring, line] if line else ring


def _arrowhead(label: Label, box: Box) -> list[Shape]:
    """The line from words right to their place."""
    line = labels.leader(label, box, "ink", clear=1.0)
    return [line] if line else []


def sided(pointed: Sequence[Pointed], frame: Frame, dots: Sequence[Place]) -> list[Pointed]:
    """What is pointed out, each bracket on the side of its place on which it crosses fewer ``dots`` of the lines."""
    return [_sided(each, frame, dots) if isinstance(each, Bracket) else each for each in pointed]


def _sided(each: Bracket, frame: Frame, dots: Sequence[Place]) -> Bracket:
    right, left = (replace(each, left=left) for left in (False, True))
    joined = frame.place(each.x2, each.y2)
    dots = [dot for dot in dots if math.dist(dot, joined) > ASIDE]  # the point that the thin line comes from
    return left if labels.crossed(_dots_of(left, frame), dots) < labels.crossed(_dots_of(right, frame), dots) else right


def _aside(each: Bracket) -> float:
    return -ASIDE if each.left else ASIDE


def obstacles(pointed: Sequence[Pointed], frame: Frame) -> list[Place]:
    """The dots of the lines that are pointed out: words keep clear of them."""
    return [dot for each in pointed for dot in _dots_of(each, frame)]


def _dots_of(each: Pointed, frame: Frame) -> list[Place]:
    if isinstance(each, Upright):
        return labels.along([Place(frame.x(each.x), frame.top), Place(frame.x(each.x), frame.bottom)])
    if isinstance(each, Across):
        return labels.along([Place(x, frame.y(each.y)) for x in _reach(each, frame)])
    if isinstance(each, Bracket):
        x = frame.x(each.x) + _aside(each)
        return labels.along([Place(x, frame.y(each.y)), Place(x, frame.y(each.y2))])
    return []


def _asked(each: Pointed, frame: Frame, width: int) -> list[Label]:
    """The words of what is pointed out, broken in several ways, and where they may stand."""
    broken = [wrapped(str(each.words), min(part * width, most)) for part, most in WRAPS]
    distinct = [lines for at, lines in enumerate(broken) if lines not in broken[:at]]
    point, sides = _stands(each, frame, width)
    return [Label(point, lines, sides, alone=isinstance(each, Bracket)) for lines in distinct]


def _stands(each: Pointed, frame: Frame, width: int) -> tuple[Place, Sequence[Side]]:
    """The place to which words belong, and the sides of it on which they may stand."""
    if isinstance(each, Pointer):
        return frame.place(each.x, each.y), labels.FAN if each.ring else labels.APART_FROM_IT
    if isinstance(each, Upright):
        return Place(frame.x(each.x), frame.top), _down(frame.bottom - frame.top)
    if isinstance(each, Across):
        left, right = _reach(each, frame)
        return Place(right, frame.y(each.y)), _along(right - left, width - right)
    middle = (frame.y(each.y) + frame.y(each.y2)) / 2
    right, left = (0 if each.left else ASIDE) + 6.0, (ASIDE if each.left else 0) + 8.0
    beside = [Side(1, 0, right, dy) for dy in (0, -20, 20, -40, 40)] + [Side(-1, 0, -left, 0)]
    return Place(frame.x(each.x), middle), beside


def _down(height: float) -> list[Side]:
    """The places along an upright line, the highest first, at its left before its right."""
    steps = range(0, int(height - 2 * LINE), 12)
    return [Side(across, 1, across * 6, float(dy)) for dy in steps for across in (-1, 1)]


def _along(length: float, beyond: float) -> list[Side]:
    """The places along a line across: at it before a little off, above it before below, from its right to its left.

    Words may reach as far ``beyond`` its right end as the drawing does. They never stand further from it than a line of
    words is high, where they would seem to name another line.
    """
    steps = [0, *range(-12, -int(beyond), -12), *range(12, int(length), 12)]
    return [Side(-1, down, -float(dx), down * away) for away in (3, 9, LINE) for dx in steps for down in (-1, 1)]


def bracket(each: Bracket, frame: Frame, aside: float) -> list[Item]:
    """A bracket so far ``aside`` of its place, to its left where that is less than nothing; and a thin line from the point before it."""
    x, y, y2 = frame.x(each.x), frame.y(each.y), frame.y(each.y2)
    back = math.copysign(HOOK, aside)
    path = f"M{aside - back:.1f},0h{back:g}v{y2 - y:.1f}h{-back:g}"
    items: list[Item] = [Shape(x=x, y=y, path=path, paint="ink", width=1.25, at=each.at)]
    before = frame.x(each.x2)
    if x - before > 1:
        thin = Rule(x=before, x2=x + min(aside, 0.0), y=y2, y2=y2, paint="soft", dashed=True, at=At(y=each.at.y2))
        items.insert(0, thin)
    return items
