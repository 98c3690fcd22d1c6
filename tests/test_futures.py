"""The story may go on in many ways: in each of them every page can be read, and every comparison has words."""

from pathlib import Path

import futures
import pytest

from frontier_calc.press import weave

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", futures.FUTURES)
def test_the_book_can_be_read_however_the_story_goes_on(name: str, tmp_path: Path) -> None:
    on = futures.read(name, tmp_path / "data")
    woven = weave.weave_all(on, ROOT)
    silent = [claim.id for page in woven for claim in page.claims.values() if claim.branch is None]
    assert not silent
    said = "\n".join(page.text for page in woven if page.page.name.startswith(("premise", "ledger-")))
    assert "[not known then]" not in said or name == "two-firms-merge-their-figures"


def test_each_future_moves_what_the_book_says(tmp_path: Path) -> None:
    now = {page.page.name: page.text for page in weave.weave_all(futures.reading.edition("working"), ROOT)}
    for name in futures.FUTURES:
        if name == "nothing-new":
            continue
        then = weave.weave_all(futures.read(name, tmp_path / name), ROOT)
        moved = [
            page.page.name for page in then if page.page.name.startswith("ledger-") and page.text != now[page.page.name]
        ]
        assert moved, name
