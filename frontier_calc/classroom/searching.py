"""Which series there are: by a few words, by how their names begin, and what each of them has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from frontier_calc.book.html import Markup, element
from frontier_calc.errors import did_you_mean
from frontier_calc.press import explain, finding
from frontier_calc.record.reading import UnknownError, current
from frontier_calc.record.store import Series

MOST = 40  # lines of a list


@dataclass(frozen=True)
class Found(Sequence[str]):
    """Series that were found: as the last line of a cell a table, otherwise the sequence of their names."""

    series: tuple[Series, ...]
    about: str = ""  # of one series alone: all that it has

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return [each.id for each in self.series][place]

    def __len__(self) -> int:
        return len(self.series)

    def __repr__(self) -> str:
        if self.about:
            return self.about
        shown = self.series[:MOST]
        width = max(len(each.id) for each in shown)
        return "\n".join([*(f"{each.id:<{width}}  {_told(each)}" for each in shown), *self._more()])

    def _more(self) -> Iterator[str]:
        if len(self) > MOST:
            yield f"and {len(self) - MOST} more: a further word finds fewer"

    def _repr_html_(self) -> str:
        if self.about:
            return str(element("pre", self.about, class_="mathjax_ignore", style="white-space: pre-wrap"))
        left = "text-align: left"
        head = element("tr", *(element("th", name, style=left) for name in ("series", "what", "unit", "ruler")))
        rows = [_row(each, left) for each in self.series[:MOST]]
        below = element("p", *self._more())
        return str(element("div", element("table", head, *rows), below, class_="mathjax_ignore"))


def _told(series: Series) -> str:
    return f"{series.title}, {series.spellings[0]}"


def _row(series: Series, style: str) -> Markup:
    cells = (element("code", series.id), series.title, series.spellings[0], series.ruler)
    return element("tr", *(element("td", cell, style=style) for cell in cells))


def find(words: object) -> Found:
    """The series that all the words fit."""
    if not isinstance(words, str) or not words.strip():
        raise UnknownError(f'find takes a few words, not {words!r}: fc.find("margin"); fc.series() lists everything')
    try:
        found = finding.by_words(words, current().store)
    except finding.SeriesError as error:
        told = str(error).removesuffix(f"; {finding.HOW_TO_MAKE_ONE}")
        raise UnknownError(f"{told}\nTry fewer words, or fc.series() for all of them.") from None
    return Found(tuple(found))


def beginning(beginning: str) -> Found:
    """The series whose names begin so; of a whole name, all that the series has."""
    on = current()
    start = str(beginning).rstrip("….*")
    found = tuple(on.store.series[id] for id in sorted(on.store.series) if id.startswith(start))
    if start in on.store.series:
        return Found((on.series(start),), explain.of_series(on, start))
    if not found:
        raise UnknownError(
            f"no series begins with {beginning!r}{did_you_mean(start, on.store.series)}\n"
            'fc.series() lists all of them, fc.find("margin") finds them by a word.'
        )
    return Found(found)
