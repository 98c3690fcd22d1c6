"""What stands around the text of a page of the built book, and what its head says to those who pass it on."""

from pathlib import Path
from xml.etree import ElementTree

import books
import browser
import pytest
from bs4 import BeautifulSoup

from frontier_calc.press import feed, furniture, pages, weave
from frontier_calc.record import reading
from frontier_calc.record.rows import Edition

FRONT = "index"
LEDGERS = [page.docname for page in pages.all_pages(books.ROOT) if page.docname.startswith("ledgers/")]
ALL = [FRONT, *LEDGERS, "reference/models-layer"]


@pytest.fixture(scope="module")
def soups(book: Path) -> dict[str, BeautifulSoup]:
    return {name: BeautifulSoup((books.site(book) / f"{name}.html").read_text("utf-8"), "html.parser") for name in ALL}


def meta(soup: BeautifulSoup, name: str) -> str:
    found = soup.find("meta", property=name) or soup.find("meta", attrs={"name": name})
    return found["content"] if found else ""


@pytest.mark.book
def test_a_page_says_its_title_and_what_it_is_about_to_whoever_passes_it_on(soups) -> None:
    descriptions = set()
    for docname, soup in soups.items():
        title = soup.title.get_text()
        assert title.endswith("The Economics of the Frontier")
        assert meta(soup, "og:title") in title and meta(soup, "og:site_name")
        assert 40 < len(meta(soup, "description")) <= furniture.LONGEST_DESCRIPTION + 2
        assert meta(soup, "og:description") == meta(soup, "description")
        assert meta(soup, "og:image").endswith(f"_static/{feed.PICTURE}") and meta(soup, "og:url").endswith(
            f"{docname}.html"
        )
        descriptions.add(meta(soup, "description"))
    assert len(descriptions) == len(soups)


@pytest.mark.book
def test_the_picture_of_the_book_is_its_front_chart_and_the_icon_is_its_own(book: Path, soups) -> None:
    site = books.site(book)
    picture = (site / "_static" / feed.PICTURE).read_bytes()
    first = soups[FRONT].select_one("figure.chart .chart-save a[href$='.png']")["href"]
    assert picture.startswith(b"\x89PNG") and picture == (site / first).read_bytes()
    icon = soups[FRONT].find("link", rel="icon")["href"]
    assert (site / icon).read_text("utf-8").startswith("<svg")


@pytest.mark.book
def test_the_front_page_leads_into_the_text_past_its_chart_and_says_how_long_it_takes(soups) -> None:
    front = soups[FRONT]
    start = front.select_one("a.start-reading")
    assert front.select_one(start["href"]).name == "section"
    assert "minutes" in front.select_one(".reading-time").get_text()
    assert (
        front.select_one(".start .with-headline a")["href"] == "reference/translate-your-own.html"
    )  # who comes with a headline
    assert start.find_next("figure")["class"][0] == "chart"  # the picture stands below the way in


@pytest.mark.book
def test_each_chapter_ends_with_the_way_to_the_next_and_then_its_sheet_folded(soups) -> None:
    order = [FRONT, *LEDGERS]
    for docname, following in zip(order, [*order[1:], "reference/models-layer"], strict=True):
        way = soups[docname].select_one(".next-chapter")
        assert Path(way["href"]).name == f"{Path(following).name}.html"
        fold = way.find_next("details", class_="sheet-fold")
        assert fold is not None and not fold.has_attr("open") and fold.find("table")


ASK = ".ask-number:not(.what-if-invitation *)"  # in the text; the invitation has one as well


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
def test_the_front_page_shows_once_what_a_number_does_when_it_is_asked(chromium: browser.Browser) -> None:
    for width in (1280, 390):
        with chromium.page("index.html", width=width) as page:
            page.locator(ASK).click()
            card = page.locator(".provenance:popover-open")
            assert page.locator(ASK).inner_text().split()[-2] in card.inner_text()
            page.keyboard.press("Escape")
            assert card.count() == 0
    with chromium.page("index.html", scripts=False) as page:
        page.locator(ASK).click()
        assert "#" in page.url


# How long a page is, and what it is about.


def test_the_time_that_a_page_takes_is_that_of_its_prose() -> None:
    on = reading.edition("working")
    for woven in weave.weave_all(on, books.ROOT):
        if woven.page.docname in LEDGERS:
            words = len(woven.text.split("Ledger sheet")[0].split())
            assert 0 < furniture.minutes(woven) <= words / furniture.WORDS_A_MINUTE + 1


# The feed.


def an_edition(id: str, day: str) -> Edition:
    return Edition(
        id=id, title=f"Edition {id} & more", as_of=reading.parse_day(day), closing=reading.parse_day(day), note="<b>"
    )


def test_the_feed_lists_the_editions_newest_first_and_leads_to_where_each_stays() -> None:
    made = feed.rss([an_edition("2026-05", "2026-05-31"), an_edition("2026-07", "2026-07-30")], "https://e.org/b/")
    items = ElementTree.fromstring(made).findall("channel/item")
    assert [item.findtext("title") for item in items] == ["Edition 2026-07 & more", "Edition 2026-05 & more"]
    assert items[0].findtext("link") == "https://e.org/b/2026-07/index.html"
    assert items[0].findtext("pubDate") == "Thu, 30 Jul 2026 00:00:00 +0000"
    assert "30 July 2026. <b>" in items[0].findtext("description")
    assert len({item.findtext("guid") for item in items}) == 2


@pytest.mark.book
def test_the_site_has_the_feed_and_every_page_names_it(book: Path, soups) -> None:
    ElementTree.parse(books.site(book) / feed.NAME)
    for docname, soup in soups.items():
        named = soup.find("link", rel="alternate", type="application/rss+xml")["href"]
        assert (books.site(book) / docname).parent.joinpath(named).resolve() == (books.site(book) / feed.NAME).resolve()
