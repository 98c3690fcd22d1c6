"""The pictures of charts: plain records in, a Vega-Lite specification out, made with Altair.

Each is drawn for a width in pixels, so that its words are broken and its marks are spaced for the room there is.
Labels stand at the ends of lines and above bars: no chart needs a legend or rests on colour alone.
"""

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any, Literal

import altair as alt

from frontier_calc.book import flow_layout, labels
from frontier_calc.book.labels import Frame, Label, Place, Side
from frontier_calc.book.marks import Bar, Bars, Curve, CurvePoint, Flow, Heading, LinePoint, Lines, Mark, Picture
from frontier_calc.book.theme import GUTTER, LINE, NARROW, SMALL, SUBTITLE, TITLE, theme, wrapped

HEIGHT = 300  # pixels: of a chart with an axis of values
MONTH = 30.44  # days, on average
STEPS = (
    1,
    2,
    3,
    6,
    12,
    24,
    60,
    120,
)  # months from one tick of an axis of time to the next, the first that is rare enough
APART = "\u200b"  # a line that looks empty; Vega leaves out one that is

Row = dict[str, Any]


def draw(picture: Picture, heading: Heading, width: int) -> Row:
    """The Vega-Lite specification of a picture with its heading, in ``width`` pixels."""
    layers, height = _layers(picture, heading, width)
    legend = [str(words) for words in (heading.subtitle, *heading.notes) if words]
    subtitle = [line for text in legend for line in wrapped(text, width, SUBTITLE)]
    # The letters of a title are bold, and so wider.
    title = alt.Title(text=wrapped(str(heading.title), width, 1.1 * TITLE), subtitle=subtitle)
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    with alt.data_transformers.enable("default", consolidate_datasets=False):  # the data stays readable, in its place
        whole = alt.layer(*layers).properties(title=title, autosize=fit, width=width, height=height)
        # Checked against Vega-Lite's schema by a test: doing so at each drawing takes longer than all the rest of it.
        spec: Row = whole.configure(**theme()).to_dict(validate=False)
    # Without a version of its own the specification suits JupyterLab's Vega-Lite and the site's newer one alike.
    del spec["$schema"]
    return spec


@singledispatch
def _layers(picture: Picture, heading: Heading, width: int) -> tuple[list[alt.Chart], float]:
    """The layers of a picture, and its height in pixels."""
    raise TypeError(f"cannot draw {type(picture).__name__}: expected one of the pictures of frontier_calc.book.marks")


# Lines over time.


@_layers.register
def _lines(picture: Lines, heading: Heading, width: int) -> tuple[list[alt.Chart], float]:
    points = picture.points
    names = _distinct(point.line for point in points)
    x = alt.X("day:T", scale=alt.Scale(type="utc"), axis=_dates(picture, heading, width))
    y = _upright([point.mark for point in points], log=picture.log, title=None)
    base = alt.Chart(_values(points)).encode(x=x, y=y, color=_colour("line", names))
    layers = [base.mark_line(strokeWidth=2), *_ranges(points, x, _colour("line", names))]
    tooltip = _tooltip(line="Line", words="Value")
    for firm in (True, False):
        shown = [point for point in points if point.mark.firm == firm]
        if shown:
            marks = base.properties(data=_values(shown)).mark_point(size=45, filled=firm, opacity=1, strokeWidth=2)
            layers.append(marks.encode(tooltip=tooltip))
    for name, label in _line_labels(picture, width).items():
        end = _end_of(points, name)
        layers += _label(base, end, label)
    return layers, HEIGHT


@dataclass(frozen=True)
class _PlacedLabel:
    """Lines of words with the side on which they stand."""

    lines: Sequence[str]
    side: Side


def _end_of(points: Sequence[LinePoint], name: str) -> LinePoint:
    """The last point of a line."""
    return [point for point in points if point.line == name][-1]


def _line_labels(picture: Lines, width: int) -> dict[str, _PlacedLabel]:
    """The label of each line, by the line's name, with its place at the end of the line."""
    points = picture.points
    last = max((point.day for point in points), default=None)
    names = _distinct(point.line for point in points)
    at_end = [name for name in names if _end_of(points, name).day == last]
    before = [name for name in names if name not in at_end]
    # The lines that come to the end first: the labels of the others make way for theirs.
    texts = {name: wrapped(name, min(0.28 * width, 140)) for name in (*at_end, *before)}
    beyond = max((labels.width_of(texts[name]) for name in at_end), default=0.0)
    across = [point.day.toordinal() for point in points]
    values = [value for point in points for value in (point.mark.value, *point.mark.ends)]
    frame = Frame.around(across, values, width - GUTTER - 9 - beyond, HEIGHT, log=picture.log)
    courses = {name: _course(frame, [point for point in points if point.line == name]) for name in texts}
    asked = []
    for name, text in texts.items():
        sides = labels.ENDS if name in at_end else labels.SIDES
        asked.append(Label(courses[name][-1], text, sides))
    whiskers = [_whisker(frame, point) for point in points if point.mark.ends]
    sides_found = labels.placed(asked, [*courses.values(), *whiskers], width - GUTTER)
    return {name: _PlacedLabel(texts[name], side) for name, side in zip(texts, sides_found, strict=True)}


