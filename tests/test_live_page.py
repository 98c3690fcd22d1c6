"""A page in a reader's hands: a number that is changed, what follows, the way back, the address, the keyboard, a finger."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import books
import browser
import pytest
from what_if import claim_with, figure_with

from frontier_calc import words
from frontier_calc.book import blocks
from frontier_calc.claims import NO_VERDICT, Claim
from frontier_calc.graph import Leaf
from frontier_calc.press import cards, live, weave
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading
from frontier_calc.words import Worded

pytestmark = [pytest.mark.book, pytest.mark.browser]

CARD = ".provenance:popover-open"
READY = "!!globalThis.FrontierLive?.record"
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LEDGER = "ledgers/2-reading-the-books"
IN_TEXT = ".bd-article section > p .figure.can-change:not(.side-note *)"  # a number of the running text

SHOWN = """() => {
  const outside = one => !one.closest(".provenance, .chart-points");
  const numbers = [...document.querySelectorAll(".bd-article .figure[data-figure]")].filter(outside);
  const claims = [...document.querySelectorAll(".bd-article .claim[data-claim]")];
  return {
    numbers: numbers.map(one => [one.dataset.figure, one.dataset.wording || "plain", one.textContent, one.dataset.tag]),
    claims: claims.map(one => [one.dataset.claim, one.dataset.verdict, one.textContent]),
  };
}"""


@cache
def woven_pages(root: Path) -> dict[str, Woven]:
    woven = weave.weave_all(reading.edition("working", root / "data"), root)
    return {page.page.docname: page for page in woven if live.is_live(page)}


@pytest.fixture(scope="module")
def woven(book: Path) -> dict[str, Woven]:
    """The pages that can be changed, by name."""
    return woven_pages(book)


def opened(page) -> None:
    browser.wait_until(page, READY)
    page.evaluate(SETTLED)


def settled(page) -> None:
    page.evaluate(SETTLED)


def address(**numbers: str) -> str:
    return "#what-if=working&" + "&".join(f"{name}={value}" for name, value in numbers.items())


def at(page_name: str, numbers: dict[str, float]) -> str:
    return f"{page_name}.html{address(**{name: repr(value) for name, value in numbers.items()})}"


def given_of(page: Woven, numbers: dict[str, float]) -> dict[str, float]:
    leaves = live.inputs(page)
    return {leaves[name].key: value for name, value in numbers.items()}


def need_told(page, woven: Woven, before: dict[str, Any], numbers: dict[str, float]) -> tuple[int, int]:
    """Every number and every claim says what Python says with these numbers; how many say something else than before."""
    given = given_of(woven, numbers)
    now = page.evaluate(SHOWN)
    claims = {claim.id: claim for claim in woven.claims.values()}
    turned = 0
    for (id, _, was), (_, verdict, text) in zip(before["claims"], now["claims"], strict=True):
        claim = claim_with(claims[id], given)
        said = text.removeprefix("[changed by your numbers] ")
        if claim.branch is None and claim.verdict not in NO_VERDICT:
            assert said.startswith("[With your numbers this sentence is no longer true"), (id, said)
        else:
            meant = str(claim) if was.endswith(".") or not was else str(claim).removesuffix(".")
            assert said == meant, (id, said)
            assert verdict == claim.verdict, id
        turned += said != was
    moved = 0
    was = before["numbers"]
    for place, (key, wording, text, tag) in enumerate(now["numbers"]):
        figure = woven.shown.get(key)
        if figure is None or wording in words.DATES or not any(leaf.key in given for leaf in figure.leaves):
            continue
        own = figure_with(figure, given)
        # A ledger sheet has some numbers in other words than sentences.
        is_worded_so = len(was) != len(now["numbers"]) or was[place][2] == str(getattr(figure, wording))
        if is_worded_so and (own.tag or "exact", str(getattr(own, wording))) == (tag, text):
            moved += text != str(getattr(figure, wording))
        else:
            assert not is_worded_so or len(was) != len(now["numbers"]), (key, wording, text, str(getattr(own, wording)))
    return moved, turned


def turning(woven: Woven) -> Iterator[tuple[str, float, Claim]]:
    """Numbers for one input with which a claim that the page says has another sentence."""
    said = live.said(woven)
    for name, leaf in live.inputs(woven).items():
        for factor in (0.1, 0.5, 2, 8):
            given = {leaf.key: leaf.value * factor}
            for claim in woven.claims.values():
                asked = {each.key for figure in claim.compared for each in figure.leaves}
                if claim.id in said and leaf.key in asked:
                    made = claim_with(claim, given)
                    if made.branch is not None and str(made) and made.branch.template != said_now(claim):
                        yield name, leaf.value * factor, made


def said_now(claim: Claim) -> str:
    return claim.branch.template if claim.branch else ""


DOCNAMES = [
    "index",
    *(f"ledgers/{path.stem}" for path in sorted((books.ROOT / "ledgers").glob("*.md"))),
    "reference/models-layer",
]


# Claims.


def test_a_claim_without_words_for_what_became_true_says_so(chromium, woven) -> None:
    """Every claim of the book has words for what its numbers can become; here one loses those for the other cases."""
    name, value, claim = next(turning(woven[LEDGER]))
    with chromium.page(f"{LEDGER}.html", fresh=True) as page:
        opened(page)
        page.evaluate(
            """id => {
              const claim = FrontierLive.graph.claims[id];
              const [, now] = FrontierLive.record.outcome(claim);
              const kept = template => template === now ? template : null;
              claim.branches.forEach(branch => { branch.template = kept(branch.template); });
              claim.otherwise = kept(claim.otherwise);
              claim.overlap = kept(claim.overlap);
            }""",
            claim.id,
        )
        page.evaluate("given => { location.hash = given; }", address(**{name: repr(value)}))
        browser.wait_until(page, "document.querySelector('.is-own') !== null")
        settled(page)
        said = page.locator(f'.claim[data-claim="{claim.id}"]').first
        assert "no longer true, and the book has no words for what would be" in said.text_content()


def test_a_number_that_only_another_sentence_says_has_its_card(chromium, woven) -> None:
    docname = "ledgers/4-a-tale-of-two-labs"
    page_of = woven[docname]
    unsaid = cards.unsaid(page_of, blocks.walk(page_of.blocks))
    assert unsaid
    paths = {
        claim.id: [
            path for path, part in claim.places.items() if isinstance(part, Worded) and part.figure.key in unsaid
        ]
        for claim in page_of.claims.values()
    }
    name, value, claim = next(
        turned
        for turned in turning(page_of)
        if any(f"{{{path}}}" in turned[2].branch.template for path in paths[turned[2].id])
    )
    with chromium.page(at(docname, {name: value}), fresh=True) as page:
        opened(page)
        said = page.locator(f'.claim.is-turned[data-claim="{claim.id}"]').first
        number = said.locator(", ".join(f'.figure[data-figure="{key}"]' for key in unsaid)).first
        number.click()
        card = page.locator(CARD)
        assert card.locator(".provenance-gist").inner_text()
        own = card.locator(".what-if-own-value").inner_text()
        assert own.removeprefix("With your numbers: ") == number.inner_text()
        card.locator(".provenance-cite").click()
        assert "ledger-4" in card.locator(".provenance-citation").inner_text()


def test_every_number_and_every_claim_of_a_page_can_follow(chromium, woven) -> None:
    for docname in DOCNAMES:
        with chromium.page(f"{docname}.html") as page:
            opened(page)
            lost = page.evaluate("""() => {
              const L = FrontierLive;
              const shown = [...document.querySelectorAll(".bd-article .figure[data-figure]")].map(one => one.dataset.figure);
              const said = [...document.querySelectorAll(".bd-article .claim[data-claim]")].map(one => one.dataset.claim);
              return [shown.filter(key => !(key in L.keys)), said.filter(id => !(id in L.graph.claims))];
            }""")
            assert lost == [[], []], docname


# With a mouse.


def drag(page, number, across: int, release: bool = True) -> None:
    number.scroll_into_view_if_needed()
    browser.at_rest(page)
    page.evaluate("top => scrollBy({ top: top - 450, behavior: 'instant' })", number.bounding_box()["y"])
    box = number.bounding_box()
    x, y = box["x"] + 6, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 5):
        page.mouse.move(x + across * step / 4, y)
    settled(page)
    if release:
        page.mouse.up()
        settled(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_slider_of_a_card_stays_under_the_hand(chromium, width: int) -> None:
    """Above it the card says what the number is now, and the text may take a line more or less."""
    with chromium.page(f"{LEDGER}.html", width=width, has_touch=width == 390) as page:
        opened(page)
        for place in (0, 1, 3):
            number = page.locator(IN_TEXT).nth(place)
            number.scroll_into_view_if_needed()
            browser.at_rest(page)
            number.tap() if width == 390 else number.click()
            slider = page.locator(f"{CARD} .what-if-slider").first
            slider.focus()
            browser.at_rest(page)
            stands = slider.bounding_box()["y"]
            for _ in range(3):
                page.keyboard.press("Shift+ArrowRight")
            settled(page)
            assert page.locator(f"{CARD} .what-if-own-value").is_visible()
            assert abs(slider.bounding_box()["y"] - stands) < 1.5
            page.keyboard.press("Alt+0")
            page.keyboard.press("Escape")


def test_a_number_is_dragged_sideways_and_a_click_still_opens_its_card(chromium) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        opened(page)
        number = page.locator(IN_TEXT).first
        before = number.inner_text()
        assert number.evaluate("one => getComputedStyle(one).cursor") == "ew-resize"
        drag(page, number, 3)
        assert number.inner_text() == before and page.locator(CARD).count() == 1
        page.keyboard.press("Escape")
        drag(page, number, 60)
        assert number.inner_text() != before and not page.locator(CARD).count()
        assert "#what-if=" in page.url
        assert page.evaluate("getSelection().toString()") == ""
        more = page.evaluate("Object.values(FrontierLive.given)[0]")
        drag(page, number, -30)
        assert page.evaluate("Object.values(FrontierLive.given)[0]") < more
        kept = number.inner_text()
        drag(page, number, 120, release=False)
        assert number.inner_text() != kept
        page.keyboard.press("Escape")
        settled(page)
        assert number.inner_text() == kept
        page.mouse.up()
        assert not page.locator(CARD).count()


def test_the_card_of_a_result_has_what_moves_it_the_strongest_first(chromium, woven) -> None:
    page_of = woven[LEDGER]
    with chromium.page(f"{LEDGER}.html") as page:
        opened(page)
        figure = next(
            f
            for f in page_of.figures.values()
            if not isinstance(f.node, Leaf)
            and len([x for x in f.leaves if x.tag]) > 1
            and page.locator(f'section > p .figure[data-figure="{f.key}"]:not(.side-note *)').count()
        )
        number = page.locator(f'section > p .figure[data-figure="{figure.key}"]:not(.side-note *)').first
        before = page.evaluate(SHOWN)
        number.click()
        items = page.locator(f"{CARD} .what-if li")
        effects = [
            float(re.search(r"([\d.,]+) per cent", each)[1]) if "per cent" in each else 0
            for each in items.locator(".what-if-effect").all_inner_texts()
        ]
        assert len(effects) == len([leaf for leaf in figure.leaves if live.can_change(leaf)])
        assert effects == sorted(effects, reverse=True) and effects[0] > 0
        was = number.inner_text()
        items.first.locator(".what-if-slider").focus()
        for _ in range(4):
            page.keyboard.press("Shift+ArrowRight")
        settled(page)
        assert number.inner_text() != was
        assert page.locator(f"{CARD} .what-if-own-value").inner_text() == f"With your numbers: {number.inner_text()}"
        put = page.evaluate(
            "Object.entries(FrontierLive.given).map(([node, value]) => [FrontierLive.graph.nodes[node].address, value])"
        )
        need_told(page, page_of, before, dict(put))


# By the keyboard, and for a listener.


def test_the_keyboard_alone_changes_a_number_and_takes_it_back(chromium) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        opened(page)
        number = page.locator(IN_TEXT).first
        before = number.inner_text()
        number.focus()
        page.keyboard.press("Enter")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") == "what-if-field":
                break
        own = "() => Object.values(FrontierLive.given)[0] ?? null"
        page.keyboard.press("ArrowUp")
        settled(page)
        record = page.evaluate("FrontierLive.record.value(Object.keys(FrontierLive.given)[0])")
        small = page.evaluate(own) - record
        page.keyboard.press("Shift+ArrowUp")
        settled(page)
        assert page.evaluate(own) - record == pytest.approx(11 * small)
        assert page.locator("p[role=status].what-if-unseen").inner_text().startswith("You changed 1 number. ")
        page.keyboard.press("Tab")  # Reset
        page.keyboard.press("Enter")
        settled(page)
        assert number.inner_text() == before and page.evaluate(own) is None
        assert page.evaluate("document.activeElement.className") == "what-if-field"
        page.keyboard.press("Escape")
        assert number.evaluate("one => document.activeElement === one")


def test_a_change_is_told_once_when_it_has_ended(chromium) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        opened(page)
        page.evaluate("""() => {
          globalThis.told = [];
          const status = document.querySelector("p[role=status].what-if-unseen");
          new MutationObserver(() => told.push(status.textContent)).observe(status, { childList: true });
        }""")
        number = page.locator(IN_TEXT).first
        drag(page, number, 80, release=False)
        assert page.evaluate("told") == []
        page.mouse.up()
        settled(page)
        assert len(page.evaluate("told")) == 1
        described = number.get_attribute("aria-describedby")
        assert page.locator(f"#{described}").text_content() == "your number, in place of what was said"


# By a finger.


def test_a_finger_on_the_text_scrolls_and_changes_in_the_card(chromium) -> None:
    with chromium.page(f"{LEDGER}.html", width=390, has_touch=True) as page:
        opened(page)
        number = page.locator(IN_TEXT).first
        number.scroll_into_view_if_needed()
        before = number.inner_text()
        box = number.bounding_box()
        touch = page.context.new_cdp_session(page)
        for kind, x in (("touchStart", 0), ("touchMove", 40), ("touchMove", 90), ("touchEnd", 0)):
            points = [] if kind == "touchEnd" else [{"x": box["x"] + 5 + x, "y": box["y"] + 8}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        settled(page)
        assert number.inner_text() == before
        number.tap()
        page.wait_for_timeout(500)
        slider = page.locator(f"{CARD} .what-if-slider").first
        track = slider.bounding_box()
        assert track["height"] >= 24, "wide enough for a finger"
        page.touchscreen.tap(track["x"] + track["width"] * 0.8, track["y"] + track["height"] / 2)
        settled(page)
        assert page.evaluate(
            "Object.values(FrontierLive.given)[0] / FrontierLive.record.value(Object.keys(FrontierLive.given)[0])"
        ) == pytest.approx(1.6, abs=0.1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


# The address.


def test_the_back_button_takes_the_changes_back_and_a_link_within_the_page_keeps_them(chromium) -> None:
    with chromium.page(f"{LEDGER}.html", fresh=True) as page:
        opened(page)
        before = page.evaluate(SHOWN)
        number = page.locator(IN_TEXT).first
        drag(page, number, 60)
        drag(page, number, 40)
        own = page.evaluate(SHOWN)
        page.evaluate("document.querySelector('.bd-article h2 a.headerlink').click()")
        browser.wait_until(page, "location.hash.includes('&at=')")
        assert page.evaluate(SHOWN) == own
        page.go_back()
        settled(page)
        assert page.evaluate(SHOWN) == own
        page.go_back()
        settled(page)
        assert page.evaluate(SHOWN) == before and not page.locator(".what-if-bar").is_visible()
        page.go_forward()
        settled(page)
        assert page.evaluate(SHOWN) == own


HOSTILE = {
    "not a number": "NaN",
    "without limit": "1e400",
    "markup": "%3Cimg%20src=x%20onerror=alert(1)%3E",
    "nothing": "",
    "a word": "thirty",
    "beyond its limits": "-5e30",
    "code": "alert(1)",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_value_does_no_harm_and_is_told(chromium, woven, value: str) -> None:
    name = next(name for name, leaf in live.inputs(woven[LEDGER]).items() if leaf.least is not None)
    traffic = browser.Traffic()
    with chromium.page(f"{LEDGER}.html#what-if=working&{name}={value}", traffic=traffic, fresh=True) as page:
        opened(page)
        assert not page.locator(".is-own").count()
        assert "What the address gives for" in page.locator(".what-if-note").inner_text()
        assert not page.locator(".what-if-bar img").count()
        page.locator(".what-if-reset").click()
        assert not page.locator(".what-if-bar").is_visible()
    assert not traffic.complaints


@pytest.mark.parametrize(
    ("hash", "said"),
    [
        ("#what-if=working&__proto__=1", "“__proto__” is no number of this page."),
        ("#what-if=working&constructor=1&<b>x</b>=2", "“constructor” is no number of this page."),
        ("#what-if=working&%E0%A4%A=3", "is no number of this page."),
        ("#what-if=2019-01&", "The link was made in another edition, “2019-01”"),
        (f"#what-if=working&{'a=1&' * 3000}", "The address is too long"),
        ("#what-if=", "The link was made in another edition, “”"),
    ],
)
def test_a_strange_address_shows_the_record_and_says_why(chromium, hash: str, said: str) -> None:
    traffic = browser.Traffic()
    with chromium.page(f"{LEDGER}.html{hash}", traffic=traffic, fresh=True) as page:
        opened(page)
        assert said in page.locator(".what-if-note").inner_text()
        assert not page.locator(".is-own, .what-if-bar b").count()
    assert not traffic.complaints


def test_nothing_and_a_huge_number_leave_words_and_no_broken_page(chromium, woven) -> None:
    page_of = woven[LEDGER]
    for factor in (0.0, 1e3):
        numbers = {
            name: leaf.value * factor
            for name, leaf in live.inputs(page_of).items()
            if leaf.least is None or leaf.least <= leaf.value * factor
        }
        numbers = {
            name: value
            for name, value in numbers.items()
            if (most := live.inputs(page_of)[name].most) is None or value <= most
        }
        traffic = browser.Traffic()
        with chromium.page(at(LEDGER, numbers), traffic=traffic, fresh=True) as page:
            opened(page)
            text = page.locator(".bd-article").inner_text()
            assert len(numbers) > 5 and page.locator(".is-own").count() > 20
            assert not re.search(r"\b(NaN|undefined|Infinity|null)\b", text.replace("[no such number]", ""))
        assert not traffic.complaints


def test_what_cannot_be_typed_is_refused_in_words(chromium) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        opened(page)
        page.locator(IN_TEXT).first.click()
        field, said = page.locator(f"{CARD} .what-if-field").first, page.locator(f"{CARD} .what-if-said").first
        for text, answer in (
            ("<b>", "Please type a number."),
            ("1e400", "Please type a number."),
            ("9e40", "It can be at the "),
        ):
            field.fill(text)
            assert answer in said.inner_text() and not page.locator(".is-own").count()
        field.fill("35 billion")
        settled(page)
        assert page.evaluate("Object.values(FrontierLive.given)[0]") == 35e9
        field.fill("35")
        settled(page)
        assert page.evaluate("Object.values(FrontierLive.given)[0]") == 35e9


# Paper, a folder, and what is taken along.


def test_printing_prints_the_record(chromium) -> None:
    with chromium.page(f"{LEDGER}.html", fresh=True) as page:
        opened(page)
        before = page.evaluate(SHOWN)
        drag(page, page.locator(IN_TEXT).first, 70)
        own = page.evaluate(SHOWN)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(SHOWN) == before
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(SHOWN) == own
        page.emulate_media(media="print")
        settled(page)
        assert page.evaluate(SHOWN) == before and not page.locator(".what-if-bar").is_visible()


def test_it_works_from_a_folder(book: Path, chromium, woven) -> None:
    page = chromium.engine.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((books.site(book) / f"{LEDGER}.html").as_uri())
    opened(page)
    before = page.evaluate(SHOWN)
    drag(page, page.locator(IN_TEXT).first, 70)
    own = page.evaluate(SHOWN)
    assert own != before and "#what-if=working&" in page.url
    page.reload()
    opened(page)
    assert page.evaluate(SHOWN) == own
    page.context.close()
    assert not complaints


def test_a_figure_is_cited_as_the_record_has_it(chromium, woven) -> None:
    with chromium.page(f"{LEDGER}.html") as page:
        opened(page)
        number = page.locator(IN_TEXT).first
        record = number.inner_text()
        drag(page, number, 70)
        number.click()
        page.locator(f"{CARD} .provenance-cite").click()
        cited = page.locator(f"{CARD} .provenance-citation").inner_text()
        assert record in cited and number.inner_text() not in cited
        assert (
            woven[LEDGER].reading.stamp in cited and "#" in cited and number.get_attribute("data-record-tag") in cited
        )


# Access.


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False), (390, True)])
def test_axe_finds_nothing_with_a_card_and_changed_numbers(chromium, woven, width: int, dark: bool) -> None:
    name, value, _ = next(turning(woven[LEDGER]))
    with chromium.page(at(LEDGER, {name: value}), width=width, dark=dark, has_touch=width < 600) as page:
        opened(page)
        page.locator(IN_TEXT).first.click()
        page.wait_for_selector(CARD)
        page.wait_for_timeout(400)
        found = browser.violations(page)
    assert not [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


def test_without_scripts_nothing_is_promised(chromium) -> None:
    with chromium.page(f"{LEDGER}.html", scripts=False) as page:
        assert not page.locator(".what-if-invitation:visible").count()
        assert not page.locator(".can-change, .what-if-bar").count()
