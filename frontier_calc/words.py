"""Figures as English: thresholds, phrases and rounding live in ``words.json``, which Python and the browser both read.

Numbers are rounded half to even on their decimal digits. A one-sided figure is rounded to its own side, so that
"over $2.5 billion" is still true after rounding: a floor goes down, a ceiling goes up.

>>> phrase(2.5e9, currency="USD"), phrase(9.996e8), phrase(1.7e9, currency="EUR", qualifier="over")
('$2.5 billion', '1 billion', 'over €1.7 billion')
>>> percent(-0.94), fold(8.44), fraction(0.65), fraction(0.493), one_in(0.1185), orders(101)
('minus 94 per cent', 'about eight-fold', 'roughly two-thirds', 'about half', 'about one-eighth', 'two orders of magnitude')
"""

import html
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any, Protocol, overload

from frontier_calc import units
from frontier_calc.dates import day_words
from frontier_calc.errors import Readable
from frontier_calc.table import FLIPS, INTEGERS, PARTS, RANGES, SCALES, SHARES, TABLE, Scale, Share

MODES = {"floor": ROUND_FLOOR, "ceil": ROUND_CEILING}
ROUNDING = {qualifier: MODES[name] for qualifier, name in TABLE["rounding"].items()}  # of bounds alone

DIGITS: dict[str, int] = TABLE["digits"]
QUALIFIERS: dict[str, str] = TABLE["qualifiers"]
NEAR: dict[str, float] = TABLE["near"]
WORDINGS: dict[str, dict[str, Any]] = TABLE["wordings"]


class WordingError(Readable, AttributeError):
    """A figure was asked for a wording that does not exist, or that does not suit what it counts."""


# Numbers: digits, signs and scales.


def rounded(value: float, digits: int, qualifier: str = "exactly") -> Decimal:
    """``value`` to so many significant digits; a one-sided figure is rounded to its own side.

    >>> rounded(2.345, 3), rounded(2.355, 3), rounded(8.96, 2, "over"), rounded(0.1 + 0.2, 3, "under")
    (Decimal('2.34'), Decimal('2.36'), Decimal('8.9'), Decimal('0.3'))
    """
    number = Decimal(repr(float(value)))
    if not number:
        return Decimal(0)
    # Without this first pass a ceiling would turn 0.30000000000000004 into 0.301.
    without_noise = _to_digits(number, DIGITS["noise"], ROUND_HALF_EVEN)
    return _to_digits(without_noise, digits, ROUNDING.get(qualifier, ROUND_HALF_EVEN)).normalize()


def _to_digits(number: Decimal, digits: int, mode: str) -> Decimal:
    last = number.adjusted() - digits + 1
    return number.quantize(Decimal(1).scaleb(last), rounding=mode)


def _outside(value: float) -> str:
    """The words for what is no number, or one without limit; an empty text for all others."""
    if math.isnan(value):
        return str(TABLE["unknown"])
    if abs(value) >= TABLE["limit"]:
        return str(TABLE["unbounded"])
    return ""


def _signed(number: Decimal, text: str, qualifier: str) -> str:
    """``text`` with what stands before a number: its qualifier, and the word for less than nothing."""
    minus = TABLE["minus"] if number < 0 else ""
    return f"{QUALIFIERS[qualifier]}{minus}{text}"


def _scale(number: Decimal) -> Scale:
    """The largest scale that the number reaches; no word below the least of them."""
    if number:
        for scale in SCALES:
            if number.adjusted() >= scale.power:
                return scale
    return Scale(power=0, word="")


def _symbol(currency: str) -> str:
    """The sign before a sum of money; a currency without one is named by its code."""
    if not currency:
        return ""
    return str(TABLE["currencies"].get(currency) or TABLE["without_symbol"].format(currency))


def _with_cents(text: str) -> str:
    """A sum with one decimal as people write it: 2.2 becomes 2.20. Never rounded again, or a floor might go up."""
    has_one_decimal = text[-2:-1] == "."
    return f"{text}0" if has_one_decimal else text


