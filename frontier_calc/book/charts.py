"""Charts of figures: drawn by Vega-Lite, described in words, and backed by a table that binds each cell to a figure.

A chart knows its words without Altair, which loads only when a picture is asked for. The specifications keep to what
Vega-Lite 5.6 knows, the version inside JupyterLab.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from frontier_calc import units, words
from frontier_calc.book import drawing, pictures
from frontier_calc.figure import Figure

MIME = "application/vnd.vegalite.v5+json"
LOG = "logarithmic scale"

Pair = tuple[Figure, Figure]


@dataclass(frozen=True)
class Scale:
    """What the numbers along an axis are divided by, what the axis then counts, and the weak tag that all share."""

    factor: float
    words: str
    tag: str = ""

    def __call__(self, value: float) -> float:
        # Twelve digits, as in the words: the last bits of a division would only make noise in comparisons.
        return float(words.rounded(value / self.factor, words.TABLE["digits"]["noise"]))


class Chart:
    """A chart: ``description`` is its alt text, ``table`` its data, ``spec`` the Vega-Lite specification."""

    def __init__(
        self,
        description: str,
        table: dict[str, Any],
        draw: Callable[[], dict[str, Any]],
        figures: Iterable[Figure] = (),
    ) -> None:
        self.description, self.table, self._draw, self.figures = description, table, draw, list(figures)

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, with the alt text and the data table inside."""
        return {**self._draw(), "description": self.description, "usermeta": {"table": self.table}}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        return {MIME: self.spec, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"[chart] {self.description}"

    def html(self) -> str:
        """The chart on a page of text: its alt text in place of the picture, and its data."""
        return pictures.figure_html(self.description, self.table)


# The three kinds.


def line_chart(lines: Mapping[str, Sequence[Figure]], *, title: str, subtitle: str = "", log: bool = False) -> Chart:
    """Values over time: one line for each entry, each figure at the end of its period, with its range where it has one.

    All figures count the same thing; lines on different rulers are allowed, and the chart then says so.
    """
    known = {str(name): [f for f in figures if f.is_known] for name, figures in lines.items()}
    dropped = sum(not f.is_known for figures in lines.values() for f in figures)
    scale = _scale([f for figures in known.values() for f in figures])
    for figure in (f for figures in known.values() for f in figures):
        if figure.period is None:
            raise ValueError(f"cannot draw {figure.label} on a line over time: it has no period")
        _check_log(figure, log)
    legend = _legend(subtitle, scale, known, log)
    sentences = [f"{name}: {_course(figures, scale.tag)}" for name, figures in known.items()]
    rows = [[_text(name), _text(str(f.when)), *_facts(f)] for name, figures in known.items() for f in figures]
    points = [
        {"line": name, "x": f.period.end.isoformat(), **_datum(f, scale)}
        for name, figures in known.items()
        for f in sorted(figures, key=lambda f: f.period)
    ]
    return Chart(
        _alt("Line chart", title, legend, sentences, dropped),
        {"columns": ["Line", "About", "Value", "Tag", "Sources"], "rows": rows},
        lambda: drawing.lines(points, title, legend, _credits(_all(known)), log),
        _all(known),
    )


def bar_chart(
    bars: Mapping[str, Figure] | Mapping[str, Mapping[str, Figure]], *, title: str, subtitle: str = ""
) -> Chart:
    """Values side by side: one bar for each entry, or groups of bars where the entries are mappings themselves."""
    grouped = any(isinstance(entry, Mapping) for entry in bars.values())
    given = dict(bars) if grouped else {"": dict(bars)}
    known = {str(g): {str(name): f for name, f in entry.items() if f.is_known} for g, entry in given.items()}
    dropped = sum(not f.is_known for entry in given.values() for f in entry.values())
    scale = _scale([f for entry in known.values() for f in entry.values()])
    by_name: dict[str, list[Figure]] = {}
    for entry in known.values():
        for name, figure in entry.items():
            by_name.setdefault(name, []).append(figure)
    legend = _legend(subtitle, scale, by_name)
    sentences = [
        f"{group}: " * bool(group) + "; ".join(f"{name} {_told(f, scale.tag, name)}" for name, f in entry.items())
        or "nothing known"
        for group, entry in known.items()
    ]
    everything = [f for figures in by_name.values() for f in figures]
    if len(everything) > 2:
        sentences.append(
            _extremes([(f"{g} {name}".strip(), f) for g, entry in known.items() for name, f in entry.items()])
        )
    rows = [
        [*([_text(group)] if grouped else []), _text(name), _text(str(f.when) if f.period else ""), *_facts(f)]
        for group, entry in known.items()
        for name, f in entry.items()
    ]
    data = [{"group": g, "name": n, **_datum(f, scale)} for g, entry in known.items() for n, f in entry.items()]
    columns = [*(["Group"] if grouped else []), "Bar", "About", "Value", "Tag", "Sources"]
    return Chart(
        _alt("Bar chart", title, legend, sentences, dropped),
        {"columns": columns, "rows": rows},
        lambda: drawing.bars(data, title, legend, _credits(everything), grouped),
        everything,
    )


def curve_chart(
    curve: Sequence[Pair], points: Mapping[str, Pair] | None = None, *, title: str, subtitle: str = "",
    x_label: str = "", y_label: str = "", log: bool = False,
) -> Chart:  # fmt: skip
    """One quantity as a function of another, with what was observed on it: ``points`` maps a label to (x, y)."""
    marks = {"": list(curve), **{name: [pair] for name, pair in (points or {}).items()}}
    known = {name: [p for p in pairs if p[0].is_known and p[1].is_known] for name, pairs in marks.items()}
    dropped = sum(len(pairs) - len(known[name]) for name, pairs in marks.items())
    across, up = ([pair[side] for pairs in known.values() for pair in pairs] for side in (0, 1))
    x_scale, y_scale = _scale(across), _scale(up)
    for figure in up:
        _check_log(figure, log)
    told = f"all {y_scale.tag}" * bool(y_scale.tag), LOG * (log and LOG not in subtitle)
    legend = [line for line in (subtitle, *told, *_aside(up)) if line]
    x_name, y_name = x_label or x_scale.words, y_label or y_scale.words
    sentences = [f"{y_name} against {x_name}"] if x_name and y_name else []
    if known[""]:
        (x0, y0), (x1, y1) = known[""][0], known[""][-1]
        sentences.append(f"The curve runs from {y0} at {x0} to {y1} at {x1}")
    sentences += [f"{name}: {_told(y, y_scale.tag)} at {x}" for name, pairs in known.items() if name for x, y in pairs]
    rows = [
        [_text(name or "curve"), _bound(x), _bound(y), _text(y.tag or "exact"), _text(_credit([x, y]))]
        for name, pairs in known.items()
        for x, y in pairs
    ]
    data = [
        {"name": n, "x": x_scale(x.value), **_datum(y, y_scale), "at": str(x)} for n, ps in known.items() for x, y in ps
    ]
    return Chart(
        _alt("Curve chart", title, legend, sentences, dropped),
        {"columns": ["Point", x_name or "x", y_name or "y", "Tag", "Sources"], "rows": rows},
        lambda: drawing.curve(data, title, legend, (x_name, y_name), _credits([*across, *up]), log),
        [*across, *up],
    )


# What all kinds share.


def _all(lines: Mapping[str, Iterable[Figure]]) -> list[Figure]:
    return [figure for figures in lines.values() for figure in figures]


def _check_log(figure: Figure, log: bool) -> None:
    if log and figure.value <= 0:
        raise ValueError(f"cannot draw {figure.label} on a logarithmic scale: it is {figure}, and not above nothing")


def _scale(figures: Sequence[Figure]) -> Scale:
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
    power, word = next(((p, w) for p, w in words.TABLE["scales"] if largest >= 10**p), (0, ""))
    top, per, below = figures[0].unit_words.partition(" per ")
    return Scale(10.0**power, " ".join(filter(None, (top, word))) + per + below, shared)


def _datum(figure: Figure, scale: Scale) -> dict[str, Any]:
    """What the drawing needs of a figure: its value and range on the axis, its words, and which figure it is."""
    datum = {"value": scale(figure.value), "words": _told(figure, scale.tag, None), "figure": figure.key}
    if figure.low is not None and figure.high is not None and figure.high > figure.low:
        datum |= {"low": scale(figure.low), "high": scale(figure.high)}
    return datum | {"firm": figure.tag not in ("projected", "illustrative")}


def _text(text: str) -> dict[str, Any]:
    return {"text": text, "figure": None}


def _bound(figure: Figure) -> dict[str, Any]:
    return {"text": str(figure), "figure": figure.key}


def _facts(figure: Figure) -> list[dict[str, Any]]:
    return [_bound(figure), _text(figure.tag or "exact"), _text(_credit([figure]))]


def _told(figure: Figure, shared: str, beside: str | None = "") -> str:
    """A figure for a listener: its words, its period unless ``beside`` names it, its range, its tag unless shared."""
    about = [str(figure.when)] if figure.period and beside is not None and str(figure.when) not in beside else []
    if figure.low is not None and figure.high is not None and figure.high > figure.low:
        currency, percent = units.currency(figure.unit), figure.style == "percent"
        ends = [words.percent(v) if percent else words.phrase(v, currency) for v in (figure.low, figure.high)]
        about.append(f"between {ends[0]} and {ends[1]}")
    if figure.tag not in ("", "reported", shared):
        about.append(figure.tag)
    return f"{figure} ({', '.join(about)})" if about else str(figure)


def _course(figures: Sequence[Figure], shared: str) -> str:
    """A line in words: how many points, the first and the last, and the extremes where they lie in between."""
    if not figures:
        return "nothing known"
    inorder = sorted(figures, key=lambda f: f.period)
    first, last = inorder[0], inorder[-1]
    if first is last:
        return f"one point, {_told(first, shared)}"
    low, high = min(inorder, key=lambda f: f.value), max(inorder, key=lambda f: f.value)
    between = [
        f"{kind} {_told(extreme, shared)}"
        for kind, extreme in (("lowest", low), ("highest", high))
        if extreme not in (first, last)
    ]
    course = f"{len(inorder)} points, from {_told(first, shared)} to {_told(last, shared)}"
    return "; ".join([course, *between])


def _extremes(bars: Sequence[tuple[str, Figure]]) -> str:
    (low_name, low), (high_name, high) = (pick(bars, key=lambda bar: bar[1].value) for pick in (min, max))
    return f"Lowest: {low_name}, {low}; highest: {high_name}, {high}"


def _legend(subtitle: str, scale: Scale, lines: Mapping[str, Sequence[Figure]], log: bool = False) -> list[str]:
    """The lines under a title: the author's own, the unit with its ruler, and what was set side by side."""
    rulers = {name: dict.fromkeys(f.ruler for f in figures) for name, figures in lines.items() if figures}
    distinct = dict.fromkeys(ruler for found in rulers.values() for ruler in found)
    unit = scale.words
    if len(distinct) == 1 and any(next(iter(distinct))):
        unit = "; ".join(filter(None, (unit, str(next(iter(distinct))))))
    if len(distinct) > 1:
        sides = [f"{name} ({' / '.join(map(str, found))})" for name, found in rulers.items()]
        beside = f"set side by side: {', '.join(sides[:-1])}{' and ' * (len(sides) > 1)}{sides[-1]}"
        unit = "; ".join(filter(None, (unit, beside)))
    unit = "; ".join(filter(None, (unit, f"all {scale.tag}" * bool(scale.tag), LOG * (log and LOG not in subtitle))))
    return [line for line in (subtitle, unit, *_aside(_all(lines))) if line]


def _aside(figures: Iterable[Figure]) -> list[str]:
    return list(dict.fromkeys(f.aside for f in figures if f.aside))


def _credit(figures: Iterable[Figure]) -> str:
    """Outlet and date of the sources underneath."""
    return "; ".join(dict.fromkeys(str(source) for figure in figures for source in figure.sources))


def _credits(figures: Iterable[Figure]) -> str:
    """The line under a chart: the outlets, or that there are none."""
    outlets = dict.fromkeys(source.outlet for figure in figures for source in figure.sources)
    return f"Sources: {', '.join(outlets)}" if outlets else "Illustrative: no sources"


def _alt(kind: str, title: str, legend: Sequence[str], sentences: Sequence[str], dropped: int) -> str:
    """The alt text: what kind of chart of what, on which ruler, and its values."""
    unknown = [f"{dropped} point{'s' * (dropped > 1)} left out: not known then"] if dropped else []
    return ". ".join([f"{kind}: {title}", *legend, *sentences, *unknown]) + "."
