"""The signs by which a point of a plot says how sure it is: filled, half-filled or hollow, as in the prose; a range with
two ends, or an arrow to an open side."""

from frontier_calc.book.axes import Frame
from frontier_calc.book.labels import Place
from frontier_calc.book.marks import Mark
from frontier_calc.book.scene import Dot, Item, Shape, Tip

NEAR, FAR = 6.0, 12.0  # pixels: from the middle of a point to where its arrow begins and ends


def point(mark: Mark, place: Place, radius: float, paint: str, tip: Tip) -> list[Item]:
    """A point: filled where it was reported, half-filled where it was estimated, hollow where projected or assumed."""
    hollow = mark.estimated or not mark.firm
    drawn: list[Item] = [Dot(x=place.x, y=place.y, radius=radius, paint=paint, hollow=hollow, tip=tip)]
    if mark.estimated:
        half = f"M0,{-radius}A{radius},{radius} 0 0 0 0,{radius}Z"
        drawn.append(Shape(x=place.x, y=place.y, path=half, paint=paint, filled=True))
    return drawn


def uncertainty(mark: Mark, place: Place, frame: Frame, paint: str) -> list[Item]:
    """A range as a line with ends; a bound as a small arrow to the side that it leaves open."""
    if mark.ends:
        low, high = (frame.y(end) - place.y for end in mark.ends)
        path = f"M0,{low:.1f}V{high:.1f}M-4,{low:.1f}H4M-4,{high:.1f}H4"
        return [Shape(x=place.x, y=place.y, path=path, paint=paint, width=1.5)]
    if not mark.open:
        return []
    way = -1 if mark.open == "above" else 1
    wings = way * (FAR - 2.5)
    path = f"M0,{NEAR * way}V{FAR * way}M-2.5,{wings}L0,{FAR * way}L2.5,{wings}"
    return [Shape(x=place.x, y=place.y, path=path, paint=paint, width=1.25)]
