"""Errata are told to readers, an entry a line, and nothing of them is taken for markup."""

import shutil
from pathlib import Path

import pytest

from frontier_calc.press import corrections, editions
from frontier_calc.press.pages import PageError

IDS = ("2026-06", "2026-07")


@pytest.fixture
def published(data: Path) -> Path:
    editions.publish(data.parent, data, IDS[0])
    return data


def test_without_errata_the_page_says_so(published: Path) -> None:
    assert str(corrections.errata()) == corrections.NONE_YET


def test_an_entry_stands_under_its_edition_and_is_no_markup(published: Path) -> None:
    said = "premise: “$30 billion” should read <b>$31 billion</b> & *no more*."
    (editions.folder(published, IDS[0]) / editions.ERRATA).write_text(f"- {said}\n\n", encoding="utf-8")
    shown = corrections.errata()
    assert said in str(shown) and "In the edition of June 2026" in str(shown)
    assert "<b>" not in shown._repr_html_() and "&lt;b&gt;" in shown._repr_html_()


def test_a_line_that_is_no_entry_is_named(published: Path) -> None:
    (editions.folder(published, IDS[0]) / editions.ERRATA).write_text("- one\nA comma was missing.\n", encoding="utf-8")
    with pytest.raises(
        PageError, match=r"editions/2026-06/errata\.md:2: found 'A comma was missing\.', expected an entry"
    ):
        corrections.errata()


def test_what_several_editions_share_is_told_once(published: Path) -> None:
    shutil.copytree(editions.folder(published, IDS[0]), editions.folder(published, IDS[1]))
    for id, own in zip(IDS, ("", "- only here\n"), strict=True):
        (editions.folder(published, id) / editions.ERRATA).write_text(f"- in both\n{own}", encoding="utf-8")
    said = str(corrections.errata())
    assert said.count("in both") == 1 and said.index("June 2026 and 2026-07") < said.index("in both")
    assert said.index("In the edition of 2026-07") < said.index("only here")
