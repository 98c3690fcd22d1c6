"""The list of sources: numbered, generated, each with the figures that lean on it."""

from collections.abc import Mapping
from typing import Any

from frontier_calc import reading
from frontier_calc.book.pages import all_pages, escaped, find_root
from frontier_calc.book.sheet import Raw, Table, named_figures, source_link
from frontier_calc.store import Event, Source

ITSELF = "sources"


class SourceList:
    """Sources as a numbered list. ``entries`` are pairs of a source and the addresses of what leans on it."""

    def __init__(self, entries: list[tuple[Source, list[str]]]) -> None:
        self.entries = entries

    def __repr__(self) -> str:
        return "\n".join(f"{n}. {source}: {source.title}" for n, (source, _) in enumerate(self.entries, 1))

    def _repr_html_(self) -> str:
        return '<ol class="sources mathjax_ignore">\n' + "\n".join(_entry(*entry) for entry in self.entries) + "\n</ol>"


def sources() -> SourceList:
    """Every source under a named figure or an event told, numbered in the order in which the chapters lean on it."""
    from frontier_calc.book import weave  # weaving imports this package's tables

    on, used = reading.current(), {}
    for page in weave.other_pages(on, ITSELF):
        for address, figure in page.addresses.items():
            for source in figure.sources:
                used.setdefault(source.id, (source, []))[1].append(address)
        for event in page.events.values():
            used.setdefault(event.source.id, (event.source, []))[1].append(page.page.name)
    return SourceList(list(used.values()))


def outlets(namespace: Mapping[str, Any]) -> Raw:
    """The line of outlets that closes a chapter: whoever its named figures and events come from, each once.

    Call it as ``book.outlets(globals())``.
    """
    found = [source for figure in named_figures(namespace).values() for source in figure.sources]
    found += [value.source for value in namespace.values() if isinstance(value, Event)]
    first = {source.outlet: source for source in reversed(found)}
    names = [first[outlet] for outlet in dict.fromkeys(source.outlet for source in found)]
    return Raw(f'<p class="outlets mathjax_ignore">Sources: {" · ".join(source_link(s, s.outlet) for s in names)}</p>')


def _entry(source: Source, addresses: list[str]) -> str:
    about = [f"voice: {source.voice}", f"access: {source.access}"]
    if source.via:
        about.append(f"seen through {source.via}")
    places = {page.name: page.docname for page in all_pages(find_root())}
    links = []
    for address in dict.fromkeys(addresses):
        page, slash, name = address.partition("/")
        anchor = f"#{escaped(name)}" if slash else ""
        links.append(f'<a href="../{places[page]}.html{anchor}">{escaped(address)}</a>')
    count = f"leaned on in {len(links)} place{'s' * (len(links) != 1)}"
    return (
        f'<li id="source-{escaped(source.id)}">{source_link(source)}: {escaped(source.title)} '
        f'<span class="about">{escaped("; ".join(about))}</span>'
        f"<details><summary>{count}</summary> {', '.join(links)}</details></li>"
    )


def pins() -> Table:
    """What the edition in force holds against the as-of rule, and why."""
    on = reading.current()
    rows = []
    for pin in on.pins:
        held = on.latest(pin.series) if pin.asked == "latest" else on.at(pin.series, pin.asked)
        series = on.series(pin.series)
        rows.append(
            {
                "Series": series.title,
                "Asked for": pin.asked,
                "Held": held,
                "About": held.period.words,
                "Why": pin.reason,
            }
        )
    return Table(
        rows or [{"Series": "none", "Why": "every answer follows the rule"}],
        "Answers held by the edition",
        "pins-table",
    )
