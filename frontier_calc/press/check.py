"""Checks on the prose: no measured number typed in, and every value and link where it belongs."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from frontier_calc.book import exercise_cells
from frontier_calc.claim_cells import is_claim, parse_claim
from frontier_calc.claims import ClaimError
from frontier_calc.press import joined, shelved, weave
from frontier_calc.press.pages import Page, PageError, all_pages
from frontier_calc.record.reading import Reading
from frontier_calc.table import TABLE

NOT_MEASURED = "not-measured.txt"
AROUND = 25  # signs on each side of what is found, so that an author finds it

_integers = "|".join(word for word in TABLE["integers"] if word not in ("no", "one"))
_parts = "|".join(part for part in TABLE["parts"] if part not in ("", "second"))
NUMBER = re.compile(
    rf"[$€£]?\d[\d.,]*\w*|(?<![\w-])(?:{_integers}|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|thousand|million|billion|trillion|twice|thrice|double[sd]?|doubling|treble[sd]?|triple[sd]?"
    rf"|(?:one|two|three)-(?:{_parts})s?|half|halved|halves|quarter of|(?!unfold|manifold|scaffold)\w+-?fold"
    r"|per cent|percent|[×%])(?![\w-])",
    re.IGNORECASE,
)
COMPARISON = re.compile(
    r"\b(?:overt(?:akes?|ook|aken)|outgrew|outgrows?|outpac\w+|outstrip\w*|narrow(?:er|ing|ed)|widen(?:s|ed|ing)?|surpass\w*"
    r"|(?:larger|smaller|bigger|greater|higher|lower|cheaper|dearer|faster|slower|more|less|fewer) than"
    r"|ahead of(?! time| schedule)|behind (?:Anthropic|OpenAI)|exceeds?)\b",
    re.IGNORECASE,
)
# What is no prose in a page's Markdown: names of notes, values, link targets, code, options, grids, targets, the numbers
# of a list, tags.
NOT_PROSE = re.compile(
    r"\[\^[^\]\s]+\]|\{eval\}`[^`]*`|\]\([^)]*\)|`[^`]*`|^:[\w-]+:.*$|^:+\{grid\}.*$|^\([\w-]+\)=$|^\d+\.|<[^>]*>",
    re.MULTILINE,
)
PLACE = re.compile(r"\{[^}]*\}")  # in a sentence of a cell: what a figure will stand in
CODE = re.compile(r"`[^`]*`")  # what an exercise says of its cells
# An exercise counts its own parts in such words, the two labs and the three promises; a number measured has digits.
OWN_PARTS = re.compile(r"\b(?:two|three|four|five|six|half|twice|double)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A piece of a page's prose, what is no prose in it blanked out, and the line of the file at which it begins."""

    text: str
    line: int
    vouched: bool = False  # a claim vouches for the comparisons in it


def not_measured(root: Path) -> list[str]:
    """The phrases that hold a number or a comparison which is not a measurement, one a line; # begins a comment."""
    path = root / NOT_MEASURED
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with what fits the pattern blanked out, its length and its lines kept."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"\S", " ", match[0])

    return pattern.sub(blank, text)


def _passages(page: Page) -> list[Passage]:
    """The prose of a page, and the sentences in its cells."""
    cells = weave.cells(page)
    rests_on = [f"{cell.kind} {cell.line}\n{cell.source}" for cell in cells]
    found = shelved.either(page.root, f"prose-{page.docname}", rests_on, lambda: [astuple(p) for p in _read(cells)])
    return [Passage(*each) for each in found]


def _read(cells: Iterable[weave.Cell]) -> Iterator[Passage]:
    for cell in cells:
        if cell.kind == "markdown":
            yield Passage(_blanked(NOT_PROSE, cell.source), cell.line)
        elif cell.kind == "code":
            for passage in _in_cell(cell.source):
                yield Passage(passage.text, cell.line + passage.line - 1, passage.vouched)


