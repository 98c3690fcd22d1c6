"""The panels in the text: a slider moves the page as a card does, and wherever it stands every sentence has words."""

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import browser
import pytest
from test_live_graph import ASK, SPOKEN, as_shipped, need_same_figure
from test_live_graph import page as evaluator  # noqa: F401
from what_if import Given, claim_with, figure_with

from frontier_calc import assume, constant, words
from frontier_calc.book import blocks, panel, slider
from frontier_calc.book.panels import Panel, round_step
from frontier_calc.claims import NO_VERDICT
from frontier_calc.press import live, weave
from frontier_calc.press.pages import Page, all_pages, find_root
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading

READY = "!!globalThis.FrontierLive?.record && !!document.querySelector('.panel input[type=range]')"
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
ROOT = find_root()
WITH_PANELS = [page for page in all_pages(ROOT) if "book.panel(" in page.path.read_text(encoding="utf-8")]
EDITIONS = ("2026-05", "2026-07", "2026-10", "working")


CLAIMS = 6  # so many of those that a change may turn are compared


@cache
def woven_at(page: Page, edition: str) -> Woven:
    return weave.weave(page, reading.edition(edition))


def sliders_of(woven: Woven) -> Iterator[tuple[str, str, float, float, float]]:
    """What each slider of a page moves, by its address and by its leaf, between which values and in which steps."""
    addresses = {leaf.key: address for address, leaf in live.inputs(woven).items()}
    for key, low, high, step in live.ranges(woven):
        (leaf,) = woven.shown[key].leaves
        yield addresses[leaf.key], leaf.key, low, high, step


def test_the_five_ledgers_whose_argument_turns_on_a_number_have_one_panel_each() -> None:
    assert [page.name for page in WITH_PANELS] == [f"ledger-{number}" for number in (1, 2, 3, 4, 6)]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("page", WITH_PANELS, ids=[page.name for page in WITH_PANELS])
def test_wherever_its_sliders_stand_every_claim_of_a_page_has_words(page: Page, edition: str) -> None:
    woven = woven_at(page, edition)
    moved = [(key, low, high) for _, key, low, high, _ in sliders_of(woven)]
    assert moved, "no slider"
    dice = random.Random(5)
    cases = [{key: end} for key, low, high in moved for end in (low, high)]
    cases += [{key: dice.uniform(low, high) for key, low, high in moved} for _ in range(20)]
    for given in cases:
        for claim in woven.claims.values():
            made = claim_with(claim, given)
            assert made.branch is not None or made.verdict in NO_VERDICT, (claim.id, given)


def points_of(dice: random.Random, woven: Woven) -> list[tuple[dict[str, float], Given]]:
    """Places of the sliders by address and by leaf: each alone at nothing, at its ends and anywhere; then all together."""
    moved = list(sliders_of(woven))
    cases = [
        ({address: value}, {key: value})
        for address, key, low, high, _ in moved
        for value in (0.0, low, high, dice.uniform(low, high), dice.uniform(low, high))
    ]
    for _ in range(6):
        values = [(address, key, dice.uniform(low, high)) for address, key, low, high, _ in moved]
        cases.append(({address: value for address, _, value in values}, {key: value for _, key, value in values}))
    return cases


@pytest.mark.browser
@pytest.mark.parametrize("edition", EDITIONS)
def test_at_any_point_of_its_sliders_the_script_says_what_python_says(evaluator, edition: str) -> None:  # noqa: F811
    dice = random.Random(edition)
    for page in WITH_PANELS:
        woven = woven_at(page, edition)
        shown = [output.value for output in woven.outputs if isinstance(output.value, Panel)]
        in_panel = [figure for panel in shown for figure in blocks.figures_in(panel)]
        points = points_of(dice, woven)
        cases = [asked_at(dice, woven, in_panel, *point) for point in points]
        asked = {"page": as_shipped(woven), "table": words.TABLE, "cases": cases, "styles": SPOKEN}
        answers = json.loads(evaluator.evaluate(ASK, json.dumps(asked, allow_nan=False)))
        for (_, given), case, answer in zip(points, cases, answers, strict=True):
            need_same_answer(woven, given, case, answer, f"{edition}, {page.name}, {case['given']}")


