"""The booklet as one typeset file, made of a small book and of the whole one."""

import re
from pathlib import Path

import books
import pytest
import small_book

from frontier_calc.book import blocks
from frontier_calc.book.typesetting import Typesetter
from frontier_calc.press import booklet, cli, typeset, weave
from frontier_calc.record import reading

pytestmark = pytest.mark.slow


def test_the_command_typesets_the_book_and_prints_the_path_last(data: Path, capsys) -> None:
    assert cli.main(["pdf"]) == 0
    path = Path(capsys.readouterr().out.splitlines()[-1])
    made = path.read_bytes()
    assert made.startswith(b"%PDF") and path.name == "economics-of-the-frontier.pdf"
    assert cli.main(["pdf"]) == 0
    assert path.read_bytes() == made  # the same pages give the same file


def test_it_has_contents_chapters_with_charts_and_the_sheets_behind_them(data: Path, tmp_path: Path) -> None:
    on = reading.edition("working", data)
    made = booklet.markup(weave.weave_all(on, data.parent), on, tmp_path)
    contents, chapter, sheets = (
        made.index(part) for part in ("#outline(", "It all begins with a number.", "The ledger sheets")
    )
    assert contents < chapter < sheets
    assert len(re.findall(r"image\(", made)) == 1 and len(list(tmp_path.glob("*.pdf"))) == 1
    assert "lab-revenue-run-rate" not in made[chapter:sheets]  # a reader's text, without our names
    assert made.index("month", sheets) > sheets


def test_words_that_are_markup_to_the_typesetter_are_printed_as_they_are(data: Path) -> None:
    small_book.edit(
        data.parent / "about.md", lambda text: text + "\nA #hash, a $sign, an @at, a [bracket] and a \\\\ slash.\n"
    )
    assert cli.main(["pdf"]) == 0


def test_what_cannot_be_typeset_is_told_in_a_line(data: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(booklet, "markup", lambda *_: "#nothing-of-that-name()")
    assert cli.main(["pdf"]) == 1
    error = capsys.readouterr().err
    assert "economics-of-the-frontier.typ" in error and "Traceback" not in error


def test_the_whole_book_is_typeset_with_its_side_notes_as_footnotes(tmp_path: Path) -> None:
    on = reading.edition("working")
    told = typeset.told(on, books.ROOT)
    made = booklet.markup(told, on, tmp_path)
    written = "".join(page.page.path.read_text(encoding="utf-8") for page in told)
    assert made.count("#footnote") == len(re.findall(r"(?m)^\[\^.+\]:", written)) > 30
    assert len(re.findall(r"#heading\(level: 1\)", made)) == len(told) + 1
    for page in told:
        assert f"<page-{page.page.name}>" in made


def test_a_note_begins_beside_its_number_and_goes_on_in_paragraphs() -> None:
    note = blocks.Note(1, "n", (blocks.Paragraph(("First.",)), blocks.Paragraph(("Second.",))))
    said = Typesetter().page((blocks.Paragraph(("Said.", blocks.Mark(1, "n"))), note))
    assert said == '#par[#"Said.";#footnote[#"First.";#parbreak();#par[#"Second.";]];]'
