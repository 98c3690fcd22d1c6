"""The card of each number on a built page: where it comes from.

The weave knows every figure of a page. Its facts go into the page once, as JSON; each number there carries its
address and links to the row that says the same in the ledger sheet, so that nothing is lost without scripts.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from frontier_calc.book.facts import Facts, facts_of, reading_of, told
from frontier_calc.book.sheet import markup
from frontier_calc.dates import day_words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press import pages
from frontier_calc.press.pages import escaped
from frontier_calc.record.store import Source

FIGURE = re.compile(r'<span class="figure" data-figure="(\w+)"[^>]*>([^<]*)</span>')
# What stands inside a link or a ledger sheet stays a plain number: no link in a link, no link to its own row.
MARKUP = re.compile(rf"{FIGURE.pattern}|<(/?)(a\b|table\b)([^>]*)>")


class Shelf:
    """The woven pages by document name, and where among them each figure has its row and each source its entry."""

    def __init__(self, woven: Iterable[Any]) -> None:
        self.pages = {page.page.docname: page for page in woven}
        self.anchors = {name: set(re.findall(r'\bid="([\w.-]+)"', page.html)) for name, page in self.pages.items()}
        # The figures of each page by key, each under the first of its addresses.
        self.rows = {
            name: {figure.key: address for address, figure in reversed(page.addresses.items())}
            for name, page in self.pages.items()
        }
        self.first: dict[str, tuple[str, str]] = {}  # by key: the first page with a row for it, and the address there
        for name, rows in self.rows.items():
            for key, address in rows.items():
                if address.rpartition("/")[2] in self.anchors[name]:
                    self.first.setdefault(key, (name, address))

    @property
    def digest(self) -> str:
        """A hash over what one page may tell of another: names, figures, definitions."""
        return hashlib.sha256(repr((self.rows, self.definitions)).encode()).hexdigest()[:16]

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The glossary's definitions in plain text, by term."""
        whole = "".join(page.html for page in self.pages.values() if '<dl class="glossary">' in page.html)
        entries = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", whole, re.DOTALL)
        return {pages.text_of(term): pages.text_of(text) for term, text in entries}

    def address(self, docname: str, figure: Figure) -> str:
        """The figure's permanent address, as seen from a page that shows it."""
        if address := self.rows[docname].get(figure.key) or self.first.get(figure.key, ("", ""))[1]:
            return address
        if isinstance(leaf := figure.node, Leaf) and leaf.period and leaf.source:
            return f"{leaf.name}/{leaf.period.text}"
        return f"{self.pages[docname].page.name}/figure-{figure.key}"

    def link(self, docname: str, figure: Figure) -> str:
        """Where a reader without scripts finds the facts: the figure's row, or its only source; empty where neither is."""
        rows = [(docname, self.rows[docname].get(figure.key, "")), self.first.get(figure.key, ("", ""))]
        places = [(page, address.rpartition("/")[2]) for page, address in rows]
        if isinstance(figure.node, Leaf) and figure.sources:
            places += [(page, f"source-{figure.sources[0].id}") for page in self.pages]
        page, anchor = next(((p, a) for p, a in places if a in self.anchors.get(p, ())), ("", ""))
        return f"{relative(page, docname)}#{anchor}" if anchor else ""


def relative(page: str, seen_from: str) -> str:
    """The address of a page as seen from another one; empty for the page itself."""
    return "" if page == seen_from else "../" * seen_from.count("/") + f"{page}.html"


def dressed(body: str, docname: str, shelf: Shelf) -> str:
    """The page's HTML with each number carrying its address, and linked to where its facts are."""
    known, inside = shelf.pages[docname].shown, {"a": 0, "table": 0}

    def number(match: re.Match) -> str:
        key, text, closing, tag, attributes = match.groups()
        if not key:
            if tag == "a" or inside["table"] or "ledger-sheet" in attributes:
                inside[tag] += -1 if closing else 1
            return match[0]
        figure = known[key]
        link = "" if any(inside.values()) else shelf.link(docname, figure)
        element, href = ("a", f' href="{escaped(link)}"') if link else ("span", "")
        address = escaped(shelf.address(docname, figure))
        given = f'data-figure="{key}" data-tag="{figure.tag or "exact"}" data-address="{address}"'
        if text in (figure.period and figure.period.words, figure.known and day_words(figure.known)):
            given += ' data-form="when"'  # a date is not what the tag is about
        return f'<{element} class="figure"{href} {given}>{text}</{element}>'

    return MARKUP.sub(number, body)


def record(docname: str, shelf: Shelf, body: str, anchors: Mapping[str, str]) -> dict[str, Any]:
    """What the cards of a page say: its figures by key, its terms by anchor with their definitions.

    Sources stand there once; a figure names them by number. ``anchors`` are those of the glossary, each with its term
    in small letters.
    """
    woven, sources, named = shelf.pages[docname], dict[Source, int](), dict[str, Facts]()
    names = {figure.key: (name.replace("_", " "), figure) for name, figure in woven.figures.items()}
    for _, figure, fact in told(woven.figures):
        named.setdefault(figure.key, fact)

    def index(source: Source) -> int:
        return sources.setdefault(source, len(sources))

    def brief(key: str) -> dict[str, Any]:
        fact = named.get(key) or facts_of(woven.shown[key], names)
        numbered = {
            "others": [[said, *map(index, filter(None, [source]))] for said, source in fact.others],
            "sources": list(map(index, fact.sources)),
        }
        return {name: value for name, value in (fact._asdict() | numbered).items() if value}

    defined = {term.lower(): [term, text] for term, text in shelf.definitions.items()}
    return {
        "figures": {key: brief(key) for key in dict.fromkeys(re.findall(r'data-figure="(\w+)"', body))},
        "terms": {
            anchor: defined[anchors[anchor]]
            for anchor in dict.fromkeys(re.findall(r'href="[^"]*#(term-[^"]+)"', body))
            if anchors.get(anchor) in defined
        },
        "sources": [[str(source), source.title, source.link, reading_of(source)] for source in sources],
    }


def forecasts(docname: str, shelf: Shelf, day: date) -> list[dict[str, str]]:
    """The projections under the page's figures whose period had not ended on ``day``: its end, what it is, where."""
    woven, found = shelf.pages[docname], {}
    for figure in sorted(woven.shown.values(), key=lambda figure: len(figure.leaves)):
        for leaf in figure.leaves:
            if leaf.tag == "projected" and leaf.period.end >= day:
                what = f"{re.sub(', (quarter|year)$', '', leaf.title)} ({leaf.period.words})"
                entry = {"end": leaf.period.end.isoformat(), "what": what, "to": shelf.link(docname, figure)}
                found.setdefault(leaf.key, entry)
    return sorted(found.values(), key=lambda entry: entry["end"])


def edition_age(docname: str, shelf: Shelf, day: date) -> str:
    """The mark that tells on the reader's day how old the page is; without scripts it is nothing."""
    due = json.dumps(forecasts(docname, shelf, day), ensure_ascii=False)
    return markup().edition_age(day.isoformat(), day_words(day), due)