def asked_at(dice: random.Random, woven: Woven, in_panel: list[str], put: Given, given: Given) -> dict[str, Any]:
    """What is asked of the script with these numbers: all that the panel shows, and some of what else rests on them."""
    leaning = [key for key, figure in woven.shown.items() if any(leaf.key in given for leaf in figure.leaves)]
    claims = [c.id for c in woven.claims.values() if any(leaf.key in given for f in c.compared for leaf in f.leaves)]
    figures = list(dict.fromkeys([*in_panel, *dice.sample(leaning, min(len(leaning), 2))]))
    return {"given": put, "figures": figures, "claims": dice.sample(claims, min(len(claims), CLAIMS))}


def need_same_answer(woven: Woven, given: Given, case: dict[str, Any], answer: dict[str, Any], where: str) -> None:
    """Fail where the script says something else than Python."""
    for key, said in zip(case["figures"], answer["figures"], strict=True):
        need_same_figure(figure_with(woven.shown[key], given), said, where)
    by_id = {claim.id: claim for claim in woven.claims.values()}
    for id, said in zip(case["claims"], answer["claims"], strict=True):
        claim = claim_with(by_id[id], given)
        has_words = claim.branch is not None or claim.verdict in NO_VERDICT
        assert (said["verdict"], said["text"]) == (claim.verdict, str(claim) if has_words else None), where


@pytest.mark.parametrize("wrong", [assume("a", 2.0) * assume("b", 3.0), constant("exact", 2.0)])
def test_a_slider_moves_nothing_that_is_worked_out_or_exact(wrong) -> None:
    with pytest.raises(ValueError, match="a slider moves a number measured or assumed"):
        slider("it", wrong, 0, 9)


def test_a_slider_reaches_as_far_as_the_record() -> None:
    assert panel("P", [slider("it", assume("it", 12.0), 0, 9)], "How far?", []).ranges[0][1:3] == (0, 12)


def test_an_author_says_what_a_step_is_or_has_a_round_one() -> None:
    assert slider("it", assume("it", 1.0), 0, 3, step=0.25).step == 0.25
    assert slider("it", assume("it", 1.0), 0, 3).step == 0.02
    for reach in (1e-9, 0.6, 99.99, 100, 2.9e9):
        step = round_step(reach)
        assert 100 <= round(reach / step, 6) < 250
        assert f"{step:e}"[0] in "125"


@pytest.mark.parametrize("wrong", [{"step": 0}, {"step": -1}, {"step": 4}, {"high": 0}], ids=str)
def test_a_range_and_its_step_are_something(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="expected"):
        slider("it", assume("it", 0.0), **{"low": 0, "high": 3, **wrong})


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
def test_each_slider_moves_the_page_by_keys_and_by_mouse_and_all_come_back(chromium, page: Page) -> None:
    steps = [step for *_, step in sliders_of(woven_at(page, "working"))]
    with chromium.page(f"{page.docname}.html", fresh=True) as tab:
        opened(tab)
        before = state(tab)
        sliders = tab.locator(".panel input[type=range]")
        assert sliders.count() == len(steps)
        for place, step in enumerate(steps):
            one = sliders.nth(place)
            one.focus()
            browser.at_rest(tab)
            stands = one.evaluate(TOP)
            tab.keyboard.press("ArrowRight")
            tab.evaluate(SETTLED)
            assert 0.5 * step <= given_now(tab) - float(before[1][place]) < 1.5 * step + 1e-9
            for _ in range(3):
                tab.keyboard.press("Shift+ArrowRight")
            tab.evaluate(SETTLED)
            need_moved(tab, before, place)
            tab.evaluate(IDLE)  # a chart out of sight has followed as well
            assert abs(one.evaluate(TOP) - stands) < 1, "the slider slips from under the hand"
            assert one.get_attribute("aria-valuetext")
            back = tab.locator(BACK).nth(place)
            assert back.is_visible() and tab.locator(f"{BACK}:visible").count() == 1
            back.press("Enter")
            tab.evaluate(SETTLED)
            assert state(tab) == before and one.evaluate("one => one === document.activeElement")
            pull(tab, one, 60)
            need_moved(tab, before, place)
            tab.keyboard.press("Alt+0")
            tab.evaluate(SETTLED)
            assert state(tab) == before


