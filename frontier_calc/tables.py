"""Reading the tables of ``data/``: what a spreadsheet saved, checked against ``datapackage.json``.

A file saved with semicolons, tabs, decimal commas or a byte-order mark is an honest mistake and is read. Everything
else that is wrong is collected, so that an author sees all problems at once, each with its row and its remedy.
"""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from frontier_calc.errors import Readable

csv.field_size_limit(10_000_000)

FILES = tuple(f"{n}.csv" for n in ("series", "observations", "sources", "events", "editions", "pins", "landmarks"))

NUMERIC = ("number", "integer")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one cell: where it stands, what was found, what was expected."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        found, column = (text if len(text) <= 60 else text[:57] + "..." for text in (self.found, self.column))
        column = column if column.isprintable() else repr(column)
        return f"{self.file}, row {self.row}, column {column}: found {found!r}, expected {self.expected}"


class DataError(Readable, ValueError):
    """The data cannot be used; ``problems`` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = [str(problem) for problem in problems[:50]]
        if len(problems) > 50:
            shown.append(f"... and {len(problems) - 50} more")
        super().__init__(f"{len(problems)} problem(s) in the data:\n  " + "\n  ".join(shown))


class Table:
    """The rows of one file as texts, by the number that a spreadsheet shows for them, and what is wrong with them."""

    def __init__(self, file: str, columns: list[str]) -> None:
        self.file, self.columns = file, columns
        self.rows: dict[int, dict[str, str]] = {}
        self._problems: dict[tuple[int, str], Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, up to now."""
        return list(self._problems.values())

    @property
    def sound(self) -> dict[int, dict[str, str]]:
        """The rows without a problem, up to now."""
        bad = {row for row, _ in self._problems}
        return {row: record for row, record in self.rows.items() if row not in bad}

    def records(self) -> list[dict[str, str]]:
        """The rows without their numbers."""
        return list(self.rows.values())

    def wrong(self, row: int, column: str, expected: str, found: str | None = None) -> None:
        """Record a problem with a cell. It has one at most: a later check knows more, and its words stand."""
        cell = self.rows[row][column] if found is None else found
        self._problems.pop((row, column), None)
        self._problems[row, column] = Problem(self.file, row, column, cell, expected)

    def wrong_where(self, column: str, read: Callable[[str], object], empty: str = "") -> None:
        """Record every cell that ``read`` cannot read, in the words of its ValueError; each text is read once.

        An empty cell is read by nobody; ``empty`` says what is expected instead, or allows it.
        """
        texts = {record[column] for record in self.rows.values()}
        expected = {"": empty} if empty and "" in texts else {}
        for text in texts - {""}:
            try:
                read(text)
            except ValueError as error:
                expected[text] = str(error)
        if expected:
            for row, record in self.rows.items():
                if record[column] in expected:
                    self.wrong(row, column, expected[record[column]])

    def wrong_where_repeated(self, column: str, keys: Iterable[tuple[int, Hashable]], expected: str) -> None:
        """Record every row whose key a row before it has; ``expected`` has a place for that row's number."""
        first: dict[Hashable, int] = {}
        for row, key in keys:
            if first.setdefault(key, row) != row:
                self.wrong(row, column, expected.format(first[key]))


def _unreadable(file: str, row: int, found: str, expected: str) -> DataError:
    return DataError([Problem(file, row, "-", found, expected)])


