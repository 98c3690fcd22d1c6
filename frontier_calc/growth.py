"""Growth, and what it does to the difference between a run rate and the year that is booked."""

from frontier_calc.claims import Comparison
from frontier_calc.combine import beside
from frontier_calc.figure import Figure, constant
from frontier_calc.units import ONE

MONTHS_IN_A_YEAR = constant("months in a year", 12, "month per year")
SPELLS_IN_A_YEAR = constant("spells of 28 days in a year", 13, "1 per year")


def run_rate(month: Figure) -> Figure:
    """The simple run rate: one month's revenue, twelve times. Unit: that of ``month`` per year.

    >>> from frontier_calc import assume
    >>> print(run_rate(assume("a month's revenue", 2.5e9, "USD per month")))
    $30 billion
    """
    pace = month * MONTHS_IN_A_YEAR
    return pace.named("", pace.ruler._replace(basis="run-rate"))


def metered_run_rate(metered: Figure, subscriptions: Figure) -> Figure:
    """The run rate as Anthropic defines it: 28 days of metered sales times 13, plus a month's subscriptions times 12.

    ``metered`` in money, ``subscriptions`` in money per month. Source: Reuters Breakingviews, 10 March 2026.

    >>> from frontier_calc import assume
    >>> print(metered_run_rate(assume("28 days", 1e9, "USD"), assume("plans", 0.5e9, "USD per month")))
    $19 billion
    """
    pace = metered * SPELLS_IN_A_YEAR + subscriptions * MONTHS_IN_A_YEAR
    return pace.named("", pace.ruler._replace(basis="run-rate"))


def recognised_over_run_rate(growth: Figure) -> Figure:
    """What a year books over the run rate at its end, for steady growth by a factor ``growth`` a year.

    With revenue flowing at the pace exp(ln(g) t), a year books the integral of its pace: (1 - 1/g) / ln g of the
    pace at its end. At no growth the two are equal.

    >>> from frontier_calc import assume
    >>> print(recognised_over_run_rate(assume("growth", 5.0)).fraction)
    about half
    """
    if growth.value == 1:
        return growth / growth  # one, and still tied to where the growth was read
    return (1 - 1 / growth) / growth.log()


def recognised_from(run_rate: Figure, growth: Figure, years: Figure) -> Figure:
    """The revenue that ``years`` (one, as a figure in years) would book if a run rate was reached by steady growth."""
    booked = run_rate * years * recognised_over_run_rate(growth)
    return booked.named("", booked.ruler._replace(basis="recognised"))


def yearly_factor(start: Figure, end: Figure, months: Figure) -> Figure:
    """The factor by which something would grow in a year at the pace of the ``months`` between two figures.

    >>> from frontier_calc import assume, constant
    >>> print(yearly_factor(assume("from", 9), assume("to", 30), constant("months", 4, "month")).fold)
    37 times
    """
    return (((end / start).log()) * (MONTHS_IN_A_YEAR * constant("a year", 1, "year") / months)).exp()


def crossing(a: tuple[Figure, Figure], b: tuple[Figure, Figure], months: Figure) -> Figure:
    """Months after the start at which line ``a`` passes line ``b``, each growing steadily from its first to its second figure.

    The lines may be on different rulers: the result is then set beside them, and says so.
    """
    gap = beside(b[0], a[0])
    closing = (a[1] / a[0]).log() - (b[1] / b[0]).log()
    return gap.log() / closing * months


def between(ratio: Figure, low: float, high: float) -> Comparison:
    """The comparison that a plain ratio lies between two bounds, both included."""
    if ratio.unit != ONE:
        raise ValueError(f"{ratio.label} is not a plain ratio: it counts {ratio.unit_words}")
    return (ratio >= low) & (ratio <= high)
