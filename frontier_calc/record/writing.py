"""Writing files: whole or not at all, one writer at a time, as the spreadsheet that saved them; and CSV that is safe there."""

import csv
import io
import math
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontier_calc.errors import Readable
from frontier_calc.record.cells import NUMBER
from frontier_calc.record.files import delimiter_of

MARK = "\ufeff"  # the byte-order mark by which a spreadsheet knows UTF-8
SYSTEM_LOCKS = os.name == "posix"
PATIENCE = 30.0  # seconds to wait for another writer, where the system has no locks of its own


_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


class WritingError(Readable, ValueError):
    """A file could not be written; it is as it was."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers of a folder waiting inside the block. The lock ends with the process, however that ends.

    Whoever holds the lock may ask for it again.
    """
    folder = folder.resolve()
    if folder in _held.get():
        yield
        return
    token = _held.set(_held.get() | {folder})
    lock = _locked_by_system if SYSTEM_LOCKS else _locked_by_file
    try:
        with lock(folder):
            yield
    finally:
        _held.reset(token)


@contextmanager
def _locked_by_system(folder: Path) -> Iterator[None]:
    import fcntl  # which Windows does not have

    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _unwritten(folder, error) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _locked_by_file(folder: Path) -> Iterator[None]:
    """A file that only one can make stands for the lock."""
    path = folder / ".frontier-lock"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > until:
                raise WritingError(f"{path}: another process is writing here; if none is, delete this file") from None
            time.sleep(0.05)
        except OSError as error:
            raise _unwritten(path, error) from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def replace(path: Path, text: str) -> None:
    """Put ``text``, in UTF-8 and with its line ends as they are, in the place of a file: whole, or not at all.

    Raises WritingError where the disk is full or the folder may not be written to.
    """
    target = path.resolve()  # a link goes on pointing to its file
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".draft", dir=target.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(_mode(target))
        draft.replace(target)
    except OSError as error:
        raise _unwritten(path, error) from None
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The rights of a file, or those of a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritten(path: Path, error: OSError) -> WritingError:
    reason = (error.strerror or str(error)).lower()
    return WritingError(f"{path} could not be written ({reason}); nothing was changed")


def clear_drafts(path: Path) -> None:
    """A writer that was killed leaves its draft."""
    for draft in path.resolve().parent.glob(f".{path.name}.*.draft"):
        draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class Style:
    """How a table was saved: what a program that adds to it should keep."""

    mark: str
    delimiter: str
    quoted: bool
    line_end: str


def style_of(text: str) -> Style:
    """How the text of a table, its mark included, was saved.

    >>> style_of('"edition";"title"\\r\\n')
    Style(mark='', delimiter=';', quoted=True, line_end='\\r\\n')
    """
    mark = MARK if text.startswith(MARK) else ""
    head = text.removeprefix(MARK).lstrip()
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    return Style(mark=mark, delimiter=delimiter_of(head), quoted=head.startswith('"'), line_end=line_end)


def append_rows(path: Path, rows: Iterable[Mapping[str, str]], key: str = "") -> None:
    """Add rows at the end of a table, with its delimiter, quotation marks, byte-order mark and line ends.

    Cells go by the names of the header; a column without a cell stays empty. ``key`` names a column in which no text may
    stand twice. Raises WritingError, and then the file is as it was.
    """
    with locked(path.parent):
        clear_drafts(path)
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise WritingError(f"{path} could not be read ({error})") from None
        replace(path, _with_rows(path, text, list(rows), key))


def _with_rows(path: Path, text: str, rows: list[Mapping[str, str]], key: str) -> str:
    style = style_of(text)
    body = text.removeprefix(MARK).rstrip("\r\n")
    known = list(csv.reader(io.StringIO(body, newline=""), delimiter=style.delimiter))
    header = [name.strip() for name in known[0]] if known else []
    if not any(header):
        raise WritingError(f"{path} has no header, so that no row can be added")
    for row in rows:
        unknown = [name for name in row if name not in header]
        if unknown:
            raise WritingError(f"{path} has no column {unknown[0]!r}; it has {', '.join(header)}")
    if key:
        _need_new(path, rows, key, _column(known, header.index(key)))
    return f"{style.mark}{body}{style.line_end}{_lines(rows, header, style)}"


def _column(rows: list[list[str]], position: int) -> set[str]:
    return {cells[position].strip() for cells in rows if position < len(cells)}


def _need_new(path: Path, rows: list[Mapping[str, str]], key: str, taken: set[str]) -> None:
    for row in rows:
        if row[key] in taken:
            raise WritingError(f"{path} has a row {row[key]!r} already; nothing was changed")


def _lines(rows: list[Mapping[str, str]], header: list[str], style: Style) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(
        out,
        header,
        delimiter=style.delimiter,
        quoting=csv.QUOTE_ALL if style.quoted else csv.QUOTE_MINIMAL,
        lineterminator=style.line_end,
    )
    writer.writerows(rows)
    return out.getvalue()


# CSV that a double click opens: with its signs, and without a formula in a cell

FORMULA = re.compile(
    r"[=+\-@\t\r\n＝＋－＠]"
)  # at the beginning of a cell, a spreadsheet reads what follows as a formula


def spreadsheet_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """A table as CSV for spreadsheets: a byte-order mark, so that signs are read as they are, and no formula in a cell.

    A text that would begin a formula has an apostrophe put before it; numbers stay numbers; what is not known is empty.

    >>> spreadsheet_csv([{"outlet": "=1+1", "value": -94.5}], ["outlet", "value"])
    "\\ufeffoutlet,value\\n'=1+1,-94.5\\n"
    """
    return spreadsheet_lines([list(columns), *([row.get(name) for name in columns] for row in rows)])


def spreadsheet_lines(lines: Iterable[Sequence[Any]]) -> str:
    """The same of lines of cells, the first of them the header."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_safe(cell) for cell in line] for line in lines)
    return MARK + out.getvalue()


def _safe(cell: Any) -> Any:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")  # a carriage return alone would end the row
    if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{text}"
    return text
