"""Tables whose cells are figures, wordings, claims and texts; and the spans that several tables share."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from frontier_calc.book import blocks, in_notebook, text
from frontier_calc.book.blocks import Cell, Link, Number, Row, Rows, Span, Spans, Styled
from frontier_calc.book.phrases import Words, headline
from frontier_calc.figure import Figure
from frontier_calc.record.store import Source
from frontier_calc.words import DATES, Worded

if TYPE_CHECKING:
    import pandas

FIT = 3  # so many columns fit beside each other on a phone


class Shown:
    """What an instrument shows: a block, in a notebook as HTML and as plain text, on the site as data."""

    block: Any
    figures: Iterable[Any] = ()  # the figures in it, or what holds them

    def __repr__(self) -> str:
        return text.of_block(self.block)

    def _repr_html_(self) -> str:
        return str(in_notebook.of_block(self.block))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {blocks.MIME: blocks.as_json(self.block), "text/plain": repr(self), "text/html": self._repr_html_()}


class Of(Shown):
    """A block that was made elsewhere, and the figures that it shows."""

    def __init__(self, block: blocks.Block, figures: Iterable[Any] = ()) -> None:
        self.block = block
        self.figures = tuple(figures)


class Table(Shown):
    """A table of figures and texts. ``frame`` is the pandas table behind it, ``str()`` its plain text.

    Each row maps columns to a figure, a wording, a claim, a text or None. ``label`` is what a screen reader calls it
    where it has no caption. Raises ValueError for a table without rows, and for a bare number in a cell.
    """

    def __init__(
        self, rows: Iterable[Mapping[str, Any]], caption: Words = "", kind: str = "ledger-table", label: str = ""
    ) -> None:
        self.records = [dict(row) for row in rows]
        if not self.records:
            raise ValueError("a table needs at least one row")
        self.caption = headline(caption)
        self.columns = list(dict.fromkeys(column for record in self.records for column in record))
        self.figures = [*self.caption.figures, *(value for record in self.records for value in record.values())]
        if kind == "ledger-table" and len(self.columns) > FIT:
            kind = "ledger-table many"
        made = _aligned(tuple(self._row(record) for record in self.records))
        self.block: blocks.Table = blocks.Table(
            tuple(self.columns),
            (Rows(made),),
            self.caption.spans if self.caption else (),
            kind,
            label or self.caption.text,
        )

    def _row(self, record: Mapping[str, Any]) -> Row:
        for column, value in record.items():
            if isinstance(value, int | float):
                where = f"the table {str(self.caption)!r} has the bare number {value!r} under {column}"
                raise ValueError(f"{where}: put the figure there")
        return Row(tuple(cell(record.get(column)) for column in self.columns))

    @property
    def texts(self) -> list[list[str]]:
        """The rows in plain text."""
        return [["" if not each.spans else text.of_spans(each.spans) for each in row.cells] for row in self.block.rows]

    @property
    def frame(self) -> "pandas.DataFrame":
        """The table as a pandas DataFrame of figures and texts."""
        import pandas

        return pandas.DataFrame(self.records)

    def __repr__(self) -> str:
        lines = [self.columns, *self.texts]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)


def cell(value: Any) -> Cell:
    """The cell that a value makes; None makes one that says that nothing applies."""
    if value is None:
        return Cell()
    shown = blocks.shown(value)
    if isinstance(shown, Cell):
        return shown
    if not isinstance(shown, Span):
        raise ValueError(f"{value!r} cannot stand in the cell of a table: put a figure, a claim or a text there")
    return Cell((shown,), number=_is_number(value))


def _aligned(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with their numbers set to the right, where a column has nothing else: beside text one edge reads better."""
    columns = zip(*(row.cells for row in rows), strict=True)
    pure = [all(cell.number or not cell.spans for cell in column) for column in columns]
    return tuple(
        replace(
            row,
            cells=tuple(replace(cell, number=cell.number and only) for cell, only in zip(row.cells, pure, strict=True)),
        )
        for row in rows
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, Figure) or (isinstance(value, Worded) and value.style not in DATES)


def table(rows: Iterable[Mapping[str, Any]], caption: Words = "") -> Table:
    """A table from rows: each a mapping of column to figure, wording, claim, text or None. A caption may be a claim."""
    return Table(rows, caption)


# Spans that several tables share.


def tag(name: str) -> Styled:
    """A tag as a small mark: a word with a shape, so that it does not rest on colour."""
    word = name or "exact"
    return Styled((word,), f"tag tag-{word}")


def line(kind: str, *spans: Span) -> Spans:
    """A further line of a cell; none where its last words are empty."""
    if not spans or not spans[-1]:
        return ()
    return " ", Styled(spans, kind)


def source(of: Source, words: str = "") -> Span:
    """A source by outlet and date, or in ``words``, linked where it has a web address."""
    said = words or str(of)
    return Link((said,), of.link, "source") if of.link else said


def number(figure: Figure) -> Number:
    """A figure in its usual words."""
    shown = blocks.shown(figure)
    assert isinstance(shown, Number)
    return shown
