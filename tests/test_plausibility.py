"""A figure that is probably a slip is asked about, and the present record gives no reason to."""

import pytest
from making import REAL

from frontier_calc.record import plausibility
from frontier_calc.record.store import Store
from frontier_calc.record.tables import DataError

pytestmark = pytest.mark.slow

OURS, THEIRS = "lab-revenue-run-rate", "rival-revenue-run-rate"
CONFIRMED = {"note": "confirmed: the company says so in its filing"}
TWO_LABS = [{}, {"series": THEIRS, "subject": "Rival", "title": "Rival revenue run rate"}]


def problems(folder) -> list[str]:
    with pytest.raises(DataError) as caught:
        Store(folder)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


def grown(*values: str, series: str = OURS, unit: str = "USD bn") -> list[dict[str, str]]:
    """Observations of successive months, each known in the month after."""
    return [
        {
            "series": series,
            "period": f"2026-{month:02}",
            "published": f"2026-{month + 1:02}-02",
            "recorded": "2026-11-22",
            "value": value,
            "unit": unit,
        }
        for month, value in enumerate(values, 1)
    ]


def test_a_stretch_of_another_length_than_those_of_its_series_is_asked_about(folder) -> None:
    year = {"kind": "flow", "unit": "USD", "basis": "recognised"}
    books = [
        {"period": "TTM-2025-06", "published": "2025-08-01"},
        {"period": "2025-09", "published": "2025-11-01", "value": "31"},
    ]
    (said,) = problems(folder(series=[year], observations=books))
    assert "row 3, column period: found '2025-09', expected a period as long as TTM-2025-06, of row 2" in said
    books[1] |= CONFIRMED
    Store(folder(series=[year], observations=books))
    share = year | {"unit": "1", "spellings": "percent", "maximum": "1", "basis": "", "channel": ""}
    Store(folder(series=[share], observations=[row | {"unit": "percent", "note": ""} for row in books]))


def test_the_present_record_is_asked_nothing() -> None:
    store = Store(REAL)  # raises where something is
    beside = plausibility.siblings(store.series)
    assert sum(map(bool, beside.values())) > 40  # series that could be taken for another's


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("slip", ["{}0", "0.{}"])
def test_a_factor_of_ten_is_seen_anywhere_in_a_series(folder, position, slip) -> None:
    values = ["11", "13", "15", "18"]
    values[position] = slip.format(values[position]).replace("0.1", "1.")
    (line,) = problems(folder(observations=grown(*values)))
    assert line.startswith(
        f"observations.csv, row {position + 2}, column value: found {values[position]!r}, expected a value near its "
        "neighbours, such as "
    )
    assert "times off; check the unit, or, if the source says so, a note that begins with 'confirmed:'" in line


def test_a_series_that_grows_fast_may_go_on(folder) -> None:
    assert Store(folder(observations=grown("1", "2", "4", "8", "16", "32"))).observations
    assert problems(folder(observations=grown("1", "2", "4", "8", "16", "320")))


def test_a_series_that_changes_its_sign_may_leap_where_another_may_not(folder) -> None:
    around_nought = {"minimum": ""}
    assert Store(folder(series=[around_nought], observations=grown("-1", "-2", "20", "30"))).observations
    assert problems(folder(series=[around_nought], observations=grown("1", "2", "200", "30")))
    assert problems(folder(series=[around_nought], observations=grown("1", "1", "20", "1")))
    assert Store(folder(series=[around_nought], observations=grown("-1", "1", "20", "1"))).observations


def test_a_reason_in_the_note_confirms_and_what_follows_is_compared_with_it(folder) -> None:
    rows = grown("11", "13", "150", "160", "170")
    assert len(problems(folder(observations=rows[:3]))) == 1
    rows[2] |= CONFIRMED
    assert Store(folder(observations=rows[:3])).observations[2].value == 150e9
    assert Store(folder(observations=rows)).observations[4].value == 170e9


def test_of_two_values_alone_the_one_entered_later_is_asked_about(folder) -> None:
    (line,) = problems(folder(observations=grown("11", "130")))
    assert line.startswith("observations.csv, row 3, column value: found '130'")
    rows = grown("11", "130")
    rows[1] |= CONFIRMED
    assert Store(folder(observations=rows)).observations


