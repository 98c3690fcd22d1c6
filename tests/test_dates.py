"""How periods and days of publication are typed, which days they cover, and how a reader says them."""

import calendar
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc.dates import EXAMPLES, FORMS, parse_day, parse_period, parse_publication

TOLD = [
    ("2026-04", "April 2026", "in April 2026"),
    ("2026-09-29", "29 September 2026", "on 29 September 2026"),
    ("2026", "2026", "in 2026"),
    ("FY2025", "financial year 2025", "in financial year 2025"),
    ("Q2-2026", "the second quarter of 2026", "in the second quarter of 2026"),
    ("FQ3-2026", "the third quarter of financial year 2026", "in the third quarter of financial year 2026"),
    ("H1-2025", "the first half of 2025", "in the first half of 2025"),
    ("FH1-2026", "the first half of financial year 2026", "in the first half of financial year 2026"),
    ("9M-2026", "the first nine months of 2026", "in the first nine months of 2026"),
    ("2026-01..2026-09", "the first nine months of 2026", "in the first nine months of 2026"),
    ("2026-01..2026-08", "January to August 2026", "from January to August 2026"),
    ("2026-02..2026-04", "February to April 2026", "from February to April 2026"),
    ("2025-11..2026-01", "November 2025 to January 2026", "from November 2025 to January 2026"),
    ("2026-02-12..2026-03-04", "12 February 2026 to 4 March 2026", "from 12 February 2026 to 4 March 2026"),
    ("TTM-2026-06", "the twelve months to June 2026", "in the twelve months to June 2026"),
    ("2026-W38", "the week of 14 September 2026", "in the week of 14 September 2026"),
    ("2027-2031", "2027 to 2031", "from 2027 to 2031"),
]

COVERED = [
    ("2028-02", "2028-02-01", "2028-02-29"),
    ("2026-09-29", "2026-09-29", "2026-09-29"),
    ("2026-02..2026-04", "2026-02-01", "2026-04-30"),
    ("2025-11..2026-01", "2025-11-01", "2026-01-31"),
    ("2026-02-12..2026-03-04", "2026-02-12", "2026-03-04"),
    ("TTM-2026-06", "2025-07-01", "2026-06-30"),
    ("TTM-2026-12", "2026-01-01", "2026-12-31"),
    ("2026-W38", "2026-09-14", "2026-09-20"),
    # The first week of a year may begin in the year before.
    ("2026-W01", "2025-12-29", "2026-01-04"),
    ("2026-W53", "2026-12-28", "2027-01-03"),
]

# Microsoft's year ends in June, Oracle's in May, Nvidia's in January.
FISCAL = [
    ("FY2026", 6, "2025-07-01", "2026-06-30"),
    ("FQ1-2026", 6, "2025-07-01", "2025-09-30"),
    ("FQ3-2026", 6, "2026-01-01", "2026-03-31"),
    ("FQ4-2026", 5, "2026-03-01", "2026-05-31"),
    ("FQ1-2027", 1, "2026-02-01", "2026-04-30"),
    ("FQ4-2027", 1, "2026-11-01", "2027-01-31"),
    ("FH1-2026", 6, "2025-07-01", "2025-12-31"),
    ("FH2-2026", 5, "2025-12-01", "2026-05-31"),
    ("FH1-2026", 12, "2026-01-01", "2026-06-30"),
    # A quarter of the calendar does not move with the fiscal year.
    ("Q3-2026", 6, "2026-07-01", "2026-09-30"),
]


@pytest.mark.parametrize("text, words, dated", TOLD)
def test_a_period_is_told_as_a_reader_would_say_it(text, words, dated):
    period = parse_period(text)
    assert (period.words, period.dated, period.text) == (words, dated, text)


@pytest.mark.parametrize("text, start, end", COVERED)
def test_a_period_covers_the_days_that_its_text_says(text, start, end):
    assert parse_period(text).stretch == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("text, fiscal_year_end, start, end", FISCAL)
def test_a_part_of_a_fiscal_year_follows_the_month_in_which_the_year_ends(text, fiscal_year_end, start, end):
    assert parse_period(text, fiscal_year_end).stretch == (date.fromisoformat(start), date.fromisoformat(end))


