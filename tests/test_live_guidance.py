"""A reader who has changed a number is told what followed and led there; what tells it covers nothing; his number is told apart."""

from collections.abc import Iterator
from typing import Any

import browser
import pytest
from test_live_page import CARD, IN_TEXT, LEDGER, address, at, drag, opened, settled, turning, woven  # noqa: F401

pytestmark = [pytest.mark.book, pytest.mark.browser]

LABS = "ledgers/4-a-tale-of-two-labs"
BAR, NEXT = ".what-if-bar", ".what-if-next"
STATUS = "p[role=status].what-if-unseen"
SIZES = [(1280, 900), (1280, 700), (390, 844)]
STOPS = """() => [...document.querySelectorAll(".bd-article .claim.is-turned, .bd-article figure.chart.is-redrawn")]
  .filter(one => one.textContent && !one.parentElement.closest("figure.chart.is-redrawn") && one.checkVisibility())
  .map(one => one.textContent)"""


@pytest.fixture
def turned(chromium, woven) -> Iterator[Any]:  # noqa: F811
    """A page with a number that turns sentences."""
    name, value, _ = next(turning(woven[LEDGER]))
    with chromium.page(at(LEDGER, {name: value}), fresh=True) as page:
        page.emulate_media(reduced_motion="reduce")
        opened(page)
        page.evaluate("new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
        yield page


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
        and one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
    )


def is_in_window(box: dict[str, float], width: int, height: int) -> bool:
    inside = box["x"] >= 0 and box["x"] + box["width"] <= width
    return inside and box["y"] >= 0 and box["y"] + box["height"] <= height


# What followed, and the way to it.


@pytest.mark.parametrize("by_keys", [True, False])
def test_the_bar_says_what_followed_and_leads_through_it_in_the_order_of_the_page(turned, by_keys: bool) -> None:
    stops = turned.evaluate(STOPS)
    said = turned.locator(".what-if-sum").inner_text()
    assert len(stops) > 1 and said.startswith("You changed 1 number. ") and " turned." in said
    assert said == turned.locator(STATUS).text_content()
    turned.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    seen = []
    for count in range(1, len(stops) + 2):
        turned.keyboard.press("Alt+n") if by_keys else turned.locator(NEXT).click()
        settled(turned)
        place = (count - 1) % len(stops) + 1
        assert turned.locator(NEXT).inner_text() == f"Next ({place} of {len(stops)})"
        assert turned.locator(STATUS).text_content().endswith(f" {place} of {len(stops)}.")
        seen.append(turned.evaluate("document.activeElement.textContent"))
        box = turned.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["top"] > turned.locator(BAR).bounding_box()["y"] + 30 and box["top"] < 900
    assert seen == [*stops, stops[0]]


def test_a_step_is_told_once_and_another_change_begins_anew(turned) -> None:
    turned.evaluate("""selector => {
      globalThis.told = [];
      const status = document.querySelector(selector);
      new MutationObserver(() => told.push(status.textContent)).observe(status, { childList: true });
    }""", STATUS)  # fmt: skip
    turned.keyboard.press("Alt+n")
    settled(turned)
    assert len(turned.evaluate("told")) == 1
    drag(turned, turned.locator(IN_TEXT).nth(1), 60)
    assert turned.locator(NEXT).inner_text() == "Show the next"
    turned.keyboard.press("Alt+0")
    assert not turned.locator(BAR).is_visible()


def test_where_no_sentence_turns_it_leads_to_what_follows(chromium) -> None:
    with chromium.page(f"{LABS}.html", fresh=True) as page:
        page.emulate_media(reduced_motion="reduce")
        opened(page)
        slider = page.locator(".panel input[type=range]").first
        slider.focus()
        page.keyboard.press("ArrowRight")
        settled(page)
        # What charts need for following is fetched by now, or one would be redrawn after this.
        browser.wait_until(page, "document.querySelector('figure.chart.is-redrawn') !== null")
        page.evaluate("document.querySelectorAll('.is-redrawn').forEach(one => one.classList.remove('is-redrawn'))")
        assert " turned" not in page.locator(".what-if-sum").inner_text()
        page.keyboard.press("Alt+n")
        settled(page)
        assert page.evaluate("document.activeElement.matches('.figure.is-own:not(.can-change)')")


# It covers nothing.


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_bar_covers_nothing_of_a_panel_in_hand(chromium, width: int, height: int) -> None:
    with chromium.page(f"{LABS}.html", width=width, has_touch=width == 390, fresh=True) as page:
        page.set_viewport_size({"width": width, "height": height})
        opened(page)
        slider = page.locator(".panel input[type=range]").first
        slider.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
        slider.focus()
        page.keyboard.press("Shift+ArrowRight")
        settled(page)
        bar = page.locator(BAR).bounding_box()
        for line in page.locator(".panel .panel-slider, .panel .panel-shows, .panel input").all():
            assert not overlap(bar, line.bounding_box())
        lines = page.locator(f"{BAR} .what-if-sum").bounding_box()["height"]
        assert lines < 24, "what followed is told in one line"
        if width == 1280:
            assert bar["y"] + bar["height"] <= page.locator(".bd-header-article").bounding_box()["height"]
        else:
            assert bar["height"] < 90, "two lines"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("button", [NEXT, ".primary-toggle"])
def test_a_button_in_the_head_of_the_page_takes_the_focus_without_moving_the_page(turned, button: str) -> None:
    turned.evaluate("scrollTo({ top: 2500, behavior: 'instant' })")
    turned.evaluate("button => document.querySelector(button).focus()", button)
    settled(turned)
    assert abs(turned.evaluate("scrollY") - 2500) < 2


