"""The files of charts beside the pages, how they are cited, and what a reader can ask of a chart on a page."""

import csv
import json
import shutil
import types
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from bs4 import BeautifulSoup

from frontier_calc import assume, book, edition, history, use
from frontier_calc.book import blocks, html, svg, theme
from frontier_calc.book.blocks import Number
from frontier_calc.book.charts import Chart
from frontier_calc.book.facts import facts_of
from frontier_calc.press import cards, chart_figure, citing, pictures
from frontier_calc.press.citing import Base, Citation

pytestmark = pytest.mark.browser

STATIC = Path(pictures.__file__).parent / "static"


def a_chart(name: str = "one") -> Chart:
    return book.bar_chart({name: assume(name, 2.5e9, "USD")}, title=f"Chart {name}", note="Small print.")


def a_citation(chart: Chart, base: Base | None = None) -> Citation:
    with use(edition("2026-05")) as on:
        title, anchor = chart.heading.title.text, f"chart-{chart.heading.name}"
        return citing.of_chart(
            title, "4. Two Labs", anchor, "ledgers/4.html", on, base or Base("https://e.org/b/", True)
        )


def a_picture(chart: Chart) -> str:
    sheet = svg.Sheet(**chart.spec["usermeta"]["sheet"])
    return svg.by_itself(sheet, chart.heading.title.text, a_citation(chart).foot)


def keep(chart: Chart, cache: Path) -> str:
    return pictures.keep(a_picture(chart), chart.data, cache)


def reader(**charts: set[str]) -> types.SimpleNamespace:
    """An environment as one reader of a parallel build has it."""
    return types.SimpleNamespace(frontier_charts=dict(charts))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A site and its cache, with one chart drawn; and the chart's name."""
    folder = tmp_path_factory.mktemp("pictures")
    site, cache = folder / "html", folder / ".charts"
    name = keep(a_chart("=1+1"), cache)
    pictures.publish(site, cache, [name])
    return site, cache, name


def test_an_environment_remembers_which_page_shows_which_chart_and_forgets_a_page_that_is_read_again() -> None:
    env = types.SimpleNamespace()
    assert pictures.names_in(env) == [] and not pictures.has_charts(env, "one")
    for docname, name in (("one", "b"), ("one", "a"), ("two", "a")):
        pictures.remember(env, docname, name)
    assert pictures.names_in(env) == ["a", "b"] and pictures.has_charts(env, "two")
    pictures.forget(None, env, "one")
    pictures.forget(None, env, "a page without charts")
    assert pictures.names_in(env) == ["a"] and not pictures.has_charts(env, "one")


def test_what_the_readers_of_a_parallel_build_learned_comes_together_and_nothing_else_does() -> None:
    env = reader(one={"a"}, two={"b"})
    pictures.merge(None, env, ["two", "three"], reader(one={"stale"}, two={"c"}, three={"d"}))
    assert env.frontier_charts == {"one": {"a"}, "two": {"c"}, "three": {"d"}}
    pictures.merge(None, env, ["four"], types.SimpleNamespace())  # a reader that met no chart
    assert pictures.names_in(env) == ["a", "c", "d"]


def test_the_same_chart_is_kept_once_and_another_beside_it(tmp_path: Path) -> None:
    first, again, other = (keep(a_chart(name), tmp_path) for name in ("one", "one", "two"))
    assert first == again != other
    assert {path.name for path in tmp_path.iterdir()} == {f"{n}.{e}" for n in (first, other) for e in ("svg", "csv")}


def test_a_site_has_exactly_the_files_of_its_charts(drawn: tuple[Path, Path, str]) -> None:
    site, cache, name = drawn
    stray = site / "_static" / "charts" / "of-an-earlier-build.svg"
    stray.write_text("", encoding="utf-8")
    before = (cache / f"{name}.png").stat().st_mtime_ns
    pictures.publish(site, cache, [name])
    assert {path.name for path in (site / "_static" / "charts").iterdir()} == {f"{name}.{e}" for e in pictures.ENDINGS}
    assert (cache / f"{name}.png").stat().st_mtime_ns == before  # not drawn again


