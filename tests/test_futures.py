"""The story may go on in many ways: in each of them every page can be read, and every comparison has words."""

import re
from pathlib import Path

import futures
import pytest

from frontier_calc.press import weave
from frontier_calc.record import reading

pytestmark = pytest.mark.slow

# What has ended is told, not counted.
NOTHING = re.compile(r"\$0(?![\d.])|(?<![\d.,-])0 (times|per cent|such|years|months|aircraft)\b")
ROOT = Path(__file__).resolve().parents[1]
SILENT = ("nothing-new", "two-firms-merge-their-figures")  # what is not told any more may be missing


@pytest.fixture(scope="module")
def today() -> dict[str, str]:
    """What each page says now."""
    return {page.page.name: page.text for page in weave.weave_all(reading.edition("working"), ROOT)}


def sentences(text: str) -> list[str]:
    """The lines of a page that are prose: no table, and no chart in words."""
    return [line for line in prose(text).splitlines() if "\t" not in line and not line.startswith("[")]


def prose(text: str) -> str:
    """A page without its sheet and the line of its edition."""
    return "\n".join(line for line in text.split("Ledger sheet")[0].splitlines() if "edition" not in line.lower())


@pytest.mark.parametrize("name", futures.FUTURES)
def test_the_book_can_be_read_however_the_story_goes_on(name: str, tmp_path: Path, today: dict[str, str]) -> None:
    woven = weave.weave_all(futures.read(name, tmp_path / "data"), ROOT)
    silent = [claim.id for page in woven for claim in page.claims.values() if claim.branch is None]
    assert not silent
    chapters = {page.page.name: page.text for page in woven if page.page.name.startswith(("premise", "ledger-"))}
    if name not in SILENT:
        assert not [page for page, text in chapters.items() if "not known then" in text]
    assert not [line for text in chapters.values() for line in sentences(text) if NOTHING.search(line)]
    if name != "nothing-new":
        assert [page for page, text in chapters.items() if prose(text) != prose(today[page])], "nothing has moved"
