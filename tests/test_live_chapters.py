"""Each page in a reader's hands: one number moved by mouse, by keys and by finger, and what follows; sent and taken back."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import browser
import pytest
from test_live_page import (
    CARD,
    DOCNAMES,
    SHOWN,
    drag,
    need_told,
    opened,
    said_now,
    settled,
    woven,  # noqa: F401
)
from what_if import claim_with

from frontier_calc.press import live
from frontier_calc.press.weave import Woven

pytestmark = [pytest.mark.book, pytest.mark.browser]

HELD = ".bd-article section .figure.can-change:not(.side-note *, details *, .chart *)"  # numbers in plain sight
REACHES = (0.95, 1.0)  # of the way to an end of a number's range: to it where nothing turns before
ACROSS = 400  # pixels from one end of it to the other

OWN = """() => Object.fromEntries(Object.entries(FrontierLive.given).map(
  ([node, value]) => [FrontierLive.graph.nodes[node].address, value]))"""
DRAWN = """() => [...document.querySelectorAll("figure.chart:has(.drawing[data-follows]) .chart-stage")].map(
  (stage) => stage.outerHTML)"""
IN_CHARTS = """() => [...new Set([...document.querySelectorAll(".drawing[data-follows] [data-figure]")].map(
  (one) => one.dataset.figure))]"""
KEYS = "numbers => numbers.map((one) => one.dataset.figure)"


def turning_ways(woven_page: Woven, keys: list[str]) -> Iterator[tuple[str, float]]:
    """The numbers with these keys, and how far they go, down or up, until a said claim has another sentence."""
    said = [claim for claim in woven_page.claims.values() if claim.id in live.said(woven_page)]
    leaves = {leaf.key: leaf for leaf in live.inputs(woven_page).values()}
    for reach in REACHES:
        for key, way in product(dict.fromkeys(keys), (reach, -reach)):
            given = {key: leaves[key].value * (1 + way)}
            asked = [c for c in said if any(leaf.key == key for figure in c.compared for leaf in figure.leaves)]
            made = [(claim, claim_with(claim, given)) for claim in asked]
            if any(now.branch and str(now) and now.branch.template != said_now(claim) for claim, now in made):
                yield key, way


def chosen(page, woven_page: Woven) -> tuple[str, float, bool]:
    """A number of the text that turns a sentence, if it can be one that a chart follows; its way; and whether one does."""
    charted = {leaf.key for key in page.evaluate(IN_CHARTS) for leaf in woven_page.shown[key].leaves}
    ways = list(turning_ways(woven_page, page.locator(HELD).evaluate_all(KEYS)))
    key, way = next((each for each in ways if each[0] in charted), ways[0])
    return key, way, key in charted


def need_all_follow(page, woven_page: Woven, before: dict[str, Any], drawn: list[str], charted: bool) -> None:
    """Numbers and a claim say what Python says with the reader's number, and the charts that can have followed it."""
    settled(page)
    own = page.evaluate(OWN)
    assert len(own) == 1
    moved, turned = need_told(page, woven_page, before, own)
    assert moved
    assert turned
    assert page.locator(".claim.is-turned").count()
    assert (page.evaluate(DRAWN) != drawn) == charted


def need_way_back(page, before: dict[str, Any], drawn: list[str]) -> None:
    page.keyboard.press("Alt+0")
    need_record(page, before, drawn)


def need_record(page, before: dict[str, Any], drawn: list[str]) -> None:
    settled(page)
    assert page.evaluate(SHOWN) == before
    assert page.evaluate(DRAWN) == drawn
    assert "#" not in page.url
    assert not page.locator(".is-own, .is-turned").count()


def need_hint_follows(page) -> None:
    """The number that the page's hint tells a reader to drag can be dragged, and follows there too."""
    hint = page.locator(".what-if-invitation .follows:visible")
    was, meant = hint.inner_text(), "key => FrontierLive.reading.words(FrontierLive.keys[key], 'bare')"
    number = page.locator(f'{HELD}[data-figure="{hint.get_attribute("data-figure")}"]:not([data-form="when"])').first
    drag(page, number, -60)
    assert hint.inner_text() == page.evaluate(meant, hint.get_attribute("data-figure")) != was


def by_keys(page, number, way: float) -> None:
    """Change a number without a mouse: its card, the field in it, a number that is typed."""
    number.focus()
    page.keyboard.press("Enter")
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "what-if-field":
            break
    was = page.evaluate("document.activeElement.value").replace("−", "-")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{float(was) * (1 + way):.6g}")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def by_finger(page, number, way: float) -> None:
    """Change a number by taps: on it, and near the end of the slider in its card."""
    number.tap()
    page.wait_for_timeout(400)  # the page makes room for the card
    track = page.locator(f"{CARD} .what-if-slider").first.bounding_box()
    at = max(1, track["width"] * (0.5 + way / 2))
    page.touchscreen.tap(track["x"] + at, track["y"] + track["height"] / 2)
    settled(page)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("docname", DOCNAMES)
def test_one_number_is_moved_and_the_page_follows(chromium, woven, docname: str) -> None:  # noqa: F811
    woven_page, traffic = woven[docname], browser.Traffic()
    with chromium.page(f"{docname}.html", fresh=True, traffic=traffic) as page:
        opened(page)
        before, drawn = page.evaluate(SHOWN), page.evaluate(DRAWN)
        key, way, charted = chosen(page, woven_page)
        place = page.locator(HELD).evaluate_all(KEYS).index(key)
        drag(page, page.locator(HELD).nth(place), int(way * ACROSS / 2))
        need_all_follow(page, woven_page, before, drawn, charted)
        sent = page.url.removeprefix(f"{chromium.address}/")
        page.reload()
        opened(page)
        need_all_follow(page, woven_page, before, drawn, charted)
        need_way_back(page, before, drawn)
        by_keys(page, page.locator(HELD).nth(place), way)
        need_all_follow(page, woven_page, before, drawn, charted)
        need_way_back(page, before, drawn)
        need_hint_follows(page)
        need_way_back(page, before, drawn)
    with chromium.page(sent, width=390, has_touch=True, traffic=traffic) as page:
        opened(page)
        need_all_follow(page, woven_page, before, drawn, charted)
        page.locator(".what-if-reset").tap()
        need_record(page, before, drawn)
        by_finger(page, page.locator(HELD).nth(place), way)
        need_all_follow(page, woven_page, before, drawn, charted)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not traffic.outside
    assert not traffic.complaints
