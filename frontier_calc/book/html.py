"""A page as HTML: what a notebook shows and what the site is made of. Every text is escaped, wherever it comes from.

The site passes a ``number`` of its own, which gives each figure its address and leads to where its facts are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from markupsafe import Markup, escape

from frontier_calc.book import hedges
from frontier_calc.book.blocks import (
    Block,
    Break,
    Cell,
    Definitions,
    Fold,
    Group,
    Heading,
    Link,
    Listing,
    Mark,
    Note,
    Number,
    Paragraph,
    Picture,
    Row,
    Rows,
    Said,
    Styled,
    Table,
    Verbatim,
)
from frontier_calc.book.text import NOTHING

__all__ = ["Dressed", "Markup", "chart_data", "element", "of_block", "of_blocks", "of_span", "of_spans", "opening"]

Dressed = Callable[[Number], Markup]

ELEMENTS = {"emphasis": "em", "strong": "strong", "code": "code"}  # the others are spans of a class
UNLABELLED = "ledger-table"  # a table whose rows stay rows on a phone


def element(tag: str, *inside: object, **attributes: str | None) -> Markup:
    """An element; its attributes and what is no markup inside it are escaped, an attribute of None is left out.

    >>> element("a", "A & B", href="x?a=1&b=2", class_="source")
    Markup('<a href="x?a=1&amp;b=2" class="source">A &amp; B</a>')
    """
    content = "".join(map(escape, inside))
    return Markup(f"{opening(tag, **attributes)}{content}</{tag}>")


def opening(tag: str, **attributes: str | None) -> Markup:
    """The first tag of an element. An underscore stands for a hyphen, and one at the end for nothing."""
    given = [
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    ]
    return Markup(f"<{tag}{''.join(given)}>")


def plain_number(number: Number) -> Markup:
    """A figure's words, tied to the figure by its key."""
    return element("span", number.text, class_="figure", data_figure=number.key, data_tag=number.tag, **_form(number))


def _form(number: Number) -> dict[str, str | None]:
    return {"data_form": number.form or None, "data_wording": number.wording or None}


# Spans.


def of_spans(spans: Iterable[Any], number: Dressed = plain_number) -> Markup:
    """Spans, one after the other; a bare number says its qualifier as the words before it allow."""
    return Markup("").join(of_span(span, number) for span in hedges.told(tuple(spans)))


@singledispatch
def of_span(span: Any, number: Dressed = plain_number) -> Markup:
    """One span."""
    raise TypeError(f"no span: {span!r}")


@of_span.register
def _(span: str, number: Dressed = plain_number) -> Markup:
    return escape(span)


@of_span.register
def _(span: Number, number: Dressed = plain_number) -> Markup:
    return number(span)


@of_span.register
def _(span: Break, number: Dressed = plain_number) -> Markup:
    return Markup("<br>")


@of_span.register
def _(span: Said, number: Dressed = plain_number) -> Markup:
    inside = of_spans(span.spans, number)
    # mathjax_ignore: JupyterLab would set what stands between two dollar signs as mathematics.
    return element("span", inside, class_="claim mathjax_ignore", data_claim=span.claim, data_verdict=span.verdict)


@of_span.register
def _(span: Link, number: Dressed = plain_number) -> Markup:
    inside = of_spans(span.spans, plain_number)  # no link stands within a link
    outside = "noopener" if span.target.startswith(("https://", "http://")) else None
    return element("a", inside, class_=span.kind or None, href=span.target, rel=outside)


@of_span.register
def _(span: Styled, number: Dressed = plain_number) -> Markup:
    inside = of_spans(span.spans, number)
    if span.kind in ELEMENTS:
        return element(ELEMENTS[span.kind], inside)
    return element("span", inside, class_=span.kind or None, id=span.anchor or None)


@of_span.register
def _(span: Mark, number: Dressed = plain_number) -> Markup:
    return element("sup", str(span.number), class_="note-mark")


# Blocks.


def of_blocks(blocks: Iterable[Block], number: Dressed = plain_number) -> Markup:
    """Blocks, one below the other."""
    return Markup("\n").join(of_block(block, number) for block in blocks)


@singledispatch
def of_block(block: Any, number: Dressed = plain_number) -> Markup:
    """One block."""
    raise TypeError(f"no block: {block!r}")


@of_block.register
def _(block: Heading, number: Dressed = plain_number) -> Markup:
    return element(f"h{block.level}", of_spans(block.spans, number))


