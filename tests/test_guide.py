"""The author's guide does as it says: each of its commands is run as it stands there, one after the other."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import books
import making
import pytest

from frontier_calc.press import editions

pytestmark = pytest.mark.book

GUIDE = books.ROOT / "reference" / "authors-month.md"
FROM_NOW = "2026-10-31"  # what the guide enters is news after this day
ID = "2026-11"
# One page on the book's own data stands for all: the commands are what is tried here.
PAGE = """# The Premise

```{code-cell} ipython3
import frontier_calc as fc
from frontier_calc import book

pace = fc.latest("anthropic-revenue-run-rate")
```

Anthropic sold at a pace of {eval}`pace`.

```{code-cell} ipython3
book.ledger_sheet(globals())
```
"""


def commands() -> list[str]:
    """The commands of the guide, in order."""
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book as an author has it before the month of the guide: its one edition open, its text accepted."""
    made = books.copy(tmp_path / "book", {"index": PAGE})
    shutil.rmtree(made / "data")
    making.before(made / "data", FROM_NOW)
    (made / "not-measured.txt").unlink()  # none of its phrases stands on the page
    table = re.search(r"```text\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert table
    (made / "headlines.csv").write_text(table[1], encoding="utf-8")
    program = made / "bin" / "frontier"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m frontier_calc.press.cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    assert run(made, "frontier accept").returncode == 0
    return made


def run(book: Path, command: str) -> subprocess.CompletedProcess:
    return books.run(book, "/bin/sh", "-c", f'PATH="$PWD/bin:$PATH"; {command}')


def test_each_command_of_the_guide_does_what_it_says(book: Path) -> None:
    said = {}
    for command in commands():
        done = run(book, command)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}\n{done.stderr}"
        said[command] = done.stdout
    rows = (book / "data" / "observations.csv").read_text("utf-8")
    assert rows.count("the-wire-") >= 3 and "mistral-weekly-users" in (book / "data" / "series.csv").read_text("utf-8")
    assert "projection(s) due" in said["frontier due"]
    assert any("nothing was written" in told for command, told in said.items() if "--dry-run" in command)
    assert "$80 billion" in said["frontier diff"]
    assert editions.is_kept(book / "data", ID)
    assert "$80 billion" in editions.texts(book / "data", ID)["premise"]
