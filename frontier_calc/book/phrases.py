"""Words that an author hands to an instrument: a text, a claim, a figure in one of its wordings, or several in a row.

So the words around a chart turn with the data, and a number in them is tied to its figure like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontier_calc.book import blocks, text
from frontier_calc.book.blocks import Said, Span, Spans
from frontier_calc.claims import NO_VERDICT, Claim
from frontier_calc.figure import Figure
from frontier_calc.words import Worded

Part = str | Claim | Figure | Worded


@dataclass(frozen=True)
class Phrase:
    """Words as spans, the figures in them, and the identifier of the first claim among them."""

    spans: Spans = ()
    figures: tuple[Figure, ...] = ()
    claim: str = ""

    @property
    def text(self) -> str:
        """The words alone, on one line."""
        return " ".join(text.of_spans(self.spans).split())

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


Words = Part | Phrase | Sequence[Part]
Notes = Words | list[Words]  # a list is several pieces of small print, a tuple one that is made of parts


class Beside:
    """A name as the cell of a table, with what is said beside it in a line below; in data the name alone."""

    def __init__(self, name: str, words: Phrase) -> None:
        self.name = name
        self.figures = words.figures
        both = blocks.Styled((name, " ", blocks.Styled(words.spans, "below")), "beside")
        self.block = blocks.Cell((both,))  # one part, also where a row is laid out as a card

    def __str__(self) -> str:
        return self.name


def phrase(words: Words) -> Phrase:
    """The words as a phrase; one without words where a claim among them is about something that was not known.

    >>> from frontier_calc import assume
    >>> str(phrase(("sells at ", assume("lead", 1.25).times, " its rival’s pace")))
    'sells at 1.2 times its rival’s pace'
    """
    if isinstance(words, Phrase):
        return words
    parts = [words] if isinstance(words, Part) else list(words)
    claims = [part for part in parts if isinstance(part, Claim)]
    if any(claim.branch is None and claim.verdict in NO_VERDICT for claim in claims):
        return Phrase()
    return Phrase(
        spans=blocks.spans_of(parts),
        figures=tuple(blocks.figures_of(parts).values()),
        claim=claims[0].id if claims else "",
    )


def headline(words: Words) -> Phrase:
    """The words without the full stop at their end, as a title or a label has them.

    >>> str(headline("Net against net, they are level."))
    'Net against net, they are level'
    """
    made = phrase(words)
    return replace(made, spans=_without_stop(made.spans))


def _without_stop(spans: Spans) -> Spans:
    if not spans:
        return spans
    *before, last = spans
    ended: Span = last
    if isinstance(last, str):
        ended = last.rstrip().removesuffix(".")
    elif isinstance(last, Said):
        ended = replace(last, spans=_without_stop(last.spans))
    return (*before, ended)
