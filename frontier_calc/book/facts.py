"""What a reader is told of a figure, in words: the same facts for its card, its row in a sheet and the command line."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from frontier_calc import derivation, units, words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.record.store import Observation, Source
from frontier_calc.table import TABLE

FEW = 3  # so many other answers for one period are told, and so many notes on inputs; of more, how many
HARDLY = 1.1  # an input that moves a figure by less than this many times its own share is not told
WILDLY = 1000.0  # nor one that moves it by more: the figure then lies about nothing

Names = Mapping[str, tuple[str, Figure]]  # by key: what a page calls a figure


@dataclass(frozen=True)
class Answer:
    """What another source said of the same period."""

    said: str
    source: Source | None = None

    def __str__(self) -> str:
        return f"{self.said}, {self.source}" if self.source else self.said


@dataclass(frozen=True)
class Facts:
    """What a reader is told of a figure, in words; empty where there is nothing to tell."""

    name: str
    result: str
    unit: str
    kind: str  # its ruler, how it came about and on which side it is open, in sentences
    formula: str
    numbers: str  # the formula with the numbers put in
    range: str
    about: str  # the period
    known: str
    leans: str  # the input that moves it most
    held: tuple[str, ...] = field(default_factory=tuple)  # why an edition pins an input
    others: tuple[Answer, ...] = field(default_factory=tuple)
    notes: tuple[str, ...] = field(default_factory=tuple)
    sources: tuple[Source, ...] = field(default_factory=tuple)


def facts_of(figure: Figure, names: Names | None = None, name: str = "", elsewhere: Container[str] = ()) -> Facts:
    """The facts of a figure; ``names`` as for derivation.steps, ``name`` its own on the page.

    What is said of single inputs is left out for those whose keys are ``elsewhere``: a row of their own tells it.
    """
    node = figure.node
    observed = isinstance(node, Leaf)
    steps = derivation.steps(figure, dict(names or {}))
    inputs = [leaf for leaf in figure.leaves if observed or leaf.key not in elsewhere]
    titles = {leaf.key: _spoken_of(leaf, figure) for leaf in inputs}
    notes = [titles[leaf.key] + leaf.note for leaf in inputs if leaf.note]
    return Facts(
        name=figure.title or (node.title if isinstance(node, Leaf) else "") or name or "Worked out on this page",
        result=steps.result,
        unit=units.counted(figure.unit, figure.value) if figure.has_value else "",
        kind=_kind(figure),
        formula=steps.formula,
        numbers="" if observed else steps.numbers,
        range=str(figure.span) if _has_range(figure) else "",
        about=figure.period.words if figure.period else "",
        known=words.known_words(figure),
        leans="" if observed else _leans(figure),
        held=tuple(titles[leaf.key] + leaf.held for leaf in inputs if leaf.held),
        others=tuple(answer for leaf in inputs for answer in _others(leaf, titles[leaf.key])),
        notes=_few(list(dict.fromkeys(notes))),
        sources=tuple(figure.sources),
    )


def told(figures: Mapping[str, Figure], elsewhere: Container[str] = ()) -> Iterator[tuple[str, Figure, Facts]]:
    """The figures of a notebook by name, each with its facts: its formula uses the names made before it."""
    names: dict[str, tuple[str, Figure]] = {}
    for name, figure in figures.items():
        called = name.replace("_", " ")
        yield name, figure, facts_of(figure, names, called, elsewhere)
        names[figure.key] = (called, figure)


def _measured(figure: Figure) -> list[Leaf]:
    """The inputs that are observed or assumed; exact constants need no telling."""
    return [leaf for leaf in figure.leaves if leaf.tag]


def _spoken_of(leaf: Leaf, figure: Figure) -> str:
    """Which input is spoken of, where there are several."""
    return f"{leaf.title}: " if len(_measured(figure)) > 1 else ""


def _has_range(figure: Figure) -> bool:
    if not figure.has_value or figure.low is None or figure.high is None:
        return False
    return figure.high > figure.low


# What kind of number this is.


def _kind(figure: Figure) -> str:
    """The ruler, how the number came about and on which side it is open, each as a sentence."""
    parts = (_ruler_words(figure), _origin(figure), TABLE["bounds"].get(figure.qualifier, ""))
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def _ruler_words(figure: Figure) -> str:
    if figure.aside:
        return f"Two rulers: {figure.aside}"
    return ", ".join(TABLE["sides"][side] for side in figure.ruler if side)


def _origin(figure: Figure) -> str:
    """Who vouches for an observation; of what a worked-out figure was made."""
    tag: str = TABLE["tags"][figure.tag]
    if isinstance(figure.node, Leaf) or not figure.tag:
        return tag
    inputs = _measured(figure)
    assumed = sum(leaf.tag == "illustrative" for leaf in inputs)
    counted = [_counted(len(inputs) - assumed, "observation"), _counted(assumed, "assumption")]
    made = f"worked out here from {' and '.join(part for part in counted if part)}"
    return f"{made}, no firmer than the weakest of them" if len(inputs) > 1 else made


def _counted(number: int, noun: str) -> str:
    """So many of something, in words; nothing where there are none."""
    if not number:
        return ""
    return f"{words.count(number)} {noun}" if number == 1 else f"{words.count(number)} {noun}s"


def _leans(figure: Figure) -> str:
    """The input that moves a figure by more than its own share, where there is one among several."""
    if not figure.has_value or len(_measured(figure)) < 2 or figure.sensitivity is None:
        return ""
    leaf, by = figure.sensitivity
    if not HARDLY <= abs(by) < WILDLY:
        return ""
    way = "more" if by > 0 else "less"
    return f"{leaf.title}: one per cent more of it makes this {words.percent(abs(by) / 100)} {way}"


# What else is said.


def _others(leaf: Leaf, title: str) -> list[Answer]:
    """The newest other answers for an input's period, and how many more there are."""
    newest = sorted(leaf.disputes, key=lambda row: row.known, reverse=True)
    told = [Answer(f"{title}{row_words(row)} ({row.tag})", row.source) for row in newest[:FEW]]
    more = len(newest) - FEW
    if more > 0:
        told.append(Answer(f"{title}{_counted(more, 'more answer')}"))
    return told


def row_words(row: Observation) -> str:
    """What a row of the data says: its value, its range where it gives no point, or that it was withdrawn."""
    if row.value is None:
        return "withdrawn"
    if row.is_span and row.low is not None and row.high is not None:
        return words.span(row.low, row.high, lambda end: words.usual(row.series, "exactly", end))
    return words.usual(row.series, row.qualifier, row.value)


def _few(notes: list[str]) -> tuple[str, ...]:
    """The first notes, and how many more there are: the list of sources has them all."""
    more = len(notes) - FEW
    if more <= 1:
        return tuple(notes)
    return (*notes[:FEW], f"{words.count(more)} more under the sources of its inputs")


def ruler_of(figure: Figure) -> str:
    """How a figure was measured, in words; of two rulers set side by side, both; empty where it is on none."""
    return figure.aside or ", ".join(side for side in figure.ruler if side)


def reading_of(source: Source) -> str:
    """Whose word it is, whether it can be read, and through what it was seen: "press, paywalled; seen through Sacra"."""
    if source.is_unsourced:
        return TABLE["unsourced"]
    told = f"{source.voice}, {source.access}"
    return f"{told}; seen through {source.via}" if source.via else told
