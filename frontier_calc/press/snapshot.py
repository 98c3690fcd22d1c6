"""What a book says at one moment, passage by passage, so that two moments can be compared.

A snapshot is made of woven pages, read from the files of a kept edition, or read from golden text. A passage is what a
reader would point to: a sentence, a row of a table, a sentence of a chart's alt text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial, singledispatchmethod
from typing import Any

from frontier_calc import units, words
from frontier_calc.book import blocks, text
from frontier_calc.book.blocks import Number, Said
from frontier_calc.book.facts import row_words
from frontier_calc.claims import Claim
from frontier_calc.figure import Figure
from frontier_calc.press import kept, sentences
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation

VERSION = 1
SHEET = "ledger-sheet"
OUTLETS = "outlets"
MARK = re.compile(rf"[{text.RAISED}]+ ?")
# Pages that list what the others say, or set it beside worked examples: told by how many entries moved.
LISTS = ("every-figure", "sources", "translate-your-own")


@dataclass(frozen=True)
class Named:
    """What a passage shows by name: the expression by which it does; of a figure its key, of a text nothing."""

    expression: str
    key: str
    claim: str = ""  # whose sentence names it
    date: str = ""  # its words, where they are a date


@dataclass(frozen=True)
class Passage:
    """A sentence, a row of a table, or a sentence of an alt text, under its heading."""

    kind: str  # heading, sentence, picture, columns or row
    text: str  # a row's cells are parted by tabs
    heading: str = ""
    template: str = ""  # the text with its figures as {expression}
    rows: frozenset[str] | None = None  # identities of the observations underneath; None: not known
    named: tuple[Named, ...] = ()
    claims: tuple[str, ...] = ()  # the claims whose sentences it says
    listed: bool = False  # in a list of figures, of which one is told how many entries moved


@dataclass(frozen=True)
class PageSnapshot:
    """One page: its title, its plain text, and, found when they are asked for, its passages in order."""

    name: str
    title: str
    text: str
    read: Callable[[], Iterable[Passage]] = field(repr=False, compare=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the page; a page that is as it was is never asked for them."""
        return tuple(self.read())


@dataclass(frozen=True)
class Fact:
    """A row that sentences may rest on: an observation, a landmark, an event or a pin."""

    identity: str
    series: str
    about: str  # what is measured, and when
    said: str  # its value in words; what an event says
    tag: str
    outlet: str  # with the date of publication
    row: int = 0  # the number that a spreadsheet shows; 0: not known

    def __str__(self) -> str:
        """The row as a line: what it says, how solid that is, and who said it when."""
        said = f"{self.about}: {self.said}" if self.said else self.about
        solid = f", {self.tag}" if self.tag else ""
        place = f"; row {self.row}" if self.row else ""
        return f"{said}{solid} ({self.outlet or 'no source'}{place})"


@dataclass(frozen=True)
class ClaimState:
    """A claim at one moment: which of its sentences it says, and what it rests on."""

    verdict: str
    sentence: str
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Snapshot:
    """The whole book at one moment, and the rows that were known then."""

    name: str
    day: date | None
    pages: dict[str, PageSnapshot]
    facts: dict[str, Fact]
    claims: dict[str, ClaimState] = field(default_factory=dict)  # by page/claim
    templates: dict[str, set[str]] = field(default_factory=dict)  # by page, where passages have none of their own


# From woven pages.


def of_woven(pages: Iterable[Woven], on: Reading, name: str = "") -> Snapshot:
    """What woven pages say."""
    woven = list(pages)
    found = {page.page.name: of_page(page) for page in woven}
    claims = {f"{page.page.name}/{claim.id}": _claim(claim) for page in woven for claim in page.claims.values()}
    return Snapshot(name or on.name, on.as_of, found, facts(on), claims)


def _claim(claim: Claim) -> ClaimState:
    figures = [*claim.compared, *claim.asked, *claim.figures.values()]
    rows = frozenset(leaf.identity for figure in figures for leaf in figure.leaves)
    return ClaimState(claim.verdict, _tidy(str(claim)), rows | set(claim.events))


