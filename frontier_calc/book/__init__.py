"""What a chapter needs besides the calculation: tables, charts, the ledger sheet, the line of sources."""

from frontier_calc.book.charts import bar_chart, curve_chart, line_chart
from frontier_calc.book.flows import flow_chart
from frontier_calc.book.outlets import outlets
from frontier_calc.book.sheet import counted, ledger_sheet, table, tag, voices

__all__ = ["bar_chart", "curve_chart", "flow_chart", "line_chart"]
__all__ += ["counted", "ledger_sheet", "outlets", "table", "tag", "voices"]
