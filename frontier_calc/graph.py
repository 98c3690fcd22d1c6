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
from functools import cached_property
from typing import Any

from frontier_calc.dates import Period

TAGS = ("reported", "estimated", "projected", "illustrative")  # from strong to weak
QUALIFIERS = ("exactly", "about", "over", "under", "up to")


def _divide(a: float, b: float) -> float:
    if b == 0:
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a)
    return a / b


def _ln(x: float) -> float:
    return math.log(x) if x > 0 else math.nan


def _power(a: float, b: float) -> float:
    try:
        result = a**b
    except (OverflowError, ZeroDivisionError):
        return math.inf
    return result if isinstance(result, float) else math.nan


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _sum(*terms: float) -> float:
    try:
        return math.fsum(terms)
    except (OverflowError, ValueError):  # beyond what a float holds, or infinite on both sides
        return sum(terms)


def _unless_unknown(pick: Callable[..., float]) -> Callable[..., float]:
    """``pick``, but unknown where a term is: min() and max() would answer by the order of their arguments."""
    return lambda *terms: math.nan if any(map(math.isnan, terms)) else pick(*terms)


def _choose(a: float, b: float, larger: float, otherwise: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else larger if a > b else otherwise


OPERATIONS: dict[str, Callable[..., float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": _divide,
    "^": _power,
    "ln": _ln,
    "exp": _exp,
    "min": _unless_unknown(min),
    "max": _unless_unknown(max),
    "sum": _sum,
    "choose": _choose,
    "days": lambda start, end: end - start,
}


@dataclass(frozen=True)
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
    unit: Any = None
    style: str = "plain"
    disputes: tuple[Any, ...] = ()
    held: str = ""  # why an edition pins this observation against the rule

    @cached_property
    def key(self) -> str:
        return hashlib.sha256(f"{self.identity}={self.value!r}".encode()).hexdigest()[:12]

    @property
    def leaves(self) -> tuple["Leaf", ...]:
        return (self,)


@dataclass(frozen=True)
class Operation:
    """One step of a derivation: an operation from the closed list, applied to other nodes."""

    op: str
    arguments: tuple["Node", ...] = field(repr=False)

    @cached_property
    def key(self) -> str:
        text = f"{self.op}({','.join(a.key for a in self.arguments)})"
        return hashlib.sha256(text.encode()).hexdigest()[:12]

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
    done: dict[int, float] = {}

    def value(node: Node) -> float:
        known = done.get(id(node))
        if known is None:
            if isinstance(node, Leaf):
                known = given.get(node.key, node.value)
            else:
                known = OPERATIONS[node.op](*map(value, node.arguments))
            done[id(node)] = known
        return known

    return value(node)


def interval(node: Node) -> tuple[float | None, float | None]:
    """The lowest and highest value that the ranges of the leaves allow, or (None, None) where no leaf has one.

    All corners are tried for up to ten ranged leaves; beyond that each leaf goes to the end that its slope points to.
    The central value is tried as well: where a result turns between the ends of a range, it lies outside the corners.
    """
    ranged = [leaf for leaf in node.leaves if leaf.low is not None or leaf.high is not None]
    if not ranged:
        return None, None
    ends = [
        (leaf.value if leaf.low is None else leaf.low, leaf.value if leaf.high is None else leaf.high)
        for leaf in ranged
    ]
    keys = [leaf.key for leaf in ranged]
    if len(ranged) <= 10:
        corners = itertools.product(*ends)
    else:
        rising = [direction(node, leaf) >= 0 for leaf in ranged]
        upper = tuple(high if up else low for (low, high), up in zip(ends, rising, strict=True))
        lower = tuple(low if up else high for (low, high), up in zip(ends, rising, strict=True))
        corners = iter((lower, upper))
    values = [evaluate(node), *(evaluate(node, dict(zip(keys, corner, strict=True))) for corner in corners)]
    return min(values), max(values)


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
        if leaf.qualifier == "exactly":
            continue
        slope = direction(node, leaf)
        if not slope:
            continue
        if leaf.qualifier == "about":
            found.add("about")
        else:
            is_floor = (leaf.qualifier == "over") == (slope > 0)
            found.add("over" if is_floor else leaf.qualifier if slope > 0 else "under")
    if found == {"under", "up to"}:
        return "under"
    return found.pop() if len(found) == 1 else "about" if found else "exactly"


def weakest(tags) -> str:
    """The weakest of the tags; exact constants carry none.

    >>> weakest(["reported", "", "projected", "estimated"])
    'projected'
    """
    return max((tag for tag in tags if tag), key=TAGS.index, default="")
