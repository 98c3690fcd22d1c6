"""The qualifier of a number whose own words leave it out, as the sentence around it can say it: always as a word.

No sentence holds a sign such as ``≈``. A bare number says "about" before it like any other. Where that cannot be said,
after "the" or "Anthropic’s", the sentence names again what was told before: then the word is for a listener, and for the
card. Where the sentence itself says "some" or "up to", it has said it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from frontier_calc import table
from frontier_calc.book.blocks import Link, Number, Said, Span, Spans, Styled
from frontier_calc.book.text import of_spans

WORDS = tuple(each for each in table.QUALIFIERS if each != "exactly")
UNSAID = "the "  # before the form of a number whose qualifier is only heard

NAMED_AGAIN = r"\b(?:the|that|this|those|these|its|their|his|her|such|same)|\w’s|s’"
ITS_OWN_WORDS = (
    r"\b(?:about|almost|around|at (?:least|most)|close to|just (?:over|under)|less than|more than|nearly|not quite|over"
    r"|roughly|some|under|up to|well over)"
)
AGAIN, SAID = (re.compile(rf"(?:{words})\s*$", re.IGNORECASE) for words in (NAMED_AGAIN, ITS_OWN_WORDS))
BEGINS = re.compile(r"[.!?…][”’)]?\s+$")


def told(spans: Sequence[Span], before: str = "") -> Spans:
    """Spans whose bare numbers say their qualifier as it fits: before them, with a capital, or only to a listener.

    ``before`` is what the line says before the spans.

    >>> about = Number("k", "$22 billion", "exact", "about")
    >>> [each.form for each in told(("It left ", about, ". The ", about, " is net. ", about)) if isinstance(each, Number)]
    ['about', 'the about', 'About']
    """
    return tuple(_told(spans, before))


def _told(spans: Sequence[Span], before: str) -> Iterator[Span]:
    for span in spans:
        yield _fitting(span, before)
        before = f"{before}{_words(span)}"


def _fitting(span: Any, before: str) -> Any:
    if isinstance(span, Number) and span.form in WORDS:
        return replace(span, form=_form(span.form, before))
    if isinstance(span, Said | Styled | Link):
        return replace(span, spans=told(span.spans, before))
    return span


def _form(qualifier: str, before: str) -> str:
    if SAID.search(before):
        return ""
    if AGAIN.search(before):
        return f"{UNSAID}{qualifier}"
    return qualifier.capitalize() if BEGINS.search(before) else qualifier


def _words(span: Span) -> str:
    return span if isinstance(span, str) else of_spans((span,))


def word_of(form: str) -> str:
    """What is written before a number of a form; empty where nothing is.

    >>> word_of("About"), word_of("the about"), word_of("when")
    ('About ', '', '')
    """
    return f"{form} " if form.lower() in WORDS else ""
