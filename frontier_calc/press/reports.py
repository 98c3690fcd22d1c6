"""How what is found is told: one cause once, no more lines than are read, and no line wider than the terminal."""

import re
import shutil
import sys
from collections.abc import Iterable

MOST_SHOWN = 50
ALIKE = 3  # from so many places on, one thing that is wrong is one line
PLACES_NAMED = 4

HANGING = "  "  # before what follows of a line that was too wide
COLOUR = re.compile(r"\x1b\[\d+m")

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


def width() -> int:
    """How wide the terminal is; 0 where there is none, and a line may be as long as it is."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def fitted(text: str, columns: int | None = None) -> str:
    """Lines of no more than so many columns, those of the terminal unless given; what follows of a line is set in.

    >>> print(fitted("  a line that is too wide", 16))
      a line that is
        too wide
    """
    columns = width() if columns is None else columns
    return "\n".join(_fitted(line, columns) if columns else line for line in text.split("\n"))


def _fitted(line: str, columns: int) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    lines = [indent]
    for word in line.lstrip(" ").split(" "):
        wider = lines[-1] + (" " if lines[-1].strip() else "") + word
        if len(COLOUR.sub("", wider)) > columns and lines[-1].strip():
            lines.append(f"{indent}{HANGING}{word}")
        else:
            lines[-1] = wider
    return "\n".join(each.rstrip() for each in lines)
