"""What changed from edition to edition, as readers are told: from what the editions kept, and from nothing else."""

from pathlib import Path

import pytest
import small_book

from frontier_calc.book import text
from frontier_calc.press import changes, editions

pytestmark = pytest.mark.slow


def told() -> str:
    return text.of_blocks((changes.what_changed().block,))


def test_with_one_edition_the_page_says_so(data: Path) -> None:
    assert told() == changes.NOTHING_YET
    editions.publish(data.parent, data, "2026-05")
    assert told() == changes.NOTHING_YET


def test_a_step_tells_what_was_learned_what_turned_and_which_sentence_each_news_moved(data: Path) -> None:
    editions.publish(data.parent, data, "2026-05")
    small_book.append(data, period="2026-07", published="2026-07-20", value="20", recorded="2026-07-21")
    editions.publish(data.parent, data, "2026-07", title="July 2026")
    said = told()
    assert "From May 2026 to July 2026" in said
    assert "That is no large sum." in said and "What the chapters say" in said
    assert "$20 billion" in said and "The news that moved the most" in said


def test_the_page_says_the_same_whatever_is_entered_since(data: Path) -> None:
    editions.publish(data.parent, data, "2026-05")
    editions.publish(data.parent, data, "2026-06")
    before = told()
    small_book.append(data, period="2026-07", published="2026-07-20", value="20", recorded="2026-07-21")
    assert told() == before and "From May 2026 to June 2026" in before