TOP = "one => one.getBoundingClientRect().top"
IDLE = "new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))"
BACK = ".panel .what-if-ends .what-if-undo"


def given_now(tab) -> float:
    return tab.evaluate("Object.values(FrontierLive.given)[0]")


def need_moved(tab, before: list[list[str]], place: int) -> None:
    """The slider has another number, and so has the page, its panel and its address."""
    now = state(tab)
    assert now[1][place] != before[1][place]
    assert now[0] != before[0], f"slider {place} moves nothing"
    assert tab.locator(".is-own").count() and "#what-if=" in tab.url


def pull(tab, slider, across: int) -> None:
    """Drag the thumb of a slider with the mouse."""
    browser.at_rest(tab)
    slider.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = slider.bounding_box()
    share = slider.evaluate("one => (one.value - one.min) / (one.max - one.min)")
    x, y = box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    for step in (0.5, 1):
        tab.mouse.move(x + across * step, y)
    tab.mouse.up()
    tab.mouse.move(0, 0)  # or a number under it would open its card
    tab.evaluate(SETTLED)


@pytest.mark.book
@pytest.mark.browser
def test_the_record_is_not_missed_by_a_hair(chromium) -> None:
    """A record that is no whole number of steps: from the step beside it half a step leads to it, and on past it."""
    with chromium.page("ledgers/4-a-tale-of-two-labs.html", fresh=True) as tab:
        opened(tab)
        tab.locator(".panel input[type=range]").first.focus()
        seen = []
        for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight"):
            tab.keyboard.press(key)
            tab.evaluate(SETTLED)
            seen.append(tab.evaluate("Object.values(FrontierLive.given)[0] ?? null"))
        assert seen == [0.28, None, 0.26, None]


HOSTILE = ("NaN", "1e400", "%3Cimg%20src=x%20onerror=alert(1)%3E", "-1e301")


@pytest.mark.book
@pytest.mark.browser
def test_hostile_numbers_for_sliders_are_refused_and_nothing_is_a_number(chromium) -> None:
    traffic = browser.Traffic()
    with chromium.page("index.html", fresh=True, traffic=traffic) as tab:
        for page in WITH_PANELS:
            names = [address for address, *_ in sliders_of(woven_at(page, "working"))]
            wrong = "&".join(f"{name}={value}" for name, value in zip(names, HOSTILE, strict=False))
            tab.goto(f"{chromium.address}/{page.docname}.html#what-if=working&{wrong}")
            opened(tab)
            assert "What the address gives for" in tab.locator(".what-if-note").inner_text()
            assert not tab.locator(".is-own, .what-if-bar img, .panel img").count()
            assert tab.evaluate("FrontierLive.given") == {}
            nothing = "&".join(f"{name}=0" for name in names)
            tab.evaluate("hash => { location.hash = hash; }", f"#what-if=working&{nothing}")
            tab.evaluate(SETTLED)
            said = tab.locator(".panel").inner_text()
            assert tab.locator(".panel .is-own").count()
            assert not {"NaN", "undefined", "Infinity", "null"} & set(said.replace("[no such number]", "").split())
    assert not traffic.complaints


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
        one.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
        now, top = one.input_value(), tab.evaluate("scrollY")
        box, touch = one.bounding_box(), tab.context.new_cdp_session(tab)
        for move in range(10):
            at = {"x": box["x"] + 40, "y": box["y"] + 8 - 20 * move}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove" if move else "touchStart", "touchPoints": [at]})
            tab.evaluate(SETTLED)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        tab.evaluate(SETTLED)
        assert tab.evaluate("scrollY") > top + 100
        assert one.input_value() == now, "a finger that scrolls changes nothing on its way"
