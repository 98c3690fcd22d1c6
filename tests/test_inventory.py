"""Every number and claim of the booklet stands in this book within its stated precision, or on the reconciliation page.

``data/booklet.csv`` says where; ``frontier_calc/press/reconcile.py`` describes its entries. A failure says which row to
change, and what stands near.
"""

import difflib
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from frontier_calc import units
from frontier_calc.book import blocks
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press import pages, reconcile, weave
from frontier_calc.record import reading
from frontier_calc.typography import curly

ROOT = Path(__file__).resolve().parents[1]
NUMBERS_AND_CLAIMS = 366  # as many as the booklet and its companion page hold
LISTS = ("every-figure", "glossary", "about")  # pages that tell about the book
WHOLE = ("premise", "ledger-2", "models-layer")  # pages that hold every fact of the booklet's page of that name
ENDS = ("low", "high")


class Book:
    """The pages in the booklet's edition, and what a reader of them sees outside the ledger sheets."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.rows = {row["id"]: row for row in rows}
        self.on = reading.edition(reconcile.BOOKLET)
        every = {woven.page.name: woven for woven in weave.weave_all(self.on, ROOT)}
        self.reconciliation = every.pop("reconciliation")
        for name in LISTS:
            every.pop(name, None)
        self.pages = every
        self.texts = {name: woven.text.lower() for name, woven in every.items()}
        self.shown: dict[str, dict[str, Figure]] = {}
        for name, woven in every.items():
            outside = [block for block in woven.blocks if "ledger-sheet" not in getattr(block, "kind", "")]
            keys = {part.key for part in blocks.walk(tuple(outside)) if isinstance(part, blocks.Number)}
            shown = {key: figure for key, figure in woven.shown.items() if key in keys}
            self.shown[name] = shown if name != "sources" else {}
        self.addresses = {address: f for woven in every.values() for address, f in woven.addresses.items()}
        self.names = {figure.key: address for address, figure in self.addresses.items()}

    def places(self, entry: str, row: dict[str, str], bounded: bool = True) -> set[str]:
        """The pages on which an entry of the column found stands, by the row's bounds where ``bounded``."""
        kind, _, rest = entry.partition(":")
        if kind == "row":
            return self.places_of(self.rows[rest])
        if kind == "text":
            return {name for name in homes(row) if rest.lower() in self.texts.get(name, "")}
        if kind == "event":
            return {name for name, woven in self.pages.items() if rest in {e.id for e in woven.events.values()}}
        if kind == "claim":
            return {
                name
                for name, woven in self.pages.items()
                if rest in {f"{claim.id}/{claim.verdict}" for claim in woven.claims.values()}
            }
        fits = self.test(entry)
        end = entry.partition(".")[2]
        return {
            name
            for name, shown in self.shown.items()
            if any(fits(figure) and (not bounded or within(figure, row, end)) for figure in shown.values())
        }

    def test(self, entry: str):
        """Whether a figure is the one that an entry means."""
        kind, _, rest = entry.partition(":")
        if kind == "of":
            wanted = set(rest.split("+"))
            return lambda f: not isinstance(f.node, Leaf) and {leaf.name for leaf in f.leaves if leaf.tag} == wanted
        address = entry.partition(".")[0]
        page, _, name = address.partition("/")
        if page in self.pages:
            key = self.addresses[address].key if address in self.addresses else ""
            return lambda f: f.key == key
        return lambda f: isinstance(f.node, Leaf) and f.node.identity.startswith(f"{page}|{name}|")

    def places_of(self, row: dict[str, str]) -> set[str]:
        """The pages on which the first entry of a row stands; none where another of its entries is missing."""
        each = []
        for part in row["found"].split("; "):
            bounded = not each and row["status"] != "differs"
            each.append(set().union(*(self.places(one, row, bounded) for one in part.split(" ~ "))))
        return each[0] if all(each) else set()

    def problem(self, row: dict[str, str]) -> str:
        """What is wrong with a row and what to do about it; empty if it stands."""
        head = f"data/booklet.csv, row {row['id']} ({row['place']}: “{row['stated']}”)"
        if row["status"] == "dropped" or not row["found"]:
            return f"{head}: write in its column found where it stands" * (row["status"] == "held")
        vague = [part for part in re.split("; | ~ ", row["found"]) if re.fullmatch(r"text:\S*", part)]
        if vague and row["status"] != "differs":  # there it is what the reconciliation page shows
            return f"{head}: {vague[0]} proves little; write some words of the sentence"
        places = self.places_of(row)
        missing = [page for page in WHOLE if page in row["place"].split("; ") and page not in places]
        if row["status"] == "open":
            return f"{head}: it is on a page now; change its status to held" * (bool(places) and not missing)
        if not places:
            return f"{head}: no page shows {row['found']}{bounds(row)}; write where it stands now, {self.near(row)}"
        if missing and row["status"] != "differs":
            return f"{head}: {row['found']} stands on {', '.join(sorted(places))}; {missing[0]} has to show it as well"
        if row["status"] == "differs" and row["low"] + row["high"]:
            entry = row["found"].split("; ")[0]
            if self.places(entry, row):
                return f"{head}: {entry} is within the stated precision; it differs no more, so its status is held"
        return ""

    def near(self, row: dict[str, str]) -> str:
        """What the author may have meant: figures within the bounds, and addresses and series of like spelling."""
        fitting, known = [], [*self.addresses, *self.on.store.series]
        if row["low"] + row["high"] and row["status"] != "differs":
            for page, shown in self.shown.items():
                for key, figure in shown.items():
                    if within(figure, row) and figure.tag:
                        fitting.append(self.names.get(key) or f"{page} shows {figure.label}, {figure}")
        entry = row["found"].split("; ")[0].rpartition(":")[2].partition(".")[0]
        close = difflib.get_close_matches(entry, known, n=3, cutoff=0.5)
        by_value, by_spelling = (", ".join(list(dict.fromkeys(names))[:6]) or "nothing" for names in (fitting, close))
        return f"by its value perhaps {by_value}; by its spelling {by_spelling}"


