"""The graph of a page or of the whole book as versioned JSON, which the browser evaluates like Python.

``{"version": 4, "addresses": {address: key}, "figures": {key: ...}, "nodes": {key: ...}, "claims": {id: ...}}``: what
each holds is written down in the records below. JSON has no infinity and no "not a number": what has no limit is the
text "Infinity" or "-Infinity", and what is not known is null.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from frontier_calc import units, words
from frontier_calc.book import facts
from frontier_calc.book.facts import Facts
from frontier_calc.book.gist import named_by_key
from frontier_calc.claims import Claim
from frontier_calc.conditions import AsStated, Comparison, Condition, Every, Given, Negation, Some
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node
from frontier_calc.units import currency
from frontier_calc.words import Worded

VERSION = 4

Number = float | str | None


@dataclass(frozen=True, kw_only=True)
class LeafRecord:
    """An observation, an assumption or a constant; ``tag`` is empty for a constant."""

    name: str
    title: str
    value: Number
    low: Number
    high: Number
    is_span: bool  # told as a range without a point
    least: Number  # what a value of its kind can be at the least and at the most
    most: Number
    tag: str
    qualifier: str
    style: str
    currency: str
    period: str | None
    known: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class OperationRecord:
    """One step: an operation of the table of words, and the keys of the nodes that it is applied to."""

    op: str
    of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FigureRecord:
    """What there is to tell of a figure, in plain types."""

    value: Number
    words: str
    unit: str
    ruler: str
    tag: str
    qualifier: str
    low: Number
    high: Number
    about: str
    known: str | None
    known_on: str
    formula: str
    disputed: str
    sources: str


@dataclass(frozen=True, kw_only=True)
class FigureNode(FigureRecord):
    """The same, and what its wordings need besides its node: ``dates`` are words, which do not change with numbers."""

    title: str
    style: str  # how its series is usually worded
    currency: str
    dates: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class BranchRecord:
    """One sentence of a claim, said where ``when`` is the first condition to hold."""

    when: dict[str, Any]
    template: str


@dataclass(frozen=True, kw_only=True)
class PlaceRecord:
    """What the braces of a template name: a figure in one of its wordings, or a text."""

    figure: str | None = None
    style: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimRecord:
    """The sentences of a claim: those with conditions in order, and those for where none holds or one is left open."""

    id: str
    branches: tuple[BranchRecord, ...]
    otherwise: str | None
    overlap: str | None
    places: dict[str, PlaceRecord]


def graph(figures: Mapping[str, Figure], claims: Mapping[str, Claim] | None = None) -> dict[str, Any]:
    """The figures and the claims by their addresses, and the nodes underneath, each once.

    A figure that only a claim names has no address. Returns what ``json.dumps`` takes with ``allow_nan=False``.
    """
    told = claims or {}
    named = named_by_key(figures)
    wanted = {figure.key: figure for claim in told.values() for figure in claim.figures.values()}
    wanted.update({figure.key: figure for figure in figures.values()})
    compared = [figure for claim in told.values() for figure in _compared(claim)]
    nodes: dict[str, LeafRecord | OperationRecord] = {}
    for figure in (*wanted.values(), *compared):
        _add(figure.node, nodes)
    return {
        "version": VERSION,
        "addresses": {address: figure.key for address, figure in figures.items()},
        "figures": {key: asdict(_figure_node(figure, named)) for key, figure in wanted.items()},
        "nodes": {key: asdict(node) for key, node in nodes.items()},
        "claims": {address: asdict(claim_record(claim)) for address, claim in told.items()},
    }


def _compared(claim: Claim) -> Iterator[Figure]:
    """Both sides of every comparison, exact constants too."""
    for condition in claim.conditions:
        for part in condition.parts:
            yield part.left
            yield part.right


def _add(node: Node, nodes: dict[str, LeafRecord | OperationRecord]) -> None:
    if node.key in nodes:
        return
    if isinstance(node, Leaf):
        nodes[node.key] = leaf_record(node)
        return
    nodes[node.key] = OperationRecord(op=node.op, of=tuple(argument.key for argument in node.arguments))
    for argument in node.arguments:
        _add(argument, nodes)


def leaf_record(leaf: Leaf) -> LeafRecord:
    """A leaf in plain types."""
    return LeafRecord(
        name=leaf.name,
        title=leaf.title,
        value=_number(leaf.value),
        low=_number(leaf.low),
        high=_number(leaf.high),
        is_span=getattr(leaf, "is_span", False),
        least=_number(getattr(leaf, "least", None)),
        most=_number(getattr(leaf, "most", None)),
        tag=leaf.tag,
        qualifier=leaf.qualifier,
        style=leaf.style,
        currency=currency(leaf.unit),
        period=leaf.period.text if leaf.period else None,
        known=leaf.known.isoformat() if leaf.known else None,
        source=leaf.source.id if leaf.source else None,
    )


def _number(value: float | None) -> Number:
    """A number as JSON can hold it."""
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def record(figure: Figure, fact: Facts) -> dict[str, Any]:
    """A FigureRecord in plain types; what is not known is None."""
    return asdict(FigureRecord(**_told(figure, fact)))


def _told(figure: Figure, fact: Facts) -> dict[str, Any]:
    is_observed = isinstance(figure.node, Leaf)
    return {
        "value": _number(figure.value),
        "words": str(figure),
        "unit": units.counted(figure.unit, figure.value) if figure.has_value else "",
        "ruler": facts.ruler_of(figure),
        "tag": figure.tag or "exact",
        "qualifier": figure.qualifier,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "about": fact.about,
        "known": figure.known.isoformat() if figure.known else None,
        "known_on": fact.known,
        "formula": fact.formula,
        "disputed": "; ".join(map(str, fact.others)) if is_observed else "",
        "sources": "; ".join(map(str, fact.sources)),
    }


def _figure_node(figure: Figure, named: Mapping[str, Figure]) -> FigureNode:
    return FigureNode(
        **_told(figure, facts.facts_of(figure, named)),
        title=figure.title,
        style=figure.style,
        currency=currency(figure.unit),
        dates={style: words.STYLES[style](figure) for style in words.DATES},
    )


def claim_record(claim: Claim) -> ClaimRecord:
    """A claim as the browser decides it: conditions in order, and what the braces of its sentences name."""
    templates = {branch.kind: branch.template for branch in claim.branches}
    return ClaimRecord(
        id=claim.id,
        branches=tuple(
            BranchRecord(when=condition_json(branch.condition), template=branch.template)
            for branch in claim.branches
            if branch.condition is not None
        ),
        otherwise=templates.get("otherwise"),
        overlap=templates.get("overlap"),
        places={path: _place(part) for path, part in claim.places.items()},
    )


def _place(part: str | Worded) -> PlaceRecord:
    if isinstance(part, Worded):
        return PlaceRecord(figure=part.figure.key, style=part.style)
    return PlaceRecord(text=part)


def condition_json(condition: Condition) -> dict[str, Any]:
    """A condition as nested objects: every, some, not, stated, given, or two keys and their relation.

    >>> condition_json(~Given(True) | AsStated(Given(False)))
    {'some': [{'not': {'given': True}}, {'stated': {'given': False}}]}
    """
    match condition:
        case Comparison(left=left, relation=relation, right=right):
            return {"left": left.key, "relation": relation, "right": right.key}
        case Every(members=members):
            return {"every": [condition_json(member) for member in members]}
        case Some(members=members):
            return {"some": [condition_json(member) for member in members]}
        case Negation(member=member):
            return {"not": condition_json(member)}
        case AsStated(member=member):
            return {"stated": condition_json(member)}
        case Given(value=value):
            return {"given": value}
    raise TypeError(f"{condition!r} is no condition that the browser knows")
