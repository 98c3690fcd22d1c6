"""Reading a file of ``data/``: from bytes to a header and rows of cells, or one message about the whole file."""

import csv
import io
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from frontier_calc.record.problems import DataError, Problem, unreadable

csv.field_size_limit(10_000_000)

DELIMITERS = ",;\t"

# What git leaves in a file whose two sides it could not merge. In prose a row of = underlines a heading.
MARKS = ("<<<<<<<", ">>>>>>>", "|||||||", "=======")
CONFLICT_IN_PROSE = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?: .*)?$", re.MULTILINE)


class Sheet(NamedTuple):
    """A file as a spreadsheet shows it; each row below the header has the number that a spreadsheet shows for it."""

    delimiter: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def conflict_marker(text: str, prose: bool = False) -> int | None:
    """The line of the first mark that an unfinished merge left in a text, or None. In ``prose`` a row of = is none.

    >>> conflict_marker("series,period\\n<<<<<<< HEAD\\nlab,2026-04\\n")
    2
    >>> conflict_marker("The Premise\\n=======\\n", prose=True) is None
    True
    """
    if not any(mark in text for mark in MARKS):  # found at once, where the pattern asks every line of a large file
        return None
    found = (CONFLICT_IN_PROSE if prose else CONFLICT).search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def read(path: Path, names: list[str]) -> Sheet:
    """The cells of a file whose columns have these names. Raises DataError where that cannot be had."""
    text = _text(path)
    merging = conflict_marker(text)
    if merging is not None:
        found = text.splitlines()[merging - 1]
        expected = "one side of the merge: choose between the rows, and delete the lines <<<<<<<, ======= and >>>>>>>"
        raise unreadable(path.name, merging, found, expected)
    delimiter = delimiter_of(text)
    rows = _rows(path.name, text, delimiter)
    if not rows:
        raise unreadable(path.name, 1, "an empty file", "a header row and at least one row below it")
    first, header = rows.pop(0)
    header = _without_empty_columns(header, rows)
    _check_header(path.name, first, header, names)
    return Sheet(delimiter, header, rows)


def _text(path: Path) -> str:
    """The text of a file. Raises DataError where it has none that can be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path.name, 1, "no file", f"the file {path.name} in {path.parent}") from None
    except OSError as error:
        raise unreadable(path.name, 1, error.strerror or str(error), "a file that can be read") from None
    text = ""
    try:
        text = data.decode("utf-8-sig")
        bad = data.find(0)
    except UnicodeDecodeError as error:
        data = error.object  # without its mark, from which the place counts
        bad = error.start
    if bad >= 0:
        expected = "text in UTF-8; in a spreadsheet, save as 'CSV UTF-8'"
        raise unreadable(path.name, data[:bad].count(b"\n") + 1, f"byte {data[bad]:#04x}", expected)
    return text


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first row.

    >>> delimiter_of("series;period;published")
    ';'
    """
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _rows(file: str, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows with their numbers, blank ones left out. Raises DataError."""
    rows: list[tuple[int, list[str]]] = []
    number = 0
    stripped = cache(str.strip)  # a text that repeats is one object, which is compared and kept at no cost
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
    try:
        for number, typed in enumerate(reader, 1):
            cells = list(map(stripped, typed))
            if any(cells):
                rows.append((number, cells))
    except csv.Error as error:
        raise unreadable(file, number + 1, str(error), "a table whose quotation marks are closed") from None
    return rows


def _without_empty_columns(header: list[str], rows: list[tuple[int, list[str]]]) -> list[str]:
    """A spreadsheet exports columns without a name and without cells: they are taken out of the rows and the header."""
    empty = [
        position
        for position, name in enumerate(header)
        if not name and not any(cells[position] for _, cells in rows if position < len(cells))
    ]
    for position in reversed(empty):
        for _, cells in rows:
            del cells[position : position + 1]
    return [name for position, name in enumerate(header) if position not in empty]


def _check_header(file: str, row: int, header: list[str], names: list[str]) -> None:
    """Raises DataError where the header does not name each column once."""
    columns = f"the columns {', '.join(names)}"
    unknown = [name for name in dict.fromkeys(header) if name not in names]
    if len(unknown) > len(names) / 2:
        raise unreadable(file, row, ", ".join(header), f"a header row with {columns}")
    problems: list[Problem] = []
    for name in unknown:
        expected = f"one of {columns}" if name else "a name for this column, or no cells in it"
        problems.append(Problem(file, row, name or "(no name)", name, expected))
    problems += [Problem(file, row, name, name, "each column once") for name in names if header.count(name) > 1]
    problems += [Problem(file, row, name, "no such column", columns) for name in names if name not in header]
    if problems:
        raise DataError(problems)


def fitted(cells: list[str], header: list[str], optional: list[str]) -> list[str] | None:
    """The cells of a row, as many as the header has, or None where they cannot be told apart.

    Some programs leave out empty cells at the end of a row, others add some. What must not be empty cannot be missing.

    >>> fitted(["lab", "30"], ["series", "value", "note"], optional=["note"])
    ['lab', '30', '']
    >>> fitted(["lab", "30", "one", "two"], ["series", "value", "note"], optional=["note"]) is None
    True
    """
    width = len(header)
    if len(cells) >= width:
        return None if any(cells[width:]) else cells[:width]
    missing = header[len(cells) :]
    if any(name not in optional for name in missing):
        return None
    return cells + [""] * len(missing)