def _plain_digits(value: float, currency: str) -> int:
    """Tens of dollars take a digit more, so that their cents are right: $12.34, not $12.30."""
    cents = TABLE["cents"]
    if currency and cents["least"] <= abs(value) < cents["below"]:
        return int(cents["digits"])
    return DIGITS["plain"]


@lru_cache(maxsize=4096)  # a number on a page is worded many times
def phrase(value: float, currency: str = "", qualifier: str = "exactly", digits: int | None = None) -> str:
    """A number with its currency and scale word: "$30 billion", "900 million", "13,800".

    >>> phrase(-74e9, "USD"), phrase(211, "USD"), phrase(16.2, "USD"), phrase(60145), phrase(999_999_999)
    ('minus $74 billion', '$211', '$16.20', '60,100', '1 billion')
    """
    outside = _outside(value)
    if outside:
        return outside
    number = rounded(value, digits or _plain_digits(value, currency), qualifier)
    scale = _scale(number)
    text = f"{abs(number.scaleb(-scale.power)):,f}"
    if scale.word:
        text = f"{text} {scale.word}"
    elif currency:
        text = _with_cents(text)
    return _signed(number, _symbol(currency) + text, qualifier)


def rough(value: float, currency: str = "", qualifier: str = "exactly") -> str:
    """A number to two digits, "about" in front where that hides something.

    >>> rough(202.2e6, "USD"), rough(2.5e9, "USD")
    ('about $200 million', '$2.5 billion')
    """
    if qualifier == "exactly" and math.isfinite(value):
        hides = rounded(value, DIGITS["rough"]) != rounded(value, DIGITS["noise"])
        qualifier = "about" if hides else qualifier
    return phrase(value, currency, qualifier, DIGITS["rough"])


def count(value: float, qualifier: str = "exactly") -> str:
    """A small whole number as a word; none at all has a word only where it is exact.

    >>> count(5), count(53), count(2, "about"), count(7.6), count(0), count(0, "over")
    ('five', '53', 'about two', '7.6', 'no', 'over 0')
    """
    is_whole = math.isfinite(value) and value == int(value)
    least = 0 if qualifier == "exactly" else 1
    if is_whole and least <= value < len(INTEGERS):
        return QUALIFIERS[qualifier] + INTEGERS[int(value)]
    return phrase(value, "", qualifier)


# Shares.


def percent(value: float, qualifier: str = "exactly") -> str:
    """A share in per cent: two digits, whole numbers from a hundred up.

    >>> percent(0.0513), percent(0.7, "over"), percent(4.53)
    ('5.1 per cent', 'over 70 per cent', '453 per cent')
    """
    return _hundredths(value, qualifier, WORDINGS["percent"])


def points(value: float, qualifier: str = "exactly") -> str:
    """The difference of two shares, in percentage points.

    >>> points(0.06), points(0.01), points(-0.125)
    ('6 percentage points', '1 percentage point', 'minus 12 percentage points')
    """
    return _hundredths(value, qualifier, WORDINGS["points"])


def _hundredths(value: float, qualifier: str, wording: dict[str, Any]) -> str:
    outside = _outside(value)
    if outside:
        return outside
    before_the_point = rounded(value, DIGITS["noise"]).adjusted() + 3
    digits = min(max(DIGITS["percent"], before_the_point), DIGITS["noise"])
    number = rounded(value, digits, qualifier).scaleb(2)
    text = wording["one"] if abs(number) == 1 else wording["many"]
    return _signed(number, text.format(f"{abs(number):,f}"), qualifier)


def _before(value: float, target: float, qualifier: str) -> str | None:
    """What to put before a word for ``target`` when it stands for ``value``; None where it cannot stand for it."""
    off = value / target - 1
    is_near = abs(off) <= NEAR["about"]  # false of a number that is not known, too
    if not is_near:
        return None
    if qualifier in ROUNDING:
        is_true = off >= -NEAR["side"] if qualifier == "over" else off <= NEAR["side"]
        return QUALIFIERS[qualifier] if is_true else None
    if qualifier == "exactly" and abs(off) <= NEAR["same"]:
        return ""
    return QUALIFIERS["about"]


