"""A panel in the text: the one or two numbers on which an argument turns, to be moved, and what turns with them.

On the site each number has a slider with the record marked on it; the sentences below it follow as everywhere on the
page. Without scripts, in a notebook and on paper, a panel says what the record is.

>>> from frontier_calc import assume, claim
>>> margin = assume("margin", 0.7)
>>> pays = claim("pays", margin > 0.5, "It pays.", otherwise="It does not.")
>>> panel("The margin", [slider("what is left of a dollar", margin, 0, 1)], "When does it stop paying?", [pays])
The margin
<BLANKLINE>
When does it stop paying?
<BLANKLINE>
What is left of a dollar: 0.7
<BLANKLINE>
It pays.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from frontier_calc import spoken
from frontier_calc.book import blocks, in_notebook
from frontier_calc.book.blocks import Group, Paragraph, Styled
from frontier_calc.book.tables import Shown
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.typography import capital
from frontier_calc.words import Worded

IN_A_NOTEBOOK = "On the site the number in bold is a slider. Here change it in the cell that reads or assumes it."
STEPS = 100  # so many at the least has a range whose author says nothing of steps


class Slider(NamedTuple):
    """A number that can be moved: what it is called, how the record words it, and between which values in which steps."""

    name: str
    shown: Figure | Worded
    figure: Figure
    low: float
    high: float
    step: float


class Panel(Shown):
    """What :func:`panel` makes; ``ranges`` has for each slider its figure's key, its ends and its step, for the script."""

    def __init__(self, title: str, sliders: Iterable[Slider], look_for: str, shows: Iterable[Any]) -> None:
        moved, said = tuple(sliders), tuple(shows)
        lines = [Paragraph((look_for,), "panel-question")]
        for each in moved:
            name = Styled((capital(each.name),), "panel-name")
            unit = spoken.amount(each.shown).unit if isinstance(each.shown, Figure) and each.shown.is_known else ""
            lines.append(Paragraph((name, ": ", *blocks.spans_of([each.shown]), unit and f" {unit}"), "panel-slider"))
        parts = [each if isinstance(each, tuple) else (each,) for each in said]
        lines += [Paragraph(blocks.spans_of(each), "panel-shows") for each in parts]
        self.block = Group("panel", tuple(lines), (title,))
        self.figures = (
            *(each.shown for each in moved),
            *(each.figure for each in moved),
            *(one for each in parts for one in each),
        )
        self.ranges = [(each.figure.key, each.low, each.high, each.step) for each in moved]

    def _repr_html_(self) -> str:
        """In a notebook, where nothing can be moved, what it is and where that can be done."""
        more = Paragraph((IN_A_NOTEBOOK,), "panel-note")
        return str(in_notebook.of_block(Group("panel", (*self.block.blocks, more), self.block.title)))


def slider(
    name: str, shown: Figure | Worded, low: float, high: float, step: float | None = None, moves: Figure | None = None
) -> Slider:
    """A number to be moved between two values in its own unit, and as far as the record where that lies beyond.

    ``step`` is what an arrow key adds, such as a month of a life told in years; where none is given, a round number of
    which about a hundred make the range. ``moves`` is the number that is moved where another is shown: the price of a
    token where that of a million is.
    Raises ValueError for a figure that is worked out from others, for a range that is none, and for a step that is
    nothing or longer than the range.
    """
    figure = moves if moves is not None else shown.figure if isinstance(shown, Worded) else shown
    if figure.is_known and not (isinstance(figure.node, Leaf) and figure.tag):
        raise ValueError(
            f"{name!r}: {figure.label} is worked out or exact; a slider moves a number measured or assumed"
        )
    reached = [low, high, figure.value] if figure.has_value else [low, high]
    first, last = float(min(reached)), float(max(reached))
    if first == last:
        raise ValueError(f"{name!r}: found a range from {low:g} to {high:g}, expected one with something in between")
    if step is not None and not 0 < step <= last - first:
        raise ValueError(f"{name!r}: found a step of {step:g}, expected more than nothing and at most {last - first:g}")
    return Slider(name, shown, figure, first, last, float(step or round_step(last - first)))


def round_step(reach: float) -> float:
    """The largest round number, a 1, a 2 or a 5 with noughts, of which at least a hundred make a range.

    >>> round_step(18.9), round_step(3e9), round_step(0.6)
    (0.1, 20000000.0, 0.005)
    """
    digits, power = f"{reach / STEPS:.9e}".split("e")
    return float(f"{max(each for each in (1, 2, 5) if each <= float(digits))}e{power}")


def panel(title: str, sliders: Iterable[Slider], look_for: str, shows: Iterable[Any]) -> Panel:
    """A panel: one to four sliders, a sentence that says what to look for, and what follows.

    What follows is a claim, or a sentence as a tuple of texts and figures.
    """
    return Panel(title, sliders, look_for, shows)
