"""A page as plain text: what a terminal, a comparison of editions and a kept edition show."""

import re
from collections.abc import Iterable
from functools import singledispatch
from textwrap import indent
from typing import Any

from frontier_calc.book.blocks import (
    Block,
    Break,
    Cell,
    Definitions,
    Fold,
    Group,
    Heading,
    Item,
    Link,
    Listing,
    Mark,
    Note,
    Number,
    Paragraph,
    Picture,
    Said,
    Styled,
    Table,
    Verbatim,
)

LINES = ("below", "formula", "unit", "stated", "about", "quoted")  # kinds of words that begin a line of their own
NOTHING = "–"  # in a cell of which nothing is said
ASIDE = "    "  # before the lines of a note
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # digits of the marks of notes; nothing else on a page is raised


def of_spans(spans: Iterable[Any]) -> str:
    """Spans as one text, a line for each break and each further line of a cell.

    >>> of_spans(("$30 billion", Styled(("a year",), "unit")))
    '$30 billion\\na year'
    """
    text = "".join(_span(span) for span in spans)
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


@singledispatch
def _span(span: Any) -> str:
    raise TypeError(f"no span: {span!r}")


@_span.register
def _(span: str) -> str:
    return span.replace("\n", " ")


@_span.register
def _(span: Number) -> str:
    return span.text


@_span.register
def _(span: Break) -> str:
    return "\n"


@_span.register
def _(span: Mark) -> str:
    return raised(span.number)


@_span.register(Link)
@_span.register(Said)
def _(span: Link | Said) -> str:
    return "".join(_span(each) for each in span.spans)


@_span.register
def _(span: Styled) -> str:
    inside = "".join(_span(each) for each in span.spans)
    return f"\n{inside}" if span.kind in LINES else inside


def raised(number: int) -> str:
    """The number of a note as its mark.

    >>> raised(12)
    '¹²'
    """
    return "".join(RAISED[int(digit)] for digit in str(number))


def of_blocks(blocks: Iterable[Block]) -> str:
    """Blocks one below the other, with an empty line between them."""
    texts = [of_block(block) for block in blocks]
    return "\n\n".join(text for text in texts if text)


@singledispatch
def of_block(block: Any) -> str:
    """One block as plain text."""
    raise TypeError(f"no block: {block!r}")


@of_block.register
def _(block: Heading) -> str:
    return of_spans(block.spans)


@of_block.register
def _(block: Paragraph) -> str:
    return of_spans(block.spans)


@of_block.register
def _(block: Verbatim) -> str:
    return block.text.strip("\n")


@of_block.register
def _(block: Listing) -> str:
    return "\n".join(_item(item) for item in block.items)


def _item(item: Item) -> str:
    texts = [of_block(block) for block in item.blocks]
    return "\n".join(text for text in texts if text)


@of_block.register
def _(block: Group) -> str:
    title = of_spans(block.title)
    inside = of_blocks(block.blocks)
    return f"{title}\n\n{inside}" if title else inside


@of_block.register
def _(block: Fold) -> str:
    return f"{of_spans(block.summary)}\n\n{of_blocks(block.blocks)}"


@of_block.register
def _(block: Note) -> str:
    return indent(f"{raised(block.number)} {of_blocks(block.blocks)}", ASIDE)


@of_block.register
def _(block: Definitions) -> str:
    return "\n\n".join(f"{of_spans(entry.term)}\n{of_blocks(entry.blocks)}" for entry in block.entries)


@of_block.register
def _(block: Table) -> str:
    lines = [of_spans(block.caption)] if block.caption else []
    lines.append("\t".join(block.columns))
    for group in block.groups:
        if group.title:
            lines.append(group.title)
        lines += ["\t".join(of_cell(cell) for cell in row.cells) for row in group.rows]
    return "\n".join(lines)


def of_cell(cell: Cell) -> str:
    """A cell's words on one line, or the dash that says that nothing applies."""
    return of_spans(cell.spans).replace("\n", " ") if cell.spans else NOTHING


@of_block.register
def _(block: Picture) -> str:
    return f"[{block.description}]\n\n{of_block(block.table)}"
