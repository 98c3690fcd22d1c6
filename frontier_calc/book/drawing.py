"""The pictures behind the charts: rows of plain data in, a Vega-Lite specification out, made with Altair.

Each is drawn for a width in pixels, so that its words are broken and its marks are spaced for the room there is.
Labels stand at the ends of lines and above bars: no chart needs a legend or rests on colour alone.
"""

import math
from datetime import date
from typing import Any, NamedTuple

import altair as alt

from frontier_calc.book import labels
from frontier_calc.book.theme import GUTTER, LINE, NARROW, SMALL, SUBTITLE, TITLE, theme, wrapped

HEIGHT = 300  # pixels: of a chart with an axis of values

Rows = list[dict[str, Any]]


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
    last = max((point["x"] for point in points), default="")
    # The lines that come to the end first: the labels of the others make way for theirs.
    ends = dict(sorted({point["line"]: point for point in points}.items(), key=lambda end: end[1]["x"] != last))
    texts = {name: wrapped(name, min(0.28 * width, 140)) for name in ends}
    beyond = max((labels.wide(texts[name]) for name, end in ends.items() if end["x"] == last), default=0)
    room = (width - GUTTER - 9 - beyond, HEIGHT)
    ranged = [{**point, "value": point[end]} for point in points if "low" in point for end in ("low", "high")]
    spots = labels.spots([*points, *ranged], room, log)
    courses = [[spot for point, spot in zip(points, spots, strict=False) if point["line"] == name] for name in ends]
    whiskers = [spots[at : at + 2] for at in range(len(points), len(spots), 2)]
    sides = [labels.ENDS if end["x"] == last else labels.SIDES for end in ends.values()]
    given = zip((course[-1] for course in courses), texts.values(), sides, strict=True)
    places = labels.placed(given, [*courses, *whiskers], width - GUTTER)
    for (name, end), place in zip(ends.items(), places, strict=True):
        layers += _label(base, {**end, "label": texts[name]}, place)
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
    foot = wrapped(names[0], width, SMALL)
    # Under the words of the axis a line of its own: Vega would leave out an empty one.
    foot += ["\u200b"] * bool(foot) + wrapped(heading.credits, width, SMALL)
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
        spots, texts = labels.spots([*line, *marks], room), [wrapped(mark["name"], 0.5 * width) for mark in marks]
        own = spots[len(line) :]
        given = zip(own, texts, [labels.SIDES] * len(own), strict=True)
        places = labels.placed(given, [sorted(spots[: len(line)]), *([spot] for spot in own)], room[0])
        for mark, text, place in zip(marks, texts, places, strict=True):
            layers += _label(base, {**mark, "label": text}, place)
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
        layers.append(base.mark_rule().encode(x=x, y=y, x2="x2", y2="y2", strokeWidth=thick))
        # The head is a shape of its own size in pixels; it begins where the shaft ends.
        head = base.mark_point(filled=True, size=4, opacity=1, strokeWidth=0)
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
    # The letters of a title are bold, and so wider.
    title = alt.Title(text=wrapped(heading.title, width, 1.1 * TITLE), subtitle=below)
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


def _label(base: alt.Chart, row: dict[str, Any], place: dict[str, Any]) -> list[alt.Chart]:
    """A label over its own halo, which keeps it clear of what it stands on."""
    told = base.properties(data=_values([row])).encode(text="label:N")
    return [told.mark_text(fontWeight=600, lineHeight=LINE, style=style, **place) for style in ("halo", "label")]


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
