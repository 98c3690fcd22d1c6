"""Figures as English: one table of edges for each wording."""

import math
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import observed

from frontier_calc import (
    conditions,
    constant,
    dates,
    days_between,
    derivation,
    edition,
    graph,
    table,
    units,
    use,
    words,
)
from frontier_calc.dates import parse_period
from frontier_calc.graph import Leaf
from frontier_calc.words import count, fold, fraction, multiple, one_in, orders, percent, phrase, points, rough, times

UNKNOWN = "[not known then]"
UNBOUNDED = "[without limit]"
UNDEFINED = "[no such number]"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (30e9, "$30 billion"),
        (2.5e9, "$2.5 billion"),
        (1.7e9, "$1.7 billion"),
        (900e6, "$900 million"),
        (-74e9, "minus $74 billion"),
        (1.17e12, "$1.17 trillion"),
        (211.0, "$211"),
        (16.2, "$16.20"),
        (2.2, "$2.20"),
        (25.0, "$25"),
        (0.0, "$0"),
        # Cents of sums below a hundred dollars are right, and a tenth of a cent is not rounded away.
        (12.34, "$12.34"),
        (99.996, "$100"),
        (0.155, "$0.155"),
        (0.000025, "$0.000025"),
        # Three digits.
        (123_456_789.0, "$123 million"),
        (24_649_999.0, "$24.6 million"),
        # The next scale is reached by rounding: never "$1,000 million".
        (999_499_999.0, "$999 million"),
        (999_500_000.0, "$1 billion"),
        (999_999_999.0, "$1 billion"),
        (999_499.0, "$999,000"),
        (999_500.0, "$1 million"),
        (999_499_999_999.0, "$999 billion"),
        (999_500_000_000.0, "$1 trillion"),
    ],
)
def test_money(value, expected):
    assert phrase(value, "USD") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (900e6, "900 million"),
        (999_499_999, "999 million"),
        (999_500_000, "1 billion"),
        (999_999_999, "1 billion"),
        (60_145, "60,100"),
        (13_800, "13,800"),
        (999.4, "999"),
        (999.5, "1,000"),
        (0.5, "0.5"),
        (8_231_600_000, "8.23 billion"),
        # A middle goes to the even digit.
        (2.345, "2.34"),
        (2.355, "2.36"),
        (1_125_000, "1.12 million"),
        (1_135_000, "1.14 million"),
        (float("nan"), UNKNOWN),
        (float("inf"), UNBOUNDED),
    ],
)
def test_plain_numbers(value, expected):
    assert phrase(value) == expected


@pytest.mark.parametrize(
    ("currency", "expected"),
    [
        ("USD", "$1.7 billion"),
        ("EUR", "€1.7 billion"),
        ("GBP", "£1.7 billion"),
        ("CNY", "CN¥1.7 billion"),
        ("HKD", "HK$1.7 billion"),
        # A currency that the table has no sign for is named by its code, never left out.
        ("JPY", "JPY 1.7 billion"),
    ],
)
def test_currencies(currency, expected):
    assert phrase(1.7e9, currency) == expected


def test_a_currency_without_a_sign_stands_between_the_minus_and_the_number():
    assert phrase(-5e12, "JPY", "about") == "about minus JPY 5 trillion"
    assert phrase(16.2, "JPY") == "JPY 16.20"


