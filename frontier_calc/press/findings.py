"""What ``frontier check`` finds, as one record: printed line by line, or as JSON for another program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from frontier_calc.press import check, expiry, held, reports
from frontier_calc.press.memory import ToRead
from frontier_calc.record.problems import Problem
from frontier_calc.record.reading import Reading
from frontier_calc.record.remarks import remarks
from frontier_calc.record.store import Observation, provenance


@dataclass(frozen=True)
class Findings:
    """All that a check says of one reading.

    ``problems`` and ``sentences`` have to be mended or read before the book can go out; the rest is to be looked at.
    """

    on: Reading
    problems: list[str]
    sentences: list[ToRead]
    remarks: list[Problem]
    due: list[Observation]
    stale: list[Observation]
    notes: list[str]

    @property
    def wrong(self) -> int:
        """How many problems there are, sentences that no longer fit their figures among them."""
        return len(self.problems) + len(self.sentences)

    def lines(self) -> Iterator[str]:
        """The findings as a terminal shows them: one a line, those of one cause together, and the sum at the end."""
        yield from reports.in_brief(self.problems)
        yield from map(str, self.sentences)  # each has to be read, however many there are
        yield from (f"look again: {remark}" for remark in self.remarks)
        yield from (f"due: {told(row)}" for row in self.due)
        yield from (f"stale: {told(row)}" for row in self.stale)
        yield from (f"note: {note}" for note in self.notes)
        read = f"{self.wrong} problem(s) on the pages, read on {self.on.day} ({self.on.name})"
        yield f"{read}; {len(self.due)} projection(s) due, {len(self.stale)} series stale"

    def as_json(self) -> dict[str, Any]:
        """The findings for a program: lists of texts, and rows by series, period, tag, source, day and row."""
        return {
            "reading": self.on.name,
            "as_of": self.on.as_of.isoformat(),
            "problems": self.problems,
            "sentences": [str(sentence) for sentence in self.sentences],
            "look_again": [str(remark) for remark in self.remarks],
            "due": [record(row) for row in self.due],
            "stale": [record(row) for row in self.stale],
            "notes": self.notes,
        }


def of(on: Reading, root: Path) -> Findings:
    """Read every page and hold it against the data, the kept editions and what its sentences remember."""
    kept = held.against_what_was(on, root)
    problems = [*check.everything(on, root), *kept.problems]
    due, new = expiry.newest(on.due()), _new(remarks(on.store), on)
    return Findings(on, problems, kept.sentences, new, due, on.stale(), kept.notes)


def _new(remarks: list[Problem], on: Reading) -> list[Problem]:
    """Those about rows that no published edition has: the others stay as they are, and were told when they were new."""
    closed = max((edition.closing for edition in on.store.editions.values()), default=date.min)
    open_rows = {row.row for row in on.store.observations if row.recorded > closed}
    return [remark for remark in remarks if remark.row in open_rows]


def told(row: Observation) -> str:
    """A row as a line: its series and period, its tag, who said it when, and where it stands."""
    said = provenance(row.source, row.known, row.known_words)
    return f"{row.series.id} {row.period.text}: {row.tag}, {said} (row {row.row})"


def record(row: Observation) -> dict[str, Any]:
    """A row for a program."""
    return {
        "series": row.series.id,
        "period": row.period.text,
        "tag": row.tag,
        "source": row.source.id,
        "known": row.known.isoformat(),
        "row": row.row,
    }
