"""Properties that hold for every figure and every number, tried on what hypothesis can think of."""

import math
import os
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_compact_decimal
from hypothesis import assume as given_that
from hypothesis import example, given, settings
from hypothesis import strategies as st
from making import observed

from frontier_calc import choose, constant, graph, greatest, least, total, words
from frontier_calc.graph import QUALIFIERS, TAGS

pytestmark = pytest.mark.slow

# The same examples every time, so that a failure comes from the last change; HYPOTHESIS=explore looks for new ones.
settings.register_profile("book", deadline=None, max_examples=100, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS", "book"))

# A recipe is how a figure is made, written down twice over: the test keeps the recipe, the figure its derivation.
# A leaf is the number of an input; anything else is an operation and its recipes.

INPUTS = 5
PAIRS = ("+", "-", "×", "÷", "^")
SEVERAL = ("sum", "min", "max")


def recipes(pairs=PAIRS, several=SEVERAL, single=("ln", "exp"), more=("choose",)):
    def step(inner):
        kinds = [st.tuples(st.sampled_from(pairs), inner, inner)]
        kinds += [st.tuples(st.sampled_from(several), inner, inner, inner)] if several else []
        kinds += [st.tuples(st.sampled_from(single), inner)] if single else []
        kinds += [st.tuples(st.sampled_from(more), inner, inner, inner, inner)] if more else []
        return st.one_of(kinds)

    return st.recursive(st.integers(0, INPUTS - 1), step, max_leaves=12)


sizes = st.floats(0.01, 1000.0).map(lambda x: float(f"{x:.4g}"))
signed = st.tuples(sizes, st.sampled_from([1, -1])).map(lambda pair: pair[0] * pair[1])


@st.composite
def inputs(draw, values=signed, ranges=False, qualifiers=("exactly",)):
    found = []
    for i in range(INPUTS):
        value = draw(values)
        spread = draw(st.sampled_from([0.0, 0.05, 0.3])) * abs(value) if ranges else 0.0
        found.append(
            observed(
                f"input {i}",
                value,
                tag=draw(st.sampled_from(TAGS)),
                qualifier=draw(st.sampled_from(qualifiers)),
                low=value - spread if spread else None,
                high=value + spread if spread else None,
                period=f"{draw(st.integers(2020, 2026))}",
                known=date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400))),
                source=f"page {draw(st.integers(0, 3))}",
            )
        )
    return found


def make(recipe, figures):
    """Follow the recipe with the arithmetic of figures."""
    if isinstance(recipe, int):
        return figures[recipe]
    op, *rest = recipe
    a, *others = [make(part, figures) for part in rest]
    match op:
        case "+":
            return a + others[0]
        case "-":
            return a - others[0]
        case "×":
            return a * others[0]
        case "÷":
            return a / others[0]
        case "^":
            return a ** others[0]
        case "ln":
            return a.log()
        case "exp":
            return a.exp()
        case "choose":
            return choose(a > others[0], *others[1:])
    return {"sum": total, "min": least, "max": greatest}[op]([a, *others])


class UndefinedError(ArithmeticError):
    """The recipe divides by nothing, takes a root of a negative number, or runs beyond a float."""


def follow(recipe, numbers):
    """Follow the recipe with Python's own numbers: written without a look at the code under test."""
    if isinstance(recipe, int):
        return numbers[recipe]
    op, *rest = recipe
    terms = [follow(part, numbers) for part in rest]
    try:
        result = {
            "+": lambda: terms[0] + terms[1],
            "-": lambda: terms[0] - terms[1],
            "×": lambda: terms[0] * terms[1],
            "÷": lambda: terms[0] / terms[1],
            "^": lambda: math.pow(terms[0], terms[1]),
            "ln": lambda: math.log(terms[0]),
            "exp": lambda: math.exp(terms[0]),
            "sum": lambda: sum(map(Fraction, terms)),
            "min": lambda: sorted(terms)[0],
            "max": lambda: sorted(terms)[-1],
            "choose": lambda: terms[2] if terms[0] > terms[1] else terms[3],
        }[op]()
    except (ArithmeticError, ValueError):
        raise UndefinedError from None
    result = result if isinstance(terms[0], Fraction) else float(result)
    if not isinstance(result, Fraction) and not math.isfinite(result):
        raise UndefinedError
    return result


def expression(node, numbers):
    """A derivation as a line of Python; the numbers of its leaves go into ``numbers``."""
    if isinstance(node, graph.Leaf):
        numbers[f"x{node.key}"] = node.value
        return f"x{node.key}"
    terms = [expression(argument, numbers) for argument in node.arguments]
    if node.op in "+-×÷^":
        return f"({terms[0]} {dict(zip('+-×÷^', ('+', '-', '*', '/', '**'), strict=True))[node.op]} {terms[1]})"
    if node.op == "choose":
        return f"({terms[2]} if {terms[0]} > {terms[1]} else {terms[3]})"
    return f"{node.op}({', '.join(terms)})"


