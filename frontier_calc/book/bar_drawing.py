"""Bars from the left, one below the other, each with its name and its value, and what is pointed out of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from frontier_calc.book import scene
from frontier_calc.book.marks import Across, Bar, BarBracket, Bars
from frontier_calc.book.scene import Item, RightOf, Rule, Scene, Shape, Words
from frontier_calc.book.theme import LABEL, LINE, NEUTRALS, paint_of, width_of, wrapped

THICK = 15.0  # pixels: a bar
RANGE = 9.0  # pixels: the paler end of a bar that shows its range, thinner than a bar that is pale itself
OFF_THE_LINE = 5  # from the line of nought to a name above its bar
BESIDE = 7.0  # from the end of a bar to its value
ABOVE_GROUP = 16.0
FIRM_TAGS = ("estimated",)  # tags that are said behind a value; a hollow bar says the others
LEAST = 0.3  # of the picture: where names would leave less to the bars, they stand above them
ENOUGH = 0.45  # of the picture: where values behind them would leave less to the bars, they stand above them too


@dataclass(frozen=True)
class Layout:
    """How names and bars share the width: the names' column, and how many pixels a unit of value takes."""

    left: float
    column: float  # none where names stand above their bars
    unit: float
    negative: float  # how far bars reach below nothing, in values
    right: float
    labelled_above: bool = False  # True where values stand with the names, above their bars
    scale: float = 1.0  # how much one on the axis is

    @property
    def zero(self) -> float:
        """Where bars begin."""
        return self.left + self.column + self.negative * self.unit

    def x(self, value: float) -> float:
        """Where a bar of this value ends."""
        return self.zero + value * self.unit

    @property
    def axis(self) -> scene.Axis:
        """The axis of its bars."""
        return scene.Axis(self.zero, self.unit / self.scale, self.zero - self.negative * self.unit, self.right)


def draw(picture: Bars, width: int) -> Scene:
    """The drawing of bars."""
    if not picture.bars:
        return Scene(width, LINE * 2, (Words(x=0, y=LINE, lines=["nothing known"], paint="soft"),))
    layout = layout_of(picture.bars, picture.levels, 0, width - _bracket_room(picture), width)
    layout = replace(layout, scale=picture.unit)
    stack = Stack(layout, width)
    paints = paints_of(picture.bars)
    top = stack.levels_room(picture.levels)
    items: list[Item] = []
    bottom = top
    for group in dict.fromkeys(bar.group for bar in picture.bars):
        if group:
            bottom += ABOVE_GROUP if bottom > top else 0
            head = wrapped(group, width, LABEL, bold=True)
            paint = paint_of(group) or "ink"
            items.append(Words(x=0, y=bottom + LINE - 3, lines=head, paint=paint, size=LABEL, bold=True))
            bottom += LINE * len(head) + 5
        rows, bottom = stack.rows([bar for bar in picture.bars if bar.group == group], paints, bottom)
        items += rows
    items = [*stack.levels(picture.levels, top, bottom), *items, *_brackets(picture, stack)]
    return Scene(width, bottom + 4, tuple(items), follows=can_follow(picture))


def can_follow(picture: Bars) -> bool:
    """True where the numbers of a reader would move no line at a value, which has no place of its own to go to."""
    return not picture.levels


def layout_of(
    bars: Sequence[Bar], levels: Sequence[Across], left: float, right: float, width: float, most: float = 0.34
) -> Layout:
    """The layout of all bars that share a scale: names in a column where that leaves enough to the bars."""
    longest = most * (right - left)
    names = [wrapped(bar.name, longest) for bar in bars]
    column = max(width_of(line) for lines in names for line in lines) + 12
    if max(map(len, names)) <= 2 and column <= longest + 12:
        beside = _scaled(bars, levels, left, right, column)
        if beside.unit * _reach(bars) >= LEAST * (right - left):
            return beside
    above = _scaled(bars, levels, left, right, 0)
    if above.unit * _reach(bars) >= ENOUGH * (right - left):
        return above
    return _scaled(bars, levels, left, right, 0, labelled_above=True)


def _reach(bars: Sequence[Bar]) -> float:
    """The largest value that a bar or its range reaches."""
    return max((max(bar.mark.value, *bar.mark.ends, 0.0) for bar in bars), default=0.0) or 1.0


def _scaled(
    bars: Sequence[Bar],
    levels: Sequence[Across],
    left: float,
    right: float,
    column: float,
    *,
    labelled_above: bool = False,
) -> Layout:
    """The largest scale at which each bar leaves room for its value behind it, where it does not stand above."""
    room = right - left - column
    negative = max((-min(bar.mark.value, *bar.mark.ends, 0.0) for bar in bars), default=0.0)
    behind = {bar.mark.figure: 8.0 if labelled_above else _label_width(bar) + BESIDE for bar in bars}
    fits = [(room - behind[bar.mark.figure]) / ((negative + _reach([bar])) or 1.0) for bar in bars]
    fits += [(room - 2) / ((negative + level.y) or 1.0) for level in levels]
    return Layout(left, column, max(min(fits), 0.0), negative, right, labelled_above)


