"""What a reader is told of a figure, in words: the same facts for its card, its row in a sheet and the command line."""

from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from frontier_calc import derivation, units, words
from frontier_calc.dates import day_words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.record.store import Source

FEW = 3  # so many other answers for one period are told, and so many notes on inputs; of more, how many


class Answer(NamedTuple):
    """What another source said of the same period."""

    said: str
    source: Source | None

    def __str__(self) -> str:
        return f"{self.said}, {self.source}" if self.source else self.said


class Facts(NamedTuple):
    """What a reader is told of a figure, in words; empty where there is nothing to tell."""

    name: str
    result: str
    unit: str
    kind: str
    formula: str
    numbers: str
    range: str
    about: str
    known: str
    leans: str
    held: list[str]
    others: list[Answer]
    notes: list[str]
    sources: list[Source]


def facts_of(
    figure: Figure, names: Mapping[str, tuple[str, Figure]] = {}, name: str = "", elsewhere: Container[str] = ()
) -> Facts:
    """The facts of a figure; ``names`` as for derivation.steps, ``name`` its own on the page.

    What is said of single inputs is left out for those whose keys are ``elsewhere``: a row of their own tells it.
    """
    node, steps = figure.node, derivation.steps(figure, names)
    observed = isinstance(node, Leaf)

    def of(leaf: Leaf) -> str:
        """Which input is spoken of, where there are several."""
        return f"{leaf.title}: " * (sum(bool(leaf.tag) for leaf in figure.leaves) > 1)

    inputs = [leaf for leaf in figure.leaves if observed or leaf.key not in elsewhere]
    is_open = figure.is_known and figure.low is not None and figure.high > figure.low
    return Facts(
        name=figure.title or (node.title if observed else "") or name or "Worked out on this page",
        result=steps.result,
        unit=units.counted(figure.unit, figure.value) if figure.is_known else "",
        kind=_kind(figure),
        formula=steps.formula,
        numbers="" if observed else steps.numbers,
        range=str(figure.span) if is_open else "",
        about=figure.period.words if figure.period else "",
        known=day_words(figure.known) if figure.known else "",
        leans="" if observed else _leans(figure),
        held=[of(leaf) + leaf.held for leaf in inputs if leaf.held],
        others=[answer for leaf in inputs for answer in _others(leaf, of(leaf))],
        notes=_few(list(dict.fromkeys(of(leaf) + leaf.note for leaf in inputs if leaf.note))),
        sources=list(figure.sources),
    )


def told(figures: Mapping[str, Figure], elsewhere: Container[str] = ()) -> Iterator[tuple[str, Figure, Facts]]:
    """The figures of a notebook by name, each with its facts: its formula uses the names made before it."""
    names: dict[str, tuple[str, Figure]] = {}
    for name, figure in figures.items():
        called = name.replace("_", " ")
        yield name, figure, facts_of(figure, names, called, elsewhere)
        names[figure.key] = (called, figure)


def _kind(figure: Figure) -> str:
    """What kind of number this is, in a sentence or three."""
    sides = ", ".join(words.TABLE["sides"][side] for side in figure.ruler if side)
    ruler = f"Two rulers: {figure.aside}" if figure.aside else sides
    assumed = sum(leaf.tag == "illustrative" for leaf in figure.leaves)
    observed = sum(bool(leaf.tag) for leaf in figure.leaves) - assumed
    made = words.TABLE["tags"][figure.tag]
    if not isinstance(figure.node, Leaf) and figure.tag:
        parts = [f"{words.count(n)} {noun}{'s' * (n != 1)}"
                 for n, noun in ((observed, "observation"), (assumed, "assumption")) if n]  # fmt: skip
        weakest = ", no firmer than the weakest of them" * (observed + assumed > 1)
        made = f"worked out here from {' and '.join(parts)}{weakest}"
    sentences = filter(None, (ruler, made, words.TABLE["bounds"].get(figure.qualifier)))
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in sentences)


def _leans(figure: Figure) -> str:
    """The input that moves a figure by more than its own share, where there is one among several."""
    if not figure.is_known or sum(bool(leaf.tag) for leaf in figure.leaves) < 2:
        return ""
    leaf, by = figure.sensitivity
    if not 1.1 <= abs(by) < 1000:
        return ""
    return f"{leaf.title}: one per cent more of it makes this {words.percent(abs(by) / 100)} {'more' if by > 0 else 'less'}"


def _others(leaf: Leaf, of: str) -> list[Answer]:
    newest = sorted(leaf.disputes, key=lambda row: row.known, reverse=True)
    said = [f"{of}{words.usual(row.series, row.qualifier, row.value)} ({row.tag})" for row in newest]
    more = len(newest) - FEW
    rest = [Answer(f"{of}{words.count(more)} more answer{'s' * (more > 1)}", None)] * (more > 0)
    return [Answer(text, row.source) for text, row in zip(said[:FEW], newest, strict=False)] + rest


def _few(notes: list[str]) -> list[str]:
    """The first notes, and how many more there are: the list of sources has them all."""
    more = len(notes) - FEW
    return [*notes[:FEW], f"{words.count(more)} more under the sources of its inputs"] if more > 1 else notes


def ruler_of(figure: Figure) -> str:
    """How a figure was measured, in words; of two rulers set side by side, both; empty where it is on none."""
    return figure.aside or ", ".join(filter(None, figure.ruler))


def reading_of(source: Source) -> str:
    """Who speaks, whether it can be read, and through what it was seen: "press, paywalled; seen through Sacra"."""
    return f"{source.voice}, {source.access}" + f"; seen through {source.via}" * bool(source.via)
