"""The models of the chapters, each against a way of working it out that owes nothing to the code."""

import math

import pytest
from hypothesis import assume as assume_that
from hypothesis import given, settings
from hypothesis import strategies as st
from making import observed

from frontier_calc import assume, beside, constant, rulers
from frontier_calc.dates import parse_period
from frontier_calc.models import growth, translate
from frontier_calc.models.arguments import ModelError
from frontier_calc.models.lab import Account, Meter
from frontier_calc.models.loop import Partnership
from frontier_calc.models.vintage import Cascade, margin_needed, part_to_repay, room_for_error
from frontier_calc.rulers import RulerError
from frontier_calc.units import UnitError


def money(name, value, **more):
    return observed(name, value, "USD", **more)


# A lab's account


def test_a_model_that_earns_twice_its_cost_may_still_lose_money():
    # One to build, one and a half to serve, two earned.
    model = Account(money("build", 1e9), money("serve", 1.5e9), money("earn", 2e9))
    assert (model.left_over.value, str(model.left_over)) == (-0.5e9, "minus $500 million")
    assert (model.serving_profit.value, str(model.serving_margin.percent)) == (0.5e9, "25 per cent")
    assert (str(model.return_multiple.fold), model.profit_multiple.value) == ("two-fold", 0.5)


def test_a_models_margins_hold_together():
    model = Account(money("build", 1e9), money("serve", 0.62e9), money("earn", 1e9))
    # 38 per cent kept, so that 0.38 of the build comes back.
    assert str(model.serving_margin.percent) == "38 per cent"
    assert (model.serving_margin * model.return_multiple).value == pytest.approx(model.profit_multiple.value)
    # What is left over is the serving profit less the build, whichever way it is taken.
    assert (model.serving_profit - model.build).value == pytest.approx(model.left_over.value)


def test_a_margin_below_nothing_is_worded():
    # What cost 1.94 to serve for every dollar earned.
    model = Account(money("build", 1e9), money("serve", 1.94e9), money("earn", 1e9))
    assert str(model.serving_margin.percent) == "minus 94 per cent"


def test_the_meter_counts_tokens_until_the_build_is_repaid():
    meter = Meter(observed("price", 25e-6, "USD per token"), observed("cost", 7.5e-6, "USD per token"))
    assert str(meter.margin.percent) == "70 per cent"
    tokens = meter.tokens_to_repay(money("build", 1e9))
    # A billion dollars at 17.5 dollars kept of a million tokens.
    assert (tokens.value, tokens.unit_words) == (pytest.approx(1e9 / 17.5e-6), "token")


def test_a_meter_that_keeps_nothing_never_repays_a_build():
    for cost in (25e-6, 30e-6):
        meter = Meter(observed("price", 25e-6, "USD per token"), observed("cost", cost, "USD per token"))
        with pytest.raises(ModelError, match="a token brings price and costs cost, which is no less"):
            meter.tokens_to_repay(money("build", 1e9))


def test_an_account_takes_figures_that_count_the_same():
    with pytest.raises(ModelError, match=r'lab.Account takes figures, and serve is 1: write fc.assume\("serve", ...\)'):
        Account(money("build", 1e9), 1, money("earn", 2e9))
    with pytest.raises(UnitError, match="cannot put on one account build and earn: one counts USD, the other EUR"):
        Account(money("build", 1e9), money("serve", 1e9), observed("earn", 2e9, "EUR"))
    with pytest.raises(ModelError, match=r"lab\.Meter takes figures, and price is None"):
        Meter(None, observed("cost", 1e-6, "USD per token"))


# The vintage cascade


def toy(lag, step=10, multiple=2, serving=0.0):
    return Cascade(
        *(assume("first", 100e6, "USD"), assume("step", step), assume("multiple", multiple)),
        *(assume("serving", serving), lag),
    )


def test_the_toy_as_told_with_revenue_a_year_after_the_build():
    # Build 100 million; earn 200 and build for 1,000; earn 2,000 and build for 10,000.
    assert [toy(1).result(year).value / 1e6 for year in range(3)] == pytest.approx([-100, -800, -8000])