def of_page(woven: Woven) -> PageSnapshot:
    """What one woven page says."""
    return PageSnapshot(woven.page.name, woven.title, woven.text, _Walk(woven).passages)


def sentences_of(woven: Woven) -> Iterator[Passage]:
    """The sentences of one woven page, for whoever does not ask for its tables and pictures."""
    return (passage for passage in _Walk(woven, prose_only=True).passages() if passage.kind == "sentence")


@dataclass(frozen=True)
class _Piece:
    """A stretch of text within a paragraph, with the figure or the claim that it is of."""

    text: str
    number: Number | None = None
    expression: str = ""  # by which the page names it: a figure, or a text that a cell made
    claim: str = ""


class _Walk:
    """A walk through the blocks of a page, passage by passage."""

    def __init__(self, woven: Woven, prose_only: bool = False) -> None:
        self.woven = woven
        self.prose_only = prose_only
        self.heading = ""
        self.listed = woven.page.name in LISTS
        self.expressions = {id(span): expression for expression, span in woven.values}
        self.names = {figure.key: name for name, figure in woven.figures.items()}
        self.claims = {claim.id: claim for claim in woven.claims.values()}
        self.figures: dict[str, Figure] = woven.shown | {f.key: f for f in woven.figures.values()}
        for claim in woven.claims.values():
            self.figures.update({figure.key: figure for figure in claim.figures.values()})

    def passages(self) -> Iterator[Passage]:
        for block in self.woven.blocks:
            yield from self.of(block)

    @singledispatchmethod
    def of(self, block: Any) -> Iterator[Passage]:
        """The passages of a block."""
        raise TypeError(f"no block: {block!r}")

    @of.register
    def _(self, block: blocks.Heading) -> Iterator[Passage]:
        said = text.of_spans(block.spans)
        self.heading = said if block.level > 1 else ""
        yield Passage("heading", said, self.heading, said, frozenset())

    @of.register
    def _(self, block: blocks.Paragraph) -> Iterator[Passage]:
        for passage in self.sentences(block.spans):
            yield replace(passage, listed=True) if block.kind == OUTLETS else passage

    @of.register
    def _(self, block: blocks.Verbatim) -> Iterator[Passage]:
        for line in block.text.splitlines():
            if line.strip():
                yield self.plain("sentence", _tidy(line))

    @of.register
    def _(self, block: blocks.Listing) -> Iterator[Passage]:
        for item in block.items:
            for inside in item.blocks:
                yield from self.of(inside)

    @of.register
    def _(self, block: blocks.Group) -> Iterator[Passage]:
        yield from self.sentences(block.title)
        for inside in block.blocks:
            yield from self.of(inside)

    @of.register
    def _(self, block: blocks.Note) -> Iterator[Passage]:
        for inside in block.blocks:
            yield from self.of(inside)

    @of.register
    def _(self, block: blocks.Fold) -> Iterator[Passage]:
        for passage in self.sentences(block.summary):
            yield replace(passage, listed=True) if block.kind == OUTLETS else passage
        for inside in block.blocks:
            yield from self.of(inside)

    @of.register
    def _(self, block: blocks.Definitions) -> Iterator[Passage]:
        for entry in block.entries:
            yield from self.sentences(entry.term)
            for inside in entry.blocks:
                yield from self.of(inside)

    @of.register
    def _(self, block: blocks.Table) -> Iterator[Passage]:
        if self.prose_only:
            return
        listed = self.listed or SHEET in block.kind
        if block.caption:
            yield self.plain("row", text.of_spans(block.caption))
        yield self.plain("columns", "\t".join(block.columns))
        for group in block.groups:
            if group.title:
                yield self.plain("row", group.title)
            for row in group.rows:
                yield self.row(row, listed)

    @of.register
    def _(self, block: blocks.Picture) -> Iterator[Passage]:
        if self.prose_only:
            return
        # The words of a picture name no figure one by one; they rest on all that the picture shows.
        rows = self.under(_numbers(cell.spans for row in block.table.rows for cell in row.cells))
        for sentence in sentences.split(f"[{block.description}]"):
            said = _tidy(sentence)
            yield Passage("picture", said, self.heading, said, rows, listed=self.listed)
        yield from self.of(block.table)

    def plain(self, kind: str, said: str) -> Passage:
        """A passage that names no figure."""
        return Passage(kind, said, self.heading, said, frozenset(), listed=self.listed)

    def row(self, row: blocks.Row, listed: bool) -> Passage:
        """One row of a table."""
        numbers = _numbers(cell.spans for cell in row.cells)
        said = "\t".join(text.of_cell(cell) for cell in row.cells)
        template = said
        for number in numbers:
            if number.text:
                template = template.replace(number.text, f"{{{self.names.get(number.key, '')}}}", 1)
        return Passage("row", said, self.heading, template, self.under(numbers), listed=listed)

    def under(self, numbers: Iterable[Number]) -> frozenset[str]:
        """The identities of the observations under figures."""
        keys = {number.key for number in numbers}
        found = [self.figures[key] for key in keys if key in self.figures]
        return frozenset(leaf.identity for figure in found for leaf in figure.leaves)

    def sentences(self, spans: blocks.Spans) -> Iterator[Passage]:
        """The sentences of spans, line by line."""
        pieces = list(self.pieces(spans))
        whole = "".join(piece.text for piece in pieces)
        start = 0
        for line in whole.split("\n"):
            for sentence in sentences.split(line):
                if sentence.strip():
                    yield self.sentence(_between(pieces, start, start + len(sentence)))
                start += len(sentence)
            start += 1

    def sentence(self, pieces: list[_Piece]) -> Passage:
        """One sentence, made of its pieces."""
        said = _tidy("".join(piece.text for piece in pieces))
        template = "".join(f"{{{piece.expression}}}" if _is_value(piece) else piece.text for piece in pieces)
        numbers = [piece.number for piece in pieces if piece.number]
        return Passage(
            kind="sentence",
            text=said,
            heading=self.heading,
            template=_tidy(template),
            rows=self.under(numbers),
            named=tuple(_named(piece) for piece in pieces if _is_value(piece)),
            claims=tuple(dict.fromkeys(piece.claim for piece in pieces if piece.claim)),
            listed=self.listed,
        )

    def pieces(self, spans: blocks.Spans, claim: str = "") -> Iterator[_Piece]:
        """The pieces of spans; within a claim's sentence a figure is called as the claim calls it."""
        for span in spans:
            if isinstance(span, str):
                made = self.expressions.get(id(span), "") if len(span) > 1 else ""
                yield _Piece(span.replace("\n", " "), None, made, claim)
            elif isinstance(span, Number):
                yield _Piece(span.text.replace("\n", " "), span, self.expression(span, claim), claim)
            elif isinstance(span, blocks.Break):
                yield _Piece("\n")
            elif isinstance(span, blocks.Mark):
                continue  # a sentence is the same whichever number its note has
            elif isinstance(span, Said):
                yield from self.pieces(span.spans, span.claim)
            else:
                if isinstance(span, blocks.Styled) and span.kind in text.LINES:
                    yield _Piece("\n")
                yield from self.pieces(span.spans, claim)

    def expression(self, span: Number, claim: str) -> str:
        """How the page names a figure: as its prose does, as its claim does, or as a cell does."""
        if id(span) in self.expressions:
            return self.expressions[id(span)]
        if claim in self.claims:
            names = [name for name, figure in self.claims[claim].figures.items() if figure.key == span.key]
            if names:
                return f"{claim}.{names[0]}"
        return self.names.get(span.key, "")


