"""Boxes and the arrows between them: a machine, a ring, or flows of money whose width is their size.

Drawn by Vega-Lite like every chart. Across, places are shares of the width and words are broken for a phone, so that
one drawing fits every page; down, places are pixels.
"""

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

from frontier_calc.book import charts, drawing
from frontier_calc.book.charts import Chart
from frontier_calc.figure import Figure

LINE, TIP, WIDEST = 16, 11, 46  # pixels: a line of words, the depth of an arrow's head, the widest arrow
NARROW, LETTER = 330, 6.8  # pixels: the narrowest picture, and a letter in it

Arrow = tuple[str, str, str] | tuple[str, str, str, Figure]


def flow_chart(
    grid: Sequence[Sequence[str]], arrows: Sequence[Arrow], *,
    title: str, subtitle: str = "", notes: Mapping[str, str] | None = None, scaled: bool = False,
) -> Chart:  # fmt: skip
    """Boxes, and arrows between those that face each other: (from, to, words) or (from, to, words, figure).

    ``grid`` holds rows of boxes by name, each row as wide as the picture; a name in neighbouring cells is one larger
    box, "" is none. ``notes`` say more inside a box. ``scaled`` makes an arrow as wide as its figure is large: the
    figures must then count the same thing, and different rulers are named. Raises ValueError for an arrow that cannot
    be drawn straight.

    >>> chart = flow_chart([["A team", "Machines"], ["One model"]], [("A team", "One model", "ideas")], title="A lab")
    >>> chart.description
    'Flow chart: A lab. Boxes: A team; Machines; One model. A team to One model: ideas.'
    """
    notes, areas = notes or {}, _areas(grid)
    given = [(*arrow, None)[:4] for arrow in arrows]
    known = [arrow for arrow in given if arrow[3] is None or arrow[3].is_known]
    by_words: dict[str, list[Figure]] = {}
    for _, _, words, figure in known:
        if figure is not None:
            by_words.setdefault(words, []).append(figure)
    figures = [figure for found in by_words.values() for figure in found]
    legend = charts._legend(subtitle, charts._scale(figures), by_words) if scaled else [subtitle] * bool(subtitle)
    most = max((abs(figure.value) for figure in figures), default=0.0) or 1.0
    drawn = [
        {
            "from": start, "to": end, "side": _side(areas, start, end), "kind": words if scaled else "arrow",
            "words": ": ".join([words] * bool(words) + [charts._told(f, "") for f in (figure,) if f is not None]),
            "label": [*[str(figure)] * bool(figure is not None), *[words] * bool(words)],
            "thick": (round(WIDEST * abs(figure.value) / most, 3) if figure is not None else 0.5) if scaled else 2.0,
            "figure": None if figure is None else figure.key,
        }
        for start, end, words, figure in known
    ]  # fmt: skip
    boxes = [f"{name} ({notes[name]})" if name in notes else name for name in areas]
    told = [f"{a['from']} to {a['to']}" + f": {a['words']}" * bool(a["words"]) for a in drawn]
    rows = [
        [*map(charts._text, (start, end, words)), *_facts(figure)[: 4 * bool(figures)]]
        for start, end, words, figure in known
    ]
    return Chart(
        charts._alt("Flow chart", title, legend, [f"Boxes: {'; '.join(boxes)}", *told], len(given) - len(known)),
        {"columns": ["From", "To", "What", *["About", "Value", "Tag", "Sources"][: 4 * bool(figures)]], "rows": rows},
        lambda: _draw(areas, drawn, notes, title, legend, charts._credits(figures) if figures else ""),
        figures,
    )


def _facts(figure: Figure | None) -> list[dict[str, Any]]:
    if figure is None:
        return [charts._text("")] * 4
    return [charts._text(str(figure.when) if figure.period else ""), *charts._facts(figure)]


