"""How what is wrong on the pages is told: one cause once, and no more lines than are read."""

import re
from collections.abc import Iterable

MOST_SHOWN = 50
ALIKE = 3  # from so many places on, one thing that is wrong is one line
PLACES_NAMED = 4

PLACED = re.compile(r"(?P<place>\S+?:\d+(?::\d+)?): (?P<what>.*)", re.DOTALL)


def in_brief(wrong: Iterable[str]) -> list[str]:
    """Messages that begin with their place, those of one cause together; at most fifty are shown, the rest is counted.

    >>> in_brief([f"ledgers/1.md:{line}: no series 'lab'" for line in (3, 8, 9)])
    ["ledgers/1.md:3: no series 'lab' (3 places: ledgers/1.md:3, ledgers/1.md:8, ledgers/1.md:9)"]
    """
    causes: dict[str, list[str]] = {}
    for message in wrong:
        placed = PLACED.match(message)
        causes.setdefault(placed["what"] if placed else message, []).append(message)
    told: list[str] = []
    for what, messages in causes.items():
        if len(messages) < ALIKE:
            told.extend(messages)
        else:
            told.append(f"{messages[0]} ({_places(messages, what)})")
    if len(told) > MOST_SHOWN:
        told[MOST_SHOWN:] = [f"... and {len(told) - MOST_SHOWN} more"]
    return told


def _places(messages: list[str], what: str) -> str:
    places = [message.removesuffix(what).removesuffix(": ") for message in messages]
    rest = ", ..." if len(places) > PLACES_NAMED else ""
    return f"{len(places)} places: {', '.join(places[:PLACES_NAMED])}{rest}"
