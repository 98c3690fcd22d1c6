"""How our errors look in a notebook: the line at fault and the message, never a page of traceback."""

import difflib
import linecache
import traceback
from collections.abc import Iterable
from types import TracebackType


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message about a name that does not exist: what was probably meant, or nothing.

    >>> did_you_mean("launches", ["launch", "merger"])
    '; did you mean launch?'
    """
    # A name with a line break or a control character in it would tear the message.
    close = difflib.get_close_matches(name, [each for each in known if each.isprintable()], n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


class Readable:
    """Mixed into an error that already tells the reader what to do. IPython shows what ``_render_traceback_`` returns
    in place of its own traceback; plain Python keeps its traceback, for whoever works on the code.

    An error about a cell that is no Python says itself which line is at fault: ``line``, and its text ``cell_line``."""

    line: int = 0
    cell_line: str = ""
    __traceback__: TracebackType | None

    def _render_traceback_(self) -> list[str]:
        lines = f"{type(self).__name__}: {self}".splitlines()
        if self.cell_line:
            return [f"line {self.line} of the cell: {self.cell_line}", *lines]
        in_cells = [
            (frame.f_code.co_filename, number)
            for frame, number in traceback.walk_tb(self.__traceback__)
            if frame.f_globals.get("__name__") == "__main__"
        ]
        if in_cells:
            file, number = in_cells[-1]
            lines.insert(0, f"line {number} of the cell: {linecache.getline(file, number).strip()}")
        return lines
