"""Tables whose cells are figures: any table of a chapter, and the ledger sheet that closes it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frontier_calc.book.facts import Facts, reading_of, ruler_of, told
from frontier_calc.book.pages import escaped, text_of
from frontier_calc.book.weave import named
from frontier_calc.figure import Figure, constant
from frontier_calc.reading import Reading
from frontier_calc.store import Source
from frontier_calc.words import Worded

NOTHING = "–"  # what does not apply stays empty, visibly; where there is no room, it may be left out
FIT = 4  # so many columns fit beside each other on a phone
BLANK = f'<span class="nothing">{NOTHING}</span>'


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
    """A table of figures and texts. ``frame`` is the pandas table behind it, ``str()`` its plain text."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], caption: str = "", kind: str = "ledger-table") -> None:
        self.rows = [dict(row) for row in rows]
        self.caption, self.kind = caption, kind
        if not self.rows:
            raise ValueError("a table needs at least one row")
        for column, cell in (pair for row in self.rows for pair in row.items()):
            if isinstance(cell, int | float):
                raise ValueError(
                    f"the table {caption!r} has the bare number {cell!r} under {column}: put the figure there"
                )

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
        return self.frame.map(lambda cell: NOTHING if cell is None else str(cell)).to_string(index=False)

    def _repr_html_(self) -> str:
        columns = list(dict.fromkeys(column for row in self.rows for column in row))
        numeric = {column for row in self.rows for column, cell in row.items() if _is_number(cell)}
        marks = {column: ' class="number"' if column in numeric else "" for column in columns}
        head = "".join(f'<th scope="col"{marks[column]}>{escaped(column)}</th>' for column in columns)
        kind = f"{self.kind} many" if self.kind == "ledger-table" and len(columns) > FIT else self.kind
        if kind != "ledger-table":  # on a phone, where a row is a block, a cell says what it is
            marks = {column: f'{mark} data-label="{escaped(column)}"' for column, mark in marks.items()}
        lines = ("".join(f"<td{marks[c]}>{cell_html(row.get(c))}</td>" for c in columns) for row in self.rows)
        body = "\n".join(f"<tr>{line}</tr>" for line in lines)
        return table_html(f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>", self.caption, kind)


def table_html(inside: str, caption: str, kind: str, label: str = "") -> str:
    """A table that scrolls in a region of its own where it is wider than the screen."""
    # mathjax_ignore: JupyterLab would set what stands between two dollar signs as mathematics.
    return (
        f'<div class="table-scroll mathjax_ignore" role="region" aria-label="{escaped(label or caption or "Table")}" '
        f'tabindex="0"><table class="{kind}">{caption and f"<caption>{escaped(caption)}</caption>"}{inside}</table></div>'
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, Figure | Worded) or (isinstance(value, Raw) and value.number)


def cell_html(value: Any) -> str:
    """One cell as HTML: a figure or a claim tied to its derivation, a text escaped, nothing as a dash."""
    if value is None:
        return BLANK
    return value._repr_html_() if hasattr(value, "_repr_html_") else escaped(value)


def table(rows: Iterable[Mapping[str, Any]], caption: str = "") -> Table:
    """A table from rows: each a mapping of column to figure, wording, claim, text or None."""
    return Table(rows, caption)


def tag_mark(tag: str) -> str:
    """A tag as a small mark: a word with a shape, so that it does not rest on colour."""
    name = tag or "exact"
    return f'<span class="tag tag-{name}">{name}</span>'


def tag(name: str) -> Raw:
    """A tag as the cell of a table."""
    return Raw(tag_mark(name))


def source_link(source: Source, shown: str = "") -> str:
    """A source by outlet and date, or as ``shown``, linked where it has a web address."""
    text = escaped(shown or source)
    return f'<a class="source" href="{escaped(source.link)}" rel="noopener">{text}</a>' if source.link else text


def ledger_sheet(namespace: Mapping[str, Any]) -> Table:
    """The table that closes a chapter: every named figure with its value, ruler, tag, dates, sources and formula.

    Call it as ``book.ledger_sheet(globals())``.
    """
    figures = named(namespace, Figure)
    rows = []
    for name, figure, fact in told(figures, {figure.key for figure in figures.values()}):
        anchor, called = escaped(name.replace("_", "-")), escaped(name.replace("_", " "))
        steps = span(fact.formula, "formula", "= ") + span(fact.numbers, "formula", "= ")
        steps += span(fact.leans, "below", "Leans on ")
        value = f"{figure._repr_html_()}{span(fact.unit, 'unit')}{span(fact.range)}"
        rows.append({
            "Figure and formula": Raw(f'<span class="sheet-name" id="{anchor}">{called}</span>{steps}'),
            "Value": Raw(value, True, (figure,)),
            "Ruler and tag": Raw(ruler_cell(ruler_of(figure), figure.tag)),
            "About, and known on": Raw(dates_cell(fact.about, fact.known)),
            "Sources, and what else is said": _said_of(fact),
        })  # fmt: skip
    return Table(rows, "Ledger sheet: every named figure of this page", "ledger-sheet")


def span(text: str, kind: str = "below", label: str = "", more: str = "") -> str:
    """A further line of a cell, where there is something to say; ``more`` is HTML already."""
    return f' <span class="{kind}">{label}{escaped(text)}{more}</span>' if text else ""


def ruler_cell(ruler: str, tag: str) -> str:
    """How a figure was measured and how solid it is, as the HTML of a cell."""
    return f'{escaped(ruler) or BLANK} <span class="below">{tag_mark(tag)}</span>'


def dates_cell(about: str, known: str) -> str:
    """What a figure is about and since when it was known, as the HTML of a cell."""
    return f"{escaped(about) or BLANK}{span(known, 'below', 'known on ')}"


def _said_of(fact: Facts) -> Raw | None:
    """Sources with voice and access, and below them other answers, what the edition holds, and notes."""
    credits = "; ".join(f"{source_link(source)} ({escaped(reading_of(source))})" for source in fact.sources)
    links = [f", {source_link(answer.source)}" if answer.source else "" for answer in fact.others]
    more = [span(a.said, "below", "Others say: ", link) for a, link in zip(fact.others, links, strict=True)]
    more += [span(text, "below", "Held by the edition: ") for text in fact.held]
    more += [span(text, "below", "Note: ") for text in fact.notes]
    return Raw(credits + "".join(more)) if credits or more else None


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
