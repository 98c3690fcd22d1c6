"""The quick axe finds what axe finds: on a page of faults, in every way that a colour is written, and nothing else."""

import json
from collections.abc import Iterator

import browser
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING),
]

COLOURS = (
    *("#999", "#99999980", "rgb(150 150 150)", "rgba(0, 0, 0, 0.3)", "hsl(0.5turn 20% 70%)", "hsl(1rad 20% 70%)"),
    *("oklch(0.8 0.05 200)", "color(display-p3 0.7 0.7 0.7)", "color-mix(in srgb, white, gray 30%)", "black", "#333"),
)
GROUNDS = ("white", "#ddd", "rgb(0 0 0 / 20%)", "transparent", "oklch(0.9 0.02 100)", "black")
FAULTS = """
<img src="x.png"><button></button><a href="#"></a><input><ul><p>no item</p></ul><div role="button">no focus</div>
<p style="color: #777">A text with <a href="#here" style="color: #666; text-decoration: none">a link like it</a> in it.</p>
<div style="opacity: 0.4"><p>faint</p></div><div style="mix-blend-mode: multiply; background: #888"><p>mixed</p></div>
<div style="height: 2em; overflow: auto"><p>one</p><p>two</p><p>three</p></div>
<p style="background-image: linear-gradient(white, black)">on a shade</p><p style="text-shadow: 0 0 2px #888">shaded</p>
"""


def page_of_faults() -> str:
    """Each colour on each ground, twice, since it is what was read before that could go wrong; and other faults."""
    pairs = [(colour, ground) for colour in COLOURS for ground in GROUNDS]
    lines = (f'<p style="color: {colour}; background-color: {ground}">words</p>' for colour, ground in pairs * 2)
    return f"<html><head></head><body>{''.join(lines)}{FAULTS}</body></html>"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "index.html").write_text(page_of_faults(), encoding="utf-8")
    with browser.browsing(folder) as site, site.page("index.html") as opened:
        yield opened


def found_by(axe: Axe, page) -> dict[str, object]:
    """All that axe says of a page: what is wrong, what is right, and what it cannot tell, in every detail."""
    said = axe.run(page, options={"elementRef": False}).response
    return {kind: json.loads(json.dumps(said[kind])) for kind in ("violations", "passes", "incomplete")}


def test_the_quick_axe_finds_what_axe_finds(page) -> None:
    whole = found_by(Axe(), page)
    assert found_by(browser.quick_axe(), page) == whole
    faults = {each["id"]: len(each["nodes"]) for each in whole["violations"]}
    assert faults["color-contrast"] > 40 and {"image-alt", "button-name", "link-name", "list", "label"} <= faults.keys()


def test_each_time_it_looks_anew(page) -> None:
    before = len(contrast(page))
    page.evaluate("document.querySelector('p').style.color = 'black'")
    assert len(contrast(page)) == before - 1


def contrast(page) -> list[dict]:
    (found,) = [each for each in browser.violations(page) if each["id"] == "color-contrast"]
    return found["nodes"]