def _between(pieces: Iterable[_Piece], start: int, end: int) -> list[_Piece]:
    """The pieces that begin or lie within a stretch of their joined text, cut to it; a figure is never cut."""
    found = []
    position = 0
    for piece in pieces:
        first = max(start - position, 0)
        last = min(end - position, len(piece.text))
        if first < last:
            whole = piece.number is not None and first == 0
            cut = piece.text[first:last]
            expression = "" if piece.number else piece.expression
            found.append(piece if whole else _Piece(cut, None, expression, piece.claim))
        position += len(piece.text)
    return found


def _named(piece: _Piece) -> Named:
    if piece.number is None:
        return Named(piece.expression, "", piece.claim)
    date = piece.number.text if piece.number.form == "when" else ""
    return Named(piece.expression, piece.number.key, piece.claim, date)


def _is_value(piece: _Piece) -> bool:
    """True for what a cell worked out, and the prose only shows."""
    return piece.number is not None or bool(piece.expression)


def _numbers(several: Iterable[blocks.Spans]) -> list[Number]:
    """The figures within spans, in order."""
    found: list[Number] = []
    for spans in several:
        for span in spans:
            if isinstance(span, Number):
                found.append(span)
            elif isinstance(span, blocks.Link | blocks.Styled | Said):
                found += _numbers([span.spans])
    return found


