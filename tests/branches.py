"""Each branch of each claim as a reader would see it, with the data that lead there: to be read line by line.

``python tests/branches.py [PAGE ...]`` weaves the book in its editions, as of the first day of every month, and in each of
the synthetic futures, and prints every sentence that some of these readings say. What none of them says is listed last,
worded with today's figures, so that it can be held against its condition.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import futures

from frontier_calc.press import weave
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading

ROOT = Path(__file__).resolve().parents[1]
MONTHS = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(23)]


@dataclass
class Said:
    """A branch: its condition, the sentence as the first of its readings has it, and the names of all of them."""

    condition: str
    as_if: str
    sentence: str = ""
    readings: list[str] = field(default_factory=list)


def readings(scratch: Path) -> Iterator[tuple[str, Reading]]:
    """The moments and the worlds in which the book is read, by name; the editions first."""
    for name in ["working", "2026-05"]:
        yield name, reading.edition(name)
    for day in [date(2026, 7, 30), *reversed(MONTHS)]:
        yield str(day), reading.as_of(day)
    for name in futures.FUTURES:
        yield name, futures.read(name, scratch / name)


def branches(pages: list[str]) -> dict[str, list[Said]]:
    """The branches of every claim, by page and claim, in the order in which they are gone through."""
    found: dict[str, list[Said]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, on in readings(Path(scratch)):
            for page in weave.weave_all(on, ROOT, pages):
                for claim in page.claims.values():
                    listed = found.setdefault(
                        f"{page.page.name}/{claim.id}",
                        [Said(each.text or each.kind, "".join(map(str, claim.said(each)))) for each in claim.branches],
                    )
                    if claim.branch is not None:
                        said = listed[claim.branches.index(claim.branch)]
                        said.sentence = said.sentence or str(claim)
                        said.readings.append(name)
    return found


def main() -> None:
    """Print them."""
    found = branches(sys.argv[1:])
    for claim, listed in found.items():
        print(f"\n{claim}")
        for said in listed:
            if said.readings:
                more = f" and {len(said.readings) - 3} more" if len(said.readings) > 3 else ""
                print(f"  {said.condition}  [{', '.join(said.readings[:3])}{more}]\n    {said.sentence or '(nothing)'}")
    silent = [
        f"{claim}: {said.condition}\n    {said.as_if or '(nothing)'}"
        for claim, listed in found.items()
        for said in listed
        if not said.readings
    ]
    number = sum(map(len, found.values()))
    print(f"\n{number} branches of {len(found)} claims; {len(silent)} that none of these readings says:")
    print("\n".join(silent))


if __name__ == "__main__":
    main()