def test_a_site_without_charts_has_no_pictures(tmp_path: Path) -> None:
    pictures.publish(tmp_path / "html", tmp_path / ".charts", [])
    assert not (tmp_path / "html" / "_static" / "charts").exists()


def test_a_picture_that_leaves_the_page_says_all_that_stood_around_it_and_where_it_comes_from(
    drawn: tuple[Path, Path, str],
) -> None:
    site, _, name = drawn
    picture = BeautifulSoup((site / "_static" / "charts" / f"{name}.svg").read_text(encoding="utf-8"), "html.parser")
    said = " ".join(picture.get_text(" ").split())
    for words in ("Chart =1+1", "Billions of dollars", "Small print.", "Illustrative: no sources", "$2.5 billion"):
        assert words in said
    # One line under another: the title is broken by no tag of its own.
    assert "Edition 2026-05" in said and "e.org/b/ledgers/4.html#chart-chart-1-1" in said and "CC BY 4.0" in said
    assert (site / "_static" / "charts" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_leaves_the_page_is_high_enough_for_what_it_says() -> None:
    for chart in (a_chart(), book.line_chart({"a": history("anthropic-revenue-run-rate")}, title="Long " * 40)):
        picture = BeautifulSoup(a_picture(chart), "html.parser").svg
        lowest = 0.0
        for text in picture.find_all("text"):
            below = sum(float(line["dy"]) for line in text.find_all("tspan") if line.get("dy"))
            lowest = max(lowest, float(text["y"]) + below)
        assert lowest < float(picture["height"]) - 4


def test_the_data_of_a_chart_opens_in_a_spreadsheet_as_text_and_numbers_and_never_as_a_formula(
    drawn: tuple[Path, Path, str],
) -> None:
    site, _, name = drawn
    path = site / "_static" / "charts" / f"{name}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert row[header.index("Bar")] == "'=1+1"
    assert float(row[header.index("Value, number")]) == 2.5e9
    assert row[header.index("Value")] == "$2.5 billion"


def test_a_chart_that_cannot_be_drawn_is_named_in_one_line(tmp_path: Path) -> None:
    name = pictures.keep("no picture at all", [["a"]], tmp_path)
    with pytest.raises(pictures.PictureError, match=f"a chart cannot be drawn: {name}.svg") as caught:
        pictures.publish(tmp_path / "html", tmp_path, [name])
    assert "Traceback" not in str(caught.value) and "\n" not in str(caught.value)


# How it is cited.


def test_a_citation_names_the_chart_its_page_its_edition_its_address_and_the_licence() -> None:
    citation = a_citation(a_chart())
    for words in (citation.words, citation.bibtex):
        for part in (
            "Chart one",
            "4. Two Labs",
            "2026-05",
            "https://e.org/b/ledgers/4.html#chart-chart-one",
            "CC BY 4.0",
        ):
            assert part in words
    assert citation.bibtex.startswith("@misc{frontier-2026-05-chart-chart-one,\n") and citation.bibtex.endswith("}")


def test_while_the_site_has_no_address_the_repository_stands_for_it() -> None:
    citation = a_citation(a_chart(), Base("https://example.org/repository", is_site=False))
    assert citation.address == "https://example.org/repository"


def test_signs_that_mean_something_to_bibtex_are_escaped() -> None:
    chart = book.bar_chart({"a": assume("a", 1)}, title="$30 billion & 5%")
    assert r"{\$30 billion \& 5\%}" in a_citation(chart).bibtex


# On a page.


def dressed(number: Number) -> html.Markup:
    return html.element(
        "a", number.text, class_="figure", href=f"#row-{number.key}", data_figure=number.key, data_tag=number.tag,
        data_address=f"page/{number.key}", data_form=number.form or None,
    )  # fmt: skip


def a_figure(chart: Chart) -> html.Markup:
    meta = chart.spec["usermeta"]
    block = blocks.from_json(json.loads(json.dumps(meta["block"])))
    drawings = chart_figure.Drawings(meta["wide"], meta["narrow"])
    return chart_figure.of_chart(block, drawings, "files/one", a_citation(chart), dressed)


def test_a_chart_on_a_page_has_its_words_around_it_an_anchor_and_a_row_of_what_there_is_to_do() -> None:
    figure = BeautifulSoup(str(a_figure(a_chart())), "html.parser").figure
    assert figure["id"] == "chart-chart-one" and figure["aria-labelledby"] == figure.select_one(".chart-title")["id"]
    assert figure.select_one(".chart-subtitle").get_text() == "Billions of dollars"
    assert figure.select_one(".chart-notes").get_text() == "All illustrative. Small print.Illustrative: no sources"
    row = [part.get_text() for part in figure.select(".chart-tools > a, .chart-tools > details > summary")]
    assert row == ["Link", "Table", "Download", "Cite"]
    assert figure.select_one(".chart-link")["href"] == "#chart-chart-one"
    assert [link["href"] for link in figure.select(".chart-save a")] == [
        "files/one.png",
        "files/one.svg",
        "files/one.csv",
    ]
    assert figure.select_one("[role=img]")["aria-label"] == a_chart().description
    # Of what unfolds only one is open at a time.
    assert {part["name"] for part in figure.select("details")} == {"chart-chart-one"}


PAGE = """<!doctype html><html lang="en" data-theme="{switch}" style="color-scheme: {switch}"><meta charset="utf-8">
<title>A chart</title><link rel="stylesheet" href="book.css"><link rel="stylesheet" href="parts.css">
<link rel="stylesheet" href="cards.css"><body><main><article class="bd-article">{chart}</article></main>
<script type="application/json" id="figures">{facts}</script>
<script src="cards.js" defer></script><script src="charts.js" defer></script></body></html>"""


def pace() -> Chart:
    with use(edition("2026-05")):
        lines = {"Anthropic": history("anthropic-revenue-run-rate"), "OpenAI": history("openai-revenue-run-rate")}
        return book.line_chart(lines, title="The pace", log=True)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    """A browser on pages with one chart, by day and by night."""
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    site = tmp_path_factory.mktemp("page")
    for file in ("book.css", "parts.css", "cards.css", "cards.js", "charts.js"):
        shutil.copyfile(STATIC / file, site / file)
    chart = pace()
    told = cards.Told()
    figures = {figure.key: told.figure(facts_of(figure)) for figure in chart.figures}
    facts = cards.scripted({"figures": figures, "terms": {}, **told.shared})
    for switch in ("light", "dark"):
        page = PAGE.format(switch=switch, chart=a_figure(chart), facts=facts)
        (site / f"{switch}.html").write_text(page, encoding="utf-8")
    with browser.browsing(site) as found:
        yield found


OPEN_CARD = "document.querySelector('.provenance:popover-open')?.innerText || ''"


def test_a_pointer_anywhere_in_the_plot_is_told_of_the_nearest_point_and_a_click_opens_its_card(
    asked: browser.Browser,
) -> None:
    with asked.page("light.html") as page:
        stage = page.locator(".chart-stage")
        dot = page.locator(".drawing.wide circle").nth(5)
        told = dot.locator("title").text_content().split("\n")
        at = dot.bounding_box()
        page.mouse.move(at["x"] + 9, at["y"] + 14)
        page.locator(".chart-tip").wait_for()
        assert page.locator(".chart-tip span").all_inner_texts() == told and len(told) == 4
        page.mouse.click(at["x"] + 9, at["y"] + 14)
        browser.wait_until(page, f"({OPEN_CARD}).includes({json.dumps(told[1].partition(' ')[0])})")
        assert not page.locator(".chart-tip").is_visible()
        page.keyboard.press("Escape")
        box = stage.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] - 60)
        assert not page.locator(".chart-tip").is_visible()


