"""A curve with the points that were observed beside it."""

from dataclasses import replace

from frontier_calc.book import axes, labels, pointing, signs
from frontier_calc.book.axes import Extent, Frame
from frontier_calc.book.labels import Box, Label, Place
from frontier_calc.book.marks import Across, Curve, CurvePoint, Upright
from frontier_calc.book.scene import Item, Path, Rule, Scene, Words
from frontier_calc.book.theme import LABEL, LINE, NARROW, NEUTRALS, SMALL, paint_of, wrapped

TALL, SHORT = 310.0, 270.0  # the plot of a wide picture and of a narrow one
RADIUS = 5.0


def draw(picture: Curve, width: int) -> Scene:
    """The drawing of a curve."""
    points = [*picture.course, *picture.points]
    if not points:
        return Scene(width, LINE * 2, (Words(x=0, y=LINE, lines=["nothing known"], paint="soft"),))
    name = wrapped(picture.y_name, width, SMALL)
    head = (14.0 * len(name) + 12) if name else 8.0
    frame, up = _frame(picture, points, width, head)
    items: list[Item] = [Words(x=0, y=11, lines=name, paint="soft", size=SMALL, leading=14)] if name else []
    items += _grid(frame, up)
    foot, bottom = _foot(picture, frame, width)
    items += foot
    items += pointing.behind(picture.pointed, frame)
    ordered = sorted(picture.course, key=lambda point: (point.x, -point.mark.value))
    course = [frame.place(point.x, point.mark.value) for point in ordered]
    items.append(Path(places=course, paint="slate", width=2.25, through=[point.stands for point in ordered]))
    for point in picture.points:
        items += _point(point, frame)
    return Scene(
        width,
        bottom,
        (*items, *_named(picture, course, frame, width)),
        follows=True,
        across=frame.across(picture.x_unit),
        down=frame.down(picture.y_unit),
    )


def _frame(picture: Curve, points: list[CurvePoint], width: int, head: float) -> tuple[Frame, list[float]]:
    """The frame of the plot, and the marks of its axis of values."""
    values = [value for point in points for value in (point.mark.value, *point.mark.ends)]
    values += [level.y for level in picture.pointed if isinstance(level, Across)]
    extent = axes.extent_of(values)
    up = axes.ticks(extent, 5)
    across = [point.x for point in points] + [each.x for each in picture.pointed if isinstance(each, Upright)]
    return Frame(
        left=axes.widest([axes.tick_words(value) for value in up]) + 14,
        right=width - 12,
        top=head,
        bottom=head + (TALL if width > NARROW else SHORT),
        first=min(across),
        last=max(across),
        low=extent.low,
        high=extent.high,
    ), up


def _grid(frame: Frame, marks: list[float]) -> list[Item]:
    items: list[Item] = []
    for value in marks:
        y = frame.y(value)
        paint = "soft" if value == 0 else "grid"
        items.append(Rule(x=frame.left - 6, x2=frame.right + 6, y=y, y2=y, paint=paint))
        items.append(Words(x=0, y=y + 4, lines=[axes.tick_words(value)], paint="soft", size=SMALL))
    return items


def _foot(picture: Curve, frame: Frame, width: int) -> tuple[list[Item], float]:
    """The marks of the axis across, and its name under them; and how far down they reach."""
    items: list[Item] = []
    for value in axes.ticks(Extent(frame.first, frame.last), 6 if width > NARROW else 4):
        x = frame.x(value)
        items.append(Rule(x=x, x2=x, y=frame.bottom, y2=frame.bottom + 4, paint="soft"))
        said = axes.tick_words(value)
        items.append(Words(x=x, y=frame.bottom + 17, lines=[said], paint="soft", size=SMALL, align="middle"))
    bottom = frame.bottom + 22
    name = wrapped(picture.x_name, width, SMALL)
    if name:
        items.append(
            Words(x=frame.right + 6, y=bottom + 14, lines=name, paint="soft", size=SMALL, align="end", leading=14)
        )
        bottom += 14 * len(name) + 6
    return items, bottom


def _paint(point: CurvePoint) -> str:
    return paint_of(point.name) or NEUTRALS[1]


def _point(point: CurvePoint, frame: Frame) -> list[Item]:
    """A point that was observed, with its range."""
    place = frame.place(point.x, point.mark.value)
    items = signs.uncertainty(point.mark, place, frame, _paint(point), point.stands)
    return items + signs.point(point.mark, place, RADIUS, _paint(point), point.mark.tip(point.name), point.stands)


def _named(picture: Curve, course: list[Place], frame: Frame, width: int) -> list[Item]:
    """The names of the points and what is pointed out, each where it is clear of all else."""
    dots = [*labels.along(course), *pointing.obstacles(picture.pointed, frame)]
    for point in picture.points:
        dots += labels.corners(frame.place(point.x, point.mark.value))
        dots += labels.along([frame.place(point.x, end) for end in point.mark.ends])
    room = Box(frame.left - 6, 0, width, frame.bottom - 2)
    asked = [
        Label(
            frame.place(point.x, point.mark.value), wrapped(point.name, 0.5 * width, LABEL, bold=True), labels.FAN,
            LABEL, bold=True,
        )
        for point in picture.points
    ]  # fmt: skip
    items = pointing.lines(picture.pointed, frame, dots, room, width)
    boxes = labels.placed(asked, dots, room)
    for point, label, box in zip(picture.points, asked, boxes, strict=True):
        line = labels.leader(label, box, _paint(point))
        items += [replace(line, at=point.stands)] if line else []
        items.append(replace(label.words(box, _paint(point)), at=point.stands))
        dots += box.dots()
    return [*items, *pointing.drawn(picture.pointed, frame, dots, room, width)]
