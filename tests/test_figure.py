"""Figures: one test per operator, then what travels with a number and what must never be mixed."""

from datetime import date

import numpy as np
import pytest
from making import observed

from frontier_calc import assume, beside, choose, constant, days_between, greatest, least, total, units
from frontier_calc.figure import Figure, FigureError
from frontier_calc.graph import Leaf
from frontier_calc.rulers import RulerError
from frontier_calc.units import UnitError

MONTHS = constant("months in a year", 12, "month per year")


def money(name, value, **more):
    return observed(name, value, "USD", **more)


def test_adding_two_sums_of_money_gives_money():
    result = money("a", 3.0) + money("b", 4.0)
    assert (result.value, result.unit_words) == (7.0, "USD")


def test_subtracting_leaves_the_difference():
    result = money("a", 3.0) - money("b", 4.0)
    assert (result.value, result.unit_words) == (-1.0, "USD")


def test_a_minus_sign_turns_a_figure_round_and_keeps_its_unit():
    result = -money("a", 3.0)
    assert (result.value, result.unit_words) == (-3.0, "USD")


def test_multiplying_multiplies_the_units_too():
    result = observed("a month", 2.5e9, "USD per month") * MONTHS
    assert (result.value, result.unit_words) == (30e9, "USD per year")


def test_dividing_divides_the_units_too():
    result = money("a", 12.0) / observed("people", 4.0, "person")
    assert (result.value, result.unit_words) == (3.0, "USD per person")


def test_a_power_raises_the_unit_with_the_number():
    # An exact power may be taken of anything; the unit goes with it.
    square = observed("step", 3.0, "USD") ** 2
    assert (square.value, square.unit_words) == (9.0, "USD^2")
    # A measured power only of a plain ratio: dollars to the power of 1.7 measured years mean nothing.
    with pytest.raises(UnitError, match="a power is a plain number"):
        money("a", 3.0) ** observed("years", 2.0)


def test_ln_and_exp_undo_each_other():
    ratio = observed("ratio", 8.44)
    assert ratio.log().exp().value == pytest.approx(8.44, rel=1e-15)
    # Neither means anything for dollars.
    with pytest.raises(UnitError, match="divide by a like figure first"):
        money("a", 3.0).log()


def test_a_total_a_least_and_a_greatest():
    figures = [money("a", 3.0), money("b", 1.0), money("c", 2.0)]
    assert (total(figures).value, least(figures).value, greatest(figures).value) == (6.0, 1.0, 3.0)


def test_the_total_of_many_small_sums_loses_nothing():
    # Ten times a tenth is one, although 0.1 + 0.1 + ... in binary is not.
    assert total([observed(f"part {i}", 0.1) for i in range(10)]).value == 1.0


def test_a_choice_follows_its_comparison():
    a, b = money("a", 3.0), money("b", 4.0)
    assert choose(b > a, a, b).value == 3.0
    assert choose(a > b, a, b).value == 4.0
    for other in (a < b, (a > b) & (b > a)):
        with pytest.raises(ValueError, match="single comparison with >"):
            choose(other, a, b)


def test_the_days_between_two_publications():
    start = money("start", 1.0, known=date(2026, 2, 28), source="early")
    end = money("end", 2.0, known=date(2026, 4, 6), source="late")
    days = days_between(start, end)
    assert (days.value, days.unit_words, days.sources) == (37.0, "day", ("early", "late"))
    # A day comes from the page that was published on that day, whichever input is named last.
    both = money("new", 1.0, known=date(2026, 4, 6), source="late") + money("old", 1.0, source="early")
    assert days_between(start, money("x", 1.0, known=date(2026, 5, 6), source="last") + both).sources[-1] == "last"
    # A constant was published on no day.
    with pytest.raises(ValueError, match="months in a year has no day of publication"):
        days_between(start, MONTHS)


