"""The calculation behind *The Economics of the Frontier*: figures that know their ruler, source and age.

>>> from frontier_calc import at, constant, rulers
>>> pace = at("anthropic-revenue-run-rate", "2026-04")
>>> print(rulers.per_month(pace, constant("months in a year", 12, "month per year")))
over $2.5 billion
"""

import sys
from typing import overload

# Units first: NumPy, which they bring, is imported a fifth slower many imports deep. CPython 3.11 allots the stack in
# pieces, and a loop of calls over the edge of a piece is slow: 30 of 320 milliseconds, as it was measured.
from frontier_calc.units import UnitError

# isort: split
from frontier_calc import claim_cells, rulers
from frontier_calc.claim_cells import load_ipython_extension, parse_claim
from frontier_calc.claims import Claim, ClaimError, claim
from frontier_calc.classroom import (
    check,
    explain,
    find,
    frame,
    hint,
    observe,
    own_observations,
    result,
    results,
    series,
    solution,
)
from frontier_calc.combine import beside, carried, choose, days_between, greatest, least, total
from frontier_calc.conditions import Comparison, Condition, stated
from frontier_calc.dates import Period
from frontier_calc.figure import Figure, along, assume, constant
from frontier_calc.models import growth, lab, loop, translate, vintage
from frontier_calc.record.reading import Reading, UnknownError, as_of, current, edition, use
from frontier_calc.record.store import DataError, Event
from frontier_calc.rulers import Ruler, RulerError

__all__ = ["growth", "lab", "loop", "rulers", "translate", "vintage"]
__all__ += ["at", "awaited", "awaited_event", "event", "find_at", "history", "landmark", "latest"]
__all__ += ["matched", "projection", "together"]
__all__ += ["Reading", "as_of", "current", "edition", "use"]
__all__ += ["Figure", "Period", "Ruler", "along", "assume", "constant"]
__all__ += ["beside", "carried", "choose", "days_between", "greatest", "least", "total"]
__all__ += ["explain", "find", "frame", "observe", "own_observations", "series"]
__all__ += ["Claim", "Comparison", "Condition", "claim", "load_ipython_extension", "parse_claim", "stated"]
__all__ += ["check", "hint", "result", "results", "solution"]
__all__ += ["ClaimError", "DataError", "RulerError", "UnitError", "UnknownError"]


@overload
def latest(series: str, *, by: Period | None = None) -> Figure: ...
@overload
def latest(series: str, second: str, *more: str, by: Period | None = None) -> tuple[Figure, ...]: ...
def latest(series: str, second: str = "", *more: str, by: Period | None = None) -> Figure | tuple[Figure, ...]:
    """The latest measurement of a series in the edition in force, or of each of several. See :meth:`Reading.latest`.

    >>> ours, theirs = latest("anthropic-enterprise-share", "openai-enterprise-share")
    >>> print(ours, "|", theirs)
    about 80 per cent | over 50 per cent
    """
    if not second:
        return current().latest(series, by)
    return tuple(current().latest(each, by) for each in (series, second, *more))


def at(series: str, period: str | int | Period | Figure) -> Figure:
    """What the edition in force knows of a period; a figure stands for the period that it is about.

    See :meth:`Reading.at`.

    >>> openai = latest("openai-revenue-recognised-quarter")
    >>> print(openai.when, "|", at("anthropic-revenue-recognised-quarter", openai).when)
    the second quarter of 2026 | the second quarter of 2026
    """
    return current().at(series, _period_text(period))


def find_at(series: str, period: str | int | Period | Figure) -> Figure | None:
    """What is known of a period, or None where nothing is: for a line of a table that can stand the gap.

    A figure stands for its period, and one that is not known for none. See :meth:`Reading.find_at`.

    >>> print(find_at("openai-revenue-recognised", "FY2024"), "|", find_at("openai-revenue-recognised", "FY2019"))
    $3.7 billion | None
    """
    if isinstance(period, Figure) and not period.is_known:
        return None
    return current().find_at(series, _period_text(period))


def _period_text(period: str | int | Period | Figure) -> str:
    """A period as data/observations.csv writes it."""
    asked = period.period if isinstance(period, Figure) else period
    if asked is None:
        raise UnknownError(f"{period!r} is about no period: give one, such as 2026-04")
    return asked.text if isinstance(asked, Period) else str(asked)


def awaited(series: str, period: str | int | Period | Figure | None = None) -> Figure:
    """What is measured of a series, or known of a period, once there is something: a branch asks ``.is_known``.

    A figure stands for the period that it is about. See :meth:`Reading.awaited`.

    >>> print(awaited("openai-revenue-run-rate").is_known, awaited("openai-revenue-run-rate", "2031-01").is_known)
    True False
    """
    return current().awaited(series, "" if period is None else _period_text(period))


def together(*series: str) -> tuple[Figure, ...]:
    """What is known of several series for one period: the latest for which all of them were measured.

    Raises UnknownError where there is none, naming what is known.

    >>> anthropic, openai = together("anthropic-revenue-run-rate", "openai-revenue-run-rate")
    >>> anthropic.period == openai.period
    True
    """
    return current().together(*series)


def history(series: str, since: str = "", projected: bool = False) -> tuple[Figure, ...]:
    """One figure per period, up to the latest one. See :meth:`Reading.history`.

    >>> print(*(each.when for each in history("anthropic-revenue-run-rate", "2026")[:2]), sep=", ")
    January 2026, February 2026
    """
    return current().history(series, since, projected)


def matched(a: str, b: str) -> tuple[tuple[Figure, Figure], ...]:
    """Two series on the periods that they share. See :meth:`Reading.matched`.

    >>> ours, theirs = matched("anthropic-revenue-run-rate", "openai-revenue-run-rate")[0]
    >>> ours.period == theirs.period
    True
    """
    return current().matched(a, b)


def projection(series: str, period: str) -> Figure:
    """The newest projection for a period. See :meth:`Reading.projection`.

    >>> projection("anthropic-revenue-recognised-quarter", "Q2-2026").unit_words
    'USD'
    """
    return current().projection(series, period)


def landmark(id: str) -> Figure:
    """Something to picture a sum with. See :meth:`Reading.landmark`.

    >>> print(landmark("us-household-income"))
    $83,700
    """
    return current().landmark(id)


def event(id: str) -> Event:
    """Something that happened or was said. See :meth:`Reading.event`.

    >>> print(event("openai-codex-cli-2025-04").when)
    April 2025
    """
    return current().event(id)


def awaited_event(id: str) -> Event:
    """What happened or was said, once it has: a branch asks ``.is_known``. See :meth:`Reading.awaited_event`.

    >>> awaited_event("openai-codex-cli-2025-04").is_known
    True
    """
    return current().awaited_event(id)


claim_cells.register()
if "IPython" in sys.modules:
    # Only where IPython runs already: nobody else waits for what a notebook shows.
    from frontier_calc.classroom import notebook

    notebook.register()
