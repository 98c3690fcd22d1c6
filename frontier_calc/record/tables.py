"""Reading the tables of ``data/``: what a spreadsheet saved, cell by cell, as ``datapackage.json`` describes it.

A file saved with semicolons, tabs, decimal commas, a byte-order mark, rows cut short or columns without anything in them
is an honest mistake and is read. Everything else that is wrong is collected, so that an author sees all problems at once,
each with its row and its remedy.
"""

import json
import operator
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from frontier_calc.record import files, spreadsheets
from frontier_calc.record.cells import DATES, NUMERIC, Field, read_column, reader
from frontier_calc.record.files import conflict_marker
from frontier_calc.record.problems import DataError, Problem, unreadable

__all__ = ["FILES", "DataError", "Problem", "Schema", "Table", "conflict_marker", "read", "read_all", "schemas"]

FILES = ("series.csv", "sources.csv", "editions.csv", "observations.csv", "events.csv", "pins.csv", "landmarks.csv")
MAY_BE_EMPTY = ("events.csv", "pins.csv", "landmarks.csv")  # a book may have none yet
NOTHING: Mapping[str, "Table"] = {}


class Schema(NamedTuple):
    """What ``datapackage.json`` says of one file."""

    fields: dict[str, Field]
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
        shown = self.texts[row][column] if found is None else found
        self.problems.append(Problem(file=self.file, row=row, column=column, found=shown, expected=expected))
        self.values.pop(row, None)


def schemas(folder: Path) -> dict[str, Schema]:
    """What ``datapackage.json`` says of each file. Raises DataError where it cannot be used."""
    path = folder / "datapackage.json"
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        found = {resource["path"]: _schema(resource) for resource in resources}
    except FileNotFoundError:
        raise unreadable(path.name, 1, "no file", f"the description of the tables, in {folder}") from None
    except OSError as error:
        raise unreadable(path.name, 1, error.strerror or str(error), f"a file in the folder {folder}") from None
    except (ValueError, LookupError, TypeError, AttributeError, re.error) as error:
        raise unreadable(path.name, 1, str(error), "a Frictionless data package") from None
    missing = [file for file in FILES if file not in found]
    if missing:
        raise unreadable(path.name, 1, "no such resource", f"a description of {', '.join(missing)}")
    return found


def _schema(resource: Mapping[str, Any]) -> Schema:
    """The description of one file; raises what a description that is none gives."""
    file = resource["path"]
    described = resource["schema"]
    fields = {field["name"]: field for field in described["fields"]}
    key = [fields[name]["name"] for name in described["primaryKey"]]
    if not key:
        raise ValueError(f"{file} has a primaryKey without columns")
    homes: dict[str, str] = {}
    for foreign in described.get("foreignKeys", ()):
        homes[foreign["fields"][0]] = f"{foreign['reference']['resource']}.csv"
    for field in fields.values():
        reader(file, field)  # what a reader can be made of is a description
    return Schema(fields=fields, key=key, homes=homes)


def read_all(folder: Path) -> dict[str, Table]:
    """The tables that the calculation rests on."""
    described = schemas(folder)
    found: dict[str, Table] = {}
    for file in FILES:
        found[file] = read(folder, file, described[file], found)
    return found


def read(folder: Path, file: str, schema: Schema, others: Mapping[str, Table] = NOTHING) -> Table:
    """Read one file, each cell as its field describes it; ``others`` are the tables whose rows it may name."""
    table = Table(file)
    try:
        sheet = files.read(folder / file, list(schema.fields))
    except DataError as error:
        table.problems.extend(error.problems)
        return table
    _take_rows(table, sheet, schema)
    if not sheet.rows and file not in MAY_BE_EMPTY:
        table.wrong(1, "-", "at least one row below the header", found="a header alone")
    if sheet.delimiter != ",":
        _settle_decimals(table, sheet.delimiter, schema)
    _read_cells(table, schema, others)
    _blame_the_spreadsheet(table, schema)
    _tell_apart(table, schema.key)
    return table


def _take_rows(table: Table, sheet: files.Sheet, schema: Schema) -> None:
    """The texts of each row by column, in the order of the description, whatever that of the file is."""
    names = list(schema.fields)
    in_our_order: Callable[[list[str]], tuple[str, ...]] = operator.itemgetter(*map(sheet.header.index, names))
    optional = [name for name, field in schema.fields.items() if not field.get("constraints", {}).get("required")]
    width = len(sheet.header)
    for row, typed in sheet.rows:
        cells = typed if len(typed) == width else files.fitted(typed, sheet.header, optional)
        if cells is None:
            quoted = f"a {sheet.delimiter!r} inside a text needs quotation marks around the text"
            table.wrong(row, "-", f"{width} cells; {quoted}", found=f"{len(typed)} cells")
        else:
            table.texts[row] = dict(zip(names, in_our_order(cells), strict=True))


