"""The pictures behind the charts: rows of plain data in, a Vega-Lite specification out, made with Altair.

Each is drawn for a width in pixels, so that its words are broken and its marks are spaced for the room there is.
Labels stand at the ends of lines and above bars: no chart needs a legend or rests on colour alone.
"""

import math
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import altair as alt

from frontier_calc.book.theme import GUTTER, LINE, NARROW, SMALL, SUBTITLE, TEXT, TITLE, theme, wrapped

HEIGHT = 300  # pixels: of a chart with an axis of values
# Where a label may stand by its point, the best place first.
SIDES = [("left", 8, "bottom", -4), ("right", -8, "bottom", -4), ("center", 0, "bottom", -12)]
SIDES += [("left", 9, "middle", 0), ("right", -8, "top", 4), ("left", 8, "top", 4), ("center", 0, "top", 12)]

Rows = list[dict[str, Any]]
Place = tuple[float, float]  # in pixels


class Heading(NamedTuple):
    """The words around a picture: its title, the lines under the title, the sources at its foot."""

    title: str
    legend: list[str]
    credits: str = ""


def lines(heading: Heading, width: int, points: Rows, log: bool, yearly: bool) -> dict[str, Any]:
    """Lines over time: ``points`` are in order, each with line, x, value, words, perhaps low and high."""
    names = list(dict.fromkeys(point["line"] for point in points))
    x = alt.X("x:T", scale=alt.Scale(type="utc"), axis=_dates(points, width, yearly, _foot(heading, width)))
    y = _upright(points, log, title=None)
    base = alt.Chart(_values(points)).encode(x=x, y=y, color=_colour("line", names))
    layers = [base.mark_line(strokeWidth=2), *_ranges(points, x, "line", names)]
    for filled in (True, False):
        rows = [point for point in points if point["firm"] == filled]
        if rows:
            marks = base.properties(data=_values(rows)).mark_point(size=45, filled=filled, opacity=1, strokeWidth=2)
            layers.append(marks.encode(tooltip=_tooltip(("line", "Line"), ("words", "Value"))))
    ends = {point["line"]: point for point in points}
    labels = {name: wrapped(name, min(0.3 * width, 140)) for name in ends}
    last = max((point["x"] for point in points), default="")
    down = _apart({n: (end["value"], len(labels[n])) for n, end in ends.items() if end["x"] == last}, points, log)
    places = {name: {"align": "left", "baseline": "middle", "dx": 9, "dy": dy} for name, dy in down.items()}
    # A line that ends early carries its label where it is clear of the others.
    room = (width - GUTTER - 9 - max((_wide(labels[name]) for name in down), default=0), HEIGHT)
    spots = dict(zip(map(id, points), _spots(points, room, log), strict=True))
    courses = [[spots[id(p)] for p in points if p["line"] == name] for name in names]
    early = {name: labels[name] for name in ends if name not in down}
    places |= _beside({name: (spots[id(ends[name])], label) for name, label in early.items()}, courses, room)
    for name, end in ends.items():
        text = base.properties(data=_values([{**end, "label": labels[name]}]))
        layers.append(text.mark_text(fontWeight=600, lineHeight=LINE, **places[name]).encode(text="label:N"))
    return _finish(layers, HEIGHT, heading, width)


