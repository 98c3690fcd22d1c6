"""An exercise whose cells have not run yet, made known from the page on which it stands.

Whoever runs the cell of an answer alone, after a restart or below a cell that stopped the run, is answered all the same.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frontier_calc.book import exercises
from frontier_calc.book.exercise_cells import ExerciseError

KINDS = ("exercise", "solution")


def make_known(number: str, folder: Path | None = None) -> None:
    """Run the cells of an exercise that have not run; of a number that no page beside the notebook has, none.

    Raises ExerciseError where the figures of the page have not been read yet.
    """
    before = exercises.known().get(number)
    shell = _shell()
    if (before is not None and before.because) or shell is None:
        return
    for source in _cells(number, folder or Path.cwd()):
        try:
            exercises.show(source, shell.user_ns)
        except ExerciseError as error:
            raise ExerciseError(
                f"{number} works with figures that are read further up: run those cells first "
                f"(Run, Run All Above Selected Cell).\n{error}"
            ) from None


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _cells(number: str, folder: Path) -> Iterator[str]:
    """The cells of an exercise and of its solution, as their page has them."""
    import jupytext  # by which the page has been opened; slow to load

    page = folder / f"exercises-{number.partition('.')[0]}.md"
    cells = jupytext.read(page, fmt="md:myst").cells if page.is_file() else []
    for kind in KINDS:
        yield from (cell.source for cell in cells if re.match(rf"%%{kind}[ \t]+{re.escape(number)}\s", cell.source))
