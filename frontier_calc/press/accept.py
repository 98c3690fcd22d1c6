"""Accepting: what the pages say becomes the golden text that the tests compare with."""

import difflib
from pathlib import Path

from frontier_calc.press import weave
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading

FIRST = "2026-05"


def editions() -> list[str]:
    """The editions whose pages are held: the first one, the newest one and the working one, each once."""
    store = reading.current().store
    return list(dict.fromkeys([FIRST, store.newest.id, "working"]))


def golden(root: Path) -> Path:
    """Where the accepted texts are."""
    return root / "tests" / "reference"


def texts(root: Path) -> dict[str, str]:
    """What is accepted, by file below the folder of golden texts: each page in each edition held, and the addresses."""
    found: dict[str, str] = {}
    pages: list[Woven] = []
    for edition in editions():
        pages = weave.weave_all(reading.edition(edition), root)
        found.update({f"{edition}/{page.page.name}.txt": page.text + "\n" for page in pages})
    addresses = sorted(address for page in pages for address in page.addresses)
    found["addresses.txt"] = "\n".join(addresses) + "\n"
    return found


def accept(root: Path) -> int:
    """Weave every page in every edition held, make the golden texts what they say, and show what changed."""
    folder = golden(root)
    now = texts(root)
    before = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.txt")}
    for name in sorted({*now, *before}):
        if now.get(name) != before.get(name):
            _show(name, before.get(name, ""), now.get(name, ""))
    for name in {*before} - {*now}:
        (folder / name).unlink()
    for name, text in now.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return 0


def _show(name: str, before: str, now: str) -> None:
    print(name)
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), lineterm="", n=0)
    for line in list(lines)[2:]:
        if not line.startswith("@@"):
            print(f"  {line}")