def test_a_chart_is_one_stop_of_the_tab_key_the_arrows_go_on_and_enter_opens_the_card(asked: browser.Browser) -> None:
    with asked.page("light.html") as page:
        stops = page.locator(".chart-points.wide a[tabindex='0']")
        assert stops.count() == 1
        stops.focus()
        first = page.evaluate("document.activeElement.getAttribute('aria-label')")
        page.keyboard.press("ArrowRight")
        second = page.evaluate("document.activeElement.getAttribute('aria-label')")
        titles = [each.replace("\n", ", ") for each in page.locator(".drawing.wide circle title").all_text_contents()]
        assert [first, second] == titles[:2] and stops.count() == 1
        assert page.locator(".chart-tip span").first.inner_text() == titles[1].partition(",")[0]
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == titles[-1]
        page.keyboard.press("Enter")
        browser.wait_until(page, f"({OPEN_CARD}) !== ''")


def test_a_tap_opens_the_card_of_the_nearest_point(asked: browser.Browser) -> None:
    with asked.page("light.html", width=390, has_touch=True) as page:
        dot = page.locator(".drawing.narrow circle").nth(3).bounding_box()
        page.touchscreen.tap(dot["x"] + 5, dot["y"] + 5)
        browser.wait_until(page, f"({OPEN_CARD}) !== ''")


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (768, "wide"), (390, "narrow"), (320, "narrow")])
def test_a_page_shows_the_drawing_that_fits_with_points_over_its_shapes_and_nothing_moves(
    asked: browser.Browser, width: int, shown: str
) -> None:
    with asked.page("light.html", width=width) as page:
        seen = page.locator(".drawing").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => one.classList[1])"
        )
        assert seen == [shown]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        apart = page.evaluate(
            """column => {
          const middle = one => { const r = one.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; };
          const shapes = [...document.querySelectorAll(`.drawing.${column} circle`)].map(middle);
          const links = [...document.querySelectorAll(`.chart-points.${column} a`)].map(middle);
          return shapes.map(([x, y], at) => Math.hypot(x - links[at][0], y - links[at][1]));
        }""",
            shown,
        )
        assert apart and max(apart) < 1.5
        small = page.locator(f".drawing.{shown} text").evaluate_all(
            "all => all.filter(one => parseFloat(getComputedStyle(one).fontSize) < 11).map(one => one.textContent)"
        )
        assert not small


