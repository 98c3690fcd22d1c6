"""Whether a figure is likely, seen from its row, its series and the series of others: what is not is asked about.

A note that begins with ``confirmed:`` and a reason answers: the row is right as it is typed.
"""

import math
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from frontier_calc import units

if TYPE_CHECKING:
    from frontier_calc.record.store import Observation, Series

CONFIRMED = "confirmed:"
OR_CONFIRM = "or, if the source says so, a note that begins with 'confirmed:' and a reason"

STEP = 4  # times off a series' own growth, at no distance in time: what a year adds is OFF_BY_YEAR
STEP_ALONE = 5  # the same from one other value alone, which tells no growth
STEP_AROUND_NOUGHT = 50  # the same where values change their sign: close to nought a ratio says little
OFF_BY_YEAR = 1.4
OFF_BY_YEAR_ALONE = 10
DAYS = 365.25
LONGER = 1.5  # times as long: no two months, quarters or years differ so
MOST_DOUBTS = 10  # of one series that are told at once
MOST_TRIED = 4


def is_confirmed(row: "Observation") -> bool:
    """Whether the author has said that an unlikely figure is right."""
    note: str = row.note
    return note[: len(CONFIRMED)].lower() == CONFIRMED


def median(ordered: Sequence[float]) -> float:
    """The middle of numbers in order, or the mean of the two in the middle.

    >>> median([1, 2, 30]), median([1, 2, 3, 40])
    (2.0, 2.5)
    """
    half = len(ordered) // 2
    return (ordered[half] + ordered[-half - 1]) / 2


def point(row: "Observation") -> float | None:
    """The value of a row, or the middle of its range where it has no other; None where it is withdrawn."""
    value: float | None = row.value
    low: float | None = row.low
    high: float | None = row.high
    if value is None and low is not None and high is not None:
        return (low + high) / 2
    return value


# One row by itself


def typed_oddly(series: "Series", unit: str, typed: float) -> str:
    """What was probably meant by a number that nobody would say so, or an empty text.

    80 per cent is not said as 0.8 per cent, 8 million not as 0.008 billion, and who counts users by the million does not
    mean eight of them.
    """
    size = abs(typed)
    if size == 0:
        return ""
    usual = series.spellings[0]
    smaller = [spelling for spelling in series.spellings if units.scale(spelling) < units.scale(unit)]
    if unit.split()[0] == "percent" and size < 1:
        return f"per cent, as {typed * 100:g} for a share of {typed:g}"
    if units.scale(unit) >= 1000 and smaller and size < 0.05:
        return f"a number that people say, such as {typed * 1000:g}, or a smaller unit ({', '.join(smaller)})"
    if units.scale(unit) == 1 and units.scale(usual) >= 1e6 and size < 1000:
        return f"a number of single {unit}, or the unit {usual}"
    return ""


# A series by itself


def unlike_in_length(rows: "Iterable[Observation]") -> "Iterator[tuple[Observation, Observation]]":
    """The rows of a series whose stretch of time is not as long as those of the rows before, each with the row before it.

    A series of twelve months takes no month and no quarter.
    """
    lengths: list[int] = []  # in order
    before = None
    for row in rows:
        days = row.period.days
        if before is not None and not 1 / LONGER < days / median(lengths) < LONGER and not is_confirmed(row):
            yield row, before
        else:
            insort(lengths, days)
        before = row


def has_one_length(series: "Series") -> bool:
    """Whether the values of a series count stretches of time of one length: amounts over such do, shares need not."""
    return series.kind == "flow" and series.unit != units.ONE


class Moment(NamedTuple):
    """What a series says of one moment: the middle of its period, in years, and the sizes of its values, as logarithms."""

    year: float
    rows: "tuple[Observation, ...]"
    sizes: tuple[float, ...]
    size: float  # the middle one of them
    is_confirmed: bool
    signs: frozenset[bool]  # of its values: whether they are above nought


class Doubt(NamedTuple):
    """A row whose figure is unlikely, how many orders of magnitude it is off, and the row that it was compared with."""

    row: "Observation"
    off: float
    near: "Observation"


def moments(rows: "Iterable[Observation]") -> list[Moment]:
    """The moments of which a series tells, in order. What is nought has no size and is left out."""
    groups: dict[int, list[tuple[Observation, float]]] = {}
    for row in rows:
        value = point(row)
        if value:
            period = row.period
            groups.setdefault(period.start.toordinal() + period.end.toordinal(), []).append((row, value))
    return [_moment(days, group) for days, group in sorted(groups.items())]


def _moment(days: int, pairs: "list[tuple[Observation, float]]") -> Moment:
    rows, values = zip(*pairs, strict=True)
    sizes = tuple([math.log10(abs(value)) for value in values])
    return Moment(
        year=days / 2 / DAYS,
        rows=rows,
        sizes=sizes,
        size=median(sorted(sizes)),
        is_confirmed=any(map(is_confirmed, rows)),
        signs=frozenset([value > 0 for value in values]),
    )


class Expected(NamedTuple):
    """Between which sizes a value is expected, by how much it may miss them, and by which moment."""

    low: float
    high: float
    margin: float
    by: Moment

    def off(self, size: float) -> float:
        """How far a size lies outside, the margin not counted."""
        return max(self.low - size, size - self.high, 0.0)


