"""The graph of a page or of the whole book as versioned JSON, which the browser evaluates like Python."""

from collections.abc import Mapping
from typing import Any

from frontier_calc import derivation
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node

VERSION = 1


def graph(figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Addresses, figures by key, and the nodes underneath, each once.

    ``{"version": 1, "addresses": {address: key}, "figures": {key: {...}}, "nodes": {key: {...}}}``
    """
    nodes: dict[str, Any] = {}
    names = {figure.key: (address.rpartition("/")[2].replace("-", " "), figure) for address, figure in figures.items()}
    for figure in figures.values():
        _add(figure.node, nodes)
    return {
        "version": VERSION,
        "addresses": {address: figure.key for address, figure in figures.items()},
        "figures": {figure.key: _figure(figure, names) for figure in figures.values()},
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


def _figure(figure: Figure, names: dict) -> dict[str, Any]:
    steps = derivation.steps(figure, names)
    return {
        "value": figure.value if figure.is_known else None, "words": str(figure), "unit": figure.unit_words,
        "style": figure.style, "ruler": str(figure.ruler) if any(figure.ruler) else "", "aside": figure.aside,
        "tag": figure.tag, "qualifier": figure.qualifier, "low": figure.low, "high": figure.high,
        "period": figure.period.words if figure.period else None,
        "known": figure.known.isoformat() if figure.known else None,
        "sources": [source.id for source in figure.sources], "derivation": list(steps),
    }  # fmt: skip
