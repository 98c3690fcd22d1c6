"""Accepting shows what moved before it writes, writes all or nothing, and remembers how solid each figure was."""

import shutil
from pathlib import Path

import dying
import pytest
import small_book

from frontier_calc.press import accept, cli, memory, weave
from frontier_calc.press.memory import Kind
from frontier_calc.record import reading

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def accepted(data: Path) -> Path:
    """The same, what its pages say being accepted."""
    accept.accept(data.parent)
    return data


def golden(data: Path) -> dict[str, str]:
    folder = accept.golden(data.parent)
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def newer_pace(data: Path, **cells: str) -> None:
    cells = {"tag": "reported", "recorded": "2026-07-01", "value": "45"} | cells
    small_book.append(data, period="2026-05", published="2026-06-20", **cells)


# The book itself.


@pytest.mark.parametrize("edition", accept.held())
def test_each_page_says_what_was_accepted(edition: str) -> None:
    woven = {page.page.name: page.text + "\n" for page in weave.weave_all(reading.edition(edition), ROOT)}
    accepted_texts = accept.golden_texts(ROOT, edition)
    different = sorted(name for name in {*woven, *accepted_texts} if woven.get(name) != accepted_texts.get(name))
    assert not different, f"{edition}: {', '.join(different)}: see  frontier diff , then run  frontier accept"


# Accepting.


def test_the_golden_text_is_what_the_pages_say(data: Path, capsys) -> None:
    assert cli.main(["accept"]) == 0
    assert "working: accepted for the first time" in capsys.readouterr().out
    found = golden(data)
    assert "$47 billion a year" in found["working/premise.txt"] and "2026-05/about.txt" in found
    assert found["addresses.txt"].split() == ["premise/carrier", "premise/margin", "premise/month", "premise/pace"]
    assert cli.main(["accept"]) == 0
    assert "working: nothing moved" in capsys.readouterr().out
    assert golden(data) == found


def test_what_moved_is_shown_in_short_with_its_cause(accepted: Path, capsys) -> None:
    newer_pace(accepted)
    capsys.readouterr()
    assert cli.main(["accept"]) == 0
    out = capsys.readouterr().out
    assert "2026-05: nothing moved" in out
    assert "  new: Lab revenue run rate, May 2026: $45 billion" in out
    assert "premise: The lab said that it runs at [-$47-]{+$45+} billion a year" in out
    assert len(out.splitlines()) < 25
    assert "$45 billion a year" in golden(accepted)["working/premise.txt"]


def test_a_page_that_fails_is_named_with_its_reason_and_nothing_is_written(accepted: Path, capsys) -> None:
    before = golden(accepted)
    newer_pace(accepted)
    small_book.edit(accepted.parent / "about.md", lambda text: text + "\n{eval}`pase`\n")
    assert cli.main(["accept"]) == 1
    said = capsys.readouterr().err
    assert "about.md:" in said and "expected a name made in a cell above" in said and "nothing was accepted" in said
    assert golden(accepted) == before


def test_a_page_that_is_gone_takes_its_golden_text_and_its_addresses_with_it(accepted: Path, capsys) -> None:
    small_book.edit(accepted.parent / "index.md", lambda text: text.replace("carrier = ", "ship = ").replace("{eval}`carrier`", "{eval}`ship`").replace("carrier /", "ship /"))  # fmt: skip
    small_book.edit(accepted.parent / "_toc.yml", lambda text: text.partition("chapters")[0])
    assert cli.main(["accept"]) == 0
    out = capsys.readouterr().out
    assert "address gone, and links to it with it: premise/carrier" in out and "new address: premise/ship" in out
    assert not any("about" in name for name in golden(accepted) if name.endswith(".txt"))


@pytest.mark.parametrize("moment", range(1, 15))
def test_accepting_that_is_killed_leaves_the_old_text_or_the_new_one_and_the_next_run_tells(
    accepted: Path, capsys, moment: int
) -> None:
    old = golden(accepted)
    newer_pace(accepted)
    dying.killed_at(moment, lambda: accept.accept(accepted.parent))
    folder = accept.golden(accepted.parent)
    left = [path.name for path in folder.parent.glob(".*")]
    between = golden(accepted) if folder.exists() else {}
    capsys.readouterr()
    assert cli.main(["accept"]) == 0
    out, told = capsys.readouterr()
    assert bool(left) == ("an earlier  frontier accept  was stopped" in told)
    if between == old:
        assert "[-$47-]{+$45+} billion" in out  # what was not accepted is shown again
    else:
        assert not left or "what it had begun was finished" in told
        assert "working: nothing moved" in out  # what was shown before it was killed is accepted
    assert between in (old, {}, golden(accepted))
    assert "$45 billion" in golden(accepted)["working/premise.txt"]
    assert [path.name for path in folder.parent.iterdir()] == ["reference"]


# What a sentence remembers.


