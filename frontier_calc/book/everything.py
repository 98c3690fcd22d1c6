"""Every named figure of the book in one table, to filter and to take along, and each observation that no page uses."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from frontier_calc import reading, units, words
from frontier_calc.book import cards, export, weave
from frontier_calc.book.pages import escaped, text_of
from frontier_calc.book.sheet import BLANK, Raw, Table, tag_mark
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.reading import Reading
from frontier_calc.store import Observation, Series

DOWNLOADS = {"figures.csv": "the table as CSV", "figures.json": "as JSON", "graph.json": "the graph behind it as JSON"}


class EveryFigure:
    """The named figures of the pages, page by page. ``frame`` is the pandas table behind it."""

    def __init__(self, pages: Iterable[Any]) -> None:
        self.pages = list(pages)

    @property
    def figures(self) -> list[Figure]:
        """The figures themselves, as on the pages."""
        return [figure for page in self.pages for figure in page.figures.values()]

    @property
    def records(self) -> list[dict[str, Any]]:
        """One record for each figure, in plain types; what is not known is None."""
        return [record for page in self.pages for record in _records(page)]

    @property
    def frame(self):
        """The records as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.records)

    def __repr__(self) -> str:
        return "\n".join(f"{r['address']}: {r['words']} {r['unit']}".rstrip() for r in self.records)

    def _repr_html_(self) -> str:
        links = ", ".join(
            f'<a href="../_static/downloads/{file}" download>{what}</a>' for file, what in DOWNLOADS.items()
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Figure and formula", "Value", "Ruler and tag", "About, and known on"))  # fmt: skip
        return (
            f'<p class="downloads">To take along: {links}.</p>\n'
            '<div class="table-scroll mathjax_ignore" role="region" aria-label="Every figure" tabindex="0">'
            '<table class="ledger-sheet every-figure"><caption>Every named figure, page by page</caption>'
            f"<thead><tr>{head}</tr></thead>\n{''.join(map(_group, self.pages))}</table></div>"
        )


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
    names: dict[str, Any] = {}
    for (address, figure), name in zip(page.addresses.items(), page.figures, strict=True):
        fact = cards.facts(figure, names, called := name.replace("_", " "))
        names[figure.key] = (called, figure)
        said = [f"{a.said}{f', {a.source}' * bool(a.source)}" for a in fact.others if isinstance(figure.node, Leaf)]
        yield {
            "address": address, "chapter": title_of(page), "link": f"{page.page.docname}.html#{address.partition('/')[2]}",
            "value": figure.value if figure.is_known else None, "words": fact.result, "unit": fact.unit,
            "ruler": figure.aside or ", ".join(filter(None, figure.ruler)), "tag": figure.tag or "exact",
            "qualifier": figure.qualifier, "low": figure.low, "high": figure.high, "about": fact.about,
            "known": figure.known.isoformat() if figure.known else None, "known_on": fact.known, "formula": fact.formula,
            "disputed": "; ".join(said), "sources": "; ".join(map(str, fact.sources)),
        }  # fmt: skip


def _group(page: Any) -> str:
    """The figures of one page as a group of rows; each row is an anchor, and leads to the row of the page's own sheet."""
    rows = [
        f'<tr id="{escaped(r["address"].replace("/", "-"))}" data-tag="{r["tag"]}">'
        f'<th scope="row"><a href="../{escaped(r["link"])}">{escaped(r["address"])}</a>'
        f' <span class="formula">= {escaped(r["formula"])}</span>{_below(r["disputed"], "below", "others say ")}</th>'
        f'<td class="number">{escaped(r["words"])}{_below(r["unit"], "unit")}</td>'
        f'<td>{escaped(r["ruler"]) or BLANK} <span class="below">{tag_mark(r["tag"].removeprefix("exact"))}</span></td>'
        f"<td>{escaped(r['about']) or BLANK}{_below(r['known_on'], 'below', 'known on ')}</td></tr>"
        for r in _records(page)
    ]
    head = f'<tr><th scope="rowgroup" colspan="4">{escaped(title_of(page))}</th></tr>'
    return f'<tbody data-chapter="{page.page.name}">{head}\n' + "\n".join(rows) + "</tbody>\n" if rows else ""


def _below(text: str, kind: str, label: str = "") -> str:
    return f' <span class="{kind}">{label}{escaped(text)}</span>' if text else ""


def publish(site: Path, pages: Iterable[Any]) -> None:
    """Write the downloads into a built site."""
    every = EveryFigure(page for page in pages if weave.has_sheet(page.page))
    folder = site / "_static" / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    records = every.records
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]) if records else ["address"])
        writer.writeheader()
        writer.writerows(records)
    graph = export.graph({address: figure for page in every.pages for address, figure in page.addresses.items()})
    stamped = {"edition": reading.current().stamp, "figures": records}
    for name, content in (("figures.json", stamped), ("graph.json", graph)):
        # What was not known on the day of reading is not a number, which JSON cannot say.
        plain = json.loads(json.dumps(content), parse_constant=lambda _: None)
        (folder / name).write_text(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")


# What no page uses.

REASONS = {
    "corrected": "a later row corrects it",
    "series": "kept for reference: no page asks for this series",
    "confirmed": "another source for what a page tells",
    "superseded": "superseded: a later word on the same period is told",
    "other": "another answer for a period that a page tells",
    "forecast": "a forecast that no page tells",
    "earlier": "an earlier period than the pages go back to",
    "later": "a later period than the pages come to",
    "between": "a period between those that the pages tell",
}


def observations(on: Reading) -> list[Observation]:
    """The rows of the data that belong to a reading: known by its day, and in an edition recorded by its closing date."""
    return [
        r for r in on.store.observations if r.known <= on.as_of and (on.closing is None or r.recorded <= on.closing)
    ]


def used(on: Reading, pages: Iterable[Any]) -> set[str]:
    """What identifies the observations under any figure that the pages name or show, and under their claims."""
    found = set()
    for page in pages:
        compared = [figure for claim in page.claims.values() for figure in claim.condition.figures]
        for figure in (*page.figures.values(), *page.shown.values(), *compared):
            found.update(leaf.identity for leaf in figure.leaves)
    return found


def _identity(row: Observation) -> str:
    return "|".join((row.series.id, row.period.text, row.known.isoformat(), row.source.id))


def kept(on: Reading) -> list[tuple[Observation, str]]:
    """Each observation that no page uses, with the key of its reason in REASONS."""
    names = used(on, weave.told_pages(on))
    told: dict[str, list[Observation]] = {}
    for row in (row for id in on.store.series for row in on.known(id) if _identity(row) in names):
        told.setdefault(row.series.id, []).append(row)
    standing = {id(row) for series in on.store.series for row in on.known(series)}
    return [
        (row, _reason(row, told.get(row.series.id, []), on) if id(row) in standing else "corrected")
        for row in observations(on)
        if id(row) not in standing or _identity(row) not in names
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
            "Series": Raw(f"{escaped(series.title)}{_below(series.definition, 'below')}"),
            "On record": " · ".join(said),
            "Why it is kept": REASONS[reason],
        }
        for (series, reason), said in groups.items()
    ]
    return Table(
        rows or [{"Series": "every observation stands on a page"}], "Observations that no page uses", "kept-table"
    )


def _value(row: Observation) -> str:
    """What a row says, with what it counts."""
    if row.value is None:
        return "withdrawn"
    value = words.usual(row.series, row.qualifier, row.value)
    return f"{value} {units.counted(row.series.unit, row.value)}".rstrip()