def test_a_bare_number_is_an_exact_constant():
    share = observed("share", 0.4)
    for result in (1 - share, 1 + share, share + 1, share - 1, 2 * share, share * 2, 1 / share, share / 2):
        # Exact constants carry no tag and no source, so nothing is added to either.
        assert (result.tag, result.sources) == ("reported", share.sources)
    assert [(1 - share).value, (2 * share).value, (1 / share).value] == [0.6, 0.8, 2.5]


# Rulers


def test_adding_a_gross_run_rate_to_a_net_one_is_refused_in_two_lines():
    gross = observed("Anthropic revenue run rate", 30e9, "USD per year", basis="run-rate", channel="gross")
    net = observed("OpenAI revenue run rate", 24e9, "USD per year", basis="run-rate", channel="net")
    with pytest.raises(RulerError) as caught:
        gross + net
    # Two lines: what clashed, with both rulers; and the conversion that would reconcile them.
    assert str(caught.value).splitlines() == [
        "cannot add Anthropic revenue run rate (run-rate, gross) and OpenAI revenue run rate (run-rate, net): "
        "they differ in channel.",
        "rulers.to_net(gross, cut) takes the channel's cut off; or set them side by side, and say so, "
        "with fc.beside(a, b).",
    ]


def test_comparing_recognised_revenue_with_a_run_rate_is_refused_in_two_lines():
    booked = observed("OpenAI recognised revenue", 13.1e9, "USD per year", basis="recognised")
    pace = observed("OpenAI revenue run rate", 20e9, "USD per year", basis="run-rate")
    with pytest.raises(RulerError) as caught:
        booked < pace  # noqa: B015
    assert str(caught.value).splitlines() == [
        "cannot compare OpenAI recognised revenue (recognised) and OpenAI revenue run rate (run-rate): "
        "they differ in basis.",
        "growth.recognised_from(run_rate, growth) turns a run rate into the year it would book, by a guess of growth; "
        "or set them side by side, and say so, with fc.beside(a, b).",
    ]


@pytest.mark.parametrize(
    ("side", "one", "other", "conversion"),
    [
        ("basis", "run-rate", "recognised", "growth.recognised_from"),
        ("channel", "gross", "net", "rulers.to_net"),
        ("firmness", "committed", "spent", "rulers.per_year"),
        ("payer", "customer", "investor", "rulers.from_customers"),
    ],
)
@pytest.mark.parametrize("mix", ["+", "-", "÷", "sum", "min", "max", ">", ">=", "<", "<="])
def test_no_way_of_mixing_rulers_is_open(side, one, other, conversion, mix):
    a, b = money("a", 3.0, **{side: one}), money("b", 4.0, **{side: other})
    ways = {
        "+": lambda: a + b,
        "-": lambda: a - b,
        "÷": lambda: a / b,
        "sum": lambda: total([a, b]),
        "min": lambda: least([a, b]),
        "max": lambda: greatest([a, b]),
        ">": lambda: a > b,
        ">=": lambda: a >= b,
        "<": lambda: a < b,
        "<=": lambda: a <= b,
    }
    with pytest.raises(RulerError) as caught:
        ways[mix]()
    first, second = str(caught.value).split("\n")
    assert f"({one})" in first and f"({other})" in first and first.endswith(f"they differ in {side}.")
    # A ratio needs no guess of growth, so what makes one is offered before what needs it.
    assert second.startswith("fc.beside(a, b)" if (mix, side) == ("÷", "basis") else conversion)
    assert conversion in second


def test_a_clash_is_found_in_a_sum_of_three_whichever_comes_last():
    gross, net, plain = money("a", 1.0, channel="gross"), money("b", 1.0, channel="net"), money("c", 1.0)
    for order in ([gross, net, plain], [plain, gross, net], [gross, plain, net]):
        with pytest.raises(RulerError, match="they differ in channel"):
            total(order)


def test_an_empty_side_contradicts_nothing_and_takes_the_others_side():
    gross, cut = money("a", 3.0, channel="gross"), money("b", 1.0)
    assert str((gross - cut).ruler) == "gross"
    assert str((cut + gross).ruler) == "gross"


