"""The four rulers, and the conversions that bring one onto the other."""

import itertools

import pytest
from making import REAL, observed

from frontier_calc import rulers
from frontier_calc.record import tables
from frontier_calc.rulers import CONVERSIONS, Ruler, RulerError
from frontier_calc.units import UnitError

PACE = "USD per year"


# The words of each side, as a series may have them.
SIDES = {
    name: tuple(field["constraints"]["enum"])
    for name, field in tables.schemas(REAL)["series.csv"].fields.items()
    if name in Ruler._fields
}


def test_a_ruler_says_its_sides_in_words():
    assert str(Ruler("run-rate", "gross", "committed", "customer")) == "run-rate, gross, committed, customer"
    assert str(Ruler()) == "no ruler"


def test_every_side_has_its_words_and_its_conversion():
    assert tuple(SIDES) == tuple(CONVERSIONS) == Ruler._fields
    # What an error tells the reader to call exists.
    import frontier_calc

    for text in CONVERSIONS.values():
        module, _, function = text.partition("(")[0].partition(".")
        assert callable(getattr(getattr(frontier_calc, module), function))


@pytest.mark.parametrize("side", SIDES)
def test_every_two_words_of_a_side_clash_and_nothing_else_does(side):
    for one, other in itertools.product(("", *SIDES[side]), repeat=2):
        a, b = Ruler(**{side: one}), Ruler(**{side: other})
        # An empty side contradicts nothing.
        assert rulers.clash(a, b) == ([side] if one and other and one != other else [])
    others = {name: words[0] for name, words in SIDES.items() if name != side}
    assert rulers.clash(Ruler(**others), Ruler(**{side: SIDES[side][0]})) == []


def test_gross_less_the_channels_cut_is_net():
    gross = observed("gross", 30e9, PACE, basis="run-rate", channel="gross", source="company")
    net = rulers.to_net(gross, observed("cut", 8e9, PACE, tag="estimated", source="rival"))
    assert (net.value, str(net.ruler), net.tag) == (22e9, "run-rate, net", "estimated")
    assert net.sources == ("company", "rival")


def test_only_a_gross_figure_has_a_cut_to_take_off():
    for channel in ("net", ""):
        with pytest.raises(RulerError) as caught:
            rulers.to_net(observed("net", 24e9, PACE, channel=channel), observed("cut", 8e9, PACE))
        assert len(str(caught.value).splitlines()) == 2
    # A cut in another unit is no cut.
    with pytest.raises(UnitError):
        rulers.to_net(observed("gross", 30e9, PACE, channel="gross"), observed("cut", 0.2))


def test_a_commitment_spread_over_its_term_is_still_a_promise():
    year = rulers.per_year(observed("promise", 300e9, "USD", firmness="committed"), observed("term", 5.0, "year"))
    assert (year.value, year.unit_words, year.ruler.firmness) == (60e9, PACE, "committed")


def test_a_quarter_annualised_is_four_times_the_quarter():
    pace = rulers.annualised(observed("quarter", 4.8e9, "USD", basis="recognised"), observed("years", 0.25, "year"))
    assert (pace.value, pace.unit_words) == (pytest.approx(19.2e9), PACE)


def test_what_outside_customers_paid_is_revenue_less_the_investors_money():
    revenue = observed("revenue", 10e9, "USD", basis="recognised")
    outside = rulers.from_customers(revenue, observed("from investors", 3e9, "USD", payer="investor"))
    assert (outside.value, str(outside.ruler)) == (7e9, "recognised, customer")


def test_a_month_behind_a_run_rate():
    month = rulers.per_month(observed("pace", 30e9, PACE), observed("months", 12.0, "month per year"))
    assert (month.value, month.unit_words) == (2.5e9, "USD per month")


def test_a_cut_that_was_measured_otherwise_than_by_channel_is_not_taken_off():
    gross = observed("gross", 30e9, PACE, basis="run-rate", channel="gross")
    with pytest.raises(RulerError, match=r"cannot take apart gross .* and cut .*: they differ in basis"):
        rulers.to_net(gross, observed("cut", 8e9, PACE, basis="recognised"))
    # A cut that is itself on the gross side, or the net one, is a cut all the same.
    assert rulers.to_net(gross, observed("cut", 8e9, PACE, channel="net")).ruler.channel == "net"


def test_investors_money_that_was_only_promised_is_not_taken_off_what_was_paid():
    revenue = observed("revenue", 10e9, "USD", firmness="paid-in", payer="customer")
    promised = observed("promised", 3e9, "USD", firmness="committed", payer="investor")
    with pytest.raises(RulerError, match="they differ in firmness"):
        rulers.from_customers(revenue, promised)


def test_a_term_in_months_is_no_term_in_years():
    promise, months = observed("promise", 36e9, "USD"), observed("term", 36.0, "month")
    with pytest.raises(UnitError, match="the term of a commitment takes year, and term counts month"):
        rulers.per_year(promise, months)
    with pytest.raises(UnitError, match="a flow brought to a pace takes year, and term counts month"):
        rulers.annualised(promise, months)
    with pytest.raises(UnitError, match="takes month per year, and term counts month"):
        rulers.per_month(observed("pace", 30e9, PACE), months)


def test_an_empty_side_is_filled_and_a_filled_one_is_kept():
    full = Ruler("run-rate", "gross", "committed", "customer")
    assert Ruler().completed_by(full) == full
    assert full.completed_by(Ruler("recognised", "net", "spent", "investor")) == full
