"""The booklet as one typeset file: contents, chapters with their notes and charts, and the ledger sheets as an appendix.

A rendering of the woven pages by Typst, whose markup is written beside the file: in ``_build/booklet``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from frontier_calc.book import blocks, svg
from frontier_calc.book.blocks import Block
from frontier_calc.book.charts import Chart
from frontier_calc.book.typesetting import Typesetter, words
from frontier_calc.press import typeset
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading

NAME = "economics-of-the-frontier"
LOOK = Path(__file__).with_name("booklet.typ")
SHEET = "Ledger sheet"


def make(on: Reading, root: Path) -> Path:
    """Typeset the book as one reading has it; the path of the file. Raises TypesetError."""
    folder = root / "_build" / "booklet"
    folder.mkdir(parents=True, exist_ok=True)
    made = markup(typeset.told(on, root), on, folder)
    return typeset.run(made, folder, NAME)


def markup(told: Sequence[Woven], on: Reading, folder: Path) -> str:
    """The whole booklet in Typst's markup; its charts are put into ``folder``."""
    addresses = {woven.page.docname.rpartition("/")[2] + ".md": _label(woven) for woven in told}
    chapters = [_chapter(woven, addresses, folder) for woven in told]
    sheets = [_sheet(woven, addresses) for woven in told]
    opening = typeset.opening(LOOK.read_text(encoding="utf-8"), told[0], on)
    contents = "#pagebreak(); #outline(title: [Contents], depth: 1, indent: 0pt)"
    appendix = "#heading(level: 1)[The ledger sheets]\n\n" + "\n\n".join(filter(None, sheets))
    return "\n\n".join([*opening, contents, *chapters, appendix, ""])


def _chapter(woven: Woven, addresses: dict[str, str], folder: Path) -> str:
    """One page without its sheet; its title bears the label that links lead to."""
    told = list(_before_the_sheet(woven.blocks))
    charts = [
        typeset.put(_by_itself(chart), f"{woven.page.name}-{chart.heading.name}", folder)
        for chart in typeset.charts_of(woven)
    ]
    typesetter = Typesetter(charts, addresses)
    heading = f"#heading(level: 1)[{words(woven.title)}] <{_label(woven)}>"
    return "\n\n".join([heading, typesetter.page(each for each in told if not _is_title(each))])


def _sheet(woven: Woven, addresses: dict[str, str]) -> str:
    """The sheet of one page under the page's name; nothing for a page without one."""
    tables = [block for block in woven.blocks if isinstance(block, blocks.Table) and "ledger-sheet" in block.kind]
    if not tables:
        return ""
    return f"#heading(level: 2)[{words(woven.title)}]\n\n{Typesetter(addresses=addresses).blocks(tables)}"


def _before_the_sheet(page: Sequence[Block]) -> Iterator[Block]:
    for block in page:
        if isinstance(block, blocks.Heading) and block.spans == (SHEET,):
            return
        yield block


def _is_title(block: Block) -> bool:
    return isinstance(block, blocks.Heading) and block.level == 1


def _by_itself(chart: Chart) -> str:
    """A chart with the words around it, as SVG."""
    sheet = svg.Sheet(**chart.spec["usermeta"]["sheet"])
    return svg.by_itself(sheet, chart.heading.title.text)


def _label(woven: Woven) -> str:
    return f"page-{woven.page.name}"