def test_the_ends_of_a_slider_stay_on_one_line_on_a_phone(chromium) -> None:
    with chromium.page(f"{LABS}.html", width=390, has_touch=True, fresh=True) as page:
        opened(page)
        page.locator(".panel input[type=range]").first.focus()
        page.keyboard.press("ArrowRight")
        settled(page)
        assert page.locator(".panel .what-if-undo:visible").get_attribute("aria-label").startswith("Back to about ")
        for part in page.locator(".panel .what-if-ends").first.locator("span:visible, button").all():
            assert part.bounding_box()["height"] < 30, part.inner_text()


# The hint.


def test_on_a_phone_the_hint_is_on_the_first_screen_and_a_tap_on_it_opens_the_card(chromium) -> None:
    for docname in (LEDGER, LABS, "index"):
        with chromium.page(f"{docname}.html", width=390, has_touch=True, fresh=True) as page:
            page.set_viewport_size({"width": 390, "height": 844})
            opened(page)
            tried = page.locator(".what-if-invitation a:visible")
            assert tried.count() == 1 and tried.bounding_box()["y"] < 800, docname
            tried.tap()
            browser.at_rest(page)
            number = page.locator(".figure[aria-expanded=true]")
            assert page.locator(f"{CARD} .what-if-slider").count()
            assert number.get_attribute("data-figure") == tried.get_attribute("data-asks")
            bottom = number.bounding_box()["y"] + number.bounding_box()["height"]
            assert 0 < bottom <= page.locator(CARD).bounding_box()["y"], docname
            page.locator(f"{CARD} .what-if-slider").first.press("Shift+ArrowRight")
            settled(page)
            bar, at = page.locator(BAR).bounding_box(), number.bounding_box()
            assert not overlap(bar, at) and at["y"] > bar["y"], "the bar has come over the number in hand"


def test_the_number_of_the_hint_can_be_dragged_where_it_stands(chromium) -> None:
    with chromium.page(f"{LEDGER}.html", fresh=True) as page:
        opened(page)
        hint = page.locator(".what-if-invitation .follows:visible")
        before = hint.inner_text()
        page.wait_for_timeout(300)
        drag(page, hint, -80)
        assert hint.inner_text() != before and page.locator(".is-own").count()
        assert not page.locator(CARD).count()


# Whose number it is.


def test_a_readers_number_in_a_sentence_that_names_its_source_is_told_to_be_his(chromium) -> None:
    with chromium.page(f"{LEDGER}.html", fresh=True) as page:
        opened(page)
        number = page.locator(IN_TEXT).first
        drag(page, number, 60)
        assert "yours" in number.evaluate("one => getComputedStyle(one, '::after').content")
        described = page.locator(f"#{number.get_attribute('aria-describedby')}")
        assert described.text_content() == "your number, in place of what was said"
        follows = page.locator("p .figure.is-own:not(.can-change)").first
        assert "yours" not in follows.evaluate("one => getComputedStyle(one, '::after').content")
        assert follows.get_attribute("aria-describedby") == "what-if-own"
        number.click()
        assert page.locator(f"{CARD} .what-if-own-value").inner_text().startswith("Yours, in place of what was said: ")


# Its card.


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_card_stays_in_the_window_whatever_comes_into_it(chromium, width: int, height: int) -> None:
    with chromium.page(f"{LABS}.html", width=width, has_touch=width == 390, fresh=True) as page:
        page.set_viewport_size({"width": width, "height": height})
        opened(page)
        for place, block in ((0, "end"), (1, "center"), (2, "start"), (5, "end")):
            number = page.locator(".bd-article section > p .figure:not(.side-note *, .panel *)").nth(place)
            number.evaluate("(one, block) => one.scrollIntoView({ block, behavior: 'instant' })", block)
            number.evaluate("one => one.click()")
            browser.at_rest(page)
            for fold in page.locator(f"{CARD} details").all():
                fold.evaluate("one => { one.open = true; }")
            page.locator(f"{CARD} .provenance-cite").evaluate("one => one.click()")
            page.evaluate("""selector => {
              const more = document.createElement("p");
              more.textContent = "More. ".repeat(600);
              document.querySelector(selector).append(more);
            }""", CARD)  # fmt: skip
            browser.at_rest(page)
            card = page.locator(CARD)
            assert is_in_window(card.bounding_box(), width, height), (place, block, card.bounding_box())
            assert card.evaluate("one => one.scrollHeight > one.clientHeight + 100")
            page.keyboard.press("Escape")


@pytest.mark.parametrize(("block", "most"), [("center", 0), ("start", 1)])
def test_a_card_that_a_pointer_opens_leaves_the_next_number_free(chromium, block: str, most: int) -> None:
    """At the head of the window there is only the place below; one next number stands so that no card leaves it free."""
    with chromium.page(f"{LEDGER}.html", fresh=True) as page:
        page.set_viewport_size({"width": 1280, "height": 700})
        opened(page)
        seen, covered = 0, []
        for number in page.locator(".bd-article section > p .figure:not(.side-note *, .panel *)").all()[:25]:
            number.evaluate("(one, block) => one.scrollIntoView({ block, behavior: 'instant' })", block)
            after = number.evaluate_handle(NEXT_NUMBER).as_element()
            if after is None:
                continue
            number.hover()
            page.wait_for_selector(CARD)
            seen += 1
            if overlap(page.locator(CARD).bounding_box(), after.bounding_box()):
                covered.append(number.inner_text())
            page.keyboard.press("Escape")
            page.mouse.move(2, 2)
        assert seen > 10 and len(covered) <= most, covered


NEXT_NUMBER = """one => {
  const all = [...one.closest("p").querySelectorAll(".figure")].filter(each => !each.closest(".side-note, .provenance"));
  return all[all.indexOf(one) + 1] ?? null;
}"""
