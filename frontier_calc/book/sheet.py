"""Tables whose cells are figures: any table of a chapter, the ledger sheet that closes it, and the list of sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frontier_calc import derivation, units
from frontier_calc.book.pages import escaped, text_of
from frontier_calc.claims import Claim
from frontier_calc.dates import day_words
from frontier_calc.figure import Figure, constant
from frontier_calc.reading import Reading
from frontier_calc.store import Source
from frontier_calc.words import Worded

NOTHING = "–"  # what does not apply stays empty, visibly


@dataclass(frozen=True)
class Raw:
    """HTML that was made here, with its text already escaped."""

    html: str
    number: bool = False
    of: Figure | None = None  # the figure that it shows

    def __str__(self) -> str:
        return text_of(self.html)


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
        return NOTHING
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


def source_link(source: Source) -> str:
    """A source by outlet and date, linked where it has a web address."""
    text = escaped(source)
    return f'<a class="source" href="{escaped(source.link)}" rel="noopener">{text}</a>' if source.link else text


def named_figures(namespace: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures of a notebook by name, in the order in which they were made; private names left out."""
    return {name: value for name, value in namespace.items() if isinstance(value, Figure) and not name.startswith("_")}


def ledger_sheet(namespace: Mapping[str, Any]) -> Table:
    """The table that closes a chapter: every named figure with its value, ruler, tag, dates, sources and formula.

    Call it as ``book.ledger_sheet(globals())``.
    """
    figures = named_figures(namespace)
    names: dict[str, Any] = {}  # grows as the page goes on: a formula uses the names that its cell had at hand
    rows = []
    for name, figure in figures.items():
        slug = name.replace("_", "-")
        formula = derivation.steps(figure, names).formula
        names[figure.key] = (name.replace("_", " "), figure)
        unit = f" {units.counted(figure.unit, figure.value)}" if figure.is_known else ""
        ruler = escaped(figure.aside or (str(figure.ruler) if any(figure.ruler) else NOTHING))
        about = escaped(figure.period.words) if figure.period else NOTHING
        known = f"known on {day_words(figure.known)}" if figure.known else ""
        title = f'<span class="sheet-name" id="{escaped(slug)}">{escaped(name.replace("_", " "))}</span>'
        rows.append({
            "Figure and formula": Raw(f'{title} <span class="formula">= {escaped(formula)}</span>'),
            "Value": Raw(f'{figure._repr_html_()}<span class="unit">{escaped(unit)}</span>', True, figure),
            "Ruler and tag": Raw(f'{ruler} <span class="below">{tag_mark(figure.tag)}</span>'),
            "About, and known on": Raw(f'{about} <span class="below">{escaped(known)}</span>'),
            "Sources": Raw("; ".join(dict.fromkeys(map(source_link, figure.sources)))) if figure.sources else None,
        })  # fmt: skip
    return Table(rows, "Ledger sheet: every named figure of this page", "ledger-sheet")


def voices(on: Reading) -> list[dict[str, Any]]:
    """Whose voice the observations on each lab are: one row a lab, one column a voice, as exact counts."""
    labs = ("Anthropic", "OpenAI", "xAI", "Mistral")
    known = [row for series in on.store.series.values() if series.subject in labs for row in on.known(series.id)]
    order = [voice for voice, _ in Counter(row.source.voice for row in known).most_common()]
    counts = Counter((row.series.subject, row.source.voice) for row in known)
    return [{"Lab": lab} | {voice: counted(f"{lab}, {voice}", counts[lab, voice]) for voice in order} for lab in labs]


def counted(name: str, number: int) -> Figure:
    """How many rows of the data there are of a kind: exact, since the table itself is what is counted."""
    return constant(f"observations: {name}", number)
