"""The observations on which no figure of a page rests, each with the reason for which it is kept."""

from collections import Counter
from collections.abc import Iterable

from frontier_calc import units
from frontier_calc.book.blocks import Cell, Fold, Styled
from frontier_calc.book.facts import row_words
from frontier_calc.book.tables import Of, Table, line
from frontier_calc.press import weave
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation, Series
from frontier_calc.table import TABLE
from frontier_calc.typography import curly

REASONS = TABLE["kept"]


def observations(on: Reading) -> list[Observation]:
    """The rows of the data that belong to a reading: known by its day, and in an edition recorded by its closing date."""
    return [row for row in on.store.observations if on.knows(row)]


def used(pages: Iterable[Woven]) -> set[str]:
    """What identifies the observations under any figure that the pages name or show, and under their claims."""
    found: set[str] = set()
    for page in pages:
        compared = [figure for claim in page.claims.values() for figure in (*claim.compared, *claim.figures.values())]
        for figure in (*page.figures.values(), *page.shown.values(), *compared):
            found.update(leaf.identity for leaf in figure.leaves)
    return found


def identity(row: Observation) -> str:
    """What identifies an observation among the leaves of a derivation."""
    return "|".join(map(str, row.key))


def kept(on: Reading) -> list[tuple[Observation, str]]:
    """Each observation that no page uses, with the key of its reason in REASONS."""
    names = used(weave.told_pages(on))
    told = {id: [row for row in on.known(id) if identity(row) in names] for id in on.store.series}
    standing = {row.row for id in on.store.series for row in on.known(id)}
    found = []
    for row in observations(on):
        if row.row not in standing:
            found.append((row, "corrected"))
        elif identity(row) not in names:
            found.append((row, _reason(row, told[row.series.id], on)))
    return found


def _reason(row: Observation, told: list[Observation], on: Reading) -> str:
    """Why a row stands on no page, judged by the rows of its series that do."""
    if not told:
        return "series"
    same = [other for other in told if other.period.text == row.period.text]
    if any(other.value == row.value for other in same):
        return "confirmed"
    if same:
        return "superseded" if all(row.known < other.known for other in same) else "other"
    if row.tag == "projected" and row.period.end > on.as_of:
        return "forecast"
    if row.period.end <= min(other.period.end for other in told):
        return "earlier"
    return "later" if row.period.end >= max(other.period.end for other in told) else "between"


def why(row: Observation, reason: str) -> str:
    """The reason in words: of a series that no page tells, its own where it has one."""
    return curly(row.series.kept_for) if reason == "series" and row.series.kept_for else REASONS[reason]


def untold(on: Reading) -> dict[Series, int]:
    """The series that no page tells and that do not say why they are kept, with how many rows each has."""
    rows = [row for row, reason in kept(on) if reason == "series" and not row.series.kept_for]
    return dict(Counter(row.series for row in rows))


def kept_for_reference() -> Of:
    """The observations that no page uses, by series, with what they say and why they are kept; folded, for they are many."""
    groups: dict[tuple[Series, str], list[str]] = {}
    for row, reason in sorted(kept(reading.current()), key=lambda pair: (pair[0].series.title, pair[0].period)):
        said = f"{row.period.words}: {_value(row)} ({row.tag}; {row.source})"
        groups.setdefault((row.series, why(row, reason)), []).append(said)
    rows = [
        {
            "Series": Cell((curly(series.title), *line("below", curly(series.definition)))),
            "On record": " · ".join(said),
            "Why it is kept": reason,
        }
        for (series, reason), said in groups.items()
    ]
    nothing = [{"Series": "every observation stands on a page"}]
    caption = "Observations on which no figure of a page rests"
    table = Table(rows or nothing, kind="kept-table", label=caption)
    counted = Styled((f", {len(rows)} rows",), "count")
    return Of(Fold((caption, counted), (table.block,), "list-fold"), table.figures)


def _value(row: Observation) -> str:
    """What a row says, with what it counts."""
    counted = "" if row.value is None else units.counted(row.series.unit, row.value)
    return f"{row_words(row)} {counted}".rstrip()