@pytest.mark.parametrize(
    ("qualifier", "value", "expected"),
    [
        ("exactly", 2.547e9, "$2.55 billion"),
        ("about", 2.547e9, "about $2.55 billion"),
        # A floor goes down, a ceiling goes up: the sentence stays true.
        ("over", 2.547e9, "over $2.54 billion"),
        ("over", 2.5499e9, "over $2.54 billion"),
        ("under", 2.541e9, "under $2.55 billion"),
        ("up to", 2.541e9, "up to $2.55 billion"),
        ("over", 2.5e9, "over $2.5 billion"),
        ("over", 999_999_999.0, "over $999 million"),
        ("up to", 999_100_000.0, "up to $1 billion"),
        # Below nothing, a floor lies further from nothing.
        ("over", -74.56e9, "over minus $74.6 billion"),
        ("over", 0.1559, "over $0.155"),
        ("over", 12.349, "over $12.34"),
        # Binary noise is not a reason to go up.
        ("under", 0.1 + 0.2, "under $0.30"),
    ],
)
def test_bounds(qualifier, value, expected):
    assert phrase(value, "USD", qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (-0.94, "exactly", "minus 94 per cent"),
        (0.4, "exactly", "40 per cent"),
        (0.4, "about", "about 40 per cent"),
        (0.7, "over", "over 70 per cent"),
        (0.709, "over", "over 70 per cent"),
        (0.701, "under", "under 71 per cent"),
        (0.0513, "exactly", "5.1 per cent"),
        (0.05, "exactly", "5 per cent"),
        (0.0, "exactly", "0 per cent"),
        (1.0, "exactly", "100 per cent"),
        (0.996, "exactly", "100 per cent"),
        (0.994, "exactly", "99 per cent"),
        (4.53, "exactly", "453 per cent"),
        (23.456, "exactly", "2,346 per cent"),
        # Half to even: 0.125 is in the middle between 12 and 13.
        (0.125, "exactly", "12 per cent"),
        (0.135, "exactly", "14 per cent"),
        (0.28999999999999998, "exactly", "29 per cent"),
        (float("nan"), "exactly", UNKNOWN),
        (float("inf"), "exactly", UNBOUNDED),
    ],
)
def test_shares_in_per_cent(value, qualifier, expected):
    assert percent(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (8.44, "exactly", "about eight-fold"),
        (8.0, "exactly", "eight-fold"),
        (8.0, "about", "about eight-fold"),
        (8.0, "over", "over eight-fold"),
        (8.44, "over", "over eight-fold"),
        (7.96, "over", "over 7.9 times"),
        (7.96, "under", "under eight-fold"),
        (8.44, "under", "under 8.5 times"),
        (10.0, "exactly", "ten-fold"),
        # Too far from a whole number.
        (2.4, "exactly", "2.4 times"),
        (1.2, "exactly", "1.2 times"),
        # A word up to twenty, then digits.
        (20.4, "exactly", "about twenty-fold"),
        (20.6, "exactly", "21 times"),
        # Nearly as much is not "1 times".
        (1.05, "exactly", "1.05 times"),
        (1.5, "exactly", "1.5 times"),
        (37.0, "exactly", "37 times"),
        (999.5, "exactly", "1,000 times"),
        (-3.0, "exactly", "minus 3 times"),
        (float("nan"), "exactly", UNKNOWN),
        (float("inf"), "exactly", UNBOUNDED),
    ],
)
def test_multiples_as_folds(value, qualifier, expected):
    assert fold(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (0.65, "exactly", "roughly two-thirds"),
        (0.493, "exactly", "about half"),
        (0.4996, "exactly", "half"),
        (0.5, "exactly", "half"),
        (0.5, "about", "about half"),
        (0.51, "over", "over half"),
        (0.49, "over", "over 49 per cent"),
        (0.49, "under", "under half"),
        (0.497, "exactly", "about half"),
        (0.97, "exactly", "about all"),
        # More than the whole is not about the whole, and a bound on the whole is a number.
        (1.0, "exactly", "all"),
        (1.005, "exactly", "all"),
        (1.006, "exactly", "101 per cent"),
        (1.06, "exactly", "106 per cent"),
        (1.0, "over", "over 100 per cent"),
        (0.97, "under", "under 97 per cent"),
        (2 / 3, "exactly", "two-thirds"),
        (1 / 3, "exactly", "one-third"),
        (0.25, "exactly", "a quarter"),
        (0.75, "exactly", "three-quarters"),
        (0.03, "exactly", "3 per cent"),
        (0.28, "exactly", "28 per cent"),
        (-0.5, "exactly", "minus 50 per cent"),
        (float("nan"), "exactly", UNKNOWN),
        (float("inf"), "exactly", UNBOUNDED),
    ],
)
def test_shares_as_fractions(value, qualifier, expected):
    assert fraction(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (1 / 8.44, "exactly", "about one-eighth"),
        (0.125, "exactly", "one-eighth"),
        (0.125, "about", "about one-eighth"),
        (0.13, "over", "over one-eighth"),
        # One-eighth would be more than the floor, and one-ninth is not the nearest part: digits it is.
        (0.12, "over", "over 12 per cent"),
        (0.5, "exactly", "one-half"),
        (1 / 12, "exactly", "one-twelfth"),
        (1 / 14, "exactly", "7.1 per cent"),
        (0.02, "exactly", "2 per cent"),
        (0.6, "exactly", "60 per cent"),
        (0.0, "exactly", "0 per cent"),
        (float("nan"), "exactly", UNKNOWN),
    ],
)
def test_shares_as_one_part(value, qualifier, expected):
    assert one_in(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (1.94, "exactly", "nearly double"),
        (1.85, "exactly", "nearly double"),
        (1.84, "exactly", "1.8 times"),
        (1.98, "exactly", "double"),
        (2.0, "exactly", "double"),
        (2.02, "exactly", "just over double"),
        (2.2, "exactly", "2.2 times"),
        (1.5, "exactly", "half as much again as"),
        (0.97, "exactly", "nearly the same as"),
        (1.0, "exactly", "the same as"),
        (2.9, "exactly", "nearly three times"),
        (3.0, "exactly", "three times"),
        (3.1, "exactly", "just over three times"),
        (5.4, "exactly", "5.4 times"),
        # "Nearly double" of a floor would be no floor.
        (1.94, "over", "over 1.9 times"),
        (1.94, "under", "under 2 times"),
        (1.03, "over", "over 1.03 times"),
        (2.0, "about", "about double"),
        (1.94, "about", "nearly double"),
        (float("nan"), "exactly", UNKNOWN),
    ],
)
def test_multiples_near_one_two_or_three(value, qualifier, expected):
    assert multiple(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (100.0, "exactly", "two orders of magnitude"),
        (101.0, "exactly", "two orders of magnitude"),
        (101.0, "about", "about two orders of magnitude"),
        (120.0, "exactly", "about two orders of magnitude"),
        (0.01, "exactly", "two orders of magnitude"),
        (10.0, "exactly", "one order of magnitude"),
        (40.0, "exactly", "between one and two orders of magnitude"),
        (5.6, "exactly", "less than one order of magnitude"),
        (6.0, "exactly", "about one order of magnitude"),
        (1000.0, "exactly", "three orders of magnitude"),
        (1e25, "exactly", "over twenty orders of magnitude"),
        (3e20, "exactly", "over twenty orders of magnitude"),
        (1.5e20, "exactly", "about twenty orders of magnitude"),
        # What is nothing or less has no orders of magnitude.
        (-100.0, "exactly", "minus 100 times"),
        (0.0, "exactly", "0 times"),
        # A floor goes down to a whole order, a ceiling up.
        (40.0, "over", "over one order of magnitude"),
        (40.0, "under", "under two orders of magnitude"),
        (40.0, "up to", "up to two orders of magnitude"),
        (99.0, "over", "over one order of magnitude"),
        (101.0, "over", "over two orders of magnitude"),
        (1000.0, "over", "over three orders of magnitude"),
        (1000.0, "under", "under three orders of magnitude"),
        (5.6, "over", "over 5.6 times"),
        (5.6, "under", "under one order of magnitude"),
        # Below one it is the ceiling that is a floor of orders.
        (0.01, "under", "over two orders of magnitude"),
        (0.01, "over", "under two orders of magnitude"),
        (0.5, "over", "under one order of magnitude"),
        (1e25, "over", "over twenty orders of magnitude"),
        (float("nan"), "exactly", UNKNOWN),
        (float("inf"), "exactly", UNBOUNDED),
    ],
)
def test_orders_of_magnitude(value, qualifier, expected):
    assert orders(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (0, "exactly", "no"),
        (0, "about", "about 0"),
        (1, "exactly", "one"),
        (5, "over", "over five"),
        (20, "exactly", "twenty"),
        (21, "exactly", "21"),
        (2.5, "exactly", "2.5"),
        (-1, "exactly", "minus 1"),
        (float("nan"), "exactly", UNKNOWN),
        (float("inf"), "exactly", UNBOUNDED),
    ],
)
def test_small_counts(value, qualifier, expected):
    assert count(value, qualifier) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (202.2e6, "about $200 million"),
        (2.5e9, "$2.5 billion"),
        (2.51e9, "about $2.5 billion"),
        (999.4e6, "about $1 billion"),
        # What is hidden must be more than binary noise.
        (1.1 * 3, "$3.30"),
        (float("nan"), UNKNOWN),
    ],
)
def test_two_digits_with_about_where_that_hides_something(value, expected):
    assert rough(value, "USD") == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (8.44, "exactly", "8.4 times"),
        (22.5, "about", "about 22 times"),
        (8.49, "over", "over 8.4 times"),
        (999.5, "exactly", "1,000 times"),
        (999_500.0, "exactly", "1 million times"),
        # "1 times" is no English: a digit more tells it from one, and where none does, the decimal stays.
        (1.03, "exactly", "1.03 times"),
        (1.02, "about", "about 1.02 times"),
        (1.05, "exactly", "1.05 times"),
        (1.051, "exactly", "1.1 times"),
        (0.96, "exactly", "0.96 times"),
        (0.996, "exactly", "0.996 times"),
        (0.99, "under", "under 0.99 times"),
        (0.998, "under", "under 0.998 times"),
        (1.099, "over", "over 1.09 times"),
        (1.0, "exactly", "1.0 times"),
        (1.0004, "exactly", "1.0 times"),
        (1.0, "over", "over 1.0 times"),
        (-1.0, "exactly", "minus 1.0 times"),
        (math.nan, "exactly", UNKNOWN),
        (math.inf, "exactly", UNBOUNDED),
    ],
)
def test_times(value, qualifier, expected):
    assert times(value, qualifier) == expected


