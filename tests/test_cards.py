"""The card of each number: its facts, its address, its ways to be opened; a term's definition; a page's age."""

import json
import posixpath
from pathlib import Path
from urllib.parse import urlsplit

import books
import browser
import plain
import pytest
from bs4 import BeautifulSoup

from frontier_calc import spoken, words
from frontier_calc.book import blocks, facts, glossary, speakers
from frontier_calc.graph import Leaf
from frontier_calc.press import cards, pages, weave
from frontier_calc.record import reading
from frontier_calc.words import known_words

pytestmark = [pytest.mark.book, pytest.mark.browser]

ALL = [page.docname for page in pages.all_pages(books.ROOT)]
LEDGER = "ledgers/2-reading-the-books"
BUSY = ("index", LEDGER, "ledgers/4-a-tale-of-two-labs")
CARD = ".provenance:popover-open"


@pytest.fixture(scope="session")
def shelf(book: Path) -> cards.Shelf:
    """The book's pages, woven."""
    return cards.Shelf(weave.weave_all(reading.edition("working", book / "data"), book))


@pytest.fixture(scope="session")
def soups(book: Path) -> dict[str, BeautifulSoup]:
    """The book's pages, as built."""
    html = {name: (books.site(book) / f"{name}.html").read_text("utf-8") for name in ALL}
    return {name: BeautifulSoup(text, "html.parser") for name, text in html.items()}


def told(soup: BeautifulSoup) -> dict:
    return json.loads(soup.find("script", id="figures").string)


# What the page carries.


def test_every_number_carries_its_address(shelf, soups) -> None:
    seen = 0
    for name, soup in soups.items():
        woven = shelf.pages[name]
        for number in soup.select("a[data-figure]"):
            figure, address = woven.shown[number["data-figure"]], number["data-address"]
            seen += 1
            named = [
                a
                for docname, page in shelf.pages.items()
                for a, f in page.addresses.items()
                if f.key == figure.key and (docname == name or a.rpartition("/")[2] in shelf.anchors[docname])
            ]
            own = [a for a, f in woven.addresses.items() if f.key == figure.key]
            if named:
                assert address in (own or named)
            elif isinstance(figure.node, Leaf) and figure.period and figure.sources:
                assert address == f"{figure.node.name}/{figure.period.text}"
            else:
                assert address == f"{woven.page.name}/figure-{figure.key}"
            assert number["data-tag"] == (figure.tag or "exact")
    assert seen > 500


def test_a_number_links_to_where_its_facts_are_and_never_from_inside_a_link(shelf, soups) -> None:
    places = {name: {element["id"]: element for element in soup.find_all(id=True)} for name, soup in soups.items()}
    linked = 0
    for name, soup in soups.items():
        assert not soup.select("a a, .ledger-sheet a.figure")
        for number in soup.select("a.figure"):
            page, _, anchor = number["href"].partition("#")
            page = posixpath.normpath(posixpath.join(posixpath.dirname(name), page)).removesuffix(".html")
            target = places[page if number["href"][0] != "#" else name][anchor]
            if row := target.find_parent("tr"):
                assert row.find(attrs={"data-figure": number["data-figure"]}), number
            else:
                sources = shelf.pages[name].shown[number["data-figure"]].sources
                assert anchor in [f"source-{source.id}" for source in sources]
            linked += 1
    assert linked > 200
    # A named figure of a page always has a row to go to.
    for name in BUSY:
        keys = {figure.key for figure in shelf.pages[name].figures.values()}
        assert not [n for n in soups[name].select("p span.figure") if n["data-figure"] in keys]


MORE = "more under the sources of its inputs"  # said where there are too many notes to tell


def beneath(record: dict, fact: dict) -> list[dict]:
    """The inputs of a figure as its card tells them, with the texts that many cards say in their place."""
    found = []
    for index in fact.get("inputs", ()):
        one = dict(record["inputs"][index])
        for name in ("standing", "age"):
            one[name] = record["texts"][one[name]] if name in one else ""
        found.append(one)
    return found


