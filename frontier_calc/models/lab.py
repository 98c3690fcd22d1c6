"""A lab's account: what one model costs to build and to serve, what it earns, and what it leaves behind."""

from dataclasses import dataclass

from frontier_calc.figure import Figure
from frontier_calc.rulers import NO_RULER


@dataclass(frozen=True)
class Account:
    """The life of one model. All three figures in one currency; costs are positive numbers.

    >>> from frontier_calc import assume
    >>> one = Account(assume("build", 1e9, "USD"), assume("serve", 0.6e9, "USD"), assume("earn", 2e9, "USD"))
    >>> print(one.left_over, one.serving_margin.percent, one.return_multiple.fold)
    $400 million 70 per cent two-fold
    """

    build: Figure
    serve: Figure
    earn: Figure

    @property
    def left_over(self) -> Figure:
        """Revenue less serving less building."""
        return (self.earn - self.serve - self.build).named("", NO_RULER)  # what is left was not spent

    @property
    def serving_profit(self) -> Figure:
        """Revenue less what it costs to serve."""
        return (self.earn - self.serve).named("", NO_RULER)

    @property
    def serving_margin(self) -> Figure:
        """Serving profit as a share of revenue."""
        return self.serving_profit / self.earn

    @property
    def return_multiple(self) -> Figure:
        """Lifetime revenue over the cost to build: what "twice" is twice of."""
        return self.earn / self.build

    @property
    def profit_multiple(self) -> Figure:
        """Serving profit over the cost to build: the build is repaid where it exceeds one."""
        return self.serving_profit / self.build


@dataclass(frozen=True)
class Meter:
    """One click of the meter: the price of so many tokens and what it costs to make them, in money per token."""

    price: Figure
    cost: Figure

    @property
    def margin(self) -> Figure:
        """The share of the price that the lab keeps."""
        return (self.price - self.cost) / self.price

    def tokens_to_repay(self, build: Figure) -> Figure:
        """How many tokens have to be sold before their margin has paid for the build."""
        return (build / (self.price - self.cost)).named("", NO_RULER)
