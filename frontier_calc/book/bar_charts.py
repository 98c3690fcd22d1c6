"""Bars side by side, in groups or in small multiples, and what is pointed out on them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from frontier_calc import units
from frontier_calc.book import annotations, captions
from frontier_calc.book.annotations import Annotation, Callout, Gap, Level
from frontier_calc.book.captions import Scale
from frontier_calc.book.charts import Chart, Given, Row, described, facts, key_of, mark_of, unverified
from frontier_calc.book.marks import Across, Bar, BarBracket, Bars, Panels
from frontier_calc.book.phrases import Beside, Notes, Phrase, Words, several
from frontier_calc.figure import Figure

KINDS = (Callout, Level, Gap)
KINDS_OF_PANELS = (Callout, Level)


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
    note: Notes = (),
    marks: Sequence[Annotation] = (),
    name: str = "",
    facet: bool = False,
) -> Chart:
    """Values side by side: one bar for each entry, or groups of bars where the entries are mappings themselves.

    ``facet``: a panel for each group, all on one scale. ``title``, ``subtitle`` and ``note`` are words: a text, a
    claim, a figure or several of these; ``marks`` are what is pointed out. Raises TypeError for a mark of a kind that
    it cannot show, ValueError for one that stands by a figure which is not in it.
    """
    given = list(_bars_given(bars))
    if facet and not _is_grouped(bars):
        raise ValueError(
            "found bars without groups, expected a group of bars for each panel: {'Amazon': {'2025': ...}}"
        )
    known = [bar for bar in given if captions.is_drawable(bar.figure)]
    figures = [bar.figure for bar in known]
    scale = captions.scale_of(figures)
    groups = [str(group) for group in bars] if _is_grouped(bars) else [""]
    sentences = [_group_told(group, known, scale) for group in groups]
    if len(figures) > 2:
        sentences.append(captions.extremes([(bar.full_name, bar.figure) for bar in known]))
    said = Given(title, subtitle, note, marks, name)
    noted = [captions.rulers((bar.name, bar.figure) for bar in known), scale.shared_tag]
    heading = said.heading(scale.words, [*noted, unverified(figures)], figures, key_of(figures, scale))
    pointed_out = annotations.applying(marks, KINDS_OF_PANELS if facet else KINDS, "bar")
    made = _Made(known, scale, pointed_out, str(heading.title))
    return described(
        "Bar",
        heading,
        [*sentences, *annotations.told(pointed_out), *captions.left_out(bar.figure for bar in given)],
        [_bar_row(bar, pointed_out) for bar in known],
        [*figures, *annotations.figures_of(pointed_out)],
        made.panels() if facet else made.bars(),
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


def _bar_row(bar: _InGroup, pointed_out: Sequence[Annotation]) -> Row:
    """The cells of a bar, with what is pointed out at it under its name."""
    words = _words_at(bar, pointed_out)
    name = Beside(bar.name, words) if words else bar.name
    named = {"Group": bar.group, "Bar": name} if bar.group else {"Bar": name}
    return {**named, **facts(bar.figure)}


def _words_at(bar: _InGroup, pointed_out: Sequence[Annotation]) -> Phrase:
    """What is pointed out at a bar."""
    callouts = [each for each in pointed_out if isinstance(each, Callout)]
    return several([each.words for each in callouts if each.figure.key == bar.figure.key])


class _Made(NamedTuple):
    """What a picture is made of."""

    known: Sequence[_InGroup]
    scale: Scale
    pointed_out: Sequence[Annotation]
    title: str

    def bars(self) -> Bars:
        """One picture with all bars."""
        self._need_all()
        brackets = [
            BarBracket(each.one.key, each.other.key, each.words) for each in self.pointed_out if isinstance(each, Gap)
        ]
        return Bars([self._bar(bar) for bar in self.known], self._levels(), brackets, self.scale.factor)

    def panels(self) -> Panels:
        """A picture for each group."""
        self._need_all()
        groups = dict.fromkeys(bar.group for bar in self.known)
        unit = self.scale.factor
        return Panels({name: Bars(self._of_group(name), self._levels(), unit=unit) for name in groups})

    def _of_group(self, name: str) -> list[Bar]:
        return [self._bar(bar) for bar in self.known if bar.group == name]

    def _need_all(self) -> None:
        """Raises ValueError for a mark that stands by a figure which no bar shows."""
        keys = {bar.figure.key for bar in self.known}
        for annotation in self.pointed_out:
            for figure in annotation.figures:
                if figure.key not in keys and not isinstance(annotation, Level):
                    raise annotations.missing(annotation, figure, self.title)

    def _levels(self) -> list[Across]:
        levels = [each for each in self.pointed_out if isinstance(each, Level)]
        for each in levels:
            if self.known and each.figure.unit != self.known[0].figure.unit:
                raise units.unlike("chart", self.known[0].figure, each.figure)
        return [Across(self.scale.on_axis(each.figure.value), each.words) for each in levels]

    def _bar(self, bar: _InGroup) -> Bar:
        tag = captions.tag_of(bar.figure, self.scale.tag)
        return Bar(
            group=bar.group,
            name=bar.name,
            label=str(bar.figure),
            tag=tag,
            mark=mark_of(bar.figure, self.scale),
            note=_words_at(bar, self.pointed_out),
        )
