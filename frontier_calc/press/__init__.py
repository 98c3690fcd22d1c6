"""What prints: weaving, pages, cards, checks, editions, the command line, the Sphinx extension.

The pages that list figures, sources and differences call what stands here; no chapter does.
"""

from frontier_calc.press.bibliography import also_drawn_on, sources
from frontier_calc.press.changes import what_changed
from frontier_calc.press.corrections import errata
from frontier_calc.press.inventory import every_figure
from frontier_calc.press.kept import kept_for_reference
from frontier_calc.press.reconcile import Reconciliation, pins
from frontier_calc.press.translator import translate_your_own

__all__ = [
    "Reconciliation",
    "also_drawn_on",
    "errata",
    "every_figure",
    "kept_for_reference",
    "pins",
    "sources",
    "translate_your_own",
    "what_changed",
]
