"""What changed from edition to edition, for readers: what the book learned, what its charts find, which sentences turned.

It compares kept editions and nothing else, so that the page says the same whatever edition is read.
"""

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from frontier_calc.book import blocks, text
from frontier_calc.book.blocks import Cell, Fold, Group, Heading, Paragraph, Row, Rows, Spans, Styled
from frontier_calc.book.tables import Of
from frontier_calc.dates import day_words
from frontier_calc.press import diff, editions, pages, shelved
from frontier_calc.press.diff import Change, Effects
from frontier_calc.press.snapshot import MARK, Snapshot
from frontier_calc.record import store
from frontier_calc.record.store import default_folder
from frontier_calc.typography import curly

MOST = 12  # pieces of news of a step: those that moved the most sentences
FIRST_PAGE = "The premise"
ALIKE = 0.5  # two sentences that share so much of their words are one that was changed
PAIRS = "ledger-table then-now"  # how a table of sentences before and after is laid out
A_CHART = "["  # with which the words of a picture begin
AN_ANCHOR = 3  # words: so many that stand in both sentences hold them together
A_NUMBER = re.compile(
    r"(?:(?:about|over|under|up to) )?[$€£¥]?\d[\d,.]*(?<=\d)"
    r"(?: (?:thousand|million|billion|trillion|times|per cent)\b| years?\b| months?\b)?"
)
A_SENTENCE = 5  # words: what is shorter is a part of one, and says nothing by itself
NOTHING_YET = "One edition has been published so far; from the second on, this page says what changed."


def what_changed() -> Of:
    """Each step from a published edition to the next, the newest first."""
    data = default_folder()
    titles = tuple((edition.id, edition.title) for edition in store.load(data).editions.values())
    return Of(_told(data, editions.state(data), titles))


@lru_cache(maxsize=4)
def _told(data: Path, state: editions.State, titles: tuple[tuple[str, str], ...]) -> blocks.Block:
    """The steps in blocks, worked out once for a state of the kept editions: whatever is read, they are the same."""
    kept = editions.all_kept(data)
    if len(kept) < 2:
        return Paragraph((NOTHING_YET,))
    called = dict(titles)
    said = [part for name in kept for part in editions.said(data, name)]
    rests_on = [*(f"{name}: {called.get(name)}" for name in kept), *said]
    steps = shelved.either(pages.find_root(), "what-changed", rests_on, lambda: _steps(data, called))
    told: blocks.Block = blocks.from_json(steps)
    return told


def _steps(data: Path, titles: dict[str, str]) -> Any:
    """The steps, as plain JSON: editions that were published say the same for ever."""
    kept = [editions.read(data, name) for name in editions.all_kept(data)]
    told = [block for old, new in reversed(list(itertools.pairwise(kept))) for block in _step(old, new, titles)]
    return blocks.as_json(Group("editions", tuple(told)))


def _step(old: Snapshot, new: Snapshot, titles: dict[str, str]) -> Iterator[blocks.Block]:
    """One step: its heading, what it comes to, the news that moved the most, what charts and chapters say instead."""
    before, after = titles.get(old.name, old.name), titles.get(new.name, new.name)
    yield Heading(2, (Styled((f"From {before} to {after}",), "step", anchor=f"edition-{new.name}"),))
    moved = [each for each in diff.compare(old, new) if not each.listed]
    changes = [each for each in moved if each.kind == "sentence"]
    turned = [name for name, claim in new.claims.items() if _has_turned(name, old, claim.verdict)]
    learned = set(new.facts) - set(old.facts)
    read = f"Read on {day_words(new.day)}. " if new.day else ""
    yield Paragraph((f"{read}{_sum(len(learned), len(changes), len(turned))}",))
    causes = [each for each in diff.by_cause(changes) if each.cause.identity]
    news = tuple(_news(sorted(causes, key=lambda each: -len(each.changes))[:MOST]))
    if news:
        columns = ("News", "Sentences it moved", "For example")
        yield blocks.Table(
            columns, (Rows(news),), ("The news that moved the most",), "ledger-table moved-most", f"News of {after}"
        )
    charts = [each for each in moved if each.kind == "picture" and each.new.startswith(A_CHART)]
    found = list(_found_by_charts(charts, old, new))
    told = [name for name in turned if not _is_aside(name, old, new)]
    said = [each for each in _said_by_claims(told, old, new) if each not in found]
    both = (before, after)
    charts_say, chapters_say = _paired(found), _paired(said)
    if charts_say:
        yield blocks.Table(both, charts_say, ("What the charts find",), PAIRS, f"Charts, {before} and {after}")
    if chapters_say:
        yield Heading(3, ("What the chapters say",))
        yield from (_folded(both, chapter) for chapter in chapters_say)


def _sum(learned: int, changed: int, turned: int) -> str:
    """What a step comes to. Without news it is the book that was written anew, and the world has not moved."""
    rows, sentences, comparisons = (
        _some(learned, "row was", "rows were"),
        _some(changed, "sentence says", "sentences say"),
        _some(turned, "comparison turned", "comparisons turned"),
    )
    if learned or not changed:
        return f"{rows} new to the record. {sentences} something else, and {comparisons}."
    written = _some(changed, "sentence reads", "sentences read")
    put = _some(turned, "comparison is", "comparisons are")
    return (
        f"Nothing was new to the record: the text was written anew. {written} otherwise, and {put} put in another way."
    )


