"""A figure: a value that knows its unit, its ruler, how solid it is, when it was known, and what it came from.

>>> from frontier_calc import assume, constant
>>> pace = assume("pace", 30e9, "USD per year")
>>> month = pace / constant("months in a year", 12, "month per year")
>>> print(month, "|", month.unit_words, "|", month.tag)
$2.5 billion | USD per month | illustrative
"""

import math
import numbers
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NoReturn

from frontier_calc import graph, ranges, units, words
from frontier_calc.conditions import Comparison
from frontier_calc.dates import Period
from frontier_calc.errors import Readable
from frontier_calc.graph import Leaf, Node, Operation
from frontier_calc.rulers import NO_RULER, Ruler, merge
from frontier_calc.units import ONE, Unit, UnitError, unlike

VERBS = {"+": "add", "-": "subtract", "×": "multiply", "÷": "divide"}


class FigureError(Readable, TypeError):
    """A figure was used as a bare number or a truth value, which would lose where it comes from."""


Operator = Callable[["Figure", "Figure | float"], "Figure"]


def _both_ways(op: str) -> tuple[Operator, Operator]:
    """An operator with the figure on its left side, and with the figure on its right side."""

    def on_the_left(self: "Figure", other: "Figure | float") -> "Figure":
        return self.combine(op, self._beside(other, op))

    def on_the_right(self: "Figure", other: "Figure | float") -> "Figure":
        if op == "+" and other == 0:
            return self  # sum() begins with nothing
        return self._beside(other, op).combine(op, self)

    return on_the_left, on_the_right


def _relation(relation: str) -> Callable[["Figure", "Figure | float"], Comparison]:
    def compare(self: "Figure", other: "Figure | float") -> Comparison:
        return Comparison(self, relation, self._beside(other, relation))

    return compare