def _course(frame: Frame, points: Sequence[LinePoint]) -> list[Place]:
    """The places that a line runs through."""
    return [frame.place(point.day.toordinal(), point.mark.value) for point in points]


def _whisker(frame: Frame, point: LinePoint) -> list[Place]:
    """The two ends of a point's range."""
    return [frame.place(point.day.toordinal(), end) for end in point.mark.ends]


def _dates(picture: Lines, heading: Heading, width: int) -> alt.Axis:
    """The axis of time: a tick at each year that has a point, or every so many months or years."""
    about: Row = {"grid": False, "labelOverlap": "greedy", "labelSeparation": 8, "labelFlush": True}
    about |= _foot(heading, width)
    days = [point.day for point in picture.points]
    if picture.yearly:
        return alt.Axis(values=sorted({day.isoformat() for day in days}), format="%Y", **about)
    months = (max(days) - min(days)).days / MONTH if days else 12
    wanted = _few(6, width) + 0.5
    step = next((step for step in STEPS if months / step <= wanted), STEPS[-1])
    if step < 12:
        return alt.Axis(format="%b %Y", tickCount={"interval": "month", "step": step}, **about)
    return alt.Axis(format="%Y", tickCount={"interval": "year", "step": step // 12}, **about)


# Bars.


@dataclass(frozen=True)
class _BarLine:
    """A bar with the words above it: where the words begin, and where the bar is, in pixels from the top."""

    bar: Bar
    lines: Sequence[str]
    top: float
    at: float


@dataclass(frozen=True)
class _GroupHead:
    """The name of a group of bars."""

    lines: Sequence[str]
    top: float


@_layers.register
def _bars(picture: Bars, heading: Heading, width: int) -> tuple[list[alt.Chart], float]:
    heads, lines, bottom = _stacked(picture.bars, width)
    rows = [_datum(line.bar) | {"label": line.lines, "top": line.top, "at": line.at} for line in lines]
    foot = alt.Axis(**_foot(heading, width), tickCount=_few(5, width), domain=False, grid=False, titleX=0)
    x, y = alt.X("value:Q", axis=foot), alt.Y("at:Q", scale=None, axis=None)
    base = alt.Chart(_inline(rows)).encode(x=x, y=y, tooltip=_tooltip(name="Bar", words="Value"))
    # What was only projected or assumed is drawn pale, beside what was not.
    pale = 0.5 if any(bar.mark.firm for bar in picture.bars) else 1
    firm = alt.condition("datum.firm", alt.value(1), alt.value(pale))
    drawn = base.mark_bar(orient="horizontal", size=10, cornerRadiusEnd=2).encode(fillOpacity=firm)
    if heads:
        drawn = drawn.encode(color=_colour("name", _distinct(bar.name for bar in picture.bars)))
    layers = [drawn]
    ranged = [row for row in rows if "low" in row]
    if ranged:
        whiskers = alt.Chart(_inline(ranged)).mark_rule(strokeWidth=2)
        layers.append(whiskers.encode(x="low:Q", x2="high:Q", y=y))
    layers += _words_at_left(rows, 400)
    layers += _words_at_left([{"label": head.lines, "top": head.top} for head in heads], 600)
    return layers, bottom + 12


def _stacked(bars: Sequence[Bar], width: int) -> tuple[list[_GroupHead], list[_BarLine], float]:
    """The bars one below the other, each group under its name, and how far down they reach."""
    heads: list[_GroupHead] = []
    lines: list[_BarLine] = []
    headed: set[str] = set()
    bottom = 0.0
    for bar in bars:
        if bar.group and bar.group not in headed:
            headed.add(bar.group)
            head = _GroupHead(wrapped(bar.group, width), top=bottom + (26 if heads else 8))
            heads.append(head)
            bottom = head.top + LINE * (len(head.lines) - 1) + 3
        words = wrapped(f"{bar.name}: {bar.label}", width)
        line = _BarLine(bar, words, top=bottom + 20, at=bottom + 22 + LINE * len(words))
        lines.append(line)
        bottom = line.at
    return heads, lines, bottom


def _words_at_left(rows: Sequence[Row], weight: Literal[400, 600]) -> list[alt.Chart]:
    """Lines of words at the left edge; no layer where there are none."""
    if not rows:
        return []
    marks = alt.Chart(_inline(rows)).mark_text(align="left", baseline="middle", lineHeight=LINE, fontWeight=weight)
    return [marks.encode(x=alt.value(0), y=alt.Y("top:Q", scale=None), text="label:N")]


# A curve.


@_layers.register
def _curve(picture: Curve, heading: Heading, width: int) -> tuple[list[alt.Chart], float]:
    across = alt.Axis(title=_under(picture.x_name, heading, width), tickCount=_few(6, width), grid=False)
    # The padding keeps the words before a curve's first points off the numbers of the axis.
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=12), axis=across)
    name = wrapped(picture.y_name, width, SMALL)
    y = _upright(
        [point.mark for point in (*picture.course, *picture.points)],
        title=name,
        titleAngle=0,
        titleAlign="left",
        titleX=-GUTTER,
        titleY=-LINE * max(len(name), 1),
    )
    layers = [alt.Chart(_values(picture.course)).mark_line(strokeWidth=2).encode(x=x, y=y, order="x:Q")]
    if not picture.points:
        return layers, HEIGHT
    # The curve, which has no name, wears the first colour.
    colour = _colour("name", _distinct(["", *(point.name for point in picture.points)]))
    base = alt.Chart(_values(picture.points)).encode(x=x, y=y, color=colour)
    layers += _ranges(picture.points, x, colour)
    tooltip = _tooltip(name="Point", at="At", words="Value")
    layers.append(base.mark_point(filled=True, opacity=1, size=70).encode(tooltip=tooltip))
    for point, label in zip(picture.points, _point_labels(picture, width), strict=True):
        layers += _label(base, point, label)
    return layers, HEIGHT


