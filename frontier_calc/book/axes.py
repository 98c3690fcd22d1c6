"""The axes of a picture: how values become places, where their marks stand, and what these say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from frontier_calc.book.labels import Place
from frontier_calc.book.scene import Axis
from frontier_calc.book.theme import SMALL, width_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Months from one mark of an axis of time to the next: the first step that is rare enough is taken.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
APART = 36.0  # pixels: the least from one mark of an axis of time to the last one


@dataclass(frozen=True)
class Frame:
    """How the values of two axes become places: the pixels of its edges, and the values there."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float
    log: bool = False

    def x(self, value: float) -> float:
        """How far across a value is; in the middle where the axis has one value alone."""
        if self.last == self.first:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * (value - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """How far down a value is."""
        low, high, at = (self._height(each) for each in (self.low, self.high, value))
        return self.bottom - (self.bottom - self.top) * (at - low) / ((high - low) or 1.0)

    def place(self, x: float, y: float) -> Place:
        """Where a value stands."""
        return Place(self.x(x), self.y(y))

    def down(self, unit: float) -> Axis:
        """The axis of values, for values of which a ``unit`` is one on it."""
        low, high = self._height(self.low), self._height(self.high)
        step = -(self.bottom - self.top) / ((high - low) or 1.0)
        if self.log:
            return Axis(self.bottom - step * (low + math.log(unit)), step, self.top, self.bottom, log=True)
        return Axis(self.bottom - step * low, step / unit, self.top, self.bottom)

    def across(self, unit: float) -> Axis:
        """The axis that runs across, for values of which a ``unit`` is one on it."""
        step = (self.right - self.left) / ((self.last - self.first) or 1.0)
        return Axis(self.left - step * self.first, step / unit, self.left, self.right)

    def _height(self, value: float) -> float:
        return math.log(value) if self.log else value


class Extent(NamedTuple):
    """From where to where an axis reaches."""

    low: float
    high: float


def extent_of(values: Sequence[float], log: bool = False) -> Extent:
    """An axis of values that holds all of these, with zero unless it is logarithmic, and a little room above."""
    if not values:
        return Extent(1.0, 10.0) if log else Extent(0.0, 1.0)
    if log:
        return Extent(min(values) / 1.25, max(values) * 1.25)
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.06 * (high - low) or 1.0
    return Extent(low - room if low < 0 else low, high + room if high > 0 else high)


def ticks(extent: Extent, wanted: int) -> list[float]:
    """Round values along an axis, about so many: steps of one, two or five times a power of ten.

    >>> ticks(Extent(0.0, 68.0), 6)
    [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]
    """
    if extent.high <= extent.low:
        return [extent.low]
    rough = (extent.high - extent.low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(multiple * power for multiple in (1, 2, 5, 10) if multiple * power >= rough * 0.85)
    first, last = math.ceil(extent.low / step - 1e-9), math.floor(extent.high / step + 1e-9)
    return [float(f"{step * count:.10g}") for count in range(first, last + 1)]


def log_ticks(extent: Extent) -> list[float]:
    """Ticks at 1, 2 and 5 times the powers of ten; where these are many at 1 and 5 times, or at the powers alone.

    >>> log_ticks(Extent(0.8, 60.0))
    [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]
    """
    powers = range(math.floor(math.log10(extent.low)), math.ceil(math.log10(extent.high)) + 1)
    decades = math.log10(extent.high / extent.low)
    multiples = (1, 2, 5) if decades < 2.2 else ((1, 5) if decades < 3.6 else (1,))
    marks = [multiple * 10.0**power for power in powers for multiple in multiples]
    return [float(f"{mark:.10g}") for mark in marks if extent.low <= mark <= extent.high]


def tick_words(value: float) -> str:
    """A value as an axis says it.

    >>> tick_words(1200.0), tick_words(-0.5)
    ('1,200', '−0.5')
    """
    return f"{value:,.10g}".replace("-", "−")


class Tick(NamedTuple):
    """A mark on an axis of time: its place, and what it says, the year on a line of its own."""

    x: float
    lines: tuple[str, ...]


def yearly_ticks(days: Sequence[float], room: float) -> list[Tick]:
    """A mark at each year's own point, as many as there is room for."""
    places = sorted(set(days))
    every = math.ceil(len(places) * 44 / room) or 1
    return [Tick(day, (str(date.fromordinal(int(day)).year),)) for day in places[::-1][::every]][::-1]


def monthly_ticks(first: float, last: float, room: float) -> list[Tick]:
    """Marks at the beginnings of months or years between two days, as many as there is room for."""
    start, end = date.fromordinal(math.ceil(first)), date.fromordinal(math.floor(last))
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    step = next((step for step in STEPS if months / step * 46 <= room), STEPS[-1])
    found: list[Tick] = []
    for count in range(start.year * 12, end.year * 12 + 12):
        day = date(count // 12, count % 12 + 1, 1)
        if count % step or not start <= day <= end:
            continue
        if step >= 12:
            found.append(Tick(float(day.toordinal()), (str(day.year),)))
        else:
            year = (str(day.year),) if not found or day.month == 1 else ()
            found.append(Tick(float(day.toordinal()), (MONTHS[day.month - 1], *year)))
    if not found:  # a stretch without the beginning of a month
        return [Tick(float(end.toordinal()), (MONTHS[end.month - 1], str(end.year)))]
    return found if step >= 12 else _to_the_end(found, end, room / ((last - first) or 1.0))


def _to_the_end(found: Sequence[Tick], end: date, a_day: float) -> list[Tick]:
    """The marks with one at the last month, where the lines end; the mark before it goes where it is too near.

    ``a_day`` is how many pixels a day has. A year that a mark said which goes is said by the last one.
    """
    month = end.replace(day=1)
    *before, nearest = found
    if nearest.x == month.toordinal():
        return list(found)
    if (month.toordinal() - nearest.x) * a_day >= APART:
        return [*found, Tick(float(month.toordinal()), (MONTHS[month.month - 1],))]
    return [*before, Tick(float(month.toordinal()), (MONTHS[month.month - 1], *nearest.lines[1:]))]


def widest(words: Sequence[str]) -> float:
    """The width of the widest of the numbers of an axis."""
    return max((width_of(each, SMALL) for each in words), default=0.0)