def schemas(folder: Path) -> dict[str, dict[str, dict]]:
    """The fields of each file by name, as ``datapackage.json`` describes them."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        fields = {each["path"]: {f["name"]: f for f in each["schema"]["fields"]} for each in package["resources"]}
        for field in (field for each in fields.values() for field in each.values()):
            with suppress(ValueError):
                _check_cell("1", field)  # a description that checks one text checks any
    except FileNotFoundError:
        raise _unreadable(path.name, 1, "no file", f"the description of the tables, in {folder}") from None
    except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise _unreadable(path.name, 1, str(error), "a Frictionless data package") from None
    missing = [file for file in FILES if file not in fields]
    if missing:
        raise _unreadable(path.name, 1, "no such resource", f"a description of {', '.join(missing)}")
    return fields


def read(folder: Path, file: str, fields: dict[str, dict]) -> Table:
    """Read one file and check each cell for itself: present, of the right type, one of the words allowed."""
    table = Table(file, list(fields))
    try:
        text = _text(folder / file)
        delimiter = max(",;\t", key=text.lstrip().partition("\n")[0].count)
        (first, cells), *lines = _lines(file, text, delimiter)
        header = [cell.strip() for cell in cells]
        _check_header(file, first, header, table.columns)
    except DataError as error:
        for problem in error.problems:
            table.wrong(problem.row, problem.column, problem.expected, problem.found)
        return table
    place = {name: header.index(name) for name in table.columns}  # in our order, not the file's
    for row, cells in lines:
        if len(cells) == len(header):
            table.rows[row] = {name: cells[index].strip() for name, index in place.items()}
        else:
            expected = f"{len(header)} cells; a {delimiter!r} inside a text needs quotation marks around the text"
            table.wrong(row, "-", expected, found=f"{len(cells)} cells")
    for name, field in fields.items():
        _check(table, name, field, decimal_comma=delimiter != ",")
    return table


def _text(path: Path) -> str:
    """The text of a file. Raises DataError where it has none that can be read."""
    try:
        data = path.read_bytes()
        text, bad = data.decode("utf-8-sig"), data.find(0)
    except FileNotFoundError:
        raise _unreadable(path.name, 1, "no file", f"the file {path.name} in {path.parent}") from None
    except UnicodeDecodeError as error:
        data, bad = error.object, error.start
    if bad >= 0:
        expected = "text in UTF-8; in a spreadsheet, save as 'CSV UTF-8'"
        raise _unreadable(path.name, data[:bad].count(b"\n") + 1, f"byte {data[bad]:#04x}", expected)
    return text


def _lines(file: str, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows with their numbers, blank ones left out."""
    lines, row = [], 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 1):
            if "".join(cells).strip():
                lines.append((row, cells))
    except csv.Error as error:
        raise _unreadable(file, row + 1, str(error), "a table whose quotation marks are closed") from None
    if not lines:
        raise _unreadable(file, 1, "an empty file", "a header row and at least one row below it")
    return lines


def _check_header(file: str, row: int, header: list[str], names: list[str]) -> None:
    """Raises DataError where the header does not name each column once."""
    columns = f"the columns {', '.join(names)}"
    unknown = [name for name in dict.fromkeys(header) if name not in names]
    if len(unknown) > len(names) / 2:
        raise _unreadable(file, row, ", ".join(header), f"a header row with {columns}")
    problems = [Problem(file, row, name or "(no name)", name, f"one of {columns}") for name in unknown]
    problems += [Problem(file, row, name, name, "each column once") for name in names if header.count(name) > 1]
    problems += [Problem(file, row, name, "no such column", columns) for name in names if name not in header]
    if problems:
        raise DataError(problems)


NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@cache
def number(text: str) -> float:
    """A number as typed, with a decimal point; raises ValueError for anything else.

    >>> number("2.5"), number("−94")
    (2.5, -94.0)
    """
    plain = text.replace("−", "-")
    if not NUMBER.fullmatch(plain) or not math.isfinite(value := float(plain)):
        raise ValueError("a number such as 30 or 2.5, without a unit or thousands separators")
    return value


def _check(table: Table, name: str, field: dict, decimal_comma: bool) -> None:
    """Check one column against its description; where commas mark decimals, write points in their place."""
    rows, rules = table.rows, field.get("constraints", {})
    # A column with points in it has its decimals already: its commas mark thousands, and are a problem.
    if decimal_comma and field["type"] in NUMERIC and not any("." in record[name] for record in rows.values()):
        for record in rows.values():
            record[name] = record[name].replace(",", ".")
    what = "a number" if field["type"] in NUMERIC else "a text"
    needed = f"{what}; this cell must not be empty" if rules.get("required") else ""
    table.wrong_where(name, lambda text: _check_cell(text, field), needed)
    if rules.get("unique"):
        keys = ((row, record[name]) for row, record in rows.items())
        table.wrong_where_repeated(name, keys, "an identifier of its own; row {} has this one")


def _check_cell(text: str, field: dict) -> None:
    """Raises ValueError with what was expected instead of ``text``."""
    rules = field.get("constraints", {})
    if field["type"] in NUMERIC:
        value = number(text)
        if field["type"] == "integer" and value != int(value):
            raise ValueError("a whole number")
        if not rules.get("minimum", value) <= value <= rules.get("maximum", value):
            raise ValueError(f"a number from {rules.get('minimum', 'any')} to {rules.get('maximum', 'any')}")
    elif "enum" in rules:
        if text not in rules["enum"]:
            raise ValueError(f"one of {', '.join(rules['enum'])}")
    elif not re.search(rules.get("pattern", ""), text, re.ASCII):
        raise ValueError(f"{field.get('description', 'another form').rstrip('.')} (pattern {rules['pattern']})")