def _areas(grid: Sequence[Sequence[str]]) -> dict[str, tuple[int, int, int, int]]:
    """Each box's first column and the one after its last, its first row and the one after its last."""
    across, cells = lcm(*map(len, grid)), {}
    for row, names in enumerate(grid):
        for column in range(across):
            cells.setdefault(names[column * len(names) // across], []).append((column, row))
    cells.pop("", None)
    areas = {}
    for name, places in cells.items():
        columns, rows = zip(*places, strict=True)
        areas[name] = left, right, top, bottom = min(columns), max(columns) + 1, min(rows), max(rows) + 1
        if len(places) != (right - left) * (bottom - top):
            raise ValueError(f"the cells named {name!r} do not make one box")
    return areas


def _side(areas: Mapping[str, Sequence[int]], start: str, end: str) -> str:
    """Which way an arrow points."""
    for name in (start, end):
        if name not in areas:
            raise ValueError(f"no box is named {name!r}: there are {', '.join(areas)}")
    a, b = areas[start], areas[end]
    if max(a[2], b[2]) < min(a[3], b[3]):
        return "right" if a[1] <= b[0] else "left"
    if max(a[0], b[0]) < min(a[1], b[1]):
        return "down" if a[3] <= b[2] else "up"
    raise ValueError(f"no straight arrow joins {start!r} and {end!r}: move one of them in the grid")


def _broken(words: str, share: float) -> list[str]:
    """Words in lines for a share of the narrowest width."""
    return drawing.wrapped(words, max(int(share * NARROW / LETTER), 9)) if words else []


def _line(text: str, x: float, y: float, weight: int = 400, align: str = "center") -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "weight": weight, "align": align}


def _layout(areas, arrows: list[dict], notes: Mapping[str, str]) -> tuple[list[dict], list[dict], list[dict]]:
    """Boxes, arrows and lines of words with their places."""
    columns, count = (max(area[side] for area in areas.values()) for side in (1, 3))
    level = any(arrow["side"] in ("left", "right") for arrow in arrows)
    gap = (0.46 if level else 0.03 * min(columns - 1, 3)) / max(columns - 1, 1)
    step = (1 + gap) / columns
    across = {name: (area[0] * step, area[1] * step - gap) for name, area in areas.items()}
    inside = {
        name: [
            (t, weight)
            for text, weight in ((name, 600), (notes.get(name, ""), 400))
            for t in _broken(text, x2 - x - 0.03)
        ]
        for name, (x, x2) in across.items()
    }
    # How high the rows, and the gaps above them, must be for what they hold.
    rows, gaps = [0.0] * count, [0.0, *[14.0] * (count - 1)]
    for name, (_, _, top, bottom) in areas.items():
        rows[top] = max(rows[top], (LINE * len(inside[name]) + 18) / (bottom - top))
    pairs: dict[frozenset, list[dict]] = {}
    for arrow in arrows:
        pairs.setdefault(frozenset((arrow["from"], arrow["to"])), []).append(arrow)
    for pair, both in pairs.items():
        first, last = max(across[n][0] for n in pair), min(across[n][1] for n in pair)
        room = 0.7 * (last - first) / len(both) if first < last else first - last
        for arrow in both:
            arrow["lines"] = [line for text in arrow["label"] for line in _broken(text, room - 0.02)]
            arrow["deep"] = LINE * len(arrow["lines"]) + arrow["thick"] + 18
        top, bottom = max(areas[n][2] for n in pair), min(areas[n][3] for n in pair)
        if first < last:
            gaps[top] = max(gaps[top], *(LINE * len(arrow["lines"]) + 18 for arrow in both), 30)
        for row in range(top, bottom):
            rows[row] = max(rows[row], (sum(arrow["deep"] for arrow in both) + 6) / (bottom - top))
    starts = [sum(gaps[: row + 1]) + sum(rows[:row]) for row in range(count)]
    spans = {n: (*across[n], starts[a[2]], starts[a[3] - 1] + rows[a[3] - 1]) for n, a in areas.items()}

    words = [
        _line(text, (x + x2) / 2, (y + y2) / 2 + LINE * (at - (len(inside[name]) - 1) / 2), weight)
        for name, (x, x2, y, y2) in spans.items()
        for at, (text, weight) in enumerate(inside[name])
    ]
    placed = []
    for pair, both in pairs.items():
        x, x2, y, y2 = (pick(spans[n][side] for n in pair) for side, pick in enumerate((max, min, max, min)))
        down = (y + y2 - sum(arrow["deep"] for arrow in both)) / 2
        for at, arrow in enumerate(both):
            lines, half = arrow.pop("lines"), arrow["thick"] / 2 + 5
            if x < x2:  # one above the other: the words stand to the right of the arrow
                middle = x + (x2 - x) * (at + (0.3 if lines else 0.5)) / len(both)
                start, end, sign = (y2, y, -1) if arrow["side"] == "down" else (y, y2, 1)
                place = {"x": middle, "x2": middle, "y": start, "y2": end + sign * TIP, "tip": end, "trim": 0}
                head = f"M{-half},{sign * TIP}L0,0L{half},{sign * TIP}Z"
                top = (y + y2) / 2 - LINE * (len(lines) - 1) / 2
                words += [_line(text, middle, top + LINE * n, align="left") for n, text in enumerate(lines)]
            else:  # side by side: the words stand above the arrow
                start, end, sign = (x2, x, -1) if arrow["side"] == "right" else (x, x2, 1)
                middle = down + arrow["deep"] - half
                place = {"x": start, "x2": end, "y": middle, "y2": middle, "tip": middle, "trim": sign * TIP}
                head = f"M{sign * TIP},{-half}L0,0L{sign * TIP},{half}Z"
                words += [_line(text, (x + x2) / 2, down + LINE * (n + 0.5) + 3) for n, text in enumerate(lines)]
            down += arrow["deep"]
            placed.append({k: v for k, v in arrow.items() if k not in ("label", "deep")} | place | {"head": head})
    plain = [{"x": x, "x2": x2, "y": y, "y2": y2, "kind": ""} for x, x2, y, y2 in spans.values()]
    return plain, placed, words


def _draw(areas, arrows: list[dict], notes, title: str, legend: list[str], credits: str) -> dict[str, Any]:
    import altair as alt

    boxes, arrows, words = _layout(areas, [dict(arrow) for arrow in arrows], notes)
    height = max(box["y2"] for box in boxes)
    foot = alt.Axis(
        title=drawing.wrapped(credits, 100) if credits else None, titlePadding=8, titleX=0,
        labels=False, ticks=False, grid=False, domain=False,
    )  # fmt: skip
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=foot)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    kinds = ["", *dict.fromkeys(arrow["kind"] for arrow in arrows)]
    colour, told = drawing._colour("kind", kinds), drawing._tooltip(("from", "From"), ("to", "To"), ("words", "What"))
    edge = alt.Stroke("kind:N", legend=None, scale=alt.Scale(domain=kinds))
    marks = alt.Chart(drawing._values(boxes)).mark_rect(fillOpacity=0.09, strokeOpacity=0.5, cornerRadius=3)
    layers = [marks.encode(x=x, y=y, x2="x2", y2="y2", color=colour, stroke=edge)]
    for trim in (-TIP, 0, TIP):  # the shaft ends where the head begins
        base = alt.Chart(drawing._values([arrow for arrow in arrows if arrow["trim"] == trim]))
        if base.data.values:
            thick = alt.StrokeWidth("thick:Q", scale=None, legend=None)
            shaft = base.mark_rule(opacity=0.85, x2Offset=trim)
            layers.append(shaft.encode(x=x, y=y, x2="x2", y2="y2", color=colour, strokeWidth=thick, tooltip=told))
            head = base.mark_point(filled=True, size=4, opacity=0.85, strokeWidth=0)
            shape = alt.Shape("head:N", scale=None, legend=None)
            layers.append(
                head.encode(
                    x=alt.X("x2:Q", axis=foot), y=alt.Y("tip:Q", axis=None), color=colour, shape=shape, tooltip=told
                )
            )
    for weight, align in ((600, "center"), (400, "center"), (400, "left")):
        lines = [word for word in words if (word["weight"], word["align"]) == (weight, align)]
        if lines:
            text = alt.Chart(drawing._values(lines)).mark_text(
                fontWeight=weight, align=align, baseline="middle", dx=8 * (align == "left")
            )
            layers.append(text.encode(x=x, y=y, text="text:N"))
    return drawing._finish(alt.layer(*layers).properties(height=height), title, legend)
