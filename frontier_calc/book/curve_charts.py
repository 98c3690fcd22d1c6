"""One quantity as a function of another, what was observed of it, and what is pointed out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Unpack

from frontier_calc import units
from frontier_calc.book import annotations, captions
from frontier_calc.book.annotations import Annotation, Callout, Level, Moment
from frontier_calc.book.captions import Scale
from frontier_calc.book.charts import Around, Chart, Given, Row, described, key_of, mark_of, measured, unverified
from frontier_calc.book.marks import Across, Curve, CurvePoint, Pointed, Pointer, Upright
from frontier_calc.book.scene import At
from frontier_calc.figure import Figure

KINDS = (Callout, Moment, Level)

Pair = tuple[Figure, Figure]


class _OnCurve(NamedTuple):
    """A place on a curve or beside it; those of the curve itself have no name."""

    name: str
    x: Figure
    y: Figure


def curve_chart(
    curve: Sequence[Pair],
    points: Mapping[str, Pair] | None = None,
    *,
    x_label: str = "",
    y_label: str = "",
    percent: bool = False,
    **around: Unpack[Around],
) -> Chart:
    """One quantity as a function of another, with what was observed on it: ``points`` maps a label to (x, y).

    ``percent``: both quantities are shares, and told as such. ``title``, ``subtitle``, ``note``, ``marks`` and ``name``
    are as for lines and bars. Raises TypeError for a mark of a kind that
    it cannot show, ValueError for one that stands by a figure which is not in it.
    """
    given = [_OnCurve("", x, y) for x, y in curve]
    given += [_OnCurve(str(label), x, y) for label, (x, y) in (points or {}).items()]
    if percent:
        given = [_as_shares(each) for each in given]
    known = [each for each in given if captions.is_drawable(each.x) and captions.is_drawable(each.y)]
    across = [each.x for each in known]
    up = [each.y for each in known]
    axes = _Axes(captions.scale_of(across), captions.scale_of(up), x_label, y_label)
    beside = [each.y for each in known if each.name]
    noted = [axes.y_scale.shared_tag, unverified(beside)]
    said = Given(**around)
    heading = said.heading("", noted, [*across, *up], key_of(beside, axes.y_scale, points=True))
    pointed_out = annotations.applying(said.marks, KINDS, "curve")
    drawn = [axes.point(each) for each in known]
    measured_first = sorted(known, key=lambda each: not each.name)  # the places of the curve itself are many
    return described(
        "Curve",
        heading,
        [*_curve_told(known, axes), *annotations.told(pointed_out), *captions.left_out(_undrawn(given))],
        [_curve_row(each, axes.x_name or "x", axes.y_name or "y") for each in measured_first],
        [*across, *up, *annotations.figures_of(pointed_out)],
        Curve(
            course=[point for point in drawn if not point.name],
            points=[point for point in drawn if point.name],
            x_name=axes.x_name,
            y_name=axes.y_name,
            pointed=[axes.pointed(each, known, str(heading.title)) for each in pointed_out],
            x_unit=axes.x_scale.factor,
            y_unit=axes.y_scale.factor,
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


class _Axes(NamedTuple):
    """The two scales of a curve, and how the author calls its quantities."""

    x_scale: Scale
    y_scale: Scale
    x_label: str
    y_label: str

    @property
    def x_name(self) -> str:
        return _axis_name(self.x_label, self.x_scale)

    @property
    def y_name(self) -> str:
        return _axis_name(self.y_label, self.y_scale)

    def point(self, each: _OnCurve) -> CurvePoint:
        """A place as it is drawn."""
        mark = mark_of(each.y, self.y_scale)
        told = (mark.told[0], f"at {each.x}", *mark.told[1:])
        return CurvePoint(
            name=each.name,
            x=self.x_scale.on_axis(each.x.value),
            at=str(each.x),
            mark=replace(mark, told=told),
            x_figure=each.x.key,
        )

    def pointed(self, annotation: Annotation, known: Sequence[_OnCurve], title: str) -> Pointed:
        """One annotation in its place. Raises ValueError where it stands by a figure that the curve does not show."""
        words = annotation.words
        if isinstance(annotation, Callout):
            found = [each for each in known if annotation.figure.key in (each.y.key, each.x.key)]
            if not found:
                raise annotations.missing(annotation, annotation.figure, title)
            place = self.point(found[-1])
            return Pointer(place.x, place.mark.value, words, at=place.stands)
        if isinstance(annotation, Moment):
            if annotation.figure is None:
                raise ValueError(f"the chart {title!r} has no axis of time: give book.moment a figure, not a date")
            _need_alike([each.x for each in known], annotation.figure)
            return Upright(self.x_scale.on_axis(annotation.figure.value), words, at=At(x=annotation.figure.key))
        assert isinstance(annotation, Level)
        _need_alike([each.y for each in known], annotation.figure)
        return Across(self.y_scale.on_axis(annotation.figure.value), words, at=At(y=annotation.figure.key))


def _need_alike(drawn: Sequence[Figure], figure: Figure) -> None:
    """Raises UnitError for a figure that counts something else than an axis."""
    if drawn and figure.unit != drawn[0].unit:
        raise units.unlike("chart", drawn[0], figure)


def _axis_name(label: str, scale: Scale) -> str:
    says_it = scale.words in label.split()  # "months on sale"
    return label if says_it else ", ".join(part for part in (label, scale.words) if part)


def _curve_told(known: Sequence[_OnCurve], axes: _Axes) -> list[str]:
    """A curve and the points beside it in words."""
    sentences = []
    if axes.x_name and axes.y_name:
        sentences.append(f"{axes.y_name} against {axes.x_name}")
    course = [each for each in known if not each.name]
    if course:
        first, last = course[0], course[-1]
        sentences.append(f"The curve runs from {first.y} at {first.x} to {last.y} at {last.x}")
    beside = [each for each in known if each.name]
    sentences += [f"{each.name}: {captions.told(each.y, axes.y_scale.tag)} at {each.x}" for each in beside]
    return sentences


def _curve_row(each: _OnCurve, x_name: str, y_name: str) -> Row:
    return {"Point": each.name or "curve", x_name: each.x, y_name: each.y, **measured(each.y, [each.x, each.y])}