def used(recipe):
    """The inputs that a recipe uses, in the order in which they come."""
    if isinstance(recipe, int):
        return [recipe]
    return list(dict.fromkeys(i for part in recipe[1:] for i in used(part)))


@given(recipes(), inputs())
def test_a_figure_equals_an_independent_evaluation_of_how_it_was_made(recipe, figures):
    figure = make(recipe, figures)
    try:
        expected = follow(recipe, [f.value for f in figures])
    except UndefinedError:
        _ = figure.value  # whatever it is, it is no traceback
        return
    assert figure.value == pytest.approx(expected, rel=1e-12, abs=0.0)


@given(recipes(single=(), pairs=("+", "-", "×", "÷")), inputs(values=sizes))
def test_a_figure_equals_the_exact_fraction_that_its_inputs_make(recipe, figures):
    figure = make(recipe, figures)
    try:
        exact = follow(recipe, [Fraction(f.value) for f in figures])
        # Where a difference loses the leading digits, floats may lose theirs; the fraction says how large they were.
        largest = follow(_without_minus(recipe), [Fraction(f.value) for f in figures])
    except UndefinedError:
        return
    given_that("-" not in str(recipe) or ("÷" not in str(recipe) and "choose" not in str(recipe)))
    assert abs(Fraction(figure.value) - exact) <= Fraction(1, 10**12) * largest


def _without_minus(recipe):
    if isinstance(recipe, int):
        return recipe
    return ("max" if recipe[0] == "min" else recipe[0].replace("-", "+"), *map(_without_minus, recipe[1:]))


@given(recipes(), inputs())
def test_the_derivation_written_out_as_python_gives_the_same_value(recipe, figures):
    figure, numbers = make(recipe, figures), {}
    line = expression(figure.node, numbers)
    functions = {"ln": math.log, "exp": math.exp, "sum": lambda *t: math.fsum(t), "min": min, "max": max}
    try:
        expected = eval(line, {"__builtins__": {}}, functions | numbers)
    except (ArithmeticError, ValueError, TypeError):
        return  # outside of what a float can say
    given_that(isinstance(expected, float) and math.isfinite(expected) and math.isfinite(figure.value))
    assert figure.value == expected


@given(recipes(), inputs())
def test_no_source_is_ever_lost_and_none_is_invented(recipe, figures):
    expected = list(dict.fromkeys(figures[i].sources[0] for i in used(recipe)))
    assert list(make(recipe, figures).sources) == expected


@given(recipes(), inputs())
def test_the_weakest_tag_wins(recipe, figures):
    assert make(recipe, figures).tag == max((figures[i].tag for i in used(recipe)), key=TAGS.index)


@given(recipes(), inputs())
def test_a_figure_is_as_late_as_the_latest_of_its_inputs(recipe, figures):
    figure = make(recipe, figures)
    assert figure.known == max(figures[i].known for i in used(recipe))
    assert figure.period.end == max(figures[i].period.end for i in used(recipe))


@given(recipes(), inputs(), recipes())
def test_the_same_recipe_has_the_same_key(recipe, figures, other):
    assert make(recipe, figures).key == make(recipe, figures).key
    assert (make(recipe, figures).key == make(other, figures).key) == (recipe == other)


@given(recipes(), inputs(ranges=True))
def test_whatever_x_is_x_less_x_is_nothing(recipe, figures):
    x = make(recipe, figures)
    given_that(math.isfinite(x.value) and all(end is None or math.isfinite(end) for end in x.interval))
    nothing = x - x
    assert nothing.value == 0.0 and nothing.interval in ((0.0, 0.0), (None, None))
    assert nothing.qualifier == "exactly"


@given(recipes(single=("exp",)), inputs(ranges=True))
def test_a_value_lies_within_its_range(recipe, figures):
    figure = make(recipe, figures)
    given_that(figure.low is not None and math.isfinite(figure.value) and math.isfinite(figure.high - figure.low))
    assert figure.low <= figure.value <= figure.high


growing = recipes(pairs=("+", "×", "÷", "-"), several=(), single=(), more=())


