"""The four rulers of Ledger 2, and the conversions between them.

A ruler has four sides, one for each question: run rate or recognised? gross or net of the channel? promised or
paid? whose money? A side that does not apply is empty. Figures on different rulers refuse to be added or compared;
the functions below bring one onto the other's ruler, each in the one way that the books allow.
"""

from typing import NamedTuple

from frontier_calc.errors import Readable
from frontier_calc.units import need_per, unlike


class Ruler(NamedTuple):
    """How a number was measured.

    >>> print(Ruler(basis="run-rate", channel="gross"))
    run-rate, gross
    """

    basis: str = ""  # run-rate, recognised
    channel: str = ""  # gross, net
    firmness: str = ""  # committed, guided, spent, paid-in, held
    payer: str = ""  # customer, investor

    def __str__(self) -> str:
        return ", ".join(side for side in self if side) or "no ruler"


NO_RULER = Ruler()

CONVERSIONS = {
    "basis": "growth.recognised_from(run_rate, growth) turns a run rate into the year it would book",
    "channel": "rulers.to_net(gross, cut) takes the channel's cut off",
    "firmness": "rulers.per_year(commitment, term) spreads a promise over its term; what was spent has to be observed",
    "payer": "rulers.from_customers(revenue, from_investors) leaves what outside customers paid",
}


class RulerError(Readable, ValueError):
    """Figures on different rulers were mixed. Two lines: what clashed, and what would reconcile it."""


def clash(a: Ruler, b: Ruler) -> list[str]:
    """The sides on which two rulers contradict each other (an empty side contradicts nothing)."""
    return [side for side, x, y in zip(Ruler._fields, a, b, strict=True) if x and y and x != y]


def merge(verb: str, a, b) -> Ruler:
    """The ruler of two figures taken together: each side from whichever has it. Raises RulerError where they clash."""
    for side in clash(a.ruler, b.ruler):
        raise RulerError(
            f"cannot {verb} {a.label} ({a.ruler}) and {b.label} ({b.ruler}): they differ in {side}.\n"
            f"{CONVERSIONS[side]}; or set them side by side, and say so, with beside(a, b)."
        )
    return Ruler(*(x or y for x, y in zip(a.ruler, b.ruler, strict=True)))


def alike(verb: str, a, b) -> Ruler:
    """The ruler of two figures that must count the same. Raises RulerError or UnitError where they do not."""
    ruler = merge(verb, a, b)  # before the units: a clash of rulers tells the reader more
    if a.unit != b.unit:
        raise unlike(verb, a, b)
    return ruler


def to_net(gross, cut):
    """Net of the channel: gross sales less the cut that stays with the reseller. Unit: that of ``gross``.

    Raises RulerError where ``gross`` is not on the gross ruler. Source: the principal-or-agent question of
    IFRS 15, paragraphs B34 to B38: an agent books only its share.
    """
    if gross.ruler.channel != "gross":
        raise RulerError(
            f"cannot take a channel's cut off {gross.label}: it is on the ruler ({gross.ruler}), not on the gross one.\n"
            "Give rulers.to_net a figure whose series has channel gross."
        )
    return gross.combine("-", cut, ruler=gross.ruler._replace(channel="net"))


def per_year(commitment, term):
    """A commitment spread evenly over the years of its term. Unit: the commitment's, per year.

    Real contracts ramp up, so this is the average year and not a forecast of any one of them.
    """
    return commitment / term


def per_month(run_rate, months):
    """The month behind a run rate: the yearly pace divided by the months in a year. Raises UnitError for no pace a year."""
    need_per("year", run_rate, "the month behind it")
    return run_rate / months


def annualised(flow, years):
    """A flow over a period brought to a pace per year: a quarter's revenue is a quarter of a year's pace."""
    return flow / years


def from_customers(revenue, from_investors):
    """What outside customers paid: revenue less the part that began as an investor's money."""
    return revenue.combine("-", from_investors, ruler=revenue.ruler._replace(payer="customer"))
