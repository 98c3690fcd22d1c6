"""On a file system that is full: nothing half-written, one line that says so, and the next run, with room, is right.

The disk is a real one of a few hundred kilobytes, and each command is tried on it with ever more room, so that it runs out
at one place after another.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import books
import pytest
import small_book

from frontier_calc.press import cli, edition_pages, editions, permanent

pytestmark = pytest.mark.slow

ROOM = 2048  # kilobytes
PAGE = 4  # kilobytes: what a file of a line takes
ID = "2026-06"
ADD = ["add", "lab revenue", "surpassed $55bn", "--period", "2026-06", "--published", "2026-06-28",
       "--url", "https://lab.example/news/55", "--outlet", "Lab", "--title", "Lab passes 55", "--yes"]  # fmt: skip


@contextlib.contextmanager
def mounted(place: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of so many kilobytes."""
    place.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)], capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("no mount here")
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    with mounted(tmp_path / "disk", ROOM) as place:
        yield place


@pytest.fixture
def data(disk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small book on it, with one edition published and its text accepted."""
    made = small_book.write(disk / "book")
    shutil.copy(books.ROOT / "_config.yml", made.parent)
    monkeypatch.chdir(made.parent)
    monkeypatch.setenv("FRONTIER_DATA", str(made))
    editions.publish(made.parent, made, "2026-05")
    assert cli.main(["accept"]) == 0
    return made


def leave(disk: Path, kilobytes: int) -> None:
    """Fill the disk but for so much."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    free = shutil.disk_usage(disk).free - kilobytes * 1024
    ballast.write_bytes(b"\0" * max(free, 0))
    assert shutil.disk_usage(disk).free <= kilobytes * 1024


def refused(disk: Path, run: Callable[[], int], capsys: pytest.CaptureFixture[str]) -> int:
    """How often a command found no room, with ever more of it, before it had enough; the last run has been right."""
    before = small_book.files(disk / "book")
    for times in range(ROOM // PAGE):
        leave(disk, times * PAGE)
        capsys.readouterr()
        status = run()
        told = capsys.readouterr().err
        if status == 0:
            (disk / "ballast").unlink()
            return times
        assert told.count("\n") == 1 and "no space left on device" in told and len(told) < 300, told
        assert str(disk) in told, told  # which file it was
        assert small_book.files(disk / "book") == before, f"with {times * PAGE} kB: {told}"
    raise AssertionError("never enough room")


def entered(data: Path) -> None:
    small_book.append(data, period="2026-05", published="2026-06-20", value="52", recorded="2026-07-01")


@pytest.mark.parametrize("where", ["the book", "the book and what is temporary"])
def test_a_row_is_added_whole_or_not_at_all(
    disk: Path, data: Path, capsys, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if "temporary" in where:
        (disk / "tmp").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(disk / "tmp"))
    assert refused(disk, lambda: cli.main(ADD), capsys) > 1
    assert "55" in (data / "observations.csv").read_text("utf-8").splitlines()[-1]


def test_a_text_is_accepted_whole_or_not_at_all(disk: Path, data: Path, capsys) -> None:
    entered(data)
    assert refused(disk, lambda: cli.main(["accept"]), capsys) > 5
    capsys.readouterr()
    assert cli.main(["diff"]) == 0
    assert capsys.readouterr().out.startswith("Nothing moved")


def test_an_edition_is_published_whole_or_not_at_all(disk: Path, data: Path, capsys) -> None:
    entered(data)
    assert cli.main(["accept"]) == 0
    assert refused(disk, lambda: cli.main(["publish", ID, "--yes"]), capsys) > 5
    assert editions.all_kept(data) == ["2026-05", ID]
    assert "52 billion" in editions.texts(data, ID)["premise"] and cli.main(["check"]) == 0


def test_a_site_is_made_whole_or_not_at_all(disk: Path, data: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(on: edition_pages.Origin, target: Path) -> None:
        (target / "_static").mkdir(parents=True)
        for name in ("index.html", "about.html", "_static/no-page.html"):
            (target / name).write_text(f"<html><main>{on.id}{' more' * 4000}</main></html>", encoding="utf-8")
        shutil.copy(editions.folder(on.data, on.id) / editions.HASHES, target)

    monkeypatch.setattr(edition_pages, "build", build)
    assert cli.main(["site"]) == 0
    entered(data)
    editions.publish(data.parent, data, ID)
    assert cli.main(["site"]) == 0  # both are built
    shutil.rmtree(permanent.site(data.parent) / ID)
    assert refused(disk, lambda: cli.main(["site"]), capsys) > 5
    assert (permanent.site(data.parent) / ID / "about.html").exists()


def run(root: Path, *words: str) -> subprocess.CompletedProcess:
    """Run a command that leaves on the disk what it says it does, and no code made ready to run."""
    return books.run(root, sys.executable, "-m", "frontier_calc.press.cli", *words, PYTHONDONTWRITEBYTECODE="1")


@pytest.mark.book
def test_an_edition_that_finds_no_room_while_it_is_built_leaves_nothing(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", 20 * ROOM) as disk:
        root = books.copy(disk / "book", {"index": "# One\n"})
        shutil.rmtree(root / "data")
        for made in (root / "_build", *root.rglob("__pycache__")):  # charts drawn before, and code
            shutil.rmtree(made, ignore_errors=True)
        small_book.write(root)
        assert run(root, "edition", "new", ID).returncode == 0
        before = small_book.files(root)
        laid_out = sum(-(-len(content) // 4096) * 4 for content in before.values())
        for room, told in ((laid_out // 2, "could not be written"), (laid_out + 600, "make room on the disk")):
            leave(disk, room)
            done = run(root, "site")
            assert done.returncode == 1 and told in done.stderr and "Traceback" not in done.stderr, done.stderr
            assert "no space left on device" in done.stderr.lower() and small_book.files(root) == before
        (disk / "ballast").unlink()
        done = run(root, "site")
        assert done.returncode == 0 and (permanent.site(root) / ID / "about.html").exists(), done.stderr
