"""What a card tells of a figure: what moves it most, what it was, who disagrees, how it is cited and found again."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import books
import browser
import pytest
from what_if import figure_with

from frontier_calc import assume
from frontier_calc.book import moved
from frontier_calc.press import editions, explain, live, weave
from frontier_calc.press.past import Past, Shelved
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading

CARD = ".provenance:popover-open"
LEDGER = "ledgers/4-a-tale-of-two-labs"


# What moves it most.

GAIN, COST, TAX = assume("the gain", 100, "USD"), assume("the cost", 60, "USD"), assume("the tax", 45, "USD")
A, B, C, D = (assume(name, 2, "USD") for name in "abcd")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (GAIN - COST, "A tenth more of the gain makes it 25 per cent larger."),
        (COST - GAIN, "A tenth more of the gain takes it 25 per cent further below zero."),
        (COST + TAX - GAIN, "A tenth more of the gain takes it to the other side of zero."),
        (GAIN / COST, "A tenth more of the gain makes it 10 per cent larger."),
        (GAIN * COST, "A tenth more of the gain or of the cost makes it 10 per cent larger."),
        (A * B * C * D, "A tenth more of a or of b or of 2 others makes it 10 per cent larger."),
        (1 / COST, "A tenth more of the cost makes it 9.1 per cent smaller."),
        (GAIN, ""),
        (GAIN - GAIN, ""),
    ],
)
def test_a_tenth_more_of_the_input_that_moves_a_figure_most_is_told(figure, words) -> None:
    assert moved.words_of(figure) == words


# What it was.


def shelved(folder: Path, day: str = "2026-12-31", working: bool = True, **kept: dict) -> Shelved:
    """Editions on a shelf, each by the first letter of its month's name with its figures; read on a day."""
    for month, (letter, figures) in enumerate(kept.items(), start=1):
        place = folder / "editions" / f"2026-0{month}"
        place.mkdir(parents=True)
        (place / editions.HASHES).write_text("", "utf-8")
        told = {
            "edition": f"2026-0{month}",
            "title": f"{letter} 2026",
            "as_of": f"2026-0{month}-28",
            "figures": figures,
        }
        (place / "figures.json").write_text(json.dumps(told), "utf-8")
    on = SimpleNamespace(as_of=date.fromisoformat(day), name="working" if working else "2026-02", working=working)
    on.store, on.today = SimpleNamespace(folder=folder / "elsewhere" / "data"), SimpleNamespace(folder=folder / "data")
    return Shelved(on)


def kept(value: float, words: str, **others) -> dict:
    record = {"words": words, "value": value, "low": None, "high": None, "unit": GAIN.unit_words, "ruler": ""}
    return record | {"tag": "reported", "qualifier": "exactly", "period": None, "known": None, "rows": []} | others


def test_what_a_figure_was_is_read_from_the_editions_and_its_line_goes_from_lowest_to_highest(tmp_path: Path) -> None:
    shelf = shelved(tmp_path, May={"p/a": kept(50, "$50")}, June={"p/a": kept(75, "$75")}, July={"p/b": kept(1, "$1")})
    assert shelf.of(["p/a"], GAIN) == Past(("May 2026", "June 2026"), ("$50", "$75", "$100"), (0, 50, 100))
    assert shelf.of(["p/c", "p/b"], GAIN).titles == ("July 2026",)  # the first address that an edition had
    assert shelf.of(["p/c"], GAIN) is None


def test_an_edition_knows_nothing_of_later_ones(tmp_path: Path) -> None:
    figures = {"p/a": kept(50, "$50")}
    shelf = shelved(tmp_path, day="2026-02-28", working=False, May=figures, June=figures, July=figures)
    assert shelf.of(["p/a"], GAIN).titles == ("May 2026",)


@pytest.mark.parametrize(
    ("change", "how"),
    [
        ({"ruler": "run-rate, net"}, "was measured otherwise"),
        ({"unit": "EUR"}, "was measured otherwise"),
        ({"rows": [{"identity": "other-series|2026|x|y"}]}, "was made of other inputs"),
    ],
)
def test_what_was_another_thing_is_told_and_no_line_joins_it(tmp_path: Path, change: dict, how: str) -> None:
    shelf = shelved(tmp_path, May={"p/a": kept(50, "$50", **change)}, June={"p/a": kept(75, "$75")})
    found = shelf.of(["p/a"], GAIN)
    assert found.said == ("$50", "$75", "$100") and not found.line
    assert found.note == f"Up to the edition of May 2026 it {how}, so no line joins the numbers."


