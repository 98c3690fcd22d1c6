"""The as-of rule, editions with their pins, and the working edition, on a small made-up record."""

import shutil
from datetime import date

import pytest

import frontier_calc as fc
from frontier_calc import Figure, at, claim, current, history, latest, use
from frontier_calc.book.sheet import named
from frontier_calc.record.reading import Reading, UnknownError, as_of, edition
from frontier_calc.record.store import DataError, FolderError

SERIES = "lab-revenue-run-rate"
MAY = date(2026, 5, 31)


@pytest.fixture
def read(folder):
    """Read made-up rows as of a day (by default the end of May 2026), by the rule alone."""

    def read(*rows, day=MAY, **tables) -> Reading:
        return as_of(day, folder(observations=list(rows), **tables))

    return read


@pytest.fixture
def may(folder):
    """Read made-up rows as the edition of May 2026, or as the working edition carried forward from it."""

    def read(*rows, id="2026-05", **tables) -> Reading:
        return edition(id, folder(observations=list(rows), **tables))

    return read


def billions(figure) -> float:
    return figure.value / 1e9


# The as-of rule


def test_the_latest_period_wins_even_over_a_later_publication_about_an_earlier_one(read):
    reading = read(
        {"period": "2026-03", "published": "2026-05-20", "value": "20"},
        {"period": "2026-04", "published": "2026-05-02", "value": "30"},
    )
    assert billions(reading.latest(SERIES)) == 30


def test_nothing_is_known_before_it_was_published(read):
    rows = [
        {"period": "2026-03", "published": "2026-04-06", "value": "30"},
        {"period": "2026-04", "published": "2026-05-28", "value": "47"},
    ]
    assert billions(read(*rows, day=date(2026, 5, 27)).latest(SERIES)) == 30
    # Published on the day is known on the day.
    assert billions(read(*rows, day=date(2026, 5, 28)).latest(SERIES)) == 47


def test_what_is_said_of_a_moment_counts_from_its_publication_although_its_month_goes_on(read):
    rows = [{"period": "2026-04", "value": "30"}, {"period": "2026-05", "published": "2026-05-10", "value": "40"}]
    assert billions(read(*rows, day=date(2026, 5, 9)).latest(SERIES)) == 30
    assert billions(read(*rows, day=date(2026, 5, 10)).latest(SERIES)) == 40
    # So does what is said of a day or a week, and a level as well as a pace.
    for period in ("2026-05-10", "2026-W19"):
        told = {**rows[1], "period": period}
        levels = [{"kind": "instant", "basis": "", "channel": "", "unit": "USD", "spellings": "USD bn"}]
        assert billions(read(rows[0], told, series=levels, day=date(2026, 5, 10)).latest(SERIES)) == 40


def test_what_flows_over_a_period_counts_once_the_period_has_ended(read):
    flow = [{"kind": "flow", "basis": "recognised", "unit": "USD", "spellings": "USD bn"}]
    guided = [{**flow[0], "basis": "", "firmness": "guided"}]
    rows = [{"period": "2026-04", "value": "30"}, {"period": "2026-05", "published": "2026-05-10", "value": "40"}]
    assert billions(read(*rows, series=guided, day=date(2026, 5, 30)).latest(SERIES)) == 30
    # On its last day it has ended.
    assert billions(read(*rows, series=guided, day=date(2026, 5, 31)).latest(SERIES)) == 40
    # What was spent cannot be told before.
    with pytest.raises(DataError, match="2026-05-31 or later: the period 2026-05 was not over"):
        read(*rows, series=flow)


def test_what_a_series_of_moments_says_of_a_year_waits_for_its_end(read):
    rows = [{"period": "2026-04", "value": "30"}, {"period": "2026", "published": "2026-05-10", "value": "40"}]
    assert billions(read(*rows).latest(SERIES)) == 30
    assert billions(read(*rows, day=date(2026, 12, 31)).latest(SERIES)) == 40


def test_a_projection_is_never_the_latest(read):
    reading = read({"period": "2026-03", "value": "20"}, {"period": "2026-04", "tag": "projected", "value": "30"})
    assert billions(reading.latest(SERIES)) == 20
    # It is there when its period is asked for, and says what it is.
    assert (billions(reading.at(SERIES, "2026-04")), reading.at(SERIES, "2026-04").tag) == (30, "projected")


def test_for_one_period_the_better_tag_wins_over_the_later_word(read):
    reading = read(
        {"published": "2026-05-02", "tag": "reported", "value": "30"},
        {"published": "2026-05-09", "tag": "estimated", "value": "44"},
    )
    assert billions(reading.latest(SERIES)) == billions(reading.at(SERIES, "2026-04")) == 30


def test_for_one_period_and_tag_the_later_publication_wins(read):
    reading = read({"published": "2026-05-09", "value": "31"}, {"published": "2026-05-02", "value": "30"})
    assert billions(reading.latest(SERIES)) == billions(reading.at(SERIES, "2026-04")) == 31


def test_of_two_published_on_one_day_the_later_row_wins(read):
    reading = read({"value": "31"}, {"value": "30", "source": "paper"}, sources=[{}, {"source": "paper"}])
    assert billions(reading.latest(SERIES)) == billions(reading.at(SERIES, "2026-04")) == 30


