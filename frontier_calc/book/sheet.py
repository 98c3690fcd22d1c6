"""Tables whose cells are figures: any table of a chapter, the ledger sheet that closes it, and the list of sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frontier_calc.book.cards import Facts, facts, reading_of
from frontier_calc.book.pages import escaped, text_of
from frontier_calc.claims import Claim
from frontier_calc.figure import Figure, constant
from frontier_calc.reading import Reading
from frontier_calc.store import Source
from frontier_calc.words import Worded

NOTHING = "–"  # what does not apply stays empty, visibly; where there is no room, it may be left out
BLANK = f'<span class="nothing">{NOTHING}</span>'


@dataclass(frozen=True)
class Raw:
    """HTML that was made here, with its text already escaped."""

    html: str
    number: bool = False
    of: Figure | None = None  # the figure that it shows

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

    @property
    def figures(self) -> list[Any]:
        """The figures, wordings and claims in the cells."""
        cells = (cell.of if isinstance(cell, Raw) else cell for row in self.rows for cell in row.values())
        return [cell for cell in cells if isinstance(cell, Figure | Worded | Claim)]

    @property
    def frame(self):
        """The table as a pandas DataFrame of figures and texts."""
        import pandas as pd

        return pd.DataFrame(self.rows)

    def __repr__(self) -> str:
        return self.frame.map(lambda cell: NOTHING if cell is None else str(cell)).to_string(index=False)

    def _repr_html_(self) -> str:
        numeric = {column for row in self.rows for column, cell in row.items() if _is_number(cell)}

        def row_html(kind: str, cells: Mapping[str, str]) -> str:
            place = ' scope="col"' if kind == "th" else ""
            marked = {column: ' class="number"' if column in numeric else "" for column in cells}
            if (
                kind == "td" and self.kind == "ledger-sheet"
            ):  # on a phone, where a row is a block, a cell says what it is
                marked = {column: f'{mark} data-label="{escaped(column)}"' for column, mark in marked.items()}
            return "<tr>" + "".join(f"<{kind}{place}{marked[c]}>{text}</{kind}>" for c, text in cells.items()) + "</tr>"

        columns = list(dict.fromkeys(column for row in self.rows for column in row))
        head = row_html("th", {column: escaped(column) for column in columns})
        body = "\n".join(row_html("td", {c: _cell(row.get(c)) for c in columns}) for row in self.rows)
        caption = f"<caption>{escaped(self.caption)}</caption>" if self.caption else ""
        label = escaped(self.caption or "Table")
        # mathjax_ignore: JupyterLab would set what stands between two dollar signs as mathematics.
        return (
            f'<div class="table-scroll mathjax_ignore" role="region" aria-label="{label}" tabindex="0"><table class="{self.kind}">'
            f"{caption}<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table></div>"
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, Figure | Worded) or (isinstance(value, Raw) and value.number)


def _cell(value: Any) -> str:
    """One cell as HTML: a figure right-aligned and tied to its derivation, a text escaped."""
    if value is None:
        return BLANK
    if isinstance(value, Figure | Worded):
        return value._repr_html_()
    if isinstance(value, Claim):
        return value._repr_html_()
    if isinstance(value, Raw):
        return value.html
    return escaped(value)


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


def named_figures(namespace: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures of a notebook by name, in the order in which they were made; private names left out."""
    return {name: value for name, value in namespace.items() if isinstance(value, Figure) and not name.startswith("_")}


def ledger_sheet(namespace: Mapping[str, Any]) -> Table:
    """The table that closes a chapter: every named figure with its value, ruler, tag, dates, sources and formula.

    Call it as ``book.ledger_sheet(globals())``.
    """
    figures = named_figures(namespace)
    own = {figure.key for figure in figures.values()}
    names: dict[str, Any] = {}  # grows as the page goes on: a formula uses the names that its cell had at hand
    rows = []
    for name, figure in figures.items():
        called = name.replace("_", " ")
        fact = facts(figure, names, called, own)
        names[figure.key] = (called, figure)
        ruler = escaped(figure.aside or figure.ruler) if figure.aside or any(figure.ruler) else BLANK
        title = f'<span class="sheet-name" id="{escaped(name.replace("_", "-"))}">{escaped(called)}</span>'
        steps = "".join(
            f'<span class="formula">= {escaped(text)}</span>' for text in (fact.formula, fact.numbers) if text
        )
        unit = f'<span class="unit"> {escaped(fact.unit)}</span>' if fact.unit else ""
        rows.append({
            "Figure and formula": Raw(f"{title} {steps}{_below(fact.leans, 'Leans on ')}"),
            "Value": Raw(f"{figure._repr_html_()}{unit}{_below(fact.range)}", True, figure),
            "Ruler and tag": Raw(f'{ruler} <span class="below">{tag_mark(figure.tag)}</span>'),
            "About, and known on": Raw(f"{escaped(fact.about) or BLANK}{_below(fact.known, 'known on ')}"),
            "Sources, and what else is said": _said_of(fact),
        })  # fmt: skip
    return Table(rows, "Ledger sheet: every named figure of this page", "ledger-sheet")


def _below(text: str, label: str = "", more: str = "") -> str:
    """A further line of a cell, where there is something to say; ``more`` is HTML already."""
    return f' <span class="below">{label}{escaped(text)}{more}</span>' if text else ""


def _said_of(fact: Facts) -> Raw | None:
    """Sources with voice and access, and below them other answers, what the edition holds, and notes."""
    credits = [f"{source_link(source)} ({escaped(reading_of(source))})" for source in fact.sources]
    more = [_below(said, "Others say: ", f", {source_link(source)}" if source else "") for said, source in fact.others]
    more += [_below(text, "Held by the edition: ") for text in fact.held] + [
        _below(text, "Note: ") for text in fact.notes
    ]
    return Raw("; ".join(credits) + "".join(more)) if credits or more else None


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
