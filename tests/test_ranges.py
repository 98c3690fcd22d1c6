"""Where a result can lie, and which side it has: against a dense grid, tried by brute force."""

import itertools
import math

import pytest
from hypothesis import assume as given_that
from hypothesis import example, given
from hypothesis import strategies as st
from making import observed
from test_properties import UndefinedError, follow, make, recipes, used

from frontier_calc import choose, constant, greatest, least, ranges, total
from frontier_calc.graph import Leaf

pytestmark = pytest.mark.slow

INF = math.inf


def ranged(name, value, low, high):
    return observed(name, value, low=low, high=high)


X = ranged("x", 5.0, 0.0, 10.0)


def near(expected):
    return pytest.approx(expected, rel=1e-6, abs=1e-6)


# Cases that were wrong, and their like.


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ((X - 3) ** 2, (0.0, 49.0)),
        ((X - 3) * (X - 3), (0.0, 49.0)),
        (X * (10 - X), (0.0, 25.0)),
        (greatest([X / 10, 1 - X / 10]), (0.5, 1.0)),
        (least([X, 10 - X]), (0.0, 5.0)),
        (1 / ranged("y", 1.0, -1.0, 2.0), (-INF, INF)),
        (1 / ranged("y", 1.0, 0.0, 2.0), (0.5, INF)),
        (1 / ranged("y", -1.0, -2.0, 0.0), (-INF, -0.5)),
        (1 / ranged("y", 1.0, -1.0, 2.0) ** 2, (0.25, INF)),
        (ranged("y", 1.0, -1.0, 2.0) ** -2, (0.25, INF)),
        (1 / (X - 3) - 2 / (X - 3), (-INF, INF)),
        ((1 / (X - 3)) ** 2 + X, (10 + 1 / 49, INF)),
        (X / X, (1.0, 1.0)),
        (X - X, (0.0, 0.0)),
        (ranged("y", 1.0, -1.0, 2.0) ** 3, (-1.0, 8.0)),
        (choose(X > 3, constant("a", 1), constant("b", 2)), (1.0, 2.0)),
        (choose(X > 11, constant("a", 1), constant("b", 2)), (2.0, 2.0)),
    ],
)
def test_a_range_is_as_wide_as_what_can_be(figure, expected):
    low, high = figure.interval
    if math.isfinite(expected[0]) and math.isfinite(expected[1]):
        assert (low, high) == near(expected)
    else:
        # A search finds the side that has no limit; the other side only as far as the grid goes.
        assert [end for end in (low, high) if math.isinf(end)] == [end for end in expected if math.isinf(end)]


def test_a_ratio_whose_divisor_passes_through_nothing_together_with_it_has_a_limit():
    growth = ranged("growth", 1.1, 0.5, 2.0)
    booked = (1 - 1 / growth) / growth.log()  # one, where nothing grows
    assert booked.interval == near(((1 - 1 / 2) / math.log(2), (1 - 1 / 0.5) / math.log(0.5)))


def test_what_has_no_limit_says_so_in_words():
    low, high = (str(observed("end", end)) for end in (1 / ranged("y", 1.0, -1.0, 2.0)).interval)
    assert low == high == "[without limit]"


def test_many_inputs_that_come_twice_still_have_a_range():
    inputs = [ranged(f"x{i}", 1.0, 0.5, 2.0) for i in range(12)]
    whole = total(inputs)
    assert (whole / (whole + 1)).interval == near((6 / 7, 24 / 25))
    assert whole.interval == (6.0, 24.0)


def test_what_grows_with_a_number_without_limit_has_none_itself():
    x = observed("x", 25.0, qualifier="over")
    assert ranges.reach((x * x - x).node) == (600.0, INF)
    assert ranges.reach((x - x * x).node) == (-INF, -600.0)
    assert ranges.reach((x / (x + 25)).node) == near((0.5, 1.0))


def test_a_corner_at_infinity_that_is_no_number_does_not_hide_that_there_is_no_limit():
    x = observed("x", 10.0, qualifier="over")
    left = x * ((x - 8) / x)  # at infinity: a share of infinity over infinity
    assert ranges.reach((x * (1 - 8 / x)).node) == near((2.0, INF))
    assert ranges.reach(left.node) == near((2.0, INF))
    # Also where it is hidden behind a number far larger, and where it grows slowly.
    for far in (1e9, 1e15):
        assert ranges.reach((left - far).node) == near((2.0 - far, INF))
        assert ranges.reach((far - left).node) == near((-INF, far - 2.0))
        assert (left < far).truth is None
    assert ranges.reach(((x * 1e9).log() * x / x).node) == near((math.log(1e10), INF))
    # What comes ever closer to a number does not pass it.
    assert ranges.reach((left - x).node) == near((-8.0, -8.0))
    assert ranges.reach((1e9 - left / x).node) == near((1e9 - 1, 1e9 - 0.2))