def test_a_figure_words_itself_by_its_unit_and_qualifier():
    pace = observed("pace", 30e9, "USD per year", qualifier="over")
    month = pace / constant("months in a year", 12, "month per year")
    assert (str(pace), str(month)) == ("over $30 billion", "over $2.5 billion")
    assert (str(pace.bare), str(month.rough)) == ("$30 billion", "over $2.5 billion")
    assert str(observed("loan", 1.7e9, "EUR")) == "€1.7 billion"
    assert str(observed("users", 900e6, "weekly-user")) == "900 million"
    # What one gains another loses: an eighth of something over is under.
    assert str((pace / observed("rival", 3.5e9, "USD per year")).fold) == "over 8.5 times"
    assert str((observed("rival", 3.5e9, "USD per year") / pace).one_in) == "under 12 per cent"


def test_dates_of_a_figure():
    figure = observed("pace", 30e9, "USD per year")
    assert (str(figure.when), str(figure.known_on)) == ("April 2026", "2 May 2026")
    assert str(constant("a year", 12).known_on) == "[no date: assumed]"


def test_a_worded_figure_in_html_keeps_its_key_and_tag_and_escapes_its_text():
    figure = observed("pace", 30e9, "USD per year", tag="estimated")
    assert figure._repr_html_() == (
        f'<span class="figure" data-figure="{figure.key}" data-tag="estimated">$30 billion</span>'
    )
    assert f"{figure.bare:>12}" == " $30 billion"


