"""Every named figure of the book in one table, to filter and to take along."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontier_calc.book.blocks import Block, Cell, Group, Link, Paragraph, Row, Rows, Span
from frontier_calc.book.blocks import Table as TableBlock
from frontier_calc.book.facts import Facts
from frontier_calc.book.sheet import dated, measured
from frontier_calc.book.tables import Shown, line
from frontier_calc.figure import Figure
from frontier_calc.press import export, weave
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.writing import spreadsheet_csv

DOWNLOADS = {"figures.csv": "the table as CSV", "figures.json": "as JSON", "graph.json": "the graph behind it as JSON"}
COLUMNS = ("Figure and formula", "Value", "Ruler and tag", "About, and known on")


@dataclass(frozen=True)
class Entry:
    """A named figure of a page, and what there is to tell of it."""

    address: str
    chapter: str
    link: str  # to its row in the page's own sheet, from the root of the site
    figure: Figure
    fact: Facts

    @property
    def anchor(self) -> str:
        """The name under which a link finds its row in the list of all figures."""
        return self.address.replace("/", "-")

    @property
    def record(self) -> dict[str, Any]:
        """The entry in plain types; what is not known is None."""
        return {
            "address": self.address,
            "chapter": self.chapter,
            "link": self.link,
            **export.record(self.figure, self.fact),
        }


def entries(page: Woven) -> list[Entry]:
    """The named figures of a page, in the order in which they were made."""
    told = zip(page.addresses, page.told, strict=True)
    return [
        Entry(address, page.title, f"{page.page.docname}.html#{address.partition('/')[2]}", figure, fact)
        for address, (_, figure, fact) in told
    ]


class EveryFigure(Shown):
    """The named figures of the pages, page by page."""

    def __init__(self, pages: Iterable[Woven]) -> None:
        woven = list(pages)
        self.entries = [entry for page in woven for entry in entries(page)]
        self.figures = [entry.figure for entry in self.entries]
        groups = tuple(_group(page) for page in woven)
        table = TableBlock(
            COLUMNS, groups, ("Every named figure, page by page",), "ledger-sheet every-figure", "Every figure"
        )
        self.block: Block = Group("every-figure-list", (_downloads(), table))

    @property
    def records(self) -> list[dict[str, Any]]:
        """One record for each figure, in plain types."""
        return [entry.record for entry in self.entries]

    def __repr__(self) -> str:
        return "\n".join(f"{e.address}: {e.fact.result} {e.fact.unit}".rstrip() for e in self.entries)


def _downloads() -> Paragraph:
    spans: list[Span] = ["To take along: "]
    for position, (file, what) in enumerate(DOWNLOADS.items()):
        spans += [", " if position else "", Link((what,), f"../_static/downloads/{file}", "download")]
    return Paragraph((*spans, "."), "downloads")


def _group(page: Woven) -> Rows:
    rows = tuple(_row(entry) for entry in entries(page))
    return Rows(rows, page.title, page.page.name)


def _row(entry: Entry) -> Row:
    record = entry.record
    name = Cell(
        (
            Link((entry.address,), f"../{entry.link}"),
            *line("gist", entry.fact.saying),
            *line("below", "others say ", record["disputed"]),
        )
    )
    value = Cell((entry.fact.result, *line("unit", entry.fact.unit)), number=True)
    about = dated(entry.fact.about, entry.fact.known)
    return Row((name, value, measured(record["ruler"], record["tag"]), about), entry.anchor, record["tag"])


def every_figure() -> EveryFigure:
    """Every named figure of the edition in force."""
    return EveryFigure(weave.told_pages(reading.current()))


def publish(site: Path, pages: Iterable[Woven], on: Reading) -> None:
    """Write the downloads into a built site."""
    told = [page for page in pages if weave.has_sheet(page.page)]
    records = EveryFigure(told).records
    folder = site / "_static" / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(column for record in records for column in record))
    (folder / "figures.csv").write_text(spreadsheet_csv(records, columns), encoding="utf-8", newline="")
    figures = {address: figure for page in told for address, figure in page.addresses.items()}
    claims = {f"{page.page.name}/{name}": claim for page in told for name, claim in page.claims.items()}
    graph = export.graph(figures, claims)
    stamped = {"edition": on.stamp, "figures": records}
    for name, content in (("figures.json", stamped), ("graph.json", graph)):
        # What was not known on the day of reading is not a number, which JSON cannot say.
        plain = json.loads(json.dumps(content), parse_constant=lambda _: None)
        (folder / name).write_text(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