def one_in(value: float, qualifier: str = "exactly") -> str:
    """A small share as one part: "one-eighth"; in per cent where no part comes near.

    >>> one_in(0.125), one_in(0.02)
    ('one-eighth', '2 per cent')
    """
    wording = WORDINGS["one_in"]
    if wording["above"] < value <= wording["most"]:
        part = round(1 / value)
        before = _before(value, 1 / part, qualifier) if part < len(PARTS) else None
        if before is not None:
            return before + str(wording["text"].format(PARTS[part]))
    return percent(value, qualifier)


def fraction(value: float, qualifier: str = "exactly") -> str:
    """A share as the nearest common fraction where one comes near, otherwise in per cent.

    >>> fraction(0.5), fraction(0.34), fraction(0.03), fraction(0.64, "over"), fraction(1.06)
    ('half', 'roughly one-third', '3 per cent', 'over three-fifths', '106 per cent')
    """
    if value > WORDINGS["fraction"]["most"]:
        return percent(value, qualifier)
    fitting = [share for share in SHARES if _can_stand(share, value, qualifier)]
    if not fitting:
        return percent(value, qualifier)
    nearest = min(fitting, key=lambda share: abs(value / share.value - 1))
    before = _before(value, nearest.value, qualifier)
    if before == QUALIFIERS["about"]:
        before = nearest.hedge
    return f"{before}{nearest.word}"


def _can_stand(share: Share, value: float, qualifier: str) -> bool:
    if qualifier in ROUNDING and not share.bounds:
        return False
    return _before(value, share.value, qualifier) is not None


# Multiples.


def times(value: float, qualifier: str = "exactly") -> str:
    """A plain multiple: "8.4 times"; a digit more where it would read "1 times".

    >>> times(3.333), times(22.5, "about"), times(1.03), times(1.0)
    ('3.3 times', 'about 22 times', '1.03 times', '1.0 times')
    """
    outside = _outside(value)
    if outside:
        return outside
    number = rounded(value, DIGITS["rough"], qualifier)
    if abs(number) == 1:
        number = rounded(value, DIGITS["near_one"], qualifier)
    if abs(number) == 1:
        text = _signed(number, WORDINGS["times"]["one"], qualifier)
    else:
        text = phrase(float(number), "", qualifier)
    return str(WORDINGS["times"]["text"].format(text))


def fold(value: float, qualifier: str = "exactly") -> str:
    """A multiple of up to twenty as a word, otherwise as a number of times.

    >>> fold(10), fold(7.96, "over"), fold(1.2), fold(37.0)
    ('ten-fold', 'over 7.9 times', '1.2 times', '37 times')
    """
    wording = WORDINGS["fold"]
    if wording["least"] <= value <= wording["most"]:
        nearest = round(value)
        before = _before(value, nearest, qualifier)
        if before is not None:
            return before + str(wording["text"].format(INTEGERS[nearest]))
    return times(value, qualifier)


def multiple(value: float, qualifier: str = "exactly") -> str:
    """A ratio near one, two or three in words: "nearly double". Of a bound, "nearly" would be no bound.

    >>> multiple(1.94), multiple(2.0), multiple(3.1), multiple(5.4), multiple(1.94, "over")
    ('nearly double', 'double', 'just over three times', '5.4 times', 'over 1.9 times')
    """
    if qualifier in ROUNDING:
        return times(value, qualifier)
    for row in RANGES:
        if row.least <= value < row.below:
            return row.word if row.hedged else QUALIFIERS[qualifier] + row.word
    return times(value, qualifier)


