"""Five months of publications, entered as an author would: what moves is told, and what no longer fits is named."""

from datetime import date
from pathlib import Path

import pytest

from frontier_calc.press import diff, kept, memory, snapshot, weave
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
MONTHS = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(23)]  # January 2025 to November 2026


@pytest.fixture(scope="module")
def before(spring: Path) -> Reading:
    """The working edition at the end of May."""
    return reading.edition("working", spring)


@pytest.fixture(scope="module")
def now(real: Path) -> Reading:
    """The working edition five months later: the book's own."""
    return reading.edition("working", real)


@pytest.fixture(scope="module")
def entered(before: Reading, now: Reading) -> list[Observation]:
    """The rows that the later months add, corrections included."""
    there = {(kept.identity(row), row.recorded) for row in before.store.observations}
    return [row for row in now.store.observations if (kept.identity(row), row.recorded) not in there]


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


def shown(pages: list[Woven]) -> set[str]:
    """What identifies the observations under any figure that a page shows."""
    figures = [figure for page in pages for figure in page.shown.values()]
    return {leaf.identity for figure in figures for leaf in figure.leaves if leaf.identity.count("|") == 3}


def test_every_page_can_be_read_and_every_claim_has_words(pages_now: list[Woven]) -> None:
    assert len(pages_now) == len(weave.pages.all_pages(ROOT))
    silent = [claim.id for page in pages_now for claim in page.claims.values() if claim.branch is None]
    assert not silent


def test_the_book_is_read_on_the_day_of_the_newest_publication_or_edition(
    now: Reading, entered: list[Observation]
) -> None:
    assert len(entered) > 130
    newest = max(row.published.day for row in entered if not row.published.is_month)
    assert now.as_of == max(newest, now.store.newest.as_of)


def test_every_new_row_is_on_a_page_or_is_said(
    now: Reading, entered: list[Observation], pages_now: list[Woven], taken: list[Snapshot]
) -> None:
    notes = memory.unused(now, taken[0].facts)
    rows = {int(note.split("row ")[1].split(":")[0]) for note in notes if note.startswith("data/observations.csv")}
    series = {note.split(": ")[1] for note in notes if note.startswith("data/series.csv: ")}
    used = kept.used(pages_now)
    told = {identity.partition("|")[0] for identity in used}
    assert not series & told
    standing = [row for row in entered if row in now.known(row.series.id)]
    assert len(standing) > 0.9 * len(entered)
    for row in standing:
        has_reason = bool(row.series.kept_for) and row.series.id not in told
        is_said = row.row in rows or row.series.id in series
        assert [is_said, has_reason, kept.identity(row) in used].count(True) == 1, row


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


def test_a_claim_that_turned_is_told_with_its_cause(moved: list[diff.Change], taken: list[Snapshot]) -> None:
    told = [(change, line.partition(":")[0]) for change in moved for line in change.turned]
    assert len(told) > 5
    for change, claim in told:
        rows = set().union(*(moment.claims[f"{change.page}/{claim}"].rows for moment in taken))
        causes = {cause.identity for cause in change.causes if "|" in cause.identity or "event:" in cause.identity}
        assert causes and causes & rows, (claim, change)


def test_every_sentence_with_a_figure_of_another_kind_is_to_be_read_again(
    before: Reading, now: Reading, pages_before: list[Woven], pages_now: list[Woven]
) -> None:
    """By another way: what the sentences of both moments remember, set side by side."""
    remembered = memory.kinds(pages_before, before)
    found = memory.doubted(pages_now, now, remembered)
    named = {change.place for each in found for change in each.changes}
    was, is_now = memory.by_place(remembered), memory.by_place(memory.kinds(pages_now, now))
    other = {place for place in was.keys() & is_now.keys() if is_now[place] - was[place]}
    assert len(named) > 10
    assert named <= other
    # What is left out is what the claim of the sentence asks about itself: no sentence is false for it.
    asked = {(page.page.name, f"{claim.id}.{name}") for page in pages_now for claim in page.claims.values()
             for name in claim.consulted}  # fmt: skip
    assert {(place.page, place.figure) for place in other - named} <= asked


def test_a_restated_series_answers_for_the_older_one(now: Reading) -> None:
    figure = now.at("microsoft-capex-calendar-guided", "2026")
    assert figure.value == 175e9
    assert now.as_of > date(2026, 7, 29)


def test_what_is_paid_of_a_promise_and_what_is_open_make_the_promise(now: Reading) -> None:
    paid, still_open = now.together("amazon-anthropic-invested", "amazon-anthropic-investment-conditional")
    total = now.latest("amazon-anthropic-investment-total-up-to")
    assert paid.value + still_open.value == total.value


@pytest.mark.parametrize("day", MONTHS, ids=str)
def test_on_any_day_every_page_can_be_read_and_knows_nothing_too_early(day: date) -> None:
    on = reading.as_of(day)
    for page in weave.weave_all(on, ROOT):
        for figure in page.shown.values():
            early = [leaf.identity for leaf in figure.leaves if leaf.known is not None and leaf.known > day]
            assert not early, f"{page.page.relative} on {day}: {early}"
