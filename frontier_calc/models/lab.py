"""A lab's account: what one model costs to build and to serve, what it earns, and what it leaves behind.

Source: the booklet's first ledger, which follows the way in which Dario Amodei treats each model as a company.
"""

from dataclasses import dataclass

from frontier_calc.figure import Figure
from frontier_calc.models.arguments import ModelError, need_figures, need_one_unit
from frontier_calc.rulers import NO_RULER

__all__ = ["Account", "Meter"]


@dataclass(frozen=True)
class Account:
    """The life of one model. All three figures in one currency; costs are positive numbers.

    Raises ModelError for what is no figure, and UnitError where the three do not count the same.

    >>> from frontier_calc import assume
    >>> one = Account(assume("build", 1e9, "USD"), assume("serve", 0.6e9, "USD"), assume("earn", 2e9, "USD"))
    >>> print(one.left_over, one.serving_margin.percent, one.return_multiple.fold)
    $400 million 70 per cent two-fold
    """

    build: Figure
    serve: Figure
    earn: Figure

    def __post_init__(self) -> None:
        need_figures("lab.Account", build=self.build, serve=self.serve, earn=self.earn)
        need_one_unit("put on one account", self.build, self.serve, self.earn)

    @property
    def left_over(self) -> Figure:
        """Revenue less serving less building: ``earn - serve - build``, in money."""
        left = self.earn - self.serve - self.build
        return left.named("", NO_RULER)  # what is left was not spent

    @property
    def serving_profit(self) -> Figure:
        """Revenue less what it costs to serve: ``earn - serve``, in money."""
        profit = self.earn - self.serve
        return profit.named("", NO_RULER)

    @property
    def serving_margin(self) -> Figure:
        """Serving profit as a share of revenue: ``(earn - serve) / earn``, a plain ratio."""
        return self.serving_profit / self.earn

    @property
    def return_multiple(self) -> Figure:
        """Lifetime revenue over the cost to build: ``earn / build``, what "twice" is twice of."""
        return self.earn / self.build

    @property
    def profit_multiple(self) -> Figure:
        """Serving profit over the cost to build, ``(earn - serve) / build``: the build is repaid where it exceeds one."""
        return self.serving_profit / self.build


@dataclass(frozen=True)
class Meter:
    """One click of the meter: the price of so many tokens and what it costs to make them, in money per token.

    Raises ModelError for what is no figure, and UnitError where the two do not count the same.

    >>> from frontier_calc import assume
    >>> meter = Meter(assume("price", 25e-6, "USD per token"), assume("cost", 7.5e-6, "USD per token"))
    >>> print(meter.margin.percent)
    70 per cent
    """

    price: Figure
    cost: Figure

    def __post_init__(self) -> None:
        need_figures("lab.Meter", price=self.price, cost=self.cost)
        need_one_unit("set on one meter", self.price, self.cost)

    @property
    def margin(self) -> Figure:
        """The share of the price that the lab keeps: ``(price - cost) / price``, a plain ratio."""
        return (self.price - self.cost) / self.price

    def tokens_to_repay(self, build: Figure) -> Figure:
        """How many tokens have to be sold before their margin has paid for the build: ``build / (price - cost)``.

        Unit: token. Raises ModelError where a token brings no more than it costs: no number of them repays anything.

        >>> from frontier_calc import assume
        >>> meter = Meter(assume("price", 25e-6, "USD per token"), assume("cost", 5e-6, "USD per token"))
        >>> print(meter.tokens_to_repay(assume("build", 1e9, "USD")))
        50 trillion
        """
        kept = self.price - self.cost
        if kept.is_known and not kept.value > 0:
            raise ModelError(
                f"a token brings {self.price.label} and costs {self.cost.label}, which is no less: "
                "no number of them repays a build"
            )
        return (build / kept).named("", NO_RULER)
