"""Boxes and arrows: their words, their data, their widths and what cannot be drawn."""

import itertools
import json
import re
import subprocess
import sys

import pytest

from frontier_calc import as_of, assume, book, edition, latest, use
from frontier_calc.book import flow_layout, flows, theme
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


def marks(chart, kind: str) -> list[dict]:
    """What the picture says of each arrow: read from the specification, not from the code that made it."""
    layers = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == kind]
    return [row for layer in layers for row in layer.get("data", chart.spec.get("data"))["values"]]


def test_every_figure_stands_in_the_alt_text_and_in_the_table() -> None:
    chart = book.flow_chart(GRID, sums(), title="Both ways", scaled=True)
    for start, end, words, figure in sums():
        assert f"{start} to {end}: {words}: {figure} ({figure.when}" in chart.description
    assert [tuple(row[name] for name in ("From", "To", "What", "Value")) for row in chart.rows] == sums()
    assert {f.key for f in chart.figures} == {f.key for *_, f in sums()}
    assert {row["figure"] for row in marks(chart, "rule")} == {f.key for *_, f in sums()}


def test_the_arrows_are_as_wide_as_their_sums() -> None:
    drawn = {
        row["figure"]: row["thick"] for row in marks(book.flow_chart(GRID, sums(), title="S", scaled=True), "rule")
    }
    per_dollar = {round(drawn[f.key] / f.value * 1e12) for *_, f in sums()}
    assert len(per_dollar) == 1 and max(drawn.values()) == flows.WIDEST


def test_each_ruler_of_a_scaled_drawing_is_named() -> None:
    words = book.flow_chart(GRID, sums(), title="S", scaled=True).description
    assert "set side by side: equity (committed, investor / paid-in, investor) and computing (committed, cust" in words


def test_an_arrow_goes_from_the_edge_of_one_box_to_the_edge_of_the_other() -> None:
    for chart in (book.flow_chart(GRID, sums(), title="S", scaled=True), machine()):
        edges = {(round(b[a], 6), a[0]) for b in marks(chart, "rect") for a in ("x", "x2", "y", "y2")}
        for row in marks(chart, "rule"):
            axis, pixel = ("x", 1 / chart.spec["width"]) if row["side"] in ("left", "right") else ("y", 1)
            sign = 1 if row["side"] in ("right", "down") else -1
            # The shaft, and after it the head, whose own path says how far it reaches.
            start, end = row[axis], row[f"{axis}2"] + sign * flow_layout.TIP * pixel
            assert {(round(each, 6), axis) for each in (start, end)} <= edges and (end - start) * sign > 0
            tip = re.fullmatch(r"M.+L(.+),(.+)L.+Z", row["head"])
            assert float(tip["xy".index(axis) + 1]) == sign * flow_layout.TIP


def test_no_box_lies_on_another_and_all_lie_in_the_picture() -> None:
    for chart in (book.flow_chart(GRID, sums(), title="S", scaled=True), machine()):
        boxes = marks(chart, "rect")
        for n, a in enumerate(boxes):
            assert -1e-9 <= a["x"] < a["x2"] <= 1 + 1e-9 and 0 <= a["y"] < a["y2"] <= chart.spec["height"]
            for b in boxes[n + 1 :]:
                assert a["x2"] <= b["x"] or b["x2"] <= a["x"] or a["y2"] <= b["y"] or b["y2"] <= a["y"]


def test_words_without_figures_need_no_columns_of_figures_and_no_sources() -> None:
    chart = machine()
    assert chart.table.columns == ["From", "To", "What"] and len(chart.rows) == 5
    assert (
        "A door (by the token)" in chart.description
        and "A model to Another door. Another door to A" in chart.description
    )
    assert "Sources" not in json.dumps(chart.spec)


def test_the_words_of_a_box_and_of_an_arrow_are_drawn_whole() -> None:
    drawn = " ".join(line for row in marks(machine(), "text") for line in row["text"])
    for words in ("A team", "Machines", "Another door", "by the token", "ideas", "training", "answers", "money"):
        assert words in drawn


def test_what_was_not_known_is_left_out_and_said_so() -> None:
    with use(as_of(parse_day("2026-04-01"))):
        chart = book.flow_chart(GRID, sums(), title="Then", scaled=True)
    assert "left out: not known then" in chart.description and "[not known" not in chart.description
    assert len(chart.rows) == len(marks(chart, "rule")) < len(sums())


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
    wide = max(len(line) for line in words.lines) * theme.LETTER * theme.TEXT
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
    # The widths reach the picture itself.
    widest = max(float(width) for width in re.findall(r'stroke-width="([\d.]+)"', done.stdout))
    assert widest == flows.WIDEST
