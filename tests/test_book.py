"""The book as a whole: true in the newest edition and in the working one, each name kept, each page held by a reference."""

import subprocess
import sys
from pathlib import Path

import pytest

from frontier_calc import RulerError, beside, edition, use
from frontier_calc.press import accept, check, cli, editions, verify, weave
from frontier_calc.press.pages import Page, PageError, all_pages

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "tests" / "reference"


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return all_pages(ROOT)


@pytest.mark.parametrize("name", dict.fromkeys((*accept.held(), *editions.all_kept(ROOT / "data"))))
def test_no_page_has_a_broken_claim_a_missing_name_or_a_typed_number(name: str) -> None:
    assert check.everything(edition(name), ROOT) == []


def test_the_later_months_leave_every_sentence_true(refreshed) -> None:
    # The refresh holds two months of later publications: each claim holds, or has words for what became true.
    assert check.everything(edition("working", refreshed), ROOT) == []


def test_the_later_months_reach_the_sentences_that_rest_on_them(refreshed) -> None:
    now, later = (
        weave.weave_all(on, ROOT, ["ledger-4"])[0] for on in (edition("2026-05"), edition("working", refreshed))
    )
    # Who leads is asked of the newest pace, not of one that has been overtaken.
    assert later.figures["anthropic_now"].period.text == "2026-05"
    # A quarter that is over, and of which nothing better is known than its forecast, says so.
    assert "no result has been published" in later.text and "no result has been published" not in now.text
    # The memo speaks of one month: its share is an assumption at any other.
    assert (now.figures["anthropic_net"].tag, later.figures["anthropic_net"].tag) == ("estimated", "illustrative")


def test_every_page_is_held_by_a_reference_for_every_edition(pages) -> None:
    missing = [f"{e}/{p.name}" for e in accept.held() for p in pages if not (REFERENCE / e / f"{p.name}.txt").exists()]
    assert not missing, f"run  frontier accept  to make the references {missing}"


def test_no_figure_was_renamed_or_removed_in_silence() -> None:
    known = (REFERENCE / "addresses.txt").read_text(encoding="utf-8").split()
    now = {address for page in weave.weave_all(edition("working"), ROOT) for address in page.addresses}
    gone = sorted(set(known) - now)
    assert not gone, f"links to these figures would break; if that is meant, run  frontier accept: {gone}"
    assert now <= set(known), f"new figures: run  frontier accept to put them on the list: {sorted(now - set(known))}"


@pytest.fixture
def one_page(tmp_path):
    """A page of a scratch book, woven from the Markdown given."""

    def make(body: str) -> Page:
        (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
        header = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n  language: python\n---\n\n"
        (tmp_path / "index.md").write_text(header + body, encoding="utf-8")
        return Page(tmp_path, "index")

    return make


PREAMBLE = "# Page\n\n```{code-cell} ipython3\nimport frontier_calc as fc\npace = fc.latest('openai-revenue-run-rate')\n```\n\n"
# A kernel, which has no style for a part of a table, would show how it is made.
SIGN = PREAMBLE.replace("pace = ", "from frontier_calc import book\nsign = book.tag('estimated')\npace = ")


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (PREAMBLE + "It was {eval}`pase`.\n", "15:8", "expected a name made in a cell above; did you mean pace?"),
        (PREAMBLE + "It was {eval}`pace.wordz`.\n", "15:8", "ways to word it"),
        (PREAMBLE + "It was {eval}`pace + pace`.\n", "15:8", "expected a name or one attribute of it"),
        (SIGN + "It was {eval}`sign`.\n", "17:8", "expected a figure, a claim or a text"),
        (PREAMBLE + "It was {glue}`pace`.\n", "15:8", "expected {eval}, {term} or plain Markdown"),
        (PREAMBLE + ":::{figure} x.png\n:::\n", 15, "expected one of admonition"),
        ("# Page\n\n```{code-cell} ipython3\nimport frontier_calc as fc\n\nfc.latest('openai-run-rat')\n```\n", 13, "no series"),
        ("# Page\n\n```{code-cell} ipython3\nx = = 1\n```\n", 11, "this is not Python"),
        ("# Page\n\n```{code-cell} ipython3\nx = 1 / 0\n```\n", 11, "ZeroDivisionError: division by zero"),
    ],
)  # fmt: skip
def test_a_mistake_on_a_page_is_named_by_file_and_line_and_says_what_was_expected(
    one_page, body, line, message
) -> None:
    with pytest.raises(PageError) as caught:
        weave.weave(one_page(body), edition("2026-05"))
    assert str(caught.value).startswith(f"index.md:{line}"), caught.value
    assert message in str(caught.value)


