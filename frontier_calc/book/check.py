"""Checks on the prose: no measured number typed in, and every value and link where it belongs."""

import re
from collections.abc import Iterable
from pathlib import Path

from frontier_calc.book import weave
from frontier_calc.book.pages import Page, PageError
from frontier_calc.reading import Reading
from frontier_calc.words import TABLE

NOT_MEASURED = "not-measured.txt"

_words = [word for word in TABLE["integers"] if word not in ("no", "one")]
_parts = [part for part in TABLE["parts"] if part not in ("", "second")]
_tens = [
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
]
NUMBER = re.compile(
    r"[$€£]?\d[\d.,]*\w*|(?<![\w-])(?:"
    + "|".join(
        (*_words, *_tens, "trillion", "twice", "thrice", "double[sd]?", "doubling", "treble[sd]?", "triple[sd]?")
    )
    + r"|(?:one|two|three)-(?:"
    + "|".join(_parts)
    + r")s?|half|halved|halves|quarter of|(?!unfold|manifold|scaffold)\w+-?fold|per cent|percent|[×%])(?![\w-])",
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


def typed_numbers(page: Page, allowed: Iterable[str]) -> list[PageError]:
    """Every number or comparison typed into the prose of a page that is not on the list of what is not measured."""
    return [error for error, _ in _findings(page, tuple(allowed))]


def unused(pages: Iterable[Page], allowed: Iterable[str]) -> list[str]:
    """Phrases on the list that no page needs any more."""
    texts = [_prose(cell.source) for page in pages for cell in weave.cells(page) if cell.kind == "markdown"]
    texts += [sentence for page in pages for cell in weave.cells(page) if cell.kind == "code"
              for sentence, _, _ in _strings(cell.source)]  # fmt: skip
    return [phrase for phrase in allowed if not any(phrase.lower() in " ".join(text.split()).lower() for text in texts)]


def _prose(source: str) -> str:
    """Markdown with what is not prose blanked out, its length kept: values, link targets, code, options."""
    for pattern in (
        r"\{eval\}`[^`]*`",
        r"\]\([^)]*\)",
        r"`[^`]*`",
        r"(?m)^:[\w-]+:.*$",
        r"(?m)^:+\{grid\}.*$",
        r"(?m)^\([\w-]+\)=$",
        r"(?m)^\d+\.",
        r"<[^>]*>",
    ):
        source = re.sub(pattern, lambda match: " " * len(match[0]), source)
    return source


def _strings(code: str) -> list[tuple[str, int, bool]]:
    """The sentences in a cell: string constants with a space in them, their line, and whether a claim vouches for them."""
    import ast

    tree = ast.parse(code)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    vouched = {id(n) for call in calls if ast.unparse(call.func).endswith("claim") for n in ast.walk(call)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            text = re.sub(r"\{[^}]*\}", lambda m: " " * len(m[0]), node.value)
            found.append((text, node.lineno, id(node) in vouched))
    return found


def _findings(page: Page, allowed: tuple[str, ...]) -> list[tuple[PageError, str]]:
    found = []
    for cell in weave.cells(page):
        texts = [(_prose(cell.source), 1, False)] if cell.kind == "markdown" else _strings(cell.source)
        for text, first, vouched in texts:
            blank = text
            for phrase in sorted(allowed, key=len, reverse=True):
                pattern = r"\s+".join(map(re.escape, phrase.split()))
                blank = re.sub(pattern, lambda m: re.sub(r"\S", " ", m[0]), blank, flags=re.IGNORECASE)
            for kind, pattern in (("number", NUMBER), *[("comparison", COMPARISON)] * (not vouched)):
                for match in pattern.finditer(blank):
                    line = cell.line + first - 1 + text.count("\n", 0, match.start())
                    around = " ".join(text[max(match.start() - 25, 0) : match.end() + 25].split())
                    found.append((PageError(
                        page.relative, line,
                        f"found the typed {kind} {match[0]!r} in “{around}”, expected a figure or a claim; "
                        f"if it is not measured, add its phrase to {NOT_MEASURED}"), match[0]))  # fmt: skip
    return found


def everything(reading: Reading, root: Path) -> list[str]:
    """Weave every page in one edition and check its prose; the list of what is wrong, empty if all is well."""
    from frontier_calc.book.pages import all_pages

    allowed, wrong = not_measured(root), []
    every = all_pages(root)
    for page in every:
        try:
            weave.weave(page, reading)
        except PageError as error:
            wrong.append(f"{error}  [{reading.name}]")
        wrong.extend(str(error) for error in typed_numbers(page, allowed))
    wrong.extend(
        f"{NOT_MEASURED}: no page has the phrase {phrase!r} any more; delete the line"
        for phrase in unused(every, allowed)
    )
    return wrong
