"""The booklet as one typeset file: contents, chapters with their notes and charts, and the ledger sheets as an appendix.

A rendering of the woven pages by Typst, whose markup is written beside the file: ``_build/booklet/booklet.typ``.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from frontier_calc.book import blocks, svg
from frontier_calc.book.blocks import Block
from frontier_calc.book.charts import Chart
from frontier_calc.book.typesetting import Typesetter, words
from frontier_calc.press import pictures, weave
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading

NAME = "economics-of-the-frontier"
LOOK = Path(__file__).with_name("booklet.typ")
# The pages that tell, in the order of the book; the lists are the site's.
LEFT_OUT = (
    "every-figure",
    "sources",
    "reconciliation",
    "what-changed",
    "authors-month",
    "how-this-is-kept-honest",
    "about",
    "teaching",
)
BELOW = "How money moves at the frontier of AI, in seven ledgers"
BY = "After the booklet by Robert Barcik. Text and data under CC BY 4.0."
SHEET = "Ledger sheet"


class BookletError(ValueError):
    """The booklet cannot be typeset."""


def told(on: Reading, root: Path) -> list[Woven]:
    """The pages that go into the booklet: those of a class are for a screen."""
    pages = weave.weave_all(on, root)
    return [each for each in pages if each.page.name not in LEFT_OUT and not each.page.name.startswith("exercises-")]


def make(on: Reading, root: Path) -> Path:
    """Typeset the book as one reading has it; the path of the file. Raises BookletError and PictureError."""
    try:
        import typst
    except ImportError:
        raise BookletError("the booklet needs the package typst; run: pip install -r requirements.txt") from None
    folder = root / "_build" / "booklet"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{NAME}.typ"
    source.write_text(markup(told(on, root), on, folder, root / "_build" / ".charts"), encoding="utf-8")
    target = folder / f"{NAME}.pdf"
    try:
        typst.compile(str(source), output=str(target), root=str(folder), ignore_system_fonts=True)
    except RuntimeError as error:
        raise BookletError(f"{source}: {error}") from None
    return target


def markup(told: Sequence[Woven], on: Reading, folder: Path, cache: Path) -> str:
    """The whole booklet in Typst's markup; its charts are put into ``folder``."""
    addresses = {woven.page.docname.rpartition("/")[2] + ".md": _label(woven) for woven in told}
    chapters = [_chapter(woven, addresses, folder, cache) for woven in told]
    sheets = [_sheet(woven, addresses) for woven in told]
    front = f"#title-page([{words(_title(told[0]))}], [{words(BELOW)}], [{words(BY)}], [{words(on.stamp)}])"
    contents = "#pagebreak(); #outline(title: [Contents], depth: 1, indent: 0pt)"
    appendix = "#heading(level: 1)[The ledger sheets]\n\n" + "\n\n".join(filter(None, sheets))
    # A file that is made of the same pages twice is the same to the last byte.
    document = f"#set document(title: {_literal(_title(told[0]))}, date: {_day(on.as_of)})"
    return "\n\n".join([LOOK.read_text(encoding="utf-8"), document, front, contents, *chapters, appendix, ""])


def _chapter(woven: Woven, addresses: dict[str, str], folder: Path, cache: Path) -> str:
    """One page without its sheet; its title bears the label that links lead to."""
    told = list(_before_the_sheet(woven.blocks))
    typesetter = Typesetter(list(_charts(woven, folder, cache)), addresses)
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


def _charts(woven: Woven, folder: Path, cache: Path) -> Iterator[str]:
    """The files of a page's charts, in their order; the same pictures that a reader takes along."""
    import vl_convert

    charts = [output.value for output in woven.outputs if isinstance(output.value, Chart)]
    names = [pictures.keep(_by_itself(chart), chart.data, cache) for chart in charts]
    for name in names:
        drawn = (cache / f"{name}.svg").read_text(encoding="utf-8")
        (folder / f"{name}.pdf").write_bytes(vl_convert.svg_to_pdf(drawn))
        yield f"{name}.pdf"


def _by_itself(chart: Chart) -> str:
    """A chart with the words around it, as SVG."""
    sheet = svg.Sheet(**chart.spec["usermeta"]["sheet"])
    return svg.by_itself(sheet, chart.heading.title.text)


def _label(woven: Woven) -> str:
    return f"page-{woven.page.name}"


def _title(woven: Woven) -> str:
    return woven.title


def _literal(text: str) -> str:
    return words(text).removeprefix("#").removesuffix(";")


def _day(day: date) -> str:
    return f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
