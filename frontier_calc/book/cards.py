"""Where each number comes from: the facts behind it, and the card that the built page shows for it.

The weave knows every figure of a page. Its facts go into the page once, as JSON; each number there carries its
address and links to the row that says the same in the ledger sheet, so that nothing is lost without scripts.
"""

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from frontier_calc import derivation, units, words
from frontier_calc.book import pages
from frontier_calc.book.pages import escaped
from frontier_calc.dates import day_words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.store import Source

FEW = 3  # so many other answers for one period are told, and so many notes on inputs; of more, how many

SIDES = {
    "run-rate": "a run rate", "recognised": "recognised in the books",
    "gross": "gross of the resellers’ part", "net": "net of the resellers’ part",
    "committed": "promised", "guided": "guided, not yet spent", "spent": "spent",
    "paid-in": "paid in", "held": "the worth of a holding",
    "customer": "from customers", "investor": "from investors",
}  # fmt: skip
TAGS = {
    "reported": "reported by a company, a filing or the press from documents",
    "estimated": "estimated by somebody outside",
    "projected": "projected: said of a time that had not come",
    "illustrative": "assumed here, to show a mechanism",
    "": "exact",
}
BOUNDS = {"over": "a floor: the true number may lie above it"} | dict.fromkeys(
    ("under", "up to"), "a ceiling: the true number may lie below it"
)


class Answer(NamedTuple):
    """What another source said of the same period."""

    said: str
    source: Source | None

    def __str__(self) -> str:
        return f"{self.said}, {self.source}" if self.source else self.said


class Facts(NamedTuple):
    """What a reader is told of a figure, in words; empty where there is nothing to tell."""

    name: str
    result: str
    unit: str
    kind: str
    formula: str
    numbers: str
    range: str
    about: str
    known: str
    leans: str
    held: list[str]
    others: list[Answer]
    notes: list[str]
    sources: list[Source]


def facts(
    figure: Figure, names: Mapping[str, tuple[str, Figure]] = {}, name: str = "", elsewhere: Container[str] = ()
) -> Facts:
    """The facts of a figure; ``names`` as for derivation.steps, ``name`` its own on the page.

    What is said of single inputs is left out for those whose keys are ``elsewhere``: a row of their own tells it.
    """
    node, steps = figure.node, derivation.steps(figure, names)
    observed = isinstance(node, Leaf)

    def of(leaf: Leaf) -> str:
        """Which input is spoken of, where there are several."""
        return f"{leaf.title}: " * (sum(bool(leaf.tag) for leaf in figure.leaves) > 1)

    inputs = [leaf for leaf in figure.leaves if observed or leaf.key not in elsewhere]
    is_open = figure.is_known and figure.low is not None and figure.high > figure.low
    return Facts(
        name=figure.title or (node.title if observed else "") or name or "Worked out on this page",
        result=steps.result,
        unit=units.counted(figure.unit, figure.value) if figure.is_known else "",
        kind=_kind(figure),
        formula=steps.formula,
        numbers="" if observed else steps.numbers,
        range=str(figure.span) if is_open else "",
        about=figure.period.words if figure.period else "",
        known=day_words(figure.known) if figure.known else "",
        leans="" if observed else _leans(figure),
        held=[of(leaf) + leaf.held for leaf in inputs if leaf.held],
        others=[answer for leaf in inputs for answer in _others(leaf, of(leaf))],
        notes=_few(list(dict.fromkeys(of(leaf) + leaf.note for leaf in inputs if leaf.note))),
        sources=list(figure.sources),
    )


def told(figures: Mapping[str, Figure], elsewhere: Container[str] = ()) -> Iterator[tuple[str, Figure, Facts]]:
    """The figures of a notebook by name, each with its facts: its formula uses the names made before it."""
    names: dict[str, tuple[str, Figure]] = {}
    for name, figure in figures.items():
        called = name.replace("_", " ")
        yield name, figure, facts(figure, names, called, elsewhere)
        names[figure.key] = (called, figure)


