"""What changed from edition to edition, as readers are told: from what the editions kept, and from nothing else."""

import re
from pathlib import Path

import pytest
import small_book

from frontier_calc.book import text
from frontier_calc.book.blocks import Fold
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
    folds = [block for block in changes.what_changed().block.blocks if isinstance(block, Fold)]
    heads = [text.of_spans(fold.summary) for fold in folds]
    assert folds and all(re.fullmatch(r".+, \d+ sentences?", head) for head in heads), "what chapters say is folded"
    for fold, head in zip(folds, heads, strict=True):
        (table,) = fold.blocks
        assert int(re.search(r"\d+(?= sentence)", head)[0]) == len(table.rows) and table.label


def test_a_step_without_news_says_that_the_text_was_written_anew(data: Path) -> None:
    """Else a reader would take a better sentence for news."""
    editions.publish(data.parent, data, "2026-05")
    editions.publish(data.parent, data, "2026-06")
    assert "1 row was new to the record." in told() and "Nothing was new" not in told()
    page = data.parent / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nThis sentence is new.\n", encoding="utf-8")
    editions.publish(data.parent, data, "2026-07", as_of="2026-07-01")
    assert "Nothing was new to the record: the text was written anew. 1 sentence reads otherwise" in told()


def test_the_page_says_the_same_whatever_is_entered_since(data: Path) -> None:
    editions.publish(data.parent, data, "2026-05")
    editions.publish(data.parent, data, "2026-06")
    before = told()
    small_book.append(data, period="2026-07", published="2026-07-20", value="20", recorded="2026-07-21")
    assert told() == before and "From May 2026 to June 2026" in before


def test_what_the_page_remembers_of_the_kept_editions_ends_when_one_of_them_is_another(data: Path) -> None:
    editions.publish(data.parent, data, "2026-05")
    small_book.append(data, period="2026-07", published="2026-07-20", value="20", recorded="2026-07-21")
    editions.publish(data.parent, data, "2026-07", title="July 2026")
    assert "$20 billion" in told()
    kept = editions.folder(data, "2026-07")
    for path in [kept / "passages.json", *(kept / "text").glob("*.txt")]:
        path.write_text(path.read_text(encoding="utf-8").replace("$20 billion", "$2000 billion"), encoding="utf-8")
    assert "$2000 billion" in told() and "$20 billion" not in told()


def test_in_an_example_the_numbers_that_are_new_are_set_in_bold_and_no_other_words() -> None:
    old = "In the first quarter of 2026 it booked $4.8 billion, at the most 3 times as much."
    new = "In the second quarter of 2026 it booked over $11.5 billion, at the least 3 times as much."
    (bold,) = [span for span in changes._numbers_marked(old, new) if not isinstance(span, str)]
    assert bold.spans == ("over $11.5 billion",)
    assert changes._numbers_marked("", new) == (new,)


def test_a_word_or_two_between_new_ones_are_set_in_bold_with_them() -> None:
    old = "It grew, and the gap between the two of them narrowed again in the year before."
    new = "It grew, and the lead of the older two of them widened again in the year before."
    said = changes._marked(old, new)
    bold = [span.spans[0] for span in said if not isinstance(span, str)]
    assert bold == ["lead of the older", "widened"]
