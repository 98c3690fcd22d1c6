"""The reconciliation: what the booklet states, what stands here in the edition of the same month, and why.

``data/booklet.csv`` follows every number and claim of the booklet to its place in this book. A row's ``found`` lists,
separated by "; ": ``SERIES/PERIOD`` (an observation) or ``PAGE/NAME`` (a named figure), either with a ``.wording``;
``claim:ID/VERDICT``; ``event:ID``; and, which only the test looks at, ``of:SERIES+SERIES`` (any figure worked out from
just these), ``text:WORDS`` and ``row:ID`` (as that row); " ~ " stands between alternatives. Rows that share a cause share
a ``line``, which begins with its page; the first of them has the reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from frontier_calc.book import blocks
from frontier_calc.book.blocks import Break, Cell, Fold, Span, Styled
from frontier_calc.book.tables import Of, Table, line
from frontier_calc.claims import Claim
from frontier_calc.errors import did_you_mean
from frontier_calc.figure import Figure, constant
from frontier_calc.press import weave
from frontier_calc.press.pages import all_pages, find_root
from frontier_calc.record import reading, tables
from frontier_calc.record.reading import Reading, UnknownError
from frontier_calc.record.store import default_folder
from frontier_calc.table import TABLE
from frontier_calc.typography import curly
from frontier_calc.words import Worded

BOOKLET, FILE = "2026-05", "booklet.csv"
LISTED = ("differs", "dropped")


class Held:
    """Several values in one cell, one below the other."""

    def __init__(self, values: list[Any]) -> None:
        self.figures = values
        spans: list[Span] = []
        for value in values:
            if spans:
                spans.append(Break())
            spans += blocks.spans_of([value])
        self.block = Cell(tuple(spans))


def rows() -> list[dict[str, str]]:
    """The rows of ``data/booklet.csv``, checked against their description. Raises DataError."""
    folder = default_folder()
    table = tables.read(folder, FILE, tables.schemas(folder)[FILE])
    if table.problems:
        raise tables.DataError(table.problems)
    return table.records()


class Reconciliation:
    """The lines of the reconciliation, page by page, and the pins of the booklet's edition.

    The figures are those of that edition whatever edition the reader holds: a difference is none of age.
    """

    def __init__(self) -> None:
        now = reading.current()
        edition = now.store.editions[BOOKLET]
        self.on = (
            now if now.name == BOOKLET else Reading(now.store, edition.as_of, edition.closing, edition, today=now.today)
        )
        self.day = self.on.day
        self.known = now.as_of >= edition.as_of
        self.rows = rows()
        self.lines: dict[str, list[dict[str, str]]] = {}
        for row in self.rows:
            if row["status"] in LISTED:
                self.lines.setdefault(row["line"], []).append(row)
        chapters = {heading.partition(":")[0] for heading in self.lines}
        told = [page for page in all_pages(find_root()) if page.name in chapters]
        self.pages = {page.name: weave.naming(page, self.on) for page in told}

    def count(self, *statuses: str) -> Figure:
        """How many rows have one of these statuses."""
        number = sum(row["status"] in statuses for row in self.rows)
        return constant(f"rows of data/{FILE}: {', '.join(statuses)}", number)

    def stands(self, entry: str) -> Figure | Worded | Claim | str:
        """What an entry of the column found shows. Raises UnknownError with the nearest addresses."""
        kind, _, rest = entry.partition(":")
        if kind == "claim":
            return next(c for page in self.pages.values() for c in page.claims.values() if c.id == rest.split("/")[0])
        if kind == "event":
            return self.on.event(rest).when
        if kind == "text":
            return rest
        address, _, wording = entry.partition(".")
        page, _, name = address.partition("/")
        figure = self._figure(page, name, address)
        return getattr(figure, wording) if wording else figure

    def _figure(self, page: str, name: str, address: str) -> Figure:
        """An observation, or a named figure of a page."""
        if page not in self.pages:
            return self.on.at(page, name)
        named = self.pages[page].addresses
        if address not in named:
            raise UnknownError(f"data/{FILE}: no figure {address} any more{did_you_mean(address, named)}")
        return named[address]

    def table(self, page: str, caption: str) -> Of:
        """The lines of one page, or of what the whole booklet shares (``all``), folded under their number."""
        told, anchors = [], []
        for heading, members in self.lines.items():
            if heading.partition(": ")[0] == page:
                here = [self.stands(entry) for row in members for entry in filter(None, row["found"].split("; "))]
                reason = next(row["reason"] for row in members if row["reason"])
                told.append(
                    {"In the booklet": _stated(heading, members), "Here": _cell(here, self.known), "Why": curly(reason)}
                )
                anchors.append(re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-"))
        return _folded(Table(told, kind="reconciliation", label=caption), caption, anchors)

    @property
    def pins(self) -> Of:
        """What the booklet's edition holds against the as-of rule, folded under its number."""
        made = _pins(self.on, self.known)
        return _folded(made, made.caption.text, [f"pin-{pin.series}" for pin in self.on.pins] or ["no-pin"])


def _folded(made: Table, caption: str, anchors: Sequence[str]) -> Of:
    """A table folded under its caption and the number of its rows, each of which a link finds."""
    (group,) = made.block.groups
    rows = tuple(replace(row, anchor=anchor) for row, anchor in zip(group.rows, anchors, strict=True))
    table = replace(made.block, groups=(replace(group, rows=rows),), caption=())
    counted = f", {len(rows)} point{'' if len(rows) == 1 else 's'}"
    return Of(Fold((caption, Styled((counted,), "count")), (table,), "points"), made.figures)


def pins() -> Table:
    """What the edition in force holds against the as-of rule, what the rule would give, and why."""
    return _pins(reading.current(), True)


def _pins(on: Reading, known: bool) -> Table:
    by_rule, told = Reading(on.store, on.as_of, on.closing, today=on.today), []
    for pin in on.pins:
        answers = [
            r.latest(pin.series) if pin.asked == "latest" else r.at(pin.series, pin.asked) for r in (on, by_rule)
        ]
        held, ruled = (_cell([answer, answer.when], known) for answer in answers)
        told.append(
            {
                "Series": curly(on.series(pin.series).title),
                "Held here": held,
                "By the rule": ruled,
                "Why": curly(pin.reason),
            }
        )
    nothing = [{"Series": "none", "Why": "every answer follows the rule"}]
    return Table(told or nothing, "Answers held against the rule", "reconciliation")


def _stated(line_of: str, members: Sequence[Mapping[str, str]]) -> Cell:
    """The heading of a line with the booklet's words; what it implies and does not print stands without quotation marks."""
    parts = dict.fromkeys(part for row in members for part in row["stated"].split("; "))
    words = [part.strip("()") if part.startswith("(") else f"“{part}”" for part in parts]
    heading = Styled((line_of.partition(": ")[2],), "strong")
    return Cell((heading, *line("stated", ", ".join(words))))


def _cell(here: list[Any], known: bool) -> Held:
    """Several figures and texts one below the other; all of them a gap where the edition was not yet known."""
    return Held(here if known else [TABLE["unknown"]])
