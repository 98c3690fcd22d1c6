"""Boxes and arrows: their words, their data, their widths and what cannot be drawn."""

import itertools
import json
import re
import subprocess
import sys

import pytest

from frontier_calc import as_of, assume, book, edition, latest, use
from frontier_calc.book import drawing, flow_layout, flows, theme
from frontier_calc.book.scene import Bar, Rule, Words
from frontier_calc.dates import parse_day
from frontier_calc.figure import Figure
from frontier_calc.units import UnitError

pytestmark = pytest.mark.slow

GRID = [["Google", "Anthropic"], ["Amazon", "Anthropic"], ["Amazon", "OpenAI"], ["Oracle", "OpenAI"]]


@pytest.fixture(autouse=True)
def may_2026():
    with use(edition("2026-05")) as reading:
        yield reading


def sums() -> list[tuple[str, str, str, Figure]]:
    return [
        ("Google", "Anthropic", "equity", latest("google-anthropic-investment-up-to")),
        ("Anthropic", "Google", "computing", latest("google-anthropic-cloud-commitment")),
        ("Amazon", "Anthropic", "equity", latest("amazon-anthropic-invested")),
        ("Anthropic", "Amazon", "computing", latest("amazon-anthropic-cloud-commitment")),
        ("OpenAI", "Oracle", "computing", latest("oracle-openai-commitment")),
    ]


def machine():
    arrows = [("A team", "A model", "ideas"), ("Machines", "A model", "training"), ("A model", "A door", "answers")]
    arrows += [("A model", "Another door", ""), ("Another door", "A model", "money")]
    grid = [["A team", "Machines"], ["A model"], ["A door", "Another door", ""]]
    return book.flow_chart(grid, arrows, title="The machine", notes={"A door": "by the token"})


def laid(chart, width: int = theme.WIDE) -> flow_layout.Layout:
    """The layout of a chart, for a page unless another width is given."""
    return flow_layout.laid_out(chart.picture, width)


def test_every_figure_stands_in_the_alt_text_and_in_the_table() -> None:
    chart = book.flow_chart(GRID, sums(), title="Both ways", scaled=True)
    for start, end, words, figure in sums():
        assert f"{start} to {end}: {words}: {figure} ({figure.when}" in chart.description
    assert [tuple(row[name] for name in ("From", "To", "What", "Value")) for row in chart.rows] == sums()
    assert {f.key for f in chart.figures} == {f.key for *_, f in sums()}
    assert {tip.figure for tip in drawing.draw(chart.picture, theme.WIDE).tips} == {f.key for *_, f in sums()}


def test_the_arrows_are_as_wide_as_their_sums() -> None:
    scene = drawing.draw(book.flow_chart(GRID, sums(), title="S", scaled=True).picture, theme.WIDE)
    drawn = {rule.tip.figure: rule.width for rule in scene.items if isinstance(rule, Rule)}
    per_dollar = {round(drawn[f.key] / f.value * 1e12) for *_, f in sums()}
    assert len(per_dollar) == 1 and max(drawn.values()) == flows.WIDEST


def test_each_ruler_of_a_scaled_drawing_is_named() -> None:
    words = book.flow_chart(GRID, sums(), title="S", scaled=True).description
    assert "Not on one ruler: promised by an investor, promised by a customer and paid in by" in words


def test_an_arrow_goes_from_the_edge_of_one_box_to_the_edge_of_the_other() -> None:
    for chart in (book.flow_chart(GRID, sums(), title="S", scaled=True), machine()):
        placed = laid(chart)
        across = {round(edge, 6) for box in placed.boxes for edge in (box.left, box.right)}
        down = {round(edge, 6) for box in placed.boxes for edge in (box.top, box.bottom)}
        for arrow in placed.arrows:
            dx, dy = flow_layout.WAYS[arrow.arrow.side]
            # The shaft, and after it the head, whose own path says how far it reaches.
            tip = re.fullmatch(r"M.+L(.+),(.+)L.+Z", arrow.head)
            assert tip and [float(each) for each in tip.groups()] == [flow_layout.TIP * dx, flow_layout.TIP * dy]
            if dx:
                start, end, edges, sign = arrow.x, arrow.x2 + flow_layout.TIP * dx / theme.WIDE, across, dx
            else:
                start, end, edges, sign = arrow.y, arrow.y2 + flow_layout.TIP * dy, down, dy
            assert {round(start, 6), round(end, 6)} <= edges and (end - start) * sign > 0


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize("words", ["by it", "an uninterruptedlylongword"])
def test_a_way_through_several_boxes_is_straight_with_words_beside_it_and_without(width: int, words: str) -> None:
    chart = book.flow_chart(
        [["one", "two"], ["three", "four"], ["all"]],
        [("one", "three", words), ("two", "four", ""), ("three", "all", ""), ("four", "all", words)],
        title="Ways",
    )
    by_way = {(placed.arrow.start, placed.arrow.end): placed.x for placed in laid(chart, width).arrows}
    assert by_way["one", "three"] == pytest.approx(by_way["three", "all"])
    assert by_way["two", "four"] == pytest.approx(by_way["four", "all"])


