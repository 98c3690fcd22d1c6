"""Reading a cell of ``data/``: what its text means, by what ``datapackage.json`` says of its column."""

import math
import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from frontier_calc import units
from frontier_calc.dates import parse_day, parse_period
from frontier_calc.errors import did_you_mean

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def number(text: str) -> float:
    """A number as typed, with a decimal point; raises ValueError for anything else.

    >>> number("2.5"), number("−94")
    (2.5, -94.0)
    """
    plain = text.replace("−", "-")
    if not NUMBER.fullmatch(plain) or not math.isfinite(value := float(plain)):
        raise ValueError("a number such as 30 or 2.5, without a unit or thousands separators")
    return value


def _integer(text: str) -> int:
    if (value := number(text)) != int(value):
        raise ValueError("a whole number")
    return int(value)


def _kept(read: Callable[[str], Any]) -> Callable[[str], str]:
    """A text that ``read`` can read, kept as it was typed."""

    def checked(text: str) -> str:
        read(text)
        return text

    return checked


def _whole_day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("a day such as 2026-04-06")
    return parse_day(text)


TYPES = {"string": str, "number": number, "integer": _integer}
NUMERIC = ("number", "integer")

# What more is read out of the texts of a column, in every file that has it or in one alone.
READ_BY = {
    "published": parse_day,
    **dict.fromkeys(("recorded", "as_of", "closing"), _whole_day),
    **dict.fromkeys(("date", "retrieved", "sources.csv published"), _kept(parse_day)),
    "period": parse_period,
    "spellings": units.spellings,
    "series.csv unit": units.parse,
    "landmarks.csv unit": _kept(units.dimension),
}


def reader(file: str, field: dict, names: Collection[str] = (), home: str = "") -> Callable[[str], Any]:
    """What reads the cells of a field: the value of a text, or a ValueError that says what was expected.

    A cell must be one of ``names``, those of the rows of the file ``home``, where there are any. Raises KeyError,
    ValueError, TypeError, AttributeError or re.error where the field is not described as a data package should.
    """
    name, kind, rules = field["name"], field["type"], field.get("constraints", {})
    parse = READ_BY.get(f"{file} {name}") or READ_BY.get(name) or TYPES[kind]
    what, empty = ("a number", None) if kind in NUMERIC else ("a text", "" if parse is str else None)
    lowest, highest = float(rules.get("minimum", -math.inf)), float(rules.get("maximum", math.inf))
    bounds = f"a number from {rules.get('minimum', 'any')} to {rules.get('maximum', 'any')}"
    words, form = ", ".join(rules.get("enum", ())), re.compile(rules.get("pattern", ""), re.ASCII)
    described = f"{field.get('description', 'another form')}".rstrip(".")

    def read(text: str) -> Any:
        if not text and rules.get("required"):
            raise ValueError(f"{what}; this cell must not be empty")
        if not text:
            return empty
        value = parse(text)
        if kind in NUMERIC and not lowest <= value <= highest:
            raise ValueError(bounds)
        if words and text not in rules["enum"]:
            raise ValueError(f"one of {words}")
        if names and text not in names:
            article = "an" if name == "edition" else "a"
            near = did_you_mean(text, names)
            raise ValueError(f"{article} {name} of data/{home}{near}; a new one needs a row there")
        if not form.search(text):
            raise ValueError(f"{described} (pattern {form.pattern})")
        return value

    return read


def attempt(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """What ``read`` makes of a text, or, in its place, the ValueError that says what was expected."""

    def tried(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            return error

    return tried