def _under(name: str, heading: Heading, width: int) -> list[str]:
    """What stands under an axis: its name, and the sources apart from it."""
    lines = wrapped(name, width, SMALL)
    if lines:
        lines.append(APART)
    return lines + wrapped(heading.credits, width, SMALL)


def _point_labels(picture: Curve, width: int) -> list[_PlacedLabel]:
    """The label of each point beside a curve."""
    room = width - GUTTER
    drawn = [*picture.course, *picture.points]
    frame = Frame.around([point.x for point in drawn], [point.mark.value for point in drawn], room, HEIGHT)
    course = sorted(_on_curve(frame, point) for point in picture.course)
    places = [_on_curve(frame, point) for point in picture.points]
    asked = []
    for point, place in zip(picture.points, places, strict=True):
        asked.append(Label(place, wrapped(point.name, 0.5 * width)))
    sides = labels.placed(asked, [course, *([place] for place in places)], room)
    return [_PlacedLabel(label.lines, side) for label, side in zip(asked, sides, strict=True)]


def _on_curve(frame: Frame, point: CurvePoint) -> Place:
    return frame.place(point.x, point.mark.value)


# Boxes and arrows.


@_layers.register
def _flow(picture: Flow, heading: Heading, width: int) -> tuple[list[alt.Chart], float]:
    laid = flow_layout.laid_out(picture, width)
    foot = alt.Axis(**_foot(heading, width, 8), titleX=0, labels=False, ticks=False, grid=False, domain=False)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=foot)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[laid.height, 0], nice=False), axis=None)
    # The boxes, which are of no kind, wear the first colour.
    kinds = _distinct(["", *(arrow.kind for arrow in picture.arrows)])
    colour = _colour("kind", kinds)
    edge = alt.Stroke("kind:N", legend=None, scale=alt.Scale(domain=kinds))
    boxes = alt.Chart(_inline([_box_datum(box) for box in laid.boxes]))
    shapes = boxes.mark_rect(fillOpacity=0.09, strokeOpacity=0.5, cornerRadius=3)
    layers = [shapes.encode(x=x, y=y, x2="x2", y2="y2", color=colour, stroke=edge)]
    if laid.arrows:
        base = alt.Chart(_values(laid.arrows)).encode(
            color=colour, tooltip=_tooltip(start="From", end="To", words="What")
        )
        thick = alt.StrokeWidth("thick:Q", scale=None, legend=None)
        layers.append(base.mark_rule().encode(x=x, y=y, x2="x2", y2="y2", strokeWidth=thick))
        # The head is a shape of its own size in pixels; it begins where the shaft ends.
        heads = base.mark_point(filled=True, size=4, opacity=1, strokeWidth=0)
        shape = alt.Shape("head:N", scale=None, legend=None)
        layers.append(heads.encode(x=alt.X("x2:Q", axis=foot), y=alt.Y("y2:Q", axis=None), shape=shape))
    for style in (flow_layout.NAME, flow_layout.NOTE, flow_layout.BESIDE):
        rows = [{"text": words.lines, "x": words.x, "y": words.y} for words in laid.words if words.style == style]
        if rows:
            marks = alt.Chart(_inline(rows)).mark_text(
                lineHeight=LINE, baseline="middle", fontWeight=style.weight, align=style.align, dx=style.dx
            )
            layers.append(marks.encode(x=x, y=y, text="text:N"))
    return layers, laid.height


