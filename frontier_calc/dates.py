"""Two clocks: the period that a number is about, and the day on which the world could know it."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

MONTHS = tuple(calendar.month_name)
ORDINALS = ("", "first", "second", "third", "fourth")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time with the text that named it; ordered by its end.

    >>> parse_period("Q2-2026").end
    datetime.date(2026, 6, 30)
    >>> parse_period("2026-04").words, parse_period("FY2025").words, parse_period("H1-2025").words
    ('April 2026', 'financial year 2025', 'the first half of 2025')
    >>> parse_period("2026-04").dated, parse_period("2026-09-29").dated, parse_period("2026-02..2026-04").dated
    ('in April 2026', 'on 29 September 2026', 'from February to April 2026')
    """

    end: date
    start: date
    text: str
    words: str = field(compare=False)  # as a reader says it
    dated: str = field(compare=False)  # the same with its preposition, as it ends a sentence

    @property
    def days(self) -> int:
        """Its length in days, both ends counted: 366 for 2028."""
        return (self.end - self.start).days + 1

    @property
    def last_month(self) -> str:
        """The month in which it ends, as a period: 2025-12 for FY2025."""
        return month_of(self.end)

    @property
    def stretch(self) -> tuple[date, date]:
        """Its first and last day: 9M-2026 and 2026-01..2026-09 are two texts for one stretch."""
        return self.start, self.end

    @property
    def is_moment(self) -> bool:
        """True for a day, a week or a month: short enough to stand for a moment within it."""
        return self.days <= 31


class Span(NamedTuple):
    """What a form of period makes of the numbers typed in it: the first day, the last day, and the words."""

    start: date
    end: date
    words: str
    before: str = "in"  # the preposition

    @property
    def dated(self) -> str:
        """The words with their preposition."""
        return f"{self.before} {self.words}"


class Form(NamedTuple):
    """One way of typing a period: an example, its pattern, and what reads the numbers in it.

    ``reads_fiscal_year`` says that the month in which the subject's fiscal year ends is handed on as well.
    """

    example: str
    pattern: str
    read: Callable[..., Span]
    reads_fiscal_year: bool = False


def month_of(day: date) -> str:
    """The month of a day, as a period is typed.

    >>> month_of(date(2026, 4, 6)), month_of(date(1, 1, 1))
    ('2026-04', '0001-01')
    """
    return day.isoformat()[:7]


def day_words(day: date) -> str:
    """A day as a British reader writes it.

    >>> day_words(date(2026, 5, 31))
    '31 May 2026'
    """
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _first_day(year: int, month: int) -> date:
    return date(year, month, 1)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_later(day: date, months: int) -> date:
    """The first day of the month that lies so many months after the month of ``day``."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def _month(year: int, month: int) -> Span:
    return Span(_first_day(year, month), _last_day(year, month), f"{MONTHS[month]} {year}")


def _day(year: int, month: int, day: int) -> Span:
    exact = date(year, month, day)
    return Span(exact, exact, day_words(exact), before="on")


def _week(year: int, week: int) -> Span:
    """A week as ISO 8601 counts them: from Monday, the first one being that with the year's first Thursday."""
    monday = date.fromisocalendar(year, week, 1)
    return Span(monday, monday + timedelta(days=6), f"the week of {day_words(monday)}")


def _calendar_year(year: int) -> Span:
    return Span(_first_day(year, 1), _last_day(year, 12), f"{year}")


def _calendar_quarter(quarter: int, year: int) -> Span:
    words = f"the {ORDINALS[quarter]} quarter of {year}"
    return Span(_first_day(year, 3 * quarter - 2), _last_day(year, 3 * quarter), words)


def _calendar_half(half: int, year: int) -> Span:
    words = f"the {ORDINALS[half]} half of {year}"
    return Span(_first_day(year, 6 * half - 5), _last_day(year, 6 * half), words)


