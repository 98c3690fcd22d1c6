"""Adding to the record: from a headline to rows that are checked, shown, written whole or not at all, and read again."""

import contextlib
import csv
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontier_calc.errors import did_you_mean
from frontier_calc.press import asking, diff, diff_words, editions, folders, moments, pages, proposing, reports
from frontier_calc.press.asking import Asker
from frontier_calc.press.pages import PageError
from frontier_calc.press.proposing import Entry, Given, Proposer
from frontier_calc.record import appending, reading, remarks, spreadsheets, writing
from frontier_calc.record.appending import Rows
from frontier_calc.record.files import delimiter_of
from frontier_calc.record.plausibility import CONFIRMED
from frontier_calc.record.problems import DataError
from frontier_calc.record.store import Store, load, state

NO_ROW = (diff.PROSE, diff.CODE)  # neither has changed here: what is put down to them counts what the rows moved
ALSO_GIVEN = ("headline", "confirm")
COLUMNS = (*ALSO_GIVEN, *proposing.OBSERVATION, *proposing.ABOUT_SOURCE)
FILES = {"series": "series.csv", "source": "sources.csv"}


class AddingError(ValueError):
    """Nothing was written; the message says why, and what to do."""


@dataclass(frozen=True)
class Wish:
    """What an author gave for one observation, and where: a place in a file, or nothing for a command."""

    given: Given
    place: str = ""


# The commands.


def add(wishes: Sequence[Wish], data: Path, yes: bool = False, dry_run: bool = False) -> int:
    """Add observations, each with its source: propose, check, show, ask, write, and tell what moved.

    Whoever can be asked is told before that what would move. All of them are added, or none. Raises AddingError, and StoppedError where the author says no.
    """
    asker = asking.asker(yes)
    entries, read_as = _settled(wishes, data, asker, dry_run)
    rows = _rows(entries, data)
    if dry_run:
        with _with_rows(data, rows) as after:
            _tell_moved(data, after)
        print("nothing was written")
        return 0
    _need_yes(yes, asker)
    with _temporary() as kept:
        before = _copied(data, kept)
        is_as_read = _write(entries, data, read_as)
        if not (asker.is_there and is_as_read):
            _tell_moved(before, data)
    return 0


def _settled(wishes: Sequence[Wish], data: Path, asker: Asker, dry_run: bool) -> tuple[list[Entry], object]:
    """The rows that are to be added, and the state of the tables from which they were worked out."""
    while True:
        read_as = state(data)
        try:
            entries = _entries(wishes, Proposer(load(data), asker))
            return _approved(wishes, entries, data, asker, shown_only=dry_run), read_as
        except AddingError:
            if state(data) == read_as:
                raise
            # What was refused is what somebody has entered in between: it is looked at as the tables are now.


def add_row(name: str, given: Given, data: Path, yes: bool = False, dry_run: bool = False) -> int:
    """Add a row of another table, ``series`` or ``source``: check, show, ask, write. Raises AddingError."""
    asker = asking.asker(yes)
    file = FILES[name]
    rows = {file: [dict(given)]}
    _checked(data, rows)
    print(_shown(file, _numbers(data, rows)[file], given, {}))
    if dry_run:
        print("nothing was written")
        return 0
    _need_yes(yes, asker)
    if asker.approves("Add it?"):
        raise AddingError("nothing was written; give the correction as an option")
    with folders.telling(), writing.locked(data):
        _checked(data, rows)
        appending.append(data, rows)
    print(f"{data / file}: one row added")
    return 0


def recover_if_alone(data: Path) -> list[str]:
    """Finish what a process that was killed while it added has begun, unless one is adding at this moment."""
    if not appending.is_begun(data) or folders.is_locked(data):
        return []
    with folders.telling(), writing.locked(data):
        done = appending.recover(data)
    return [done] if done else []


def _need_yes(yes: bool, asker: Asker) -> None:
    if not yes and not asker.is_there:
        raise AddingError("nothing was written: nobody can be asked here; add --yes to write it, --dry-run to look")


# What is wished.


def wishes_of(path: Path, common: Given) -> list[Wish]:
    """The rows of a file of headlines, what is ``common`` to all put into the cells that it leaves empty.

    Raises AddingError for a file that cannot be read, a column that no observation and no source has, and a row with
    more cells than there are columns.
    """
    lines = _lines(path)
    header = [name.strip() for name in lines[0][1]] if lines else []
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            near = did_you_mean(name, COLUMNS)
            raise AddingError(f"{path}, row 1: found the column {name!r}, expected some of {', '.join(COLUMNS)}, each "
                              f"once{near}")  # fmt: skip
    wishes = []
    for number, cells in lines[1:]:
        if any(cells[len(header) :]):
            raise AddingError(f"{path}, row {number}: found {len(cells)} cells, expected {len(header)}; a comma inside a "
                              "text needs quotation marks around the text")  # fmt: skip
        typed = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
        wishes.append(Wish({**common, **typed}, f"{path}, row {number}"))
    if not wishes:
        raise AddingError(f"{path}: found no row below its header, expected a headline a row")
    return wishes


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a file that hold something, with their numbers. Raises AddingError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter_of(text), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AddingError(f"{path} could not be read ({error}); expected a CSV in UTF-8") from None
    numbered = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(lines, 1)]
    return [(number, cells) for number, cells in numbered if any(cells)]


