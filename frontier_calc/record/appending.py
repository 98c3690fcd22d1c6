"""Adding rows to several tables at once: all of them, or none.

What is to be added is first written down in the data folder, under ``JOURNAL``; from then on it counts as added. The
tables follow one by one, those first that the others name. A process that is killed before that leaves nothing behind;
one that is killed after it leaves the journal, by which :func:`recover` finishes what was begun.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from frontier_calc.record import writing
from frontier_calc.record.files import delimiter_of

Cells = Mapping[str, str]
Rows = Mapping[str, Sequence[Cells]]  # by file

JOURNAL = ".frontier-adding.json"
IN_ORDER = ("series.csv", "sources.csv", "observations.csv")  # a row names what stands in a file before its own


def append(folder: Path, rows: Rows) -> None:
    """Add rows to the tables of a data folder; cells go by the names of the columns.

    Raises WritingError, and then every table is as it was; or, on a disk that takes nothing any more, the message says
    that the next command finishes what was begun.
    """
    with writing.locked(folder):
        recover(folder)
        before = {file: (folder / file).read_bytes() for file in _in_order(rows)}
        writing.clear_drafts(folder / JOURNAL)
        writing.replace(folder / JOURNAL, json.dumps({file: list(rows[file]) for file in before}, ensure_ascii=False))
        try:
            for file in before:
                writing.append_rows(folder / file, rows[file])
        except BaseException:
            _undo(folder, before)
            raise
        (folder / JOURNAL).unlink()


def _in_order(rows: Rows) -> list[str]:
    return [file for file in IN_ORDER if rows.get(file)]


def _undo(folder: Path, before: Mapping[str, bytes]) -> None:
    """Put the tables back as they were, and forget what was to be added."""
    for file, data in before.items():
        if (folder / file).read_bytes() != data:
            try:
                writing.replace(folder / file, data.decode("utf-8"))
            except writing.WritingError as error:
                raise writing.WritingError(f"{error}; the rows are written down in {folder / JOURNAL}, and the next  "
                                           "frontier  command adds what is missing of them") from None  # fmt: skip
    (folder / JOURNAL).unlink(missing_ok=True)


def recover(folder: Path) -> str:
    """Finish what a process that was killed has begun; what was done, empty where nothing was left."""
    journal = folder / JOURNAL
    if not journal.exists():
        return ""
    wanted: dict[str, list[dict[str, str]]] = json.loads(journal.read_text(encoding="utf-8"))
    for file in _in_order(wanted):
        there = table(folder / file)
        missing = [row for row in wanted[file] if row not in there]
        if missing:
            writing.append_rows(folder / file, missing)
        writing.clear_drafts(folder / file)
    journal.unlink()
    told = " and ".join(f"{len(wanted[file])} row(s) in {folder / file}" for file in _in_order(wanted))
    return f"adding had been stopped halfway; it was finished: {told}"


def is_begun(folder: Path) -> bool:
    """True where a process was stopped while it added rows, or is adding them now."""
    return (folder / JOURNAL).exists()


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table, each cell as it was typed."""
    text = path.read_bytes().decode("utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    names = [name.strip() for name in header]
    return [dict(zip(names, map(str.strip, cells), strict=False)) for cells in rows]
