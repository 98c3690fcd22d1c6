"""The built book in a real browser: its charts, its pictures, its search."""

import base64
import csv
from pathlib import Path

import books
import browser
import pytest
from bs4 import BeautifulSoup

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def with_charts(book: Path) -> list[str]:
    return [name for name in ALL if '<figure class="chart"' in (books.site(book) / f"{name}.html").read_text("utf-8")]


# In a browser.


# Of each chart of a page: how many drawings show, how many marks of the one that shows stand for a figure, how many links
# lead to one, and whether its tools show.
DRAWN = """() => [...document.querySelectorAll("figure.chart")].map((figure) => {
  const shown = (selector) => [...figure.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const drawings = shown(".drawing");
  const marks = drawings.flatMap((one) => [...one.querySelectorAll("[data-figure]")]);
  return { drawings: drawings.length, marks: marks.length,
           links: shown(".chart-points a").length, tools: shown(".chart-tools").length };
})"""


@in_browser
def test_charts_are_drawn_in_both_themes_and_on_paper_and_no_script_complains(
    chromium: browser.Browser, book: Path
) -> None:
    charted = with_charts(book)
    assert charted
    for docname in charted:
        traffic = browser.Traffic()
        with chromium.page(f"{docname}.html", traffic=traffic) as page:
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                for chart in page.evaluate(DRAWN):
                    assert chart["drawings"] == 1 and chart["tools"], (docname, theme, chart)
                    assert chart["links"] == chart["marks"], (docname, theme, chart)
            page.emulate_media(media="print")
            for chart in page.evaluate(DRAWN):
                assert chart["drawings"] == 1 and not chart["tools"], (docname, "print", chart)
        assert not traffic.complaints, docname


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


# The numbers, terms and notes of a page that a finger in their middle would miss: each part of one that is broken over
# two lines is asked for by itself. The points of a chart are its drawing's business: the nearest one answers.
COVERED = """() => {
  for (const mark of document.querySelectorAll(".note-mark input")) mark.checked = true;
  const found = [];
  for (const one of document.querySelectorAll("a.figure:not(.chart-points a), a.term, .note-mark sup")) {
    if (!one.checkVisibility()) continue;
    one.scrollIntoView({ block: "center", behavior: "instant" });
    for (const part of one.getClientRects()) {
      if (part.width < 4) continue;
      const hit = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
      if (!hit || !(one.contains(hit) || hit.contains(one) && hit.matches("label, .note-mark")))
        found.push(`${one.textContent} is under ${hit ? hit.outerHTML.slice(0, 80) : "nothing"}`);
    }
  }
  return found;
}"""

SHIFTED = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""


@in_browser
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_no_number_is_covered_and_nothing_moves_while_a_page_loads(chromium: browser.Browser, width: int) -> None:
    for docname in [name for name in ALL if not name.startswith("reference/")] + ["reference/models-layer"]:
        with chromium.page(f"{docname}.html", width=width) as page:
            assert page.evaluate(SHIFTED) < 0.05, docname
            assert not (covered := page.evaluate(COVERED)), f"{docname} at {width} pixels: {covered[:5]}"


# The words of a drawing that are smaller than a reader can read, that leave it, or that lie on one another.
FAULTS = """(figure, least) => {
  const svg = [...figure.querySelectorAll(".drawing")].find(one => one.checkVisibility());
  const frame = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll("text")].map(one => [one, one.getBoundingClientRect()]);
  const found = [];
  words.forEach(([text, box], at) => {
    const size = parseFloat(getComputedStyle(text).fontSize);
    if (size < least) found.push(`${text.textContent}: ${size} pixels`);
    if (box.left < frame.left - 2 || box.right > frame.right + 2) found.push(`${text.textContent}: outside`);
    for (const [other, its] of words.slice(at + 1)) {
      const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
      if (across > 2 && down > 4) found.push(`${text.textContent} lies on ${other.textContent}`);
    }
  });
  return found;
}"""


@in_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_words_of_a_chart_can_be_read_and_stay_within_it_and_off_one_another(
    chromium: browser.Browser, book: Path, width: int
) -> None:
    for docname in with_charts(book):
        with chromium.page(f"{docname}.html", width=width) as page:
            for number, figure in enumerate(page.locator("figure.chart").all()):
                assert not (faults := figure.evaluate(FAULTS, 11)), f"{docname}, chart {number}: {faults}"


@in_browser
def test_a_search_shows_prose_and_no_list_of_contents(chromium: browser.Browser) -> None:
    with chromium.page("search.html?q=electricity") as page:
        # Each page's words are fetched by themselves, and come in any order: that of the chapter, not of its exercises.
        found = page.locator("#search-results li", has=page.locator("a[href*='ledgers/5']")).first
        found.locator("p.context").wait_for()
        shown = found.inner_text()
    assert "electricity" in shown and not any(word in shown for word in ("On this page", "Calculation", "fc.")), shown


