"""The years on record: what was booked beside the run rate at the end."""

import pytest

from frontier_calc import assume
from frontier_calc.models import growth
from frontier_calc.record import reading


def test_a_year_is_measured_only_where_its_books_and_both_its_paces_are_on_record():
    with reading.use(reading.edition("2026-05")):
        years = growth.booked_years("anthropic-revenue-recognised", "anthropic-revenue-run-rate")
    # The plan for 2028 has no run rate yet.
    assert [year.booked.period.text for year in years] == ["FY2024", "FY2025"]
    first = years[0]
    assert first.ratio.value == pytest.approx(first.booked.value / first.exit.value)
    # January to December 2024 are eleven months: growth is brought to twelve.
    start = 87e6
    assert first.growth.value == pytest.approx((first.exit.value / start) ** (12 / 11))
    assert first.steady.value == pytest.approx(growth.recognised_over_run_rate(first.growth).value)


def test_a_ratio_lies_between_no_bounds_that_are_missing():
    ratio = assume("ratio", 0.5)
    assert growth.between(ratio, 0.4, 0.6).holds
    assert not growth.between(ratio, None, 0.6).holds
