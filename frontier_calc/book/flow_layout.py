"""Where the boxes, the arrows and the words of a flow chart stand.

Across, places are shares of the picture's width, so that it can be stretched; down, they are pixels. The order of
things: the boxes get their width from the grid; with it the words are broken into lines; the lines say how high each
row must be; with the rows the boxes get their height; and between the edges of two boxes go their arrows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from frontier_calc.book.marks import Area, Arrow, Direction, Flow
from frontier_calc.book.scene import Said
from frontier_calc.book.theme import LABEL, LINE, NARROW, width_of, wrapped

TIP = 11  # pixels: the depth of an arrow's head
BESIDE_SHAFT = 5  # pixels: how far a head reaches out on each side of its shaft
AROUND_WORDS = 18  # pixels: between lines of words and what is above and below them
MIDDLE, AT_THE_LEFT = 0.5, 0.3  # where in its part of the way an arrow stands that runs down
WAYS: Mapping[Direction, tuple[int, int]] = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}


@dataclass(frozen=True)
class WordStyle:
    """How words are set."""

    weight: Literal[400, 600]
    align: Literal["center", "left"]
    dx: int = 0


NAME = WordStyle(weight=600, align="center")  # of a box
NOTE = WordStyle(weight=400, align="center")  # in a box, and above an arrow that runs across
BESIDE = WordStyle(weight=400, align="left", dx=8)  # right of an arrow that runs down


@dataclass(frozen=True)
class Words:
    """Lines of words; the middle of the first is at ``y``."""

    lines: Sequence[str]
    x: float
    y: float
    style: WordStyle
    said: Said = ()  # they in parts, where there is a figure among them


@dataclass(frozen=True)
class Extent:
    """A rectangle: across in shares of the width, down in pixels."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class PlacedArrow:
    """An arrow's shaft from (x, y) to (x2, y2), and the path of its head, in pixels from the end of the shaft."""

    arrow: Arrow
    x: float
    x2: float
    y: float
    y2: float
    head: str


@dataclass(frozen=True)
class Layout:
    """A flow chart with everything in its place."""

    boxes: Sequence[Extent]
    arrows: Sequence[PlacedArrow]
    words: Sequence[Words]
    height: float


@dataclass(frozen=True)
class _Told:
    """An arrow with its words broken into lines."""

    arrow: Arrow
    lines: Sequence[str]
    room: float

    @property
    def fits(self) -> bool:
        """Whether no line is wider than its room."""
        return all(width_of(line) <= self.room for line in self.lines)

    @property
    def words_height(self) -> float:
        return LINE * len(self.lines)

    @property
    def depth(self) -> float:
        """How much height the arrow takes with its words, where it runs across."""
        return self.words_height + self.arrow.thick + AROUND_WORDS


@dataclass(frozen=True)
class _Bundle:
    """All arrows between two boxes, which run either all across or all down."""

    start: str
    end: str
    arrows: Sequence[_Told]
    within: float  # where in its part of the way an arrow stands that runs down

    @property
    def runs_across(self) -> bool:
        return WAYS[self.arrows[0].arrow.side][0] != 0

    @property
    def fits(self) -> bool:
        """Whether no word of an arrow that runs down is wider than the room at its right."""
        return self.runs_across or all(told.fits for told in self.arrows)

    @property
    def depth(self) -> float:
        return sum(told.depth for told in self.arrows)


@dataclass(frozen=True)
class _Inside:
    """The words inside a box, broken into lines."""

    name: Sequence[str]
    note: Sequence[str]

    @property
    def count(self) -> int:
        return len(self.name) + len(self.note)


