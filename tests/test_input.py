"""What spreadsheets, editors and merges make of the files is read, or refused in one line that names cause and remedy."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from making import REAL, write_table

from frontier_calc.press import pages, reports, weave
from frontier_calc.record import cells, reading, tables
from frontier_calc.record.remarks import remarks
from frontier_calc.record.store import Store
from frontier_calc.record.tables import DataError
from frontier_calc.table import TABLE

SERIES = "lab-revenue-run-rate"
NEXT_YEAR = cells.today() + timedelta(days=366)


def problems(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        Store(folder)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


def saved(folder: Path, file: str, change) -> Path:
    """A folder in which a program has saved one file anew: ``change`` is given its rows and what it returns is written."""
    path = folder / f"{file}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    path.write_text(change(rows), encoding="utf-8")
    return folder


def joined(rows: list[list[str]], delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(row) for row in rows) + "\n"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the book's data."""
    return Path(shutil.copytree(REAL, tmp_path / "whole"))


# Read


def test_empty_cells_that_a_program_drops_at_the_end_of_a_row_are_added_again(folder) -> None:
    short = saved(folder(), "observations", lambda rows: joined([rows[0], *(row[:-1] for row in rows[1:])]))
    assert Store(short).observations == Store(folder()).observations


def test_a_row_that_ends_before_a_cell_that_must_not_be_empty_is_named(folder) -> None:
    short = saved(folder(), "observations", lambda rows: joined([rows[0], *(row[:-2] for row in rows[1:])]))
    assert problems(short)[0].startswith("observations.csv, row 2, column -: found '11 cells', expected 13 cells")


def test_columns_without_name_and_cells_say_nothing(folder) -> None:
    wide = saved(folder(), "observations", lambda rows: joined([[*row, "", "", ""] for row in rows]))
    assert Store(wide).observations == Store(folder()).observations
    split = saved(folder(), "observations", lambda rows: joined([[*row[:3], "", *row[3:]] for row in rows]))
    assert Store(split).observations == Store(folder()).observations


def test_a_column_without_a_name_that_holds_something_is_named(folder) -> None:
    odd = saved(folder(), "observations", lambda rows: joined([[*rows[0], ""], *([*row, "why?"] for row in rows[1:])]))
    assert problems(odd) == [
        "observations.csv, row 1, column (no name): found '', expected a name for this column, or no cells in it"
    ]


def test_a_withdrawal_may_stand_above_the_row_that_it_withdraws(folder) -> None:
    rows = [{"value": "", "recorded": "2026-07-01"}, {"period": "2026-03", "published": "2026-04-02"}, {}]
    store = Store(folder(observations=rows))
    assert [row.period.text for row in reading.Reading(store, date(2026, 8, 1)).known(SERIES)] == ["2026-03"]


def test_a_withdrawal_recorded_before_its_row_withdraws_nothing(folder) -> None:
    rows = [{"value": "", "recorded": "2026-06-29"}, {}]
    assert problems(folder(observations=rows)) == [
        "observations.csv, row 2, column value: found '', "
        "expected a number; only a correction of an earlier row may be empty, which withdraws it"
    ]


# Refused in one line


def test_a_spreadsheet_that_rewrites_every_date_is_one_problem(whole) -> None:
    def american(text: str) -> str:
        try:
            day = date.fromisoformat(text)
            return f"{day.month}/{day.day}/{day.year}"
        except ValueError:
            return text

    path = whole / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name: american(text) for name, text in row.items()} for row in csv.DictReader(file)]
    write_table(path, rows)
    (line,) = problems(whole)
    assert line.startswith("observations.csv, row 2, column published: found '9/26/2025', expected dates such as ")
    assert "a spreadsheet has rewritten them" in line and "every column as text" in line and "cells)" in line


@pytest.mark.parametrize(
    "typed", ["26.09.2025", "26/09/25", "2025/09/26", "2025-09-26 00:00:00", "Sep-25", "26-Sep-2025", "45926"]
)
def test_a_date_of_every_country_is_seen_as_a_spreadsheets(folder, typed) -> None:
    rows = [{"period": f"2026-0{month}", "published": typed} for month in (1, 2, 3)]
    (line,) = problems(folder(observations=rows))
    assert "a spreadsheet has rewritten them" in line and "(3 cells)" in line


def test_one_date_typed_wrongly_is_no_spreadsheet(folder) -> None:
    (line,) = problems(folder(observations=[{"published": "06/04/2026"}]))
    assert line.endswith("expected a date such as 2026-04-06, or a month such as 2026-04")


