"""What a reader is told of a figure, in words: the same facts for its card, its row in a sheet and the command line.

First one sentence, then who says so and who says otherwise, then the formula: each number in the form of the first.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from frontier_calc import derivation, spoken, words
from frontier_calc.book import speakers
from frontier_calc.book.gist import gist, named_by_key
from frontier_calc.book.speakers import Answer, Statement, reading_of, row_words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Source
from frontier_calc.table import TABLE
from frontier_calc.typography import capital

__all__ = ["Answer", "Facts", "Statement", "facts_of", "reading_of", "row_words", "ruler_of", "told"]

FEW = 3  # so many notes on inputs are told; of more, how many
HARDLY = 1.1  # an input that moves a figure by less than this many times its own share is not told
WILDLY = 1000.0  # nor one that moves it by more: the figure then lies about nothing

Named = Mapping[str, Figure]  # by key: the figures of a page that have a title


@dataclass(frozen=True)
class Facts:
    """What a reader is told of a figure, in words; empty where there is nothing to tell."""

    result: str  # its number, with "per cent" or "times" where it is a ratio
    unit: str
    gist: str  # what follows the number: what it is and how it comes about
    kind: str  # its ruler, of what it was made and on which side it is open, in sentences
    formula: str
    numbers: str  # the formula with the numbers put in
    range: str
    about: str  # the period
    known: str
    leans: str  # the input that moves it most
    statements: tuple[Statement, ...] = field(default_factory=tuple)  # what its inputs rest on
    sources: tuple[Source, ...] = field(default_factory=tuple)

    @property
    def head(self) -> str:
        """The number with its unit."""
        return f"{self.result} {self.unit}".rstrip()

    @property
    def sentence(self) -> str:
        """The whole sentence: the number, and what it is.

        >>> from frontier_calc import assume
        >>> print(facts_of(assume("the price", 25, "USD") - assume("the cost", 6, "USD")).sentence)
        $19: the price of $25, less the cost of $6.
        """
        return f"{capital(self.head)}: {self.gist}."

    @property
    def saying(self) -> str:
        """The sentence where its number stands before it already."""
        return f"{capital(self.gist)}."

    def beside(self, rows: Container[str]) -> "Facts":
        """What is left to tell where inputs with these keys have a row of their own; an observation tells all of itself."""
        if not self.formula:
            return self
        return replace(self, statements=tuple(each for each in self.statements if each.key not in rows))

    # Of several inputs, with the name of the one that is spoken of.

    @property
    def held(self) -> tuple[str, ...]:
        """Why an edition pins an input against the rule."""
        return tuple(f"{self._of(each)}{each.held}" for each in self.statements if each.held)

    @property
    def others(self) -> tuple[Answer, ...]:
        """What other sources said of the same period."""
        found = []
        for each in self.statements:
            found += [Answer(f"{self._of(each)}{answer.said}", answer.source) for answer in each.others]
        return tuple(found)

    @property
    def notes(self) -> tuple[str, ...]:
        """The first notes on the inputs, and how many more there are: the list of sources has them all."""
        notes = list(dict.fromkeys(f"{self._of(each)}{each.note}" for each in self.statements if each.note))
        more = len(notes) - FEW
        if more <= 1:
            return tuple(notes)
        return (*notes[:FEW], f"{words.count(more)} more under the sources of its inputs")

    def _of(self, statement: Statement) -> str:
        return f"{statement.name}: " if self.numbers and statement.name else ""


def facts_of(
    figure: Figure,
    named: Named | None = None,
    form: str = "",
    on: Reading | None = None,
) -> Facts:
    """The facts of a figure; ``named`` holds those of its page that have a title.

    ``form`` is the one in which the page says a ratio, ``on`` the reading that knows what is newer.
    """
    known = dict(named or {})
    observed = isinstance(figure.node, Leaf)
    steps = derivation.steps(figure, known, form)
    said = spoken.amount(figure, form)
    return Facts(
        result=said.number,
        unit=said.unit,
        gist=gist(figure, known),
        kind=_kind(figure),
        formula="" if observed else steps.formula,
        numbers="" if observed else steps.numbers,
        range=_range(figure, form),
        about=figure.period.words if figure.period else "",
        known=words.known_words(figure),
        leans="" if observed else _leans(figure),
        statements=tuple(speakers.statement(leaf, on) for leaf in _measured(figure)),
        sources=tuple(figure.sources),
    )


def told(figures: Mapping[str, Figure], on: Reading | None = None) -> Iterator[tuple[str, Figure, Facts]]:
    """The figures of a notebook by name, each with its facts."""
    named = named_by_key(figures)
    for name, figure in figures.items():
        yield name, figure, facts_of(figure, named, on=on)


def _measured(figure: Figure) -> list[Leaf]:
    """The inputs that are observed or assumed; exact constants need no telling."""
    return [leaf for leaf in figure.leaves if leaf.tag]


def _range(figure: Figure, form: str) -> str:
    """From where to where it can lie; empty where nothing underneath has a range."""
    if not figure.has_value or figure.low is None or figure.high is None or not figure.high > figure.low:
        return ""
    return spoken.range_words(figure, form)


# What kind of number this is.


def _kind(figure: Figure) -> str:
    """The ruler, how the number came about and on which side it is open, each as a sentence."""
    bound = "" if isinstance(figure.node, Leaf) else TABLE["bounds"].get(figure.qualifier, "")
    parts = (_ruler_words(figure), _origin(figure), bound)
    return " ".join(f"{capital(part)}." for part in parts if part)


def _ruler_words(figure: Figure) -> str:
    if figure.aside:
        return "; ".join(dict.fromkeys(_beside(aside) for aside in figure.aside.split("; ")))
    return ", ".join(TABLE["sides"][side] for side in figure.ruler if side)


def _beside(aside: str) -> str:
    """Two rulers that were set side by side, in words: what they share is left out.

    >>> _beside("run-rate, gross set beside run-rate, net")
    'two rulers: gross of the resellers’ part, set beside net of the resellers’ part'
    """
    one, _, other = (re.sub(r" \([^)]*\)", "", aside)).partition(" set beside ")
    sides = [[side for side in ruler.split(", ") if side in TABLE["sides"]] for ruler in (one, other)]
    apart = [[side for side in ruler if side not in sides[1 - place]] for place, ruler in enumerate(sides)]
    told = [", ".join(TABLE["sides"][side] for side in ruler) or "what is not so measured" for ruler in apart]
    return f"two rulers: {told[0]}, set beside {told[1]}" if any(apart) else "two units, set side by side"


def _origin(figure: Figure) -> str:
    """Of what a worked-out figure was made; an observation says who vouches for it in its statement."""
    inputs = _measured(figure)
    if isinstance(figure.node, Leaf) or not inputs:
        return ""
    assumed = sum(leaf.tag == "illustrative" for leaf in inputs)
    counted = [_counted(len(inputs) - assumed, "observation"), _counted(assumed, "assumption")]
    made = f"worked out from {' and '.join(part for part in counted if part)}"
    return f"{made}, and no firmer than the weakest" if len(inputs) > 1 else made


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
    return f"{spoken.name_of(leaf)}: one per cent more of it makes this {words.percent(abs(by) / 100)} {way}"


def ruler_of(figure: Figure) -> str:
    """How a figure was measured, in words; of two rulers set side by side, both; empty where it is on none."""
    return figure.aside or ", ".join(side for side in figure.ruler if side)
