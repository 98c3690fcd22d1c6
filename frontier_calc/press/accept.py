"""Accepting: what the notebooks show becomes the reference that the tests compare with."""

import json
import subprocess
import sys
from pathlib import Path

from frontier_calc.press import weave
from frontier_calc.press.pages import all_pages, text_of
from frontier_calc.record import reading

FIRST = "2026-05"


def editions() -> list[str]:
    """The editions whose pages are held: the first one, the newest one and the working one, each once."""
    store = reading.current().store
    return list(dict.fromkeys([FIRST, store.newest.id, "working"]))


def renew(root: Path) -> int:
    """Run every notebook for every held edition, renew the references and the list of addresses, show the changes."""
    folder = root / "tests" / "reference"
    wanted = [folder / edition / f"{page.name}.json" for edition in editions() for page in all_pages(root)]
    before = {path: path.read_text(encoding="utf-8") if path.exists() else "[]" for path in wanted}
    for path in folder.glob("*/*.json"):
        if path not in wanted:
            print(f"removed {path.relative_to(root)}: no such page or edition is held any more")
            path.unlink()
    for path in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or not path.stat().st_size:
            path.write_text("[]\n", encoding="utf-8")  # and so it stays for a page without cells
    print(f"running {len(wanted)} notebooks ...", flush=True)
    options = ["-q", "--renew", "--no-header", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, *map(str, wanted)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if done.returncode:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
        print(done.stdout[-6000:])
        print("a notebook failed; the references stay as they were")
        return 1
    changed = sum(_changes(path, text, root) for path, text in before.items())
    addresses = sorted(a for page in weave.weave_all(reading.edition("working"), root) for a in page.addresses)
    (folder / "addresses.txt").write_text("\n".join(addresses) + "\n", encoding="utf-8")
    print(f"{changed} value(s) and outputs changed; {len(addresses)} addresses")
    return 0


def _changes(path: Path, before: str, root: Path) -> int:
    old, new = _texts(before or "[]"), _texts(path.read_text(encoding="utf-8"))
    changed = [place for place, now in new.items() if old.get(place) != now]
    for place in changed:
        if place in old:
            _, where, source = place
            was, now = old[place].splitlines(), new[place].splitlines()
            print(f"{path.relative_to(root)} '{where}' {source.splitlines()[-1]}")
            print("".join(f"  - {line}\n" for line in was if line not in now), end="")
            print("".join(f"  + {line}\n" for line in now if line not in was), end="")
    if new and not old:
        print(f"{path.relative_to(root)}: new, {len(new)} cells and values")
    return len(changed)


def _texts(reference: str) -> dict[tuple[int, str, str], str]:
    """What each cell of a reference shows, in plain text, by its number, its section and its source."""
    return {(n, cell["where"], cell["source"]): _text(cell) for n, cell in enumerate(json.loads(reference))}


def _text(cell: dict) -> str:
    data = [output.get("data", {}) for output in cell["outputs"]]
    return "\n".join(text_of(d["text/html"]) if "text/html" in d else str(d.get("text/plain", "")) for d in data)
