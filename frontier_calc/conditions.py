"""Conditions on figures, in three values: true, false, or left open by what the figures do not say exactly.

>>> from frontier_calc import assume
>>> pace, rival = assume("pace", 30e9, "USD per year"), assume("rival", 24e9, "USD per year")
>>> ahead = pace > rival
>>> print(ahead, "|", ahead.truth, "|", (~ahead).truth, "|", (ahead & (rival > pace)).truth)
pace > rival | True | False | False
"""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from frontier_calc import ranges
from frontier_calc.errors import Readable
from frontier_calc.graph import Operation
from frontier_calc.rulers import alike

if TYPE_CHECKING:
    from frontier_calc.figure import Figure

RELATIONS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


class ComparisonError(Readable, TypeError):
    """A comparison was used as a truth value, which would lose what it compares."""


class Condition:
    """Something that a sentence may rest on. ``&``, ``|`` and ``~`` join conditions in Python.

    ``truth`` is Kleene's: a part that is left open leaves the whole open, unless the other parts settle it.
    """

    def judged(self, bounds: bool = True) -> bool | None:
        """True, False, or None where ranges leave it open; one-sided bounds too, unless they are left aside."""
        raise NotImplementedError

    @property
    def truth(self) -> bool | None:
        """True, False, or None where ranges or one-sided bounds leave it open."""
        return self.judged()

    @property
    def holds(self) -> bool:
        """True if the central values bear it out, whatever their ranges and bounds."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple["Comparison", ...]:
        """The comparisons in it, one by one."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """True if ranges or one-sided bounds leave it open."""
        return self.truth is None

    @property
    def figures(self) -> tuple["Figure", ...]:
        """All figures compared, exact constants left out."""
        compared = [figure for part in self.parts for figure in (part.left, part.right)]
        return tuple({figure.key: figure for figure in compared if not figure.is_exact}.values())

    @property
    def is_known(self) -> bool:
        """False where some figure was not known on the day of reading."""
        return all(figure.is_known for figure in self.figures)

    @property
    def is_defined(self) -> bool:
        """False where some figure has no value although all that it rests on is known."""
        return not any(figure.is_undefined for figure in self.figures)

    def __and__(self, other: "Condition | bool") -> "Every":
        return Every((*_joined(Every, self), *_joined(Every, as_condition(other))))

    def __or__(self, other: "Condition | bool") -> "Some":
        return Some((*_joined(Some, self), *_joined(Some, as_condition(other))))

    __rand__ = __and__
    __ror__ = __or__

    def __invert__(self) -> "Negation":
        return Negation(self)

    def __bool__(self) -> NoReturn:
        raise ComparisonError(
            "a comparison of figures is not a truth value; word it with fc.claim(), or use .holds.\n"
            "To find the largest or smallest figure: fc.greatest(figures), fc.least(figures), or key=lambda f: f.value."
        )


@dataclass(frozen=True)
class Comparison(Condition):
    """Two figures and the relation asserted between them. Raises RulerError or UnitError where they are not alike."""

    left: "Figure"
    relation: str
    right: "Figure"

    def __post_init__(self) -> None:
        alike("compare", self.left, self.right)

    def __str__(self) -> str:
        return f"{self.left.label} {self.relation} {self.right.label}"

    def __repr__(self) -> str:
        """What a cell shows of it: the comparison, its numbers, and whether they bear it out."""
        told = {True: "it holds", False: "it does not hold", None: "ranges or bounds leave it open"}[self.truth]
        return f"<{self}: {self.left} {self.relation} {self.right}, {told}>"

    def judged(self, bounds: bool = True) -> bool | None:
        """Whether the difference of the two stands in the relation to nothing, wherever it is allowed to lie."""
        low, high = self._reach if bounds else self._interval
        if low is None or high is None:
            return self.holds
        test = RELATIONS[self.relation]
        at_its_lowest, at_its_highest = test(low, 0.0), test(high, 0.0)
        return at_its_lowest if at_its_lowest == at_its_highest else None

    @cached_property
    def _difference(self) -> Operation:
        return Operation("-", (self.left.node, self.right.node))

    @cached_property
    def _reach(self) -> tuple[float | None, float | None]:
        return ranges.reach(self._difference)

    @cached_property
    def _interval(self) -> tuple[float | None, float | None]:
        return ranges.interval(self._difference)

    @property
    def holds(self) -> bool:
        """True if the central values stand in the relation."""
        return bool(RELATIONS[self.relation](self.left.value, self.right.value))

    @property
    def parts(self) -> tuple["Comparison", ...]:
        """This comparison alone."""
        return (self,)


@dataclass(frozen=True)
class Given(Condition):
    """A plain truth value, such as whether a figure is projected, with the words in which it was asked for."""

    value: bool
    text: str = ""

    def __str__(self) -> str:
        return self.text or str(self.value)

    def judged(self, bounds: bool = True) -> bool | None:
        """What was given."""
        return self.value

    @property
    def holds(self) -> bool:
        """What was given."""
        return self.value

    @property
    def parts(self) -> tuple[Comparison, ...]:
        """None: it compares no figures."""
        return ()


@dataclass(frozen=True)
class Every(Condition):
    """True if every part is, false if one part is false."""

    members: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(_bracketed(member) for member in self.members)

    def judged(self, bounds: bool = True) -> bool | None:
        """False where one part is false; else open where one is open."""
        truths = [member.judged(bounds) for member in self.members]
        if False in truths:
            return False
        return None if None in truths else True

    @property
    def holds(self) -> bool:
        """True if the central values bear out every part."""
        return all(member.holds for member in self.members)

    @property
    def parts(self) -> tuple[Comparison, ...]:
        """The comparisons of all parts."""
        return tuple(_comparisons(self.members))


@dataclass(frozen=True)
class Some(Condition):
    """True if one part is, false if every part is false."""

    members: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(_bracketed(member) for member in self.members)

    def judged(self, bounds: bool = True) -> bool | None:
        """True where one part is true; else open where one is open."""
        truths = [member.judged(bounds) for member in self.members]
        if True in truths:
            return True
        return None if None in truths else False

    @property
    def holds(self) -> bool:
        """True if the central values bear out some part."""
        return any(member.holds for member in self.members)

    @property
    def parts(self) -> tuple[Comparison, ...]:
        """The comparisons of all parts."""
        return tuple(_comparisons(self.members))


@dataclass(frozen=True)
class Negation(Condition):
    """True where its part is false, and open where that is open."""

    member: Condition

    def __str__(self) -> str:
        return f"not {_bracketed(self.member)}"

    def judged(self, bounds: bool = True) -> bool | None:
        """The opposite of the part's."""
        truth = self.member.judged(bounds)
        return None if truth is None else not truth

    @property
    def holds(self) -> bool:
        """True if the central values do not bear out the part."""
        return not self.member.holds

    @property
    def parts(self) -> tuple[Comparison, ...]:
        """The comparisons of the part."""
        return self.member.parts


