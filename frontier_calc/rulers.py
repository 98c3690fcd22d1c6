"""The four rulers of Ledger 2, and the conversions between them.

A ruler has four sides, one for each question: run rate or recognised? gross or net of the channel? promised or
paid? whose money? A side that does not apply is empty. Figures on different rulers refuse to be added or compared;
the functions below bring one onto the other's ruler, each in the one way that the books allow.
"""

from typing import TYPE_CHECKING, NamedTuple

from frontier_calc.errors import Readable
from frontier_calc.units import need, need_per, unlike

if TYPE_CHECKING:
    from frontier_calc.figure import Figure


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

    def completed_by(self, other: "Ruler") -> "Ruler":
        """This ruler, its empty sides filled from another.

        >>> print(Ruler(basis="run-rate").completed_by(Ruler(basis="recognised", channel="net")))
        run-rate, net
        """
        return Ruler(
            basis=self.basis or other.basis,
            channel=self.channel or other.channel,
            firmness=self.firmness or other.firmness,
            payer=self.payer or other.payer,
        )


NO_RULER = Ruler()

__all__ = [
    "Ruler",
    "RulerError",
    "annualised",
    "from_customers",
    "per_month",
    "per_year",
    "to_net",
]  # what a reader calls

CONVERSIONS = {
    "basis": "growth.recognised_from(run_rate, growth) turns a run rate into the year it would book, by a guess of growth",
    "channel": "rulers.to_net(gross, cut) takes the channel's cut off",
    "firmness": "rulers.per_year(commitment, term) spreads a promise over its term; what was spent has to be observed",
    "payer": "rulers.from_customers(revenue, from_investors) leaves what outside customers paid",
}


class RulerError(Readable, ValueError):
    """Figures on different rulers were mixed. Two lines: what clashed, and what would reconcile it."""


def clash(a: Ruler, b: Ruler) -> list[str]:
    """The sides on which two rulers contradict each other (an empty side contradicts nothing).

    >>> clash(Ruler(basis="run-rate", channel="net"), Ruler(basis="recognised"))
    ['basis']
    """
    sides = zip(Ruler._fields, a, b, strict=True)
    return [side for side, one, other in sides if one and other and one != other]


def merge(verb: str, a: "Figure", b: "Figure", apart_from: str = "") -> Ruler:
    """The ruler of two figures taken together: each side from whichever has it.

    Raises RulerError where they clash, unless on the side ``apart_from``, which a conversion is there to reconcile.
    """
    for side in clash(a.ruler, b.ruler):
        if side != apart_from:
            raise RulerError(
                f"cannot {verb} {a.label} ({a.ruler}) and {b.label} ({b.ruler}): they differ in {side}.\n"
                f"{_remedy(verb, side)}"
            )
    return a.ruler.completed_by(b.ruler)


def _remedy(verb: str, side: str) -> str:
    """What reconciles two figures that differ on a side; for a ratio first what asks for no guess."""
    if verb == "divide" and side == "basis":
        return f"fc.beside(a, b) sets them side by side, and says so; {CONVERSIONS[side]}."
    return f"{CONVERSIONS[side]}; or set them side by side, and say so, with fc.beside(a, b)."


def alike(verb: str, a: "Figure", b: "Figure") -> Ruler:
    """The ruler of two figures that must count the same. Raises RulerError or UnitError where they do not."""
    ruler = merge(verb, a, b)  # before the units: a clash of rulers tells the reader more
    if a.unit != b.unit:
        raise unlike(verb, a, b)
    return ruler


def to_net(gross: "Figure", cut: "Figure") -> "Figure":
    """Net of the channel: gross sales less the cut that stays with the reseller. Unit: that of ``gross``.

    Raises RulerError where ``gross`` is not on the gross ruler, or the cut was measured otherwise than by channel.
    Source: the principal-or-agent question of IFRS 15, paragraphs B34 to B38: an agent books only its share.

    >>> from frontier_calc import assume
    >>> sold = assume("sold", 30e9, "USD per year", Ruler(channel="gross"))
    >>> kept_by_resellers = assume("kept by resellers", 8e9, "USD per year")
    >>> print(to_net(sold, kept_by_resellers), "|", to_net(sold, kept_by_resellers).ruler)
    $22 billion | net
    """
    if gross.ruler.channel != "gross":
        turned = "The two stand the wrong way round: " if cut.ruler.channel == "gross" else ""
        if gross.ruler.channel == "net":
            turned += "It is net already. Otherwise "
        raise RulerError(
            f"cannot take a channel's cut off {gross.label}: it is on the ruler ({gross.ruler}), not on the gross one.\n"
            f"{turned}give rulers.to_net the gross figure first, whose series has channel gross, and then the cut."
        )
    ruler = merge("take apart", gross, cut, apart_from="channel")
    return gross.combine("-", cut, ruler=ruler._replace(channel="net"))


def per_year(commitment: "Figure", term: "Figure") -> "Figure":
    """A commitment spread evenly over the years of its term. Unit: the commitment's, per year.

    Real contracts ramp up, so this is the average year and not a forecast of any one of them. Raises UnitError
    where the term does not count years.

    >>> from frontier_calc import assume
    >>> print(per_year(assume("promise", 300e9, "USD"), assume("term", 5, "year")))
    $60 billion
    """
    need("year", term, "the term of a commitment")
    return commitment / term


def per_month(run_rate: "Figure", months: "Figure") -> "Figure":
    """The month behind a run rate: the yearly pace divided by the months in a year. Unit: per month.

    Raises UnitError where ``run_rate`` is no pace per year, or ``months`` does not count months per year.

    >>> from frontier_calc import assume, constant
    >>> print(per_month(assume("pace", 30e9, "USD per year"), constant("months in a year", 12, "month per year")))
    $2.5 billion
    """
    need_per("year", run_rate, "the month behind a run rate")
    need("month per year", months, "the month behind a run rate")
    return run_rate / months


def annualised(flow: "Figure", years: "Figure") -> "Figure":
    """A flow over a period brought to a pace per year: a quarter's revenue is a quarter of a year's pace.

    ``years`` is the length of the period, in years. Raises UnitError where it counts something else.

    >>> from frontier_calc import assume, constant
    >>> print(annualised(assume("a quarter's sales", 4.8e9, "USD"), constant("a quarter", 0.25, "year")))
    $19.2 billion
    """
    need("year", years, "a flow brought to a pace")
    return flow / years


def from_customers(revenue: "Figure", from_investors: "Figure") -> "Figure":
    """What outside customers paid: revenue less the part that began as an investor's money. Unit: that of ``revenue``.

    Raises RulerError where the two were measured otherwise than by payer.

    >>> from frontier_calc import assume
    >>> print(from_customers(assume("revenue", 10e9, "USD"), assume("from investors", 3e9, "USD")))
    $7 billion
    """
    ruler = merge("take apart", revenue, from_investors, apart_from="payer")
    return revenue.combine("-", from_investors, ruler=ruler._replace(payer="customer"))
