"""Lines over time: axes, lines with their names at their ends, and what is pointed out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from frontier_calc.book import axes, labels, pointing, signs
from frontier_calc.book.axes import Extent, Frame
from frontier_calc.book.labels import Box, Label, Place
from frontier_calc.book.marks import Across, Bracket, LinePoint, Lines, Upright
from frontier_calc.book.scene import At, Item, Path, Rule, Scene, Shape, Words
from frontier_calc.book.theme import LABEL, LINE, NARROW, NEUTRALS, SMALL, paint_of, width_of, wrapped

TALL, SHORT = 310.0, 280.0  # the plot of a wide picture and of a narrow one
FOOT = 36.0  # below the plot: the marks of time, and the year under them
RADIUS = 3.4
MANY = 30  # points on a line: from here on they are drawn smaller
FEW = 3  # lines: of more, only the last points show on which side a bound leaves them open
BESIDE = 10.0  # from the end of a line to its name
BRACKET = 20.0  # what a bracket takes between the ends of lines and their names
THICK, THIN = 2.5, 1.5


@dataclass(frozen=True)
class Course:
    """A line with how it is drawn: its paint, and thinner where a line before it has the same.

    On the drawing it is called by its ``label``: the rest of its name where the line before it says how that begins.
    """

    name: str
    points: Sequence[LinePoint]
    paint: str
    thick: float
    label: str

    @property
    def last(self) -> LinePoint:
        """Its last point."""
        return self.points[-1]


def draw(picture: Lines, width: int) -> Scene:
    """The drawing of lines over time."""
    tall = TALL if width > NARROW else SHORT
    courses = courses_of(picture.points)
    if not courses:
        return Scene(width, LINE * 2, (Words(x=0, y=LINE, lines=["nothing known"], paint="soft"),))
    ends = _Ends.of(picture, courses, width)
    extent = values_of(picture)
    numbers = [axes.tick_words(value) for value in value_ticks(picture, extent)]
    span = days_of(picture)
    frame = Frame(
        left=axes.widest(numbers) + 12,
        right=width - ends.room,
        top=10,
        bottom=tall,
        first=span.low,
        last=span.high,
        low=extent.low,
        high=extent.high,
        log=picture.log,
    )
    items = [*_grid(picture, frame, extent, width), *_times(picture, frame), *pointing.behind(picture.pointed, frame)]
    around = obstacles(courses, frame)
    for course in reversed(courses):
        items += line(course, frame, bounds=len(courses) <= FEW, dots=around)
    items += _named(picture, courses, ends, frame, width)
    return Scene(width, tall + FOOT, tuple(items), follows=True, down=frame.down(picture.unit))


def courses_of(points: Sequence[LinePoint]) -> list[Course]:
    """The lines in the order in which they were given, each with its paint."""
    names = list(dict.fromkeys(point.line for point in points))
    neutral = [name for name in names if not paint_of(name)]
    used: set[str] = set()
    made = []
    for name in names:
        paint = paint_of(name) or NEUTRALS[neutral.index(name) % len(NEUTRALS)]
        thick = THIN if paint in used else THICK
        used.add(paint)
        made.append(Course(name, [point for point in points if point.line == name], paint, thick, _label(name, names)))
    return made


def _label(name: str, names: Sequence[str]) -> str:
    """What a line is called beside others: "net" is enough for "Anthropic, net" where one is called "Anthropic"."""
    first, comma, rest = name.partition(", ")
    return rest if comma and first in names else name


# The axes.


def values_of(picture: Lines) -> Extent:
    """From where to where the axis of values reaches."""
    values = [value for point in picture.points for value in (point.mark.value, *point.mark.ends)]
    values += [level.y for level in picture.pointed if isinstance(level, Across)]
    return axes.extent_of(values, picture.log)


def days_of(picture: Lines) -> Extent:
    """From where to where the axis of time reaches: over all points, and moments that are pointed out."""
    days = [point.x for point in picture.points]
    days += [moment.x for moment in picture.pointed if isinstance(moment, Upright)]
    return Extent(min(days), max(days))


def value_ticks(picture: Lines, extent: Extent) -> list[float]:
    """The marks of the axis of values."""
    return axes.log_ticks(extent) if picture.log else axes.ticks(extent, 6)


def _grid(picture: Lines, frame: Frame, extent: Extent, width: int) -> list[Item]:
    """A line across at each mark of the axis of values, with its number at the left; the one at the foot is darker."""
    items: list[Item] = []
    marks = value_ticks(picture, extent)
    edge = frame.right + 4
    for value in marks:
        y = frame.y(value)
        paint = "soft" if value == 0 else "grid"
        items.append(Rule(x=frame.left - 6, x2=edge, y=y, y2=y, paint=paint))
        items.append(Words(x=0, y=y + 4, lines=[axes.tick_words(value)], paint="soft", size=SMALL))
    if 0 not in marks:
        items.append(Rule(x=frame.left - 6, x2=edge, y=frame.bottom, y2=frame.bottom, paint="soft"))
    return items


def _times(picture: Lines, frame: Frame) -> list[Item]:
    """The marks of time under the plot."""
    room = frame.right - frame.left
    if picture.yearly:
        marks = axes.yearly_ticks([point.x for point in picture.points], room)
    else:
        marks = axes.monthly_ticks(frame.first, frame.last, room)
    items: list[Item] = []
    for tick in marks:
        x = frame.x(tick.x)
        items.append(Rule(x=x, x2=x, y=frame.bottom, y2=frame.bottom + 4, paint="soft"))
        lines = list(tick.lines)
        words = Words(x=x, y=frame.bottom + 17, lines=lines, paint="soft", size=SMALL, align="middle", leading=14)
        items.append(words)
    return items


# The lines.


def line(
    course: Course, frame: Frame, radius: float = RADIUS, bounds: bool = True, dots: Sequence[Place] = ()
) -> list[Item]:
    """A line: its stretches, the ranges of its points, and its points; without ``bounds`` only the last shows its own.

    The signs of bounds keep clear of the ``dots`` of all lines. A thin line has small points.
    """
    items: list[Item] = [
        Path(
            places=[_at(point, frame) for point in points],
            paint=course.paint,
            width=course.thick,
            dashed=not firm,
            through=[At(y=point.mark.figure) for point in points],
            line=course.name,
        )
        for firm, points in _stretches([point for point in course.points if not point.apart])
    ]
    small = radius if len(course.points) < MANY and course.thick != THIN else radius - 1
    for point in course.points:
        if bounds or point is course.last or point.mark.ends:
            at = At(y=point.mark.figure)
            items += signs.uncertainty(point.mark, _at(point, frame), frame, course.paint, at, dots)
    for point in course.points:
        tip = point.mark.tip(course.name)
        items += signs.point(point.mark, _at(point, frame), small, course.paint, tip, At(y=point.mark.figure))
    return items


def _stretches(joined: Sequence[LinePoint]) -> list[tuple[bool, list[LinePoint]]]:
    """The stretches of a line that are firm, and those that lead to or from what was projected or assumed."""
    found: list[tuple[bool, list[LinePoint]]] = []
    for before, after in pairwise(joined):
        firm = before.mark.firm and after.mark.firm
        if found and found[-1][0] == firm:
            found[-1][1].append(after)
        else:
            found.append((firm, [before, after]))
    return found


def _at(point: LinePoint, frame: Frame) -> Place:
    return frame.place(point.x, point.mark.value)


# The words.


@dataclass(frozen=True)
class _Ends:
    """The lines that reach the end of the picture, whose names stand in a column at its right."""

    names: dict[str, list[str]]
    brackets: Sequence[Bracket]
    bracket_words: Sequence[list[str]]
    room: float  # how much of the picture the column takes

    @classmethod
    def of(cls, picture: Lines, courses: Sequence[Course], width: int) -> "_Ends":
        """What stands in the column, and how wide it is."""
        last = days_of(picture).high
        most = min(0.28 * width, 150)
        names = {
            course.name: wrapped(course.label, most, LABEL, bold=True) for course in courses if course.last.x == last
        }
        brackets = [each for each in picture.pointed if isinstance(each, Bracket) and each.x == last]
        bracket_words = [wrapped(str(each.words), most) for each in brackets]
        widths = [width_of(line, LABEL, bold=True) for lines in names.values() for line in lines]
        widths += [width_of(line) for lines in bracket_words for line in lines]
        beside = BESIDE + (BRACKET if brackets else 0)
        return cls(names, brackets, bracket_words, room=max(widths, default=0) + beside + 4 if widths else 12)


def _named(
    picture: Lines, courses: Sequence[Course], ends: _Ends, frame: Frame, width: int
) -> list[Item]:  # fmt: skip
    """The names of the lines and what is pointed out, each where it is clear of all else."""
    dots = obstacles(courses, frame)
    rest = pointing.sided([each for each in picture.pointed if each not in ends.brackets], frame, dots)
    dots += pointing.obstacles(rest, frame)
    room = Box(frame.left - 6, 0, width, frame.bottom - 2)
    column = _column(courses, ends, frame)
    items = list(column)
    for words in column:
        if isinstance(words, Words):
            top = words.y - LINE
            dots += Box(words.x + words.dx, top, width, top + LINE * len(words.lines)).dots()
    items += pointing.lines(rest, frame, dots, room, width)
    inside = [course for course in courses if course.name not in ends.names]
    asked = [
        Label(_at(course.last, frame), wrapped(course.label, 150, LABEL, bold=True), labels.FAN, LABEL, bold=True)
        for course in inside
    ]
    boxes = labels.placed(asked, dots, room)
    for course, label, box in zip(inside, asked, boxes, strict=True):
        leader = labels.leader(label, box, course.paint)
        at = At(y=course.last.mark.figure)
        items += [replace(leader, at=at)] if leader else []
        items.append(replace(label.words(box, course.paint), at=at))
        dots += box.dots()
    return [*items, *pointing.drawn(rest, frame, dots, room, width)]


def obstacles(courses: Iterable[Course], frame: Frame) -> list[Place]:
    """What words keep clear of: the lines, their points and the ranges of these."""
    dots: list[Place] = []
    for course in courses:
        places = [_at(point, frame) for point in course.points]
        dots += labels.along([_at(point, frame) for point in course.points if not point.apart])
        for point, place in zip(course.points, places, strict=True):
            dots += labels.corners(place)
            dots += labels.along([frame.place(point.x, end) for end in point.mark.ends])
    return dots


def _column(courses: Sequence[Course], ends: _Ends, frame: Frame) -> list[Item]:
    """The names at the ends of the lines, and the brackets between them, moved apart where they would touch."""
    named = [course for course in courses if course.name in ends.names]
    aside = BESIDE + (BRACKET if ends.brackets else 0)
    wanted = [frame.y(course.last.mark.value) for course in named]
    wanted += [(frame.y(each.y) + frame.y(each.y2)) / 2 for each in ends.brackets]
    lines = [*(ends.names[course.name] for course in named), *ends.bracket_words]
    middles = labels.spread(wanted, [LINE * len(each) + 3 for each in lines], 0, frame.bottom + 8)
    items: list[Item] = []
    for course, text, at, y in zip(named, lines, wanted, middles, strict=False):
        top = y - LINE * (len(text) - 1) / 2 + 4.5
        whose = At(y=course.last.mark.figure)
        if abs(y - at) > 8 and not ends.brackets:
            path = f"M5,0L{BESIDE - 2:.1f},{y - at:.1f}"
            items.append(Shape(x=frame.right, y=at, path=path, paint=course.paint, at=whose, sign="leader"))
        name = Words(x=frame.right, dx=aside, y=top, lines=text, paint=course.paint, size=LABEL, bold=True)
        items.append(replace(name, at=whose, column=True))
    for bracket, text, y in zip(ends.brackets, ends.bracket_words, middles[len(named) :], strict=True):
        items += pointing.bracket(bracket, frame, BESIDE)
        top = y - LINE * (len(text) - 1) / 2 + 4.5
        words = Words(x=frame.right, dx=aside, y=top, lines=text, said=bracket.words.said)
        items.append(replace(words, at=bracket.at, column=True))
    return items
