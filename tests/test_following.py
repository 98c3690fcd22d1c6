"""Charts in a reader's hands: bars are as long as their numbers, say them, and come back as they were."""

from pathlib import Path

import browser
import pytest
from test_live_page import READY, woven_pages
from what_if import figure_with

from frontier_calc.press import live

pytestmark = [pytest.mark.book, pytest.mark.browser]

FOLLOWING = [("ledgers/4-a-tale-of-two-labs", "rulers"), ("reference/models-layer", "catching-up")]

# How long each bar that is seen is; what its label says; its figure.
DRAWN = """(id) => {
  const figure = document.getElementById(id);
  const drawing = [...figure.querySelectorAll("svg.drawing")].find((each) => each.getBoundingClientRect().width);
  const labels = [...drawing.querySelectorAll("[data-value-of]")].map((each) => each.firstChild.data);
  return [...drawing.querySelectorAll("rect[data-figure]")].map((rect, place) => [
    rect.dataset.figure, rect.getBBox().width, labels[place]]);
}"""
STAGE = "(id) => document.getElementById(id).querySelector('.chart-stage').outerHTML"
PUT = """async ([name, value]) => {
  const { graph, put } = FrontierLive;
  put(Object.keys(graph.nodes).find((node) => graph.nodes[node].address === name), value);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.mark.parametrize(("docname", "name"), FOLLOWING)
@pytest.mark.parametrize("width", [1280, 390])
def test_bars_are_where_python_says_and_come_back(chromium, book: Path, docname: str, name: str, width: int) -> None:
    woven = woven_pages(book)[docname]
    id = f"chart-{name}"
    with chromium.page(f"{docname}.html", width=width) as page:
        browser.wait_until(page, READY)
        stage, record = page.evaluate(STAGE, id), page.evaluate(DRAWN, id)
        alt = page.locator(f"#{id} .chart-drawing").get_attribute("aria-label")
        unit = max(wide / woven.shown[key].value for key, wide, _ in record)
        shown = {leaf.key for key, *_ in record for leaf in woven.shown[key].leaves}
        moved = 0
        for address, leaf in live.inputs(woven).items():
            if leaf.key not in shown:
                continue
            for factor in (0.6, 0.9, 50):
                page.evaluate(PUT, [address, leaf.value * factor])
                held = page.locator(f"#{id} .what-if-drawing").count()
                for (key, wide, label), (_, was, _) in zip(page.evaluate(DRAWN, id), record, strict=True):
                    figure = figure_with(woven.shown[key], {leaf.key: leaf.value * factor})
                    assert label.removeprefix("» ").removeprefix("« ") == str(figure), (address, factor)
                    if label.startswith("»"):
                        assert held
                        assert wide < unit * figure.value
                    elif label.startswith("«"):
                        assert held
                        assert figure.value < 0 == wide
                    else:
                        assert abs(wide - unit * figure.value) <= 2, (address, factor, label)
                    moved += abs(wide - was) > 2
                assert page.locator(f"#{id} .chart-drawing").get_attribute("aria-label") != alt
            page.evaluate(PUT, [address, None])
            assert page.evaluate(STAGE, id) == stage
        assert moved
