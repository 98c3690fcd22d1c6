"""Charts in a reader's hands: every mark that a number moves is where Python puts it, and says what Python says.

Two thousand random changes over the pages with charts and the readings, Python against the shipped script, in both
drawings of a chart: places, ranges, lines, brackets, values, what a pointer is told, titles, words in a drawing and alt texts.
"""

import functools
import json
import math
import os
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import books
import browser
import pytest
from bs4 import BeautifulSoup
from test_charts import month, toy
from test_live_graph import pages_of
from test_live_page import READY, woven_pages
from what_if import Given, claim_with, figure_with

from frontier_calc import book as instruments
from frontier_calc.book import charts, drawing, html, labels, line_charts, svg, theme
from frontier_calc.book.charts import Chart
from frontier_calc.book.marks import Lines
from frontier_calc.book.phrases import Phrase
from frontier_calc.book.scene import SENTENCE, Axis, Bar, Dot, Rule, Scene
from frontier_calc.claims import NO_VERDICT
from frontier_calc.figure import Figure
from frontier_calc.press import chart_figure, live
from frontier_calc.press.citing import Citation
from frontier_calc.press.weave import Woven

CHANGES = 2000
BATCH = 40  # changes that a call into the browser makes
NEAR = 0.06  # pixels, or per cent of the width: places are written with two digits
LINE = theme.LINE
YOURS = " with your numbers"
DRAWN = {"wide": theme.WIDE, "narrow": theme.NARROW}
WITH_CHARTS = (
    "index", "ledgers/1-how-a-lab-works", "ledgers/2-reading-the-books", "ledgers/3-the-vintage-problem",
    "ledgers/4-a-tale-of-two-labs", "ledgers/5-the-dark-factory", "ledgers/6-the-money-goes-in-a-circle",
    "ledgers/7-the-rest-of-the-world", "reference/models-layer",
)  # fmt: skip
# The readings and the widths at which they are looked at: each reading, and each of the two drawings more than once.
READ_AT = (("2026-05", 390), ("2026-07", 1280), ("2026-10", 390), ("working", 1280), ("working", 390))


def charts_of(woven: Woven) -> list[Chart]:
    return [output.value for output in woven.outputs if isinstance(output.value, Chart)]


@functools.cache
def scene_of(chart: Chart, width: int) -> Scene:
    return drawing.draw(chart.picture, width)


# Without a browser.


@pytest.mark.parametrize("edition", ["2026-05", "2026-10"])
def test_every_chart_of_the_book_follows(edition: str) -> None:
    made = [(woven.page.name, chart) for woven in pages_of(edition) for chart in charts_of(woven)]
    assert len(made) > 10
    assert [(page, chart.heading.name) for page, chart in made if not scene_of(chart, theme.WIDE).follows] == []


@pytest.mark.parametrize("width", DRAWN.values())
def test_the_axes_that_a_drawing_tells_put_each_mark_where_it_stands(width: int) -> None:
    for woven in pages_of("2026-10"):
        for chart in charts_of(woven):
            scene = scene_of(chart, width)
            for item in scene.items:
                if isinstance(item, Dot):
                    assert scene.down.place(woven.shown[item.at.y].value) == pytest.approx(item.y, abs=1e-6)
                    if item.at.x:
                        assert scene.across.place(woven.shown[item.at.x].value) == pytest.approx(item.x, abs=1e-6)
                if isinstance(item, Bar) and item.tip:
                    assert item.axis.place(woven.shown[item.tip.figure].value) == pytest.approx(item.x2, abs=1e-6)
                    assert item.axis.place(0) == pytest.approx(item.x, abs=1e-6)


def test_a_kind_of_chart_that_cannot_follow_says_so() -> None:
    """The lines of other panels are shadows, wide arrows have no room, and lines stand at values of bars."""
    lines = {"Anthropic": [month("2025-01", 2), month("2025-02", 3)]}
    bars = {"one": toy(1), "two": toy(2)}
    cannot = [
        instruments.line_chart(lines, title="Panels", facet=True),
        instruments.flow_chart([["a", "b"]], [("a", "b", "money", toy(1))], title="Sums", scaled=True),
        instruments.bar_chart(bars, title="Level", marks=[instruments.level(bars["one"], "so much")]),
    ]
    for chart in cannot:
        assert "data-follows" not in chart.spec["usermeta"]["wide"], chart.heading.title
    assert "data-follows" in instruments.bar_chart(bars, title="Bars").spec["usermeta"]["wide"]