def test_a_month_alone_counts_from_its_last_day(read):
    row = {"period": "2026-04", "published": "2026-05", "value": "30"}
    with pytest.raises(UnknownError):
        read(row, day=date(2026, 6, 30), editions=[{"as_of": "2026-01-31"}]).at(SERIES, "2026-03")
    assert read(row, day=date(2026, 5, 31)).latest(SERIES).known == date(2026, 5, 31)
    with pytest.raises(UnknownError, match="known by 2026-05-30: nothing"):
        read(row, day=date(2026, 5, 30), editions=[{"as_of": "2026-01-31"}]).latest(SERIES)


def test_a_fiscal_year_ends_when_its_company_says(read):
    flow = {"kind": "flow", "fiscal_year_end": "6", "basis": "recognised"}
    row = {"period": "FY2025", "published": "2025-07-30", "value": "280"}
    assert read(row, series=[flow], day=date(2025, 8, 1)).latest(SERIES).period.end == date(2025, 6, 30)


# Corrections


def test_a_correction_recorded_later_replaces_its_row(read):
    reading = read({"value": "30", "recorded": "2026-06-01"}, {"value": "31", "recorded": "2026-06-02"})
    figure = reading.latest(SERIES)
    assert billions(figure) == 31
    # What was corrected is no rival answer.
    assert figure.leaves[0].disputes == ()


def test_a_correction_stands_wherever_in_the_file_it_is(read):
    # The later record wins, even if somebody sorted the file.
    reading = read({"value": "31", "recorded": "2026-06-02"}, {"value": "30", "recorded": "2026-06-01"})
    assert billions(reading.latest(SERIES)) == 31


def test_an_empty_value_withdraws(read):
    reading = read(
        {"period": "2026-03", "value": "20"},
        {"value": "30", "recorded": "2026-06-01"},
        {"value": "", "recorded": "2026-06-02"},
    )
    assert billions(reading.latest(SERIES)) == 20
    assert [row.period.text for row in reading.known(SERIES)] == ["2026-03"]


def test_a_correction_recorded_after_closing_does_not_enter_the_edition(may):
    rows = [{"value": "30", "recorded": "2026-06-01"}, {"value": "31", "recorded": "2026-07-01"}]
    assert billions(may(*rows).latest(SERIES)) == 30
    assert billions(may(*rows, id="working").latest(SERIES)) == 31


# Editions and pins


def test_rows_recorded_after_closing_never_enter_an_edition(may):
    rows = [{"period": "2026-03", "value": "20"}, {"value": "30", "recorded": "2026-07-01"}]
    assert billions(may(*rows).latest(SERIES)) == 20
    # The day of closing itself still belongs to it.
    rows[1]["recorded"] = "2026-06-30"
    assert billions(may(*rows).latest(SERIES)) == 30


PINNED = [
    {"period": "2026-03", "published": "2026-04-06", "value": "30", "source": "wire"},
    {"period": "2026-04", "published": "2026-05-28", "value": "47", "source": "wire"},
]
PIN = {"period": "2026-03", "published": "2026-04-06", "reason": "The text quotes it."}


def test_a_pin_holds_an_edition_at_what_its_text_quotes(may):
    reading = may(*PINNED, pins=[PIN])
    assert billions(reading.latest(SERIES)) == 30
    # A question about history is answered by the rule alone.
    assert billions(reading.latest(SERIES, by=reading.at(SERIES, "2026-04").period)) == 47
    # Why it is held travels with the figure.
    assert reading.latest(SERIES).leaves[0].held == "The text quotes it."
    # Other questions keep the answer of the rule.
    assert billions(reading.at(SERIES, "2026-04")) == 47


def test_a_pin_on_a_period_answers_for_that_period_only(may):
    rows = [{"value": "30"}, {"published": "2026-05-09", "value": "31"}]
    reading = may(*rows, pins=[{"asked": "2026-04", "published": "2026-05-02"}])
    assert billions(reading.at(SERIES, "2026-04")) == 30
    assert billions(reading.latest(SERIES)) == 31


def test_a_reading_as_of_a_day_knows_no_pins(read):
    assert billions(read(*PINNED, pins=[PIN]).latest(SERIES)) == 47


def test_a_pin_holds_in_the_working_edition_until_something_newer_is_published(may):
    assert billions(may(*PINNED, id="working", pins=[PIN]).latest(SERIES)) == 30
    # Any observation of the series published after the edition's as-of date makes it give way.
    newer = {"period": "2026-05", "published": "2026-06-10", "value": "50"}
    assert billions(may(*PINNED, newer, id="working", pins=[PIN]).latest(SERIES)) == 50
    # The edition itself has not moved.
    assert billions(may(*PINNED, newer, pins=[PIN]).latest(SERIES)) == 30


def test_a_pin_on_a_row_that_does_not_exist_is_named(folder):
    # A row that the edition does not know: recorded after closing.
    rows = [{"period": "2026-03", "value": "20"}, {"value": "30", "recorded": "2026-07-01"}]
    reading = edition("2026-05", folder(observations=rows, pins=[{}]))
    with pytest.raises(UnknownError) as caught:
        reading.latest(SERIES)
    assert str(caught.value) == (
        "data/pins.csv holds lab-revenue-run-rate at 2026-04, published 2026-05-02, source wire: "
        "no such observation is known in the edition"
    )


def test_the_working_edition_is_carried_forward_to_the_newest_row(may):
    rows = [{"value": "30"}, {"period": "2026-05", "published": "2026-06-10", "value": "50"}]
    working = may(*rows, id="working")
    assert (working.as_of, working.name) == (date(2026, 6, 10), "working")
    # Without newer rows it stands where the newest edition stands.
    assert may({"value": "30"}, id="working").as_of == MAY


