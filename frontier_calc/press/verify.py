"""Whether published editions are as they were published, and the data that they rest on is still there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from frontier_calc.press import editions
from frontier_calc.record.tables import FILES

Cells = dict[str, str]

OF_THE_BOOK = ("kept_for",)  # columns that say what the pages make of a row: they change with the pages
LIKE = 0.5  # a row that shares so many cells with one that is gone is that row, edited

REMEDY = {
    "observations.csv": "put it back: a revision is a new row, and a correction repeats series, period, published and "
    "source with a later recorded",
    "pins.csv": "put it back: a published edition keeps its pins, and the next one can do without",
    "editions.csv": "put it back: a published edition is not rewritten, and a correction is told in its errata.md",
}
PUT_BACK = "put it back: what an edition was published with stays as it was"


@dataclass
class Findings:
    """What is wrong with the kept editions, and what an author should know: each with the editions concerned."""

    problems: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def wrong(self, edition: str, message: str) -> None:
        """Record a problem."""
        self.problems.setdefault(message, []).append(edition)

    def note(self, edition: str, message: str) -> None:
        """Record something that is no problem."""
        self.notes.setdefault(message, []).append(edition)

    @property
    def lines(self) -> list[str]:
        """The problems, one a line."""
        return [f"{message} [published in {', '.join(found)}]" for message, found in self.problems.items()]

    @property
    def told(self) -> list[str]:
        """What is no problem, one a line."""
        return [f"{message} [{', '.join(found)}]" for message, found in self.notes.items()]


def verify(data: Path) -> Findings:
    """Hold every kept edition against its hashes, and the data against the copy that each was published from."""
    found = Findings()
    kept = editions.all_kept(data)
    now = {file: editions.table(data / file) for file in FILES if (data / file).exists()} if kept else {}
    for position, id in enumerate(kept):
        _files(editions.folder(data, id), found)
        later = [editions.folder(data, other) / "data" for other in kept[position + 1 :]]
        for file in FILES:
            _table(data, id, file, now.get(file, {}), found)
        _late_rows(data, id, now, later, found)
    return found


def _files(kept: Path, found: Findings) -> None:
    """Each kept file is as it was, none is gone, and none was added."""
    before = _listed((kept / editions.HASHES).read_text(encoding="utf-8"))
    after = _listed(editions.hashes(kept))
    remedy = "put back what was published; a correction is told in errata.md"
    for name in sorted({*before, *after}):
        place = f"editions/{kept.name}/{name}"
        if name not in after:
            found.wrong(kept.name, f"{place}: found no file, expected the one that was published; {remedy}")
        elif name not in before:
            found.wrong(kept.name, f"{place}: found a file that was not published; delete it")
        elif before[name] != after[name]:
            found.wrong(kept.name, f"{place}: found another text than was published; {remedy}")


def _listed(hashes: str) -> dict[str, str]:
    lines = [line.partition("  ") for line in hashes.splitlines()]
    return {name: digest for digest, _, name in lines}


def _table(data: Path, id: str, file: str, now: dict[int, Cells], found: Findings) -> None:
    """Each row that an edition was published with is still there, wherever it stands."""
    path = editions.folder(data, id) / "data" / file
    if not path.exists():
        return
    kept = editions.table(path)
    names = [name for name in editions.columns(path) if name not in OF_THE_BOOK]
    if kept and not (data / file).exists():
        found.wrong(id, f"{data.name}/{file}: found no file, expected the rows that were published; put it back")
        return
    if file == "series.csv":
        now = _before_they_were_succeeded(data, id, kept, now, found)
    gone = _without(names, kept, now)
    spare = _without(names, now, kept)
    for number, cells in gone.items():
        like = _most_alike(names, cells, spare)
        if like is None:
            place = f"{data.name}/{file}: the row {_called(cells)} (row {number} of editions/{id}/data/{file})"
            found.wrong(id, f"{place} is gone; {REMEDY.get(file, PUT_BACK)}")
            continue
        for name in names:
            _cell(data, id, file, (like, name), (cells.get(name, ""), spare[like].get(name, "")), found)
        del spare[like]
    if file == "pins.csv":
        for number, cells in spare.items():
            if cells.get("edition") == id:
                found.wrong(id, f"{data.name}/{file}, row {number}: {_called(cells)} was added to a published edition; "
                                "delete the row")  # fmt: skip


def _before_they_were_succeeded(
    data: Path, id: str, kept: dict[int, Cells], now: dict[int, Cells], found: Findings
) -> dict[int, Cells]:
    """The series without the successors that they got since: a restatement comes when it comes, and rewrites nothing.

    A kept edition reads its own copy of the data. A successor that was published with it stays as it was.
    """
    alone = {cells["series"] for cells in kept.values() if not cells.get("succeeded_by")}
    before = dict(now)
    for number, cells in now.items():
        if cells.get("succeeded_by") and cells.get("series") in alone:
            before[number] = cells | {"succeeded_by": "", "succeeded_from": ""}
            found.note(id, f"{data.name}/series.csv, row {number}: {cells['series']} has been succeeded since by "
                           f"{cells['succeeded_by']}, which the edition does not know")  # fmt: skip
    return before


def _cell(data: Path, id: str, file: str, place: tuple[int, str], cells: tuple[str, str], found: Findings) -> None:
    """Name a cell that is not what was published."""
    row, name = place
    before, after = cells
    if before != after:
        where = f"{data.name}/{file}, row {row}, column {name}"
        found.wrong(id, f"{where}: found {after!r}, published {before!r}; {REMEDY.get(file, PUT_BACK)}")


def _without(names: list[str], rows: dict[int, Cells], others: dict[int, Cells]) -> dict[int, Cells]:
    """The rows that have no equal among the others, each of which stands for one."""
    left = Counter(_key(names, cells) for cells in others.values())
    found = {}
    for number, cells in rows.items():
        key = _key(names, cells)
        if left[key]:
            left[key] -= 1
        else:
            found[number] = cells
    return found


def _key(names: Iterable[str], cells: Cells) -> tuple[str, ...]:
    return tuple([cells.get(name, "") for name in names])  # a list is made in half the time, and these are many


def _most_alike(names: list[str], cells: Cells, rows: dict[int, Cells]) -> int | None:
    """The row that a lost one became, if there is one."""

    def common(number: int) -> int:
        return sum(rows[number].get(name, "") == cells.get(name, "") for name in names)

    best = max(rows, key=common, default=None)
    return best if best is not None and common(best) >= LIKE * len(names) else None


def _called(cells: Cells) -> str:
    """A row by its first cells."""
    return repr(", ".join(list(cells.values())[:4]))


def _late_rows(data: Path, id: str, now: dict[str, dict[int, Cells]], later: list[Path], found: Findings) -> None:
    """Rows that bear a day within a published edition, but were entered after it: told until a later edition has them."""
    kept = editions.folder(data, id) / "data"
    closing = next(row["closing"] for row in editions.table(kept / "editions.csv").values() if row["edition"] == id)
    for file, rows in now.items():
        names = editions.columns(kept / file) if (kept / file).exists() else []
        if "recorded" not in names:
            continue
        added = _without(names, rows, editions.table(kept / file))
        for folder in later:
            added = _without(names, added, editions.table(folder / file)) if added else added
        for number, cells in added.items():
            if cells.get("recorded", "") <= closing:
                found.note(id, f"{data.name}/{file}, row {number}: {_called(cells)}, recorded {cells['recorded']}, was "
                               "entered after publication and is not in the edition")  # fmt: skip