@of_block.register
def _(block: Paragraph, number: Dressed = plain_number) -> Markup:
    kind = f"{block.kind} mathjax_ignore" if block.kind else None
    return element("p", of_spans(block.spans, number), class_=kind)


@of_block.register
def _(block: Verbatim, number: Dressed = plain_number) -> Markup:
    return element("pre", block.text)


@of_block.register
def _(block: Listing, number: Dressed = plain_number) -> Markup:
    items = [element("li", of_blocks(item.blocks, number), id=item.anchor or None) for item in block.items]
    kind = f"{block.kind} mathjax_ignore" if block.kind else None
    if block.start is None:
        return element("ul", *items, class_=kind)
    return element("ol", *items, class_=kind, start=str(block.start))


@of_block.register
def _(block: Group, number: Dressed = plain_number) -> Markup:
    title = element("p", of_spans(block.title, number), class_="title") if block.title else ""
    return element("div", title, of_blocks(block.blocks, number), class_=block.kind)


@of_block.register
def _(block: Fold, number: Dressed = plain_number) -> Markup:
    summary = element("summary", of_spans(block.summary, number))
    return element("details", summary, of_blocks(block.blocks, number), class_=block.kind or None)


@of_block.register
def _(block: Note, number: Dressed = plain_number) -> Markup:
    mark = element("sup", str(block.number), class_="note-number")
    return element("aside", mark, of_blocks(block.blocks, number), class_="side-note")


@of_block.register
def _(block: Definitions, number: Dressed = plain_number) -> Markup:
    inside = [
        element("dt", of_spans(entry.term, number)) + element("dd", of_blocks(entry.blocks, number))
        for entry in block.entries
    ]
    return element("dl", *inside, class_=block.kind or None)


@of_block.register
def _(block: Picture, number: Dressed = plain_number) -> Markup:
    drawn = element("figure", opening("img", alt=block.description), class_="chart")
    return drawn + chart_data(block.table, number)


def chart_data(table: Table, number: Dressed = plain_number, *below: Markup) -> Markup:
    """The data of a chart, folded away; ``below`` it, what else there is to do with it."""
    summary = element("summary", "Data of this chart")
    return element("details", summary, of_block(table, number), *below, class_="chart-data")


@of_block.register
def _(block: Table, number: Dressed = plain_number) -> Markup:
    labelled = block.kind != UNLABELLED
    numeric = _numeric(block)
    parts = [element("caption", of_spans(block.caption, number))] if block.caption else []
    heads = [
        element("th", name, scope="col", class_="number" if at in numeric else None) if name else element("td")
        for at, name in enumerate(block.columns)
    ]
    parts.append(element("thead", element("tr", *heads)))
    columns = [_Column(name if labelled else None, is_numeric=at in numeric) for at, name in enumerate(block.columns)]
    parts += [_group(group, columns, number) for group in block.groups]
    table = element("table", *parts, class_=block.kind)
    return element(
        "div", table, class_="table-scroll mathjax_ignore", role="region", aria_label=block.label, tabindex="0"
    )


def _numeric(table: Table) -> set[int]:
    """The columns in which some cell holds a number."""
    return {at for row in table.rows for at, cell in enumerate(row.cells) if cell.number}


@dataclass(frozen=True)
class _Column:
    """A column of a table, as its cells need it: how they are labelled where a row stands as a card."""

    label: str | None
    is_numeric: bool


def _group(group: Rows, columns: Sequence[_Column], number: Dressed) -> Markup:
    rows = [_row(row, columns, number) for row in group.rows]
    if group.title:
        head = element("th", group.title, scope="rowgroup", colspan=str(len(columns)))
        rows.insert(0, element("tr", head))
    return element("tbody", *rows, data_chapter=group.name or None)


def _row(row: Row, columns: Sequence[_Column], number: Dressed) -> Markup:
    cells = [_cell(cell, column, number) for cell, column in zip(row.cells, columns, strict=True)]
    return element("tr", *cells, id=row.anchor or None, data_tag=row.tag or None)


def _cell(cell: Cell, column: _Column, number: Dressed) -> Markup:
    """A cell; one that is empty is aligned as the numbers of its column are."""
    inside = of_spans(cell.spans, number) if cell.spans else element("span", NOTHING, class_="nothing")
    is_number = cell.number or (not cell.spans and column.is_numeric)
    return element("td", inside, class_="number" if is_number else None, data_label=column.label)