def bars(heading: Heading, width: int, rows: Rows) -> dict[str, Any]:
    """Bars from the left under lines with their names and words; the bars of a group, under its name."""
    names, at, heads, data = list(dict.fromkeys(row["name"] for row in rows)), 0, {}, []
    for row in rows:
        if row["group"] and row["group"] not in heads:
            heads[row["group"]] = head = {"label": wrapped(row["group"], width), "top": at + (26 if at else 8)}
            at = head["top"] + LINE * (len(head["label"]) - 1) + 3
        label = wrapped(f"{row['name']}: {row['label']}", width)
        data.append({**row, "label": label, "top": at + 20, "at": at + 22 + LINE * len(label)})
        at = data[-1]["at"]
    foot = alt.Axis(**_foot(heading, width), tickCount=_few(5, width), domain=False, grid=False, titleX=0)
    x, y = alt.X("value:Q", axis=foot), alt.Y("at:Q", scale=None, axis=None)
    base = alt.Chart(_values(data)).encode(x=x, y=y, tooltip=_tooltip(("name", "Bar"), ("words", "Value")))
    # What was only projected or assumed is drawn pale, beside what was not.
    firm = alt.condition("datum.firm", alt.value(1), alt.value(0.5 if any(row["firm"] for row in data) else 1))
    drawn = base.mark_bar(orient="horizontal", size=10, cornerRadiusEnd=2).encode(fillOpacity=firm)
    layers = [drawn.encode(color=_colour("name", names)) if heads else drawn]
    ranged = [row for row in data if "low" in row]
    if ranged:
        layers.append(alt.Chart(_values(ranged)).mark_rule(strokeWidth=2).encode(x="low:Q", x2="high:Q", y=y))
    for told, weight in ((data, 400), (list(heads.values()), 600)):
        if told:
            text = {"align": "left", "baseline": "middle", "lineHeight": LINE, "fontWeight": weight}
            place = {"x": alt.value(0), "y": alt.Y("top:Q", scale=None)}
            layers.append(alt.Chart(_values(told)).mark_text(**text).encode(**place, text="label:N"))
    return _finish(layers, at + 12, heading, width)


def curve(heading: Heading, width: int, rows: Rows, names: tuple[str, str]) -> dict[str, Any]:
    """A curve and the points observed on it; the rows of the curve itself have no name."""
    line, marks = [row for row in rows if not row["name"]], [row for row in rows if row["name"]]
    foot = [*wrapped(names[0], width, SMALL), *wrapped(heading.credits, width, SMALL)]
    across = alt.Axis(title=foot, tickCount=_few(6, width), grid=False)
    # The padding keeps the words before a curve's first points off the numbers of the axis.
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=12), axis=across)
    above = wrapped(names[1], width, SMALL)
    y = _upright(rows, title=above, titleAngle=0, titleAlign="left", titleX=-GUTTER, titleY=-LINE * max(len(above), 1))
    kinds = ["", *(mark["name"] for mark in marks)]
    layers = [alt.Chart(_values(line)).mark_line(strokeWidth=2).encode(x=x, y=y, order="x:Q")]
    if marks:
        base = alt.Chart(_values(marks)).encode(x=x, y=y, color=_colour("name", kinds))
        layers += _ranges(marks, x, "name", kinds)
        told = _tooltip(("name", "Point"), ("at", "At"), ("words", "Value"))
        layers.append(base.mark_point(filled=True, opacity=1, size=70).encode(tooltip=told))
        room = (width - GUTTER, HEIGHT)
        spots, labels = _spots(rows, room), [wrapped(mark["name"], 0.5 * width) for mark in marks]
        known = dict(enumerate(zip(spots[len(line) :], labels, strict=True)))
        places = _beside(known, [sorted(spots[: len(line)]), *([spot] for spot, _ in known.values())], room)
        for number, mark in enumerate(marks):
            text = base.properties(data=_values([{**mark, "label": labels[number]}]))
            layers.append(text.mark_text(fontWeight=600, lineHeight=LINE, **places[number]).encode(text="label:N"))
    return _finish(layers, HEIGHT, heading, width)