def test_a_misspelt_edition_names_those_that_exist(may):
    with pytest.raises(UnknownError, match=r"no edition '2026-06' in data/editions\.csv; did you mean 2026-05"):
        may({}, id="2026-06")


# History


def test_a_history_has_one_figure_per_period_in_order(read):
    reading = read(
        {"period": "2026-04", "value": "30"},
        {"period": "2026-02", "published": "2026-03-01", "value": "10"},
        {"period": "2026-02", "published": "2026-03-09", "value": "11"},
        {"period": "2026-03", "tag": "projected", "value": "15"},
    )
    assert [billions(f) for f in reading.history(SERIES)] == [11, 30]
    assert [billions(f) for f in reading.history(SERIES, projected=True)] == [11, 15, 30]
    assert [billions(f) for f in reading.history(SERIES, since="2026-03")] == [30]


def test_a_history_ends_with_the_latest_period_that_is_over(may):
    # A figure for a period that goes on is not a point of the past.
    rows = [{"value": "30"}, {"period": "2026-2027", "published": "2026-05-09", "value": "31"}]
    assert [f.period.text for f in may(*rows).history(SERIES)] == ["2026-04"]


def test_a_history_ends_at_the_pinned_latest(may):
    # What the text calls the latest is the last point of its chart.
    assert [billions(f) for f in may(*PINNED, pins=[PIN]).history(SERIES)] == [30]
    # Also where the rule has another answer for the same period.
    rows = [{"value": "30"}, {"published": "2026-05-09", "value": "31"}]
    reading = may(*rows, pins=[{"published": "2026-05-02"}])
    assert billions(reading.latest(SERIES)) == 30
    assert [billions(f) for f in reading.history(SERIES)] == [30]


def test_a_history_since_a_day_has_no_point_before_it(read):
    rows = [{"period": "2025-12", "published": "2026-01-02"}]
    early = read(*rows, day=date(2026, 2, 1))
    # Before the first edition a gap is shown, and what was known earlier does not fill it.
    assert [point.is_known for point in early.history(SERIES, since="2026-01")] == [False]
    assert [billions(point) for point in early.history(SERIES, since="2025-12")] == [30]


def test_two_series_are_matched_on_the_periods_that_both_have(read):
    rows = [{"period": f"2026-0{m}", "published": f"2026-0{m}-28", "value": f"{10 * m}"} for m in (1, 2, 4)]
    rows += [{**row, "series": "rival-revenue-run-rate"} for row in rows[1:]]
    rows.append({"series": "rival-revenue-run-rate", "period": "2026-03", "published": "2026-04-02"})
    series = [{}, {"series": "rival-revenue-run-rate"}, {"series": "third-revenue-run-rate"}]
    pairs = read(*rows, series=series).matched(SERIES, "rival-revenue-run-rate")
    assert [(a.period.text, billions(a), b.period.text, billions(b)) for a, b in pairs] == [
        ("2026-02", 20, "2026-02", 20),
        ("2026-04", 40, "2026-04", 40),
    ]
    with pytest.raises(
        UnknownError, match=f"nothing is known of {SERIES} for a period of third-revenue-run-rate; known by"
    ):
        read(*rows, series=series).matched(SERIES, "third-revenue-run-rate")


def test_the_latest_by_a_period_is_about_a_period_over_by_then(read):
    rows = [{"period": f"2026-0{m}", "published": f"2026-0{m}-28", "value": f"{10 * m}"} for m in (1, 2, 4)]
    reading = read(*rows)
    april = reading.latest(SERIES).period
    assert billions(reading.latest(SERIES, by=april)) == 40
    february = reading.at(SERIES, "2026-02").period
    assert billions(reading.latest(SERIES, by=february)) == 20


def test_the_history_of_a_series_without_an_ended_period_is_empty(may):
    ahead = {"series": "capex", "kind": "flow", "basis": "", "channel": "", "firmness": "guided", "unit": "USD"}
    rows = [{}, {"series": "capex", "period": "FY2026", "published": "2026-05-02", "value": "190"}]
    assert may(*rows, series=[{}, ahead]).history("capex") == ()


# What is not known


def test_an_unknown_series_suggests_names(read):
    with pytest.raises(UnknownError) as caught:
        read({}).latest("lab-revenue-runrate")
    assert str(caught.value) == (
        "no series 'lab-revenue-runrate' in data/series.csv; did you mean lab-revenue-run-rate?"
    )


def test_a_misspelt_period_shows_how_periods_are_written(read):
    with pytest.raises(UnknownError, match="'April 2026' is not a period such as 2026-04, 2026-04-06, FY2025"):
        read({}).at(SERIES, "April 2026")


def test_nothing_known_is_an_error_in_an_edition(may):
    with pytest.raises(UnknownError) as caught:
        may({"tag": "projected"}).latest(SERIES)
    # It says what there is.
    assert str(caught.value) == (
        "nothing is known of lab-revenue-run-rate about a period that had ended by 2026-05-31 and not projected; "
        "known by 2026-05-31: 2026-04 (projected)"
    )
    with pytest.raises(UnknownError, match=r"projected for 2026-04; known by 2026-05-31: 2026-04 \(reported\)"):
        may({}).projection(SERIES, "2026-04")