def homes(row: dict[str, str]) -> set[str]:
    """The pages on which the words of a row are looked for: those that stand where the booklet says it."""
    return {"sources" if place == "notes" else place for place in row["place"].split("; ")}


def within(figure: Figure, row: dict[str, str], end: str = "") -> bool:
    """Whether a figure, or one end of its range, lies within the bounds of a row; a cost counts without its sign."""
    if row["unit"] and units.dimension(row["unit"]) != figure.unit:
        return False
    value = getattr(figure, end) if end in ENDS else figure.value
    if value is None:
        return False
    scale = units.scale(row["unit"]) if row["unit"] else 1
    low, high = (float(row[name]) * scale if row[name] else None for name in ENDS)
    value = abs(value) if low is not None and low >= 0 else value
    slack = 1e-9 * abs(value)
    return (low is None or value >= low - slack) and (high is None or value <= high + slack)


def bounds(row: dict[str, str]) -> str:
    """The bounds of a row in words."""
    return f" between {row['low']} and {row['high']} {row['unit']}".rstrip() if row["low"] + row["high"] else ""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The rows of the inventory."""
    return reconcile.rows()


@pytest.fixture(scope="module")
def book(rows) -> Book:
    """The book in the booklet's edition."""
    return Book(rows)


def test_every_number_and_claim_stands_where_its_row_says(book, rows, capsys) -> None:
    wrong = [problem for row in rows if (problem := book.problem(row))]
    table: dict[str, Counter] = defaultdict(Counter)
    for row in rows:
        table[row["kind"]][row["status"]] += 1
    names = ("held", "constant", "differs", "dropped", "open")
    with capsys.disabled():
        print(f"\n{'of the booklet':<20}" + "".join(f"{name:>10}" for name in (*names, "all")))
        for kind, counts in [*table.items(), ("all", sum(table.values(), Counter()))]:
            print(f"{kind:<20}" + "".join(f"{counts[name]:>10}" for name in names) + f"{counts.total():>10}")
    assert not wrong, "\n".join(wrong)