def test_a_sentence_whose_figure_has_another_tag_is_named_until_it_is_accepted(accepted: Path, capsys) -> None:
    assert cli.main(["check"]) == 0
    newer_pace(accepted, tag="reported")
    capsys.readouterr()
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    message = (
        "index.md, under 'The pace': “The lab said that it runs at $45 billion a year, or $3.75 billion a month.”: since "
        "this was accepted, pace was [estimated, exactly] and is [reported, exactly] by Lab revenue run rate, May 2026: "
    )
    assert message in out, out
    assert "; month was [estimated, exactly] and is [reported, exactly] by" in out
    assert "row 6). Read the sentence, mend it where it is no longer true, then run  frontier accept" in out
    assert accept.accept(accepted.parent) == 0
    assert cli.main(["check"]) == 0


def test_a_sentence_whose_figure_has_another_qualifier_is_named(accepted: Path, capsys) -> None:
    newer_pace(accepted, tag="estimated", qualifier="over")
    assert cli.main(["check"]) == 1
    assert "pace was [estimated, exactly] and is [estimated, over] by" in capsys.readouterr().out


def test_a_forecast_whose_period_has_ended_is_another_kind() -> None:
    import making

    figure = making.observed("capex", 700e9, "USD", tag="projected", period="FY2026")
    from datetime import date

    before = memory.kind_of(figure, date(2026, 5, 31))
    after = memory.kind_of(figure, date(2027, 1, 1))
    assert before == Kind("projected", "exactly", "to come", unit="year")
    assert after == Kind("projected", "exactly", "past", unit="year")
    assert str(after) == "projected, exactly, its period past, of a year"


@pytest.mark.parametrize(("condition", "is_named"), [("pace > 40e9", True), ('pace.tag != "projected"', False)])
def test_a_claim_that_asks_about_a_figures_tag_answers_for_its_sentences(
    accepted: Path, capsys, condition: str, is_named: bool
) -> None:
    cell = f"```{{code-cell}} ipython3\n%%claim known: {condition}\nAt {{pace}} that is a sum.\notherwise: It is none.\n```\n\n"
    page = accepted.parent / "index.md"
    small_book.edit(page, lambda text: text.replace("## The pace\n", f"{cell}## The pace\n\n{{eval}}`known`\n"))
    accept.accept(accepted.parent)
    newer_pace(accepted, tag="reported")
    capsys.readouterr()
    assert cli.main(["check"]) == 1  # another sentence names the pace, and is no claim's
    out = capsys.readouterr().out
    message = "“At $45 billion that is a sum.”: since this was accepted, known.pace was [estimated, exactly]"
    assert (message in out) == is_named, out


def test_a_new_row_and_a_new_series_that_no_page_uses_are_told_and_are_no_mistake(accepted: Path, capsys) -> None:
    small_book.append(accepted, period="2026-03", published="2026-06-18", value="28", recorded="2026-07-01")
    series = (accepted / "series.csv").read_text("utf-8").splitlines()[1]
    with (accepted / "series.csv").open("a", encoding="utf-8") as file:
        file.write(series.replace("lab-revenue-run-rate", "lab-users") + "\n")
    small_book.append(accepted, series="lab-users", published="2026-06-18", value="9", recorded="2026-07-01")
    capsys.readouterr()
    cli.main(["check"])
    out = capsys.readouterr().out
    assert "note: data/observations.csv, row 6: lab-revenue-run-rate, 2026-03: no page uses this new row" in out
    assert (
        "note: data/series.csv: lab-users: no page uses this series (1 row): tell it, or say in kept_for why not" in out
    )


def test_the_memory_kept_as_text_is_the_memory() -> None:
    on = reading.edition("working")
    kinds = memory.kinds(weave.weave_all(on, ROOT, ["ledger-1"]), on)
    assert memory.from_text(memory.as_text(kinds)) == kinds
    assert any(each.figure == "plus" and each.tag == "reported" for each in kinds)


# A build.


def test_a_build_says_in_short_what_moved_and_is_never_stopped_by_it(accepted: Path, capsys, monkeypatch) -> None:
    from frontier_calc.press import build

    build._tell_what_moved(accepted.parent)
    newer_pace(accepted)
    build._tell_what_moved(accepted.parent)
    out = capsys.readouterr().out
    assert "since  frontier accept: nothing moved" in out and "[-$47-]{+$45+} billion" in out
    shutil.rmtree(accept.golden(accepted.parent))
    build._tell_what_moved(accepted.parent)
    assert capsys.readouterr().out == ""
    small_book.edit(accepted.parent / "index.md", lambda text: text.replace("pace = fc", "pace = fd"))
    (accept.golden(accepted.parent) / "working").mkdir(parents=True)
    (accept.golden(accepted.parent) / "working" / "premise.txt").write_text("x\n")
    build._tell_what_moved(accepted.parent)
    assert "cannot be told: index.md:" in capsys.readouterr().err