def test_without_scripts_the_drawing_the_table_the_files_and_the_citation_are_there(asked: browser.Browser) -> None:
    with asked.page("light.html", scripts=False) as page:
        assert page.locator(".drawing.wide").is_visible()
        for name, inside in (("chart-data", "table"), ("chart-save", "ul"), ("chart-cite", "pre")):
            part = page.locator(f".{name} {inside}")
            assert not part.is_visible()
            page.locator(f".{name} > summary").click()
            assert part.is_visible()
        assert not page.locator(".chart-data table").is_visible()  # of the three only one is open


def test_the_link_to_the_chart_folds_what_is_open(asked: browser.Browser) -> None:
    with asked.page("light.html") as page:
        page.locator(".chart-data > summary").click()
        assert page.locator(".chart-data table").is_visible()
        page.locator(".chart-link").click()
        assert not page.locator(".chart-data table").is_visible() and page.url.endswith("#chart-the-pace")


@pytest.mark.parametrize(("ground", "switch"), [("dark", "light"), ("light", "dark")])
def test_a_chart_can_be_read_where_colours_are_forced_whatever_the_switch_of_the_page_says(
    asked: browser.Browser, ground: str, switch: str
) -> None:
    ink, paper = ("rgb(255, 255, 255)", "rgb(0, 0, 0)") if ground == "dark" else ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    with asked.page(f"{switch}.html", dark=ground == "dark", forced_colors="active") as page:
        inks = page.locator(".drawing.wide text").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
        halos = page.locator(".drawing.wide .halo").evaluate_all("all => all.map(one => getComputedStyle(one).stroke)")
    assert set(inks) == {ink} and set(halos) <= {paper}


@pytest.mark.parametrize("switch", ["light", "dark"])
def test_a_drawing_wears_the_colours_of_its_page(asked: browser.Browser, switch: str) -> None:
    with asked.page(f"{switch}.html", dark=switch == "light") as page:  # the page's switch, and not the system, decides
        seen = page.locator(".drawing.wide circle.p-openai").first.evaluate("one => getComputedStyle(one).fill")
    shade = theme.COLOURS["openai"][switch == "dark"]
    assert seen == f"rgb({', '.join(str(int(shade[at : at + 2], 16)) for at in (1, 3, 5))})"
