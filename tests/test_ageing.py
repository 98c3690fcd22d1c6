"""The book ages: a new row moves what leans on it and nothing else, and no number stands still when the data moves."""

import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from frontier_calc.press import weave
from frontier_calc.record import reading, store
from frontier_calc.record.reading import Reading

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]

# What an observation's value does not move although the figure leans on the observation, and why.
NOT_MOVED_BY_VALUES: dict[str, str] = {}

# Words that may stay the same although the value moves, and why.
SAME_WORDS: dict[str, str] = {
    "ledger-7/promise-over-round.orders": "an order of magnitude swallows a factor of three",
}

# Wordings that tell a date, a name or a tag and no value.
WORDINGS_OF_NO_VALUE = ("when", "known_on", "who", "what", "words", "day", "tag")


@pytest.fixture()
def copied(spring: Path, tmp_path: Path) -> Path:
    """A copy of the data as they stood at the end of May, that a test may change."""
    return Path(shutil.copytree(spring, tmp_path / "data"))


def append(folder: Path, row: str) -> None:
    """Append a row to the observations, as an author would."""
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")


def texts(on: Reading) -> dict[str, str]:
    """The text of every page."""
    return {woven.page.name: woven.text for woven in weave.weave_all(on, ROOT)}


JUNE = (
    "openai-revenue-run-rate,2026-06,2026-06-30,26,,,USD bn,exactly,reported,high,cnbc-openai-round-2026-03-31,"
    "2026-11-24,a row appended by a test"
)


def test_one_appended_row_ages_the_working_edition_and_leaves_the_published_one_alone(spring, copied) -> None:
    published, working = texts(reading.edition("2026-05", spring)), texts(reading.edition("working", spring))
    append(copied, JUNE)
    assert texts(reading.edition("2026-05", copied)) == published
    aged = texts(reading.edition("working", copied))
    moved = {name for name in aged if aged[name] != working[name]}
    assert {"ledger-2", "ledger-4"} <= moved
    assert "$26 billion" in aged["ledger-4"] and "June 2026" in aged["ledger-4"]


def test_what_was_published_since_leaves_the_published_edition_as_it_was(spring) -> None:
    assert texts(reading.edition("2026-05")) == texts(reading.edition("2026-05", spring))


def test_a_row_recorded_after_the_closing_date_never_enters_a_published_edition(spring, copied) -> None:
    before = texts(reading.edition("2026-05", spring))
    append(
        copied,
        "openai-revenue-run-rate,2026-04,2026-05-02,27,,,USD bn,exactly,reported,high,"
        "cnbc-openai-round-2026-03-31,2026-11-28,entered late",
    )
    assert texts(reading.edition("2026-05", copied)) == before


def scrambled(on: Reading, seed: int) -> Reading:
    """The same reading over other values: each observation by a factor of its own, shares kept between 0 and 1."""
    rng = random.Random(seed)
    other = object.__new__(store.Store)
    other.__dict__.update(on.store.__dict__)
    other.observations, other.by_series = [], {}
    for row in on.store.observations:
        factor = rng.uniform(1.6, 3)
        share = row.series.style == "percent" and row.value is not None and 0 < row.value <= 1
        by = 1 / factor if share else factor
        moved = row._replace(
            value=row.value and row.value * by,
            low=row.low and row.low * by,
            high=row.high and row.high * by,
        )
        other.observations.append(moved)
        other.by_series.setdefault(moved.series.id, []).append(moved)
    return Reading(other, on.as_of, on.closing, on.edition, on.working, on.today)


def leans_on_observations(figure) -> bool:
    """True if some observation is underneath, and not only its date."""
    return any(leaf.name in leaf.identity and "|" in leaf.identity for leaf in figure.leaves)


@pytest.fixture(scope="module")
def worlds():
    """The book as it is, and in two scrambled worlds: words of three digits may agree by chance in one of them."""
    on = reading.edition("2026-05")
    with weave.collecting_claims():
        return [weave.weave_all(r, ROOT) for r in (on, scrambled(on, 2026), scrambled(on, 2027))]


def test_every_figure_moves_when_every_observation_moves(worlds) -> None:
    stuck = []
    for page, *others in zip(*worlds, strict=True):
        assert all(list(page.figures) == list(other.figures) for other in others)
        for address, figure in page.addresses.items():
            if leans_on_observations(figure) and address not in NOT_MOVED_BY_VALUES:
                moved = [other.addresses[address] for other in others]
                same = any(m.value == figure.value for m in moved) or all(str(m) == str(figure) for m in moved)
                if same and address not in SAME_WORDS:
                    stuck.append(f"{address}: {figure} before, {moved[0]} and {moved[1]} after")
    assert not stuck, "these figures do not follow the data, or need a reason on the lists above:\n" + "\n".join(stuck)


def test_every_value_in_the_prose_moves_when_every_observation_moves(worlds) -> None:
    stuck = []
    for page, *others in zip(*worlds, strict=True):
        assert all([e for e, _ in page.values] == [e for e, _ in other.values] for other in others)
        for number, (expression, before) in enumerate(page.values):
            name, _, wording = expression.partition(".")
            figure, address = page.figures.get(name), f"{page.page.name}/{name.replace('_', '-')}"
            if figure is None or wording in WORDINGS_OF_NO_VALUE or not leans_on_observations(figure):
                continue
            same = all(other.values[number][1] == before for other in others)
            if same and address not in NOT_MOVED_BY_VALUES and f"{address}.{wording}" not in SAME_WORDS:
                stuck.append(f"{page.page.relative}: {expression} says {before!r} whatever the data says")
    assert not stuck, "\n".join(stuck)


def test_the_exceptions_are_all_needed(worlds) -> None:
    addresses = {address for page in worlds[0] for address in page.addresses}
    gone = [a for a in (*NOT_MOVED_BY_VALUES, *SAME_WORDS) if a.partition(".")[0] not in addresses]
    assert not gone, f"no such figure any more; take it off the list: {gone}"


def test_before_the_first_edition_what_was_not_known_is_marked_as_such() -> None:
    early = texts(reading.as_of(date(2025, 1, 31)))
    assert "[not known then]" in early["ledger-2"]


def test_a_value_changed_by_a_tenth_fails_the_golden_text_and_names_the_place_the_old_and_the_new(copied) -> None:
    path = copied / "observations.csv"
    text = path.read_text(encoding="utf-8")
    row = "nvidia-openai-investment,2026-02,2026-02-27,30,"
    assert row in text
    path.write_text(text.replace(row, row.replace(",30,", ",33,")), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "tests/reference/2026-05/ledger-6.txt", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "FRONTIER_DATA": str(copied)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    for part in (
        "ledgers/6-the-money-goes-in-a-circle.md [2026-05] does not say what was accepted",
        "› The headline and the cheque",
        "it was for [-$30-]{+$33+} billion",
        "frontier accept",
    ):
        assert part in done.stdout, done.stdout
