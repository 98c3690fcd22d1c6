"""The closed list of operations: on numbers as IEEE has them, on ranges as far as a dense grid of numbers goes."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume as given_that
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc.operations import OPERATIONS, RANGES, Range

pytestmark = pytest.mark.slow

INF, NAN = math.inf, math.nan
ARGUMENTS = {"ln": 1, "exp": 1, "choose": 4, "min": 3, "max": 3, "sum": 3}

ends = st.integers(-8, 8).map(lambda halves: halves / 2)
some_ranges = st.tuples(ends, st.integers(0, 8)).map(lambda pair: Range(pair[0], pair[0] + pair[1] / 2))


def on_numbers(op, *numbers):
    with np.errstate(all="ignore"):
        return float(OPERATIONS[op](*numbers))


def on_ranges(op, *ranges):
    with np.errstate(all="ignore"):
        return tuple(map(float, RANGES[op](*ranges)))


@pytest.mark.parametrize(
    ("op", "numbers", "expected"),
    [
        ("÷", (1.0, 0.0), INF),
        ("÷", (-1.0, 0.0), -INF),
        ("÷", (0.0, 0.0), NAN),
        ("^", (-8.0, 1 / 3), NAN),
        ("^", (0.0, -1.0), INF),
        ("ln", (-1.0,), NAN),
        ("ln", (0.0,), -INF),
        ("exp", (1000.0,), INF),
        ("×", (1e200, 1e200), INF),
        ("sum", (0.1,) * 10, 1.0),
        ("sum", (1e308, 1e308), INF),
        ("sum", (INF, -INF), NAN),
        ("min", (1.0, NAN, 3.0), NAN),
        ("max", (1.0, 3.0, 2.0), 3.0),
        ("choose", (1.0, 1.0, 5.0, 6.0), 6.0),
        ("choose", (NAN, 1.0, 5.0, 6.0), NAN),
        ("choose", (2.0, 1.0, 5.0, NAN), 5.0),
        ("days", (739000.0, 739030.0), 30.0),
    ],
)
def test_an_operation_on_numbers_never_raises(op, numbers, expected):
    assert on_numbers(op, *numbers) == pytest.approx(expected, nan_ok=True, rel=0)


def test_every_operation_is_defined_on_ranges_too():
    assert OPERATIONS.keys() == RANGES.keys()


@pytest.mark.parametrize(
    ("op", "ranges", "expected"),
    [
        ("×", (Range(0.0, 0.0), Range(1.0, INF)), (0.0, 0.0)),
        ("×", (Range(-1.0, 2.0), Range(3.0, INF)), (-INF, INF)),
        ("÷", (Range(1.0, 1.0), Range(2.0, INF)), (0.0, 0.5)),
        ("÷", (Range(30.0, INF), Range(25.0, INF)), (0.0, INF)),
        ("÷", (Range(1.0, 1.0), Range(-2.0, 0.0)), (-INF, -0.5)),
        ("÷", (Range(-1.0, 1.0), Range(0.0, 2.0)), (-INF, INF)),
        ("÷", (Range(1.0, 2.0), Range(-1.0, 1.0)), (-INF, INF)),
        ("^", (Range(-2.0, 1.0), Range(-2.0, -2.0)), (0.25, INF)),
        ("^", (Range(-2.0, 1.0), Range(-1.0, -1.0)), (-INF, INF)),
        ("^", (Range(0.5, 2.0), Range(-1.0, 2.0)), (0.25, 4.0)),
        ("^", (Range(-2.0, 4.0), Range(0.5, 0.5)), (0.0, 2.0)),
        ("ln", (Range(-1.0, math.e),), (-INF, 1.0)),
        ("exp", (Range(-INF, 0.0),), (0.0, 1.0)),
        ("+", (Range(1.0, INF), Range(-INF, 2.0)), (-INF, INF)),
    ],
)
def test_an_operation_on_ranges_without_limit(op, ranges, expected):
    assert on_ranges(op, *ranges) == expected


@given(st.sampled_from(sorted(RANGES)), st.lists(some_ranges, min_size=4, max_size=4))
def test_an_operation_on_ranges_holds_what_it_makes_of_the_numbers_in_them_and_no_more(op, ranges):
    ranges = ranges[: ARGUMENTS.get(op, 2)]
    if op == "^" and ranges[1].low != ranges[1].high:
        given_that(ranges[0].low >= 0)  # other powers of what is below nothing are no numbers
    count = 21 if len(ranges) <= 2 else 9
    results = [on_numbers(op, *point) for point in itertools.product(*(np.linspace(*each, count) for each in ranges))]
    found = [result for result in results if math.isfinite(result)]
    given_that(found)
    low, high = on_ranges(op, *ranges)
    slack = 1e-9 * max(map(abs, found))
    assert low <= min(found) + slack and high >= max(found) - slack
    if math.isfinite(low) and math.isfinite(high):
        # Between two points of the grid a result goes no further than by so much.
        slack += 0.35 * (max(found) - min(found)) + (1.0 if op == "choose" else 0.0)
        assert low >= min(found) - slack and high <= max(found) + slack


@given(st.sampled_from(sorted(RANGES)), st.lists(some_ranges, min_size=8, max_size=8))
def test_many_cases_at_once_are_what_they_are_one_by_one(op, ranges):
    count = ARGUMENTS.get(op, 2)
    first, second = ranges[:count], ranges[4 : 4 + count]
    both = [Range(np.array([a.low, b.low]), np.array([a.high, b.high])) for a, b in zip(first, second, strict=True)]
    with np.errstate(all="ignore"):
        low, high = RANGES[op](*both)
    expected = [on_ranges(op, *first), on_ranges(op, *second)]
    np.testing.assert_allclose(np.stack([low, high], axis=1), expected, rtol=1e-12)
