"""A drawing as a Vega-Lite specification: what a notebook shows, in JupyterLab, which draws no SVG that can be pointed at.

Each shape with all its words, points and strokes becomes a row of data, and shapes of one look a layer. The
specification keeps to what Vega-Lite 5.6 knows, the version inside JupyterLab.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from frontier_calc.book import theme
from frontier_calc.book.scene import Bar, Dot, Item, Path, Rule, Scene, Shape, Tip, Words

MIME = "application/vnd.vegalite.v5+json"
PAPER = theme.INKS["paper"].day
BASELINES = {"start": "left", "middle": "center", "end": "right"}
DASHES = [2, 5]
FAINT = 0.5

Row = dict[str, Any]
Layer = dict[str, Any]


def of_scene(scene: Scene, description: str) -> Row:
    """The specification of a drawing, with its alt text."""
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, scene.width], "nice": False}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [scene.height, 0], "nice": False}}
    return {
        "description": description,
        "width": round(scene.width),
        "height": round(scene.height),
        "background": PAPER,
        "config": {"view": {"stroke": None}, "font": theme.FONT, "text": {"font": theme.FONT}},
        "encoding": {"x": x, "y": y},
        "layer": list(_layers(scene.items)),
    }


def _layers(items: Iterable[Item]) -> Iterable[Layer]:
    """Neighbouring shapes of one look make one layer: what stands in front of what stays so."""
    last: Layer | None = None
    for item in items:
        for layer in _layer(item):
            # A line stays by itself: it would be drawn on from the end of the one before it.
            if last is not None and _look(last) == _look(layer) and layer["mark"]["type"] != "line":
                last["data"]["values"] += layer["data"]["values"]
                continue
            if last is not None:
                yield last
            last = layer
    if last is not None:
        yield last


def _look(layer: Layer) -> Row:
    return {name: part for name, part in layer.items() if name != "data"}


@singledispatch
def _layer(item: Item) -> list[Layer]:
    """One shape as layers with one row of data."""
    raise TypeError(f"cannot draw {item!r}: expected a shape of frontier_calc.book.scene")


@_layer.register
def _(item: Rule) -> list[Layer]:
    mark = {"type": "rule", "stroke": _shade(item.paint), "strokeWidth": item.width, "strokeCap": "round"}
    mark |= {"strokeDash": DASHES} if item.dashed else {}
    mark |= {"opacity": FAINT} if item.faint else {}
    return [_made(mark, {"x": item.x, "y": item.y, "x2": item.x2, "y2": item.y2}, item.tip, far=True)]


@_layer.register
def _(item: Path) -> list[Layer]:
    mark = {"type": "line", "stroke": _shade(item.paint), "strokeWidth": item.width, "strokeJoin": "round"}
    mark |= {"strokeDash": DASHES} if item.dashed else {}
    rows = [{"x": x, "y": y, "place": place} for place, (x, y) in enumerate(item.places)]
    order = {"order": {"field": "place", "type": "quantitative"}}
    return [{"mark": mark, "encoding": order, "data": {"values": rows}}]


@_layer.register
def _(item: Bar) -> list[Layer]:
    mark = {"type": "rect", "stroke": _shade(item.paint), "fill": _shade(item.paint), "cornerRadius": item.radius}
    mark |= {"fill": PAPER, "strokeWidth": 1.75} if item.hollow else {"strokeWidth": 0}
    mark |= {"opacity": FAINT} if item.faint else {}
    return [_made(mark, {"x": item.x, "y": item.y, "x2": item.x2, "y2": item.y2}, item.tip, far=True)]


@_layer.register
def _(item: Dot) -> list[Layer]:
    shade = _shade(item.paint)
    mark = {"type": "point", "shape": "circle", "size": round(3.1416 * item.radius**2, 2), "opacity": 1}
    mark |= {"fill": PAPER, "stroke": shade, "strokeWidth": 1.75} if item.hollow else {"fill": shade, "strokeWidth": 0}
    return [_made(mark, {"x": item.x, "y": item.y}, item.tip)]


@_layer.register
def _(item: Shape) -> list[Layer]:
    # A path is drawn as a point of size four: then its numbers are pixels.
    mark = {"type": "point", "shape": item.path, "size": 4, "opacity": FAINT if item.faint else 1}
    shade = _shade(item.paint)
    mark |= {"fill": shade, "strokeWidth": 0} if item.filled else {"stroke": shade, "strokeWidth": item.width}
    return [_made(mark, {"x": item.x, "y": item.y})]


@_layer.register
def _(item: Words) -> list[Layer]:
    lines = [*item.lines[:-1], f"{item.lines[-1]}{item.tail}"]
    mark = {
        "type": "text",
        "align": BASELINES[item.align],
        "baseline": "alphabetic",
        "dx": item.dx,
        "fontSize": item.size,
        "fontWeight": 600 if item.bold else 400,
        "lineHeight": item.leading,
        "fill": _shade(item.paint),
    }
    row = {"x": item.x, "y": item.y, "text": lines}
    text = {"text": {"field": "text"}}
    halo = {**mark, "fill": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    marks = [halo, mark] if item.halo else [mark]
    return [{"mark": each, "encoding": text, "data": {"values": [row]}} for each in marks]


def _made(mark: Row, row: Row, tip: Tip | None = None, far: bool = False) -> Layer:
    """A layer of one row: with its other end where it is ``far``, and with what a pointer is told."""
    encoding: Row = {"x2": {"field": "x2"}, "y2": {"field": "y2"}} if far else {}
    if tip is not None:
        row |= {"figure": tip.figure, "told": ": ".join(tip.lines[:2]), "more": "; ".join(tip.lines[2:])}
        told = {"field": "told", "type": "nominal", "title": "Figure"}
        encoding["tooltip"] = [told, {"field": "more", "type": "nominal", "title": "Known"}]
    return {"mark": mark, "encoding": encoding, "data": {"values": [row]}}


def _shade(paint: str) -> str:
    return theme.PAINTS[paint].day
