"""The built book: its text and its links, and the text of a build in which real kernels run."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import books
import browser
import plain
import pytest
from bs4 import BeautifulSoup

from frontier_calc.press import furniture, pages, weave
from frontier_calc.record import reading

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def with_charts(book: Path) -> list[str]:
    return [name for name in ALL if '<figure class="chart"' in (books.site(book) / f"{name}.html").read_text("utf-8")]


# The text.


@pytest.fixture(scope="session")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, built by Jupyter Book alone: real kernels run every cell."""
    target = tmp_path_factory.mktemp("kernels") / "book"
    target.mkdir()
    done = books.plain(books.copy(target))
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.mark.parametrize("docname", ALL)
def test_the_site_says_what_the_weave_says(book: Path, docname: str) -> None:
    woven = weave.weave(pages.Page(book, docname), reading.edition("working", book / "data"))
    assert plain.words_of(plain.article(books.site(book) / f"{docname}.html")) == woven.text.split()


@pytest.mark.parametrize("docname", ALL)
def test_kernels_say_what_the_weave_says(kernels: Path, docname: str) -> None:
    woven = weave.weave(pages.Page(kernels, docname), reading.edition("working", kernels / "data"))
    assert plain.words_of(plain.article(books.site(kernels) / f"{docname}.html")) == woven.text.split()


@pytest.mark.parametrize("docname", ALL)
def test_numbers_of_kernels_have_the_addresses_and_links_of_woven_ones(book: Path, kernels: Path, docname: str) -> None:
    def numbers(of: Path) -> list[tuple[str | None, ...]]:
        found = plain.article(books.site(of) / f"{docname}.html").select("[data-figure]")
        return [tuple(n.get(name) for name in ("data-figure", "data-address", "href")) for n in found]

    assert numbers(kernels) == numbers(book)


def test_every_page_says_which_edition_it_is_and_that_it_is_a_draft(book: Path) -> None:
    for docname in ALL:
        page = (books.site(book) / f"{docname}.html").read_text("utf-8")
        stamp = f'<p class="edition">{reading.edition("working", book / "data").stamp} {furniture.DRAFT}.</p>'
        assert (stamp in page) == (docname != "index"), (
            "the front page says it above its title and where it tells how to read"
        )
        eyebrow = BeautifulSoup(page, "html.parser").select_one(".eyebrow")
        assert eyebrow is not None and eyebrow.get_text().startswith(furniture.DRAFT)


class Ends(HTMLParser):
    """Both ends of the links of a page: where they lead, and the names under which something is found."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.names.add(given.get("id") or "")
        target = given.get("href" if tag in ("a", "link") else "src")
        if target is not None and tag in ("a", "link", "img", "script"):
            self.targets.append(target)


def test_every_link_within_the_book_leads_somewhere(book: Path) -> None:
    site = books.site(book)
    paths = [path for path in site.rglob("*.html") if "_static" not in path.parts]  # the theme's leftovers lie there
    ends = {path: Ends(path) for path in paths}
    broken = []
    for path, found in ends.items():
        for target in found.targets:
            link = urlsplit(target)
            if link.scheme or link.netloc:
                continue
            file = (path.parent / unquote(link.path)).resolve() if link.path else path
            is_there = file.exists()
            if is_there and link.fragment and file in ends:
                is_there = unquote(link.fragment) in ends[file].names
            if not is_there:
                broken.append(f"{path.relative_to(site)}: {target}")
    assert not broken, "\n".join(broken)
    assert sum(len(found.targets) for found in ends.values()) > 2000


def test_no_page_waits_for_a_script_but_for_its_colours_and_its_age(book: Path) -> None:
    for docname in books.told_once(ALL):
        parsed = BeautifulSoup((books.site(book) / f"{docname}.html").read_text(encoding="utf-8"), "html.parser")
        scripts = [script for script in parsed.find_all("script", src=True) if not script.has_attr("defer")]
        at_once = [Path(urlsplit(script["src"]).path).name for script in scripts]
        assert at_once in (["theme.js"], ["theme.js", "age.js"]), docname


def test_no_page_names_another_host_to_load_from(book: Path) -> None:
    for path in (books.site(book) / f"{docname}.html" for docname in [*ALL, "search", "genindex"]):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        loads = [e.get("src") or "" for e in soup.find_all(["script", "img", "iframe", "source", "video"])]
        loads += [e["href"] for e in soup.find_all("link") if "canonical" not in (e.get("rel") or [])]
        assert not [url for url in loads if url.startswith(("http:", "https:", "//"))], path