def orders(value: float, qualifier: str = "exactly") -> str:
    """A ratio as orders of magnitude, up or down; as a number of times where it is nothing or less.

    >>> orders(40), orders(1000, "about"), orders(1.5)
    ('between one and two orders of magnitude', 'about three orders of magnitude', 'less than one order of magnitude')
    >>> orders(40, "over"), orders(0.01, "over"), orders(-100)
    ('over one order of magnitude', 'under two orders of magnitude', 'minus 100 times')
    """
    if not 0 < value < math.inf:
        return times(value, qualifier)
    size = abs(math.log10(value))
    if qualifier in ROUNDING:
        return _orders_bound(value, size, qualifier)
    wording = WORDINGS["orders"]
    if size < wording["least"]:
        return str(wording["less"])
    last = len(INTEGERS) - 1
    if size > last + wording["near"]:
        return QUALIFIERS["over"] + _orders_words(last)
    whole = round(size)
    off = abs(size - whole)
    if off > wording["near"]:
        below = math.floor(size)
        return str(wording["between"].format(INTEGERS[below], INTEGERS[below + 1]))
    is_said_outright = qualifier == "exactly" and off < wording["same"]
    return ("" if is_said_outright else QUALIFIERS["about"]) + _orders_words(whole)


def _orders_bound(value: float, size: float, qualifier: str) -> str:
    """Orders of magnitude of a bound, to its own side. A floor below one lies, at most, so many orders down."""
    side = qualifier if value >= 1 else FLIPS[qualifier]
    if side == "over":
        whole = min(math.floor(size + NEAR["side"]), len(INTEGERS) - 1)
    else:
        whole = max(math.ceil(size - NEAR["side"]), 1)
    if not 1 <= whole < len(INTEGERS):
        return times(value, qualifier)
    return QUALIFIERS[side] + _orders_words(whole)


def _orders_words(whole: int) -> str:
    wording = WORDINGS["orders"]
    text = wording["one"] if whole == 1 else wording["many"]
    return str(text.format(INTEGERS[whole]))


# Years, days and periods.


def year(value: float, qualifier: str = "exactly") -> str:
    """A year of the calendar, which is no amount: never rounded, and without separators.

    >>> year(2028.0, "over"), year(2030.0)
    ('2028 or later', '2030')
    """
    return _outside(value) or str(TABLE["usual"]["year"][qualifier].format(round(value)))


def day(value: float, qualifier: str = "exactly") -> str:
    """A day of the calendar, from its number, as ``date.toordinal`` counts; beyond the calendar there is none.

    >>> day(739767.0), day(-1.0)
    ('31 May 2026', '[without limit]')
    """
    outside = _outside(value)
    if outside:
        return outside
    calendar = TABLE["usual"]["day"]
    if not calendar["first"] <= value < calendar["last"] + 1:
        return str(TABLE["unbounded"])
    return day_words(date.fromordinal(int(value)))


# Figures.


class Styled(Protocol):
    """A series, an observation or a figure: it counts something, and is usually worded in some way."""

    @property
    def unit(self) -> units.Unit:
        """What it counts."""

    @property
    def style(self) -> str:
        """How it is usually worded: plain, percent, year or day."""


class Valued(Styled, Protocol):
    """An observation or a figure."""

    @property
    def value(self) -> float:
        """The number in plain units."""

    @property
    def low(self) -> float | None:
        """The low end of its range."""

    @property
    def high(self) -> float | None:
        """The high end of its range."""

    @property
    def leaves(self) -> Iterable[Any]:
        """The observations underneath."""


USUAL: dict[str, Callable[[float, str], str]] = {"percent": percent, "year": year, "day": day}  # not a plain number


@overload
def usual(fig: Valued, qualifier: str, value: None = None) -> str: ...
@overload
def usual(fig: Styled, qualifier: str, value: float) -> str: ...
def usual(fig: Any, qualifier: str, value: float | None = None) -> str:
    """A figure or an observation as its series is usually worded, or ``value`` in its place.

    Where a range was told without a point, its middle is nobody's number: the range is worded.
    """
    if value is not None:
        return _amount(fig, qualifier, value)
    if _has_no_point(fig) and fig.low is not None:
        return _span(fig)
    return _amount(fig, qualifier, fig.value)


def _amount(fig: Styled, qualifier: str, value: float) -> str:
    word = USUAL.get(fig.style)
    return word(value, qualifier) if word else phrase(value, units.currency(fig.unit), qualifier)