def test_a_ratio_of_like_figures_is_on_no_ruler():
    ratio = money("a", 3.0, channel="gross") / money("b", 1.0, channel="gross")
    assert str(ratio.ruler) == "no ruler"


def test_a_pace_over_a_head_count_stays_on_its_ruler():
    each = observed("pace", 30e9, "USD per year", basis="run-rate") / observed("people", 5000.0, "employee")
    assert (str(each.ruler), each.unit_words) == ("run-rate", "USD per employee per year")


def test_two_rulers_may_be_set_side_by_side_and_the_reader_is_told():
    promise, paid = money("promise", 100e9, firmness="committed"), money("paid", 30e9, firmness="paid-in")
    ratio = beside(paid, promise)
    assert (ratio.value, str(ratio.ruler)) == (0.3, "no ruler")
    assert ratio.aside == "paid-in set beside committed"
    # With different units the reader is told those as well.
    pace = observed("pace", 10e9, "USD per year", firmness="spent")
    assert beside(promise, pace).aside == "committed (USD) set beside spent (USD per year)"


def test_what_is_made_of_a_side_by_side_figure_says_so_too():
    a, b, c = money("a", 4.0, channel="gross"), money("b", 2.0, channel="net"), money("c", 1.0, firmness="spent")
    ratio, plain, other = beside(a, b), observed("plain", 2.0), beside(a, c)
    said = "gross set beside net"
    made = [ratio + 1, 1 - ratio, ratio * 2, 2 / ratio, -ratio, ratio**2, ratio.log(), ratio.exp()]
    made += [total([plain, ratio]), least([plain, ratio]), greatest([ratio, plain]), choose(plain > 1, plain, ratio)]
    made += [choose(ratio > 1, plain, plain), plain**ratio]
    assert [figure.aside for figure in made] == [said] * len(made)
    # Two things to tell are both told.
    assert (ratio * other).aside == "gross set beside net; gross set beside spent"
    assert (ratio * ratio).aside == said


# Units


def test_unlike_units_are_neither_added_nor_compared():
    dollars, euros = money("a", 1.0), observed("b", 1.0, "EUR")
    for mix in (
        lambda: dollars + euros,
        lambda: dollars - euros,
        lambda: dollars > euros,
        lambda: total([dollars, euros]),
    ):
        with pytest.raises(UnitError) as caught:
            mix()
        # Two lines again: what clashed, and what to do.
        first, second = str(caught.value).splitlines()
        assert first.endswith("a and b: one counts USD, the other EUR.")
        assert second == "Bring them to one unit first: divide by a period, a head count or an observed exchange rate."


def test_a_year_is_not_twelve_months_unless_a_formula_says_so():
    with pytest.raises(UnitError, match="one counts USD per year, the other USD per month"):
        observed("a", 12.0, "USD per year") + observed("b", 1.0, "USD per month")


def test_euros_become_dollars_only_at_an_observed_rate():
    rate = observed("dollars in a euro", 1.1644, "USD per EUR", known=date(2026, 5, 29), source="central bank")
    loan = observed("loan", 1.7e9, "EUR", known=date(2025, 9, 9), source="filing")
    dollars = loan * rate
    # The rate's source and date stay with the sum.
    assert (dollars.unit_words, dollars.sources, dollars.known) == (
        "USD",
        ("filing", "central bank"),
        date(2026, 5, 29),
    )


# What travels with a number


def test_the_weakest_tag_wins():
    strong, weak = observed("a", 1.0, tag="reported"), observed("b", 1.0, tag="projected")
    assert [(strong + weak).tag, (weak * strong).tag, (strong + assume("c", 1.0)).tag] == [
        "projected",
        "projected",
        "illustrative",
    ]
    # Exact constants carry none.
    assert (MONTHS.tag, (MONTHS * 2).tag, (strong * MONTHS).tag) == ("", "", "reported")


