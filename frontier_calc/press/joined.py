"""Sums that are divided by what was told of another sum: a term or a power belongs to the promise it was told with."""

from collections.abc import Iterable, Iterator

from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press import kept, weave
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation

Pair = tuple[Observation, Observation]  # a sum, and what describes another one


def crossed(page: Woven, on: Reading) -> list[str]:
    """Each sum of a page that meets the term, the power or a share of another sum in one figure: a line each.

    A page without a sheet lists the figures of others, which are looked at where they are made.
    """
    if not weave.has_sheet(page.page):
        return []
    rows = {kept.identity(row): row for row in on.store.observations if on.knows(row)}
    found: dict[Pair, list[str]] = {}
    for name, figure in _named(page):
        for pair in _crossed(figure.leaves, rows, on):
            found.setdefault(pair, []).append(name)
    return [f"{page.page.relative}: {_message(*pair, names, on)}" for pair, names in found.items()]


def _named(page: Woven) -> Iterator[tuple[str, Figure]]:
    """The figures of a page: the named ones, then those that it shows besides."""
    named = {figure.key for figure in page.figures.values()}
    yield from page.figures.items()
    yield from ((f"{figure.label}, unnamed", figure) for key, figure in page.shown.items() if key not in named)


def _crossed(leaves: Iterable[Leaf], rows: dict[str, Observation], on: Reading) -> Iterator[Pair]:
    """What of these leaves does not belong together; a sum that is there with its own term may be set beside another."""
    under = [rows[leaf.identity] for leaf in leaves if leaf.identity in rows]
    for detail in under:
        wholes = [row for row in under if row.series.id == detail.series.describes]
        if wholes and told_with(detail, on).period not in [row.period for row in wholes]:
            yield wholes[0], detail


def told_with(detail: Observation, on: Reading) -> Observation:
    """The sum that a term or a power was told of: that of its period, the one known on its day, or the first after it."""
    wholes = sorted(on.known(detail.series.describes), key=lambda row: (row.known, row.row))
    same = [row for row in wholes if row.period == detail.period]
    before = [row for row in wholes if row.known <= detail.known]
    return (same or before or wholes[:1])[-1]


def _message(whole: Observation, detail: Observation, names: list[str], on: Reading) -> str:
    of = told_with(detail, on)
    return (
        f"{', '.join(dict.fromkeys(names))}: {whole.series.title} of {whole.period.words} (row {whole.row}) meets "
        f"{detail.series.title} of {detail.period.words} (row {detail.row}), which was told of the sum of "
        f'{of.period.words} (row {of.row}). Ask for that sum, fc.at("{of.series.id}", "{of.period.text}"), or for what '
        f'is known of this one, fc.find_at("{detail.series.id}", "{whole.period.text}"), which may be nothing'
    )
