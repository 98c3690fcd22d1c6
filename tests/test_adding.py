"""From a headline to the record: proposed, checked, shown, written whole or not at all, and told by what it moves."""

import csv
import os
import shlex
import subprocess
import sys
from pathlib import Path

import dying
import making
import pytest
import small_book

from frontier_calc.press import adding, adding_options, asking, cli, sourcing
from frontier_calc.record import appending, cells, writing
from frontier_calc.record.store import load

pytestmark = pytest.mark.slow

LINK = "https://lab.example/news/55"
SAID = ["lab revenue", "surpassed $55bn"]
SOURCE = ["--published", "2026-06-28", "--url", LINK, "--outlet", "Lab", "--title", "Lab passes 55"]
ADD = ["add", *SAID, *SOURCE]


def rows(data: Path, file: str = "observations.csv") -> list[dict[str, str]]:
    with (data / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def tables(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(data.iterdir())}


@pytest.fixture
def answers(monkeypatch):
    """Somebody in front of a terminal, who gives these answers in this order."""

    def give(*said: str) -> list[str]:
        asked: list[str] = []
        left = list(said)

        def answer(question: str) -> str:
            asked.append(question)
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr(asking, "asker", lambda yes: asking.Script() if yes else asking.Terminal())
        return asked

    return give


# In a script.


def test_a_headline_becomes_a_row_and_a_source_and_says_what_it_moves(data: Path, capsys) -> None:
    before = tables(data)
    assert cli.main([*ADD, "--yes"]) == 0
    told = capsys.readouterr().out
    row = rows(data)[-1]
    assert row == small_book.observed(
        period="2026-06", published="2026-06-28", value="55", qualifier="over", source="lab-55bn-2026-06-28",
        recorded=row["recorded"], note="'Surpassed'.",
    )  # fmt: skip
    assert row["recorded"] == cells.today().isoformat()
    source = rows(data, "sources.csv")[-1]
    assert source == making.ROWS["sources"] | {
        "source": "lab-55bn-2026-06-28", "outlet": "Lab", "title": "Lab passes 55", "url": LINK,
        "published": "2026-06-28", "retrieved": cells.today().isoformat(), "voice": "company",
    }  # fmt: skip
    assert "observations.csv, row 6" in told and "sources.csv, row 3" in told
    assert "  qualifier   over" in told and "by its voice, company" in told
    assert "premise: The lab said that it runs at [-$47-]{+over $55+} billion a year" in told
    for file, data_before in before.items():
        assert (data / file).read_bytes().startswith(data_before), file  # appended: what was there is as it was


def test_what_was_given_outweighs_what_is_proposed(data: Path) -> None:
    given = ["--period", "2026-05", "--qualifier", "about", "--tag", "estimated", "--confidence", "low",
             "--recorded", "2026-07-01", "--note", "Seen in a digest.", "--voice", "press", "--unit", "USD mn"]  # fmt: skip
    assert cli.main([*ADD, *given, "--yes"]) == 0
    row = rows(data)[-1]
    assert [row[name] for name in ("period", "qualifier", "tag", "confidence", "recorded", "note", "unit", "value")] == [
        "2026-05", "about", "estimated", "low", "2026-07-01", "'Surpassed'. Seen in a digest.", "USD mn", "55000",
    ]  # fmt: skip


def test_a_number_may_be_given_without_a_headline(data: Path) -> None:
    assert cli.main(["add", "lab-margin", "--value", "41.5", "--period", "Q2-2026", "--source", "wire", "--yes"]) == 0
    row = rows(data)[-1]
    assert (row["value"], row["unit"], row["qualifier"], row["source"]) == ("41.5", "percent", "exactly", "wire")
    assert (row["published"], row["tag"]) == ("2026-05-02", "projected")  # the quarter was not over on that day


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "lab", "surpassed $55bn", *SOURCE], "nobody can be asked here; add --yes"),
        (["add", "lab margn", "40%", *SOURCE, "--yes"], "did you mean margin"),
        (["add", "lab margin", "$40", *SOURCE, "--yes"], "which counts USD, expected per cent"),
        (["add", "lab revenue", "surpassed $55bn", "--url", LINK, "--yes"], "give it as --published"),
        (["add", *SAID, "--published", "2026-06-28", "--url", LINK, "--yes"], "give it as --outlet"),
        (["add", *SAID, *SOURCE, "--period", "June", "--yes"], "found 'June' as --period, expected a period such as"),
        (["add", *SAID, *SOURCE, "--published", "28 June", "--yes"], "found '28 June' as --published"),
        (["add", *SAID, "--source", "wires", "--yes"], "found no source 'wires'; did you mean wire?"),
        (["add", "lab revenue", "--yes", *SOURCE], "give it as --headline"),
        (["add", *SAID, *SOURCE, "--tag", "leaked", "--yes"], "observations.csv, row 6, column tag: found 'leaked'"),
        (["add", *SAID, *SOURCE, "--voice", "rumour", "--yes"], "sources.csv, row 3, column voice: found 'rumour'"),
        (["add", "lab revenue", "surpassed $5500bn", *SOURCE, "--yes"], "within the bounds of lab-revenue-run-rate"),
        (["add", "lab revenue", "surpassed $900bn", *SOURCE, "--yes"], "give the reason: --confirm REASON"),
    ],
)
def test_what_cannot_be_added_is_told_with_its_remedy_and_nothing_is_written(data: Path, capsys, words, said) -> None:
    before = tables(data)
    assert cli.main(words) == 1
    told = capsys.readouterr().err
    assert said in told and "Traceback" not in told and "nothing was written" in told
    assert tables(data) == before


