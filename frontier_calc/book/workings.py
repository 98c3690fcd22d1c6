"""The operations of a derivation in words, and the few shapes that several of them make together.

Each takes a step, how to say its inputs, and what parts them: a comma in a sentence, nothing in a name.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from frontier_calc import units
from frontier_calc.graph import Leaf, Node, Operation, evaluate
from frontier_calc.spoken import amount, is_ratio, name_of, part, unit_of
from frontier_calc.words import count, day

Say = Callable[[Node], str]
Phrase = Callable[[Operation, Say, str], str]

MANY = 4  # so many figures that were added up are named; of more, how many
COMPARED = 3  # the same of those among which one was picked
A_YEAR = units.parse("year")
MONTHS_OF_A_YEAR = units.parse("month per year")


def made(node: Operation, say: Say, comma: str) -> str:
    """How a step was made, in words."""
    for pattern in PATTERNS:
        told = pattern(node, say, comma)
        if told:
            return told
    return OPERATIONS[node.op](node, say, comma)


def depth(node: Node, named: Collection[str] = ()) -> int:
    """In how many steps something was worked out; a change of the stretch of time alone is none."""
    if isinstance(node, Leaf) or node.key in named:
        return 0
    if growth_ends(node) is not None:
        return 1
    parts = share_taken(node) or part_taken(node) or node.arguments
    inside = max(depth(each, named) for each in parts)
    is_change = node.op in "×÷" and _is_exactly(node.arguments[1]) and node.arguments[1].leaves[0].unit != units.ONE
    return inside if is_change else inside + 1


def listed(texts: Sequence[str]) -> str:
    """Texts as a list: "a, b and c".

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def is_span(node: Node) -> bool:
    """True for a length of time: a term, a quarter of a year, so many days."""
    unit = unit_of(node)
    return any(unit == units.parse(span) for span in units.SPANS)


# Shapes.


def _is(node: Node, op: str) -> bool:
    return isinstance(node, Operation) and node.op == op


def _is_exactly(node: Node, value: float | None = None) -> bool:
    """True for an exact constant, of that value where one is given."""
    return isinstance(node, Leaf) and not node.tag and (value is None or node.value == value)


def _arguments(node: Node) -> tuple[Node, ...]:
    return node.arguments if isinstance(node, Operation) else ()


def _without_a_year(node: Node) -> Node:
    """A flow that was divided by one year to be read as a pace: the flow."""
    if _is(node, "÷"):
        flow, span = _arguments(node)
        if _is_exactly(span, 1) and is_span(span):
            return flow
    return node


def _chain(node: Node, op: str) -> list[Node]:
    """a, b and c of (a op b) op c."""
    if not _is(node, op):
        return [node]
    first, *rest = _arguments(node)
    return [*_chain(first, op), *rest]


def growth_ends(node: Node) -> tuple[Node, Node] | None:
    """The start and the end of growth that was brought to a year: exp(ln(end ÷ start) × (12 ÷ months))."""
    if not _is(node, "exp"):
        return None
    (inside,) = _arguments(node)
    logarithm = next((each for each in _arguments(inside) if _is(each, "ln")), None) if _is(inside, "×") else None
    if logarithm is None or not _is(_arguments(logarithm)[0], "÷"):
        return None
    end, start = _arguments(_arguments(logarithm)[0])
    return start, end


def _growth_since(node: Node) -> tuple[Node, Node] | None:
    """The start and the end of (end ÷ start) − 1."""
    if not _is(node, "-"):
        return None
    ratio, one = _arguments(node)
    if not (_is_exactly(one, 1) and _is(ratio, "÷")):
        return None
    end, start = _arguments(ratio)
    return start, end


def share_taken(node: Node) -> tuple[Node, Node] | None:
    """x and the share of x − x × share and of x × (1 − share)."""
    if not isinstance(node, Operation) or node.op not in "-×" or len(node.arguments) != 2:
        return None
    whole, taken = node.arguments
    if node.op == "-" and _is(taken, "×"):
        shares = [each for each in _arguments(taken) if each.key != whole.key]
        return (whole, shares[0]) if len(shares) == 1 else None
    is_rest = node.op == "×" and _is(taken, "-") and _is_exactly(_arguments(taken)[0], 1)
    return (whole, _arguments(taken)[1]) if is_rest else None


