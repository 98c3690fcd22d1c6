"""Which period a headline is about: as it says, or as its series is usually told of on the day of publication."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from frontier_calc.dates import ORDINALS, parse_day, parse_period
from frontier_calc.press import headlines
from frontier_calc.record.rows import Series

QUARTER = re.compile(r"\bQ(?P<number>[1-4])\b|\b(?P<ordinal>first|second|third|fourth)[\s-]quarter\b", re.IGNORECASE)
HALF = re.compile(r"\bH(?P<number>[12])\b|\b(?P<ordinal>first|second)[\s-]half\b", re.IGNORECASE)
YEAR = re.compile(r"\b(20\d\d)\b(?!\s?(?:million|billion|employees|users|customers))")
PARTS = {"Q": QUARTER, "FQ": QUARTER, "H": HALF, "FH": HALF}


def forms_said(headline: str) -> set[str]:
    """How a quarter or a half that a headline names is typed, its numbers aside; nothing where it names none.

    >>> sorted(forms_said("revenue of the third quarter")), forms_said("revenue of 2026")
    (['FQ9-9999', 'Q9-9999'], set())
    """
    return {f"{prefix}9-9999" for prefix, said in PARTS.items() if said.search(headline)}


def propose(headline: str, series: Series, told: Sequence[str], published: str) -> str:
    """The period that a headline is about, or an empty text where that cannot be told.

    A moment is that of its publication. What flows over a period is told of periods such as those on record (``told``):
    of the last one that was over, or, of what is expected, of the next one to end.
    """
    day = parse_day(published)
    is_plan = headlines.is_plan(headline)
    if series.kind != "flow":
        is_far = is_plan and series.kind == "month"  # a pace or users at a time to come, which only a reader can tell
        return "" if is_far else f"{day:%Y-%m}"
    candidates = [each for each in _of_form(_form(told), day) if _fits(headline, each)]
    ends = {text: parse_period(text, series.fiscal_year_end).end for text in candidates}
    if is_plan:
        return min((text for text in candidates if ends[text] >= day), key=lambda text: ends[text], default="")
    return max((text for text in candidates if ends[text] <= day), key=lambda text: ends[text], default="")


def _form(told: Sequence[str]) -> str:
    """How most periods of a series are typed, their numbers aside: FY, Q, H, FQ, TTM- or nothing for a year."""
    forms = Counter(re.sub(r"\d", "9", text) for text in told)
    return forms.most_common(1)[0][0] if forms else "FY9999"


def _of_form(form: str, day: date) -> Iterator[str]:
    """The periods of a form around a day."""
    for year in range(day.year - 2, day.year + 6):
        if form in ("9999", "FY9999", "9M-9999"):
            yield form.replace("9999", str(year))
        for prefix, parts in (("Q", 4), ("FQ", 4), ("H", 2), ("FH", 2)):
            if form == f"{prefix}9-9999":
                yield from (f"{prefix}{part}-{year}" for part in range(1, parts + 1))
        if form in ("9999-99", "TTM-9999-99"):
            yield from (form.replace("9999-99", f"{year}-{month:02}") for month in range(1, 13))


def _fits(headline: str, period: str) -> bool:
    """Whether a period is the one that a headline names, as far as it names one."""
    year = YEAR.search(headline)
    if year and year[1] not in period:
        return False
    prefix = re.match(r"[A-Z]*", period)
    said = PARTS[prefix[0]].search(headline) if prefix and prefix[0] in PARTS else None
    if said is None:
        return True
    number = said["number"] or str(ORDINALS.index(said["ordinal"].lower()))
    return period.startswith(f"{prefix[0]}{number}" if prefix else number)
