"""Building: a mistake ends it with one message, and a change shows on every page."""

import csv
import shutil
from pathlib import Path

import books
import browser
import plain
import pytest

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def with_charts(book: Path) -> list[str]:
    return [name for name in ALL if '<figure class="chart"' in (books.site(book) / f"{name}.html").read_text("utf-8")]


# Mistakes end the build; changes show.

CELL = """```{code-cell} ipython3
import frontier_calc as fc
pace = fc.latest("openai-revenue-run-rate")
share = fc.constant("a share", 0.5)
```
"""
TINY = {
    "index": f"# One\n\n{CELL}\nThe pace is {{eval}}`pace`, {{eval}}`share.percent`.\n",
    "two": f"# Two\n\n{CELL}\nAgain {{eval}}`pace`.\n",
}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A book of two small pages on the real data and the real code."""
    return books.copy(tmp_path / "tiny", TINY)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("The pace is {eval}`paec`.", "two.md:23:13: found {eval}`paec`, expected a name made in a cell above"),
        ("The pace is {eval}`pace.fractoin`.", "two.md:23:13: found {eval}`pace.fractoin`"),
        ("```{code-cell} ipython3\nfc.latest('openai-run-rat')\n```", "two.md:24: no series 'openai-run-rat'"),
    ],
)
def test_a_misspelt_name_ends_a_plain_build_with_one_message(tiny: Path, wrong: str, message: str) -> None:
    with (tiny / "two.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{wrong}\n")
    done = books.plain(tiny)
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) < 12, done.stderr


def test_bad_data_ends_either_build_with_file_and_row(tiny: Path) -> None:
    path = tiny / "data" / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",reported,", ",repotred,", 1), encoding="utf-8")
    for build in (books.plain, books.make):
        done = build(tiny)
        assert done.returncode != 0
        assert "observations.csv, row " in done.stderr and "found 'repotred'" in done.stderr
        assert "Traceback" not in done.stdout + done.stderr


def append(folder: Path, **cells: str) -> None:
    """Append a row like the newest one of its series, with these cells changed."""
    path = folder / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    like = max((row for row in rows if row["series"] == cells["series"]), key=lambda row: row["published"])
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(rows[0])).writerow({**like, "low": "", "high": "", "qualifier": "exactly", **cells})


def shown(book: Path, name: str) -> str:
    return " ".join(plain.words_of(plain.article(books.site(book) / f"{name}.html")))


def test_a_change_in_data_or_code_shows_on_every_page_whichever_command_builds(tiny: Path) -> None:
    assert books.plain(tiny).returncode == 0
    before = shown(tiny, "index")
    june = {
        "series": "openai-revenue-run-rate",
        "period": "2026-10",
        "published": "2026-11-02",
        "recorded": "2026-11-26",
    }
    append(tiny / "data", **june, value="31.4", unit="USD bn", tag="reported")
    assert books.plain(tiny).returncode == 0
    assert "$31.4 billion" in shown(tiny, "index") and "$31.4 billion" in shown(tiny, "two")
    assert "$31.4 billion" not in before
    table = tiny / "frontier_calc" / "words.json"
    table.write_text(table.read_text("utf-8").replace('"USD": "$"', '"USD": "US$"'), encoding="utf-8")
    assert books.make(tiny).returncode == 0
    assert "US$31.4 billion" in shown(tiny, "index") and "US$31.4 billion" in shown(tiny, "two")
    # Another edition is another book, though no file has changed.
    assert books.plain(tiny, FRONTIER_EDITION="2026-05").returncode == 0
    assert "31.4" not in shown(tiny, "index") and "31.4" not in shown(tiny, "two")
    # A page that the book has no more is not left behind.
    contents = tiny / "_toc.yml"
    contents.write_text(contents.read_text("utf-8").replace("  - file: two\n", "  - file: three\n"), encoding="utf-8")
    (tiny / "two.md").rename(tiny / "three.md")
    assert books.plain(tiny).returncode == 0
    assert {page.name for page in books.site(tiny).glob("*.html")} >= {"index.html", "three.html"}
    assert not (books.site(tiny) / "two.html").exists()


APART = {
    "index": "# One\n\nA page of words.\n",
    "two": TINY["two"]
    + "\n```{code-cell} ipython3\nfrom frontier_calc import book\nbook.ledger_sheet(globals())\n```\n",
    "three": "# Three\n\n"
    + CELL.replace("openai-revenue-run-rate", "anthropic-revenue-run-rate")
    + "\nAnd {eval}`pace`.\n\n```{code-cell} ipython3\nfrom frontier_calc import book\nbook.ledger_sheet(globals())\n```\n",
}
OF_THE_BUILD = {".buildinfo", "objects.inv", "searchindex.js"}  # these say in what order the pages were read


def made(book: Path) -> dict[str, bytes]:
    """Every file of a built site, but for what tells of the build and not of the book."""
    site = books.site(book)
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name not in OF_THE_BUILD
    }


def test_after_a_row_its_pages_alone_are_built_and_the_site_is_the_one_of_a_full_build(tmp_path: Path) -> None:
    book = books.copy(tmp_path / "book", APART)
    assert books.make(book).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in books.site(book).glob("*.html")}
    append(book / "data", series="openai-revenue-run-rate", value="51.4", recorded="2026-11-28")  # a correction
    assert books.make(book).returncode == 0
    written = {path.stem for path, when in before.items() if path.stat().st_mtime_ns != when}
    assert "two" in written and "three" not in written
    whole = books.copy(tmp_path / "whole", APART)
    shutil.copytree(book / "data", whole / "data", dirs_exist_ok=True)
    assert books.make(whole).returncode == 0
    partial, full = made(book), made(whole)
    assert partial.keys() == full.keys()
    assert [name for name in full if partial[name] != full[name]] == []
    assert "$51.4 billion" in shown(book, "two")


MUTE = """
```{code-cell} ipython3
class Mute:
    def _repr_mimebundle_(self, **_):
        return {"application/vnd.vegalite.v5+json": {"mark": "bar"}, "text/plain": "a chart"}
Mute()
```
"""


def test_a_chart_without_words_ends_the_build(tiny: Path) -> None:
    with (tiny / "two.md").open("a", encoding="utf-8") as page:
        page.write(MUTE)
    done = books.plain(tiny)
    assert done.returncode != 0
    assert "two: found a chart without words" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
