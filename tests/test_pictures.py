"""Pictures of charts beside the pages: kept, drawn once, published by name; and data that is safe to open."""

import csv
import json
import shutil
import types
from pathlib import Path

import browser
import pytest

from frontier_calc import assume, book, history
from frontier_calc.book import html, theme
from frontier_calc.press import cards, drawing_worker, pictures

pytestmark = pytest.mark.browser

STATIC = Path(pictures.__file__).parent / "static"


def a_chart(name: str = "one") -> dict:
    return book.bar_chart({name: assume(name, 2.5e9, "USD")}, title=f"Chart {name}").spec


def reader(**charts: set[str]) -> types.SimpleNamespace:
    """An environment as one reader of a parallel build has it."""
    return types.SimpleNamespace(frontier_charts=dict(charts))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A site and its cache, with one chart drawn; and the chart's name."""
    folder = tmp_path_factory.mktemp("pictures")
    site, cache = folder / "html", folder / ".charts"
    name = pictures.keep(a_chart("=1+1"), cache)
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
    first, again, other = (pictures.keep(a_chart(name), tmp_path) for name in ("one", "one", "two"))
    assert first == again != other
    assert {path.name for path in tmp_path.iterdir()} == {f"{first}.json", f"{other}.json"}


def test_a_site_has_exactly_the_pictures_of_its_charts(drawn: tuple[Path, Path, str]) -> None:
    site, cache, name = drawn
    expected = {f"{name}{ending}" for ending in (".svg", "-narrow.svg", ".png", ".csv")} | {pictures.BUNDLE}
    stray = site / "_static" / "charts" / "of-an-earlier-build.svg"
    stray.write_text("", encoding="utf-8")
    before = (cache / f"{name}.png").stat().st_mtime_ns
    pictures.publish(site, cache, [name])
    assert {path.name for path in (site / "_static" / "charts").iterdir()} == expected
    assert (cache / f"{name}.png").stat().st_mtime_ns == before  # not drawn again


def test_a_site_without_charts_has_no_pictures_and_no_bundle(tmp_path: Path) -> None:
    pictures.publish(tmp_path / "html", tmp_path / ".charts", [])
    assert not (tmp_path / "html" / "_static" / "charts").exists()


def test_a_picture_carries_the_colours_of_the_night(drawn: tuple[Path, Path, str]) -> None:
    site, _, name = drawn
    for ending in ("", "-narrow"):
        picture = (site / "_static" / "charts" / f"{name}{ending}.svg").read_text(encoding="utf-8")
        assert picture.count("<style>") == 1
        assert "prefers-color-scheme:dark" in picture


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


def test_a_picture_is_as_high_as_the_live_drawing_that_comes_in_its_place() -> None:
    spec = a_chart()
    shown = drawing_worker._with_room(spec, "transparent")
    assert {side: shown["padding"][side] for side in ("top", "bottom")} == {"top": 4, "bottom": 4}
    assert shown["padding"]["right"] > spec["config"]["padding"]["right"]


def test_a_page_can_know_how_large_a_picture_is(drawn: tuple[Path, Path, str]) -> None:
    _, cache, name = drawn
    (wide, high), (narrow, higher) = pictures.size(cache, name), pictures.size(cache, name, narrow=True)
    assert theme.WIDE * 0.9 < wide <= theme.WIDE and theme.NARROW * 0.9 < narrow <= theme.NARROW
    assert 50 < high <= higher


# The texts of a live drawing with their inks; that of a text with a halo is told with the ink of the halo.
INKS = """svg => [...svg.querySelectorAll("text")].map(text => {
  const style = getComputedStyle(text);
  return [text.textContent, style.fill, text.hasAttribute("stroke") ? style.stroke : "none"];
})"""
PAGE = """<!doctype html><html data-theme="{switch}" style="color-scheme: {switch}"><title>A chart</title>
<link rel="stylesheet" href="book.css"><link rel="stylesheet" href="parts.css"><body class="bd-article">{chart}
<script src="charts.js"></script></body></html>"""


@pytest.mark.skipif(not browser.chromium(), reason="no Chromium")
@pytest.mark.parametrize(("ground", "switch"), [("dark", "light"), ("light", "dark")])
def test_a_chart_can_be_read_where_colours_are_forced_whatever_the_switch_of_the_page_says(
    drawn: tuple[Path, Path, str], ground: str, switch: str
) -> None:
    site, _, name = drawn
    (site / f"{switch}.html").write_text(a_page(name, switch), encoding="utf-8")
    for file in ("book.css", "parts.css", "charts.js"):
        shutil.copyfile(STATIC / file, site / file)
    ink, paper = ("rgb(255, 255, 255)", "rgb(0, 0, 0)") if ground == "dark" else ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    with (
        browser.browsing(site) as chromium,
        chromium.page(f"{switch}.html", dark=ground == "dark", forced_colors="active") as page,
    ):
        assert page.locator("figure.chart img").evaluate("image => getComputedStyle(image).colorScheme") == "light dark"
        live = page.locator(".chart-live svg")
        live.wait_for()
        inks = live.evaluate(INKS)
    assert {"toy", "a line"} <= {text for text, *_ in inks}
    assert {(fill, halo) for _, fill, halo in inks} == {(ink, "none"), (ink, paper)}


def a_page(name: str, switch: str) -> str:
    """A page with a chart of lines, whose labels have halos, over the picture of another."""
    spec = book.line_chart({"a line": history("anthropic-revenue-run-rate")}, title="toy").spec
    content = {"spec": {**spec, "usermeta": None}, "narrow": spec["usermeta"]["narrow"], "dark": theme.theme(True)}
    folder = "_static/charts"
    script = html.element(
        "script",
        html.Markup(cards.scripted(content)),
        type="application/json",
        class_="chart-spec",
        data_bundle=f"{folder}/{pictures.BUNDLE}",
    )
    picture = html.element("picture", html.opening("img", src=f"{folder}/{name}.svg", alt="words"))
    return PAGE.format(switch=switch, chart=html.element("figure", picture, script, class_="chart"))


def test_a_chart_that_cannot_be_drawn_is_named_in_one_line(tmp_path: Path) -> None:
    spec = json.loads(json.dumps(a_chart()))
    spec["layer"][0]["mark"] = {"type": "no such mark"}
    name = pictures.keep(spec, tmp_path)
    with pytest.raises(pictures.PictureError, match="a chart cannot be drawn: Bar chart: Chart one") as caught:
        pictures.publish(tmp_path / "html", tmp_path, [name])
    assert "Traceback" not in str(caught.value) and "\n" not in str(caught.value)
