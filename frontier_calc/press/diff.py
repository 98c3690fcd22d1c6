"""What moved between two moments of the book, sentence by sentence, each with the row that moved it.

:func:`compare` returns data; ``diff_words`` words it for a terminal, as Markdown or as JSON.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from frontier_calc.dates import day_words
from frontier_calc.press.snapshot import Fact, PageSnapshot, Passage, Snapshot
from frontier_calc.typography import curly

ALIKE = 0.4  # two sentences that share so much of their words are one that was changed
LONG_ENOUGH = 5  # so many letters of a row, found in a text, are no accident
FEW_WORDS = 4  # so many words are a number that stands alone
TABULAR = ("row", "columns")  # kinds of passage of a table: golden text does not tell its head from its rows
MANY = 2500  # so many pairs are compared one by one; of more, the order alone decides


@dataclass(frozen=True)
class Cause:
    """Why a passage says something else: a row, or, where no row is the reason, the day, the prose or the code."""

    kind: str  # new, corrected, withdrawn, taken, day, prose or code
    text: str
    identity: str = ""


PROSE = Cause("prose", "no row: the prose was changed")
CODE = Cause("code", "no row: a cell, the calculation or the words table was changed")


@dataclass(frozen=True)
class Moved:
    """One cell of a row of a table that says something else."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One passage that moved, came or went."""

    page: str
    title: str  # of the page
    heading: str
    kind: str  # heading, sentence, picture or row
    old: str  # empty: it is new
    new: str  # empty: it is gone
    causes: tuple[Cause, ...]
    cells: tuple[Moved, ...] = ()
    turned: tuple[str, ...] = ()  # claims that now say something else: "about-half: holds → otherwise"
    listed: bool = False


