"""The investment loop: money that goes to a lab as equity or credit and comes back as the price of computing."""

from dataclasses import dataclass
from typing import NamedTuple

from frontier_calc import rulers
from frontier_calc.combine import beside
from frontier_calc.figure import Figure
from frontier_calc.models.arguments import ModelError, need_one_unit

__all__ = ["Partnership", "Promise"]


class Promise(NamedTuple):
    """An investor's promise, all of it at one date and in one currency."""

    paid_in: Figure  # what has been paid so far
    still_promised: Figure  # the most that may still come
    ceiling: Figure  # the two together, never above what was promised


@dataclass(frozen=True)
class Partnership:
    """One partner and one lab. Each column is on its own ruler, and an empty one stays empty.

    ``paid_in`` is all that the partner has paid for shares, ``up_to`` the most that it will ever have paid, earlier
    payments included; ``held`` is what its shares are said to be worth. ``commitment`` is what the lab has promised to
    spend with the partner, over ``term`` years. ``credit`` is the most that the partner lends the lab or guarantees for
    it. Money in one currency.

    >>> from frontier_calc import assume
    >>> deal = Partnership(
    ...     "Partner", "Lab", paid_in=assume("paid in", 18e9, "USD"), up_to=assume("promised in all", 33e9, "USD")
    ... )
    >>> print(deal.still_promised)
    $15 billion
    """

    partner: str
    lab: str
    paid_in: Figure | None = None
    up_to: Figure | None = None
    held: Figure | None = None
    commitment: Figure | None = None
    term: Figure | None = None
    credit: Figure | None = None

    @property
    def per_year(self) -> Figure | None:
        """The commitment spread evenly over its term, in money per year; None where either is not known."""
        if self.commitment is None or self.term is None:
            return None
        return rulers.per_year(self.commitment, self.term)

    @property
    def commitment_over_equity(self) -> Figure | None:
        """What flows back over what was paid in, set side by side: a promise beside a payment. A plain ratio."""
        if self.commitment is None or self.paid_in is None:
            return None
        return beside(self.commitment, self.paid_in)

    @property
    def still_promised(self) -> Figure | None:
        """The most that may still come: ``up_to - paid_in``, in money; None where either is empty.

        What is paid is no longer promised, so the two move together: whatever is paid in comes off here on the same day.
        Raises ModelError where more was paid than was ever promised.
        """
        if self.up_to is None or self.paid_in is None:
            return None
        need_one_unit("take apart", self.up_to, self.paid_in)
        if self.paid_in.value > self.up_to.value:
            raise ModelError(
                f"{self.partner} cannot have paid {self._dated(self.paid_in)} of {self._dated(self.up_to)}: "
                "the whole promise is older than the payment, or leaves an earlier one out"
            )
        return self.up_to.combine("-", self.paid_in, ruler=self.up_to.ruler)

    def promise(self, still_promised: Figure) -> Promise:
        """The promise at one date, where the partner itself tells what may still come.

        The ceiling is ``paid_in + still_promised``, on the ruler of a promise. Raises ModelError where the two are
        not about the same period, since a payment in between would be counted twice, and where together they exceed
        the whole that was promised (``up_to``, where it is known).

        >>> from frontier_calc import assume
        >>> deal = Partnership("Partner", "Lab", paid_in=assume("paid in", 13e9, "USD"))
        >>> print(deal.promise(assume("may still come", 20e9, "USD")).ceiling)
        $33 billion
        """
        if self.paid_in is None:
            raise ModelError(f"what {self.partner} has paid in is not known: give its Partnership a paid_in")
        need_one_unit("add", self.paid_in, still_promised)
        if self.paid_in.period != still_promised.period:
            raise ModelError(
                f"{self._dated(self.paid_in)} and {self._dated(still_promised)} are not of one date, "
                "and what was paid in between would be counted twice.\n"
                "Read both at one period, or enter the row that tells what may still come after the payment."
            )
        ceiling = self.paid_in.combine("+", still_promised, ruler=still_promised.ruler)
        if self.up_to is not None and ceiling.value > self.up_to.value * (1 + 1e-9):
            raise ModelError(
                f"{self._dated(self.paid_in)} and {self._dated(still_promised)} make {ceiling}, "
                f"more than {self._dated(self.up_to)}"
            )
        return Promise(paid_in=self.paid_in, still_promised=still_promised, ceiling=ceiling)

    @staticmethod
    def _dated(figure: Figure) -> str:
        """A figure with its name and its period, as a message tells it."""
        period = figure.period.words if figure.period else "no date"
        return f"{figure} ({figure.label}, {period})"
