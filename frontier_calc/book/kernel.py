"""In a notebook: values say what they are as data as well, so that a site built of it can draw them as its own."""

import sys
from typing import Any

from frontier_calc.book import blocks
from frontier_calc.claims import Claim
from frontier_calc.figure import Figure
from frontier_calc.words import Worded


def register() -> None:
    """Tell IPython, where it runs, to send figures, wordings and claims as data beside their HTML."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    for kind in (Figure, Worded, Claim):
        shell.display_formatter.mimebundle_formatter.for_type(kind, _bundle)


def _bundle(value: Any, include: Any = None, exclude: Any = None) -> dict[str, Any]:
    return {blocks.MIME: blocks.as_json(blocks.shown(value))}