def test_the_cards_say_what_the_figures_know(shelf, soups) -> None:
    for name, soup in soups.items():
        record, woven = told(soup), shelf.pages[name]
        # And of those that only a sentence would say into which one of the page's may turn.
        unsaid = {key: worded.figure for key, worded in cards.unsaid(woven, blocks.walk(woven.blocks)).items()}
        shown = {number["data-figure"] for number in soup.select("[data-figure]")}
        assert set(record["figures"]) == shown | set(unsaid)
        assert all(record["figures"][key]["address"] for key in unsaid)
        # The same observation may be asked for twice, and be held by the edition as one of the answers only.
        named = {figure.key: figure for figure in reversed(woven.figures.values())}
        for key, fact in record["figures"].items():
            figure = {**woven.shown, **unsaid, **named}[key]
            inputs = beneath(record, fact)
            leaves = [leaf for leaf in figure.leaves if leaf.tag]
            assert fact["gist"] and fact["result"] and len(inputs) == len(leaves), f"{name}: {fact}"
            by = [record["sources"][one["by"]] for one in inputs if "by" in one]
            sources = [leaf.source for leaf in leaves if leaf.source is not None]
            assert [each[0] for each in by] == [str(source) for source in sources]
            assert [each[2] for each in by] == [source.link for source in sources]
            for leaf, one in zip(leaves, inputs, strict=True):
                assert (one.get("held", ""), one.get("note", "")) == (leaf.held, leaf.note)
                own = words.usual(leaf, leaf.qualifier, leaf.value)
                assert bool(one.get("others")) == any(speakers.row_words(row) != own for row in leaf.disputes)
                assert one["standing"]
            assert bool(fact.get("range")) == (figure.low is not None and figure.high > figure.low)
            assert bool(fact.get("numbers")) == (not isinstance(figure.node, Leaf))


def test_the_ledger_sheet_has_the_same_facts(shelf, soups) -> None:
    rows = 0
    for name, soup in soups.items():
        sheet = soup.select_one("table.ledger-sheet:not(.every-figure)")
        facts_by_key = {figure.key: fact for _, figure, fact in shelf.pages[name].told}
        for row in sheet.tbody.find_all("tr") if sheet else ():
            fact = facts_by_key[row.find(attrs={"data-figure": True})["data-figure"]]
            text = " ".join(plain.words_of(row))
            for part in (fact.saying, fact.formula, fact.numbers, fact.result, fact.unit, fact.about, fact.known):
                assert " ".join(part.split()) in text, f"{name}, {part}: {text}"
            for source in fact.sources:
                assert f"{source} ({facts.reading_of(source)})" in text
            rows += 1
    assert rows > 100


TWO = """```{code-cell} ipython3
import frontier_calc as fc
from frontier_calc import book
NAME = fc.latest("openai-revenue-run-rate")
```

```{code-cell} ipython3
book.ledger_sheet(globals())
```
"""
ONE = """```{code-cell} ipython3
import frontier_calc as fc
pace = [fc.latest("openai-revenue-run-rate")]
```

```{code-cell} ipython3
from frontier_calc import book
book.table([{"Pace": pace[0]}])
```
"""


def test_a_new_name_on_one_page_changes_the_links_of_another(tmp_path: Path) -> None:
    tiny = books.copy(tmp_path / "tiny", {"index": f"# One\n\n{ONE}", "two": f"# Two\n\n{TWO.replace('NAME', 'pace')}"})
    for name in ("pace", "tempo"):
        (tiny / "two.md").write_text(f"{books.HEADER}# Two\n\n{TWO.replace('NAME', name)}", encoding="utf-8")
        assert books.make(tiny).returncode == 0
        page = BeautifulSoup((books.site(tiny) / "index.html").read_text("utf-8"), "html.parser")
        number = page.select_one("a.figure")
        assert (number["href"], number["data-address"]) == (f"two.html#{name}", f"two/{name}")


def test_terms_bring_their_definitions(book: Path, soups) -> None:
    defined = list(glossary.entries(book))
    assert len(defined) >= 15
    found = 0
    for soup in soups.values():
        for link in soup.select("article a:has(> .std-term)"):
            term, text = told(soup)["terms"][urlsplit(link["href"]).fragment]
            assert term in defined and 15 <= len(text.split()) <= 40
            found += 1
    assert found


def test_the_glossary_defines_in_a_sentence_or_two(shelf, book: Path) -> None:
    assert list(shelf.definitions) == list(glossary.entries(book))
    for term, text in shelf.definitions.items():
        assert 15 <= len(text.split()) <= 40, term


# In a browser.