def test_the_toy_with_revenue_while_the_successor_is_built():
    assert [toy(0).result(year).value / 1e6 for year in range(2)] == pytest.approx([-800, -8000])


@pytest.mark.parametrize("lag", [0, 1])
@pytest.mark.parametrize(("step", "multiple", "serving"), [(10, 2, 0.0), (3, 4, 0.5), (2, 2, 0.0), (1.5, 3, 0.4)])
def test_the_cascade_year_by_year_against_a_plain_ledger(lag, step, multiple, serving):
    # A ledger kept by hand: each year one model earns, and one is built.
    builds = [100e6 * step**n for n in range(6)]
    earned = [cost * multiple * (1 - serving) for cost in builds]
    if lag:
        expected = [-builds[0], *(earned[n - 1] - builds[n] for n in range(1, 5))]
    else:
        expected = [earned[n] - builds[n + 1] for n in range(5)]
    assert [toy(lag, step, multiple, serving).result(year).value for year in range(5)] == pytest.approx(expected)


@pytest.mark.parametrize("lag", [0, 1])
def test_a_year_comes_out_even_where_the_next_model_costs_what_the_last_one_returns(lag):
    cascade = toy(lag, step=4, multiple=5, serving=0.2)
    # Five times its cost less a fifth for serving: a step of four.
    assert cascade.break_even_step.value == pytest.approx(4)
    assert cascade.result(2).value == pytest.approx(0)


def test_the_share_lost_is_the_same_every_year_once_the_line_runs():
    cascade = toy(1)
    shares = [(cascade.result(year) / cascade.cost(year)).value for year in (1, 2, 3)]
    assert shares == pytest.approx([-0.8] * 3)
    assert (cascade.break_even_step / cascade.step - 1).value == pytest.approx(-0.8)


def test_no_model_was_built_before_the_first():
    with pytest.raises(ModelError, match="model -1: the first model of the line is number 0"):
        toy(1).cost(-1)
    with pytest.raises(ModelError, match=r"vintage\.Cascade takes figures, and step is 10"):
        Cascade(money("first", 1e8), 10, assume("multiple", 2), assume("serving", 0))


def test_the_margin_that_repays_a_build():
    # Revenue twice the cost: half of it has to be kept.
    assert margin_needed(assume("multiple", 2)).value == 0.5


@pytest.mark.parametrize(("multiple", "margin"), [(2, 0.7), (2, 0.76), (4, 0.75), (2, 0.38)])
def test_at_the_part_that_repays_the_build_nothing_is_left_over(multiple, margin):
    # Sell only that part, and serve only that part: the account closes at nothing.
    part = part_to_repay(assume("multiple", multiple), assume("margin", margin)).value
    sold = 1e9 * multiple * part
    account = Account(money("build", 1e9), money("serve", sold * (1 - margin)), money("earn", sold))
    assert account.left_over.value == pytest.approx(0, abs=1)
    # Without enough margin the whole plan is too little.
    assert (part > 1) == (margin < margin_needed(assume("multiple", multiple)).value)


@pytest.mark.parametrize(("margin", "research"), [(0.7, 0.5), (0.5, 0.5), (0.76, 0.25), (0.4, 0.5)])
def test_the_room_for_error_is_what_a_year_that_falls_short_by_it_breaks_even_on(margin, research):
    # Of 100 planned, serving costs 100 (1 - margin): that is all computing but research. It was bought ahead.
    computing = 100 * (1 - margin) / (1 - research)
    room = room_for_error(assume("margin", margin), assume("research", research)).value
    assert 100 * (1 - room) - computing == pytest.approx(0)
    # A margin no higher than the share of research leaves no room.
    assert (room > 1e-12) == (margin > research)


# Growth

FOUR_MONTHS = constant("months", 4, "month")


def test_the_best_month_twelve_times_is_a_run_rate():
    pace = growth.run_rate(observed("month", 2.5e9, "USD per month", basis="recognised", channel="gross"))
    assert (str(pace), pace.unit_words, str(pace.ruler)) == ("$30 billion", "USD per year", "run-rate, gross")


