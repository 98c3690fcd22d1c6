"""Two clocks: the period that a number is about, and the day on which the world could know it."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = tuple(calendar.month_name)
ORDINALS = ("", "first", "second", "third", "fourth")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time with the text that named it; ordered by its end.

    >>> parse_period("Q2-2026").end
    datetime.date(2026, 6, 30)
    """

    end: date
    start: date
    text: str

    @property
    def days(self) -> int:
        """Its length in days, both ends counted: 366 for 2028."""
        return (self.end - self.start).days + 1

    @property
    def last_month(self) -> str:
        """The month in which it ends, as a period: 2025-12 for FY2025."""
        return self.end.strftime("%Y-%m")

    @property
    def words(self) -> str:
        """The period as a reader says it.

        >>> parse_period("2026-04").words, parse_period("FY2025").words, parse_period("H1-2025").words
        ('April 2026', 'financial year 2025', 'the first half of 2025')
        """
        text = self.text
        if match := re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text):
            year, month, day = match.groups()
            return f"{int(day or 0)} " * bool(day) + f"{MONTHS[int(month)]} {year}"
        if match := re.fullmatch(r"Q([1-4])-(\d{4})", text):
            return f"the {ORDINALS[int(match[1])]} quarter of {match[2]}"
        if match := re.fullmatch(r"H([12])-(\d{4})", text):
            return f"the {ORDINALS[int(match[1])]} half of {match[2]}"
        if match := re.fullmatch(r"9M-(\d{4})", text):
            return f"the first nine months of {match[1]}"
        if match := re.fullmatch(r"(\d{4})-(\d{4})", text):
            return f"{match[1]} to {match[2]}"
        return text.replace("FY", "financial year ")


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _span(year: int, first: int, last: int, text: str) -> Period:
    return Period(_last_day(year, last), date(year, first, 1), text)


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
    try:
        if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
            day = date.fromisoformat(text)
            return Period(day, day, text)
        if match := re.fullmatch(r"(\d{4})-(\d\d)", text):
            return _span(int(match[1]), int(match[2]), int(match[2]), text)
        if match := re.fullmatch(r"(\d{4})", text):
            return _span(int(text), 1, 12, text)
        if match := re.fullmatch(r"FY(\d{4})", text):
            year, month = int(match[1]), fiscal_year_end
            start = date(year, 1, 1) if month == 12 else date(year - 1, month + 1, 1)
            return Period(_last_day(year, month), start, text)
        if match := re.fullmatch(r"Q([1-4])-(\d{4})", text):
            quarter = int(match[1])
            return _span(int(match[2]), 3 * quarter - 2, 3 * quarter, text)
        if match := re.fullmatch(r"H([12])-(\d{4})", text):
            return _span(int(match[2]), 6 * int(match[1]) - 5, 6 * int(match[1]), text)
        if match := re.fullmatch(r"9M-(\d{4})", text):
            return _span(int(match[1]), 1, 9, text)
        if (match := re.fullmatch(r"(\d{4})-(\d{4})", text)) and match[1] < match[2]:
            return Period(date(int(match[2]), 12, 31), date(int(match[1]), 1, 1), text)
    except ValueError:
        pass  # a thirteenth month, a 31 June: the same message as for any other text
    raise ValueError("a period such as 2026-04, 2026-04-06, FY2025, Q2-2026, H1-2025, 9M-2025, 2025 or 2027-2031")


@cache
def parse_day(text: str) -> date:
    """The day on which something was published; a month alone counts from its last day.

    >>> parse_day("2026-02")
    datetime.date(2026, 2, 28)
    """
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        raise ValueError("a date such as 2026-04-06, or a month such as 2026-04")
    try:
        return parse_period(text).end
    except ValueError:
        raise ValueError("a date such as 2026-04-06, or a month such as 2026-04") from None


def day_words(day: date) -> str:
    """A day as a British reader writes it.

    >>> day_words(date(2026, 5, 31))
    '31 May 2026'
    """
    return f"{day.day} {MONTHS[day.month]} {day.year}"