def test_a_picture_that_stands_by_itself_has_nothing_for_a_script() -> None:
    for woven in pages_of("2026-10"):
        for chart in charts_of(woven):
            told = svg.sheet_of(scene_of(chart, theme.WIDE)).shapes.replace("data-figure", "")
            assert "data-" not in told


# In a browser: what is there.

# Elements keep their number, so that one can be compared with itself; those that are new name the one that they precede.
LOOK = """() => {
  const MARKS = "[data-figure], [data-x], [data-y], [data-crossing], [data-said], [data-through], [data-value-of], [data-right-of], [data-beside]";
  const ADDED = ".range, .beyond, .dashed:not([data-through]), circle.is-moved:not([data-figure])";
  const linesOf = words => [...words.childNodes].filter(node => !node.classList?.contains("tail")).map(node => node.textContent);
  const told = element => ({
    tag: element.tagName,
    data: {...element.dataset},
    at: Object.fromEntries([...element.attributes].filter(({name}) => !name.startsWith("data-") && name !== "class").map(({name, value}) => [name, value])),
    of: [...element.classList],
    path: element.tagName === "svg" ? element.firstChild.getAttribute("d") : null,
    lines: element.tagName === "text" ? linesOf(element) : [],
    title: element.querySelector("title")?.textContent.split("\\n") ?? [],
    right: element.getBoundingClientRect().right,
    left: element.getBoundingClientRect().left,
  });
  return [...document.querySelectorAll("figure.chart")].map(figure => ({
    name: figure.id.replace("chart-", ""),
    title: figure.querySelector(".chart-title").textContent,
    alt: figure.querySelector(".chart-drawing").getAttribute("aria-label"),
    said: figure.querySelector(".what-if-drawing")?.textContent ?? "",
    drawings: Object.fromEntries([...figure.querySelectorAll("svg.drawing")].map(drawn => [
      drawn.classList[1],
      {
        isSeen: drawn.getBoundingClientRect().width > 0,
        marks: [...drawn.querySelectorAll(MARKS)].map(told),
        added: [...drawn.querySelectorAll(ADDED)].map(told),
      },
    ])),
  }));
}"""
PUT_ALL = """async (text) => {
  const look = LOOK;
  const { graph, put } = FrontierLive;
  const nodes = Object.fromEntries(Object.entries(graph.nodes).map(([node, { address }]) => [address, node]));
  // A chart that is far from the eye follows when the browser has time.
  const frame = () => new Promise(done => requestAnimationFrame(() => requestIdleCallback(done)));
  const found = [];
  for (const given of JSON.parse(text)) {
    Object.keys(FrontierLive.given).forEach(node => put(node, null));
    Object.entries(given).forEach(([address, value]) => put(nodes[address], value));
    await frame();
    found.push(look());
  }
  return JSON.stringify(found);
}""".replace("LOOK", LOOK)
STAGES = "[...document.querySelectorAll('figure.chart')].map(one => [one.querySelector('.chart-stage').outerHTML, one.className])"
FOLLOWED = "document.querySelector('.chart-drawing[aria-label*=\"In the record:\"]') !== null"
BACK = "async () => { FrontierLive.reset(); await new Promise(done => requestAnimationFrame(() => requestIdleCallback(done))); }"


def need_following(page: Any, woven: Woven) -> None:
    """Change every number and take it back: the first change has what charts need for following fetched."""
    every = {address: 1.1 * (leaf.value or 1.0) for address, leaf in live.inputs(woven).items()}
    page.evaluate(PUT_ALL, json.dumps([every]))
    browser.wait_until(page, FOLLOWED)
    page.evaluate(BACK)


