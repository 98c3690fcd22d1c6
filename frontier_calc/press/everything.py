"""Every named figure of the book in one table, to filter and to take along, and each observation that no page uses."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from frontier_calc import units, words
from frontier_calc.book import facts
from frontier_calc.book.sheet import Raw, Table, markup
from frontier_calc.press import export, weave
from frontier_calc.press.pages import text_of
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation, Series

DOWNLOADS = {"figures.csv": "the table as CSV", "figures.json": "as JSON", "graph.json": "the graph behind it as JSON"}


class EveryFigure:
    """The named figures of the pages, page by page: ``records`` has one for each, in plain types."""

    def __init__(self, pages: Iterable[Any]) -> None:
        woven = list(pages)
        self.figures = [figure for page in woven for figure in page.figures.values()]
        self.records = [record for page in woven for record in _records(page)]

    def __repr__(self) -> str:
        return "\n".join(f"{r['address']}: {r['words']} {r['unit']}".rstrip() for r in self.records)

    def _repr_html_(self) -> str:
        pages = groupby(self.records, lambda record: (record["address"].partition("/")[0], record["chapter"]))
        return markup().every_figure([(*page, list(records)) for page, records in pages], DOWNLOADS)


def every_figure() -> EveryFigure:
    """Every named figure of the edition in force."""
    return EveryFigure(weave.told_pages(reading.current()))


def title_of(page: Any) -> str:
    """A page as its readers know it: "2. Reading the Books"."""
    heading = re.search(r"<h1>(.*?)</h1>", page.html, re.DOTALL)
    number = re.fullmatch(r"ledger-(\d+)", page.page.name)
    place = f"{number[1]}. " if number else ""
    return place + (text_of(heading[1]) if heading else page.page.name)


def _records(page: Any) -> Iterator[dict[str, Any]]:
    """One record for each named figure of a page; what is not known is None."""
    for address, (_, figure, fact) in zip(page.addresses, facts.told(page.figures), strict=True):
        link = f"{page.page.docname}.html#{address.partition('/')[2]}"
        yield {"address": address, "chapter": title_of(page), "link": link, **export.record(figure, fact)}


def publish(site: Path, pages: Iterable[Any]) -> None:
    """Write the downloads into a built site."""
    import pandas as pd

    told = [page for page in pages if weave.has_sheet(page.page)]
    folder, records = site / "_static" / "downloads", EveryFigure(told).records
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(records).to_csv(folder / "figures.csv", index=False)
    graph = export.graph({address: figure for page in told for address, figure in page.addresses.items()})
    stamped = {"edition": reading.current().stamp, "figures": records}
    for name, content in (("figures.json", stamped), ("graph.json", graph)):
        # What was not known on the day of reading is not a number, which JSON cannot say.
        plain = json.loads(json.dumps(content), parse_constant=lambda _: None)
        (folder / name).write_text(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")


# What no page uses.

REASONS = words.TABLE["kept"]


def observations(on: Reading) -> list[Observation]:
    """The rows of the data that belong to a reading: known by its day, and in an edition recorded by its closing date."""
    rows = [row for row in on.store.observations if row.known <= on.as_of]
    return [row for row in rows if on.closing is None or row.recorded <= on.closing]


def used(on: Reading, pages: Iterable[Any]) -> set[str]:
    """What identifies the observations under any figure that the pages name or show, and under their claims."""
    found = set()
    for page in pages:
        compared = [figure for claim in page.claims.values() for figure in claim.compared]
        for figure in (*page.figures.values(), *page.shown.values(), *compared):
            found.update(leaf.identity for leaf in figure.leaves)
    return found


def _identity(row: Observation) -> str:
    return "|".join(map(str, row.key))


def kept(on: Reading) -> list[tuple[Observation, str]]:
    """Each observation that no page uses, with the key of its reason in REASONS."""
    names = used(on, weave.told_pages(on))
    told = {id: [row for row in on.known(id) if _identity(row) in names] for id in on.store.series}
    standing = {row.row for id in on.store.series for row in on.known(id)}
    return [
        (row, _reason(row, told[row.series.id], on) if row.row in standing else "corrected")
        for row in observations(on)
        if row.row not in standing or _identity(row) not in names
    ]


def _reason(row: Observation, told: list[Observation], on: Reading) -> str:
    if not told:
        return "series"
    if same := [other for other in told if other.period.text == row.period.text]:
        if any(other.value == row.value for other in same):
            return "confirmed"
        return "superseded" if all(row.known < other.known for other in same) else "other"
    if row.tag == "projected" and row.period.end > on.as_of:
        return "forecast"
    if row.period.end <= min(other.period.end for other in told):
        return "earlier"
    return "later" if row.period.end >= max(other.period.end for other in told) else "between"


def kept_for_reference() -> Table:
    """The observations that no page uses, by series, with what they say and why they are kept."""
    groups: dict[tuple[Series, str], list[str]] = {}
    for row, reason in sorted(kept(reading.current()), key=lambda pair: (pair[0].series.title, pair[0].period)):
        said = f"{row.period.words}: {_value(row)} ({row.tag}; {row.source})"
        groups.setdefault((row.series, reason), []).append(said)
    rows = [
        {
            "Series": Raw(markup().described(series.title, series.definition)),
            "On record": " · ".join(said),
            "Why it is kept": REASONS[reason],
        }
        for (series, reason), said in groups.items()
    ]
    nothing = [{"Series": "every observation stands on a page"}]
    return Table(rows or nothing, "Observations on which no figure of a page rests", "kept-table")


def _value(row: Observation) -> str:
    """What a row says, with what it counts."""
    if row.value is None:
        return "withdrawn"
    value = words.usual(row.series, row.qualifier, row.value)
    return f"{value} {units.counted(row.series.unit, row.value)}".rstrip()
