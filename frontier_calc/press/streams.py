"""What is printed reaches whoever reads it, whatever the code of the terminal or the file: never an error, never a blank."""

import codecs
import io
import os
import sys
from typing import TextIO

# What stands for a sign that an older code does not have; a minus must not become a question mark.
PLAINLY = {
    "\u2212": "-",
    "–": "-",
    "—": "-",
    "\u2011": "-",
    "×": "x",
    "÷": "/",
    "·": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "€": "EUR ",
    "£": "GBP ",
    "¥": "Y",
    "\u00a0": " ",
    "\u202f": " ",
    "≈": "about ",
    "→": "->",
    "⋅": "*",
}


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """A codec's handler of errors: each sign that cannot be written as the nearest that can."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(PLAINLY.get(sign, "?") for sign in signs), error.end


codecs.register_error("plainly", _plainly)


def speak_plainly() -> None:
    """Make what is printed fit: UTF-8 into a file or a pipe unless another code was asked for, substitutes elsewhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _fit(stream)


def _fit(stream: TextIO) -> None:
    assert isinstance(stream, io.TextIOWrapper)
    if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
        stream.reconfigure(errors="plainly")
    else:
        stream.reconfigure(encoding="utf-8", errors="plainly")
