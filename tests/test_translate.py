"""Translate your own: a headline in a real browser, its questions, its answer, its address; and what may be pasted."""

import csv
import dataclasses
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import books
import browser
import pytest
from test_headlines_understood import NASTY, generated

import frontier_calc as fc
from frontier_calc.press import translator
from frontier_calc.press.understanding import understand
from frontier_calc.record import reading
from frontier_calc.table import TABLE

pytestmark = [pytest.mark.book, pytest.mark.browser]

PAGE = "reference/translate-your-own.html"
FIELD, STATUS, ANSWER = "#translate-headline", ".translate-status", ".translate-answer"
PACE = "ARR surpassed $47bn"
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """(text) => JSON.stringify(JSON.parse(text).map((headline) => {
    const { told } = FrontierTranslated.settled(headline, {});
    return told.asked ? null : FrontierTranslated.answer(told);
}))"""


@pytest.fixture
def page(chromium) -> Iterator[Any]:
    """The page, and what it complained of or asked elsewhere: nothing."""
    traffic = browser.Traffic()
    with chromium.page(PAGE, traffic=traffic) as opened:
        yield opened
    assert traffic.complaints == []
    assert traffic.outside == []


def paste(page: Any, headline: str) -> str:
    page.fill(FIELD, headline)
    page.press(FIELD, "Enter")
    return page.inner_text(STATUS)


def known() -> translator.Known:
    return translator.known(reading.edition("working", books.ROOT / "data"))


# The answer.


def test_a_headline_is_understood_restated_and_set_beside_the_books_own(page) -> None:
    assert paste(page, PACE) == "Understood: over $47 billion; a run rate: a yearly pace."
    said = page.inner_text(ANSWER)
    assert "Over $3.91 billion a month" in said and "a second" in said and "each person alive" in said
    pace = fc.latest("anthropic-revenue-run-rate")
    assert f"Anthropic’s sales pace ({pace}, {pace.dated})" in said
    assert "the whole Apollo programme" in said


def test_the_script_answers_as_python_does(page) -> None:
    book = known()
    random_ = random.Random(47)
    with Path(__file__).with_name("headlines.csv").open(encoding="utf-8", newline="") as file:
        headlines = [row["headline"] for row in csv.DictReader(file)]
    headlines += [headline for headline, *_ in NASTY] + [generated(random_) for _ in range(1500)]
    compared = 0
    for headline, said in zip(headlines, json.loads(page.evaluate(ASK, json.dumps(headlines))), strict=True):
        told = understand(headline)
        if told.asked or (told.currency and told.currency not in TABLE["currencies"]):
            continue
        meant = dataclasses.asdict(translator.answer(told, book))
        assert said == json.loads(json.dumps(meant)), headline
        compared += 1
    assert compared > 250


def test_what_is_open_is_asked_and_the_answer_follows(page) -> None:
    paste(page, "$2bn a month")
    assert "what sort of sum" in page.inner_text(ANSWER)
    page.check("#translate-sort-pace")
    assert "Anthropic’s sales pace" in page.inner_text(ANSWER)
    assert page.is_visible("[data-question=channel]") and "not all on one of them" in page.inner_text(ANSWER)
    page.check("#translate-channel-gross")
    assert "not all on one of them" not in page.inner_text(ANSWER)
    assert "gross of the resellers" in page.inner_text(STATUS)


def test_of_two_numbers_the_reader_says_which(page) -> None:
    assert "Which of them" in paste(page, "from $9bn to $14bn")
    assert page.inner_text(ANSWER) == ""
    page.check("#translate-pick-1")
    assert page.inner_text(STATUS).startswith("Understood: $14 billion")
    assert "€" in paste(page, "between 50 and 70") or page.is_visible("[data-question=unit]")
    page.check("#translate-unit-EURbn")
    assert page.inner_text(STATUS).startswith("Understood: €50 billion to €70 billion")


def test_euros_become_dollars_at_the_observed_rate_and_pounds_do_not(page) -> None:
    rate = fc.latest("usd-per-eur")
    assert f"In dollars at {rate} a euro, the rate observed {rate.dated}" in paste(page, "€1.7bn raised at 11.7")
    assert "Anthropic’s funding round" in page.inner_text(ANSWER)
    assert "No exchange rate" in paste(page, "£3.2bn raised")
    assert "Anthropic" not in page.inner_text(ANSWER) and "NHS England" in page.inner_text(ANSWER)


# By keyboard, announced once, in the address.


def test_the_keyboard_is_enough_and_stays_where_it_is(page) -> None:
    page.focus(FIELD)
    page.keyboard.type("$518bn in compute obligations")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "translate-headline"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "translate-term"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "translate-term"
    assert "over 10 years" in page.inner_text(STATUS)