def _kind(figure: Figure) -> str:
    """What kind of number this is, in a sentence or three."""
    ruler = f"Two rulers: {figure.aside}" if figure.aside else ", ".join(SIDES[side] for side in figure.ruler if side)
    assumed = sum(leaf.tag == "illustrative" for leaf in figure.leaves)
    observed = sum(bool(leaf.tag) for leaf in figure.leaves) - assumed
    made = TAGS[figure.tag]
    if not isinstance(figure.node, Leaf) and figure.tag:
        parts = [f"{words.count(n)} {noun}{'s' * (n != 1)}"
                 for n, noun in ((observed, "observation"), (assumed, "assumption")) if n]  # fmt: skip
        weakest = ", no firmer than the weakest of them" * (observed + assumed > 1)
        made = f"worked out here from {' and '.join(parts)}{weakest}"
    sentences = filter(None, (ruler, made, BOUNDS.get(figure.qualifier)))
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in sentences)


def _leans(figure: Figure) -> str:
    """The input that moves a figure by more than its own share, where there is one among several."""
    if not figure.is_known or sum(bool(leaf.tag) for leaf in figure.leaves) < 2:
        return ""
    leaf, by = figure.sensitivity
    if not 1.1 <= abs(by) < 1000:
        return ""
    return f"{leaf.title}: one per cent more of it makes this {words.percent(abs(by) / 100)} {'more' if by > 0 else 'less'}"


def _others(leaf: Leaf, of: str) -> list[Answer]:
    newest = sorted(leaf.disputes, key=lambda row: row.known, reverse=True)
    said = [f"{of}{words.usual(row.series, row.qualifier, row.value)} ({row.tag})" for row in newest]
    found = [Answer(text, row.source) for text, row in zip(said, newest[:FEW], strict=False)]
    if (more := len(newest) - FEW) > 0:
        found.append(Answer(f"{of}{words.count(more)} more answer{'s' * (more > 1)}", None))
    return found


def _few(notes: list[str]) -> list[str]:
    """The first notes, and how many more there are: the list of sources has them all."""
    more = len(notes) - FEW
    return [*notes[:FEW], f"{words.count(more)} more under the sources of its inputs"] if more > 1 else notes


def ruler_of(figure: Figure) -> str:
    """How a figure was measured, in words; of two rulers set side by side, both; empty where it is on none."""
    return figure.aside or ", ".join(filter(None, figure.ruler))


def reading_of(source: Source) -> str:
    """Who speaks, whether it can be read, and through what it was seen: "press, paywalled; seen through Sacra"."""
    return f"{source.voice}, {source.access}" + f"; seen through {source.via}" * bool(source.via)


# The built page.

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

    Sources and the longer texts stand there once; a figure names them by number: ``texts`` its kind and what is held.

    ``anchors`` are those of the glossary, each with its term in small letters.
    """
    woven, sources, texts = shelf.pages[docname], dict[Source, int](), dict[str, int]()
    names = {figure.key: (name.replace("_", " "), figure) for name, figure in woven.figures.items()}
    named: dict[str, Facts] = {}
    for _, figure, fact in told(woven.figures):
        named.setdefault(figure.key, fact)

    def index(thing: Any, shared: dict[Any, int]) -> int:
        return shared.setdefault(thing, len(shared))

    def brief(key: str) -> dict[str, Any]:
        fact = named.get(key) or facts(woven.shown[key], names)
        plain = fact._asdict() | {
            "others": [[a.said, *([index(a.source, sources)] if a.source else [])] for a in fact.others],
            "sources": [index(source, sources) for source in fact.sources],
            "texts": [index(text, texts) for text in (fact.kind, *fact.held)],
            "notes": [index(text, texts) for text in fact.notes],
        }
        return {name: value for name, value in plain.items() if value and name not in ("kind", "held")}

    defined = {term.lower(): [term, text] for term, text in shelf.definitions.items()}
    return {
        "figures": {key: brief(key) for key in dict.fromkeys(re.findall(r'data-figure="(\w+)"', body))},
        "terms": {
            anchor: defined[anchors[anchor]]
            for anchor in dict.fromkeys(re.findall(r'href="[^"]*#(term-[^"]+)"', body))
            if anchors.get(anchor) in defined
        },
        "texts": list(texts),
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
    due = escaped(json.dumps(forecasts(docname, shelf, day), ensure_ascii=False))
    return (
        f'<edition-age class="not-text" data-as-of="{day.isoformat()}" data-read="{day_words(day)}" '
        f'data-forecasts="{due}"></edition-age>'
    )