def test_the_table_is_in_order() -> None:
    # The largest scale first, fractions rising, ranges of multiples that do not overlap.
    powers = [scale.power for scale in table.SCALES]
    assert powers == sorted(powers, reverse=True)
    shares = [share.value for share in table.SHARES]
    assert shares == sorted(shares)
    edges = [edge for row in table.RANGES for edge in (row.least, row.below)]
    assert edges == sorted(edges)


def test_the_table_names_what_the_algebra_knows() -> None:
    assert tuple(table.NOTATION) == tuple(graph.OPERATIONS)
    assert table.QUALIFIERS == graph.QUALIFIERS == tuple(table.FLIPS)
    assert table.TAGS == graph.TAGS
    assert set(table.RELATIONS) == set(conditions.RELATIONS)
    assert set(words.STYLES) == set(words.WORDINGS)
    assert set(words.USUAL) | {"plain"} == set(words.TABLE["usual"])
    assert set(words.TABLE["currencies"]) <= set(units.CURRENCIES)
    assert words.TABLE["months"] == [dates.day_words(date(2026, month, 1)).split()[1] for month in range(1, 13)]


def test_a_bound_flips_to_the_other_side() -> None:
    sides = words.TABLE["rounding"]
    for qualifier in sides:
        assert sides[table.FLIPS[qualifier]] != sides[qualifier]
    assert table.FLIPS["about"] == "about"


