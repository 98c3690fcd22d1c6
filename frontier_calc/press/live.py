"""The graph of one page as its readers' browsers hold it: small, and enough to work the whole page out anew.

Written beside the page as a classic script, ``_static/live/PAGE.js``, since a page that is opened as a file may load
nothing else; the table of words stands once for all pages, in ``_static/live/words.js``. The script ``evaluate.js``
unpacks it into the graph of :mod:`frontier_calc.press.export`.

``{"version", "edition", "told", "page", "nodes", "figures", "claims", "panels"}``: nodes are numbered in an order in which they
can be worked out, a leaf by its fields without those that are usual, an operation as its name and the numbers of its
arguments; figures by key, each its node, its style, its currency and the dates that some sentence may tell; claims by
what the page calls them.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from frontier_calc import spoken, words
from frontier_calc.book import blocks
from frontier_calc.book.panels import Panel
from frontier_calc.claims import Claim
from frontier_calc.conditions import AsStated, Comparison, Condition, Every, Negation, Some
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node
from frontier_calc.press import export
from frontier_calc.press.cards import scripted
from frontier_calc.press.weave import Woven, has_sheet
from frontier_calc.table import TABLE
from frontier_calc.units import currency
from frontier_calc.words import Worded

VERSION = 1
FOLDER = "live"
WORDS = "words"  # the table of words, beside the pages
STATIC = Path(__file__).parent / "static"
# What a page loads of ours besides its graph, when a reader first wants it.
LOADED = ("evaluate.js", "hands.js", "following.js")

# What most leaves are: left out, and filled in again by the browser.
USUAL: Mapping[str, Any] = {
    "low": None,
    "high": None,
    "is_span": False,
    "least": None,
    "most": None,
    "tag": "",
    "qualifier": "exactly",
    "style": "plain",
    "currency": "",
}
KEPT = ("value", *USUAL)  # the fields of a leaf that a value, a tag or a word may need


def is_live(woven: Woven) -> bool:
    """True for a page that has a graph of its own: one that closes with a ledger sheet. Lists only tell of others."""
    return has_sheet(woven.page)


def script_name(docname: str) -> str:
    """The file of a page's graph.

    >>> script_name("ledgers/2-reading-the-books")
    'ledgers-2-reading-the-books.js'
    """
    return f"{docname.replace('/', '-')}.js"


def graph(woven: Woven) -> dict[str, Any]:
    """The graph of a page: what it shows, what its claims compare and may say, and the nodes underneath, each once."""
    claims = {claim.id: claim for claim in woven.claims.values()}
    figures, nodes = _underneath(woven)
    dates = _dates(claims.values())
    return {
        "version": VERSION,
        "edition": woven.reading.name,
        "told": woven.reading.stamp,
        "page": woven.page.name,
        "nodes": nodes.records,
        "figures": {
            key: _without_empty([nodes.ids[key], figure.style, currency(figure.unit), dates.get(key)])
            for key, figure in figures.items()
        },
        "claims": {id: _claim(claim, nodes.ids) for id, claim in claims.items()},
        "panels": ranges(woven),
    }


def ranges(woven: Woven) -> list[tuple[str, float, float, float]]:
    """What the sliders in the text of a page move, by key, between which values and in which steps, in its order."""
    panels = [output.value for output in woven.outputs if isinstance(output.value, Panel)]
    return [each for panel in panels for each in panel.ranges]


def inputs(woven: Woven) -> dict[str, Leaf]:
    """What a reader of a page can change, by the name that it has in an address."""
    return _underneath(woven)[1].inputs


def _underneath(woven: Woven) -> tuple[dict[str, Figure], "_Nodes"]:
    """The figures that a page shows or may show, by key, and the nodes of these and of all that its claims compare."""
    claims = list(woven.claims.values())
    told = [part.figure for claim in claims for part in claim.places.values() if isinstance(part, Worded)]
    figures = {figure.key: figure for figure in (*told, *woven.shown.values())}
    compared = [figure.node for claim in claims for figure in _compared(claim)]
    nodes = _Nodes()
    for node in (*(figure.node for figure in figures.values()), *compared):
        nodes.add(node)
    return figures, nodes


def version(woven: Woven) -> str:
    """What changes whenever something does that the page loads later: no browser may keep the graph of an older page."""
    loaded = [(STATIC / name).read_text(encoding="utf-8") for name in LOADED]
    found = hashlib.sha256("\0".join((*loaded, page_script(woven), scripted(TABLE))).encode())
    return found.hexdigest()[:10]


def page_script(woven: Woven) -> str:
    """The graph of a page as a script."""
    return f"globalThis.FrontierPage = {scripted(graph(woven))};\n"


def _compared(claim: Claim) -> Iterator[Figure]:
    """Both sides of every comparison, exact constants too."""
    for condition in claim.conditions:
        for part in condition.parts:
            yield part.left
            yield part.right


class _Nodes:
    """The nodes of a page, each under a number of its own that is larger than those of its arguments."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.records: list[Any] = []
        self.inputs: dict[str, Leaf] = {}

    def add(self, node: Node) -> None:
        """Add a node and all that it is made of."""
        for step in node.steps:
            if step.key not in self.ids:
                self.ids[step.key] = len(self.records)
                self.records.append(self._record(step))

    def _record(self, node: Node) -> Any:
        if isinstance(node, Leaf):
            return self._leaf(node)
        return [node.op, *(self.ids[argument.key] for argument in node.arguments)]

    def _leaf(self, leaf: Leaf) -> dict[str, Any]:
        record = asdict(export.leaf_record(leaf))
        told = {name: record[name] for name in KEPT if name not in USUAL or record[name] != USUAL[name]}
        return {**told, **self._input(leaf)} if can_change(leaf) else told

    def _input(self, leaf: Leaf) -> dict[str, Any]:
        """What a reader is told of a number that can be changed: its address, its name, what it counts, and when."""
        amount = spoken.amount(Figure(leaf, leaf.unit, style=leaf.style))
        about = {
            "address": self._address(leaf),
            "title": spoken.name_of(leaf),
            "unit": amount.unit,
            "period": leaf.period.words if leaf.period else "",
        }
        scale = {"scale": spoken.A_MILLION} if spoken.is_price_of_a_token(leaf.unit) else {}
        return {name: text for name, text in about.items() if text} | scale

    def _address(self, leaf: Leaf) -> str:
        """A name that can stand in a link: series and period, or what was assumed; a number where two share it."""
        name = "-".join(re.findall(r"[a-z0-9]+", leaf.name.lower()))
        first = f"{name}/{leaf.period.text}" if leaf.period else f"assumed/{name}"
        numbered = (f"{first}.{count}" for count in range(2, len(self.ids) + 3))
        address = next(each for each in (first, *numbered) if each not in self.inputs)
        self.inputs[address] = leaf
        return address


