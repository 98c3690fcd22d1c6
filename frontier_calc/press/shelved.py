"""What was worked out once and need not be again, by the next command either: below ``_build``, in no edition, deletable.

Each thing is shelved under the hash of all that it depends on, and of the code that makes it. It is never asked how old a
thing is, only whether it was made of just this; a thing that cannot be read, or not be shelved, is made.
"""

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
CODE = (".py", ".json")  # the words table belongs to the code


def shelf(root: Path) -> Path:
    """Where a book's things are shelved."""
    return root / "_build" / ".shelf"


def either(root: Path, name: str, rests_on: Iterable[str], make: Callable[[], Any]) -> Any:
    """What is shelved under a name, where it was made of what it ``rests_on`` now; else what ``make`` gives, shelved.

    It is plain JSON. One thing stands under a name: the shelf does not grow.
    """
    made_of = _hash(rests_on)
    path = shelf(root) / f"{name.replace('/', '-')}.json"
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["made_of"] == made_of:
            return kept["thing"]
    thing = make()
    with contextlib.suppress(OSError):  # a full disk, a folder that is not ours: next time it is made again
        _put(path, json.dumps({"made_of": made_of, "thing": thing}, ensure_ascii=False))
    return thing


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all, whoever else writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _hash(parts: Iterable[str]) -> str:
    found = hashlib.sha256(code().encode())
    for part in parts:
        found.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())  # two parts are not one long one
    return found.hexdigest()


@cache
def code() -> str:
    """The hash of the Python that runs and of the whole package: whatever of it makes a thing is among it."""
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(each for each in PACKAGE.rglob("*") if each.suffix in CODE):
        found.update(path.relative_to(PACKAGE).as_posix().encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
