"""How a chapter reads, measured: its words, and how many numbers, days and "about"s stand among them.

``python tests/prose.py [PAGE ...]`` prints the measures of the chapters beside their limits; FRONTIER_EDITION and
FRONTIER_AS_OF choose the reading, as everywhere.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from frontier_calc.book import blocks, text
from frontier_calc.press import pages, weave
from frontier_calc.record import reading

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"\S*\w\S*")
DAY = re.compile(r"^\d{1,2} [A-Z][a-z]+")  # 6 April 2026
NOT_PROSE = ("outlets", "panel", "sidenote")  # the kinds of block that stand beside the argument
DENSEST = 3  # numbers in a paragraph
# The most that a chapter may have.
LIMITS = {"numbers in 100 words": 2.5, "numbers in the summary": 2, "decimals in the summary": 0, "days": 3, "about": 8}


@dataclass(frozen=True)
class Measures:
    """What was counted on one page."""

    page: str
    words: int
    counts: dict[str, float]
    crowded: list[str]  # paragraphs with too many numbers

    @property
    def beyond(self) -> list[str]:
        """The limits that the page does not keep, in words."""
        over = [
            f"{name}: {self.counts[name]}, at most {most}" for name, most in LIMITS.items() if self.counts[name] > most
        ]
        return over + [f"more than {DENSEST} numbers in a paragraph: {paragraph[:90]} …" for paragraph in self.crowded]


def paragraphs(part: tuple[blocks.Block, ...]) -> Iterator[blocks.Paragraph]:
    """The paragraphs of prose: outside tables, charts, folds, side notes and the lists that programs make."""
    for block in part:
        kinds = set(getattr(block, "kind", "").split())
        if kinds.intersection(NOT_PROSE):
            continue
        if isinstance(block, blocks.Paragraph):
            yield block
        elif isinstance(block, blocks.Group):
            yield from paragraphs(block.blocks)
        elif isinstance(block, blocks.Listing):
            for item in block.items:
                yield from paragraphs(item.blocks)


def numbers(part: blocks.Block) -> list[str]:
    """The measured numbers of a block in digits; words such as "half" and dates are easier to carry."""
    shown = [each for each in blocks.walk(part) if isinstance(each, blocks.Number)]
    return [each.text for each in shown if each.form != "when" and re.search(r"\d", each.text)]


def measured(woven: weave.Woven) -> Measures:
    """The measures of one page."""
    prose = list(paragraphs(woven.blocks))
    words = " ".join(text.of_spans(paragraph.spans) for paragraph in prose)
    length = len(WORD.findall(words))
    told = [number for paragraph in prose for number in numbers(paragraph)]
    summary = [each for each in woven.blocks if "summary" in getattr(each, "kind", "").split()]
    head = [number for block in summary for number in numbers(block)]
    dates = [
        each.text
        for block in prose
        for each in blocks.walk(block)
        if isinstance(each, blocks.Number) and each.form == "when"
    ]
    counts = {
        "numbers in 100 words": round(100 * len(told) / length, 1),
        "numbers in the summary": len(head),
        "decimals in the summary": sum("." in number for number in head),
        "days": sum(bool(DAY.match(date)) for date in dates),
        "about": len(re.findall(r"\babout [$€£¥\d]", words)),
    }
    crowded = [text.of_spans(each.spans) for each in prose if len(numbers(each)) > DENSEST]
    return Measures(woven.page.name, length, counts, crowded)


def table(every: list[Measures]) -> str:
    """The measures of several pages, a line for each, with the limits at the foot."""
    rows = [(each.page, str(each.words), each.counts) for each in every]
    lines = [_line(name, words, counts) for name, words, counts in [*rows, ("at most", "", LIMITS)]]
    return "\n".join([_line("page", "words", {name: name for name in LIMITS}), *lines])


def _line(name: str, words: str, counts: Mapping[str, object]) -> str:
    """One line of the table, each count under the name of its limit."""
    return f"{name:16} {words:>6}  " + "  ".join(f"{counts[limit]!s:>{len(limit)}}" for limit in LIMITS)


def main() -> None:
    """Print the measures, and then each limit that is not kept."""
    chosen = sys.argv[1:] or [
        page.name for page in pages.all_pages(ROOT) if page.name.startswith(("premise", "ledger-", "models"))
    ]
    every = [measured(woven) for woven in weave.weave_all(reading.current(), ROOT, chosen)]
    print(table(every))
    print(
        f"the Premise and the ledgers together: {sum(each.words for each in every if each.page != 'models-layer')} words"
    )
    for each in every:
        for line in each.beyond:
            print(f"{each.page}: {line}")


if __name__ == "__main__":
    main()
