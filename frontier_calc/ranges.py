"""Where a result can lie, which qualifier it has, and on which input it leans.

All of it is worked out over the *distinct* leaves and never node by node: that is why ``x - x`` is exactly nothing,
whatever the range of x. An input that comes once is taken as a whole, by interval arithmetic, which is exact. Inputs
that come more than once are sampled: at their ends, on a grid between them, and ever closer around what was found.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from frontier_calc.graph import Leaf, Node, evaluate
from frontier_calc.operations import OPERATIONS, RANGES, Range

Box = Mapping[str, tuple[float, float]]  # the ends of each leaf that is open, by its key

SAMPLES = 400  # about so many points are looked at, in every round
MOST_SAMPLED = 10  # so many inputs that come twice are tried at all their corners
ROUNDS = 10  # how often the neighbourhood of a turning point is looked at more closely
FAR, NOT_SO_FAR = 1e6, 1e3  # how many times its size something without limit is followed
WAY_OUT = (0.0, NOT_SO_FAR, FAR, math.inf)
FARTHEST = 2  # the place on it at which it is farthest out, short of infinity
SAME = 1e-9  # two numbers that differ by less are one


def interval(node: Node) -> tuple[float | None, float | None]:
    """The lowest and highest value that the ranges of the leaves allow, or (None, None) where no leaf has one.

    >>> from frontier_calc.graph import Operation
    >>> x, three, two = Leaf("x", 5.0, "x", low=0.0, high=10.0), Leaf("3", 3.0, "3"), Leaf("2", 2.0, "2")
    >>> interval(Operation("^", (Operation("-", (x, three)), two)))
    (0.0, 49.0)
    """
    box = {leaf.key: leaf.ends for leaf in node.leaves if leaf.has_range}
    return _around_the_middle(node, box) if box else (None, None)


def reach(node: Node) -> tuple[float | None, float | None]:
    """Where the result can lie if ranges *and* one-sided bounds are taken at their word: "over 30" is 30 or anything more.

    (None, None) where no leaf has a range or a bound. "About" opens nothing: it says how a number was rounded.

    >>> from frontier_calc.graph import Operation
    >>> reach(Operation("-", (Leaf("x", 30.0, "x", qualifier="over"), Leaf("y", 24.0, "y"))))
    (6.0, inf)
    """
    ends = {leaf.key: leaf.within_bound(*leaf.ends) for leaf in node.leaves}
    box = {key: (low, high) for key, (low, high) in ends.items() if low < high}
    return _around_the_middle(node, box) if box else (None, None)


def _around_the_middle(node: Node, box: Box) -> tuple[float | None, float | None]:
    """The extremes over a box; at least the central value. (None, None) where there is no value.

    An end of which nothing was found is without limit: what is not known must not decide anything.
    """
    middle = evaluate(node)
    if math.isnan(middle):
        return None, None
    low, high = extremes(node, box)
    lowest = -math.inf if math.isnan(low) else min(low, middle)
    highest = math.inf if math.isnan(high) else max(high, middle)
    return lowest, highest


def extremes(node: Node, box: Box) -> tuple[float, float]:
    """The lowest and the highest value over a box; not a number where there is none."""
    with np.errstate(all="ignore"):
        repeated = [leaf for leaf in node.leaves if leaf.key in box and node.uses[leaf.key] > 1]
        once = {key: Range(*ends) for key, ends in box.items() if all(key != leaf.key for leaf in repeated)}
        if not repeated:
            low, high = over(node, once)
            return float(low), float(high)
        low, high = _Search(node, once, repeated, box).extremes()
        poles = list(_values_at_poles(node, box))
        return min([low, *poles]), max([high, *poles])


def over(node: Node, given: Mapping[str, Range]) -> Range:
    """The range of a node by interval arithmetic; ``given`` holds the ranges of leaves, by key."""

    values: dict[Node, Range] = {}
    for step in node.steps:
        if isinstance(step, Leaf):
            values[step] = given.get(step.key) or Range(step.value, step.value)
        else:
            values[step] = _step(step.op, [values[argument] for argument in step.arguments])
    return values[node]


def _step(op: str, ranges: Sequence[Range]) -> Range:
    """One operation on ranges; where all of them are points, on numbers."""
    if all(each.low is each.high for each in ranges):
        value = OPERATIONS[op](*(each.low for each in ranges))
        return Range(value, value)
    return RANGES[op](*ranges)


@dataclass(frozen=True)
class _Search:
    """A search for the extremes of a node over the inputs that come more than once; those that come once are ``once``."""

    node: Node
    once: Mapping[str, Range]
    repeated: Sequence[Leaf]
    box: Box

    def extremes(self) -> tuple[float, float]:
        """The lowest and the highest value found."""
        if len(self.repeated) > MOST_SAMPLED:
            return self._lowest_by_slope(1), -self._lowest_by_slope(-1)
        return self._lowest(1), -self._lowest(-1)

    def _ranges(self, points: Sequence[Any]) -> tuple[Any, Any]:
        """Both ends of the result, for each of the points: one array of coordinates for each repeated leaf."""
        given = dict(self.once)
        for leaf, coordinates in zip(self.repeated, points, strict=True):
            given[leaf.key] = Range(coordinates, coordinates)
        low, high = over(self.node, given)
        shape = np.shape(points[0])
        return np.broadcast_to(low, shape), np.broadcast_to(high, shape)

    def _values(self, axes: Sequence[Any], sign: int) -> Any:
        """The low end of the result on a grid, or with ``sign`` -1 its high end, turned over."""
        return self._ends(np.meshgrid(*axes, indexing="ij"), sign)

    def _ends(self, points: Sequence[Any], sign: int) -> Any:
        """The same for any points. Where there is no value it is infinite, so that it is never the lowest."""
        low, high = self._ranges(points)
        return np.where(np.isnan(low), np.inf, low) if sign > 0 else np.where(np.isnan(high), np.inf, -high)

    def _lowest(self, sign: int) -> float:
        """The lowest value, or with ``sign`` -1 the highest, turned over."""
        count = max(2, min(33, int(SAMPLES ** (1 / len(self.repeated)))))
        axes = [_coordinates(*self.box[leaf.key], leaf.value, count) for leaf in self.repeated]
        values = self._values(axes, sign)
        place = np.unravel_index(np.argmin(values), values.shape)
        best = float(values[place])
        if math.isinf(best):
            return best if best < 0 else math.nan
        if _goes_on(axes, values, place):
            return -math.inf
        if all(at in (0, len(axis) - 1) for at, axis in zip(place, axes, strict=True)):
            return best  # a corner
        closer = max(3, min(9, int(SAMPLES ** (1 / len(self.repeated)))))
        for _ in range(ROUNDS):
            axes = [_between_neighbours(axis, int(at), closer) for axis, at in zip(axes, place, strict=True)]
            values = self._values(axes, sign)
            place = np.unravel_index(np.argmin(values), values.shape)
            best = min(best, float(values[place]))
        return best

    def _lowest_by_slope(self, sign: int) -> float:
        """The same for too many inputs to try all their corners: each goes where its slope points to, or all turn back."""
        found = []
        for upwards in (True, False):
            values = self._ends([self._way(leaf, upwards) for leaf in self.repeated], sign)
            goes_on = np.argmin(values) == FARTHEST and _falls_without_limit(*values[: FARTHEST + 1])
            found.append(-math.inf if goes_on else float(np.min(values)))
        best = min(found)
        return math.nan if best == math.inf else best

    def _way(self, leaf: Leaf, upwards: bool) -> Any:
        """From the number of a leaf to the end at which the result is higher, or lower; far out where that is infinite."""
        low, high = self.box[leaf.key]
        rises = direction(self.node, leaf) >= 0
        end = high if rises == upwards else low
        if math.isfinite(end):
            return np.array([leaf.value, end, end, end])
        return leaf.value + math.copysign(abs(leaf.value) or 1.0, end) * np.array(WAY_OUT)


def _goes_on(axes: Sequence[Any], values: Any, place: Any) -> bool:
    """True where the lowest value of a grid lies as far out as was looked, and was still falling there."""
    inwards = [_inwards(axis, int(at)) for axis, at in zip(axes, place, strict=True)]
    if not any(inwards):
        return False
    # All inputs that are far out go there together: alone, each would start beside others that are there already.
    way = [tuple(int(at) + back * step for at, step in zip(place, inwards, strict=True)) for back in (2, 1, 0)]
    return _falls_without_limit(*(float(values[point]) for point in way))


def _inwards(axis: Any, at: int) -> int:
    """The step back from the farthest point of a way to infinity; 0 for every other point."""
    if np.isinf(axis[-1]) and at == len(axis) - 2:
        return -1
    if np.isinf(axis[0]) and at == 1:
        return 1
    return 0


def _falls_without_limit(near: float, far: float, farther: float) -> bool:
    """True where a result falls in steps that do not shrink, on a way out of which infinity itself tells nothing.

    There it often is no number, such as one infinity less another. What comes ever closer to a limit falls by far less
    from a thousand times its size to a million times than before; the logarithm by as much.
    """
    last = far - farther
    before = near - far
    return bool(last > 1e-12 * abs(farther) and not last < before / 2)


def _coordinates(low: float, high: float, value: float, count: int) -> Any:
    """Where an input is looked at: its ends, and points between them; out to far away where an end is infinite."""
    if math.isfinite(low) and math.isfinite(high):
        return np.linspace(low, high, count)
    size = abs(value) or 1.0
    steps = np.array([0.0, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 32.0, NOT_SO_FAR, FAR, np.inf])
    if count < len(steps):
        steps = np.array(WAY_OUT) if count < 5 else steps[[0, 2, 4, 6, 9, 10, 11]]
    if math.isfinite(low):
        return low + size * steps
    if math.isfinite(high):
        return (high - size * steps)[::-1]
    return np.concatenate([(value - size * steps)[::-1], (value + size * steps)[1:]])


def _between_neighbours(axis: Any, at: int, count: int) -> Any:
    """Points between the neighbours of one coordinate."""
    left, right = axis[max(at - 1, 0)], axis[min(at + 1, len(axis) - 1)]
    if not (np.isfinite(left) and np.isfinite(right)):
        return axis[at : at + 1]
    return np.linspace(left, right, count)


# Where a divisor passes through nothing the result may have no limit. A grid steps over such a place: it is looked for.


def _values_at_poles(node: Node, box: Box) -> Iterator[float]:
    """Minus or plus infinity, for each side of a place in the box at which a divisor is nothing and the result has no limit."""
    open_leaves = [leaf for leaf in node.leaves if leaf.key in box]
    for divisor in _divisors(node):
        ends = _opposite(divisor, [leaf for leaf in open_leaves if leaf.key in divisor.uses], box)
        if ends is None:
            continue
        below, above = ends
        line = {key: (below[key], above[key]) for key in below}
        root = _root(divisor, line)
        for side in (-1, 1):
            near, nearer = (evaluate(node, _point(line, root + side * step)) for step in (1e-6, 1e-9))
            if math.isinf(nearer) or abs(nearer) > 100 * abs(near):
                yield math.copysign(math.inf, nearer)


def _divisors(node: Node) -> Iterator[Node]:
    """What is divided by, anywhere in a derivation, also by a negative power."""
    for step in node.steps:
        if isinstance(step, Leaf):
            continue
        if step.op == "÷":
            yield step.arguments[1]
        elif step.op == "^" and evaluate(step.arguments[1]) < 0:
            yield step.arguments[0]


def _opposite(node: Node, leaves: Sequence[Leaf], box: Box) -> tuple[dict[str, float], dict[str, float]] | None:
    """Two points of the box between which a node changes its sign, or None where none were found."""
    count = max(2, min(17, int(SAMPLES ** (1 / max(len(leaves), 1)))))
    if not leaves or len(leaves) > MOST_SAMPLED:
        return None
    axes = [_coordinates(*box[leaf.key], leaf.value, count) for leaf in leaves]
    finite = [axis[np.isfinite(axis)] for axis in axes]
    points = np.meshgrid(*finite, indexing="ij")
    given = {leaf.key: Range(point, point) for leaf, point in zip(leaves, points, strict=True)}
    values = np.broadcast_to(over(node, given).low, points[0].shape)
    if np.isnan(values).all() or not (np.nanmin(values) < 0 < np.nanmax(values)):
        return None
    at_lowest, at_highest = (int(find(values)) for find in (np.nanargmin, np.nanargmax))
    keys = [leaf.key for leaf in leaves]
    below = {key: float(point.flat[at_lowest]) for key, point in zip(keys, points, strict=True)}
    above = {key: float(point.flat[at_highest]) for key, point in zip(keys, points, strict=True)}
    return below, above


def _point(line: Mapping[str, tuple[float, float]], at: float) -> dict[str, float]:
    """A point on the line between two others: 0 is the first, 1 the second."""
    return {key: start + (end - start) * at for key, (start, end) in line.items()}


def _root(node: Node, line: Mapping[str, tuple[float, float]]) -> float:
    """Where on the line a node that is below nothing at its start and above at its end passes through nothing."""
    below, above = 0.0, 1.0
    for _ in range(60):
        middle = (below + above) / 2
        if evaluate(node, _point(line, middle)) < 0:
            below = middle
        else:
            above = middle
    return (below + above) / 2


# What the inputs do to the result.


def _nudge(node: Node, leaf: Leaf) -> tuple[float, float]:
    step = abs(leaf.value) * 0.01 or 0.01
    return evaluate(node, {leaf.key: leaf.value - step}), evaluate(node, {leaf.key: leaf.value + step})


def direction(node: Node, leaf: Leaf) -> int:
    """1 if the result rises with the leaf, -1 if it falls, 0 if it does not move."""
    below, above = _nudge(node, leaf)
    if math.isclose(above, below, rel_tol=1e-12):
        return 0
    return 1 if above > below else -1


def moves(node: Node, leaf: Leaf) -> bool:
    """True if the result is another one when the leaf is a little less, or a little more."""
    middle = evaluate(node)
    return any(not math.isclose(value, middle, rel_tol=1e-12) for value in _nudge(node, leaf))


def elasticity(node: Node, leaf: Leaf) -> float:
    """By how many per cent the result moves when the leaf moves by one: measured at plus and minus one per cent."""
    below, above = _nudge(node, leaf)
    middle = evaluate(node)
    return (above - below) / (0.02 * middle) if middle and leaf.value else 0.0


def qualifier(node: Node) -> str:
    """The qualifier of a result: what is true of it if each "over" is that or more, and each "under" that or less.

    A result that can only lie on one side of its value has that side: "over" says *at least*, "under" that it is less,
    and "up to" that it may be just that. A result that can lie on both sides, or that leans on a bound and on an
    approximation, is "about". What a bound or an approximation does not move is left exact.

    >>> from frontier_calc.graph import Operation
    >>> x, y = Leaf("x", 25.0, "x", qualifier="over"), Leaf("y", 30.0, "y")
    >>> qualifier(Operation("max", (x, y))), qualifier(Operation("-", (y, x))), qualifier(Operation("-", (x, x)))
    ('over', 'under', 'exactly')
    """
    if isinstance(node, Leaf):
        return "about" if node.is_rough else node.qualifier
    rough = any(leaf.is_rough and moves(node, leaf) for leaf in node.leaves)
    side = _side(node, [leaf for leaf in node.leaves if leaf.has_bound])
    return "about" if rough else side


def _side(node: Node, bounded: list[Leaf]) -> str:
    """On which side of its value the bounds let a result lie; "about" for both."""
    if not bounded:
        return "exactly"
    value = evaluate(node)
    low, high = extremes(node, {leaf.key: leaf.within_bound(leaf.value, leaf.value) for leaf in bounded})
    slack = SAME * abs(value)
    is_less, is_more = not low >= value - slack, not high <= value + slack  # so that what is no number is both
    if is_less and is_more:
        return "about"
    if is_more:
        return "over"
    if is_less:
        # The value itself is possible where only such bounds count that hold it: 30 is, in the least of 30 and "under 40".
        return "up to" if all(leaf.qualifier == "up to" for leaf in bounded if moves(node, leaf)) else "under"
    return "exactly"