def test_a_year_is_no_amount_and_a_day_of_publication_is_a_day() -> None:
    with use(edition("2026-05")) as on:
        year = on.projection("anthropic-profitable-year", "2028")
        assert (str(year), units.counted(year.unit, year.value)) == ("2028 or later", "")
        assert str(on.projection("openai-profitable-year", "2030").span) == "2029 to 2030"
        gap = on.latest("anthropic-gross-net-gap")
        apart = days_between(on.at("anthropic-revenue-run-rate", gap.period.text), gap)
        assert derivation.steps(apart).numbers == "from 6 April 2026 to 13 April 2026"


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (0.06, "exactly", "6 percentage points"),
        (0.01, "exactly", "1 percentage point"),
        (-0.01, "about", "about minus 1 percentage point"),
        (0.0101, "exactly", "1 percentage point"),
        (0.011, "exactly", "1.1 percentage points"),
        (0.0, "exactly", "0 percentage points"),
        (0.709, "over", "over 70 percentage points"),
        (9.995, "exactly", "1,000 percentage points"),
        (math.nan, "exactly", UNKNOWN),
    ],
)
def test_differences_of_shares_in_percentage_points(value, qualifier, expected):
    assert points(value, qualifier) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04", "in April 2026"),
        ("2026-09-29", "on 29 September 2026"),
        ("Q2-2026", "in the second quarter of 2026"),
        ("H1-2025", "in the first half of 2025"),
        ("9M-2025", "in the first nine months of 2025"),
        ("2025", "in 2025"),
        ("FY2025", "in financial year 2025"),
        ("2026-2030", "from 2026 to 2030"),
    ],
)
def test_a_period_with_its_preposition(text, expected):
    assert parse_period(text).dated == expected


def test_a_figure_of_a_day_is_dated_on_that_day_and_its_bare_date_stays_bare():
    figure = observed("pace", 70e9, "USD per year", period="2026-09-29")
    assert str(figure.dated) == "on 29 September 2026"
    assert str(figure.when) == "29 September 2026"
    assert str(constant("a year", 12).dated) == "[no date: assumed]"


def test_nothing_divided_by_nothing_is_known_and_is_no_number():
    nothing = observed("nothing", 0.0, "1")
    undefined = nothing / observed("none", 0.0, "1")
    assert {str(getattr(undefined, style)) for style in words.STYLES if style not in words.DATES} == {UNDEFINED}
    assert str(undefined) == UNDEFINED
    # It has a date all the same.
    assert str(undefined.when) == "April 2026"
    unknown = nothing / observed("unknown", math.nan, "1")
    assert str(unknown) == str(unknown.when) == str(unknown.fold) == UNKNOWN


@dataclass(frozen=True, eq=False)
class Told(Leaf):
    """An observation told as a range without a point: nobody said its middle."""

    is_span: bool = True


def test_a_range_told_without_a_point_is_worded_as_the_range():
    told = replace(observed("raise", 40e9, "USD"), node=Told("raise", 40e9, "raise", low=30e9, high=50e9))
    assert str(told) == str(told.bare) == str(told.span) == "$30 billion to $50 billion"
    assert words.usual(replace(told.node, unit=told.unit), "exactly") == "$30 billion to $50 billion"
    # The middle of what is made of it is nobody's number either.
    assert str(told / constant("two", 2)) == "$15 billion to $25 billion"


def test_a_range_whose_ends_read_alike_is_one_number():
    assert words.span(2.501e9, 2.502e9, phrase) == "2.5 billion"


@given(st.floats(1e-6, 1e6), st.sampled_from(["over", "under", "up to"]))
def test_a_bound_in_orders_of_magnitude_stays_true(value, qualifier):
    text = orders(value, qualifier)
    if "order" not in text:
        assert text == times(value, qualifier)
        return
    stated = table.INTEGERS.index(text.split()[-4])
    size = abs(math.log10(value))
    if text.startswith("over "):
        assert stated <= size + 1e-8
    else:
        assert stated >= size - 1e-8


@given(st.floats(-1e6, 1e6), st.sampled_from(table.QUALIFIERS))
def test_no_multiple_reads_as_one_times(value, qualifier):
    for word in (times, fold, multiple, orders):
        assert " 1 times" not in f" {word(value, qualifier)}"