def a_number(shelf: cards.Shelf, docname: str = LEDGER) -> tuple[str, str]:
    """A worked-out figure that the page names and shows in its prose: its name, and where it stands."""
    woven = shelf.pages[docname]
    in_prose = {expression.partition(".")[0] for expression, _ in woven.values}
    for name, figure in woven.figures.items():
        if not isinstance(figure.node, Leaf) and figure.sources and name in in_prose and str(figure) in woven.text:
            address = next(a for a, f in woven.addresses.items() if f.key == figure.key)
            return name, f'p [data-address="{address}"] >> nth=0'
    raise LookupError(docname)


def settle(page) -> None:
    page.mouse.move(2, 2)
    page.wait_for_timeout(500)


def test_a_pointer_opens_the_card_and_leaves_the_focus_alone(chromium: browser.Browser, shelf) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        number = page.locator(a_number(shelf)[1])
        before = page.evaluate("document.activeElement.tagName")
        number.hover()
        page.wait_for_selector(CARD)
        assert page.evaluate("document.activeElement.tagName") == before
        box, text = page.locator(CARD).bounding_box(), page.locator(CARD).inner_text()
        own = number.bounding_box()
        gap = (own["y"] + own["height"] + box["y"]) / 2 if own["y"] < box["y"] else box["y"] + box["height"] + 4
        page.mouse.move(box["x"] + 40, gap)  # between the number and its card
        page.wait_for_timeout(60)
        page.mouse.move(box["x"] + 40, box["y"] + 40)
        page.wait_for_timeout(500)
        assert page.locator(CARD).all_inner_texts() == [text], "the card is gone before one can reach it"
        settle(page)
        assert not page.locator(CARD).count()
        number.hover()
        page.wait_for_selector(CARD)
        page.keyboard.press("Escape")
        assert not page.locator(CARD).count()


def test_a_click_holds_the_card_until_a_click_elsewhere(chromium: browser.Browser, shelf) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        number = page.locator(a_number(shelf)[1])
        number.click()
        settle(page)
        assert page.locator(CARD).is_visible() and "#" not in page.url
        box = page.locator(CARD).bounding_box()
        assert not overlap(box, number.bounding_box()), "the card covers its number"
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900, "part of the card is outside"
        number.click()
        assert not page.locator(CARD).count(), "a second click closes it"
        number.click()
        page.locator("article h1").click()
        assert not page.locator(CARD).count()
        page.evaluate("addEventListener('click', event => window.kept = event.defaultPrevented)")
        with page.context.expect_page():  # as any link; some shells, which have no windows, leave the new page empty
            number.click(modifiers=["Control"])
        assert page.evaluate("window.kept") is False and not page.locator(CARD).count()


def test_a_card_of_a_point_in_a_chart_is_held_too_and_can_be_clicked(chromium: browser.Browser) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        point = page.locator(".chart-points.wide a").last
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.locator(f"{CARD} .provenance-gist").click()
        assert page.locator(CARD).is_visible(), "a click in it went through to the page"


def overlap(a: dict, b: dict) -> bool:
    return a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"] and \
        a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]  # fmt: skip


def test_a_card_that_is_held_stands_beside_its_sentence_where_there_is_a_margin(
    chromium: browser.Browser, shelf
) -> None:
    for width, beside in ((1280, True), (1000, False)):
        with chromium.page(f"{LEDGER}.html", width=width) as page:
            number = page.locator(a_number(shelf)[1])
            number.click()
            card = page.locator(CARD).bounding_box()
            text = number.evaluate("one => one.closest('p, li').getBoundingClientRect().right")
            assert (card["x"] >= text) == beside, (width, card, text)
            assert card["x"] + card["width"] <= width and card["y"] >= 0 and card["y"] + card["height"] <= 900
            assert number.bounding_box()["y"] + 20 >= card["y"] or not beside


def test_a_card_that_is_held_from_the_title_of_a_broad_chart_leaves_the_title_and_the_newest_points_to_be_seen(
    chromium: browser.Browser,
) -> None:
    with chromium.page("index.html") as page:
        chart = page.locator("figure.chart.broad")
        chart.locator(".chart-title a.figure").first.click()
        card = page.locator(CARD).bounding_box()
        assert not overlap(card, chart.locator(".chart-title").bounding_box())
        points = [box for point in chart.locator(".chart-points a.figure").all() if (box := point.bounding_box())]
        newest = sorted(points, key=lambda box: box["x"])[-3:]
        assert len(points) > 20 and not any(overlap(card, box) for box in newest)
        assert card["y"] + card["height"] <= 900