def part_taken(node: Node) -> tuple[Node, ...] | None:
    """a, b and c of (a − b − c) ÷ a."""
    if not _is(node, "÷"):
        return None
    top, bottom = _arguments(node)
    whole, *less = _chain(top, "-")
    return (whole, *less) if less and whole.key == bottom.key else None


# Patterns: what several operations together mean; an empty text where they mean something else.


def growth_in_a_year(node: Operation, say: Say, comma: str) -> str:
    """Growth between two dates, brought to a year."""
    ends = growth_ends(node)
    if ends is None:
        return ""
    first, last = map(say, ends)
    return f"the growth from {first} to {last}{comma} brought to a year"


def growth_since(node: Operation, say: Say, comma: str) -> str:
    """Growth between two dates, as what was added to the start; of two things, how far one exceeds the other."""
    ends = _growth_since(node)
    if ends is None:
        return ""
    start, end = ends
    if isinstance(start, Leaf) and isinstance(end, Leaf) and name_of(start) == name_of(end):
        first, last = say(start), say(end)
        return f"the growth from {first} to {last}"
    first, last = say(end), say(start)
    return f"how far {first} {'exceeds' if evaluate(node) >= 0 else 'lies from'} {last}"


def booked_part(node: Operation, say: Say, comma: str) -> str:
    """(1 − 1 ÷ g) ÷ ln(g): what a year of steady growth books of the pace at its end."""
    if not _is(node, "÷") or not _is(node.arguments[1], "ln"):
        return ""
    (growth,) = _arguments(node.arguments[1])
    top = node.arguments[0]
    is_booked = _is(top, "-") and _is_exactly(_arguments(top)[0], 1) and _is(_arguments(top)[1], "÷")
    if not is_booked or _arguments(_arguments(top)[1])[1].key != growth.key:
        return ""
    ends = growth_ends(growth)
    if ends is not None:
        first, last = map(say, ends)
        return f"the part of its closing pace that a year books if it grows steadily{comma} as from {first} to {last}"
    told = say(growth)
    steady = told if told.startswith("growth") else f"growth by {told}"
    return f"the part of its closing pace that a year of steady {steady} brings into the books"


def crossing(node: Operation, say: Say, comma: str) -> str:
    """ln(b ÷ a) ÷ (ln(a later ÷ a) − ln(b later ÷ b)) × months: when one line of steady growth passes another."""
    if not _is(node, "×") or not _is(node.arguments[0], "÷"):
        return ""
    gap, closing = _arguments(node.arguments[0])
    if not (_is(gap, "ln") and _is(closing, "-")):
        return ""
    lines = [_arguments(_arguments(each)[0]) for each in _arguments(closing) if _is(each, "ln")]
    if [len(line) for line in lines] != [2, 2]:
        return ""
    first, second = [say(start) for _, start in lines]
    return f"the time until {first}{comma} growing steadily{comma} passes {second}"


def difference(node: Operation, say: Say, comma: str) -> str:
    """The larger of a − b and b − a; the larger of x and −x."""
    if not _is(node, "max") or len(node.arguments) != 2:
        return ""
    one, other = node.arguments
    if not (_is(other, "-") and (_arguments(one) == _arguments(other)[::-1] or _is_opposite(other, one))):
        return ""
    if not _is(one, "-"):
        return f"the size of {say(one)}"
    first, second = map(say, _arguments(one))
    return f"the difference between {first} and {second}"


def _is_opposite(node: Node, of: Node) -> bool:
    nothing, other = _arguments(node)
    return _is_exactly(nothing, 0) and other.key == of.key


def larger_part(node: Operation, say: Say, comma: str) -> str:
    """The larger of a share and what it leaves of the whole."""
    if not _is(node, "max") or len(node.arguments) != 2:
        return ""
    share, rest = node.arguments
    is_rest = _is(rest, "-") and _is_exactly(_arguments(rest)[0], 1) and _arguments(rest)[1].key == share.key
    return f"the larger of {say(share)} and the rest" if is_rest else ""


