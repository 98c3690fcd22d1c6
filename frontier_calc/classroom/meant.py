"""What was probably meant by a name that nothing has, or by a number that was typed where the page has a figure."""

import builtins
import difflib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from frontier_calc.errors import did_you_mean
from frontier_calc.figure import Figure
from frontier_calc.rulers import Ruler

Names = Mapping[str, Any]

SEVERAL = 8  # so many names are listed at the most
MODULES = {"alt": "altair as alt", "pd": "pandas as pd", "np": "numpy as np", "math": "math"}
ABOVE = "run the cells above first (Run → Run All Above Selected Cell)"


def name(asked: str, line: str, names: Names) -> str:
    """What to do about a name in a line that nothing has."""
    return _unquoted(asked, line) or _to_import(asked) or function(asked, names) or _near(asked, names)


def _unquoted(asked: str, line: str) -> str:
    """What to say of a name that was meant as a text; nothing where it was not."""
    if re.search(rf"\b{re.escape(asked)}-\w+", line):
        return (
            f'The name of a series is a text, between quotation marks: "{asked}-...". fc.series("{asked}") lists them.'
        )
    return f'A word stands between quotation marks: "{asked}".' if asked in Ruler._fields else ""


def _to_import(asked: str) -> str:
    return f"Write  import {MODULES[asked]}  above it." if asked in MODULES else ""


def function(asked: str, names: Names) -> str:
    """How something that a module of the book has is written; nothing where none has it."""
    for called, module in names.items():
        if is_ours(module) and asked in module.__all__:
            what = "all that the book has" if called == "fc" else f"all that {called} has"
            return f"Write  {called}.{asked}  with {called}. before it, as {what}."
    return ""


def is_ours(value: object) -> bool:
    """Whether a value is a module of the book that says what a reader may call.

    >>> import math
    >>> from frontier_calc import rulers
    >>> is_ours(rulers), is_ours(math)
    (True, False)
    """
    return isinstance(value, ModuleType) and value.__name__.startswith("frontier_calc") and hasattr(value, "__all__")


def _near(asked: str, names: Names) -> str:
    """The names of the notebook that are spelled much like it or, as figures, are called so."""
    offered = {each for each, value in names.items() if not each.startswith("_") and not _is_a_solution(value)}
    close = did_you_mean(asked, offered).removeprefix("; ")
    if close:
        return f"{close[0].upper()}{close[1:]}"
    pythons = difflib.get_close_matches(asked, dir(builtins), n=1, cutoff=0.8)
    if pythons:
        return f"Did you mean {pythons[0]}?"
    there = [*_figures(names)]
    if not there:
        return f"Nothing is called {asked} yet: {ABOVE}."
    so_called = [each for each, figure in there if asked.casefold() in figure.label.casefold()]
    listed = _listed(so_called or [each for each, _ in there])
    about = f"With that word in what they are there are {listed}" if so_called else f"There are {listed}"
    return f"Nothing is called {asked}. {about}; if a cell above makes it, {ABOVE}."


def _is_a_solution(value: object) -> bool:
    """Whether it would give the answer of an exercise of the page away."""
    exercises = sys.modules.get("frontier_calc.book.exercises")
    if exercises is None or not isinstance(value, Figure):
        return False
    solutions = (each.solution for each in exercises.known().values())
    return any(isinstance(each, Figure) and each.key == value.key for each in solutions)


def _listed(called: Iterable[str]) -> str:
    several = [*called]
    return ", ".join(several[:SEVERAL]) + (" and others" if len(several) > SEVERAL else "")


def _figures(names: Names) -> Iterator[tuple[str, Figure]]:
    """The figures that a student may use, by name."""
    for called, value in names.items():
        if (
            isinstance(value, Figure)
            and not called.startswith("_")
            and called != "answer"
            and not _is_a_solution(value)
        ):
            yield called, value


def number(bare: Figure, names: Names) -> str:
    """The figures of the notebook for which a typed number was probably meant; nothing where there is none."""
    from frontier_calc.book.answers import is_read_off  # once a mistake is made, and not whenever a kernel starts

    near = [called for called, each in _figures(names) if each.unit == bare.unit and is_read_off(bare.value, each)]
    if not near:
        return ""
    first = names[near[0]]
    return (
        f"Was {' or '.join(near)} meant ({first.label})? Take it by its name: a typed number does not say who says so."
    )
