"""Charts of figures: drawn by Vega-Lite, described in words, and backed by a table that binds each cell to a figure.

A chart knows its words without Altair, which loads only when a picture is asked for. The specifications keep to what
Vega-Lite 5.6 knows, the version inside JupyterLab.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from frontier_calc import units, words
from frontier_calc.book import blocks, theme
from frontier_calc.book.tables import Table
from frontier_calc.dates import Period
from frontier_calc.figure import Figure
from frontier_calc.table import TABLE

MIME = "application/vnd.vegalite.v5+json"
LOG, HOLLOW = "logarithmic scale", "hollow points are projected or assumed"

Pair = tuple[Figure, Figure]
Named = Sequence[tuple[str, Figure]]


@dataclass(frozen=True)
class Scale:
    """What the numbers along an axis are divided by, what the axis then counts, and the weak tag that all share."""

    factor: float
    words: str
    tag: str = ""

    def __call__(self, value: float) -> float:
        # Twelve digits, as in the words: the last bits of a division would only make noise in comparisons.
        return float(words.rounded(value / self.factor, TABLE["digits"]["noise"]))

    @property
    def all(self) -> str:
        """What is said of the shared tag."""
        return f"all {self.tag}" if self.tag else ""


@dataclass
class Chart:
    """A chart: ``description`` is its alt text, ``table`` its data, ``draw`` makes its picture for a width."""

    description: str
    table: Table
    draw: Callable[[int], dict[str, Any]]
    figures: Sequence[Figure]

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, with the alt text, the data as a table and the drawing for a phone inside."""
        narrow = {key: value for key, value in self.draw(theme.NARROW).items() if key != "config"}
        data = [self.table.columns, *self.table.texts]
        usermeta = {"table": blocks.as_json(self.table.block), "data": data, "narrow": narrow}
        return {**self.draw(theme.WIDE), "description": self.description, "usermeta": usermeta}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        return {MIME: self.spec, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"[chart] {self.description}"

    @property
    def block(self) -> blocks.Picture:
        """The chart in words, and its data."""
        assert isinstance(self.table.block, blocks.Table)
        return blocks.Picture(self.description, self.table.block)


# The three kinds.


def line_chart(lines: Mapping[str, Sequence[Figure]], *, title: str, subtitle: str = "", log: bool = False) -> Chart:
    """Values over time: one line for each entry, each figure at the month its period ends in, with its range if any.

    All figures count the same thing; lines on different rulers are allowed, and the chart then says so.
    """
    given = [(str(name), figure) for name, figures in lines.items() for figure in figures]
    known = [(name, figure) for name, figure in given if figure.has_value]
    figures = [figure for _, figure in known]
    scale = scale_of(figures)
    for figure in figures:
        if figure.period is None:
            raise ValueError(f"cannot draw {figure.label} on a line over time: it has no period")
        if log and figure.value <= 0:
            raise ValueError(
                f"cannot draw {figure.label} on a logarithmic scale: it is {figure}, and not above nothing"
            )
    if len({(name, _when(figure.period)) for name, figure in known}) < len(known):
        raise ValueError(f"the chart {title!r} has two points of one line at one time")
    courses = {str(name): [figure for line, figure in known if line == str(name)] for name in lines}
    points = [{"line": name, "x": _when(figure.period), **_datum(figure, scale)} for name, figure in known]
    data = {
        "points": sorted(points, key=lambda point: (list(courses).index(point["line"]), point["x"])),
        "log": log,
        "yearly": bool(figures) and all(figure.period.days > 360 for figure in figures),
    }
    hollow = HOLLOW if not scale.tag and not all(point["firm"] for point in points) else ""
    return chart(
        "lines", title, legend(subtitle, figures, scale.words, rulers(known), scale.all, LOG * log, hollow),
        [f"{name}: {_course(found, scale.tag)}" for name, found in courses.items()],
        [{"Line": name, **facts(figure)} for name, figure in known], figures, len(given) - len(known), lambda width: data,
    )  # fmt: skip


def bar_chart(
    bars: Mapping[str, Figure] | Mapping[str, Mapping[str, Figure]], *, title: str, subtitle: str = ""
) -> Chart:
    """Values side by side: one bar for each entry, or groups of bars where the entries are mappings themselves."""
    grouped = any(isinstance(entry, Mapping) for entry in bars.values())
    groups = {str(group): entry for group, entry in bars.items()} if grouped else {"": bars}
    given = [(group, str(name), figure) for group, entry in groups.items() for name, figure in entry.items()]
    known = [bar for bar in given if bar[2].has_value]
    figures, scale = [figure for *_, figure in known], scale_of([figure for *_, figure in known])
    sentences = [
        f"{group}: " * grouped
        + ("; ".join(f"{n} {told(f, scale.tag, n)}" for g, n, f in known if g == group) or "nothing known")
        for group in groups
    ]
    if len(figures) > 2:
        ends = [pick(known, key=lambda bar: bar[2].value) for pick in (min, max)]
        low, high = (f"{f'{group} {name}'.strip()}, {figure}" for group, name, figure in ends)
        sentences.append(f"Lowest: {low}; highest: {high}")
    data = [{"group": g, "name": n, "label": _tagged(f, scale.tag), **_datum(f, scale)} for g, n, f in known]
    return chart(
        "bars", title, legend(subtitle, figures, scale.words, rulers([bar[1:] for bar in known]), scale.all), sentences,
        [{"Group": g, "Bar": n, **facts(f)} if grouped else {"Bar": n, **facts(f)} for g, n, f in known],
        figures, len(given) - len(known), lambda width: {"rows": data},
    )  # fmt: skip


def curve_chart(
    curve: Sequence[Pair], points: Mapping[str, Pair] | None = None, *, title: str, subtitle: str = "",
    x_label: str = "", y_label: str = "", percent: bool = False,
) -> Chart:  # fmt: skip
    """One quantity as a function of another, with what was observed on it: ``points`` maps a label to (x, y).

    ``percent``: both quantities are shares, and told as such.
    """
    given = [("", *pair) for pair in curve] + [(str(name), *pair) for name, pair in (points or {}).items()]
    known = [(name, x, y) for name, x, y in given if x.has_value and y.has_value]
    if percent:
        known = [(name, replace(x, style="percent"), replace(y, style="percent")) for name, x, y in known]
    across, up = [x for _, x, _ in known], [y for *_, y in known]
    x_scale, y_scale = scale_of(across), scale_of(up)
    x_name, y_name = (
        ", ".join(filter(None, (label, scale.words))) for label, scale in ((x_label, x_scale), (y_label, y_scale))
    )
    sentences = [f"{y_name} against {x_name}"] if x_name and y_name else []
    if line := [(x, y) for name, x, y in known if not name]:
        sentences.append("The curve runs from {1} at {0} to {3} at {2}".format(*line[0], *line[-1]))
    sentences += [f"{name}: {told(y, y_scale.tag)} at {x}" for name, x, y in known if name]
    rows = [{"Point": name or "curve", x_name or "x": x, y_name or "y": y, **facts(y, x)} for name, x, y in known]
    data = [{"name": n, "x": x_scale(x.value), **_datum(y, y_scale), "at": str(x)} for n, x, y in known]
    return chart(
        "curve", title, legend(subtitle, up, y_scale.all), sentences, rows,
        [*across, *up], len(given) - len(known), lambda width: {"rows": data, "names": (x_name, y_name)},
    )  # fmt: skip


# What all kinds share.


def chart(
    kind: str, title: str, below: list[str], sentences: Sequence[str], rows: list[dict[str, Any]],
    figures: Sequence[Figure], dropped: int, data: Callable[[int], dict[str, Any]],
) -> Chart:  # fmt: skip
    """A chart whose picture the function ``kind`` draws from ``data``, which may depend on the width; its alt text."""
    unknown = [f"{dropped} point{'s' * (dropped > 1)} left out: not known then"] if dropped else []
    name = f"{kind.removesuffix('s').capitalize()} chart"
    words = ". ".join([f"{name}: {title}", *below, *sentences, *unknown]) + "."

    def draw(width: int) -> dict[str, Any]:
        from frontier_calc.book import drawing

        heading = drawing.Heading(title, below, _credits(figures) if figures else "")
        return getattr(drawing, kind)(heading, width, **data(width))

    return Chart(words, Table(rows or [{"Value": "nothing known"}], label=f"Data: {title}"), draw, figures)


def facts(figure: Figure | None, *beside: Figure) -> dict[str, Any]:
    """The cells of a figure in the table: none for an arrow without one; ``beside`` it, others have their own."""
    if figure is None:
        return {}
    sources = "; ".join(dict.fromkeys(str(source) for each in (*beside, figure) for source in each.sources))
    told = {"Tag": figure.tag or "exact", "Sources": sources or None}
    return told if beside else {"About": str(figure.when) if figure.period else None, "Value": figure, **told}


def scale_of(figures: Sequence[Figure]) -> Scale:
    """How to write figures of one unit along an axis; raises UnitError where they count different things."""
    for figure in figures:
        if figure.unit != figures[0].unit:
            raise units.unlike("chart", figures[0], figure)
    if not figures:
        return Scale(1.0, "")
    tags = {f.tag for f in figures}
    shared = "" if len(tags) > 1 else (tags - {"", "reported"} or {""}).pop()
    if all(f.style == "percent" for f in figures):
        return Scale(0.01, "per cent", shared)
    largest = max(abs(f.value) for f in figures)
    power, word = next(((p, w) for p, w in TABLE["scales"] if largest >= 10**p), (0, ""))
    counted = units.counted(figures[0].unit, largest)  # "tokens per month"; "per year" of a currency
    return Scale(10.0**power, " ".join(filter(None, (units.currency(figures[0].unit), word, counted))), shared)


def legend(subtitle: str, figures: Sequence[Figure], *notes: str) -> list[str]:
    """The lines under a title: the author's own, what is noted of all, and what was set side by side."""
    noted = "; ".join(note for note in notes if note and note not in subtitle)
    return list(dict.fromkeys(filter(None, (subtitle, noted, *(figure.aside for figure in figures)))))


def rulers(named: Named) -> str:
    """The ruler of all, or that of each name where there are several; one that its name says is not said again."""
    found: dict[str, dict[str, None]] = {}
    for name, figure in named:
        found.setdefault(name, {})[str(figure.ruler) if any(figure.ruler) else ""] = None
    distinct = list(dict.fromkeys(ruler for each in found.values() for ruler in each))
    if len(distinct) < 2:
        return "".join(distinct)
    sides = [" / ".join(filter(None, each)) for each in found.values()]
    told = [name + f" ({side})" * (side not in name) for name, side in zip(found, sides, strict=True)]
    return f"set side by side: {', '.join(told[:-1])}{' and ' * (len(told) > 1)}{told[-1]}"


def told(figure: Figure, shared: str = "", beside: str = "") -> str:
    """A figure for a listener: its words, its period unless ``beside`` names it, its range, its tag unless shared."""
    about = [str(figure.when)] if figure.period and str(figure.when) not in beside else []
    if _has_range(figure):
        about.append(str(figure.span))
    return _tagged(figure, shared, *about)


def _tagged(figure: Figure, shared: str, *about: str) -> str:
    notes = [*about, *[figure.tag] * (figure.tag not in ("", "reported", shared))]
    return f"{figure} ({', '.join(notes)})" if notes else str(figure)


def _has_range(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None and figure.high > figure.low


def _datum(figure: Figure, scale: Scale) -> dict[str, Any]:
    """What the drawing needs of a figure: its value and range on the axis, its words, and which figure it is."""
    datum = {"value": scale(figure.value), "words": told(figure, scale.tag), "figure": figure.key}
    if _has_range(figure):
        datum |= {"low": scale(figure.low), "high": scale(figure.high)}
    return datum | {"firm": figure.tag not in ("projected", "illustrative")}


def _when(period: Period) -> str:
    """Where a period stands on an axis of time: at the month in which it ends, whose first day is that month's tick."""
    return (period.end if period.days == 1 else period.end.replace(day=1)).isoformat()


def _course(figures: Sequence[Figure], shared: str) -> str:
    """A line in words: how many points, the first and the last, and the extremes where they lie in between."""
    if not figures:
        return "nothing known"
    inorder = sorted(figures, key=lambda f: f.period)
    first, last = inorder[0], inorder[-1]
    if first is last:
        return f"one point, {told(first, shared)}"
    low, high = min(inorder, key=lambda f: f.value), max(inorder, key=lambda f: f.value)
    between = [
        f"{kind} {told(extreme, shared)}"
        for kind, extreme in (("lowest", low), ("highest", high))
        if extreme not in (first, last)
    ]
    course = f"{len(inorder)} points, from {told(first, shared)} to {told(last, shared)}"
    return "; ".join([course, *between])


def _credits(figures: Iterable[Figure]) -> str:
    """The line under a chart: the outlets, or that there are none."""
    outlets = dict.fromkeys(source.outlet for figure in figures for source in figure.sources)
    return f"Sources: {', '.join(outlets)}" if outlets else "Illustrative: no sources"
