"""How the chapters read, in each reading: short enough to finish, with few numbers, days and hedges in a sentence's way."""

import re
from collections.abc import Callable
from pathlib import Path

import prose
import pytest

from frontier_calc import as_of, edition
from frontier_calc.book.blocks import Mark, Note, Number, Paragraph
from frontier_calc.press import weave
from frontier_calc.press.pages import Page
from frontier_calc.record.reading import Reading

pytestmark = pytest.mark.slow

BOOK = ["premise", *(f"ledger-{number}" for number in range(1, 8))]
FEWEST, MOST = 7_000, 8_500  # words of the Premise and the ledgers together
READINGS = {
    "2026-05": lambda: edition("2026-05"),
    "2026-07": lambda: as_of("2026-07-31"),
    "working": lambda: edition("working"),
}


@pytest.mark.parametrize("name", READINGS)
def test_the_book_is_short_enough_to_finish_and_no_chapter_is_crowded(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    on: Callable[[], Reading] = READINGS[name]
    every = [prose.measured(woven) for woven in weave.weave_all(on(), prose.ROOT, [*BOOK, "models-layer"])]
    words = sum(each.words for each in every if each.page in BOOK)
    with capsys.disabled():
        print(f"\n{name}: {words} words in the Premise and the ledgers\n{prose.table(every)}")
    crowded = [f"{each.page}: {line}" for each in every for line in each.beyond]
    assert not crowded, "\n".join(crowded)
    assert FEWEST <= words <= MOST


@pytest.mark.parametrize(
    "page",
    sorted((prose.ROOT / "tests" / "reference").glob("*/*.txt")),
    ids=lambda page: f"{page.parent.name} {page.stem}",
)
def test_no_stop_stands_where_no_sentence_ends(page: Path) -> None:
    """Parts of one sentence that were handed over as several end in a stop each."""
    lines = page.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if re.search(r"\w\. [,;:]|[,;:]\.(?!\w)", line)]


def page_of(*paragraphs: Paragraph | Note) -> weave.Woven:
    return weave.Woven(Page(Path(), "ledgers/1-x"), edition("2026-05"), paragraphs)


def test_numbers_days_and_hedges_are_counted_in_prose_and_not_in_notes() -> None:
    said = Paragraph(
        ("On ", Number("a", "6 April 2026", "reported", "when"), " it was ", Number("b", "about $30", "reported"))
    )
    words = ("It was ", Number("c", "about half", "reported"), Mark(1, "n"), ".")
    note = Note(1, "n", (Paragraph((Number("d", "$5", "reported"),)),))
    measures = prose.measured(page_of(said, Paragraph(words), note))
    assert measures.counts["days"] == 1 and measures.counts["about"] == 1
    assert measures.counts["numbers in 100 words"] == pytest.approx(100 / measures.words, abs=0.1)


def test_a_paragraph_of_many_numbers_is_named() -> None:
    numbers = tuple(Number(str(each), f"${each}", "reported") for each in range(4))
    assert "$0$1$2$3" in prose.measured(page_of(Paragraph(numbers))).beyond[-1]