@dataclass(frozen=True, eq=False)
class Figure:
    """An immutable number with its provenance. Made by reading the data or by arithmetic on other figures.

    Adding, dividing or comparing figures whose rulers contradict each other raises RulerError; adding or comparing
    figures that count different things raises UnitError. ``bool()``, ``float()`` and ``int()`` raise: use ``.value`` and mean it.
    """

    node: Node
    unit: Unit = ONE
    ruler: Ruler = NO_RULER
    title: str = ""
    style: str = "plain"  # how it is usually worded: plain, or percent for a series of shares
    aside: str = ""  # what the reader must be told: two rulers were set side by side

    @cached_property
    def value(self) -> float:
        """The number in plain units: dollars, people, a share of one."""
        return graph.evaluate(self.node)

    @property
    def key(self) -> str:
        """The hash of the derivation: the same derivation has the same key."""
        return self.node.key

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The distinct observations and constants underneath, in the order in which they came in."""
        return self.node.leaves

    @cached_property
    def interval(self) -> tuple[float | None, float | None]:
        """The lowest and highest value that the ranges underneath allow."""
        return ranges.interval(self.node)

    @property
    def low(self) -> float | None:
        """The low end of the range, None where nothing underneath has a range."""
        return self.interval[0]

    @property
    def high(self) -> float | None:
        """The high end of the range, None where nothing underneath has a range."""
        return self.interval[1]

    @cached_property
    def tag(self) -> str:
        """The weakest tag among the inputs; empty for an exact constant."""
        return graph.weakest(leaf.tag for leaf in self.leaves)

    @cached_property
    def qualifier(self) -> str:
        """exactly, about, over, under or up to."""
        return ranges.qualifier(self.node)

    @cached_property
    def sources(self) -> tuple[Any, ...]:
        """The distinct sources underneath, in order."""
        return tuple(dict.fromkeys(leaf.source for leaf in self.leaves if leaf.source is not None))

    @property
    def is_own(self) -> bool:
        """True where it leans on an observation that a student has added for himself (:func:`frontier_calc.observe`)."""
        return any(getattr(source, "is_own", False) for source in self.sources)

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """Who speaks in its sources, each once: filing, company, investor, rival, press, research firm, booklet.

        >>> from frontier_calc import at
        >>> at("anthropic-gross-net-gap", "2026-04").voices
        ('rival',)
        """
        spoken = (getattr(source, "voice", "") for source in self.sources)
        return tuple(dict.fromkeys(filter(None, spoken)))

    @property
    def period(self) -> Period | None:
        """The latest period underneath."""
        return self.periods[-1] if self.periods else None

    @property
    def known(self) -> date | None:
        """The day from which the number could be known: the latest publication underneath."""
        return max((leaf.known for leaf in self.leaves if leaf.known), default=None)

    @property
    def has_value(self) -> bool:
        """False where it has no value: it is not known, or undefined."""
        return not math.isnan(self.value)

    @property
    def is_known(self) -> bool:
        """False where it rests on a series of which nothing was known on the day of reading."""
        return self.has_value or not any(math.isnan(leaf.value) for leaf in self.leaves)

    @property
    def is_undefined(self) -> bool:
        """True where everything underneath is known and it has no value all the same, as nothing divided by nothing."""
        return self.is_known and not self.has_value

    @property
    def is_span(self) -> bool:
        """True for an observation of which only a range was said: its words are the range, its value the middle."""
        return isinstance(self.node, Leaf) and self.node.is_span

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The distinct periods underneath, the one that ends first in front."""
        return tuple(sorted({leaf.period for leaf in self.leaves if leaf.period is not None}))

    @property
    def about_words(self) -> str:
        """What time it is about, from the earliest to the latest period underneath: "February to April 2026".

        Empty for what is about no time. ``.when`` tells the latest period alone.

        >>> from frontier_calc import history
        >>> print(sum(history("openai-revenue-recognised-quarter")[:1]).about_words)
        the first quarter of 2026
        """
        if not self.periods:
            return ""
        first = min(self.periods, key=lambda period: (period.start, -period.end.toordinal()))
        last = max(self.periods, key=lambda period: (period.end, -period.start.toordinal()))
        return _from_to(first.words, last.words)

    @property
    def unit_words(self) -> str:
        """The unit in words, empty for a plain ratio."""
        return units.name(self.unit)

    @property
    def label(self) -> str:
        """What to call the figure in a message."""
        return self.title or getattr(self.node, "title", "") or f"{self} {units.counted(self.unit, self.value)}".strip()

    @cached_property
    def sensitivity(self) -> tuple[Leaf, float] | None:
        """The input on which the figure leans hardest, and its elasticity at plus and minus one per cent."""
        inputs = [(leaf, ranges.elasticity(self.node, leaf)) for leaf in self.leaves if leaf.tag]
        return max(inputs, key=lambda pair: abs(pair[1]), default=None)

    def named(self, title: str, ruler: Ruler | None = None) -> "Figure":
        """The same figure under a title of its own, and on ``ruler`` where one is given."""
        return replace(self, title=title, ruler=self.ruler if ruler is None else ruler)

    # Arithmetic: short operators, one place that checks units and rulers.

    def combine(self, op: str, other: "Figure | float", ruler: Ruler | None = None) -> "Figure":
        """Apply ``op``; a conversion passes the ``ruler`` of its result and so vouches for it."""
        other = as_figure(other)
        if ruler is None:
            ruler = merge(VERBS[op], self, other)  # before the units: a clash of rulers tells the reader more
            if op == "÷" and self.unit == other.unit != ONE:
                ruler = NO_RULER  # a ratio of two like figures is on no ruler
            elif op == "-" and not self.ruler.firmness:
                ruler = ruler._replace(firmness="")  # what a cost leaves was not spent
        if op in "+-" and self.unit != other.unit:
            raise unlike(VERBS[op], self, other)
        unit = self.unit
        if op == "×":
            unit = self.unit * other.unit
        elif op == "÷":
            unit = self.unit / other.unit
        return derived(op, self, other, unit=unit, ruler=ruler)

    def _beside(self, other: "Figure | float", op: str) -> "Figure":
        """The other side of an operation. A bare number is a plain one, and nothing is nothing in every unit.

        Raises UnitError where a number without a unit would be added to, or compared with, a figure that has one.
        """
        if isinstance(other, Figure):
            return other
        if op in "×÷":
            return _factor(other)
        number = as_figure(other, self.unit)
        if self.unit == ONE or number.value == 0:
            return number
        verb = VERBS.get(op, "compare")
        raise UnitError(
            f"cannot {verb} {self.label}, which counts {self.unit_words}, and the bare number {number}.\n"
            "A figure of the page is taken by its name. One of your own says what it counts, a billion as 1e9: "
            f'fc.constant("threshold", {other!r}, "{self.unit_words}")',
            bare=number,
        )

    @property
    def is_exact(self) -> bool:
        """True for constants and what is made of constants alone."""
        return not self.tag

    __add__, __radd__ = _both_ways("+")
    __sub__, __rsub__ = _both_ways("-")
    __mul__, __rmul__ = _both_ways("×")
    __truediv__, __rtruediv__ = _both_ways("÷")

    def __neg__(self) -> "Figure":
        return as_figure(0.0, self.unit).combine("-", self)

    def __pow__(self, power: "Figure | float") -> "Figure":
        power = as_figure(power)
        if power.unit != ONE or not (self.unit == ONE or power.is_exact):
            raise UnitError(
                f"cannot raise {self.label} to {power.label}: a power is a plain number.\n"
                "Divide by a like figure first, as in (a / b) ** 2."
            )
        unit = units.raised(self.unit, power.value) if power.is_exact else ONE
        return derived("^", self, power, unit=unit, ruler=merge("multiply", self, power))

    def log(self) -> "Figure":
        """The natural logarithm of a plain ratio."""
        return self._plain("ln")

    def exp(self) -> "Figure":
        """e to the power of a plain ratio."""
        return self._plain("exp")

    def _plain(self, op: str) -> "Figure":
        if self.unit != ONE:
            counts = f"it counts {self.unit_words}; divide by a like figure first"
            raise UnitError(f"cannot take {op} of {self.label}: {counts}")
        return derived(op, self, ruler=self.ruler)

    # An order makes a Comparison, which a claim puts into words; it is not a truth value.

    __gt__, __ge__, __lt__, __le__ = map(_relation, (">", ">=", "<", "<="))

    def __eq__(self, other: object) -> bool:
        """The same derivation, as in ``figure in figures``: two figures of one size need not be equal.

        Raises RulerError or UnitError where the two cannot be compared at all.
        """
        if isinstance(other, numbers.Real):
            raise FigureError(f"{self.label} is a figure and equals no bare number: compare it, or use .value")
        if not isinstance(other, Figure):
            return NotImplemented
        if self.key == other.key:
            return True
        if merge("compare", self, other) is not None and self.unit != other.unit:
            raise unlike("compare", self, other)
        return False

    def __hash__(self) -> int:
        return hash(self.key)

    def __bool__(self) -> NoReturn:
        raise FigureError(f"{self.label} is a figure, not a truth value; compare it, or use .value")

    def __float__(self) -> NoReturn:
        raise FigureError(f"{self.label} is a figure; a bare number would lose its source: use .value")

    __int__ = __index__ = __float__

    def __abs__(self) -> "Figure":
        """Its size: the larger of itself and its opposite."""
        return derived("max", self, -self, unit=self.unit, ruler=self.ruler)

    def __round__(self, digits: int | None = None) -> NoReturn:
        raise FigureError(f"{self.label} is a figure and keeps its digits; to say it roughly, use .rough")

    def __format__(self, spec: str) -> str:
        if spec:
            raise FigureError(
                f"{self.label} is a figure and words itself, without {spec!r}: leave it out, or use .rough or .percent"
            )
        return str(self)

    # Words.

    def __str__(self) -> str:
        return words.STYLES["plain"](self)

    def __repr__(self) -> str:
        told = [self.label, str(self.ruler), self.tag or "exact"]
        told += [self.period.words] if self.period else []
        told += [str(source) for source in self.sources]
        return f"<{self}: {', '.join(told)}>"

    def explain(self) -> Any:
        """All that stands behind it, in words: its sentence, who says so and who otherwise, its formula and ruler.

        >>> from frontier_calc import at
        >>> "rival" in str(at("anthropic-gross-net-gap", "2026-04").explain())
        True
        """
        from frontier_calc.classroom import explaining  # the words are made above us, and only when asked for

        return explaining.of_figure(self)

    def getdoc(self) -> str:
        """What a notebook tells of it for ``name?``."""
        return f"{self.explain()}\n\nWays to word it: .{', .'.join(words.STYLES)}\nWhat it is for: .value is the bare number, .explain() tells all of the above."

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *words.STYLES})

    def __getattr__(self, style: str) -> words.Worded:
        if style.startswith("_") or style not in words.STYLES:
            raise words.WordingError(
                f"a figure has no {style!r}; ways to word it: {', '.join(sorted(words.STYLES))}", name=style, obj=self
            )
        return words.Worded(self, style)

    def _repr_html_(self) -> str:
        return words.Worded(self, "plain")._repr_html_()


