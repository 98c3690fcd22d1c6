"""What an author should look at, though the data can be used: told by ``frontier check``, by file and row.

Old rows stay as they are, so nothing here is an error. A note that begins with ``confirmed:`` and a reason answers.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from frontier_calc import units
from frontier_calc.record.plausibility import is_confirmed
from frontier_calc.record.problems import Problem
from frontier_calc.table import TABLE

if TYPE_CHECKING:
    from frontier_calc.record.store import Observation, Series, Store

FILE = "observations.csv"


def remarks(store: "Store") -> list[Problem]:
    """Everything worth a second look, in the order of the files."""
    standing = _standing(store.observations)
    found = [*_days_of_their_own(standing), *_published_twice(standing), *_without_symbol(store.series.values())]
    return sorted(found, key=lambda remark: (remark.file, remark.row))


def _standing(rows: "Iterable[Observation]") -> "list[Observation]":
    """The rows that no later one corrects or withdraws, and that their author has not confirmed."""
    newest: dict[Any, Observation] = {}
    for row in sorted(rows, key=lambda row: row.recorded):
        newest[row.key] = row
    return [row for row in newest.values() if _says_something(row) and not is_confirmed(row)]


def _says_something(row: "Observation") -> bool:
    return row.value is not None or row.low is not None


def _days_of_their_own(rows: "Iterable[Observation]") -> Iterator[Problem]:
    """Rows that were published on another day than their source."""
    for row in rows:
        its = row.source.published
        on = row.known.isoformat()
        # A month that one of the two gives, and its last day, agree with every day of it.
        length = 7 if len(its) == 7 or _ends_a_month(row) else 10
        if its and on[:length] != its[:length]:
            when = "before" if on < its else "after"
            expected = f"{its}, the day of its source {row.source.id}: the row is known {when} it"
            yield Problem(file=FILE, row=row.row, column="published", found=on, expected=expected)


def _ends_a_month(row: "Observation") -> bool:
    """Whether the day may stand for its month: a month alone counts from its last day, or from its recording."""
    day: date = row.known
    return day == row.recorded or (day + timedelta(days=1)).day == 1


def _published_twice(rows: "Iterable[Observation]") -> Iterator[Problem]:
    """Rows in which one source says something of one period on two days.

    A corrected day of publication makes a second row, beside which the first still stands, and by the later day it wins.
    """
    groups: dict[tuple[str, str, str], list[Observation]] = {}
    for row in rows:
        groups.setdefault((row.series.id, row.period.text, row.source.id), []).append(row)
    for group in groups.values():
        if len({row.known for row in group}) > 1:
            first, *_, last = sorted(group, key=lambda row: row.row)
            expected = (
                f"the day of row {first.row}, {first.known}, which tells the same of the same source. Withdraw the one "
                "whose day is wrong: repeat its series, period, published and source with a later 'recorded' and no value"
            )
            yield Problem(file=FILE, row=last.row, column="published", found=last.known.isoformat(), expected=expected)


def _without_symbol(all_series: "Iterable[Series]") -> Iterator[Problem]:
    """Currencies for which the table of words has no sign, so that their code stands before the number."""
    seen: set[str] = set()
    for position, series in enumerate(all_series):
        code = units.currency(series.unit)
        if code and code not in TABLE["currencies"] and code not in seen:
            seen.add(code)
            expected = f'a sign for it: frontier_calc/words.json has none under "currencies", so it is told as {code}'
            yield Problem(file="series.csv", row=position + 2, column="unit", found=code, expected=expected)