def test_signs_read_in_the_wrong_code_are_one_problem_for_each_column(whole) -> None:
    for path in whole.glob("*.csv"):
        path.write_text(path.read_bytes().decode("cp1252", "replace"), encoding="utf-8")
    lines = problems(whole)
    assert all("expected the signs as they were written" in line for line in lines)
    assert any(line.startswith("events.csv, row 2, column what: found 'â€™'") for line in lines)
    assert len(lines) < 20


@pytest.mark.parametrize("text", ["’", "é", "ü", "£", "–", "€", "”", "ñ", "Š", "→", "日", "😀"])
@pytest.mark.parametrize("code", ["cp1252", "latin-1"])
def test_a_sign_in_utf_8_read_as_windows_text_is_seen(folder, text, code) -> None:
    garbled = "".join(
        bytes([byte]).decode(code) if code == "latin-1" or byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in f"so {text} much".encode()
    )
    if text in "→日" and code == "latin-1":
        pytest.skip("their first byte begins no sign of our languages")
    if text == "日":
        pytest.skip("no language of ours")
    (line,) = problems(folder(observations=[{"note": garbled}]))
    assert "column note" in line and "as another code" in line


@pytest.mark.parametrize(
    "text",
    ["Zhipu’s café", "“MENÜ” and ‘É’", "Ångström", "naïve, Škoda", "Ölç", "¥ 5 × 3 ÷ 2 − 1 → 2", "“Älter” – “Ärger”"],
)
def test_words_of_many_languages_are_not_taken_for_garbled_ones(folder, text) -> None:
    assert Store(folder(observations=[{"note": text}])).observations[0].note == text


def test_the_marks_of_a_merge_are_one_problem(folder) -> None:
    def merging(rows: list[list[str]]) -> str:
        ours, theirs = (joined([row]) for row in (rows[1], rows[1]))
        return f"{joined([rows[0]])}<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n"

    assert problems(saved(folder(), "observations", merging)) == [
        "observations.csv, row 2, column -: found '<<<<<<< HEAD', expected one side of the merge: "
        "choose between the rows, and delete the lines <<<<<<<, ======= and >>>>>>>"
    ]
    # Also where only the line in the middle is left.
    (line,) = problems(saved(folder(), "observations", lambda rows: f"{joined(rows)}=======\n"))
    assert line.startswith("observations.csv, row 3, column -: found '=======', expected one side of the merge")


def test_the_marks_of_a_merge_in_a_page_are_named_and_not_published(tmp_path, folder) -> None:
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (tmp_path / "index.md").write_text("# A page\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> b\n", encoding="utf-8")
    page = pages.all_pages(tmp_path)[0]
    on = reading.edition("2026-05", folder())
    with pytest.raises(pages.PageError, match=r"index\.md:3: found '<<<<<<< HEAD', expected one side of the merge"):
        weave.weave(page, on)
    # A heading underlined by = is none.
    assert tables.conflict_marker("A page\n=======\n", prose=True) is None


@pytest.mark.parametrize(
    ("typed", "expected"), [("13.196", "13196 or 13.1960"), ("13,196", "13196 or 13.1960"), ("1.000", "1000 or 1.0000")]
)
def test_a_number_that_may_be_thousands_or_decimals_is_asked_about(folder, typed, expected) -> None:
    german = saved(
        folder(landmarks=[{"value": "VALUE", "unit": "USD mn"}]),
        "landmarks",
        lambda rows: joined(rows, ";").replace("VALUE", typed),
    )
    assert problems(german) == [
        f"landmarks.csv, row 2, column value: found {typed!r}, expected {expected}: "
        f"in a file with ';' between its cells {typed!r} may be thousands or decimals"
    ]


@pytest.mark.parametrize(
    ("typed", "beside", "value"),
    [
        ("13.196", "30,5", 13196),  # the other number shows that commas mark decimals
        ("13,196", "30,5", 13.196),
        ("13.196,5", "14", 13196.5),
        ("1.234.567", "14", 1234567),
        ("13.196", "30.5", 13.196),  # and here points do
        ("0,381", "14", 0.381),
        ("0.381", "14", 0.381),
    ],
)
def test_another_number_of_the_file_tells_which_mark_is_the_decimal_one(folder, typed, beside, value) -> None:
    marks = [{"value": "VALUE", "unit": "USD mn"}, {"landmark": "other", "value": "BESIDE", "unit": "USD mn"}]
    german = saved(
        folder(landmarks=marks),
        "landmarks",
        lambda rows: joined(rows, ";").replace("VALUE", typed).replace("BESIDE", beside),
    )
    assert Store(german).landmarks["carrier"].value == value


