"""What changed from edition to edition, for readers: what the book learned, which sentences turned, which numbers moved.

It compares kept editions and nothing else, so that the page says the same whatever edition is read.
"""

import difflib
import itertools
from collections.abc import Iterable, Iterator, Sequence

from frontier_calc.book import blocks
from frontier_calc.book.blocks import Cell, Group, Heading, Paragraph, Row, Rows, Spans, Styled
from frontier_calc.book.tables import Of
from frontier_calc.dates import day_words
from frontier_calc.press import diff, editions
from frontier_calc.press.diff import Change, Effects
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.record import store
from frontier_calc.record.store import default_folder

MOST = 12  # numbers of a step: those that moved the most sentences
A_SENTENCE = 6  # words: what is shorter is a part of one, and says nothing by itself
NOTHING_YET = "One edition has been published so far; from the second on, this page says what changed."


def what_changed() -> Of:
    """Each step from a published edition to the next, the newest first."""
    data = default_folder()
    kept = [editions.read(data, name) for name in editions.all_kept(data)]
    titles = {edition.id: edition.title for edition in store.load(data).editions.values()}
    steps = list(itertools.pairwise(kept))
    if not steps:
        return Of(Paragraph((NOTHING_YET,)))
    told = [block for old, new in reversed(steps) for block in _step(old, new, titles)]
    return Of(Group("editions", tuple(told)))


def _step(old: Snapshot, new: Snapshot, titles: dict[str, str]) -> Iterator[blocks.Block]:
    """One step: its heading, what it comes to, the sentences that turned, the numbers that moved the most."""
    before, after = titles.get(old.name, old.name), titles.get(new.name, new.name)
    yield Heading(2, (Styled((f"From {before} to {after}",), "step", anchor=f"edition-{new.name}"),))
    changes = [each for each in diff.compare(old, new) if each.kind == "sentence" and not each.listed]
    turned = [name for name, claim in new.claims.items() if _has_turned(name, old, claim.verdict)]
    learned = set(new.facts) - set(old.facts)
    read = f"Read on {day_words(new.day)}. " if new.day else ""
    yield Paragraph(
        (
            f"{read}{len(learned)} rows were new to the record. {len(changes)} sentences say something else, "
            f"and {len(turned)} comparisons turned.",
        )
    )
    if turned:
        yield _table("Comparisons that turned", ("Where", before, after), _turned(turned, old, new))
    moved = [each for each in diff.by_cause(changes) if each.cause.identity][:MOST]
    if moved:
        yield _table("The news that moved the most sentences", ("News", "Sentences", "For example"), _moved(moved))


def _has_turned(name: str, old: Snapshot, verdict: str) -> bool:
    return name in old.claims and old.claims[name].verdict != verdict


def _turned(names: Iterable[str], old: Snapshot, new: Snapshot) -> Iterator[tuple[Spans, ...]]:
    for name in names:
        before = old.claims[name].sentence
        after = new.claims[name].sentence
        if before != after and max(len(before.split()), len(after.split())) >= A_SENTENCE:
            page = new.pages[name.partition("/")[0]]
            yield ((page.title,), (before or "–",), _marked(before, after))


def _moved(effects: Sequence[Effects]) -> Iterator[tuple[Spans, ...]]:
    for each in effects:
        example = max(each.changes, key=_telling)
        yield ((each.cause.text,), (str(len(each.changes)),), _marked(example.old, example.new))


def _telling(change: Change) -> tuple[bool, int]:
    """How well one change shows what its cause did: a sentence that changed rather than one that came, a short one."""
    return (bool(change.old and change.new), -len(change.new))


def _marked(old: str, new: str) -> Spans:
    """The new words, those that were not there before in bold."""
    before, after = old.split(), new.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    spans: list[blocks.Span] = []
    for tag, _, _, start, end in matcher.get_opcodes():
        if start == end:
            continue
        words = " ".join(after[start:end])
        spans.append(words if tag == "equal" or not old else Styled((words,), "strong"))
        spans.append(" ")
    return tuple(spans) or ("–",)


def _table(caption: str, columns: tuple[str, ...], rows: Iterable[tuple[Spans, ...]]) -> blocks.Table:
    made = tuple(Row(tuple(Cell(spans) for spans in row)) for row in rows)
    return blocks.Table(columns, (Rows(made),), caption=caption)
