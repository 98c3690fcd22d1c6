"""Exercises that check themselves, and quizzes: on the site with folded hints and solutions, in a notebook to be solved.

A student answers with a figure, made of the figures of the page. ``check`` compares the value, and the way to it: what it
counts, its ruler, the period that it is about, and the numbers that it leans on. So the right number on the wrong ruler
is not right, and a typed number never is.

>>> from frontier_calc import assume
>>> sold, kept = assume("sold", 30.0), assume("kept by the shops", 8.0)
>>> names = {"sold": sold, "kept": kept}
>>> put = show("%%exercise 9.1 What is left\\nOf {sold} the shops keep {kept}.\\nhint: Who keeps it?\\nhint: Subtract.", names)
>>> put = show("%%solution 9.1\\nsold - kept\\nIt is {answer}.\\ninstead sold + kept: That adds.", names)
>>> check("9.1", sold + kept)
9.1 is not right yet. You have 38. That adds.
>>> check("9.1", sold - kept)
9.1 is right. It is 22.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from frontier_calc.book import answers, blocks, exercise_cells, html
from frontier_calc.book.blocks import Block, Fold, Group, Item, Link, Listing, Paragraph, Span, Styled
from frontier_calc.book.exercise_cells import LETTERS, ExerciseError, Parts, Written
from frontier_calc.book.tables import Of, Shown
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.record.reading import current
from frontier_calc.words import Worded

MARKED = re.compile(r"(`[^`]+`|\*[^*\s][^*]*\*)")
NOT_IN_A_NAME = re.compile(r"[^\w .-]")
NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass
class Exercise:
    """One exercise as this session knows it: its words, its solution, and how it went."""

    written: Written
    hints: list[list[Parts]]
    way: str = ""  # the solution as it is typed
    solution: Any = None  # and what it comes to
    because: tuple[Parts, ...] = ()
    instead: tuple[tuple[Any, list[Parts]], ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)  # what the page calls each figure, by its leaf's identity
    hints_seen: int = 0
    is_right: bool = False


_known: dict[str, Exercise] = {}


# What the cells show.


class HeldBack(Shown):
    """What the site shows whole, parts of it folded, and a notebook without them: hints and solutions are asked for."""

    def __init__(self, block: Group, figures: Iterable[Any], in_a_notebook: Group) -> None:
        self.block = block
        self.figures = tuple(figures)
        self.in_a_notebook = in_a_notebook

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        shown = Of(self.in_a_notebook)
        return {
            blocks.MIME: blocks.as_json(self.block),
            "text/plain": repr(shown),
            "text/html": shown._repr_html_(),
        }


def show(source: str, names: dict[str, Any]) -> Shown:
    """What a cell of one of the three kinds shows, on the names of its page. Raises ExerciseError, with its ``line``."""
    written = exercise_cells.parse(source)
    return {"exercise": _exercise, "solution": _solution, "quiz": _quiz}[written.kind](written, names)


def _exercise(written: Written, names: dict[str, Any]) -> HeldBack:
    question = exercise_cells.filled(written.said[0], names)
    hints = [exercise_cells.filled(said, names) for said in written.under("hint")]
    before = _known.get(written.number)
    _known[written.number] = (
        Exercise(written, hints) if before is None else replace(before, written=written, hints=hints)
    )
    title: tuple[Span, ...] = (Styled((f"Exercise {written.number}",), "exercise-number"), f" {written.head}")
    folded = [Fold((f"Hint {place}",), _paragraphs(hint)) for place, hint in enumerate(hints, 1)]
    asked = Group("exercise", (*_paragraphs(question), _next_cell(written.number)), title)
    shown = [part for each in (question, *hints) for part in exercise_cells.figures_of(each)]
    return HeldBack(Group("exercise", (*_paragraphs(question), *folded), title), shown, asked)


def _next_cell(number: str) -> Paragraph:
    asked = Styled((f'fc.hint("{number}")',), "code")
    words = (
        "Make your answer of the names in the table, put it below in place of the three dots, and run the cell. "
        "Stuck? Run ",
        asked,
        " in a cell of its own.",
    )
    return Paragraph(words, "exercise-next")


def _solution(written: Written, names: dict[str, Any]) -> HeldBack:
    exercise = _known.get(written.number)
    if exercise is None:
        raise ExerciseError(f"there is no exercise {written.number} above: its cell comes first")
    exercise.way = written.head
    exercise.called = _called(names)
    exercise.solution = exercise_cells.value_of(written.head, names, 2)
    told = exercise_cells.filled(written.said[0], {**names, "answer": exercise.solution})
    exercise.because = tuple(told)
    exercise.instead = tuple(
        (
            exercise_cells.value_of(exercise_cells.expression_of(said), names, said.line),
            exercise_cells.filled(exercise_cells.Said("", said.line, said.lines), names),
        )
        for said in written.under("instead")
    )
    code = Paragraph((Styled((written.head,), "code"),), "exercise-code")
    fold = Fold((f"Solution of {written.number}",), (code, *_paragraphs(told)), "solution")
    return HeldBack(
        Group("solutions", (fold,)),
        exercise_cells.figures_of(told),
        Group("solutions", (_for_a_notebook(written.number),)),
    )


def _called(names: Mapping[str, Any]) -> dict[str, str]:
    """What a page calls the figures that were read or assumed, by identity; the first name of each."""
    return {
        figure.node.identity: name
        for name, figure in reversed([*names.items()])
        if isinstance(figure, Figure) and isinstance(figure.node, Leaf) and not name.startswith("_")
    }


def _for_a_notebook(number: str) -> Paragraph:
    return Paragraph(("For the solution of ", number, " run ", Styled((f'fc.solution("{number}")',), "code"), "."))


def _quiz(written: Written, names: dict[str, Any]) -> Of:
    right = list(exercise_cells.right_options(written, names))
    if not right and current().may_be_unknown:
        right = [written.options[0][1]]  # on a day when nothing of it was known the answer shows that alone
    if len(right) != 1:
        told = " and ".join(f"“{text}”" for text in right) or "none"
        remedy = "ranges leave a comparison open unless it is stated(...)"
        raise ExerciseError(
            f"question {written.number}: {told} of its options are right on these data, expected one; {remedy}"
        )
    question, answer = (exercise_cells.filled(written.under(label)[0], names) for label in ("", "answer"))
    options = [exercise_cells.filled(exercise_cells.Said("", line, [text]), names) for _, text, line in written.options]
    letter = LETTERS[[text for _, text, _ in written.options].index(right[0])]
    because = Paragraph((Styled((f"{letter}. ",), "strong"), *_spans(answer[0])))
    items = [Paragraph((f"{LETTERS[at]}. ", *_spans(option[0]))) for at, option in enumerate(options)]
    listing = Listing(tuple(Item((each,)) for each in items))
    title: tuple[Span, ...] = (Styled((f"Question {written.number}",), "exercise-number"),)
    fold = Fold(("Show the answer",), (because, *_read_again(written)))
    figures = [figure for each in (question, answer, *options) for figure in exercise_cells.figures_of(each)]
    return Of(Group("quiz", (*_paragraphs(question), listing, fold), title), figures)


def _read_again(written: Written) -> Iterator[Paragraph]:
    for said in written.under("read"):
        page, _, heading = " ".join(said.paragraphs).partition("#")
        link = Link((heading,), f"../ledgers/{page}.html#{anchor_of(heading)}")
        yield Paragraph(("It stands under “", link, "”."), "below")


def anchor_of(heading: str) -> str:
    """The name by which a link finds a heading, as docutils makes it.

    >>> anchor_of("The whole sale, or the lab’s share?")
    'the-whole-sale-or-the-labs-share'
    """
    return NO_LETTER.sub("-", heading.lower().replace("’", "")).strip("-")


def _paragraphs(told: Iterable[Parts]) -> tuple[Block, ...]:
    return tuple(Paragraph(_spans(parts)) for parts in told)


def _spans(parts: Parts) -> tuple[Span, ...]:
    return tuple(
        span for part in parts for span in (_marked(part) if isinstance(part, str) else blocks.spans_of([part]))
    )


def _marked(text: str) -> Iterator[Span]:
    """A text with its `code` and its *emphasis*."""
    for piece in MARKED.split(text):
        if piece.startswith("`") and len(piece) > 1:
            yield Styled((piece.strip("`"),), "code")
        elif piece.startswith("*") and len(piece) > 1:
            yield Styled((piece.strip("*"),), "emphasis")
        elif piece:
            yield piece


# A student's answer.


OPENINGS = {"right": "is right.", "wrong": "is not right yet.", "open": "waits for your answer."}
SIDES = {"right": "#2a7d4f", "wrong": "#b4622d", "open": "#8a8577"}


class Verdict(Shown):
    """What is said of an answer: ``is_right``, and why not. In a notebook, a box; ``str()`` is its words."""

    def __init__(self, number: str, kind: str, told: Iterable[Parts]) -> None:
        self.number = number
        self.kind = kind
        self.is_right = kind == "right"
        self.block = Group(f"verdict {kind}", _paragraphs(_opened([f"{number} {OPENINGS[kind]} "], told)))

    def _repr_html_(self) -> str:
        style = f"border-left: 3px solid {SIDES[self.kind]}; padding: 0.2em 0.9em; margin: 0.4em 0"
        return f'<div style="{style}">{html.of_blocks(self.block.blocks)}</div>'


def _opened(opening: Iterable[Any], told: Iterable[Parts]) -> Iterator[Parts]:
    """Paragraphs, the first of them begun otherwise."""
    first, *more = [*told] or [()]
    yield (*opening, *first)
    yield from more


def check(number: str, answer: Any) -> Verdict:
    """Whether an answer is right, in words: its value and the way to it. The answer itself is never told.

    A wrong answer uses up no hint. Raises ExerciseError for a number that no exercise has.
    """
    exercise = _exercise_of(number)
    exercise.is_right = False  # until this answer is: an earlier one does not count
    if answer is Ellipsis:
        return Verdict(number, "open", [("Put it in place of the three dots.",)])
    if not exercise.because:
        return Verdict(number, "open", [("Run the cell with its solution first: Run, Run All Cells does it for all.",)])
    answer = answer.figure if isinstance(answer, Worded) else answer
    wrong = next(answers.faults(exercise, answer), None)
    if wrong is None:
        exercise.is_right = True
        return Verdict(number, "right", exercise.because)
    yours = ("You have ", answer, ". ") if isinstance(answer, Figure) else ()
    return Verdict(number, "wrong", _opened(yours, wrong))


def hint(number: str) -> Of:
    """The next hint: the first one at first, then one more each time; the last one stays."""
    return Of(Group("hint", _paragraphs(_next_hint(_exercise_of(number)))))


def _next_hint(exercise: Exercise) -> list[Parts]:
    """The next hint, and which of them it is; with the last one, where the solution is."""
    count = len(exercise.hints)
    exercise.hints_seen = min(exercise.hints_seen + 1, count)
    told = [*_opened([f"Hint {exercise.hints_seen} of {count}: "], exercise.hints[exercise.hints_seen - 1])]
    is_last = exercise.hints_seen == count
    more = f'It is the last one; fc.solution("{exercise.written.number}") shows the way.'
    return [*told, (more if is_last else "Asked again, it gives the next one.",)]


def solution(number: str) -> Of:
    """The solution of an exercise: the way, as its last hint tells it, the calculation, and what it comes to."""
    exercise = _exercise_of(number)
    if not exercise.way:
        raise ExerciseError(
            f"the cell with the solution of {number} has not run yet: run all cells (Run, Run All Cells)"
        )
    way = _opened([f"{exercise.written.number}: "], exercise.hints[-1])
    told = [*way, (f"`{exercise.way}`",), *exercise.because]
    return Of(Group("solution", _paragraphs(told)))


def _exercise_of(number: str) -> Exercise:
    """An exercise whose cell has run. Raises ExerciseError saying which cell has to be run."""
    if str(number) not in _known:
        there = ", ".join(sorted(_known)) or "none: run all cells of the notebook first (Run, Run All Cells)"
        raise ExerciseError(f"there is no exercise {number}; there are {there}")
    return _known[str(number)]


# What a class collects.


def result(who: str = "") -> str:
    """How it went, in a line that a class can paste: the edition, the exercises that were solved, and a short code.

    The code behind the # is a sum over the line and keeps typing errors out; it is no proof.

    >>> forget()
    >>> result("Ada").rpartition(" #")[0]
    'Solved none of 0 by Ada, edition working'
    """
    solved = "+".join(_in_order(number for number, exercise in _known.items() if exercise.is_right)) or "none"
    name = NOT_IN_A_NAME.sub("", who).strip()
    line = f"Solved {solved} of {len(_known)}{name and f' by {name}'}, edition {current().name}"
    return f"{line} #{_code(line)}"


def results(pasted: str) -> Counter[str]:
    """How many solved each exercise, from the lines that a class has pasted; raises ExerciseError for a line that is none.

    >>> forget()
    >>> results(f"{result('Ada')}\\n{result('Bo')}")
    Counter()
    """
    solved: Counter[str] = Counter()
    for place, line in enumerate(filter(str.strip, pasted.splitlines()), 1):
        told, _, code = line.strip().rpartition(" #")
        if not told or _code(told) != code:
            raise ExerciseError(f"line {place}: {line.strip()[:60]!r} is no result: was it pasted whole?")
        numbers = told.split(" ")[1]
        solved.update(numbers.split("+") if numbers != "none" else ())
    return solved


def _in_order(numbers: Iterable[str]) -> list[str]:
    return sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def _code(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:4].upper()


def forget() -> None:
    """Forget all exercises, as a new notebook does."""
    _known.clear()


def known() -> Mapping[str, Exercise]:
    """The exercises whose cells have run, by number."""
    return _known
