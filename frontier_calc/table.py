"""The table of words, ``words.json``: number words, thresholds, wordings, operations, qualifiers and tags.

Python and the browser's evaluator read the same file, and neither types any of it again. JSON has no room for
comments, so this is what its parts mean.

``digits``: how many significant digits are kept: ``noise`` of any number at all (binary arithmetic leaves noise behind
them), ``plain`` of an amount, ``rough`` of a multiple or a rough amount, ``near_one`` of a multiple that would
otherwise read "1 times", ``percent`` at least of a share. ``cents``: tens of dollars are kept to a digit more.
``limit``: from here on a number is without limit, in words: nobody reads three hundred digits.
``near``: how far, as a share of it, a number may lie from a word that says it outright (``same``), from one that says
it with a hedge (``about``), and on the wrong side of a bound (``side``: binary noise only).
``flips``: what a qualifier becomes where the result falls as the input rises. ``rounding``: the side to which a bound
is rounded; all else goes to the nearest, a middle to the even digit.
``wordings``: the kind of each (an amount, a ratio, a date), its texts and its thresholds. ``usual``: how a series may
be worded of itself. ``tags``: from strong to weak, exact constants last.
``operations``: how many arguments each takes (null: any number); those written between their arguments have a
strength, a sign and, where a second argument of the same strength needs them, brackets on the right.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))


class Scale(NamedTuple):
    """A word for a power of ten: 9 for "billion"."""

    power: int
    word: str


class Share(NamedTuple):
    """A common fraction in words, what to put before it where it is not exact, and whether it can be a bound."""

    top: int
    bottom: int
    hedge: str
    word: str
    bounds: bool  # "over half" is English, "over all" is not

    @property
    def value(self) -> float:
        """The share of one."""
        return self.top / self.bottom


class Range(NamedTuple):
    """The words for every multiple from ``least`` up to, but not including, ``below``."""

    least: float
    below: float
    word: str
    hedged: bool  # "nearly double" says already that it is not exact


class Notation(NamedTuple):
    """How an operation is written: between its arguments where it has a strength, otherwise as name(arguments)."""

    arity: int | None
    strength: int = 0
    sign: str = ""
    right: str = "open"

    @property
    def brackets_right(self) -> bool:
        """True where a second argument of the same strength needs brackets: a − (b − c)."""
        return self.right == "bracketed"


SCALES = tuple(Scale(power, word) for power, word in TABLE["scales"])
SHARES = tuple(Share(**row) for row in TABLE["wordings"]["fraction"]["shares"])
RANGES = tuple(Range(**row) for row in TABLE["wordings"]["multiple"]["ranges"])
NOTATION = {name: Notation(**row) for name, row in TABLE["operations"].items()}

QUALIFIERS: tuple[str, ...] = tuple(TABLE["qualifiers"])
FLIPS: dict[str, str] = TABLE["flips"]
TAGS: tuple[str, ...] = tuple(tag for tag in TABLE["tags"] if tag)  # from strong to weak
RELATIONS: tuple[str, ...] = tuple(TABLE["relations"])
INTEGERS: tuple[str, ...] = tuple(TABLE["integers"])
PARTS: tuple[str, ...] = tuple(TABLE["parts"])
