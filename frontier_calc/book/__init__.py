"""What a chapter needs besides the calculation: tables, charts, the ledger sheet, the list of sources."""

from frontier_calc.book.charts import bar_chart, curve_chart, line_chart
from frontier_calc.book.sheet import counted, ledger_sheet, table, tag, voices
from frontier_calc.book.sources import outlets, pins, sources

__all__ = [
    "bar_chart",
    "counted",
    "curve_chart",
    "ledger_sheet",
    "line_chart",
    "outlets",
    "pins",
    "sources",
    "table",
    "tag",
    "voices",
]
