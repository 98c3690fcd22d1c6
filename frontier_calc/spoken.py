"""How a sentence calls a figure and says its number: names in place of identifiers, units in place of their spellings.

A number that is a ratio is said in one form throughout: in per cent where it is a part or near the whole, as so many
times where it is a multiple. The form belongs to the number, so that a sentence, the formula under it and the number
above it agree.

>>> from frontier_calc import at
>>> then, later = at("anthropic-revenue-run-rate", "2026-03"), at("anthropic-revenue-run-rate", "2026-04")
>>> print(name_of(later.node), "|", amount(later), "|", amount(later / then))
Anthropic’s sales pace | over $30 billion a year | about 158 per cent
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from frontier_calc import units, words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node, Operation, evaluate
from frontier_calc.table import TABLE
from frontier_calc.typography import curly
from frontier_calc.units import ONE, Unit

A_YEAR_OF_THE_CALENDAR = units.parse("calendar-year")
MULTIPLE = 2  # from here on a ratio is said as so many times
ALIKE = ("+", "-", "sum", "min", "max", "choose")  # what these make is of the kind that they are given
A_MILLION = 1e6
PER_TOKEN = "per million tokens"

# How a unit is said, where its noun alone would not do.
SAID = {
    "GW": "gigawatt",
    "EUR": "euro",
    "USD": "dollar",
    "GBP": "pound",
    "CNY": "yuan",
    "HKD": "Hong Kong dollar",
    "calendar-year": "year",
}
MANY = {"person": "people", "aircraft": "aircraft", "calendar-year": ""}
NOT_SAID = re.compile(r"( of -?[0-9][0-9.,]*|, at other dates)$")  # "a margin of 0.36": the number is said beside it
# "the part that a rival’s memo claims of …": what makes it a claim, and the voice whose claim it is.
CLAIMED = re.compile(r" that an? (\w+)['’]s \w+ claims(?= of )")
A_PART = re.compile(r"\b(margin|part|share)\b")  # an assumed number of this name is a part of one


class Amount(NamedTuple):
    """A number in words, and what it counts; empty for a ratio."""

    number: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".rstrip()


# Names.


def name_of(leaf: Node) -> str:
    """What a sentence calls an observation, an assumption or a constant: never its identifier."""
    assert isinstance(leaf, Leaf)
    if leaf.spoken:
        return curly(CLAIMED.sub(lambda clause: clause[0] if _voice(leaf) == clause[1] else "", leaf.spoken))
    title = leaf.title or leaf.name.replace("-", " ").replace("_", " ")
    return curly(NOT_SAID.sub("", title))


def _voice(leaf: Leaf) -> str:
    """Who speaks in the source of an observation: a series that a rival began may be told by somebody else."""
    return str(getattr(leaf.source, "voice", ""))


# Forms: the one way in which a ratio is said.


@cache
def is_ratio(unit: Unit) -> bool:
    """True for a plain ratio, and for one of people to people: subscribers per weekly user.

    >>> is_ratio(units.parse("subscriber per weekly-user")), is_ratio(units.parse("USD per person")), is_ratio(units.parse("user"))
    (True, False, False)
    """
    top, *below = units.name(unit).split(" per ")
    return unit == ONE or (bool(below) and all(noun in units.PEOPLE for noun in (top, *below)))


def form_of(figure: Figure) -> str:
    """How a figure is said where nobody asks for another form: amount, date, plain, percent or times."""
    if figure.style in ("year", "day") or figure.unit == A_YEAR_OF_THE_CALENDAR:
        return "date"
    if not is_ratio(figure.unit):
        return "amount"
    if figure.style == "percent":
        return "percent"
    return _form_of_ratio(figure.node, figure.value)


def _form_of_ratio(node: Node, value: float) -> str:
    """A part is said in per cent, a multiple as so many times; sums and differences as what they are made of."""
    if isinstance(node, Leaf):
        is_part = 0 < abs(value) < 1 or (abs(value) == 1 and bool(A_PART.search(node.title)))
        return "percent" if is_part or node.style == "percent" else "plain"
    if node.op == "-" and all(_is_measured_share(argument) for argument in node.arguments):
        return "points"
    if node.op == "×" and _is_plain_factor(node.arguments[1]):
        return "plain"  # a share times the cents in a dollar
    if node.op in ALIKE:
        return _form_of_alike(node, value)
    return "times" if abs(value) >= MULTIPLE else "percent"


def _form_of_alike(node: Operation, value: float) -> str:
    """The form of what is of the kind that it is made of; a multiple less the whole is growth, and in per cent."""
    forms = [_form_of_ratio(argument, evaluate(argument)) for argument in node.arguments[-2:]]
    is_growth = node.op == "-" and "times" in forms and "plain" in forms
    is_small = 0 < abs(value) < 1
    if is_growth or is_small or "percent" in forms:
        return "percent"
    return "times" if "times" in forms else "plain"


def _is_measured_share(node: Node) -> bool:
    return isinstance(node, Leaf) and bool(node.tag) and node.style == "percent"


def _is_plain_factor(node: Node) -> bool:
    """True for an exact number above one, such as the cents in a dollar."""
    return isinstance(node, Leaf) and not node.tag and node.value > 1


def form_in(text: str) -> str:
    """The form in which a text says a ratio; empty where it shows none.

    >>> form_in("about 92 per cent"), form_in("ten-fold"), form_in("two-thirds"), form_in("1.25")
    ('percent', 'times', 'percent', '')
    """
    for form, signs in FORMS_IN_WORDS.items():
        if any(sign in text for sign in signs):
            return form
    return ""


FORMS_IN_WORDS = {
    "points": ("percentage point",),
    "percent": ("per cent", "half", "third", "quarter", "fifth", "sixth", "eighth", "tenth", "twentieth"),
    "times": ("times", "-fold", "double", "as much again", "same as", "order of magnitude", "orders of magnitude"),
}


# The steps of a derivation as figures of their own.


def part(node: Node, named: Mapping[str, Figure] = {}) -> Figure:
    """A step of a derivation as a figure: the one among ``named`` that it is, by key, or one with its unit alone."""
    known = named.get(node.key)
    if known is not None:
        return known
    return Figure(node, unit_of(node), style=node.style if isinstance(node, Leaf) else "plain")


def unit_of(node: Node) -> Unit:
    """What a step of a derivation counts, by the algebra of units.

    >>> from frontier_calc import assume
    >>> units.name(unit_of((assume("deal", 300, "USD") / assume("term", 5, "year")).node))
    'USD per year'
    """
    if isinstance(node, Leaf):
        return node.unit
    units_in = [unit_of(argument) for argument in node.arguments]
    made = UNITS_MADE.get(node.op)
    if made is not None:
        return made(units_in)
    if node.op == "^" and units_in[0] != ONE:
        return units.raised(units_in[0], evaluate(node.arguments[1]))
    return units_in[0]


UNITS_MADE: dict[str, Callable[[list[Unit]], Unit]] = {
    "×": lambda given: given[0] * given[1],
    "÷": lambda given: given[0] / given[1],
    "choose": lambda given: given[2],
    "days": lambda given: units.parse("day"),
}


# Numbers.


def _per_cent_to_three(value: float, qualifier: str) -> str:
    return f"{words.phrase(100 * value, '', qualifier)} per cent"


def _to_three(value: float, qualifier: str) -> str:
    return words.phrase(value, "", qualifier)


Say = Callable[[float, str], str]

RATIOS: dict[str, Say] = {
    "percent": words.percent,
    "points": words.points,
    "times": words.times,
    "plain": _to_three,
}
IN_A_FORMULA: dict[str, Say] = {"percent": _per_cent_to_three, "points": _per_cent_to_three, "times": _to_three}
SAID_ONCE = (" per cent", " percentage points", " times")  # behind the second end of a range alone


def amount(figure: Figure, form: str = "", in_formula: bool = False) -> Amount:
    """The number of a figure and its unit as a sentence says them; ``form`` in place of its own.

    ``in_formula`` keeps a digit more of a ratio, so that what is worked out from it can be checked.
    """
    form = form or form_of(figure)
    if not figure.has_value:
        return Amount(TABLE["unknown"] if words.is_unknown(figure) else TABLE["undefined"])
    if form == "date":
        is_year = figure.unit == A_YEAR_OF_THE_CALENDAR and figure.style == "plain"
        said = words.year if is_year else None
        return Amount(said(figure.value, figure.qualifier) if said else words.usual(figure, figure.qualifier))
    if is_ratio(figure.unit):
        say = IN_A_FORMULA.get(form, RATIOS[form]) if in_formula else RATIOS[form]
        return Amount(_number(figure, say, scale=1))
    scale = A_MILLION if is_price_of_a_token(figure.unit) else 1
    number = _number(figure, _money(units.currency(figure.unit)), scale)
    return Amount(number, unit_words(figure.unit, figure.value))


def _number(figure: Figure, say: Say, scale: float) -> str:
    """A number, or the range of what was told without a point."""
    if any(leaf.is_span for leaf in figure.leaves) and figure.low is not None and figure.high is not None:
        return _ends(figure.low, figure.high, say, scale)
    return say(scale * figure.value, figure.qualifier)


def range_words(figure: Figure, form: str = "") -> str:
    """From where to where a figure can lie, its unit left out; ``form`` as for :func:`amount`."""
    if figure.low is None or figure.high is None:
        return ""
    form = form or form_of(figure)
    if form == "date":
        return words.span(figure.low, figure.high, lambda end: words.usual(figure, "exactly", end))
    if is_ratio(figure.unit):
        return _ends(figure.low, figure.high, RATIOS[form], scale=1)
    scale = A_MILLION if is_price_of_a_token(figure.unit) else 1
    return _ends(figure.low, figure.high, _money(units.currency(figure.unit)), scale)


def _money(currency: str) -> Say:
    def say(value: float, qualifier: str) -> str:
        return words.phrase(value, currency, qualifier)

    return say


def _ends(low: float, high: float, say: Say, scale: float) -> str:
    first, last = (say(scale * end, "exactly") for end in (low, high))
    return _from_to(first, last)


def _from_to(first: str, last: str) -> str:
    if first == last:
        return last
    for unit in SAID_ONCE:
        if first.endswith(unit) and last.endswith(unit):
            first = first.removesuffix(unit)
    return str(words.WORDINGS["span"]["text"].format(first, last))


# Units.


def is_price_of_a_token(unit: Unit) -> bool:
    """True for money per token: it is said for a million of them, as price lists do."""
    return bool(units.currency(unit)) and units.power(unit, "token") == -1


@cache
def unit_words(unit: Unit, value: float = 2) -> str:
    """What a number counts, as it is said behind it: without the currency, which stands before it.

    >>> unit_words(units.parse("USD per year")), unit_words(units.parse("USD per employee per year"))
    ('a year', 'a year per employee')
    >>> unit_words(units.parse("weekly-user")), unit_words(units.parse("GW"), 1), unit_words(units.parse("USD per token"))
    ('weekly users', 'gigawatt', 'per million tokens')
    >>> unit_words(units.parse("1 per minute")), unit_words(units.parse("employee") * units.parse("day"))
    ('a minute', 'employee days')
    """
    top, *below = f" {units.name(unit)}".split(" per ")
    nouns = [noun for noun in top.split(" ") if noun and noun not in units.CURRENCIES]
    *first, last = sorted(nouns, key=lambda noun: noun in units.SPANS) or [""]
    counted = " ".join([*map(_said, first), *filter(None, [_counted(last, value)])])
    if is_price_of_a_token(unit):
        counted = f"{counted} {PER_TOKEN}".lstrip()
        below = [noun for noun in below if noun != "token"]
    spans = dict.fromkeys(f"{_article(noun)} {_said(noun)}" for noun in below if noun in units.SPANS)
    others = [f"per {_said(noun)}" for noun in below if noun not in units.SPANS]
    return " ".join([*filter(None, [counted]), *spans, *others])


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _said(noun: str) -> str:
    base, _, power = noun.partition("^")
    plain = SAID.get(base, base).replace("-", " ")
    return f"{plain} to the power of {power}" if power else plain


def _counted(noun: str, value: float) -> str:
    if not noun:
        return ""
    if value == 1 or "^" in noun:
        return _said(noun)
    return MANY.get(noun, f"{_said(noun)}s")
