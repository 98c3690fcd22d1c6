"""Accepting: what the pages say becomes the golden text that tests and comparisons hold them against.

``tests/reference/`` holds what the chapters say now, read in the first edition, in the newest one until it is published,
and in the working one: ``EDITION/PAGE.txt``. What an edition said when it was published is kept in ``editions/``. Of the
working edition it holds
``addresses.txt``, every figure's address; ``rows.txt``, the rows that were known; ``kinds.csv``, what each sentence
remembers of its figures; and ``claims.csv``, what each claim said.
"""

import csv
import io
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frontier_calc.press import diff, diff_words, editions, folders, memory, reports, snapshot, weave
from frontier_calc.press.memory import Remembered
from frontier_calc.press.pages import PageError
from frontier_calc.press.snapshot import ClaimState, Fact, Snapshot
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading, writing
from frontier_calc.record.store import default_folder

FIRST = "2026-05"
WORKING = "working"
READ_ON = "# read on "
CLAIMS = ("page", "claim", "verdict", "sentence")


def held() -> list[str]:
    """The editions in which the chapters are held by golden text: the first, the working one, the newest until it is kept."""
    store = reading.current().store
    newest = [] if editions.is_kept(default_folder(), store.newest.id) else [store.newest.id]
    first = [FIRST] if FIRST in store.editions else []
    return list(dict.fromkeys([*first, *newest, WORKING]))


def golden(root: Path) -> Path:
    """Where the accepted texts are."""
    return root / "tests" / "reference"


# What was accepted.


@dataclass(frozen=True)
class Accepted:
    """What is remembered of the working edition as it was accepted."""

    day: date | None
    facts: dict[str, Fact]
    kinds: list[Remembered]
    claims: dict[str, ClaimState]


def accepted(root: Path) -> Accepted:
    """What is remembered; empty where nothing was accepted yet."""
    rows = _read(root, "rows.txt")
    first = rows.partition("\n")[0]
    day = date.fromisoformat(first.removeprefix(READ_ON)) if first.startswith(READ_ON) else None
    claims = {
        f"{row['page']}/{row['claim']}": ClaimState(row["verdict"], row["sentence"])
        for row in csv.DictReader(io.StringIO(_read(root, "claims.csv")))
    }
    return Accepted(day, snapshot.facts_from_text(rows), memory.from_text(_read(root, "kinds.csv")), claims)


def _read(root: Path, name: str) -> str:
    path = golden(root) / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def golden_texts(root: Path, edition: str) -> dict[str, str]:
    """The accepted text of each page of an edition, by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((golden(root) / edition).glob("*.txt"))}


def snapshot_of(root: Path, edition: str = WORKING, now: Snapshot | None = None) -> Snapshot:
    """An edition as it was accepted. Of one that is not the working one, the rows are those known ``now`` as well."""
    known = accepted(root)
    templates: dict[str, set[str]] = {}
    for each in known.kinds:
        templates.setdefault(each.page, set()).add(each.sentence)
    pages = {name: snapshot.of_text(name, text) for name, text in golden_texts(root, edition).items()}
    if edition == WORKING or now is None:
        return Snapshot("accepted", known.day, pages, known.facts, known.claims, templates)
    both = {identity: fact for identity, fact in known.facts.items() if identity in now.facts}
    facts = {identity: both.get(identity, fact) for identity, fact in now.facts.items()}
    return Snapshot(f"accepted {edition}", now.day, pages, facts, {}, templates)


# Accepting.


def files(woven: dict[str, list[Woven]]) -> dict[str, str]:
    """What is accepted, by file below the folder of golden texts."""
    found: dict[str, str] = {}
    for edition, pages in woven.items():
        found.update({f"{edition}/{page.page.name}.txt": page.text + "\n" for page in pages})
    working = woven[WORKING]
    on = working[0].reading
    found["addresses.txt"] = "".join(f"{address}\n" for address in sorted(_addresses(working)))
    found["rows.txt"] = f"{READ_ON}{on.as_of.isoformat()}\n{snapshot.facts_as_text(snapshot.facts(on))}"
    found["kinds.csv"] = memory.as_text(memory.kinds(working, on))
    found["claims.csv"] = _claims_as_text(snapshot.of_woven(working, on).claims)
    return found


def _addresses(pages: list[Woven]) -> list[str]:
    return [address for page in pages for address in page.addresses]


def _claims_as_text(claims: dict[str, ClaimState]) -> str:
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(CLAIMS)
    for name, claim in sorted(claims.items()):
        page, _, id = name.partition("/")
        writer.writerow([page, id, claim.verdict, claim.sentence])
    return made.getvalue()


def accept(root: Path) -> int:
    """Weave every page in every edition held, show what moved, then make the golden texts what the pages say.

    Raises PageError naming page, edition and reason where one cannot be woven; nothing has changed then.
    """
    folder = golden(root)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with writing.locked(folder.parent):
        return _accept(root, folder)


def _accept(root: Path, folder: Path) -> int:
    woven = {edition: _woven(root, edition) for edition in held()}
    for edition, pages in woven.items():
        print(reports.fitted(f"{edition}: {_moved(root, edition, pages)}"))
    _tell_addresses(root, _addresses(woven[WORKING]))
    made = files(woven)
    sys.stdout.flush()  # what moved is on the screen before anything is written
    folders.swap(folder, made)
    print(f"accepted: {folder.relative_to(root)} holds what the pages say now")
    return 0


def recover_if_alone(root: Path) -> list[str]:
    """Finish or undo what a process that was killed while it accepted has left, unless one is accepting at this moment.

    What was done, a line each.
    """
    folder = golden(root)
    if not folders.has_leavings(folder) or folders.is_locked(folder.parent):
        return []
    with folders.telling(), writing.locked(folder.parent):
        done = folders.recover(folder)
    return [f"an earlier  frontier accept  was stopped; what it had begun was {done}"]


def _moved(root: Path, edition: str, pages: list[Woven]) -> str:
    """What moved on the pages of an edition since they were accepted, in short."""
    now = snapshot.of_woven(pages, pages[0].reading)
    before = snapshot_of(root, edition, now)
    if not before.pages:
        return "accepted for the first time"
    changes = diff.compare(before, now)
    told = diff_words.short(changes)
    return f"what moved\n{told}" if changes else told


def _woven(root: Path, edition: str) -> list[Woven]:
    try:
        return weave.weave_all(reading.edition(edition), root)
    except PageError as error:
        message = f"{error.message} [{edition}]; nothing was accepted"
        raise PageError(error.path, error.line, message, error.column) from None


def _tell_addresses(root: Path, now: list[str]) -> None:
    """Say which addresses came and went: a link to one that went leads nowhere."""
    before = set(_read(root, "addresses.txt").split())
    if not before:
        return
    for address in sorted(before - set(now)):
        print(f"address gone, and links to it with it: {address}")
    for address in sorted(set(now) - before):
        print(f"new address: {address}")


# For a build, and for a check.


def moved(root: Path) -> str:
    """What moved since the pages were accepted, in short; empty where nothing was accepted yet."""
    on = reading.current()
    if not on.working or not golden_texts(root, WORKING):
        return ""
    now = snapshot.of_woven(weave.weave_all(on, root), on)
    changes = diff.compare(snapshot_of(root), now)
    return diff_words.short(changes, few=3)
