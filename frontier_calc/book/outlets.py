"""The line of outlets that closes a chapter."""

from collections.abc import Mapping
from typing import Any

from frontier_calc.book.sheet import Raw, markup, named
from frontier_calc.figure import Figure
from frontier_calc.record.store import Event


def outlets(namespace: Mapping[str, Any]) -> Raw:
    """The line of outlets that closes a chapter: whoever its named figures and events come from, each once.

    Call it as ``book.outlets(globals())``.
    """
    found = [source for figure in named(namespace, Figure).values() for source in figure.sources]
    found += [event.source for event in named(namespace, Event).values()]
    first = {source.outlet: source for source in reversed(found)}
    names = [first[outlet] for outlet in dict.fromkeys(source.outlet for source in found)]
    return Raw(markup().outlets(names))
