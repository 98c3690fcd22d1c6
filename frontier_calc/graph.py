"""The derivation of a number: a small graph whose leaves are observations and constants.

A closed list of operations, so that one graph can be evaluated anywhere. Everything that depends on more than one
number is worked out over the *distinct* leaves and never node by node: a range, a qualifier, a sensitivity. That is
why ``x - x`` is exactly nothing, whatever the range of x.
"""

import hashlib
import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

import numpy as np

from frontier_calc.dates import Period
from frontier_calc.units import ONE, Unit

TAGS = ("reported", "estimated", "projected", "illustrative")  # from strong to weak
FLIPPED = {"about": "about", "over": "under", "under": "over", "up to": "over"}  # where a result falls as it rises
QUALIFIERS = ("exactly", *FLIPPED)


def _sum(*terms: float) -> float:
    try:
        return math.fsum(terms)
    except (OverflowError, ValueError):  # beyond what a float holds, or infinite on both sides
        return sum(terms)


def _choose(a: float, b: float, larger: float, otherwise: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else larger if a > b else otherwise


# NumPy's arithmetic is IEEE's, and so the browser's: no result raises. Beyond a float's range lies infinity; what has
# no real result, or rests on something unknown, is not a number.
OPERATIONS: dict[str, Callable[..., float]] = {
    "+": np.add,
    "-": np.subtract,
    "×": np.multiply,
    "÷": np.divide,
    "^": np.power,
    "ln": np.log,
    "exp": np.exp,
    "min": lambda *terms: np.min(terms),
    "max": lambda *terms: np.max(terms),
    "sum": _sum,
    "choose": _choose,
    "days": lambda start, end: end - start,
}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, eq=False)
class Leaf:
    """Something observed, assumed or exact, at the bottom of a derivation."""

    name: str
    value: float
    identity: str
    tag: str = ""  # empty: an exact constant
    qualifier: str = "exactly"
    low: float | None = None
    high: float | None = None
    period: Period | None = None
    known: date | None = None
    source: Any = None
    title: str = ""
    note: str = ""
    unit: Unit = ONE
    style: str = "plain"
    disputes: tuple[Any, ...] = ()
    held: str = ""  # why an edition pins this observation against the rule

    @cached_property
    def key(self) -> str:
        return _hash(f"{self.identity}={self.value!r}")

    @property
    def leaves(self) -> tuple["Leaf", ...]:
        return (self,)

    @property
    def ends(self) -> tuple[float, float]:
        return (self.value if self.low is None else self.low, self.value if self.high is None else self.high)

    @property
    def reach(self) -> tuple[float, float]:
        """Between which values it can lie, its range and a one-sided bound taken at their word."""
        low, high = self.ends
        if self.qualifier == "over":
            return low, math.inf
        if self.qualifier in ("under", "up to"):
            return -math.inf, high
        return low, high


@dataclass(frozen=True, eq=False)
class Operation:
    """One step of a derivation: an operation from the closed list, applied to other nodes."""

    op: str
    arguments: tuple["Node", ...] = field(repr=False)

    @cached_property
    def key(self) -> str:
        return _hash(f"{self.op}({','.join(a.key for a in self.arguments)})")

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        distinct = {leaf.key: leaf for argument in self.arguments for leaf in argument.leaves}
        return tuple(distinct.values())


Node = Leaf | Operation


def evaluate(node: Node, given: Mapping[str, float] = {}) -> float:
    """The value of a node; ``given`` puts other values in place of leaves, by key.

    >>> x = Leaf("x", 3.0, "x")
    >>> evaluate(Operation("-", (x, x))), evaluate(Operation("×", (x, x)), {x.key: 5.0})
    (0.0, 25.0)
    """

    @cache  # nodes are told apart by identity, and one that is used twice is worked out once
    def value(node: Node) -> float:
        if isinstance(node, Leaf):
            return given.get(node.key, node.value)
        return OPERATIONS[node.op](*map(value, node.arguments))

    with np.errstate(all="ignore"):
        return float(value(node))


def interval(node: Node) -> tuple[float | None, float | None]:
    """The lowest and highest value that the ranges of the leaves allow, or (None, None) where no leaf has one.

    All corners are tried for up to ten ranged leaves; beyond that each leaf goes to the end that its slope points to.
    The central value is tried as well: where a result turns between the ends of a range, it lies outside the corners.
    """
    ends = {leaf: leaf.ends for leaf in node.leaves if leaf.low is not None or leaf.high is not None}
    if not ends:
        return None, None
    values = _at_corners(node, ends)
    return min(values), max(values)


def _at_corners(node: Node, ends: Mapping[Leaf, tuple[float, float]]) -> list[float]:
    """The value in the middle, and at the corners that the ends of the leaves make."""
    if len(ends) <= 10:
        corners = list(itertools.product(*ends.values()))
    else:
        rising = [direction(node, leaf) >= 0 for leaf in ends]
        # The result is at its top where each rising leaf is at its high end, and each falling one at its low end.
        corners = [
            tuple(pair[up is top] for pair, up in zip(ends.values(), rising, strict=True)) for top in (True, False)
        ]
    keys = [leaf.key for leaf in ends]
    return [evaluate(node), *(evaluate(node, dict(zip(keys, corner, strict=True))) for corner in corners)]


def reach(node: Node) -> tuple[float | None, float | None]:
    """Where the result can lie if ranges *and* one-sided bounds are taken at their word: "over 30" is 30 or anything more.

    (None, None) where no leaf has a range or a bound. "About" opens nothing: it says how a number was rounded.
    """
    ends = {leaf: leaf.reach for leaf in node.leaves if leaf.reach[0] != leaf.reach[1]}
    if not ends:
        return None, None
    sound = [value for value in _at_corners(node, ends) if not math.isnan(value)]
    return (min(sound), max(sound)) if sound else (None, None)


def _nudge(node: Node, leaf: Leaf) -> tuple[float, float]:
    step = abs(leaf.value) * 0.01 or 0.01
    return evaluate(node, {leaf.key: leaf.value - step}), evaluate(node, {leaf.key: leaf.value + step})


def direction(node: Node, leaf: Leaf) -> int:
    """1 if the result rises with the leaf, -1 if it falls, 0 if it does not move."""
    below, above = _nudge(node, leaf)
    return 0 if math.isclose(above, below, rel_tol=1e-12) else (1 if above > below else -1)


def elasticity(node: Node, leaf: Leaf) -> float:
    """By how many per cent the result moves when the leaf moves by one: measured at plus and minus one per cent."""
    below, above = _nudge(node, leaf)
    middle = evaluate(node)
    return (above - below) / (0.02 * middle) if middle and leaf.value else 0.0


def qualifier(node: Node) -> str:
    """The qualifier of a derived number, from those of its leaves and the way the result leans on each.

    A bound survives where all leaves agree on its side; it flips where the result falls as the leaf rises.
    Bounds on both sides, or a bound beside an approximation, leave only ``about``.
    """
    if isinstance(node, Leaf):
        return node.qualifier
    found = set()
    for leaf in node.leaves:
        slope = direction(node, leaf) if leaf.qualifier != "exactly" else 0
        if slope:
            found.add(leaf.qualifier if slope > 0 else FLIPPED[leaf.qualifier])
    if found == {"under", "up to"}:
        return "under"
    return found.pop() if len(found) == 1 else "about" if found else "exactly"


def weakest(tags) -> str:
    """The weakest of the tags; exact constants carry none.

    >>> weakest(["reported", "", "projected", "estimated"])
    'projected'
    """
    return max((tag for tag in tags if tag), key=TAGS.index, default="")
