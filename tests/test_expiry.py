"""What has expired by a day, or soon will, and what a check says to another program."""

import json
from datetime import date
from pathlib import Path

import pytest

from frontier_calc.press import cli, expiry
from frontier_calc.record.reading import as_of

PLAN = {"period": "2026-06", "published": "2026-04-01", "tag": "projected", "value": "31"}


def told(folder, *rows, on: date, **tables) -> list[str]:
    return list(
        expiry.lines(as_of(on, folder(observations=list(rows), editions=[{"as_of": "2026-01-31"}], **tables)), {})
    )


def test_a_projection_comes_due_and_then_is_due(folder) -> None:
    counts = [told(folder, {}, PLAN, on=day)[-2:] for day in (date(2026, 5, 15), date(2026, 6, 10), date(2026, 7, 1))]
    assert counts[0][-1].startswith("0 projection(s) due, 0 series stale, 0 projection(s) due within a month")
    assert counts[1][0].startswith("comes due after 2026-06-30: lab-revenue-run-rate 2026-06: projected, The Wire")
    assert counts[2][0].startswith("1 projection(s) due, 0 series stale, 0 projection(s) due within a month")
    assert "frontier add" in counts[2][1] and "still-due.txt" in counts[2][1]


def test_of_several_words_about_one_period_the_last_is_told(folder) -> None:
    newer = PLAN | {"published": "2026-05-01", "value": "33"}
    lines = told(folder, {}, PLAN, newer, on=date(2026, 7, 1))
    assert [line for line in lines if line.startswith("due: ")] == [
        "due: lab-revenue-run-rate 2026-06: projected, The Wire, 2 May 2026 · known on 1 May 2026 (row 4)"
    ]


def test_a_series_that_nobody_has_told_lately_is_stale(folder) -> None:
    assert any(
        line.startswith("stale: lab-revenue-run-rate 2026-04") for line in told(folder, {}, on=date(2026, 12, 1))
    )


def test_the_command_looks_from_the_day_that_it_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["due", "--on", "2030-01-01"]) == 0
    assert "seen from 1 January 2030" in capsys.readouterr().out
    assert cli.main(["due", "--on", "soon"]) == 1
    assert "soon" in capsys.readouterr().err


def test_a_check_tells_another_program_the_same(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["check"])
    lines = capsys.readouterr().out.splitlines()
    assert cli.main(["check", "--json"]) == status
    found = json.loads(capsys.readouterr().out)
    assert f"{len(found['problems']) + len(found['sentences'])} problem(s)" in lines[-1]
    assert f"{len(found['due'])} projection(s) due, {len(found['stale'])} series stale" in lines[-1]
    assert len([line for line in lines if line.startswith("stale: ")]) == len(found["stale"])
    assert all(
        row["series"] in line
        for row, line in zip(found["stale"], [x for x in lines if x.startswith("stale")], strict=True)
    )