def test_nothing_known_is_a_plain_mark_before_the_first_edition(read):
    reading = read({}, day=date(2026, 4, 30))
    unknown = reading.latest(SERIES)
    assert (unknown.is_known, str(unknown), str(unknown / 12), str(unknown.when)) == (
        False,
        *["[not known then]"] * 3,
    )
    # A history shows the gap as one point that is not known.
    assert [str(point) for point in reading.history(SERIES)] == ["[not known then]"]
    # A claim that rests on it says so too, and does not break the build.
    with use(reading):
        assert str(claim("x", unknown > 1 * unknown, "More.")) == "[not known then]"


def test_a_gap_after_the_first_edition_is_an_error_in_an_as_of_reading_too(read):
    with pytest.raises(UnknownError, match=r"known by 2026-06-15: 2026-04 \(reported\)"):
        read({}, day=date(2026, 6, 15)).at(SERIES, "2026-05")


def test_an_event_is_not_told_before_it_was_known(may, read):
    assert may({}).event("launch").when == "6 April 2026"
    with pytest.raises(UnknownError, match="event launch was not known on 2026-05-31; it was published on 2026-06-06"):
        may({}, events=[{"published": "2026-06-06"}]).event("launch")
    with pytest.raises(UnknownError, match=r"no event 'launches' in data/events\.csv; did you mean launch"):
        may({}).event("launches")
    with pytest.raises(UnknownError, match="has no date of publication"):
        may({}, events=[{"published": ""}]).event("launch")


def test_what_is_awaited_is_not_known_until_there_is_a_row(may):
    reading = may({"tag": "projected"})
    with use(reading):
        waiting = [reading.awaited(SERIES), reading.awaited(SERIES, "2026-05")]
        assert [figure.is_known for figure in waiting] == [False, False]
        assert str(reading.awaited(SERIES, "2026-04")) == str(reading.at(SERIES, "2026-04"))
        # In an edition no list of named figures has what it still waits for.
        assert named({"waiting": waiting[0], "half": waiting[0] / 2}, Figure) == {}
        assert not may({}, events=[{"published": "2026-06-06"}]).awaited_event("launch").is_known
    assert str(may({}).awaited(SERIES)) == str(may({}).latest(SERIES))
    assert may({}).awaited_event("launch") == may({}).event("launch")
    with pytest.raises(UnknownError, match="did you mean lab-revenue-run-rate"):
        may({}).awaited("lab-revenue-runrate")


def test_a_landmark_is_a_reported_figure_with_its_source(may):
    carrier = may({}).landmark("carrier")
    assert (carrier.value, carrier.unit_words, carrier.tag, carrier.sources[0].id) == (13e9, "USD", "reported", "wire")
    with pytest.raises(UnknownError, match=r"no landmark 'ship' in data/landmarks\.csv; there are carrier"):
        may({}).landmark("ship")


def test_a_landmark_is_not_pictured_before_it_was_known(may, read):
    new, undated = [{"published": "2026-06-06"}], [{"published": ""}]
    with pytest.raises(UnknownError, match="landmark carrier was not known on 2026-05-31; it was published on 2026-06"):
        may({}, landmarks=new).landmark("carrier")
    # Before the first edition it is a gap like any other, without a day or a source of later.
    unknown = read({}, landmarks=new, day=date(2026, 4, 30)).landmark("carrier")
    assert (str(unknown), unknown.unit_words, unknown.known, unknown.sources) == ("[not known then]", "USD", None, ())
    # A book's length has no day.
    assert read({}, landmarks=undated, day=date(2026, 4, 30)).landmark("carrier").is_known


# What does not get lost, and what has expired


def test_other_answers_for_the_same_period_are_listed_as_disputes(read):
    reading = read(
        {"published": "2026-05-02", "value": "30"},
        {"published": "2026-05-01", "tag": "estimated", "value": "44", "source": "analyst"},
        {"published": "2026-05-04", "tag": "estimated", "value": "30", "source": "echo"},
        {"period": "2026-03", "value": "20"},
        sources=[{}, {"source": "analyst"}, {"source": "echo"}],
    )
    # The other value for April; not the echo of the same one, and not March.
    assert [(o.source.id, o.value) for o in reading.latest(SERIES).leaves[0].disputes] == [("analyst", 44e9)]


def test_a_figure_knows_between_which_values_its_series_can_lie(read):
    leaf = read({}, series=[{"minimum": "0", "maximum": ""}]).latest(SERIES).leaves[0]
    assert (leaf.least, leaf.most) == (0, None)


def test_what_was_not_known_yet_is_no_dispute(read):
    rows = [{"value": "30"}, {"published": "2026-05-20", "tag": "estimated", "value": "44"}]
    assert read(*rows, day=date(2026, 5, 19)).latest(SERIES).leaves[0].disputes == ()


def test_a_projection_is_due_once_its_period_is_over(read):
    rows = [{"period": "2026-03"}, {"period": "2026-04", "published": "2026-04-01", "tag": "projected", "value": "31"}]
    editions = [{"as_of": "2026-01-31"}]
    assert read(*rows, day=date(2026, 4, 30), editions=editions).due() == []
    assert [row.period.text for row in read(*rows, day=date(2026, 5, 1), editions=editions).due()] == ["2026-04"]
    # Something better than a projection settles it.
    rows.append({"period": "2026-04", "tag": "estimated", "value": "30"})
    assert read(*rows).due() == []


