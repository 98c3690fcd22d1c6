"""What a check says besides the pages' own mistakes: kept editions, sentences to read again, rows that no page uses."""

from dataclasses import dataclass
from pathlib import Path

from frontier_calc.press import accept, memory, verify, weave
from frontier_calc.press.pages import PageError
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import default_folder


@dataclass(frozen=True)
class Held:
    """What is wrong, and what an author should know; a line each."""

    problems: list[str]
    notes: list[str]


def against_what_was(on: Reading, root: Path) -> Held:
    """Hold the data against the editions that were published from it, and the sentences against what they remember.

    Only the working edition is read again: what an older one says is kept, or tested.
    """
    kept = verify.verify(default_folder())
    problems = kept.lines
    notes = kept.told
    accepted = accept.accepted(root)
    if not on.working or not accepted.facts:
        return Held(problems, notes)
    try:
        woven = weave.weave_all(on, root)
    except PageError:
        return Held(problems, notes)  # the check of the pages has named it
    problems += memory.changed(woven, on, accepted.kinds, accepted.facts)
    notes += memory.unused(on, accepted.facts)
    return Held(problems, notes)
