"""The signs by which a point of a plot says how sure it is: filled, half-filled or hollow, as in the prose; a range with
two ends, or an arrow to an open side."""

from collections.abc import Sequence
from dataclasses import replace

from frontier_calc.book.axes import Frame
from frontier_calc.book.labels import Box, Place
from frontier_calc.book.marks import Mark
from frontier_calc.book.scene import At, Dot, Item, Shape, Tip

# Pixels: how far aside an arrow may stand where a line runs through its place, the best first; and how many dots of lines
# and points it may touch there, which are fewer than those of one point.
ASIDE = (0.0, -6.5, 6.5, -9.0, 9.0)
MOST = 6
NEAR, FAR = 6.0, 12.0  # pixels: from the middle of a point to where its arrow begins and ends


def point(mark: Mark, place: Place, radius: float, paint: str, tip: Tip, at: At) -> list[Item]:
    """A point: filled where it was reported, half-filled where it was estimated, hollow where projected or assumed."""
    hollow = mark.estimated or not mark.firm
    drawn: list[Item] = [Dot(x=place.x, y=place.y, radius=radius, paint=paint, hollow=hollow, tip=tip, at=at)]
    if mark.estimated:
        half = f"M0,{-radius}A{radius},{radius} 0 0 0 0,{radius}Z"
        sign = Shape(x=place.x, y=place.y, path=half, paint=paint, filled=True)
        drawn.append(replace(sign, beside=mark.figure, sign="half", at=at))
    return drawn


def uncertainty(
    mark: Mark, place: Place, frame: Frame, paint: str, at: At, dots: Sequence[Place] = ()
) -> list[Item]:  # fmt: skip
    """A range as a line with ends; a bound as a small arrow to the side that it leaves open, clear of the ``dots``."""
    if mark.ends:
        low, high = (frame.y(end) - place.y for end in mark.ends)
        path = f"M0,{low:.1f}V{high:.1f}M-4,{low:.1f}H4M-4,{high:.1f}H4"
        whisker = Shape(x=place.x, y=place.y, path=path, paint=paint, width=1.5)
        return [replace(whisker, beside=mark.figure, sign="range", at=at)]
    if not mark.open:
        return []
    way = -1 if mark.open == "above" else 1
    aside = _aside(place, way, dots)
    if aside is None:
        return []
    wings = way * (FAR - 2.5)
    path = f"M{aside:g},{NEAR * way:g}V{FAR * way:g}M{aside - 2.5:g},{wings:g}L{aside:g},{FAR * way:g}L{aside + 2.5:g},{wings:g}"
    arrow = Shape(x=place.x, y=place.y, path=path, paint=paint, width=1.25)
    return [replace(arrow, beside=mark.figure, sign="open", at=at)]


def _aside(place: Place, way: int, dots: Sequence[Place]) -> float | None:
    """How far aside an arrow stands best; None where it would lie in another point everywhere.

    What it says is told in words too, so a chart that is crowded there can do without.
    """
    near, far = sorted((place.y + NEAR * way, place.y + FAR * way))
    touched = {aside: Box(place.x + aside - 1, near, place.x + aside + 1, far).count(dots) for aside in ASIDE}
    best = min(ASIDE, key=lambda aside: touched[aside])
    return best if touched[best] <= MOST else None