def flow(heading: Heading, width: int, boxes: Rows, arrows: Rows, words: Rows) -> dict[str, Any]:
    """Boxes, arrows and lines of words, each where it was laid out: across in shares of the width, down in pixels."""
    height = max(box["y2"] for box in boxes)
    foot = alt.Axis(**_foot(heading, width, 8), titleX=0, labels=False, ticks=False, grid=False, domain=False)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=foot)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    kinds = ["", *dict.fromkeys(arrow["kind"] for arrow in arrows)]
    colour, told = _colour("kind", kinds), _tooltip(("from", "From"), ("to", "To"), ("words", "What"))
    edge = alt.Stroke("kind:N", legend=None, scale=alt.Scale(domain=kinds))
    marks = alt.Chart(_values(boxes)).mark_rect(fillOpacity=0.09, strokeOpacity=0.5, cornerRadius=3)
    layers = [marks.encode(x=x, y=y, x2="x2", y2="y2", color=colour, stroke=edge)]
    if arrows:
        base = alt.Chart(_values(arrows)).encode(color=colour, tooltip=told)
        thick = alt.StrokeWidth("thick:Q", scale=None, legend=None)
        layers.append(base.mark_rule(opacity=0.85).encode(x=x, y=y, x2="x2", y2="y2", strokeWidth=thick))
        # The head is a shape of its own size in pixels; it begins where the shaft ends.
        head = base.mark_point(filled=True, size=4, opacity=0.85, strokeWidth=0)
        shape = alt.Shape("head:N", scale=None, legend=None)
        layers.append(head.encode(x=alt.X("x2:Q", axis=foot), y=alt.Y("y2:Q", axis=None), shape=shape))
    for weight, align in ((600, "center"), (400, "center"), (400, "left")):
        rows = [word for word in words if (word["weight"], word["align"]) == (weight, align)]
        if rows:
            place = {"fontWeight": weight, "align": align, "baseline": "middle", "dx": 8 * (align == "left")}
            layers.append(alt.Chart(_values(rows)).mark_text(lineHeight=LINE, **place).encode(x=x, y=y, text="text:N"))
    return _finish(layers, height, heading, width)


# What all kinds share.


def _finish(layers: list[Any], height: float, heading: Heading, width: int) -> dict[str, Any]:
    below = [line for text in heading.legend for line in wrapped(text, width, SUBTITLE)]
    title = alt.Title(text=wrapped(heading.title, width, TITLE), subtitle=below)
    fit = {"autosize": alt.AutoSizeParams(type="fit-x", contains="padding"), "width": width, "height": height}
    with alt.data_transformers.enable("default", consolidate_datasets=False):  # the data stays readable, in its place
        spec = alt.layer(*layers).properties(title=title, **fit).configure(**theme()).to_dict()
    # Without a version of its own the specification suits JupyterLab's Vega-Lite and the site's newer one alike.
    del spec["$schema"]
    return spec


def _values(rows: Rows) -> alt.Data:
    return alt.Data(values=rows)


def _colour(field: str, names: list[str]) -> alt.Color:
    return alt.Color(f"{field}:N", legend=None, scale=alt.Scale(domain=names))