def _some(count: int, one: str, many: str) -> str:
    """So many of something, with the words that follow."""
    return f"{count:,} {one if count == 1 else many}"


def _has_turned(name: str, old: Snapshot, verdict: str) -> bool:
    return name in old.claims and old.claims[name].verdict != verdict


def _is_aside(name: str, *several: Snapshot) -> bool:
    """True for a claim that only notes say, whose paragraphs stand indented in the text of a page."""
    for on in several:
        sentence = on.claims[name].sentence
        lines = [line for line in _text(name, on).splitlines() if sentence and sentence in _tidy(line)]
        if any(not line.startswith(text.ASIDE) for line in lines):
            return False
    return True


def _text(name: str, on: Snapshot) -> str:
    return on.pages[name.partition("/")[0]].text


def _tidy(line: str) -> str:
    """A line as a claim keeps its sentence: without the marks of notes."""
    return " ".join(MARK.sub(" ", line).split())


def _found_by_charts(changes: Iterable[Change], old: Snapshot, new: Snapshot) -> Iterator[tuple[str, str, str]]:
    """The titles of charts that say something else: of which page, as they were, as they are."""
    for change in changes:
        yield _title(new, change.page), _whole_title(change, change.old, old), _whole_title(change, change.new, new)


def _title(on: Snapshot, page: str) -> str:
    """What readers call a page; the first one bears the book's own name."""
    return FIRST_PAGE if page == "premise" else on.pages[page].title


def _whole_title(change: Change, said: str, on: Snapshot) -> str:
    """The title with which the words of a chart begin; a claim knows it whole where it has two sentences."""
    title = said.partition(": ")[2].removesuffix(".")
    claims = (claim.sentence for name, claim in on.claims.items() if name.partition("/")[0] == change.page)
    return next((each for each in claims if title and each.startswith(f"{title}. ")), title)


def _said_by_claims(names: Iterable[str], old: Snapshot, new: Snapshot) -> Iterator[tuple[str, str, str]]:
    """The sentences of claims: of which page, as they were, as they are."""
    for name in names:
        yield _title(new, name.partition("/")[0]), old.claims[name].sentence, new.claims[name].sentence


def _paired(said: Iterable[tuple[str, str, str]]) -> tuple[Rows, ...]:
    """Sentences as they were and as they are, chapter by chapter."""
    groups: dict[str, list[Row]] = {}
    for title, before, after in said:
        if before != after and max(len(before.split()), len(after.split())) >= A_SENTENCE:
            groups.setdefault(title, []).append(Row((Cell((before or "–",)), Cell(_marked(before, after)))))
    return tuple(Rows(tuple(rows), title) for title, rows in groups.items())


def _folded(columns: tuple[str, str], chapter: Rows) -> Fold:
    """The sentences of a chapter, folded under its title and their number."""
    count = len(chapter.rows)
    counted = Styled((f", {count} sentence{'' if count == 1 else 's'}",), "count")
    label = f"{chapter.title}, {' and '.join(columns)}"
    table = blocks.Table(columns, (Rows(chapter.rows),), kind=PAIRS, label=label)
    title = chapter.title.replace(". ", " ", 1)  # "1 How a Lab Works", as in the sidebar
    return Fold((title, counted), (table,), "points")


def _news(effects: Sequence[Effects]) -> Iterator[Row]:
    for each in effects:
        said = [change for change in each.changes if change.new and len(change.new.split()) >= A_SENTENCE]
        if said:
            example = max(said, key=_telling)
            news = curly(each.cause.text.removeprefix("new: "))
            moved = Cell((str(len(each.changes)),), number=True)
            yield Row((Cell((news,)), moved, Cell(_numbers_marked(example.old, example.new))))


def _telling(change: Change) -> tuple[bool, int]:
    """How well one change shows what its cause did: a sentence that changed rather than one that came, a short one."""
    return (bool(change.old), -len(change.new))


def _marked(old: str, new: str) -> Spans:
    """The new words, those that were not there before in bold; of a sentence that is another one, none."""
    before, after = old.split(), new.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return (new or "–",)
    spans: list[blocks.Span] = []
    for is_new, start, end in _runs(matcher, len(after)):
        words = " ".join(after[start:end])
        spans.append(Styled((words,), "strong") if is_new and old else words)
        spans.append(" ")
    return tuple(spans) or ("–",)


def _runs(matcher: "difflib.SequenceMatcher[str]", count: int) -> Iterator[tuple[bool, int, int]]:
    """The runs of words that are new and that are not: a word or two between new ones are no reason to begin again."""
    is_new = [True] * count
    for _, start, size in matcher.get_matching_blocks():
        within = start > 0 and start + size < count
        if size >= AN_ANCHOR or not within:
            is_new[start : start + size] = [False] * size
    start = 0
    for new, run in itertools.groupby(is_new):
        end = start + len(list(run))
        yield new, start, end
        start = end


def _numbers_marked(old: str, new: str) -> Spans:
    """The new words, those numbers in bold that were not there before, each with its unit."""
    before = Counter(A_NUMBER.findall(old))
    spans: list[blocks.Span] = []
    at = 0
    for found in A_NUMBER.finditer(new):
        before[found[0]] -= 1
        if old and before[found[0]] < 0:
            spans += [new[at : found.start()], Styled((found[0],), "strong")]
            at = found.end()
    return tuple(span for span in (*spans, new[at:]) if span)
