"""The site of all editions: each at its address as its readers got it, the newest at the root, whole or not at all."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import books
import browser
import dying
import plain
import pytest
import small_book
from bs4 import BeautifulSoup

from frontier_calc.press import cli, edition_pages, editions, feed, folders, permanent, progress, switcher
from frontier_calc.press.editions import EditionError

MAY, JUNE = "2026-05", "2026-06"
ADDRESS = "https://example.org/book/"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def published(site: Path, id: str) -> dict[str, bytes]:
    """What belongs to an edition in a site: every byte of its folder, without what is the site's own."""
    found = {name: content for name, content in files(site / id).items() if name not in permanent.OF_THE_SITE}
    for name in found:
        if name.endswith(".html"):
            found[name] = switcher.undressed(found[name].decode("utf-8")).encode("utf-8")
    return found


# Putting it together, with pages that were never built.


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The editions that were built, each of them as two pages and a style."""
    log = []

    def build(on: edition_pages.Origin, target: Path) -> None:
        log.append(on.id)
        (target / "_static").mkdir(parents=True)
        for name in ("index.html", "about.html", "_static/no-page.html"):
            (target / name).write_text(f"<html><main>{on.id} {len(log)}</main></html>", encoding="utf-8")
        (target / "editions.xml").write_text("of its day", encoding="utf-8")
        shutil.copy(editions.folder(on.data, on.id) / editions.HASHES, target)

    monkeypatch.setattr(edition_pages, "build", build)
    return log


@pytest.fixture
def shelf(data: Path) -> Path:
    """The small book with its first edition published; its data folder."""
    shutil.copy(books.ROOT / "_config.yml", data.parent)
    editions.publish(data.parent, data, MAY)
    return data


def publish_june(data: Path) -> None:
    small_book.append(data, period="2026-05", published="2026-06-20", value="52", recorded="2026-07-01")
    editions.publish(data.parent, data, JUNE)


def test_each_edition_stands_at_its_address_and_the_newest_at_the_root(shelf: Path, built: list[str]) -> None:
    publish_june(shelf)
    told = permanent.make(shelf.parent, shelf)
    site = permanent.site(shelf.parent)
    assert built == [MAY, JUNE] and told[-1] == str(site / "index.html")
    assert b"2026-05 1" in files(site)["2026-05/about.html"] and b"2026-06 2" in files(site)["2026-06/about.html"]
    at_root = {name: content for name, content in published(site, ".").items() if "/" not in name}
    assert b"2026-06 2" in at_root["about.html"] and {"index.html", "about.html"} <= set(at_root)
    assert switcher.BEGIN not in files(site)["2026-05/_static/no-page.html"].decode()


def test_an_edition_is_built_once_and_copied_from_then_on(shelf: Path, built: list[str]) -> None:
    permanent.make(shelf.parent, shelf)
    before = published(permanent.site(shelf.parent), MAY)
    publish_june(shelf)
    (shelf.parent / "editions" / MAY / editions.ERRATA).write_text("- about: found since.\n", encoding="utf-8")
    permanent.make(shelf.parent, shelf)
    permanent.make(shelf.parent, shelf)
    assert built == [MAY, JUNE]
    assert published(permanent.site(shelf.parent), MAY) == before
    assert b"found since" in files(permanent.site(shelf.parent))["2026-05/about.html"]


def test_other_code_or_prose_builds_an_edition_anew_where_git_does_not_know_its_own(
    shelf: Path, built: list[str]
) -> None:
    permanent.make(shelf.parent, shelf)
    small_book.edit(shelf.parent / "about.md", lambda text: f"{text}\nMore.\n")
    permanent.make(shelf.parent, shelf)
    assert built == [MAY, MAY]
    assert len(list((shelf.parent / "_build" / "editions").iterdir())) == 1  # what is out of date is not kept


def test_a_row_that_was_added_since_builds_nothing_anew(shelf: Path, built: list[str]) -> None:
    permanent.make(shelf.parent, shelf)
    small_book.append(shelf, published="2026-06-20", value="52", recorded="2026-07-01")
    permanent.make(shelf.parent, shelf)
    assert built == [MAY]


def test_an_edition_that_is_out_is_copied_and_not_built(shelf: Path, built: list[str], tmp_path: Path) -> None:
    permanent.make(shelf.parent, shelf)
    out = tmp_path / "out"
    permanent.site(shelf.parent).rename(out)
    shutil.rmtree(shelf.parent / "_build" / "editions")
    publish_june(shelf)
    told = permanent.make(shelf.parent, shelf, out)
    assert built == [MAY, JUNE] and told[0] == f"{MAY}: copied from {out}"
    assert published(permanent.site(shelf.parent), MAY) == published(out, MAY)


def test_what_is_out_must_be_what_is_kept(shelf: Path, built: list[str], tmp_path: Path) -> None:
    permanent.make(shelf.parent, shelf)
    out = Path(shutil.copytree(permanent.site(shelf.parent), tmp_path / "out"))
    with (out / MAY / editions.HASHES).open("a", encoding="utf-8") as file:
        file.write("0" * 64 + "  text/other.txt\n")
    with pytest.raises(EditionError, match=r"found another edition 2026-05 than .*expected the same hashes"):
        permanent.make(shelf.parent, shelf, out)


def test_no_address_that_is_out_is_lost(shelf: Path, built: list[str], tmp_path: Path) -> None:
    permanent.make(shelf.parent, shelf)
    out = Path(shutil.copytree(permanent.site(shelf.parent), tmp_path / "out"))
    (out / MAY).rename(out / "2026-04")
    with pytest.raises(EditionError, match="has an edition 2026-04, which is not kept here: put editions/2026-04 back"):
        permanent.make(shelf.parent, shelf, out)
    with pytest.raises(EditionError, match="found no published edition"):
        permanent.make(shelf.parent, shelf, tmp_path / "nowhere")


def test_the_feed_at_every_address_is_todays_and_leads_to_the_permanent_ones(shelf: Path, built: list[str]) -> None:
    publish_june(shelf)
    config = shelf.parent / "_config.yml"
    config.write_text(f"html:\n  baseurl: {ADDRESS}\n", encoding="utf-8")
    permanent.make(shelf.parent, shelf)
    site = permanent.site(shelf.parent)
    for folder in (site, site / MAY, site / JUNE):
        links = ElementTree.parse(folder / feed.NAME).findall("channel/item/link")
        assert [link.text for link in links] == [f"{ADDRESS}{JUNE}/index.html", f"{ADDRESS}{MAY}/index.html"]


def test_without_an_edition_there_is_no_site(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["site"]) == 1
    assert "no edition is published yet" in capsys.readouterr().err
    assert not permanent.site(data.parent).exists()


def test_an_edition_that_was_changed_is_not_shown(shelf: Path, built: list[str]) -> None:
    small_book.edit(shelf.parent / "editions" / MAY / "text" / "about.txt", lambda text: f"{text} And more.\n")
    with pytest.raises(EditionError, match="is not as it was published"):
        permanent.make(shelf.parent, shelf)


def test_killed_at_any_moment_the_site_is_the_old_one_or_the_new_one_and_whole(shelf: Path, built: list[str]) -> None:
    permanent.make(shelf.parent, shelf)
    site = permanent.site(shelf.parent)
    old = files(site)
    publish_june(shelf)
    permanent.make(shelf.parent, shelf)
    new = files(site)
    moment, seen = 0, []
    while True:
        moment += 1
        for left in site.parent.glob(".site.*"):
            shutil.rmtree(left)
        shutil.rmtree(site)
        for name, content in old.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(content)
        if not dying.killed_at(moment, lambda: permanent.make(shelf.parent, shelf)):
            break
        permanent.recover_if_alone(shelf.parent)  # as every command does first
        seen.append(files(site) == old)
        assert files(site) in (old, new), moment
        assert not folders.has_leavings(site)
    assert True in seen and False in seen  # there were moments before the change and after it


def test_where_putting_together_fails_the_old_site_stays(
    shelf: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    permanent.make(shelf.parent, shelf)
    before = files(permanent.site(shelf.parent))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(switcher, "dressed", full)
    with pytest.raises(folders.FolderError, match="somewhere could not be written: no space left on device"):
        permanent.make(shelf.parent, shelf)
    assert files(permanent.site(shelf.parent)) == before and not folders.has_leavings(permanent.site(shelf.parent))


def test_progress_is_one_line_in_a_terminal_and_nothing_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_terminal in (False, True):
        monkeypatch.setattr("sys.stdout.isatty", lambda seen=is_terminal: seen)
        with progress.line() as tell:
            tell("edition 2026-05, 1 of 2")
        said = capsys.readouterr().out
        assert said == (f"{progress.CLEAR}edition 2026-05, 1 of 2 ...{progress.CLEAR}" if is_terminal else "")


# The text, held against the kept one.


def test_the_first_sentence_that_differs_is_named_and_each_page_that_came_or_went() -> None:
    kept = {"one": "Title\n\nIt is so. It was not.", "two": "The same."}

    def differences(names: list[str], printed: str) -> list[str]:
        return list(edition_pages._differences(kept, names, printed))

    assert not differences(["one", "two"], "Title\n\nIt is so. It was not.\n\n\nThe same.\n")
    told = differences(["one", "two"], "Title\n\nIt is so. It was thus.\n\n\nThe same.\n")
    assert told == ["one: found 'It was thus.', kept 'It was not.'"]
    assert differences(["one", "new"], "Title\n\nIt is so. It was not.\n\n\nNews.\n") == [
        "two: found no such page, kept one",
        "new: found a page of this name, kept none",
    ]
    assert differences(["one", "two"], "Title\n") == ["1 texts where there are 2 pages: one, two"]
    told = differences(["one", "two"], "Title\nIt is so. It was not.\n\n\nThe same.\n")
    assert told == ["one: only its spaces and lines differ"]


def test_an_edition_knows_its_own_address(tmp_path: Path) -> None:
    config = tmp_path / "_config.yml"
    for written in (ADDRESS, ADDRESS.rstrip("/"), f"'{ADDRESS}'"):
        config.write_text(f"title: A\nhtml:\n  baseurl: {written}\n  more: 1\n", encoding="utf-8")
        assert edition_pages.base(tmp_path) == ADDRESS
        edition_pages._settle(config, MAY)
        assert config.read_text("utf-8") == f"title: A\nhtml:\n  baseurl: {ADDRESS}{MAY}/\n  more: 1\n"
    config.write_text("title: A\n", encoding="utf-8")
    assert edition_pages.base(tmp_path) == ""


# A real book, two editions of it, and a history.


class Story(NamedTuple):
    """A small book whose prose was mended between two editions, and its site after each."""

    root: Path
    first: Path
    second: Path
    told: str


def run(root: Path, *words: str) -> str:
    done = books.run(root, sys.executable, "-m", "frontier_calc.press.cli", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def commit(root: Path, message: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "add", "--all"], cwd=root, check=True)
    subprocess.run(["git", *who, "commit", "--quiet", "--message", message], cwd=root, check=True)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    if shutil.which("git") is None:
        pytest.skip("no git here")
    root = books.copy(tmp_path_factory.mktemp("story") / "book", {"index": "# One\n"})
    shutil.rmtree(root / "data")
    data = small_book.write(root)
    (root / ".gitignore").write_text("_build/\n__pycache__/\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    run(root, "edition", "new", MAY)
    commit(root, "The first edition")
    run(root, "site")
    first = Path(shutil.copytree(permanent.site(root), root.parent / "first"))
    small_book.edit(root / "about.md", lambda text: text.replace("Nothing here", "Still nothing on this page"))
    (root / "more.md").write_text(books.HEADER + "# More\n\nA page that came later.\n", encoding="utf-8")
    small_book.edit(root / "_toc.yml", lambda text: f"{text}  - file: more\n")
    small_book.append(data, period="2026-05", published="2026-06-20", value="52", recorded="2026-07-01")
    run(root, "edition", "new", JUNE)
    commit(root, "The second edition, of mended prose")
    shutil.rmtree(root / "_build" / "editions")  # a machine that has built nothing before
    told = run(root, "site")
    return Story(root, first, permanent.site(root), told)


@pytest.mark.book
def test_every_page_says_what_was_kept_though_the_prose_was_mended_since(story: Story) -> None:
    shelf = story.root / "data"
    for id in (MAY, JUNE):
        for name, text in editions.texts(shelf, id).items():
            page = "index" if name == "premise" else name
            assert plain.words_of(plain.article(story.second / id / f"{page}.html")) == text.split()
    assert "Nothing here" in (story.second / MAY / "about.html").read_text("utf-8")
    assert "Still nothing" in (story.second / "about.html").read_text("utf-8")


@pytest.mark.book
def test_a_new_edition_changes_no_byte_of_what_was_published_also_where_all_is_built_anew(story: Story) -> None:
    assert re.findall(r"(\S+): built from the sources of commit", story.told) == [MAY, JUNE]
    assert published(story.second, MAY) == published(story.first, MAY)


@pytest.mark.book
def test_without_a_history_what_would_say_something_else_is_refused(story: Story, tmp_path: Path) -> None:
    root = Path(shutil.copytree(story.root, tmp_path / "book", ignore=shutil.ignore_patterns(".git", "_build")))
    with pytest.raises(EditionError) as caught:
        permanent.make(root, root / "data")
    told = str(caught.value)
    assert "edition 2026-05 was not built: the sources as they stand say something else" in told
    assert "about: found 'Still nothing on this page rests on a row.', kept 'Nothing here rests on a row.'" in told
    assert "more: found a page of this name, kept none" in told
    assert f"commit {root / 'editions' / MAY} with the sources that published it" in told and "--published DIR" in told
    assert not permanent.site(root).exists() and not list((root / "_build" / "editions").iterdir())


@pytest.mark.book
def test_every_link_inside_leads_to_a_file_of_the_site_from_any_folder(story: Story) -> None:
    for page in story.second.rglob("*.html"):
        if "_static" in page.parts:
            continue
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for element in soup.select("a[href], link[href], script[src], img[src]"):
            address = str(element.get("href") or element.get("src")).partition("#")[0].partition("?")[0]
            if address and not address.startswith(("http", "data:", "mailto:")) and element.get("rel") != ["search"]:
                assert not address.startswith("/")
                assert (page.parent / address).resolve().exists(), (page, address)


@pytest.mark.book
def test_a_page_is_cited_and_found_at_the_address_where_it_stays(story: Story) -> None:
    base = edition_pages.base(story.root)
    for page in (story.second / "about.html", story.second / JUNE / "about.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        assert soup.find("link", rel="canonical")["href"] == f"{base}{JUNE}/about.html"


@pytest.mark.book
def test_a_published_edition_is_called_a_draft_on_no_page(story: Story) -> None:
    for name in ("index", "about", "more"):
        assert "Draft" not in (story.second / f"{name}.html").read_text("utf-8")


@pytest.fixture(scope="module")
def opened(story: Story) -> Iterator[browser.Browser]:
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    shutil.copytree(story.second, story.root.parent / "host" / "sub" / "path")
    with browser.browsing(story.root.parent / "host") as found:
        yield found


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_switcher_leads_to_the_same_page_with_and_without_scripts(opened: browser.Browser, scripts: bool) -> None:
    traffic = browser.Traffic()
    with opened.page("sub/path/about.html", scripts=scripts, traffic=traffic) as page:
        page.click(".editions-menu summary")
        page.click(".editions-menu a:has-text('May 2026')")
        page.wait_for_url("**/sub/path/2026-05/about.html")
        page.click(".editions-banner a")
        page.wait_for_url("**/sub/path/about.html")
        assert page.is_visible(".editions-menu") and not page.locator(".editions-banner").count()
    assert not traffic.outside and not [said for said in traffic.complaints if "Content Security" in said]


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["about.html", "2026-05/about.html"])
def test_the_strip_is_accessible_and_makes_no_page_wider(opened: browser.Browser, width: int, path: str) -> None:
    with opened.page(f"sub/path/{path}", width=width, bypass_csp=True) as page:
        page.click(".editions-menu summary")
        assert page.locator(".editions-strip").count()
        found = browser.violations(page, within=(".editions-strip",))
        assert not [(each["id"], each["help"]) for each in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
