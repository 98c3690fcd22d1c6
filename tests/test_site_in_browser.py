"""The built book in a real browser: its charts, its pictures, its search."""

import base64
import csv
import re
from pathlib import Path

import books
import browser
import pytest
from bs4 import BeautifulSoup

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium here (Debian: apt-get install chromium)"
)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def with_charts(book: Path) -> list[str]:
    return [name for name in ALL if 'class="chart-spec"' in (books.site(book) / f"{name}.html").read_text("utf-8")]


# In a browser.


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


@in_browser
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (1280, False)])
def test_one_switch_shows_all_the_code_of_a_page_with_scripts_or_without(
    chromium: browser.Browser, width: int, scripts: bool
) -> None:
    with chromium.page("ledgers/4-a-tale-of-two-labs.html", width=width, scripts=scripts) as page:
        code = page.locator(".cell_input").first
        assert not code.is_visible()
        page.locator(".show-calculations").click()
        assert code.is_visible()
        page.locator(".show-calculations").click()
        assert not code.is_visible()


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
@pytest.mark.parametrize("word", ["constructor", "__proto__", "hasOwnProperty", "toString"])
def test_a_search_survives_any_word(chromium: browser.Browser, word: str) -> None:
    traffic = browser.Traffic()
    with chromium.page(f"search.html?q={word}", traffic=traffic) as page:
        browser.wait_until(page, "document.querySelector('#search-results p') !== null")
        assert not [text for text in traffic.complaints if "rror" in text], traffic.complaints


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
