"""What a sentence remembers: how solid the figures were that it names, on the day on which it was accepted.

A sentence that says "was expected" is false as soon as the row says "reported", and no claim need notice. So accepting
keeps the tag and the qualifier of every figure that a sentence names, and a check names the sentences whose figures have
another one now, until they have been read and accepted.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date

from frontier_calc import words
from frontier_calc.figure import Figure
from frontier_calc.press import kept, snapshot
from frontier_calc.press.snapshot import Fact, Named, Passage
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading

TO_COME = "to come"
PAST = "past"


@dataclass(frozen=True, order=True)
class Place:
    """A figure in a sentence, told without lines: the page, the sentence with its figures as {name}, the figure."""

    page: str
    sentence: str
    figure: str


@dataclass(frozen=True, order=True)
class Kind:
    """How solid a figure is; ``period`` says of a projected one whether its period is over."""

    tag: str = ""
    qualifier: str = ""
    period: str = ""

    def __str__(self) -> str:
        """The kind in words: "projected, about, its period to come"."""
        period = f"its period {self.period}" if self.period else ""
        return ", ".join(part for part in (self.tag, self.qualifier, period) if part)


@dataclass(frozen=True, order=True)
class Remembered:
    """One line of the memory."""

    page: str
    sentence: str
    figure: str
    tag: str
    qualifier: str
    period: str


Kinds = dict[Place, set[Kind]]


def kind_of(figure: Figure, on: date) -> Kind:
    """How solid a figure is on a day."""
    period = ""
    if figure.tag == "projected" and figure.period is not None:
        period = PAST if figure.period.end < on else TO_COME
    return Kind(figure.tag or "exact", figure.qualifier, period)


def name_of(expression: str) -> str:
    """The figure that an expression words: net for net.fold."""
    name, _, wording = expression.rpartition(".")
    return name if name and wording in words.STYLES else expression


# What is kept.


def kinds(pages: Iterable[Woven], on: Reading) -> list[Remembered]:
    """What the sentences of woven pages will remember, sorted; a text that a cell made has no kind."""
    found = set()
    for page in pages:
        figures = _figures(page)
        for passage in _sentences(page):
            for named in passage.named:
                kind = kind_of(figures[named.key], on.as_of) if named.key in figures else Kind()
                found.add(Remembered(*astuple(_place(page, passage, named)), *astuple(kind)))
    return sorted(found)


def _sentences(page: Woven) -> Iterator[Passage]:
    """The sentences of a page that name something."""
    for passage in snapshot.of_page(page).passages:
        if passage.kind == "sentence" and passage.named and not passage.listed:
            yield passage


def _figures(page: Woven) -> dict[str, Figure]:
    """The figures that a page shows, by key."""
    found = page.shown | {figure.key: figure for figure in page.figures.values()}
    for claim in page.claims.values():
        found |= {figure.key: figure for figure in claim.figures.values()}
    return found


def as_text(remembered: Iterable[Remembered]) -> str:
    """The memory as a table."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow([field.name for field in fields(Remembered)])
    writer.writerows(astuple(each) for each in remembered)
    return made.getvalue()


def from_text(text: str) -> list[Remembered]:
    """The memory that :func:`as_text` wrote."""
    names = [field.name for field in fields(Remembered)]
    return [Remembered(**{name: row[name] for name in names}) for row in csv.DictReader(io.StringIO(text))]


def by_place(remembered: Iterable[Remembered]) -> Kinds:
    """The kinds that each figure of each sentence had."""
    found: Kinds = {}
    for each in remembered:
        place = Place(each.page, each.sentence, each.figure)
        found.setdefault(place, set()).add(Kind(each.tag, each.qualifier, each.period))
    return found


# What has changed since.


def changed(
    pages: Iterable[Woven], on: Reading, remembered: Iterable[Remembered], accepted: Mapping[str, Fact]
) -> list[str]:
    """Each sentence with a figure of another kind than when the sentence was accepted: a line each."""
    before = by_place(remembered)
    facts = snapshot.facts(on)
    found: dict[str, None] = {}
    for page in pages:
        for passage in _sentences(page):
            told = [
                f"{place.figure} was {_either(before[place])} and is [{now}]{_row(figure, now, facts, accepted)}"
                for place, figure, now in _kinds_asked(page, passage, on)
                if place in before and now not in before[place]
            ]
            if told:
                found[_message(page, passage, list(dict.fromkeys(told)))] = None
    return list(found)


def _kinds_asked(page: Woven, passage: Passage, on: Reading) -> Iterator[tuple[Place, Figure, Kind]]:
    """The figures that a sentence names, with their kinds now; without those that its claim asks about itself."""
    figures = _figures(page)
    consulted = {(claim.id, name) for claim in page.claims.values() for name in claim.consulted}
    for named in passage.named:
        figure = figures.get(named.key)
        if figure is not None and not _is_asked_about(named, consulted):
            yield _place(page, passage, named), figure, kind_of(figure, on.as_of)


def _place(page: Woven, passage: Passage, named: Named) -> Place:
    return Place(page.page.name, passage.template, named.expression if named.claim else name_of(named.expression))


def _is_asked_about(named: Named, consulted: set[tuple[str, str]]) -> bool:
    """True where the claim that says the sentence asks itself how solid the figure is."""
    return (named.claim, named.expression.removeprefix(f"{named.claim}.")) in consulted


def _message(page: Woven, passage: Passage, told: list[str]) -> str:
    heading = f", under {passage.heading!r}" if passage.heading else ""
    return (
        f"{page.page.relative}{heading}: “{passage.text}”: since this was accepted, {'; '.join(told)}. "
        "Read the sentence, mend it where it is no longer true, then run  frontier accept"
    )


def _either(kinds: set[Kind]) -> str:
    return " or ".join(f"[{kind}]" for kind in sorted(kinds))


def _row(figure: Figure, now: Kind, facts: Mapping[str, Fact], accepted: Mapping[str, Fact]) -> str:
    """The row that made a figure another kind: a new one or a corrected one, else one with the figure's own tag."""
    under = [facts[leaf.identity] for leaf in figure.leaves if leaf.identity in facts]
    new = [fact for fact in under if _is_new(fact, accepted)]
    same = [fact for fact in under if fact.tag == now.tag]
    for fact in [*new, *same, *under][:1]:
        return f" by {fact}"
    return ""


def _is_new(fact: Fact, accepted: Mapping[str, Fact]) -> bool:
    before = accepted.get(fact.identity)
    return before is None or (before.said, before.tag) != (fact.said, fact.tag)


def unused(on: Reading, accepted: Mapping[str, Fact]) -> list[str]:
    """The rows entered since the book was accepted that no page uses, a line each; a series that no page uses, in one."""
    lines = []
    series: dict[str, int] = {}
    for row, reason in kept.kept(on):
        if kept.identity(row) in accepted:
            continue
        if reason == "series":
            series[row.series.id] = series.get(row.series.id, 0) + 1
        else:
            said = f"data/observations.csv, row {row.row}: {row.series.id}, {row.period.text}"
            lines.append(f"{said}: no page uses this new row: {kept.REASONS[reason]}")
    for id, number in series.items():
        rows = f"{number} new row{'s' if number > 1 else ''}"
        lines.append(f"data/series.csv: {id}: no page uses this series ({rows})")
    return lines
