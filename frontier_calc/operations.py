"""The closed list of operations that a derivation is made of: what each makes of numbers, and of ranges of numbers.

On numbers they are IEEE's, and so the browser's: nothing raises. Beyond what a float holds lies infinity; what has no
real result, or rests on something unknown, is not a number.

On ranges they are interval arithmetic (Moore, Kearfott and Cloud, *Introduction to Interval Analysis*, 2009, chapters
2 and 4): exact as long as no input comes twice, also where an input has no limit, and where a division runs across zero.
Ranges may be arrays, one element for each of many cases.

>>> print(OPERATIONS["÷"](1.0, 4.0), OPERATIONS["max"](1.0, 4.0, 2.0))
0.25 4.0
>>> print(*RANGES["÷"](Range(1.0, 1.0), Range(-1.0, 2.0)), *RANGES["^"](Range(-1.0, 2.0), Range(2.0, 2.0)))
-inf inf 0.0 4.0
"""

import math
from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

Number = Any  # a float, or an array of them: NumPy's functions take both


def add(a: Number, b: Number) -> Number:
    """a + b."""
    return np.add(a, b)


def subtract(a: Number, b: Number) -> Number:
    """a − b."""
    return np.subtract(a, b)


def multiply(a: Number, b: Number) -> Number:
    """a × b."""
    return np.multiply(a, b)


def divide(a: Number, b: Number) -> Number:
    """a ÷ b: infinite, or not a number, where b is nothing."""
    return np.divide(a, b)


def power(a: Number, b: Number) -> Number:
    """a to the power of b: not a number where a is negative and b is no whole number."""
    return np.power(a, b)


def logarithm(a: Number) -> Number:
    """The natural logarithm: not a number for a negative one."""
    return np.log(a)


def exponential(a: Number) -> Number:
    """e to the power of a."""
    return np.exp(a)


def smallest(*terms: Number) -> Number:
    """The smallest term; not a number if one is not."""
    return reduce(np.minimum, terms)


def largest(*terms: Number) -> Number:
    """The largest term; not a number if one is not."""
    return reduce(np.maximum, terms)


def total(*terms: Number) -> Number:
    """The sum: of single numbers rounded once, of many cases as they are added."""
    if any(np.ndim(term) for term in terms):
        return reduce(np.add, terms)
    try:
        return math.fsum(terms)
    except (OverflowError, ValueError):  # beyond what a float holds, or infinite on both sides
        return sum(terms)


def choose(a: Number, b: Number, larger: Number, otherwise: Number) -> Number:
    """``larger`` if a > b, ``otherwise`` if not; not a number if a or b is not."""
    chosen = np.where(np.greater(a, b), larger, otherwise)
    return np.where(np.isnan(a) | np.isnan(b), np.nan, chosen)


def days(start: Number, end: Number) -> Number:
    """The days from one day to another, each given by its number."""
    return np.subtract(end, start)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": add,
    "-": subtract,
    "×": multiply,
    "÷": divide,
    "^": power,
    "ln": logarithm,
    "exp": exponential,
    "min": smallest,
    "max": largest,
    "sum": total,
    "choose": choose,
    "days": days,
}


class Range(NamedTuple):
    """From the lowest to the highest value; both ends may be infinite."""

    low: Number
    high: Number


def _hull(*candidates: Number) -> Range:
    """From the smallest to the largest of some numbers, those that are none left out."""
    low, high = candidates[0], candidates[0]
    for candidate in candidates[1:]:
        low = np.fmin(low, candidate)
        high = np.fmax(high, candidate)
    return Range(low, high)


def add_ranges(a: Range, b: Range) -> Range:
    """a + b."""
    return Range(np.add(a.low, b.low), np.add(a.high, b.high))


def subtract_ranges(a: Range, b: Range) -> Range:
    """a − b."""
    return Range(np.subtract(a.low, b.high), np.subtract(a.high, b.low))


def _product(a: Number, b: Number) -> Number:
    """a × b, where nothing times something without limit is nothing."""
    product = np.multiply(a, b)
    is_nothing = (np.equal(a, 0) & np.isinf(b)) | (np.equal(b, 0) & np.isinf(a))
    return np.where(is_nothing, 0.0, product)


