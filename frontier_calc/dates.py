"""Two clocks: the period that a number is about, and the day on which the world could know it."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

MONTHS = tuple(calendar.month_name)
ORDINALS = ("", "first", "second", "third", "fourth")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time with the text that named it; ordered by its end.

    >>> parse_period("Q2-2026").end
    datetime.date(2026, 6, 30)
    >>> parse_period("2026-04").words, parse_period("FY2025").words, parse_period("H1-2025").words
    ('April 2026', 'financial year 2025', 'the first half of 2025')
    """

    end: date
    start: date
    text: str
    words: str = field(compare=False)  # as a reader says it

    @property
    def days(self) -> int:
        """Its length in days, both ends counted: 366 for 2028."""
        return (self.end - self.start).days + 1

    @property
    def last_month(self) -> str:
        """The month in which it ends, as a period: 2025-12 for FY2025."""
        return self.end.strftime("%Y-%m")


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _fiscal(year: int, end: int) -> tuple[date, date]:
    start = date(year, 1, 1) if end == 12 else date(year - 1, end + 1, 1)
    return start, _months(year, end, end)[1]


# How a period is typed; from the numbers in it, its first and last day, and how a reader says it.
FORMS = (
    (r"(\d{4})-(\d\d)-(\d\d)", lambda y, m, d: (date(y, m, d),) * 2, lambda y, m, d: f"{d} {MONTHS[m]} {y}"),
    (r"(\d{4})-(\d\d)", lambda y, m: _months(y, m, m), lambda y, m: f"{MONTHS[m]} {y}"),
    (r"(\d{4})", lambda y: _months(y, 1, 12), lambda y: f"{y}"),
    (r"FY(\d{4})", _fiscal, lambda y, end: f"financial year {y}"),
    (r"Q([1-4])-(\d{4})", lambda q, y: _months(y, 3 * q - 2, 3 * q), lambda q, y: f"the {ORDINALS[q]} quarter of {y}"),
    (r"H([12])-(\d{4})", lambda h, y: _months(y, 6 * h - 5, 6 * h), lambda h, y: f"the {ORDINALS[h]} half of {y}"),
    (r"9M-(\d{4})", lambda y: _months(y, 1, 9), lambda y: f"the first nine months of {y}"),
    (r"(\d{4})-(\d{4})", lambda a, b: (date(a, 1, 1), date(b, 12, 31)), lambda a, b: f"{a} to {b}"),
)


@cache
def parse_period(text: str, fiscal_year_end: int = 12) -> Period:
    """Read ``2026-04``, ``2026-04-06``, ``2025``, ``FY2025``, ``Q2-2026``, ``H1-2025``, ``9M-2025`` or ``2027-2031``.

    A fiscal year is named for the calendar year in which it ends.

    >>> parse_period("FY2026", fiscal_year_end=6).start
    datetime.date(2025, 7, 1)
    >>> parse_period("spring 2026")
    Traceback (most recent call last):
    ...
    ValueError: a period such as 2026-04, 2026-04-06, FY2025, Q2-2026, H1-2025, 9M-2025, 2025 or 2027-2031
    """
    for form, days, words in FORMS:
        if match := re.fullmatch(form, text):
            numbers = [int(group) for group in match.groups()] + [fiscal_year_end] * text.startswith("FY")
            try:
                start, end = days(*numbers)
            except ValueError:
                break  # a thirteenth month, a 31 June: the same message as for any other text
            if start <= end:
                return Period(end, start, text, words(*numbers))
    raise ValueError("a period such as 2026-04, 2026-04-06, FY2025, Q2-2026, H1-2025, 9M-2025, 2025 or 2027-2031")


@cache
def parse_day(text: str) -> date:
    """The day on which something was published; a month alone counts from its last day.

    >>> parse_day("2026-02")
    datetime.date(2026, 2, 28)
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
            return parse_period(text).end
    except ValueError:
        pass
    raise ValueError("a date such as 2026-04-06, or a month such as 2026-04")


def day_words(day: date) -> str:
    """A day as a British reader writes it.

    >>> day_words(date(2026, 5, 31))
    '31 May 2026'
    """
    return f"{day.day} {MONTHS[day.month]} {day.year}"