AWAITED = PREAMBLE.replace("latest(", "awaited(").replace("rate')", "rate', '2031-01')")
BRANCHES = """```{code-cell} ipython3
%%claim growth: pace.is_known and pace > fc.latest("openai-revenue-run-rate")
It will sell at {pace}.
otherwise: Nobody says what it will sell.
```

{eval}`growth`
"""


def test_a_sentence_can_be_written_before_its_news_and_a_figure_alone_cannot(one_page) -> None:
    woven = weave.weave(one_page(AWAITED + BRANCHES), edition("2026-05"))
    assert "Nobody says what it will sell." in woven.text and not woven.addresses
    table = "```{code-cell} ipython3\nfrom frontier_calc import book\n\nbook.table([{'Pace': pace}])\n```\n"
    for body in ("It sells at {eval}`pace`.\n", table):
        with pytest.raises(PageError, match="of which nothing is known yet, expected it in a branch of a claim"):
            weave.weave(one_page(AWAITED + body), edition("2026-05"))


def test_a_value_is_shown_as_it_is_and_never_read_as_markdown(one_page) -> None:
    body = PREAMBLE + "```{code-cell} ipython3\nsaid = '2 * 3 *and* <b> [more](x)'\n```\n\n*It* was {eval}`said`.\n"
    woven = weave.weave(one_page(body), edition("2026-05"))
    assert "<em>It</em> was 2 * 3 *and* &lt;b&gt; [more](x)." in woven.html
    assert woven.values == [("said", "2 * 3 *and* <b> [more](x)")]


def test_a_broken_claim_without_other_words_names_page_line_figures_sources_and_dates(one_page) -> None:
    body = (
        PREAMBLE
        + "```{code-cell} ipython3\nbroken = fc.claim('small', pace < fc.constant('threshold', 1e9, 'USD per year'), 'OpenAI is small.')\n```\n"
    )
    with pytest.raises(PageError) as caught:
        weave.weave(one_page(body), edition("2026-05"))
    text = str(caught.value)
    assert text.startswith("index.md:16: claim small no longer holds")
    assert "about $24 billion" in text and "known on 2026-03-31" in text and "CNBC" in text and "otherwise=" in text


def test_a_typed_number_and_a_typed_comparison_are_found_in_prose_and_in_sentences(one_page) -> None:
    body = (
        PREAMBLE + "Sales grew seven-fold to $30 billion, and Anthropic overtook OpenAI in 2 months.\n\n"
        "```{code-cell} ipython3\nsentence = 'It was about half of the total.'\n```\n"
    )
    found = [error.message for error in check.typed_numbers(one_page(body), ["2 months"])]
    for typed in ("seven-fold", "$30", "billion", "overtook", "half"):
        assert any(repr(typed) in message for message in found), (typed, found)
    assert not any("'2'" in message for message in found)


INNOCENT = """
On the one hand a lab sells answers, on the other it buys machines.
No one knows what a hall of machines is worth in a slump.
The first model paid for itself, and the next is on its way.
Second thoughts came late.
A second reading changes the picture.
Nobody counted the free users.
It is one thing to promise and another to pay.
Once a model is trained, it can be copied.
Some of it comes home at once.
The chip is half-hearted praise for a firm that wanted a whole one.
Behalf of whom does the cloud sell?
A manifold of contracts hides behind a single word.
Scaffolds stand around the hall.
The story unfolds slowly.
The percentage is not told.
Quarterly reports are late.
A quarter ends in June.
What comes after a forecast is a result.
They stand behind the promise.
The order of the letters is narrow in meaning.
Widely read, seldom checked.
Ahead lies another round.
The plan was made ahead of time.
More and more is sold by the meter.
Less is known of the contract.
Few of them pay.
The more it sells, the more it has to buy.
Rather than wait, it borrowed.
Larger models need larger halls.
Faster chips make cheaper answers.
Its excess is the point.
Overtaking is not the aim.
A pace is not a year.
Zero-sum it is not.
Anyone may download the weights.
Someone has to pay.
None of it is cash.
Both are alike at first sight.
A lab is a house with many doors.
What the headline loves is a round number.
""".strip().splitlines()
GUILTY = """
Anthropic overtook OpenAI.
Its gap to the rest narrowed.
The cloud keeps half.
A third-party count has two-thirds.
Sales doubled.
It is a seven-fold gap.
The lab outpaces its rivals.
It is bigger than it was.
The price is lower than before.
OpenAI runs ahead of Anthropic.
Some forty companies use it.
By a hundred it is too much.
A quarter of the sum comes home.
Mistral fell behind OpenAI.
Fewer than planned were sold.
It cost $5.
""".strip().splitlines()