MONTH_OR_DAY = re.compile(r"(?P<within>(?:\d{1,2} )?[A-Z][a-z]+) (?P<year>\d{4})")


def _from_to(first: str, last: str) -> str:
    """Two times as one stretch; a year that both months or days share is said once.

    >>> _from_to("February 2026", "April 2026"), _from_to("December 2025", "April 2026"), _from_to("2025", "2025")
    ('February to April 2026', 'December 2025 to April 2026', '2025')
    """
    if first == last:
        return first
    start, end = MONTH_OR_DAY.fullmatch(first), MONTH_OR_DAY.fullmatch(last)
    if start is not None and end is not None and start["year"] == end["year"]:
        return f"{start['within']} to {last}"
    return f"{first} to {last}"


def derived(op: str, *given: Figure, unit: Unit = ONE, ruler: Ruler = NO_RULER, aside: str = "") -> Figure:
    """What an operation makes of figures. The reader is told what was to be told of each, and ``aside``, once."""
    told = [text for each in given for text in each.aside.split("; ")] + [aside]
    node = Operation(op, tuple(each.node for each in given))
    return Figure(node, unit, ruler, aside="; ".join(filter(None, dict.fromkeys(told))))


def of_leaf(name: str, value: float, identity: str, unit: Unit = ONE, ruler: Ruler = NO_RULER, **about: Any) -> Figure:
    """A figure that was not worked out: observed, assumed or exact; ``about`` has the other fields of its Leaf."""
    leaf = Leaf(name, float(value), identity, unit=unit, **about)
    return Figure(leaf, unit, ruler, style=leaf.style)