def laid_out(flow: Flow, width: int) -> Layout:
    """The layout of a flow chart in a picture of ``width`` pixels."""
    columns = _columns(flow, width)
    inside = {name: _inside(name, flow.notes.get(name, ""), column, width) for name, column in columns.items()}
    bundles = _bundles(flow.arrows, columns, width)
    rows = _rows(flow.areas, inside, bundles)
    boxes = {}
    for name, area in flow.areas.items():
        column = columns[name]
        boxes[name] = Extent(column.left, column.right, rows[area.top].top, rows[area.bottom - 1].bottom)
    words = [each for name, box in boxes.items() for each in _words_inside(inside[name], box)]
    arrows = []
    for bundle in bundles:
        start, end = boxes[bundle.start], boxes[bundle.end]
        placed = _across(bundle, start, end, TIP / width) if bundle.runs_across else _down(bundle, start, end)
        arrows += [arrow for arrow, _ in placed]
        words += [beside for _, beside in placed]
    return Layout(
        boxes=list(boxes.values()),
        arrows=arrows,
        words=[each for each in words if each.lines],
        height=rows[-1].bottom,
    )


# The widths.


@dataclass(frozen=True)
class _Column:
    """From where to where a box reaches across."""

    left: float
    right: float


def _columns(flow: Flow, width: int) -> dict[str, _Column]:
    """Where each box begins and ends across: with wide gaps between them where arrows and their words run there."""
    count = max(area.right for area in flow.areas.values())
    gaps = max(count - 1, 1)
    if any(WAYS[arrow.side][0] for arrow in flow.arrows):
        gap = (0.46 if width > NARROW else 0.34) / gaps
    else:
        gap = 0.03 * min(count - 1, 3) / gaps
    step = (1 + gap) / count
    return {name: _Column(area.left * step, area.right * step - gap) for name, area in flow.areas.items()}


def _inside(name: str, note: str, column: _Column, width: int) -> _Inside:
    room = (column.right - column.left) * width - 12
    return _Inside(wrapped(name, room, LABEL, bold=True), wrapped(note, room))


def _bundles(arrows: Sequence[Arrow], columns: Mapping[str, _Column], width: int) -> list[_Bundle]:
    """The arrows between each two boxes, with their words in lines for the room that there is beside or above them.

    Those that run down stand in the middle of their way, or all nearer to its left where a word needs more room: what
    comes into a box leaves it at the same place, so that a way through several boxes is straight.
    """
    between: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in arrows:
        first, second = sorted((arrow.start, arrow.end))
        between.setdefault((first, second), []).append(arrow)
    in_the_middle = [_bundle(those, columns, width, MIDDLE) for those in between.values()]
    if all(bundle.fits for bundle in in_the_middle):
        return in_the_middle
    return [_bundle(those, columns, width, AT_THE_LEFT) for those in between.values()]


def _bundle(arrows: Sequence[Arrow], columns: Mapping[str, _Column], width: int, within: float) -> _Bundle:
    """The arrows between two boxes."""
    start, end = sorted((arrows[0].start, arrows[0].end))
    within = within if len(arrows) == 1 else AT_THE_LEFT
    room = _room(columns[start], columns[end], len(arrows), within) * width - 10
    told = [_Told(arrow, [line for text in arrow.label for line in wrapped(text, room)], room) for arrow in arrows]
    return _Bundle(start, end, told, within)