def _box_datum(box: flow_layout.Extent) -> Row:
    return {"x": box.left, "x2": box.right, "y": box.top, "y2": box.bottom, "kind": ""}


# What all kinds share.


def _datum(record: Any) -> Row:
    """A record as a row of Vega-Lite's data: its fields and those of its mark; what it has not is left out."""
    row: Row = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Mark):
            row |= _datum(value)
        elif isinstance(value, date):
            row[field.name] = value.isoformat()
        elif value is not None:
            row[field.name] = value
    return row


def _values(records: Iterable[Any]) -> alt.Data:
    return _inline([_datum(record) for record in records])


def _inline(rows: Sequence[Row]) -> alt.Data:
    """Rows that stand in the specification itself."""
    data: Any = alt.Data  # its own signature has no types
    made: alt.Data = data(values=list(rows))
    return made


def _distinct(names: Iterable[str]) -> list[str]:
    """Each name once, in the order in which it came."""
    return list(dict.fromkeys(names))


def _colour(field: str, names: Sequence[str]) -> alt.Color:
    return alt.Color(f"{field}:N", legend=None, scale=alt.Scale(domain=list(names)))


def _label(base: alt.Chart, point: LinePoint | CurvePoint, label: _PlacedLabel) -> list[alt.Chart]:
    """A label over its own halo, which keeps it clear of what it stands on."""
    row = _datum(point) | {"label": label.lines}
    told = base.properties(data=_inline([row])).encode(text="label:N")
    side = dataclasses.asdict(label.side)
    return [told.mark_text(fontWeight=600, lineHeight=LINE, style=style, **side) for style in ("halo", "label")]


def _tooltip(**titles: str) -> list[alt.Tooltip]:
    """What is shown of a mark that is pointed at: its fields by their names, each under a title."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _few(ticks: int, width: int) -> int:
    """So many ticks, or fewer on a phone."""
    return min(ticks, 4) if width <= NARROW else ticks


def _foot(heading: Heading, width: int, padding: int = 14) -> Row:
    """The sources, as the title of the axis at the bottom."""
    return {"title": wrapped(heading.credits, width, SMALL) or None, "titlePadding": padding}


def _upright(marks: Sequence[Mark], log: bool = False, **title: Any) -> alt.Y:
    """The axis of values."""
    if not log or not marks:
        return alt.Y("value:Q", axis=alt.Axis(tickCount=6, domain=False, **title))
    ends = [value for mark in marks for value in mark.ends or [mark.value]]
    low, high = min(ends) / 1.15, max(ends) * 1.15
    axis = alt.Axis(values=_log_ticks(low, high), domain=False, format=",~g", **title)
    return alt.Y("value:Q", scale=alt.Scale(type="log", domain=[low, high], nice=False), axis=axis)


def _log_ticks(low: float, high: float) -> list[float]:
    """Ticks at 1, 2 and 5 times the powers of ten, or at these alone where there are many."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    multiples = (1, 2, 5) if len(powers) < 6 else (1,)
    ticks = [multiple * 10.0**power for power in powers for multiple in multiples]
    return [tick for tick in ticks if low <= tick <= high]


def _ranges(points: Sequence[LinePoint] | Sequence[CurvePoint], x: alt.X, colour: alt.Color) -> list[alt.Chart]:
    """A bar from the low to the high end of each point that has a range."""
    ranged = [point for point in points if point.mark.ends]
    if not ranged:
        return []
    marks = alt.Chart(_values(ranged)).mark_rule(strokeWidth=1.5)
    return [marks.encode(x=x, y="low:Q", y2="high:Q", color=colour)]
