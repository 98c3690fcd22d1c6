"""Figures as a pandas frame of plain columns: numbers, texts and days that any library draws."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from frontier_calc.figure import Figure, FigureError
from frontier_calc.graph import Leaf
from frontier_calc.record.reading import current

COLUMNS = ["series", "period", "value", "low", "high", "unit", "qualifier", "tag", "published", "source", "until"]
DAYS = ["published", "until"]


def frame(of: Iterable[Any]) -> pd.DataFrame:
    """A row for each figure, and for each point in the history of each series."""
    table = pd.DataFrame([_row(figure) for figure in _figures(of)], columns=COLUMNS)
    for column in DAYS:
        table[column] = pd.to_datetime(table[column])
    for column in ("value", "low", "high"):
        table[column] = table[column].astype(float)
    return table


def _figures(of: Iterable[Any]) -> Iterator[Figure]:
    for each in of:
        if isinstance(each, Figure):
            yield each
        elif isinstance(each, str):
            yield from current().history(each)
        elif isinstance(each, Iterable):
            yield from _figures(each.values() if isinstance(each, dict) else each)
        else:
            raise FigureError(
                f"a frame is made of series by their names, or of figures, not of {each!r}.\n"
                'Such as fc.frame("anthropic-revenue-run-rate"), or fc.frame(a, b).'
            )


def _row(figure: Figure) -> dict[str, Any]:
    node = figure.node
    bounded = math.isfinite(figure.value)
    return {
        "series": node.name if isinstance(node, Leaf) else figure.label,
        "period": figure.period.text if figure.period else "",
        "value": figure.value if bounded else None,  # a chart has no room for what has no limit
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit_words,
        "qualifier": figure.qualifier,
        "tag": figure.tag or "exact",
        "published": figure.known,
        "source": "; ".join(source.label for source in figure.sources),
        "until": figure.period.end if figure.period else None,
    }
