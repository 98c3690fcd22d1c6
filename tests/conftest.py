"""Fixtures that several test files share."""

import fcntl
import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import books
import browser
import making
import pytest
import small_book
from hypothesis import settings

# The notebooks' collector: golden texts are test files.
from notebooks import pytest_collect_file  # noqa: F401

from frontier_calc.press import cli

# The book is built in one file, and meanwhile those run that do not need it.
BUILDS_THE_BOOK = "test_site.py"
IN_THIS_ORDER = ("binder", "kernels", "slow", "book", "browser")

gc.set_threshold(*cli.RARELY)  # as every command does

# A shared machine is slow for a moment: no example fails for taking long.
settings.register_profile("book", deadline=None)
settings.load_profile("book")


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A builder of small valid data folders, each call a new one: ``folder(observations=[{"value": "31"}])``."""
    made: list[Path] = []

    def build(**tables: list[dict[str, str]]) -> Path:
        made.append(making.write_folder(tmp_path / f"data-{len(made)}", **tables))
        return made[-1]

    return build


@pytest.fixture(scope="session")
def real() -> Path:
    """The data folder of the book."""
    return making.REAL


@pytest.fixture(scope="session")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book's data as they stood when its first edition closes, at the end of May 2026: nobody changes them."""
    return making.before(tmp_path_factory.mktemp("spring") / "data", "2026-05-31")


@pytest.fixture
def refreshed(tmp_path: Path) -> Path:
    """The book's data with two later months entered, as they stood at the end of July 2026: a copy of each test's own."""
    return making.before(tmp_path / "refreshed", "2026-07-31")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book's data folder; the book is the one that commands find, and nothing in it was accepted yet."""
    made = small_book.write(tmp_path / "book")
    monkeypatch.chdir(made.parent)
    monkeypatch.setenv("FRONTIER_DATA", str(made))
    return made


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, built from scratch as ``make book`` builds it: once for all processes of a run."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    target, built = shared / "book", shared / "book-built"
    with (shared / "book-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            target.mkdir()
            done = books.make(books.copy(target))
            assert done.returncode == 0, done.stdout + done.stderr
            assert done.stdout.splitlines()[-1] == str(books.site(target) / "index.html")
            built.touch()
    return target


@pytest.fixture(scope="module")
def chromium(book: Path) -> Iterator[browser.Browser]:
    """A browser on the built book."""
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    with browser.browsing(books.site(book)) as found:
        yield found


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A Chromium stays for the next file that browses, and is closed before any other."""
    if not item.get_closest_marker("browser"):
        browser.close()


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page run in a real kernel is no Python file that could say so itself. What takes longest begins first."""
    for item in items:
        if item.path.suffix == ".txt":
            item.add_marker(pytest.mark.kernels)
    items.sort(key=_how_soon)


def _how_soon(item: pytest.Item) -> int:
    """The order in which files are handed to the workers: a long one that begins last is waited for by all."""
    if item.path.name == BUILDS_THE_BOOK:
        return 0
    for place, mark in enumerate(IN_THIS_ORDER):
        if item.get_closest_marker(mark):
            return place
    return len(IN_THIS_ORDER)