def _has_no_point(fig: Valued) -> bool:
    return any(getattr(leaf, "is_span", False) for leaf in fig.leaves)


def span(low: float, high: float, word: Callable[[float], str]) -> str:
    """A range, each end worded by ``word``; what both ends count is said once, and so are ends that read alike.

    >>> span(0.2, 0.4, percent), span(6.6e11, 7.25e11, lambda value: phrase(value, "USD"))
    ('20 to 40 per cent', '$660 billion to $725 billion')
    """
    first = word(low)
    last = word(high)
    if first == last:
        return last
    unit = WORDINGS["percent"]["many"].format("")
    if last.endswith(unit):
        first = first.removesuffix(unit)
    return str(WORDINGS["span"]["text"].format(first, last))


def _span(fig: Any) -> str:
    if fig.low is None:
        return _amount(fig, fig.qualifier, fig.value)
    return span(fig.low, fig.high, lambda end: _amount(fig, "exactly", end))


def _plain(fig: Any) -> str:
    return usual(fig, fig.qualifier)


def _bare(fig: Any) -> str:
    return usual(fig, "exactly")


def _rough(fig: Any) -> str:
    return rough(fig.value, units.currency(fig.unit), fig.qualifier)


def _when(fig: Any) -> str:
    """The period bare; where the inputs have different periods, the words for that."""
    return getattr(fig, "about_words", "") or (fig.period.words if fig.period else "")


def _dated(fig: Any) -> str:
    return str(fig.period.dated) if fig.period else ""


def known_words(fig: Any) -> str:
    """The day from which a figure was known, in words; the month where its day is not known; empty for a constant."""
    published = [leaf for leaf in fig.leaves if leaf.known]
    if not published:
        return ""
    last = max(published, key=lambda leaf: leaf.known)
    return str(last.known_words or day_words(last.known))


def is_unknown(fig: Any) -> bool:
    """True for what rests on a series of which nothing was known; 0 ÷ 0 is known, and no number."""
    return math.isnan(fig.value) and any(math.isnan(leaf.value) for leaf in fig.leaves)


def _of_figure(word: Callable[[Any], str]) -> Callable[[Any], str]:
    """A wording of amounts and ratios, with the words for what is no number."""

    def said(fig: Any) -> str:
        if math.isnan(fig.value):
            return str(TABLE["unknown"] if is_unknown(fig) else TABLE["undefined"])
        return word(fig)

    return said


def _of_value(word: Callable[[float, str], str]) -> Callable[[Any], str]:
    """A wording for which the value and the qualifier are enough."""

    def said(fig: Any) -> str:
        return word(fig.value, fig.qualifier)

    return _of_figure(said)


def _of_date(word: Callable[[Any], str]) -> Callable[[Any], str]:
    """A date in words; what was assumed has none, and what was not known then is marked as such."""

    def said(fig: Any) -> str:
        if is_unknown(fig):
            return str(TABLE["unknown"])
        return word(fig) or str(TABLE["undated"])

    return said


STYLES: dict[str, Callable[[Any], str]] = {
    "plain": _of_figure(_plain),
    "bare": _of_figure(_bare),
    "rough": _of_figure(_rough),
    "span": _of_figure(_span),
    "count": _of_value(count),
    "percent": _of_value(percent),
    "points": _of_value(points),
    "times": _of_value(times),
    "fold": _of_value(fold),
    "one_in": _of_value(one_in),
    "fraction": _of_value(fraction),
    "multiple": _of_value(multiple),
    "orders": _of_value(orders),
    "when": _of_date(_when),
    "dated": _of_date(_dated),
    "known_on": _of_date(known_words),
}


def _of_kind(kind: str) -> tuple[str, ...]:
    return tuple(name for name, wording in WORDINGS.items() if wording["kind"] == kind)


DATES = _of_kind("date")  # a day or a period is plain, however weak the number about it
RATIOS = _of_kind("ratio")  # no sum of money is one


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
