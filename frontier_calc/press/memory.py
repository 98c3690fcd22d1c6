"""What a sentence remembers: how solid the figures were that it names, on the day on which it was accepted.

A sentence that says "was expected" is false as soon as the row says "reported", one that says "is a press figure" once
the figure stands in a filing, and "on" before a date asks for a day. No claim need notice. So accepting keeps the tag, the
qualifier and the voice of every figure that a sentence names, and how exactly it tells a date; and a check names the
sentences for which one of them has changed, until they have been read and accepted.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date

from frontier_calc import words
from frontier_calc.figure import Figure
from frontier_calc.press import kept, snapshot
from frontier_calc.press.snapshot import ClaimState, Fact, Named, Passage
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Source

PLACE = re.compile(r"\{[^{}]*\}")  # in a sentence as it is remembered: where a figure stands
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
    """How solid a figure is, or how exactly its date is told.

    ``period`` says of a projected figure whether its period is over, ``voice`` whose word it is, where that is one
    row's; ``unit`` is that of a date, or how long a stretch a figure sums up.
    """

    tag: str = ""
    qualifier: str = ""
    period: str = ""
    voice: str = ""
    unit: str = ""

    def __str__(self) -> str:
        """The kind in words: "projected, about, its period to come, by press"."""
        period = f"its period {self.period}" if self.period else ""
        voice = f"by {self.voice}" if self.voice else ""
        unit = f"{'of' if self.tag else 'told as'} a {self.unit}" if self.unit else ""
        return ", ".join(part for part in (self.tag, self.qualifier, period, voice, unit) if part)


@dataclass(frozen=True, order=True)
class Remembered:
    """One line of the memory."""

    page: str
    sentence: str
    figure: str
    tag: str
    qualifier: str
    period: str
    voice: str
    unit: str


Kinds = dict[Place, set[Kind]]


def kind_of(figure: Figure, on: date) -> Kind:
    """How solid a figure is on a day."""
    period = ""
    if figure.tag == "projected" and figure.period is not None:
        period = PAST if figure.period.end < on else TO_COME
    qualifier = "a range" if _is_range(figure) else figure.qualifier
    return Kind(figure.tag or "exact", qualifier, period, voice_of(figure), _stretch(figure))


def _is_range(figure: Figure) -> bool:
    """True for a row that gives a range without a point."""
    return len(figure.leaves) == 1 and any(getattr(leaf, "is_span", False) for leaf in figure.leaves)


def _stretch(figure: Figure) -> str:
    """How long a stretch one row sums up: a year's sales and a half-year's are not told alike. Nothing for a moment."""
    if len(figure.leaves) != 1 or figure.period is None or figure.period.is_moment:
        return ""
    return unit_of(figure.period.words)


def voice_of(figure: Figure) -> str:
    """Whose word a figure is: the voice of its source, where it is one row's; of what was worked out, nobody's."""
    if len(figure.leaves) != 1:
        return ""
    return ", ".join(dict.fromkeys(source.voice for source in figure.sources if isinstance(source, Source)))


# How exactly a date is told; the first that fits. A date that brings its preposition along fits any sentence.
UNITS = (
    ("day", r"\d{1,2} \w+ \d{4}"),
    ("month", r"[A-Z]\w+ \d{4}"),
    ("year", r"\d{4}|financial year \d{4}"),
    ("quarter", r"the \w+ quarter of .*"),
    ("half-year", r"the \w+ half of .*"),
    ("week", r"the week of .*"),
    ("span", r"(?!(in|on|from) ).+"),
)


def unit_of(date_words: str) -> str:
    """The unit of a date in words, or nothing for one that brings its own preposition.

    >>> [unit_of(each) for each in ("12 February 2026", "September 2026", "financial year 2025", "2026")]
    ['day', 'month', 'year', 'year']
    >>> [unit_of(each) for each in ("the second quarter of 2026", "2026 to 2030", "on 12 February 2026")]
    ['quarter', 'span', '']
    """
    return next((unit for unit, pattern in UNITS if re.fullmatch(pattern, date_words)), "")


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
                if unit_of(named.date):
                    dated = Kind(unit=unit_of(named.date))
                    found.add(Remembered(*astuple(_place_of_date(page, passage, named)), *astuple(dated)))
    return sorted(found)


def _sentences(page: Woven) -> Iterator[Passage]:
    """The sentences of a page that name something."""
    for passage in snapshot.sentences_of(page):
        if passage.named and not passage.listed:
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
        found.setdefault(place, set()).add(Kind(each.tag, each.qualifier, each.period, each.voice, each.unit))
    return found


# What has changed since.


@dataclass(frozen=True)
class Change:
    """A figure of a sentence that is of another kind than when the sentence was accepted."""

    place: Place
    figure: Figure
    was: frozenset[Kind]
    now: Kind

    def __str__(self) -> str:
        """What it was and what it is; whose word it is, only where that has changed."""
        was, now = self.was, self.now
        if {kind.voice for kind in was} == {now.voice}:
            was = frozenset(replace(kind, voice="") for kind in was)
            now = replace(now, voice="")
        either = " or ".join(f"[{kind}]" for kind in sorted(was))
        return f"{self.place.figure} was {either} and is [{now}]"


@dataclass(frozen=True)
class Doubted:
    """A sentence to read again, and why."""

    page: Woven
    passage: Passage
    changes: tuple[Change, ...]


def doubted(pages: Iterable[Woven], on: Reading, remembered: Iterable[Remembered]) -> list[Doubted]:
    """The sentences with a figure of another kind than when they were accepted, page by page."""
    before = by_place(remembered)
    found = []
    for page in pages:
        for passage in _sentences(page):
            changes = [
                Change(place, figure, frozenset(before[place]), now)
                for place, figure, now in _kinds_asked(page, passage, on)
                if place in before and now not in before[place]
            ]
            if changes:
                found.append(Doubted(page, passage, tuple(dict.fromkeys(changes))))
    return found


@dataclass(frozen=True)
class ToRead:
    """A sentence to read again, in words: where it stands, and what has changed since it was accepted."""

    place: str
    sentence: str
    marked: str  # the sentence with what it says of the figures that have changed between asterisks
    why: str

    def __str__(self) -> str:
        """All of it, and what to do, in a line."""
        return f"{self.place}: “{self.sentence}”: {self.why}. {READ_IT}, then run  frontier accept"

    @property
    def lines(self) -> list[str]:
        """The place, the sentence and the reason, for a list whose end says what to do."""
        return [f"{self.place}:", f"  “{self.marked}”", f"  {self.why}"]


READ_IT = "Read the sentence, mend it where it is no longer true"
READ_THEM = "Read each sentence, mend it where it is no longer true, then run  frontier accept"


def changed(
    pages: Iterable[Woven], on: Reading, remembered: Iterable[Remembered], accepted: Mapping[str, Fact]
) -> list[ToRead]:
    """Each sentence with a figure of another kind than when the sentence was accepted."""
    facts = snapshot.facts(on)
    found = []
    for each in doubted(pages, on, remembered):
        told = [f"{change}{_row(change.figure, change.now, facts, accepted)}" for change in each.changes]
        heading = f", under {each.passage.heading!r}" if each.passage.heading else ""
        why = f"since this was accepted, {'; '.join(dict.fromkeys(told))}"
        found.append(ToRead(f"{each.page.page.relative}{heading}", each.passage.text, _marked(each), why))
    return list(dict.fromkeys(found))


def _marked(each: Doubted) -> str:
    """The sentence with the words of each figure that has changed between asterisks."""
    passage = each.passage
    shown = re.fullmatch("(.*?)".join(map(re.escape, PLACE.split(passage.template))), passage.text)
    if shown is None:
        return passage.text
    changed = {change.place.figure for change in each.changes}
    text = passage.text
    for position, named in reversed(list(enumerate(passage.named, 1))):
        figures = {_place(each.page, passage, named).figure, _place_of_date(each.page, passage, named).figure}
        if figures & changed:
            start, end = shown.span(position)
            text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text


def _kinds_asked(page: Woven, passage: Passage, on: Reading) -> Iterator[tuple[Place, Figure, Kind]]:
    """The figures that a sentence names, with their kinds now; without those that its claim asks about itself."""
    figures = _figures(page)
    consulted = {(claim.id, name) for claim in page.claims.values() for name in claim.consulted}
    for named in passage.named:
        figure = figures.get(named.key)
        if figure is None:
            continue
        if not _is_asked_about(named, consulted):
            yield _place(page, passage, named), figure, kind_of(figure, on.as_of)
        if unit_of(named.date):
            yield _place_of_date(page, passage, named), figure, Kind(unit=unit_of(named.date))


def _place(page: Woven, passage: Passage, named: Named) -> Place:
    return Place(page.page.name, passage.template, named.expression if named.claim else name_of(named.expression))


def _place_of_date(page: Woven, passage: Passage, named: Named) -> Place:
    place = _place(page, passage, named)
    return replace(place, figure=f"the date of {place.figure}")


def _is_asked_about(named: Named, consulted: set[tuple[str, str]]) -> bool:
    """True where the claim that says the sentence asks itself how solid the figure is."""
    return (named.claim, named.expression.removeprefix(f"{named.claim}.")) in consulted


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


def turned(pages: Iterable[Woven], accepted: Mapping[str, ClaimState]) -> list[str]:
    """Each claim that says another of its sentences than when it was accepted: a line each, to be read in its place."""
    lines = []
    for page in pages:
        for claim in page.claims.values():
            before = accepted.get(f"{page.page.name}/{claim.id}")
            if before is not None and before.verdict != claim.verdict:
                said = " ".join(str(claim).split())
                now = f"now “{said}”" if said else "now nothing"
                lines.append(
                    f"{page.page.relative}: claim {claim.id} has turned, {before.verdict} → {claim.verdict}: {now}"
                )
    return lines


def unused(on: Reading, accepted: Mapping[str, Fact]) -> list[str]:
    """The rows entered since the book was accepted that no page uses, a line each, and each series without a reason.

    A series that no page tells is said until a page tells it or its ``kept_for`` says why it is kept.
    """
    lines = []
    for row, reason in kept.kept(on):
        if reason not in ("series", "corrected") and kept.identity(row) not in accepted:
            said = f"data/observations.csv, row {row.row}: {row.series.id}, {row.period.text}"
            lines.append(f"{said}: no page uses this new row: {kept.REASONS[reason]}")
    for series, number in kept.untold(on).items():
        rows = f"{number} row{'s' if number > 1 else ''}"
        lines.append(
            f"data/series.csv: {series.id}: no page uses this series ({rows}): tell it, or say in kept_for why not"
        )
    return lines
