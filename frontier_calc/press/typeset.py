"""What the typeset booklet and the slides have in common: which pages they tell, their charts as files, the run of Typst.

A page's words become markup by ``book/typesetting.py``; each of the two has a file of its own that says how it looks.
"""

from pathlib import Path

from frontier_calc.book.charts import Chart
from frontier_calc.book.typesetting import words
from frontier_calc.press import weave
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading

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


class TypesetError(ValueError):
    """What was asked for cannot be typeset."""


def told(on: Reading, root: Path) -> list[Woven]:
    """The pages that are told on paper or on a wall: those of a class are for a screen of one’s own."""
    pages = weave.weave_all(on, root)
    return [each for each in pages if each.page.name not in LEFT_OUT and not each.page.name.startswith("exercises-")]


def run(markup: str, folder: Path, name: str) -> Path:
    """Typeset markup as a PDF in the folder, beside its source; the path of the file. Raises TypesetError."""
    try:
        import typst
    except ImportError:
        raise TypesetError("typesetting needs the package typst; run: pip install -r requirements.txt") from None
    source, target = folder / f"{name}.typ", folder / f"{name}.pdf"
    source.write_text(markup, encoding="utf-8")
    try:
        typst.compile(str(source), output=str(target), root=str(folder), ignore_system_fonts=True)
    except RuntimeError as error:
        raise TypesetError(f"{source}: {error}") from None
    return target


def opening(look: str, first: Woven, on: Reading) -> list[str]:
    """What a document begins with: how it looks, its title and day for a program, and its title page.

    A file that is made of the same pages twice is the same to the last byte.
    """
    day = f"datetime(year: {on.as_of.year}, month: {on.as_of.month}, day: {on.as_of.day})"
    document = f"#set document(title: {literal(first.title)}, date: {day})"
    front = ", ".join(f"[{words(line)}]" for line in (first.title, BELOW, BY, on.stamp))
    return [look, document, f"#title-page({front})"]


def literal(text: str) -> str:
    """Text as a string within code."""
    return words(text).removeprefix("#").removesuffix(";")


def charts_of(woven: Woven) -> list[Chart]:
    """The charts of a page, in their order."""
    return [output.value for output in woven.outputs if isinstance(output.value, Chart)]


def put(picture: str, name: str, folder: Path) -> str:
    """Put a picture, as SVG, into the folder as a PDF, which Typst can show; its name there."""
    import vl_convert

    (folder / f"{name}.pdf").write_bytes(vl_convert.svg_to_pdf(picture))
    return f"{name}.pdf"
