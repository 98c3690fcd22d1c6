"""Notes: footnotes of a page, in the weave, in its comparison and checks, and on the margin of the site."""

import re
from pathlib import Path

import books
import browser
import plain
import pytest
import small_book

from frontier_calc import edition
from frontier_calc.book import blocks
from frontier_calc.press import check, pages, snapshot, weave
from frontier_calc.press.pages import Page, PageError
from frontier_calc.record import reading

CELL = "```{code-cell} ipython3\nimport frontier_calc as fc\npace = fc.latest('openai-revenue-run-rate')\n```\n\n"
LINES_ABOVE = 15  # of the page's head, its title and its cell


@pytest.fixture
def woven(tmp_path: Path):
    """Weaves a page of the Markdown given, below a cell that makes ``pace``."""

    def make(body: str) -> weave.Woven:
        (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
        header = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n  language: python\n---\n\n"
        (tmp_path / "index.md").write_text(f"{header}# Page\n\n{CELL}{body}", encoding="utf-8")
        return weave.weave(Page(tmp_path, "index"), edition("2026-05"))

    return make


TWO = """It leads.[^pace] It is alone.[^alone]

[^pace]: The *pace* is {eval}`pace`.
    So it is told.
[^alone]: Nobody else is.

    Nobody at all.

It goes on.
"""


def test_a_note_stands_below_its_paragraph_with_its_mark_in_the_order_of_the_marks(woven) -> None:
    page = woven(TWO)
    assert page.text.split("\n\n")[1:] == [
        "It leads.¹ It is alone.²",
        "    ¹ The pace is about $24 billion. So it is told.",
        "    ² Nobody else is.",
        "    Nobody at all.",
        "It goes on.",
    ]
    assert [note.name for note in blocks.notes_in(page.blocks)] == ["pace", "alone"]
    assert page.html.count('<aside class="side-note">') == 2
    assert blocks.from_json(blocks.as_json(page.blocks)) == page.blocks


def test_the_numbers_of_a_note_are_shown_figures_of_the_page(woven) -> None:
    page = woven(TWO)
    assert [expression for expression, _ in page.values] == ["pace"]
    assert page.figures["pace"].key in page.shown


@pytest.mark.parametrize(
    "body",
    [
        ":::{admonition} Box\nIn it.[^n]\n\n[^n]: Said.\n:::\n",
        ":::{admonition} Box\nIn it.[^n]\n:::\n\n[^n]: Said.\n",
        "- In it.[^n]\n\n[^n]: Said.\n",
        "> In it.[^n]\n\n[^n]: Said.\n",
    ],
)
def test_a_note_stays_with_its_paragraph_in_a_box_or_a_list(woven, body: str) -> None:
    (holder,) = [block for block in woven(body).blocks if isinstance(block, blocks.Group | blocks.Listing)]
    inside = holder.items[0].blocks if isinstance(holder, blocks.Listing) else holder.blocks
    assert [type(block).__name__ for block in inside] == ["Paragraph", "Note"]


def test_the_sentences_of_a_note_are_compared_and_no_number_of_a_note_is_part_of_a_sentence(woven) -> None:
    page = woven(TWO)
    found = snapshot.of_page(page).passages
    assert [passage.text for passage in found[1:4]] == ["It leads.", "It is alone.", "The pace is about $24 billion."]
    assert found[3].template == "The pace is {pace}." and found[3].rows
    golden = snapshot.of_text("page", page.text).passages
    assert [passage.text for passage in golden] == [passage.text for passage in found]


def test_a_typed_number_in_a_note_is_found_and_its_name_is_no_number(woven) -> None:
    page = woven("It leads.[^april-2026]\n\n[^april-2026]: It grew seven-fold.\n").page
    found = check.typed_numbers(page, [])
    assert [(error.line, "seven-fold" in error.message) for error in found] == [(LINES_ABOVE + 2, True)]


@pytest.mark.parametrize(
    ("body", "below", "said"),
    [
        ("A.[^x]\n", 0, "found the mark [^x] without its note, expected a paragraph [^x]: below it"),
        ("A.[^x]\n\n```{code-cell} ipython3\n1\n```\n\n[^x]: B.\n", 0, "without its note"),
        ("A.\n\n[^x]: B.\n", 2, "found the note [^x]: to which nothing refers, expected the mark [^x] in a paragraph"),
        ("A.[^x] B.[^x]\n\n[^x]: C.\n", 0, "found a second mark [^x], expected one for each note"),
        ("A.[^x]\n\n[^x]: B.\n[^x]: C.\n", 3, "found a second note [^x]:, the first is on line 17"),
        ("## A[^x]\n\n[^x]: B.\n", 0, "where no note can stand beside it, expected it in a paragraph"),
        (
            "::::{grid} 1 1 2 2\n:::{grid-item-card} T\nA.[^x]\n:::\n::::\n\n[^x]: B.\n",
            2,
            "no note can stand beside it",
        ),
        ("A.[^x]\n\n[^x]: - B.\n", 2, "expected one or more paragraphs of text"),
        ("A.[^x]\n\n[^x]: B.[^y]\n[^y]: C.\n", 2, "found a mark within the note [^x]:"),
        ("A.[^x]\n\n[^x]: It is {eval}`pase`.\n", 2, "did you mean pace?"),
        (
            "A.[^x]\n\n[^x]: It is {eval}`pace`.\n\n```{code-cell} ipython3\npace = pace * 2\n```\n",
            2,
            "a cell below gives the name anew; expected a name that keeps its value",
        ),
        ("A.[^x]\n\n[^x]: It is {eval}`pace`.\n\n```{code-cell} ipython3\ndel pace\n```\n", 2, "gives the name anew"),
    ],
)
def test_a_note_that_lacks_something_is_named_with_its_line_and_the_remedy(woven, body, below, said) -> None:
    with pytest.raises(PageError) as caught:
        woven(body)
    assert re.match(rf"index\.md:{LINES_ABOVE + below}\b", str(caught.value)), caught.value
    assert said in str(caught.value)


# On the site.

SMALL = """

A short paragraph.[^long] And another sentence, with a note of its own.[^memo]

[^long]: A note which is longer than its paragraph, as it happens when something has to be said of a number and the number
    stands in a line of its own: {eval}`pace`.
[^memo]: The memo’s share is {eval}`margin.percent`. [A rival’s](https://example.org/) *word*. {eval}`large`

"""


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small book with notes: built as ``make book`` does, and by Jupyter Book alone, with kernels."""
    made = {}
    for name, build in (("make", books.make), ("plain", books.plain)):
        target = books.copy(tmp_path_factory.mktemp(name) / "book", {"index": "", "about": ""})
        data = small_book.write(target.with_name("small"))
        small_book.edit(data.parent / "index.md", lambda text: text.replace("\nThe rest stays as it is.\n", SMALL))
        # MyST-NB runs a cell that shows nothing only when a cell below it shows something: too late for the prose between.
        small_book.edit(data.parent / "index.md", lambda text: text.replace(":tags: [remove-cell]\n", ""))
        for page in ("index.md", "about.md"):
            (target / page).write_bytes((data.parent / page).read_bytes())
        done = build(target, FRONTIER_DATA=str(data))
        assert done.returncode == 0, done.stdout + done.stderr
        made[name] = target
    return made


@pytest.mark.book
@pytest.mark.parametrize("built", ["make", "plain"])
def test_either_build_says_what_the_weave_says(noted: dict[str, Path], built: str) -> None:
    book = noted[built]
    on = reading.edition("working", book.with_name("small") / "data")
    page = weave.weave(pages.Page(book, "index"), on)
    article = plain.article(books.site(book) / "index.html")
    assert not article.select("hr, .footnote-list")
    assert all(number.get("href") for number in article.select(".side-note [data-figure]"))
    assert plain.words_of(article) == page.text.split()


LAYOUT = """() => {
  const box = (part) => part.getBoundingClientRect();
  return {
    notes: [...document.querySelectorAll('.side-note')].map((note) => [box(note).left, box(note).right, box(note).top, box(note).bottom]),
    text: [...document.querySelectorAll('p:has(.side-note)')].map((p) => [box(p).right, box(p).top])[0],
    contents: box(document.querySelector('.bd-sidebar-secondary')).left,
    table: box(document.querySelector('.bd-article .table-scroll')).right,
    wide: getComputedStyle(document.querySelector('.bd-article .table-scroll:has(.ledger-sheet)')).clear,
    overflow: document.documentElement.scrollWidth > innerWidth,
  };
}"""


@pytest.mark.book
@pytest.mark.browser
@pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
def test_a_note_stands_on_the_margin_and_on_a_phone_opens_by_tap_and_by_key(noted: dict[str, Path]) -> None:
    with browser.browsing(books.site(noted["make"])) as chromium:
        with chromium.page("index.html") as page:
            seen = page.evaluate(LAYOUT)
            (first, second), (edge, top) = seen["notes"], seen["text"]
            assert first[0] >= edge and first[1] < 1280, (
                "between the text and the window's edge: the page's contents give way"
            )
            assert abs(first[2] - top) < 24, "beside its line"
            assert second[2] >= first[3], "one below the other"
            assert seen["table"] <= first[0], "a table of few columns leaves the margin to the notes"
            assert seen["wide"] == "right", "a wide one waits until the margin is free"
            assert not seen["overflow"]
            page.emulate_media(media="print")
            assert all(note.is_visible() for note in page.locator(".side-note").all())
        for scripts in (True, False):
            with chromium.page("index.html", width=390, scripts=scripts, has_touch=True) as page:
                notes, marks = page.locator(".side-note"), page.locator(".note-mark")
                assert not notes.first.is_visible() and not notes.last.is_visible()
                marks.first.tap()
                assert notes.first.is_visible() and not notes.last.is_visible()
                box = page.get_by_role("checkbox", name="Show note 2")
                box.focus()
                page.keyboard.press("Space")
                assert notes.last.is_visible() and box.is_checked()
                assert not page.locator("html").evaluate("html => html.scrollWidth > innerWidth")
