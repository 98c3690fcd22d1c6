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
# What each page of a future has to say, or, after a dash, may not say: sentences that its rows have made false.
WORDS = {
    "anthropic-falls-behind": [
        ("ledger-4", "- live on different trades"),
        ("ledger-4", "- The danger is the narrow base"),
        ("ledger-4", "- Ask who pays for them,"),
        ("ledger-4", "- an answer for each ruler"),
        ("ledger-4", "and OpenAI over 50 per cent in August 2026."),
        ("ledger-4", "in the spring of 2026, and by October 2026 it was behind again"),
        ("ledger-4", "- some of it had gone"),
        ("ledger-4", "but by October 2026 Anthropic’s pace had fallen."),
        ("ledger-6", "- sales may grow into them"),
        ("models-layer", "- come back for more"),
        ("models-layer", "- the claim stands so far"),
        ("models-layer", "- are catching up"),
        ("models-layer", "- though they have fallen since"),
    ],
    "openai-profitable": [
        ("ledger-3", "- calls that a loss"),
        ("ledger-4", "- margin will pay for little"),
        ("ledger-5", "- losses do not end"),
        ("models-layer", "- too modest a word"),
        ("models-layer", "- would take all that it earns"),
    ],
    "a-lab-lists": [
        ("models-layer", "- The labs are private"),
        ("models-layer", "Anthropic followed on 17 November 2026"),
    ],
    "margins-collapse": [
        ("premise", "For October 2026 another estimate puts that cost at about 88 per cent."),
        ("ledger-3", "is too small for that."),
        ("ledger-4", "- or its margin goes"),
        ("ledger-5", "- in the best model"),
        ("ledger-7", "- squeezes whoever lets the lead slip"),
        ("ledger-7", "The frontier itself keeps less of a price by now."),
        ("models-layer", "about 12 per cent in October 2026, after over 70 per cent in May 2026"),
    ],
    "a-commitment-is-cancelled": [
        ("ledger-3", "- must be paid for either way"),
        ("ledger-5", "- halls OpenAI rents"),
        ("ledger-5", "- Google is to run"),
        ("ledger-6", "- backlog went too"),
        ("ledger-6", "- in others it is not"),
        ("ledger-6", "- the ring had tightened"),
        ("ledger-6", "- way down, and that has begun"),
        ("ledger-6", "- By its prospectus"),
        ("ledger-6", "- October 2025 to October 2026"),
        ("models-layer", "by October 2026 half of the whole was no longer owed"),
    ],
    "mistral-tenfold": [
        ("ledger-7", "- fewer machines make fewer sales"),
        ("ledger-7", "- Until then"),
        ("ledger-7", "For October 2026 Mistral’s was told as over $4 billion"),
        ("ledger-7", "- Mistral, measured in the same month, is"),
    ],
    "building-halves": [
        ("ledger-5", "add up to about $366 billion"),
        ("ledger-5", "- every contender reasons alike"),
        ("models-layer", "the builders plan to lay out less than in 2025"),
    ],
    "users-double": [
        ("ledger-4", "Sales per user and month, by an outside count of the first quarter of 2026"),
        ("ledger-4", "ChatGPT had over 2.4 billion weekly users in October 2026."),
    ],
    "a-restatement": [
        ("ledger-4", "- $8.4 billion and with a profit"),
        ("ledger-4", "by the books as they then stood"),
        ("ledger-4", "- A division of the leaked audited accounts"),
        ("ledger-6", "by the books as they then stood"),
    ],
    "nothing-new": [("ledger-1", "- now stands"), ("models-layer", "- is likely to book")],
    "two-firms-merge-their-figures": [("ledger-7", "- Each had lost"), ("models-layer", "- $524,000")],
    "everything-a-tenth-down": [
        ("premise", "- rival’s memo"),
        ("ledger-2", "- Axios had reported"),
        ("ledger-2", "- the memo claims about 24 per cent"),
        ("ledger-4", "- OpenAI still lived mainly on consumers"),
        ("ledger-4", "- memo of April 2026 puts"),
        ("ledger-5", "In 2025 they laid out about $391 billion."),
        ("ledger-5", "- a rival’s memo claims"),
        ("models-layer", "- a rival’s memo claims"),
        ("models-layer", "- leaked books"),
    ],
    "the-gap-is-denied": [
        ("ledger-2", "in October 2026, Anthropic led net as well."),
        ("ledger-4", "- OpenAI was bigger"),
        ("ledger-4", "- led narrowly"),
        ("ledger-4", "- ahead again"),
        ("ledger-4", "- Who leads depends on the ruler"),
        ("ledger-6", "- would equal more years of them"),
        ("ledger-4", "- That the share held"),
        ("ledger-4", "That so much was the resellers’ in July 2026 is an assumption."),
        ("ledger-5", "carried to July 2026 as a share"),
    ],
}
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
    texts = {page.page.name: prose(page.text) for page in woven}
    said = [
        (page, words)
        for page, words in WORDS[name]
        if words.startswith("- ") == (words.removeprefix("- ") in texts[page])
    ]
    assert not said, "false here, or missing"
    if name != "nothing-new":
        assert [page for page, text in chapters.items() if prose(text) != prose(today[page])], "nothing has moved"