@dataclass(eq=False)
class World:
    """A page with other numbers: what Python makes of its figures and its claims."""

    woven: Woven
    given: Given

    def __post_init__(self) -> None:
        self.claims = {claim.id: claim for claim in self.woven.claims.values()}

    def is_own(self, *keys: str) -> bool:
        return any(leaf.key in self.given for key in keys if key for leaf in self.woven.shown[key].leaves)

    @functools.cache  # noqa: B019 # for as long as the world
    def figure(self, key: str) -> Figure:
        return figure_with(self.woven.shown[key], self.given)

    def words_of(self, phrase: Phrase) -> str | None:
        """A phrase as it reads now; None where a claim has no words for what has become true."""
        return self.said(phrase.said) if phrase.said else str(phrase)

    def said(self, parts: Iterable[str | Sequence[str]]) -> str | None:
        found = [part if isinstance(part, str) else self._part(*part) for part in parts]
        return None if None in found else "".join(found)

    def _part(self, key: str, wording: str) -> str | None:
        if wording != SENTENCE:
            return str(getattr(self.figure(key), wording))
        claim = claim_with(self.claims[key], self.given)
        if claim.branch is None and claim.verdict not in NO_VERDICT:
            return None
        return str(claim).removesuffix(".")

    def place(self, axis: Axis, key: str) -> float:
        """Where a figure stands now, were there room."""
        value = self.figure(key).value
        if axis.log and value <= 0:
            return math.inf if axis.step < 0 else -math.inf
        return axis.place(value)

    def held(self, axis: Axis, key: str) -> float:
        """Where its mark is drawn."""
        place = self.place(axis, key)
        return axis.most if math.isnan(place) else min(max(place, axis.least), axis.most)

    def is_beyond(self, axis: Axis | None, key: str) -> bool:
        if axis is None or not key or not self.is_own(key):
            return False
        return not axis.least - 0.01 <= self.place(axis, key) <= axis.most + 0.01

    def shift(self, axis: Axis | None, key: str) -> float:
        if axis is None or not key or not self.is_own(key):
            return 0.0
        return self.held(axis, key) - axis.place(self.woven.shown[key].value)


def number(mark: dict[str, Any], name: str) -> float:
    return float(mark["at"][name].rstrip("%"))


