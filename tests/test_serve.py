"""The book on localhost while an author writes."""

import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import books
import pytest

pytestmark = pytest.mark.book

PAGES = {"index": "# One\n\nA page without cells.\n", "two": "# Two\n\nAnother.\n"}


def answer(address: str) -> str:
    """The page at an address; empty while nobody answers there."""
    try:
        with urllib.request.urlopen(address, timeout=60) as page:
            return page.read().decode()
    except OSError:
        return ""


def title(page: str) -> str:
    return re.search("<title>([^<&·]*)", page)[1].strip()


def test_serve_shows_the_book_and_builds_it_again_on_a_change(tmp_path: Path) -> None:
    book = books.copy(tmp_path / "book", PAGES)
    command = [sys.executable, "-m", "frontier_calc.press.cli", "serve"]
    serving = subprocess.Popen(command, cwd=book, env=books.surroundings(book), stdout=subprocess.PIPE, text=True)
    try:
        address = next(found[0] for line in serving.stdout if (found := re.search(r"http://localhost:\d+", line)))
        address, deadline = f"{address}/two.html", time.monotonic() + 120
        while not (page := answer(address)) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert title(page) == "Two"
        assert "livereload.js" in page  # a page that is open loads itself anew
        (book / "two.md").write_text(books.HEADER + "# Another Title\n", encoding="utf-8")
        while title(page := answer(address)) == "Two" and time.monotonic() < deadline:
            time.sleep(0.5)
        assert title(page) == "Another Title"
    finally:
        serving.kill()
        serving.communicate()
