"""What a chapter needs besides the calculation: tables, charts, the ledger sheet, the line of sources."""

from frontier_calc.book import kernel
from frontier_calc.book.annotations import apart, callout, crossing, gap, level, moment
from frontier_calc.book.bar_charts import bar_chart
from frontier_calc.book.curve_charts import curve_chart
from frontier_calc.book.flows import flow_chart
from frontier_calc.book.line_charts import line_chart
from frontier_calc.book.outlets import outlets
from frontier_calc.book.panels import panel, slider
from frontier_calc.book.rings import ring_chart
from frontier_calc.book.sheet import counted, ledger_sheet, voices
from frontier_calc.book.tables import table, tag

__all__ = ["bar_chart", "curve_chart", "flow_chart", "line_chart", "ring_chart"]
__all__ += ["apart", "callout", "crossing", "gap", "level", "moment"]
__all__ += ["counted", "ledger_sheet", "outlets", "panel", "slider", "table", "tag", "voices"]

kernel.register()
