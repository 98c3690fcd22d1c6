"""Reading the tables of ``data/``: what a spreadsheet saved, cell by cell, as ``datapackage.json`` describes it.

A file saved with semicolons, tabs, decimal commas or a byte-order mark is an honest mistake and is read. Everything
else that is wrong is collected, so that an author sees all problems at once, each with its row and its remedy.
"""

import csv
import io
import json
import operator
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from frontier_calc.errors import Readable
from frontier_calc.record.cells import NUMERIC, attempt, reader

csv.field_size_limit(10_000_000)

NEEDED = ("series.csv", "sources.csv", "editions.csv", "observations.csv")
FILES = (*NEEDED, "events.csv", "pins.csv", "landmarks.csv")  # the last three may have no rows yet


class Problem(NamedTuple):
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


class Schema(NamedTuple):
    """What ``datapackage.json`` says of one file."""

    fields: dict[str, dict]
    key: list[str]  # the columns that tell its rows apart
    homes: dict[str, str]  # the columns that name a row of another file, and that file


class Table:
    """The rows of one file by the number that a spreadsheet shows for them, and what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.texts: dict[int, dict[str, str]] = {}  # every row, as it was typed
        self.values: dict[int, dict[str, Any]] = {}  # the rows without a problem up to now, as they were understood
        self.problems: list[Problem] = []

    def records(self) -> list[dict[str, str]]:
        """The rows as they were typed, without their numbers."""
        return list(self.texts.values())

    def wrong(self, row: int, column: str, expected: str, found: str | None = None) -> None:
        """Record a problem with a cell."""
        found = self.texts[row][column] if found is None else found
        self.problems.append(Problem(self.file, row, column, found, expected))
        self.values.pop(row, None)


def _unreadable(file: str, row: int, found: str, expected: str) -> DataError:
    return DataError([Problem(file, row, "-", found, expected)])


def schemas(folder: Path) -> dict[str, Schema]:
    """What ``datapackage.json`` says of each file. Raises DataError where it cannot be used."""
    path, found = folder / "datapackage.json", {}
    try:
        for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
            file, schema = resource["path"], resource["schema"]
            fields = {field["name"]: field for field in schema["fields"]}
            key = [fields[name]["name"] for name in schema["primaryKey"]]
            if not key:
                raise ValueError(f"{file} has a primaryKey without columns")
            named = schema.get("foreignKeys", ())
            found[file] = Schema(fields, key, {n["fields"][0]: f"{n['reference']['resource']}.csv" for n in named})
            for field in fields.values():
                reader(file, field)  # what a reader can be made of is a description
    except FileNotFoundError:
        raise _unreadable(path.name, 1, "no file", f"the description of the tables, in {folder}") from None
    except (ValueError, LookupError, TypeError, AttributeError, re.error) as error:
        raise _unreadable(path.name, 1, str(error), "a Frictionless data package") from None
    if missing := [file for file in FILES if file not in found]:
        raise _unreadable(path.name, 1, "no such resource", f"a description of {', '.join(missing)}")
    return found


def read_all(folder: Path) -> dict[str, Table]:
    """The tables that the calculation rests on."""
    described, found = schemas(folder), {}
    for file in FILES:
        found[file] = read(folder, file, described[file], found)
    return found


def read(folder: Path, file: str, schema: Schema, others: dict[str, Table] = {}) -> Table:
    """Read one file, each cell as its field describes it; ``others`` are the tables whose rows it may name."""
    table = Table(file)
    try:
        delimiter, header, lines = _lines(folder / file, list(schema.fields))
    except DataError as error:
        table.problems.extend(error.problems)
        return table
    in_our_order = operator.itemgetter(*map(header.index, schema.fields))
    for row, cells in lines:
        if len(cells) == len(header):
            table.texts[row] = dict(zip(schema.fields, in_our_order(cells), strict=True))
        else:
            expected = f"{len(header)} cells; a {delimiter!r} inside a text needs quotation marks around the text"
            table.wrong(row, "-", expected, found=f"{len(cells)} cells")
    if not lines and file in NEEDED:
        table.wrong(1, "-", "at least one row below the header", found="a header alone")
    if delimiter != ",":
        _write_decimal_points(table, [name for name, field in schema.fields.items() if field["type"] in NUMERIC])
    columns = {}
    for name, field in schema.fields.items():
        home = others.get(schema.homes.get(name), Table(""))  # one that could not be read forbids nothing
        names = {record[name] for record in home.records()}
        tried = cache(attempt(reader(file, field, names, home.file)))  # a text that repeats is read once
        columns[name] = [tried(record[name]) for record in table.texts.values()]
    for row, *values in zip(table.texts, *columns.values(), strict=True):
        table.values[row] = dict(zip(columns, values, strict=True))
        for name, value in zip(columns, values, strict=True):
            if isinstance(value, ValueError):
                table.wrong(row, name, str(value))
    _tell_apart(table, schema.key)
    return table


def _write_decimal_points(table: Table, names: list[str]) -> None:
    """Where commas mark decimals, points take their place. In a column with points in it they mark thousands."""
    for name in names:
        if not any("." in record[name] for record in table.records()):
            for record in table.records():
                record[name] = record[name].replace(",", ".")


def _tell_apart(table: Table, key: list[str]) -> None:
    """Each row must differ from those before it in one of the columns of its key."""
    first, told_by = {}, operator.itemgetter(*key)
    for row, values in list(table.values.items()):
        same = first.setdefault(told_by(values), row)
        if same != row:
            hint = ". A correction repeats the others with a later 'recorded'" * (key[-1] == "recorded")
            several = f"each {', '.join(key[:-1])} and {key[-1]} once; row {same} has the same{hint}"
            table.wrong(row, key[-1], several if len(key) > 1 else f"a name of its own; row {same} has this one")


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


def _lines(path: Path, names: list[str]) -> tuple[str, list[str], list[tuple[int, list[str]]]]:
    """The delimiter, the header, and the rows below it with their numbers, blank ones left out. Raises DataError."""
    text, lines, row = _text(path), [], 0
    delimiter = max(",;\t", key=text.lstrip().partition("\n")[0].count)
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True), 1):
            if any(cells := list(map(str.strip, cells))):
                lines.append((row, cells))
    except csv.Error as error:
        raise _unreadable(path.name, row + 1, str(error), "a table whose quotation marks are closed") from None
    if not lines:
        raise _unreadable(path.name, 1, "an empty file", "a header row and at least one row below it")
    (first, header), *lines = lines
    _check_header(path.name, first, header, names)
    return delimiter, header, lines


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
