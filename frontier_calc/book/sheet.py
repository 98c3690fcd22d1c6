"""The ledger sheet that closes a chapter: every named figure with its value, ruler, tag, dates, sources and formula."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from frontier_calc.book.blocks import Cell, Span, Styled
from frontier_calc.book.facts import Facts, reading_of, ruler_of, told
from frontier_calc.book.tables import Table, line, number, source, tag
from frontier_calc.figure import Figure, constant
from frontier_calc.record.reading import Reading, current
from frontier_calc.record.store import Event

Kind = TypeVar("Kind")

CAPTION = "Every named figure of this page"


def named(names: Mapping[str, Any], kind: type[Kind]) -> dict[str, Kind]:
    """What a notebook calls by a name and is of one kind, in the order in which it was made.

    Private names are left out, and so is what an edition still waits for.
    """
    return {
        name: value
        for name, value in names.items()
        if isinstance(value, kind) and not name.startswith("_") and not awaits(value)
    }


def awaits(value: Any) -> bool:
    """True for a figure or an event that is not known in an edition: one that was asked for as awaited."""
    is_unknown = isinstance(value, Figure | Event) and not value.is_known
    return is_unknown and not current().may_be_unknown


class Sheet(Table):
    """The table that closes a chapter: ``told`` holds the page's figures by name, each with all that there is to tell of it."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self.told = list(told(figures, current()))
        super().__init__(_rows(self.told), CAPTION, "ledger-sheet")
        self.figures = list(figures.values())


def ledger_sheet(namespace: Mapping[str, Any]) -> Sheet:
    """The table that closes a chapter. Call it as ``book.ledger_sheet(globals())``."""
    return Sheet(named(namespace, Figure))


def _rows(figures: Sequence[tuple[str, Figure, Facts]]) -> list[dict[str, Cell]]:
    """A row for each figure, which does not repeat what is told of an input in a row of its own."""
    rows = {figure.key for _, figure, _ in figures}
    return [
        {
            "Figure and formula": _formula(name, fact),
            "Value": _value(figure, fact),
            "Ruler and tag": measured(ruler_of(figure), figure.tag),
            "About, and known on": dated(fact.about, fact.known),
            "Sources, and what else is said": _said(fact.beside(rows)),
        }
        for name, figure, fact in figures
    ]


def anchor(name: str) -> str:
    """The name of a figure as it stands in an address: best-month for best_month."""
    return name.replace("_", "-")


def _formula(name: str, fact: Facts) -> Cell:
    own = Styled((name.replace("_", " "),), "sheet-name", anchor(name))
    lines = line("formula", "= ", fact.formula) + line("formula", "= ", fact.numbers)
    return Cell((own, *line("gist", fact.saying), *lines, *line("below", "Leans on ", fact.leans)))


def _value(figure: Figure, fact: Facts) -> Cell:
    said = replace(number(figure), text=fact.result)
    return Cell((said, *line("unit", fact.unit), *line("below", "range ", fact.range)), number=True)


def measured(ruler: str, name: str) -> Cell:
    """How a figure was measured, and its tag."""
    first: Span = ruler or Styled(("–",), "nothing")
    return Cell((first, *line("below", tag(name))))


def dated(about: str, known: str) -> Cell:
    """What period a figure is about, and from when it was known."""
    first: Span = about or Styled(("–",), "nothing")
    before = "known on " if known[:1].isdigit() else "known in "  # a day begins with its number, a month with its name
    return Cell((first, *line("below", before, known)))


def _said(fact: Facts) -> Cell:
    spans: list[Span] = []
    for position, each in enumerate(fact.sources):
        spans += ["; " if position else "", source(each), f" ({reading_of(each)})"]
    for answer in fact.others:
        by: list[Span] = [", ", source(answer.source)] if answer.source else []
        spans += [" ", Styled((f"Others say: {answer.said}", *by), "below")]
    for text in fact.held:
        spans += line("below", "Held by the edition: ", text)
    for text in fact.notes:
        spans += line("below", "Note: ", text)
    return Cell(tuple(spans))


def voices(on: Reading) -> list[dict[str, Any]]:
    """Whose voice the observations on each lab are: one row a lab, one column a voice, as exact counts."""
    labs = ("Anthropic", "OpenAI", "xAI", "Mistral")
    known = [row for series in on.store.series.values() if series.subject in labs for row in on.known(series.id)]
    order = [voice for voice, _ in Counter(row.source.voice for row in known).most_common()]
    every = dict.fromkeys([*order, "press", "company"])
    counts = Counter((row.series.subject, row.source.voice) for row in known)
    rows = []
    for lab in labs:
        by_voice = {
            voice: counted(f"observations of {lab} whose voice is {voice}", counts[lab, voice]) for voice in every
        }
        rows.append({"Lab": lab} | by_voice)
    return rows


def counted(name: str, number: int) -> Figure:
    """How many rows of the data there are of a kind: exact, since the table itself is what is counted."""
    return constant(name, number)
