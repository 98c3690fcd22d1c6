"""Units: what a number counts, in words, and the scale of a spelling."""

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import REAL, observed

from frontier_calc import units
from frontier_calc.units import ONE, UnitError

SERIES = list(csv.DictReader((REAL / "series.csv").open(encoding="utf-8", newline="")))
UNITS = sorted({row["unit"] for row in SERIES})


@pytest.mark.parametrize("text", UNITS)
def test_a_unit_is_read_as_it_is_written(text):
    assert units.name(units.parse(text)) == ("" if text == "1" else text)


@pytest.mark.parametrize("text", UNITS)
def test_a_spelling_counts_what_its_series_counts_but_for_the_period(text):
    # "USD bn" is short for so much a year, where the series is a yearly pace; the year 2028 is typed as a year.
    short = ("", "per year", "per month", "calendar-year per year")
    for row in SERIES:
        if row["unit"] == text:
            for spelling in units.spellings(row["spellings"]):
                left = units.parse(text) / units.dimension(spelling)
                assert units.name(left) in short, f"{row['series']}: {spelling}"


@pytest.mark.parametrize(
    ("spelling", "factor"),
    [
        ("USD bn", 1e9),
        ("USD mn per year", 1e6),
        ("EUR tn", 1e12),
        ("percent", 0.01),
        ("billion people", 1e9),
        ("trillion tokens per month", 1e12),
        ("thousand chips", 1e3),
        # What is counted by the million is dear by the single one.
        ("USD per million output tokens", 1e-6),
        ("words per token", 1.0),
        ("1", 1.0),
    ],
)
def test_a_scale_word_multiplies_above_and_divides_below(spelling, factor):
    assert units.scale(spelling) == factor


def test_a_plural_and_a_pair_of_words_count_what_their_noun_counts():
    assert units.dimension("million weekly users") == units.parse("weekly-user")
    assert units.dimension("USD per monthly user per year") == units.parse("USD per monthly-user per year")
    assert units.dimension("billion people") == units.parse("person")
    # Weekly and monthly users are two things.
    assert units.dimension("weekly users") != units.dimension("monthly users")


@pytest.mark.parametrize("text", ["USD bn", "dollars", "USD per fortnight", "metre", "second"])
def test_a_unit_has_no_scale_and_knows_no_physics(text):
    with pytest.raises(UnitError, match="a unit such as USD per year, not "):
        units.parse(text)


@pytest.mark.parametrize("spelling", ["USD bln", "USD per per year", "percent of revenue"])
def test_a_spelling_with_an_unknown_word_is_refused(spelling):
    with pytest.raises(ValueError, match=r"such as USD"):
        units.spellings(spelling)


def test_nothing_converts_by_itself():
    for one, other in itertools.combinations(units.NOUNS, 2):
        assert units.parse(one) != units.parse(other)
        assert units.name(units.parse(one) / units.parse(other)) == f"{one} per {other}".strip()


@given(st.lists(st.tuples(st.sampled_from(units.NOUNS), st.integers(-2, 2)), max_size=6))
@settings(deadline=None, derandomize=True, database=None)
def test_the_algebra_of_units_is_that_of_a_table_of_powers(steps):
    unit, powers = ONE, dict.fromkeys(units.NOUNS, 0)
    for noun, power in steps:
        unit = unit * units.parse(noun) ** power
        powers[noun] += power
    assert {noun: units.power(unit, noun) for noun in units.NOUNS} == powers
    assert (unit == ONE) == (not any(powers.values()))


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("person", 1, "person"),
        ("person", 2, "people"),
        ("USD per year", 1, "per year"),
        ("token per month", 1e15, "tokens per month"),
        ("GW", 2, "GW"),
        ("calendar-year", 2028, ""),
        ("1", 3, ""),
        ("month", 1, "month"),
    ],
)
def test_a_count_is_told_in_the_plural_unless_it_is_one(unit, value, words):
    assert units.counted(units.parse(unit), value) == words


def test_a_pace_is_told_from_a_sum_by_its_unit():
    assert units.is_pace(units.parse("token per minute"))
    assert not units.is_pace(units.parse("USD per person"))
    with pytest.raises(UnitError, match="the term takes year, and term counts month"):
        units.need("year", observed("term", 3.0, "month"), "the term")
    with pytest.raises(UnitError, match="the share takes a plain ratio, and sum counts USD"):
        units.need("1", observed("sum", 3.0, "USD"), "the share")


def test_only_the_public_interface_of_pint_is_used():
    package = Path(units.__file__).parent
    using = [path for path in package.rglob("*.py") if "pint" in path.read_text(encoding="utf-8").split()]
    assert [path.name for path in using] == ["units.py"]
    assert "._units" not in using[0].read_text(encoding="utf-8")
