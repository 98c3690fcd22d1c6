"""The built book: its text, its links, its pictures, its freshness; and its pages in a browser."""

import base64
import csv
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import books
import browser
import plain
import pytest
from bs4 import BeautifulSoup

from frontier_calc.press import pages, weave
from frontier_calc.record import reading

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium here (Debian: apt-get install chromium)"
)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def with_charts(book: Path) -> list[str]:
    return [name for name in ALL if 'class="chart-spec"' in (books.site(book) / f"{name}.html").read_text("utf-8")]


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


def test_every_page_says_which_edition_it_is(book: Path) -> None:
    for docname in ALL:
        page = (books.site(book) / f"{docname}.html").read_text("utf-8")
        assert f'<p class="edition">{reading.edition("working", book / "data").stamp}</p>' in page


def test_every_link_within_the_book_leads_somewhere(book: Path) -> None:
    site, broken = books.site(book), []
    paths = [path for path in site.rglob("*.html") if "_static" not in path.parts]  # the theme's leftovers lie there
    parsed = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in paths}
    for path, soup in parsed.items():
        for tag, name in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
            for element in soup.find_all(tag, attrs={name: True}):
                link = urlsplit(element[name])
                if link.scheme or link.netloc:
                    continue
                target = (path.parent / unquote(link.path)).resolve() if link.path else path
                found = target.exists()
                if found and link.fragment and target in parsed:
                    found = parsed[target].find(id=unquote(link.fragment)) is not None
                if not found:
                    broken.append(f"{path.relative_to(site)}: {element[name]}")
    assert not broken, "\n".join(broken)


def test_no_page_names_another_host_to_load_from(book: Path) -> None:
    for path in (books.site(book) / f"{docname}.html" for docname in [*ALL, "search", "genindex"]):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        loads = [e.get("src") or "" for e in soup.find_all(["script", "img", "iframe", "source", "video"])]
        loads += [e["href"] for e in soup.find_all("link") if "canonical" not in (e.get("rel") or [])]
        assert not [url for url in loads if url.startswith(("http:", "https:", "//"))], path


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


# In a browser.


@in_browser
def test_no_page_asks_another_host_for_anything(chromium: browser.Browser) -> None:
    for docname in [*ALL, "search", "genindex"]:
        traffic = browser.Traffic()
        with chromium.page(f"{docname}.html", traffic=traffic):
            pass
        assert traffic.inside and not traffic.outside, traffic.outside


@in_browser
def test_charts_draw_live_in_both_themes_and_stay_pictures_on_paper(chromium: browser.Browser, book: Path) -> None:
    charted = with_charts(book)
    assert charted
    for docname in charted:
        for dark in (False, True):
            traffic = browser.Traffic()
            with chromium.page(f"{docname}.html", dark=dark, traffic=traffic) as page:
                for figure in page.locator("figure.chart").all():  # each is drawn when it comes near
                    figure.scroll_into_view_if_needed()
                    figure.locator(".chart-live svg").wait_for()
                figure = page.locator("figure.chart").first
                assert figure.locator(".chart-live svg").is_visible() and not figure.locator("img").is_visible()
                page.emulate_media(media="print")
                assert figure.locator("img").is_visible() and not figure.locator(".chart-live").is_visible()
            faults = [text for text in traffic.complaints if "theme mode" not in text]
            assert not faults, f"{docname}: {faults}"


# The words of a live chart that are smaller than a reader can read, or that leave its picture.
FAULTS = """(figure, least) => {
  const svg = figure.querySelector(".chart-live svg");
  const box = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width ? box.width / svg.viewBox.baseVal.width : 1;
  return [...svg.querySelectorAll("text")].filter(text => text.textContent.trim()).flatMap(text => {
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    const { left, top, right, bottom } = text.getBoundingClientRect();
    const within = left > box.left - 1 && top > box.top - 1 && right < box.right + 1 && bottom < box.bottom + 1;
    return size >= least && within ? [] : [`${text.textContent}: ${size} pixels, ${within ? "inside" : "outside"}`];
  });
}"""


@in_browser
@pytest.mark.parametrize(("width", "least"), [(1280, 10.5), (390, 10.5), (320, 9.2)])
def test_the_words_of_a_live_chart_can_be_read_and_stay_within_it(
    chromium: browser.Browser, book: Path, width: int, least: float
) -> None:
    for docname in with_charts(book):
        with chromium.page(f"{docname}.html", width=width) as page:
            for number, figure in enumerate(page.locator("figure.chart").all()):
                figure.scroll_into_view_if_needed()
                figure.locator(".chart-live svg").wait_for()
                assert not (faults := figure.evaluate(FAULTS, least)), f"{docname}, chart {number}: {faults}"


@in_browser
def test_a_search_shows_prose_and_no_list_of_contents(chromium: browser.Browser) -> None:
    with chromium.page("search.html?q=electricity") as page:
        found = page.locator("#search-results li", has=page.locator("a", has_text="The Dark Factory"))
        found.locator("p.context").first.wait_for()
        shown = found.first.inner_text()
    assert "electricity" in shown and not any(word in shown for word in ("On this page", "Calculation", "fc.")), shown