def test_no_row_waits_for_its_page(rows) -> None:
    waiting = defaultdict(list)
    for row in rows:
        if row["status"] == "open":
            waiting[row["place"].split("; ")[0]].append(f"{row['id']} “{row['stated']}” ({row['found']}{bounds(row)})")
    told = "\n".join(f"{page}:\n  " + "\n  ".join(lines) for page, lines in waiting.items())
    assert not waiting, f"show these, or give them a line and a reason in data/booklet.csv:\n{told}"


def test_the_inventory_is_whole_and_each_line_has_one_reason(rows) -> None:
    assert len(rows) == NUMBERS_AND_CLAIMS
    sections = {page.name for page in pages.all_pages(ROOT)} | {"all"}
    reasons = defaultdict(list)
    for row in rows:
        listed = row["status"] in reconcile.LISTED
        wanted = f"row {row['id']}: a line and a reason for what differs or was dropped, and for nothing else"
        assert bool(row["line"]) == listed and (listed or not row["reason"]), wanted
        if listed:
            assert row["line"].partition(": ")[0] in sections, f"row {row['id']}: no page for the line {row['line']!r}"
            reasons[row["line"]] += [row["reason"]] * bool(row["reason"])
    assert {line: told for line, told in reasons.items() if len(told) != 1} == {}
    assert not [line for line, told in reasons.items() if not re.fullmatch(r"[A-Z].*[.]", told[0])]


def test_the_reconciliation_page_shows_each_difference_with_its_reason_and_each_pin(book, rows) -> None:
    text = book.reconciliation.text
    missing = [f"{row['id']}: {part}" for row in rows if row["status"] in reconcile.LISTED
               for part in (*row["stated"].split("; "), row["reason"]) if curly(part.strip("()")) not in text]  # fmt: skip
    pins = [pin for pin in book.on.store.pins if pin.edition == book.on.name]
    missing += [pin.reason for pin in pins if curly(pin.reason) not in text]
    assert not missing, "reference/reconciliation.md shows no table with: " + "; ".join(missing)


def test_the_reconciliation_reads_the_same_whatever_edition_is_read(book, refreshed) -> None:
    later = weave.weave_all(reading.edition("working", refreshed), ROOT, only=["reconciliation"])
    assert later[0].text == book.reconciliation.text


CASES = {
    "gone": ("words-per-million-tokens", {"found": "ledger-1/million-words"}, "ledger-1/million-in-words"),
    "another value": ("deal-300b-per-year", {"low": "70", "high": "80"}, "between 70 and 80 USD bn per year"),
    "elsewhere": ("deal-300b", {"found": "mistral-chips-ordered/2026-03", "low": "", "high": "", "unit": ""}, "ledger-2 has to"),
    "no difference": ("audience-ratio", {"low": "1", "high": "100"}, "differs no more"),
    "open no more": ("gross-net-gap", {"status": "open"}, "change its status to held"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_row_that_does_not_stand_says_what_to_do(book, case) -> None:
    id, change, told = CASES[case]
    assert told in book.problem({**book.rows[id], **change})


def test_a_claim_with_another_verdict_does_not_stand(book) -> None:
    row = next(row for row in book.rows.values() if row["found"].startswith("claim:") and row["status"] == "held")
    assert not book.problem(row)
    assert "no page shows" in book.problem({**row, "found": row["found"].rpartition("/")[0] + "/never"})


def test_words_count_only_where_the_booklet_says_it_and_only_in_company(book) -> None:
    row = book.rows["loop-large"]
    assert not book.problem(row)
    assert "some words of the sentence" in book.problem(row | {"found": "text:large"})
    assert "no page shows" in book.problem(row | {"place": "ledger-1"})
