"""What a chapter needs besides the calculation: tables, charts, the ledger sheet, the list of sources."""

from frontier_calc.book.charts import bar_chart, curve_chart, line_chart
from frontier_calc.book.sheet import ledger_sheet, table, voices
from frontier_calc.book.sources import pins, sources

__all__ = ["bar_chart", "curve_chart", "ledger_sheet", "line_chart", "pins", "sources", "table", "voices"]
