"""What is wrong with the data, and how it is told: each thing with its place and remedy, one cause once."""

from collections.abc import Iterable
from typing import NamedTuple

from frontier_calc.errors import Readable

MOST_SHOWN = 50  # lines; the rest is counted
ALIKE = 4  # from so many cells of one column on, in which the same was expected, they are one line
ROWS_NAMED = 6


class Problem(NamedTuple):
    """One thing wrong with one cell: where it stands, what was found, what was expected.

    >>> print(Problem("observations.csv", 7, "value", "30bn", "a number such as 30"))
    observations.csv, row 7, column value: found '30bn', expected a number such as 30
    """

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        column = _shortened(self.column)
        if not column.isprintable():
            column = repr(column)
        found = repr(_shortened(self.found))
        return f"{self.file}, row {self.row}, column {column}: found {found}, expected {self.expected}"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def lines(problems: Iterable[Problem]) -> list[str]:
    """The problems in words. Cells of one column in which the same was expected share a line; at most fifty are shown.

    >>> lines(Problem("observations.csv", row, "tag", "leaked", "one of reported, estimated") for row in (2, 3, 5, 8))
    ["observations.csv, row 2, column tag: found 'leaked', expected one of reported, estimated (4 rows: 2, 3, 5, 8)"]
    """
    causes: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        causes.setdefault((problem.file, problem.column, problem.expected), []).append(problem)
    told: list[str] = []
    for alike in causes.values():
        if len(alike) < ALIKE:
            told.extend(str(problem) for problem in alike)
        else:
            told.append(f"{alike[0]} ({_rows(alike)})")
    if len(told) > MOST_SHOWN:
        told[MOST_SHOWN:] = [f"... and {len(told) - MOST_SHOWN} more"]
    return told


def _rows(alike: list[Problem]) -> str:
    named = ", ".join(str(problem.row) for problem in alike[:ROWS_NAMED])
    rest = ", ..." if len(alike) > ROWS_NAMED else ""
    return f"{len(alike)} rows: {named}{rest}"


class DataError(Readable, ValueError):
    """The data cannot be used; ``problems`` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n  ".join([f"{len(problems)} problem(s) in the data:", *lines(problems)]))


def unreadable(file: str, row: int, found: str, expected: str) -> DataError:
    """The error of a file that cannot be read as a whole: of no column in particular."""
    return DataError([Problem(file, row, "-", found, expected)])