def _label_width(bar: Bar) -> float:
    beyond = 8.0 if bar.mark.open else 0.0
    return width_of(bar.label, bold=True) + width_of(_tail(bar)) + beyond


def _value(bar: Bar) -> Words:
    """The value of a bar, still without a place."""
    return Words(x=0, y=0, lines=[bar.label], bold=True, halo=True, tail=_tail(bar), value_of=bar.mark.figure)


def _tail(bar: Bar) -> str:
    return f" {bar.tag}" if bar.tag in FIRM_TAGS else ""


@dataclass(frozen=True)
class Paint:
    """The paint of a bar, paler for the second of two in one colour."""

    name: str
    faint: bool = False


def paints_of(bars: Sequence[Bar]) -> dict[str, Paint]:
    """The paint of each bar, by the key of its figure: its company's, that of its group, or a neutral one."""
    names = list(dict.fromkeys(bar.name for bar in bars))
    groups = list(dict.fromkeys(bar.group for bar in bars))
    are_kinds = len(groups) > 1 and len(names) <= len(NEUTRALS)
    found = {}
    for bar in bars:
        paint = paint_of(bar.name) or paint_of(bar.group)
        if not paint:
            paint = NEUTRALS[names.index(bar.name)] if are_kinds else NEUTRALS[0]
        is_second = len(names) == 2 and bar.name == names[1] and paint == paint_of(bar.group)
        found[bar.mark.figure] = Paint(paint, faint=is_second and not paint_of(bar.name))
    return found


class _Placed(NamedTuple):
    """Where the bar of a figure stands, and how far its value reaches; and so of its name, where that stands above."""

    figure: str
    middle: float
    end: float


