"""What is wrong with an answer to an exercise, in words: its value, what it counts, its ruler, and what it is made of.

A wrong answer is told by what was tried: a number foreseen has its own words, and of any other the figures that it is
made of are told. The solution is never told.
"""

import math
from collections.abc import Iterator
from difflib import SequenceMatcher
from numbers import Real
from typing import TYPE_CHECKING, Any

from frontier_calc import rulers, units
from frontier_calc.book.exercise_cells import Parts
from frontier_calc.book.tables import Shown
from frontier_calc.figure import Figure
from frontier_calc.units import ONE

if TYPE_CHECKING:
    from frontier_calc.book.exercises import Exercise

CLOSE = 1e-6  # so near to each other, as a share, two ways of the same calculation come
ABOUT = 0.02  # so near a typed number comes that was read off and rounded
NEARLY = 0.8  # so alike are two words that differ by a slip of the keyboard
SCALES = (1.0, 1e9, 1e6, 1e3, 1e12, 1e-2)  # in which a number may have been typed
CALCULATE = "Calculate with the names in the table at the top of the page."


def faults(exercise: "Exercise", answer: Any) -> Iterator[list[Parts]]:
    """What is wrong with an answer, the plainest first; nothing where it is right."""
    right = exercise.solution
    if not isinstance(right, Figure):
        yield from _faults_of_words(exercise, answer)
        return
    if not isinstance(answer, Figure):
        yield [(_no_figure(answer, right),)]
        return
    for value, told in exercise.instead:
        if isinstance(value, Figure) and _is_meant(answer, value, right):
            yield told
    if _agree(answer, right):
        yield from _typed_in_place(exercise, answer)
    yield from _measured_otherwise(answer, right)
    if not _agree(answer, right):
        yield [(f"{_of_the_way(exercise, answer)} {_help(exercise)}",)]
    yield from _about_something_else(exercise, answer)


def _about_something_else(exercise: "Exercise", answer: Figure) -> Iterator[list[Parts]]:
    """Where the number is right, and it is on another ruler, about other times, or made of other figures."""
    right = exercise.solution
    if answer.ruler != right.ruler and not right.aside:  # of two set beside each other neither ruler is the result's
        yield [(f"The number is right. Its ruler is {answer.ruler}; asked is {right.ruler}.",)]
    if answer.periods != right.periods:
        yield [(f"The number is right, but it is about {answer.about_words}; asked is {right.about_words}.",)]
    for name in _not_in(right, answer, exercise):
        yield [(f"The number agrees, but it leans on {name}, which is not needed: find the way without it.",)]


def _measured_otherwise(answer: Figure, right: Figure) -> Iterator[list[Parts]]:
    """Where an answer counts something else, has the other sign, or was measured in another way."""
    if _is_ratio(right) and answer.unit == right.unit and math.isclose(answer.value, 100 * right.value, rel_tol=CLOSE):
        yield [("That is the answer in per cent: leave the share as it is, without the hundred.",)]
    if answer.unit != right.unit:
        yield [(f"It counts {_counts(answer)}; asked is {_counts(right)}.",)]
    if math.isclose(answer.value, -right.value, rel_tol=CLOSE):
        yield [("Its size is right, and its sign is not: which of the two is to be taken off the other?",)]
    for side in rulers.clash(answer.ruler, right.ruler):
        yield [(_on_another_ruler(getattr(answer.ruler, side), getattr(right.ruler, side), _agree(answer, right)),)]


def _on_another_ruler(mine: str, asked: str, is_same: bool) -> str:
    """What to say of a figure that was measured otherwise than it should be: its ruler is how it was measured."""
    if not is_same:
        return f"It still counts as {mine}; asked is what is {asked}."
    kept = "a figure keeps its ruler, which is how it was measured, until a function of `rulers` changes it (type `rulers.` and press Tab)"
    return f"The number is right, but it still counts as {mine}, and {asked} is asked: {kept}."


def _faults_of_words(exercise: "Exercise", answer: Any) -> Iterator[list[Parts]]:
    """What is wrong with an answer that is a word, a truth value or a count of things."""
    if _plain(answer) == _plain(exercise.solution):
        return
    for value, told in exercise.instead:
        if _plain(answer) == _plain(value):
            yield told
    if not isinstance(answer, type(exercise.solution)):
        kind = {str: "a word in quotation marks", bool: "True or False"}.get(type(exercise.solution), "a plain number")
        yield [(f"Asked is {kind}.",)]
    yield [(f"{_of_the_word(answer, exercise.solution)} {_help(exercise)}",)]


