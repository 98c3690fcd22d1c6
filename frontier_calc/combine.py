"""Figures made of several figures: totals, extremes, a choice, a span of days, and two rulers set side by side."""

import math
from collections.abc import Iterable
from dataclasses import replace

from frontier_calc.conditions import Comparison, Condition
from frontier_calc.errors import Readable
from frontier_calc.figure import Figure, FigureError, as_figure, derived, of_leaf
from frontier_calc.graph import Leaf, Operation
from frontier_calc.rulers import alike
from frontier_calc.units import parse


class ChoiceError(Readable, ValueError):
    """What ``choose`` was to decide by is no single comparison."""


def _gather(op: str, figures: Iterable[Figure]) -> Figure:
    given = [as_figure(f) for f in figures]
    if not given:
        raise FigureError("there is no figure among them: give it some, as in [a, b]")
    first, *rest = given
    verb, ruler = "add" if op == "sum" else "compare", first.ruler
    for other in rest:
        ruler = alike(verb, first.named(first.label, ruler), other)
    return derived(op, *given, unit=first.unit, ruler=ruler)


def total(figures: Iterable[Figure]) -> Figure:
    """The sum of like figures on one ruler.

    >>> from frontier_calc import assume
    >>> print(total([assume("a", 1e9, "USD"), assume("b", 2e9, "USD")]))
    $3 billion
    """
    return _gather("sum", figures)


def least(figures: Iterable[Figure]) -> Figure:
    """The smallest of like figures on one ruler.

    >>> from frontier_calc import assume
    >>> print(least([assume("a", 1e9, "USD"), assume("b", 2e9, "USD")]))
    $1 billion
    """
    return _gather("min", figures)


def greatest(figures: Iterable[Figure]) -> Figure:
    """The largest of like figures on one ruler.

    >>> from frontier_calc import assume
    >>> print(greatest([assume("a", 1e9, "USD"), assume("b", 2e9, "USD")]))
    $2 billion
    """
    return _gather("max", figures)


def choose(condition: Condition, larger: Figure, otherwise: Figure) -> Figure:
    """``larger`` where a comparison by ``>`` holds, ``otherwise`` where not. Raises ChoiceError for another condition.

    >>> from frontier_calc import assume
    >>> a, b = assume("a", 1e9, "USD"), assume("b", 2e9, "USD")
    >>> print(choose(a > b, a, b))
    $2 billion
    """
    if not isinstance(condition, Comparison) or condition.relation != ">":
        raise ChoiceError(
            f"choose decides by a single comparison with >, as in fc.choose(a > b, a, b), not by {condition}"
        )
    ruler = alike("choose between", larger, otherwise)
    return derived("choose", condition.left, condition.right, larger, otherwise, unit=larger.unit, ruler=ruler)


def days_between(start: Figure, end: Figure) -> Figure:
    """The days from one publication to another, as a figure: both dates stay in its derivation.

    >>> from frontier_calc import at
    >>> pace = "anthropic-revenue-run-rate"
    >>> days_between(at(pace, "2026-03"), at(pace, "2026-04")).value > 0
    True
    """
    dates = (_day_known(start), _day_known(end))
    return Figure(Operation("days", dates), parse("day"))


def _day_known(f: Figure) -> Leaf:
    """The day from which a figure could be known, as a leaf that carries the source published on that day."""
    published = [(leaf.known, leaf) for leaf in f.leaves if leaf.known is not None]
    if not published and f.is_known:
        raise ValueError(f"{f.label} has no day of publication")
    known, last = max(published, key=lambda pair: pair[0], default=(None, None))
    return Leaf(
        f"{f.label}, known on",
        math.nan if known is None else float(known.toordinal()),
        f"known:{f.key}",
        # A day of publication is plain, however weak the number.
        tag=f.tag if known is None else "reported",
        title=f"day of {f.label}",
        period=f.period,
        known=known,
        source=None if last is None else last.source,
        spoken="" if last is None else last.spoken,
        style="day",
    )


def beside(a: Figure, b: Figure) -> Figure:
    """The ratio of two figures set side by side although their rulers or units differ; the reader is told so.

    Figures on different rulers are never added or compared. Their ratio is no amount of either: it tells how large the
    one is beside the other, says in ``.aside`` which rulers are in it, and every display shows that.

    >>> from frontier_calc import at
    >>> booked, pace = at("openai-revenue-recognised", "FY2024"), at("openai-revenue-run-rate", "2024-12")
    >>> print(beside(booked, pace).percent, "|", beside(booked, pace).aside)
    about 62 per cent | recognised, net (USD) set beside run-rate, net (USD per year)
    """
    sides = [str(figure.ruler) for figure in (a, b)]
    if a.unit != b.unit:
        sides = [f"{side} ({figure.unit_words})" for side, figure in zip(sides, (a, b), strict=True)]
    told = f"{sides[0]} set beside {sides[1]}" if sides[0] != sides[1] else ""
    return derived("÷", a, b, unit=a.unit / b.unit, aside=told)


def carried(share: Figure, to: Figure) -> Figure:
    """A share as it is for the period at which it was measured, and as an assumption for ``to`` of any other date.

    The assumption is illustrative and named after the share; its size, range, qualifier and first source are the
    share's. Raises FigureError for a share without a name.

    >>> from frontier_calc import assume, at
    >>> pace = at("anthropic-revenue-run-rate", "2026-03")
    >>> print(carried(assume("the memo's share", 0.27), to=pace).label)
    the memo's share, at other dates
    """
    if share.period is not None and share.period == to.period:
        return replace(share, aside="") if share.aside else share  # a part of something, whatever it was divided by
    name = share.title or getattr(share.node, "title", "")
    if not name:
        raise FigureError(f'{share.label} has no name to be carried under: give it one, as in share.named("the share")')
    return of_leaf(
        f"{name}, at other dates",
        share.value,
        f"carried:{share.key}",
        share.unit,
        share.ruler,
        tag="illustrative",
        title=f"{name}, at other dates",
        qualifier=share.qualifier,
        low=share.low,
        high=share.high,
        source=share.sources[0] if share.sources else None,
        style=share.style,
    )
