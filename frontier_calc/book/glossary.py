"""The terms that the book explains, as they are written in ``reference/glossary.md``."""

import re
from functools import lru_cache
from pathlib import Path

PLACE = Path("reference", "glossary.md")
LISTED = re.compile(r"^:::\{glossary\}\n(.*?)^:::", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^([^\s:].*)\n((?:[ \t].*\n?|\n)*)", re.MULTILINE)  # a term, and its definition indented below it


def entries(root: Path) -> dict[str, str]:
    """Each term of the book that lies in ``root``, with its definition as it is written."""
    path = root / PLACE
    return _entries(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=4)
def _entries(path: Path, changed: int) -> dict[str, str]:
    found = LISTED.search(path.read_text(encoding="utf-8"))
    return {term: said.strip() for term, said in ENTRY.findall(found[1])} if found else {}