def _in_cell(code: str) -> Iterator[Passage]:
    """The sentences of a cell, with their lines in it."""
    if is_claim(code):
        yield from _in_claim(code)
        return
    if exercise_cells.kind_of(code):
        yield from _in_exercise(code)
        return
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return  # weaving the page names the place
    vouched = _claimed(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield Passage(_blanked(PLACE, node.value), node.lineno, id(node) in vouched)


def _claimed(tree: ast.AST) -> set[int]:
    """The parts of a cell's Python that stand in a call of claim()."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    claims = [call for call in calls if ast.unparse(call.func).endswith("claim")]
    return {id(part) for claim in claims for part in ast.walk(claim)}


def _in_claim(code: str) -> Iterator[Passage]:
    """The sentences of a claim, for which it vouches itself."""
    try:
        branches = parse_claim(code).branches
    except ClaimError:
        return  # weaving the page names the place
    for branch in branches:
        yield Passage(_blanked(PLACE, "\n".join(branch.lines)), branch.first_text_line, vouched=True)


def _in_exercise(code: str) -> Iterator[Passage]:
    """The sentences of an exercise, its solution or a question; which of two is the larger is what they ask."""
    try:
        written = exercise_cells.parse(code)
    except exercise_cells.ExerciseError:
        return  # weaving the page names the place
    said = [("\n".join(said.lines), said.line) for said in written.said if said.label != "read"]
    for text, line in [*said, *((text, line) for _, text, line in written.options)]:
        yield Passage(_blanked(OWN_PARTS, _blanked(CODE, _blanked(PLACE, text))), line, vouched=True)


def typed_numbers(page: Page, allowed: Iterable[str]) -> list[PageError]:
    """Every number or comparison typed into the prose of a page that is not on the list of what is not measured."""
    phrases = [(_first_word(phrase), _phrase(phrase)) for phrase in sorted(allowed, key=len, reverse=True)]
    found = []
    for passage in _passages(page):
        blanked = passage.text
        words = blanked.lower()
        for first, phrase in phrases:
            if first in words:  # most are nowhere in a passage
                blanked = _blanked(phrase, blanked)
        found += [_typed(page, passage, match, "number") for match in NUMBER.finditer(blanked)]
        if not passage.vouched:
            found += [_typed(page, passage, match, "comparison") for match in COMPARISON.finditer(blanked)]
    return found


def _first_word(phrase: str) -> str:
    return phrase.split()[0].lower()


def _phrase(phrase: str) -> re.Pattern[str]:
    """A phrase of the list, wherever its line is broken and however it is capitalised."""
    return re.compile(r"\s+".join(re.escape(word) for word in phrase.split()), re.IGNORECASE)


def _typed(page: Page, passage: Passage, match: re.Match[str], kind: str) -> PageError:
    text = passage.text
    line = passage.line + text.count("\n", 0, match.start())
    around = " ".join(text[max(match.start() - AROUND, 0) : match.end() + AROUND].split())
    found = f"found the typed {kind} {match[0]!r} in “{around}”, expected a figure or a claim"
    return PageError(page.relative, line, f"{found}; if it is not measured, add its phrase to {NOT_MEASURED}")


def unused(pages: Iterable[Page], allowed: Iterable[str]) -> list[str]:
    """Phrases on the list that no page needs any more."""
    texts = [" ".join(passage.text.split()).lower() for page in pages for passage in _passages(page)]
    return [phrase for phrase in allowed if not any(phrase.lower() in text for text in texts)]


def everything(reading: Reading, root: Path) -> list[str]:
    """Weave every page in one edition and check its prose; the list of what is wrong, empty if all is well."""
    allowed = not_measured(root)
    every = all_pages(root)
    woven, errors = weave.readable(reading, root)
    said = {page.page.name: joined.crossed(page, reading) for page in woven}
    wrong: list[str] = []
    for page in every:
        told = [str(error) for error in errors if str(error.path) == page.relative]
        wrong += [f"{line}  [{reading.name}]" for line in (*told, *said.get(page.name, ()))]
        wrong += [str(error) for error in typed_numbers(page, allowed)]
    for phrase in unused(every, allowed):
        wrong.append(f"{NOT_MEASURED}: no page has the phrase {phrase!r} any more; delete the line")
    return wrong
