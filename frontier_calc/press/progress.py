"""How far long work has come: one line of the terminal, written over and gone at the end; nothing in a file or a pipe."""

import contextlib
import sys
from collections.abc import Callable, Iterator

CLEAR = "\r\x1b[K"  # back to the beginning of the line, and nothing left on it

Tell = Callable[[str], None]


@contextlib.contextmanager
def line() -> Iterator[Tell]:
    """Inside, what is told takes the place of what was told before; without a terminal nobody is told."""
    if not sys.stdout.isatty():
        yield lambda _: None
        return
    try:
        yield lambda text: print(f"{CLEAR}{text} ...", end="", flush=True)
    finally:
        print(CLEAR, end="", flush=True)
