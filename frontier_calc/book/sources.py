"""The list of sources: numbered, generated, each with the figures that lean on it."""

from typing import Any

from frontier_calc import reading
from frontier_calc.book.pages import escaped, find_root
from frontier_calc.book.sheet import Raw, Table, source_link

ITSELF = "sources"


def sources() -> Table:
    """Every source under a named figure of the book, numbered in the order in which the chapters come to lean on it."""
    from frontier_calc.book import weave  # weaving imports this package's tables

    on, used = reading.current(), {}
    for page in weave.other_pages(on, ITSELF):
        for address, figure in page.addresses.items():
            for source in figure.sources:
                used.setdefault(source.id, (source, []))[1].append(address)
    return Table(
        [_row(n, *entry) for n, entry in enumerate(used.values(), 1)], "Sources of the figures", "sources-table"
    )


def _row(number: int, source: Any, addresses: list[str]) -> dict[str, Any]:
    links = ", ".join(f'<a href="{_target(address)}">{escaped(address)}</a>' for address in addresses)
    return {
        "No.": Raw(f'<span id="source-{escaped(source.id)}">{number}</span>'),
        "Source": Raw(source_link(source)),
        "Title": source.title,
        "Voice": source.voice,
        "Access": source.access,
        "Seen through": source.via or None,
        "Figures": Raw(links),
    }


def _target(address: str) -> str:
    page, _, name = address.partition("/")
    found = next(p for p in _pages() if p.name == page)
    return f"../{found.docname}.html#{name}"


def _pages():
    from frontier_calc.book.pages import all_pages

    return all_pages(find_root())


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
