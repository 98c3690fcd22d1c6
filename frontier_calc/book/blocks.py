"""A page as data: blocks (heading, paragraph, list, box, table, ...) whose spans are text or figures.

Whatever a page shows travels in this form, from the cell that made it to the site, the plain text, the comparison of two
editions and the cards. HTML (:mod:`frontier_calc.book.html`) and plain text (:mod:`frontier_calc.book.text`) are
renderings of it, and nothing reads them back.

Blocks hold no live figure: a :class:`Number` names its figure by key. So they can be compared, kept and sent as JSON.

>>> said = Paragraph(("Sales came to ", Number("5af1", "$30 billion", "reported"), "."))
>>> from_json(as_json(said)) == said
True
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from frontier_calc.claims import Claim
from frontier_calc.figure import Figure
from frontier_calc.words import DATES, Worded

MIME = "application/vnd.frontier.page+json"  # the form in which a kernel hands blocks and spans to the site

# Spans: what stands in a line.


@dataclass(frozen=True)
class Number:
    """A figure as it is worded in a sentence or a cell."""

    key: str  # the figure's
    text: str
    tag: str  # reported, estimated, projected, illustrative or exact
    # "when" where the words are a date, which is plain however weak the number is; a qualifier that the words leave out,
    # such as "over", for the mark beside them
    form: str = ""
    wording: str = ""  # in which it is worded, where that is not the plain one: what it would say of another number


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; ``kind`` "source" for a publication."""

    spans: "Spans"
    target: str
    kind: str = ""


@dataclass(frozen=True)
class Styled:
    """Words of a kind: emphasis, strong, code, term, tag, or a further line of a cell such as formula and below."""

    spans: "Spans"
    kind: str
    anchor: str = ""  # the name under which a link finds it
    label: str = ""  # of a term: its entry in the glossary, where that is not the words themselves


@dataclass(frozen=True)
class Said:
    """The sentence that a claim says."""

    spans: "Spans"
    claim: str
    verdict: str


@dataclass(frozen=True)
class Break:
    """A new line within a paragraph or a cell."""


@dataclass(frozen=True)
class Mark:
    """The raised number that refers to a note; it is no word of its sentence."""

    number: int
    name: str  # by which the page's author calls the note


Span = str | Number | Link | Styled | Said | Break | Mark
Spans = tuple[Span, ...]

# Blocks: what stands one below the other.


@dataclass(frozen=True)
class Heading:
    """A heading of a level from one, the page's title."""

    level: int
    spans: Spans


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``kind`` for one that looks different, such as outlets."""

    spans: Spans
    kind: str = ""


@dataclass(frozen=True)
class Item:
    """One entry of a list."""

    blocks: "Blocks"
    anchor: str = ""


@dataclass(frozen=True)
class Listing:
    """A list: numbered from ``start``, or with bullets where that is None."""

    items: tuple[Item, ...]
    start: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """Blocks in a frame: a box with a title, an epigraph, a grid and its cards; ``kind`` holds its classes."""

    kind: str
    blocks: "Blocks"
    title: Spans = ()


@dataclass(frozen=True)
class Fold:
    """Blocks that a reader may unfold."""

    summary: Spans
    blocks: "Blocks"
    kind: str = ""


@dataclass(frozen=True)
class Definition:
    """A term and what it means."""

    term: Spans
    blocks: "Blocks"


@dataclass(frozen=True)
class Definitions:
    """A list of terms; ``kind`` "glossary" for those that the book explains."""

    entries: tuple[Definition, ...]
    kind: str = ""


@dataclass(frozen=True)
class Verbatim:
    """Text as it was printed, line by line."""

    text: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table; without spans it says visibly that nothing applies."""

    spans: Spans = ()
    number: bool = False  # set to the right


