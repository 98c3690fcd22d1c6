"""The quotation marks of print for what was typed with those of a keyboard, as the record is."""

import re

# Before what they quote: at the beginning, after a space, an opening bracket, a dash or another such mark.
OPENING = re.compile(r"(?<![^\s(\[{/\u2013\u2014\u2018\u201c])(?P<mark>['\"])(?=\S)")
OPENS = {"'": "\u2018", '"': "\u201c"}
LEFT_OUT = re.compile(r"'(?=\d0s)")  # the century of a decade


def curly(text: str) -> str:
    """A text with the apostrophes and quotation marks of print.

    >>> curly("the lab's pace, 'close to 50' in the '20s")
    'the lab’s pace, ‘close to 50’ in the ’20s'
    >>> curly('"Nearly" (\\'a quarter\\')')
    '“Nearly” (‘a quarter’)'
    """
    if "'" not in text and '"' not in text:
        return text
    opened = OPENING.sub(lambda found: OPENS[found["mark"]], LEFT_OUT.sub("\u2019", text))
    return opened.replace("'", "\u2019").replace('"', "\u201d")


def capital(text: str) -> str:
    """A text as it begins a sentence; a name that is written otherwise stays as it is.

    >>> capital("a lab’s pace"), capital("xAI’s staff")
    ('A lab’s pace', 'xAI’s staff')
    """
    return text if re.match(r"[a-z]+[A-Z]", text) else f"{text[:1].upper()}{text[1:]}"