@dataclass(frozen=True)
class Effects:
    """One cause and all that it moved."""

    cause: Cause
    changes: tuple[Change, ...]
    beside: dict[int, tuple[Cause, ...]] = field(default_factory=dict)  # by position: what else moved it


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Every passage that differs, in the order of the pages; at once where no page differs."""
    why = _Reasons(old, new)
    found: list[Change] = []
    for name in dict.fromkeys([*new.pages, *old.pages]):
        before = old.pages.get(name) or _nothing(new.pages[name])
        after = new.pages.get(name) or _nothing(old.pages[name])
        if before.text != after.text:
            found += _compare_page(before, after, why)
    return found


def _nothing(page: PageSnapshot) -> PageSnapshot:
    """A page that is not there."""
    return PageSnapshot(page.name, page.title, "", tuple)


def by_cause(changes: Iterable[Change]) -> list[Effects]:
    """The changes by their cause, the one with the most effects first.

    What several causes moved is told under the one of them that moved the most, and names the others.
    """
    changes = list(changes)
    counts = Counter(cause for change in changes for cause in change.causes)
    order = sorted(counts, key=lambda cause: (not cause.identity, -counts[cause], cause.text))
    place = {cause: position for position, cause in enumerate(order)}
    grouped: dict[Cause, list[Change]] = {cause: [] for cause in order}
    for change in changes:
        grouped[min(change.causes, key=place.__getitem__)].append(change)
    return [_effects(cause, found) for cause, found in grouped.items() if found]


def _effects(cause: Cause, changes: Sequence[Change]) -> Effects:
    beside = {}
    for position, change in enumerate(changes):
        others = tuple(other for other in change.causes if other != cause)
        if others:
            beside[position] = others
    return Effects(cause, tuple(changes), beside)


# One page.


def _compare_page(before: PageSnapshot, after: PageSnapshot, why: "_Reasons") -> list[Change]:
    old, new = ([_in_print(each) for each in page.passages] for page in (before, after))
    columns = _columns(new) if new else _columns(old)
    matcher = difflib.SequenceMatcher(None, [each.text for each in old], [each.text for each in new], autojunk=False)
    found: list[Change] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        olds = old[old_start:old_end]
        news = new[new_start:new_end]
        if _joined(olds) == _joined(news):  # the same words, divided otherwise
            continue
        around = new[max(new_start - 1, 0) : new_end + 1]
        for one, other, position in _pairs(_placed(olds, around), news):
            names = columns[new_start + position] if position >= 0 and new else ()
            found.append(_change(one, other, names, why, after))
    return found


def _in_print(passage: Passage) -> Passage:
    """A passage with the quotation marks of print: editions were kept whose sources had those of a keyboard."""
    text = curly(passage.text)
    return passage if text == passage.text else replace(passage, text=text)


def _joined(passages: Iterable[Passage]) -> str:
    return "".join("".join(each.text.split()) for each in passages)


def _placed(olds: Sequence[Passage], around: Sequence[Passage]) -> list[Passage]:
    """Passages of golden text, which knows no headings and no lists, where those around them now stand."""
    if not around:
        return list(olds)
    in_list = any(each.listed and each.kind == "row" for each in around)
    return [
        replace(old, heading=around[0].heading, listed=old.listed or (in_list and old.kind == "row"))
        if old.rows is None
        else old
        for old in olds
    ]


def _columns(passages: Sequence[Passage]) -> list[tuple[str, ...]]:
    """For each passage the columns of the table that it stands in."""
    found = []
    columns: tuple[str, ...] = ()
    for passage in passages:
        if passage.kind == "columns":
            columns = tuple(passage.text.split("\t"))
        found.append(columns)
    return found


def _change(
    old: Passage | None,
    new: Passage | None,
    columns: tuple[str, ...],
    why: "_Reasons",
    page: PageSnapshot,
) -> Change:
    shown = new or old
    assert shown is not None
    cells: tuple[Moved, ...] = ()
    if old is not None and new is not None and shown.kind == "row":
        cells = _moved(old.text, new.text, columns)
    return Change(
        page=page.name,
        title=page.title,
        heading=shown.heading,
        kind="row" if shown.kind == "columns" else shown.kind,
        old=old.text if old else "",
        new=new.text if new else "",
        causes=why.of(page.name, old, new),
        cells=cells,
        turned=why.turned(page.name, old, new),
        listed=shown.listed,
    )


def _moved(old: str, new: str, columns: tuple[str, ...]) -> tuple[Moved, ...]:
    """The cells of a row that differ, where both rows have as many."""
    olds = old.split("\t")
    news = new.split("\t")
    if len(olds) != len(news):
        return ()
    names = columns if len(columns) == len(news) else ("",) * len(news)
    cells = zip(names, olds, news, strict=True)
    return tuple(Moved(name, one, other) for name, one, other in cells if one != other)


# Which old passage became which new one.

Pair = tuple[Passage | None, Passage | None, int]  # the position is that among the new ones, -1 where there is none


def _pairs(olds: Sequence[Passage], news: Sequence[Passage]) -> list[Pair]:
    """Old passages with the new ones that they became, in order; None stands for what is gone or new."""
    many = len(olds) * len(news) > MANY
    matched = _by_first_words(olds, news) if many else _by_likeness(olds, news)
    found: list[Pair] = []
    done_old = 0
    done_new = 0
    for one, other in [*matched, (len(olds), len(news))]:
        found += _left(olds[done_old:one], news[done_new:other], done_new)
        if one < len(olds):
            found.append((olds[one], news[other], other))
        done_old = one + 1
        done_new = other + 1
    return found


def _left(olds: Sequence[Passage], news: Sequence[Passage], start: int) -> list[Pair]:
    """Passages that are no pair; but one alone in the place of one alone is what a claim says now."""
    if len(olds) == 1 and len(news) == 1 and (olds[0].claims or news[0].claims):
        return [(olds[0], news[0], start)]
    gone: list[Pair] = [(old, None, -1) for old in olds]
    return [*gone, *((None, new, start + at) for at, new in enumerate(news))]


def _by_first_words(olds: Sequence[Passage], news: Sequence[Passage]) -> list[tuple[int, int]]:
    """Pairs by their first cell or their first words."""
    matcher = difflib.SequenceMatcher(None, [_start(each) for each in olds], [_start(each) for each in news], False)
    blocks = matcher.get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _start(passage: Passage) -> str:
    return passage.text.partition("\t")[0][:24]


def _by_likeness(olds: Sequence[Passage], news: Sequence[Passage]) -> list[tuple[int, int]]:
    """The pairs, in order, whose words have the most in common, taken together."""
    old_words = [Counter(each.text.split()) for each in olds]
    new_words = [Counter(each.text.split()) for each in news]
    rows = len(olds)
    columns = len(news)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    likeness = [[_alike(olds[i], news[j], old_words[i], new_words[j]) for j in range(columns)] for i in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found = []
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i += 1
            j += 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _alike(old: Passage, new: Passage, old_words: Counter[str], new_words: Counter[str]) -> float:
    """How much two passages have in common, from 0 to 1; 0 where they are two."""
    if (old.kind in TABULAR) != (new.kind in TABULAR):
        return 0.0
    common = (old_words & new_words).total()
    share = 2 * common / max(old_words.total() + new_words.total(), 1)
    if new.kind == "row" and _start(old) == _start(new):
        return max(share, ALIKE) + 1  # a row is known by its first cell
    if "{" in new.template and old_words.total() <= FEW_WORDS and new_words.total() <= FEW_WORDS:
        return max(share, 0.01)  # a number that stands alone has no words in common with what it was
    return share if share >= ALIKE else 0.0


# Why.


class _Reasons:
    """What changed underneath, and which of it is the reason for a change."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self.old = old
        self.new = new
        self.moved = _moved_rows(old.facts, new.facts)
        self.by_series: dict[str, list[str]] = {}
        for identity in self.moved:
            self.by_series.setdefault(self._fact(identity).series, []).append(identity)
        self.telling: dict[str, list[str]] = {}
        for identity in self.moved:
            fact = self._fact(identity)
            for part in (*fact.said.split(" · "), fact.outlet, fact.outlet.rpartition(", ")[0]):
                if len(part) > LONG_ENOUGH:
                    self.telling.setdefault(part, []).append(identity)
        self.said: dict[str, list[tuple[str, str]]] = {}  # by page: each claim, and the sentence it said
        for name, claim in old.claims.items():
            if claim.sentence:
                self.said.setdefault(name.partition("/")[0], []).append((name, claim.sentence))
        self.day = None
        if old.day and new.day and old.day != new.day:
            self.day = Cause("day", f"the day of reading, {day_words(old.day)} → {day_words(new.day)}")

    def _fact(self, identity: str) -> Fact:
        return self.new.facts.get(identity) or self.old.facts[identity]

    def turned(self, page: str, old: Passage | None, new: Passage | None) -> tuple[str, ...]:
        """The claims of a passage that turned."""
        found = []
        for name in self._claims(page, old, new):
            before = self.old.claims.get(name)
            after = self.new.claims.get(name)
            if before and after and before.verdict != after.verdict:
                found.append(f"{name.partition('/')[2]}: {before.verdict} → {after.verdict}")
        return tuple(found)

    def _claims(self, page: str, old: Passage | None, new: Passage | None) -> list[str]:
        """The claims whose sentences are in a passage, before or now."""
        found = [f"{page}/{claim}" for passage in (old, new) if passage for claim in passage.claims]
        if old is not None and old.rows is None:  # of golden text it is known which sentence each claim said
            found += [name for name, sentence in self.said.get(page, ()) if sentence in old.text]
        return list(dict.fromkeys(found))

    def of(self, page: str, old: Passage | None, new: Passage | None) -> tuple[Cause, ...]:
        """The reasons for one change: rows first; where there are none, the day, the prose or the code."""
        under = self._under(page, old, new)
        rows = self._rows(under, old, new)
        if rows:
            return tuple(self.moved[identity] for identity in sorted(rows))
        reworded = self._is_reworded(page, old, new)
        taken = () if reworded else self._taken(old, new)
        if taken:
            return taken
        if self.day and (not reworded or _tells(new or old, self.new.day)):
            return (self.day,)
        return (PROSE,) if reworded else (CODE,)

    def _under(self, page: str, old: Passage | None, new: Passage | None) -> frozenset[str]:
        """What a passage rests on, before and now: its figures, and what its claims compare."""
        found = [passage.rows for passage in (old, new) if passage and passage.rows]
        for name in self._claims(page, old, new):
            found += [state.claims[name].rows for state in (self.old, self.new) if name in state.claims]
        return frozenset().union(*found)

    def _rows(self, under: frozenset[str], old: Passage | None, new: Passage | None) -> set[str]:
        """The rows that moved under a passage."""
        found = {identity for identity in under if identity in self.moved}
        if found:
            return found
        series = {self._series(identity) for identity in under}
        found = {identity for name in series for identity in self.by_series.get(name, ())}
        gone = {identity for identity in found if self.moved[identity].kind in ("withdrawn", "pin")}
        shown = new or old
        if gone:
            return gone
        if shown is not None and shown.listed and found:
            return found
        return self._told(old, new)

    def _series(self, identity: str) -> str:
        fact = self.new.facts.get(identity) or self.old.facts.get(identity)
        return fact.series if fact else identity

    def _told(self, old: Passage | None, new: Passage | None) -> set[str]:
        """The rows whose own words came into the text, or went out of it: events, outlets."""
        before = old.text if old else ""
        after = new.text if new else ""
        found = set()
        for part, identities in self.telling.items():
            if (part in after or part in before) and _says(after, part) != _says(before, part):
                found.update(identities)
        return found

    def _taken(self, old: Passage | None, new: Passage | None) -> tuple[Cause, ...]:
        """The rows, known before, that the rule takes now in the place of others."""
        if not old or not new or old.rows is None or new.rows is None:
            return ()
        came = [self.new.facts[each] for each in sorted(new.rows - old.rows) if each in self.new.facts]
        return tuple(Cause("taken", f"known before, taken now: {fact}", fact.identity) for fact in came)

    def _is_reworded(self, page: str, old: Passage | None, new: Passage | None) -> bool:
        """True where the words around the figures differ, and not only what cells made."""
        shown = new or old
        if shown is None or shown.listed or shown.kind in ("row", "columns", "picture"):
            return False
        if _is_made(shown):
            return False
        known = self.old.templates.get(page, set())
        if new is None or old is None:
            return True
        return new.template not in known if old.rows is None else old.template != new.template


