"""Boxes and the arrows between them: a machine, a ring, or flows of money whose width is their size.

One way of drawing serves the page, the phone, the night, paper and JupyterLab. Where everything stands is worked out in ``flow_layout``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from frontier_calc.book import captions
from frontier_calc.book.charts import Chart, Given, Row, described, facts, told_of
from frontier_calc.book.marks import Area, Arrow, Direction, Flow, Heading
from frontier_calc.book.phrases import Notes, Words
from frontier_calc.book.scene import Said, Tip
from frontier_calc.figure import Figure

WIDEST = 46  # pixels: the widest arrow
PLAIN = 2.0  # pixels: an arrow that stands for no sum
UNKNOWN = 1.5  # pixels: an arrow without a sum among those that have one

GivenArrow = tuple[str, str, str] | tuple[str, str, str, Figure]


@dataclass(frozen=True)
class _Flow:
    """An arrow as the author gave it."""

    start: str
    end: str
    what: str
    figure: Figure | None

    @property
    def is_drawable(self) -> bool:
        return self.figure is None or captions.is_drawable(self.figure)


def flow_chart(
    grid: Sequence[Sequence[str]],
    arrows: Sequence[GivenArrow],
    *,
    title: Words,
    subtitle: Words = "",
    note: Notes = (),
    name: str = "",
    notes: Mapping[str, str] | None = None,
    scaled: bool = False,
) -> Chart:
    """Boxes, and arrows between those that face each other: (from, to, words) or (from, to, words, figure).

    ``grid`` holds rows of boxes by name, each row as wide as the picture; a name in neighbouring cells is one larger
    box, "" is none. ``notes`` say more inside a box. ``scaled`` makes an arrow as wide as its figure is large: the
    figures must then count the same thing, and different rulers are named. Raises ValueError for an arrow that cannot
    be drawn straight.

    >>> chart = flow_chart([["A team", "Machines"], ["One model"]], [("A team", "One model", "ideas")], title="A lab")
    >>> chart.description
    'Flow chart: A lab. Boxes: A team; Machines; One model. A team to One model: ideas.'
    """
    notes = notes or {}
    areas = _areas(grid)
    given = [_given(arrow) for arrow in arrows]
    known = [flow for flow in given if flow.is_drawable]
    figures = [flow.figure for flow in known if flow.figure is not None]
    drawn = _scaled_arrows(known, areas) if scaled else [_arrow(flow, areas) for flow in known]
    boxes = [f"{name} ({notes[name]})" if name in notes else name for name in areas]
    sentences = [f"Boxes: {'; '.join(boxes)}", *(_told(arrow) for arrow in drawn)]
    return described(
        "Flow",
        _heading(Given(title, subtitle, note, name=name), known, scaled),
        [*sentences, *captions.left_out(flow.figure for flow in given if flow.figure is not None)],
        [_row(flow) for flow in known],
        figures,
        Flow(areas, notes, drawn, scaled),
    )


def _given(arrow: GivenArrow) -> _Flow:
    start, end, what, *rest = arrow
    return _Flow(start, end, what, figure=rest[0] if rest else None)


def _heading(said: Given, known: Sequence[_Flow], scaled: bool) -> Heading:
    """The words around it; only where widths are compared must it be said what they count."""
    named = [(flow.what, flow.figure) for flow in known if flow.figure is not None]
    figures = [figure for _, figure in named]
    if not scaled:
        return said.heading("", [], figures)
    scale = captions.scale_of(figures)
    return said.heading(scale.words, [captions.rulers(named), scale.shared_tag], figures)


def _row(flow: _Flow) -> Row:
    measured = {} if flow.figure is None else facts(flow.figure)
    return {"From": flow.start, "To": flow.end, "What": flow.what or None, **measured}


def _told(arrow: Arrow) -> str:
    way = f"{arrow.start} to {arrow.end}"
    return f"{way}: {arrow.words}" if arrow.words else way


# The arrows.


def _scaled_arrows(known: Sequence[_Flow], areas: Mapping[str, Area]) -> list[Arrow]:
    """Arrows as wide as their figures are large, each in the colour of what flows."""
    largest = max((abs(flow.figure.value) for flow in known if flow.figure is not None), default=0.0)
    arrows = []
    for flow in known:
        if flow.figure is None:
            thick = UNKNOWN
        elif largest == 0:
            thick = 0.0
        else:
            thick = round(WIDEST * abs(flow.figure.value) / largest, 3)
        arrows.append(_arrow(flow, areas, kind=flow.what, thick=thick))
    return arrows


def _arrow(flow: _Flow, areas: Mapping[str, Area], kind: str = "arrow", thick: float = PLAIN) -> Arrow:
    words, label = flow.what, [flow.what]
    said: Said = ()
    if flow.figure is not None:
        said = [(flow.figure.key, "plain"), *([f" {flow.what}"] if flow.what else [])]
        sum_told = captions.told(flow.figure)
        words = f"{flow.what}: {sum_told}" if flow.what else sum_told
        label = [str(flow.figure), flow.what]
    return Arrow(
        start=flow.start,
        end=flow.end,
        words=words,
        label=label,
        kind=kind,
        thick=thick,
        side=_side(areas, flow.start, flow.end),
        tip=None if flow.figure is None else _tip(flow, flow.figure),
        firm=flow.figure is None or captions.is_firm(flow.figure),
        said=said,
    )


def _tip(flow: _Flow, figure: Figure) -> Tip:
    """What a pointer is told of an arrow."""
    way = f"{flow.start} to {flow.end}"
    return Tip(figure.key, (f"{way}: {flow.what}" if flow.what else way, *told_of(figure)))


def _side(areas: Mapping[str, Area], start: str, end: str) -> Direction:
    """Which way an arrow points."""
    for name in (start, end):
        if name not in areas:
            raise ValueError(f"no box is named {name!r}: there are {', '.join(areas)}")
    one, other = areas[start], areas[end]
    if max(one.top, other.top) < min(one.bottom, other.bottom):  # they stand in one row
        return "right" if one.right <= other.left else "left"
    if max(one.left, other.left) < min(one.right, other.right):  # one stands above the other
        return "down" if one.bottom <= other.top else "up"
    raise ValueError(f"no straight arrow joins {start!r} and {end!r}: move one of them in the grid")


# The grid.


def _areas(grid: Sequence[Sequence[str]]) -> dict[str, Area]:
    """The cells that each box takes, counted in a grid that is fine enough for every row.

    >>> _areas([["above"], ["left", "right"]])["above"]
    Area(left=0, right=2, top=0, bottom=1)
    """
    if not any(name for names in grid for name in names) or not all(grid):
        raise ValueError(f"a flow chart needs rows of boxes by name, such as [['Google', 'Anthropic']], not {grid!r}")
    columns = lcm(*(len(names) for names in grid))
    cells: dict[str, list[tuple[int, int]]] = {}
    for row, names in enumerate(grid):
        for column in range(columns):
            name = names[column * len(names) // columns]
            if name:
                cells.setdefault(name, []).append((column, row))
    return {name: _area(name, places) for name, places in cells.items()}


def _area(name: str, cells: Sequence[tuple[int, int]]) -> Area:
    """The rectangle that cells make; raises ValueError where they make none."""
    columns = [column for column, _ in cells]
    rows = [row for _, row in cells]
    area = Area(left=min(columns), right=max(columns) + 1, top=min(rows), bottom=max(rows) + 1)
    if len(cells) != (area.right - area.left) * (area.bottom - area.top):
        raise ValueError(f"the cells named {name!r} do not make one box")
    return area
