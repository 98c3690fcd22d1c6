"""The difference between two moments of the book in words: for a terminal, as Markdown, as JSON, and in short."""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

from frontier_calc.press.diff import Cause, Change, Effects, by_cause

NOTHING = "nothing moved"
RED = "\x1b[31m"
GREEN = "\x1b[32m"
BOLD = "\x1b[1m"
DIM = "\x1b[2m"
END = "\x1b[0m"

LONG = 200  # signs: a longer sentence is shortened,
BESIDE = 40  # so many signs are left on each side of what is marked in it,
LONGEST = 480  # and no more are told, however much is marked
MARKED = re.compile(r"((?:\[-.*?-\])?\{\+.*?\+\}|\[-.*?-\]|\x1b\[3[12]m.*?\x1b\[0m)")

FEW = 5  # so many sentences are told under a cause in the short form
FEW_CAUSES = 4  # so many other causes are named beside a sentence

Mark = Callable[[str, str], str]  # old words and new words, told apart


def plainly(old: str, new: str) -> str:
    """Old and new words in brackets.

    >>> plainly("$24 billion", "$26 billion")
    '[-$24 billion-]{+$26 billion+}'
    """
    gone = f"[-{old}-]" if old else ""
    came = f"{{+{new}+}}" if new else ""
    return gone + came


def in_colours(old: str, new: str) -> str:
    """Old words in red, new ones in green."""
    gone = f"{RED}{old}{END}" if old else ""
    came = f"{GREEN}{new}{END}" if new else ""
    return f"{gone} {came}" if old and new else gone + came


def in_markdown(old: str, new: str) -> str:
    """Old words struck out, new ones bold."""
    gone = f"~~{_escaped(old)}~~" if old else ""
    came = f"**{_escaped(new)}**" if new else ""
    return f"{gone} {came}" if old and new else gone + came


def _escaped(said: str) -> str:
    return re.sub(r"([\\`*_~|<>\[\]#])", r"\\\1", said)


def _as_it_is(said: str) -> str:
    return said


