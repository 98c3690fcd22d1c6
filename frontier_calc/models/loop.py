"""The investment loop: money that goes to a lab as equity and comes back as the price of computing."""

from dataclasses import dataclass

from frontier_calc import rulers
from frontier_calc.combine import beside
from frontier_calc.figure import Figure


@dataclass(frozen=True)
class Partnership:
    """One partner and one lab. Each column is on its own ruler, and an empty one stays empty."""

    partner: str
    lab: str
    paid_in: Figure | None = None
    up_to: Figure | None = None
    held: Figure | None = None
    commitment: Figure | None = None
    term: Figure | None = None

    @property
    def per_year(self) -> Figure | None:
        """The commitment spread evenly over its term; None where either is not known."""
        if self.commitment is None or self.term is None:
            return None
        return rulers.per_year(self.commitment, self.term)

    @property
    def commitment_over_equity(self) -> Figure | None:
        """What flows back over what was paid in, set side by side: a promise beside a payment."""
        if self.commitment is None or self.paid_in is None:
            return None
        return beside(self.commitment, self.paid_in)