def test_the_metered_run_rate_is_thirteen_spells_of_metered_sales_and_twelve_months_of_subscriptions():
    metered = money("28 days", 2e9, channel="gross")
    plans = observed("plans", 0.5e9, "USD per month", channel="gross")
    pace = growth.metered_run_rate(metered, plans)
    assert (pace.value, pace.unit_words, str(pace.ruler)) == (13 * 2e9 + 12 * 0.5e9, "USD per year", "run-rate, gross")
    # For the same day's sales it says more than twelve times the month: 13 × 28 days are a day short of a year.
    day = 100e6
    assert 13 * 28 * day < 365 * day < 366 * day


@pytest.mark.parametrize("factor", [0.3, 0.9, 1.001, 1.5, 2.0, 5.0, 8.44, 10.0, 80.0])
def test_recognised_over_run_rate_is_what_adding_up_the_year_gives(factor):
    # Revenue flows at the pace g^(t - 1) of the pace at the end; a year of it by the midpoint rule in 100,000 steps.
    steps = 100_000
    year = math.fsum(factor ** ((i + 0.5) / steps - 1) for i in range(steps)) / steps
    assert growth.recognised_over_run_rate(assume("growth", factor)).value == pytest.approx(year, rel=1e-8)


def test_without_growth_a_year_books_its_run_rate():
    # The ratio tends to one as growth does, from both sides.
    for off in (1e-2, 1e-4, 1e-6):
        for g in (1 + off, 1 - off):
            assert growth.recognised_over_run_rate(observed("growth", g)).value == pytest.approx(1, abs=off)
    # At no growth it is one, and still says where the growth was read.
    even = growth.recognised_over_run_rate(observed("growth", 1.0, source="filing", tag="estimated"))
    assert (even.value, even.sources, even.tag) == (1.0, ("filing",), "estimated")


@given(st.floats(1.01, 100.0), st.floats(1.01, 100.0))
@settings(deadline=None, derandomize=True, database=None)
def test_the_faster_it_grows_the_less_of_its_run_rate_a_year_books(one, other):
    slow, fast = sorted((one, other))
    a, b = (growth.recognised_over_run_rate(assume("growth", g)).value for g in (slow, fast))
    assert 0 < b <= a < 1


def test_five_fold_growth_books_about_half_of_the_run_rate():
    assert str(growth.recognised_over_run_rate(observed("growth", 5.0)).fraction) == "about half"


def test_recognised_revenue_from_a_run_rate_is_on_the_recognised_ruler():
    pace = observed("pace", 9e9, "USD per year", basis="run-rate", channel="gross")
    booked = growth.recognised_from(pace, observed("growth", 9.0), constant("a year", 1, "year"))
    assert (booked.unit_words, str(booked.ruler)) == ("USD", "recognised, gross")
    assert booked.value == pytest.approx(9e9 * (1 - 1 / 9) / math.log(9))


def test_a_yearly_factor_compounds_to_the_pace_observed():
    # From 9 to 30 in four months: three such stretches in a year.
    factor = growth.yearly_factor(money("from", 9e9), money("to", 30e9), constant("months", 4, "month"))
    assert (factor.value, factor.unit_words) == (pytest.approx((30 / 9) ** 3), "")


def test_two_lines_cross_where_their_paces_are_equal():
    a, b = (money("a0", 9e9), money("a1", 30e9)), (money("b0", 20e9), money("b1", 24e9))
    when = growth.crossing(a, b, constant("months", 4, "month"))
    # Put the month back in: both lines are at the same height.
    t = when.value / 4
    assert 9e9 * (30 / 9) ** t == pytest.approx(20e9 * (24 / 20) ** t)
    assert when.unit_words == "month" and 0 < when.value < 4


