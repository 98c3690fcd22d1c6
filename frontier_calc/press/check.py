"""Checks on the prose: no measured number typed in, and every value and link where it belongs."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from frontier_calc.claim_cells import is_claim, parse_claim
from frontier_calc.claims import ClaimError
from frontier_calc.press import weave
from frontier_calc.press.pages import Page, PageError, all_pages
from frontier_calc.record.reading import Reading
from frontier_calc.table import TABLE

NOT_MEASURED = "not-measured.txt"

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
    r"\b(?:overt(?:akes?|ook|aken)|outgrew|outgrows?|narrow(?:er|ing|ed)|widen(?:s|ed|ing)?|surpass\w*|larger than|smaller "
    r"than|faster than|slower than|more than|less than|fewer than|ahead of|behind (?:Anthropic|OpenAI)|exceeds?)\b",
    re.IGNORECASE,
)


def not_measured(root: Path) -> list[str]:
    """The phrases that hold a number or a comparison which is not a measurement, one a line; # begins a comment."""
    path = root / NOT_MEASURED
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


# What is no prose in a page's Markdown: values, link targets, code, options, grids, targets, the numbers of a list, tags.
NOT_PROSE = re.compile(
    r"\{eval\}`[^`]*`|\]\([^)]*\)|`[^`]*`|^:[\w-]+:.*$|^:+\{grid\}.*$|^\([\w-]+\)=$|^\d+\.|<[^>]*>", re.MULTILINE
)


def _blank(pattern: str | re.Pattern[str], text: str, flags: int = 0) -> str:
    """The text with what fits the pattern blanked out, its length and its lines kept."""
    return re.sub(pattern, lambda match: re.sub(r"\S", " ", match[0]), text, flags=flags)


def _sentences(page: Page) -> Iterator[tuple[str, int, bool]]:
    """The prose of a page and the sentences in its cells: text, line, and whether a claim vouches for comparisons."""
    for cell in weave.cells(page):
        if cell.kind == "markdown":
            yield _blank(NOT_PROSE, cell.source), cell.line, False
        elif cell.kind == "code":
            for text, line, vouched in _strings(cell.source):
                yield text, cell.line + line - 1, vouched


def typed_numbers(page: Page, allowed: Iterable[str]) -> list[PageError]:
    """Every number or comparison typed into the prose of a page that is not on the list of what is not measured."""
    found = []
    phrases = [r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(allowed, key=len, reverse=True)]
    for text, first, vouched in _sentences(page):
        blank = text
        for phrase in phrases:
            blank = _blank(phrase, blank, re.IGNORECASE)
        for kind, pattern in (("number", NUMBER), *[("comparison", COMPARISON)] * (not vouched)):
            for match in pattern.finditer(blank):
                line = first + text.count("\n", 0, match.start())
                around = " ".join(text[max(match.start() - 25, 0) : match.end() + 25].split())
                found.append(PageError(
                    page.relative, line,
                    f"found the typed {kind} {match[0]!r} in “{around}”, expected a figure or a claim; "
                    f"if it is not measured, add its phrase to {NOT_MEASURED}"))  # fmt: skip
    return found


def unused(pages: Iterable[Page], allowed: Iterable[str]) -> list[str]:
    """Phrases on the list that no page needs any more."""
    texts = [" ".join(text.split()).lower() for page in pages for text, _, _ in _sentences(page)]
    return [phrase for phrase in allowed if not any(phrase.lower() in text for text in texts)]


def _strings(code: str) -> list[tuple[str, int, bool]]:
    """The sentences in a cell: string constants with a space in them, their line, and whether a claim vouches for them."""
    if is_claim(code):
        return _claimed(code)
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []  # weaving the page names the place
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    vouched = {id(n) for call in calls if ast.unparse(call.func).endswith("claim") for n in ast.walk(call)}
    return [
        (_blank(r"\{[^}]*\}", node.value), node.lineno, id(node) in vouched)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]


def _claimed(code: str) -> list[tuple[str, int, bool]]:
    """The sentences of a claim: text, line, and that a claim vouches for them."""
    try:
        branches = parse_claim(code).branches
    except ClaimError:
        return []  # weaving the page names the place
    return [(_blank(r"\{[^}]*\}", "\n".join(branch.lines)), branch.first_text_line, True) for branch in branches]


def everything(reading: Reading, root: Path) -> list[str]:
    """Weave every page in one edition and check its prose; the list of what is wrong, empty if all is well."""
    allowed, wrong, every = not_measured(root), [], all_pages(root)
    for page in every:
        try:
            weave.weave(page, reading)
        except PageError as error:
            wrong.append(f"{error}  [{reading.name}]")
        wrong.extend(map(str, typed_numbers(page, allowed)))
    gone = unused(every, allowed)
    return wrong + [f"{NOT_MEASURED}: no page has the phrase {phrase!r} any more; delete the line" for phrase in gone]
