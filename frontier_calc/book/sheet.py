"""Tables whose cells are figures: any table of a chapter, and the ledger sheet that closes it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from frontier_calc.book.facts import reading_of, ruler_of, told
from frontier_calc.book.plain import text_of
from frontier_calc.figure import Figure, constant
from frontier_calc.record.reading import Reading
from frontier_calc.words import DATES, Worded

FIT = 3  # so many columns fit beside each other on a phone


@cache
def template(name: str) -> Any:
    """A template of ``templates/``; one of HTML escapes the text that it is given."""
    from jinja2 import Environment, PackageLoader, select_autoescape

    made = Environment(
        loader=PackageLoader(__package__), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    return made.get_template(name)


def markup() -> Any:
    """The macros of ``templates/markup.html``."""
    return template("markup.html").module


@dataclass(frozen=True)
class Raw:
    """HTML that was made here, with its text already escaped."""

    html: str
    number: bool = False
    figures: tuple[Any, ...] = ()  # those that it shows

    def __str__(self) -> str:
        return text_of(self.html)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.html


class Table:
    """A table of figures and texts. ``frame`` is the pandas table behind it, ``str()`` its plain text.

    ``label`` is what a screen reader calls it where it has no caption.
    """

    def __init__(
        self, rows: Iterable[Mapping[str, Any]], caption: str = "", kind: str = "ledger-table", label: str = ""
    ) -> None:
        self.rows = [dict(row) for row in rows]
        self.caption, self.kind, self.label = caption, kind, label or caption
        if not self.rows:
            raise ValueError("a table needs at least one row")
        for column, cell in (pair for row in self.rows for pair in row.items()):
            if isinstance(cell, int | float):
                raise ValueError(
                    f"the table {caption!r} has the bare number {cell!r} under {column}: put the figure there"
                )

    @property
    def columns(self) -> list[str]:
        """What the rows tell, in the order in which they tell it."""
        return list(dict.fromkeys(column for row in self.rows for column in row))

    @property
    def texts(self) -> list[list[str]]:
        """The rows in plain text."""
        cells = ([row.get(column) for column in self.columns] for row in self.rows)
        return [["" if cell is None else str(cell) for cell in row] for row in cells]

    @property
    def figures(self) -> list[Any]:
        """The cells, among which weave.figures_in finds those that show figures."""
        return [cell for row in self.rows for cell in row.values()]

    @property
    def frame(self):
        """The table as a pandas DataFrame of figures and texts."""
        import pandas as pd

        return pd.DataFrame(self.rows)

    def __repr__(self) -> str:
        lines = [self.columns, *self.texts]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)

    def _repr_html_(self) -> str:
        columns, kind = self.columns, self.kind
        numeric = {column for row in self.rows for column, cell in row.items() if _is_number(cell)}
        if kind == "ledger-table" and len(columns) > FIT:
            kind += " many"
        rows = [{column: row.get(column) for column in columns} for row in self.rows]
        return markup().table(columns, rows, numeric, self.caption, kind, kind != "ledger-table", self.label)


def _is_number(value: Any) -> bool:
    worded = isinstance(value, Worded) and value.style not in DATES
    return isinstance(value, Figure) or worded or (isinstance(value, Raw) and value.number)


def named(names: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """What a notebook calls by a name and is of one kind, in the order in which it was made; private names left out."""
    return {name: value for name, value in names.items() if isinstance(value, kind) and not name.startswith("_")}


def table(rows: Iterable[Mapping[str, Any]], caption: str = "") -> Table:
    """A table from rows: each a mapping of column to figure, wording, claim, text or None."""
    return Table(rows, caption)


def tag(name: str) -> Raw:
    """A tag as the cell of a table."""
    return Raw(markup().tag(name))


def ledger_sheet(namespace: Mapping[str, Any]) -> Table:
    """The table that closes a chapter: every named figure with its value, ruler, tag, dates, sources and formula.

    Call it as ``book.ledger_sheet(globals())``.
    """
    figures, made = named(namespace, Figure), markup()
    rows = [
        {
            "Figure and formula": Raw(made.named(name.replace("_", "-"), name.replace("_", " "), fact)),
            "Value": Raw(made.valued(figure, fact), True, (figure,)),
            "Ruler and tag": Raw(made.measured(ruler_of(figure), figure.tag)),
            "About, and known on": Raw(made.dated(fact.about, fact.known)),
            "Sources, and what else is said": Raw(made.said(fact, reading_of)),
        }
        for name, figure, fact in told(figures, {figure.key for figure in figures.values()})
    ]
    return Table(rows, "Every named figure of this page", "ledger-sheet")


def voices(on: Reading) -> list[dict[str, Any]]:
    """Whose voice the observations on each lab are: one row a lab, one column a voice, as exact counts."""
    labs = ("Anthropic", "OpenAI", "xAI", "Mistral")
    known = [row for series in on.store.series.values() if series.subject in labs for row in on.known(series.id)]
    order = dict(Counter(row.source.voice for row in known).most_common()) | {"press": 0, "company": 0}
    counts = Counter((row.series.subject, row.source.voice) for row in known)
    return [{"Lab": lab} | {voice: counted(f"{lab}, {voice}", counts[lab, voice]) for voice in order} for lab in labs]


def counted(name: str, number: int) -> Figure:
    """How many rows of the data there are of a kind: exact, since the table itself is what is counted."""
    return constant(f"observations: {name}", number)
