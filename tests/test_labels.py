"""Where words stand in a drawing, how wide they are, and what an axis says."""

import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc.book import axes, labels, theme
from frontier_calc.book.axes import Extent, Frame
from frontier_calc.book.labels import Box, Label, Place, Side

ROOM = Box(0, 0, 300, 200)

# Beside a point.


def test_a_label_keeps_clear_of_a_line_that_passes_its_point() -> None:
    # The other line crosses just above the point, on its right and on its left: the label stands beside it or below.
    point, passing = Place(150.0, 100.0), [Place(0.0, 88.0), Place(300.0, 90.0)]
    (box,) = labels.placed([Label(point, ["Anthropic, net"])], labels.along(passing), ROOM)
    assert box.top > 90


def test_a_label_with_nothing_in_its_way_stands_above_its_point_and_turns_back_at_the_edge() -> None:
    (free,) = labels.placed([Label(Place(150.0, 100.0), ["net"])], [], ROOM)
    (at_edge,) = labels.placed([Label(Place(295.0, 100.0), ["net"])], [], ROOM)
    assert free.left > 150 and free.bottom < 100 and at_edge.right < 295


places = st.builds(Place, st.integers(0, 300).map(float), st.integers(0, 200).map(float))
names = st.lists(st.text("abcdefgh ", min_size=1, max_size=12), min_size=1, max_size=2)
sides = st.sampled_from([labels.SIDES, labels.FAN])


@given(st.lists(st.builds(Label, places, names, sides), max_size=5), st.lists(places, max_size=60))
def test_no_label_stands_worse_than_it_could(asked: list[Label], dots: list[Place]) -> None:
    """Against a count by brute force: no side of a label would lie on fewer dots, none before it on as few."""
    chosen = labels.placed(asked, dots, ROOM)
    taken = [(dot.x, dot.y) for dot in dots]

    def crowd(label: Label, side: Side) -> int:
        box = label.box(side)
        x, y = np.array(taken).reshape(-1, 2).T
        inside = (box.left - 3 <= x) & (x <= box.right + 3) & (box.top - 1 <= y) & (y <= box.bottom + 1)
        outside = box.left < 0 or box.right > 300 or box.top < 0 or box.bottom > 200
        a, b = np.array(list(labels.led(label, box))).reshape(-1, 2, 1).transpose(1, 0, 2)
        on_line = ((abs(x - a) <= 4) & (abs(y - b) <= 4)).any(axis=0)
        return int(inside.sum() + on_line.sum()) + (100 if outside else 0)

    for label, box in zip(asked, chosen, strict=True):
        crowds = [crowd(label, each) for each in label.sides]
        assert box == label.box(label.sides[crowds.index(min(crowds))])
        taken += [(dot.x, dot.y) for dot in [*box.dots(), *labels.led(label, box)]]


def test_words_that_stand_apart_have_a_line_to_their_point_and_others_have_none() -> None:
    label = Label(Place(100.0, 100.0), ["far away"])
    near, far = label.box(labels.SIDES[0]), label.box(labels.FAN[-1])
    assert labels.leader(label, near) is None
    line = labels.leader(label, far)
    assert line is not None and (line.x, line.y) == label.point


def test_words_stay_with_their_point_where_a_page_stretches_the_drawing() -> None:
    label = Label(Place(100.0, 100.0), ["net"])
    for side in labels.FAN:
        box = label.box(side)
        words = label.words(box)
        left = {"start": 0, "middle": label.width / 2, "end": label.width}[words.align]
        assert words.x == 100 and words.x + words.dx - left == pytest.approx(box.left)


# In a column.


heights = st.lists(st.integers(5, 40).map(float), max_size=7)


@given(st.data(), heights)
def test_what_stands_in_a_column_keeps_its_order_and_lies_on_nothing(data: st.DataObject, high: list[float]) -> None:
    middles = data.draw(st.lists(st.integers(0, 300).map(float), min_size=len(high), max_size=len(high)))
    found = labels.spread(middles, high, 0, 400)
    ordered = sorted(range(len(high)), key=lambda each: middles[each])
    for above, below in itertools.pairwise(ordered):
        assert found[below] - found[above] >= (high[above] + high[below]) / 2 - 1e-6
    for middle, height in zip(found, high, strict=True):
        assert height / 2 - 1e-6 <= middle <= 400 - height / 2 + 1e-6


