"""Charts of figures: drawn by Vega-Lite, described in words, and backed by a table that binds each cell to a figure.

A chart knows its words without Altair, which loads only when a picture is asked for. The specifications keep to what
Vega-Lite 5.6 knows, the version inside JupyterLab.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import isfinite
from typing import Any, NamedTuple

from frontier_calc.book import blocks, captions, theme
from frontier_calc.book.annotations import Annotation
from frontier_calc.book.captions import Given, Scale
from frontier_calc.book.marks import Bar, Bars, Curve, CurvePoint, Heading, LinePoint, Lines, Mark, Picture
from frontier_calc.book.phrases import Words
from frontier_calc.book.tables import Table
from frontier_calc.dates import Period
from frontier_calc.figure import Figure

MIME = "application/vnd.vegalite.v5+json"
LOG = "logarithmic scale"
HOLLOW = "hollow: projected or assumed"
A_YEAR = 360  # days: what is about more of them is about a year

Pair = tuple[Figure, Figure]
Row = dict[str, Any]  # of the table: a column's name, and a figure, a text or None


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart: ``description`` is its alt text, ``rows`` its data, ``figures`` what it shows.

    ``heading`` and ``picture`` say what is drawn; nothing is drawn before ``spec`` is asked for.
    """

    description: str
    rows: Sequence[Row]
    figures: Sequence[Figure]
    heading: Heading
    picture: Picture

    @cached_property
    def table(self) -> Table:
        """Its data for a reader, each figure tied to its derivation."""
        return Table(self.rows, label=f"Data: {self.heading.title}")

    @property
    def data(self) -> list[list[str | float]]:
        """Its data to take along, the names of the columns first: the words of the table, and then its numbers.

        Each column of figures has a column of numbers in plain units (dollars, people, a share of one), one of their
        units, and where there are ranges two of their ends. The last has the links of the sources.
        """
        return data_of(self.rows)

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, with the alt text, the data as a table and the drawing for a phone inside."""
        narrow = self._drawn(theme.NARROW)
        del narrow["config"]  # that of the wide one
        usermeta = {"table": blocks.as_json(self.block.table), "data": self.data, "narrow": narrow}
        return {**self._drawn(theme.WIDE), "description": self.description, "usermeta": usermeta}

    def _drawn(self, width: int) -> dict[str, Any]:
        from frontier_calc.book import drawing  # it loads Altair

        return drawing.draw(self.picture, self.heading, width)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {MIME: self.spec, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"[chart] {self.description}"

    @property
    def block(self) -> blocks.Picture:
        """The chart in words, and its data."""
        assert isinstance(self.table.block, blocks.Table)
        return blocks.Picture(self.description, self.table.block)


def described(
    kind: str, heading: Heading, sentences: Sequence[str], rows: Sequence[Row], figures: Sequence[Figure], picture: Picture
) -> Chart:  # fmt: skip
    """A chart with its alt text: its kind, its title, the lines under the title, and what the ``sentences`` say."""
    lines = [f"{kind} chart: {heading.title}", str(heading.subtitle), *map(str, heading.notes), *sentences]
    return Chart(
        description=" ".join(f"{line.removesuffix('.')}." for line in lines if line),
        rows=rows or [{"Value": "nothing known"}],
        figures=[*figures, *heading.figures],
        heading=heading,
        picture=picture,
    )


# Lines over time.


class _OnLine(NamedTuple):
    """A figure on a line."""

    line: str
    figure: Figure


def line_chart(
    lines: Mapping[str, Sequence[Figure]],
    *,
    title: Words,
    subtitle: Words = "",
    note: Words = (),
    marks: Sequence[Annotation] = (),
    name: str = "",
    log: bool = False,
    facet: bool = False,
) -> Chart:
    """Values over time: one line for each entry, each figure at the month its period ends in, with its range if any.

    All figures count the same thing; lines on different rulers are allowed, and the chart then says so.
    """
    given = [_OnLine(str(name), figure) for name, figures in lines.items() for figure in figures]
    known = [each for each in given if captions.is_drawable(each.figure)]
    figures = [each.figure for each in known]
    scale = captions.scale_of(figures)
    for figure in figures:
        _refuse_what_no_line_can_hold(figure, log)
    _refuse_two_at_one_time(known, title)
    courses = {str(name): _in_order(name, known) for name in lines}
    points = [_line_point(line, figure, scale) for line, course in courses.items() for figure in course]
    notes = [captions.rulers(known), scale.shared_tag]
    if log:
        notes.append(LOG)
    if not scale.tag and not all(point.mark.firm for point in points):
        notes.append(HOLLOW)
    sentences = [f"{line}: {captions.course(course, scale.tag)}" for line, course in courses.items()]
    yearly = all(figure.period is not None and figure.period.days > A_YEAR for figure in figures)
    return described(
        "Line",
        captions.heading(Given(title, subtitle, note, name), scale.words, notes, figures),
        [*sentences, *captions.left_out(each.figure for each in given)],
        [{"Line": line, **facts(figure)} for line, figure in known],
        figures,
        Lines(points, log=log, yearly=yearly and bool(figures)),
    )


def _in_order(line: str, known: Sequence[_OnLine]) -> list[Figure]:
    """The figures of a line, in the order of their periods."""
    figures = [each.figure for each in known if each.line == str(line)]
    return sorted(figures, key=_day_of)


def _line_point(line: str, figure: Figure, scale: Scale) -> LinePoint:
    return LinePoint(line=line, day=_day_of(figure), mark=_mark(figure, scale))


def _refuse_what_no_line_can_hold(figure: Figure, log: bool) -> None:
    if figure.period is None:
        raise ValueError(f"cannot draw {figure.label} on a line over time: it has no period")
    if log and figure.value <= 0:
        raise ValueError(f"cannot draw {figure.label} on a logarithmic scale: it is {figure}, and not above nothing")


def _refuse_two_at_one_time(known: Sequence[_OnLine], title: str) -> None:
    places = {(each.line, _day_of(each.figure)) for each in known}
    if len(places) < len(known):
        raise ValueError(f"the chart {title!r} has two points of one line at one time")


def _day_of(figure: Figure) -> date:
    """Where a figure stands on an axis of time: at the month in which its period ends, whose first day is its tick."""
    period: Period | None = figure.period
    assert period is not None, "a figure without a period was refused before"
    return period.end if period.days == 1 else period.end.replace(day=1)


# Bars side by side.


class _InGroup(NamedTuple):
    """A figure as a bar; the group is empty where bars are not grouped."""

    group: str
    name: str
    figure: Figure

    @property
    def full_name(self) -> str:
        return f"{self.group} {self.name}".strip()


def bar_chart(
    bars: Mapping[str, Figure] | Mapping[str, Mapping[str, Figure]],
    *,
    title: Words,
    subtitle: Words = "",
    note: Words = (),
    marks: Sequence[Annotation] = (),
    name: str = "",
    facet: bool = False,
) -> Chart:
    """Values side by side: one bar for each entry, or groups of bars where the entries are mappings themselves."""
    given = list(_bars_given(bars))
    known = [bar for bar in given if captions.is_drawable(bar.figure)]
    figures = [bar.figure for bar in known]
    scale = captions.scale_of(figures)
    groups = [str(group) for group in bars] if _is_grouped(bars) else [""]
    sentences = [_group_told(group, known, scale) for group in groups]
    if len(figures) > 2:
        sentences.append(captions.extremes([(bar.full_name, bar.figure) for bar in known]))
    notes = [captions.rulers((bar.name, bar.figure) for bar in known), scale.shared_tag]
    return described(
        "Bar",
        captions.heading(Given(title, subtitle, note, name), scale.words, notes, figures),
        [*sentences, *captions.left_out(bar.figure for bar in given)],
        [_bar_row(bar) for bar in known],
        figures,
        Bars([_bar(bar, scale) for bar in known]),
    )


def _is_grouped(bars: Mapping[str, Any]) -> bool:
    return any(isinstance(entry, Mapping) for entry in bars.values())


def _bars_given(bars: Mapping[str, Any]) -> Iterator[_InGroup]:
    if not _is_grouped(bars):
        bars = {"": bars}
    for group, entries in bars.items():
        for name, figure in entries.items():
            yield _InGroup(str(group), str(name), figure)


def _group_told(group: str, known: Sequence[_InGroup], scale: Scale) -> str:
    """The bars of a group in words."""
    parts = [f"{bar.name} {captions.told(bar.figure, scale.tag, bar.name)}" for bar in known if bar.group == group]
    told = "; ".join(parts) or "nothing known"
    return f"{group}: {told}" if group else told


def _bar_row(bar: _InGroup) -> Row:
    named = {"Group": bar.group, "Bar": bar.name} if bar.group else {"Bar": bar.name}
    return {**named, **facts(bar.figure)}


def _bar(bar: _InGroup, scale: Scale) -> Bar:
    return Bar(
        group=bar.group,
        name=bar.name,
        label=captions.tagged(bar.figure, scale.tag),
        mark=_mark(bar.figure, scale),
    )


# One quantity as a function of another.


class _OnCurve(NamedTuple):
    """A place on a curve or beside it; those of the curve itself have no name."""

    name: str
    x: Figure
    y: Figure


def curve_chart(
    curve: Sequence[Pair],
    points: Mapping[str, Pair] | None = None,
    *,
    title: Words,
    subtitle: Words = "",
    note: Words = (),
    marks: Sequence[Annotation] = (),
    name: str = "",
    x_label: str = "",
    y_label: str = "",
    percent: bool = False,
) -> Chart:
    """One quantity as a function of another, with what was observed on it: ``points`` maps a label to (x, y).

    ``percent``: both quantities are shares, and told as such.
    """
    given = [_OnCurve("", x, y) for x, y in curve]
    given += [_OnCurve(str(name), x, y) for name, (x, y) in (points or {}).items()]
    if percent:
        given = [_as_shares(each) for each in given]
    known = [each for each in given if captions.is_drawable(each.x) and captions.is_drawable(each.y)]
    across = [each.x for each in known]
    up = [each.y for each in known]
    x_scale, y_scale = captions.scale_of(across), captions.scale_of(up)
    x_name, y_name = _axis_name(x_label, x_scale), _axis_name(y_label, y_scale)
    drawn = [_curve_point(each, x_scale, y_scale) for each in known]
    return described(
        "Curve",
        captions.heading(Given(title, subtitle, note, name), "", [y_scale.shared_tag], [*across, *up]),
        [*_curve_told(known, x_name, y_name, y_scale), *captions.left_out(_undrawn(given))],
        [_curve_row(each, x_name or "x", y_name or "y") for each in known],
        [*across, *up],
        Curve(
            course=[point for point in drawn if not point.name],
            points=[point for point in drawn if point.name],
            x_name=x_name,
            y_name=y_name,
        ),
    )


def _as_shares(each: _OnCurve) -> _OnCurve:
    return _OnCurve(each.name, replace(each.x, style="percent"), replace(each.y, style="percent"))


def _undrawn(given: Sequence[_OnCurve]) -> Iterator[Figure]:
    """For each place that cannot be drawn one figure that has none on its axis."""
    for each in given:
        if not captions.is_drawable(each.y):
            yield each.y
        elif not captions.is_drawable(each.x):
            yield each.x


def _axis_name(label: str, scale: Scale) -> str:
    return ", ".join(part for part in (label, scale.words) if part)


def _curve_told(known: Sequence[_OnCurve], x_name: str, y_name: str, y_scale: Scale) -> list[str]:
    """A curve and the points beside it in words."""
    sentences = []
    if x_name and y_name:
        sentences.append(f"{y_name} against {x_name}")
    course = [each for each in known if not each.name]
    if course:
        first, last = course[0], course[-1]
        sentences.append(f"The curve runs from {first.y} at {first.x} to {last.y} at {last.x}")
    beside = [each for each in known if each.name]
    sentences += [f"{each.name}: {captions.told(each.y, y_scale.tag)} at {each.x}" for each in beside]
    return sentences


def _curve_row(each: _OnCurve, x_name: str, y_name: str) -> Row:
    return {"Point": each.name or "curve", x_name: each.x, y_name: each.y, **_measured(each.y, [each.x, each.y])}


def _curve_point(each: _OnCurve, x_scale: Scale, y_scale: Scale) -> CurvePoint:
    x = x_scale.on_axis(each.x.value)
    return CurvePoint(name=each.name, x=x, at=str(each.x), mark=_mark(each.y, y_scale))


# What all kinds share.


def _mark(figure: Figure, scale: Scale) -> Mark:
    """What the drawing needs of a figure: its value and range on the axis, its words, and which figure it is."""
    low, high = _ends(figure)
    return Mark(
        value=scale.on_axis(figure.value),
        low=None if low is None else scale.on_axis(low),
        high=None if high is None else scale.on_axis(high),
        words=captions.told(figure, scale.tag),
        figure=figure.key,
        firm=captions.is_firm(figure),
    )


def _ends(figure: Figure) -> tuple[float | None, float | None]:
    """The ends of a range that can be drawn; none where there is no range, or where it has no bound."""
    if not captions.has_range(figure) or figure.low is None or figure.high is None:
        return None, None
    if not isfinite(figure.low) or not isfinite(figure.high):
        return None, None
    return figure.low, figure.high


def facts(figure: Figure) -> Row:
    """The cells of a figure in the table of a chart."""
    about = str(figure.when) if figure.period else None
    return {"About": about, "Value": figure, **_measured(figure, [figure])}


def _measured(figure: Figure, drawn_from: Iterable[Figure]) -> Row:
    """How solid a figure is, and what it and those beside it were drawn from."""
    sources = dict.fromkeys(str(source) for each in drawn_from for source in each.sources)
    return {"Tag": figure.tag or "exact", "Sources": "; ".join(sources) or None}


def data_of(rows: Sequence[Mapping[str, Any]]) -> list[list[str | float]]:
    """The rows of a table to take along: see ``Chart.data``."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    measured = [column for column in columns if any(isinstance(row.get(column), Figure) for row in rows)]
    ranged = [column for column in measured if any(_drawn_range(row.get(column)) for row in rows)]
    header: list[str | float] = list(columns)
    for column in measured:
        header += [f"{column}, number", f"{column}, unit"]
        if column in ranged:
            header += [f"{column}, low", f"{column}, high"]
    if measured:
        header.append("Links")
    lines = [header]
    for row in rows:
        line: list[str | float] = ["" if row.get(column) is None else str(row[column]) for column in columns]
        for column in measured:
            line += _numbers(row.get(column), column in ranged)
        if measured:
            line.append(_links(row.values()))
        lines.append(line)
    return lines


def _drawn_range(cell: object) -> bool:
    return isinstance(cell, Figure) and _ends(cell) != (None, None)


def _numbers(cell: object, ranged: bool) -> list[str | float]:
    """The number of a cell, its unit, and the ends of its range where the column has ranges."""
    if not isinstance(cell, Figure):
        return ["", "", "", ""] if ranged else ["", ""]
    numbers: list[str | float] = [captions.without_noise(cell.value), cell.unit_words or "1"]
    if ranged:
        numbers += ["" if end is None else captions.without_noise(end) for end in _ends(cell)]
    return numbers


def _links(cells: Iterable[object]) -> str:
    """The addresses of the sources of a row's figures, each once."""
    sources = [source for cell in cells if isinstance(cell, Figure) for source in cell.sources]
    return "; ".join(dict.fromkeys(source.link for source in sources if source.link))
