"""Figures as English: thresholds, phrases and rounding live in ``words.json``, which Python and the browser both read.

Numbers are rounded half to even on their decimal digits. A one-sided figure is rounded to its own side, so that
"over $2.5 billion" is still true after rounding: a floor goes down, a ceiling goes up.

>>> phrase(2.5e9, currency="USD"), phrase(9.996e8), phrase(1.7e9, currency="EUR", qualifier="over")
('$2.5 billion', '1 billion', 'over €1.7 billion')
>>> percent(-0.94), fold(8.44), fraction(0.65), fraction(0.493), one_in(0.1185), orders(101)
('minus 94 per cent', 'about eight-fold', 'roughly two-thirds', 'about half', 'about one-eighth', 'two orders of magnitude')
"""

import html
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from frontier_calc import units
from frontier_calc.dates import day_words
from frontier_calc.errors import Readable

TABLE = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))

ROUNDING = {"over": ROUND_FLOOR, "under": ROUND_CEILING, "up to": ROUND_CEILING}


def rounded(value: float, digits: int, qualifier: str = "exactly") -> Decimal:
    """``value`` to so many significant digits; a one-sided figure is rounded to its own side.

    >>> rounded(2.345, 3), rounded(2.355, 3), rounded(8.96, 2, "over"), rounded(0.1 + 0.2, 3, "under")
    (Decimal('2.34'), Decimal('2.36'), Decimal('8.9'), Decimal('0.3'))
    """
    number = Decimal(repr(float(value)))
    if not number:
        return Decimal(0)
    for keep, mode in ((TABLE["digits"]["noise"], ROUND_HALF_EVEN), (digits, ROUNDING.get(qualifier, ROUND_HALF_EVEN))):
        # Binary arithmetic leaves noise behind the last digit that matters; without the first
        # pass a ceiling would turn 0.30000000000000004 into 0.301.
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - keep + 1), rounding=mode)
    return number.normalize()


def _digits(number: Decimal, cents: bool = False) -> str:
    text = f"{number:,f}"
    return text + "0" * (cents and text[-2:-1] == ".")  # $2.20; never rounded again, or a floor might go up


def _outside(value: float) -> str:
    """The words for what is not a finite number, or an empty text."""
    return TABLE["unknown"] if math.isnan(value) else TABLE["unbounded"] if math.isinf(value) else ""


@lru_cache(maxsize=4096)  # a number on a page is worded many times
def phrase(value: float, currency: str = "", qualifier: str = "exactly", digits: int | None = None) -> str:
    """A number with its currency and scale word: "$30 billion", "900 million", "13,800".

    >>> phrase(-74e9, "USD"), phrase(211, "USD"), phrase(16.2, "USD"), phrase(60145), phrase(999_999_999)
    ('minus $74 billion', '$211', '$16.20', '60,100', '1 billion')
    """
    if outside := _outside(value):
        return outside
    # Tens of dollars take a fourth digit, so that their cents are right: $12.34, not $12.30.
    cents = bool(currency) and digits is None and 10 <= abs(value) < 100
    number = rounded(value, digits or TABLE["digits"]["plain"] + cents, qualifier)
    scale, word = next(((p, f" {w}") for p, w in TABLE["scales"] if number.adjusted() >= p and number), (0, ""))
    sign = TABLE["minus"] if number < 0 else ""
    symbol = TABLE["currencies"].get(currency, "")
    text = _digits(abs(number.scaleb(-scale)), cents=bool(symbol) and not word)
    return f"{TABLE['qualifiers'][qualifier]}{sign}{symbol}{text}{word}"


def percent(value: float, qualifier: str = "exactly", unit: str = " per cent") -> str:
    """A share in per cent: two digits, whole numbers from a hundred up.

    >>> percent(0.0513), percent(0.7, "over"), percent(4.53)
    ('5.1 per cent', 'over 70 per cent', '453 per cent')
    """
    if outside := _outside(value):
        return outside
    whole = math.floor(math.log10(abs(value))) + 3 if value else 1  # digits before the point, in per cent
    number = rounded(value, min(max(TABLE["digits"]["percent"], whole), TABLE["digits"]["noise"]), qualifier).scaleb(2)
    return f"{TABLE['qualifiers'][qualifier]}{TABLE['minus'] if number < 0 else ''}{_digits(abs(number))}{unit}"


