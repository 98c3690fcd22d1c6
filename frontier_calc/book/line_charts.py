"""Lines over time, in one picture or in small multiples, and what is pointed out on them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple, Unpack

from frontier_calc import units
from frontier_calc.book import annotations, captions
from frontier_calc.book.annotations import Annotation, Apart, Callout, Crossing, Gap, Level, Moment
from frontier_calc.book.captions import Scale
from frontier_calc.book.charts import Around, Chart, Given, Row, described, facts, key_of, mark_of, unverified
from frontier_calc.book.marks import Across, Bracket, LinePoint, Lines, Panels, Pointed, Pointer, Upright
from frontier_calc.book.phrases import Words
from frontier_calc.book.scene import At
from frontier_calc.dates import Period
from frontier_calc.figure import Figure

LOG = "logarithmic scale"
A_YEAR = 360  # days: what is about more of them is about a year
KINDS = (Callout, Moment, Crossing, Gap, Level, Apart)
KINDS_OF_PANELS = (Callout, Moment, Level)


class _OnLine(NamedTuple):
    """A figure on a line; the panel is empty where there are none."""

    panel: str
    line: str
    figure: Figure
    apart: bool

    @property
    def course(self) -> str:
        """The line with its panel."""
        return ", ".join(part for part in (self.panel, self.line) if part)


def line_chart(
    lines: Mapping[str, Sequence[Figure]] | Mapping[str, Mapping[str, Sequence[Figure]]],
    *,
    log: bool = False,
    facet: bool = False,
    **around: Unpack[Around],
) -> Chart:
    """Values over time: one line for each entry, each figure at the month its period ends in, with its range if any.

    All figures count the same thing; lines on different rulers are allowed, and the small print then says so.
    ``facet``: a panel for each entry, which is a line or a mapping of lines, all on one scale. ``title``, ``subtitle``
    and ``note`` are words: a text, a claim, a figure or several of these; ``marks`` are what is pointed out. A ``broad``
    chart takes the margin of the page as well, where there is one. Raises
    ValueError for a figure that has no place on it, TypeError for a mark of a kind that it cannot show.
    """
    said = Given(**around)
    pointed_out = annotations.applying(said.marks, KINDS_OF_PANELS if facet else KINDS, "line")
    stand_apart = [each for each in pointed_out if isinstance(each, Apart)]
    given = list(_given(lines, facet, {each.figure.key for each in stand_apart}))
    known = [each for each in given if captions.is_drawable(each.figure)]
    figures = [each.figure for each in known]
    scale = captions.scale_of(figures)
    for figure in figures:
        _refuse_what_no_line_can_hold(figure, log)
    reasons: list[Words] = [each.words for each in stand_apart]
    said = replace(said, note=captions.several(said.note) + reasons)
    noted = [captions.rulers((each.course, each.figure) for each in known), scale.shared_tag, LOG if log else ""]
    heading = said.heading(scale.words, [*noted, unverified(figures)], figures, key_of(figures, scale, points=True))
    _refuse_two_at_one_time(known, str(heading.title))
    yearly = bool(figures) and all(figure.period is not None and figure.period.days > A_YEAR for figure in figures)
    names = list(dict.fromkeys(each.course for each in given))
    made = _Made(known, names, scale, log, yearly, pointed_out, str(heading.title))
    return described(
        "Line",
        heading,
        [
            *_told(given, known, scale),
            *annotations.told(pointed_out),
            *captions.left_out(each.figure for each in given),
        ],
        [_row(each) for each in known],
        [*figures, *annotations.figures_of(pointed_out)],
        made.panels() if facet else made.lines(),
    )


def _given(lines: Mapping[str, Any], facet: bool, apart: set[str]) -> Iterator[_OnLine]:
    for name, entry in lines.items():
        courses: Mapping[str, Any]
        if not isinstance(entry, Mapping):
            panel, courses = (str(name), {"": entry}) if facet else ("", {str(name): entry})
        elif facet:
            panel, courses = str(name), entry
        else:
            raise ValueError(f"found lines within {name!r}, expected figures: give facet=True for a panel of each")
        for line, figures in courses.items():
            for figure in figures:
                yield _OnLine(panel, str(line), figure, figure.key in apart)


def _row(each: _OnLine) -> Row:
    named = {"Panel": each.panel, "Line": each.line} if each.panel and each.line else {"Line": each.course}
    return {**named, **facts(each.figure)}


def _told(given: Sequence[_OnLine], known: Sequence[_OnLine], scale: Scale) -> list[str]:
    """Each line in words, also one of which nothing was known."""
    on_the_line = [each for each in known if not each.apart]
    beside = [each for each in known if each.apart]
    courses = dict.fromkeys(each.course for each in given)
    return [
        "; beside the line ".join(
            [
                f"{name}: {captions.course(_in_order(on_the_line, name), scale.tag)}",
                *(captions.told(figure, scale.tag) for figure in _in_order(beside, name)),
            ]
        )
        for name in courses
    ]


def _in_order(known: Sequence[_OnLine], course: str) -> list[Figure]:
    """The figures of a line, in the order of their periods."""
    return sorted((each.figure for each in known if each.course == course), key=_day)


def _day(figure: Figure) -> date:
    assert figure.period is not None, "a figure without a period was refused before"
    return day_of(figure.period)


def day_of(period: Period) -> date:
    """Where a period stands on an axis of time: at the month in which it ends, whose first day is its tick."""
    return period.end if period.days == 1 else period.end.replace(day=1)


# What cannot be drawn.


def _refuse_what_no_line_can_hold(figure: Figure, log: bool) -> None:
    if figure.period is None:
        raise ValueError(f"cannot draw {figure.label} on a line over time: it has no period")
    if log and figure.value <= 0:
        raise ValueError(f"cannot draw {figure.label} on a logarithmic scale: it is {figure}, and not above nothing")


def _refuse_two_at_one_time(known: Sequence[_OnLine], title: str) -> None:
    places = {(each.course, _day(each.figure)) for each in known}
    if len(places) < len(known):
        raise ValueError(f"the chart {title!r} has two points of one line at one time")


# The picture.


class _Made(NamedTuple):
    """What a picture is made of."""

    known: Sequence[_OnLine]
    names: Sequence[str]
    scale: Scale
    log: bool
    yearly: bool
    pointed_out: Sequence[Annotation]
    title: str

    def lines(self) -> Lines:
        """One picture with all lines."""
        return self._lines(self.known, [self._pointed(each, self.known) for each in self.pointed_out])

    def panels(self) -> Panels:
        """A picture for each panel, with what is pointed out in all of them or in this one."""
        made = {}
        for panel in dict.fromkeys(each.panel for each in self.known):
            known = [each for each in self.known if each.panel == panel]
            pointed = [self._pointed(each, known) for each in self.pointed_out if self._is_in(each, known)]
            made[panel] = self._lines(known, pointed)
        return Panels(made)

    def _is_in(self, annotation: Annotation, known: Sequence[_OnLine]) -> bool:
        """Whether a panel has what is pointed out: a figure of its own, or what all panels have."""
        if not isinstance(annotation, Callout):
            return True
        if all(each.figure.key != annotation.figure.key for each in self.known):
            raise annotations.missing(annotation, annotation.figure, self.title)
        return any(each.figure.key == annotation.figure.key for each in known)

    def _lines(self, known: Sequence[_OnLine], pointed: Sequence[Pointed | None]) -> Lines:
        courses = dict.fromkeys(each.line for each in known)
        points = [self._point(each) for name in courses for each in self._course(known, name)]
        return Lines(points, self.log, self.yearly, [each for each in pointed if each is not None], self.scale.factor)

    def _course(self, known: Sequence[_OnLine], line: str) -> list[_OnLine]:
        return sorted((each for each in known if each.line == line), key=lambda each: _day(each.figure))

    def _point(self, each: _OnLine) -> LinePoint:
        mark = mark_of(each.figure, self.scale)
        return LinePoint(line=each.line or each.panel, day=_day(each.figure), mark=mark, apart=each.apart)

    # What is pointed out, on the axes of the picture.

    def _pointed(self, annotation: Annotation, known: Sequence[_OnLine]) -> Pointed | None:
        """One annotation in its place; None for a crossing of lines that do not cross."""
        words = annotation.words
        if isinstance(annotation, Apart):
            return None
        if isinstance(annotation, Callout):
            return Pointer(*self._place(annotation, annotation.figure, known), words, at=At(y=annotation.figure.key))
        if isinstance(annotation, Moment):
            return Upright(self._moment(annotation), words)
        if isinstance(annotation, Gap):
            return self._bracket(annotation, known)
        if isinstance(annotation, Crossing):
            crossed = self._crossing(annotation, known)
            at = At(crossing=(annotation.one, annotation.other))
            return None if crossed is None else Pointer(*crossed, words, ring=False, at=at)
        assert isinstance(annotation, Level)
        if known and annotation.figure.unit != known[0].figure.unit:
            raise units.unlike("chart", known[0].figure, annotation.figure)
        if self.log and annotation.figure.value <= 0:
            raise ValueError(f"the chart {self.title!r}: no logarithmic scale reaches down to {annotation.figure}")
        y = self.scale.on_axis(annotation.figure.value)
        return Across(y, words, *self._stretch(annotation.figure), at=At(y=annotation.figure.key))

    def _stretch(self, figure: Figure) -> tuple[float | None, float | None]:
        """From where to where a level runs: what a year came to over that year, on an axis of months; else throughout."""
        if self.yearly or figure.period is None or figure.period.days <= A_YEAR:
            return None, None
        return float(figure.period.start.toordinal()), float(figure.period.end.toordinal())

    def _place(self, annotation: Annotation, figure: Figure, known: Sequence[_OnLine]) -> tuple[float, float]:
        """Where a figure of the chart stands. Raises ValueError for one that it does not show."""
        if all(each.figure.key != figure.key for each in known):
            raise annotations.missing(annotation, figure, self.title)
        return float(_day(figure).toordinal()), self.scale.on_axis(figure.value)

    def _moment(self, annotation: Moment) -> float:
        if annotation.period is None:
            assert annotation.figure is not None
            raise ValueError(
                f"the chart {self.title!r}: {annotation.figure.label} is about no time, so it is no moment"
            )
        return float(day_of(annotation.period).toordinal())

    def _bracket(self, annotation: Gap, known: Sequence[_OnLine]) -> Bracket:
        """The bracket of a gap: at the date of the later of its figures."""
        places = [(*self._place(annotation, figure, known), figure.key) for figure in annotation.figures]
        (earlier_x, earlier_y, earlier), (later_x, later_y, later) = sorted(places)
        at = At(y=later, y2=earlier)
        return Bracket(x=later_x, y=later_y, x2=earlier_x, y2=earlier_y, words=annotation.words, at=at)

    def _crossing(self, annotation: Crossing, known: Sequence[_OnLine]) -> tuple[float, float] | None:
        """The last place at which the two lines, drawn straight from point to point on this scale, cross."""
        for name in (annotation.one, annotation.other):
            if name not in self.names:
                there = ", ".join(self.names)
                raise ValueError(
                    f"the chart {self.title!r}: book.crossing names a line {name!r}, expected one of {there}"
                )
        one, other = (self._drawn(known, name) for name in (annotation.one, annotation.other))
        found = crossings(one, other) if one and other else []
        if not found:
            return None
        x, y = found[-1]
        return x, math.exp(y) if self.log else y

    def _drawn(self, known: Sequence[_OnLine], line: str) -> list[tuple[float, float]]:
        """The places of a line, as high as they are drawn."""
        places = []
        for each in [each for each in self._course(known, line) if not each.apart]:
            value = self.scale.on_axis(each.figure.value)
            places.append((float(_day(each.figure).toordinal()), math.log(value) if self.log else value))
        return places


Drawn = Sequence[tuple[float, float]]


def crossings(one: Drawn, other: Drawn) -> list[tuple[float, float]]:
    """Where two lines of straight stretches cross, from the left; a line that only touches the other crosses nothing.

    >>> crossings([(0, 0), (2, 2)], [(0, 2), (2, 0)])
    [(1.0, 1.0)]
    """
    shared = sorted({x for x, _ in (*one, *other) if _covers(one, x) and _covers(other, x)})
    distances = [(x, _height(one, x) - _height(other, x)) for x in shared]
    apart = [(x, distance) for x, distance in distances if distance]
    found = []
    for (left, before), (right, after) in pairwise(apart):
        if before * after < 0:
            x = left + (right - left) * before / (before - after)
            between = [at for at, distance in distances if left < at < right and not distance]
            x = between[0] if between else x
            found.append((x, _height(one, x)))
    return found


def _covers(line: Drawn, x: float) -> bool:
    return line[0][0] <= x <= line[-1][0]


def _height(line: Drawn, x: float) -> float:
    """How high a line is at a place that it covers."""
    for (left, low), (right, high) in pairwise(line):
        if left <= x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return line[0][1]
