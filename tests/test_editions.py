"""A published edition stays: it is written whole or not at all, and whoever changes what it rests on is named."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import dying
import pytest
import small_book

from frontier_calc import rulers, words
from frontier_calc.press import accept, cli, diff, editions, moments, verify, weave
from frontier_calc.record import reading

pytestmark = pytest.mark.slow

ID = "2026-06"


@pytest.fixture
def published(data: Path) -> Path:
    """The same with one published edition."""
    editions.publish(data.parent, data, ID)
    return data


@pytest.fixture
def unwoven() -> Iterator[None]:
    """No page is remembered from before a change of the code, nor after it."""
    weave._woven.clear()
    yield
    weave._woven.clear()


def texts(on: reading.Reading, root: Path) -> dict[str, str]:
    return {page.page.name: page.text for page in weave.weave_all(on, root)}


# Publishing.


def test_a_published_edition_says_what_was_read_before_it_was_published_with_its_pins(data: Path) -> None:
    before = texts(reading.edition("working", data), data.parent)
    assert "about" not in before["premise"] and "$47 billion" in before["premise"]  # the pin holds against the rule
    editions.publish(data.parent, data, ID)
    assert editions.texts(data, ID) == before
    assert texts(reading.edition(ID, data), data.parent) == before
    pins = [row for row in editions.table(data / "pins.csv").values() if row["edition"] == ID]
    assert [pin["reason"] for pin in pins] == ["The text quotes it."]


def test_a_kept_edition_holds_text_figures_data_hashes_and_room_for_errata(published: Path) -> None:
    kept = editions.folder(published, ID)
    names = {path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()}
    assert {"text/premise.txt", "text/about.txt", "figures.json", "hash.txt", "errata.md"} <= names
    assert small_book.files(kept / "data") == small_book.files(published)
    figure = json.loads((kept / "figures.json").read_text("utf-8"))["figures"]["premise/month"]
    assert figure["words"] == "$3.92 billion" and figure["ruler"] == "run-rate, gross" and figure["tag"] == "estimated"
    row = figure["rows"][0]
    assert row["identity"] == "lab-revenue-run-rate|2026-04|2026-05-20|wire" and row["outlet"] == "The Wire, 2 May 2026"
    assert (row["known"], row["tag"]) == ("2026-05-20", "estimated")


def test_its_hashes_are_those_that_sha256sum_checks(published: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    import subprocess

    done = subprocess.run(["sha256sum", "--check", "--strict", "hash.txt"], cwd=editions.folder(published, ID))
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("id", "options", "said"),
    [
        ("2026-13", [], "'2026-13' is not a year and month"),
        ("June", [], "'June' is not a year and month"),
        ("2026-05", ["--as-of", "2026-05-30"], "edition 2026-05 is read on 2026-05-31 in editions.csv"),
        ("2026-06", ["--as-of", "2026-05-31"], "2026-05-31 is no later than 2026-05-31"),
        ("2026-06", ["--as-of", "soon"], "a date such as"),
    ],
)
def test_what_cannot_be_published_is_refused_and_changes_nothing(data: Path, capsys, id, options, said) -> None:
    before = small_book.files(data.parent)
    assert cli.main(["edition", "new", id, *options]) == 1
    assert said in capsys.readouterr().err
    assert small_book.files(data.parent) == before


def test_an_edition_that_has_its_row_and_of_which_nothing_was_kept_is_kept_as_it_reads_and_closes_now(
    data: Path,
) -> None:
    closing = max(row.recorded for row in reading.edition("working", data).store.observations)
    row = next(row for row in editions.table(data / "editions.csv").values() if row["edition"] == "2026-05")
    pins = (data / "pins.csv").read_text(encoding="utf-8")
    editions.publish(data.parent, data, "2026-05")
    now = next(row for row in editions.table(data / "editions.csv").values() if row["edition"] == "2026-05")
    assert now == row | {"closing": closing.isoformat()}
    assert (data / "pins.csv").read_text(encoding="utf-8") == pins
    assert editions.texts(data, "2026-05") == texts(reading.edition("2026-05", data), data.parent)
    assert verify.verify(data).lines == []
    with pytest.raises(editions.EditionError, match="there is an edition 2026-05 already"):
        editions.publish(data.parent, data, "2026-05")


def test_an_edition_does_without_a_pin_when_it_is_told_so_and_says_which_it_keeps(data: Path, capsys) -> None:
    assert cli.main(["edition", "new", ID, "--without-pin", "lab-margin"]) == 1
    assert "no pin in force on 'lab-margin'; expected one of lab-revenue-run-rate" in capsys.readouterr().err
    assert cli.main(["edition", "new", ID, "--without-pin", "lab-revenue-run-rate"]) == 0
    assert "goes on being held" not in capsys.readouterr().out
    assert not [row for row in editions.table(data / "pins.csv").values() if row["edition"] == ID]
    assert [row for row in editions.table(data / "pins.csv").values() if row["edition"] == "2026-05"]
    assert verify.verify(data).lines == []


def test_an_edition_is_not_published_twice(published: Path, capsys) -> None:
    before = small_book.files(published.parent)
    assert cli.main(["edition", "new", ID]) == 1
    assert "a published edition is not rewritten" in capsys.readouterr().err
    assert small_book.files(published.parent) == before


def test_a_page_that_cannot_be_woven_stops_publishing_by_name(data: Path, capsys) -> None:
    small_book.edit(data.parent / "about.md", lambda text: text + "\n{eval}`nothing`\n")
    before = small_book.files(data.parent)
    assert cli.main(["edition", "new", ID]) == 1
    assert "about.md:" in capsys.readouterr().err
    assert small_book.files(data.parent) == before


def test_a_disk_that_refuses_is_told_in_a_line_and_leaves_what_was_there(data: Path, capsys, monkeypatch) -> None:
    import os

    before = small_book.files(data.parent)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device", "text/premise.txt")

    monkeypatch.setattr(os, "fsync", full)
    assert cli.main(["edition", "new", ID]) == 1
    assert capsys.readouterr().err == "frontier: text/premise.txt could not be written: no space left on device\n"
    assert small_book.files(data.parent) == before
    assert cli.main(["accept"]) == 1
    assert small_book.files(data.parent).keys() - before.keys() <= {"tests/.reference.new/2026-05/premise.txt"}


def test_an_earlier_day_may_be_published(data: Path) -> None:
    small_book.append(data, period="2026-06", published="2026-07-02", value="60", recorded="2026-07-03")
    editions.publish(data.parent, data, ID, as_of="2026-06-30")
    assert "$60 billion" not in editions.texts(data, ID)["premise"]
    assert texts(reading.edition(ID, data), data.parent) == editions.texts(data, ID)


def test_of_two_that_publish_at_once_one_is_refused(data: Path) -> None:
    import os

    children = []
    for _ in range(2):
        child = os.fork()
        if not child:
            status = 1
            try:
                editions.publish(data.parent, data, ID)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    statuses = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert statuses == [0, 1]
    assert sum(row["edition"] == ID for row in editions.table(data / "editions.csv").values()) == 1
    assert verify.verify(data).lines == []


# Killed while publishing.


@pytest.mark.parametrize("moment", [1, 2, 5, 9, 13, 15, *range(16, 24)])
def test_publishing_that_is_killed_leaves_the_old_state_or_the_new_one_and_the_next_run_tells(
    data: Path, capsys, moment: int
) -> None:
    before = small_book.files(data)
    was_killed = dying.killed_at(moment, lambda: editions.publish(data.parent, data, ID))
    left = list(editions.shelf(data).glob(".*")) if editions.shelf(data).exists() else []
    assert cli.main(["find", "margin"]) == 0
    told = capsys.readouterr().err
    assert bool(left) == ("publishing 2026-06 had been stopped" in told)
    assert not list(editions.shelf(data).glob(".*")) and not list(data.glob(".*"))
    if editions.is_kept(data, ID):
        assert ID in reading.edition("working", data).store.editions
        assert texts(reading.edition(ID, data), data.parent) == editions.texts(data, ID)
    else:
        assert was_killed and small_book.files(data) == before
        editions.publish(data.parent, data, ID)
    assert verify.verify(data).lines == []


# Eight ways to change a published edition.


def test_a_row_recorded_on_the_closing_day_but_after_publication_is_not_in_the_edition_and_is_told(
    published: Path, capsys
) -> None:
    before = editions.texts(published, ID)
    small_book.append(published, published="2026-05-25", value="50", recorded="2026-06-30")
    assert editions.texts(published, ID) == before
    status = cli.main(["check"])
    out = capsys.readouterr().out
    assert status == 0, out
    assert out.count("was entered after publication and is not in the edition [2026-06]") == 1
    assert "data/observations.csv, row 6: 'lab-revenue-run-rate, 2026-04, 2026-05-25, 50'" in out


def test_such_a_row_is_told_until_a_later_edition_has_it(published: Path) -> None:
    small_book.append(published, period="2026-05", published="2026-06-20", value="50", recorded="2026-06-30")
    assert len(verify.verify(published).told) == 1
    editions.publish(published.parent, published, "2026-07")
    assert verify.verify(published).told == []


CHANGES = {
    "an edited row": (
        "observations.csv", lambda text: text.replace("2026-05-20,47,", "2026-05-20,48,"),
        "data/observations.csv, row 3, column value: found '48', published '47'; put it back: a revision is a new row",
    ),
    "a deleted row": (
        "observations.csv", lambda text: "".join(line for line in text.splitlines(True) if "lab-margin" not in line),
        "data/observations.csv: the row 'lab-margin, Q1-2026, 2026-06-15, 40'",
    ),
    "an edited day": (
        "observations.csv", lambda text: text.replace("2026-06-15", "2026-06-14"),
        "data/observations.csv, row 5, column published: found '2026-06-14', published '2026-06-15'",
    ),
    "a dropped pin": (
        "pins.csv", lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("2026-06")),
        "data/pins.csv: the row '2026-06, lab-revenue-run-rate, latest, 2026-04'",
    ),
    "a changed pin": (
        "pins.csv", lambda text: text.replace("2026-06,lab-revenue-run-rate,latest,2026-04,2026-05-20",
                                              "2026-06,lab-revenue-run-rate,latest,2026-04,2026-05-02"),
        "data/pins.csv, row 3, column published: found '2026-05-02', published '2026-05-20'",
    ),
    "an added pin": (
        "pins.csv", lambda text: text + "2026-06,lab-margin,latest,Q1-2026,2026-06-15,wire,Late.\n",
        "data/pins.csv, row 4: '2026-06, lab-margin, latest, Q1-2026' was added to a published edition",
    ),
    "a changed edition": (
        "editions.csv", lambda text: text.replace("June 2026", "Midsummer"),
        "data/editions.csv, row 3, column title: found 'Midsummer', published 'June 2026'",
    ),
    "a landmark": (
        "landmarks.csv", lambda text: text.replace(",13,", ",14,"),
        "data/landmarks.csv, row 2, column value: found '14', published '13'; put it back: what an edition",
    ),
    "an event": ("events.csv", lambda text: text.replace("Launched", "Shelved"), "data/events.csv, row 2, column what"),
    "a source": ("sources.csv", lambda text: text.replace("The Wire", "A Wire"), "data/sources.csv, row 2, column outlet"),
    "a series": ("series.csv", lambda text: text.replace("Lab margin", "A margin"), "data/series.csv, row 3, column title"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_published_edition_rests_on_cannot_be_changed_in_silence(published: Path, capsys, name: str) -> None:
    file, change, said = CHANGES[name]
    before = editions.texts(published, ID)
    small_book.edit(published / file, change)
    assert editions.texts(published, ID) == before
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert said in out and "[published in 2026-06]" in out


def test_rows_may_be_sorted_and_tables_may_gain_columns(published: Path) -> None:
    def reversed_rows(text: str) -> str:
        header, *rows = text.splitlines(True)
        return header + "".join(reversed(rows))

    small_book.edit(published / "observations.csv", reversed_rows)
    small_book.edit(published / "series.csv", lambda text: "\n".join(f"{row},x" for row in text.splitlines()) + "\n")
    assert verify.verify(published).lines == []


def test_a_row_of_two_editions_is_told_once_and_names_both(published: Path) -> None:
    small_book.append(published, period="2026-06", published="2026-07-02", value="50", recorded="2026-07-03")
    editions.publish(published.parent, published, "2026-07")
    small_book.edit(published / "observations.csv", lambda text: text.replace("2026-05-20,47,", "2026-05-20,48,"))
    (line,) = verify.verify(published).lines
    assert line.endswith("[published in 2026-06, 2026-07]")


@pytest.mark.parametrize("file", ["text/premise.txt", "figures.json", "passages.json", "data/observations.csv"])
def test_a_kept_file_that_was_changed_is_named(published: Path, file: str) -> None:
    path = editions.folder(published, ID) / file
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    (line,) = verify.verify(published).lines
    assert line.startswith(f"editions/2026-06/{file}: found another text than was published")
    path.unlink()
    assert any("found no file" in line for line in verify.verify(published).lines)


def test_an_added_file_is_named_and_errata_may_be_written(published: Path) -> None:
    (editions.folder(published, ID) / "errata.md").write_text("A comma was missing.\n", "utf-8")
    assert verify.verify(published).lines == []
    (editions.folder(published, ID) / "text" / "more.txt").write_text("More.\n", "utf-8")
    assert "found a file that was not published" in verify.verify(published).lines[0]


def changed_prose(root: Path) -> list[diff.Change]:
    return moments.compare(moments.find(ID, root), moments.find("working", root))


def test_changed_prose_leaves_the_kept_text_alone_and_is_told_by_the_comparison(published: Path, capsys) -> None:
    before = editions.texts(published, ID)
    small_book.edit(published.parent / "index.md", lambda text: text.replace("The rest stays", "All of it stays"))
    assert editions.texts(published, ID) == before
    assert cli.main(["text", "premise", "--edition", ID]) == 0
    assert capsys.readouterr().out == before["premise"] + "\n"
    assert cli.main(["text", "sources", "--edition", ID]) == 1
    assert "edition 2026-06 has no page 'sources', expected one of premise, about" in capsys.readouterr().err
    (change,) = changed_prose(published.parent)
    assert (change.page, change.heading, change.causes) == ("premise", "The pace", (diff.PROSE,))


def test_changed_code_leaves_the_kept_text_alone_and_is_told_by_the_comparison(
    published: Path, monkeypatch: pytest.MonkeyPatch, unwoven
) -> None:
    before = editions.texts(published, ID)
    monkeypatch.setattr(rulers, "per_month", lambda pace, months: pace)
    assert editions.texts(published, ID) == before
    assert {change.causes for change in changed_prose(published.parent)} == {(diff.CODE,)}


def test_a_changed_words_table_leaves_the_kept_text_alone_and_is_told_by_the_comparison(
    published: Path, monkeypatch: pytest.MonkeyPatch, unwoven
) -> None:
    before = editions.texts(published, ID)
    plain = words.STYLES["plain"]
    monkeypatch.setitem(words.STYLES, "plain", lambda figure: plain(figure).replace("billion", "bn"))
    assert editions.texts(published, ID) == before
    changes = changed_prose(published.parent)
    assert changes and {change.causes for change in changes} == {(diff.CODE,)}


def test_accepting_never_touches_what_a_published_edition_said(published: Path) -> None:
    before = small_book.files(editions.folder(published, ID))
    small_book.edit(published.parent / "index.md", lambda text: text.replace("The rest stays", "All of it stays"))
    assert accept.accept(published.parent) == 0
    assert small_book.files(editions.folder(published, ID)) == before
    assert ID not in {path.parent.name for path in accept.golden(published.parent).rglob("*.txt")}


def restated(header: str, line: str, **cells: str) -> str:
    """A line of the series file, with the successor that a restatement brings, or with other cells."""
    changed = cells or {"succeeded_by": f"{small_book.PACE}-restated", "succeeded_from": "2026-07-01"}
    return ",".join((dict(zip(header.split(","), line.split(","), strict=True)) | changed).values())


def test_why_a_series_is_kept_may_be_said_after_an_edition(published: Path) -> None:
    header, first, *rest = (published / "series.csv").read_text("utf-8").splitlines()
    told = restated(header, first, kept_for="another count of what a chapter tells")
    (published / "series.csv").write_text("\n".join([header, told, *rest]) + "\n", "utf-8")
    assert verify.verify(published).lines == []


def test_a_series_may_be_succeeded_after_an_edition_and_what_was_published_stays(published: Path, capsys) -> None:
    kept = editions.texts(published, ID)
    header, first, *rest = (published / "series.csv").read_text("utf-8").splitlines()
    newer = first.replace(small_book.PACE, f"{small_book.PACE}-restated", 1)
    succeeded = restated(header, first)
    (published / "series.csv").write_text("\n".join([header, succeeded, *rest, newer]) + "\n", "utf-8")
    found = verify.verify(published)
    assert not found.lines, found.lines
    (note,) = found.told
    assert note.startswith(
        f"data/series.csv, row 2: {small_book.PACE} has been succeeded since by {small_book.PACE}-restated"
    )
    assert editions.texts(published, ID) == kept


def test_a_successor_that_was_published_is_not_changed(data: Path) -> None:
    header, first, *rest = (data / "series.csv").read_text("utf-8").splitlines()
    newer = first.replace(small_book.PACE, f"{small_book.PACE}-restated", 1)
    succeeded = restated(header, first)
    (data / "series.csv").write_text("\n".join([header, succeeded, *rest, newer]) + "\n", "utf-8")
    editions.publish(data.parent, data, ID)
    small_book.edit(data / "series.csv", lambda text: text.replace("2026-07-01", "2026-05-01"))
    (problem,) = verify.verify(data).lines
    assert "row 2, column succeeded_from: found '2026-05-01', published '2026-07-01'" in problem


def test_a_name_that_came_after_an_edition_is_not_known_to_it_and_is_no_mistake(published: Path) -> None:
    header, first, *rest = (published / "series.csv").read_text("utf-8").splitlines()
    newer = first.replace(small_book.PACE, "lab-later", 1)
    (published / "series.csv").write_text("\n".join([header, first, *rest, newer]) + "\n", "utf-8")
    for name in ("events", "landmarks"):
        small_book.edit(
            published / f"{name}.csv", lambda text: text + f"later,{text.splitlines()[-1].partition(',')[2]}\n"
        )
    on = reading.edition(ID, published)
    assert not on.awaited("lab-later").is_known
    assert not on.awaited_event("later").is_known
    assert not on.landmark("later").is_known
    with pytest.raises(reading.UnknownError, match=r"no series 'lab-latr'.*did you mean lab-later"):
        on.awaited("lab-latr")
    today = reading.edition("working", published)
    assert today.awaited_event("later").is_known and today.landmark("later").is_known
