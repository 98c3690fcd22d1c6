"""A derivation in three steps: the formula in names, with the numbers put in, and the result."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from frontier_calc import words
from frontier_calc.graph import Leaf, Node, Operation
from frontier_calc.table import NOTATION, Notation

if TYPE_CHECKING:
    from frontier_calc.figure import Figure

Names = Mapping[str, tuple[str, "Figure"]]  # by key: what a figure is called, and the figure


class Steps(NamedTuple):
    """The formula in names, the same with numbers, and what comes out."""

    formula: str
    numbers: str
    result: str

    def __str__(self) -> str:
        return "\n= ".join(dict.fromkeys(self))


def steps(figure: "Figure", names: Names | None = None) -> Steps:
    """The derivation of ``figure``; ``names`` maps the keys of named figures to (name, figure).

    >>> from frontier_calc import assume
    >>> a, b = assume("price", 25, "USD"), assume("cost", 6, "USD")
    >>> print(steps((a - b) / a))
    (price − cost) ÷ price
    = ($25 − $6) ÷ $25
    = 0.76
    """
    known = names or {}
    formula = _InNames(known).derivation(figure.node)
    numbers = _InNumbers(known).derivation(figure.node)
    return Steps(formula, numbers, str(figure))


def leaf_words(leaf: Leaf) -> str:
    """The value of an observation or constant in words."""
    return words.usual(leaf, leaf.qualifier)


class _Writer:
    """Writes derivations: a named figure and a leaf as the kind of writer says, all else by what it is made of."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def of_named(self, name: str, figure: "Figure") -> str:
        """A figure that has a name."""
        raise NotImplementedError

    def of_leaf(self, leaf: Leaf) -> str:
        """An observation or a constant."""
        raise NotImplementedError

    def derivation(self, node: Node) -> str:
        """The derivation of a node, whatever its own text."""
        if isinstance(node, Leaf):
            return self.of_leaf(node)
        notation = NOTATION[node.op]
        if notation.strength:
            return self._between(node, notation)
        return f"{node.op}({', '.join(self._within(argument, outer=0) for argument in node.arguments)})"

    def _between(self, node: Operation, notation: Notation) -> str:
        left, right = node.arguments
        # A second argument of the same strength needs brackets after − and ÷: a − (b − c).
        right_strength = notation.strength + 1 if notation.brackets_right else notation.strength
        before = self._within(left, outer=notation.strength)
        after = self._within(right, outer=right_strength)
        return f"{before} {notation.sign} {after}"

    def _within(self, node: Node, outer: int) -> str:
        """A node as an argument of an operation; in brackets where it binds less than that operation."""
        if node.key in self.names:
            return self.of_named(*self.names[node.key])
        text = self.derivation(node)
        strength = NOTATION[node.op].strength if isinstance(node, Operation) else 0
        return f"({text})" if 0 < strength < outer else text


class _InNames(_Writer):
    """The formula: names of figures and series."""

    def of_named(self, name: str, figure: "Figure") -> str:
        return name

    def of_leaf(self, leaf: Leaf) -> str:
        return leaf.name


class _InNumbers(_Writer):
    """The same with the numbers put in."""

    def of_named(self, name: str, figure: "Figure") -> str:
        return str(figure)

    def of_leaf(self, leaf: Leaf) -> str:
        return leaf_words(leaf)
