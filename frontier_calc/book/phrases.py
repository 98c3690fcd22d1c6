"""Words that an author hands to an instrument: a text, a claim, a figure in one of its wordings, or several in a row.

So the words around a chart turn with the data, and a number in them is tied to its figure like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontier_calc.book import blocks, scene, text
from frontier_calc.book.blocks import Number, Said, Span, Spans
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

    @property
    def said(self) -> scene.Said:
        """Its parts, each a text, the key of a figure with its wording, or a claim; none where all of it is text.

        >>> from frontier_calc import assume
        >>> phrase(("sells at ", assume("lead", 1.25).times)).said[0]
        'sells at '
        """
        found = [_said(span) for span in self.spans]
        return found if any(isinstance(part, tuple) for part in found) else ()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NO_WORDS = Phrase()
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


def several(phrases: Sequence[Phrase]) -> Phrase:
    """Phrases in a row, as one.

    >>> str(several([phrase("runs 10 years"), phrase("not yet paid")]))
    'runs 10 years; not yet paid'
    """
    if len(phrases) < 2:
        return phrases[0] if phrases else NO_WORDS
    spans = tuple(span for each in phrases for span in ("; ", *each.spans))[1:]
    return Phrase(spans, tuple(figure for each in phrases for figure in each.figures))


def headline(words: Words) -> Phrase:
    """The words without the full stop at their end, as a title or a label has them.

    >>> str(headline("Net against net, they are level."))
    'Net against net, they are level'
    """
    made = phrase(words)
    return replace(made, spans=_without_stop(made.spans))


def _said(span: Span) -> str | tuple[str, str]:
    """A part of words that another reading may say otherwise, or its text."""
    if isinstance(span, Number):
        return span.key, span.wording or "plain"
    if isinstance(span, Said):
        return span.claim, scene.SENTENCE
    return span if isinstance(span, str) else text.of_spans((span,))


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
