"""The slides of the charts, made of a small book and of the whole one in its editions."""

import re
from dataclasses import dataclass
from pathlib import Path

import books
import pytest
import typst

from frontier_calc.book import svg, theme
from frontier_calc.book.scene import Words
from frontier_calc.book.text import of_blocks
from frontier_calc.press import cli, slides, typeset
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading

pytestmark = pytest.mark.slow

LEAST = 14  # points
SITE = "https://example.org/book/"
EDITIONS = ("2026-05", "2026-07", "2026-10", "working")


@dataclass(frozen=True)
class Made:
    """The slides of an edition, and the pages that they were made of."""

    told: list[Woven]
    markup: str
    folder: Path

    @property
    def slides(self) -> list[str]:
        """The slides of charts, chapters and Translate boxes, as they are called."""
        return re.split(r"\n\n#(?=(?:beside|between|chapter|translate)[(\[])", self.markup)[1:]


@pytest.fixture(scope="module", params=EDITIONS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    on = reading.edition(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    told = typeset.told(on, books.ROOT)
    return Made(told, slides.markup(told, on, folder, SITE), folder)


@pytest.fixture
def small(data: Path) -> Path:
    """A small book, which knows where its site will stand."""
    (data.parent / "_config.yml").write_text(f"html:\n  baseurl: {SITE}\n", encoding="utf-8")
    return data


def test_the_command_makes_the_slides_and_prints_the_path_last(small: Path, capsys) -> None:
    assert cli.main(["slides"]) == 0
    path = Path(capsys.readouterr().out.splitlines()[-1])
    first = path.read_bytes()
    assert first.startswith(b"%PDF") and path.name == "economics-of-the-frontier-slides.pdf"
    assert cli.main(["slides"]) == 0
    assert path.read_bytes() == first  # the same pages give the same file


def test_what_cannot_be_typeset_is_told_in_a_line(small: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(slides, "markup", lambda *_: "#nothing-of-that-name()")
    assert cli.main(["slides"]) == 1
    error = capsys.readouterr().err
    assert "economics-of-the-frontier-slides.typ" in error and "Traceback" not in error


def test_every_chart_has_a_slide_with_all_that_is_said_around_it(made: Made) -> None:
    charts = [
        (woven, chart)
        for woven in made.told
        for chart in typeset.charts_of(woven)
        for _ in slides.fitted(chart.picture)
    ]
    shown = [slide for slide in made.slides if slide.startswith(("beside", "between"))]
    assert len(shown) == len(charts) > 10
    for slide, (woven, chart) in zip(shown, charts, strict=True):
        heading = chart.heading
        for words in (heading.title, heading.subtitle, *heading.notes, heading.credits, woven.reading.stamp):
            assert str(words) in slide.replace('\\"', '"'), heading.title
        assert list(made.folder.glob(f"{woven.page.name}-{heading.name}*.pdf"))


def test_each_slide_fills_a_page_and_none_runs_on(made: Made) -> None:
    source = made.folder / "slides.typ"
    source.write_text(made.markup, encoding="utf-8")
    pages = typst.compile(str(source), root=str(made.folder), ignore_system_fonts=True, ppi=8, format="png")
    assert len(pages) == 1 + len(made.slides)  # the first is the title


def test_no_word_on_a_slide_is_smaller_than_the_back_row_can_read(made: Made) -> None:
    for woven in made.told:
        for chart in typeset.charts_of(woven):
            for drawn in slides.fitted(chart.picture):
                shapes = svg.sheet_of(drawn.scene).shapes
                sizes = [theme.TEXT, *map(float, re.findall(r'font-size="([\d.]+)"', shapes))]
                assert min(sizes) * drawn.scale >= LEAST, (woven.page.name, chart.heading.title)
    assert (
        min(int(size) for size in re.findall(r"(?:text|sized|titled\(\d,|least =)\(? ?(\d+)pt", made.markup)) >= LEAST
    )


def test_a_drawing_is_as_high_as_its_words_reach(made: Made) -> None:
    for woven in made.told:
        for chart in typeset.charts_of(woven):
            for scene in (drawn.scene for drawn in slides.fitted(chart.picture)):
                assert all(each.bottom <= scene.height for each in scene.items if isinstance(each, Words))


def test_every_ledger_begins_with_its_question_and_has_its_translation(made: Made) -> None:
    for woven in made.told:
        if not woven.page.name.startswith("ledger-"):
            continue
        asked = slides.question(woven)
        assert asked.endswith("?") and asked in of_blocks(woven.blocks)
        chapter = made.markup.partition(f'#chapter[#"{woven.title}";]')[2].partition("#chapter")[0]
        assert chapter.startswith(f'[#"{asked}";]') and "\n#translate(" in chapter


def test_a_slide_leads_to_the_page_of_its_edition_and_that_of_a_draft_to_the_book(made: Made) -> None:
    on = made.told[0].reading
    linked = set(re.findall(rf'link\("({re.escape(SITE)}[^"]*)"', made.markup))
    if on.working:
        assert linked == {SITE}
    else:
        assert f"{SITE}{on.name}/ledgers/4-a-tale-of-two-labs.html#chart-rulers" in linked and SITE not in linked


def test_a_sign_beside_a_number_is_told_on_its_slide(made: Made) -> None:
    for slide in made.slides:
        if slide.startswith("translate"):
            assert ("◐ estimated" in slide) == ('#mark("◐")' in slide)