def _entries(wishes: Sequence[Wish], proposer: Proposer) -> list[Entry]:
    """What is to be added. Raises AddingError that names all that cannot be worked out."""
    entries: list[Entry] = []
    wrong: list[str] = []
    for wish in wishes:
        if wish.place and proposer.asker.is_there:
            print(f"{wish.place}: {wish.given.get('headline', '')}")  # so that it is known what is asked about
        try:
            entries.append(proposer.entry(wish.given))
        except asking.StoppedError:
            raise
        except ValueError as error:
            wrong.append(f"{wish.place}: {error}" if wish.place else str(error))
    if wrong:
        raise AddingError("\n".join([*wrong, "nothing was written"]))
    return entries


def _rows(entries: Sequence[Entry], data: Path) -> dict[str, list[dict[str, str]]]:
    """What is added to each file, numbers with the decimal mark that a spreadsheet has saved there."""
    sources = [entry.source for entry in entries if entry.source]
    has_commas = _decimal_mark(data / "observations.csv") == ","
    cells = [_with_commas(entry.cells) if has_commas else entry.cells for entry in entries]
    return {"sources.csv": sources, "observations.csv": cells}


def _decimal_mark(path: Path) -> str:
    """The mark of decimals in a file; without commas between its cells it may have them in its numbers."""
    if delimiter_of(path.read_text(encoding="utf-8-sig")) == ",":
        return "."
    return spreadsheets.decimal_mark(row.get(name, "") for row in appending.table(path) for name in proposing.NUMBERS)


def _with_commas(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cell.replace(".", ",") if name in proposing.NUMBERS else cell for name, cell in cells.items()}


def _approved(wishes: Sequence[Wish], entries: list[Entry], data: Path, asker: Asker, shown_only: bool) -> list[Entry]:
    """The rows as the author will have them: checked and shown, corrected as long as the author corrects."""
    givens = [{**wish.given, **entry.answers} for wish, entry in zip(wishes, entries, strict=True)]
    while True:
        numbers = _numbers(data, _rows(entries, data))
        try:
            _checked(data, _rows(entries, data))
            _show(wishes, entries, numbers, data)
            correction = "" if shown_only else _asked(entries, data, asker)
        except DataError as error:
            correction = _confirmation(error, wishes, numbers, asker)
        if not correction:
            return entries
        corrected = _corrected(givens, correction)
        if corrected is not None:
            again = [Wish(given, wish.place) for given, wish in zip(corrected, wishes, strict=True)]
            try:
                entries = _entries(again, Proposer(load(data), asker))
                givens = corrected
            except AddingError as error:
                print(error)


def _asked(entries: Sequence[Entry], data: Path, asker: Asker) -> str:
    """What the author says to the rows; whoever can be asked sees first what they would move."""
    if asker.is_there:
        with _with_rows(data, _rows(entries, data)) as after:
            _tell_moved(data, after)
    return asker.approves("Add it?" if len(entries) == 1 else "Add them?")


def _corrected(givens: list[dict[str, str]], correction: str) -> list[dict[str, str]] | None:
    """What was given, with a cell of it changed: in all rows, or in one, as 2.qualifier=about."""
    name, sign, cell = correction.partition("=")
    row, point, column = name.rpartition(".")
    column = column.strip()
    is_row = not point or (row.isdecimal() and 1 <= int(row) <= len(givens))
    if not sign or column not in COLUMNS or not is_row:
        print(f"found {correction!r}, expected a correction such as qualifier=about; columns: {', '.join(COLUMNS)}")
        return None
    chosen = [int(row) - 1] if point else range(len(givens))
    return [given | {column: cell.strip()} if at in chosen else given for at, given in enumerate(givens)]