def test_a_slip_that_was_corrected_or_withdrawn_is_not_asked_about_again(folder) -> None:
    rows = grown("11", "13", "150", "18")
    corrected = [*rows, rows[2] | {"value": "15", "recorded": "2026-11-23"}]
    assert len(Store(folder(observations=corrected)).observations) == 5
    withdrawn = [*rows, rows[2] | {"value": "", "recorded": "2026-11-23"}]
    assert len(Store(folder(observations=withdrawn)).observations) == 5


def test_two_sources_that_differ_by_ten_on_one_month_are_told_apart_by_the_series(folder) -> None:
    rows = grown("11", "13", "15", "18")
    paper = rows[1] | {"source": "paper", "value": "130"}
    (line,) = problems(folder(observations=[*rows, paper], sources=[{}, {"source": "paper"}]))
    assert line.startswith("observations.csv, row 6, column value: found '130'")


def test_a_figure_on_the_growth_of_another_lab_is_asked_about(folder) -> None:
    ours = grown("10", "10.5", "11", "11.5")
    theirs = grown("20", "21", "22", "23", series=THEIRS)
    swapped = [*ours, *theirs]
    swapped[3] = ours[3] | {"value": "23"}
    assert problems(folder(series=TWO_LABS, observations=swapped)) == [
        f"observations.csv, row 5, column series: found '{OURS}', expected {THEIRS}, which has 23 USD bn for 2026-04 "
        "(row 9): the value fits it far better than its own series; or, if the source says so, a note that begins with "
        "'confirmed:' and a reason"
    ]
    swapped[3] |= CONFIRMED
    assert Store(folder(series=TWO_LABS, observations=swapped)).observations


def test_labs_of_one_size_are_not_taken_for_each_other(folder) -> None:
    rows = [*grown("10", "10.5", "11", "11.5"), *grown("10", "10.4", "11.2", "11.5", series=THEIRS)]
    assert len(Store(folder(series=TWO_LABS, observations=rows)).observations) == 8


SHARE = {"unit": "1", "spellings": "percent; 1", "minimum": "0", "maximum": "1", "basis": "", "channel": ""}
USERS = {
    "unit": "monthly-user",
    "spellings": "million monthly users; monthly users",
    "maximum": "10000000000",
    "basis": "",
    "channel": "",
}
CONFIRM = "or, if the source says so, a note that begins with 'confirmed:' and a reason"

ALONE = [
    (SHARE, "0.8", "percent", "per cent, as 80 for a share of 0.8"),
    ({}, "0.008", "USD bn", "a number that people say, such as 8, or a smaller unit (USD mn)"),
    (USERS, "8", "monthly users", "a number of single monthly users, or the unit million monthly users"),
    (
        USERS,
        "0.0008",
        "million monthly users",
        "a number that people say, such as 0.8, or a smaller unit (monthly users)",
    ),
]


@pytest.mark.parametrize(("series", "typed", "unit", "said"), ALONE)
def test_a_single_number_that_nobody_would_say_is_asked_about(folder, series, typed, unit, said) -> None:
    rows = [{"value": typed, "unit": unit}]
    assert problems(folder(series=[series], observations=rows)) == [
        f"observations.csv, row 2, column value: found {typed!r}, expected {said}; {CONFIRM}"
    ]
    assert Store(folder(series=[series], observations=[rows[0] | CONFIRMED])).observations


@pytest.mark.parametrize(
    ("series", "typed", "unit"),
    [
        *[(SHARE, "80", "percent"), (SHARE, "0.8", "1"), (SHARE, "0", "percent"), ({}, "0.1", "USD bn")],
        *[({}, "8", "USD mn"), (USERS, "8", "million monthly users"), (USERS, "8000000", "monthly users")],
    ],
)
def test_a_number_as_people_say_it_is_not(folder, series, typed, unit) -> None:
    assert Store(folder(series=[series], observations=[{"value": typed, "unit": unit}])).observations


def test_a_range_alone_is_compared_by_its_middle(folder) -> None:
    """Whether or not such a row has a value of its own: one whose middle is far off is asked about."""

    class Row:
        value, low, high = None, 10.0, 30.0

    assert plausibility.point(Row()) == 20


@pytest.mark.parametrize(("low", "high"), [("", "31"), ("29", "")])
def test_a_range_without_a_value_has_both_ends(folder, low, high) -> None:
    lines = problems(folder(observations=[{"value": "", "low": low, "high": high}]))
    assert any("a row without a value gives both ends" in line for line in lines)
