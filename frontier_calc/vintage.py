"""The vintage cascade: every model earns more than it cost, and the company loses more every year."""

from dataclasses import dataclass

from frontier_calc.figure import Figure


@dataclass(frozen=True)
class Cascade:
    """A line of models, each ``step`` times as dear as the last, each earning ``multiple`` times its cost.

    ``lag`` is in years: with 1 a model earns the year after it was built, with 0 it earns while its successor is
    built. ``serving`` is the share of revenue that serving takes (none in the toy model as it was told).
    Source of the toy: Dario Amodei, in conversation with John Collison, 6 August 2025.

    >>> from frontier_calc import assume
    >>> toy = Cascade(assume("first", 1e8, "USD"), assume("step", 10), assume("multiple", 2), assume("serving", 0))
    >>> [str(result) for result in toy.results(3)]
    ['minus $100 million', 'minus $800 million', 'minus $8 billion']
    """

    first: Figure
    step: Figure
    multiple: Figure
    serving: Figure
    lag: int = 1

    def cost(self, model: int) -> Figure:
        """What the model of that number (the first is 0) costs to build."""
        return self.first * self.step**model if model else self.first

    def revenue(self, model: int) -> Figure:
        """What it earns over its life, less what serving takes."""
        return self.cost(model) * self.multiple * (1 - self.serving)

    def result(self, year: int) -> Figure:
        """The company's year: what one model earns less what the next one costs."""
        if self.lag == 0:
            return self.revenue(year) - self.cost(year + 1)
        return self.revenue(year - 1) - self.cost(year) if year else -self.cost(0)

    def results(self, years: int) -> list[Figure]:
        """The company's first years, one by one."""
        return [self.result(year) for year in range(years)]

    @property
    def break_even_step(self) -> Figure:
        """The step in cost at which a year comes out even: what a model returns over its cost."""
        return self.multiple * (1 - self.serving)

    @property
    def share_lost(self) -> Figure:
        """A year's result as a share of what that year's model costs: return over step, less one."""
        return self.break_even_step / self.step - 1


def margin_needed(multiple: Figure) -> Figure:
    """The serving margin above which a model repays its build when revenue is ``multiple`` times its cost.

    >>> from frontier_calc import assume
    >>> print(margin_needed(assume("multiple", 2)).percent)
    50 per cent
    """
    return 1 / multiple
