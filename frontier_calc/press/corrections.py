"""The errata of the published editions, for readers: what a kept text says wrong, and what is right.

A kept text is never rewritten. ``editions/ID/errata.md`` tells its errors, each a line that begins with "- ".
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from frontier_calc.book import blocks
from frontier_calc.book.blocks import Group, Heading, Item, Listing, Paragraph
from frontier_calc.book.tables import Of
from frontier_calc.press import editions
from frontier_calc.press.pages import PageError
from frontier_calc.record import store
from frontier_calc.record.store import default_folder

BULLET = "- "
NONE_YET = "No error has been found in a published edition so far."


def errata() -> Of:
    """The errata of the published editions that have any, those of the first editions first."""
    data = default_folder()
    titles = {edition.id: edition.title for edition in store.load(data).editions.values()}
    where: dict[str, list[str]] = {}  # an error that several editions share is told once
    for id in editions.all_kept(data):
        for entry in entries_of(data, id):
            where.setdefault(entry, []).append(titles.get(id, id))
    told = [block for shared in dict.fromkeys(map(tuple, where.values())) for block in _in(shared, where)]
    return Of(Group("errata", tuple(told)) if told else Paragraph((NONE_YET,)))


def _in(shared: tuple[str, ...], where: Mapping[str, list[str]]) -> Iterator[blocks.Block]:
    """The errata that are in just these editions, under their titles."""
    *first, last = shared
    named = f"s of {', '.join(first)} and {last}" if first else f" of {last}"
    yield Heading(3, (f"In the edition{named}",))
    entries = [entry for entry, titles in where.items() if tuple(titles) == shared]
    yield Listing(tuple(Item((Paragraph((entry,)),)) for entry in entries))


def entries_of(data: Path, id: str) -> list[str]:
    """The errata of an edition as plain texts. Raises PageError for a line that is no entry."""
    path = editions.folder(data, id) / editions.ERRATA
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        if not line.startswith(BULLET) or not line.removeprefix(BULLET).strip():
            where = path.relative_to(data.resolve().parent)
            raise PageError(where, number, f"found {line!r}, expected an entry on a line of its own, after {BULLET!r}")
        found.append(line.removeprefix(BULLET).strip())
    return found