def test_a_plan_dated_by_the_day_it_was_told_does_not_come_due(read):
    told = {"period": "2026-03", "published": "2026-03-10", "tag": "projected", "value": "31"}
    dates = {"day": date(2026, 5, 1), "editions": [{"as_of": "2026-01-31"}]}
    for firmness, due in (("guided", []), ("", ["2026-03"])):
        series = {"kind": "instant", "basis": "", "firmness": firmness}
        assert [row.period.text for row in read(told, series=[series], **dates).due()] == due


def test_an_observation_older_than_its_series_allows_is_stale(read):
    rows = [{"published": "2026-05-02"}]
    # Six months are over at the beginning of November.
    assert read(*rows, day=date(2026, 10, 31)).stale() == []
    assert [row.series.id for row in read(*rows, day=date(2026, 11, 3)).stale()] == [SERIES]
    # A newer projection does not refresh it, a newer measurement does.
    newer = {"period": "2026-10", "published": "2026-10-20", "recorded": "2026-11-01"}
    assert len(read(*rows, newer | {"tag": "projected"}, day=date(2026, 11, 3)).stale()) == 1
    assert read(*rows, newer, day=date(2026, 11, 3)).stale() == []


def test_a_series_may_be_allowed_any_age(read):
    # So many months reach beyond the calendar.
    assert read({}, series=[{"stale_after_months": "999999"}], day=date(2030, 1, 1)).stale() == []


# Which reading is in force


def test_the_environment_says_which_reading_is_in_force(folder, monkeypatch):
    data = folder(observations=[{}, {"period": "2026-05", "published": "2026-06-10", "value": "50"}])
    monkeypatch.setenv("FRONTIER_DATA", str(data))
    assert (current().name, billions(latest(SERIES))) == ("working", 50)
    monkeypatch.setenv("FRONTIER_EDITION", "2026-05")
    assert (current().name, billions(latest(SERIES))) == ("2026-05", 30)
    monkeypatch.setenv("FRONTIER_AS_OF", "2026-06-01")
    with pytest.raises(UnknownError, match="FRONTIER_EDITION and FRONTIER_AS_OF exclude each other"):
        current()
    monkeypatch.delenv("FRONTIER_EDITION")
    assert (current().name, billions(at(SERIES, "2026-04"))) == ("2026-06-01", 30)
    monkeypatch.setenv("FRONTIER_AS_OF", "1 June")
    with pytest.raises(UnknownError, match="FRONTIER_AS_OF='1 June': a date such as 2026-04-06"):
        current()


def test_a_reading_is_in_force_inside_its_block_only(may):
    inside = may({"value": "31"})
    with use(inside):
        assert billions(latest(SERIES)) == 31
        assert [billions(f) for f in history(SERIES)] == [31]
        with use(may({"value": "32"})):
            assert billions(fc.latest(SERIES)) == 32
        assert current() is inside


def test_a_pinned_row_may_be_withdrawn_and_the_published_edition_keeps_it(may):
    rows = [
        {"period": "2026-03", "published": "2026-04-06", "value": "30"},
        {"period": "2026-04", "published": "2026-05-20", "value": "47"},
        {"period": "2026-03", "published": "2026-04-06", "value": "", "recorded": "2026-07-15"},
    ]
    pins = [{"period": "2026-03", "published": "2026-04-06"}]
    assert billions(may(*rows, id="working", pins=pins).latest(SERIES)) == 47
    assert billions(may(*rows, pins=pins).latest(SERIES)) == 30


def test_a_day_of_reading_may_be_typed_as_text(folder):
    assert as_of("2026-05-31", folder()).as_of == MAY


# What is known of the day of publication


def test_a_month_of_publication_is_told_as_the_month(may):
    figure = may({"published": "2026-05"}).latest(SERIES)
    assert (figure.known, figure.leaves[0].known_words) == (date(2026, 5, 31), "May 2026")
    assert may({"published": "2026-05-31"}).latest(SERIES).leaves[0].known_words == ""


def test_what_was_published_in_a_month_is_known_by_the_day_on_which_it_was_recorded(read):
    row = {"published": "2026-05", "recorded": "2026-05-12"}
    before = [{"as_of": "2026-01-31"}]
    with pytest.raises(UnknownError, match="known by 2026-05-11: nothing"):
        read(row, day=date(2026, 5, 11), editions=before).latest(SERIES)
    figure = read(row, day=date(2026, 5, 12), editions=before).latest(SERIES)
    assert (figure.known, figure.leaves[0].known_words) == (date(2026, 5, 12), "May 2026")


def test_a_correction_of_the_next_month_was_known_no_later_than_what_it_corrects(read):
    rows = [
        {"published": "2026-05", "recorded": "2026-05-12", "value": "30"},
        {"published": "2026-05", "recorded": "2026-06-09", "value": "31"},
    ]
    reading = read(*rows, day=date(2026, 5, 20))
    assert billions(reading.latest(SERIES)) == 31
    assert reading.latest(SERIES).leaves[0].disputes == ()


def test_a_month_of_publication_does_not_move_the_working_edition_to_its_end(may):
    rows = [{"value": "30"}, {"period": "2026-06", "published": "2026-07", "value": "50", "recorded": "2026-11-22"}]
    working = may(*rows, id="working")
    assert (working.as_of, billions(working.latest(SERIES))) == (date(2026, 7, 1), 50)
    # A day within the month is one, and so is the day on which it was recorded while the month went on.
    dated = {"period": "2026-06", "published": "2026-07-09", "value": "49", "source": "paper", "recorded": "2026-07-10"}
    sources = [{}, {"source": "paper"}]
    assert may(*rows, dated, id="working", sources=sources).as_of == date(2026, 7, 9)
    assert may(rows[0], {**rows[1], "recorded": "2026-07-14"}, id="working").as_of == date(2026, 7, 14)


