"""The moments of the book that can be compared: an edition, the working one, a day, another data folder, what was accepted."""

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from frontier_calc.dates import parse_day
from frontier_calc.errors import did_you_mean
from frontier_calc.press import accept, diff, diff_words, editions, pages, snapshot, weave
from frontier_calc.press.diff import Change
from frontier_calc.press.pages import PageError
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import default_folder, load

ACCEPTED = "accepted"
FORMATS = ("terminal", "markdown", "json")


class MomentError(ValueError):
    """No such moment; the message says which there are."""


@dataclass(frozen=True)
class Moment:
    """The book at a moment: what it says, what is wrong with it, and which pages cannot be read for that."""

    said: Snapshot
    wrong: list[PageError] = field(default_factory=list)
    unread: frozenset[str] = frozenset()


def of_reading(on: Reading, root: Path, name: str = "") -> Moment:
    """The book in a reading."""
    woven, wrong = weave.readable(on, root)
    unread = {page.name for page in pages.all_pages(root)} - {page.page.name for page in woven}
    return Moment(snapshot.of_woven(woven, on, name), wrong, frozenset(unread))


def compare(old: Moment, new: Moment) -> list[Change]:
    """What moved on the pages that can be read at both moments: of the others nobody knows what they said, or say."""
    unread = old.unread | new.unread
    read = [{name: page for name, page in each.said.pages.items() if name not in unread} for each in (old, new)]
    return diff.compare(replace(old.said, pages=read[0]), replace(new.said, pages=read[1]))


def find(name: str, root: Path) -> Moment:
    """What the book says at a moment: a kept edition is read, any other moment woven.

    Raises MomentError for a name that is none.
    """
    data = default_folder()
    if name == ACCEPTED:
        found = accept.snapshot_of(root)
        if not found.pages:
            raise MomentError("nothing was accepted yet; run  frontier accept")
        return Moment(found)
    if editions.is_kept(data, name):
        return Moment(editions.read(data, name))
    return of_reading(_reading(name, data), root, name)


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
    """Print what moved between two moments, then what is wrong with either; the exit status."""
    moments = [find(name, root) for name in (old, new)]
    changes = compare(*moments)
    wrong = list(dict.fromkeys(str(error) for moment in moments for error in moment.wrong))
    if form == "json":
        print(diff_words.as_json(changes, wrong))
    elif form == "markdown":
        print(diff_words.markdown(changes, every) + diff_words.markdown_wrong(wrong), end="")
    else:
        colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        print(diff_words.terminal(changes, every, colours))
        print("".join(f"needs words: {line}\n" for line in wrong), end="")
    return 1 if wrong else 0
