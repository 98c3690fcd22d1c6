"""Boxes and the arrows between them: a machine, a ring, or flows of money whose width is their size.

Drawn by Vega-Lite like every chart. Across, places are shares of the width; down, they are pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import lcm
from typing import Any

from frontier_calc.book import charts
from frontier_calc.book.charts import Chart
from frontier_calc.book.theme import LINE, NARROW, wrapped
from frontier_calc.figure import Figure

TIP, WIDEST = 11, 46  # pixels: the depth of an arrow's head, the widest arrow
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
    given = [(*arrow, None)[:4] for arrow in arrows]
    known = [arrow for arrow in given if arrow[3] is None or arrow[3].has_value]
    named = [(words, figure) for *_, words, figure in known if figure is not None]
    figures = [figure for _, figure in named]
    below = [subtitle] * bool(subtitle)
    if scaled:
        scale = charts.scale_of(figures)
        below = charts.legend(subtitle, figures, scale.words, charts.rulers(named), scale.all)
    most = (max((abs(figure.value) for figure in figures), default=0.0) or 1.0) if scaled else None
    drawn = [_arrow(*arrow, most) | {"side": _side(areas, *arrow[:2])} for arrow in known]
    boxes = [f"{name} ({notes[name]})" if name in notes else name for name in areas]
    told = [f"{a['from']} to {a['to']}" + f": {a['words']}" * bool(a["words"]) for a in drawn]
    rows = [{"From": start, "To": end, "What": what or None, **charts.facts(each)} for start, end, what, each in known]
    return charts.chart(
        "flow", title, below, [f"Boxes: {'; '.join(boxes)}", *told], rows, figures, len(given) - len(known),
        lambda width: layout(areas, drawn, notes, width),
    )  # fmt: skip


def _arrow(start: str, end: str, words: str, figure: Figure | None, most: float | None) -> dict[str, Any]:
    """What is drawn of an arrow, ``most`` being the figure of the widest; None where they are all as wide."""
    about = {"from": start, "to": end, "kind": "arrow" if most is None else words}
    if figure is None:
        return about | {"words": words, "label": [words], "thick": 1.5 if most else 2.0, "figure": None}
    told = ": ".join(filter(None, (words, charts.told(figure))))
    thick = round(WIDEST * abs(figure.value) / most, 3) if most else 2.0
    return about | {"words": told, "label": [str(figure), words], "thick": thick, "figure": figure.key}


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
    """Boxes, arrows and words with their places in a picture of ``width`` pixels."""
    across = _across(areas, any(WAYS[arrow["side"]][0] for arrow in arrows), width)
    inside = {
        name: [wrapped(text, (right - left) * width - 12) for text in (name, notes.get(name, ""))]
        for name, (left, right) in across.items()
    }
    places = {name: (*across[name], *area[2:]) for name, area in areas.items()}
    pairs: dict[tuple[str, ...], Rows] = {}
    for arrow in arrows:
        pairs.setdefault(tuple(sorted((arrow["from"], arrow["to"]))), []).append(arrow)
    both = {pair: _told(_shared(places, *pair), pairs[pair], width) for pair in pairs}
    rows = _rows(places, inside, both)
    spans = {name: (left, right, rows[a][0], rows[b - 1][1]) for name, (left, right, a, b) in places.items()}
    words = []
    for name, (x, x2, y, y2) in spans.items():
        head, note = inside[name]
        top = (y + y2 - LINE * (len(head) + len(note) - 1)) / 2
        words += [_words(head, (x + x2) / 2, top, 600), _words(note, (x + x2) / 2, top + LINE * len(head))]
    placed = [each for pair in both for each in _placed(both[pair], _shared(spans, *pair), TIP / width)]
    unseen = ("label", "lines", "deep")
    return {
        "boxes": [{"x": x, "x2": x2, "y": y, "y2": y2, "kind": ""} for x, x2, y, y2 in spans.values()],
        "arrows": [{key: value for key, value in arrow.items() if key not in unseen} for arrow, _ in placed],
        "words": [each for each in (*words, *(told for _, told in placed)) if each["text"]],
    }


def _across(areas: Mapping[str, Area], level: bool, width: int) -> dict[str, tuple[float, float]]:
    """Where each box begins and ends across, with wide gaps where arrows and their words run ``level``."""
    columns = max(area[1] for area in areas.values())
    gap = ((0.46 if width > NARROW else 0.34) if level else 0.03 * min(columns - 1, 3)) / max(columns - 1, 1)
    step = (1 + gap) / columns
    return {name: (area[0] * step, area[1] * step - gap) for name, area in areas.items()}


def _told(shared: Sequence[float], arrows: Rows, width: int) -> Rows:
    """The arrows between two boxes, with their words in lines for the room that there is, and how deep that makes them."""
    across = shared[1] - shared[0]
    room = (0.7 * across / len(arrows) if across > 0 else -across) * width - 10
    lines = [[line for text in arrow["label"] for line in wrapped(text, room)] for arrow in arrows]
    return [
        a | {"lines": told, "deep": LINE * len(told) + a["thick"] + 18} for a, told in zip(arrows, lines, strict=True)
    ]


def _rows(places: Mapping[str, Sequence[float]], inside: Mapping[str, list], both: Mapping[tuple, Rows]) -> list[tuple]:
    """The top and the bottom of each row, high enough for its boxes and for the arrows in it and above it."""
    count = max(place[3] for place in places.values())
    rows, gaps = [0.0] * count, [0.0, *[14.0] * (count - 1)]
    needed = [(place[2:], LINE * sum(map(len, inside[name])) + 18) for name, place in places.items()]
    for pair, arrows in both.items():
        left, right, top, bottom = _shared(places, *pair)
        needed.append(((top, bottom), sum(arrow["deep"] for arrow in arrows) + 6))
        if left < right:
            gaps[top] = max(gaps[top], 30, *(LINE * len(arrow["lines"]) + 18 for arrow in arrows))
    for (top, bottom), height in needed:
        for row in range(top, bottom):
            rows[row] = max(rows[row], height / (bottom - top))
    tops = [sum(gaps[: row + 1]) + sum(rows[:row]) for row in range(count)]
    return [(top, top + high) for top, high in zip(tops, rows, strict=True)]


def _words(lines: list[str], x: float, y: float, weight: int = 400, align: str = "center") -> dict[str, Any]:
    """Lines of words, the first with its middle at ``y``."""
    return {"text": lines, "x": x, "y": y, "weight": weight, "align": align}


def _placed(arrows: Rows, shared: Sequence[float], tip: float) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each arrow between two boxes with its place, and its words with theirs: to its right, or above it."""
    x, x2, y, y2 = shared
    top = (y + y2 - sum(arrow["deep"] for arrow in arrows)) / 2
    for at, arrow in enumerate(arrows):
        lines, half, (dx, dy) = arrow["lines"], arrow["thick"] / 2 + 5, WAYS[arrow["side"]]
        if dy:
            middle = x + (x2 - x) * (at + (0.3 if lines else 0.5)) / len(arrows)
            place = {"x": middle, "x2": middle, "y": y2 if dy > 0 else y, "y2": (y if dy > 0 else y2) - dy * TIP}
            words = _words(lines, middle, (y + y2 - LINE * (len(lines) - 1)) / 2, align="left")
        else:
            middle = top + arrow["deep"] - half
            place = {"x": x2 if dx > 0 else x, "x2": (x if dx > 0 else x2) - dx * tip, "y": middle, "y2": middle}
            words = _words(lines, (x + x2) / 2, top + LINE / 2 + 3)
        top += arrow["deep"]
        # The head's path, in pixels from the end of the shaft, over which it reaches by one.
        head = f"M{half * dy - dx},{half * dx - dy}L{TIP * dx},{TIP * dy}L{-half * dy - dx},{-half * dx - dy}Z"
        yield arrow | place | {"head": head}, words