@pytest.mark.parametrize(
    ("file", "column"),
    [
        *[("observations", "recorded"), ("observations", "published"), ("sources", "retrieved")],
        *[("sources", "published"), ("events", "recorded"), ("landmarks", "published")],
        *[("editions", "closing"), ("editions", "as_of")],
    ],
)
def test_a_day_that_has_not_come_is_refused(folder, file, column) -> None:
    assert any(
        f"{file}.csv, row 2, column {column}: found '{NEXT_YEAR}', expected a day" in line and "that has come" in line
        for line in problems(folder(**{file: [{column: str(NEXT_YEAR)}]}))
    )


def test_a_month_that_is_still_running_has_come(folder) -> None:
    month = f"{cells.latest_day():%Y-%m}"
    assert Store(folder(observations=[{"published": month, "recorded": str(cells.today())}])).observations


def test_a_clock_that_runs_behind_accuses_no_row(monkeypatch) -> None:
    monkeypatch.setattr(cells, "today", lambda: date(2020, 1, 1))
    assert cells.has_come("2026-11-25")


def test_a_booklet_of_a_header_alone_is_refused_at_once(whole) -> None:
    path = whole / "booklet.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    table = tables.read(whole, "booklet.csv", tables.schemas(whole)["booklet.csv"])
    assert [str(problem) for problem in table.problems] == [
        "booklet.csv, row 1, column -: found 'a header alone', expected at least one row below the header"
    ]


# Named, though it can be used


def test_rows_of_another_day_than_their_source_are_named(folder) -> None:
    rows = [
        {"published": "2026-05-01"},
        {"period": "2026-03", "published": "2026-05-03"},
        {"period": "2026-02", "published": "2026-05"},  # a month is none other than a day of it
        {"period": "2026-01", "published": "2026-05-01", "note": "confirmed: an early copy was sent out"},
    ]
    assert [str(remark) for remark in remarks(Store(folder(observations=rows)))] == [
        "observations.csv, row 2, column published: found '2026-05-01', "
        "expected 2026-05-02, the day of its source wire: the row is known before it",
        "observations.csv, row 3, column published: found '2026-05-03', "
        "expected 2026-05-02, the day of its source wire: the row is known after it",
    ]


def test_what_is_known_before_its_source_in_the_record_is_named() -> None:
    before = [remark.row for remark in remarks(Store(REAL)) if remark.expected.endswith("known before it")]
    assert before == [349, 373, 374]


def test_a_corrected_day_of_publication_needs_the_wrong_row_withdrawn(folder) -> None:
    wrong = {"published": "2026-05-20", "value": "13"}
    right = {"published": "2026-05-02", "value": "30", "recorded": "2026-07-01"}
    two = Store(folder(observations=[wrong, right]))
    assert reading.Reading(two, date(2026, 8, 1)).latest(SERIES).value == 13e9  # the later publication, which is wrong
    (told,) = [remark for remark in remarks(two) if "Withdraw" in remark.expected]
    assert str(told) == (
        "observations.csv, row 3, column published: found '2026-05-02', expected the day of row 2, 2026-05-20, which "
        "tells the same of the same source. Withdraw the one whose day is wrong: repeat its series, period, published "
        "and source with a later 'recorded' and no value"
    )
    withdrawn = Store(folder(observations=[wrong, right, wrong | {"value": "", "recorded": "2026-07-01"}]))
    assert reading.Reading(withdrawn, date(2026, 8, 1)).latest(SERIES).value == 30e9
    assert remarks(withdrawn) == []


def test_a_currency_for_which_the_words_have_no_sign_is_named(folder, monkeypatch) -> None:
    monkeypatch.setitem(TABLE, "currencies", {"EUR": "€"})
    assert [str(remark) for remark in remarks(Store(folder()))] == [
        "series.csv, row 2, column unit: found 'USD', expected a sign for it: "
        'frontier_calc/words.json has none under "currencies", so it is told as USD'
    ]


# How it is told


def test_at_most_fifty_problems_of_the_pages_are_shown_and_one_cause_once() -> None:
    renamed = [f"ledgers/{n}.md:{n}: no series 'lab' in data/series.csv" for n in range(1, 8)]
    typed = [f"ledgers/1.md:{n}: found the typed number '{n}'" for n in range(80)]
    told = reports.in_brief([*renamed, *typed])
    assert told[0].startswith("ledgers/1.md:1: no series 'lab' in data/series.csv (7 places: ledgers/1.md:1, ")
    assert (len(told), told[-1]) == (51, "... and 31 more")