def _nine_months(year: int) -> Span:
    return Span(_first_day(year, 1), _last_day(year, 9), f"the first nine months of {year}")


def _twelve_months(year: int, month: int) -> Span:
    last = _last_day(year, month)
    return Span(_months_later(last, -11), last, f"the twelve months to {MONTHS[month]} {year}")


def _fiscal_part(year: int, fiscal_year_end: int, part: int, months: int) -> tuple[date, date]:
    """The first and last day of a part of a fiscal year, so many months long; a year has its end's name."""
    begin = _months_later(_first_day(year, fiscal_year_end), (part - 1) * months - 11)
    return begin, _months_later(begin, months) - timedelta(days=1)


def _fiscal_year(year: int, fiscal_year_end: int) -> Span:
    start, end = _fiscal_part(year, fiscal_year_end, part=1, months=12)
    return Span(start, end, f"financial year {year}")


def _fiscal_quarter(quarter: int, year: int, fiscal_year_end: int) -> Span:
    start, end = _fiscal_part(year, fiscal_year_end, part=quarter, months=3)
    return Span(start, end, f"the {ORDINALS[quarter]} quarter of financial year {year}")


def _fiscal_half(half: int, year: int, fiscal_year_end: int) -> Span:
    start, end = _fiscal_part(year, fiscal_year_end, part=half, months=6)
    return Span(start, end, f"the {ORDINALS[half]} half of financial year {year}")


def _span_of_years(first: int, last: int) -> Span:
    return Span(_first_day(first, 1), _last_day(last, 12), f"{first} to {last}", before="from")


def _span_of_months(first_year: int, first: int, last_year: int, last: int) -> Span:
    start, end = _first_day(first_year, first), _last_day(last_year, last)
    nine_months = _nine_months(first_year)
    if (start, end) == (nine_months.start, nine_months.end):
        return nine_months
    year = "" if first_year == last_year else f" {first_year}"
    return Span(start, end, f"{MONTHS[first]}{year} to {MONTHS[last]} {last_year}", before="from")


def _span_of_days(
    first_year: int, first_month: int, first_day: int, last_year: int, last_month: int, last_day: int
) -> Span:
    start, end = date(first_year, first_month, first_day), date(last_year, last_month, last_day)
    return Span(start, end, f"{day_words(start)} to {day_words(end)}", before="from")


MONTH_PATTERN = "([0-9]{4})-([0-9]{2})"
DAY_PATTERN = f"{MONTH_PATTERN}-([0-9]{{2}})"

FORMS = (
    Form("2026-04", MONTH_PATTERN, _month),
    Form("2026-04-06", DAY_PATTERN, _day),
    Form("FY2025", "FY([0-9]{4})", _fiscal_year, reads_fiscal_year=True),
    Form("Q2-2026", "Q([1-4])-([0-9]{4})", _calendar_quarter),
    Form("FQ3-2026", "FQ([1-4])-([0-9]{4})", _fiscal_quarter, reads_fiscal_year=True),
    Form("H1-2025", "H([12])-([0-9]{4})", _calendar_half),
    Form("FH1-2026", "FH([12])-([0-9]{4})", _fiscal_half, reads_fiscal_year=True),
    Form("9M-2025", "9M-([0-9]{4})", _nine_months),
    Form("TTM-2026-06", f"TTM-{MONTH_PATTERN}", _twelve_months),
    Form("2026-W38", "([0-9]{4})-W([0-9]{2})", _week),
    Form("2026-02..2026-04", rf"{MONTH_PATTERN}\.\.{MONTH_PATTERN}", _span_of_months),
    Form("2026-02-12..2026-03-04", rf"{DAY_PATTERN}\.\.{DAY_PATTERN}", _span_of_days),
    Form("2025", "([0-9]{4})", _calendar_year),
    Form("2027-2031", "([0-9]{4})-([0-9]{4})", _span_of_years),
)