def test_a_card_of_a_number_in_a_note_leaves_the_text_and_the_page_bar_alone(chromium: browser.Browser) -> None:
    with chromium.page("ledgers/4-a-tale-of-two-labs.html") as page:
        numbers = page.locator(".side-note a.figure").all()
        for number in numbers[:12]:
            number.scroll_into_view_if_needed()
            number.click()
            card = page.locator(CARD).bounding_box()
            text = page.evaluate("document.querySelector('section > p:has(.figure)').getBoundingClientRect().right")
            bar = page.evaluate("document.querySelector('.bd-header-article').getBoundingClientRect().bottom")
            assert card["x"] >= text and card["x"] + card["width"] <= 1280, (card, text)
            assert card["y"] >= bar, (card, bar)
            page.keyboard.press("Escape")
        assert len(numbers) > 8


def test_a_tap_opens_a_sheet_at_the_foot_of_a_phone(chromium: browser.Browser, shelf) -> None:
    with chromium.page(f"{LEDGER}.html", width=390, has_touch=True) as page:
        number = page.locator(a_number(shelf)[1])
        page.evaluate(
            "top => scrollBy({ top: top - 800, behavior: 'instant' })", number.bounding_box()["y"]
        )  # low on the screen
        number.tap()
        page.wait_for_selector(CARD)
        page.wait_for_timeout(600)
        box = page.locator(CARD).bounding_box()
        assert box["width"] == 390 and round(box["y"] + box["height"]) == 900
        assert not overlap(box, number.bounding_box()), "the sheet covers its number"
        page.touchscreen.tap(4, 120)  # the margin
        assert not page.locator(CARD).count()


def test_a_card_that_closes_leaves_the_page_where_it_is_and_its_link_leads_on(chromium: browser.Browser, shelf) -> None:
    with chromium.page(f"{LEDGER}.html", width=390, has_touch=True, reduced_motion="no-preference") as page:
        number = page.locator(a_number(shelf)[1])
        number.tap()
        page.wait_for_selector(CARD)
        page.wait_for_timeout(600)
        before = page.evaluate("scrollY")
        page.keyboard.press("Escape")
        page.wait_for_timeout(600)
        assert page.evaluate("scrollY") == before
        number.tap()
        page.locator(f"{CARD} a[href^='#']").first.tap()
        browser.wait_until(page, "document.querySelector(':target').getBoundingClientRect().top < innerHeight")


def test_the_keyboard_alone_opens_reads_and_closes(chromium: browser.Browser, shelf) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        number = page.locator(a_number(shelf)[1])
        on_number = "where => document.activeElement === where"
        in_card = f"document.activeElement.closest('{CARD}') !== null"
        for key in ("Enter", "Space"):
            number.focus()
            page.keyboard.press(key)
            assert page.evaluate(in_card)
            page.keyboard.press("Escape")
            assert not page.locator(CARD).count() and number.evaluate(on_number)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Close"
        page.keyboard.press("Enter")
        assert not page.locator(CARD).count() and number.evaluate(on_number)
        # Tab goes through the card and on to what follows; the card does not stay behind.
        page.keyboard.press("Enter")
        for _ in range(30):
            page.keyboard.press("Tab")
            if not page.evaluate(in_card):
                break
        assert not page.locator(CARD).count()
        following = "where => !!(where.compareDocumentPosition(document.activeElement) & 4)"
        assert number.evaluate(following) and page.evaluate("!!document.activeElement.closest('article')")


def test_a_paragraph_is_one_stop_of_the_tab_key_and_the_arrows_go_from_number_to_number(
    chromium: browser.Browser,
) -> None:
    stops = """() => [...document.querySelectorAll(".bd-article p, .bd-article table")].map(part =>
      [...part.querySelectorAll("a.figure, a:has(> .std-term)")]
        .filter(one => one.closest("p, table, .side-note, .chart-points") === part))
      .filter(those => those.length > 1)
      .map(those => those.filter(one => one.tabIndex === 0).length)"""
    with chromium.page(f"{BUSY[2]}.html") as page:
        found = page.evaluate(stops)
        assert len(found) > 8 and set(found) == {1}
        numbers = page.locator("article p:has(a.figure ~ a.figure):not(:has(.side-note))").first.locator(
            "a.figure, a:has(> .std-term)"
        )
        here = "where => document.activeElement === where"
        numbers.nth(0).focus()
        page.keyboard.press("ArrowRight")
        assert numbers.nth(1).evaluate(here)
        page.keyboard.press("Home")
        assert numbers.nth(0).evaluate(here)
        page.keyboard.press("End")
        assert numbers.last.evaluate(here)
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate("document.activeElement.matches('p a.figure')") or not numbers.last.evaluate(here)
        # The stop is where one was last.
        assert (
            numbers.last.evaluate("one => one.tabIndex") == 0 and numbers.nth(0).evaluate("one => one.tabIndex") == -1
        )


