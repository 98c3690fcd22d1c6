"""The qualifiers of numbers in sentences: words and no signs, and only heard where a sentence names a number again."""

import re
from collections.abc import Iterator

import books
import browser
import pytest

from frontier_calc.book import blocks, hedges, html
from frontier_calc.book.blocks import Number, Said
from frontier_calc.book.typesetting import Typesetter
from frontier_calc.press import pages, weave
from frontier_calc.record import reading

SIGN = re.compile(r"[≈≤≥<>~]")


def number(form: str = "about") -> Number:
    return Number("k", "$22 billion", "exact", form)


@pytest.mark.parametrize(
    ("before", "form"),
    [
        ("It left ", "about"),
        ("Out of ", "about"),
        ("That is all. ", "About"),
        ("He said: “It was so.” ", "About"),
        ("The ", "the about"),
        ("Anthropic’s ", "the about"),
        ("the labs’ ", "the about"),
        ("well over ", ""),
        ("some ", ""),
        ("up to ", ""),
        ("said this is ", "about"),
        ("handsome ", "about"),
    ],
)
def test_a_bare_number_says_its_qualifier_as_the_words_before_it_allow(before: str, form: str) -> None:
    assert hedges.told((before, number()))[1].form == form
    assert hedges.told((number(),), before)[0].form == form
    (said,) = hedges.told((Said((number(),), "c", "holds"),), before)
    assert said.spans[0].form == form


def test_a_date_and_a_number_that_says_all_itself_stay_as_they_are() -> None:
    spans = ("In ", number("when"), " it was ", number(""))
    assert hedges.told(spans) == spans


def test_a_page_and_paper_say_the_same_word_and_no_sign() -> None:
    line = blocks.Paragraph(("It left ", number(), "; the ", number(), " is net."))
    assert re.findall('data-form="([^"]*)"', html.of_block(line)) == ["about", "the about"]
    assert Typesetter().page((line,)) == (
        '#par[#"It left ";#"about $22 billion";#"; the ";#"$22 billion";#" is net.";]'
    )


def shown(part: object, spans: tuple[blocks.Span, ...] = ()) -> Iterator[Number]:
    for each in hedges.told(spans or part.spans):
        yield from [one for one in blocks.walk(each) if isinstance(one, Number)]


@pytest.mark.slow
def test_what_is_only_heard_was_said_before_on_its_page() -> None:
    for page in weave.weave_all(reading.current(), books.ROOT):
        worded: set[str] = set()
        for part in blocks.walk(page.blocks):
            spans = part.title if isinstance(part, blocks.Picture) else getattr(part, "spans", ())
            if not isinstance(part, blocks.Paragraph | blocks.Cell | blocks.Picture):
                continue
            for each in shown(part, spans):
                if each.form.startswith(hedges.UNSAID):
                    assert each.key in worded, f"{page.page.name}: {each.text} is named again and was not said before"
                elif each.form != "when":
                    worded.add(each.key)


DRAWN = """[...document.querySelectorAll("article .figure[data-form]:not([data-form='when'])")].map(
  one => getComputedStyle(one, "::before").content.split(" / "))"""


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
def test_no_sign_stands_in_a_sentence_or_before_a_number_on_any_page(chromium: browser.Browser) -> None:
    for docname in [page.docname for page in pages.all_pages(books.ROOT)]:
        with chromium.page(f"{docname}.html") as page:
            said = page.evaluate("[...document.querySelectorAll('article :is(p, li, dd, h2)')].map(e => e.innerText)")
            before = page.evaluate(DRAWN)
        if not docname.startswith("reference/"):
            assert not [line for line in said if SIGN.search(line)], docname
        for content in before:
            assert content[-1].strip('" ').lower() in hedges.WORDS and not SIGN.search(content[0]), docname
