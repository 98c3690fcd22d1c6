"""Files are written whole or not at all, one writer at a time; what a spreadsheet opens holds no formula."""

import csv
import errno
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from making import REAL

from frontier_calc.press import cli, streams
from frontier_calc.record import writing
from frontier_calc.record.writing import WritingError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
ROW = {"edition": "2026-06", "title": "June", "as_of": "2026-06-30", "closing": "2026-11-22"}


@pytest.fixture
def table(folder) -> Path:
    return folder() / "editions.csv"


def run(code: str, **options) -> subprocess.Popen:
    package = Path(writing.__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(package)}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, text=True, stderr=subprocess.PIPE, **options)


def test_a_row_is_added_as_the_spreadsheet_saved_the_others(tmp_path) -> None:
    path = tmp_path / "editions.csv"
    saved = {
        "edition,title\n2026-05,May\n": "edition,title\n2026-05,May\n2026-06,June\n",
        "edition,title\n2026-05,May": "edition,title\n2026-05,May\n2026-06,June\n",
        "\ufeffedition;title\r\n2026-05;May\r\n": "\ufeffedition;title\r\n2026-05;May\r\n2026-06;June\r\n",
        "edition\ttitle\tnote\n2026-05\tMay\t\n": "edition\ttitle\tnote\n2026-05\tMay\t\n2026-06\tJune\t\n",
        '"title","edition"\n"May","2026-05"\n\n\n': '"title","edition"\n"May","2026-05"\n"June","2026-06"\n',
    }
    for before, after in saved.items():
        path.write_bytes(before.encode())
        writing.append_rows(path, [{"edition": "2026-06", "title": "June"}], key="edition")
        assert path.read_bytes().decode() == after


def test_a_name_that_is_there_already_is_not_added_again(table) -> None:
    before = table.read_bytes()
    with pytest.raises(WritingError, match="has a row '2026-05' already; nothing was changed"):
        writing.append_rows(table, [ROW | {"edition": "2026-05"}], key="edition")
    with pytest.raises(WritingError, match="has no column 'titel'; it has edition, title"):
        writing.append_rows(table, [{"titel": "June"}])
    assert table.read_bytes() == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "no space left on device"), (errno.EACCES, "permission denied")]
)
def test_a_full_disk_or_a_locked_file_leaves_it_as_it_was_and_says_so(table, monkeypatch, call, number, said) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    before = table.read_bytes()
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(WritingError) as caught:
        writing.append_rows(table, [ROW])
    assert str(caught.value) == f"{table} could not be written ({said}); nothing was changed"
    assert table.read_bytes() == before and not list(table.parent.glob(".*"))


def test_a_full_disk_in_the_middle_of_a_text_leaves_no_half_row(table, monkeypatch) -> None:
    class Full(io.BytesIO):
        def write(self, data: bytes) -> int:
            super().write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(handle: int, mode: str) -> Full:
        os.close(handle)
        return Full()

    before = table.read_bytes()
    monkeypatch.setattr(os, "fdopen", opened)
    with pytest.raises(WritingError, match="no space left on device"):
        writing.append_rows(table, [ROW])
    assert table.read_bytes() == before and not list(table.parent.glob(".*"))


