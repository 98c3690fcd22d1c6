"""Reads of several series at once, on one date, and a share that is carried to other dates."""

from datetime import date

import pytest
from making import observed, write_folder

import frontier_calc as fc

LABS = [{"series": "lab-pace"}, {"series": "rival-pace"}]
OBSERVATIONS = [
    {"series": "lab-pace", "period": "2026-02", "published": "2026-03-02", "value": "20"},
    {"series": "lab-pace", "period": "2026-04", "published": "2026-05-02", "value": "30"},
    {"series": "rival-pace", "period": "2026-02", "published": "2026-03-02", "value": "24"},
    {"series": "rival-pace", "period": "2026-03", "published": "2026-04-02", "value": "25"},
]
SOURCES = [{"published": ""}]


@pytest.fixture
def labs(tmp_path):
    folder = write_folder(tmp_path / "data", series=LABS, observations=OBSERVATIONS, sources=SOURCES)
    with fc.use(fc.as_of(date(2026, 5, 31), folder)) as reading:
        yield reading


def test_several_series_are_read_in_the_order_asked(labs):
    rival, lab = fc.latest("rival-pace", "lab-pace")
    assert (rival.value, lab.value) == (25e9, 30e9)
    assert fc.latest("lab-pace").value == 30e9
    february = fc.at("lab-pace", "2026-02").period
    assert [figure.value for figure in fc.latest("rival-pace", "lab-pace", by=february)] == [24e9, 20e9]


def test_together_answers_for_the_latest_period_that_all_have(labs):
    lab, rival = fc.together("lab-pace", "rival-pace")
    assert (lab.value, rival.value) == (20e9, 24e9) and lab.period == rival.period


def test_together_names_what_is_known_where_no_period_is_shared(tmp_path):
    folder = write_folder(tmp_path / "data", series=LABS, observations=OBSERVATIONS[1:3], sources=SOURCES)
    message = "lab-pace, rival-pace for one period by 2026-05-31: lab-pace has 2026-04; rival-pace has 2026-02"
    with fc.use(fc.as_of(date(2026, 5, 31), folder)), pytest.raises(fc.UnknownError, match=message):
        fc.together("lab-pace", "rival-pace")


def test_before_the_first_edition_what_is_not_known_together_is_marked(labs):
    with fc.use(fc.as_of(date(2026, 1, 1), labs.store.folder)):
        assert [str(figure) for figure in fc.together("lab-pace", "rival-pace")] == ["[not known then]"] * 2


def test_a_figure_stands_for_its_period(labs):
    rival = fc.at("rival-pace", "2026-02")
    assert fc.at("lab-pace", rival).value == fc.at("lab-pace", rival.period).value == 20e9
    with pytest.raises(fc.UnknownError, match=r"about 2026;"):
        fc.at("lab-pace", 2026)
    with pytest.raises(fc.UnknownError, match="is about no period"):
        fc.at("lab-pace", fc.constant("months in a year", 12))


def test_a_share_is_itself_for_its_own_period_and_an_assumption_for_any_other():
    share = observed("share", 0.27, period="2026-04", qualifier="over", low=0.25, high=0.3, source="The memo")
    assert fc.carried(share, to=observed("pace", 30e9, period="2026-04")) is share
    carried = fc.carried(share.named("the memo’s share"), to=observed("pace", 14e9, period="2026-02"))
    assert (carried.label, carried.tag, carried.qualifier) == (
        "the memo’s share, at other dates",
        "illustrative",
        "over",
    )
    assert (carried.value, carried.low, carried.high, carried.sources) == (0.27, 0.25, 0.3, ("The memo",))
    # It is about no period, so that what is made of it keeps the date of the other part.
    assert (observed("pace", 14e9, period="2026-02") * carried).period.text == "2026-02"


def test_a_share_without_a_name_asks_for_one():
    share = observed("a", 1.0) / observed("b", 4.0)
    with pytest.raises(TypeError, match=r"give it one, as in share\.named"):
        fc.carried(share, to=observed("pace", 14e9, period="2026-02"))