def test_sources_are_kept_once_each_in_the_order_in_which_they_came():
    a, b = observed("a", 1.0, source="first"), observed("b", 2.0, source="second")
    assert (b + a + b * a).sources == ("second", "first")


def test_period_and_knowledge_date_are_the_latest_underneath():
    a = observed("a", 1.0, period="2026-04", known=date(2026, 5, 2))
    b = observed("b", 1.0, period="FY2025", known=date(2026, 5, 20))
    assert ((a / b).period.text, (a / b).known) == ("2026-04", date(2026, 5, 20))


def test_the_same_derivation_has_the_same_key_and_another_one_another():
    a, b = observed("a", 1.0), observed("b", 2.0)
    assert (a - b).key == (a - b).key
    assert len({(a - b).key, (b - a).key, (a + b).key, a.key, b.key, observed("a", 1.5).key}) == 6


@pytest.mark.parametrize(
    ("qualifier", "kept", "flipped"),
    [
        ("exactly", "exactly", "exactly"),
        ("about", "about", "about"),
        ("over", "over", "under"),
        ("under", "under", "over"),
        ("up to", "up to", "over"),
    ],
)
def test_a_bound_is_kept_by_what_rises_with_it_and_flips_through_subtraction_and_division(qualifier, kept, flipped):
    bound, exact = observed("bound", 3.0, qualifier=qualifier), observed("exact", 10.0)
    assert [f.qualifier for f in (bound + exact, bound - exact, bound * exact, bound / exact, bound**2)] == [kept] * 5
    assert [f.qualifier for f in (exact - bound, exact / bound, -bound, 1 / bound)] == [flipped] * 4
    # Twice flipped is kept again, except that "up to" says more than "under".
    assert (exact - (exact - bound)).qualifier == kept
    # Multiplying by a negative number flips as well.
    assert (bound * -2).qualifier == flipped


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("over", "over", "over"),
        ("over", "exactly", "over"),
        ("over", "under", "about"),
        ("over", "up to", "about"),
        ("over", "about", "about"),
        ("under", "up to", "under"),
        ("up to", "up to", "up to"),
    ],
)
def test_bounds_on_the_same_side_stand_together_and_mixed_ones_mean_about(one, other, together):
    a, b = observed("a", 3.0, qualifier=one), observed("b", 4.0, qualifier=other)
    assert ((a + b).qualifier, (b + a).qualifier, (a * b).qualifier) == (together,) * 3


def test_the_difference_of_two_floors_is_only_about_right():
    assert (observed("a", 9.0, qualifier="over") - observed("b", 4.0, qualifier="over")).qualifier == "about"
    assert (observed("a", 9.0, qualifier="over") - observed("b", 4.0, qualifier="under")).qualifier == "over"


def test_a_qualifier_counts_only_where_the_result_leans_on_it():
    a, b = observed("a", 3.0, qualifier="over"), observed("b", 10.0)
    assert (a - a).qualifier == "exactly"
    assert (a + b - a).qualifier == "exactly"


def test_x_less_x_is_nothing_whatever_the_range_of_x():
    x = money("x", 20e9, low=20e9, high=21.4e9)
    nothing = x - x
    assert (nothing.value, nothing.interval) == (0.0, (0.0, 0.0))
    # Node by node it would run from -1.4 to 1.4 billion; over the distinct leaf it is nothing.
    assert (x / x).interval == (1.0, 1.0)


def test_ranges_are_worked_out_over_the_distinct_observations_underneath():
    x, y = observed("x", 4.0, low=3.0, high=5.0), observed("y", 2.0, low=1.0, high=2.5)
    assert (x + y).interval == (4.0, 7.5)
    assert (x - y).interval == (0.5, 4.0)
    assert (x * y).interval == (3.0, 12.5)
    assert (x / y).interval == (1.2, 5.0)
    # x stands twice, and is the same x: x / (x + y) runs from 3/5.5 to 5/6, not from 3/7.5 to 5/4.
    low, high = (x / (x + y)).interval
    assert (low, high) == (pytest.approx(3 / 5.5), pytest.approx(5 / 6))


