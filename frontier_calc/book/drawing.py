"""The pictures behind the charts: rows of plain data in, a Vega-Lite specification out, made with Altair.

Labels stand at the ends of lines and bars, so that no chart needs a legend or rests on colour alone.
"""

import math
import textwrap
from datetime import date
from typing import Any

WIDTH, HEIGHT, ROW, GUTTER = 620, 300, 30, 36
EARLY = {"align": "right", "baseline": "bottom", "dx": 2, "dy": -9}
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# On its own background each colour has a contrast of at least 4.5, so that labels may wear the colour of their line.
LIGHT = ("#1f5fa8", "#a6430a", "#1b6e4b", "#8a2c6e", "#5b5b00", "#4b4b8f")
DARK = ("#7db4f0", "#f0a06a", "#6fcf9f", "#e08cc4", "#d3cf5a", "#b0b0f5")


def theme(dark: bool = False) -> dict[str, Any]:
    """The Vega-Lite configuration of every chart, for paper and for the night."""
    ink, soft, grid, ground = (
        ("#e6e3dc", "#a5a39c", "#363a40", "transparent") if dark else ("#1f2328", "#5a5f66", "#dcd8cf", "#fff")
    )
    colours = list(DARK if dark else LIGHT)
    return {
        "background": ground,
        "font": FONT,
        "padding": {"left": 0, "right": 6, "top": 4, "bottom": 4},
        "view": {"stroke": None},
        "range": {"category": colours},
        "title": {
            "anchor": "start", "frame": "bounds", "color": ink, "fontSize": 16, "fontWeight": 600, "offset": 16,
            "subtitleColor": soft, "subtitleFontSize": 12.5, "subtitleLineHeight": 16, "subtitlePadding": 6,
        },
        "axis": {
            "labelColor": soft, "titleColor": soft, "gridColor": grid, "domainColor": soft, "tickColor": soft,
            "labelFontSize": 12, "titleFontSize": 11, "titleFontWeight": "normal", "titleAnchor": "start", "ticks": False,
            "labelPadding": 6,
        },
        # All that is at the left of a picture begins at its edge: the heading, the labels of the axis, the sources.
        "axisLeft": {"labelAlign": "left", "labelPadding": GUTTER, "domain": False},
        "axisBottom": {"titleX": -GUTTER, "titleAlign": "left", "titlePadding": 14},
        "text": {"fontSize": 12, "color": ink},
        "rule": {"color": soft},
        "bar": {"color": colours[0]},
        "line": {"color": colours[0]},
    }  # fmt: skip


def _colours(part: Any) -> list[str]:
    if isinstance(part, dict | list):
        return [colour for each in (part.values() if isinstance(part, dict) else part) for colour in _colours(each)]
    return [part] if isinstance(part, str) and part.startswith("#") else []


def night() -> str:
    """A style that turns a picture's colours into those of the night where its page is dark."""
    pairs = dict(zip(_colours({**theme(), "background": ""}), _colours(theme(True)), strict=True))
    rules = "".join(f'[fill="{day}"]{{fill:{dark}}}[stroke="{day}"]{{stroke:{dark}}}' for day, dark in pairs.items())
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"


def wrapped(text: str, width: int = 88) -> list[str]:
    """A text in lines that fit the picture; all but the last end with a space, so that it can be wrapped anew."""
    found = textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    return [f"{line} " for line in found[:-1]] + found[-1:]


def _finish(chart: Any, title: str, legend: list[str]) -> dict[str, Any]:
    import altair as alt

    heading = {"text": wrapped(title, 72), "subtitle": [line for text in legend for line in wrapped(text)]}
    made = chart.properties(width=WIDTH, title=alt.Title(**heading)).configure(**theme())
    with alt.data_transformers.enable("default", consolidate_datasets=False):  # the data stays readable, in its place
        spec = made.to_dict()
    # Without a version of its own the specification suits JupyterLab's Vega-Lite and the site's newer one alike.
    del spec["$schema"]
    return spec


def _values(rows: list[dict[str, Any]]):
    import altair as alt

    return alt.Data(values=rows)


def _colour(field: str, names: list[str]):
    import altair as alt

    return alt.Color(f"{field}:N", legend=None, scale=alt.Scale(domain=names))


def _tooltip(*fields: tuple[str, str]):
    import altair as alt

    return [alt.Tooltip(f"{field}:N", title=title) for field, title in fields]


