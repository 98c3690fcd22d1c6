"""The as-of rule on random rows, against a reading of its words that goes one step at a time."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc import units
from frontier_calc.dates import parse_period, parse_publication
from frontier_calc.record.reading import Reading, UnknownError
from frontier_calc.record.rows import Edition, Observation, Series, Source
from frontier_calc.record.store import Store

pytestmark = pytest.mark.slow

FIRST, LAST = date(2026, 1, 1), date(2026, 9, 30)
EDITION = Edition(id="2025-12", title="", as_of=date(2025, 12, 31), closing=date(2025, 12, 31), note="")
TEXTS = [f"2026-0{month}" for month in range(1, 8)]
TEXTS += ["2026-03-15", "2026-W12", "Q1-2026", "Q2-2026", "2026", "2026-02..2026-04", "2026-01..2026-03"]
# From the best tag to the worst, in the order of the words.
STRENGTH = {"reported": 1, "estimated": 2, "projected": 3, "illustrative": 4}


def series_of(id: str, kind: str, succeeded_by: str = "", succeeded_from: date | None = None) -> Series:
    return Series(
        id=id,
        subject="Lab",
        title=id,
        definition="",
        unit=units.parse("USD"),
        spellings=("USD bn",),
        kind=kind,
        fiscal_year_end=12,
        basis="",
        channel="",
        firmness="",
        payer="",
        minimum=None,
        maximum=None,
        stale_after_months=6,
        succeeded_by=succeeded_by,
        succeeded_from=succeeded_from,
    )


def source_of(id: str) -> Source:
    return Source(
        id=id, outlet=id, reports="", title="", url="", published="", retrieved="", archive="", access="open", voice="press", via=""
    )


def store_of(all_series: list[Series], rows: list[Observation]) -> Store:
    """A store without a folder."""
    store = object.__new__(Store)
    store.series = {series.id: series for series in all_series}
    store.editions = {EDITION.id: EDITION}
    store.pins = []
    store.observations = rows
    store.by_series = defaultdict(list)
    for row in rows:
        store.by_series[row.series.id].append(row)
    return store


days = st.dates(FIRST, LAST)
publications = st.one_of(days.map(date.isoformat), st.sampled_from(TEXTS[:7])).map(parse_publication)


@st.composite
def observations(draw: st.DrawFn, series: Series, row: int) -> Observation:
    published, recorded = draw(publications), draw(days)
    return Observation(
        series=series,
        period=parse_period(draw(st.sampled_from(TEXTS))),
        published=published,
        known=published.known_by(recorded),
        value=draw(st.one_of(st.none(), st.integers(1, 5).map(float))),
        low=None,
        high=None,
        is_span=False,
        qualifier="exactly",
        tag=draw(st.sampled_from(list(STRENGTH))),
        confidence="high",
        source=source_of(draw(st.sampled_from(["wire", "paper"]))),
        recorded=recorded,
        note="",
        row=row,
    )


@st.composite
def records(draw: st.DrawFn, series: Series, most: int = 8, first: int = 2) -> list[Observation]:
    count = draw(st.integers(0, most))
    return [draw(observations(series, first + number)) for number in range(count)]


def standing(rows: list[Observation], day: date) -> list[Observation]:
    """Known by the day; of rows with one key the one recorded last, or of those the last; none that is empty."""
    known = [row for row in rows if row.known <= day]
    last = []
    for row in known:
        rivals = [other for other in known if other.key == row.key]
        newest = max(rival.recorded for rival in rivals)
        if row is [rival for rival in rivals if rival.recorded == newest][-1]:
            last.append(row)
    return [row for row in last if row.value is not None]


def expected(rows: list[Observation], day: date) -> Observation | None:
    """The words of the rule, one step at a time."""
    left = []
    for row in standing(rows, day):
        if row.tag == "projected":
            continue
        length = (row.period.end - row.period.start).days + 1
        told_of_a_moment = row.series.kind in ("instant", "month") and length <= 31
        if (told_of_a_moment and row.period.start <= day) or (not told_of_a_moment and row.period.end <= day):
            left.append(row)
    for criterion in (
        lambda row: row.period.end,
        lambda row: -STRENGTH[row.tag],
        lambda row: row.known,
        lambda row: row.row,
    ):
        top = max(map(criterion, left), default=None)
        left = [row for row in left if criterion(row) == top]
    return left[0] if left else None


@given(st.data(), st.sampled_from(["instant", "month", "flow"]), days)
def test_the_latest_is_what_the_words_of_the_rule_say(data, kind, day):
    series = series_of("pace", kind)
    rows = data.draw(records(series))
    reading = Reading(store_of([series], rows), day)
    wanted = expected(rows, day)
    if wanted is None:
        try:
            found = reading.latest("pace")
        except UnknownError:
            return
        raise AssertionError(f"{found} is known, and nothing counts")
    (leaf,) = reading.latest("pace").leaves
    assert (leaf.identity, leaf.value, leaf.tag) == (wanted.identity, wanted.value, wanted.tag)
    assert leaf.known is not None and leaf.known <= day
    # Nothing that was said of the period is lost.
    about = [row for row in standing(rows, day) if row.period.stretch == wanted.period.stretch]
    assert {row.row for row in leaf.disputes} == {row.row for row in about if row.value != wanted.value}


@given(st.data(), st.sampled_from(["instant", "month", "flow"]), days)
def test_a_history_has_no_stretch_of_time_twice_and_ends_with_the_latest(data, kind, day):
    series = series_of("pace", kind)
    rows = data.draw(records(series))
    points = Reading(store_of([series], rows), day).history("pace")
    stretches = [point.period.stretch for point in points]
    assert len(set(stretches)) == len(stretches)
    assert [end for _, end in stretches] == sorted(end for _, end in stretches)
    assert all(point.tag != "projected" for point in points)
    wanted = expected(rows, day)
    assert (wanted is None) == (not points)
    if wanted is not None:
        assert points[-1].period.end == wanted.period.end


@given(st.data(), days, days)
def test_a_restatement_answers_from_its_day_on_where_it_has_an_answer(data, since, day):
    old, new = series_of("pace", "month", "restated", since), series_of("restated", "month")
    before, after = data.draw(records(old, most=5)), data.draw(records(new, most=5, first=20))
    reading = Reading(store_of([old, new], before + after), day)
    answers = [expected(after, day), expected(before, day)] if since <= day else [expected(before, day)]
    wanted = next((row for row in answers if row is not None), None)
    points = reading.history("pace")
    stretches = [point.period.stretch for point in points]
    assert len(set(stretches)) == len(stretches)
    if wanted is None:
        assert points == ()
        return
    assert reading.latest("pace").leaves[0].identity == wanted.identity
    for point in points:
        (leaf,) = point.leaves
        rivals = [row for row in standing(after, day) if row.period.stretch == point.period.stretch]
        if since <= day and any(row.tag != "projected" for row in rivals):
            assert leaf.name == "restated"
        assert ("Restated" in leaf.note) == (leaf.name == "restated")


@given(st.data(), days)
def test_what_is_read_together_is_about_one_stretch_of_time_and_the_latest_that_all_have(data, day):
    one, other = series_of("one", "month"), series_of("other", "flow")
    rows = data.draw(records(one)) + data.draw(records(other, first=20))
    reading = Reading(store_of([one, other], rows), day)
    having = [{point.period.stretch for point in reading.history(id)} for id in ("one", "other")]
    shared = having[0] & having[1]
    if not shared:
        try:
            found = reading.together("one", "other")
        except UnknownError as error:
            assert "one has" in str(error) and "other has" in str(error)
            return
        raise AssertionError(f"{found} share no period")
    figures = reading.together("one", "other")
    assert [figure.leaves[0].name for figure in figures] == ["one", "other"]
    assert len({figure.period.stretch for figure in figures}) == 1
    assert figures[0].period.end == max(end for _, end in shared)


@given(st.data())
def test_the_working_edition_knows_every_row_and_no_month_moves_it_to_its_end(data):
    series = series_of("pace", "month")
    rows = data.draw(records(series))
    days_carried = [row.published.first if row.published.is_month else row.published.day for row in rows]
    day = max([EDITION.as_of, *days_carried])
    working = Reading(store_of([series], rows), day, None, EDITION, working=True)
    assert all(working.knows(row) for row in rows)
    # A later day of reading takes nothing away.
    later = Reading(store_of([series], rows), day + timedelta(days=40), None, EDITION, working=True)
    assert [row.row for row in later.known("pace")] == [row.row for row in working.known("pace")]


@given(st.data(), days)
def test_rows_recorded_after_the_closing_change_no_answer_of_an_edition(data, day):
    series = series_of("pace", "month")
    rows = data.draw(records(series))
    closing = date(2026, 6, 30)
    snapshot = replace(EDITION, as_of=day, closing=closing)
    whole = Reading(store_of([series], rows), day, closing, snapshot)
    within = [row for row in rows if row.recorded <= closing]
    kept = Reading(store_of([series], within), day, closing, snapshot)
    assert [row.row for row in whole.known("pace")] == [row.row for row in kept.known("pace")]
    assert [point.key for point in whole.history("pace")] == [point.key for point in kept.history("pace")]
