"""Reading the tables of ``data/``: what a spreadsheet saved, checked against ``datapackage.json``.

A file saved with semicolons, tabs, decimal commas or a byte-order mark is an honest mistake and is read. Everything
else that is wrong is collected, so that an author sees all problems at once, each with its row and its remedy.
"""

import csv
import io
import json
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from frontier_calc.errors import Readable

csv.field_size_limit(10_000_000)

FILES = tuple(f"{n}.csv" for n in ("series", "observations", "sources", "events", "editions", "pins", "landmarks"))


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
    """The cells of one file as columns of text, with what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.columns: dict[str, list[str]] = {}
        self.rows: list[int] = []
        self.problems: list[Problem] = []

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def bad_rows(self) -> set[int]:
        """The numbers of the rows with a problem, up to now."""
        return {problem.row for problem in self.problems}

    def wrong(self, index: int, column: str, expected: str, found: str | None = None) -> None:
        """Record a problem with the cell at ``index`` (counted from 0) of ``column``."""
        cell = self.columns[column][index] if found is None else found
        self.problems.append(Problem(self.file, self.rows[index], column, cell, expected))

    def wrong_where(self, column: str, check) -> None:
        """Record every cell for whose text ``check`` returns what was expected instead; each text is checked once.

        A cell has one problem: a later check knows more, and its words replace those of an earlier one.
        """
        cells = self.columns[column]
        bad = {text: expected for text in set(cells) if (expected := check(text))}
        if bad:
            found = {self.rows[index]: index for index, text in enumerate(cells) if text in bad}
            self.problems = [p for p in self.problems if p.column != column or p.row not in found]
            for index in found.values():
                self.wrong(index, column, bad[cells[index]])

    def records(self) -> list[dict[str, str]]:
        """The rows as dictionaries."""
        names = list(self.columns)
        return [dict(zip(names, cells, strict=True)) for cells in zip(*self.columns.values(), strict=True)]

    def good_records(self) -> list[tuple[int, dict[str, str]]]:
        """The rows without a problem, each with its index."""
        bad = self.bad_rows
        return [(index, record) for index, record in enumerate(self.records()) if self.rows[index] not in bad]


def schemas(folder: Path) -> dict[str, list[dict]]:
    """The fields of each file, as ``datapackage.json`` describes them."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        fields = {resource["path"]: resource["schema"]["fields"] for resource in package["resources"]}
        for field in (field for each in fields.values() for field in each):
            _check_cell(field["name"], field)  # a description that checks one text checks any
    except FileNotFoundError:
        raise DataError(
            [Problem(path.name, 1, "-", "no file", f"the description of the tables, in {folder}")]
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise DataError([Problem(path.name, 1, "-", str(error), "a Frictionless data package")]) from None
    missing = [
        Problem(path.name, 1, "-", "no such resource", f"a description of {file}")
        for file in FILES
        if file not in fields
    ]
    if missing:
        raise DataError(missing)
    return fields


def read(folder: Path, file: str, fields: list[dict]) -> Table:
    """Read one file and check each cell for itself: present, of the right type, one of the words allowed."""
    table = Table(file)
    lines, delimiter = _lines(folder / file, table)
    names = [field["name"] for field in fields]
    table.columns = {name: [] for name in names}
    if not lines:
        return table
    header = [cell.strip() for cell in lines[0][1]]
    _check_header(table, lines[0][0], header, names)
    if table.problems:
        return table
    rows = []
    for number, cells in lines[1:]:
        if len(cells) != len(header):
            expected = f"{len(header)} cells; a {delimiter!r} inside a text needs quotation marks around the text"
            table.problems.append(Problem(file, number, "-", f"{len(cells)} cells", expected))
        else:
            rows.append(cells)
            table.rows.append(number)
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    by_name = dict(zip(header, columns, strict=True))
    table.columns = {name: [cell.strip() for cell in by_name[name]] for name in names}  # in our order, not the file's
    for field in fields:
        _check(table, field, decimal_comma=delimiter != ",")
    return table


def _check_header(table: Table, row: int, header: list[str], names: list[str]) -> None:
    columns = f"the columns {', '.join(names)}"

    def wrong(column: str, found: str, expected: str) -> None:
        table.problems.append(Problem(table.file, row, column, found, expected))

    unknown = [name for name in dict.fromkeys(header) if name not in names]
    if len(unknown) > len(names) / 2:
        wrong("-", ", ".join(header), f"a header row with {columns}")
        return
    for name in unknown:
        wrong(name or "(no name)", name, f"one of {columns}")
    for name in names:
        if name not in header:
            wrong(name, "no such column", columns)
        elif header.count(name) > 1:
            wrong(name, name, "each column once")


def _lines(path: Path, table: Table) -> tuple[list[tuple[int, list[str]]], str]:
    """The rows of a file with their numbers, blank ones left out, and the delimiter it uses."""

    def nothing(row: int, found: str, expected: str) -> tuple[list, str]:
        table.problems.append(Problem(path.name, row, "-", found, expected))
        return [], ","

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return nothing(1, "no file", f"the file {path.name} in {path.parent}")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        found = f"byte {error.object[error.start]:#04x}"
        return nothing(row, found, "text in UTF-8; in a spreadsheet, save as 'CSV UTF-8'")
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        return nothing(row, "byte 0x00", "text in UTF-8; in a spreadsheet, save as 'CSV UTF-8'")
    if not text.strip():
        return nothing(1, "an empty file", "a header row and at least one row below it")
    first = text.lstrip().splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    lines = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 1):
            if "".join(cells).strip():
                lines.append((number, cells))
    except csv.Error as error:
        return nothing(number + 1 if lines else 1, str(error), "a table whose quotation marks are closed")
    return lines, delimiter


NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


@cache
def number(text: str) -> float:
    """A number as typed, with a decimal point; raises ValueError for anything else.

    >>> number("2.5"), number("−94")
    (2.5, -94.0)
    """
    plain = text.replace("−", "-")
    if not NUMBER.fullmatch(plain) or not math.isfinite(value := float(plain)):
        raise ValueError(text)
    return value


def _check(table: Table, field: dict, decimal_comma: bool) -> None:
    """Check one column against its description; where commas mark decimals, write points in their place."""
    name, cells = field["name"], table.columns[field["name"]]
    # A column with points in it has its decimals already: its commas mark thousands, and are a problem.
    if decimal_comma and field["type"] in ("number", "integer") and not any("." in cell for cell in cells):
        table.columns[name] = [cell.replace(",", ".") for cell in cells]
    table.wrong_where(name, lambda text: _check_cell(text, field))
    if field.get("constraints", {}).get("unique"):
        seen: dict[str, int] = {}
        for index, text in enumerate(table.columns[name]):
            if text in seen:
                table.wrong(index, name, f"an identifier of its own; row {seen[text]} has this one")
            seen.setdefault(text, table.rows[index])


def _check_cell(text: str, field: dict) -> str:
    """What was expected instead of ``text``, or an empty text."""
    rules = field.get("constraints", {})
    if not text:
        what = "a number" if field["type"] in ("number", "integer") else "a text"
        return f"{what}; this cell must not be empty" if rules.get("required") else ""
    if field["type"] in ("number", "integer"):
        try:
            value = number(text)
        except ValueError:
            return "a number such as 30 or 2.5, without a unit or thousands separators"
        if field["type"] == "integer" and value != int(value):
            return "a whole number"
        if not rules.get("minimum", value) <= value <= rules.get("maximum", value):
            return f"a number from {rules.get('minimum', 'any')} to {rules.get('maximum', 'any')}"
    elif "enum" in rules:
        return "" if text in rules["enum"] else f"one of {', '.join(rules['enum'])}"
    elif "pattern" in rules and not re.search(rules["pattern"], text, re.ASCII):
        return f"{field.get('description', 'another form').rstrip('.')} (pattern {rules['pattern']})"
    return ""
