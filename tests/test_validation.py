"""What is wrong with the data is told all at once, each problem with file, row, column, found and expected."""

import csv
import json

import pytest
from making import ROWS

from frontier_calc import dates
from frontier_calc.record.store import Store
from frontier_calc.record.tables import DataError

SERIES, FLOW = "lab-revenue-run-rate", "lab-revenue-recognised"


def problems(folder) -> list[str]:
    """The lines in which an author is told what is wrong with a folder."""
    with pytest.raises(DataError) as caught:
        Store(folder)
    first, *lines = str(caught.value).splitlines()
    assert first == f"{len(caught.value.problems)} problem(s) in the data:"
    return [line.strip() for line in lines]


def edit(path, old: str, new: str) -> None:
    """Replace some text in a file, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_small_folder_without_mistakes_is_read(folder):
    store = Store(folder(pins=[{}]))
    assert [(row.series.id, row.value, row.period.text) for row in store.observations] == [(SERIES, 30e9, "2026-04")]


# One cell at a time: the file, the column, what was typed, and what the author is told.

NUMBER = "a number such as 30 or 2.5, without a unit or thousands separators"
UNITS = "write 'USD'"
NOT_BEGUN = "2026-04-01 or later: the period 2026-04 was not over; or the tag projected"
PERIOD = dates.EXPECTED_PERIOD
DAY = "a date such as 2026-04-06, or a month such as 2026-04"
TAGS = "one of reported, estimated, projected, illustrative"

CELLS = [
    # Names that do not exist; what was meant is suggested.
    (
        "observations",
        "series",
        "lab-revenue-runrate",
        f"a series of data/series.csv; did you mean {SERIES}?; a new one needs a row there",
    ),
    (
        "observations",
        "source",
        "wires",
        "a source of data/sources.csv; did you mean wire?; a new one needs a row there",
    ),
    ("observations", "source", "zzz", "a source of data/sources.csv; a new one needs a row there"),
    ("events", "source", "wirre", "a source of data/sources.csv; did you mean wire?; a new one needs a row there"),
    ("landmarks", "source", "wirre", "a source of data/sources.csv; did you mean wire?; a new one needs a row there"),
    (
        "pins",
        "series",
        "lab-revenue-run-rates",
        f"a series of data/series.csv; did you mean {SERIES}?; a new one needs a row there",
    ),
    (
        "pins",
        "edition",
        "2026-06",
        "an edition of data/editions.csv; did you mean 2026-05?; a new one needs a row there",
    ),
    # Words that are not among those allowed.
    ("observations", "tag", "leaked", TAGS),
    ("observations", "tag", "Reported", TAGS),
    ("observations", "qualifier", "at least", "one of exactly, about, over, under, up to"),
    ("observations", "confidence", "good", "one of high, medium, low"),
    ("observations", "unit", "USD tn", f"one of the spellings of {SERIES}: USD bn, USD mn"),
    ("observations", "unit", "EUR bn", f"one of the spellings of {SERIES}: USD bn, USD mn"),
    ("sources", "voice", "blog", "one of filing, company, investor, rival, press, research firm, booklet"),
    ("sources", "access", "free", "one of open, paywalled, leaked"),
    ("series", "kind", "rate", "one of instant, month, flow"),
    ("series", "channel", "brutto", "one of gross, net"),
    ("events", "confirmed", "maybe", "one of yes, no"),
    # Cells that must not be empty.
    ("observations", "tag", "", "a text; this cell must not be empty"),
    ("observations", "source", "", "a text; this cell must not be empty"),
    ("series", "fiscal_year_end", "", "a number; this cell must not be empty"),
    ("landmarks", "value", "", "a number; this cell must not be empty"),
    # Numbers.
    ("observations", "value", "thirty", NUMBER),
    ("observations", "value", "30bn", NUMBER),
    ("observations", "value", "$30", NUMBER),
    ("observations", "value", "1,234", NUMBER),
    ("observations", "value", "1e999", NUMBER),
    ("observations", "value", "nan", NUMBER),
    ("observations", "low", "~29", NUMBER),
    ("landmarks", "value", "a lot", NUMBER),
    ("series", "minimum", "none", NUMBER),
    ("series", "fiscal_year_end", "6.5", "a whole number"),
    ("series", "fiscal_year_end", "13", "a number from 1 to 12"),
    ("series", "stale_after_months", "0", "a number from 1 to any"),
    # Days and periods.
    ("observations", "published", "2026-02-30", DAY),
    ("observations", "recorded", "2026-02-30", DAY),
    ("editions", "as_of", "2026-06-31", DAY),
    ("observations", "period", "2026-02-30", PERIOD),
    ("observations", "period", "2031-2027", PERIOD),
    ("landmarks", "period", "2026-02-30", PERIOD),
    # Units.
    (
        "landmarks",
        "unit",
        "dollars",
        f"a unit such as USD per year, not 'dollars'; {UNITS}",
    ),
    (
        "series",
        "unit",
        "dollars",
        f"a unit such as USD per year, not 'dollars'; {UNITS}",
    ),
    # A row against its series.
    ("observations", "value", "1200", f"within the bounds of {SERIES}, 0 to 1e+12 USD per year; check the unit"),
    ("observations", "value", "-1", f"within the bounds of {SERIES}, 0 to 1e+12 USD per year; check the unit"),
    ("observations", "value", "1e305", f"within the bounds of {SERIES}, 0 to 1e+12 USD per year; check the unit"),
    ("observations", "low", "31", "the lower end of a range around the value"),
    ("observations", "high", "29", "the upper end of a range around the value"),
    ("observations", "value", "", "a number; only a correction of an earlier row may be empty, which withdraws it"),
    ("observations", "published", "2026-03-31", NOT_BEGUN),
    ("observations", "recorded", "2026-04-30", "the day of entry, not before it was published on 2026-05-02"),
    # A pin on nothing.
    ("pins", "asked", "0000", PERIOD),
    ("pins", "period", "2026-03", "the series, period, published and source of a row of data/observations.csv"),
]


@pytest.mark.parametrize(("file", "column", "typed", "expected"), CELLS)
def test_a_wrong_cell_is_named_with_what_was_found_and_expected(folder, file, column, typed, expected):
    tables = {"pins": [{}]} if file == "pins" else {}
    broken = folder(**tables | {file: [{column: typed}]})
    lines = [line for line in problems(broken) if line.startswith(f"{file}.csv")]
    assert lines == [f"{file}.csv, row 2, column {column}: found {typed!r}, expected {expected}"]


PATTERNS = [
    ("observations", "period", "April 2026", PERIOD),
    ("observations", "period", "２０２６-04", PERIOD),
    ("observations", "published", "6 April 2026", DAY),
    ("observations", "published", "06/04/2026", DAY),
    ("observations", "recorded", "2026-06", "a day such as 2026-04-06"),
    ("sources", "url", "javascript:alert(1)", "(pattern ^https?://"),
    ("series", "series", "Lab Revenue", "Identifier: subject, quantity, ruler (pattern"),
    ("editions", "edition", "May", "Identifier: year and month (pattern"),
]


@pytest.mark.parametrize(("file", "column", "typed", "said"), PATTERNS)
def test_a_cell_of_the_wrong_form_is_named_with_the_form_expected(folder, file, column, typed, said):
    lines = [line for line in problems(folder(**{file: [{column: typed}]})) if line.startswith(f"{file}.csv")]
    assert len(lines) == 1
    assert lines[0].startswith(f"{file}.csv, row 2, column {column}: found {typed!r}, expected ") and said in lines[0]


# Rows against each other


def test_the_same_observation_twice_is_named_with_the_row_that_has_it(folder):
    assert problems(folder(observations=[{}, {"period": "2026-03"}, {"value": "31"}])) == [
        "observations.csv, row 4, column recorded: found '2026-06-30', expected each series, period, published, source "
        "and recorded once; row 2 has the same. A correction repeats the others with a later 'recorded'"
    ]


@pytest.mark.parametrize(
    ("spelled", "said"),
    [("USD bln", "'bln' is no unit and no scale"), ("EUR bn", "of the unit, USD per year, and none in EUR")],
)
def test_a_spelling_that_would_scale_nothing_or_another_currency_is_named(folder, spelled, said):
    found = problems(folder(series=[{"spellings": f"USD bn; {spelled}"}]))
    assert found[0].startswith("series.csv, row 2, column spellings: ") and said in found[0]


def test_an_identifier_given_twice_is_named_with_the_row_that_has_it(folder):
    for file in ("series", "sources", "events", "editions", "landmarks"):
        column = next(iter(ROWS[file]))
        assert problems(folder(**{file: [{}, {}]})) == [
            f"{file}.csv, row 3, column {column}: found {ROWS[file][column]!r}, expected a name of its own; "
            "row 2 has this one"
        ]


def test_two_pins_on_one_question_are_named(folder):
    assert problems(folder(pins=[{}, {"reason": "Another."}])) == [
        "pins.csv, row 3, column asked: found 'latest', expected each edition, series and asked once; row 2 has the same"
    ]


def test_a_flow_cannot_be_known_before_its_period_is_over(folder):
    flow = {"series": FLOW, "kind": "flow", "basis": "recognised", "unit": "USD"}
    early = {"series": FLOW, "period": "FY2025", "published": "2025-12-30", "value": "4.5"}
    assert problems(folder(series=[flow], observations=[early])) == [
        "observations.csv, row 2, column published: found '2025-12-30', "
        "expected 2025-12-31 or later: the period FY2025 was not over; or the tag projected"
    ]
    # A projection may come before; so may what a company guides or commits itself to.
    Store(folder(series=[flow], observations=[early | {"tag": "projected"}]))
    Store(folder(series=[flow | {"firmness": "guided"}], observations=[early]))


def test_a_billion_typed_as_a_million_is_seen_in_the_series_own_history(folder):
    rows = [
        {"period": "2026-02", "published": "2026-03-02", "value": "14"},
        {"period": "2026-03", "published": "2026-04-02", "value": "20", "unit": "USD mn"},
        {"period": "2026-04", "published": "2026-05-02", "value": "30"},
    ]
    assert problems(folder(observations=rows)) == [
        "observations.csv, row 3, column value: found '20', expected a value near its neighbours, "
        "such as 14 USD bn for 2026-02 (row 2): it is about 1,018 times off; check the unit, "
        "or, if the source says so, a note that begins with 'confirmed:' and a reason"
    ]
    # Also at the end of the series, where there is one neighbour only.
    rows = [rows[0], rows[2], rows[1] | {"period": "2026-05", "published": "2026-05-30"}]
    assert [line.partition(": found")[0] for line in problems(folder(observations=rows))] == [
        "observations.csv, row 4, column value"
    ]


def test_a_number_beyond_all_numbers_is_named_even_where_a_series_has_no_bounds(folder):
    # As a number of dollars it is infinite.
    assert problems(folder(series=[{"minimum": "", "maximum": ""}], observations=[{"value": "1e305"}])) == [
        "observations.csv, row 2, column value: found '1e305', "
        f"expected within the bounds of {SERIES}, -inf to inf USD per year; check the unit"
    ]


def test_fast_growth_is_no_slip(folder):
    # From 87 million to 30 billion in two years and a bit.
    rows = [
        {"period": "2024-01", "published": "2024-02-02", "value": "87", "unit": "USD mn"},
        {"period": "2025-01", "published": "2025-02-02", "value": "1"},
        {"period": "2026-04", "published": "2026-05-02", "value": "30"},
    ]
    assert len(Store(folder(observations=rows)).observations) == 3


# Whole files


@pytest.mark.parametrize("file", ROWS)
def test_a_missing_file_is_named(folder, file):
    broken = folder()
    (broken / f"{file}.csv").unlink()
    assert problems(broken) == [
        f"{file}.csv, row 1, column -: found 'no file', expected the file {file}.csv in {broken}"
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "﻿", "  \n"])
def test_an_empty_file_is_named(folder, content):
    broken = folder()
    (broken / "observations.csv").write_text(content, encoding="utf-8")
    assert problems(broken) == [
        "observations.csv, row 1, column -: found 'an empty file', expected a header row and at least one row below it"
    ]


@pytest.mark.parametrize("file", ["series", "observations", "sources", "editions"])
def test_a_header_without_rows_is_named_where_rows_are_needed(folder, file):
    assert problems(folder(**{file: []})) == [
        f"{file}.csv, row 1, column -: found 'a header alone', expected at least one row below the header"
    ]


def test_a_book_may_have_no_events_pins_or_landmarks_yet(folder):
    assert Store(folder(events=[], pins=[], landmarks=[])).pins == []


def test_a_file_that_is_not_utf_8_is_named_with_the_byte_and_the_remedy(folder):
    remedy = "expected text in UTF-8; in a spreadsheet, save as 'CSV UTF-8'"
    broken = folder(observations=[{"period": "2026-03"}, {"note": "Zhipu’s café"}])
    path = broken / "observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("’", "'").encode("latin-1"))
    assert problems(broken) == [f"observations.csv, row 3, column -: found 'byte 0xe9', {remedy}"]
    path.write_bytes(text.encode("utf-16"))
    assert problems(broken) == [f"observations.csv, row 1, column -: found 'byte 0xff', {remedy}"]
    # UTF-16 without its mark is valid UTF-8, full of zeroes.
    path.write_bytes(text.replace("’", "'").replace("é", "e").encode("utf-16-le"))
    assert problems(broken) == [f"observations.csv, row 1, column -: found 'byte 0x00', {remedy}"]


def test_an_unknown_a_missing_and_a_double_column_are_named(folder):
    broken = folder()
    edit(broken / "observations.csv", "qualifier", "qualifer")
    columns = "the columns " + ", ".join(ROWS["observations"])
    assert problems(broken) == [
        f"observations.csv, row 1, column qualifer: found 'qualifer', expected one of {columns}",
        f"observations.csv, row 1, column qualifier: found 'no such column', expected {columns}",
    ]
    # A file that begins with something else altogether is told in one line.
    broken = folder()
    edit(broken / "editions.csv", "edition,title,as_of,closing,note\n", "")
    assert problems(broken) == [
        "editions.csv, row 1, column -: found '2026-05, May 2026, 2026-05-31, 2026-06-30', "
        "expected a header row with the columns edition, title, as_of, closing, note"
    ]
    broken = folder()
    edit(broken / "observations.csv", ",low,", ",value,")
    assert [line.partition(", expected")[0] for line in problems(broken)] == [
        "observations.csv, row 1, column value: found 'value'",
        "observations.csv, row 1, column low: found 'no such column'",
    ]


def test_a_row_with_a_cell_too_many_is_named_and_so_is_the_likely_cause(folder):
    broken = folder(observations=[{"period": "2026-03"}, {"note": "NOTE"}])
    edit(broken / "observations.csv", "NOTE", "one, two")
    assert problems(broken) == [
        "observations.csv, row 3, column -: found '14 cells', "
        "expected 13 cells; a ',' inside a text needs quotation marks around the text"
    ]


def test_unclosed_quotation_marks_are_named_with_their_row(folder):
    broken = folder(observations=[{"period": "2026-03"}, {"note": "NOTE"}, {"period": "2026-02"}])
    edit(broken / "observations.csv", "NOTE", '"so it said')
    assert problems(broken) == [
        "observations.csv, row 3, column -: found 'unexpected end of data', "
        "expected a table whose quotation marks are closed"
    ]


def test_a_damaged_description_of_the_tables_is_named(folder):
    broken = folder()
    package = json.loads((broken / "datapackage.json").read_text(encoding="utf-8"))
    (broken / "datapackage.json").write_text("{", encoding="utf-8")
    assert problems(broken)[0].startswith("datapackage.json, row 1, column -: found 'Expecting property name")
    package["resources"] = [each for each in package["resources"] if each["name"] != "pins"]
    (broken / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert problems(broken) == [
        "datapackage.json, row 1, column -: found 'no such resource', expected a description of pins.csv"
    ]
    (broken / "datapackage.json").unlink()
    assert problems(broken) == [
        f"datapackage.json, row 1, column -: found 'no file', expected the description of the tables, in {broken}"
    ]


def test_all_problems_are_told_at_once_in_the_order_of_the_files(folder):
    broken = folder(
        series=[{}, {"series": "odd", "unit": "dollars"}],
        observations=[
            {"value": "thirty"},
            {"period": "2026-03", "source": "wirre"},
            {"series": "missing"},
            {"period": "2026-02", "unit": "USD tn"},
            {"period": "2026-01", "published": "2025-12-31", "tag": "leaked"},
            {"series": "odd"},
            {"period": "2025-12", "published": "2025-11-30"},
        ],
        sources=[{}, {"source": "paper", "voice": "blog"}],
        editions=[{"closing": "soon"}],
    )
    assert [line.partition(": found")[0] for line in problems(broken)] == [
        "editions.csv, row 2, column closing",
        "observations.csv, row 2, column value",
        "observations.csv, row 3, column source",
        "observations.csv, row 4, column series",
        "observations.csv, row 5, column unit",
        "observations.csv, row 6, column tag",
        "observations.csv, row 8, column published",
        "series.csv, row 3, column unit",
        "sources.csv, row 3, column voice",
    ]


def test_a_flood_of_problems_is_cut_but_counted(folder):
    # No two of them expect the same, so that each is a line.
    observed = [{"period": f"{year}", "published": f"{year}-01-01"} for year in range(1900, 1999)]
    lines = problems(folder(observations=observed, series=[{"kind": "flow"}]))
    assert (len(lines), lines[-1]) == (51, "... and 49 more")


def test_one_cause_in_many_rows_is_told_once(folder):
    observed = [{"tag": "leaked", "period": f"{year}"} for year in range(1900, 1999)]
    assert problems(folder(observations=observed)) == [
        f"observations.csv, row 2, column tag: found 'leaked', expected {TAGS} (99 rows: 2, 3, 4, 5, 6, 7, ...)"
    ]


def test_a_file_that_cannot_be_read_is_not_blamed_on_the_others(folder):
    # Without sources.csv no source exists, which is not the fault of every single observation.
    broken = folder(observations=[{}, {"period": "2026-03"}])
    (broken / "sources.csv").write_text("", encoding="utf-8")
    assert [line.partition(",")[0] for line in problems(broken)] == ["sources.csv"]


# Honest mistakes are read


ROWS_READ = [
    {"value": "30.5", "low": "29.25", "note": "over 30, it said; see below"},
    {"period": "2026-03", "published": "2026-04-06", "value": "14", "high": "15.5"},
]


def test_what_a_spreadsheet_makes_of_a_file_is_read_to_the_same_values(folder):
    whole = folder(observations=ROWS_READ)
    expected = Store(whole).observations
    text = (whole / "observations.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    numbers = [rows[0].index(column) for column in ("value", "low", "high")]

    def written(delimiter=",", decimal=".", line="\n", blank=0) -> bytes:
        lines = []
        for cells in rows:
            typed = [cell.replace(".", decimal) if i in numbers else cell for i, cell in enumerate(cells)]
            quoted = [f'"{cell}"' if delimiter in cell or "," in cell else cell for cell in typed]
            lines.append(delimiter.join(quoted))
        lines += [delimiter * (len(rows[0]) - 1)] * blank + [""] * blank
        return (line.join(lines) + line).encode()

    mistakes = {
        "semicolons": written(";"),
        "semicolons and decimal commas": written(";", ","),
        "tabs": written("\t"),
        "tabs and decimal commas": written("\t", ","),
        "Windows line ends": written(line="\r\n"),
        "a byte-order mark": "﻿".encode() + written(),
        "blank rows at the end": written(blank=3),
        "everything at once": "﻿".encode() + written(";", ",", "\r\n", 2),
        "a blank row in front": b"\n" + written(),
        "spaces around cells": written().replace(b",2026-04,", b", 2026-04 ,"),
        "a typographic minus": written(),
    }
    for name, content in mistakes.items():
        (whole / "observations.csv").write_bytes(content)
        got = Store(whole).observations
        assert [(o.key, o.value, o.low, o.high, o.note) for o in got] == [
            (o.key, o.value, o.low, o.high, o.note) for o in expected
        ], name
        # A row keeps the number that the spreadsheet shows for it.
        assert [o.row for o in got] == ([3, 4] if name == "a blank row in front" else [2, 3]), name


def test_columns_may_stand_in_any_order(folder):
    whole = folder(pins=[{}])
    before = Store(whole)
    for file in ROWS:
        path = whole / f"{file}.csv"
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(row[::-1] for row in rows)
    after = Store(whole)
    assert (after.observations, after.sources, after.series) == (before.observations, before.sources, before.series)
    assert (after.events, after.pins, after.editions) == (before.events, before.pins, before.editions)
    assert after.landmarks == before.landmarks


def test_a_comma_that_marks_thousands_is_never_taken_for_a_decimal_one(folder):
    rows = [{"period": "2026-03", "value": "13.5"}, {"value": "13,800"}]
    broken = folder(observations=rows)
    text = (broken / "observations.csv").read_text(encoding="utf-8")
    cells = [";".join(row) for row in csv.reader(text.splitlines())]
    (broken / "observations.csv").write_text("\n".join(cells), encoding="utf-8")
    # The column has a decimal point in it, so that the comma cannot be one.
    assert problems(broken) == [f"observations.csv, row 3, column value: found '13,800', expected {NUMBER}"]


def test_a_whole_number_may_be_written_with_a_decimal_point(folder):
    assert Store(folder(series=[{"fiscal_year_end": "12.0"}])).series[SERIES].fiscal_year_end == 12