def lines(points: list[dict[str, Any]], title: str, legend: list[str], credits: str, log: bool) -> dict[str, Any]:
    """Lines over time: ``points`` are in order, each with line, x, value, words, perhaps low and high."""
    import altair as alt

    names = list(dict.fromkeys(point["line"] for point in points))
    x = alt.X("x:T", scale=alt.Scale(type="utc"), axis=_dates(points, credits))
    y = _upright([point["value"] for point in points], log, title=None)
    base = alt.Chart(_values(points)).encode(x=x, y=y, color=_colour("line", names))
    layers = [base.mark_line(strokeWidth=2), *_ranges(points, x, "line", names)]
    for filled in (True, False):
        rows = [point for point in points if point["firm"] == filled]
        if rows:
            marks = base.properties(data=_values(rows)).mark_point(size=45, filled=filled, opacity=1, strokeWidth=2)
            layers.append(marks.encode(tooltip=_tooltip(("line", "Line"), ("words", "Value"), ("x", "Until"))))
    ends = {point["line"]: point for point in points}
    last = max((point["x"] for point in points), default="")
    at_edge = {name: point["value"] for name, point in ends.items() if point["x"] == last}
    down = _apart(at_edge, points, log)
    for name, end in ends.items():
        # A line that ends early carries its label above its last point, where no later line crosses it.
        place = {"align": "left", "baseline": "middle", "dx": 9, "dy": down[name]} if name in down else EARLY
        text = base.properties(data=_values([{**end, "label": "\n".join(wrapped(name, 20))}])).mark_text(
            fontWeight=600, lineBreak="\n", **place
        )
        layers.append(text.encode(text="label:N"))
    return _finish(alt.layer(*layers).properties(height=HEIGHT), title, legend)


def _upright(values: list[float], log: bool, **heading: Any):
    """The axis of values; a logarithmic one has its lines at the powers of ten alone."""
    import altair as alt

    if not log or not values:
        return alt.Y("value:Q", axis=alt.Axis(tickCount=6, domain=False, **heading))
    bottom = math.floor(math.log10(min(values)))
    powers = range(bottom, max(math.ceil(math.log10(max(values))), bottom + 1) + 1)
    ticks = [10.0**power for power in powers]
    scale = alt.Scale(type="log", domain=[ticks[0], ticks[-1]], nice=False)
    return alt.Y("value:Q", scale=scale, axis=alt.Axis(values=ticks, domain=False, format="~g", **heading))


