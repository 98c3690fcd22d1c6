"""The outlets that close a chapter, folded: how many there are, and, unfolded, which."""

from collections.abc import Mapping
from typing import Any

from frontier_calc.book.blocks import Fold, Paragraph, Span
from frontier_calc.book.sheet import named
from frontier_calc.book.tables import Of, source
from frontier_calc.figure import Figure
from frontier_calc.record.store import Event, Source


def outlets(namespace: Mapping[str, Any]) -> Of:
    """The outlets that close a chapter: whoever its named figures and events come from, each once.

    Call it as ``book.outlets(globals())``.
    """
    found = [each for figure in named(namespace, Figure).values() for each in figure.sources]
    found += [event.source for event in named(namespace, Event).values()]
    first: dict[str, Source] = {}
    for each in found:
        first.setdefault(each.label, each)
    spans: list[Span] = []
    for position, (label, each) in enumerate(first.items()):
        spans += ["\u00a0· " if position else "", source(each, label)]
    return Of(Fold((f"Sources of this page: {len(first)}",), (Paragraph(tuple(spans), "outlets"),), "outlets"))
