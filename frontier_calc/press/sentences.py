"""Splitting a paragraph into its sentences, so that two versions of a page can be compared one sentence at a time."""

import re

CLOSING = "”’\"')]»"  # what may stand between the stop and the space after it
OPENING = "“‘\"'([«"  # what may stand before the first word
STOPS = ".?!…"

# Words after whose point a sentence goes on; and those after which it does where a number follows.
LATIN = ("e.g.", "i.e.", "cf.", "vs.", "viz.", "approx.", "ca.", "al.", "est.")
TITLES = ("mr.", "mrs.", "ms.", "dr.", "prof.", "sr.", "jr.", "st.", "ed.", "eds.")
NAMES = ("u.s.", "u.k.", "inc.", "co.", "corp.", "ltd.", "dept.")
ABBREVIATIONS = frozenset((*LATIN, *TITLES, *NAMES))
BEFORE_NUMBERS = frozenset(("no.", "nos.", "p.", "pp.", "vol.", "fig."))

STOP = re.compile(rf"[{re.escape(STOPS)}]+[{re.escape(CLOSING)}]*\s+")


def split(paragraph: str) -> list[str]:
    """The sentences of a paragraph, each with the space that follows it: joined they are the paragraph.

    >>> split("It costs $2.5 billion, e.g. in chips. “Where is it?” Mr. J. Cahn asked. Nobody knew.")
    ['It costs $2.5 billion, e.g. in chips. ', '“Where is it?” ', 'Mr. J. Cahn asked. ', 'Nobody knew.']
    """
    found = []
    start = 0
    for stop in STOP.finditer(paragraph):
        if _ends_here(paragraph, start, stop):
            found.append(paragraph[start : stop.end()])
            start = stop.end()
    if start < len(paragraph):
        found.append(paragraph[start:])
    return found


def _ends_here(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    """True where a stop with a space behind it ends the sentence that began at ``start``."""
    after = paragraph[stop.end() :]
    if after and not _begins_a_sentence(after):
        return False
    words = paragraph[start : stop.end()].split()
    last = words[-1].strip(OPENING + CLOSING) if words else ""
    if not last.endswith(".") or last.endswith(".."):
        return True
    if last.lower() in BEFORE_NUMBERS and after[:1].isdigit():
        return False
    return last.lower() not in ABBREVIATIONS and not _is_initial(last)


def _begins_a_sentence(text: str) -> bool:
    """True for a capital, a digit or a currency, behind opening marks; and for a name such as xAI."""
    text = text.lstrip(OPENING)
    if not text:
        return True
    first = text[0]
    if first.islower():
        word = re.match(r"\w+", text)
        return word is not None and any(letter.isupper() for letter in word[0])
    return first.isalnum() or first in "$€£¥–—−-+["


def _is_initial(word: str) -> bool:
    """True for the initial of a name: one capital and its point."""
    return len(word) == 2 and word[0].isupper()