def _dates(points: list[dict[str, Any]], credits: str):
    """The axis of time: a tick every so many months or years, and the sources underneath."""
    import altair as alt

    days = [date.fromisoformat(point["x"]) for point in points]
    months = (max(days) - min(days)).days / 30.44 if days else 12
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n <= 6.5), 120)
    by_year = step >= 12
    every = {"interval": "year", "step": step // 12} if by_year else {"interval": "month", "step": step}
    return alt.Axis(
        title=wrapped(credits, 110), grid=False, labelOverlap=True, labelSeparation=8, labelFlush=True,
        format="%Y" if by_year else "%b %Y", tickCount=every,
    )  # fmt: skip


def _ranges(points: list[dict[str, Any]], x: Any, field: str, names: list[str]) -> list[Any]:
    """A bar from the low to the high end of each point that has a range."""
    import altair as alt

    rows = [point for point in points if "low" in point]
    if not rows:
        return []
    marks = alt.Chart(_values(rows)).mark_rule(strokeWidth=1.5)
    return [marks.encode(x=x, y="low:Q", y2="high:Q", color=_colour(field, names))]


def _apart(ends: dict[str, float], points: list[dict[str, Any]], log: bool, gap: float = 16) -> dict[str, float]:
    """How far down, in pixels, each label must move so that none lies on another."""
    if not ends:
        return {}
    position = math.log if log else float
    heights = [position(p["value"]) for p in points] + ([] if log else [0.0])
    low, high = min(heights), max(heights)
    pixels = {name: HEIGHT * (high - position(end)) / ((high - low) or 1.0) for name, end in ends.items()}
    moved, last = {}, -math.inf
    for name in sorted(pixels, key=pixels.__getitem__):
        last = max(pixels[name], last + gap * len(wrapped(name, 20)))
        moved[name] = round(last - pixels[name], 1)
    return moved


def bars(rows: list[dict[str, Any]], title: str, legend: list[str], credits: str, grouped: bool) -> dict[str, Any]:
    """Bars from the left, each with its words at its end; in groups, with its name there too."""
    import altair as alt

    names = list(dict.fromkeys(row["name"] for row in rows))
    data = [
        {
            **row,
            "end": max(row["value"], row.get("high", 0.0), 0.0),
            "where": "\n".join(wrapped(row["group"] if grouped else row["name"], 24)).replace(" \n", "\n"),
            "label": f"{row['name']}: {row['words']}" if grouped else row["words"],
        }
        for row in rows
    ]
    order = list(dict.fromkeys(row["where"] for row in data))
    gutter = 14 + 6.6 * max((len(line) for where in order for line in where.split("\n")), default=0)
    foot = alt.Axis(title=wrapped(credits, 110), tickCount=5, domain=False, titleX=-gutter)
    x = alt.X("value:Q", axis=foot)
    y = alt.Y("where:N", sort=order, axis=alt.Axis(
        title=None, labelLimit=220, labelExpr="split(datum.label, '\\n')", labelPadding=gutter))  # fmt: skip
    base = alt.Chart(_values(data)).encode(x=x, y=y, tooltip=_tooltip(("name", "Bar"), ("words", "Value")))
    if grouped:
        base = base.encode(yOffset=alt.YOffset("name:N", sort=names), color=_colour("name", names))
    # What was only projected or assumed is drawn pale, beside what was not.
    firm = alt.condition("datum.firm", alt.value(1), alt.value(0.5 if any(row["firm"] for row in data) else 1))
    layers = [base.mark_bar(cornerRadiusEnd=2).encode(fillOpacity=firm), *_bar_ranges(base, data)]
    # A label stands to the right of its bar; that of a bar below nothing, to the right of nothing, clear of the names.
    marks = base.mark_text(align="left", baseline="middle", dx=6)
    layers.append(marks.encode(x=alt.X("end:Q", axis=foot), text="label:N"))
    thick = max(len(wrapped(row["where"].replace("\n", " "), 24)) for row in data) if data else 1
    height = max(len(data) * (ROW - 6 * grouped) + 14 * grouped * len(order), len(order) * 16 * thick + 8)
    return _finish(alt.layer(*layers).properties(height=height), title, legend)


def _bar_ranges(base: Any, data: list[dict[str, Any]]) -> list[Any]:
    rows = [row for row in data if "low" in row]
    marks = base.properties(data=_values(rows)).mark_rule(strokeWidth=2, color=theme()["rule"]["color"])
    return [marks.encode(x="low:Q", x2="high:Q")] if rows else []


def curve(
    rows: list[dict[str, Any]], title: str, legend: list[str], names: tuple[str, str], credits: str, log: bool
) -> dict[str, Any]:
    """A curve and the points observed on it; the rows of the curve itself have no name."""
    import altair as alt

    line, marks = [r for r in rows if not r["name"]], [r for r in rows if r["name"]]
    foot = [*wrapped(names[0], 110), "", *wrapped(credits, 110)]
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(title=foot, tickCount=6, grid=False))
    heading = {"title": names[1] or None, "titleAngle": 0, "titleAlign": "left", "titleX": -GUTTER, "titleY": -14}
    y = _upright([row["value"] for row in rows], log, **heading)
    layers = [alt.Chart(_values(line)).mark_line(strokeWidth=2).encode(x=x, y=y, order="x:Q")]
    if marks:
        base = alt.Chart(_values(marks)).encode(x=x, y=y, color=_colour("name", [r["name"] for r in marks]))
        layers += _ranges(marks, x, "name", [r["name"] for r in marks])
        told = _tooltip(("name", "Point"), ("at", "At"), ("words", "Value"))
        layers.append(base.mark_point(filled=True, opacity=1, size=70).encode(tooltip=told))
        for mark in marks:
            label = base.properties(data=_values([mark])).mark_text(fontWeight=600, **_beside(mark, marks, rows, log))
            layers.append(label.encode(text="name:N"))
    return _finish(alt.layer(*layers).properties(height=HEIGHT), title, legend)


def _beside(mark: dict[str, Any], marks: list[dict[str, Any]], rows: list[dict[str, Any]], log: bool) -> dict[str, Any]:
    """Where the label of a point stands: on the side that has room, and below where another's stands just above."""
    across, position = [row["x"] for row in rows], math.log if log else float
    heights = [position(row["value"]) for row in rows]
    wide, high = (max(side) - min(side) or 1.0 for side in (across, heights))
    above = [
        0 < position(other["value"]) - position(mark["value"]) < 0.1 * high
        and abs(other["x"] - mark["x"]) < 0.35 * wide
        for other in marks
    ]
    right = {"align": "left", "dx": 8} if mark["x"] - min(across) < 0.6 * wide else {"align": "right", "dx": -8}
    return right | ({"baseline": "top", "dy": 4} if any(above) else {"baseline": "bottom", "dy": -4})