def test_what_touches_nothing_stays_where_it_is_and_a_pile_moves_as_one() -> None:
    assert labels.spread([20, 100], [10, 10], 0, 200) == [20, 100]
    assert labels.spread([100, 100, 100], [10, 10, 10], 0, 200) == [90, 100, 110]
    assert labels.spread([2, 199], [10, 10], 0, 200) == [5, 195]


# Words.


def test_a_text_is_broken_into_as_few_lines_as_fit_all_of_about_one_length() -> None:
    text = "as few lines as fit, and no widow at their end"
    for room in (90, 150, 260, 900):
        lines = theme.wrapped(text, room)
        assert " ".join(lines) == text and all(theme.width_of(line) <= room for line in lines)
        if room > 90:
            assert len(theme.wrapped(text, room - 60)) >= len(lines)
    assert theme.wrapped("", 100) == []
    assert len(theme.wrapped("oneverylongwordthatcannotbebroken", 60)) == 1


# Axes.


def test_a_frame_holds_every_value() -> None:
    frame = Frame(left=10, right=110, top=0, bottom=50, first=1, last=3, low=-4, high=0)
    assert [frame.place(1, -2), frame.place(3, -4)] == [Place(10, 25), Place(110, 50)]
    log = Frame(left=0, right=100, top=0, bottom=30, first=1, last=2, low=1, high=1000, log=True)
    assert [log.y(value) for value in (1, 10, 1000)] == pytest.approx([30, 20, 0])
    alone = Frame(left=0, right=100, top=0, bottom=30, first=1, last=1, low=0, high=1)
    assert alone.x(1) == 50


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_an_axis_holds_nothing_and_all_values_and_its_marks_lie_on_it(values: list[float]) -> None:
    extent = axes.extent_of(values)
    assert extent.low <= min(0, *values) <= max(0, *values) <= extent.high
    marks = axes.ticks(extent, 5)
    assert 1 <= len(marks) <= 9 and all(extent.low - 1e-6 <= mark <= extent.high + 1e-6 for mark in marks)


@pytest.mark.parametrize(
    ("extent", "marks"),
    [
        ((0.8, 60), [1, 2, 5, 10, 20, 50]),
        ((0.08, 60), [0.1, 0.5, 1, 5, 10, 50]),
        ((0.01, 100), [0.01, 0.1, 1, 10, 100]),
    ],
)
def test_a_logarithmic_axis_has_few_marks(extent: tuple[float, float], marks: list[float]) -> None:
    assert axes.log_ticks(Extent(*extent)) == marks


def test_an_axis_of_time_says_the_year_where_it_begins_and_no_mark_lies_on_another() -> None:
    first, last = date(2025, 10, 1).toordinal(), date(2026, 9, 1).toordinal()
    told = [tick.lines for tick in axes.monthly_ticks(first, last, 300)]
    assert told[0] == ("Nov", "2025") and ("Jan", "2026") in told and ("Mar",) in told
    for room in (150, 300, 600):
        marks = axes.monthly_ticks(first, last, room)
        assert (marks[-1].x, marks[-1].lines[0]) == (last, "Sep"), "where the lines end there is a mark"
        apart = [(after.x - before.x) * room / (last - first) for before, after in itertools.pairwise(marks)]
        assert all(each >= 40 for each in apart)
    assert [tick.lines for tick in axes.monthly_ticks(first + 5, first + 9, 300)] == [("Oct", "2025")]


def test_the_last_month_takes_the_place_of_a_mark_that_is_too_near_and_says_its_year() -> None:
    first, last = date(2025, 1, 1).toordinal(), date(2026, 2, 1).toordinal()
    marks = axes.monthly_ticks(first, last, 240)
    assert [tick.lines for tick in marks][-2:] == [("Oct",), ("Feb", "2026")]


def test_a_number_and_what_it_counts_are_not_broken_apart() -> None:
    for words, kept in (("over $100 billion promised", "$100 billion"), ("about 50 times as much", "50 times")):
        lines = [line.replace("\u00a0", " ") for line in theme.wrapped(words, 100)]
        assert len(lines) > 1 and any(kept in line for line in lines)
