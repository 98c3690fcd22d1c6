"""What a chapter needs besides the calculation: tables, charts, the ledger sheet, the list of sources."""

from frontier_calc.book.charts import bar_chart, curve_chart, line_chart
from frontier_calc.book.everything import every_figure, kept_for_reference
from frontier_calc.book.flows import flow_chart
from frontier_calc.book.reconcile import Reconciliation, pins
from frontier_calc.book.sheet import counted, ledger_sheet, table, tag, voices
from frontier_calc.book.sources import also_drawn_on, outlets, sources

__all__ = ["bar_chart", "curve_chart", "flow_chart", "line_chart"]
__all__ += ["counted", "ledger_sheet", "outlets", "table", "tag", "voices"]
__all__ += ["Reconciliation", "also_drawn_on", "every_figure", "kept_for_reference", "pins", "sources"]
