"""Which series a few words mean, or a headline by itself."""

import re
from collections.abc import Iterable

from frontier_calc.dates import Period
from frontier_calc.errors import did_you_mean
from frontier_calc.press import fitting, headline_periods
from frontier_calc.record.rows import Series
from frontier_calc.record.store import Store

MOST_NAMED = 12
HOW_TO_MAKE_ONE = "a new one is made with  frontier series add"
SAID_FOR = {
    "annualised": "run-rate", "annualized": "run-rate", "arr": "run-rate", "pace": "run-rate", "recurring": "run-rate",
    "sales": "revenue", "revenues": "revenue", "staff": "employees", "headcount": "employees", "worth": "valuation",
    "valued": "valuation", "quarterly": "quarter", "burns": "burn", "loses": "loss", "losses": "loss",
}  # fmt: skip


class SeriesError(ValueError):
    """No series is meant, or several are; the message names those that may be."""


def by_words(words: str, store: Store) -> list[Series]:
    """The series that all the words fit: by its name, otherwise by its title or subject, otherwise by its definition.

    Raises SeriesError where there is none.
    """
    if words in store.series:
        return [store.series[words]]
    wanted = words.lower().replace("-", " ").split()
    if "-".join(wanted) in store.series:
        return [store.series["-".join(wanted)]]
    for texts in (_name, _names, _descriptions):
        found = [series for series in store.series.values() if all(_has(texts(series), word) for word in wanted)]
        if found:
            return found
    raise SeriesError(f"found no series for {words!r}{_near(wanted, store)}; {HOW_TO_MAKE_ONE}")


def _near(wanted: list[str], store: Store) -> str:
    """What may have been meant by the first word that no series has, or by all of them."""
    known = {part for id in store.series for part in id.split("-") if len(part) > 2}
    every = [_descriptions(series) for series in store.series.values()]
    for word in wanted:
        if not any(_has(text, word) for text in every):
            return did_you_mean(word, known)
    return did_you_mean("-".join(wanted), store.series)


def _name(series: Series) -> str:
    return series.id.replace("-", " ")


def _names(series: Series) -> str:
    return f"{series.id} {series.subject} {series.title} {series.spoken}".lower().replace("-", " ")


def _descriptions(series: Series) -> str:
    return f"{_names(series)} {series.definition.lower()}"


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}", text) is not None


def by_headline(headline: str, store: Store) -> list[Series]:
    """The series whose names have most words in common with a headline that names their subject."""
    said = {_said_for(word) for word in re.findall(r"[\w-]+", headline.lower().replace("’s", "").replace("'s", ""))}
    said |= {part for word in said for part in word.split("-")}
    named = [series for series in store.series.values() if _is_about(series, said)]
    shared = {series.id: len(said & set(series.id.split("-"))) for series in named}
    most = max(shared.values(), default=0)
    found = [series for series in named if shared[series.id] == most]
    in_full = [series for series in found if set(series.id.split("-")) <= said]
    if len(in_full) == 1:
        return in_full
    if not found:
        raise SeriesError(f"found no series that {headline!r} is about; name it before the headline; {HOW_TO_MAKE_ONE}")
    return found


def _said_for(word: str) -> str:
    return SAID_FOR.get(word, word)


def _is_about(series: Series, said: set[str]) -> bool:
    """Whether the subject of a series, or the product that its name begins with, is among the words."""
    owner, *rest = series.id.split("-")
    return {owner, series.subject.lower()} & said != set() and bool(rest)


def narrowed(found: Iterable[Series], headline: str, period: Period | None, forms: dict[str, set[str]]) -> list[Series]:
    """Of several series, those that count what the headline states, about periods such as the one that is given.

    What nothing fits is left as it is, so that the reason can be told of each. ``forms`` are those of the periods on
    record, by series.
    """
    found = list(found)
    if len(found) == 1:
        return found
    if headline:
        for strictly in (True, False):
            fits = [series for series in found if fitting.takes(headline, series, period, strictly)]
            if fits:
                found = fits
                break
    wanted = {form_of(period.text)} if period is not None else headline_periods.forms_said(headline)
    return [series for series in found if forms.get(series.id, set()) & wanted] or found


def form_of(period: str) -> str:
    """How a period is typed, whatever its numbers: a month and a day are alike.

    >>> form_of("2026-05-28") == form_of("2026-04"), form_of("FY2025")
    (True, 'FY9999')
    """
    form = re.sub(r"\d", "9", period)
    return "9999-99" if form == "9999-99-99" else form


def listed(found: Iterable[Series]) -> str:
    """The candidates, a line each."""
    every = list(found)
    lines = [f"  {series.id:<46} {series.title}, {series.spellings[0]}" for series in every[:MOST_NAMED]]
    more = len(every) - MOST_NAMED
    return "\n".join([*lines, f"  and {more} more"] if more > 0 else lines)