def _tooltip(*fields: tuple[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in fields]


def _few(ticks: int, width: int) -> int:
    return min(ticks, 4) if width <= NARROW else ticks


def _foot(heading: Heading, width: int, padding: int = 14) -> dict[str, Any]:
    """The sources, as the title of the axis at the bottom."""
    return {"title": wrapped(heading.credits, width, SMALL) or None, "titlePadding": padding}


def _upright(rows: Rows, log: bool = False, **heading: Any) -> alt.Y:
    """The axis of values; a logarithmic one has lines at 1, 2 and 5 times the powers of ten, or at these alone."""
    if not log or not rows:
        return alt.Y("value:Q", axis=alt.Axis(tickCount=6, domain=False, **heading))
    ends = [value for row in rows for value in (row.get("low", row["value"]), row.get("high", row["value"]))]
    low, high = min(ends) / 1.15, max(ends) * 1.15
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [m * 10.0**power for power in powers for m in ((1, 2, 5) if len(powers) < 6 else (1,))]
    axis = alt.Axis(values=[tick for tick in ticks if low <= tick <= high], domain=False, format=",~g", **heading)
    return alt.Y("value:Q", scale=alt.Scale(type="log", domain=[low, high], nice=False), axis=axis)


def _dates(points: Rows, width: int, yearly: bool, foot: dict[str, Any]) -> alt.Axis:
    """The axis of time: a tick at each year that has a point, or every so many months or years."""
    about = {"grid": False, "labelOverlap": "greedy", "labelSeparation": 8, "labelFlush": True, **foot}
    if yearly:
        return alt.Axis(values=sorted({point["x"] for point in points}), format="%Y", **about)
    days = [date.fromisoformat(point["x"]) for point in points]
    months = (max(days) - min(days)).days / 30.44 if days else 12
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n <= _few(6, width) + 0.5), 120)
    every = {"interval": "year", "step": step // 12} if step >= 12 else {"interval": "month", "step": step}
    return alt.Axis(format="%Y" if step >= 12 else "%b %Y", tickCount=every, **about)


def _ranges(points: Rows, x: Any, field: str, names: list[str]) -> list[alt.Chart]:
    """A bar from the low to the high end of each point that has a range."""
    rows = [point for point in points if "low" in point]
    marks = alt.Chart(_values(rows)).mark_rule(strokeWidth=1.5)
    return [marks.encode(x=x, y="low:Q", y2="high:Q", color=_colour(field, names))] if rows else []


def _apart(ends: dict[str, tuple[float, int]], points: Rows, log: bool) -> dict[str, float]:
    """How far down, in pixels, each label must move so that none lies on another: from its value and its lines."""
    position = math.log if log else float
    heights = [position(point["value"]) for point in points] + ([] if log else [0.0])
    low, high = min(heights), max(heights)
    pixels = {name: HEIGHT * (high - position(value)) / ((high - low) or 1.0) for name, (value, _) in ends.items()}
    moved, last = {}, -math.inf
    for name in sorted(pixels, key=pixels.__getitem__):
        last = max(pixels[name], last + LINE * ends[name][1] + 2)
        moved[name] = round(last - pixels[name], 1)
    return moved


def _spots(rows: Rows, room: Place, log: bool = False) -> list[Place]:
    """Where each row stands in a drawing of that size."""
    across = [date.fromisoformat(row["x"]).toordinal() if isinstance(row["x"], str) else row["x"] for row in rows]
    heights = [math.log(row["value"]) if log else row["value"] for row in rows]
    left, right = min(across, default=0), max(across, default=0)
    low, high = min([*heights, *([] if log else [0.0])], default=0), max(heights, default=0)
    wide, tall = right - left or 1.0, high - low or 1.0
    return [
        (room[0] * (x - left) / wide, room[1] * (high - value) / tall) for x, value in zip(across, heights, strict=True)
    ]


def _wide(label: list[str]) -> float:
    return 0.64 * TEXT * max(map(len, label))  # they are bold


def _along(course: list[Place]) -> list[Place]:
    """A line as points close together."""
    steps = [(a, b, n / 16) for a, b in pairwise(course) for n in range(16)]
    return [(x + (x2 - x) * n, y + (y2 - y) * n) for (x, y), (x2, y2), n in steps] + course[-1:]


def _box(spot: Place, label: list[str], side: tuple[str, int, str, int]) -> tuple[float, float, float, float]:
    """What a label covers on one side of its place: left, top, right, bottom."""
    align, dx, baseline, dy = side
    left = spot[0] + dx - _wide(label) * {"left": 0, "center": 0.5, "right": 1}[align]
    top = spot[1] + dy - LINE * len(label) * {"top": 0, "middle": 0.5, "bottom": 1}[baseline]
    return left, top, left + _wide(label), top + LINE * len(label)


def _beside(labels: dict[Any, tuple[Place, list[str]]], courses: list[list[Place]], room: Place) -> dict[Any, dict]:
    """On which side of its place each label stands: within the drawing, and on the least of lines and other labels."""
    taken = [place for course in courses for place in _along(course)]
    chosen = {}
    for name, (spot, label) in labels.items():
        boxes = [_box(spot, label, side) for side in SIDES]
        crowds = [
            sum(left - 3 <= x <= right + 3 and top <= y <= bottom for x, y in taken)
            + 100 * (left < -GUTTER or right > room[0] or top < -LINE or bottom > room[1])
            for left, top, right, bottom in boxes
        ]
        best = crowds.index(min(crowds))
        left, top, right, bottom = boxes[best]
        taken += _along([(left, (top + bottom) / 2), (right, (top + bottom) / 2)])
        chosen[name] = dict(zip(("align", "dx", "baseline", "dy"), SIDES[best], strict=True))
    return chosen