def test_an_edition_published_from_the_working_one_knows_the_same_rows(folder):
    rows = [{"value": "30"}, {"period": "2026-06", "published": "2026-07", "value": "50", "recorded": "2026-11-22"}]
    working = edition("working", folder(observations=rows))
    named = {"edition": "2026-07", "as_of": working.as_of.isoformat(), "closing": "2026-11-22"}
    published = edition("2026-07", folder(observations=rows, editions=[{}, named]))
    assert [row.row for row in published.known(SERIES)] == [row.row for row in working.known(SERIES)] == [2, 3]


def test_a_flow_published_in_a_month_after_its_end_counts_in_the_working_edition(may):
    flow = [{"kind": "flow", "basis": "recognised", "unit": "USD", "spellings": "USD bn"}]
    row = {"period": "2026-06-01..2026-07-15", "published": "2026-07", "recorded": "2026-11-22"}
    working = may(row, id="working", series=flow)
    assert working.as_of == date(2026, 7, 1)
    assert working.latest(SERIES).period.text == "2026-06-01..2026-07-15"


# A range without a point


def test_a_range_without_a_point_has_its_middle_for_a_value_and_says_that_it_is_a_range(may):
    figure = may({"value": "", "low": "30", "high": "50", "qualifier": "about"}).latest(SERIES)
    assert (billions(figure), figure.low, figure.high, figure.qualifier) == (40, 30e9, 50e9, "about")
    assert figure.leaves[0].is_span
    # A value with a range around it is a point.
    assert not may({"value": "40", "low": "30", "high": "50"}).latest(SERIES).leaves[0].is_span


def test_a_range_and_the_point_in_its_middle_are_two_answers(may):
    point = {"published": "2026-05-01", "value": "40", "source": "paper"}
    span = {"value": "", "low": "30", "high": "50"}
    leaf = may(span, point, sources=[{}, {"source": "paper"}]).latest(SERIES).leaves[0]
    assert [(row.value, row.is_span) for row in leaf.disputes] == [(40e9, False)]


def test_a_row_without_value_and_without_range_withdraws(may):
    rows = [{"period": "2026-03", "value": "20"}, {"value": "30", "recorded": "2026-06-01"}]
    rows.append({"value": "", "recorded": "2026-06-02"})
    assert billions(may(*rows).latest(SERIES)) == 20
    rows.append({"value": "", "low": "30", "high": "50", "recorded": "2026-06-03"})
    assert billions(may(*rows).latest(SERIES)) == 40


@pytest.mark.parametrize(
    ("given", "missing"), [({"low": "30"}, "high"), ({"high": "50"}, "low")], ids=["low alone", "high alone"]
)
def test_half_a_range_is_named_with_the_half_that_is_missing(read, given, missing):
    with pytest.raises(DataError) as caught:
        read({"value": "", **given})
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [(2, missing)]
    assert "a row without a value gives both ends" in str(caught.value)


def test_a_range_lies_the_right_way_round_and_within_the_bounds(read):
    with pytest.raises(DataError, match="column low: found '50', expected the lower end of a range"):
        read({"value": "", "low": "50", "high": "30"})


# Restatements

NEW = "lab-revenue-restated"
RESTATED = [{"succeeded_by": NEW, "succeeded_from": "2026-05-10"}, {"series": NEW, "title": "Lab revenue, restated"}]
OLD_AND_NEW = [
    {"period": "2026-02", "published": "2026-03-02", "value": "10"},
    {"period": "2026-03", "published": "2026-04-02", "value": "20"},
    {"period": "2026-04", "published": "2026-05-02", "value": "30"},
    {"series": NEW, "period": "2026-03", "published": "2026-05-10", "value": "18"},
    {"series": NEW, "period": "2026-04", "published": "2026-05-10", "value": "27"},
]


def test_a_restated_series_is_answered_by_its_successor_from_the_day_on_which_it_begins(read):
    before, after = (read(*OLD_AND_NEW, series=RESTATED, day=date(2026, 5, day)) for day in (9, 10))
    assert billions(before.latest(SERIES)) == 30
    figure = after.latest(SERIES)
    assert (billions(figure), figure.title or figure.leaves[0].title) == (27, "Lab revenue, restated")
    assert figure.key == after.latest(NEW).key
    # It says so, and what was said before is not lost.
    assert figure.leaves[0].note == "Restated: answers for Lab revenue run rate from 10 May 2026 on."
    assert [row.value for row in figure.leaves[0].disputes] == [30e9]
    assert after.latest(NEW).leaves[0].note == ""


def test_a_period_that_was_restated_is_told_as_restated_and_one_that_was_not_as_before(read):
    reading = read(*OLD_AND_NEW, series=RESTATED)
    assert [billions(reading.at(SERIES, f"2026-0{month}")) for month in (2, 3, 4)] == [10, 18, 27]
    assert [billions(figure) for figure in reading.history(SERIES)] == [10, 18, 27]
    assert [figure.period.text for figure in reading.history(SERIES)] == ["2026-02", "2026-03", "2026-04"]
    assert billions(reading.latest(SERIES, by=reading.at(SERIES, "2026-02").period)) == 10


