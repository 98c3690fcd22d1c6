"""The walk to a published edition: check, what is due, the text that was read, the pins, and then the edition itself.

Each stop looks at how things stand, so a walk that was left is taken up again by walking it again: what is done already
costs a line. Nothing is written before every stop lets it pass.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontier_calc.press import accept, diff_words, editions, expiry, findings, memory, reports
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading

Ask = Callable[[str], bool]


@dataclass(frozen=True)
class Stop:
    """A stop of the walk: what it is about, what there is to say, and whether it lets the walk go on."""

    name: str
    lines: Sequence[str]
    passes: bool = True


@dataclass(frozen=True)
class Asked:
    """What an author asks for: see ``editions.publish``."""

    id: str
    title: str = ""
    as_of: str = ""
    without: Sequence[str] = ()


def publish(root: Path, data: Path, asked: Asked, ask: Ask, dry: bool = False) -> int:
    """Walk to a published edition and publish it, unless ``dry``; the exit status.

    ``ask`` is asked before anything is written: first for the text, where it has moved since it was accepted, then for
    the edition. Raises what ``editions.publish`` raises.
    """
    if editions.is_kept(data, asked.id):
        print(
            f"edition {asked.id} is published and kept in {editions.folder(data, asked.id)}; commit that folder, data/ and the pages that you have mended"
        )
        return 0
    stops = _stops(root, data, asked)
    for number, stop in enumerate(stops, start=1):
        said = f"{number}. {stop.name}: {'' if stop.passes else 'stops here. '}{stop.lines[0]}"
        print(reports.fitted("\n".join([said, *(f"   {line}" for line in stop.lines[1:])])))
    if not all(stop.passes for stop in stops):
        print("nothing was published; mend what stops the walk, and walk it again")
        return 1
    if dry:
        print("nothing was written: this was a rehearsal")
        return 0
    sys.stdout.flush()
    if _moved(root) and not (ask("accept this text?") and accept.accept(root) == 0):
        return _not_now()
    if not ask(f"publish edition {asked.id}?"):
        return _not_now()
    print("\n".join(editions.publish(root, data, asked.id, asked.title, asked.as_of, asked.without)))
    print("the page What Changed tells it from now on; commit it, and  make site  puts it at its address")
    return 0


def _not_now() -> int:
    print("nothing was published")
    return 1


def _stops(root: Path, data: Path, asked: Asked) -> list[Stop]:
    """Every stop, each of which only looks."""
    draft = editions.drafted(data, asked.id, asked.title, asked.as_of, asked.without)
    on = editions.read_on(reading.edition("working", data), draft.as_of)
    pins = [f"{pin.series}, {pin.asked}, goes on being held: {pin.reason}" for pin in draft.pins]
    pins += [f"{series} is held no longer" for series in asked.without]
    return [
        _checked(on, root),
        _spoken_for(on, root),
        _read(root),
        Stop("pins", [f"{len(draft.pins)} held", *pins]),
        Stop("edition", [f"{draft.title}, read on {draft.as_of}; kept in {editions.folder(data, asked.id)}"]),
    ]


def _checked(on: Reading, root: Path) -> Stop:
    found = findings.of(on, root)
    lines = [f"{found.wrong} problem(s)", *found.problems, *(line for each in found.sentences for line in each.lines)]
    if found.sentences:
        lines.append(memory.READ_THEM)
    return Stop("check", lines, passes=not found.wrong)


def _moved(root: Path) -> str:
    """What moved since the text was accepted, in short; empty where nothing did."""
    moved = accept.moved(root)
    return "" if moved == diff_words.NOTHING else moved


def _read(root: Path) -> Stop:
    moved = _moved(root)
    return Stop("text", ["has moved since it was accepted", *moved.splitlines()] if moved else ["as it was accepted"])


def _spoken_for(on: Reading, root: Path) -> Stop:
    """What is due must be spoken for: told since, or said in still-due.txt why it is waited for."""
    spoken = expiry.spoken_for(root)
    due = expiry.newest(on.due())
    silent = [row for row in due if (row.series.id, row.period.text) not in spoken]
    lines = [f"{len(due)} due, {len(due) - len(silent)} spoken for"]
    lines += [findings.told(row) for row in silent]
    if silent:
        lines.append(
            f"add what is known by now, or say in {expiry.STILL_DUE} why it is waited for: SERIES PERIOD: reason"
        )
    return Stop("due", lines, passes=not silent)


def in_terminal(question: str) -> bool:
    """Ask a person; a program must say yes beforehand."""
    if not sys.stdin.isatty():
        print(f"{question} nobody is there to answer: add --yes")
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def always(question: str) -> bool:
    """The answer of whoever said yes beforehand."""
    return True
