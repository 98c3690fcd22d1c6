"""A number is read back from the words in which headlines state it, and goes into a series that counts it, or nowhere."""

import contextlib
from decimal import Decimal

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc.dates import parse_period
from frontier_calc.press import finding, fitting, headline_periods, headlines
from frontier_calc.press.fitting import Base, Fitted, HeadlineError
from frontier_calc.record.rows import Series
from frontier_calc.record.store import Store

PACE = {"series": "lab-revenue-run-rate"}
OTHERS = [
    PACE,
    {"series": "lab-revenue-recognised", "title": "Lab recognised revenue, year", "unit": "USD",
     "spellings": "USD bn; USD mn; USD", "kind": "flow", "basis": "recognised"},
    {"series": "lab-monthly-revenue", "title": "Lab revenue in a month", "unit": "USD per month",
     "spellings": "USD bn per month; USD mn per month"},
    {"series": "lab-margin", "title": "Lab margin", "unit": "1", "spellings": "percent; 1", "kind": "flow", "basis": "",
     "channel": "", "maximum": "1"},
    {"series": "lab-weekly-users", "title": "Lab weekly users", "unit": "weekly-user", "basis": "", "channel": "",
     "spellings": "million weekly users; weekly users"},
    {"series": "lab-capacity", "title": "Lab capacity", "unit": "GW", "spellings": "GW", "kind": "instant", "basis": "",
     "channel": ""},
    {"series": "lab-employees", "title": "Lab employees", "unit": "employee", "spellings": "employees; thousand employees",
     "kind": "instant", "basis": "", "channel": ""},
    {"series": "lab-valuation-eur", "title": "Lab valuation", "unit": "EUR", "spellings": "EUR bn; EUR mn; EUR",
     "kind": "instant", "basis": "", "channel": ""},
    {"series": "lab-output-price", "title": "Lab output price", "unit": "USD per token", "kind": "instant", "basis": "",
     "channel": "", "spellings": "USD per million output tokens", "maximum": "0.001"},
    {"series": "lab-growth", "title": "Lab growth", "unit": "1", "spellings": "1", "basis": "", "channel": ""},
    {"series": "lab-profitable-year", "title": "Lab's first profitable year", "unit": "calendar-year", "basis": "",
     "spellings": "years; year", "channel": "", "kind": "instant", "minimum": "2000", "maximum": "2100"},
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(making.write_folder(tmp_path_factory.mktemp("headlines") / "data", series=OTHERS))


def fitted(store: Store, headline: str, series: str = "lab-revenue-run-rate", base: Base | None = None) -> Fitted:
    found: Series = store.series[series]
    return fitting.fit(headline, found, base=base)


# What headlines say.

SAID = [
    # headline, series, value, low, high, unit, qualifier
    ("surpassed $47bn", "lab-revenue-run-rate", "47", "", "", "USD bn", "over"),
    ("Lab’s annualised revenue tops $40bn ahead of its listing", "lab-revenue-run-rate", "40", "", "", "USD bn", "over"),
    ("crossed the $47 billion mark", "lab-revenue-run-rate", "47", "", "", "USD bn", "over"),
    ("$47bn+", "lab-revenue-run-rate", "47", "", "", "USD bn", "over"),
    ("$47bn or more", "lab-revenue-run-rate", "47", "", "", "USD bn", "over"),
    ("no less than $47bn", "lab-revenue-run-rate", "47", "", "", "USD bn", "over"),
    ("as much as 100", "lab-revenue-run-rate", "100", "", "", "USD bn", "up to"),
    ("up to 100", "lab-revenue-run-rate", "100", "", "", "USD bn", "up to"),
    ("no more than $900m", "lab-revenue-run-rate", "900", "", "", "USD mn", "up to"),
    ("nearly $20bn", "lab-revenue-run-rate", "20", "", "", "USD bn", "about"),
    ("about $1.4 trillion", "lab-revenue-run-rate", "1400", "", "", "USD bn", "about"),
    ("approx. US$5bn", "lab-revenue-run-rate", "5", "", "", "USD bn", "about"),
    ("under $3bn", "lab-revenue-run-rate", "3", "", "", "USD bn", "under"),
    ("less than half a billion dollars", "lab-revenue-run-rate", "0.5", "", "", "USD bn", "under"),
    ("between 50 and 70", "lab-revenue-run-rate", "", "50", "70", "USD bn", "about"),
    ("between $50bn and $70bn", "lab-revenue-run-rate", "", "50", "70", "USD bn", "about"),
    ("$50-70bn", "lab-revenue-run-rate", "", "50", "70", "USD bn", "about"),
    ("$900m to $1.2bn", "lab-revenue-run-rate", "", "900", "1200", "USD mn", "about"),
    ("rose from $1bn to $4bn", "lab-revenue-run-rate", "4", "", "", "USD bn", "exactly"),
    ("doubled to $4bn", "lab-revenue-run-rate", "4", "", "", "USD bn", "exactly"),
    ("$2bn a month", "lab-revenue-run-rate", "24", "", "", "USD bn", "exactly"),
    ("$2bn a quarter", "lab-revenue-run-rate", "8", "", "", "USD bn", "exactly"),
    ("$24bn a year", "lab-revenue-run-rate", "24", "", "", "USD bn", "exactly"),
    ("tops $40bn in 2026, on May 28, with GPT-5 and 12% growth", "lab-revenue-run-rate", "40", "", "", "USD bn", "over"),
    ("$2bn a month", "lab-monthly-revenue", "2", "", "", "USD bn per month", "exactly"),
    ("has double-digit growth and $47bn on 2026-05-28", "lab-revenue-run-rate", "47", "", "", "USD bn", "exactly"),
    ("$50bn to 70", "lab-revenue-run-rate", "", "50", "70", "USD bn", "about"),
    ("€1.7bn", "lab-valuation-eur", "1.7", "", "", "EUR bn", "exactly"),
    ("1.7 billion euros", "lab-valuation-eur", "1.7", "", "", "EUR bn", "exactly"),
    ("5 GW", "lab-capacity", "5", "", "", "GW", "exactly"),
    ("as much as 500 megawatts", "lab-capacity", "0.5", "", "", "GW", "up to"),
    ("40 per cent", "lab-margin", "40", "", "", "percent", "exactly"),
    ("40%", "lab-margin", "40", "", "", "percent", "exactly"),
    ("minus 94%", "lab-margin", "-94", "", "", "percent", "exactly"),
    ("forty percent", "lab-margin", "40", "", "", "percent", "exactly"),
    ("more than 1.2 billion weekly users", "lab-weekly-users", "1200", "", "", "million weekly users", "over"),
    ("a billion users", "lab-weekly-users", "1000", "", "", "million weekly users", "exactly"),
    ("4,700 employees", "lab-employees", "4700", "", "", "employees", "exactly"),
    ("3,000 to 5,000 staff", "lab-employees", "", "3000", "5000", "employees", "about"),
    ("$25 per million output tokens", "lab-output-price", "25", "", "", "USD per million output tokens", "exactly"),
    ("$0.87", "lab-output-price", "0.87", "", "", "USD per million output tokens", "exactly"),
    ("nearly 10x", "lab-growth", "10", "", "", "1", "about"),
    ("expects its first profit in 2030", "lab-profitable-year", "2030", "", "", "years", "exactly"),
]  # fmt: skip


@pytest.mark.parametrize(("headline", "series", "value", "low", "high", "unit", "qualifier"), SAID)
def test_a_headline_is_read_as_an_author_would_type_it(
    store, headline, series, value, low, high, unit, qualifier
) -> None:
    found = fitted(store, headline, series)
    assert (found.value, found.low, found.high, found.unit, found.qualifier) == (value, low, high, unit, qualifier)


def test_a_sum_of_a_shorter_span_says_in_its_note_how_it_was_brought_to_a_year(store) -> None:
    assert fitted(store, "over $2bn a month").note == "'$2bn a month', times 12."
    assert fitted(store, "surpasses $2bn a month").note == "'Surpasses'. '$2bn a month', times 12."


BASE = Base(Decimal(30_000_000_000), "exactly", "reported", "30 USD bn for 2026-04, by wire")


@pytest.mark.parametrize(
    ("headline", "value", "qualifier"),
    [
        ("more than doubled", "60", "over"),
        ("nearly tripled", "90", "about"),
        ("doubled", "60", "exactly"),
        ("halved", "15", "exactly"),
        ("grew tenfold", "300", "exactly"),
        ("rose by more than 40%", "42", "over"),
        ("fell 10 per cent", "27", "exactly"),
    ],
)
def test_growth_alone_starts_from_what_the_series_said_last_and_names_it(store, headline, value, qualifier) -> None:
    found = fitted(store, headline, base=BASE)
    assert (found.value, found.unit, found.qualifier) == (value, "USD bn", qualifier)
    assert "Base: 30 USD bn for 2026-04, by wire." in found.note


@pytest.mark.parametrize(
    ("base", "said", "together"),
    [("over", "more than doubled", "over"), ("about", "more than doubled", "over"), ("about", "doubled", "about"),
     ("under", "more than doubled", "about"), ("over", "nearly doubled", "over")],
)  # fmt: skip
def test_the_bounds_of_growth_and_of_its_base_come_together(store, base, said, together) -> None:
    assert fitted(store, said, base=Base(BASE.value, base, "reported", "30")).qualifier == together


REFUSED = [
    ("no number at all", "lab-revenue-run-rate", "found no number"),
    ("€47bn", "lab-revenue-run-rate", "which counts EUR, expected USD per year"),
    ("40%", "lab-revenue-run-rate", "which counts per cent, expected USD per year"),
    ("$47", "lab-revenue-run-rate", "expected it with its scale, such as $47bn"),
    ("A$47bn", "lab-revenue-run-rate", "which counts A$"),
    ("¥47bn", "lab-revenue-run-rate", "which counts ¥"),
    ("$2bn a week", "lab-revenue-run-rate", "a sum a year, a quarter or a month"),
    ("annualised revenue tops $40bn", "lab-revenue-recognised", "and no run rate"),
    ("$24bn a year", "lab-monthly-revenue", "expected a sum a month"),
    ("5 GW a year", "lab-capacity", "and none a year"),
    ("1.2 billion monthly users", "lab-weekly-users", "expected million weekly users"),
    ("$5 per million input tokens", "lab-output-price", "expected USD per million output tokens"),
    ("has not surpassed $47bn", "lab-revenue-run-rate", "found 'surpassed' denied"),
    ("yet to top $47bn", "lab-revenue-run-rate", "found 'top' denied"),
    ("$3bn of income on $47bn of sales", "lab-revenue-run-rate", "found $3bn and $47bn, expected one number"),
    ("more than doubled", "lab-revenue-run-rate", "expected a value of lab-revenue-run-rate before it"),
    ("47,5bn", "lab-revenue-run-rate", "found no number"),
]


@pytest.mark.parametrize(("headline", "series", "said"), REFUSED)
def test_what_a_series_does_not_count_is_refused_with_what_it_counts(store, headline, series, said) -> None:
    with pytest.raises(HeadlineError) as error:
        fitted(store, headline, series)
    assert said in str(error.value)


def test_a_sum_of_another_span_than_the_period_is_refused(store) -> None:
    series = store.series["lab-revenue-recognised"]
    assert fitting.fit("$4bn a quarter", series, period=parse_period("Q2-2026")).value == "4"
    with pytest.raises(HeadlineError, match="expected the sum of financial year 2026"):
        fitting.fit("$4bn a quarter", series, period=parse_period("FY2026"))


def test_a_number_is_typed_in_the_unit_that_is_asked_for(store) -> None:
    series = store.series["lab-revenue-run-rate"]
    assert fitting.fit("surpassed $0.9bn", series, "USD mn").value == "900"
    with pytest.raises(HeadlineError, match="expected one of the spellings of lab-revenue-run-rate: USD bn, USD mn"):
        fitting.fit("surpassed $0.9bn", series, "EUR bn")


# Every number, in every form.

NUMBERS = st.decimals(min_value="0.01", max_value="999.9", places=2).map(lambda number: number.normalize())
SCALES = st.sampled_from([("bn", 9), (" billion", 9), ("B", 9), ("m", 6), (" million", 6), ("mn", 6), ("tn", 12)])
CURRENCIES = st.sampled_from([("$", ""), ("US$", ""), ("USD ", ""), ("", " dollars"), ("$", " a year")])
WORDS = st.sampled_from(
    [(phrase.replace("_", " "), bound) for bound, phrases in (
        ("over", ("surpassed", "crosses", "tops", "more_than", "over", "at_least", "exceeding", "north_of", ">")),
        ("up to", ("as_much_as", "up_to", "at_most", "no_more_than")),
        ("under", ("under", "less_than", "below", "fewer_than")),
        ("about", ("nearly", "almost", "about", "around", "roughly", "close_to", "nears", "approx.", "~")),
        ("exactly", ("hits", "reaches", "is")),
    ) for phrase in phrases]
)  # fmt: skip
BETWEEN = st.sampled_from(["", "a ", "the ", "a run rate of "])


def worded(number: Decimal) -> str:
    """A number with a mark at its thousands."""
    return f"{number:,f}"


@given(number=NUMBERS, scale=SCALES, currency=CURRENCIES, words=WORDS, between=BETWEEN)
def test_whatever_amount_is_worded_is_read_back(store, number, scale, currency, words, between) -> None:
    (suffix, power), (before, behind), (said, bound) = scale, currency, words
    found = fitted(store, f"Lab {said} {between}{before}{worded(number)}{suffix}{behind}, it says")
    factor = Decimal(10) ** {"USD bn": 9, "USD mn": 6}[found.unit]
    assert Decimal(found.value) * factor == number.scaleb(power)
    assert found.qualifier == bound
    if power in (6, 9):
        assert Decimal(found.value) == number  # as it was said


@given(
    one=NUMBERS,
    other=NUMBERS,
    scale=SCALES,
    joined=st.sampled_from(["between {} and {}", "{}-{}", "{} to {}", "{}–{}"]),
)
def test_whatever_range_is_worded_is_read_back(store, one, other, scale, joined) -> None:
    low, high = sorted([one, other])
    suffix, power = scale
    found = fitted(store, "Lab makes " + joined.format(f"${worded(low)}", f"{worded(high)}{suffix}"))
    factor = Decimal(10) ** {"USD bn": 9, "USD mn": 6}[found.unit]
    assert [Decimal(end) * factor for end in (found.low, found.high)] == [low.scaleb(power), high.scaleb(power)]
    assert found.value == "" and found.qualifier == "about"


@given(number=st.integers(min_value=1, max_value=99_999_999), words=WORDS)
def test_whatever_count_is_worded_with_its_thousands_marked_is_read_back(store, number, words) -> None:
    said, bound = words
    if 1900 <= number <= 2099:
        return  # without a mark it is a year, with one it is a number: see below
    found = fitted(store, f"{said} {number:,} employees", "lab-employees")
    assert (found.value, found.unit, found.qualifier) == (f"{number}", "employees", bound)


def test_a_bare_year_is_none_but_a_count_with_its_mark_is(store) -> None:
    assert fitted(store, "2,026 employees", "lab-employees").value == "2026"
    with pytest.raises(HeadlineError, match="counts a year"):
        fitted(store, "in 2026", "lab-employees")


@given(number=NUMBERS, form=st.sampled_from(["%", " per cent", " percent", "pc"]), words=WORDS)
def test_whatever_share_is_worded_is_read_back(store, number, form, words) -> None:
    said, bound = words
    found = fitted(store, f"margin {said} {worded(number)}{form}", "lab-margin")
    assert (Decimal(found.value), found.unit, found.qualifier) == (number, "percent", bound)


@given(st.text(max_size=60))
def test_no_text_is_an_error_in_the_code(store, text) -> None:
    headlines.read(text)
    for series in store.series.values():
        with contextlib.suppress(HeadlineError):
            fitting.fit(text, series, base=BASE)


def test_what_is_expected_is_told_from_the_month_of_may() -> None:
    assert headlines.is_plan("Lab may reach $70bn") and headlines.is_plan("Lab plans to spend $70bn")
    assert not headlines.is_plan("Lab made $70bn in May")


# Which series.


def test_words_find_a_series_by_name_and_title_and_then_by_definition(store) -> None:
    assert [s.id for s in finding.by_words("lab weekly users", store)] == ["lab-weekly-users"]
    assert [s.id for s in finding.by_words("capacity lab", store)] == ["lab-capacity"]
    assert [s.id for s in finding.by_words("lab-margin", store)] == ["lab-margin"]
    assert "lab-revenue-run-rate" in [s.id for s in finding.by_words("sales pace", store)]
    with pytest.raises(finding.SeriesError, match=r"did you mean margin.*frontier series add"):
        finding.by_words("lab margn", store)


@pytest.mark.parametrize(
    ("headline", "period", "left"),
    [
        ("surpassed $47bn", "2026-05", ["lab-revenue-run-rate"]),
        ("$2bn a month", "", ["lab-revenue-run-rate", "lab-monthly-revenue"]),
        ("annualised revenue of $2bn", "", ["lab-revenue-run-rate"]),
    ],
)
def test_of_several_series_those_are_left_that_count_what_is_stated(store, headline, period, left) -> None:
    forms = {
        "lab-revenue-run-rate": {"9999-99"},
        "lab-revenue-recognised": {"FY9999"},
        "lab-monthly-revenue": {"9999-99"},
    }
    found = finding.by_words("lab revenue", store)
    fits = finding.narrowed(found, headline, parse_period(period) if period else None, forms)
    assert [series.id for series in fits] == left


def test_a_headline_by_itself_names_its_subject_and_what_is_measured(store) -> None:
    assert [s.id for s in finding.by_headline("Lab says it has 1.2bn weekly users", store)] == ["lab-weekly-users"]
    assert [s.id for s in finding.by_headline("Lab’s annualised revenue tops $40bn", store)] == ["lab-revenue-run-rate"]
    with pytest.raises(finding.SeriesError, match="name it before the headline"):
        finding.by_headline("Somebody makes $40bn", store)


# Which period.


@pytest.mark.parametrize(
    ("series", "headline", "told", "published", "period"),
    [
        ("lab-revenue-run-rate", "surpassed $47bn", ["2026-04"], "2026-05-28", "2026-05"),
        ("lab-revenue-run-rate", "expects $47bn by the end of 2027", ["2026-04"], "2026-05-28", ""),
        ("lab-revenue-recognised", "revenue of $4bn", ["FY2024", "FY2025"], "2026-05-28", "FY2025"),
        ("lab-revenue-recognised", "expects revenue of $4bn", ["FY2024"], "2026-05-28", "FY2026"),
        ("lab-revenue-recognised", "expects $70bn in 2028", ["FY2024"], "2026-05-28", "FY2028"),
        ("lab-margin", "margin of 40%", ["Q1-2026"], "2026-08-28", "Q2-2026"),
        ("lab-margin", "margin of 40% in the first quarter", ["Q2-2026"], "2026-08-28", "Q1-2026"),
        ("lab-margin", "margin of 40% in the first half", ["H1-2025"], "2026-08-28", "H1-2026"),
        ("lab-margin", "margin of 40%", ["TTM-2026-06"], "2026-08-28", "TTM-2026-07"),
    ],
)
def test_a_period_is_proposed_as_the_series_is_told_of(store, series, headline, told, published, period) -> None:
    assert headline_periods.propose(headline, store.series[series], told, published) == period