def test_what_never_changed_is_said_in_a_clause(tmp_path: Path) -> None:
    found = shelved(tmp_path, May={"p/a": kept(100, "$100")}, June={"p/a": kept(100, "$100")}).of(["p/a"], GAIN)
    assert found.is_steady and found.sentence == "It has been the same since the edition of May 2026."


def test_the_command_line_says_the_sentences_of_the_card() -> None:
    was = Past(("May 2026",), ("$50", "$100"))
    assert list(explain.told(GAIN - COST, was)) == [
        "  A tenth more of the gain makes it 25 per cent larger.",
        "  It was $50 in the edition of May 2026.",
    ]


# In the browser.


def woven_pages(root: Path) -> dict[str, Woven]:
    woven = weave.weave_all(reading.edition("working", root / "data"), root)
    return {page.page.docname: page for page in woven}


@pytest.fixture(scope="module")
def woven(book: Path) -> dict[str, Woven]:
    return woven_pages(book)


def facts(page) -> dict:
    return json.loads(page.locator("#figures").text_content())


def dressed(page) -> None:
    """Wait until the card has all that scripts give it, and nothing of it moves."""
    browser.wait_until(
        page, "!!globalThis.FrontierLive?.record && !!document.querySelector('.provenance:popover-open')"
    )
    browser.wait_until(page, "document.getAnimations().every((each) => each.playState === 'finished')")


def asked(docname: str, address: str, hash: str = "") -> str:
    return f"{docname}.html?card={address}{hash}"


def derived(page: Woven) -> Iterator[tuple[str, object]]:
    """Figures of a page that several inputs move, by address."""
    for address, figure in page.addresses.items():
        if len(moved.shares(figure)) > 1 and moved.words_of(figure):
            yield address, figure


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("docname", ["index", LEDGER, "ledgers/2-reading-the-books"])
def test_the_card_says_what_moves_a_figure_most_and_again_after_a_change(chromium, woven, docname: str) -> None:
    inputs = {leaf.key: name for name, leaf in live.inputs(woven[docname]).items()}
    told = 0
    for address, figure in list(derived(woven[docname]))[:6]:
        with chromium.page(asked(docname, address)) as page:
            if not page.locator(f'.bd-article .figure[data-address="{address}"]').count():
                continue
            dressed(page)
            said = page.locator(f"{CARD} .what-moves-most")
            assert said.inner_text() == moved.words_of(figure) == facts(page)["figures"][figure.key]["moves"]
            assert not page.locator(f"{CARD} .provenance-moves").count()  # not twice
            told += 1
        leaf = moved.shares(figure)[-1][0]
        if leaf.key not in inputs:
            continue
        value = leaf.value * 3 if leaf.most is None else leaf.value / 3
        with chromium.page(asked(docname, address, f"#what-if=working&{inputs[leaf.key]}={value!r}")) as page:
            dressed(page)
            assert page.locator(f"{CARD} .what-moves-most").inner_text() == moved.words_of(
                figure_with(figure, {leaf.key: value})
            )
    assert told


@pytest.mark.book
@pytest.mark.browser
def test_the_card_shows_what_a_figure_was_in_words_and_as_a_line(chromium, woven) -> None:
    figure = woven["index"].addresses["premise/last-pace"]
    was = Shelved(woven["index"].reading).of(["premise/last-pace"], figure)
    with chromium.page(asked("index", "premise/last-pace")) as page:
        dressed(page)
        columns = page.locator(f"{CARD} .provenance-was li").all_inner_texts()
        assert len(columns) == len(was.said) > 2
        for title, said, period, column in zip((*was.titles, "Now"), was.said, was.periods, columns, strict=True):
            assert all(part in column for part in (title, said, period)), column
        assert page.locator(f"{CARD} .provenance-was svg[aria-hidden=true] circle").count() == len(was.line)


