"""The one sentence that a figure's number begins: what it is and how it comes about, in a reader's words.

An observation is told with its month and whoever said it; what was worked out, with the two or three inputs that it was
made of, each with its number. What lies deeper is named, and told by the formula.

>>> from frontier_calc import at, rulers
>>> net = rulers.to_net(at("anthropic-revenue-run-rate", "2026-04"), at("anthropic-gross-net-gap", "2026-04"))
>>> print(gist(net))
Anthropic’s sales pace of over $30 billion in April 2026, less the resellers’ part that a rival’s memo claims of it (about $8 billion)
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from frontier_calc import units
from frontier_calc.book import speakers, workings
from frontier_calc.book.workings import listed
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node
from frontier_calc.spoken import amount, is_ratio, name_of, part
from frontier_calc.typography import curly
from frontier_calc.words import count

FEW = 3  # so many inputs of an input are named; of more, how many
TINY = 1e-3  # the number of an input that is smaller tells a reader nothing
MONTH = 31  # days at most
DEEP = 1  # an input that was worked out in more steps than this is told by its own inputs alone
# What is said of a plan by its name need not be called a forecast.
PLANNED = re.compile(
    r"\b(plan(ned)?|target|sought|first profitable|listing|promised?|letter of intent|in talks|meant|to buy)\b"
)
PAID_SO_FAR = re.compile(r"\bhas paid\b")  # a sum that grew until then
OWNED = re.compile(r"(?P<owner>.+?)’s (?P<what>.+)")
PLACED = re.compile(
    r"(?P<what>.+?)(?P<place> in (?:the|Dario Amodei’s) (?:later |worked )?(?:example|illustration|account))"
)
SAYS_ITS_NUMBER = re.compile(r"\b(a|an) (million|dollar|year|week|day|month|quarter|February)\b")
COUNTED = re.compile(r"(seconds|minutes|cents|days|weeks|months|quarters|years|spells) ")  # the number stands before it


def gist(figure: Figure, named: Mapping[str, Figure] = {}) -> str:
    """What follows the number and a colon; ``named`` holds the figures of the page that have a title, by key."""
    return _Sentence(figure, named).text


def named_by_key(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Those of a page's figures that have a title of their own, by key."""
    return {figure.key: figure for figure in figures.values() if figure.title}


