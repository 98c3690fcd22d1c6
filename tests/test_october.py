"""Five months of publications, entered as an author would: what moves is told, and what no longer fits is named."""

import csv
from datetime import date
from pathlib import Path

import making
import pytest

from frontier_calc.press import accept, diff, kept, memory, snapshot, weave
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
LATER = ("refresh", "refresh-october")
NAMED = Path(__file__).parent / "refresh-october" / "named.txt"
MONTHS = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(23)]  # January 2025 to November 2026


@pytest.fixture(scope="module")
def before() -> Reading:
    """The book's own working edition."""
    return reading.edition("working", making.REAL)


@pytest.fixture(scope="module")
def now(aged: Path) -> Reading:
    """The working edition five months later."""
    return reading.edition("working", aged)


@pytest.fixture(scope="module")
def pages_before(before: Reading) -> list[Woven]:
    return weave.weave_all(before, ROOT)


@pytest.fixture(scope="module")
def pages_now(now: Reading) -> list[Woven]:
    """Every page; a claim without words for what has become true raises."""
    return weave.weave_all(now, ROOT)


@pytest.fixture(scope="module")
def taken(before: Reading, now: Reading, pages_before: list[Woven], pages_now: list[Woven]) -> list[Snapshot]:
    """The book before and now."""
    return [snapshot.of_woven(pages_before, before), snapshot.of_woven(pages_now, now)]


@pytest.fixture(scope="module")
def moved(taken: list[Snapshot]) -> list[diff.Change]:
    """What says something else."""
    return diff.compare(*taken)


def entered(name: str) -> list[dict[str, str]]:
    """The rows of one file that the later months add."""
    found: list[dict[str, str]] = []
    for folder in LATER:
        with (Path(__file__).parent / folder / name).open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def shown(pages: list[Woven]) -> set[str]:
    """What identifies the observations under any figure that a page shows."""
    figures = [figure for page in pages for figure in page.shown.values()]
    return {leaf.identity for figure in figures for leaf in figure.leaves if leaf.identity.count("|") == 3}


def test_every_page_can_be_read_and_every_claim_has_words(pages_now: list[Woven]) -> None:
    assert len(pages_now) == len(weave.pages.all_pages(ROOT))
    silent = [claim.id for page in pages_now for claim in page.claims.values() if claim.branch is None]
    assert not silent


def test_the_book_is_read_on_the_day_of_the_newest_publication(now: Reading) -> None:
    assert now.as_of == max(
        date.fromisoformat(row["published"]) for row in entered("observations.csv") if row["published"][7:]
    )


def test_every_new_series_that_no_page_uses_is_said(now: Reading, pages_now: list[Woven]) -> None:
    notes = memory.unused(now, accept.accepted(ROOT).facts)
    used = {identity.partition("|")[0] for identity in kept.used(pages_now)}
    new = {row["series"] for row in entered("series.csv")} - {
        row.series.id for row in reading.edition("working").store.observations
    }
    said = {note.split(": ")[1] for note in notes if note.startswith("data/series.csv: ")}
    assert new - used, "the later months bring series that the pages do not know yet"
    assert new - used <= said
    assert not said & used


def test_every_new_row_is_on_a_page_or_is_said(now: Reading, pages_now: list[Woven]) -> None:
    notes = memory.unused(now, accept.accepted(ROOT).facts)
    rows = {int(note.split("row ")[1].split(":")[0]) for note in notes if note.startswith("data/observations.csv")}
    series = {note.split(": ")[1] for note in notes if note.startswith("data/series.csv: ")}
    used = kept.used(pages_now)
    old = len(reading.edition("working").store.observations) + 1
    for row in now.store.observations:
        if row.row > old:
            is_said = row.row in rows or row.series.id in series
            assert is_said != (kept.identity(row) in used), row


def test_each_row_that_came_under_a_figure_is_a_cause(
    moved: list[diff.Change], pages_before: list[Woven], pages_now: list[Woven]
) -> None:
    came = shown(pages_now) - shown(pages_before)
    causes = {cause.identity for change in moved for cause in change.causes}
    told = {identity for identity in came if identity in causes}
    assert len(came) > 30
    assert came == told, sorted(came - told)


def test_each_sentence_has_its_cause_among_the_rows_under_it(moved: list[diff.Change], taken: list[Snapshot]) -> None:
    """By another way than the diff's: the rows under the figures of a sentence and under its claims, before and now."""
    for change in moved:
        if change.kind == "sentence" and not change.listed:
            rows = under(taken, change.page, {change.old, change.new})
            causes = {cause.identity for cause in change.causes if "|" in cause.identity}
            assert causes <= rows, f"{change.page}: {change.new or change.old}: {sorted(causes - rows)}"
            assert all(cause.kind not in ("prose", "code") for cause in change.causes), change


def under(taken: list[Snapshot], page: str, texts: set[str]) -> set[str]:
    """The rows under one sentence, and under the claims that say it, at each of several moments."""
    passages = [each for moment in taken for each in moment.pages[page].passages if each.text in texts]
    found = {identity for passage in passages for identity in passage.rows or ()}
    for claim in {claim for passage in passages for claim in passage.claims}:
        for moment in taken:
            found |= moment.claims[f"{page}/{claim}"].rows
    return found


def test_a_claim_that_turned_is_told_with_its_cause(moved: list[diff.Change]) -> None:
    by_claim = {turned.partition(":")[0]: change for change in moved for turned in change.turned}
    for claim, series in (
        ("google-by-press", "google-anthropic-cloud-commitment"),  # asks whose word a figure is
        ("what-the-year-was", "anthropic-revenue-recognised"),  # asks for its tag
    ):
        causes = [cause.identity.partition("|")[0] for cause in by_claim[claim].causes]
        assert causes == [series], (claim, by_claim[claim])


def test_the_sentences_to_read_again_are_these(before: Reading, now: Reading, pages_before, pages_now) -> None:
    remembered = memory.kinds(pages_before, before)
    found = memory.doubted(pages_now, now, remembered)
    named = sorted({f"{change.place.page}\t{change.place.figure}" for each in found for change in each.changes})
    expected = NAMED.read_text(encoding="utf-8").splitlines()
    gone = [line for line in expected if line not in named]
    new = [line for line in named if line not in expected]
    told = f"no longer named: {gone}\nnamed as well: {new}\nIf that is right, write it to {NAMED.relative_to(ROOT)}"
    assert named == expected, told


def test_a_restated_series_answers_for_the_older_one(now: Reading) -> None:
    figure = now.at("microsoft-capex-calendar-guided", "2026")
    assert figure.value == 175e9
    assert now.as_of > date(2026, 7, 29)


def test_what_is_paid_of_a_promise_and_what_is_open_make_the_promise(now: Reading) -> None:
    paid, still_open = now.together("amazon-anthropic-invested", "amazon-anthropic-investment-conditional")
    total = now.latest("amazon-anthropic-investment-total-up-to")
    assert paid.value + still_open.value == total.value


@pytest.mark.parametrize("day", MONTHS, ids=str)
def test_on_any_day_every_page_can_be_read_and_knows_nothing_too_early(aged: Path, day: date) -> None:
    on = reading.as_of(day, aged)
    for page in weave.weave_all(on, ROOT):
        for figure in page.shown.values():
            early = [leaf.identity for leaf in figure.leaves if leaf.known is not None and leaf.known > day]
            assert not early, f"{page.page.relative} on {day}: {early}"
