"""What a check says besides the pages' own mistakes: kept editions, sentences to read again, rows that no page uses."""

from dataclasses import dataclass
from pathlib import Path

from frontier_calc.press import accept, memory, pages, verify, weave
from frontier_calc.press.memory import ToRead
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import default_folder


@dataclass(frozen=True)
class Held:
    """What is wrong, which sentences no longer fit their figures, and what an author should know; a line each."""

    problems: list[str]
    sentences: list[ToRead]
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
        return Held(problems, [], notes)
    woven = _woven(on, root)
    sentences = memory.changed(woven, on, accepted.kinds, accepted.facts)
    notes += memory.turned(woven, accepted.claims)
    if len(woven) == len(pages.all_pages(root)):
        notes += memory.unused(on, accepted.facts)
    else:
        notes.append("which new rows no page uses is told once every page can be read")
    return Held(problems, sentences, notes)


def _woven(on: Reading, root: Path) -> list[Woven]:
    """The pages that can be read whole; what is wrong with the others, the check of the pages names."""
    return [page for page in weave.readable(on, root)[0] if not page.open]
