"""A ring: stops and the ways between them, in words and in both drawings."""

import itertools

import pytest

from frontier_calc import assume, book
from frontier_calc.book import drawing, theme
from frontier_calc.book.charts import Chart
from frontier_calc.book.scene import Bar, Path, Shape, Words

STOPS = {"Amazon’s cash": "an investment", "Anthropic’s cash": "equity, no revenue", "A bill": "", "Sales": "revenue"}
WAYS = ["buys shares", "rents machines by the thousand", "is paid", "comes home"]
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])


def ring() -> Chart:
    return book.ring_chart(STOPS, WAYS, title="Round", subtitle="A dollar", name="ring")


def test_it_is_told_in_words_and_in_a_table_without_figures() -> None:
    chart = ring()
    assert (
        "Stops: Amazon’s cash (an investment); Anthropic’s cash (equity, no revenue); A bill; Sales"
        in chart.description
    )
    assert "Sales to Amazon’s cash: comes home." in chart.description and "Sources" not in chart.description
    assert chart.table.columns == ["From", "To", "What"] and len(chart.rows) == len(STOPS)
    assert chart.block.name == "ring"


def test_a_figure_on_its_way_is_part_of_the_chart_and_the_middle_says_what_it_comes_to() -> None:
    paid = assume("paid", 5e9, "USD")
    ways = [("buys shares for ", paid), *WAYS[1:]]
    chart = book.ring_chart(STOPS, ways, title="Round", middle="Nobody has bought anything.")
    assert "Amazon’s cash to Anthropic’s cash: buys shares for $5 billion." in chart.description
    assert chart.description.endswith("In the middle: Nobody has bought anything.")
    assert chart.rows[0]["Value"] is paid and chart.figures == [paid] and "Value" not in chart.rows[1]
    scene = drawing.draw(chart.picture, theme.WIDE)
    (middle,) = [item for item in scene.items if isinstance(item, Words) and "bought" in " ".join(item.lines)]
    assert (middle.x, middle.align) == (scene.width / 2, "middle")
    assert abs(middle.y + theme.LINE * (len(middle.lines) - 1) / 2 - scene.height / 2) < theme.LINE


def test_the_boxes_of_a_company_are_filled_with_its_colour_and_their_words_can_be_read_on_it() -> None:
    boxes = [item for item in drawing.draw(ring().picture, theme.WIDE).items if isinstance(item, Bar)]
    assert [(box.paint, box.hollow) for box in boxes] == [
        ("amazon", False), ("anthropic", False), ("soft", True), ("soft", True),
    ]  # fmt: skip
    words = [item for item in drawing.draw(ring().picture, theme.WIDE).items if isinstance(item, Words)]
    inks = {line: each.paint for each in words for line in each.lines}
    assert (inks["an investment"], inks["revenue"]) == ("paper", "ink")


@WIDTHS
def test_all_is_drawn_within_the_picture_and_nothing_lies_on_words(width: int) -> None:
    scene = drawing.draw(ring().picture, width)
    boxes = [item for item in scene.items if isinstance(item, Bar)]
    words = [item for item in scene.items if isinstance(item, Words)]
    drawn = " ".join(line for each in words for line in each.lines)
    assert all(part in drawn for text in (*STOPS, *STOPS.values(), *WAYS) for part in text.split())
    for box in boxes:
        assert 0 <= box.x < box.x2 <= scene.width and 0 <= box.y < box.y2 <= scene.height
    for one, other in itertools.combinations(map(covered, words), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for left, top, right, bottom in map(covered, words):
        assert left >= -1 and right <= scene.width + 1 and top >= -1 and bottom <= scene.height + 1
    outside = [each for each in map(covered, words) if not any(_within(each, box) for box in boxes)]
    assert len(outside) == len(WAYS)
    for left, top, right, bottom in outside:
        assert not any(left < box.x2 and box.x < right and top < box.y2 and box.y < bottom for box in boxes)


def test_on_a_phone_the_words_of_a_way_stand_where_they_need_the_fewest_lines_and_keep_clear_of_the_ring() -> None:
    ways = ["buys shares for $5 billion", "promises over $100 billion in rent", "is paid", "comes home"]
    scene = drawing.draw(book.ring_chart(STOPS, ways, title="Round").picture, theme.NARROW)
    beside = {" ".join(each.lines): each for each in scene.items if isinstance(each, Words)}
    assert [len(beside[way].lines) for way in ways] == [2, 3, 1, 1]
    (ring,) = [item for item in scene.items if isinstance(item, Path)]
    for way in ways:
        left, top, right, bottom = covered(beside[way])
        assert not [place for place in ring.places if left < place[0] < right and top < place[1] < bottom], way


def covered(words: Words) -> tuple[float, float, float, float]:
    """What words cover: left, top, right, bottom."""
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.align]
    left, top = words.x - share * words.width, words.y - words.size * 0.8
    return left, top, left + words.width, top + words.leading * len(words.lines) - 3


def _within(place: tuple[float, float, float, float], box: Bar) -> bool:
    left, top, right, bottom = place
    return box.x <= left and right <= box.x2 and box.y <= top and bottom <= box.y2


@WIDTHS
def test_each_way_ends_in_a_head_at_the_edge_of_the_next_stop(width: int) -> None:
    scene = drawing.draw(ring().picture, width)
    boxes = [item for item in scene.items if isinstance(item, Bar)]
    heads = [item for item in scene.items if isinstance(item, Shape)]
    assert len(heads) == len(boxes)
    for head, box in zip(heads, [*boxes[1:], boxes[0]], strict=True):
        aside = max(box.x - head.x, head.x - box.x2, box.y - head.y, head.y - box.y2)
        assert 0 <= aside < 3


def test_a_ring_of_two_and_a_stop_without_a_way_are_refused() -> None:
    with pytest.raises(ValueError, match="found 2 stops and 2 ways, expected as many of both, and at least three"):
        book.ring_chart({"a": "", "b": ""}, ["there", "back"], title="No ring")
    with pytest.raises(ValueError, match="found 4 stops and 3 ways"):
        book.ring_chart(STOPS, WAYS[:3], title="Open")