def test_many_inputs_without_limit_that_come_twice_leave_a_claim_open():
    inputs = [observed(f"x{i}", 10.0, qualifier="over") for i in range(12)]
    whole = total(inputs)
    left = whole * ((whole - 8) / whole)
    assert ranges.reach(left.node) == near((112.0, INF))
    assert ranges.reach((whole / (whole + 40)).node) == near((0.75, 1.0))
    assert (left < 1e9).truth is None and (left > 100).truth is True


def test_what_has_a_value_and_of_which_no_end_is_found_is_open():
    beside = ranged("x", 5.0, 4.0, 7.0) - 5
    only_at_five = (-(beside * beside)) ** 0.5
    assert only_at_five.value == 0 and only_at_five.interval == (-INF, INF)
    assert (only_at_five > -1).truth is None


def test_what_is_not_known_has_no_range():
    assert (observed("gone", math.nan) * X).interval == (None, None)


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (lambda x, y: greatest([x, y]), "over"),
        (lambda x, y: least([x, y]), "over"),
        (lambda x, y: greatest([x, y - 20]), "over"),
        (lambda x, y: least([x, y - 20]), "exactly"),
        (lambda x, y: x + y, "over"),
        (lambda x, y: y - x, "under"),
        (lambda x, y: y / x, "under"),
        (lambda x, y: x - x, "exactly"),
        (lambda x, y: (x + y) - x, "exactly"),
        (lambda x, y: choose(x > y, x, y), "over"),
        (lambda x, y: (x - 30) ** 2, "about"),
        (lambda x, y: (x - 25) ** 2, "over"),
        (lambda x, y: (x - 25) * (x - 25), "over"),
        (lambda x, y: x / (x + y), "over"),
        (lambda x, y: total([x, y, -x]), "exactly"),
        (lambda x, y: (x / y).log(), "over"),
        (lambda x, y: y ** (x / y), "over"),
    ],
)
def test_the_side_of_a_result_follows_from_where_it_can_lie(op, expected):
    x, y = observed("x", 25.0, qualifier="over"), observed("y", 30.0)
    assert op(x, y).qualifier == expected


def test_the_larger_side_of_a_share_that_may_grow_has_no_side():
    share = observed("share", 0.4, qualifier="over")
    assert greatest([share, 1 - share]).qualifier == "about"
    assert (
        greatest([observed("share", 0.6, qualifier="over"), 1 - observed("share", 0.6, qualifier="over")]).qualifier
        == "over"
    )


def test_the_least_of_a_number_and_a_higher_ceiling_may_be_that_number():
    assert least([observed("x", 30.0), observed("y", 40.0, qualifier="under")]).qualifier == "up to"
    assert least([observed("x", 30.0), observed("y", 40.0, qualifier="over")]).qualifier == "exactly"
    assert least([observed("x", 30.0), observed("y", 20.0, qualifier="under")]).qualifier == "under"


def test_a_ceiling_on_something_above_nothing_goes_down_to_nothing_unless_its_series_goes_lower():
    assert (1 / observed("users", 5.0, qualifier="under")).qualifier == "over"
    margin = Leaf("margin", 0.1, "margin", qualifier="under", least=-3.0, most=1.0)
    assert margin.within_bound(0.1, 0.1) == (-3.0, 0.1)
    share = Leaf("share", 0.4, "share", qualifier="over", most=1.0)
    assert share.within_bound(0.4, 0.4) == (0.4, 1.0)


def test_an_approximation_beside_a_bound_leaves_about_and_where_it_moves_nothing_it_leaves_nothing():
    x, y = observed("x", 25.0, qualifier="over"), observed("y", 30.0, qualifier="about")
    assert (x + y).qualifier == "about"
    assert greatest([x, y, observed("z", 90.0)]).qualifier == "over"
    assert greatest([y, observed("z", 90.0)]).qualifier == "exactly"
    # Where the result turns just at the value, it moves to neither side alike.
    assert ((y - 30) * (y - 30)).qualifier == "about"


# Properties.

parts = recipes(pairs=("+", "-", "×", "÷", "^"), several=("sum", "min", "max"), single=("ln", "exp"))
plain = recipes(pairs=("+", "-", "×"), several=("sum", "min", "max"), single=(), more=())
small = st.integers(-12, 12).map(lambda tenths: tenths / 4)


@st.composite
def boxes(draw):
    """Five inputs, three of them with a range: value, low and high."""
    found = []
    for i in range(5):
        low, width = draw(small), draw(st.integers(1, 12)) / 4
        found.append((low + width / 2, low, low + width) if i < 3 else (draw(small), None, None))
    return found


def grid(recipe, axes):
    """The results of a recipe on every point of a grid, those left out that have none."""
    found = []
    for point in itertools.product(*axes):
        try:
            result = follow(recipe, point)
        except UndefinedError:
            continue
        if isinstance(result, float) and math.isfinite(result):
            found.append(result)
    return found