def test_lines_on_different_rulers_cross_beside_each_other_and_say_so():
    a = tuple(money(f"a{i}", v, channel="gross") for i, v in enumerate((9e9, 30e9)))
    b = tuple(money(f"b{i}", v, channel="net") for i, v in enumerate((20e9, 24e9)))
    assert growth.crossing(a, b, constant("months", 4, "month")).aside == "net set beside gross"


def test_lines_that_grow_alike_never_cross():
    a, b = (money("a0", 1.0), money("a1", 2.0)), (money("b0", 3.0), money("b1", 6.0))
    with pytest.raises(ModelError, match="a0 and b0 grow by the same factor, so neither ever passes the other"):
        growth.crossing(a, b, FOUR_MONTHS)


@pytest.mark.parametrize("wrong", [0.0, -2.0])
@pytest.mark.parametrize("place", range(4))
def test_a_line_that_is_not_above_nothing_has_no_steady_growth(place, wrong):
    ends = [money(f"end {number}", wrong if number == place else 10.0 + number) for number in range(4)]
    with pytest.raises(ModelError, match=f"a line of steady growth takes what is above nothing, and end {place} is"):
        growth.crossing((ends[0], ends[1]), (ends[2], ends[3]), FOUR_MONTHS)


def test_where_a_figure_was_not_known_then_no_crossing_is_known_either():
    a, b = (money("a0", math.nan), money("a1", 2.0)), (money("b0", 3.0), money("b1", 6.0))
    assert not growth.crossing(a, b, FOUR_MONTHS).is_known
    # The dates of what was not known may stand in any order.
    assert not growth.yearly_factor(a[0], a[1], constant("months", -12, "month")).is_known


@given(*(st.floats(0.1, 100.0) for _ in range(4)))
@settings(deadline=None, derandomize=True, database=None)
def test_both_lines_are_at_one_height_where_they_cross(a0, a1, b0, b1):
    assume_that(abs(math.log(a1 / a0) - math.log(b1 / b0)) > 1e-3)
    when = growth.crossing((money("a0", a0), money("a1", a1)), (money("b0", b0), money("b1", b1)), FOUR_MONTHS)
    # In logarithms a steady line is straight.
    spells = when.value / 4
    height = math.log(a0) + spells * math.log(a1 / a0)
    assert height == pytest.approx(math.log(b0) + spells * math.log(b1 / b0), abs=1e-6)


def test_growth_by_nothing_or_less_is_refused_in_words():
    for factor in (0, -1):
        with pytest.raises(ModelError, match="growth by a factor takes what is above nothing, and growth is"):
            growth.recognised_over_run_rate(assume("growth", factor))
    with pytest.raises(ModelError, match="and months is 0"):
        growth.yearly_factor(money("from", 1.0), money("to", 2.0), constant("months", 0, "month"))
    with pytest.raises(UnitError, match="a yearly factor takes month, and years counts year"):
        growth.yearly_factor(money("from", 1.0), money("to", 2.0), constant("years", 1, "year"))


def test_a_year_is_booked_from_a_pace_and_not_from_a_sum():
    with pytest.raises(UnitError, match="the year behind a run rate takes a pace, so much per year"):
        growth.recognised_from(money("sum", 9e9), assume("growth", 9))


def test_between_holds_its_bounds():
    low, middle, high = (observed("ratio", value) for value in (0.39, 0.5, 0.67))
    assert not growth.between(low, 0.4, 0.67).holds
    assert growth.between(middle, 0.4, 0.67).holds and growth.between(high, 0.4, 0.67).holds
    with pytest.raises(ValueError, match="takes a plain ratio, and sum counts USD"):
        growth.between(money("sum", 1.0), 0, 1)


# The loop