@given(growing, inputs(values=sizes, qualifiers=QUALIFIERS), st.data())
def test_a_derived_bound_is_still_a_bound(recipe, figures, data):
    """If "over 3" is really 3.01, a figure worded "over" must not come out lower than it says."""
    figure = make(recipe, figures)
    given_that(figure.qualifier in ("over", "under", "up to") and math.isfinite(figure.value))
    truth = {}
    for leaf in figure.leaves:
        off = data.draw(st.floats(0.0, 0.009)) if leaf.qualifier != "exactly" else 0.0
        truth[leaf.key] = leaf.value * (1 + off if leaf.qualifier == "over" else 1 - off)
    actual, slack = graph.evaluate(figure.node, truth), 1e-9 * abs(figure.value)
    given_that(math.isfinite(actual))
    if figure.qualifier == "over":
        assert actual >= figure.value - slack
    else:
        assert actual <= figure.value + slack


# Words. What they say is read back here without the module that wrote them.

SCALE = {"trillion": 12, "billion": 9, "million": 6}


def read_back(text):
    """The qualifier, the number and the value of its last digit that a phrase states."""
    qualifier = next((q for q in ("about", "over", "under", "up to") if text.startswith(f"{q} ")), "exactly")
    rest = text.removeprefix(f"{qualifier} ").replace("minus ", "-")
    for symbol in ("HK$", "CN¥", "$", "€", "£"):
        rest = rest.replace(symbol, "")
    digits, _, scale = rest.partition(" ")
    number = Decimal(digits.replace(",", ""))
    return qualifier, number.scaleb(SCALE[scale] if scale else 0), digits


def three_digits(value):
    """Half of the third significant digit of a number: what a phrase may be off by."""
    return Decimal(5).scaleb(Decimal(value).adjusted() - 3)


twelve_orders = st.builds(
    lambda mantissa, power: float(f"{mantissa}e{power}"), st.floats(1.0, 9.999999999), st.integers(3, 14)
)
around_edges = st.builds(
    lambda power, off: float(Decimal(10) ** power * (1 - Decimal(off).scaleb(-6))),
    st.integers(3, 15),
    st.integers(-700, 700),
)
any_size = st.one_of(twelve_orders, around_edges, st.integers(1, 10**15).map(float), st.floats(1e-6, 1e3))


@given(any_size, st.sampled_from(QUALIFIERS), st.sampled_from(["", "USD", "EUR", "GBP", "CNY", "HKD"]), st.booleans())
@example(999_499_999.0, "exactly", "USD", False)
@example(999_500_000.0, "exactly", "USD", False)
@example(0.155, "over", "USD", False)
@example(12.34, "exactly", "USD", False)
@settings(max_examples=300)
def test_words_stay_within_their_stated_precision_across_twelve_orders_of_magnitude(value, qualifier, currency, minus):
    given_that(value < 9.99e14)  # beyond that "1,000 trillion" has no word of its own
    value = -value if minus else value
    text = words.phrase(value, currency, qualifier)
    said, number, digits = read_back(text)
    assert said == qualifier and ("minus" in text) == minus
    exact, noise = Decimal(repr(value)), abs(Decimal(repr(value))).scaleb(-11)
    # A floor goes down and a ceiling goes up, by less than the last digit; anything else to the nearest.
    if qualifier == "over":
        assert exact - 2 * three_digits(value) - noise < number <= exact + noise
    elif qualifier in ("under", "up to"):
        assert exact - noise <= number < exact + 2 * three_digits(value) + noise
    else:
        assert abs(number - exact) <= three_digits(value) + noise
    # A number before a scale word is never a thousand or more, and never below one: no "1,000 million".
    if any(word in text for word in SCALE):
        assert 1 <= abs(Decimal(digits.replace(",", ""))) < 1000
    else:
        assert abs(number) < 1_000_000


@given(any_size, st.sampled_from(QUALIFIERS))
def test_cents_are_never_invented(value, qualifier):
    # "$12.30" says 30 cents; a number of three digits may not say so of 12.34.
    text = words.phrase(value, "USD", qualifier)
    _, number, digits = read_back(text)
    if "." in digits and len(digits.partition(".")[2]) == 2 and not any(word in text for word in SCALE):
        assert abs(number - Decimal(repr(value))) < Decimal("0.01")


@given(st.integers(100, 999), st.integers(4, 12))
def test_rounding_is_half_to_even(head, power):
    # 2.345 lies in the middle: down to the even 2.34; 2.355 up to the even 2.36.
    middle = Decimal(head * 10 + 5).scaleb(power - 1)
    _, number, _ = read_back(words.phrase(float(middle)))
    assert number == Decimal(head + head % 2).scaleb(power)


@given(st.integers(1, 999_999), st.integers(6, 12))
def test_numbers_of_three_digits_are_worded_as_the_common_locale_data_words_them(head, power):
    """Unicode's locale data as read by Babel: an independent hand, for numbers that need no rounding."""
    value = float(Decimal(head).scaleb(power)) if head < 1000 else float(round(Decimal(head), -3)) * 10 ** (power - 6)
    given_that(1e6 <= value < 1e15 and Decimal(value) == Decimal(f"{value:.2e}"))
    # Babel writes decimals only as many as it is told.
    expected = format_compact_decimal(Decimal(value), format_type="long", locale="en_GB", fraction_digits=2)
    assert words.phrase(value) == expected


