"""A chart: figures drawn, described in words, and backed by a table that binds each cell to a figure.

What all kinds share; each kind has a file of its own. A chart knows its words before anything is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from math import isfinite
from typing import Any, Required, TypedDict

from frontier_calc.book import blocks, captions, drawing, poster, svg, theme, vega
from frontier_calc.book.annotations import Annotation
from frontier_calc.book.captions import Scale
from frontier_calc.book.marks import Heading, Mark, Open, Picture
from frontier_calc.book.phrases import Notes, Words
from frontier_calc.book.tables import Table
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf

MIME = vega.MIME
# The key of a chart, after the sign of a point or the word for a bar.
HOLLOW, HOLLOW_POINT, HALF_POINT = "hollow: projected or assumed", "○ projected or assumed", "◐ estimated"
RANGE, RANGE_POINT = "pale end: the range", "ɪ the range"
OPENNESS: Mapping[str, Open] = {"over": "above", "under": "below", "up to": "below"}
BOUNDS: Mapping[Open, str] = {"above": "at least so much", "below": "at most so much"}
ARROWS: Mapping[Open, str] = {"above": "→", "below": "←"}  # along a bar
ARROWS_POINT: Mapping[Open, str] = {"above": "↑", "below": "↓"}
UNVERIFIED = "Not verified"  # so begins the note of a row whose source nobody has seen
FEW = 2  # so many sources are told of a point; of more, how many

Row = dict[str, Any]  # of the table: a column's name, and a figure, a text or None


class Around(TypedDict, total=False):
    """The keywords that all kinds of chart have: what an author says around and on one."""

    title: Required[Words]
    subtitle: Words
    note: Notes
    marks: Sequence[Annotation]
    name: str
    broad: bool


@dataclass(frozen=True)
class Given:
    """What an author says around and on a chart: see the instruments. A ``broad`` one takes the margin of a page as well."""

    title: Words
    subtitle: Words = ""
    note: Notes = ()
    marks: Sequence[Annotation] = ()
    name: str = ""
    broad: bool = False

    def heading(self, unit: str, noted: Iterable[str], figures: Sequence[Figure], key: Iterable[str] = ()) -> Heading:
        """The words around the chart: see ``captions.heading``; and the ``key`` of the signs in it."""
        made = captions.heading(self.title, self.subtitle, self.note, self.name, unit, noted, figures)
        return replace(made, key=" · ".join(key), broad=self.broad)


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart: ``description`` is its alt text, ``rows`` its data, ``figures`` what it shows.

    ``heading`` and ``picture`` say what is drawn; nothing is drawn before ``spec`` is asked for.
    """

    description: str
    rows: Sequence[Row]
    figures: Sequence[Figure]
    heading: Heading
    picture: Picture

    @cached_property
    def table(self) -> Table:
        """Its data for a reader, each figure tied to its derivation."""
        return Table(self.rows, label=f"Data: {self.heading.title}")

    @property
    def data(self) -> list[list[str | float]]:
        """Its data to take along, the names of the columns first: the words of the table, and then its numbers.

        Each column of figures has a column of numbers in plain units (dollars, people, a share of one), one of their
        units, and where there are ranges two of their ends. The last has the links of the sources.
        """
        return data_of(self.rows)

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification for a notebook; inside, for a page, its words, its data and its two drawings."""
        wide = drawing.draw(self.picture, theme.WIDE)
        by_itself = poster.of_scene(wide, self.heading)
        usermeta = {
            "block": blocks.as_json(self.block),
            "data": self.data,
            "wide": svg.on_page(wide, "wide"),
            "narrow": svg.on_page(drawing.draw(self.picture, theme.NARROW), "narrow"),
            "sheet": asdict(svg.sheet_of(by_itself)),
        }
        return {**vega.of_scene(by_itself, self.description), "usermeta": usermeta}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {MIME: self.spec, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"[chart] {self.description}"

    @property
    def block(self) -> blocks.Picture:
        """The chart in words, and its data."""
        assert isinstance(self.table.block, blocks.Table)
        return blocks.Picture(
            description=self.description,
            table=self.table.block,
            name=self.heading.name,
            title=self.heading.title.spans,
            subtitle=self.heading.subtitle.spans,
            notes=tuple(note.spans for note in self.heading.notes),
            credits=self.heading.credits,
            key=self.heading.key,
            broad=self.heading.broad,
        )


def described(
    kind: str, heading: Heading, sentences: Sequence[str], rows: Sequence[Row], figures: Sequence[Figure], picture: Picture
) -> Chart:  # fmt: skip
    """A chart with its alt text: its kind, its title, the lines around it, and what the ``sentences`` say."""
    lines = [f"{kind} chart: {heading.title}", str(heading.subtitle), *map(str, heading.notes), *sentences]
    return Chart(
        description=" ".join(f"{line.removesuffix('.')}." for line in lines if line),
        rows=rows or [{"Value": "nothing known"}],
        figures=[*figures, *heading.figures],
        heading=heading,
        picture=picture,
    )


# What all kinds share.


def mark_of(figure: Figure, scale: Scale) -> Mark:
    """What the drawing needs of a figure: its value and range on the axis, what is told of it, and which figure it is."""
    low, high = ends_of(figure)
    return Mark(
        value=scale.on_axis(figure.value),
        low=None if low is None else scale.on_axis(low),
        high=None if high is None else scale.on_axis(high),
        open=OPENNESS.get(figure.qualifier, ""),
        figure=figure.key,
        firm=captions.is_firm(figure),
        estimated=figure.tag == "estimated",
        told=told_of(figure),
    )


def told_of(figure: Figure) -> tuple[str, ...]:
    """What a pointer is told of a figure: its value with range and tag, its date, its sources."""
    when = str(figure.when) if figure.period else ""
    sources = list(dict.fromkeys(str(source) for source in figure.sources))
    more = len(sources) - FEW
    told = "; ".join(sources[:FEW]) + (f"; {more} more" if more > 0 else "")
    return tuple(line for line in (captions.told(figure, beside=when), when, told) if line)


def ends_of(figure: Figure) -> tuple[float | None, float | None]:
    """The ends of a range that can be drawn; none where there is no range, or where it has no bound."""
    if not captions.has_range(figure) or figure.low is None or figure.high is None:
        return None, None
    if not isfinite(figure.low) or not isfinite(figure.high):
        return None, None
    return figure.low, figure.high


def key_of(figures: Sequence[Figure], scale: Scale, points: bool = False) -> list[str]:
    """The signs by which figures are drawn, each with what it means: hollow, half-filled, with a range, open on one side.

    Nothing of what no figure is; nor of marks that all are alike, since the small print then says what all are. Only
    ``points`` are half-filled: behind a bar stands the word.
    """
    found = []
    if not scale.tag and not all(captions.is_firm(figure) for figure in figures):
        found.append(HOLLOW_POINT if points else HOLLOW)
    if not scale.tag and points and any(figure.tag == "estimated" for figure in figures):
        found.append(HALF_POINT)
    if any(has_ends(figure) for figure in figures):
        found.append(RANGE_POINT if points else RANGE)
    sides = {OPENNESS[figure.qualifier] for figure in figures if figure.qualifier in OPENNESS and not has_ends(figure)}
    arrows = ARROWS_POINT if points else ARROWS
    return found + [f"{arrows[side]} {words}" for side, words in BOUNDS.items() if side in sides]


def unverified(figures: Iterable[Figure]) -> str:
    """The observations drawn of which their row says that nobody has seen the source, as small print: whose, of when."""
    seen = ((figure, figure.node) for figure in figures)
    doubted = [
        f"{leaf.subject}, {each.when}"
        for each, leaf in seen
        if isinstance(leaf, Leaf) and leaf.note.startswith(UNVERIFIED)
    ]
    return f"not verified: {' and '.join(doubted)}" if doubted else ""


def has_ends(figure: Figure) -> bool:
    """Whether a figure is drawn with the ends of its range."""
    return ends_of(figure) != (None, None)


def facts(figure: Figure) -> Row:
    """The cells of a figure in the table of a chart."""
    about = str(figure.when) if figure.period else None
    return {"About": about, "Value": figure, **measured(figure, [figure])}


def measured(figure: Figure, drawn_from: Iterable[Figure]) -> Row:
    """How solid a figure is, and what it and those beside it were drawn from."""
    sources = dict.fromkeys(str(source) for each in drawn_from for source in each.sources)
    return {"Tag": figure.tag or "exact", "Sources": "; ".join(sources) or None}


# The data to take along.


def data_of(rows: Sequence[Mapping[str, Any]]) -> list[list[str | float]]:
    """The rows of a table to take along: see ``Chart.data``."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    numeric = [column for column in columns if any(isinstance(row.get(column), Figure) for row in rows)]
    ranged = [column for column in numeric if any(_drawn_range(row.get(column)) for row in rows)]
    header: list[str | float] = list(columns)
    for column in numeric:
        header += [f"{column}, number", f"{column}, unit"]
        if column in ranged:
            header += [f"{column}, low", f"{column}, high"]
    if numeric:
        header.append("Links")
    lines = [header]
    for row in rows:
        line: list[str | float] = ["" if row.get(column) is None else str(row[column]) for column in columns]
        for column in numeric:
            line += _numbers(row.get(column), column in ranged)
        if numeric:
            line.append(_links(row.values()))
        lines.append(line)
    return lines


def _drawn_range(cell: object) -> bool:
    return isinstance(cell, Figure) and has_ends(cell)


def _numbers(cell: object, ranged: bool) -> list[str | float]:
    """The number of a cell, its unit, and the ends of its range where the column has ranges."""
    if not isinstance(cell, Figure):
        return ["", "", "", ""] if ranged else ["", ""]
    numbers: list[str | float] = [captions.without_noise(cell.value), cell.unit_words or "1"]
    if ranged:
        numbers += ["" if end is None else captions.without_noise(end) for end in ends_of(cell)]
    return numbers


def _links(cells: Iterable[object]) -> str:
    """The addresses of the sources of a row's figures, each once."""
    sources = [source for cell in cells if isinstance(cell, Figure) for source in cell.sources]
    return "; ".join(dict.fromkeys(source.link for source in sources if source.link))
