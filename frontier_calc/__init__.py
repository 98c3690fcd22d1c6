"""The calculation behind *The Economics of the Frontier*: figures that know their ruler, source and age.

>>> from frontier_calc import at, constant, rulers
>>> pace = at("anthropic-revenue-run-rate", "2026-04")
>>> print(rulers.per_month(pace, constant("months in a year", 12, "month per year")))
over $2.5 billion
"""

from frontier_calc import claim_cells, rulers
from frontier_calc.claim_cells import load_ipython_extension, parse_claim
from frontier_calc.claims import Claim, ClaimError, claim
from frontier_calc.combine import beside, choose, days_between, greatest, least, total
from frontier_calc.conditions import Comparison, Condition
from frontier_calc.dates import Period
from frontier_calc.figure import Figure, assume, constant
from frontier_calc.models import growth, lab, loop, translate, vintage
from frontier_calc.record.reading import Reading, UnknownError, as_of, current, edition, use
from frontier_calc.record.store import DataError
from frontier_calc.rulers import Ruler, RulerError
from frontier_calc.units import UnitError

__all__ = ["growth", "lab", "loop", "rulers", "translate", "vintage"]
__all__ += ["at", "event", "history", "landmark", "latest", "matched", "projection"]
__all__ += ["Reading", "as_of", "current", "edition", "use"]
__all__ += ["Figure", "Period", "Ruler", "assume", "constant"]
__all__ += ["beside", "choose", "days_between", "greatest", "least", "total"]
__all__ += ["Claim", "Comparison", "Condition", "claim", "load_ipython_extension", "parse_claim"]
__all__ += ["ClaimError", "DataError", "RulerError", "UnitError", "UnknownError"]


def latest(series: str, by: Period | None = None) -> Figure:
    """The latest measurement of a series in the edition in force. See :meth:`Reading.latest`."""
    return current().latest(series, by)


def at(series: str, period: str) -> Figure:
    """What the edition in force knows of a period. See :meth:`Reading.at`."""
    return current().at(series, period)


def history(series: str, since: str = "", projected: bool = False) -> tuple[Figure, ...]:
    """One figure per period, up to the latest one. See :meth:`Reading.history`."""
    return current().history(series, since, projected)


def matched(a: str, b: str) -> tuple[tuple[Figure, Figure], ...]:
    """Two series on the periods that they share. See :meth:`Reading.matched`."""
    return current().matched(a, b)


def projection(series: str, period: str) -> Figure:
    """The newest projection for a period. See :meth:`Reading.projection`."""
    return current().projection(series, period)


def landmark(id: str) -> Figure:
    """Something to picture a sum with. See :meth:`Reading.landmark`."""
    return current().landmark(id)


def event(id: str):
    """Something that happened or was said. See :meth:`Reading.event`."""
    return current().event(id)


claim_cells.register()
