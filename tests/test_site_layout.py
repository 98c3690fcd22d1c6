"""How the built book is set: one right edge, whole numbers, heads that stay, notes beside the text on paper."""

import json
import re
from pathlib import Path

import books
import browser
import pytest
from bs4 import BeautifulSoup

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]

# The right edges of all that a selector finds and a reader sees, in whole pixels.
EDGES = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
  .map((one) => Math.round(one.getBoundingClientRect().right))"""


def test_no_quotation_mark_of_a_keyboard_is_printed_on_a_page_or_on_a_card(book: Path) -> None:
    for docname in ALL:
        page = BeautifulSoup((books.site(book) / f"{docname}.html").read_text(encoding="utf-8"), "html.parser")
        for script in page.select('script[type="application/json"]'):
            said = json.dumps(json.loads(script.string or "null"), ensure_ascii=False)
            assert "'" not in said, (docname, re.findall(".{40}'.{20}", said)[:3])
        article = page.find("article")
        assert article is not None
        for typed in article.select("pre, code, script, style"):
            typed.decompose()
        assert not (found := re.findall(".{0,40}['\"].{0,20}", article.get_text())), (docname, found[:3])


@in_browser
def test_tables_of_few_columns_charts_and_lists_of_sources_end_where_the_text_does(chromium: browser.Browser) -> None:
    for docname in ("ledgers/7-the-rest-of-the-world", "ledgers/2-reading-the-books", "reference/sources"):
        with chromium.page(f"{docname}.html") as page:
            (text,) = set(page.evaluate(EDGES, "article section > h2, article section > p:not(.eyebrow)")) or {0}
            few = ".bd-article .cell > .cell_output .table-scroll:not(:has(.ledger-sheet)), figure.chart, .sources"
            assert set(page.evaluate(EDGES, few)) == {text}, docname


# Of each word of the commands that a page shows: the word, and on how many lines it stands.
WORDS = """() => [...document.querySelectorAll(".highlight-console pre")].flatMap((block) => {
  const found = [], walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let text = "", places = [];
  for (let node; (node = walk.nextNode());) for (let at = 0; at < node.length; at++) places.push([node, at, node.data[at]]);
  for (const match of places.map((place) => place[2]).join("").matchAll(/\\S+/g)) {
    const range = document.createRange(), last = places[match.index + match[0].length - 1];
    range.setStart(places[match.index][0], places[match.index][1]);
    range.setEnd(last[0], last[1] + 1);
    found.push([match[0], new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.bottom / 4))).size]);
  }
  return found;
})"""


@in_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_no_option_of_a_command_is_broken_and_what_is_copied_is_the_command(
    chromium: browser.Browser, width: int
) -> None:
    guide = (books.ROOT / "reference/authors-month.md").read_text("utf-8")
    typed = re.findall(r"```console\n(.*?)```", guide.replace("$ frontier", "frontier"), re.DOTALL)
    with chromium.page("reference/authors-month.html", width=width) as page:
        words = page.evaluate(WORDS)
        assert len([word for word, _ in words if word.startswith("--")]) > 20
        assert not [word for word, lines in words if lines != 1]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        blocks = page.locator(".highlight-console pre").all()
        copied = [
            block.evaluate("one => { getSelection().selectAllChildren(one); return getSelection().toString(); }")
            for block in blocks
        ]
        assert [each.strip() for each in copied] == [each.strip() for each in typed]


@in_browser
def test_the_chart_of_the_front_page_is_seen_at_first_sight_and_the_day_is_told_twice(
    chromium: browser.Browser,
) -> None:
    with chromium.page("index.html") as page:
        chart = page.locator("figure.chart").first.bounding_box()
        assert chart["y"] <= 520 and chart["y"] + page.locator(".chart-stage").first.bounding_box()["height"] <= 900
        lines = page.locator(".start > :not(.with-headline)").all()
        middles = {round(box["y"] + box["height"] / 2) for box in (line.bounding_box() for line in lines)}
        assert len(lines) == 3 and max(middles) - min(middles) <= 2, "the way in, the time and the switch are one line"
        below = page.locator(".start > .with-headline").bounding_box()
        assert max(middles) < below["y"] <= max(middles) + 48, "who comes with a headline has a line of his own"
        day = page.locator("edition-age").get_attribute("data-read")
        assert page.locator("body").inner_text().lower().count(day.lower()) == 2
        page.get_by_label("Show the calculations").check()
        assert page.locator(".cell_input").first.is_visible()


@in_browser
@pytest.mark.parametrize("docname", ["ledgers/4-a-tale-of-two-labs", "reference/reconciliation"])
def test_on_a_phone_a_page_begins_with_its_title_and_tells_its_age_below(
    chromium: browser.Browser, docname: str
) -> None:
    with chromium.page(f"{docname}.html", width=390, fresh=True) as page:
        page.clock.set_fixed_time("2030-01-01T12:00:00")
        page.reload()
        title, age = (page.locator(part).bounding_box() for part in (".bd-article h1", "edition-age"))
        assert title["y"] < 170 and age["y"] >= title["y"] + title["height"] and age["height"] > 20


@in_browser
def test_beside_notes_the_age_of_a_page_is_one_of_them_and_a_bare_margin_has_the_contents(
    chromium: browser.Browser,
) -> None:
    contents = ".bd-sidebar-secondary"
    with chromium.page("ledgers/4-a-tale-of-two-labs.html") as page:
        head, note = (page.locator(part).first.bounding_box() for part in (".page-head", ".side-note"))
        assert (head["x"], head["width"]) == pytest.approx((note["x"], note["width"]), abs=1)
        assert head["y"] < note["y"] and not page.locator(contents).is_visible()
    with chromium.page("reference/reconciliation.html") as page:
        shown, article = (page.locator(part).bounding_box() for part in (contents, ".bd-article"))
        assert article["x"] + article["width"] <= shown["x"] and shown["x"] + shown["width"] <= 1280
    with chromium.page("index.html") as page:
        assert not page.locator(contents).is_visible(), "its chart takes that place"


@in_browser
def test_on_a_phone_a_number_in_a_small_table_stays_on_one_line_and_the_table_fits(chromium: browser.Browser) -> None:
    lines = "cell => { const all = document.createRange(); all.selectNodeContents(cell); return all.getClientRects().length && Math.round(all.getBoundingClientRect().height) }"  # fmt: skip
    for docname in ("ledgers/3-the-vintage-problem", "ledgers/4-a-tale-of-two-labs"):
        with chromium.page(f"{docname}.html", width=390) as page:
            tables = [one for one in page.locator("table.ledger-table:not(.many)").all() if one.is_visible()]
            assert tables
            for table in tables:
                assert table.evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
                for cell in table.locator("td.number").all():
                    assert cell.evaluate(lines) < 24, (docname, cell.inner_text())


@in_browser
def test_on_a_phone_the_words_of_a_row_begin_at_one_edge_and_numbers_alone_end_at_one(
    chromium: browser.Browser,
) -> None:
    edge = "(cell, side) => { const all = document.createRange(); all.selectNodeContents(cell); return Math.round(all.getBoundingClientRect()[side]) }"  # fmt: skip
    for docname, side in (("reference/exercises-4", "left"), ("ledgers/3-the-vintage-problem", "right")):
        with chromium.page(f"{docname}.html", width=390) as page:
            cells = page.locator("table.many").first.locator("td:nth-child(n + 2):visible")
            edges = cells.evaluate_all(f"cells => cells.map(cell => ({edge})(cell, '{side}'))")
            assert len(edges) > 5 and len(set(edges)) == 1, (docname, edges)


@in_browser
def test_on_a_phone_what_is_said_of_a_figure_has_the_whole_width_under_its_name_and_value(
    chromium: browser.Browser,
) -> None:
    with chromium.page("reference/every-figure.html", width=390) as page:
        page.locator(".every-figure th > button").first.click()
        row = page.locator(".every-figure tr[id]").first
        name, value, said = (row.locator(part).bounding_box() for part in ("a", "td.number", ".gist"))
        whole = row.bounding_box()
        assert abs(name["y"] - value["y"]) < 6 and said["y"] >= name["y"] + name["height"]
        assert said["width"] == pytest.approx(whole["width"], abs=1)


@in_browser
def test_on_a_phone_a_piece_of_news_stands_over_what_it_moved(chromium: browser.Browser) -> None:
    with chromium.page("reference/what-changed.html", width=390) as page:
        cells = page.locator(".moved-most tbody tr").first.locator("td").all()
        boxes = [cell.bounding_box() for cell in cells]
        assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"] and len({box["x"] for box in boxes}) == 1


@in_browser
def test_the_filter_and_the_heads_of_every_figure_stay_while_its_rows_go_by(chromium: browser.Browser) -> None:
    with chromium.page("reference/every-figure.html") as page:
        row = page.locator(".every-figure tr[id]").nth(200)
        page.emulate_media(reduced_motion="reduce")  # it jumps there, and does not glide
        page.evaluate("id => { location.hash = id }", row.get_attribute("id"))
        page.wait_for_timeout(300)
        bar, form, head = (
            page.locator(part).first.bounding_box() for part in (".bd-header-article", ".filter", ".every-figure th")
        )
        assert bar["y"] + bar["height"] <= form["y"] + 2 and form["y"] + form["height"] <= head["y"] + 2
        assert head["y"] + head["height"] <= row.bounding_box()["y"] < 900, "a row that is asked for stands under them"


@in_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_letters_of_the_glossary_stay_and_each_leads_to_its_first_term(
    chromium: browser.Browser, width: int
) -> None:
    with chromium.page("reference/glossary.html", width=width) as page:
        page.emulate_media(reduced_motion="reduce")
        letters = page.locator(".letters")
        initials = page.evaluate("[...new Set([...document.querySelectorAll('dl.glossary dt')].map(t => t.innerText[0].toUpperCase()))]")  # fmt: skip
        assert letters.locator("a").all_inner_texts() == initials and len(initials) > 10
        letters.get_by_text("R", exact=True).click()
        page.wait_for_timeout(300)
        bar, stays = page.locator(".bd-header-article").bounding_box(), letters.bounding_box()
        term = page.locator("dl.glossary dt").filter(has_text=re.compile("^r", re.IGNORECASE)).first.bounding_box()
        assert bar["y"] + bar["height"] <= stays["y"] + 2 and stays["y"] + stays["height"] <= term["y"] + 2 < 400


@in_browser
def test_the_filter_of_the_sources_stays_and_leaves_each_its_number_which_nothing_cuts_off(
    chromium: browser.Browser,
) -> None:
    with chromium.page("reference/sources.html") as page:
        every = page.locator("ol.sources > li")
        numbers = [int(one.get_attribute("value")) for one in every.all()]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        page.get_by_label("Words").fill("prospectus")
        left = [one for one in every.all() if one.is_visible()]
        assert 0 < len(left) < len(numbers)
        assert page.locator(".filter output").inner_text() == f"{len(left)} of {len(numbers)} sources"
        page.get_by_label("Words").fill("")
        every.first.hover()  # over the contents, a wheel turns these
        page.mouse.wheel(0, 3000)
        page.wait_for_timeout(300)
        bar, form = (page.locator(part).bounding_box() for part in (".bd-header-article", ".filter"))
        assert abs(bar["y"] + bar["height"] - form["y"]) <= 2
        margin = every.nth(200).evaluate("one => getComputedStyle(one).overflowClipMargin")
        assert margin == "64px", "the number stands outside of what a source covers"


@in_browser
@pytest.mark.parametrize("page_of", ["every-figure", "sources", "reconciliation"])
def test_on_a_phone_a_filter_stays_in_sight_on_two_lines_at_most(chromium: browser.Browser, page_of: str) -> None:
    with chromium.page(f"reference/{page_of}.html", width=390) as page:
        page.evaluate("for (const fold of document.querySelectorAll('details.points')) fold.open = true")
        for head in page.locator(".every-figure th > button").all():
            head.click()
        page.evaluate("scrollTo({ top: 4000, behavior: 'instant' })")
        page.wait_for_timeout(300)
        bar, form = (page.locator(part).first.bounding_box() for part in (".bd-header-article", ".filter"))
        assert abs(bar["y"] + bar["height"] - form["y"]) <= 2 and form["height"] < 110
        for control in page.locator(".filter :is(input, select)").all():
            box = control.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 34


@in_browser
@pytest.mark.parametrize("width", [1280, 820, 390])
def test_who_filters_from_far_down_is_led_to_the_first_figure_that_is_left(
    chromium: browser.Browser, width: int
) -> None:
    with chromium.page("reference/every-figure.html", width=width) as page:
        page.evaluate("for (const head of document.querySelectorAll('.every-figure th > button')) head.click()")
        page.evaluate("scrollTo({ top: 30000, behavior: 'instant' })")
        page.get_by_label("Words").fill("gross margin")
        page.wait_for_timeout(300)
        first = page.locator(".every-figure tr[id]:visible").first.bounding_box()
        form = page.locator(".filter").bounding_box()
        assert form["y"] + form["height"] <= first["y"] < 450


# Every figure, folded.

FIGURES = "[...document.querySelectorAll('.every-figure tr[id]')].filter((row) => row.checkVisibility()).length"


@in_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_every_figure_is_folded_page_by_page_and_what_is_asked_for_unfolds(
    chromium: browser.Browser, width: int
) -> None:
    with chromium.page("reference/every-figure.html", width=width) as page:
        heads = page.locator(".every-figure th > button")
        counts = [int(re.search(r", (\d+) figures$", head)[1]) for head in heads.all_inner_texts()]
        every = page.locator(".every-figure tr[id]").count()
        assert sum(counts) == every > 500 and page.evaluate(FIGURES) == 0
        assert page.evaluate("document.documentElement.scrollHeight") < 3 * 900
        heads.nth(1).press("Enter")
        assert page.evaluate(FIGURES) == counts[1] and heads.nth(1).get_attribute("aria-expanded") == "true"
        heads.nth(1).press("Enter")
        assert page.evaluate(FIGURES) == 0 and heads.nth(1).get_attribute("aria-expanded") == "false"
        page.get_by_label("Tag").select_option("projected")
        assert 0 < page.evaluate(FIGURES) < every
        page.get_by_label("Tag").select_option("")
        page.get_by_label("Chapter").select_option(index=3)
        assert page.evaluate(FIGURES) == counts[2]


@in_browser
def test_without_scripts_and_on_paper_every_figure_stands_open(chromium: browser.Browser) -> None:
    with chromium.page("reference/every-figure.html", scripts=False) as page:
        assert page.evaluate(FIGURES) == page.locator(".every-figure tr[id]").count()
    with chromium.page("reference/every-figure.html") as page:
        page.emulate_media(media="print")
        assert page.evaluate(FIGURES) == page.locator(".every-figure tr[id]").count()
        assert page.locator(".kept-table tr").last.bounding_box()["height"] > 10


# The reconciliation, folded.

POINTS = "[...document.querySelectorAll('.points tr[id]')].filter((row) => row.checkVisibility()).map((row) => row.id)"


@in_browser
def test_the_points_of_the_reconciliation_are_folded_and_words_unfold_those_that_have_them(
    chromium: browser.Browser,
) -> None:
    with chromium.page("reference/reconciliation.html") as page:
        every, heads = page.locator(".points tr[id]").count(), page.locator(".points > summary").all_inner_texts()
        assert every > 50 and page.evaluate(POINTS) == []
        assert sum(int(re.search(r", (\d+) points?$", head)[1]) for head in heads) == every
        assert page.locator(".filter").bounding_box()["y"] < 600, "the field is on the first screen"
        assert page.evaluate("document.documentElement.scrollHeight") < 3 * 900
        page.get_by_label("Words").focus()
        page.keyboard.type("rule of half")
        found = page.evaluate(POINTS)
        assert "ledger-2-the-rule-of-half" in found and len(found) < 5
        assert page.locator("output").inner_text() == f"{len(found)} of {every} points"
        page.get_by_label("Words").fill("")
        assert page.evaluate(POINTS) == [] and page.locator("details.points:visible").count() == len(heads)


@in_browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_point_of_the_reconciliation_leads_to_it_with_and_without_scripts(
    chromium: browser.Browser, scripts: bool
) -> None:
    with chromium.page("reference/reconciliation.html#ledger-6-equity-in-each", scripts=scripts) as page:
        page.wait_for_timeout(300)
        row = page.locator("#ledger-6-equity-in-each")
        assert row.is_visible() and 100 < row.bounding_box()["y"] < 400
        assert page.locator("form.filter").count() == (1 if scripts else 0)
        page.locator(".points > summary").first.click()
        assert page.locator("#premise-the-rulers").is_visible()


@in_browser
def test_on_paper_every_point_of_the_reconciliation_stands_open(chromium: browser.Browser) -> None:
    with chromium.page("reference/reconciliation.html") as page:
        page.emulate_media(media="print")
        rows = page.locator(".points tr[id]").all()
        assert len(rows) > 50 and all(row.bounding_box()["height"] > 20 for row in rows)


# Charts that take the margin as well.


@in_browser
@pytest.mark.parametrize("path", ["index.html", "ledgers/4-a-tale-of-two-labs.html"])
def test_a_broad_chart_reaches_as_far_as_the_notes_where_there_is_a_margin_and_covers_none(
    chromium: browser.Browser, path: str
) -> None:
    reach = """() => {
      const box = (selector) => [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
      const [chart] = box("figure.chart.broad"), [text] = box("section section > p"), notes = box(".side-note");
      return {
        chart: chart.right, text: text.right, svg: box("figure.chart.broad svg.wide")[0].right,
        notes: Math.max(...notes.map((one) => one.right)),
        under: notes.filter((one) => one.top < chart.bottom && chart.top < one.bottom).length,
      };
    }"""
    with chromium.page(path) as page:
        wide = page.evaluate(reach)
        assert abs(wide["chart"] - wide["notes"]) <= 1 and abs(wide["chart"] - wide["svg"]) <= 1 and not wide["under"]
    with chromium.page(path, width=1000) as page:
        narrow = page.evaluate(reach)
        assert abs(narrow["chart"] - narrow["text"]) <= 1


@in_browser
@pytest.mark.parametrize("dark", [False, True])
def test_the_number_that_was_asked_is_marked_by_its_line_on_a_phone_too(chromium: browser.Browser, dark: bool) -> None:
    with chromium.page("ledgers/4-a-tale-of-two-labs.html", width=390, dark=dark, has_touch=True) as page:
        number = page.locator("article section > p > a.figure").first
        number.tap()
        assert number.get_attribute("aria-expanded") == "true"
        style = number.evaluate("one => { const s = getComputedStyle(one); return [s.textDecorationStyle, s.textDecorationThickness, s.backgroundColor] }")  # fmt: skip
        assert style[:2] == ["solid", "2px"] and style[2] != "rgba(0, 0, 0, 0)"


@in_browser
def test_on_paper_notes_stand_beside_the_text_and_tables_and_charts_end_at_one_edge(
    chromium: browser.Browser,
) -> None:
    with chromium.page("ledgers/4-a-tale-of-two-labs.html", width=658) as page:
        page.emulate_media(media="print")
        text = max(page.evaluate(EDGES, "article section > p:has(.side-note)"))
        beside = page.locator("article section > p .side-note")
        assert beside.count() > 3
        for note in beside.all():
            box = note.bounding_box()
            assert text < box["x"] and box["x"] + box["width"] <= 660
        wide = page.evaluate(EDGES, ".bd-article .table-scroll:not(details *), figure.chart, .admonition.translate")
        assert max(wide) - min(wide) <= 1, wide