@dataclass(frozen=True)
class AsStated(Condition):
    """What its part says of the numbers as they were stated: ranges leave it open, one-sided bounds do not."""

    member: Condition

    def __str__(self) -> str:
        return f"stated({self.member})"

    def judged(self, bounds: bool = True) -> bool | None:
        """What the part says with one-sided bounds left aside."""
        return self.member.judged(bounds=False)

    @property
    def holds(self) -> bool:
        """True if the central values bear out the part."""
        return self.member.holds

    @property
    def parts(self) -> tuple[Comparison, ...]:
        """The comparisons of the part."""
        return self.member.parts


def stated(condition: Condition | bool) -> Condition:
    """The condition, decided by the numbers as they were stated: "over 30" is 30 in it, and a range is still a range.

    It is for sentences that speak of what was said, such as "by the shares stated". A ``%%claim`` cell knows the name
    without an import, and there ``and``, ``or``, ``not`` and chained comparisons may stand inside it.

    >>> from frontier_calc import assume
    >>> share = assume("share", 0.4, qualifier="over")
    >>> print((share < 0.5).truth, stated(share < 0.5).truth)
    None True
    """
    asked = as_condition(condition)
    return asked if isinstance(asked, Given) else AsStated(asked)


def as_condition(value: object, text: str = "") -> Condition:
    """A condition as it is; a plain truth value as Given. Raises TypeError for anything else."""
    if isinstance(value, Condition):
        return value
    if isinstance(value, bool) or type(value).__name__ == "bool":  # NumPy has a truth value of its own
        return Given(bool(value), text)
    raise TypeError(f"a comparison of figures or a truth value is needed here, not {value!r}")


def _joined(kind: type[Every] | type[Some], condition: Condition) -> tuple[Condition, ...]:
    """What a condition adds to a longer one of that kind: its members, where it is of that kind itself."""
    return condition.members if isinstance(condition, kind) else (condition,)


def _bracketed(condition: Condition) -> str:
    """A condition as part of a longer one."""
    return f"({condition})" if isinstance(condition, Every | Some) else str(condition)


def _comparisons(members: tuple[Condition, ...]) -> Iterator[Comparison]:
    for member in members:
        yield from member.parts
