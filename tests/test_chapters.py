"""The shape of the chapters: each has the parts that its readers look for."""

import ast
import re
import shutil
from pathlib import Path

import making
import pytest
from bs4 import BeautifulSoup

from frontier_calc import as_of, edition
from frontier_calc.claim_cells import is_claim, parse_claim
from frontier_calc.press import weave
from frontier_calc.press.pages import Page, all_pages

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“$€])")


def is_chapter(page: Page) -> bool:
    """True for the pages that tell, as against those that list."""
    return page.name.startswith("ledger-") or page.name in ("premise", "models-layer")


CHAPTERS = [page for page in all_pages(ROOT) if is_chapter(page)]


def soup(woven: weave.Woven) -> BeautifulSoup:
    return BeautifulSoup(woven.html, "html.parser")


def test_every_page_opens_with_the_same_preamble_and_every_chapter_closes_with_its_sheet() -> None:
    for page in all_pages(ROOT):
        code = [cell.source for cell in weave.cells(page) if cell.kind == "code"]
        assert not code or re.search("from frontier_calc import (book|press)", code[0]), page.relative
        assert not is_chapter(page) or code[-1] == "book.ledger_sheet(globals())", page.relative


def test_every_chapter_has_a_translate_box_with_a_figure_in_it() -> None:
    for page in CHAPTERS:
        text = page.path.read_text(encoding="utf-8")
        box = re.search(r":::\{admonition\} Translate\n:class: translate tip\n(.*?)\n:::", text, re.DOTALL)
        assert box and "{eval}" in box[1], page.relative


def test_no_heading_holds_a_live_value() -> None:
    for page in all_pages(ROOT):
        headings = re.findall(r"(?m)^#+ .*", page.path.read_text(encoding="utf-8"))
        assert not any("{eval}" in heading for heading in headings), page.relative


@pytest.mark.parametrize("months", ["now", "later"])
def test_every_ledger_has_its_three_sentences_its_pair_and_something_to_look_at(months: str, refreshed) -> None:
    on = edition("working", refreshed) if months == "later" else edition("working")
    for woven in weave.weave_all(on, ROOT, [page.name for page in CHAPTERS if page.name != "premise"]):
        page, name = soup(woven), woven.page.relative
        page.select_one(".summary > .title").decompose()
        sentences = SENTENCE.split(" ".join(page.select_one(".summary").get_text().split()))
        assert len(sentences) == 3, f"{name}: the summary has {len(sentences)} sentences: {sentences}"
        assert len(page.select(".pair .card")) in (0, 2), f"{name}: an opening pair has two sides"
        for part in (".epigraph", "figure.chart", "table.ledger-table", ".outlets", "table.ledger-sheet"):
            assert page.select(part), f"{name} has no {part}"


@pytest.mark.parametrize(("march", "is_said"), [("24", True), ("25", True), ("26", False)])
def test_a_line_that_keeps_its_height_or_rises_is_not_said_to_dip(tmp_path, march: str, is_said: bool) -> None:
    folder = Path(shutil.copytree(making.REAL, tmp_path / "data"))
    file = folder / "observations.csv"
    row = re.search("(?m)^openai-revenue-run-rate,2026-03,.*$", file.read_text(encoding="utf-8"))[0].split(",")
    row[3:6] = [march, "", ""]
    row[11] = "2026-11-27"
    with file.open("a", encoding="utf-8") as rows:
        rows.write(",".join(row) + "\n")
    text = weave.weave_all(edition("working", folder), ROOT, ["ledger-4"])[0].text
    assert ("OpenAI’s line does not rise in March 2026" in text) is is_said
    assert "OpenAI’s line dips" not in text


def test_a_chapter_stands_on_a_day_when_much_of_it_was_not_known() -> None:
    assert "not known then" in weave.weave_all(as_of("2025-10-01"), ROOT, ["ledger-7"])[0].text


DECIDING = (ast.Compare, ast.If, ast.IfExp, ast.While, ast.BoolOp)
ORDERING = ("sorted", "min", "max", "sort")


def asks_a_value(node: ast.AST) -> bool:
    """Whether Python decides or orders by a figure's bare number, which the page's graph does not see."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in ORDERING and "value" in attributes(node)
    asked = node.test if isinstance(node, ast.If | ast.IfExp | ast.While) else node
    return isinstance(node, DECIDING) and "value" in attributes(asked)


def attributes(node: ast.AST) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def python_of(source: str) -> list[tuple[int, ast.AST]]:
    """The Python of a cell with the line at which it begins: its statements, or a claim's conditions."""
    if not is_claim(source):
        return [(1, ast.parse(source))]
    conditions = [(branch.line, branch.condition) for branch in parse_claim(source).branches if branch.condition]
    return [(line, ast.parse(condition, mode="eval")) for line, condition in conditions]


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
def test_no_cell_decides_by_the_bare_number_of_a_figure(page: Page) -> None:
    """What a page says by a number has to turn with it, in its reader's hands too."""
    found = [
        f"{page.relative}:{cell.line + line + getattr(node, 'lineno', 1) - 2}: {ast.unparse(node)}"
        for cell in weave.cells(page)
        if cell.kind == "code"
        for line, tree in python_of(cell.source)
        for node in ast.walk(tree)
        if asks_a_value(node)
    ]
    remedy = "compare the figures themselves, in a %%claim, with fc.stated(...) or fc.choose(...), so that the page turns too"
    assert not found, "\n".join([*found, remedy])


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("a = 1 if x.value > 2 else 3", True),
        ("sorted(years, key=lambda year: year.growth.value)", True),
        ("%%claim c: x.value == 0\nNo.\notherwise: Yes.", True),
        ("a = fc.constant('seconds', 1e9 / x.value)", False),
        ("%%claim c: stated(x > 0)\nYes.\notherwise: No.", False),
    ],
)
def test_a_decision_by_a_bare_number_is_seen(source: str, is_found: bool) -> None:
    assert any(asks_a_value(node) for _, tree in python_of(source) for node in ast.walk(tree)) is is_found
