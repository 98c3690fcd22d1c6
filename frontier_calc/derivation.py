"""A derivation in three steps: the formula in a reader's names, with the numbers put in, and the result.

All three say a number in the form of the result: a share that comes out in per cent has gone in in per cent.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from frontier_calc import words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node, Operation, evaluate
from frontier_calc.spoken import amount, form_of, is_price_of_a_token, name_of, part, unit_of
from frontier_calc.table import NOTATION, Notation
from frontier_calc.typography import curly
from frontier_calc.units import ONE, currency

# Operations that are written before what they are applied to, as a reader would say them.
BEFORE = {"min": "the smallest of", "max": "the greatest of", "ln": "ln"}
OF_TWO = {"min": "the smaller of", "max": "the greater of"}
SUM = NOTATION["+"]


class Steps(NamedTuple):
    """The formula in names, the same with numbers, and what comes out."""

    formula: str
    numbers: str
    result: str

    def __str__(self) -> str:
        return "\n= ".join(dict.fromkeys(self))


def steps(figure: Figure, named: Mapping[str, Figure] = {}, form: str = "") -> Steps:
    """The derivation of ``figure``; ``named`` holds the figures that have a title, by key, and are not taken apart.

    ``form`` is the one in which the result is said, where it is not the usual one of :func:`spoken.form_of`.

    >>> from frontier_calc import assume
    >>> a, b = assume("price", 25, "USD"), assume("cost", 6, "USD")
    >>> print(steps((a - b) / a))
    (price − cost) ÷ price
    = ($25 − $6) ÷ $25
    = 76 per cent
    >>> print(steps(1 - b / a).numbers)
    100 per cent − $6 ÷ $25
    """
    others = {key: each for key, each in named.items() if key != figure.key}
    formula = _InNames(figure, others).derivation(figure.node)
    numbers = _InNumbers(figure, others).derivation(figure.node)
    return Steps(formula, numbers, str(amount(figure, form)))


def leaf_words(leaf: Leaf) -> str:
    """The value of an observation or constant in words."""
    return words.usual(leaf, leaf.qualifier)


class _Writer:
    """Writes derivations: a named figure and a leaf as the kind of writer says, all else by what it is made of."""

    def __init__(self, figure: Figure, named: Mapping[str, Figure]) -> None:
        self.named = named
        periods: dict[str, set[str]] = defaultdict(set)
        for leaf in figure.leaves:
            if leaf.period:
                periods[name_of(leaf)].add(leaf.period.text)
        self.ambiguous = {name for name, texts in periods.items() if len(texts) > 1}

    def of_named(self, figure: Figure) -> str:
        """A figure that has a title."""
        raise NotImplementedError

    def of_leaf(self, leaf: Leaf, form: str = "") -> str:
        """An observation or a constant; ``form`` is the one in which its neighbours are said."""
        raise NotImplementedError

    def derivation(self, node: Node) -> str:
        """The derivation of a node, whatever its own text."""
        if isinstance(node, Leaf):
            return self.of_leaf(node)
        as_power = _as_power(node)
        if as_power is not None:
            base, exponent = as_power
            return f"{self._within(base, outer=NOTATION['^'].strength)} ^ ({self.derivation(exponent)})"
        notation = SUM if node.op == "sum" else NOTATION[node.op]
        if notation.strength:
            return self._between(node, notation)
        return self._before(node)

    def _between(self, node: Operation, notation: Notation) -> str:
        form = form_of(part(node)) if node.op in ("+", "-", "sum") and unit_of(node) == ONE else ""
        first, *rest = node.arguments
        # A second argument of the same strength needs brackets after − and ÷: a − (b − c).
        strength_of_rest = notation.strength + 1 if notation.brackets_right else notation.strength
        told = [self._within(first, notation.strength, form)]
        told += [self._within(argument, strength_of_rest, form) for argument in rest]
        return f" {notation.sign} ".join(told)

    def _before(self, node: Operation) -> str:
        form = form_of(part(node)) if node.op in ("min", "max") and unit_of(node) == ONE else ""
        told = [self._within(argument, 0, form) for argument in node.arguments]
        if node.op == "days":
            return f"from {told[0]} to {told[1]}"
        if node.op == "choose":
            left, right, larger, otherwise = told
            return f"{larger} where {left} > {right}, otherwise {otherwise}"
        if node.op == "exp":
            return f"e ^ ({told[0]})"
        before = OF_TWO.get(node.op, "") if len(told) == 2 else ""
        return f"{before or BEFORE[node.op]} ({'; '.join(told)})"

    def _within(self, node: Node, outer: int, form: str = "") -> str:
        """A node as an argument of an operation; in brackets where it binds less than that operation."""
        if node.key in self.named:
            return self.of_named(self.named[node.key])
        if isinstance(node, Leaf):
            return self.of_leaf(node, form)
        text = self.derivation(node)
        strength = SUM.strength if node.op == "sum" else NOTATION[node.op].strength
        if _as_power(node) is not None:
            strength = NOTATION["^"].strength
        return f"({text})" if 0 < strength < outer else text


def _as_power(node: Operation) -> tuple[Node, Node] | None:
    """What exp(ln(base) × exponent) raises to which power: as growth is brought to a year."""
    if node.op != "exp":
        return None
    (inside,) = node.arguments
    if isinstance(inside, Leaf) or inside.op != "×":
        return None
    logarithm, exponent = inside.arguments
    if isinstance(logarithm, Leaf) or logarithm.op != "ln":
        return None
    return logarithm.arguments[0], exponent


class _InNames(_Writer):
    """The formula: titles of figures, and what a sentence calls a series; with its period where there are several."""

    def of_named(self, figure: Figure) -> str:
        return curly(figure.title)

    def of_leaf(self, leaf: Leaf, form: str = "") -> str:
        name = name_of(leaf)
        if leaf.style == "day":
            return f"the day of {name}"
        if form == "percent" and _is_the_whole(leaf):
            return "the whole"
        return f"{name}, {leaf.period.words}" if leaf.period and name in self.ambiguous else name


class _InNumbers(_Writer):
    """The same with the numbers put in."""

    def of_named(self, figure: Figure) -> str:
        return amount(figure, in_formula=True).number

    def of_leaf(self, leaf: Leaf, form: str = "") -> str:
        figure = part(leaf)
        in_form = form if form_of(figure) == "plain" and form == "percent" else ""
        said = amount(figure, in_form, in_formula=True)
        needs_unit = is_price_of_a_token(leaf.unit) or (0 < abs(leaf.value) < 1 and not currency(leaf.unit))
        return str(said) if needs_unit else said.number


def _is_the_whole(leaf: Leaf) -> bool:
    return not leaf.tag and evaluate(leaf) == 1