@pytest.mark.book
@pytest.mark.browser
def test_no_line_joins_numbers_on_two_rulers_and_the_card_says_why(chromium, woven, book: Path) -> None:
    found = next(measured_otherwise(woven, book), None)
    if found is None:
        pytest.skip("none of the editions that cards tell had a figure on another ruler")
    docname, address, past = found
    with chromium.page(asked(docname, address)) as page:
        dressed(page)
        was = page.locator(f"{CARD} .provenance-was")
        told = was if was.locator("li").count() else page.locator(CARD)
        assert past.note in told.inner_text() and not was.locator("svg").count()


def measured_otherwise(woven: dict[str, Woven], book: Path) -> Iterator[tuple[str, str, Past]]:
    """Figures on pages that an edition had on another ruler or in another unit."""
    for docname, page in woven.items():
        html = (books.site(book) / f"{docname}.html").read_text(encoding="utf-8")
        for address, figure in page.addresses.items():
            past = Shelved(page.reading).of([address], figure)
            if past and "was measured otherwise" in past.note and f'data-address="{address}"' in html:
                yield docname, address, past


@pytest.mark.book
@pytest.mark.browser
def test_inputs_about_which_sources_disagree_are_named_and_not_folded_away(chromium, woven) -> None:
    seen = 0
    for address, figure in derived(woven[LEDGER]):
        disputed = [leaf for leaf in figure.leaves if leaf.tag and leaf.disputes]
        if not disputed or seen > 2:
            continue
        with chromium.page(asked(LEDGER, address)) as page:
            if not page.locator(CARD).count():
                continue
            dressed(page)
            assert page.locator(f"{CARD} .provenance-disagree").inner_text().startswith("Sources disagree about ")
            assert page.locator(f"{CARD} .provenance-says > ul > li", has_text="puts it at").count()
            seen += 1
    assert seen


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("has_clipboard", [True, False])
def test_a_figure_is_cited_and_its_address_opens_the_card(book: Path, chromium, woven, has_clipboard: bool) -> None:
    page = chromium.engine.new_page()
    if not has_clipboard:
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;"
        )
    page.goto((books.site(book) / "reference/models-layer.html").as_uri())
    page.locator('.bd-article .figure[data-address="models-layer/pace"]:visible').first.click()
    page.locator(f"{CARD} .provenance-cite").click()
    cited = page.locator(f"{CARD} .provenance-citation").inner_text()
    assert woven["index"].reading.stamp in cited and "$65 billion a year (reported)" in cited
    browser.wait_until(page, "document.querySelector('.provenance-cite').textContent !== 'Cite this figure'")
    if not has_clipboard:
        assert page.evaluate("getSelection().toString()").strip() == cited  # the usual keys copy it
    address = urlsplit(cited.rpartition(" ")[2])
    page.goto(f"{chromium.address}/reference/models-layer.html?{address.query}#{address.fragment}")
    page.wait_for_selector(CARD)
    assert page.locator(f"{CARD} .provenance-value").inner_text().startswith("$65 billion")
    assert page.locator(".figure[aria-expanded=true]").get_attribute("data-address") == "models-layer/pace"
    page.context.close()


# Access.


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.parametrize("docname", ["index", LEDGER])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False), (390, True)])
def test_axe_finds_nothing_with_a_card_a_citation_and_a_what_if_open(
    chromium, woven, docname: str, width: int, dark: bool
) -> None:
    address = "premise/last-pace" if docname == "index" else "ledger-4/anthropic-net"
    leaf = moved.shares(woven[docname].addresses[address])[0][0]
    name = next(name for name, each in live.inputs(woven[docname]).items() if each.key == leaf.key)
    path = asked(docname, address, f"#what-if=working&{name}={leaf.value / 2!r}")
    with chromium.page(path, width=width, dark=dark, has_touch=width < 600) as page:
        dressed(page)
        assert page.locator(".what-if-bar").is_visible() and page.locator(".is-own").count()
        page.locator(f"{CARD} .provenance-cite").click()
        dressed(page)
        # The page itself is looked at without a card: here what a card and a change have brought.
        found = browser.violations(page, within=(CARD, ".what-if-bar", ".bd-article .is-own", ".bd-article .is-turned"))
    assert not [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]
