"""The book with other numbers in place of inputs, worked out by Python: what a browser has to say as well."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from frontier_calc.claims import Claim
from frontier_calc.conditions import Condition
from frontier_calc.figure import Figure
from frontier_calc.graph import Node, Operation
from frontier_calc.words import Worded

Given = Mapping[str, float]  # by the key of a leaf


def node_with(node: Node, given: Given) -> Node:
    """A derivation with assumptions in place of leaves."""
    if isinstance(node, Operation):
        if not any(leaf.key in given for leaf in node.leaves):
            return node
        return Operation(node.op, tuple(node_with(argument, given) for argument in node.arguments))
    if node.key not in given:
        return node
    return replace(
        node, value=given[node.key], low=None, high=None, tag="illustrative", qualifier="exactly", is_span=False
    )


def figure_with(figure: Figure, given: Given) -> Figure:
    """A figure with assumptions in place of inputs."""
    return replace(figure, node=node_with(figure.node, given))


def claim_with(claim: Claim, given: Given) -> Claim:
    """A claim with assumptions in place of inputs, in its conditions and in its sentences."""
    branches = tuple(replace(branch, condition=_with(branch.condition, given)) for branch in claim.branches)
    places = {path: _with(part, given) for path, part in claim.places.items()}
    return replace(claim, branches=branches, places=places)


def _with(part: Any, given: Given) -> Any:
    if isinstance(part, Figure):
        return figure_with(part, given)
    if isinstance(part, Worded):
        return Worded(figure_with(part.figure, given), part.style)
    if isinstance(part, tuple):
        return tuple(_with(each, given) for each in part)
    if isinstance(part, Condition):
        return replace(part, **{field.name: _with(getattr(part, field.name), given) for field in fields(part)})
    return part