EXAMPLES = [form.example for form in FORMS]
EXPECTED_PERIOD = f"a period such as {', '.join(EXAMPLES[:-1])} or {EXAMPLES[-1]}"
EXPECTED_DAY = "a date such as 2026-04-06, or a month such as 2026-04"


@cache
def parse_period(text: str, fiscal_year_end: int = 12) -> Period:
    """Read a period as one of FORMS; ``fiscal_year_end`` is the number of the month in which the fiscal year ends.

    A fiscal year is named for the calendar year in which it ends, and so are its halves and quarters. Raises
    ValueError with an example of each form for any other text, and for a day that the calendar does not have.

    >>> parse_period("FY2026", fiscal_year_end=6).start
    datetime.date(2025, 7, 1)
    >>> parse_period("FQ3-2026", fiscal_year_end=6).stretch == parse_period("Q1-2026").stretch
    True
    >>> parse_period("TTM-2026-06").words, parse_period("2026-W38").words
    ('the twelve months to June 2026', 'the week of 14 September 2026')
    >>> parse_period("spring 2026")
    Traceback (most recent call last):
    ...
    ValueError: a period such as 2026-04, 2026-04-06, FY2025, Q2-2026, FQ3-2026, H1-2025, FH1-2026, 9M-2025, \
TTM-2026-06, 2026-W38, 2026-02..2026-04, 2026-02-12..2026-03-04, 2025 or 2027-2031
    """
    for form in FORMS:
        match = re.fullmatch(form.pattern, text)
        if match is None:
            continue
        numbers = [int(group) for group in match.groups()]
        if form.reads_fiscal_year:
            numbers.append(fiscal_year_end)
        try:
            span = form.read(*numbers)
        except (ValueError, IndexError, OverflowError):  # a thirteenth month, a 31 June, a year 0
            break
        if span.start <= span.end:
            return Period(end=span.end, start=span.start, text=text, words=span.words, dated=span.dated)
    raise ValueError(EXPECTED_PERIOD)


@dataclass(frozen=True, order=True, slots=True)
class Publication:
    """When the world could know something: a day, or a month of which the day was not found. Ordered by its last day.

    >>> parse_publication("2026-08").words, parse_publication("2026-08-15").words
    ('August 2026', '15 August 2026')
    """

    day: date  # of a month alone its last one: by then it was known
    text: str = field(compare=False)
    is_month: bool = field(compare=False)  # only the month is known
    first: date = field(compare=False)  # the first day on which it can have been published

    @property
    def words(self) -> str:
        """As exactly as it is known, and no more."""
        return f"{MONTHS[self.day.month]} {self.day.year}" if self.is_month else day_words(self.day)

    @property
    def dated(self) -> str:
        """The same with its preposition: in August 2026, on 15 August 2026."""
        return f"in {self.words}" if self.is_month else f"on {self.words}"

    def known_by(self, recorded: date) -> date:
        """The day from which it was known: of a month alone its last day, or an earlier one on which it was recorded.

        >>> parse_publication("2026-08").known_by(recorded=date(2026, 8, 12))
        datetime.date(2026, 8, 12)
        """
        return min(self.day, max(recorded, self.first)) if self.is_month else self.day


@cache
def parse_publication(text: str) -> Publication:
    """The day or the month of a publication. Raises ValueError for any other text.

    >>> parse_publication("2026-02").day
    datetime.date(2026, 2, 28)
    """
    day = parse_day(text)
    is_month = len(text) == len("2026-08")
    return Publication(day=day, text=text, is_month=is_month, first=day.replace(day=1) if is_month else day)


@cache
def parse_day(text: str) -> date:
    """The day on which something was published; a month alone counts from its last day.

    >>> parse_day("2026-02")
    datetime.date(2026, 2, 28)
    """
    if not re.fullmatch(f"{DAY_PATTERN}|{MONTH_PATTERN}", text):
        raise ValueError(EXPECTED_DAY)
    try:
        return parse_period(text).end
    except ValueError:
        raise ValueError(EXPECTED_DAY) from None
