"""Reading a cell of ``data/``: what its text means, by what ``datapackage.json`` says of its column."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from frontier_calc import units
from frontier_calc.dates import parse_day, parse_period, parse_publication
from frontier_calc.errors import did_you_mean

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")

Read = Callable[[str], Any]
Field = Mapping[str, Any]  # a field of datapackage.json


def number(text: str) -> float:
    """A number as typed, with a decimal point; raises ValueError for anything else.

    >>> number("2.5"), number("−94")
    (2.5, -94.0)
    """
    plain = text.replace("−", "-")
    if NUMBER.fullmatch(plain):
        value = float(plain)
        if math.isfinite(value):
            return value
    raise ValueError("a number such as 30 or 2.5, without a unit or thousands separators")


def _integer(text: str) -> int:
    value = number(text)
    if value != int(value):
        raise ValueError("a whole number")
    return int(value)


def _kept(read: Read) -> Callable[[str], str]:
    """A text that ``read`` can read, kept as it was typed."""

    def checked(text: str) -> str:
        read(text)
        return text

    return checked


def _whole_day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("a day such as 2026-04-06")
    return parse_day(text)


WRITTEN = date(2026, 11, 27)  # when this check was: a clock that shows an earlier day is wrong, and the data are not


def today() -> date:
    """The day here."""
    return datetime.now().astimezone().date()


def latest_day() -> date:
    """The last day that a record can speak of as past: today, and tomorrow for whoever lives further east."""
    return max(today(), WRITTEN) + timedelta(days=1)


def has_come(text: str) -> bool:
    """Whether a day or a month, as typed, has begun.

    >>> has_come("2026-05"), has_come("2062-05-01")
    (True, False)
    """
    if text <= WRITTEN.isoformat()[: len(text)]:  # whatever the clock says, which takes longer to ask
        return True
    return text <= latest_day().isoformat()[: len(text)]


def _past(read: Read) -> Read:
    """A day or month, read by ``read``, that has begun."""

    def checked(text: str) -> Any:
        value = read(text)
        if not has_come(text):
            raise ValueError(f"a day that has come; it is {today()}")
        return value

    return checked


def _month_has_come(text: str) -> date:
    """An edition may be read on the last day of the month that runs, on which its last month-only publications count."""
    day = _whole_day(text)
    if not has_come(text[:7]):
        raise ValueError(f"a day of a month that has come; it is {today()}")
    return day


TYPES: dict[str, Read] = {"string": str, "number": number, "integer": _integer}
NUMERIC = ("number", "integer")

# What more is read out of the texts of a column, in every file that has it or in one alone. An event's date may lie
# ahead, as that of a listing that has been announced.
READ_BY: dict[str, Read] = {
    "published": _past(parse_publication),
    "recorded": _past(_whole_day),
    "as_of": _month_has_come,
    "closing": _past(_whole_day),
    "succeeded_from": _whole_day,
    "date": _kept(parse_day),
    "retrieved": _past(_kept(parse_day)),
    "sources.csv published": _past(_kept(parse_day)),
    "period": parse_period,
    "spellings": units.spellings,
    "series.csv unit": units.parse,
    "landmarks.csv unit": _kept(units.dimension),
}
DATES = ("published", "recorded", "as_of", "closing", "date", "retrieved", "period")  # what spreadsheets rewrite


@dataclass
class Column:
    """The different texts of a column: what they mean, and of those that mean nothing what was expected."""

    values: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def read_column(texts: Iterable[str], read: Read) -> Column:
    """Read each different text of a column once.

    >>> column = read_column(["30", "thirty", "30"], number)
    >>> column.values, list(column.refused)
    ({'30': 30.0}, ['thirty'])
    """
    column = Column()
    for text in dict.fromkeys(texts):
        try:
            column.values[text] = read(text)
        except ValueError as error:
            column.refused[text] = str(error)
    return column


def reader(file: str, field: Field, names: Collection[str] = (), home: str = "") -> Read:
    """What reads the cells of a field: the value of a text, or a ValueError that says what was expected.

    A cell must be one of ``names``, those of the rows of the file ``home``, where there are any. Raises KeyError,
    ValueError, TypeError, AttributeError or re.error where the field is not described as a data package should.
    """
    name: str = field["name"]
    kind: str = field["type"]
    rules: Field = field.get("constraints", {})
    parse = READ_BY.get(f"{file} {name}") or READ_BY.get(name) or TYPES[kind]
    numeric = kind in NUMERIC
    what = "a number" if numeric else "a text"
    empty = "" if parse is str else None
    required = bool(rules.get("required"))
    lowest = float(rules.get("minimum", -math.inf))
    highest = float(rules.get("maximum", math.inf))
    bounds = f"a number from {rules.get('minimum', 'any')} to {rules.get('maximum', 'any')}"
    allowed = tuple(rules.get("enum", ()))
    words = ", ".join(allowed)
    form = re.compile(rules.get("pattern", ""), re.ASCII)
    described = f"{field.get('description', 'another form')}".rstrip(".")

    def read(text: str) -> Any:
        if not text:
            if required:
                raise ValueError(f"{what}; this cell must not be empty")
            return empty
        value = parse(text)
        if numeric and not lowest <= value <= highest:
            raise ValueError(bounds)
        if allowed and text not in allowed:
            raise ValueError(f"one of {words}")
        if names and text not in names:
            raise ValueError(_no_such(name, text, names, home))
        if not form.search(text):
            raise ValueError(f"{described} (pattern {form.pattern})")
        return value

    return read


def _no_such(name: str, text: str, names: Collection[str], home: str) -> str:
    """What is expected in place of a name that no row of the file ``home`` has."""
    article = "an" if name == "edition" else "a"
    near = did_you_mean(text, names)
    return f"{article} {name} of data/{home}{near}; a new one needs a row there"
