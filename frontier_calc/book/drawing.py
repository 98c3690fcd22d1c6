"""Pictures as drawings: everything that a chart shows gets its place, for a width in pixels.

Each is drawn for a width, so that its words are broken and its marks are spaced for the room there is. Labels stand at
the ends of lines and beside bars: no chart needs a legend or rests on colour alone. Each kind has a file of its own.
"""

from functools import singledispatch

from frontier_calc.book import bar_drawing, curve_drawing, flow_drawing, line_drawing, panel_drawing, ring_drawing
from frontier_calc.book.marks import Bars, Curve, Flow, Lines, Panels, Picture, Ring
from frontier_calc.book.scene import Scene


@singledispatch
def draw(picture: Picture, width: int) -> Scene:
    """The drawing of a picture, in ``width`` pixels."""
    raise TypeError(f"cannot draw {type(picture).__name__}: expected one of the pictures of frontier_calc.book.marks")


@draw.register
def _(picture: Lines, width: int) -> Scene:
    return line_drawing.draw(picture, width)


@draw.register
def _(picture: Curve, width: int) -> Scene:
    return curve_drawing.draw(picture, width)


@draw.register
def _(picture: Bars, width: int) -> Scene:
    return bar_drawing.draw(picture, width)


@draw.register
def _(picture: Panels, width: int) -> Scene:
    return panel_drawing.draw(picture, width)


@draw.register
def _(picture: Flow, width: int) -> Scene:
    return flow_drawing.draw(picture, width)


@draw.register
def _(picture: Ring, width: int) -> Scene:
    return ring_drawing.draw(picture, width)
