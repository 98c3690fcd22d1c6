"""Folders that are replaced whole or not at all, and what a process that was killed in between leaves behind.

A folder is drafted beside its place, under a name that begins with a point, and renamed when it is complete.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

try:
    import fcntl

    HAS_LOCKS = True
except ImportError:  # Windows has none
    HAS_LOCKS = False


class FolderError(ValueError):
    """Something could not be written; the message says what and why."""


@contextlib.contextmanager
def telling(place: Path | None = None) -> Iterator[None]:
    """Inside, what the system refuses is told as a FolderError; ``place`` is named where it does not say what it refused."""
    try:
        yield
    except BrokenPipeError:
        raise  # nobody listens any more, which no file is to blame for
    except OSError as error:
        raise FolderError(_told(error, f"a file in {place}" if place else "a file")) from None


def _told(error: OSError, somewhere: str) -> str:
    """Which file could not be written and why; of many that were copied, the first."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, target, why = error.args[0][0]
        reason = re.sub(r"^\[Errno \d+\] |: '.*", "", why)
        return f"{target} could not be written: {reason.lower()}"
    target = error.filename2 or error.filename or somewhere  # of a copy, the second is the one that is written
    return f"{target} could not be written: {(error.strerror or str(error)).lower()}"


def is_locked(folder: Path) -> bool:
    """True while another process writes in a folder."""
    return _is_locked_by_system(folder) if HAS_LOCKS else (folder / ".frontier-lock").exists()


def _is_locked_by_system(folder: Path) -> bool:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def write(path: Path, text: str) -> None:
    """Write one file, its folders too, down to the disk. What the system refuses names the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk has none
        raise


def _drafted(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.new")


def _replaced(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def swap(folder: Path, files: Mapping[str, str]) -> None:
    """Put ``files``, by path below it, in the place of all that a folder holds.

    Killed before the first rename nothing has changed; between the two :func:`recover` finishes what was begun.
    """
    with telling():
        _swap(folder, _drafted(folder), _replaced(folder), files)


def _swap(folder: Path, draft: Path, old: Path, files: Mapping[str, str]) -> None:
    for left in (draft, old):
        if left.exists():
            shutil.rmtree(left)
    try:
        for name, text in files.items():
            write(draft / name, text)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _put_in_place(folder, draft, old)


def _put_in_place(folder: Path, draft: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    if old.exists():
        shutil.rmtree(old)


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of ``folder`` when the block ends.

    Where the block raises, or the process is killed in it, nothing has changed; between the two renames see
    :func:`recover`, which is done first here as well.
    """
    with telling(folder):
        recover(folder)
        draft = _drafted(folder)
        draft.mkdir(parents=True)
        try:
            yield draft
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        _put_in_place(folder, draft, _replaced(folder))


def has_leavings(folder: Path) -> bool:
    """True where a swap was stopped, or is under way."""
    return _drafted(folder).exists() or _replaced(folder).exists()


def recover(folder: Path) -> str:
    """Finish or undo a swap that was stopped; what was done, empty where nothing was left."""
    draft = _drafted(folder)
    old = _replaced(folder)
    told = ""
    if not folder.exists() and old.exists():  # the draft was complete before the folder was moved away
        kept = draft if draft.exists() else old
        kept.rename(folder)
        told = "finished" if kept == draft else "undone"
    elif draft.exists():
        told = "undone"
    elif old.exists():
        told = "finished"
    for left in (draft, old):
        if left.exists():
            shutil.rmtree(left)
    return told