@dataclass
class Stack:
    """Bars one below the other; where each stands is kept for the brackets between them."""

    layout: Layout
    width: float

    def __post_init__(self) -> None:
        self.places: list[_Placed] = []
        self.names: list[_Placed] = []

    def rows(self, bars: Sequence[Bar], paints: dict[str, Paint], top: float) -> tuple[list[Item], float]:
        """The rows of bars and the line that they begin at; and how far down they reach."""
        items: list[Item] = []
        bottom = top
        for bar in bars:
            row, bottom = self._row(bar, paints[bar.mark.figure], bottom)
            items += row
        zero = Rule(x=self.layout.zero, x2=self.layout.zero, y=top, y2=bottom - 2, paint="soft")
        return [*items, zero], bottom

    def _row(self, bar: Bar, paint: Paint, top: float) -> tuple[list[Item], float]:
        """A bar with its words; and how far down they reach."""
        layout = self.layout
        if layout.column:
            name = wrapped(bar.name, layout.column - 6)
            high = max(LINE * len(name), THICK) + 8
            middle = top + high / 2
            first = middle - LINE * (len(name) - 1) / 2 + 4.5
        else:
            name = wrapped(bar.name, layout.right - layout.left - OFF_THE_LINE)
            first = top + LINE - 2
            named = len(name) + (1 if self._label_has_its_line(bar, name) else 0)
            middle = top + LINE * named + 3 + THICK / 2
            high = middle - top + THICK / 2 + 7
        aside = 0 if layout.column else OFF_THE_LINE
        words = Words(x=layout.left, dx=aside, y=first, lines=name, halo=True)
        self.names.append(_Placed(bar.mark.figure, first, layout.left + aside + words.width))
        items: list[Item] = [words]
        items += self._bar(bar, paint, middle)
        if layout.labelled_above:
            items.append(self._label_above(bar, name, first))
        bottom = top + high
        if bar.note:
            lines = wrapped(str(bar.note), layout.right - layout.zero)
            items.append(Words(x=layout.zero, dx=4, y=bottom + LINE - 6, lines=lines, paint="soft", said=bar.note.said))
            bottom += LINE * len(lines) + 2
        return items, bottom

    def _label_has_its_line(self, bar: Bar, name: Sequence[str]) -> bool:
        """True where a value above its bar does not fit behind the last line of the name."""
        room = self.layout.right - self.layout.left - OFF_THE_LINE - width_of(name[-1]) - BESIDE
        return self.layout.labelled_above and room < _label_width(bar)

    def _label_above(self, bar: Bar, name: Sequence[str], first: float) -> Words:
        """The value of a bar behind its name, or on the line under it."""
        has_line = self._label_has_its_line(bar, name)
        aside = OFF_THE_LINE if has_line else OFF_THE_LINE + width_of(name[-1]) + BESIDE
        y = first + LINE * (len(name) - (0 if has_line else 1))
        label = replace(_value(bar), x=self.layout.left, dx=aside, y=y)
        self.names.append(_Placed(bar.mark.figure, y, self.layout.left + aside + label.width))
        return label

    def _bar(self, bar: Bar, paint: Paint, middle: float) -> list[Item]:
        """A bar, its range or the side on which it is open, and its value."""
        layout = self.layout
        end = layout.x(bar.mark.value)
        drawn = scene.Bar(
            x=layout.zero,
            x2=end,
            y=middle - THICK / 2,
            y2=middle + THICK / 2,
            paint=paint.name,
            hollow=not bar.mark.firm,
            faint=paint.faint,
            tip=bar.mark.tip(f"{bar.group} {bar.name}".strip()),
            axis=layout.axis,
        )
        items: list[Item] = [drawn]
        beyond = max(end, layout.zero, *(layout.x(each) for each in bar.mark.ends))
        if bar.mark.ends:
            items += self._range(bar, paint, middle)
        aside = BESIDE
        if bar.mark.open and not bar.mark.ends:
            way = 1 if bar.mark.open == "above" else -1
            path = f"M{4 - 3 * way},-4L{4 + 1.5 * way},0L{4 - 3 * way},4"
            items.append(
                Shape(x=end, y=middle, path=path, paint=paint.name, width=1.75, beside=bar.mark.figure, sign="open")
            )
            aside += 6
        if layout.labelled_above:
            self.places.append(_Placed(bar.mark.figure, middle, beyond + aside))
            return items
        label = replace(_value(bar), x=beyond, dx=aside, y=middle + 4.5)
        self.places.append(_Placed(bar.mark.figure, middle, beyond + aside + label.width))
        return [*items, label]

    def _range(self, bar: Bar, paint: Paint, middle: float) -> list[Item]:
        """A range as a paler end of the bar, from its low to its high end; on a filled bar it is lighter as far as the bar."""
        low, high = (self.layout.x(each) for each in bar.mark.ends)
        end = min(max(self.layout.x(bar.mark.value), low), high) if bar.mark.firm else low
        stretches = [(low, end, "paper"), (end, high, paint.name)]
        return [
            Rule(x=left, x2=right, y=middle, y2=middle, paint=shade, width=RANGE, faint=True, beside=bar.mark.figure)
            for left, right, shade in stretches
            if right > left
        ]

    # What is pointed out.

    def levels_room(self, levels: Sequence[Across]) -> float:
        """How much room the words of levels need above the bars."""
        return sum(LINE * len(self._level_words(level)) + 3 for level in levels) + (4 if levels else 0)

    def levels(self, levels: Sequence[Across], top: float, bottom: float) -> list[Item]:
        """Each level as a line through all bars, its words above them."""
        items: list[Item] = []
        above = 0.0
        for level in levels:
            lines = self._level_words(level)
            x = self.layout.x(level.y)
            align: scene.Align = "start" if x + max(map(width_of, lines)) <= self.width else "end"
            items.append(Rule(x=x, x2=x, y=above + 2, y2=bottom, paint="ink", width=1.25))
            dx = 5 if align == "start" else -5
            items.append(Words(x=x, dx=dx, y=above + LINE - 3, lines=lines, align=align))
            above += LINE * len(lines) + 3
        return items

    def _level_words(self, level: Across) -> list[str]:
        x = self.layout.x(level.y)
        return wrapped(str(level.words), max(x, self.width - x) - 8)


def _bracket_room(picture: Bars) -> float:
    """How much of the width the brackets take, at the right of all bars."""
    if not picture.brackets:
        return 0.0
    return max(width_of(line) for each in picture.brackets for line in wrapped(str(each.words), 110)) + 24


def _brackets(picture: Bars, stack: Stack) -> list[Item]:
    """Brackets from the value of one bar to that of another, right of all that is between them."""
    items: list[Item] = []
    for each in picture.brackets:
        top, bottom = _nearest(each, stack.places)
        values, names = (
            [place for place in those if top <= place.middle <= bottom] for those in (stack.places, stack.names)
        )
        least = max((place.end for place in names), default=0.0)
        right_of = RightOf(tuple(place.figure for place in values), least)
        x = max(least, *(place.end for place in values))
        path = f"M6,0h5v{bottom - top:.1f}h-5"
        items.append(Shape(x=x, y=top, path=path, paint="ink", width=1.25, right_of=right_of))
        lines = wrapped(str(each.words), 110)
        first = (top + bottom) / 2 - LINE * (len(lines) - 1) / 2 + 4.5
        items.append(Words(x=x, dx=17, y=first, lines=lines, said=each.words.said, right_of=right_of))
    return items


def _nearest(bracket: BarBracket, places: Sequence[_Placed]) -> tuple[float, float]:
    """The middles of the two bars; where a figure has several, of those that are nearest to each other."""
    ones = [place.middle for place in places if place.figure == bracket.one]
    others = [place.middle for place in places if place.figure == bracket.other]
    one, other = min(product(ones, others), key=lambda pair: abs(pair[0] - pair[1]))
    return min(one, other), max(one, other)
