"""A sentence is named once a figure in it is told otherwise than when it was accepted, and a claim once it has turned."""

from collections.abc import Callable
from pathlib import Path

import pytest
import small_book

from frontier_calc.press import accept, cli, memory
from frontier_calc.press.memory import Kind


@pytest.fixture
def accepted(data: Path, capsys) -> Callable[[str], Path]:
    """A builder of an accepted book, with a sentence of the test's own in it: its data folder."""

    def build(sentence: str) -> Path:
        small_book.edit(
            data.parent / "index.md", lambda text: text.replace("## The pace\n", f"## The pace\n\n{sentence}\n")
        )
        assert accept.accept(data.parent) == 0
        capsys.readouterr()
        return data

    return build


# A page that asks what another one named on an earlier day, as the reconciliation does.
LOOKS_BACK = """```{code-cell} ipython3
:tags: [remove-cell]

from datetime import date

from frontier_calc.press import pages, weave
from frontier_calc.record import reading

now = reading.current()
before = reading.Reading(now.store, date(2026, 6, 20), today=now.today)
weave.naming(pages.all_pages(pages.find_root())[0], before)
```
"""


def check(capsys) -> str:
    """What ``frontier check`` prints."""
    capsys.readouterr()
    cli.main(["check"])
    return capsys.readouterr().out


def newer(data: Path, source: str = "wire", **cells: str) -> None:
    """Another word on the pace."""
    usual = {
        "period": "2026-05",
        "published": "2026-06-20",
        "recorded": "2026-07-01",
        "value": "45",
        "tag": "estimated",
    }
    small_book.append(data, **usual | {"source": source} | cells)