def part_left(node: Operation, say: Say, comma: str) -> str:
    """(a − b) ÷ a: the part of a that b leaves."""
    parts = part_taken(node)
    if parts is None:
        return ""
    first, *less = [say(each) for each in parts]
    return f"the part of {first} that is left after {listed(less)}"


def less_a_share(node: Operation, say: Say, comma: str) -> str:
    """x − x × share, and x × (1 − share)."""
    parts = share_taken(node)
    if parts is None:
        return ""
    first, share = map(say, parts)
    # A share that has a name is taken off by it; a ratio is none of the first thing's own.
    as_large = "a part as large as " if share.startswith("the ratio of ") else ""
    return f"{first}{comma} less {as_large}{share}"


def from_the_whole(node: Operation, say: Say, comma: str) -> str:
    """1 − x, x − 1 and 0 − x."""
    if not _is(node, "-"):
        return ""
    first, second = node.arguments
    if _is_exactly(first, 0):
        is_outlay = bool(units.currency(unit_of(second))) and evaluate(second) >= 0
        told = "taken as an outlay" if is_outlay else "with its sign turned"
        return f"{say(second)}{comma} {told}"
    if _is_exactly(first, 1) and unit_of(second) == units.ONE:
        return f"the whole{comma} less {say(second)}"
    if _is_exactly(second, 1) and unit_of(first) == units.ONE:
        return f"{say(first)}{comma} less the whole"
    return ""


def for_a_year(node: Operation, say: Say, comma: str) -> str:
    """What a year of a pace or of a promise comes to; a ratio as so many years."""
    if not (_is(node, "×") and _is_exactly(node.arguments[1], 1) and unit_of(node.arguments[1]) == A_YEAR):
        return ""
    pace = node.arguments[0]
    if is_ratio(unit_of(pace)):
        return f"{say(pace)}{comma} in years"
    if isinstance(pace, Operation) and pace.op == "÷" and is_span(pace.arguments[1]):
        return f"a year of {_divided(pace, say, comma).removeprefix('a year of ')}"
    return f"a year at {say(pace)}"


def change_of_stretch(node: Operation, say: Say, comma: str) -> str:
    """A flow over a year or a part of it, read as a pace a year; a month of a pace; years told in months."""
    if node.op not in "÷×" or not _is_exactly(node.arguments[1]):
        return ""
    first, second = node.arguments
    length, unit = evaluate(second), unit_of(second)
    if node.op == "×" and is_span(first) and is_span(node):
        return f"{say(first)}{comma} in {units.name(unit_of(node))}s"
    template = ""
    if unit == A_YEAR and node.op == "÷" and length == 1:
        template = "{}{} read as a pace"
    elif unit == A_YEAR and node.op == "÷" and length < 1:
        template = "{}{} carried on for a year"
    elif unit == MONTHS_OF_A_YEAR and length == 12:
        template = "a twelfth of {}" if node.op == "÷" else "{}{} times the twelve months of a year"
    return template.format(say(first), comma) if template else ""


def tokens_at_a_price(node: Operation, say: Say, comma: str) -> str:
    """Tokens times a price, money divided by a price, and tokens told as words."""
    if node.op not in "÷×":
        return ""
    first, second = node.arguments
    price, other = (second, first) if node.op == "÷" else (first, second)
    if node.op == "×" and unit_of(second) == units.parse("word per token"):
        return f"{say(first)}{comma} at {amount(part(second))}"
    if not units.currency(unit_of(price)) or units.power(unit_of(price), "token") != -1:
        return ""
    if node.op == "÷" and not units.currency(unit_of(other)):
        return ""
    if node.op == "÷" and units.power(unit_of(other), "token") == 0:
        told = say(other)
        return f"what {told} buys at {say(price)}" if comma else f"the tokens that {told} buys at {say(price)}"
    return f"{say(other)} at {say(price)}" if node.op == "×" else ""


PATTERNS: tuple[Phrase, ...] = (
    growth_in_a_year,
    growth_since,
    booked_part,
    crossing,
    difference,
    larger_part,
    part_left,
    less_a_share,
    from_the_whole,
    for_a_year,
    change_of_stretch,
    tokens_at_a_price,
)