def multiply_ranges(a: Range, b: Range) -> Range:
    """a × b."""
    return _hull(_product(a.low, b.low), _product(a.low, b.high), _product(a.high, b.low), _product(a.high, b.high))


def divide_ranges(a: Range, b: Range) -> Range:
    """a ÷ b: without limit on either side where b may be above and below nothing."""
    # A divisor that ends at nothing comes there from its own side.
    below = np.where(np.equal(b.high, 0) & np.less(b.low, 0), -0.0, b.high)
    above = np.where(np.equal(b.low, 0), 0.0, b.low)
    quotients = _hull(
        np.divide(a.low, above), np.divide(a.low, below), np.divide(a.high, above), np.divide(a.high, below)
    )
    is_across = np.less(b.low, 0) & np.greater(b.high, 0)
    return Range(np.where(is_across, -np.inf, quotients.low), np.where(is_across, np.inf, quotients.high))


def power_ranges(a: Range, b: Range) -> Range:
    """a to the power of b: for a negative base only where the exponent is one whole number."""
    is_whole = np.equal(b.low, b.high) & np.equal(np.floor(b.low), b.low) & np.isfinite(b.low)
    # A base below nothing has other powers only at whole exponents: they are left out.
    lowest = np.where(is_whole | np.less(a.high, 0), a.low, np.fmax(a.low, 0.0))
    corners = _hull(
        np.power(lowest, b.low), np.power(lowest, b.high), np.power(a.high, b.low), np.power(a.high, b.high)
    )
    is_across = np.less(lowest, 0) & np.greater(a.high, 0)
    is_even = np.equal(np.mod(b.low, 2), 0)
    is_pole = is_across & np.less(b.low, 0)
    low = np.where(is_across & is_even & np.greater(b.low, 0), 0.0, corners.low)
    low = np.where(is_pole & ~is_even, -np.inf, low)
    return Range(low, np.where(is_pole, np.inf, corners.high))


def logarithm_range(a: Range) -> Range:
    """The natural logarithm of what is not negative in a."""
    return Range(np.log(np.where(np.greater_equal(a.high, 0), np.fmax(a.low, 0.0), a.low)), np.log(a.high))


def exponential_range(a: Range) -> Range:
    """e to the power of a."""
    return Range(np.exp(a.low), np.exp(a.high))


def smallest_range(*terms: Range) -> Range:
    """The smallest term."""
    return Range(smallest(*(term.low for term in terms)), smallest(*(term.high for term in terms)))


def largest_range(*terms: Range) -> Range:
    """The largest term."""
    return Range(largest(*(term.low for term in terms)), largest(*(term.high for term in terms)))


def total_range(*terms: Range) -> Range:
    """The sum."""
    return Range(total(*(term.low for term in terms)), total(*(term.high for term in terms)))


def choose_range(a: Range, b: Range, larger: Range, otherwise: Range) -> Range:
    """``larger`` where a > b is sure, ``otherwise`` where it cannot be, and both together where it is open."""
    both = _hull(larger.low, otherwise.low, larger.high, otherwise.high)
    is_sure = np.greater(a.low, b.high)
    cannot_be = np.less_equal(a.high, b.low)
    low = np.where(is_sure, larger.low, np.where(cannot_be, otherwise.low, both.low))
    high = np.where(is_sure, larger.high, np.where(cannot_be, otherwise.high, both.high))
    is_unknown = np.isnan(a.low) | np.isnan(b.low) | np.isnan(a.high) | np.isnan(b.high)
    return Range(np.where(is_unknown, np.nan, low), np.where(is_unknown, np.nan, high))


def days_range(start: Range, end: Range) -> Range:
    """The days from one day to another."""
    return subtract_ranges(end, start)


RANGES: dict[str, Callable[..., Range]] = {
    "+": add_ranges,
    "-": subtract_ranges,
    "×": multiply_ranges,
    "÷": divide_ranges,
    "^": power_ranges,
    "ln": logarithm_range,
    "exp": exponential_range,
    "min": smallest_range,
    "max": largest_range,
    "sum": total_range,
    "choose": choose_range,
    "days": days_range,
}
