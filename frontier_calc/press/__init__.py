"""What prints: weaving, pages, cards, checks, editions, the command line, the Sphinx extension.

The pages that list figures, sources and differences call what stands here; no chapter does.
"""

from frontier_calc.press.everything import every_figure, kept_for_reference
from frontier_calc.press.reconcile import Reconciliation, pins
from frontier_calc.press.sources import also_drawn_on, sources

__all__ = ["Reconciliation", "also_drawn_on", "every_figure", "kept_for_reference", "pins", "sources"]