def add_source(data: Path, id: str, voice: str, published: str) -> None:
    header, first, *_ = (data / "sources.csv").read_text("utf-8").splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    cells |= {"source": id, "voice": voice, "published": published}
    with (data / "sources.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(cells.values()) + "\n")


def test_a_sentence_that_asks_for_a_day_is_named_when_only_the_month_is_known(accepted, capsys) -> None:
    data = accepted("It was said on {eval}`pace.known_on` of it.")
    newer(data, published="2026-06")
    out = check(capsys)
    assert "“It was said on June 2026 of it.”: since this was accepted, " in out
    assert "the date of pace was [told as a day] and is [told as a month]" in out


def test_a_date_that_brings_its_preposition_fits_any_sentence(accepted, capsys) -> None:
    data = accepted("It ran at {eval}`pace` {eval}`pace.dated`.")
    newer(data, period="2026-06-20")
    assert "It ran at" not in check(capsys)


def test_a_sentence_is_named_when_its_figure_is_somebody_elses_word(accepted, capsys) -> None:
    data = accepted("The press has {eval}`pace`.")
    add_source(data, "filing-2026-06", voice="filing", published="2026-06-20")
    newer(data, source="filing-2026-06")
    out = check(capsys)
    assert (
        "“The press has $45 billion.”: since this was accepted, pace was [estimated, exactly, by press] and is " in out
    )
    assert "and is [estimated, exactly, by filing] by Lab revenue run rate, May 2026" in out


def test_a_figure_worked_out_from_several_rows_is_nobodys_word(data) -> None:
    import making

    one = making.observed("a", 1.0)
    assert memory.voice_of(one + making.observed("b", 2.0)) == ""


def test_a_sentence_is_named_when_its_figure_sums_up_another_stretch_of_time(accepted, capsys) -> None:
    data = accepted("It keeps {eval}`margin.percent` of that.")
    small_book.append(data, series=small_book.MARGIN, period="H1-2026", published="2026-07-20", recorded="2026-07-21",
                      value="41", unit="percent")  # fmt: skip
    assert "margin was [reported, exactly, of a quarter] and is [reported, exactly, of a half-year]" in check(capsys)


def test_a_sentence_is_named_when_its_figure_has_become_a_range(accepted, capsys) -> None:
    data = accepted("It keeps {eval}`margin` of that.")
    small_book.append(data, series=small_book.MARGIN, period="Q1-2026", published="2026-07-20", recorded="2026-07-21",
                      value="", low="38", high="44", unit="percent")  # fmt: skip
    assert "margin was [reported, exactly, of a quarter] and is [reported, a range, of a quarter]" in check(capsys)


def test_a_claim_that_says_another_of_its_sentences_is_told_and_is_no_mistake(accepted, capsys) -> None:
    data = accepted("That is all.")
    newer(data, value="30")
    out = check(capsys)
    assert "note: index.md: claim large has turned, holds → otherwise: now “That is no large sum.”" in out


def test_a_page_that_cannot_be_read_does_not_silence_the_others(accepted, capsys) -> None:
    data = accepted("It ran at {eval}`pace` then.")
    small_book.edit(data.parent / "about.md", lambda text: text + "\n{eval}`nothing`\n")
    newer(data, tag="reported")
    out = check(capsys)
    assert "about.md:" in out
    assert "“It ran at $45 billion then.”: since this was accepted, pace was" in out
    assert "note: which new rows no page uses is told once every page can be read" in out


def test_each_claim_of_a_page_without_words_is_named_at_its_line_and_only_there(accepted, capsys) -> None:
    data = accepted("That is all.")
    two = "".join(
        f'\n{name} = fc.claim("{name}", pace > fc.constant("threshold", 41e9, "USD per year"), "It is dear.")'
        for name in ("dear", "modest")
    )
    index = data.parent / "index.md"
    small_book.edit(
        index, lambda text: text.replace('\nlaunch = fc.event("launch")', two + '\nlaunch = fc.event("launch")')
    )
    listing = "\n```{code-cell} ipython3\nfrom frontier_calc import press\n\npress.every_figure()\n```\n"
    small_book.edit(data.parent / "about.md", lambda text: text + listing)
    newer(data, value="30")
    out = check(capsys)
    assert out.count("claim dear no longer holds") == out.count("claim modest no longer holds") == 1, out
    source = index.read_text("utf-8").splitlines()
    for line in out.splitlines():
        if "no longer holds" in line:
            assert line.split("claim ")[1].split()[0] in source[int(line.split(":")[1]) - 1]


def test_a_claim_without_words_in_another_reading_is_named_with_it_at_its_own_line(accepted, capsys) -> None:
    data = accepted("That is all.")
    index = data.parent / "index.md"
    claim = '\ndear = fc.claim("dear", pace > fc.constant("threshold", 46e9, "USD per year"), "It is dear.")'
    small_book.edit(
        index, lambda text: text.replace('\nlaunch = fc.event("launch")', f'{claim}\nlaunch = fc.event("launch")')
    )
    small_book.edit(data.parent / "about.md", lambda text: f"{text}\n{LOOKS_BACK}")
    newer(data, value="48", tag="reported", published="2026-06-21")
    out = check(capsys)
    (line,) = [line for line in out.splitlines() if "no longer holds" in line]
    assert line.startswith("index.md:") and "claim dear" in line, out
    assert "about.md" not in out and "[2026-06-20]" in out


def test_a_mistake_on_a_page_is_named_once_and_not_again_by_a_page_that_lists_its_figures(accepted, capsys) -> None:
    data = accepted("That is all.")
    listing = "\n```{code-cell} ipython3\nfrom frontier_calc import press\n\npress.every_figure()\n```\n"
    small_book.edit(data.parent / "about.md", lambda text: text + listing + "\n{eval}`nothing`\n")
    small_book.edit(data.parent / "index.md", lambda text: text + "\n{eval}`nothing`\n")
    out = check(capsys)
    assert out.count("expected a name made in a cell above") == 1 and "index.md:" in out, out
    small_book.edit(data.parent / "index.md", lambda text: text.replace("\n{eval}`nothing`\n", ""))
    out = check(capsys)
    assert out.count("expected a name made in a cell above") == 1 and "about.md:" in out, out


def test_the_same_mistake_on_two_pages_is_named_on_both(accepted, capsys) -> None:
    root = accepted("That is all.").parent
    small_book.edit(root / "about.md", lambda text: text + "\n{eval}`nothing`\n")
    (root / "more").mkdir()
    (root / "more" / "about.md").write_bytes((root / "about.md").read_bytes())
    small_book.edit(root / "_toc.yml", lambda text: text + "  - file: more/about\n")
    out = check(capsys)
    places = [line.partition(":")[0] for line in out.splitlines() if "expected a name made in a cell above" in line]
    assert places == ["about.md", "more/about.md"], out


def test_a_kind_is_told_in_words() -> None:
    assert str(Kind("projected", "about", memory.PAST, "press")) == "projected, about, its period past, by press"
    assert str(Kind(unit="quarter")) == "told as a quarter"
    assert str(Kind("reported", "exactly", unit="quarter")) == "reported, exactly, of a quarter"


def test_every_sentence_to_read_again_is_named_however_many_there_are(accepted, capsys) -> None:
    sentences = " ".join(
        f"Sentence {letter}{other} has {{eval}}`pace`." for letter in "ABCDEFGH" for other in "ABCDEFGH"
    )
    data = accepted(sentences)
    newer(data, tag="reported")
    assert check(capsys).count("Read the sentence, mend it") > 64