def test_a_figure_without_ranges_underneath_has_none():
    assert (observed("x", 4.0) + 1).interval == (None, None)
    # One end alone leaves the other at the value.
    assert observed("x", 4.0, high=5.0).interval == (4.0, 5.0)


def test_a_range_holds_the_value_even_where_the_result_turns():
    x = observed("x", 5.0, low=4.0, high=6.0)
    square = (x - 5) ** 2
    # At both ends the square is 1, at the value it is 0.
    assert (square.value, square.interval) == (0.0, (0.0, 1.0))


def test_ranges_of_many_leaves_are_worked_out_by_slope():
    parts = [observed(f"part {i}", 2.0, low=1.0, high=4.0) for i in range(14)]
    assert total(parts).interval == (14.0, 56.0)
    assert (100 - total(parts)).interval == (44.0, 86.0)


def test_sensitivity_names_the_input_that_matters_most():
    small, large = observed("small", 1.0), observed("large", 9.0)
    leaf, elasticity = (small + large).sensitivity
    # A per cent more of nine tenths of the sum moves the sum by 0.9 per cent.
    assert (leaf.title, elasticity) == ("large", pytest.approx(0.9))
    leaf, elasticity = (small / large**2).sensitivity
    assert (leaf.title, elasticity) == ("large", pytest.approx(-2.0, rel=1e-3))
    # Exact constants are not inputs.
    assert (MONTHS * 2).sensitivity is None


# Refusals


def test_a_figure_is_not_a_truth_value_and_not_a_bare_number():
    pace = money("Lab revenue", 30e9)
    with pytest.raises(TypeError, match="Lab revenue is a figure, not a truth value; compare it"):
        bool(pace)
    for convert in (float, int, range):
        with pytest.raises(TypeError, match="a bare number would lose its source"):
            convert(pace)


def test_a_comparison_is_not_a_truth_value_either():
    with pytest.raises(TypeError, match=r"word it with fc.claim\(\), or use \.holds"):
        bool(money("a", 1.0) > money("b", 2.0))


def test_only_figures_and_numbers_enter_into_arithmetic():
    for wrong in ("30", None, True, [1.0]):
        with pytest.raises(TypeError, match="a figure or a number is needed here"):
            money("a", 1.0) + wrong


def test_a_misspelt_wording_names_those_that_exist():
    with pytest.raises(AttributeError, match="a figure has no 'foldd'; ways to word it: bare, count, dated, fold"):
        _ = money("a", 1.0).foldd


def test_a_figure_cannot_be_changed():
    with pytest.raises(AttributeError):
        money("a", 1.0).title = "another"


# What is not known


def test_nothing_made_of_an_unknown_figure_is_known():
    unknown, known = observed("unknown", float("nan")), observed("known", 3.0)
    made = [unknown + known, known - unknown, known * unknown, unknown / known, unknown.log(), unknown.exp()]
    made += [total([known, unknown]), least([known, unknown]), least([unknown, known]), greatest([known, unknown])]
    made += [choose(unknown > known, known, known), choose(known > unknown, known, known)]
    assert [figure.is_known for figure in made] == [False] * len(made)
    # A choice not taken may be unknown: it does not matter.
    assert choose(known > 1, known, unknown).is_known


def test_arithmetic_out_of_bounds_gives_no_traceback():
    huge, zero = observed("huge", 1e300), observed("zero", 0.0)
    assert (huge / zero).value == float("inf") and (-huge / zero).value == float("-inf")
    # What has no value although all of it is known is undefined, and not unknown.
    for nothing in (zero / zero, (-huge).log(), (-huge) ** 0.5):
        assert nothing.is_undefined and nothing.is_known
    gone = observed("gone", float("nan"))
    assert not gone.is_known and not (gone / huge).is_known and not (gone / huge).is_undefined
    # A choice that falls on what is known is known, whatever the other one is.
    assert choose(huge > zero, huge, gone).is_known and not choose(zero > huge, huge, gone).is_known
    assert huge.exp().value == (huge**9).value == float("inf")
    both = total([huge * huge, -huge * huge])
    assert both.is_undefined and total([observed("a", 1.7e308), observed("b", 1.7e308)]).value == float("inf")