def _confirmation(error: DataError, wishes: Sequence[Wish], numbers: Mapping[str, int], asker: Asker) -> str:
    """What the checks refuse is told; in a terminal the author may say why an unlikely number is right."""
    told = "\n".join([str(error), *_places(error, wishes, numbers.get("observations.csv", 0))])
    can_be_confirmed = all(CONFIRMED in problem.expected for problem in error.problems)
    if not asker.is_there:
        remedy = "\nif the source says so, give the reason: --confirm REASON" if can_be_confirmed else ""
        raise AddingError(f"{told}{remedy}\nnothing was written")
    print(told)
    if can_be_confirmed:
        return f"confirm={asker.text('confirm', 'why the number is right; Ctrl-C to leave it')}"
    return asker.text("correction", "such as period=2026-05; Ctrl-C to leave it")


def _places(error: DataError, wishes: Sequence[Wish], first: int) -> Iterator[str]:
    """From which row of a file of headlines each refused row would come."""
    for row in dict.fromkeys(problem.row for problem in error.problems if problem.file == "observations.csv"):
        at = row - first
        if 0 <= at < len(wishes) and wishes[at].place:
            yield f"observations.csv, row {row} would be {wishes[at].place}"


# The checks of hand-editing.


def _copied(data: Path, place: Path) -> Path:
    """A copy of a data folder."""
    target = place / "data"
    target.mkdir()
    for path in sorted(data.iterdir()):
        if path.suffix == ".csv" or path.name == "datapackage.json":
            shutil.copyfile(path, target / path.name)
    return target


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    """A folder for copies that nobody keeps."""
    with folders.telling(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="frontier-") as place:
        yield Path(place)


@contextlib.contextmanager
def _with_rows(data: Path, rows: Rows) -> Iterator[Path]:
    """A copy of the data folder in which the rows are added."""
    with _temporary() as place:
        target = _copied(data, place)
        appending.append(target, rows)
        yield target


def _numbers(data: Path, rows: Rows) -> dict[str, int]:
    """The number that the first new row of each file will have in a spreadsheet."""
    return {file: max(editions.table(data / file), default=1) + 1 for file, added in rows.items() if added}


def _checked(data: Path, rows: Rows) -> None:
    """Tell what is to be looked at again in the new rows. Raises DataError where the checks refuse one."""
    numbers = _numbers(data, rows)
    with _with_rows(data, rows) as after:
        store = Store(after)
    for remark in remarks.remarks(store):
        if remark.file in numbers and remark.row >= numbers[remark.file]:
            print(f"look again: {remark}")


def _write(entries: Sequence[Entry], data: Path, read_as: object) -> bool:
    """Write the rows; where the tables have changed since they were read, work them out and check them again.

    True where the tables were as they had been read.
    """
    with folders.telling(), writing.locked(data):
        is_as_read = state(data) == read_as
        if not is_as_read:
            proposer = Proposer(load(data), asking.Script())
            entries = [proposer.entry(entry.settled) for entry in entries]
            _checked(data, _rows(entries, data))
        rows = _rows(entries, data)
        appending.append(data, rows)
    for file, added in rows.items():
        if added:
            print(f"{data / file}: {len(added)} row(s) added")
    return is_as_read


# What is shown.


def _show(wishes: Sequence[Wish], entries: Sequence[Entry], numbers: Mapping[str, int], data: Path) -> None:
    """The rows as they will stand."""
    source = numbers.get("sources.csv", 0)
    for position, (wish, entry) in enumerate(zip(wishes, entries, strict=True)):
        if wish.place:
            print(f"{wish.place}:")
        print(_shown("observations.csv", numbers["observations.csv"] + position, entry.cells, entry.why))
        if entry.source:
            print(_shown("sources.csv", source, entry.source, {}))
            source += 1


def _shown(file: str, number: int, cells: Given, why: Mapping[str, str]) -> str:
    lines = [f"{file}, row {number}"]
    for column, cell in cells.items():
        if cell:
            reason = f"   ({why[column]})" if column in why else ""
            lines.append(f"  {column:<11} {cell}{reason}")
    return "\n".join(lines)


def _tell_moved(before: Path, after: Path) -> None:
    """What the rows move, sentence by sentence, and which page cannot be read with them."""
    try:
        root = pages.find_root()
    except PageError:
        print("no book here: which sentences move was not read")
        return
    if sys.stdout.isatty():
        print("reading the pages without and with it ...", end="\r", flush=True)
    old, new = (moments.of_reading(reading.edition("working", each), root) for each in (before, after))
    if sys.stdout.isatty():
        print(" " * 50, end="\r")
    changes = moments.compare(old, new)
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    by_rows = [change for change in changes if any(cause not in NO_ROW for cause in change.causes)]
    told = diff_words.short(by_rows, colours=colours)
    print(reports.fitted(f"what moved\n{told}" if by_rows else told))
    more = len(changes) - len(by_rows)
    if more:
        print(f"  and {more} count(s) of sources and of the like, which follow from these")
    for error in new.wrong:
        print(f"needs words: {error}")