@pytest.fixture(scope="module")
def site(chromium, book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in a folder of this file's own, to which it adds pages that no other test should find."""
    return shutil.copytree(books.site(book), tmp_path_factory.mktemp("readings") / "site", copy_function=os.link)


@pytest.fixture(scope="module")
def in_readings(site: Path) -> Iterator[browser.Browser]:
    with browser.browsing(site) as found:
        yield found


def page_of(book: Path, site: Path, edition: str, docname: str) -> tuple[str, Woven]:
    """A page of the site and what was woven for it; of an earlier reading, which this site does not show, its charts."""
    if edition == "working":
        return f"{docname}.html", woven_pages(book)[docname]
    (woven,) = (page for page in pages_of(edition) if page.page.docname == docname)
    name = f"{docname}-{edition}.html"
    page = BeautifulSoup((site / f"{docname}.html").read_text(encoding="utf-8"), "html.parser")
    script = page.select_one("script[data-page]")
    script["data-page"] = f"{edition}-{script['data-page']}"
    (site / "_static/live" / script["data-page"]).write_text(live.page_script(woven), encoding="utf-8")
    article = page.select_one(".bd-article")
    article.clear()
    for chart in charts_of(woven):
        made = chart.spec["usermeta"]
        drawings = chart_figure.Drawings(wide=made["wide"], narrow=made["narrow"])
        citation = Citation("", "", edition, "", 2026, "", "")
        figure = chart_figure.of_chart(chart.block, drawings, "none", citation, html.plain_number)
        article.append(BeautifulSoup(f"<section>{figure}</section>", "html.parser"))
    (site / name).write_text(str(page), encoding="utf-8")
    return name, woven


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("docname", WITH_CHARTS)
@pytest.mark.parametrize(("edition", "width"), READ_AT)
def test_every_mark_is_where_python_puts_it_and_comes_back(
    in_readings, book: Path, site: Path, edition: str, width: int, docname: str
) -> None:
    path, woven = page_of(book, site, edition, docname)
    rng = random.Random(f"{docname} {width} {edition}")
    cases = list(changes(rng, woven, -(-CHANGES // len(WITH_CHARTS) // len(READ_AT))))
    seen = Seen()
    with in_readings.page(path, width=width) as page:
        browser.wait_until(page, READY)
        stages, record = page.evaluate(STAGES), page.evaluate(LOOK)
        need_following(page, woven)
        for at in range(0, len(cases), BATCH):
            batch = cases[at : at + BATCH]
            found = json.loads(page.evaluate(PUT_ALL, json.dumps(batch)))
            for numbers, now in zip(batch, found, strict=True):
                leaves = live.inputs(woven)
                world = World(woven, {leaves[name].key: value for name, value in numbers.items()})
                for chart, was, figure in zip(charts_of(woven), record, now, strict=True):
                    try:
                        need_chart(chart, world, was, figure, seen)
                    except AssertionError as error:
                        raise AssertionError(f"{docname}, {chart.heading.name}, {numbers}: {error}") from error
        page.evaluate(BACK)
        assert page.evaluate(STAGES) == stages
    assert seen.moved > len(cases), seen


@dataclass
class Seen:
    """What came to be compared."""

    moved: int = 0
    beyond: int = 0


def changes(rng: random.Random, woven: Woven, count: int) -> Iterator[dict[str, float]]:
    """Other numbers for a few of the inputs that the charts of a page rest on: mostly near the record, some far away."""
    drawn = {leaf.key for chart in charts_of(woven) for figure in chart.figures for leaf in figure.leaves}
    leaves = {address: leaf for address, leaf in live.inputs(woven).items() if leaf.key in drawn}
    factor = (lambda: rng.uniform(0.5, 1.6), lambda: rng.choice((0.0, -1.0, 0.01, 5.0, 1e6)))
    for _ in range(count):
        some = rng.sample(sorted(leaves), min(len(leaves), rng.choice((1, 1, 1, 2, 3, 6))))
        yield {address: (leaves[address].value or 1.0) * rng.choices(factor, (6, 1))[0]() for address in some}


def need_chart(chart: Chart, world: World, was: dict[str, Any], now: dict[str, Any], seen: Seen) -> None:
    """Fail where a chart shows or says something else than Python."""
    title = world.words_of(chart.heading.title)
    told = now["title"].removeprefix("[changed by your numbers] ")
    if title is not None:
        assert told == title
    assert chart.heading.name == now["name"]
    for kind, width in DRAWN.items():
        if not now["drawings"][kind]["isSeen"]:
            assert now["drawings"][kind] == was["drawings"][kind], "nobody sees it"
            continue
        picture = Picture(chart, scene_of(chart, width), world, now["drawings"][kind], was["drawings"][kind])
        picture.need_dots(seen)
        picture.need_bars(seen, now["said"])
        picture.need_lines()
        picture.need_shifts()
        picture.need_words()
        picture.need_column()
        picture.need_brackets()
        if isinstance(chart.picture, Lines):
            picture.need_crossing()
        need_alt(chart, world, told, now, kind)


def need_alt(chart: Chart, world: World, title: str, now: dict[str, Any], kind: str) -> None:
    """The title, what moved, what is said with a number of the reader's, and the record."""
    scene = scene_of(chart, DRAWN[kind])
    drawn = now["drawings"][kind]
    tips: dict[str, list[str]] = {}
    for added in drawn["added"]:
        if added["tag"] == "circle":
            tips.setdefault("on the curve", []).append(f"on the curve: {added['title'][0].removesuffix(YOURS)}")
    for item in scene.items:
        if isinstance(item, Dot | Bar | Rule) and item.tip:
            across = item.at.x if isinstance(item, Dot) else ""
            if not world.is_own(item.tip.figure, across):
                continue
            name, _, when, *_ = item.tip.lines
            is_dated = isinstance(item, Dot) and not across
            said = f"{world.figure(item.tip.figure)}" + (f" at {world.figure(across)}" if across else "")
            tips.setdefault(name, []).append(f"{name}{f', {when}' if is_dated else ''}: {said}")
    moved = ["; ".join(each) if len(each) <= 3 else f"{each[0]}, and so on to {each[-1]}" for each in tips.values()]
    own = [" ".join(mark["lines"]) for mark in drawn["marks"] if "said" in mark["data"] and "is-own" in mark["of"]]
    told = [*moved, *(words for words in own if not any(each.endswith(words) for each in moved))]
    is_own = any(world.is_own(key) for key in keys_of(drawn))
    first = f"{title}. With your numbers: {'; '.join(told)}. " if told else f"{title}. "
    expected = f"{first}In the record: {chart.description}"
    assert now["alt"] == (expected if is_own else chart.description)


def keys_of(drawn: dict[str, Any]) -> set[str]:
    """The figures that marks of a drawing rest on."""
    found: set[str] = set()
    for mark in drawn["marks"]:
        data = mark["data"]
        found |= {data.get(name) for name in ("figure", "x", "y", "y2")}
        found |= {key for pair in data.get("through", "").split() for key in pair.split(",")}
        found |= {
            part[0] for part in json.loads(data.get("said", "[]")) if not isinstance(part, str) and part[1] != SENTENCE
        }
    return found - {None, ""}


@dataclass
class Picture:
    """One of the two drawings of a chart: what Python drew, and what a browser shows and showed."""

    chart: Chart
    scene: Scene
    world: World
    now: dict[str, Any]
    was: dict[str, Any]

    @property
    def part(self) -> float:
        """How much of the width a pixel is, in per cent."""
        return 100 / self.scene.width

    @property
    def pairs(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        return list(zip(self.now["marks"], self.was["marks"], strict=True))

    def marks(self, tag: str, data: str) -> list[dict[str, Any]]:
        return [mark for mark in self.now["marks"] if mark["tag"] == tag and data in mark["data"]]

    def need_tip(self, mark: dict[str, Any], lines: Sequence[str], key: str, across: str = "") -> None:
        said = f"{self.world.figure(key)}" + (f" at {self.world.figure(across)}" if across else "")
        name, told, *more = lines
        assert mark["title"] == [name, f"{said}{YOURS}", f"{told} in the record", *more]

    def need_dots(self, seen: Seen) -> None:
        """Points: their places, their signs, their ranges, and what is told of them."""
        dots = [item for item in self.scene.items if isinstance(item, Dot)]
        for dot, mark in zip(dots, self.marks("circle", "figure"), strict=True):
            key, across = dot.tip.figure, dot.at.x
            y = self.world.held(self.scene.down, key) if self.world.is_own(key) else dot.y
            x = self.world.held(self.scene.across, across) if across and self.world.is_own(across) else dot.x
            assert number(mark, "cy") == pytest.approx(y, abs=NEAR), dot.tip
            assert number(mark, "cx") == pytest.approx(x * self.part, abs=NEAR), dot.tip
            if not self.world.is_own(key, across):
                assert mark["title"] == list(dot.tip.lines)
                continue
            assert "hollow" in mark["of"]
            self.need_tip(mark, dot.tip.lines, key, across)
            beyond = self.world.is_beyond(self.scene.down, key) or self.world.is_beyond(self.scene.across, across)
            assert (mark["at"].get("visibility") == "hidden") == beyond
            seen.moved += 1
            seen.beyond += beyond
            self.need_signs(key, mark, beyond)

    def need_signs(self, key: str, mark: dict[str, Any], beyond: bool) -> None:
        """A triangle where the point is beyond the picture, and a range where the figure has one."""
        here = [
            each
            for each in self.now["added"]
            if each["at"].get("x") == mark["at"]["cx"] and each["at"]["y"] == mark["at"]["cy"]
        ]
        assert any("beyond" in each["of"] for each in here) == beyond
        ends = [end for end in charts.ends_of(self.world.figure(key)) if end is not None]
        ranges = [each for each in here if "range" in each["of"]]
        assert bool(ranges) == (bool(ends) and not beyond)
        if ranges:
            y, axis = number(mark, "cy"), self.scene.down
            low, high = (min(max(axis.place(end), axis.least), axis.most) - y for end in ends)
            drawn = ranges[0]["path"].removeprefix("M0,").split("M")[0].split("V")
            assert [float(end) for end in drawn] == pytest.approx([low, high], abs=NEAR)

    def need_bars(self, seen: Seen, told: str) -> None:
        """Bars: how long they are, what their values say, their ranges."""
        bars = [item for item in self.scene.items if isinstance(item, Bar) and item.tip]
        for bar, mark, value in zip(bars, self.marks("rect", "figure"), self.marks("text", "valueOf"), strict=True):
            key, axis = bar.tip.figure, bar.axis
            if not self.world.is_own(key):
                assert number(mark, "width") == pytest.approx(abs(bar.x2 - bar.x) * self.part, abs=NEAR)
                continue
            seen.moved += 1
            self.need_tip(mark, bar.tip.lines, key)
            said = value["lines"][0]
            assert said.removeprefix("» ").removeprefix("« ") == str(self.world.figure(key))
            wanted = self.world.place(axis, key)
            wide = number(mark, "width") / self.part
            if said.startswith(("» ", "« ")):
                assert "reaches beyond the picture" in told
                assert wide <= abs(wanted - axis.nought) + NEAR or math.isnan(wanted)
                seen.beyond += 1
            else:
                assert wide == pytest.approx(abs(wanted - axis.nought), abs=NEAR / self.part), bar.tip
                assert number(mark, "x") == pytest.approx(min(wanted, axis.nought) * self.part, abs=NEAR)
                self.need_pale_end(key, axis, number(mark, "y") + number(mark, "height") / 2)

    def need_pale_end(self, key: str, axis: Axis, middle: float) -> None:
        """The range of a bar, from its low to its high end, where the figure has one now."""
        ends = [axis.place(end) * self.part for end in charts.ends_of(self.world.figure(key)) if end is not None]
        drawn = [each for each in self.now["added"] if each["tag"] == "line" and number(each, "y1") == middle]
        assert bool(drawn) == bool(ends)
        if ends and ends[1] < axis.most * self.part / 2:  # further right the value of the bar may need the room
            assert [number(drawn[0], name) for name in ("x1", "x2")] == pytest.approx(ends, abs=NEAR)

    def need_lines(self) -> None:
        """Each stroke between two places is cut to the picture, and dashed where one of them is the reader's."""
        was = [mark for mark in self.was["marks"] if "through" in mark["data"]]
        added = [mark for mark in self.now["added"] if mark["tag"] == "path"]
        for mark, before in zip(self.marks("path", "through"), was, strict=True):
            places = self.places_of(before)
            if not any(own for *_, own in places):
                assert mark["at"]["d"] == before["at"]["d"]
                continue
            over_time = "line" in mark["data"]
            expected: dict[bool, list[list[float]]] = {False: [], True: []}
            for (x, y, own), (x2, y2, other) in pairwise(places):
                stroke = self.within(x, y, x2, y2)
                if stroke:
                    expected[over_time and (own or other)].append(stroke)
            assert are_alike(strokes(mark["at"]["d"]), expected[False])
            assert any(are_alike(strokes(each["at"]["d"]), expected[True]) for each in added) or not expected[True]

    def places_of(self, before: dict[str, Any]) -> list[tuple[float, float, bool]]:
        """The places through which a line goes now, and whether each is the reader's."""
        drawn = [[float(part) for part in pair.split(",")] for pair in before["at"]["d"].removeprefix("M").split("L")]
        places = []
        for (x, y), pair in zip(drawn, before["data"]["through"].split(), strict=True):
            across, down = pair.split(",")
            right = self.world.place(self.scene.across, across) if self.world.is_own(across) else x
            below = self.world.place(self.scene.down, down) if self.world.is_own(down) else y
            places.append((right, below, self.world.is_own(across, down)))
        return places if "line" in before["data"] else sorted(places)

    def within(self, x: float, y: float, x2: float, y2: float) -> list[float] | None:
        """The part of a stroke in the picture, by trying where it crosses an edge."""
        if any(math.isnan(place) for place in (x, y, x2, y2)):
            return None
        x, y, x2, y2 = (min(max(place, -1e6), 1e6) for place in (x, y, x2, y2))
        down, across = (wider(axis) for axis in (self.scene.down, self.scene.across or Axis(0, 1, 0, self.scene.width)))
        parts = [0.0, 1.0]
        for edge, start, end in ((across.least, x, x2), (across.most, x, x2), (down.least, y, y2), (down.most, y, y2)):
            if start != end:
                parts.append((edge - start) / (end - start))
        places = [(part, x + part * (x2 - x), y + part * (y2 - y)) for part in parts if 0 <= part <= 1]
        room = [
            (part, left, top)
            for part, left, top in places
            if -1e-6 <= left - across.least <= across.most - across.least + 1e-6
            and -1e-6 <= top - down.least <= down.most - down.least + 1e-6
        ]
        if not room:
            return None
        (_, *start), (_, *end) = min(room), max(room)
        return [*start, *end]

    def need_shifts(self) -> None:
        """Whatever stands at a figure's place moves as far as that does; words that would lie on others, by some lines more."""
        for now, was in self.pairs:
            data, tag = now["data"], now["tag"]
            y = data.get("y") or data.get("beside", "")
            if tag in ("circle", "rect") or "column" in data or not (data.get("x") or y):
                continue
            across = self.world.shift(self.scene.across, data.get("x", "")) * self.part
            down = self.world.shift(self.scene.down, y)
            if "y2" in data:
                other = self.world.shift(self.scene.down, data["y2"])
                if tag == "svg":
                    assert upright(now["path"]) == pytest.approx(upright(was["path"]) + other - down, abs=NEAR)
                down = (down + other) / 2 if tag == "text" else down
            first = "1" if tag == "line" else ""
            if self.scene.down is None:  # bars have a test of their own
                continue
            assert number(now, f"x{first}") - number(was, f"x{first}") == pytest.approx(across, abs=NEAR)
            moved = number(now, f"y{first}") - number(was, f"y{first}") - down
            if tag == "text":
                assert abs(moved) <= 8.1 * LINE
                moved = math.remainder(moved, LINE / 2)
            assert moved == pytest.approx(0, abs=NEAR)
            if tag == "line":
                beyond = self.world.is_beyond(self.scene.down, data.get("y", "")) or self.world.is_beyond(
                    self.scene.across, data.get("x", "")
                )
                assert (now["at"].get("visibility") == "hidden") == beyond

    def need_words(self) -> None:
        """Words with figures in them say what Python says."""
        for mark in self.marks("text", "said"):
            said = self.world.said(json.loads(mark["data"]["said"])) or ""
            assert "".join(" ".join(mark["lines"]).split()) == "".join(said.split())

    def need_column(self) -> None:
        """The names at the ends of lines are where they keep clear of each other."""
        column = self.marks("text", "column")
        if not any(self.world.is_own(mark["data"]["y"], mark["data"].get("y2", "")) for mark in column):
            return
        wanted = []
        for mark in column:
            places = [
                self.world.held(self.scene.down, mark["data"][name]) for name in ("y", "y2") if name in mark["data"]
            ]
            wanted.append(sum(places) / len(places))
        heights = [LINE * len(mark["lines"]) + 3 for mark in column]
        middles = labels.spread(wanted, heights, 0, self.scene.down.most + 8)
        for mark, middle in zip(column, middles, strict=True):
            assert number(mark, "y") == pytest.approx(middle - LINE * (len(mark["lines"]) - 1) / 2 + 4.5, abs=NEAR)

    def need_brackets(self) -> None:
        """A bracket of bars is right of the values between its ends, and its words right of it."""
        for bracket in self.marks("svg", "rightOf"):
            keys = bracket["data"]["rightOf"].split()
            if self.world.is_own(*keys):
                values = [mark for mark in self.marks("text", "valueOf") if mark["data"]["valueOf"] in keys]
                bars = [mark for mark in self.marks("rect", "figure") if mark["data"]["figure"] in keys]
                assert bracket["left"] >= max(each["right"] for each in (*values, *bars)) - 1
                assert any(number(words, "x") == number(bracket, "x") for words in self.marks("text", "rightOf"))

    def need_crossing(self) -> None:
        """What is said of a crossing stands where the lines cross now, and is not said where they do not."""
        for now, was in self.pairs:
            if "crossing" not in now["data"]:
                continue
            names = now["data"]["crossing"].split("|")
            before, after = (self.crossing(names, World(self.world.woven, given)) for given in ({}, self.world.given))
            assert (now["at"].get("visibility") == "hidden") == (after is None)
            if after is not None and now["tag"] == "svg":
                assert number(now, "x") - number(was, "x") == pytest.approx((after[0] - before[0]) * self.part, abs=0.3)
                assert number(now, "y") - number(was, "y") == pytest.approx(after[1] - before[1], abs=0.5)

    def crossing(self, names: Sequence[str], world: World) -> tuple[float, float] | None:
        seen = Picture(self.chart, self.scene, world, self.now, self.was)
        lines = []
        for name in names:
            paths = [mark for mark in self.was["marks"] if mark["data"].get("line") == name]
            lines.append(sorted({x: y for path in paths for x, y, _ in seen.places_of(path)}.items()))
        found = line_charts.crossings(*lines)
        return found[-1] if found and all(map(math.isfinite, found[-1])) else None


def strokes(path: str) -> list[list[float]]:
    """The strokes of a path, each by its ends; none of a path that only has a place."""
    made = [each.split("L") for each in path.removeprefix("M").split("M")]
    return [[float(part) for pair in each for part in pair.split(",")] for each in made if len(each) == 2]


def wider(axis: Axis) -> Axis:
    """An axis whose edges are within it, whatever the last bits of a division say."""
    return replace(axis, least=axis.least - 0.01, most=axis.most + 0.01)


def are_alike(strokes: Sequence[Sequence[float]], others: Sequence[Sequence[float]]) -> bool:
    """Whether strokes are the same, from whichever end; but for those that are mere dots."""
    found, expected = (
        [sorted([each[:2], each[2:]]) for each in those if math.dist(each[:2], each[2:]) > 0.5]
        for those in (strokes, others)
    )
    return len(found) == len(expected) and all(
        math.dist(one, other) < 0.5
        for stroke, like in zip(found, expected, strict=True)
        for one, other in zip(stroke, like, strict=True)
    )


def upright(path: str) -> float:
    """How long the upright of a bracket is, downwards."""
    return float(path.partition("v")[2].partition("h")[0])


@pytest.mark.book
@pytest.mark.browser
def test_whoever_prints_gets_the_record(chromium, book: Path) -> None:
    with chromium.page("ledgers/3-the-vintage-problem.html") as page:
        browser.wait_until(page, READY)
        stages = page.evaluate(STAGES)
        page.evaluate(PUT_ALL, json.dumps([{"amodei-2025-training-cost/2025": 3e9}]))
        browser.wait_until(page, FOLLOWED)
        assert page.evaluate(STAGES) != stages
        page.emulate_media(media="print")
        browser.wait_until(page, "document.querySelectorAll('.is-moved').length === 0")
        assert page.evaluate(STAGES) == stages
        page.emulate_media(media="screen")
        browser.wait_until(page, "document.querySelectorAll('.is-moved').length > 0")


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_pointer_is_told_a_point_where_it_now_stands(chromium, book: Path, width: int) -> None:
    name, value = "anthropic-revenue-run-rate/2026-07", 40e9
    with chromium.page("ledgers/4-a-tale-of-two-labs.html", width=width) as page:
        browser.wait_until(page, READY)
        page.evaluate(PUT_ALL, json.dumps([{name: value}]))
        browser.wait_until(page, FOLLOWED)
        dot = page.locator("#chart-pace .drawing:visible circle.is-moved").last
        box = dot.bounding_box()
        link = page.locator("#chart-pace .chart-points:visible a[aria-label*='$40 billion with your numbers']")
        where = link.bounding_box()
        assert abs(where["x"] + where["width"] / 2 - box["x"] - box["width"] / 2) < 1.5
        assert abs(where["y"] + where["height"] / 2 - box["y"] - box["height"] / 2) < 1.5


@pytest.mark.book
@pytest.mark.browser
def test_a_page_that_cannot_have_its_charts_follow_says_so_and_takes_it_back(chromium, book: Path) -> None:
    woven = woven_pages(book)["ledgers/3-the-vintage-problem"]
    with chromium.page(f"{woven.page.docname}.html", fresh=True) as page:
        page.route("**/following.js*", lambda route: route.abort())
        browser.wait_until(page, READY)
        page.evaluate(PUT_ALL, json.dumps([{"amodei-2025-training-cost/2025": 3e9}]))
        browser.wait_until(page, "document.querySelector('#chart-cascade .what-if-drawing') !== null")
        assert "drawing shows the record" in page.locator("#chart-cascade .what-if-drawing").inner_text()
        page.evaluate(BACK)
        assert not page.locator(".what-if-drawing").count()


@pytest.mark.book
@pytest.mark.browser
def test_a_point_whose_other_input_has_a_range_is_drawn_with_what_is_left_of_it(chromium, book: Path) -> None:
    docname, share = "ledgers/4-a-tale-of-two-labs", "assumed/the-memo-s-share-at-other-dates"
    woven = woven_pages(book)[docname]
    chart = next(chart for chart in charts_of(woven) if chart.heading.name == "pace")
    net = next(point for point in chart.picture.points if point.line == "Anthropic, net")
    gross = next(
        leaf for leaf in woven.shown[net.mark.figure].leaves if leaf.key != live.inputs(woven)[share].key and leaf.tag
    )
    name = next(name for name, leaf in live.inputs(woven).items() if leaf.key == gross.key)
    low, high = 0.9 * gross.value, 1.2 * gross.value
    with chromium.page(f"{docname}.html", fresh=True) as page:
        browser.wait_until(page, READY)
        page.evaluate(
            """([name, low, high]) => {
              const leaf = Object.values(FrontierLive.graph.nodes).find(({ address }) => address === name);
              Object.assign(leaf, { low, high });
            }""",
            [name, low, high],
        )
        page.evaluate(PUT_ALL, json.dumps([{share: 0.4}]))
        browser.wait_until(page, FOLLOWED)
        (figure,) = [each for each in page.evaluate(LOOK) if each["name"] == "pace"]
        drawn = figure["drawings"]["wide"]
        (dot,) = [
            mark for mark in drawn["marks"] if mark["tag"] == "circle" and mark["data"]["figure"] == net.mark.figure
        ]
        (ranged,) = [each for each in drawn["added"] if "range" in each["of"]]
        axis = scene_of(chart, theme.WIDE).down
        ends = [axis.place(end * 0.6) - number(dot, "cy") for end in (low, high)]
        assert (ranged["at"]["x"], ranged["at"]["y"]) == (dot["at"]["cx"], dot["at"]["cy"])
        found = ranged["path"].removeprefix("M0,").split("M")[0].split("V")
        assert [float(end) for end in found] == pytest.approx(ends, abs=NEAR)