def test_a_folder_that_may_not_be_written_to_is_named(table, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(writing.tempfile, "mkstemp", fail)
    with pytest.raises(WritingError, match=r"editions.csv could not be written \(permission denied\)"):
        writing.append_rows(table, [ROW])


def test_the_command_line_tells_of_it_in_a_line(refreshed, monkeypatch, capsys) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setenv("FRONTIER_DATA", str(refreshed))
    monkeypatch.setattr(writing.tempfile, "mkstemp", fail)
    assert cli.main(["edition", "new", "2026-11", "--as-of", "2026-11-01"]) == 1
    assert capsys.readouterr().err.endswith(
        "editions.csv could not be written (permission denied); nothing was changed\n"
    )


KILLED = """
import os, sys, time
from pathlib import Path
from frontier_calc.record import writing
before = {call}
def wait(*arguments):
    {first}
    print("there", flush=True)
    time.sleep(60)
os.{name} = wait
writing.append_rows(Path({path!r}), [{row!r}])
"""


@pytest.mark.parametrize(("name", "first"), [("fsync", "pass"), ("replace", "pass"), ("replace", "before(*arguments)")])
def test_a_writer_that_is_killed_leaves_the_old_file_or_the_new_one_and_no_lock(table, name, first) -> None:
    before = table.read_bytes()
    code = KILLED.format(call=f"os.{name}", first=first, name=name, path=str(table), row=ROW)
    writer = run(code, stdout=subprocess.PIPE)
    assert writer.stdout is not None and writer.stdout.readline() == "there\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    after = table.read_bytes()
    whole = before + b"2026-06,June,2026-06-30,2026-11-22,\n"
    assert after == (whole if first != "pass" else before)
    # The next one neither waits nor finds anything half.
    writing.append_rows(table, [ROW | {"edition": "2026-07"}], key="edition")
    assert table.read_bytes() == after + b"2026-07,June,2026-06-30,2026-11-22,\n"
    assert not list(table.parent.glob(".*"))


def test_of_two_at_once_each_adds_its_row_and_the_same_is_added_once(table) -> None:
    code = "from pathlib import Path; from frontier_calc.record import writing\n"
    code += "writing.append_rows(Path({!r}), [{!r}], key='edition')"
    ids = ["2026-06", "2026-06", "2026-07", "2026-08", "2026-09", "2026-09"]
    writers = [run(code.format(str(table), ROW | {"edition": id})) for id in ids]
    told = [writer.communicate()[1] for writer in writers]
    with table.open(encoding="utf-8", newline="") as file:
        written = [row["edition"] for row in csv.DictReader(file)]
    assert sorted(written) == ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
    assert sum("already; nothing was changed" in text for text in told) == 2


def test_who_holds_the_lock_may_ask_for_it_again(table) -> None:
    with writing.locked(table.parent), writing.locked(table.parent):
        writing.append_rows(table, [ROW])
    assert b"2026-06" in table.read_bytes()


def test_where_the_system_has_no_locks_a_file_stands_for_one(table, monkeypatch) -> None:
    monkeypatch.setattr(writing, "SYSTEM_LOCKS", False)
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    writing.append_rows(table, [ROW])
    assert not list(table.parent.glob(".*"))
    (table.parent / ".frontier-lock").touch()
    began = time.monotonic()
    with pytest.raises(WritingError, match="another process is writing here; if none is, delete this file"):
        writing.append_rows(table, [ROW])
    assert time.monotonic() - began < 5


def test_a_link_goes_on_pointing_to_its_file_and_rights_are_kept(table, tmp_path) -> None:
    table.chmod(0o640)
    link = tmp_path / "linked.csv"
    link.symlink_to(table)
    writing.replace(link, "edition\n")
    assert link.is_symlink() and table.read_text("utf-8") == "edition\n"
    assert table.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("id", ["2026-13", "2026-00", "May", "2026-5", "２０２６-07"])
def test_an_edition_is_named_for_a_month(refreshed, monkeypatch, capsys, id) -> None:
    monkeypatch.setenv("FRONTIER_DATA", str(refreshed))
    before = (refreshed / "editions.csv").read_bytes()
    assert cli.main(["edition", "new", id]) == 1
    assert capsys.readouterr().err == f"frontier: {id!r} is not a year and month, such as 2026-08\n"
    assert cli.main(["edition", "new", "2026-11", "--as-of", "2062-01-01"]) == 1
    assert "has not come" in capsys.readouterr().err
    assert (refreshed / "editions.csv").read_bytes() == before


# What a spreadsheet opens


@pytest.mark.parametrize("begun", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_cell_begins_a_formula(begun) -> None:
    text = writing.spreadsheet_csv([{"outlet": begun, "value": -1.5}], ["outlet", "value"])
    assert text.startswith("\ufeff")
    ((outlet, value),) = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]
    assert (outlet, value) == ("'" + begun.replace("\r", "\n"), "-1.5")


@pytest.mark.parametrize("cell", [-1.5, 0, 3e10, "-94", "+3.5", "-1e-9", "plain", "", "’÷€"])
def test_numbers_and_plain_texts_stay_as_they_are(cell) -> None:
    text = writing.spreadsheet_lines([["a", "b"], [cell, 1]])
    (row,) = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]
    assert row == [str(cell), "1"]


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert writing.spreadsheet_csv([{"a": None, "b": float("nan")}, {}], ["a", "b"]) == "\ufeffa,b\n,\n,\n"


# What a terminal prints


@pytest.mark.parametrize("code", ["cp1252", "cp437", "ascii", "latin-1"])
def test_the_book_is_printed_in_every_code(code) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding=code, errors="plainly")
    out.write("−3 × “about half” — €5\n")
    out.flush()
    printed = out.buffer.getvalue().decode(code)  # type: ignore[attr-defined]
    assert "?" not in printed and printed[0] in "-−"


def test_into_a_file_the_command_line_writes_utf_8_or_what_was_asked_for() -> None:
    arguments = [sys.executable, "-m", "frontier_calc.press.cli", "explain", "ledger-2/net"]
    package = Path(writing.__file__).resolve().parents[2]
    plain = {k: v for k, v in os.environ.items() if k not in ("PYTHONIOENCODING", "PYTHONUTF8")}
    plain |= {"PYTHONPATH": str(package), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "FRONTIER_DATA": str(REAL)}
    for asked, code in (
        ({}, "utf-8"),
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252"),
        ({"PYTHONIOENCODING": "ascii"}, "ascii"),
    ):
        done = subprocess.run(arguments, cwd=ROOT, env={**plain, **asked}, capture_output=True)
        assert done.returncode == 0, done.stderr
        assert "ledger-2/net" in done.stdout.decode(code)


def test_a_stream_of_another_kind_is_left_alone(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    streams.speak_plainly()
