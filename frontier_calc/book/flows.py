"""Boxes and the arrows between them: a machine, a ring, or flows of money whose width is their size.

Drawn by Vega-Lite like every chart. Across, places are shares of the width; down, they are pixels.
"""

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

from frontier_calc.book import charts
from frontier_calc.book.charts import Chart, Mark
from frontier_calc.book.theme import wrapped
from frontier_calc.figure import Figure

LINE, TIP, WIDEST = 16, 11, 46  # pixels: a line of words, the depth of an arrow's head, the widest arrow
WAYS = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}

Arrow = tuple[str, str, str] | tuple[str, str, str, Figure]
Area = tuple[int, int, int, int]
Rows = list[dict[str, Any]]


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
    given = [Mark(tuple(map(str, arrow[:3])), (*arrow, None)[3]) for arrow in arrows]
    known = [mark for mark in given if mark.figure is None or mark.figure.is_known]
    figured = [mark for mark in known if mark.figure is not None]
    figures = [mark.figure for mark in figured]
    notes_of_all = []
    if scaled:
        scale = charts.scale_of(figures)
        notes_of_all = [scale.words, charts.rulers([(mark.names[2], mark.figure) for mark in figured]), scale.all]
    cells = None if figures else 3
    most = max((abs(figure.value) for figure in figures), default=0.0) or 1.0
    drawn = [_arrow(mark, _side(areas, *mark.names[:2]), most if scaled else None) for mark in known]
    boxes = [f"{name} ({notes[name]})" if name in notes else name for name in areas]
    told = [f"{a['from']} to {a['to']}" + f": {a['words']}" * bool(a["words"]) for a in drawn]
    return charts.chart(
        "flow", title, charts.legend(subtitle, figures if scaled else [], *notes_of_all),
        [f"Boxes: {'; '.join(boxes)}", *told], ["From", "To", "What", *charts.FACTS][:cells],
        [mark.row[:cells] for mark in known], figures, len(given) - len(known), lambda width: layout(areas, drawn, notes, width),
    )  # fmt: skip


def _arrow(mark: Mark, side: str, most: float | None) -> dict[str, Any]:
    """What is drawn of an arrow, ``most`` being the figure of the widest; None where they are all as wide."""
    (start, end, words), figure = mark.names, mark.figure
    told, label = ([], []) if figure is None else ([charts.told(figure)], [str(figure)])
    thick = 2.0 if most is None else 0.5 if figure is None else round(WIDEST * abs(figure.value) / most, 3)
    about = {"words": ": ".join([*filter(None, [words]), *told]), "label": [*label, *filter(None, [words])]}
    return {"from": start, "to": end, "side": side, "kind": words if most else "arrow", "thick": thick,
            "figure": None if figure is None else figure.key, **about}  # fmt: skip


def _areas(grid: Sequence[Sequence[str]]) -> dict[str, Area]:
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


def _shared(spans: Mapping[str, Sequence[float]], start: str, end: str) -> list[float]:
    """Where two boxes both are: from and to across, from and to down; a way from one to the other runs backwards."""
    return [pick(spans[name][side] for name in (start, end)) for side, pick in enumerate((max, min, max, min))]


def _side(areas: Mapping[str, Area], start: str, end: str) -> str:
    """Which way an arrow points."""
    for name in (start, end):
        if name not in areas:
            raise ValueError(f"no box is named {name!r}: there are {', '.join(areas)}")
    left, right, top, bottom = _shared(areas, start, end)
    if top < bottom:
        return "right" if areas[start][1] <= areas[end][0] else "left"
    if left < right:
        return "down" if areas[start][3] <= areas[end][2] else "up"
    raise ValueError(f"no straight arrow joins {start!r} and {end!r}: move one of them in the grid")


# The layout.


def layout(areas: Mapping[str, Area], arrows: Rows, notes: Mapping[str, str], width: int) -> dict[str, Rows]:
    """Boxes, arrows and lines of words with their places in a picture of ``width`` pixels."""
    across = _across(areas, any(WAYS[arrow["side"]][0] for arrow in arrows))
    inside = {
        name: [
            (line, weight)
            for text, weight in ((name, 600), (notes.get(name, ""), 400))
            for line in wrapped(text, (right - left) * width - 12)
        ]
        for name, (left, right) in across.items()
    }
    pairs: dict[tuple[str, ...], Rows] = {}
    for arrow in arrows:
        pairs.setdefault(tuple(sorted((arrow["from"], arrow["to"]))), []).append(arrow)
    places = {name: (*across[name], *area[2:]) for name, area in areas.items()}
    told = {pair: _told(_shared(places, *pair), both, width) for pair, both in pairs.items()}
    rows = _rows(places, inside, told)
    spans = {name: (left, right, rows[a][0], rows[b - 1][1]) for name, (left, right, a, b) in places.items()}
    words = [
        _line(text, (x + x2) / 2, (y + y2) / 2 + LINE * (at - (len(inside[name]) - 1) / 2), weight)
        for name, (x, x2, y, y2) in spans.items()
        for at, (text, weight) in enumerate(inside[name])
    ]
    placed = []
    for pair, both in told.items():
        x, x2, y, y2 = _shared(spans, *pair)
        put = _stacked if x < x2 else _level
        for arrow, place, lines in put(both, (x, x2, y, y2), width):
            placed.append({k: v for k, v in arrow.items() if k not in ("label", "lines", "deep")} | place)
            words += lines
    boxes = [{"x": x, "x2": x2, "y": y, "y2": y2, "kind": ""} for x, x2, y, y2 in spans.values()]
    return {"boxes": boxes, "arrows": placed, "words": words}