def test_a_series_whose_successor_has_no_answer_yet_answers_itself(read):
    rows = [*OLD_AND_NEW[:3], {"series": NEW, "period": "2026-05", "tag": "projected", "value": "35"}]
    reading = read(*rows, series=RESTATED)
    assert [billions(figure) for figure in reading.history(SERIES)] == [10, 20, 30]
    assert billions(reading.at(SERIES, "2026-05")) == billions(reading.projection(SERIES, "2026-05")) == 35


def test_what_was_measured_is_not_given_up_for_what_the_successor_projects(read):
    rows = [*OLD_AND_NEW[:3], {"series": NEW, "period": "2026-04", "tag": "projected", "value": "35"}]
    assert billions(read(*rows, series=RESTATED).at(SERIES, "2026-04")) == 30


def test_a_series_may_be_restated_twice(read):
    last = "lab-revenue-restated-again"
    chain = [RESTATED[0], {**RESTATED[1], "succeeded_by": last, "succeeded_from": "2026-05-20"}]
    chain.append({"series": last, "title": "Lab revenue, restated again"})
    rows = [*OLD_AND_NEW, {"series": last, "period": "2026-04", "published": "2026-05-20", "value": "26"}]
    assert billions(read(*rows, series=chain, day=date(2026, 5, 19)).latest(SERIES)) == 27
    reading = read(*rows, series=chain)
    assert billions(reading.latest(SERIES)) == billions(reading.latest(NEW)) == 26
    assert [billions(figure) for figure in reading.history(SERIES)] == [10, 18, 26]
    assert [row.value for row in reading.latest(SERIES).leaves[0].disputes] == [27e9, 30e9]


def test_a_restatement_settles_what_was_due_and_refreshes_what_was_stale(read):
    first = [{"as_of": "2026-01-31"}]
    due = {"period": "2026-04", "published": "2026-04-01", "tag": "projected", "value": "31"}
    rows = [{"period": "2026-03", "published": "2026-04-02", "value": "20"}, due]
    new = {"series": NEW, "published": "2026-05-10", "value": "27"}
    assert len(read(*rows, new, editions=first, series=[{}, RESTATED[1]]).due()) == 1
    assert read(*rows, new, editions=first, series=RESTATED).due() == []
    later = date(2026, 10, 20)
    assert [row.series.id for row in read(*rows, new, day=later, series=[{}, RESTATED[1]]).stale()] == [SERIES]
    assert read(*rows, new, day=later, series=RESTATED).stale() == []


def test_a_pin_gives_way_in_the_working_edition_when_a_restatement_is_published(may):
    rows = [{"period": "2026-03", "published": "2026-04-06", "value": "30"}, {"value": "47"}]
    pin = {"period": "2026-03", "published": "2026-04-06"}
    restated = [{"succeeded_by": NEW, "succeeded_from": "2026-06-10"}, RESTATED[1]]
    new = {"series": NEW, "published": "2026-06-10", "value": "44"}
    assert billions(may(*rows, new, pins=[pin], series=restated).latest(SERIES)) == 30
    assert billions(may(*rows, new, pins=[pin], series=restated, id="working").latest(SERIES)) == 44


@pytest.mark.parametrize(
    ("series", "column", "expected"),
    [
        ({"succeeded_by": "lab-revenue-restate", "succeeded_from": "2026-05-10"}, "succeeded_by", f"mean {NEW}"),
        ({"succeeded_by": SERIES, "succeeded_from": "2026-05-10"}, "succeeded_by", "does not lead back to this one"),
        ({"succeeded_by": "heads", "succeeded_from": "2026-05-10"}, "succeeded_by", "the same unit, USD per year"),
        ({"succeeded_by": NEW}, "succeeded_from", f"the day from which {NEW} answers"),
        ({"succeeded_from": "2026-05-10"}, "succeeded_by", "the series that succeeds this one from that day on"),
    ],
)
def test_a_series_names_a_successor_that_can_answer_for_it(read, series, column, expected):
    heads = {"series": "heads", "unit": "employee", "spellings": "employees", "basis": "", "channel": ""}
    with pytest.raises(DataError) as caught:
        read({}, series=[series, RESTATED[1], heads])
    assert [(problem.file, problem.row, problem.column) for problem in caught.value.problems] == [
        ("series.csv", 2, column)
    ]
    assert expected in str(caught.value)


# What must move together, and what may be missing

PAID, OPEN = "lab-paid", "lab-still-promised"
PROMISE = [{"series": PAID}, {"series": OPEN}]


def test_series_that_move_together_are_read_for_the_latest_period_that_all_have(read):
    rows = [
        {"series": PAID, "period": "2026-03", "published": "2026-04-20", "value": "13"},
        {"series": OPEN, "period": "2026-03", "published": "2026-04-20", "value": "20"},
        {"series": PAID, "period": "2026-04", "value": "18"},
    ]
    reading = read(*rows, series=PROMISE)
    # One side has moved: read one by one they add up to more than was promised.
    assert billions(reading.latest(PAID)) + billions(reading.latest(OPEN)) == 38
    assert [billions(figure) for figure in reading.together(PAID, OPEN)] == [13, 20]
    assert [billions(figure) for figure in reading.together(OPEN, PAID)] == [20, 13]
    rows.append({"series": OPEN, "period": "2026-04", "value": "15"})
    assert [billions(figure) for figure in read(*rows, series=PROMISE).together(PAID, OPEN)] == [18, 15]


