"""The panels in the text: a slider moves the page as a card does, and wherever it stands every sentence has words."""

import random

import browser
import pytest
from what_if import claim_with

from frontier_calc import assume, constant
from frontier_calc.book import panel, slider
from frontier_calc.claims import NO_VERDICT
from frontier_calc.press import live, weave
from frontier_calc.press.pages import Page, all_pages, find_root
from frontier_calc.record import reading

READY = "!!globalThis.FrontierLive?.record && !!document.querySelector('.panel input[type=range]')"
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
ROOT = find_root()
WITH_PANELS = [page for page in all_pages(ROOT) if "book.panel(" in page.path.read_text(encoding="utf-8")]
EDITIONS = ("2026-05", "2026-07", "2026-10", "working")


def test_the_five_ledgers_whose_argument_turns_on_a_number_have_one_panel_each() -> None:
    assert [page.name for page in WITH_PANELS] == [f"ledger-{number}" for number in (1, 2, 3, 4, 6)]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("page", WITH_PANELS, ids=[page.name for page in WITH_PANELS])
def test_wherever_its_sliders_stand_every_claim_of_a_page_has_words(page: Page, edition: str) -> None:
    woven = weave.weave(page, reading.edition(edition))
    leaves = {figure.key: figure for figure in woven.shown.values()}
    moved = [(leaves[key].leaves[0].key, low, high) for key, low, high in live.ranges(woven)]
    assert moved, "no slider"
    dice = random.Random(5)
    cases = [{key: end} for key, low, high in moved for end in (low, high)]
    cases += [{key: dice.uniform(low, high) for key, low, high in moved} for _ in range(20)]
    for given in cases:
        for claim in woven.claims.values():
            made = claim_with(claim, given)
            assert made.branch is not None or made.verdict in NO_VERDICT, (claim.id, given)


@pytest.mark.parametrize("wrong", [assume("a", 2.0) * assume("b", 3.0), constant("exact", 2.0)])
def test_a_slider_moves_nothing_that_is_worked_out_or_exact(wrong) -> None:
    with pytest.raises(ValueError, match="a slider moves a number measured or assumed"):
        slider("it", wrong, 0, 9)


def test_a_slider_reaches_as_far_as_the_record() -> None:
    assert panel("P", [slider("it", assume("it", 12.0), 0, 9)], "How far?", []).ranges[0][1:] == (0, 12)


def opened(page) -> None:
    browser.wait_until(page, READY)
    page.evaluate(SETTLED)


def state(page) -> list[list[str]]:
    """What the panel says, and where its sliders stand."""
    return page.evaluate("""() => {
      const panel = document.querySelector(".panel");
      const said = [...panel.querySelectorAll("p")].map(line => line.textContent);
      return [said, [...panel.querySelectorAll("input[type=range]")].map(one => one.value)];
    }""")


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("page", WITH_PANELS, ids=[page.name for page in WITH_PANELS])
def test_each_slider_moves_the_page_by_keys_and_all_come_back(chromium, page: Page) -> None:
    with chromium.page(f"{page.docname}.html", fresh=True) as tab:
        opened(tab)
        before = state(tab)
        sliders = tab.locator(".panel input[type=range]")
        for place in range(sliders.count()):
            one = sliders.nth(place)
            one.focus()
            for _ in range(3):
                tab.keyboard.press("Shift+ArrowRight")
            tab.evaluate(SETTLED)
            now = state(tab)
            assert now[1][place] != before[1][place]
            assert now[0] != before[0], f"slider {place} moves nothing"
            assert tab.locator(".is-own").count() and "#what-if=" in tab.url
            assert one.get_attribute("aria-valuetext")
            back = tab.locator(".panel .what-if-undo").nth(place)
            assert back.is_visible() and tab.locator(".panel .what-if-undo:visible").count() == 1
            if place:
                tab.keyboard.press("Alt+0")
            else:
                back.click()
            tab.evaluate(SETTLED)
            assert state(tab) == before


@pytest.mark.book
@pytest.mark.browser
def test_an_address_moves_the_slider_and_paper_has_none(chromium) -> None:
    leaf = "frontier-labs-lifetime-revenue"
    path = "ledgers/1-how-a-lab-works.html"
    with chromium.page(path, fresh=True) as tab:
        opened(tab)
        name = tab.evaluate(
            "(start) => Object.values(FrontierLive.graph.nodes).find(node => node.address?.startsWith(start)).address",
            leaf,
        )
    with chromium.page(f"{path}#what-if=working&{name}=1e9", fresh=True) as tab:
        opened(tab)
        assert tab.locator(".panel input[type=range]").nth(2).input_value() == "1000000000"
        assert "$1 billion" in tab.locator(".panel .panel-slider").nth(2).inner_text()
        tab.emulate_media(media="print")
        assert not tab.locator(".panel input[type=range]").first.is_visible()
        assert tab.locator(".panel .panel-question").is_visible()


@pytest.mark.book
@pytest.mark.browser
def test_on_a_phone_a_finger_moves_a_slider_and_the_page_still_scrolls(chromium) -> None:
    with chromium.page("ledgers/2-reading-the-books.html", width=390, has_touch=True, fresh=True) as tab:
        opened(tab)
        one = tab.locator(".panel input[type=range]").first
        one.scroll_into_view_if_needed()
        box, before = one.bounding_box(), one.input_value()
        assert box["height"] >= 24
        tab.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
        tab.evaluate(SETTLED)
        assert one.input_value() != before and tab.locator(".panel .is-own").count()
        assert one.evaluate("one => getComputedStyle(one).touchAction") == "pan-y"