def test_no_box_lies_on_another_and_all_lie_in_the_picture() -> None:
    for chart in (book.flow_chart(GRID, sums(), title="S", scaled=True), machine()):
        placed = laid(chart)
        for n, a in enumerate(placed.boxes):
            assert -1e-9 <= a.left < a.right <= 1 + 1e-9 and 0 <= a.top < a.bottom <= placed.height
            for b in placed.boxes[n + 1 :]:
                assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


def test_words_without_figures_need_no_columns_of_figures_and_no_sources() -> None:
    chart = machine()
    assert chart.table.columns == ["From", "To", "What"] and len(chart.rows) == 5
    assert (
        "A door (by the token)" in chart.description
        and "A model to Another door. Another door to A" in chart.description
    )
    assert "Sources" not in json.dumps(chart.spec)


def test_the_words_of_a_box_and_of_an_arrow_are_drawn_whole() -> None:
    scene = drawing.draw(machine().picture, theme.WIDE)
    drawn = " ".join(line for words in scene.items if isinstance(words, Words) for line in words.lines)
    for words in ("A team", "Machines", "Another door", "by the token", "ideas", "training", "answers", "money"):
        assert words in drawn


def test_what_was_not_known_is_left_out_and_said_so() -> None:
    with use(as_of(parse_day("2026-04-01"))):
        chart = book.flow_chart(GRID, sums(), title="Then", scaled=True)
    assert "left out: not known then" in chart.description and "[not known" not in chart.description
    assert len(chart.rows) == len(laid(chart).arrows) < len(sums())


def test_what_cannot_be_drawn_is_refused_with_its_reason() -> None:
    with pytest.raises(ValueError, match="no box is named 'Gogle': there are Google"):
        book.flow_chart(GRID, [("Gogle", "Anthropic", "")], title="Misspelt")
    with pytest.raises(ValueError, match="no straight arrow joins 'Google' and 'OpenAI'"):
        book.flow_chart(GRID, [("Google", "OpenAI", "")], title="Slanted")
    with pytest.raises(ValueError, match="'a' do not make one box"):
        book.flow_chart([["a", "b"], ["b", "a"]], [], title="Torn")
    for grid in ([], [[""]], [["a"], []]):
        with pytest.raises(ValueError, match="needs rows of boxes by name"):
            book.flow_chart(grid, [], title="Nothing")
    with pytest.raises(UnitError, match="cannot chart"):
        unlike = [(*sums()[0][:3], assume("dollars", 1, "USD")), (*sums()[1][:3], assume("people", 1, "person"))]
        book.flow_chart(GRID, unlike, title="Unlike", scaled=True)


def test_no_words_lie_on_other_words_at_either_width() -> None:
    long = [
        ("above", "below", "a good many words beside an arrow, more than two lines of them on a phone or a page" * 2)
    ]
    wordy = book.flow_chart([["above"], ["below"]], long, title="Words")
    for chart in (book.flow_chart(GRID, sums(), title="S", scaled=True), machine(), wordy):
        for width in (theme.WIDE, theme.NARROW):
            laid = flow_layout.laid_out(chart.picture, width)
            boxes = [words_box(words, width) for words in laid.words]
            for one, other in itertools.combinations(boxes, 2):
                assert (
                    one.right <= other.left
                    or other.right <= one.left
                    or one.bottom <= other.top
                    or other.bottom <= one.top
                )
            assert all(box.left >= -1 and box.right <= width + 1 for box in boxes)


def words_box(words: flow_layout.Words, width: int) -> flow_layout.Extent:
    """What words cover, in pixels both ways, with letters as wide as they may be."""
    bold = words.style == flow_layout.NAME
    size = theme.LABEL if bold else theme.TEXT
    wide = max(theme.width_of(line, size, bold) for line in words.lines)
    middle = words.x * width + words.style.dx
    left = middle if words.style.align == "left" else middle - wide / 2
    top = words.y - theme.LINE / 2
    return flow_layout.Extent(left, left + wide, top, top + theme.LINE * len(words.lines))


def test_it_draws_in_the_oldest_and_the_newest_vega_lite() -> None:
    specs = [book.flow_chart(GRID, sums(), title="S", scaled=True).spec, machine().spec]
    code = (
        "import json, sys, vl_convert\n"
        "for spec in json.load(sys.stdin):\n"
        "    for version in ('5.8', '6.4'):\n"
        "        print(vl_convert.vegalite_to_svg(spec, vl_version=version))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=json.dumps(specs), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("<svg") == 4 and "NaN" not in done.stdout


def test_a_box_wears_the_colour_of_its_company() -> None:
    scene = drawing.draw(book.flow_chart(GRID, sums(), title="S", scaled=True).picture, theme.WIDE)
    boxes = [item.paint for item in scene.items if isinstance(item, Bar)]
    assert boxes == ["google", "anthropic", "amazon", "openai", "oracle"]


def test_what_an_author_adds_stands_in_the_small_print() -> None:
    chart = book.flow_chart([["a", "b"]], [("a", "b", "goes")], title="Flow", note="No sums.", name="ring")
    assert [note.text for note in chart.heading.notes] == ["No sums."] and chart.block.name == "ring"
