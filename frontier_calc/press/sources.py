"""The list of sources: numbered, generated, each with what it is and with every figure that leans on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from frontier_calc.book.sheet import markup
from frontier_calc.dates import parse_period
from frontier_calc.press import everything, weave
from frontier_calc.record import reading
from frontier_calc.record.store import Source
from frontier_calc.words import TABLE


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


class SourceList:
    """Sources as a numbered list, counted from ``start``."""

    def __init__(self, entries: Iterable[Entry], start: int = 1) -> None:
        self.entries, self.start = list(entries), start

    def __repr__(self) -> str:
        return "\n".join(f"{n}. {e.source}: {e.source.title}" for n, e in enumerate(self.entries, self.start))

    def _repr_html_(self) -> str:
        return markup().sources(self.entries, self.start)


def sources() -> SourceList:
    """Every source under a figure or an event that a page tells, numbered in the order in which the pages lean on it."""
    found: dict[str, Entry] = {}

    def entry(source: Source) -> Entry:
        return found.setdefault(source.id, Entry(source))

    for page in weave.told_pages(reading.current()):
        home, named = f"../{page.page.docname}.html", {figure.key for figure in page.figures.values()}
        told = [(address, f"{home}#{address.partition('/')[2]}", figure) for address, figure in page.addresses.items()]
        told += [(page.page.name, home, figure) for key, figure in page.shown.items() if key not in named]
        for words, link, figure in told:
            for leaf in figure.leaves:
                if leaf.source is not None:
                    entry(leaf.source).places.setdefault(words, link)
                    if leaf.note:
                        about = f", {leaf.period.words}" if leaf.period else ""
                        entry(leaf.source).notes[f"{leaf.title}{about}: {leaf.note}"] = None
        for event in page.events.values():
            entry(event.source).places.setdefault(page.page.name, home)
            if event.confirmed == "yes" and event.words not in ("", TABLE["unknown"]):
                entry(event.source).quotations[f"{event.who}, {event.when}: “{event.words}”"] = None
    return SourceList(found.values())


def also_drawn_on() -> SourceList:
    """Sources whose observations are in the data and on no page, with what each is kept for."""
    leaned_on, found = {entry.source.id for entry in sources().entries}, {}
    for row, reason in everything.kept(reading.current()):
        if row.source.id not in leaned_on:
            made = found.setdefault(row.source.id, Entry(row.source))
            made.kept_for[f"{row.series.title}, {row.period.words} ({everything.REASONS[reason]})"] = None
    return SourceList(found.values(), len(leaned_on) + 1)