def test_each_answer_is_announced_once_and_politely(page) -> None:
    assert page.get_attribute(STATUS, "aria-live") == "polite"
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => window.said.push(1)).observe("
        f"document.querySelector('{STATUS}'), {{ childList: true, characterData: true, subtree: true }}); }}"
    )
    paste(page, PACE)
    assert page.evaluate("window.said.length") == 1
    page.check("#translate-channel-net")
    assert page.evaluate("window.said.length") == 2
    assert page.evaluate("document.querySelectorAll('.translate-form [aria-live]').length") == 1


def test_the_address_holds_the_headline_and_the_answers(page, chromium) -> None:
    paste(page, PACE)
    page.check("#translate-channel-gross")
    address, said = page.url, page.inner_text(ANSWER)
    with chromium.page(address.removeprefix(f"{chromium.address}/"), fresh=True) as other:
        assert other.input_value(FIELD) == PACE
        assert other.inner_text(ANSWER) == said
    page.click("button[type=reset]")
    assert "#" not in page.url and page.inner_text(".translate-answer") == ""


HOSTILE = [
    "<img src=x onerror=window.pwned=1>$5bn<script>window.pwned=1</script>",
    "$5bn " * 2000,
    "x" * 10_000,
    "NaN",
    "1e400",
    f"${'9' * 400}bn",
    "$0",
    "-$5bn",
    "\u202e$5bn\u2066\u200b raised",
    "__proto__ $5bn constructor",
    "{} {} $5bn raised at {}",
    "$1e999bn",
]


@pytest.mark.parametrize("headline", HOSTILE)
def test_what_is_hostile_does_no_harm_and_is_answered(page, headline) -> None:
    before = page.evaluate("document.querySelectorAll('script, img, iframe').length")
    assert len(paste(page, headline)) > 20
    assert "NaN" not in page.inner_text(".translate-form") and "undefined" not in page.inner_text(".translate-form")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('script, img, iframe').length") == before


@pytest.mark.parametrize(
    "hash",
    [
        "headline=%3Cimg%20src=x%20onerror=window.pwned=1%3E%20$5bn&sort=%3Cb%3E",
        "headline=$5bn&sort=constructor&term=1e999&__proto__=1&pick=-1",
        "headline=from $9bn to $14bn&pick=99999999999",
        "headline=%E0%A4%A&sort",
        "headline=$5bn&toString=1&currency=XXX&bound=over",
    ],
)
def test_a_hostile_address_does_no_harm(chromium, hash) -> None:
    traffic = browser.Traffic()
    with chromium.page(f"{PAGE}#{hash}", traffic=traffic, fresh=True) as page:
        assert len(page.inner_text(STATUS)) > 10
        assert page.evaluate("window.pwned") is None
        assert "NaN" not in page.inner_text(".translate-form")
    assert traffic.complaints == []


# Everywhere.


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_is_accessible_and_fits(chromium, width, dark) -> None:
    with chromium.page(PAGE, width=width, dark=dark) as page:
        for headline in (PACE, "from $9bn to $14bn"):
            paste(page, headline)
            found = browser.violations(page, runOnly={"type": "tag", "values": AXE})
            assert [violation["id"] for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_works_from_a_file(book, chromium) -> None:
    path = books.site(book) / PAGE
    page = chromium.engine.new_context().new_page()
    try:
        page.goto(path.as_uri())
        assert paste(page, "5 GW") == "Understood: 5 GW."
        assert "Google’s capacity for Anthropic" in page.inner_text(ANSWER)
        page.reload()
        assert page.input_value(FIELD) == "5 GW"
    finally:
        page.context.close()


def test_without_scripts_three_answers_stand_there(chromium) -> None:
    with chromium.page(PAGE, scripts=False) as page:
        text = page.inner_text("main")
        assert page.query_selector(FIELD) is None
        assert "needs a browser that runs scripts" in text
        for headline in translator.TEXTS["examples"]:
            assert headline in text
        assert "Understood: $518 billion; over 7 years; a promise to spend." in text
        assert "$74 billion a year" in text.replace("\u00a0", " ")


def test_script_and_data_are_small(book) -> None:
    static = books.site(book) / "_static"
    sizes = {name: len(gzip.compress((static / name).read_bytes(), 9)) for name in translator.SCRIPTS}
    assert sum(sizes.values()) - sizes["evaluate.js"] < 30_000, sizes


def test_what_comes_from_the_data_cannot_end_a_script(book) -> None:
    text = (books.site(book) / "_static" / translator.FILE).read_text("utf-8")
    assert not set("<>&") & set(text)


def test_a_reading_that_knows_little_lends_what_it_knows() -> None:
    early = reading.as_of("2024-01-31", books.ROOT / "data")
    book = translator.known(early)
    assert not book.compared["worth"] and book.rate is None
    told = translator.answer(understand("€5bn raised"), book)
    assert translator.TEXTS["no_rate"] in told.notes
    assert translator.script(early)
