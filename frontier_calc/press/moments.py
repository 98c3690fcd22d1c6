"""The moments of the book that can be compared: an edition, the working one, a day, another data folder, what was accepted."""

import os
import sys
from pathlib import Path

from frontier_calc.dates import parse_day
from frontier_calc.errors import did_you_mean
from frontier_calc.press import accept, diff, diff_words, editions, snapshot, weave
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import default_folder, load

ACCEPTED = "accepted"
FORMATS = ("terminal", "markdown", "json")


class MomentError(ValueError):
    """No such moment; the message says which there are."""


def find(name: str, root: Path) -> Snapshot:
    """What the book says at a moment: a kept edition is read, any other moment woven.

    Raises MomentError for a name that is none, PageError where a page cannot be woven.
    """
    data = default_folder()
    if name == ACCEPTED:
        found = accept.snapshot_of(root)
        if not found.pages:
            raise MomentError("nothing was accepted yet; run  frontier accept")
        return found
    if editions.is_kept(data, name):
        return editions.read(data, name)
    on = _reading(name, data)
    return snapshot.of_woven(weave.weave_all(on, root), on, name)


def _reading(name: str, data: Path) -> Reading:
    known = [*load(data).editions, accept.WORKING]
    if name in known:
        return reading.edition(name, data)
    path = Path(name)
    if (path / "datapackage.json").exists():
        return reading.edition(accept.WORKING, path.resolve())
    try:
        return reading.as_of(parse_day(name), data)
    except ValueError:
        near = did_you_mean(name, [*known, ACCEPTED])
        named = ", ".join([*known, ACCEPTED])
        raise MomentError(
            f"found no moment {name!r}, expected one of {named}, a day such as 2026-04-30, or a data folder{near}"
        ) from None


def show(old: str, new: str, root: Path, form: str = "terminal", every: bool = False) -> int:
    """Print what moved between two moments."""
    changes = diff.compare(find(old, root), find(new, root))
    if form == "json":
        print(diff_words.as_json(changes))
    elif form == "markdown":
        print(diff_words.markdown(changes, every), end="")
    else:
        colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        print(diff_words.terminal(changes, every, colours))
    return 0
