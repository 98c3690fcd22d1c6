"""Small multiples: pictures of one kind side by side, each under its name in its colour, on shared scales."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from frontier_calc.book import axes, bar_drawing, labels, line_drawing, pointing
from frontier_calc.book.axes import Extent, Frame
from frontier_calc.book.bar_drawing import Stack
from frontier_calc.book.labels import Box, Label, Place
from frontier_calc.book.line_drawing import Course
from frontier_calc.book.marks import Bar, Bars, Lines, Panels
from frontier_calc.book.scene import Item, Path, Rule, Scene, Words, moved
from frontier_calc.book.theme import LABEL, LINE, NARROW, NEUTRALS, SMALL, paint_of, width_of, wrapped

GUTTER = 28.0  # pixels between two columns
BETWEEN = 22.0  # and between two rows
TALL = 130.0  # the plot of a panel
FOOT = 22.0  # its marks of time


def draw(picture: Panels, width: int) -> Scene:
    """The drawing of small multiples: one column on a phone, otherwise two or three."""
    panels: list[Named] = [(name, panel) for name, panel in picture.panels.items()]
    if not panels:
        return Scene(width, LINE * 2, (Words(x=0, y=LINE, lines=["nothing known"], paint="soft"),))
    items: list[Item] = []
    bottom = 0.0
    for row, height in _rows(panels, width):
        items += moved(row, down=bottom)
        bottom += height + BETWEEN
    # The lines of other panels stand behind each as a shadow, which names no figures.
    follows = all(isinstance(panel, Bars) and bar_drawing.can_follow(panel) for _, panel in panels)
    return Scene(width, bottom - BETWEEN, tuple(items), follows=follows)


def rows(picture: Panels, width: int) -> list[Scene]:
    """Each row of panels as a drawing of its own, on the scale that all share."""
    return [Scene(width, height, tuple(items)) for items, height in _rows(list(picture.panels.items()), width)]


def _rows(panels: Sequence["Named"], width: int) -> list[tuple[list[Item], float]]:
    columns = _columns(panels, width)
    wide = (width - GUTTER * (columns - 1)) / columns
    areas = [_Area(column * (wide + GUTTER), column * (wide + GUTTER) + wide) for column in range(columns)]
    return [_drawn(panels[at : at + columns], panels, areas) for at in range(0, len(panels), columns)]


def _columns(panels: Sequence["Named"], width: int) -> int:
    """One on a phone, otherwise two, or three where these leave no gap and bars keep their values beside them."""
    if width <= NARROW:
        return 1
    bars = [panel for _, panel in panels if isinstance(panel, Bars)]
    third = (width - 2 * GUTTER) / 3
    is_close = any(_layout(panel, bars, third).labelled_above for panel in bars)
    return 2 if len(panels) in (2, 4) or is_close else 3


@dataclass(frozen=True)
class _Area:
    """From where to where a panel reaches across."""

    left: float
    right: float


Named = tuple[str, Lines | Bars]


def _drawn(row: Sequence[Named], every: Sequence[Named], areas: Sequence[_Area]) -> tuple[list[Item], float]:
    """A row of panels; and how high it is."""
    heads = [
        wrapped(name, area.right - area.left, LABEL, bold=True) for (name, _), area in zip(row, areas, strict=False)
    ]
    head = LINE * max(map(len, heads)) + 8  # as much for all, so that their plots stand level
    items: list[Item] = []
    heights = []
    for (name, panel), lines, area in zip(row, heads, areas, strict=False):
        items.append(_head(lines, area))
        if isinstance(panel, Bars):
            inside, bottom = _bars(panel, [each for _, each in every if isinstance(each, Bars)], area)
        else:
            inside, bottom = _lines(name, panel, {n: each for n, each in every if isinstance(each, Lines)}, area)
        items += moved(inside, down=head)
        heights.append(head + bottom)
    return items, max(heights)


def _head(lines: Sequence[str], area: _Area) -> Words:
    paint = paint_of(" ".join(lines)) or "ink"
    return Words(x=area.left, y=LINE - 3, lines=lines, paint=paint, size=LABEL, bold=True)


# Bars.


def _all_bars(every: Sequence[Bars]) -> list[Bar]:
    return [bar for each in every for bar in each.bars]


def _layout(panel: Bars, every: Sequence[Bars], wide: float) -> bar_drawing.Layout:
    """The layout of a panel on the scale of all."""
    return bar_drawing.layout_of(_all_bars(every), panel.levels, 0, wide, wide, most=0.4)


def _bars(panel: Bars, every: Sequence[Bars], area: _Area) -> tuple[list[Item], float]:
    """The bars of a panel on the scale of all."""
    shared = _all_bars(every)
    layout = _layout(panel, every, area.right - area.left)
    here = replace(layout, left=area.left, right=area.right, scale=panel.unit)
    stack = Stack(here, area.right)
    top = stack.levels_room(panel.levels)
    rows, bottom = stack.rows(panel.bars, bar_drawing.paints_of(shared), top)
    return [*stack.levels(panel.levels, top, bottom), *rows], bottom


# Lines.


def _lines(name: str, panel: Lines, every: dict[str, Lines], area: _Area) -> tuple[list[Item], float]:
    """The lines of a panel on the axes of all, before those of the other panels as a shadow."""
    frame = _frame(panel, list(every.values()), area)
    items = _axes(panel, frame, area)
    for other, lines in every.items():
        if other != name:
            for course in line_drawing.courses_of(lines.points):
                items.append(_shadow(course, frame))
    courses = _painted(name, panel)
    for course in reversed(courses):
        items += line_drawing.line(course, frame, radius=2.8, bounds=False)
    words = _words(panel, courses, frame, area, _boxes(items))
    return [*pointing.behind(panel.pointed, frame), *items, *words], frame.bottom + FOOT


def _painted(name: str, panel: Lines) -> list[Course]:
    """The lines of a panel, in the colour of its name unless they have one of their own; the first is the strongest."""
    paint = paint_of(name) or NEUTRALS[0]
    found: list[Course] = []
    for course in line_drawing.courses_of(panel.points):
        own = paint_of(course.name) or paint
        thick = line_drawing.THIN if found else line_drawing.THICK
        found.append(replace(course, paint=own, thick=thick))
    return found


def _frame(panel: Lines, every: Sequence[Lines], area: _Area) -> Frame:
    extents = [line_drawing.values_of(each) for each in every]
    spans = [line_drawing.days_of(each) for each in every if each.points]
    return Frame(
        left=area.left + 4,
        right=area.right - 6,
        top=6,
        bottom=TALL,
        first=min(span.low for span in spans),
        last=max(span.high for span in spans),
        low=min(extent.low for extent in extents),
        high=max(extent.high for extent in extents),
        log=panel.log,
    )


def _axes(panel: Lines, frame: Frame, area: _Area) -> list[Item]:
    """Three or four lines across with their numbers above them, and the first and the last time under the plot."""
    extent = Extent(frame.low, frame.high)
    marks = axes.log_ticks(extent) if panel.log else axes.ticks(extent, 3)
    items: list[Item] = []
    for value in marks:
        y = frame.y(value)
        items.append(Rule(x=area.left, x2=area.right, y=y, y2=y, paint="grid" if value else "soft"))
        if value:
            number = Words(x=area.left, y=y - 3, lines=[axes.tick_words(value)], paint="soft", size=SMALL)
            items.append(number)
    if 0 not in marks:
        items.append(Rule(x=area.left, x2=area.right, y=frame.bottom, y2=frame.bottom, paint="soft"))
    first, last = (_time(day, panel.yearly) for day in (frame.first, frame.last))
    foot = frame.bottom + 15
    items.append(Words(x=area.left, y=foot, lines=[first], paint="soft", size=SMALL))
    if first != last:
        items.append(Words(x=area.right, y=foot, lines=[last], paint="soft", size=SMALL, align="end"))
    return items


def _time(day: float, yearly: bool) -> str:
    found = date.fromordinal(int(day))
    return str(found.year) if yearly else f"{axes.MONTHS[found.month - 1]} {found.year}"


def _shadow(course: Course, frame: Frame) -> Path:
    """A line of another panel, so that each can be compared with all."""
    places = [frame.place(point.x, point.mark.value) for point in course.points]
    return Path(places=places, paint="grid", width=1.25)


def _boxes(items: Sequence[Item]) -> list[Place]:
    """The dots of the numbers of an axis, of which other words keep clear."""
    words = [item for item in items if isinstance(item, Words) and item.align == "start"]
    return [dot for each in words for dot in Box(each.x, each.y - 10, each.x + each.width, each.y).dots()]


def _words(
    panel: Lines, courses: Sequence[Course], frame: Frame, area: _Area, taken: list[Place]
) -> list[Item]:  # fmt: skip
    """The last value of each line, its name where there are several, and what is pointed out."""
    dots = [*taken, *line_drawing.obstacles(courses, frame), *pointing.obstacles(panel.pointed, frame)]
    room = Box(area.left, 0, area.right, frame.bottom - 2)
    wide = int(area.right - area.left)
    items: list[Item] = []
    for course in courses:
        said = course.last.mark.told[0].partition(" (")[0]
        words = f"{course.name} {said}" if len(courses) > 1 else said
        lines = wrapped(words, max(0.6 * (area.right - area.left), width_of(said, bold=True)))
        label = Label(frame.place(course.last.x, course.last.mark.value), lines, labels.FAN, bold=True)
        (box,) = labels.placed([label], dots, room)
        dots += box.dots()
        items.append(label.words(box, course.paint))
    items += pointing.lines(panel.pointed, frame, dots, room, wide)
    return [*items, *pointing.drawn(panel.pointed, frame, dots, room, wide)]