def test_a_partnership_keeps_promises_and_payments_apart():
    deal = Partnership(
        "Partner",
        "Lab",
        paid_in=money("paid", 30e9, firmness="paid-in", payer="investor"),
        up_to=money("announced", 100e9, qualifier="up to", firmness="committed", payer="investor"),
        commitment=money("commitment", 300e9, firmness="committed", payer="customer"),
        term=observed("term", 5.0, "year"),
    )
    assert (deal.per_year.value, deal.per_year.unit_words, deal.per_year.ruler.firmness) == (
        60e9,
        "USD per year",
        "committed",
    )
    # 30 of "up to" 100: a share of at least that much.
    share_paid = beside(deal.paid_in, deal.up_to)
    assert (str(share_paid.percent), share_paid.qualifier) == ("over 30 per cent", "over")
    assert share_paid.aside == "paid-in, investor set beside committed, investor"
    assert str(deal.commitment_over_equity.fold) == "ten-fold"
    # They are not to be added.
    with pytest.raises(RulerError, match="they differ in firmness"):
        deal.paid_in + deal.commitment


def test_an_empty_column_of_a_partnership_stays_empty():
    deal = Partnership("Partner", "Lab")
    assert (deal.per_year, deal.commitment_over_equity) == (None, None)


def amazon(paid, *, since="2026-06", up_to=33e9, **more):
    """A partner that has paid so much by a month, and promised so much in all two months before."""
    return Partnership(
        "Amazon",
        "Anthropic",
        paid_in=money("paid in", paid, period=since, firmness="paid-in", payer="investor"),
        up_to=money(
            "promised in all", up_to, period="2026-04", qualifier="up to", firmness="committed", payer="investor"
        ),
        **more,
    )


def remaining(value, period):
    return money("may still come", value, period=period, qualifier="up to", firmness="committed", payer="investor")


def test_what_is_paid_in_comes_off_the_promise_on_the_same_day():
    # 33 in all: of 13 paid, 20 may come; once 18 are paid, 15, whoever has not told so yet.
    for paid, left in ((13e9, 20e9), (18e9, 15e9), (33e9, 0.0)):
        deal = amazon(paid)
        assert deal.still_promised.value == left
        assert deal.still_promised.value + deal.paid_in.value == deal.up_to.value
    assert (str(amazon(18e9).still_promised.ruler), amazon(18e9).still_promised.qualifier) == (
        "committed, investor",
        "up to",
    )


def test_more_than_was_ever_promised_is_not_paid():
    with pytest.raises(ModelError, match=r"cannot have paid \$34 billion \(paid in, June 2026\) of up to \$33 billion"):
        _ = amazon(34e9).still_promised


def test_a_payment_and_what_may_still_come_are_told_at_one_date():
    promise = amazon(18e9).promise(remaining(15e9, "2026-06"))
    assert (promise.ceiling.value, str(promise.ceiling.ruler), promise.ceiling.qualifier) == (
        33e9,
        "committed, investor",
        "up to",
    )
    # Paid by June and still promised in April: the 5 paid in between stand on both sides.
    with pytest.raises(ModelError, match=r"June 2026.* and .*April 2026.* are not of one date") as caught:
        amazon(18e9).promise(remaining(20e9, "2026-04"))
    assert len(str(caught.value).splitlines()) == 2
    with pytest.raises(ModelError, match=r"make up to \$38 billion, more than up to \$33 billion"):
        amazon(18e9).promise(remaining(20e9, "2026-06"))


def test_a_promise_needs_to_know_what_was_paid():
    with pytest.raises(ModelError, match="what Partner has paid in is not known"):
        Partnership("Partner", "Lab").promise(remaining(1e9, "2026-06"))
    assert Partnership("Partner", "Lab").still_promised is None


def test_a_promise_in_another_currency_is_not_added():
    euros = observed("may still come", 1e9, "EUR", period="2026-06")
    with pytest.raises(UnitError, match="cannot add paid in and may still come"):
        amazon(18e9).promise(euros)


# Translation


def test_a_yearly_pace_is_a_month_and_a_day():
    pace = observed("pace", 30e9, "USD per year", qualifier="over")
    month = rulers.per_month(pace, growth.MONTHS_IN_A_YEAR)
    assert (str(month), month.unit_words) == ("over $2.5 billion", "USD per month")


