"""The derivation of a number: a small graph whose leaves are observations and constants.

A closed list of operations (:mod:`frontier_calc.operations`), so that one graph can be evaluated anywhere. Where a
result can lie, and which qualifier it has, is worked out in :mod:`frontier_calc.ranges`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from frontier_calc.dates import Period
from frontier_calc.operations import OPERATIONS
from frontier_calc.units import ONE, Unit

TAGS = ("reported", "estimated", "projected", "illustrative")  # from strong to weak
QUALIFIERS = ("exactly", "about", "over", "under", "up to")
CEILINGS = ("under", "up to")

# How the identity of a leaf begins that is neither observed nor assumed of the world.
PLACE = "place"  # where on an axis a curve is worked out
FACTOR = "factor"  # a bare factor, such as the 1.1 in "a tenth more than"


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
    least: float | None = None  # what a value of its kind can be at the least and at the most, such as a share of one
    most: float | None = None
    is_span: bool = False  # only a range was said: the value is its middle, and stands for no number that was
    known_words: str = ""  # the month in which it became known, where the day is not known
    spoken: str = ""  # what a sentence calls it; empty where the title will do
    subject: str = ""  # the party, or the parties, that it is about

    @cached_property
    def key(self) -> str:
        """A hash of what it is and of its value."""
        return _hash(f"{self.identity}={self.value!r}")

    @property
    def is_of_the_page(self) -> bool:
        """True for what says nothing of the world: a place on a curve's axis, a factor by which a sentence sets a limit."""
        return self.identity.startswith((f"{PLACE}:", f"{FACTOR}:"))

    @property
    def leaves(self) -> tuple["Leaf", ...]:
        """Itself alone."""
        return (self,)

    @property
    def steps(self) -> tuple["Node", ...]:
        """Itself: nothing has to be worked out before it."""
        return (self,)

    @property
    def uses(self) -> Mapping[str, int]:
        """How often each leaf comes in, by key."""
        return {self.key: 1}

    @property
    def ends(self) -> tuple[float, float]:
        """Its range, or its value twice."""
        return (self.value if self.low is None else self.low, self.value if self.high is None else self.high)

    @property
    def has_range(self) -> bool:
        """True where a low or a high end was said."""
        return self.low is not None or self.high is not None

    @property
    def has_bound(self) -> bool:
        """True where the number is a floor or a ceiling."""
        return self.qualifier == "over" or self.qualifier in CEILINGS

    @property
    def is_rough(self) -> bool:
        """True where the number stands for others near it."""
        return self.qualifier == "about" or self.is_span

    def within_bound(self, low: float, high: float) -> tuple[float, float]:
        """From ``low`` to ``high``, and on from there to where a one-sided bound lets it lie.

        A ceiling on something above nothing reaches down to nothing, unless its series goes lower: a number of users
        that is "under 5" is not below none.
        """
        if self.qualifier == "over":
            return low, np.inf if self.most is None else max(self.most, high)
        if self.qualifier not in CEILINGS:
            return low, high
        floor = -np.inf if self.value <= 0 else 0.0
        return floor if self.least is None else min(self.least, low), high


@dataclass(frozen=True, eq=False)
class Operation:
    """One step of a derivation: an operation from the closed list, applied to other nodes."""

    op: str
    arguments: tuple["Node", ...] = field(repr=False)

    @cached_property
    def key(self) -> str:
        """A hash of the operation and of what it is applied to: the same derivation has the same key."""
        return _hash(f"{self.op}({','.join(a.key for a in self.arguments)})")

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The distinct leaves underneath, in the order in which they came in."""
        distinct = {leaf.key: leaf for argument in self.arguments for leaf in argument.leaves}
        return tuple(distinct.values())

    @cached_property
    def steps(self) -> tuple["Node", ...]:
        """All nodes of the derivation in an order in which they can be worked out, itself the last."""
        before = {step: None for argument in self.arguments for step in argument.steps}
        return (*before, self)

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """How often each leaf comes in, by key, on whatever way."""
        found: Counter[str] = Counter()
        for argument in self.arguments:
            found.update(argument.uses)
        return found


Node = Leaf | Operation


def evaluate(node: Node, given: Mapping[str, float] = {}) -> float:
    """The value of a node; ``given`` puts other values in place of leaves, by key.

    >>> x = Leaf("x", 3.0, "x")
    >>> evaluate(Operation("-", (x, x))), evaluate(Operation("×", (x, x)), {x.key: 5.0})
    (0.0, 25.0)
    """

    values: dict[Node, float] = {}  # nodes are told apart by identity, and one that is used twice is worked out once
    with np.errstate(all="ignore"):
        for step in node.steps:
            if isinstance(step, Leaf):
                values[step] = given.get(step.key, step.value)
            else:
                values[step] = OPERATIONS[step.op](*[values[argument] for argument in step.arguments])
    return float(values[node])


def weakest(tags: Iterable[str]) -> str:
    """The weakest of the tags; exact constants carry none.

    >>> weakest(["reported", "", "projected", "estimated"])
    'projected'
    """
    return max((tag for tag in tags if tag), key=TAGS.index, default="")
