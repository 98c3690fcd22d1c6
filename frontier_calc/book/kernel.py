"""In a notebook: values say what they are as data as well, so that a site built of it can draw them as its own."""

import sys
from collections.abc import Callable
from typing import Any

from frontier_calc.book import blocks, exercises
from frontier_calc.book.exercise_cells import KINDS
from frontier_calc.claims import Claim
from frontier_calc.figure import Figure
from frontier_calc.words import Worded


def register() -> None:
    """Tell IPython, where it runs, to send figures and claims as data beside their HTML, and to know exercise cells."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    for kind in (Figure, Worded, Claim):
        shell.display_formatter.mimebundle_formatter.for_type(kind, _bundle)
    for cell in KINDS:
        shell.register_magic_function(_magic(shell, cell), magic_kind="cell", magic_name=cell)


def _magic(shell: Any, kind: str) -> Callable[[str, str], Any]:
    """The cell magic of one kind of exercise cell: what it shows is the value of the cell."""

    def show(line: str, cell: str) -> Any:
        return exercises.show(f"%%{kind} {line}\n{cell}", shell.user_ns)

    vars(show)["_ipython_magic_no_var_expand"] = True  # its braces are the exercise's own
    return show


def _bundle(value: Any, include: Any = None, exclude: Any = None) -> dict[str, Any]:
    return {blocks.MIME: blocks.as_json(blocks.shown(value))}