def test_the_card_says_where_the_number_comes_from(chromium: browser.Browser, shelf) -> None:
    name, where = a_number(shelf)
    woven = shelf.pages[LEDGER]
    figure = woven.figures[name]
    fact = next(fact for each, _, fact in woven.told if each == name)
    with chromium.page(f"{LEDGER}.html") as page:
        page.locator(where).click()
        page.locator(f"{CARD} .provenance-formula summary").click()
        text = page.locator(CARD).inner_text()
        for part in (
            figure.tag,
            fact.unit,
            fact.saying,
            fact.kind,
            fact.formula,
            f"= {fact.numbers}",
            f"= {fact.head}",
        ):
            assert part in text, part
        for each in fact.statements:
            assert each.name in text and each.said in text and each.standing in text and each.age in text
            assert each.source is None or str(each.source) in text
        order = [text.index(part) for part in (fact.result[1:], fact.saying, fact.statements[0].standing, fact.formula)]
        assert order == sorted(order), "the sentence, then who says so, then the formula"
        links = page.locator(f"{CARD} a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        address = page.locator(where).get_attribute("data-address").replace("/", "-")
        assert links[-2:] == [page.locator(where).get_attribute("href"), f"../reference/every-figure.html#{address}"]
        page.locator(f"{CARD} .provenance-foot a").first.click()
        browser.wait_until(page, "location.hash")
        assert not page.locator(CARD).count()
        assert page.locator(":target").inner_text() == name.replace("_", " ")


def test_a_number_worded_otherwise_in_the_text_is_told_in_one_form(chromium: browser.Browser, shelf) -> None:
    """ "About one-seventh" in the text: the card has it in per cent, says so, and has no decimal below."""
    docname = BUSY[2]
    with chromium.page(f"{docname}.html") as page:
        page.locator('p [data-address="ledger-4/worth"] >> nth=0').click()
        text = page.locator(CARD).inner_text()
        assert "per cent" in page.locator(f"{CARD} .provenance-value").inner_text()
        assert "In the text: “" in text and "0.1" not in text


def test_a_term_shows_its_definition(chromium: browser.Browser, shelf) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        term = page.locator("a:has(> .std-term)").first
        term.focus()
        page.keyboard.press("Enter")
        text = " ".join(page.locator(CARD).inner_text().split())
        assert any(definition in text for definition in shelf.definitions.values())


def test_it_works_from_a_folder_and_asks_for_nothing(book: Path, chromium: browser.Browser, shelf) -> None:
    traffic = browser.Traffic()
    with chromium.page(f"{LEDGER}.html", traffic=traffic) as page:
        page.locator(a_number(shelf)[1]).click()
        page.wait_for_selector(CARD)
    assert not traffic.outside and not [text for text in traffic.complaints if "theme" not in text]
    page = chromium.engine.new_page()
    page.goto((books.site(book) / f"{LEDGER}.html").as_uri())
    page.locator(a_number(shelf)[1]).click()
    assert page.locator(CARD).is_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("width", "dark", "docnames"),
    [(1280, False, [LEDGER]), (1280, True, BUSY[2:]), (390, False, [LEDGER]), (390, True, BUSY[:1])],
    ids=["wide-light", "wide-dark", "phone-light", "phone-dark"],
)
def test_axe_finds_nothing_with_a_card_open(chromium: browser.Browser, shelf, width, dark, docnames) -> None:
    found = []
    for docname in docnames:
        with chromium.page(f"{docname}.html", width=width, dark=dark, has_touch=width < 600) as page:
            page.locator(a_number(shelf, docname)[1]).click()
            page.wait_for_selector(CARD)
            page.wait_for_timeout(300)
            for violation in browser.violations(page):
                places = [node["target"] for node in violation["nodes"]]
                found.append(f"{docname}: {violation['id']} ({violation['impact']}): {places[:3]}")
    assert not found, "\n".join(found)