def steps(low, high, count=12):
    return [low + (high - low) * i / count for i in range(count + 1)]


@given(parts, boxes())
@example(
    ("×", ("-", 0, 2), ("-", 0, 2)), [(5.0, 0.0, 10.0), (1.0, 0.0, 2.0), (3.0, None, None), *[(1.0, None, None)] * 2]
)
def test_no_range_is_narrower_than_what_a_dense_grid_finds(recipe, box):
    figure = make(
        recipe, [observed(f"input {i}", value, low=low, high=high) for i, (value, low, high) in enumerate(box)]
    )
    given_that(math.isfinite(figure.value) and figure.low is not None)
    found = grid(recipe, [[value] if low is None else steps(low, high) for value, low, high in box])
    given_that(found)
    size = max(abs(end) for end in (*found, 1.0))
    low, high = figure.interval
    # Where inputs come twice, a result may turn in more places than are searched: a hundredth of its width is forgiven.
    once = all(str(recipe).count(str(i)) == 1 for i in used(recipe))
    slack = (0.0 if once else 0.01 * (max(found) - min(found))) + 1e-9 * size
    assert low <= min(found) + slack and high >= max(found) - slack


@given(plain, boxes())
def test_no_range_is_wider_than_what_a_dense_grid_finds(recipe, box):
    figure = make(
        recipe, [observed(f"input {i}", value, low=low, high=high) for i, (value, low, high) in enumerate(box)]
    )
    given_that(figure.low is not None)
    found = grid(recipe, [[value] if low is None else steps(low, high) for value, low, high in box])
    slack = 0.15 * (max(found) - min(found)) + 1e-9 * max(abs(end) for end in (*found, 1.0))
    assert figure.low >= min(found) - slack and figure.high <= max(found) + slack


def truths(value, qualifier):
    """What a number may really be that was said with a qualifier."""
    if qualifier == "over":
        return [value, value + 0.1, value + 1, value + 3, value + 20, value + 1000]
    if qualifier in ("under", "up to"):
        return [value, value - 0.1, value - 1, value - 20] if value <= 0 else [value * i / 8 for i in range(9)]
    return [value]


sides = st.sampled_from(["exactly", "over", "under", "up to"])


@given(parts, st.lists(st.tuples(small, sides), min_size=5, max_size=5))
def test_a_side_that_is_printed_is_borne_out_and_none_is_lost(recipe, inputs):
    figure = make(
        recipe, [observed(f"input {i}", value, qualifier=qualifier) for i, (value, qualifier) in enumerate(inputs)]
    )
    given_that(math.isfinite(figure.value) and sum(q != "exactly" for _, q in inputs) <= 3)
    found = grid(recipe, [truths(*each) for each in inputs])
    slack = 1e-6 * max(1.0, abs(figure.value))
    below, above = min(found) < figure.value - slack, max(found) > figure.value + slack
    if below or above:
        assert figure.qualifier != "exactly"
    if figure.qualifier == "over":
        assert not below
    if figure.qualifier in ("under", "up to"):
        assert not above


@given(plain, st.lists(st.tuples(small, sides), min_size=5, max_size=5))
def test_a_side_is_not_given_up_without_need(recipe, inputs):
    given_that(all(str(recipe).count(str(i)) == 1 for i in used(recipe)))
    figure = make(
        recipe, [observed(f"input {i}", value, qualifier=qualifier) for i, (value, qualifier) in enumerate(inputs)]
    )
    given_that(sum(inputs[i][1] != "exactly" for i in used(recipe)) <= 3)
    found = grid(recipe, [truths(*each) if i in used(recipe) else [each[0]] for i, each in enumerate(inputs)])
    below, above = min(found) < figure.value, max(found) > figure.value
    if figure.qualifier == "about":
        assert below and above
    if figure.qualifier == "exactly":
        assert not below and not above


without_powers = recipes(pairs=("+", "-", "×", "÷"), single=("exp",))


@given(without_powers, boxes())
def test_where_a_result_can_lie_holds_its_range(recipe, box):
    inputs = [
        observed(f"input {i}", value, low=low, high=high, qualifier="over") for i, (value, low, high) in enumerate(box)
    ]
    node = make(recipe, inputs).node
    low, high = ranges.interval(node)
    wide_low, wide_high = ranges.reach(node)
    given_that(None not in (low, high, wide_low, wide_high))
    slack = 1e-6 * (high - low) if math.isfinite(high - low) else 0.0
    slack += 1e-9 * max((abs(end) for end in (low, high) if math.isfinite(end)), default=0.0)
    given_that(all(str(recipe).count(str(i)) == 1 for i in used(recipe)))
    assert wide_low <= low + slack and wide_high >= high - slack