def _near(value: float, target: float, qualifier: str) -> str | None:
    """What to put before ``target`` when it stands for ``value``; None where it cannot stand for it."""
    off = value / target - 1
    if not abs(off) <= TABLE["near"]:  # so written because nothing is near an unknown number
        return None
    if qualifier in ROUNDING:
        right_side = off >= -1e-9 if qualifier == "over" else off <= 1e-9
        return TABLE["qualifiers"][qualifier] if right_side else None
    return "" if abs(off) <= TABLE["same"] and qualifier == "exactly" else TABLE["qualifiers"]["about"]


def times(value: float, qualifier: str = "exactly") -> str:
    """A plain multiple: "8.4 times".

    >>> times(3.333), times(22.5, "about")
    ('3.3 times', 'about 22 times')
    """
    return phrase(value, "", qualifier, TABLE["digits"]["rough"]) + " times" * (not _outside(value))


def fold(value: float, qualifier: str = "exactly") -> str:
    """A multiple of up to twenty as a word, otherwise as a number of times.

    >>> fold(10), fold(7.96, "over"), fold(1.2), fold(37.0)
    ('ten-fold', 'over 7.9 times', '1.2 times', '37 times')
    """
    nearest = round(value) if 1.5 <= value <= 20.5 else 0
    before = _near(value, nearest, qualifier) if nearest else None
    return times(value, qualifier) if before is None else f"{before}{TABLE['integers'][nearest]}-fold"


def one_in(value: float, qualifier: str = "exactly") -> str:
    """A small share as one part: "one-eighth"; in per cent where no part comes near.

    >>> one_in(0.125), one_in(0.02)
    ('one-eighth', '2 per cent')
    """
    part = round(1 / value) if value and 0.07 < value <= 0.55 else 0
    before = _near(value, 1 / part, qualifier) if 2 <= part < len(TABLE["parts"]) else None
    return percent(value, qualifier) if before is None else f"{before}one-{TABLE['parts'][part]}"


def fraction(value: float, qualifier: str = "exactly") -> str:
    """A share as a common fraction where one comes near, otherwise in per cent.

    >>> fraction(0.5), fraction(0.34), fraction(0.03), fraction(0.64, "over")
    ('half', 'roughly one-third', '3 per cent', 'over three-fifths')
    """
    found = []
    for top, bottom, about, word in TABLE["fractions"]:
        before = _near(value, top / bottom, qualifier)
        if before is not None:
            near = about if before == TABLE["qualifiers"]["about"] else before
            found.append((abs(value / (top / bottom) - 1), near + word))
    return min(found)[1] if found else percent(value, qualifier)


def multiple(value: float, qualifier: str = "exactly") -> str:
    """A ratio near one, two or three in words: "nearly double".

    >>> multiple(1.94), multiple(2.0), multiple(3.1), multiple(5.4)
    ('nearly double', 'double', 'just over three times', '5.4 times')
    """
    for low, high, word in TABLE["multiples"]:
        if low <= value < high and qualifier in ("exactly", "about"):
            hedged = qualifier == "about" and not word.startswith(("nearly", "just over", "over"))
            return TABLE["qualifiers"]["about"] * hedged + word
    return times(value, qualifier)


def orders(value: float, qualifier: str = "exactly") -> str:
    """A ratio as orders of magnitude.

    >>> orders(40), orders(1000, "about"), orders(1.5)
    ('between one and two orders of magnitude', 'about three orders of magnitude', 'less than one order of magnitude')
    """
    if outside := _outside(value):
        return outside
    size, names = abs(math.log10(value)) if value > 0 else 0.0, TABLE["integers"]
    whole = round(size)
    if size < 0.75:
        return "less than one order of magnitude"
    if whole >= len(names):
        return f"over {names[-1]} orders of magnitude"
    if abs(size - whole) > 0.25:
        return f"between {names[math.floor(size)]} and {names[math.floor(size) + 1]} orders of magnitude"
    about = "" if abs(size - whole) < 0.01 and qualifier == "exactly" else TABLE["qualifiers"]["about"]
    return f"{about}{names[whole]} order{'s' * (whole != 1)} of magnitude"


def count(value: float, qualifier: str = "exactly") -> str:
    """A small whole number as a word.

    >>> count(5), count(53), count(2, "about"), count(7.6)
    ('five', '53', 'about two', '7.6')
    """
    if 0 <= value < len(TABLE["integers"]) and value == int(value):
        return TABLE["qualifiers"][qualifier] + TABLE["integers"][int(value)]
    return phrase(value, "", qualifier)