def test_babel_agrees_on_the_numbers_of_the_book():
    for value, expected in (
        (2.5e9, "2.5 billion"),
        (30e9, "30 billion"),
        (900e6, "900 million"),
        (1.17e12, "1.17 trillion"),
    ):
        assert words.phrase(value) == expected
        assert format_compact_decimal(value, format_type="long", locale="en_GB", fraction_digits=2) == expected


@given(st.floats(1e-4, 1e4), st.sampled_from(QUALIFIERS))
@settings(max_examples=300)
def test_shares_in_per_cent_stay_within_their_stated_precision(value, qualifier):
    text = words.percent(value, qualifier)
    number = Decimal(text.removeprefix(words.TABLE["qualifiers"][qualifier]).removesuffix(" per cent").replace(",", ""))
    exact = Decimal(repr(value)) * 100
    # Two digits, and whole numbers from a hundred up.
    last = Decimal(1).scaleb(min(exact.adjusted() - 1, 0)) + exact.scaleb(-10)
    if qualifier in ("over", "under", "up to"):
        off = number - exact if qualifier != "over" else exact - number
        assert -exact.scaleb(-10) <= off <= last
    else:
        assert abs(number - exact) <= last / 2


INTEGERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
PARTS |= {"tenth": 10, "eleventh": 11, "twelfth": 12}
HALVES = {"half": 0.5, "one-half": 0.5, "a quarter": 0.25, "three-quarters": 0.75, "two-thirds": 2 / 3, "all": 1.0}
HALVES |= {"two-fifths": 0.4, "three-fifths": 0.6, "four-fifths": 0.8, "nine-tenths": 0.9, "one-twentieth": 0.05}


def ratio_of(text):
    """The number that a ratio in words stands for, or None where it is written in digits."""
    rest = next(
        (text.removeprefix(q) for q in ("about ", "roughly ", "over ", "under ", "up to ") if text.startswith(q)), text
    )
    if rest.endswith("-fold"):
        return float(INTEGERS.index(rest.removesuffix("-fold"))) if rest.removesuffix("-fold") in INTEGERS else None
    if rest in HALVES:
        return HALVES[rest]
    return 1 / PARTS[rest.removeprefix("one-")] if rest.removeprefix("one-") in PARTS else None


@given(st.floats(0.01, 25.0), st.sampled_from(QUALIFIERS), st.sampled_from(["fold", "fraction", "one_in"]))
@example(0.493, "exactly", "fraction")
@example(8.44, "exactly", "fold")
@settings(max_examples=300)
def test_ratios_in_words_stay_near_and_bounds_stay_true(value, qualifier, style):
    text = getattr(words, style)(value, qualifier)
    stated = ratio_of(text)
    if stated is None:
        assert any(digit in text for digit in "0123456789") or text.endswith("-fold")
        return
    if text.startswith("over "):
        assert stated <= value * (1 + 1e-8)
    elif text.startswith(("under ", "up to ")):
        assert stated >= value * (1 - 1e-8)
    # "about" and its like within seven per cent, a bare word within half of one.
    hedged = text.startswith(("about ", "roughly ", "over ", "under ", "up to "))
    assert abs(value / stated - 1) <= (0.07 if hedged else 0.005) + 1e-9
    # A qualifier is never dropped.
    assert hedged or qualifier == "exactly"


@given(
    st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(QUALIFIERS), st.sampled_from(sorted(words.STYLES))
)
@settings(max_examples=300)
def test_every_number_has_words_in_every_style(value, qualifier, style):
    figure = observed("x", value, "1" if style in words.RATIOS else "USD", qualifier=qualifier)
    text = str(getattr(figure, style))
    # What is not known is said so, and never in a number.
    if value != value and style != "known_on":
        assert text == "[not known then]"
    assert text and "nan" not in text.lower() and "inf" not in text.lower()


@given(
    st.sampled_from(["plain", "rough", "percent", "fraction", "fold", "times", "multiple", "orders"]),
    st.floats(0.02, 1e4),
)
def test_noise_behind_the_last_digit_changes_no_word(style, value):
    value = float(f"{value:.3g}")
    noisy = value * (1 + 3e-16)
    a, b = (str(getattr(observed("x", v), style)) for v in (value, noisy))
    assert a == b


def test_an_exact_constant_is_worded_like_any_number():
    assert str(constant("months in a year", 12)) == "12"
