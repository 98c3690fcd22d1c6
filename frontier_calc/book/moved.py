"""The input that moves a figure most, in words: what a tenth more of it does.

The sentences stand in the table of words, since a page says them too, and again when its reader has changed a number.

>>> from frontier_calc import assume
>>> cost, gain = assume("the cost", 60, "USD"), assume("the gain", 100, "USD")
>>> print(words_of(gain - cost))
A tenth more of the gain makes it 25 per cent larger.
"""

from collections import Counter
from collections.abc import Sequence

from frontier_calc import graph, spoken, words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.table import TABLE

MOVED = TABLE["moved"]


def shares(figure: Figure) -> list[tuple[Leaf, float]]:
    """By what share of itself a tenth more of each input moves a figure, the largest first.

    An input has no tenth more where it would be more than one of its kind can be, and a date has none; nor has a figure
    that is one, is nothing, or has no number.
    """
    value = figure.value
    if spoken.form_of(figure) == "date" or not figure.has_value or value == 0:
        return []
    found = [(leaf, graph.evaluate(figure.node, {leaf.key: _more(leaf)}) / value - 1) for leaf in _movable(figure)]
    known = [(leaf, share) for leaf, share in found if MOVED["least"] <= abs(share) <= MOVED["most"]]
    return sorted(known, key=lambda pair: -abs(pair[1]))


def words_of(figure: Figure) -> str:
    """What moves a figure most, as a sentence; inputs that do the same are named together. Empty for an observation."""
    found = [] if isinstance(figure.node, Leaf) else shares(figure)
    if not found:
        return ""
    most = found[0][1]
    first = [leaf for leaf, share in found if abs(share - most) <= MOVED["near"]]
    size = words.percent(abs(most))
    return str(MOVED[_way(figure.value, most)].format(_named(first, figure), size))


def _movable(figure: Figure) -> list[Leaf]:
    of_the_world = [leaf for leaf in figure.leaves if leaf.tag and not leaf.is_of_the_page]
    return [leaf for leaf in of_the_world if leaf.style not in ("year", "day") and _has_more(leaf)]


def _has_more(leaf: Leaf) -> bool:
    return leaf.most is None or _more(leaf) <= leaf.most


def _more(leaf: Leaf) -> float:
    return leaf.value * float(MOVED["times"])


def _way(value: float, share: float) -> str:
    """Which sentence of the table tells where a figure goes: a loss that grows is no larger number."""
    if share < -1:
        return "across"
    if value < 0:
        return "away" if share > 0 else "back"
    return "larger" if share > 0 else "smaller"


def _named(inputs: Sequence[Leaf], figure: Figure) -> str:
    """The names of some inputs, with the period where a name is of several; of many, the first and how many more."""
    often = Counter(spoken.name_of(leaf) for leaf in figure.leaves if leaf.tag)
    few = MOVED["few"]
    names = [_name(leaf, often) for leaf in inputs]
    if len(names) > few:
        names = [*names[: few - 1], MOVED["others"].format(len(names) - few + 1)]
    return str(MOVED["or"]).join(names)


def _name(leaf: Leaf, often: Counter[str]) -> str:
    name = spoken.name_of(leaf)
    return f"{name} ({leaf.period.words})" if leaf.period and often[name] > 1 else name