def test_an_assumption_that_was_carried_over_keeps_how_exact_it_was():
    share = assume("a share", 0.25, qualifier="about")
    assert str(share * constant("a whole", 8)) == "about 2"
    with pytest.raises(FigureError, match="'roughly' is not among exactly, about, over, under, up to"):
        assume("a share", 0.25, qualifier="roughly")


def test_a_bare_number_is_not_added_to_what_has_a_unit_unless_it_is_nothing():
    pace = observed("pace", 30e9, "USD")
    for add in (lambda: pace + 25, lambda: 25 - pace):
        with pytest.raises(UnitError) as caught:
            add()
        assert len(str(caught.value).splitlines()) == 2
        assert 'constant("threshold", 25, "USD")' in str(caught.value)
    assert (pace + 0).value == (0 + pace).value == sum([pace]).value == 30e9
    assert sum([pace, pace]).unit_words == "USD"
    assert (1 - observed("share", 0.3)).value == 0.7 and (pace * 2).value == 60e9


def test_a_bare_number_is_not_compared_with_what_has_a_unit():
    pace = observed("pace", 30e9, "USD")
    for compare in (lambda: pace > 25, lambda: pace < 25, lambda: pace <= 25.0):
        with pytest.raises(UnitError, match="cannot compare pace, which counts USD, and the bare number"):
            compare()
    assert (pace > 0).holds and (observed("ratio", 1.2) > 1).holds and (pace > constant("line", 25e9, "USD")).holds


def test_a_figure_tells_how_it_wants_to_be_rounded_and_formatted():
    pace = observed("pace", 30e9, "USD")
    assert abs(-pace).value == 30e9 and f"{pace}" == "$30 billion"
    for ask, hint in ((lambda: round(pace), "use .rough"), (lambda: f"{pace:.2f}", "without '.2f'")):
        with pytest.raises(TypeError, match=hint):
            ask()
    with pytest.raises(TypeError, match=r"greatest\(figures\)"):
        max([pace, observed("other", 1.0, "USD")])
    assert (pace * np.int64(2)).value == (pace * np.float32(2)).value == 60e9


def test_a_sum_of_several_dates_says_from_when_to_when():
    months = [observed(f"month {m}", 1.0, period=m) for m in ("2026-02", "2026-04", "2026-03")]
    assert sum(months).about_words == "February to April 2026"
    assert [period.text for period in sum(months).periods] == ["2026-02", "2026-03", "2026-04"]
    assert months[0].about_words == "February 2026" and constant("twelve", 12).about_words == ""
    december = observed("before", 1.0, period="2025-12")
    assert (months[1] / december).about_words == "December 2025 to April 2026"
    assert (months[1] + observed("year", 1.0, period="FY2026")).about_words == "financial year 2026"
    quarters = [observed(q, 1.0, period=q) for q in ("Q1-2026", "Q2-2026")]
    assert sum(quarters).about_words == "the first quarter of 2026 to the second quarter of 2026"


def test_an_observation_of_which_only_a_range_was_said_is_told_as_one_and_makes_about():
    leaf = Leaf("cost", 3e9, "cost", "reported", low=2e9, high=4e9, is_span=True, unit=units.parse("USD"))
    cost = Figure(leaf, leaf.unit)
    assert str(cost) == "$2 billion to $4 billion" and cost.is_span
    assert (cost.qualifier, (cost * 2).qualifier) == ("about", "about")
    assert str(cost.rough) == "about $3 billion" and not (cost * 2).is_span
    assert (cost / cost).qualifier == "exactly"