def marked(old: str, new: str, mark: Mark, plain: Callable[[str], str] = _as_it_is) -> str:
    """A sentence with the words that went and came marked in it.

    >>> marked("It is over $30 billion now.", "It is about $47 billion now.", plainly)
    'It is [-over $30-]{+about $47+} billion now.'
    """
    olds = old.split()
    news = new.split()
    parts = []
    matcher = difflib.SequenceMatcher(None, olds, news, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        gone = " ".join(olds[old_start:old_end])
        came = " ".join(news[new_start:new_end])
        parts.append(plain(came) if tag == "equal" else mark(gone, came))
    return " ".join(parts)


# The long form.


def terminal(changes: Sequence[Change], every: bool = False, colours: bool = False) -> str:
    """All that moved, by cause, page and heading; lists and sheets by number unless ``every`` is asked for."""
    if not changes:
        return "Nothing moved: every page says what it said."
    mark = in_colours if colours else plainly
    bold = _bold if colours else _as_it_is
    groups, quiet = _parted(by_cause(changes), every)
    numbers = {group.cause: number for number, group in enumerate(groups, 1)}
    lines = []
    for group in groups:
        lines += [bold(f"[{numbers[group.cause]}] {group.cause.text}"), *_effects(group, numbers, mark, every), ""]
    if quiet:
        lines += [bold("In lists and sheets alone:"), *(f"  {group.cause.text}" for group in quiet), ""]
    return "\n".join([*lines, summary(changes)])


def _parted(groups: Iterable[Effects], every: bool) -> tuple[list[Effects], list[Effects]]:
    """The causes that moved something a reader reads, and those that moved lists and sheets alone."""
    told: list[Effects] = []
    quiet: list[Effects] = []
    for group in groups:
        only_lists = all(change.listed for change in group.changes)
        (quiet if only_lists and not every else told).append(group)
    return told, quiet


def _bold(said: str) -> str:
    return f"{BOLD}{said}{END}"


def _effects(group: Effects, numbers: dict[Cause, int], mark: Mark, every: bool) -> Iterator[str]:
    """The lines under one cause."""
    told = [(at, change) for at, change in enumerate(group.changes) if every or not change.listed]
    place = ("", "")
    for at, change in told:
        if (change.page, change.heading) != place:
            place = (change.page, change.heading)
            yield f"  {_place(change)}"
        also = _also(group.beside.get(at, ()), numbers)
        for line in lines_of(change, mark):
            yield f"    {line}{also}"
            also = ""
    yield from (f"  {line}" for line in _lists(group.changes, every))


def _place(change: Change) -> str:
    return f"{change.title} › {change.heading}" if change.heading else change.title


def _also(causes: Sequence[Cause], numbers: dict[Cause, int]) -> str:
    """What else moved a sentence: a number where that cause has a group, its words where it has none."""
    told = [f"[{numbers[cause]}]" if cause in numbers else cause.text for cause in causes[:FEW_CAUSES]]
    more = len(causes) - len(told)
    if more > 0:
        told.append(f"{more} more")
    return f"  (with {', '.join(told)})" if told else ""


def lines_of(change: Change, mark: Mark) -> Iterator[str]:
    """One change: a sentence, or a line for each cell that moved; then the claims that turned."""
    kind = {"picture": "chart: ", "heading": "heading: "}.get(change.kind, "")
    if change.cells:
        name = change.new.partition("\t")[0]
        for cell in change.cells:
            column = f", {cell.column}" if cell.column else ""
            yield f"table, {name}{column}: {mark(cell.old, cell.new)}"
    elif change.kind == "row":
        yield f"table: {mark(_cells(change.old), _cells(change.new))}"
    else:
        yield kind + marked(change.old, change.new, mark)
    for turn in change.turned:
        yield f"  claim {turn}"


def _cells(row: str) -> str:
    return row.replace("\t", " | ")


def _lists(changes: Iterable[Change], every: bool) -> Iterator[str]:
    """How many entries of lists and sheets moved, page by page."""
    if every:
        return
    counts: dict[str, int] = {}
    for change in changes:
        if change.listed:
            counts[change.title] = counts.get(change.title, 0) + 1
    if counts:
        told = ", ".join(f"{title} ({count})" for title, count in counts.items())
        yield f"in lists and sheets: {told}"


def summary(changes: Sequence[Change]) -> str:
    """How much moved, in a line."""
    if not changes:
        return NOTHING
    told = [change for change in changes if not change.listed]
    parts = [
        _counted(sum(change.kind in ("sentence", "heading") for change in told), "sentence"),
        _counted(sum(change.kind == "row" for change in told), "table row"),
        _counted(sum(change.kind == "picture" for change in told), "sentence of alt texts", "sentences of alt texts"),
        _counted(sum(len(change.turned) for change in told), "claim turned", "claims turned"),
        _counted(len(changes) - len(told), "entry of lists and sheets", "entries of lists and sheets"),
    ]
    causes = len({cause for change in changes for cause in change.causes})
    return f"{', '.join(part for part in parts if part)}; {_counted(causes, 'cause')}"


def _counted(number: int, one: str, several: str = "") -> str:
    if not number:
        return ""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


# The short form.


def short(changes: Sequence[Change], few: int = FEW, colours: bool = False) -> str:
    """The causes, each with its first few sentences: how a build ends."""
    if not changes:
        return NOTHING
    mark = in_colours if colours else plainly
    lines = []
    groups, quiet = _parted(by_cause(changes), every=False)
    for group in groups:
        lines.append(f"  {group.cause.text}")
        told = [change for change in group.changes if not change.listed]
        told.sort(key=lambda change: ("sentence", "heading", "row", "picture").index(change.kind))
        for change in told[:few]:
            first, *_ = lines_of(change, mark)
            lines.append(f"    {change.page}: {_shortened(first)}")
        more = len(group.changes) - len(told[:few])
        if more:
            lines.append(f"    and {more} more")
    if quiet:
        lines.append(f"  {_counted(len(quiet), 'more cause')} that moved lists and sheets alone")
    return "\n".join([*lines, f"  {summary(changes)}"])


def _shortened(line: str) -> str:
    """A long sentence without the middle of what stayed as it was, so that each of its marks is seen."""
    if len(line) <= LONG:
        return line
    parts = MARKED.split(line)  # what stayed and what is marked, by turns
    last = len(parts) - 1
    kept = [part if at % 2 else _ends(part, at > 0, at < last) for at, part in enumerate(parts)]
    told = "".join(kept)
    return told if len(told) <= LONGEST else f"{told[:LONGEST]} …"


def _ends(stayed: str, is_behind: bool, is_before: bool) -> str:
    """The words that stand beside a mark: the first ones of a text behind it, the last ones of a text before it."""
    if len(stayed) <= 2 * BESIDE:
        return stayed
    first = f"{stayed[:BESIDE].rpartition(' ')[0]} " if is_behind else ""
    last = f" {stayed[-BESIDE:].partition(' ')[2]}" if is_before else ""
    return f"{first}…{last}"


# For other readers.


def markdown(changes: Sequence[Change], every: bool = False) -> str:
    """All that moved, as Markdown: a heading for each cause, a list entry for each sentence."""
    if not changes:
        return "Nothing moved.\n"
    groups = by_cause(changes)
    numbers = {group.cause: number for number, group in enumerate(groups, 1)}
    lines = []
    for group in groups:
        lines += [f"## {numbers[group.cause]}. {_escaped(group.cause.text)}", ""]
        for at, change in enumerate(group.changes):
            if every or not change.listed:
                lines.append(_entry(change) + _also(group.beside.get(at, ()), numbers))
        lines += [f"- {_escaped(line)}" for line in _lists(group.changes, every)]
        lines.append("")
    return "\n".join([*lines, summary(changes).capitalize() + ".", ""])


def _entry(change: Change) -> str:
    place = _escaped(_place(change))
    if change.cells:
        name = _escaped(change.new.partition("\t")[0])
        cells = "; ".join(f"{_escaped(cell.column)}: {in_markdown(cell.old, cell.new)}" for cell in change.cells)
        return f"- *{place}*: {name}: {cells}"
    said = marked(_cells(change.old), _cells(change.new), in_markdown, _escaped)
    turned = "".join(f" (claim {_escaped(turn)})" for turn in change.turned)
    return f"- *{place}*: {said}{turned}"


def markdown_wrong(wrong: Sequence[str]) -> str:
    """What needs words before the book can go out, as Markdown; nothing where nothing does."""
    if not wrong:
        return ""
    entries = [f"- {_escaped(' '.join(line.split()))}" for line in wrong]
    return "\n".join(["", "## What needs words", "", *entries, ""])


def as_json(changes: Sequence[Change], wrong: Sequence[str] = ()) -> str:
    """All that moved, as JSON: versioned, each change with its causes; and what needs words."""
    moved = [asdict(change) for change in changes]
    return json.dumps({"version": 1, "changes": moved, "needs_words": list(wrong)}, ensure_ascii=False, indent=1)
