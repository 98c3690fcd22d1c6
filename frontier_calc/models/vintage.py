"""The vintage cascade: every model earns more than it cost, and the company loses more every year."""

from dataclasses import dataclass

from frontier_calc.figure import Figure
from frontier_calc.models.arguments import ModelError, need_figures
from frontier_calc.rulers import NO_RULER

__all__ = ["Cascade", "margin_needed", "part_to_repay", "room_for_error"]


@dataclass(frozen=True)
class Cascade:
    """A line of models, each ``step`` times as dear as the last, each earning ``multiple`` times its cost.

    ``first`` is money; ``step``, ``multiple`` and ``serving`` are plain ratios, ``serving`` the share of revenue that
    serving takes (none in the toy model as it was told). ``lag`` is in years: with 1 a model earns the year after it
    was built, with 0 it earns while its successor is built. Raises ModelError for what is no figure and for another lag.
    Source of the toy: Dario Amodei, in conversation with John Collison, 6 August 2025.

    >>> from frontier_calc import assume
    >>> toy = Cascade(assume("first", 1e8, "USD"), assume("step", 10), assume("multiple", 2), assume("serving", 0))
    >>> [str(toy.result(year)) for year in range(3)]
    ['minus $100 million', 'minus $800 million', 'minus $8 billion']
    """

    first: Figure
    step: Figure
    multiple: Figure
    serving: Figure
    lag: int = 1

    def __post_init__(self) -> None:
        need_figures("vintage.Cascade", first=self.first, step=self.step, multiple=self.multiple, serving=self.serving)
        if self.lag not in (0, 1):
            raise ModelError(f"a lag of {self.lag!r}: a model earns as its successor is built, 0, or a year later, 1")

    def cost(self, model: int) -> Figure:
        """What the model of that number costs to build: ``first × step ^ model``, in money; the first model is 0."""
        if model < 0:
            raise ModelError(f"model {model}: the first model of the line is number 0, and none was built before it")
        if model == 0:
            return self.first
        return self.first * self.step**model

    def revenue(self, model: int) -> Figure:
        """What it earns over its life less what serving takes: ``cost × multiple × (1 - serving)``, in money."""
        earned = self.cost(model) * self.multiple * (1 - self.serving)
        return earned.named("", NO_RULER)  # earned, and not spent

    def result(self, year: int) -> Figure:
        """The company's year: what one model earns less what the next one costs, in money. The first year is 0.

        With a lag, ``revenue(year - 1) - cost(year)``, where the first year only costs; without one,
        ``revenue(year) - cost(year + 1)``.
        """
        if self.lag == 0:
            return self.revenue(year) - self.cost(year + 1)
        if year == 0:
            return -self.cost(0)
        return self.revenue(year - 1) - self.cost(year)

    @property
    def break_even_step(self) -> Figure:
        """The step in cost at which a year comes out even, ``multiple × (1 - serving)``: what a model returns over its cost."""
        return self.multiple * (1 - self.serving)


def margin_needed(multiple: Figure) -> Figure:
    """The serving margin above which a model repays its build when revenue is ``multiple`` times its cost.

    Revenue ``m × cost`` keeps ``margin × m × cost``, which equals the cost at ``margin = 1 / m``. A plain ratio.

    >>> from frontier_calc import assume
    >>> print(margin_needed(assume("multiple", 2)).percent)
    50 per cent
    """
    return 1 / multiple


def part_to_repay(multiple: Figure, margin: Figure) -> Figure:
    """The part of a model's planned revenue that repays its build, when serving is paid for as it sells.

    Plan: revenue of ``multiple`` times the cost to build, of which serving leaves the ``margin``; the part is
    ``1 / (multiple × margin)``, a plain ratio. A life cut short, a price not reached and a demand not met all take away
    from the plan; above one even the whole of it is too little.

    >>> from frontier_calc import assume
    >>> print(part_to_repay(assume("multiple", 2), assume("margin", 0.75)).fraction)
    two-thirds
    """
    return 1 / (multiple * margin)


def room_for_error(margin: Figure, research: Figure) -> Figure:
    """The part of the planned revenue that may stay away before a lab that bought all its computing ahead loses money.

    With a revenue of 1, serving takes ``1 - margin``; if ``research`` is the share of the computing that does not
    serve, all of it costs ``(1 - margin) / (1 - research)``. What is left of 1 is the profit of the plan, and its room:
    ``(margin - research) / (1 - research)``, a plain ratio.

    >>> from frontier_calc import assume
    >>> print(room_for_error(assume("margin", 0.75), assume("research", 0.5)).percent)
    50 per cent
    """
    return (margin - research) / (1 - research)