def test_sentences_that_measure_nothing_are_left_alone_and_those_that_do_are_found(one_page) -> None:
    told = [sentence for sentence in INNOCENT if check.typed_numbers(one_page(PREAMBLE + sentence + "\n"), [])]
    assert len(INNOCENT) >= 40 and not told
    passed = [sentence for sentence in GUILTY if not check.typed_numbers(one_page(PREAMBLE + sentence + "\n"), [])]
    assert not passed


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("```{code-cell} ipython3\npace = (pace\n```\n", "this is not Python"),
        ("It is {eval}`pace.value`.\n", "expected a figure"),
        ("It is {eval}`pace.ruler`.\n", "expected a figure"),
        ("It is {eval}`pace.percent`.\n", "percent words a ratio, and OpenAI revenue run rate counts USD per year"),
        ("```{code-cell} ipython3\nfrom frontier_calc import book\nbook.table([{'Pace': pace, 'typed': 30e9}])\n```\n", "bare number 30000000000.0 under typed"),
        ("```{code-cell} ipython3\nfc.claim('c', pace > 0, 'Yes, {n.fold}.', n=pace)\n```\n", "fold words a ratio"),
    ],
)  # fmt: skip
def test_a_number_without_its_figure_and_a_wording_that_does_not_suit_are_refused(one_page, body, said) -> None:
    page = one_page(PREAMBLE + body)
    with pytest.raises(PageError, match=said):
        weave.weave(page, edition("2026-05"))
    check.typed_numbers(page, [])  # whatever is wrong with its cells


def test_rulers_that_clash_stop_a_notebook_with_two_lines(one_page) -> None:
    body = PREAMBLE + "```{code-cell} ipython3\npace + fc.latest('anthropic-revenue-run-rate')\n```\n"
    with pytest.raises(PageError) as caught:
        weave.weave(one_page(body), edition("2026-05"))
    first, second = str(caught.value).splitlines()
    assert "run-rate, net" in first and "run-rate, gross" in first
    assert "rulers.to_net" in second and "beside" in second


def test_recognised_revenue_is_not_compared_with_a_run_rate_unless_set_beside_it() -> None:
    with use(edition("2026-05")) as on:
        booked, pace = on.latest("openai-revenue-recognised"), on.latest("openai-revenue-run-rate")
        # Their units differ as well; the ruler is what the reader has to hear about first.
        with pytest.raises(RulerError, match="they differ in basis") as caught:
            booked < pace  # noqa: B015
        assert len(str(caught.value).splitlines()) == 2
        assert "recognised" in beside(booked, pace).aside and "run-rate" in beside(booked, pace).aside


def test_the_command_line_prints_pages_explains_figures_and_finds_words(capsys) -> None:
    assert cli.main(["text", "ledger-2", "--edition", "2026-05"]) == 0
    assert "Reading the Books" in capsys.readouterr().out
    assert cli.main(["explain", "ledger-2/net", "--edition", "2026-05"]) == 0
    out = capsys.readouterr().out
    for part in ("less", "ruler: run-rate, net", "tag: estimated", "puts it at", "leans most on", "known on"):
        assert part in out, part
    assert cli.main(["find", "inference", "margin"]) == 0
    assert "anthropic-inference-margin" in capsys.readouterr().out
    assert cli.main(["explain", "ledger-2/nett"]) == 1
    assert "ledger-2/net" in capsys.readouterr().err
    assert cli.main(["text", "ledger-9"]) == 1
    assert "expected one of premise" in capsys.readouterr().err


def test_a_new_edition_is_the_working_one_under_a_name(refreshed, capsys, monkeypatch) -> None:
    monkeypatch.setenv("FRONTIER_DATA", str(refreshed))
    assert cli.main(["edition", "new", "2026-07"]) == 0
    assert cli.main(["edition", "new", "2026-07"]) == 1
    assert "not rewritten" in capsys.readouterr().err
    assert cli.main(["edition", "new", "2026-08", "--as-of", "2026-01-31"]) == 1
    assert "no later than" in capsys.readouterr().err
    made = (refreshed / "editions.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert made == "2026-07,July 2026,2026-07-30,2026-11-27,"
    assert verify.verify(refreshed).lines == []


def test_a_title_with_a_comma_and_a_table_with_semicolons_stay_readable(refreshed, monkeypatch) -> None:
    monkeypatch.setenv("FRONTIER_DATA", str(refreshed))
    path = refreshed / "editions.csv"
    path.write_text(path.read_text("utf-8").replace(",", ";"), encoding="utf-8")
    assert cli.main(["edition", "new", "2026-07", "--title", "July; or so, 2026"]) == 0
    assert edition("2026-07", refreshed).edition.title == "July; or so, 2026"


def test_importing_the_calculation_loads_neither_pandas_nor_altair() -> None:
    script = "import sys, frontier_calc, frontier_calc.book; print([m for m in ('pandas', 'altair', 'jupytext') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