def test_a_loss_of_2028_is_spread_over_366_days():
    loss = money("loss", 74e9, period="2028", tag="projected")
    day = translate.per_day(loss)
    assert (day.value, day.unit_words, day.tag) == (74e9 / 366, "USD per day", "projected")
    # 2027 has one day less.
    assert translate.per_day(money("loss", 73e9, period="2027")).value == 73e9 / 365
    assert translate.days_of(parse_period("Q2-2026")).value == 91
    with pytest.raises(ValueError, match="has no period to spread it over"):
        translate.per_day(constant("a sum", 1.0, "USD"))


def test_an_amount_shared_out_and_tokens_as_words():
    each = translate.per_person(money("sum", 100e9), observed("population", 8.2316e9, "person"))
    assert (str(each), each.unit_words) == ("$12.15", "USD per person")
    written = translate.words_in(observed("tokens", 1e6, "token"), observed("words of a token", 0.75, "word per token"))
    assert (written.value, written.unit_words) == (750_000, "word")


LANDMARKS = [
    money("an aircraft carrier", 13e9),
    money("a year's income", 83_730.0),
    observed("a city", 1.2e6, "person"),
    money("a budget", 6e12),
]


def test_a_ratio_is_pictured_by_two_landmarks_of_one_unit():
    more = [*LANDMARKS, money("a house", 420_000.0), observed("a village", 1200.0, "person")]
    # 5 is the house over the income, 1,000 the city over the village.
    assert [f.label for f in translate.pair(observed("ratio", 5.0), more)] == ["a house", "a year's income"]
    assert [f.label for f in translate.pair(observed("ratio", 900.0), more)] == ["a city", "a village"]
    # One that was not known then stands in only where nothing else can.
    then = observed("an unknown house", float("nan"), "USD")
    assert [f.label for f in translate.pair(observed("ratio", 5.0), [then, *more])] == ["a house", "a year's income"]
    assert then in translate.pair(observed("ratio", 5.0), [then, more[1]])
    with pytest.raises(ValueError, match="two landmarks of one unit are needed"):
        translate.pair(observed("ratio", 5.0), LANDMARKS[1:3])
    with pytest.raises(ValueError, match="ratio is not above nothing"):
        translate.pair(observed("ratio", -5.0), more)


def test_a_sum_cannot_be_spread_over_the_wrong_unit():
    with pytest.raises(UnitError):
        rulers.per_month(observed("pace", 30e9, "USD per year"), growth.MONTHS_IN_A_YEAR) + translate.per_day(
            money("sum", 1.0)
        )


def test_conversions_bring_a_figure_onto_the_others_ruler():
    # The whole of Ledger 2 in one line: gross to net, then both can be compared.
    gross = observed("gross", 30e9, "USD per year", basis="run-rate", channel="gross")
    net = observed("net", 24e9, "USD per year", basis="run-rate", channel="net")
    assert (rulers.to_net(gross, observed("cut", 8e9, "USD per year")) < net).holds


def test_a_pace_and_a_sum_are_not_taken_for_each_other():
    pace, booked = observed("pace", 30e9, "USD per year"), money("a quarter", 4.8e9, period="2026")
    for wrong, said in (
        (lambda: growth.run_rate(booked), "takes a pace, so much per month, and a quarter counts USD"),
        (lambda: growth.run_rate(pace), "takes a pace, so much per month"),
        (lambda: translate.per_day(pace), "is a pace"),
        (lambda: translate.per_day(observed("tokens", 1.0, "token per minute", period="2026")), "is a pace"),
        (lambda: translate.per_person(booked, pace), "takes person, and pace counts USD per year"),
        (lambda: translate.words_in(booked, pace), "takes tokens, and a quarter counts USD"),
        (lambda: growth.metered_run_rate(booked, booked), "takes a pace, so much per month, and a quarter counts USD"),
        (lambda: rulers.per_month(booked, growth.MONTHS_IN_A_YEAR), "takes a pace, so much per year"),
    ):
        with pytest.raises(UnitError, match=said):
            wrong()
    with pytest.raises(ValueError, match="a lag of 2: a model earns"):
        Cascade(booked, booked / booked, booked / booked, booked / booked, lag=2)