def _settle_decimals(table: Table, delimiter: str, schema: Schema) -> None:
    """A file without commas between its cells may have them in its numbers: points take their place, or it is asked."""
    columns = [name for name, field in schema.fields.items() if field["type"] in NUMERIC]
    mark = spreadsheets.decimal_mark(record[name] for record in table.records() for name in columns)
    for row, record in table.texts.items():
        for name in columns:
            text = record[name]
            if mark == "" and spreadsheets.is_doubtful(text):
                why = f"in a file with {delimiter!r} between its cells {text!r} may be thousands or decimals"
                table.wrong(row, name, f"{spreadsheets.both_readings(text)}: {why}")
            elif mark == ",":
                record[name] = spreadsheets.with_decimal_points(text)


def _read_cells(table: Table, schema: Schema, others: Mapping[str, Table]) -> None:
    """The values of all rows, column by column; a row with a cell that cannot be read has none."""
    doubted = {(problem.row, problem.column) for problem in table.problems}
    columns: dict[str, list[Any]] = {}
    refused: list[tuple[int, str, str]] = []
    for name, field in schema.fields.items():
        texts = list(map(operator.itemgetter(name), table.texts.values()))
        column = read_column(texts, reader(table.file, field, *_names(name, schema, others)))
        columns[name] = list(map(column.values.get, texts))
        if column.refused:
            for row, text in zip(table.texts, texts, strict=True):
                if text in column.refused and (row, name) not in doubted:
                    refused.append((row, name, column.refused[text]))
    for row, values in zip(table.texts, zip(*columns.values(), strict=True), strict=True):
        table.values[row] = dict(zip(columns, values, strict=True))
    for row, _ in doubted:
        table.values.pop(row, None)
    for row, name, expected in sorted(refused, key=lambda problem: problem[0]):
        table.wrong(row, name, expected)


def _names(column: str, schema: Schema, others: Mapping[str, Table]) -> tuple[set[str], str]:
    """The names that a column may hold, and their file; a file that could not be read forbids nothing."""
    home = others.get(schema.homes.get(column, ""))
    if home is None:
        return set(), ""
    return {record[column] for record in home.records()}, home.file


def _blame_the_spreadsheet(table: Table, schema: Schema) -> None:
    """Signs read in the wrong code, and dates rewritten all over a file, which are one problem and not hundreds."""
    for name, field in schema.fields.items():
        if _is_prose(field):
            _name_garbled_signs(table, name)
    rewritten = [p for p in table.problems if p.column in DATES and spreadsheets.is_rewritten_date(p.found)]
    if len(rewritten) >= spreadsheets.REWRITTEN_AT_LEAST:
        told = f"{spreadsheets.DATES_WANTED} ({len(rewritten)} cells)"
        others = set(table.problems).difference(rewritten)
        rest = [problem for problem in table.problems if problem in others]
        table.problems[:] = [rewritten[0]._replace(expected=told), *rest]


def _is_prose(field: Field) -> bool:
    """Whether a column holds texts of any form."""
    rules = field.get("constraints", {})
    return field["type"] == "string" and not ("enum" in rules or "pattern" in rules)


def _name_garbled_signs(table: Table, name: str) -> None:
    texts = {record[name] for record in table.texts.values()}
    signs = {text: spreadsheets.garbled(text) for text in texts if not text.isascii()}
    if not any(signs.values()):
        return
    for row, record in table.texts.items():
        found = signs.get(record[name])
        if found:
            table.wrong(row, name, spreadsheets.SIGNS_WANTED, found=found)


def _tell_apart(table: Table, key: list[str]) -> None:
    """Each row must differ from those before it in one of the columns of its key."""
    first: dict[Any, int] = {}
    told_by = operator.itemgetter(*key)
    expected = f"each {', '.join(key[:-1])} and {key[-1]} once; row {{}} has the same"
    if key[-1] == "recorded":
        expected += ". A correction repeats the others with a later 'recorded'"
    if len(key) == 1:
        expected = "a name of its own; row {} has this one"
    for row, values in list(table.values.items()):
        same = first.setdefault(told_by(values), row)
        if same != row:
            table.wrong(row, key[-1], expected.format(same))