def can_change(leaf: Leaf) -> bool:
    """True for a number that somebody measured or assumed of the world.

    A constant is exact, a day no number that one would move, and where a curve is worked out is the page's own affair.
    """
    return bool(leaf.tag) and leaf.style != "day" and not leaf.is_of_the_page and not math.isnan(leaf.value)


def _dates(claims: Iterable[Claim]) -> dict[str, dict[str, str]]:
    """The dates that sentences may tell, by figure and wording: words, which do not change with numbers."""
    found: dict[str, dict[str, str]] = {}
    for claim in claims:
        for part in claim.places.values():
            if isinstance(part, Worded) and part.style in words.DATES:
                found.setdefault(part.figure.key, {})[part.style] = str(part)
    return found


def _claim(claim: Claim, ids: Mapping[str, int]) -> dict[str, Any]:
    record = export.claim_record(claim)
    conditions = [branch.condition for branch in claim.branches if branch.condition is not None]
    said = {
        "branches": [
            [_condition(condition, ids), branch.template]
            for condition, branch in zip(conditions, record.branches, strict=True)
        ],
        "otherwise": record.otherwise,
        "overlap": record.overlap,
        "places": {
            path: place.text if place.figure is None else _without_empty([place.figure, place.style])
            for path, place in record.places.items()
        },
    }
    return {name: value for name, value in said.items() if value is not None}


def _condition(condition: Condition, ids: Mapping[str, int]) -> Any:
    """A condition as a list: its kind and its members, or two nodes and between them their relation."""
    match condition:
        case Comparison(left=left, relation=relation, right=right):
            return [ids[left.key], relation, ids[right.key]]
        case Every(members=members):
            return ["every", *(_condition(member, ids) for member in members)]
        case Some(members=members):
            return ["some", *(_condition(member, ids) for member in members)]
        case Negation(member=member):
            return ["not", _condition(member, ids)]
        case AsStated(member=member):
            return ["stated", _condition(member, ids)]
    record = export.condition_json(condition)
    return ["given", record["given"]]


def _without_empty(values: list[Any]) -> list[Any]:
    """Values without those at the end that are empty or usual."""
    while values[-1] in ("", None, "plain"):
        values.pop()
    return values


def said(woven: Woven) -> set[str]:
    """The claims that a page says, whatever they stand in."""
    return {part.claim for part in blocks.walk(woven.blocks) if isinstance(part, blocks.Said)}


def publish(site: Path, pages: Iterable[Woven]) -> None:
    """Write the graphs of the pages into a built site, and the table of words that all of them need."""
    folder = site / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    scripts = {f"{WORDS}.js": f"globalThis.FrontierWords = {scripted(TABLE)};\n"}
    for woven in pages:
        if is_live(woven):
            scripts[script_name(woven.page.docname)] = page_script(woven)
    for old in folder.glob("*.js"):
        if old.name not in scripts:
            old.unlink()
    for name, script in scripts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != script:
            path.write_text(script, encoding="utf-8")
