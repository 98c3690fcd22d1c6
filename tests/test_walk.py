"""The walk to a published edition looks at every stop, writes nothing before all let it pass, and can be taken up again."""

from pathlib import Path

import pytest
import small_book

from frontier_calc.press import accept, cli, editions, reports

ID = "2026-06"


def walked(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    status = cli.main(["publish", ID, *options])
    return status, capsys.readouterr().out


def due_row(data: Path) -> None:
    """A forecast of a month that is over, about which nothing else is known."""
    row = small_book.observed(period="2026-05", published="2026-05-21", value="50", tag="projected")
    with (data / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(row.values()) + "\n")


def test_a_rehearsal_says_every_step_and_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = small_book.files(data.parent)
    status, out = walked(capsys, "--dry-run")
    assert status == 0 and small_book.files(data.parent) == before
    for number, stop in enumerate(("check", "due", "text", "pins", "edition"), start=1):
        assert f"{number}. {stop}: " in out
    assert "The text quotes it." in out and f"editions/{ID}" in out and "rehearsal" in out


def test_with_a_yes_it_publishes_what_was_read_and_a_second_walk_finds_it_done(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert walked(capsys, "--yes")[0] == 0
    assert editions.is_kept(data, ID)
    kept = small_book.files(editions.folder(data, ID))
    status, out = walked(capsys, "--yes")
    assert status == 0 and "is published and kept" in out and small_book.files(editions.folder(data, ID)) == kept


def test_where_nobody_can_answer_nothing_is_published(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = walked(capsys)
    assert status == 1 and "add --yes" in out and not editions.is_kept(data, ID)


def test_a_person_is_asked_and_may_say_no(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "n")
    assert walked(capsys)[0] == 1 and asked == [f"publish edition {ID}? [y/N] "] and not editions.is_kept(data, ID)
    monkeypatch.setattr("builtins.input", lambda question: "y")
    assert walked(capsys)[0] == 0 and editions.is_kept(data, ID)


def test_what_is_due_stops_the_walk_until_it_is_spoken_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    due_row(data)
    status, out = walked(capsys, "--yes")
    assert status == 1 and "2. due: stops here." in out and "still-due.txt" in out and not editions.is_kept(data, ID)
    (data.parent / "still-due.txt").write_text("lab-revenue-run-rate 2026-05 the lab is late\n", encoding="utf-8")
    assert cli.main(["publish", ID, "--yes"]) == 1
    assert "still-due.txt:1: found 'lab-revenue-run-rate 2026-05 the lab is late'" in capsys.readouterr().err
    (data.parent / "still-due.txt").write_text("lab-revenue-run-rate 2026-05: the lab is late\n", encoding="utf-8")
    assert walked(capsys, "--yes")[0] == 0 and editions.is_kept(data, ID)
    assert cli.main(["due", "--on", "2026-06-30"]) == 0
    assert "; waited for: the lab is late" in capsys.readouterr().out


def test_what_is_spoken_for_and_not_due_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data.parent / "still-due.txt").write_text("# why\nlab-margin 2020: never\n", encoding="utf-8")
    assert cli.main(["due"]) == 0
    assert "still-due.txt: lab-margin 2020 is not due; delete the line" in capsys.readouterr().out


def test_a_problem_on_a_page_stops_the_walk(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = data.parent / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nIt sold 12 of them.\n", encoding="utf-8")
    status, out = walked(capsys, "--yes")
    assert status == 1 and "1. check: stops here. 1 problem(s)" in out and "index.md:" in out
    assert not editions.is_kept(data, ID)


def test_text_that_has_moved_is_accepted_on_the_way(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["accept"]) == 0
    page = data.parent / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("It all begins", "All of it begins"), encoding="utf-8")
    capsys.readouterr()
    status, out = walked(capsys, "--yes")
    assert status == 0 and "3. text: has moved since it was accepted" in out and "accepted: tests/reference" in out
    assert "All of it begins" in editions.texts(data, ID)["premise"]


def test_text_that_was_accepted_and_has_not_moved_is_not_asked_about(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["accept"]) == 0
    capsys.readouterr()
    status, out = walked(capsys, "--yes")
    assert status == 0 and "3. text: as it was accepted" in out and "accepted: tests/reference" not in out


WIDTH = 72
LONG = "It runs, said the lab to whoever would listen to it in the spring of that long year, at {eval}`pace` a year, and to nobody else."


def test_in_a_terminal_no_line_is_wider_than_it_and_the_words_that_changed_are_seen(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_book.edit(data.parent / "index.md", lambda text: text.replace("## The pace\n", f"## The pace\n\n{LONG}\n"))
    assert accept.accept(data.parent) == 0
    small_book.append(data, period="2026-05", published="2026-06-20", value="45", tag="reported", recorded="2026-07-01")
    monkeypatch.setattr(reports, "width", lambda: WIDTH)
    capsys.readouterr()
    status, out = walked(capsys, "--dry-run")
    wider = [line for line in out.splitlines() if len(line) > WIDTH]
    assert status == 1 and not [line for line in wider if len(line.split()) > 1], out  # a path is not divided
    one_line = " ".join(out.split())
    assert "that long year, at *$45 billion* a year" in one_line  # the sentence to read
    assert "pace was [estimated, exactly] and is [reported, exactly]" in one_line
    assert "at [-$47-]{+$45+} billion a year" in one_line  # what moved
    assert one_line.count("Read each sentence, mend it where it is no longer true") == 1


def test_where_there_is_no_terminal_each_thing_is_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_book.edit(data.parent / "index.md", lambda text: text.replace("## The pace\n", f"## The pace\n\n{LONG}\n"))
    assert accept.accept(data.parent) == 0
    small_book.append(data, period="2026-05", published="2026-06-20", value="45", tag="reported", recorded="2026-07-01")
    capsys.readouterr()
    _, out = walked(capsys, "--dry-run")
    assert [
        line
        for line in out.splitlines()
        if "It runs, said the lab" in line and "*$45 billion* a year, and to nobody" in line
    ]
