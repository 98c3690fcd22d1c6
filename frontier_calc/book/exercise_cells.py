"""Exercises, their solutions and quizzes as cells of prose: how they are written.

    %%exercise 2.1 From gross to net
    {headline} is what Anthropic stated. Make of it what reaches Anthropic.
    hint: Which of the two counts the part that a shop keeps?

    %%solution 2.1
    headline - gap
    {answer} is left.
    instead headline: That is still the whole sale.

    %%quiz 2.1
    Which headline is larger?
    (when lead > 1) Anthropic's
    (when lead <= 1) OpenAI's
    answer: At {lead.times}.
    read: 2-reading-the-books#A month, or a year?

A solution is an expression on the figures of the page, so it ages with them; ``{answer}`` in its words is what it comes
to. It stands on the second line because a notebook shows the first one of every cell that it folds. Of the options of a
question exactly one has to be right: ``(x)`` always, ``( )`` never, ``(when CONDITION)`` where the data say so, as in a
``%%claim``.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontier_calc.claim_cells import translate
from frontier_calc.claims import Claim, fill, pieces
from frontier_calc.errors import Readable
from frontier_calc.figure import Figure

KINDS = ("exercise", "solution", "quiz")
LETTERS = "ABCDEF"  # of the options of a question
HEADERS = {
    "exercise": re.compile(r"%%exercise[ \t]+(\d+\.\d+)[ \t]+(\S.*)"),
    "solution": re.compile(r"%%solution[ \t]+(\d+\.\d+)()"),
    "quiz": re.compile(r"%%quiz[ \t]+(\d+\.\d+)()"),
}
EXPECTED = {
    "exercise": "%%exercise NUMBER TITLE, such as %%exercise 2.1 From gross to net",
    "solution": "%%solution NUMBER, such as %%solution 2.1, and on the next line an EXPRESSION, such as headline - gap",
    "quiz": "%%quiz NUMBER, such as %%quiz 2.1",
}
OPTION = re.compile(r"\)[ \t]+(?=\S)")  # where an option's words begin, if what stands before it is whole
LABEL = re.compile(r"(hint|answer|read|instead [^:]+):[ \t]*(.*)")
ALLOWED = {"exercise": ("hint",), "solution": ("instead",), "quiz": ("answer", "read")}

Parts = tuple[Any, ...]  # of a sentence: texts, and figures in their wordings


class ExerciseError(Readable, ValueError):
    """A cell that is not written as its kind is; ``line`` is the line of the cell at fault."""

    def __init__(self, message: str, line: int = 1) -> None:
        self.line = line
        super().__init__(message)


@dataclass
class Said:
    """Words under a label, or under none: the question, a hint, an answer; ``line`` is where they begin."""

    label: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        """The words, one text for each paragraph."""
        joined = "\n".join(line.strip() for line in self.lines)
        return [" ".join(part.split()) for part in re.split(r"\n\s*\n", joined) if part.strip()]


@dataclass(frozen=True)
class Written:
    """A cell of one of the three kinds, taken apart."""

    kind: str
    number: str
    head: str  # the title of an exercise, the expression of a solution
    said: tuple[Said, ...]
    options: tuple[tuple[str, str, int], ...]  # when it is right, what it says, its line

    def under(self, label: str) -> list[Said]:
        """What is said under a label."""
        return [said for said in self.said if said.label.split(" ")[0] == label]


def kind_of(source: str) -> str:
    """Which of the three kinds a cell is; empty for any other cell.

    >>> kind_of("%%quiz 2.1"), kind_of("answer = 1")
    ('quiz', '')
    """
    first = source.lstrip()
    return next((kind for kind in KINDS if re.match(rf"%%{kind}\b", first)), "")


def parse(source: str) -> Written:
    """Take a cell apart. Raises ExerciseError, with its ``line``, where it is not written as its kind is."""
    kind = kind_of(source)
    lines = source.splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip())
    header = HEADERS[kind].fullmatch(lines[start].strip())
    if header is None:
        raise ExerciseError(f"found {lines[start].strip()!r}, expected {EXPECTED[kind]}", start + 1)
    head, below = header[2], start + 1
    if kind == "solution":
        head, below = "".join(lines[below : below + 1]).strip(), below + 1
    said = [Said("", below + 1)]
    options: list[tuple[str, str, int]] = []
    for number, line in enumerate(lines[below:], below + 1):
        option, label = _option(line.strip()), LABEL.fullmatch(line.strip())
        if option and kind == "quiz":
            options.append((*option, number))
        elif label:
            said.append(_labelled(kind, label, number))
        else:
            said[-1].lines.append(line)
    return _complete(Written(kind, header[1], head, tuple(said), tuple(options)), start + 1)


def _option(line: str) -> tuple[str, str] | None:
    """When an option is right, and what it says; None for a line that is none."""
    for end in OPTION.finditer(line) if line.startswith("(") else ():
        when = line[1 : end.start()]
        if when in ("x", " ") or (when.startswith("when ") and _is_python(when.removeprefix("when "))):
            return when, line[end.end() :]
    return None


def _is_python(expression: str) -> bool:
    try:
        ast.parse(expression.strip(), mode="eval")
    except SyntaxError:
        return False
    return True


def _labelled(kind: str, label: re.Match[str], number: int) -> Said:
    """What begins with a label. Raises ExerciseError where a cell of that kind has no such label."""
    first = label[1].split(" ")[0]
    if first not in ALLOWED[kind]:
        there_are = " or ".join(f"“{each}”" for each in ALLOWED[kind])
        raise ExerciseError(f"found “{first}:” in %%{kind}, expected {there_are}", number)
    return Said(label[1], number, [label[2]])


def _complete(written: Written, line: int) -> Written:
    """The cell, if nothing is missing that its reader needs."""
    question = written.said[0].paragraphs
    if written.kind in ("exercise", "quiz") and not question:
        raise ExerciseError(
            f"found no question in %%{written.kind} {written.number}, expected one below its first line", line
        )
    if written.kind == "exercise" and len(written.under("hint")) < 2:
        raise ExerciseError(f"exercise {written.number}: expected two hints or more, the plainer one last", line)
    if written.kind == "solution":
        _need_python(written.head, line + 1)
        for wrong in written.under("instead"):
            _need_python(expression_of(wrong), wrong.line)
    if written.kind == "quiz" and not 2 <= len(written.options) <= len(LETTERS):
        raise ExerciseError(f"question {written.number}: expected two to six options, such as “(x) A ruler”", line)
    if written.kind == "quiz" and not written.under("answer"):
        raise ExerciseError(f"question {written.number}: expected “answer: ...”, which says why", line)
    return written


def expression_of(wrong: Said) -> str:
    """The wrong answer that ``instead EXPRESSION:`` names."""
    return wrong.label.partition(" ")[2].strip()


def _need_python(expression: str, line: int) -> None:
    try:
        ast.parse(expression, mode="eval")
    except SyntaxError as error:
        raise ExerciseError(f"{expression!r} is not Python: {error.msg}", line) from None


def value_of(expression: str, names: Mapping[str, Any], line: int) -> Any:
    """What an expression comes to on the names of a page. Raises ExerciseError where it comes to nothing."""
    try:
        return eval(expression, dict(names))
    except Exception as error:
        raise ExerciseError(f"{expression}: {type(error).__name__}: {error}", line) from None


def right_options(written: Written, names: dict[str, Any]) -> Iterator[str]:
    """The options that the data make right."""
    for when, text, line in written.options:
        if when == "x" or (when != " " and _holds(when.removeprefix("when "), names, line)):
            yield text


def _holds(condition: str, names: dict[str, Any], line: int) -> bool:
    try:
        return translate(condition, names).truth is True
    except Exception as error:
        raise ExerciseError(f"{condition}: {error}", line) from None


def filled(said: Said, names: Mapping[str, Any]) -> list[Parts]:
    """The paragraphs of what is said, each as texts and figures. Raises ExerciseError for a place that names nothing."""
    known = {name: str(value) if isinstance(value, Claim) else value for name, value in names.items()}
    made = []
    for paragraph in said.paragraphs:
        try:
            made.append(tuple(pieces(paragraph, fill(paragraph, known))))
        except ValueError as error:
            raise ExerciseError(str(error), said.line) from None
    return made


def figures_of(paragraphs: list[Parts]) -> list[Any]:
    """The live figures among the parts."""
    return [part for parts in paragraphs for part in parts if isinstance(part, Figure) or hasattr(part, "figure")]