def _tidy(said: str) -> str:
    return " ".join(said.split())


# The rows that a reading knows.


def facts(on: Reading) -> dict[str, Fact]:
    """Every row that counts in a reading, by what identifies it."""
    found: dict[str, Fact] = {}
    for series in on.store.series:
        for row in on.known(series):
            found[kept.identity(row)] = _observed(row)
    for mark in on.store.landmarks.values():
        if mark.known is None or mark.known <= on.as_of:
            identity = f"landmark:{mark.id}"
            outlet = str(on.store.sources.get(mark.source, ""))
            found[identity] = Fact(identity, mark.id, mark.title, f"{mark.value:g} {mark.unit}", "reported", outlet)
    for event in on.store.events.values():
        if on.knows_of(event):
            identity = event.identity
            said = _tidy(" · ".join(part for part in (event.date, event.what, event.words) if part))
            found[identity] = Fact(identity, event.id, event.who, said, "", str(event.source or ""))
    for pin in on.pins:
        identity = f"pin:{pin.series}:{pin.asked}"
        said = f"held at the answer of {pin.known} for {pin.period.text}"
        found[identity] = Fact(identity, pin.series, f"pin on {pin.series}, {pin.asked}", said, "", pin.source)
    return found


def _observed(row: Observation) -> Fact:
    said = row_words(row)
    if row.value is not None:
        said = f"{said} {units.counted(row.series.unit, row.value)}".rstrip()
    if not row.is_span:
        ends = [words.usual(row.series, "exactly", end) for end in (row.low, row.high) if end is not None]
        said += f" ({' to '.join(ends)})" if ends else ""
    return Fact(
        identity=kept.identity(row),
        series=row.series.id,
        about=f"{row.series.title}, {row.period.words}",
        said=said,
        tag=row.tag,
        outlet=str(row.source),
        row=row.row,
    )


# As text: one line a row, tabs between the parts.

PARTS = ("identity", "series", "about", "said", "tag", "outlet")


def facts_as_text(found: Mapping[str, Fact]) -> str:
    """Facts as lines, sorted, so that a comparison of files shows the rows that came and went."""
    lines = ["\t".join(_tidy(str(getattr(found[key], part))) for part in PARTS) for key in sorted(found)]
    return "".join(f"{line}\n" for line in lines)


def facts_from_text(lines: str) -> dict[str, Fact]:
    """The facts that :func:`facts_as_text` wrote; lines that begin with # are passed over."""
    found = {}
    for line in lines.splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) == len(PARTS):
            identity, series, about, said, tag, outlet = cells
            found[identity] = Fact(identity, series, about, said, tag, outlet)
    return found


# From plain text.