@dataclass(frozen=True)
class Row:
    """One row of a table, a cell for each column; a link finds it by its anchor."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    tag: str = ""  # that of the figure that the row is about


@dataclass(frozen=True)
class Rows:
    """Rows that belong together, under a title where there are several such groups."""

    rows: tuple[Row, ...]
    title: str = ""
    name: str = ""


@dataclass(frozen=True)
class Table:
    """A table; ``kind`` says how it is laid out, ``label`` what a screen reader calls it."""

    columns: tuple[str, ...]
    groups: tuple[Rows, ...]
    caption: Spans = ()
    kind: str = "ledger-table"
    label: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, whatever group they are in."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Picture:
    """A chart in words, with the table of its data; who draws it knows it by its place on the page.

    Around it stand its title, what is drawn, the key of its signs, small print and the line of its sources; a link finds
    it by its name. ``broad`` for one that takes the margin of the page as well, where there is one.
    """

    description: str
    table: Table
    name: str = ""
    title: Spans = ()
    subtitle: Spans = ()
    notes: tuple[Spans, ...] = ()
    credits: str = ""
    key: str = ""
    broad: bool = False


@dataclass(frozen=True)
class Note:
    """A note beside the paragraph above it, to which a mark of the same number refers: paragraphs."""

    number: int
    name: str
    blocks: "Blocks"


Block = Heading | Paragraph | Listing | Group | Fold | Definitions | Verbatim | Table | Picture | Note
Blocks = tuple[Block, ...]

SPANS = (Number, Link, Styled, Said, Break, Mark)
BLOCKS = (Heading, Paragraph, Listing, Group, Fold, Definitions, Verbatim, Table, Picture, Note)
PIECES = (Item, Definition, Cell, Row, Rows)
PARTS: tuple[type[Any], ...] = (*SPANS, *BLOCKS, *PIECES)
HELD: tuple[type[Any], ...] = (tuple, *PARTS)
# The fields of each kind in which there may be other parts, the last one first.
HOLDING = {part: [field.name for field in reversed(fields(part)) if field.name != "columns"] for part in PARTS}
NAMED = {part.__name__: part for part in PARTS}


# What a value shows.


def shown(value: Any) -> Span | Block | Cell:
    """What any value shows on a page: a figure its words, a claim its sentence, an instrument of ours its block."""
    if isinstance(value, Figure):
        return shown(Worded(value, "plain"))
    if isinstance(value, Worded):
        wording = "" if value.style == "plain" else value.style
        return Number(value.figure.key, str(value), value.figure.tag or "exact", _form(value), wording)
    if isinstance(value, Claim):
        return Said(spans_of(value.spans), value.id, value.verdict)
    if isinstance(value, str):
        return value
    block = getattr(value, "block", value)
    if isinstance(block, (*SPANS, *BLOCKS, Cell)):
        return block
    return Verbatim(repr(value))


def _form(worded: Worded) -> str:
    """What is to be seen of a figure besides its words and its tag."""
    if worded.style in DATES:
        return "when"
    if worded.style == "bare" and worded.figure.qualifier != "exactly":
        return str(worded.figure.qualifier)
    return ""


def spans_of(values: Iterable[Any]) -> Spans:
    """Texts, figures and claims as spans."""
    return tuple(_span(value) for value in values)


def _span(value: Any) -> Span:
    span = shown(value)
    if not isinstance(span, (str, *SPANS)):
        raise TypeError(f"{value!r} does not fit into a line of words")
    return span


def figures_in(value: Any) -> dict[str, Figure]:
    """The live figures that a value shows, by key: itself, those of a claim's sentence, of a table, of a chart."""
    if isinstance(value, Figure):
        return {value.key: value}
    if isinstance(value, Worded):
        return {value.figure.key: value.figure}
    if isinstance(value, Claim):
        return figures_of(value.spans)  # those of the sentence that is said, and not of those that might be
    return figures_of(getattr(value, "figures", ()))


def figures_of(values: Iterable[Any]) -> dict[str, Figure]:
    """The live figures that several values show, by key."""
    return {key: figure for value in values for key, figure in figures_in(value).items()}


# Walking through a page.


def walk(part: Any) -> Iterator[Any]:
    """A part and all the parts within it, in the order in which they are read; texts come as they are.

    >>> [type(each).__name__ for each in walk(Paragraph(("a ", Styled(("b",), "emphasis"))))]
    ['Paragraph', 'str', 'Styled', 'str']
    """
    waiting = [part]  # the next one last
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting += reversed(each)
            continue
        yield each
        inside = [getattr(each, name) for name in HOLDING.get(type(each), ())]
        waiting += [held for held in inside if isinstance(held, HELD)]


def notes_in(part: Any) -> Iterator[Note]:
    """The notes of a page or of a part of it, in order."""
    return (each for each in walk(part) if isinstance(each, Note))


# As JSON.


def as_json(part: Any) -> Any:
    """A part as plain JSON: its kind under "is", its fields by name; empty ones are left out."""
    if isinstance(part, tuple):
        return [as_json(each) for each in part]
    if not is_dataclass(part):
        return part
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    given = {name: as_json(value) for name, value in values.items() if value not in ("", (), None, False)}
    return {"is": type(part).__name__, **given}


def from_json(data: Any) -> Any:
    """The part that :func:`as_json` made its JSON of."""
    if isinstance(data, list | tuple):
        return tuple(from_json(each) for each in data)
    if not isinstance(data, Mapping):
        return data
    kind = NAMED[data["is"]]
    given = {name: from_json(value) for name, value in data.items() if name != "is"}
    empty = {field.name: _empty(field.type) for field in fields(kind) if field.name not in given}
    return kind(**(empty | given))


def _empty(annotation: Any) -> Any:
    """What a field holds that JSON left out, since it was empty."""
    text = str(annotation)
    if "bool" in text:
        return False
    if "None" in text:
        return None
    return "" if text in ("str", "<class 'str'>") else ()