def expected(timeline: list[Moment], position: int, step: float) -> Expected | None:
    """What the moments before and after one lead to expect of it.

    Between two others, the growth from one to the other; at an end, anything between no growth and going on as the two
    nearest; from one other alone, that one. None where there is none, or where the author has confirmed an unlikely one.
    """
    here = timeline[position]
    if len(timeline) == 1:
        return None
    if len(timeline) == 2:
        other = timeline[1 - position]
        gap = abs(here.year - other.year)
        margin = math.log10(max(step, STEP_ALONE)) + gap * math.log10(OFF_BY_YEAR_ALONE)
        return None if other.is_confirmed else Expected(other.size, other.size, margin, other)
    first = min(max(position - 1, 0), len(timeline) - 3)
    one, two = (other for other in timeline[first : first + 3] if other is not here)
    if one.is_confirmed or two.is_confirmed:
        return None
    near = min(one, two, key=lambda other: abs(other.year - here.year))
    grown = near.size + (two.size - one.size) / (two.year - one.year) * (here.year - near.year)
    margin = math.log10(step) + abs(near.year - here.year) * math.log10(OFF_BY_YEAR)
    between = one.year < here.year < two.year
    other_end = grown if between else near.size
    return Expected(min(grown, other_end), max(grown, other_end), margin, near)


def _step(timeline: list[Moment]) -> float:
    signs = frozenset[bool]().union(*[moment.signs for moment in timeline])
    return STEP if len(signs) == 1 else STEP_AROUND_NOUGHT


def off_growth(timeline: list[Moment]) -> list[Doubt]:
    """The rows of one series that lie far off its own growth, and off what else is said of their moment.

    A wrong figure makes its neighbours look wrong. So the one without which fewest are in doubt is left out, and the rest
    are looked at again.
    """
    doubts: list[Doubt] = []
    while len(doubts) < MOST_DOUBTS:
        now = sorted(_off_now(timeline), key=_order, reverse=True)
        if not now:
            break
        worst = min(now[:MOST_TRIED], key=lambda doubt: len(list(_off_now(_without(timeline, doubt.row)))))
        doubts.append(worst)
        timeline = _without(timeline, worst.row)
    return doubts


def _order(doubt: Doubt) -> tuple[float, date, int]:
    """The farthest off; of two as far, the one entered later."""
    return (round(doubt.off, 6), doubt.row.recorded, doubt.row.row)


def _without(timeline: list[Moment], row: "Observation") -> list[Moment]:
    return moments(other for moment in timeline for other in moment.rows if other is not row)


def _off_now(timeline: list[Moment]) -> Iterator[Doubt]:
    step = _step(timeline)
    for position, moment in enumerate(timeline):
        wanted = expected(timeline, position, step)
        if wanted is None and max(moment.sizes) - min(moment.sizes) < math.log10(step):
            continue
        for row, size in zip(moment.rows, moment.sizes, strict=True):
            if wanted is None or wanted.off(size) >= wanted.margin:
                doubt = _doubt(row, size, moment, wanted, step)
                if doubt is not None:
                    yield doubt


def _doubt(row: "Observation", size: float, moment: Moment, wanted: Expected | None, step: float) -> Doubt | None:
    """The doubt about a row that is not as expected of its moment, unless something else that is said of it agrees."""
    if is_confirmed(row):
        return None
    off = math.inf
    near = row
    if wanted is not None:
        off = wanted.off(size)
        near = wanted.by.rows[-1]
    for other, its in zip(moment.rows, moment.sizes, strict=True):
        if other is not row:
            apart = abs(size - its)
            if apart < math.log10(step) or (is_confirmed(other) and wanted is None):
                return None
            if apart < off:
                off = apart
                near = other
    return None if near is row else Doubt(row, off, near)


# A series beside those of others

CLOSE = math.log10(1.04)  # as near as the other's own figures are to one another
AWAY = math.log10(1.5)  # from its own series


def siblings(all_series: "Mapping[str, Series]") -> "dict[str, list[str]]":
    """Of each series the others that measure the same in the same way of somebody else."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for series in all_series.values():
        quantity = _quantity(series)
        if quantity:
            alike.setdefault((quantity, units.name(series.unit), series.ruler), []).append(series.id)
    return {id: [other for other in group if other != id] for group in alike.values() for id in group}


def _quantity(series: "Series") -> str:
    """What a series measures, without whose it is: its name less its subject's, or an empty text."""
    owner = "-".join(series.subject.lower().split()) + "-"
    return series.id.removeprefix(owner) if series.id.startswith(owner) else ""


def fits_another(timeline: list[Moment], theirs: list[Moment]) -> Iterator[Doubt]:
    """The rows of a series that lie off its own growth and on that of another; two values alone tell no growth."""
    if len(timeline) < 3:
        return
    for position, moment in enumerate(timeline):
        wanted = expected(timeline, position, STEP)
        if wanted is None:
            continue
        for row, size in zip(moment.rows, moment.sizes, strict=True):
            off = wanted.off(size)
            if off < AWAY or is_confirmed(row) or _agrees(row, size, moment):
                continue
            near = beside(theirs, moment.year, size)
            if near is not None:
                yield Doubt(row, off, near)


def _agrees(row: "Observation", size: float, moment: Moment) -> bool:
    """Whether another row says about the same of the moment."""
    pairs = zip(moment.rows, moment.sizes, strict=True)
    return any(other is not row and abs(size - its) < AWAY for other, its in pairs)


def beside(timeline: list[Moment], year: float, size: float) -> "Observation | None":
    """The row of another series beside which a size would not be noticed: the nearest, if it says about the same."""
    near = min(timeline, key=lambda moment: abs(moment.year - year), default=None)
    if near is None or abs(near.year - year) > 0.3:
        return None
    for row, its in zip(near.rows, near.sizes, strict=True):
        if abs(size - its) < CLOSE:
            return row
    return None
