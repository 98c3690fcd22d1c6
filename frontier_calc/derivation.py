"""A derivation in three steps: the formula in names, with the numbers put in, and the result."""

from typing import Any, NamedTuple

from frontier_calc import words
from frontier_calc.graph import Leaf, Node

INFIX = {"+": 1, "-": 1, "×": 2, "÷": 2, "^": 3}
SIGNS = {"-": "−"}


class Steps(NamedTuple):
    """The formula in names, the same with numbers, and what comes out."""

    formula: str
    numbers: str
    result: str

    def __str__(self) -> str:
        return "\n= ".join(dict.fromkeys(self))


def steps(figure: Any, names: dict[str, Any] | None = None) -> Steps:
    """The derivation of ``figure``; ``names`` maps the keys of named figures to (name, figure).

    >>> from frontier_calc import assume
    >>> a, b = assume("price", 25, "USD"), assume("cost", 6, "USD")
    >>> print(steps((a - b) / a))
    (price − cost) ÷ price
    = ($25 − $6) ÷ $25
    = 0.76
    """
    known = names or {}
    formula = _text(figure.node, known, lambda name, fig: name, lambda leaf: leaf.name, top=True)
    numbers = _text(figure.node, known, lambda name, fig: str(fig), leaf_words, top=True)
    return Steps(formula, numbers, str(figure))


def leaf_words(leaf: Leaf) -> str:
    """The value of an observation or constant in words."""
    return words.usual(leaf, leaf.qualifier)


def _text(node: Node, names: dict[str, Any], of_named, of_leaf, top: bool = False, outer: int = 0) -> str:
    if not top and node.key in names:
        return of_named(*names[node.key])
    if isinstance(node, Leaf):
        return of_leaf(node)
    strength = INFIX.get(node.op, 0)
    if not strength:
        inner = ", ".join(_text(a, names, of_named, of_leaf) for a in node.arguments)
        return f"{node.op}({inner})"
    left, right = node.arguments
    # The right side of − and ÷ needs brackets at the same strength: a − (b − c).
    a = _text(left, names, of_named, of_leaf, outer=strength)
    b = _text(right, names, of_named, of_leaf, outer=strength + (node.op in "-÷^"))
    text = f"{a} {SIGNS.get(node.op, node.op)} {b}"
    return f"({text})" if strength < outer else text