class _Sentence:
    """One sentence while it is made: what has been said need not be said again."""

    def __init__(self, figure: Figure, named: Mapping[str, Figure]) -> None:
        self.figure = figure
        self.named = {key: each for key, each in named.items() if key != figure.key}
        self.units = [amount(figure).unit]  # said
        self.forget()
        periods: dict[str, set[str]] = defaultdict(set)
        for leaf in figure.leaves:
            if leaf.period:
                periods[name_of(leaf)].add(leaf.period.text)
        self.ambiguous = {name for name, texts in periods.items() if len(texts) > 1}

    def forget(self) -> None:
        """Nothing that "it" or "its" could mean was said last."""
        self.name = self.owner = self.what = self.place = self.when = ""

    @property
    def text(self) -> str:
        """The sentence without its number."""
        node = self.figure.node
        if isinstance(node, Leaf):
            return self._observed(node)
        made = workings.made(node, self.mention, ",")
        if self.figure.aside:
            made = made.replace(", set against ", ", set beside ", 1)
        return f"{curly(self.figure.title)}, which is {made}" if self.figure.title else made

    # An observation, an assumption, a constant.

    def _observed(self, leaf: Leaf) -> str:
        name = curly(self.figure.title) or name_of(leaf)
        if leaf.title.endswith(f" of {amount(self.figure).number}"):
            name = curly(leaf.title)
        if not leaf.tag:
            return f"{name}, exactly"
        return f"{name}{self._when(leaf)}, {speakers.said_by(leaf)}"

    def _when(self, leaf: Leaf) -> str:
        """The period as it ends a phrase; empty where it says nothing, as of an assumption or a term of years."""
        if leaf.period is None or leaf.style in ("year", "day"):
            return ""
        if leaf.tag == "illustrative" and name_of(leaf) not in self.ambiguous:
            return ""
        if workings.is_span(leaf):
            return ""
        name, period = name_of(leaf), leaf.period
        is_ahead = leaf.tag == "projected" and leaf.known is not None and period.end > leaf.known
        if is_ahead and not PLANNED.search(name):
            return f" forecast for {period.words}"
        if is_ahead and not _is_month_of(leaf):
            return f" for {period.words}"
        return f" by {period.words}" if PAID_SO_FAR.search(name) else f" {period.dated}"

    # An input: its name and its number.

    def mention(self, node: Node) -> str:
        """An input with its number."""
        if isinstance(node, Leaf) and node.key not in self.named:
            return self._mention_leaf(node) if node.tag else self._mention_constant(node)
        figure = part(node, self.named)
        if self._is_deep(node):
            said = self._value(figure, "")
            return f"{said} (from {self._inputs(node)})"
        name = self.noun(node)
        self.forget()
        if 0 < abs(figure.value) < TINY and not units.currency(figure.unit):
            return name
        value = self._value(figure, name)
        # Right after its last part the number would pass for that part's.
        is_left_over = (
            not isinstance(node, Leaf) and node.op in ("-", "×") and node.key not in self.named and " less " in name
        )
        return f"{name} (which leaves {value})" if is_left_over else f"{name} ({value})"

    def _mention_constant(self, leaf: Leaf) -> str:
        name = name_of(leaf)
        number = amount(part(leaf)).number
        if COUNTED.match(name):
            return f"the {number} {name}"
        if leaf.name == f"{leaf.value:g}" or SAYS_ITS_NUMBER.search(name):
            return name
        return f"{name} ({number})"

    def _mention_leaf(self, leaf: Leaf) -> str:
        is_same = name_of(leaf) == self.name
        when = self._when(leaf)
        after = "" if when == self.when else when
        if is_same:
            return f"{self._value(part(leaf), self.name)}{after}"
        name = self._called(leaf)
        self.when = when
        value = self._value(part(leaf), name_of(leaf))
        if _takes_of(name, part(leaf)):
            return f"{name} of {value}{after}"
        return f"{name}{after} ({value})"

    def _value(self, figure: Figure, name: str) -> str:
        """The number of an input; a unit that was said, or that the name says, is not said again."""
        said = amount(figure)
        if abs(figure.value) < 1 and not units.currency(figure.unit):
            return str(said)
        if said.unit in self.units or (said.unit and said.unit in name) or " per " in name:
            return said.number
        self.units.append(said.unit)
        return str(said)

    def _called(self, leaf: Leaf) -> str:
        """What to call an observation after what was said last: "OpenAI’s", "its term", "… of it"."""
        name = name_of(leaf)
        placed = PLACED.fullmatch(name)
        owned = None if placed else OWNED.fullmatch(name)
        owner, what = (owned["owner"], owned["what"]) if owned else ("", "")
        place = placed["place"] if placed else ""
        short = name
        if self.name and name.endswith(f" of {self.name}"):
            short = f"{name.removesuffix(self.name)}it"
            short = re.sub(r"^the (\w+) of it$", r"its \1", short)
        elif owned and what == self.what:
            short = name.removesuffix(f" {what}")
        elif owned and owner == self.owner and " of " not in owner:
            short = f"its {what}"
        elif placed and place == self.place:
            short = placed["what"]
        self.name, self.owner, self.what, self.place = name, owner, what, place
        return short

    # A name for what was worked out.

    def noun(self, node: Node) -> str:
        """What to call a step of the derivation, without its number."""
        known = self.named.get(node.key)
        if known is not None:
            return curly(known.title)
        if isinstance(node, Leaf):
            if not node.tag:
                return self._mention_constant(node)
            when = self._when(node) if name_of(node) in self.ambiguous else ""
            return f"{self._called(node)}{when}"
        if self._is_deep(node):
            return f"a figure made of {self._inputs(node)}"
        return workings.made(node, self.noun, "")

    def _is_deep(self, node: Node) -> bool:
        return node.key not in self.named and workings.depth(node, self.named) > DEEP

    def _inputs(self, node: Node) -> str:
        """The inputs of a step that was worked out from others, by name; how many where they are many."""
        inputs = {name: leaf for leaf in self._under(node) for name in [name_of(leaf)]}
        if len(inputs) > FEW:
            return f"{count(len(inputs))} inputs"
        self.forget()
        told = listed([self._called(leaf) for leaf in inputs.values()])
        self.forget()
        return told or "constants alone"

    def _under(self, node: Node) -> list[Leaf]:
        """The measured inputs of a step; a step with a title counts as one."""
        known = self.named.get(node.key)
        if known is not None and not isinstance(node, Leaf):
            return [Leaf(known.title, known.value, known.key, title=known.title, tag=known.tag)]
        if isinstance(node, Leaf):
            return [node] if node.tag else []
        return [leaf for argument in node.arguments for leaf in self._under(argument)]


def _is_month_of(leaf: Leaf) -> bool:
    """Whether an observation is about the very month in which it was told: of a plan that is when, not for when."""
    period, known = leaf.period, leaf.known
    return bool(period and known and period.start <= known <= period.end and (period.end - period.start).days <= MONTH)


def _takes_of(name: str, figure: Figure) -> bool:
    """Whether a number may follow a name and "of": a sum or a share may, a crowd may not."""
    is_sum = bool(units.currency(figure.unit)) or is_ratio(figure.unit)
    holds_another = " of " in f"{name} " or "," in name or name.startswith("what ")
    return is_sum and not holds_another