@in_browser
@pytest.mark.parametrize(("width", "narrow"), [(1280, False), (390, True)])
def test_a_phone_without_scripts_gets_a_picture_of_its_own(chromium: browser.Browser, width: int, narrow: bool) -> None:
    with chromium.page("ledgers/2-reading-the-books.html", width=width, scripts=False) as page:
        picture = page.locator("figure.chart img").first
        shown, drawn, name = picture.evaluate("image => [image.width, image.naturalWidth, image.currentSrc]")
        # Drawn for the width there is: hardly scaled, so that its letters have the size that they were given.
        assert name.endswith("-narrow.svg") == narrow and 0.95 < shown / drawn < 1.2, (shown, drawn, name)


@in_browser
def test_the_charts_script_loads_when_a_chart_comes_near_and_not_before(chromium: browser.Browser) -> None:
    traffic = browser.Traffic()
    with chromium.page("ledgers/2-reading-the-books.html", traffic=traffic) as page:
        bundle = "/_static/charts/vega.js"
        assert not any(path.startswith(bundle) for path in traffic.inside)
        page.locator("figure.chart").first.scroll_into_view_if_needed()
        page.locator(".chart-live svg").first.wait_for()
        assert any(path.startswith(bundle) for path in traffic.inside)


# The first pixel of a screenshot, its darkest and its lightest, between 0 and 255.
GREYS = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const greys = [];
  for (let at = 0; at < data.length; at += 4) greys.push((data[at] + data[at + 1] + data[at + 2]) / 3);
  return [greys[0], greys.reduce((a, b) => Math.min(a, b)), greys.reduce((a, b) => Math.max(a, b))];
}"""


@in_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_static_picture_wears_the_colours_of_its_page(chromium: browser.Browser, dark: bool) -> None:
    with chromium.page("ledgers/2-reading-the-books.html", dark=dark, scripts=False) as page:
        figure = page.locator("figure.chart img").first
        figure.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        ground, darkest, lightest = page.evaluate(GREYS, base64.b64encode(figure.screenshot()).decode())
        assert (ground < 40 and lightest > 222) if dark else (ground > 240 and darkest < 80)


@in_browser
def test_without_scripts_each_chart_is_a_picture_with_words(chromium: browser.Browser, book: Path) -> None:
    for docname in with_charts(book):
        with chromium.page(f"{docname}.html", scripts=False) as page:
            for picture in page.locator("figure.chart img").all():
                assert picture.is_visible() and len(picture.get_attribute("alt")) > 60
                assert picture.evaluate("image => image.complete && image.naturalWidth > 300")


def test_a_page_says_how_large_each_picture_is_so_that_its_text_keeps_its_place(book: Path) -> None:
    for docname in with_charts(book):
        path = books.site(book) / f"{docname}.html"
        pictures = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("figure.chart picture > *")
        assert pictures
        for picture in pictures:
            file = path.parent / (picture.get("src") or picture.get("srcset"))
            drawn = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").svg
            for side in ("width", "height"):
                assert int(picture[side]) == round(float(drawn[side]))


def test_a_chart_can_be_taken_along_as_picture_and_as_data(book: Path) -> None:
    page = (books.site(book) / "ledgers/2-reading-the-books.html").read_text(encoding="utf-8")
    saved = re.findall(r'<a href="([^"]+)" download="">', page)
    kinds = [path.rpartition(".")[2] for path in saved]
    assert kinds == ["svg", "png", "csv"] * page.count('<figure class="chart">')
    files = [(books.site(book) / "ledgers" / path).resolve() for path in saved]
    assert files[1].read_bytes().startswith(b"\x89PNG")
    rows = list(csv.reader(files[2].read_text(encoding="utf-8-sig").splitlines()))
    first = page[page.index('<details class="chart-data">') :].partition("</table>")[0]
    shown = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', first)
    assert rows[0][: len(shown)] == shown and rows[0][-1] == "Links"
    assert len(rows) == first.count("<tr>")


@in_browser
def test_on_a_phone_a_table_of_many_columns_stands_row_by_row_and_each_cell_says_what_it_is(
    chromium: browser.Browser,
) -> None:
    with chromium.page("ledgers/6-the-money-goes-in-a-circle.html", width=390) as page:
        tables = page.locator(".table-scroll:has(table.many)")
        assert tables.count() >= 2
        for table in tables.all():
            assert table.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
        cell = page.locator("table.many td:nth-child(2)").first
        assert (
            cell.evaluate("cell => getComputedStyle(cell, '::before').content")
            == f'"{cell.get_attribute("data-label")}"'
        )


@in_browser
@pytest.mark.parametrize(
    ("width", "dark", "docnames"),
    # Contrast hangs on the theme and layout on the width: two combinations for all pages, the other two for some.
    [(1280, False, ALL), (390, True, ALL), (1280, True, ALL[:2]), (390, False, ALL[:2])],
    ids=["wide-light", "phone-dark", "wide-dark", "phone-light"],
)
def test_pages_fit_the_screen_and_axe_finds_nothing_serious(
    chromium: browser.Browser, width: int, dark: bool, docnames: list[str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for docname in docnames:
        with chromium.page(f"{docname}.html", width=width, dark=dark) as page:
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{docname}: scrolls sideways at {width} pixels")
            for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    places = [node["target"] for node in violation["nodes"]]
                    found.append(f"{docname}: {violation['help']}: {places[0]} and {len(places) - 1} more")
    assert not found, "\n".join(found)