def as_figure(number: object, unit: Unit = ONE) -> Figure:
    """A figure as it is; a bare number as an exact constant of ``unit``."""
    if isinstance(number, Figure):
        return number
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        raise FigureError(
            f"a figure or a number is needed here, not {number!r:.60}.\n"
            "A text, a list and nothing at all are no numbers; several figures are gone through one by one."
        )
    text = f"{float(number):g}"
    return of_leaf(text, float(number), f"constant:{text}:{units.name(unit)}", unit, title=text)


def _factor(number: object) -> Figure:
    """A bare factor: exact where it counts, as 12 months do; one that is no whole number is somebody's guess."""
    factor = as_figure(number)
    if not math.isfinite(factor.value) or factor.value.is_integer():
        return factor
    name = f"a factor of {factor.value:g}"
    return of_leaf(name, factor.value, f"{graph.FACTOR}:{name}", tag="illustrative", title=name)


def _number(name: object, value: object) -> float:
    """The value of what is named by hand. Raises FigureError where it, or the name, is of another kind."""
    if not isinstance(name, str):
        raise FigureError(
            f'the name comes first, between quotation marks, and {name!r:.40} is none: fc.assume("price", 25, "USD")'
        )
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise FigureError(
            f"{name} is to be a bare number, not {value!r:.60}.\n"
            f'Its unit stands beside it: fc.assume("{name}", 25e9, "USD per year"); of a figure, take .value'
        )
    return float(value)


def constant(name: str, value: float, unit: str = "1") -> Figure:
    """An exact constant, such as the months in a year: no tag, no source, no ruler.

    >>> print(constant("threshold", 40e9, "USD per year"))
    $40 billion
    """
    return of_leaf(name, _number(name, value), f"constant:{name}", units.parse(unit), title=name)


def along(name: str, values: Iterable[float], unit: str = "1") -> list[Figure]:
    """Places along an axis, at which a curve is worked out: illustrative, and no numbers that anybody would change.

    >>> [str(share) for share in along("a share of", (0.25, 0.5))]
    ['0.25', '0.5']
    """
    return [_place(f"{name} {value:g}", value, units.parse(unit)) for value in values]


def _place(name: str, value: float, unit: Unit) -> Figure:
    return of_leaf(name, _number(name, value), f"{graph.PLACE}:{name}", unit, tag="illustrative", title=name)


def assume(
    name: str, value: float, unit: str = "1", ruler: Ruler = NO_RULER, source: Any = None, qualifier: str = "exactly"
) -> Figure:
    """A named assumption: tagged illustrative, and so is all that is made of it. ``source``: who proposed it.

    ``qualifier`` is how exact it is, where it was carried over from a figure that is not. Raises FigureError for
    one that does not exist.

    >>> print(assume("price", 25, "USD"), assume("price", 25, "USD").tag)
    $25 illustrative
    """
    if qualifier not in graph.QUALIFIERS:
        raise FigureError(f"{name}: {qualifier!r} is not among {', '.join(graph.QUALIFIERS)}")
    about = {"tag": "illustrative", "title": name, "source": source, "qualifier": qualifier}
    return of_leaf(name, _number(name, value), f"assumed:{name}", units.parse(unit), ruler, **about)
