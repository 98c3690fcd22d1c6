"""A page as Typst's markup, for the typeset booklet: a rendering of blocks, as HTML and plain text are others.

Words are handed over as string literals, so that nothing in them can be taken for markup. Notes become footnotes at
their marks; a chart is a picture that was drawn before.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any

from frontier_calc.book import hedges
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
    Row,
    Said,
    Styled,
    Table,
    Verbatim,
    walk,
)
from frontier_calc.book.text import LINES, NOTHING

# Beside a number that was not simply reported, as on the site.
TAGS = {"estimated": "◐", "projected": "○", "illustrative": "◇"}
EMPHASES = {"emphasis": "emph", "strong": "strong", "term": "emph"}
WIDEST = 4  # columns of a table in the usual letters; a wider one is set smaller


def words(text: str) -> str:
    """Text as a string literal of Typst's.

    >>> words('a "b" #c')
    '#"a \\\\"b\\\\" #c";'
    """
    return f"#{json.dumps(text, ensure_ascii=False)};"


@dataclass
class Typesetter:
    """Sets the blocks of one page; ``pictures`` are the files of its charts, in their order on the page."""

    pictures: Iterable[str] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)  # of pages, by the target that a link names
    notes: dict[int, Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._drawn = iter(self.pictures)

    def page(self, blocks: Iterable[Block]) -> str:
        """The markup of a page."""
        everything = tuple(blocks)
        self.notes = {block.number: block for block in walk(everything) if isinstance(block, Note)}
        return self.blocks(everything)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks, one below the other."""
        made = [self.block(block) for block in blocks]
        return "\n\n".join(part for part in made if part)

    def spans(self, spans: Iterable[Any], plain: bool = False) -> str:
        """Spans in a line; ``plain`` without the marks beside numbers, as in a table."""
        return "".join(self.span(span, plain) for span in hedges.told(tuple(spans)))

    # Spans.

    @singledispatchmethod
    def span(self, span: Any, plain: bool = False) -> str:
        """One span."""
        raise TypeError(f"no span: {span!r}")

    @span.register
    def _(self, span: str, plain: bool = False) -> str:
        return words(span.replace("\n", " "))

    @span.register
    def _(self, span: Number, plain: bool = False) -> str:
        after = "" if plain or span.form == "when" else TAGS.get(span.tag, "")
        return f"{words(hedges.word_of(span.form) + span.text)}{_mark(after)}"

    @span.register
    def _(self, span: Break, plain: bool = False) -> str:
        return "#linebreak();"

    @span.register
    def _(self, span: Mark, plain: bool = False) -> str:
        note = self.notes.get(span.number)
        return f"#footnote[{self._note(note)}];" if note else ""

    def _note(self, note: Note) -> str:
        """The words of a note; its first paragraph begins beside its number."""
        first, *rest = note.blocks
        begun = self.spans(first.spans) if isinstance(first, Paragraph) else self.block(first)
        return "#parbreak();".join([begun, *(self.block(each) for each in rest)])

    @span.register
    def _(self, span: Link, plain: bool = False) -> str:
        inside = self.spans(span.spans, plain)
        target = self.addresses.get(span.target.partition("#")[0])
        if target:
            return f"#link(<{target}>)[{inside}];"
        if span.target.startswith(("http://", "https://")):
            return f"#link({json.dumps(span.target)})[{inside}];"
        return inside

    @span.register
    def _(self, span: Said, plain: bool = False) -> str:
        return self.spans(span.spans, plain)

    @span.register
    def _(self, span: Styled, plain: bool = False) -> str:
        inside = self.spans(span.spans, plain)
        if span.kind in LINES:
            return f"#linebreak();{inside}"
        emphasis = EMPHASES.get(span.kind)
        return f"#{emphasis}[{inside}];" if emphasis else inside

    # Blocks.

    @singledispatchmethod
    def block(self, block: Any) -> str:
        """One block."""
        raise TypeError(f"no block: {block!r}")

    @block.register
    def _(self, block: Heading) -> str:
        return f"#heading(level: {block.level})[{self.spans(block.spans, plain=True)}]"

    @block.register
    def _(self, block: Paragraph) -> str:
        inside = self.spans(block.spans)
        return f"#{block.kind}[{inside}]" if block.kind == "outlets" else f"#par[{inside}]"

    @block.register
    def _(self, block: Verbatim) -> str:
        return f"#raw({json.dumps(block.text, ensure_ascii=False)}, block: true)"

    @block.register
    def _(self, block: Note) -> str:
        return ""  # it stands at its mark

    @block.register
    def _(self, block: Listing) -> str:
        kind = "list" if block.start is None else f"enum.with(start: {block.start})"
        return f"#({kind})({', '.join(f'[{self._item(item)}]' for item in block.items)})"

    def _item(self, item: Item) -> str:
        return self.blocks(item.blocks)

    @block.register
    def _(self, block: Group) -> str:
        kinds = block.kind.split()
        inside = self.blocks(block.blocks)
        if "epigraph" in kinds:
            return f"#epigraph[{inside}]"
        if "grid" in kinds:
            return f"#pair({', '.join(f'[{self.block(each)}]' for each in block.blocks)})"
        title = self.spans(block.title, plain=True)
        kind = "translate" if "translate" in kinds else "box"
        return f"#{kind}[{title}][{inside}]" if title else inside

    @block.register
    def _(self, block: Fold) -> str:
        inside = self.blocks(block.blocks)
        return f"{self.block(Heading(3, block.summary))}\n{inside}" if block.kind == "points" else inside

    @block.register
    def _(self, block: Definitions) -> str:
        entries = [f"/ {self.spans(entry.term, plain=True)}: {self.blocks(entry.blocks)}" for entry in block.entries]
        return "\n".join(entries)

    @block.register
    def _(self, block: Picture) -> str:
        file = next(self._drawn, None)
        return f"#chart({json.dumps(file)}, {json.dumps(block.description, ensure_ascii=False)})" if file else ""

    @block.register
    def _(self, block: Table) -> str:
        if "ledger-sheet" in block.kind:
            return "\n".join(self._entry(row) for row in block.rows)
        cells = [f"[{self.spans((name,))}]" for name in block.columns]
        for group in block.groups:
            if group.title:
                cells.append(f"table.cell(colspan: {len(block.columns)})[{words(group.title)}]")
            cells += [self._cell(cell) for row in group.rows for cell in row.cells]
        size = "small" if len(block.columns) > WIDEST else "usual"
        return f"#figures({json.dumps(size)}, {len(block.columns)}, [{self.spans(block.caption, plain=True)}], {', '.join(cells)})"

    def _cell(self, cell: Cell) -> str:
        inside = self.spans(cell.spans, plain=True) if cell.spans else words(NOTHING)
        return f"table.cell(align: right)[{inside}]" if cell.number else f"[{inside}]"

    def _entry(self, row: Row) -> str:
        """A line of a ledger sheet as a paragraph: five columns do not fit a small page."""
        cells = [self.spans(cell.spans, plain=True) if cell.spans else words(NOTHING) for cell in row.cells]
        return f"#entry({', '.join(f'[{cell}]' for cell in cells)})"


def _mark(sign: str) -> str:
    return f"#mark({json.dumps(sign, ensure_ascii=False)});" if sign else ""