def test_series_that_share_no_period_are_named_with_what_each_has(read):
    rows = [{"series": PAID, "period": "2026-03"}, {"series": PAID}, {"series": OPEN, "period": "2026-02"}]
    series = [*PROMISE, {"series": "lab-ceiling"}]
    with pytest.raises(UnknownError) as caught:
        read(*rows, series=series).together(PAID, OPEN, "lab-ceiling")
    assert str(caught.value) == (
        "nothing is known of lab-paid, lab-still-promised, lab-ceiling for one period by 2026-05-31: "
        "lab-paid has 2026-03, 2026-04; lab-still-promised has 2026-02; lab-ceiling has nothing"
    )
    early = read(*rows, series=series, day=date(2026, 5, 3)).together(PAID, OPEN)
    assert [str(figure) for figure in early] == ["[not known then]"] * 2


def test_a_pin_on_the_latest_holds_what_is_read_together(may):
    rows = [{**row, "series": id} for row in PINNED for id in (SERIES, OPEN)]
    pins = [PIN]
    figures = may(*rows, series=[{}, {"series": OPEN}], pins=pins).together(SERIES, OPEN)
    assert [figure.period.text for figure in figures] == ["2026-03", "2026-03"]


def test_an_absent_sibling_is_none_and_a_misspelt_one_is_named(read):
    reading = read({})
    assert billions(reading.find_at(SERIES, "2026-04")) == 30
    assert reading.find_at(SERIES, "2026-03") is None
    with pytest.raises(UnknownError, match="did you mean"):
        reading.find_at("lab-revenue-runrate", "2026-03")
    with pytest.raises(UnknownError, match="is not a period such as"):
        reading.find_at(SERIES, "March")
    # Before the first edition as well.
    assert read({}, day=date(2026, 4, 30)).find_at(SERIES, "2026-04") is None


def test_two_texts_for_one_stretch_of_time_are_one_period(read):
    rows = [
        {"period": "9M-2025", "published": "2025-11-02", "value": "30"},
        {"period": "2025-01..2025-09", "published": "2025-11-09", "value": "31"},
    ]
    reading = read(*rows)
    assert [billions(figure) for figure in reading.history(SERIES)] == [31]
    assert billions(reading.at(SERIES, "9M-2025")) == 31
    assert len(reading.latest(SERIES).leaves[0].disputes) == 1


def test_a_fiscal_quarter_is_asked_for_as_its_company_counts(read):
    flow = {"kind": "flow", "fiscal_year_end": "6", "basis": "recognised", "unit": "USD", "spellings": "USD bn"}
    row = {"period": "FQ3-2026", "published": "2026-04-30", "value": "80"}
    figure = read(row, series=[flow]).latest(SERIES)
    assert (figure.period.stretch, figure.period.dated) == (
        (date(2026, 1, 1), date(2026, 3, 31)),
        "in the third quarter of financial year 2026",
    )
    assert read(row, series=[flow]).at(SERIES, "Q1-2026").key == figure.key


# Editions as they were kept


def test_a_published_edition_is_read_from_the_data_that_were_kept_with_it(folder, tmp_path):
    kept = folder(observations=[{"value": "30"}])
    book = tmp_path / "book"
    shutil.copytree(kept, book / "editions" / "2026-05" / "data")
    # A row of the day of closing, and one edited in place.
    rows = [{"value": "29"}, {"period": "2026-05", "published": "2026-05-20", "value": "50", "recorded": "2026-06-30"}]
    shutil.copytree(folder(observations=rows), book / "data")
    assert billions(edition("2026-05", book / "data").latest(SERIES)) == 30
    assert billions(edition("working", book / "data").latest(SERIES)) == 50
    shutil.rmtree(book / "editions")
    assert billions(edition("2026-05", book / "data").latest(SERIES)) == 50


def test_no_name_of_an_edition_leads_out_of_the_editions(folder, tmp_path):
    data = folder()
    shutil.copytree(data, tmp_path / "editions" / "data")
    for name in ("", "..", "2026-05/..", "2026-06"):
        with pytest.raises(UnknownError, match="no edition"):
            edition(name, data)


def test_a_data_folder_that_is_a_file_or_missing_is_named(folder, monkeypatch):
    data = folder()
    file = data / "observations.csv"
    monkeypatch.setenv("FRONTIER_DATA", str(file))
    with pytest.raises(FolderError, match=r"FRONTIER_DATA=.* names a file: name the folder that holds it"):
        current()
    monkeypatch.setenv("FRONTIER_DATA", str(data / "nowhere"))
    with pytest.raises(FolderError, match=r"names no folder: name the one that holds datapackage\.json"):
        current()
    monkeypatch.delenv("FRONTIER_DATA")
    with pytest.raises(FolderError, match="names a file"):
        as_of(MAY, file)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_a_day_before_there_was_anything_to_read_is_refused(folder, monkeypatch, day):
    monkeypatch.setenv("FRONTIER_DATA", str(folder()))
    monkeypatch.setenv("FRONTIER_AS_OF", day)
    with pytest.raises(UnknownError) as caught:
        current()
    assert str(caught.value) == f"FRONTIER_AS_OF='{day}': a day from 1900-01-01 on is needed"
    with pytest.raises(UnknownError, match=f"as of {day}: a day from 1900-01-01 on is needed"):
        as_of(day, folder())
    with pytest.raises(UnknownError, match="as of 'May': a date such as 2026-04-06"):
        as_of("May", folder())


def test_the_first_day_that_can_be_read_can_be_read(folder):
    assert str(as_of("1900-01-01", folder()).latest(SERIES)) == "[not known then]"