@pytest.mark.parametrize("left", ["surpassed 5bn", "0 a month", "as much as 0"])
def test_what_a_shell_has_left_of_a_sum_is_not_taken_for_one(data: Path, capsys, left: str) -> None:
    assert cli.main(["add", "lab revenue", left, *SOURCE, "--yes"]) == 1
    assert "without its currency, expected such as '$47bn' in single quotes" in capsys.readouterr().err
    assert cli.main(["add", "lab revenue", "as much as 50", *SOURCE, "--yes"]) == 0


def test_an_unlikely_number_is_written_once_its_reason_is_given(data: Path) -> None:
    words = ["add", "lab revenue", "surpassed $900bn", *SOURCE, "--confirm", "both papers have it", "--yes"]
    assert cli.main(words) == 0
    assert rows(data)[-1]["note"] == "confirmed: both papers have it. 'Surpassed'."


def test_a_dry_run_shows_the_rows_and_what_they_move_and_writes_nothing(data: Path, capsys) -> None:
    before = tables(data)
    assert cli.main([*ADD, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "observations.csv, row 6" in told and "[-$47-]{+over $55+}" in told and "nothing was written" in told
    assert tables(data) == before


def test_several_series_that_fit_are_named(folder, capsys) -> None:
    other = {"series": "lab-revenue-run-rate-net", "title": "Lab revenue run rate, net", "channel": "net"}
    data = folder(series=[{}, other])
    assert cli.main([*ADD, "--yes", "--data", str(data)]) == 1
    told = capsys.readouterr().err
    assert "found 2 for the series" in told and "lab-revenue-run-rate-net" in told and "USD bn" in told


def test_a_source_with_that_link_is_used_again(data: Path) -> None:
    assert (
        cli.main(["add", *SAID, "--url", "http://www.example.org/pace/?utm_source=x", "--period", "2026-05", "--yes"])
        == 0
    )
    assert rows(data)[-1]["source"] == "wire" and rows(data)[-1]["published"] == "2026-05-02"
    assert len(rows(data, "sources.csv")) == 1


def test_growth_alone_starts_from_the_last_value_before_its_publication(data: Path) -> None:
    assert cli.main(["add", "lab revenue", "more than doubled", *SOURCE, "--yes"]) == 0
    row = rows(data)[-1]
    assert (row["value"], row["qualifier"]) == ("60", "over")
    assert row["note"] == "'More than doubled'. Base: 30 USD bn for 2026-04, by wire."


def test_what_is_expected_is_a_projection(data: Path) -> None:
    words = ["add", "lab margin", "expects a margin of 45% in the fourth quarter", *SOURCE, "--yes"]
    assert cli.main(words) == 0
    assert (rows(data)[-1]["tag"], rows(data)[-1]["period"]) == ("projected", "Q4-2026")


def test_a_row_belongs_to_the_next_edition(folder) -> None:
    closed = {"closing": cells.today().isoformat()}
    data = folder(editions=[closed])
    assert cli.main([*ADD, "--yes", "--data", str(data)]) == 0
    assert rows(data)[-1]["recorded"] > closed["closing"]


def test_a_table_keeps_its_line_ends_its_quotation_marks_and_its_order_of_columns(data: Path) -> None:
    names = list(reversed(making.ROWS["observations"]))
    path = data / "observations.csv"
    lines = [",".join(f'"{name}"' for name in names)]
    lines += [",".join(f'"{row[name]}"' for name in names) for row in rows(data)]
    before = "\ufeff" + "\r\n".join(lines) + "\r\n"
    path.write_bytes(before.encode())
    assert cli.main([*ADD, "--yes"]) == 0
    after = path.read_bytes().decode()
    assert after.startswith(before) and after.endswith("\r\n") and after.count("\r\n") == before.count("\r\n") + 1
    assert '"55","2026-06-28","2026-06","lab-revenue-run-rate"\r\n' in after.replace('"","",', "")


def test_a_table_with_decimal_commas_keeps_them(data: Path) -> None:
    path = data / "observations.csv"
    there = [row | {"value": row["value"] + ",5"} for row in rows(data)]
    making.write_table(path, there, delimiter=";")
    assert cli.main(["add", "lab revenue", "surpassed $55.25bn", *SOURCE, "--yes"]) == 0
    assert (
        path.read_text(encoding="utf-8").splitlines()[-1].startswith("lab-revenue-run-rate;2026-06;2026-06-28;55,25;")
    )
    assert [row.value for row in load(data).observations][-1] == 55.25e9


def test_a_page_that_has_no_words_for_the_row_is_named(data: Path, capsys) -> None:
    small_book.edit(data.parent / "index.md", lambda text: text.replace(', otherwise="That is no large sum."', ""))
    words = ["add", "lab revenue", "is under $39bn", *SOURCE, "--yes"]
    assert cli.main(words) == 0
    assert "needs words: index.md:" in capsys.readouterr().out
    assert rows(data)[-1]["value"] == "39"


@pytest.mark.parametrize(
    ("title", "headline", "proposed"),
    [
        ("Lab at $31bn, the company says", "reaches $31bn", ("reports     Lab", "voice       company")),
        ("Lab at $31bn", "reaches $31bn, people familiar say", ("voice       press", "confidence  medium")),
    ],
)
def test_whose_word_a_headline_says_it_is_is_proposed_and_how_sure_the_unnamed_are(
    data: Path, capsys, title: str, headline: str, proposed: tuple[str, ...]
) -> None:
    about = ["--period", "2026-05", "--published", "2026-05-28", "--outlet", "Daily", "--url", "https://example.org/a"]
    words = ["add", "lab revenue", *about, "--title", title, "--headline", headline]
    assert cli.main([*words, "--dry-run", "--yes"]) == 0
    out = capsys.readouterr().out
    assert all(each in out for each in proposed)


def test_what_a_source_has_said_already_is_not_added_and_another_number_corrects_it(data: Path, capsys) -> None:
    words = ["add", "lab revenue", "--source", "wire", "--period", "2026-04", "--yes"]
    assert cli.main([*words, "--headline", "reaches $30bn"]) == 1
    assert "row 2 of observations.csv says so already" in capsys.readouterr().err
    assert cli.main([*words, "--headline", "reaches $31bn", "--recorded", "2026-11-27"]) == 0
    assert "(a correction of row 2, of the same source and day)" in capsys.readouterr().out
    assert rows(data)[-1]["value"] == "31"
    assert (
        cli.main([*words, "--headline", "reaches $30bn", "--recorded", "2026-11-28"]) == 0
    )  # what stands is the correction


# Several at once.

HEADLINES = """series,headline,period,published,url,outlet,title
lab revenue,surpassed $55bn,2026-06,2026-06-28,https://lab.example/news/55,Lab,Lab passes 55
lab margin,41 per cent,Q2-2026,2026-07-10,https://lab.example/news/41,Lab,Lab keeps 41
lab revenue,nearly $60bn,2026-07,2026-07-10,https://lab.example/news/41,,
"""


def test_a_file_of_headlines_is_added_whole(data: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "headlines.csv"
    file.write_text(HEADLINES, encoding="utf-8")
    assert cli.main(["add", "--from", str(file), "--confidence", "medium", "--yes"]) == 0
    added = rows(data)[-3:]
    assert [row["value"] for row in added] == ["55", "41", "60"]
    assert {row["confidence"] for row in added} == {"medium"}
    assert added[1]["source"] == added[2]["source"] and len(rows(data, "sources.csv")) == 3
    assert f"{file}, row 4:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("lab margin,41 per cent", "lab margin,$41", "headlines.csv, row 3: found '$41', which counts USD"),
        ("nearly $60bn", "nearly $600bn", "observations.csv, row 8 would be"),
        ("surpassed $55bn", "surpassed $55bn, says", "row 2: found 8 cells, expected 7; a comma inside a text"),
        ("outlet", "outlets", "row 1: found the column 'outlets', expected some of"),
    ],
)
def test_a_file_with_one_row_that_is_wrong_adds_none(data: Path, tmp_path, capsys, before, after, said) -> None:
    file = tmp_path / "headlines.csv"
    file.write_text(HEADLINES.replace(before, after), encoding="utf-8")
    there = tables(data)
    assert cli.main(["add", "--from", str(file), "--yes"]) == 1
    assert said in capsys.readouterr().err
    assert tables(data) == there


def test_a_file_that_cannot_be_read_is_told(data: Path, tmp_path, capsys) -> None:
    assert cli.main(["add", "--from", str(tmp_path / "none.csv"), "--yes"]) == 1
    assert "none.csv could not be read" in capsys.readouterr().err
    (tmp_path / "empty.csv").write_text("series,headline\n", encoding="utf-8")
    assert cli.main(["add", "--from", str(tmp_path / "empty.csv"), "--yes"]) == 1
    assert "found no row below its header" in capsys.readouterr().err


# In a terminal.


def test_a_terminal_is_asked_for_what_cannot_be_worked_out_and_enter_takes_a_proposal(data: Path, answers) -> None:
    asked = answers("revenue passed $55bn", "lab pace", LINK, "2026-06-28", "", "Lab", "Lab passes 55", "")
    assert cli.main(["add"]) == 0
    assert [question.partition(":")[0] for question in asked[:-1]] == [
        "headline", "series", "url", "published", "period", "outlet", "title",
    ]  # fmt: skip
    assert "[2026-06]" in asked[4]
    assert rows(data)[-1]["value"] == "55" and rows(data)[-1]["period"] == "2026-06"


def test_a_row_that_is_shown_may_be_corrected_and_nothing_is_asked_again(data: Path, answers, capsys) -> None:
    asked = answers("", "tone=loud", "qualifier=about", "")
    assert cli.main(ADD) == 0
    assert rows(data)[-1]["qualifier"] == "about"
    assert [question.partition(":")[0] for question in asked] == ["period", *["Add it? [Enter"] * 3]
    assert "found 'tone=loud', expected a correction such as" in capsys.readouterr().out


def test_whoever_is_asked_has_seen_what_it_would_move_and_is_not_told_again(
    data: Path, answers, capsys, monkeypatch
) -> None:
    asked = answers("", "value=35", "")
    before, seen = tables(data), []
    given = asking._answer

    def answer(question: str) -> str:
        seen.append((question, capsys.readouterr().out, tables(data)))
        return given(question)

    monkeypatch.setattr(asking, "_answer", answer)
    assert cli.main(ADD) == 0
    questions = [(out, there) for question, out, there in seen if question.startswith("Add it?")]
    assert len(questions) == 2 and len(asked) == 3
    for (out, there), moved in zip(questions, ("{+over $55+} billion", "That is [-a-]{+no+} large sum."), strict=True):
        assert there == before  # nothing is written yet
        assert "what moved" in out and moved in out, out
    after = capsys.readouterr().out
    assert "row(s) added" in after and "moved" not in after


def test_what_was_entered_by_somebody_else_meanwhile_has_it_told_again(
    data: Path, answers, capsys, monkeypatch
) -> None:
    answers("", "")
    given = asking._answer

    def answer(question: str) -> str:
        if question.startswith("Add it?"):
            small_book.append(data, period="2026-05", published="2026-05-30", value="50", recorded="2026-07-01")
            capsys.readouterr()
        return given(question)

    monkeypatch.setattr(asking, "_answer", answer)
    assert cli.main(ADD) == 0
    assert "what moved" in capsys.readouterr().out


def test_an_answer_that_cannot_be_is_asked_for_again_and_a_refused_row_can_be_corrected(data: Path, answers) -> None:
    asked = answers("June", "2026-06", "value=-5", "value=55", "")
    assert cli.main([*ADD, "--unit", "USD bn"]) == 0
    assert [question.partition(":")[0] for question in asked[:4]] == [
        "period",
        "period",
        "Add it? [Enter",
        "correction",
    ]
    assert rows(data)[-1]["value"] == "55"


def test_of_several_sources_of_one_page_that_of_the_day_is_taken_or_one_is_chosen(folder, capsys) -> None:
    other = {"source": "wire-2", "published": "2026-06-28"}
    data = folder(sources=[{}, other])
    words = ["add", *SAID, "--url", making.ROWS["sources"]["url"], "--yes", "--data", str(data)]
    assert cli.main(words) == 1
    assert (
        "found 2 for the source, expected the one with this link that is meant, as --source" in capsys.readouterr().err
    )
    assert cli.main([*words, "--published", "2026-06-28"]) == 0
    assert rows(data)[-1]["source"] == "wire-2"


@pytest.mark.parametrize("last", ["n", None])
def test_no_and_the_end_of_the_input_write_nothing(data: Path, answers, capsys, last) -> None:
    before = tables(data)
    answers("", *([last] if last else []))
    assert cli.main(ADD) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert tables(data) == before


def test_a_terminal_is_asked_why_an_unlikely_number_is_right(data: Path, answers) -> None:
    answers("", "both papers have it", "")
    assert cli.main(["add", "lab revenue", "surpassed $900bn", *SOURCE]) == 0
    assert rows(data)[-1]["note"].startswith("confirmed: both papers have it.")


def test_several_series_that_fit_are_chosen_from_by_number(folder, answers) -> None:
    other = {"series": "lab-revenue-run-rate-net", "title": "Lab revenue run rate, net", "channel": "net"}
    data = folder(series=[{}, other])
    answers("3", "2", "2026-06", "")
    assert cli.main([*ADD, "--data", str(data)]) == 0
    assert rows(data)[-1]["series"] == "lab-revenue-run-rate-net"


# A series, a source.


def test_a_series_is_added_like_another_one(data: Path, capsys) -> None:
    words = ["series", "add", "club-revenue-run-rate", "--like", "lab-revenue-run-rate", "--subject", "Club",
             "--title", "Club revenue run rate", "--definition", "The club's yearly sales pace."]  # fmt: skip
    assert cli.main(words) == 1
    assert "add --yes" in capsys.readouterr().err
    assert cli.main([*words, "--yes"]) == 0
    made = load(data).series["club-revenue-run-rate"]
    assert made.spellings == ("USD bn", "USD mn") and made.basis == "run-rate" and made.subject == "Club"


def test_a_series_without_what_it_needs_or_with_a_name_that_is_taken_is_refused(data: Path, capsys) -> None:
    before = tables(data)
    assert cli.main(["series", "add", "club-margin", "--yes"]) == 1
    assert "give it as --subject" in capsys.readouterr().err
    words = [
        "series",
        "add",
        "lab-margin",
        "--like",
        "lab-margin",
        "--subject",
        "Lab",
        "--title",
        "A",
        "--definition",
        "B.",
    ]
    assert cli.main([*words, "--yes"]) == 1
    assert "series.csv, row 4, column series: found 'lab-margin', expected a name of its own" in capsys.readouterr().err
    assert cli.main(["series", "add", "x", "--like", "lab-margn", "--yes"]) == 1
    assert "did you mean lab-margin?" in capsys.readouterr().err
    assert tables(data) == before


def test_a_source_is_added_by_itself_once(data: Path, capsys) -> None:
    words = ["source", "add", "--url", LINK, "--outlet", "Lab", "--title", "Lab passes 55", "--published", "2026-06-28"]
    assert cli.main([*words, "--yes"]) == 0
    assert rows(data, "sources.csv")[-1]["source"] == "lab-passes-55-2026-06-28"
    assert cli.main([*words, "--yes"]) == 1
    assert "found the source lab-passes-55-2026-06-28 with that link" in capsys.readouterr().err


def test_a_source_is_named_as_those_that_are_there() -> None:
    cells = {"outlet": "CNBC", "reports": "the Wall Street Journal", "published": "2026-08-13"}
    assert sourcing.name_of(cells, "OpenAI 40bn", []) == "wsj-openai-40bn-2026-08-13"
    assert sourcing.name_of(cells, "OpenAI 40bn", ["wsj-openai-40bn-2026-08-13"]) == "wsj-openai-40bn-2026-08-13-2"


# Killed, two at once, a full disk.


def add_quietly() -> None:
    cli.main([*ADD, "--yes"])


# Before the first of these moments the rows are checked in a copy; behind the last one the pages are read.
MOMENTS = range(17, 37)


@pytest.mark.parametrize("moment", MOMENTS)
def test_adding_that_is_killed_leaves_both_rows_or_none_and_the_next_run_tells(
    data: Path, capsys, monkeypatch, moment: int
) -> None:
    monkeypatch.setattr(dying, "DEADLY", (*dying.DEADLY, (os, "unlink")))
    before = tables(data)
    dying.killed_at(moment, add_quietly)
    was_begun = appending.is_begun(data)
    capsys.readouterr()
    assert cli.main(["find", "lab"]) == 0
    told = capsys.readouterr().err
    assert was_begun == ("adding had been stopped halfway; it was finished" in told)
    after = tables(data)
    assert appending.JOURNAL not in after
    counts = len(rows(data)), len(rows(data, "sources.csv"))
    assert counts in ((4, 1), (5, 2))
    for file, text in before.items():
        assert after[file].startswith(text)
    assert cli.main([*ADD, "--yes"]) == (0 if counts == (4, 1) else 1)  # the same row twice is refused
    assert (len(rows(data)), len(rows(data, "sources.csv"))) == (5, 2)
    assert not [name for name in tables(data) if name.startswith(".")]


def test_at_some_of_these_moments_it_was_begun_and_at_others_not(data: Path, monkeypatch) -> None:
    monkeypatch.setattr(dying, "DEADLY", (*dying.DEADLY, (os, "unlink")))
    begun = []
    before = tables(data)
    for moment in MOMENTS:
        dying.killed_at(moment, add_quietly)
        begun.append((appending.is_begun(data), len(rows(data)) > 4))
        for name in tables(data):
            (data / name).unlink()
        for name, text in before.items():
            (data / name).write_bytes(text)
    assert set(begun) == {(False, False), (True, False), (True, True), (False, True)}


def test_a_source_that_another_adds_before_the_check_is_used_as_well(data: Path, monkeypatch) -> None:
    entries, others = adding._entries, ["2026-05"]

    def slow(wishes, proposer):
        found = entries(wishes, proposer)
        while others:
            assert cli.main([*ADD, "--period", others.pop(), "--yes"]) == 0
        return found

    monkeypatch.setattr(adding, "_entries", slow)
    assert cli.main([*ADD, "--period", "2026-06", "--yes"]) == 0
    assert [row["source"] for row in rows(data)[-2:]] == ["lab-55bn-2026-06-28"] * 2
    assert [row["period"] for row in rows(data)[-2:]] == ["2026-05", "2026-06"]


def test_of_two_at_once_each_adds_its_row_and_both_use_one_source(data: Path) -> None:
    package = Path(cli.__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(package)}
    periods = ["2026-05", "2026-06"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "frontier_calc.press.cli", *ADD, "--period", period, "--yes"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for period in periods
    ]  # fmt: skip
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert sorted(row["period"] for row in rows(data)[-2:]) == periods
    assert len(rows(data, "sources.csv")) == 2
    load(data)


def test_a_full_disk_leaves_every_table_as_it_was(data: Path, capsys, monkeypatch) -> None:
    before = tables(data)
    replace = writing.replace
    left = [1]

    def full(path: Path, text: str) -> None:
        if path == data / "observations.csv" and left[0]:
            left[0] -= 1
            raise writing.WritingError(f"{path} could not be written (no space left on device); nothing was changed")
        replace(path, text)

    monkeypatch.setattr(writing, "replace", full)
    assert cli.main([*ADD, "--yes"]) == 1
    assert "no space left on device" in capsys.readouterr().err
    assert tables(data) == before


def test_a_disk_that_takes_nothing_any_more_leaves_the_rows_written_down_for_the_next_run(
    data, capsys, monkeypatch
) -> None:
    replace = writing.replace

    def full(path: Path, text: str) -> None:
        if (
            path.parent == data
            and path.name != appending.JOURNAL
            and (data / "sources.csv").read_text().count("\n") > 2
        ):
            raise writing.WritingError(f"{path} could not be written (no space left on device)")
        replace(path, text)

    monkeypatch.setattr(writing, "replace", full)
    assert cli.main([*ADD, "--yes"]) == 1
    assert "the next  frontier  command adds what is missing" in capsys.readouterr().err
    monkeypatch.setattr(writing, "replace", replace)
    assert cli.main(["find", "lab"]) == 0
    assert "it was finished" in capsys.readouterr().err
    assert (len(rows(data)), len(rows(data, "sources.csv"))) == (5, 2)


def test_rows_typed_by_hand_after_a_kill_are_kept(data: Path, capsys) -> None:
    row = small_book.observed(period="2026-06", published="2026-06-28", value="55")
    with writing.locked(data):
        writing.replace(data / appending.JOURNAL, '{"observations.csv": [' + str(row).replace("'", '"') + "]}")
    small_book.append(data, period="2026-05", published="2026-06-01", value="50")
    assert cli.main(["find", "lab"]) == 0
    assert [each["value"] for each in rows(data)[-2:]] == ["50", "55"]


# Its help.


@pytest.mark.parametrize(
    "told", [adding_options.ADD_EXAMPLE, adding_options.SERIES_EXAMPLE, adding_options.SOURCE_EXAMPLE]
)
def test_what_help_gives_as_an_example_runs(refreshed: Path, tmp_path: Path, monkeypatch, told: str) -> None:
    monkeypatch.chdir(tmp_path)  # where no book is, whose sentences would be read
    monkeypatch.setattr(adding, "_tell_moved", lambda *moments: None)
    (tmp_path / "headlines.csv").write_text(
        told.partition("or none:\n")[2].replace("\n  ", "\n").strip() + "\n", "utf-8"
    )
    lines = told.replace("\\\n", " ").splitlines()
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("  frontier ")]
    assert commands
    for command in commands:
        if command != ["add"]:  # which asks
            assert cli.main([*command, "--data", str(refreshed)]) == 0, command


@pytest.mark.parametrize("command", ["add", "series", "source"])
def test_help_has_an_example(command, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0 and f"  frontier {command} " in told and "example" in told