@in_browser
@pytest.mark.parametrize(
    ("asked", "heading", "said"),
    [
        ("Anthropic gross margin", "Figures", "Anthropic’s gross margin on paying users in financial year 2024"),
        ("what was OpenAI’s valuation?", "Figures", "OpenAI’s valuation"),
        ("fair rebuttal", "Sections", "The fair rebuttal"),
        ("nobody asks which plant the current comes from", "Sections", "The Dark Factory"),
    ],
)
def test_a_search_finds_sections_and_figures_by_the_words_of_people(
    chromium: browser.Browser, book: Path, asked: str, heading: str, said: str
) -> None:
    with chromium.page(f"search.html?q={asked.replace(' ', '+')}") as page:
        found = page.locator(".found", has=page.get_by_role("heading", name=heading))
        assert said in found.inner_text()
        link = found.locator("a").first.get_attribute("href")
    path, _, anchor = link.partition("#")
    assert f'id="{anchor}"' in (books.site(book) / path).read_text("utf-8")


@in_browser
@pytest.mark.parametrize("word", ["constructor", "__proto__", "hasOwnProperty", "toString"])
def test_a_search_survives_any_word(chromium: browser.Browser, word: str) -> None:
    traffic = browser.Traffic()
    with chromium.page(f"search.html?q={word}", traffic=traffic) as page:
        browser.wait_until(page, "document.querySelector('#search-results p') !== null")
        assert not [text for text in traffic.complaints if "rror" in text], traffic.complaints


@in_browser
@pytest.mark.parametrize(("width", "drawing"), [(1280, "wide"), (390, "narrow")])
def test_a_phone_without_scripts_gets_a_drawing_of_its_own(chromium: browser.Browser, width: int, drawing: str) -> None:
    with chromium.page("ledgers/2-reading-the-books.html", width=width, scripts=False) as page:
        shown = page.locator("figure.chart").first.locator(".drawing:visible")
        assert shown.count() == 1 and drawing in (shown.get_attribute("class") or "").split()


@in_browser
def test_a_page_loads_no_script_that_draws(chromium: browser.Browser) -> None:
    traffic = browser.Traffic()
    with chromium.page("ledgers/2-reading-the-books.html", traffic=traffic, fresh=True):
        pass
    assert not [path for path in traffic.inside if path.startswith("/_static/charts/")], traffic.inside


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
        figure = page.locator("figure.chart .chart-drawing").first
        figure.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        ground, darkest, lightest = page.evaluate(GREYS, base64.b64encode(figure.screenshot()).decode())
        assert (ground < 40 and lightest > 222) if dark else (ground > 240 and darkest < 80)


@in_browser
def test_without_scripts_each_chart_is_a_picture_with_words(chromium: browser.Browser, book: Path) -> None:
    for docname in with_charts(book):
        with chromium.page(f"{docname}.html", scripts=False) as page:
            for picture in page.locator("figure.chart [role=img]").all():
                assert picture.is_visible() and len(picture.get_attribute("aria-label") or "") > 60


def test_no_two_charts_of_a_page_have_one_anchor_and_their_row_links_to_it(book: Path) -> None:
    for docname in with_charts(book):
        page = BeautifulSoup((books.site(book) / f"{docname}.html").read_text(encoding="utf-8"), "html.parser")
        anchors = [figure["id"] for figure in page.select("figure.chart")]
        assert len(set(anchors)) == len(anchors) and all(anchor.startswith("chart-") for anchor in anchors)
        assert [link["href"] for link in page.select("a.chart-link")] == [f"#{anchor}" for anchor in anchors]


def test_a_chart_can_be_taken_along_as_picture_and_as_data(book: Path) -> None:
    path = books.site(book) / "ledgers/2-reading-the-books.html"
    figures = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("figure.chart")
    assert figures
    for figure in figures:
        files = [(path.parent / link["href"]).resolve() for link in figure.select(".chart-save a[download]")]
        assert [file.suffix for file in files] == [".png", ".svg", ".csv"]
        assert files[0].read_bytes().startswith(b"\x89PNG")
        assert figure.select_one(".chart-title").get_text().split()[0] in files[1].read_text(encoding="utf-8")
        rows = list(csv.reader(files[2].read_text(encoding="utf-8-sig").splitlines()))
        shown = [head.get_text() for head in figure.select(".chart-data th[scope=col]")]
        assert rows[0][: len(shown)] == shown and rows[0][-1] == "Links"
        assert len(rows) == len(figure.select(".chart-data tr"))


@in_browser
def test_on_a_phone_a_table_of_many_columns_stands_row_by_row_and_each_cell_says_what_it_is(
    chromium: browser.Browser,
) -> None:
    with chromium.page("ledgers/6-the-money-goes-in-a-circle.html", width=390) as page:
        tables = page.locator(".table-scroll:has(table.many)")
        assert tables.count() >= 1
        for table in tables.all():
            assert table.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
        cell = page.locator("table.many td:nth-child(2)").first
        assert (
            cell.evaluate("cell => getComputedStyle(cell, '::before').content")
            == f'"{cell.get_attribute("data-label")}"'
        )