def _room(one: _Column, other: _Column, arrows: int, within: float) -> float:
    """How wide the words of an arrow may be: most of its part of what two boxes share, or the gap between them."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return (1 - within) * shared / arrows if shared > 0 else -shared


# The heights.


@dataclass(frozen=True)
class _Row:
    """From where to where a row reaches down, in pixels."""

    top: float
    bottom: float


def _rows(areas: Mapping[str, Area], inside: Mapping[str, _Inside], bundles: Sequence[_Bundle]) -> list[_Row]:
    """The rows, high enough for the boxes and the arrows in them, and as far apart as the arrows between them need."""
    count = max(area.bottom for area in areas.values())
    heights = [0.0] * count
    above = [0.0] + [14.0] * (count - 1)  # the gap above each row
    for name, area in areas.items():
        _raise(heights, area.top, area.bottom, LINE * inside[name].count + AROUND_WORDS)
    for bundle in bundles:
        top = max(areas[bundle.start].top, areas[bundle.end].top)
        bottom = min(areas[bundle.start].bottom, areas[bundle.end].bottom)
        if bundle.runs_across:
            _raise(heights, top, bottom, bundle.depth + 6)
        else:
            words = max(told.words_height for told in bundle.arrows)
            above[top] = max(above[top], 30, words + AROUND_WORDS)
    rows = []
    bottom_so_far = 0.0
    for gap, height in zip(above, heights, strict=True):
        row = _Row(top=bottom_so_far + gap, bottom=bottom_so_far + gap + height)
        rows.append(row)
        bottom_so_far = row.bottom
    return rows


def _raise(heights: list[float], top: int, bottom: int, needed: float) -> None:
    """Make the rows from ``top`` to before ``bottom`` together as high as what is needed, each by its part."""
    for row in range(top, bottom):
        heights[row] = max(heights[row], needed / (bottom - top))


# What stands in a box and between two boxes.


def _words_inside(inside: _Inside, box: Extent) -> list[Words]:
    """The name of a box and its note, one below the other, in its middle."""
    across = (box.left + box.right) / 2
    top = (box.top + box.bottom - LINE * (inside.count - 1)) / 2
    return [
        Words(inside.name, across, top, NAME),
        Words(inside.note, across, top + LINE * len(inside.name), NOTE),
    ]


def _across(bundle: _Bundle, one: Extent, other: Extent, tip: float) -> list[tuple[PlacedArrow, Words]]:
    """The arrows of a bundle one below the other in the gap between its boxes, the words of each above it.

    ``tip`` is the depth of a head in shares of the width.
    """
    gap_left, gap_right = min(one.right, other.right), max(one.left, other.left)
    top = (max(one.top, other.top) + min(one.bottom, other.bottom) - bundle.depth) / 2
    placed = []
    for told in bundle.arrows:
        words = Words(told.lines, (gap_left + gap_right) / 2, top + LINE / 2 + 3, NOTE, told.arrow.said)
        middle = top + told.depth - _half(told.arrow)
        top += told.depth
        if told.arrow.side == "right":
            arrow = _placed(told.arrow, gap_left, gap_right - tip, middle, middle)
        else:
            arrow = _placed(told.arrow, gap_right, gap_left + tip, middle, middle)
        placed.append((arrow, words))
    return placed


def _down(bundle: _Bundle, one: Extent, other: Extent) -> list[tuple[PlacedArrow, Words]]:
    """The arrows of a bundle side by side between the upper and the lower of its boxes, the words of each at its right.

    In its part of the way an arrow stands where those of the whole chart do; in the middle where it is one of several
    and has no words.
    """
    left, right = max(one.left, other.left), min(one.right, other.right)
    gap_top, gap_bottom = min(one.bottom, other.bottom), max(one.top, other.top)
    placed = []
    for place, told in enumerate(bundle.arrows):
        within = bundle.within if told.lines or len(bundle.arrows) == 1 else 0.5
        across = left + (right - left) * (place + within) / len(bundle.arrows)
        words_top = (gap_top + gap_bottom - (told.words_height - LINE)) / 2
        if told.arrow.side == "down":
            arrow = _placed(told.arrow, across, across, gap_top, gap_bottom - TIP)
        else:
            arrow = _placed(told.arrow, across, across, gap_bottom, gap_top + TIP)
        placed.append((arrow, Words(told.lines, across, words_top, BESIDE, told.arrow.said)))
    return placed


def _placed(arrow: Arrow, x: float, x2: float, y: float, y2: float) -> PlacedArrow:
    return PlacedArrow(arrow=arrow, x=x, x2=x2, y=y, y2=y2, head=_head(arrow))


def _half(arrow: Arrow) -> float:
    """Half of how wide the head is."""
    return arrow.thick / 2 + BESIDE_SHAFT


def _head(arrow: Arrow) -> str:
    """The path of a head: a triangle at the end of the shaft, over which it reaches by one pixel.

    Its first and last corner are at the foot, half a head to the right and to the left of the way; the tip is between.
    """
    dx, dy = WAYS[arrow.side]
    half = _half(arrow)
    foot_one = f"{half * dy - dx},{half * dx - dy}"
    tip = f"{TIP * dx},{TIP * dy}"
    foot_two = f"{-half * dy - dx},{-half * dx - dy}"
    return f"M{foot_one}L{tip}L{foot_two}Z"
