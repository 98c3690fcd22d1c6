"""What a figure was in each edition that is kept: read from ``editions/ID/figures.json``, never worked out again.

A figure is known by its address. What changed hands under an address, its ruler, its unit or the series that it is made
of, is no longer the same thing: the numbers are told, and no line joins them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from frontier_calc import spoken
from frontier_calc.book.facts import ruler_of
from frontier_calc.dates import parse_period
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press import editions
from frontier_calc.record.reading import Reading

FEW = 3  # so many earlier editions are told, the newest
HEIGHT = 100  # of the line: its lowest point is at nothing, its highest at this


@dataclass(frozen=True)
class Past:
    """What a figure was, edition by edition, the present one last; ``line`` has a height for each, or is empty."""

    titles: tuple[str, ...]  # of the earlier editions
    said: tuple[str, ...]
    line: tuple[int, ...] = ()
    note: str = ""  # a sentence, where no line can be drawn
    periods: tuple[str, ...] = ()  # of which each number is, where it is not of the same one

    @property
    def is_steady(self) -> bool:
        """True where every edition said the same of the same thing."""
        return len(set(self.said)) == 1 and not self.note and not self.periods

    @property
    def sentence(self) -> str:
        """The whole in words.

        >>> Past(("May 2026", "July 2026"), ("$3", "$4", "$5")).sentence
        'It was $3 in the edition of May 2026 and $4 in the edition of July 2026.'
        >>> Past(("May 2026", "July 2026"), ("$5", "$5", "$5")).sentence
        'It has been the same since the edition of May 2026.'
        """
        if self.is_steady:
            return f"It has been the same since the edition of {self.titles[0]}."
        each = self.said if not self.periods else [f"{a} ({b})" for a, b in zip(self.said, self.periods, strict=True)]
        pairs = zip(each, self.titles, strict=False)
        runs = [(said, [title for _, title in run]) for said, run in groupby(pairs, key=lambda pair: pair[0])]
        parts = [f"{said} in {_editions(run)}" for said, run in runs]
        told = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
        return " ".join(filter(None, (f"It was {told}.", self.note)))


def _editions(titles: Sequence[str]) -> str:
    return f"the edition of {titles[0]}" if len(titles) == 1 else f"the editions from {titles[0]} to {titles[-1]}"


class Shelved:
    """The editions that were published before a reading, as they are kept beside its data."""

    def __init__(self, on: Reading) -> None:
        self.on = on
        self.data = (on.today or on.store).folder  # of an edition that is kept, not its own copy

    @cached_property
    def _earlier(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Title and figures of each, the oldest first."""
        day, name = self.on.as_of.isoformat(), self.on.name
        kept = [editions.folder(self.data, id) / "figures.json" for id in editions.all_kept(self.data)]
        read = [json.loads(path.read_text(encoding="utf-8")) for path in kept if path.is_file()]
        # The working edition may be read on the day of the newest one, and comes after it.
        earlier = [
            e for e in read if e["as_of"] < day or (self.on.working and e["as_of"] == day and e["edition"] != name)
        ]
        return [(each["title"], each["figures"]) for each in sorted(earlier, key=lambda each: each["as_of"])][-FEW:]

    def of(self, addresses: Iterable[str], figure: Figure, form: str = "") -> Past | None:
        """What a figure was, under the first of its addresses that an earlier edition had; None where none had one.

        ``form`` is the one in which the page says a ratio.
        """
        known = [[(title, kept[name]) for title, kept in self._earlier if name in kept] for name in addresses]
        was = next(filter(None, known), [])
        if not was or not figure.has_value:
            return None
        titles = tuple(title for title, _ in was)
        said = (*(_said(record, figure, form) for _, record in was), spoken.amount(figure, form).number)
        periods = _periods([record["period"] for _, record in was], figure)
        note = next(filter(None, (_otherwise(title, record, figure) for title, record in reversed(was))), "")
        line = () if note else _heights([*(record["value"] for _, record in was), figure.value])
        return Past(titles, said, line, note, periods)


def _said(record: Mapping[str, Any], figure: Figure, form: str) -> str:
    """A kept number as the page says the present one; where that is of another unit, as its edition did."""
    words, value = str(record["words"]), record["value"]
    if value is None or record["unit"] != figure.unit_words:
        return words
    leaf = Leaf(
        name="kept",
        value=value,
        identity="kept",
        qualifier=record["qualifier"],
        low=record["low"],
        high=record["high"],
        is_span=record["qualifier"] != "up to" and " to " in words,
    )
    return spoken.amount(Figure(leaf, figure.unit, style=figure.style), form or spoken.form_of(figure)).number


def _otherwise(title: str, record: Mapping[str, Any], figure: Figure) -> str:
    """Why a number of an edition is not one of a line with the present one; empty where it is."""
    if (record["ruler"], record["unit"]) != (ruler_of(figure), figure.unit_words):
        how = "was measured otherwise"
    elif _series(row["identity"] for row in record["rows"]) != _series(leaf.identity for leaf in figure.leaves):
        how = "was made of other inputs"
    else:
        return ""
    return f"Up to the edition of {title} it {how}, so no line joins the numbers."


def _periods(kept: Sequence[str | None], figure: Figure) -> tuple[str, ...]:
    """The periods of the kept numbers and the present one in words; empty where they are all the same or some has none."""
    now = figure.period
    if now is None or None in kept or {*kept} == {now.text}:
        return ()
    return (*(parse_period(text).words for text in kept if text), now.words)


def _series(identities: Any) -> set[str]:
    """Of which series a figure is made: what identifies an observation begins with its series."""
    return {identity.partition("|")[0] for identity in identities if "|" in identity}


def _heights(values: Sequence[float | None]) -> tuple[int, ...]:
    """How high each value stands between the lowest and the highest; empty where one is not known or all are equal."""
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    if len(known) < len(values) or low == high:
        return ()
    return tuple(round(HEIGHT * (value - low) / (high - low)) for value in known)