def of_text(name: str, said: str) -> PageSnapshot:
    """A page read from its plain text: what rests on what, and under which heading, is not known.

    >>> [(p.kind, p.text) for p in of_text("page", "Title\\n\\nOne. Two.\\n\\nLab\\tPace\\nOpenAI\\t$24 billion").passages]
    [('sentence', 'Title'), ('sentence', 'One.'), ('sentence', 'Two.'), ('row', 'Lab\\tPace'), ('row', 'OpenAI\\t$24 billion')]

    The marks of notes are no words: a note that is added renumbers those below it, and no sentence has changed.

    >>> [p.text for p in of_text("page", "One.¹ Two.\\n\\n    ¹ Three.").passages]
    ['One.', 'Two.', 'Three.']
    """
    said = said.rstrip("\n")

    def passages() -> Iterator[Passage]:
        for chunk in said.split("\n\n"):
            yield from _chunk(chunk, name in LISTS)

    return PageSnapshot(name, said.partition("\n")[0] or name, said, passages)


def _chunk(chunk: str, listed: bool) -> Iterator[Passage]:
    lines = [line for line in chunk.split("\n") if line.strip()]
    is_table = "\t" in chunk
    is_picture = chunk.startswith("[") and chunk.endswith("]")
    for line in lines:
        if is_table:
            yield Passage("row", line, listed=listed)
            continue
        for sentence in sentences.split(MARK.sub(_gap, line)):
            yield Passage("picture" if is_picture else "sentence", _tidy(sentence), listed=listed)


def _gap(mark: re.Match[str]) -> str:
    """What stands in place of a mark: the space behind it."""
    return " " if mark[0].endswith(" ") else ""


# As JSON: what a kept edition holds.


def as_json(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot in plain types; the pages' texts are files of their own."""
    return {
        "version": VERSION,
        "name": snapshot.name,
        "day": snapshot.day.isoformat() if snapshot.day else None,
        "claims": {
            name: {"verdict": claim.verdict, "sentence": claim.sentence, "rows": sorted(claim.rows)}
            for name, claim in snapshot.claims.items()
        },
        "facts": {key: {part: getattr(fact, part) for part in PARTS} for key, fact in snapshot.facts.items()},
        "pages": {
            page.name: {"title": page.title, "passages": [_passage_as_json(each) for each in page.passages]}
            for page in snapshot.pages.values()
        },
    }


def _passage_as_json(passage: Passage) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": passage.kind, "text": passage.text, "heading": passage.heading}
    if passage.template != passage.text:
        made["template"] = passage.template
    if passage.rows:
        made["rows"] = sorted(passage.rows)
    if passage.claims:
        made["claims"] = list(passage.claims)
    if passage.listed:
        made["listed"] = True
    return made


def from_json(data: Mapping[str, Any], texts: Mapping[str, str]) -> Snapshot:
    """The snapshot that :func:`as_json` wrote, with the pages' texts by name."""
    pages = {}
    for name, page in data["pages"].items():
        read = partial(_passages_from_json, page["passages"])
        pages[name] = PageSnapshot(name, page["title"], texts.get(name, "").rstrip("\n"), read)
    found = {key: Fact(**fact) for key, fact in data["facts"].items()}
    day = date.fromisoformat(data["day"]) if data["day"] else None
    claims = {
        name: ClaimState(claim["verdict"], claim["sentence"], frozenset(claim["rows"]))
        for name, claim in data["claims"].items()
    }
    return Snapshot(data["name"], day, pages, found, claims)


def _passages_from_json(several: Iterable[Mapping[str, Any]]) -> Iterator[Passage]:
    for data in several:
        yield _passage_from_json(data)


def _passage_from_json(data: Mapping[str, Any]) -> Passage:
    return Passage(
        kind=data["kind"],
        text=data["text"],
        heading=data["heading"],
        template=data.get("template", data["text"]),
        rows=frozenset(data.get("rows", ())),
        claims=tuple(data.get("claims", ())),
        listed=data.get("listed", False),
    )