def _across(areas: Mapping[str, Area], level: bool) -> dict[str, tuple[float, float]]:
    """Where each box begins and ends across, with wide gaps where arrows and their words run ``level``."""
    columns = max(area[1] for area in areas.values())
    gap = (0.46 if level else 0.03 * min(columns - 1, 3)) / max(columns - 1, 1)
    step = (1 + gap) / columns
    return {name: (area[0] * step, area[1] * step - gap) for name, area in areas.items()}


def _told(shared: Sequence[float], both: Rows, width: int) -> Rows:
    """The arrows between two boxes, with their words in lines for the room that there is, and how deep that makes them."""
    across = shared[1] - shared[0]
    room = (0.7 * across / len(both) if across > 0 else -across) * width - 10
    lines = [[line for text in arrow["label"] for line in wrapped(text, room)] for arrow in both]
    return [
        {**arrow, "lines": found, "deep": LINE * len(found) + arrow["thick"] + 18}
        for arrow, found in zip(both, lines, strict=True)
    ]


def _rows(places: Mapping[str, Sequence[float]], inside: Mapping[str, list], told: Mapping[tuple, Rows]) -> list[tuple]:
    """The top and the bottom of each row, high enough for its boxes and for the arrows in it and above it."""
    count = max(place[3] for place in places.values())
    rows, gaps = [0.0] * count, [0.0, *[14.0] * (count - 1)]
    needed = [(top, bottom, LINE * len(inside[name]) + 18) for name, (_, _, top, bottom) in places.items()]
    for pair, both in told.items():
        left, right, top, bottom = _shared(places, *pair)
        if left < right:
            gaps[top] = max(gaps[top], 30, *(LINE * len(arrow["lines"]) + 18 for arrow in both))
        needed.append((top, bottom, sum(arrow["deep"] for arrow in both) + 6))
    for top, bottom, height in needed:
        for row in range(top, bottom):
            rows[row] = max(rows[row], height / (bottom - top))
    tops = [sum(gaps[: row + 1]) + sum(rows[:row]) for row in range(count)]
    return [(top, top + high) for top, high in zip(tops, rows, strict=True)]


def _line(text: str, x: float, y: float, weight: int = 400, align: str = "center") -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "weight": weight, "align": align}


def _stacked(both: Rows, shared: Sequence[float], width: int):
    """Arrows between boxes one above the other: each with its place and its words, which stand to its right."""
    x, x2, y, y2 = shared
    for at, arrow in enumerate(both):
        lines, middle = arrow["lines"], x + (x2 - x) * (at + (0.3 if arrow["lines"] else 0.5)) / len(both)
        ends = (y2, y - TIP) if arrow["side"] == "down" else (y, y2 + TIP)
        top = (y + y2) / 2 - LINE * (len(lines) - 1) / 2
        place = {"x": middle, "x2": middle, "y": ends[0], "y2": ends[1], "head": _head(arrow)}
        yield arrow, place, [_line(text, middle, top + LINE * n, align="left") for n, text in enumerate(lines)]


def _level(both: Rows, shared: Sequence[float], width: int):
    """Arrows between boxes side by side: each with its place and its words, which stand above it."""
    x, x2, y, y2 = shared
    top, tip = (y + y2 - sum(arrow["deep"] for arrow in both)) / 2, TIP / width
    for arrow in both:
        middle = top + arrow["deep"] - arrow["thick"] / 2 - 5
        ends = (x2, x - tip) if arrow["side"] == "right" else (x, x2 + tip)
        place = {"x": ends[0], "x2": ends[1], "y": middle, "y2": middle, "head": _head(arrow)}
        yield arrow, place, [_line(t, (x + x2) / 2, top + LINE * (n + 0.5) + 3) for n, t in enumerate(arrow["lines"])]
        top += arrow["deep"]


def _head(arrow: Mapping[str, Any]) -> str:
    """The path of an arrow's head in pixels, from the end of its shaft."""
    (dx, dy), half = WAYS[arrow["side"]], arrow["thick"] / 2 + 5
    return f"M{half * dy},{half * dx}L{TIP * dx},{TIP * dy}L{-half * dy},{-half * dx}Z"