def _of_the_word(answer: Any, right: Any) -> str:
    """What can be said of a wrong word by the looks of it."""
    if isinstance(answer, str) and isinstance(right, str):
        if "," in answer or " and " in answer:
            return "Asked is one word."
        if SequenceMatcher(None, _plain(answer), _plain(right)).ratio() > NEARLY:
            return "Look at how it is spelled."
    return "That is not it."


def _plain(answer: Any) -> Any:
    return " ".join(answer.split()).casefold() if isinstance(answer, str) else answer


def _no_figure(answer: Any, right: Figure) -> str:
    """What to say of an answer that is no figure; whether a typed number comes near is said, for it is half the way."""
    if isinstance(answer, Shown):
        return "That is something to read. Run it in a cell of its own, and put your answer here."
    if isinstance(answer, tuple) and answer and all(type(part) is int for part in answer):
        typed = "_".join([str(answer[0]), *(f"{part:03}" for part in answer[1:])])
        short = f"{int(typed):g}".replace("e+0", "e").replace("e+", "e")
        return f"A number is typed without commas: write {typed} or {short}. {_no_figure(int(typed), right)}"
    if isinstance(answer, bool) or not isinstance(answer, Real):
        return f"Asked is a figure, and this is {str(answer)[:60]!r}. {CALCULATE}"
    size = "Its size is about right" if is_read_off(float(answer), right) else "Its size is not right either"
    return f"A typed number says neither what it counts nor who says so. {CALCULATE} {size}."


def is_read_off(typed: float, figure: Figure) -> bool:
    """Whether a typed number comes near a figure, in whatever scale it was typed.

    >>> from frontier_calc import assume
    >>> is_read_off(25.1, assume("price", 25e9, "USD")), is_read_off(30, assume("price", 25e9, "USD"))
    (True, False)
    """
    return any(math.isclose(typed * scale, figure.value, rel_tol=ABOUT) for scale in SCALES)


def _help(exercise: "Exercise") -> str:
    return f'`fc.hint("{exercise.written.number}")` helps on.'


def _typed_in_place(exercise: "Exercise", answer: Figure) -> Iterator[list[Parts]]:
    """Where the number agrees and does without a figure that it needs."""
    for name in _not_in(answer, exercise.solution, exercise):
        yield [(f"The number agrees, but it leaves {name} out: was a number typed in its place?",)]


def _of_the_way(exercise: "Exercise", answer: Figure) -> str:
    """What can be said of a wrong number by the figures that it is made of."""
    too_much = [*_not_in(exercise.solution, answer, exercise)]
    if too_much:
        return f"It leans on {' and '.join(too_much)}, which is not needed here."
    if any(_not_in(answer, exercise.solution, exercise)):
        return "It leaves out a figure that is needed."
    return "It is made of the right figures: what is done with them is not right yet."


def _not_in(these: Figure, those: Figure, exercise: "Exercise") -> Iterator[str]:
    """What the page calls the inputs of one figure that the other does not lean on."""
    there = {leaf.identity for leaf in these.leaves}
    for leaf in those.leaves:
        if leaf.identity not in there:
            yield f"`{exercise.called.get(leaf.identity, leaf.name)}`"


def _is_meant(answer: Figure, value: Figure, right: Figure) -> bool:
    """Whether an answer is a wrong one that was foreseen; on whatever ruler, unless its number is the right one."""
    is_told_apart = answer.ruler == value.ruler or not _agree(answer, right)
    return answer.unit == value.unit and _agree(answer, value) and is_told_apart


def _is_ratio(figure: Figure) -> bool:
    return figure.unit == ONE or bool(figure.aside)


def _agree(a: Figure, b: Figure) -> bool:
    return math.isclose(a.value, b.value, rel_tol=CLOSE)


def _counts(figure: Figure) -> str:
    if figure.aside:
        return "one figure set beside another"
    return "a plain number, such as a share" if figure.unit == ONE else units.name(figure.unit)
