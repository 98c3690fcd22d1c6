"""The list of sources: numbered, generated, each with what it is and with every figure that leans on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from frontier_calc.book import tables
from frontier_calc.book.blocks import Fold, Item, Link, Listing, Paragraph, Span, Styled
from frontier_calc.book.tables import Shown
from frontier_calc.dates import parse_period
from frontier_calc.press import kept, weave
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading
from frontier_calc.record.store import Event, Source
from frontier_calc.table import TABLE
from frontier_calc.typography import curly


@dataclass
class Entry:
    """A source, the places that lean on it (words and link), what was quoted from it, and notes on its observations."""

    source: Source
    places: dict[str, str] = field(default_factory=dict)
    quotations: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    kept_for: dict[str, None] = field(default_factory=dict)

    @property
    def read_on(self) -> str:
        """The day on which we read it, in words."""
        return parse_period(self.source.retrieved).words if self.source.retrieved else ""

    @property
    def item(self) -> Item:
        """The entry in the list."""
        first: list[Span] = [
            tables.source(self.source),
            f": {self.source.headline} ",
            Styled(tuple(self._about()), "about"),
        ]
        for text in self.quotations:
            first += [" ", Styled((text,), "quoted")]
        blocks: list[Paragraph | Fold] = [Paragraph(tuple(first), "entry")]
        if self.places:
            blocks.append(self._places())
        if self.notes:
            told = tuple(Paragraph((note,)) for note in self.notes)
            blocks.append(Fold(("notes on its numbers",), told))
        if self.kept_for:
            blocks.append(Paragraph((Styled((f"kept for: {curly('; '.join(self.kept_for))}",), "about"),), "entry"))
        return Item(tuple(blocks), f"source-{self.source.id}")

    def _about(self) -> list[Span]:
        """Who speaks, whether it can be read, through what it was seen and when."""
        source = self.source
        voice = TABLE["unsourced"] if source.is_unsourced else f"voice: {source.voice}"
        told: list[Span] = [f"{voice}; access: {source.access}"]
        if source.via:
            told.append(f"; seen through {source.via}")
        if source.link and self.read_on:
            told.append(f"; read on {self.read_on}")
        if source.archive.startswith(("https://", "http://")):
            told += ["; ", Link(("archived copy",), source.archive)]
        return told

    def _places(self) -> Fold:
        many = "" if len(self.places) == 1 else "s"
        spans: list[Span] = []
        for position, (words, link) in enumerate(self.places.items()):
            spans += [", " if position else "", Link((words,), link)]
        return Fold((f"leaned on in {len(self.places)} place{many}",), (Paragraph(tuple(spans)),))


class SourceList(Shown):
    """Sources as a numbered list, counted from ``start``."""

    def __init__(self, entries: Iterable[Entry], start: int = 1) -> None:
        self.entries = list(entries)
        self.start = start
        self.block = Listing(tuple(entry.item for entry in self.entries), start, "sources")

    def __repr__(self) -> str:
        return "\n".join(f"{n}. {e.source}: {e.source.headline}" for n, e in enumerate(self.entries, self.start))


def sources() -> SourceList:
    """Every source under a figure or an event that a page tells, numbered in the order in which the pages lean on it."""
    found: dict[str, Entry] = {}
    for page in weave.told_pages(reading.current()):
        _add_figures(found, page)
        for event in page.events.values():
            _add_event(found, page, event)
    return SourceList(found.values())


def _entry(found: dict[str, Entry], source: Source) -> Entry:
    return found.setdefault(source.id, Entry(source))


def _add_figures(found: dict[str, Entry], page: Woven) -> None:
    """What the figures of a page and its comparisons lean on: a named one is told by its address, another by its page."""
    home = f"../{page.page.docname}.html"
    named = {figure.key for figure in page.figures.values()}
    told = [(address, f"{home}#{address.partition('/')[2]}", figure) for address, figure in page.addresses.items()]
    told += [(page.page.name, home, figure) for key, figure in page.shown.items() if key not in named]
    # What a claim compares decides what the page says, also where its number is not shown.
    compared = {figure.key: figure for claim in page.claims.values() for figure in claim.compared}
    told += [(page.page.name, home, figure) for key, figure in compared.items() if key not in named]
    for words, link, figure in told:
        for leaf in figure.leaves:
            if leaf.source is None:
                continue
            entry = _entry(found, leaf.source)
            entry.places.setdefault(words, link)
            if leaf.note:
                about = f", {leaf.period.words}" if leaf.period else ""
                entry.notes[f"{leaf.title}{about}: {leaf.note}"] = None


def _add_event(found: dict[str, Entry], page: Woven, event: Event) -> None:
    """What happened or was said, as far as a page tells it."""
    if event.source is None:
        return
    entry = _entry(found, event.source)
    entry.places.setdefault(page.page.name, f"../{page.page.docname}.html")
    if event.confirmed == "yes" and event.words not in ("", TABLE["unknown"]):
        entry.quotations[f"{event.who}, {event.when}: “{curly(event.words)}”"] = None


def also_drawn_on() -> SourceList:
    """Sources whose observations are in the data and on no page, with what each is kept for."""
    leaned_on = {entry.source.id for entry in sources().entries}
    found: dict[str, Entry] = {}
    for row, reason in kept.kept(reading.current()):
        if row.source.id not in leaned_on:
            said = f"{row.series.title}, {row.period.words} ({kept.why(row, reason)})"
            _entry(found, row.source).kept_for[said] = None
    return SourceList(found.values(), len(leaned_on) + 1)