def _says(said: str, part: str) -> bool:
    """True where a text holds a part in whole words: "8 per cent" is not in "38 per cent"."""
    return re.search(rf"(?<![\w.,]){re.escape(part)}(?!\w)", said) is not None


def _is_made(passage: Passage) -> bool:
    """True for a sentence that a cell made whole."""
    return bool(passage.template) and not re.search(r"\w", re.sub(r"\{[^}]*\}", "", passage.template))


def _tells(passage: Passage | None, day: object) -> bool:
    """True where a passage tells the day of reading."""
    return passage is not None and day is not None and day_words(day) in passage.text  # type: ignore[arg-type]


def _moved_rows(old: dict[str, Fact], new: dict[str, Fact]) -> dict[str, Cause]:
    """The rows that came, went or were corrected, each as a cause; none where the rows of one side are not known."""
    if not old or not new:
        return {}
    found = {}
    for identity in [*new, *(each for each in old if each not in new)]:
        before = old.get(identity)
        after = new.get(identity)
        if after is None and before is not None:
            found[identity] = Cause(_gone(identity), f"{_gone_words(identity)}: {before}", identity)
        elif before is None and after is not None:
            found[identity] = Cause("new", f"new: {after}", identity)
        elif before and after and (before.said, before.tag) != (after.said, after.tag):
            text = f"corrected: {after}, which was {before.said}{f', {before.tag}' if before.tag else ''}"
            found[identity] = Cause("corrected", text, identity)
    return found


def _gone(identity: str) -> str:
    return "pin" if identity.startswith("pin:") else "withdrawn"


def _gone_words(identity: str) -> str:
    return "no longer in force" if identity.startswith("pin:") else "withdrawn or no longer known"