@given(st.integers(1990, 2060), st.integers(1, 12))
def test_the_quarters_and_the_halves_of_a_fiscal_year_fill_it_without_gap_or_overlap(year, fiscal_year_end):
    whole = parse_period(f"FY{year}", fiscal_year_end)
    assert (whole.end.year, whole.end.month) == (year, fiscal_year_end)
    assert whole.end.day == calendar.monthrange(year, fiscal_year_end)[1]
    assert whole.days in (365, 366)
    for parts in ([f"FQ{n}-{year}" for n in range(1, 5)], [f"FH{n}-{year}" for n in (1, 2)]):
        read = [parse_period(part, fiscal_year_end) for part in parts]
        assert (read[0].start, read[-1].end) == whole.stretch
        for before, after in itertools.pairwise(read):
            assert after.start == before.end + timedelta(days=1)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_each_day_lies_in_the_week_in_the_month_and_in_the_year_that_name_it(day):
    year, week, _ = day.isocalendar()
    for text in (f"{year}-W{week:02}", day.isoformat()[:7], f"{day.year}", day.isoformat()):
        start, end = parse_period(text).stretch
        assert start <= day <= end
    assert parse_period(f"{year}-W{week:02}").days == 7


@given(st.integers(1990, 2060), st.integers(1, 12))
def test_twelve_trailing_months_end_with_their_month_and_are_a_year(year, month):
    trailing = parse_period(f"TTM-{year}-{month:02}")
    assert trailing.end == parse_period(f"{year}-{month:02}").end
    assert trailing.stretch == parse_period(f"FY{year}", month).stretch


def test_two_texts_for_one_stretch_of_time_are_known_to_be_one():
    assert parse_period("9M-2026").stretch == parse_period("2026-01..2026-09").stretch
    assert parse_period("2026").stretch == parse_period("TTM-2026-12").stretch


def test_a_day_a_week_and_a_month_are_moments_and_a_quarter_is_none():
    moments = [text for text in EXAMPLES if parse_period(text).is_moment]
    assert moments == ["2026-04", "2026-04-06", "2026-W38", "2026-02-12..2026-03-04"]


@pytest.mark.parametrize("form", FORMS, ids=[form.example for form in FORMS])
def test_each_form_reads_its_own_example_and_no_other_form_does(form):
    assert parse_period(form.example).text == form.example
    spaced = f" {form.example}"
    with pytest.raises(ValueError, match="a period such as"):
        parse_period(spaced)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-06-31",
        "0000-01",
        "2026-W54",
        "2025-W53",
        "2026-W00",
        "FQ5-2026",
        "FH3-2026",
        "TTM-2026",
        "TTM-2026-13",
        "TTM-0001-01",
        "FY0001",
        "2026-04..2026-02",
        "2026-04..2026",
        "2031-2027",
        "spring 2026",
        "٢٠٢٦-٠٤",
    ],
)
def test_any_other_text_is_answered_with_an_example_of_each_form(text):
    with pytest.raises(ValueError) as caught:
        parse_period(text, 11)
    assert all(example in str(caught.value) for example in EXAMPLES)


def test_a_month_of_publication_is_told_as_the_month_and_a_day_as_the_day():
    month, day = parse_publication("2026-08"), parse_publication("2026-08-31")
    assert (month.words, month.is_month, month.first) == ("August 2026", True, date(2026, 8, 1))
    assert (day.words, day.is_month, day.first) == ("31 August 2026", False, date(2026, 8, 31))
    # Both count from the last day of August, and so are one key.
    assert month == day


def test_a_month_of_publication_is_known_by_its_end_or_by_the_day_on_which_it_was_recorded():
    month = parse_publication("2026-08")
    assert month.known_by(recorded=date(2026, 8, 12)) == date(2026, 8, 12)
    assert month.known_by(recorded=date(2026, 11, 22)) == date(2026, 8, 31)
    # Nothing is known before its month; that it was recorded before is an error of the row.
    assert month.known_by(recorded=date(2026, 7, 1)) == date(2026, 8, 1)
    # A day is a day, whenever it was recorded.
    assert parse_publication("2026-08-20").known_by(recorded=date(2026, 8, 12)) == date(2026, 8, 20)


@pytest.mark.parametrize("text", ["2026", "2026-8", "2026-02-30", "FY2026", "2026-W38", "2026-13", ""])
def test_a_publication_is_a_day_or_a_month(text):
    for parse in (parse_day, parse_publication):
        with pytest.raises(ValueError, match="a date such as 2026-04-06, or a month such as 2026-04"):
            parse(text)