def test_without_scripts_a_number_leads_to_its_row(chromium: browser.Browser, shelf) -> None:
    name, where = a_number(shelf)
    figure = shelf.pages[LEDGER].figures[name]
    with chromium.page(f"{LEDGER}.html", scripts=False) as page:
        page.locator(where).click()
        row = page.locator("tr:has(:target)")
        text = row.inner_text()
        said = spoken.amount(figure).number
        for part in (name.replace("_", " "), said, figure.tag, figure.period.words, known_words(figure)):
            assert part in text
        assert all(str(source) in text for source in figure.sources)
        assert row.evaluate("row => getComputedStyle(row).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert (
            not page.locator("edition-age").is_visible()
            and not page.locator(".figure[role], .figure[tabindex]").count()
        )


# The age of a page.

AGED = """([asOf, ends]) => {
  const age = document.createElement("edition-age");
  age.dataset.asOf = asOf;
  age.dataset.read = "31 May 2026";
  age.dataset.forecasts = JSON.stringify(ends.map((end, at) => ({ end, what: `forecast ${at + 1}`, to: "#there" })));
  document.body.append(age);
  const text = age.textContent;
  age.remove();
  return text;
}"""
SUMMER, AUTUMN, WINTER = "2026-06-30", "2026-09-30", "2026-12-31"


@pytest.mark.parametrize(
    ("today", "ends", "said"),
    [
        ("2026-05-31", [SUMMER], ""),
        ("2026-07-11", [SUMMER], ""),
        ("2026-05-01", [SUMMER], ""),  # a clock that is wrong
        ("2026-07-12", [], "six weeks ago."),
        ("2026-07-22", [WINTER], "seven weeks ago. Its one forecast has not come due yet."),
        ("2026-08-01", [SUMMER], "two months ago. Its one forecast has come due since: forecast 1."),
        ("2026-08-24", [AUTUMN, WINTER], "almost three months ago. None of its two forecasts has come due yet."),
        ("2026-09-30", [SUMMER, AUTUMN], "four months ago. One of its two forecasts has come due since: forecast 1."),
        (
            "2026-10-12",
            [SUMMER, AUTUMN],
            "over four months ago. Both of its forecasts have come due since: forecast 1; forecast 2.",
        ),
        (
            "2026-11-28",
            [SUMMER, AUTUMN, WINTER],
            "six months ago. Two of its three forecasts have come due since: forecast 1; forecast 2.",
        ),
        (
            "2027-05-31",
            [SUMMER, AUTUMN, WINTER],
            "a year ago. All three of its forecasts have come due since: forecast 1; forecast 2; forecast 3.",
        ),
        ("2027-10-01", [], "over a year ago."),
        ("2028-03-31", [], "almost two years ago."),
        ("2046-06-01", [], "20 years ago."),
    ],
)
def test_a_page_tells_its_age_on_the_readers_day(chromium: browser.Browser, today: str, ends: list, said: str) -> None:
    with chromium.page("genindex.html", fresh=True) as page:  # its clock is set
        page.add_script_tag(url="_static/age.js")
        page.clock.set_fixed_time(f"{today}T09:00:00")
        text = page.evaluate(AGED, ["2026-05-31", ends])
    assert text == (f"This page tells what was known on 31 May 2026, {said}" if said else "")


def test_an_aged_page_counts_its_own_forecasts(chromium: browser.Browser, shelf) -> None:
    docname = BUSY[2]
    on = shelf.pages[docname].reading
    open_then = cards.forecasts(docname, shelf, on.as_of)
    leaves = {leaf.key: leaf for figure in shelf.pages[docname].shown.values() for leaf in figure.leaves}
    ends = sorted(
        leaf.period.end for leaf in leaves.values() if leaf.tag == "projected" and leaf.period.end >= on.as_of
    )
    assert ends and [entry["end"] for entry in open_then] == [end.isoformat() for end in ends]
    with chromium.page(f"{docname}.html", fresh=True) as page:
        for day in (on.as_of, ends[0], ends[-1]):
            page.clock.set_fixed_time(f"{day.replace(year=day.year + (day == ends[-1])).isoformat()}T12:00:00")
            page.reload()
            banner = page.locator("edition-age")
            if day == on.as_of:
                assert not banner.is_visible()
                continue
        due = [entry["what"] for entry in open_then]
        assert banner.is_visible() and banner.get_attribute("role") == "note"
        assert banner.locator("a").all_inner_texts() == due
        for link in banner.locator("a").all():
            assert page.locator(f"[id='{urlsplit(link.get_attribute('href')).fragment}']").count() == 1
