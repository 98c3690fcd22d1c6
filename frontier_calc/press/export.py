"""The graph of a page or of the whole book as versioned JSON, which the browser evaluates like Python."""

from collections.abc import Mapping
from typing import Any

from frontier_calc.book import facts
from frontier_calc.book.facts import Facts
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node
from frontier_calc.units import currency

VERSION = 2


def graph(figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Addresses, figures by key, and the nodes underneath, each once.

    ``{"version": 2, "addresses": {address: key}, "figures": {key: {...}}, "nodes": {key: {...}}}``
    """
    nodes: dict[str, Any] = {}
    for figure in figures.values():
        _add(figure.node, nodes)
    names = {figure.key: (address.rpartition("/")[2].replace("-", " "), figure) for address, figure in figures.items()}
    return {
        "version": VERSION,
        "addresses": {address: figure.key for address, figure in figures.items()},
        "figures": {
            key: record(figure, facts.facts_of(figure, names))
            | {"style": figure.style, "currency": currency(figure.unit)}
            for key, (_, figure) in names.items()
        },
        "nodes": nodes,
    }


def _add(node: Node, nodes: dict[str, Any]) -> None:
    if node.key in nodes:
        return
    if isinstance(node, Leaf):
        nodes[node.key] = {
            "name": node.name, "title": node.title, "value": node.value, "low": node.low, "high": node.high,
            "tag": node.tag, "qualifier": node.qualifier, "period": node.period.text if node.period else None,
            "known": node.known.isoformat() if node.known else None,
            "source": node.source.id if node.source else None,
        }  # fmt: skip
    else:
        nodes[node.key] = {"op": node.op, "of": [argument.key for argument in node.arguments]}
        for argument in node.arguments:
            _add(argument, nodes)


def record(figure: Figure, fact: Facts) -> dict[str, Any]:
    """What there is to tell of a figure, in plain types; what is not known is None."""
    return {
        "value": figure.value if figure.is_known else None, "words": fact.result, "unit": fact.unit,
        "ruler": facts.ruler_of(figure), "tag": figure.tag or "exact", "qualifier": figure.qualifier,
        "low": figure.low, "high": figure.high, "about": fact.about,
        "known": figure.known.isoformat() if figure.known else None, "known_on": fact.known, "formula": fact.formula,
        "disputed": "; ".join(map(str, fact.others)) if isinstance(figure.node, Leaf) else "",
        "sources": "; ".join(map(str, fact.sources)),
    }  # fmt: skip