# Single operations.


def _added(node: Operation, say: Say, comma: str) -> str:
    terms = _chain(node, "+") if node.op == "+" else list(node.arguments)
    if len(terms) == 1:
        return say(terms[0])
    if len(terms) > MANY:
        return f"{count(len(terms))} figures{comma} added up"
    return f"{listed([say(term) for term in terms])}{comma} added up"


def _subtracted(node: Operation, say: Say, comma: str) -> str:
    first, *less = [say(term) for term in _chain(node, "-")]
    return f"{first}{comma} less {f'{comma} less '.join(less)}"


def _multiplied(node: Operation, say: Say, comma: str) -> str:
    first, *factors = _chain(node, "×")
    told = [say(first)]
    told += [_power_as_factor(factor, say) or f"times {say(factor)}" for factor in factors]
    return f"{comma} ".join(told)


def _power_as_factor(node: Node, say: Say) -> str:
    """step ^ 3 as "times the step, 3 times over"."""
    if not _is(node, "^") or not _is_exactly(_arguments(node)[1]):
        return ""
    base, power = _arguments(node)
    over = "" if evaluate(power) == 1 else f" {count(evaluate(power))} times over"
    return f"times {say(base)}{over}"


def _divided(node: Operation, say: Say, comma: str) -> str:
    top, bottom = (_without_a_year(argument) for argument in node.arguments)
    is_plain = is_ratio(unit_of(node))
    if _is_exactly(top, 1) and is_plain:
        return f"one divided by {' and by '.join(say(factor) for factor in _chain(bottom, '×'))}"
    if is_span(bottom) and not is_plain and not comma and unit_of(bottom) == A_YEAR:
        return f"a year of {say(top)}"
    first = say(top)
    if is_span(bottom) and not is_plain:
        return f"{first}{comma} spread over {say(bottom)}"
    if is_plain and not comma:
        return f"the ratio of {first} to {say(bottom)}"
    if is_plain:
        return f"{first}{comma} set against {say(bottom)}"
    return f"{first}{comma} divided by {say(bottom)}"


def _raised(node: Operation, say: Say, comma: str) -> str:
    base, power = node.arguments
    if _is_exactly(power):
        return f"{say(base)}{comma} raised to the power of {evaluate(power):g}"
    return f"{say(base)}{comma} raised to the power of {say(power)}"


def _of_one(words: str) -> Phrase:
    def told(node: Operation, say: Say, comma: str) -> str:
        return f"{words} {say(node.arguments[0])}"

    return told


def _picked(superlative: str, comparative: str) -> Phrase:
    """The words for the greatest or the smallest: of two both, of a few each, of many how many and the one."""

    def told(node: Operation, say: Say, comma: str) -> str:
        terms = node.arguments
        if len(terms) <= COMPARED:
            word = comparative if len(terms) == 2 else superlative
            return f"the {word} of {listed([say(term) for term in terms])}"
        value = evaluate(node)
        picked = next((term for term in terms if evaluate(term) == value), terms[0])
        return f"the {superlative} of {count(len(terms))} figures: {say(picked)}" if comma else say(picked)

    return told


def _chosen(node: Operation, say: Say, comma: str) -> str:
    left, right, larger, otherwise = node.arguments
    return f"{say(larger)} where {say(left)} exceeds {say(right)}, and otherwise {say(otherwise)}"


def _days(node: Operation, say: Say, comma: str) -> str:
    start, end = map(_day_told, node.arguments)
    return f"the days from {start} to {end}"


def _day_told(node: Node) -> str:
    """A day, and what became known on it."""
    if not isinstance(node, Leaf):
        return "a day"
    return f"{node.known_words or day(node.value)} ({name_of(node)})"


OPERATIONS: Mapping[str, Phrase] = {
    "+": _added,
    "sum": _added,
    "-": _subtracted,
    "×": _multiplied,
    "÷": _divided,
    "^": _raised,
    "ln": _of_one("the natural logarithm of"),
    "exp": _of_one("e to the power of"),
    "min": _picked("smallest", "smaller"),
    "max": _picked("greatest", "greater"),
    "choose": _chosen,
    "days": _days,
}