def rough(value: float, currency: str = "", qualifier: str = "exactly") -> str:
    """A number to two digits, "about" in front where that hides something.

    >>> rough(202.2e6, "USD"), rough(2.5e9, "USD")
    ('about $200 million', '$2.5 billion')
    """
    digits, noise = TABLE["digits"]["rough"], TABLE["digits"]["noise"]
    if qualifier == "exactly" and not _outside(value) and rounded(value, digits) != rounded(value, noise):
        qualifier = "about"
    return phrase(value, currency, qualifier, digits)


def year(value: float, qualifier: str = "exactly") -> str:
    """A year of the calendar, which is no amount: never rounded, and without separators.

    >>> year(2028.0, "over"), year(2030.0)
    ('2028 or later', '2030')
    """
    return _outside(value) or TABLE["years"][qualifier].format(f"{value:.0f}")


def day(value: float, qualifier: str = "exactly") -> str:
    """A day of the calendar, from its number."""
    return _outside(value) or day_words(date.fromordinal(int(value)))


USUAL = {"percent": percent, "year": year, "day": day}  # how a series may be worded that is not a plain number


def usual(fig: Any, qualifier: str, value: float | None = None) -> str:
    """A figure or a leaf as its series is usually worded, or ``value`` in its place."""
    number = fig.value if value is None else value
    if word := USUAL.get(fig.style):
        return word(number, qualifier)
    return phrase(number, units.currency(fig.unit), qualifier)


def span(low: float, high: float, word: Any) -> str:
    """A range, each end worded by ``word``: "20 to 40 per cent"; what both ends count is said once.

    >>> span(0.2, 0.4, percent), span(6.6e11, 7.25e11, lambda value: phrase(value, "USD"))
    ('20 to 40 per cent', '$660 billion to $725 billion')
    """
    first, last = word(low), word(high)
    unit = " per cent"
    return f"{first.removesuffix(unit)} to {last}" if last.endswith(unit) else f"{first} to {last}"


def _span(fig: Any) -> str:
    if fig.low is None:
        return usual(fig, fig.qualifier)
    return span(fig.low, fig.high, lambda value: usual(fig, "exactly", value))


def _dated(fig: Any, text: str | None) -> str:
    """A date in words; what was assumed has none, and what was not known then is marked as such."""
    return TABLE["unknown"] if not fig.is_known else text or TABLE["undated"]


def _by(word: Callable[[float, str], str]) -> Callable[[Any], str]:
    return lambda fig: word(fig.value, fig.qualifier)


STYLES = {
    "plain": lambda f: usual(f, f.qualifier),
    "bare": lambda f: usual(f, "exactly"),
    "rough": lambda f: rough(f.value, units.currency(f.unit), f.qualifier),
    "span": _span,
    **{word.__name__: _by(word) for word in (percent, fraction, one_in, fold, times, multiple, orders, count)},
    "points": lambda f: percent(f.value, f.qualifier, " percentage points"),
    "when": lambda f: _dated(f, f.period and f.period.words),
    "known_on": lambda f: _dated(f, f.known and day_words(f.known)),
}


DATES = ("when", "known_on")  # a day or a period is plain, however weak the number about it


RATIOS = ("percent", "points", "fraction", "one_in", "fold", "times", "multiple", "orders")  # no sum of money is one


class WordingError(Readable, AttributeError):
    """A figure was asked for a wording that does not exist, or that does not suit what it counts."""


@dataclass(frozen=True)
class Worded:
    """A figure in one of its wordings: what a sentence shows, still tied to the figure it came from."""

    figure: Any
    style: str

    def __post_init__(self) -> None:
        if self.style in RATIOS and units.currency(self.figure.unit):
            counts = f"{self.figure.label} counts {self.figure.unit_words}"
            raise WordingError(f"{self.style} words a ratio, and {counts}: divide it by a like figure first")

    def __str__(self) -> str:
        return STYLES[self.style](self.figure)

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def _repr_html_(self) -> str:
        tag = "exact" if self.style in DATES else self.figure.tag or "exact"
        text = html.escape(str(self))
        return f'<span class="figure" data-figure="{self.figure.key}" data-tag="{tag}">{text}</span>'
