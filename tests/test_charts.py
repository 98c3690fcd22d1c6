"""Charts: their words, their data, and what they refuse to draw."""

import dataclasses
import itertools
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc import as_of, assume, at, book, edition, history, use
from frontier_calc.book import blocks, html, labels, theme
from frontier_calc.book.blocks import Number
from frontier_calc.book.charts import MIME
from frontier_calc.book.labels import Label, Place
from frontier_calc.dates import parse_day
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.rulers import Ruler
from frontier_calc.units import UnitError, parse

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def may_2026():
    with use(edition("2026-05")) as reading:
        yield reading


def lines() -> dict[str, tuple[Figure, ...]]:
    return {"Anthropic": history("anthropic-revenue-run-rate"), "OpenAI": history("openai-revenue-run-rate")}


def toy(value: float, unit: str = "USD", title: str = "toy", **ruler: str) -> Figure:
    return assume(f"{title} {value:g}", value, unit, Ruler(**ruler))


def test_the_package_loads_neither_altair_nor_pandas() -> None:
    code = "import sys; from frontier_calc import book; print([m for m in ('altair', 'pandas') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_the_words_of_a_line_chart_state_its_series_its_ends_and_its_extremes() -> None:
    drawn = lines()
    words = book.line_chart(drawn, title="The pace of sales").description
    assert words.startswith(
        "Line chart: The pace of sales. USD billion per year; set side by side: Anthropic (run-rate, gross) and OpenAI"
    )
    for name, figures in drawn.items():
        first, last = figures[0], figures[-1]
        highest = max(figures, key=lambda f: f.value)
        assert f"{name}: {len(figures)} points, from {first} ({first.when}" in words
        assert f"to {last} ({last.when}" in words
        assert str(highest) in words


def test_one_ruler_is_named_and_nothing_is_set_side_by_side() -> None:
    words = book.line_chart({"Anthropic": lines()["Anthropic"]}, title="Pace").description
    assert "USD billion per year; run-rate, gross." in words and "side by side" not in words


def test_each_cell_of_the_data_is_bound_to_its_figure() -> None:
    drawn = lines()
    chart = book.line_chart(drawn, title="Pace")
    figures = [f for each in drawn.values() for f in each]
    assert [row["Value"] for row in chart.rows] == figures
    table = blocks.from_json(chart.spec["usermeta"]["table"])
    shown = [span.key for row in table.rows for cell in row.cells for span in cell.spans if isinstance(span, Number)]
    assert shown == [figure.key for figure in figures]
    assert [row[chart.data[0].index("Value")] for row in chart.data[1:]] == [str(figure) for figure in figures]
    drawn_keys = set(re.findall(r'"figure": "(\w+)"', json.dumps({**chart.spec, "usermeta": None})))
    assert drawn_keys == {figure.key for figure in figures}


def test_what_counts_different_things_is_not_drawn_together() -> None:
    with pytest.raises(UnitError, match="cannot chart"):
        book.bar_chart({"a": toy(1), "b": toy(1, "person")}, title="Mixed")


def test_labels_at_the_ends_of_lines_do_not_lie_on_one_another() -> None:
    heights = [100.0, 101.0, 104.0, 180.0, 181.0]
    asked = [Label(Place(300.0, y), ["a line"], labels.ENDS) for y in heights]
    sides = labels.placed(asked, [], 300)
    middles = sorted(y + side.dy for y, side in zip(heights, sides, strict=True))
    assert all(below - above >= theme.LINE for above, below in itertools.pairwise(middles))
    assert all(side.align == "left" for side in sides)


def test_a_label_keeps_clear_of_a_line_that_passes_its_point() -> None:
    # The other line crosses just above the point, on its right and on its left: the label stands beside it or below.
    point, passing = Place(150.0, 100.0), [Place(0.0, 82.0), Place(300.0, 84.0)]
    (side,) = labels.placed([Label(point, ["Anthropic, net"])], [passing], 300)
    assert side.baseline != "bottom" and side.dy >= 0


def test_a_label_with_nothing_in_its_way_stands_above_its_point_and_turns_back_at_the_edge() -> None:
    (free,) = labels.placed([Label(Place(150.0, 100.0), ["net"])], [], 300)
    (at_edge,) = labels.placed([Label(Place(295.0, 100.0), ["net"])], [], 300)
    assert free == labels.SIDES[0]
    assert at_edge.align == "right"


places = st.builds(Place, st.integers(0, 300).map(float), st.integers(0, 200).map(float))
names = st.lists(st.text("abcdefgh ", min_size=1, max_size=12), min_size=1, max_size=2)


@given(st.lists(st.builds(Label, places, names), max_size=5), st.lists(st.lists(places, max_size=4), max_size=3))
def test_no_label_stands_worse_than_it_could(asked: list[Label], courses: list[list[Place]]) -> None:
    """Against a count by brute force: no side of a label would lie on fewer dots, none before it on as few."""
    chosen = labels.placed(asked, courses, 300)
    dots = [(x + dx, y + dy) for course in courses for x, y in course for dx in (-4, 4) for dy in (-4, 4)]
    for course in courses:
        dots += course[-1:]
        for (x, y), (x2, y2) in itertools.pairwise(course):
            dots += [(x + (x2 - x) * n / 16, y + (y2 - y) * n / 16) for n in range(16)]

    def crowd(label: Label, side: labels.Side) -> int:
        box = labels.box_of(label, side)
        inside = [box.left - 3 <= x <= box.right + 3 and box.top - 1 <= y <= box.bottom + 1 for x, y in dots]
        outside = box.left < -theme.GUTTER or box.right > 300 or box.top < -theme.LINE
        return inside.count(True) + (100 if outside else 0)

    for label, side in zip(asked, chosen, strict=True):
        crowds = [crowd(label, each) for each in label.sides]
        assert crowds.index(min(crowds)) == label.sides.index(side)
        dots += labels.box_of(label, side).dots()


def test_a_frame_holds_every_value_and_zero() -> None:
    frame = labels.Frame.around([1.0, 3.0], [-2.0, -4.0], width=100, height=50)
    assert [frame.place(1.0, -2.0), frame.place(3.0, -4.0)] == [Place(0.0, 25.0), Place(100.0, 50.0)]
    alone = labels.Frame.around([1.0], [1000.0], width=100, height=50, log=True)
    assert alone.place(1.0, 1000.0) == Place(0.0, 0.0)


def test_a_line_has_one_point_a_month() -> None:
    april = at("anthropic-revenue-run-rate", "2026-04")
    with pytest.raises(ValueError, match="two points of one line at one time"):
        book.line_chart({"a": [april, april * 1]}, title="Twice")


def test_a_logarithmic_scale_refuses_what_is_not_above_nothing() -> None:
    month = at("anthropic-revenue-run-rate", "2026-04")
    with pytest.raises(ValueError, match="not above nothing"):
        book.line_chart({"a": [month - month]}, title="Log", log=True)


def test_a_line_over_time_needs_periods() -> None:
    with pytest.raises(ValueError, match="it has no period"):
        book.line_chart({"a": [toy(1)]}, title="Timeless")


def test_what_was_not_known_is_left_out_and_said_so() -> None:
    with use(as_of(parse_day("2025-01-31"))):
        known = history("openai-revenue-run-rate")
        unknown = at("openai-revenue-run-rate", "2026-02")
        chart = book.line_chart({"OpenAI": [*known, unknown]}, title="Then")
        empty = book.line_chart({"OpenAI": [unknown]}, title="Then")
    assert "1 point left out: not known then." in chart.description and "[not known" not in chart.description
    assert "OpenAI: nothing known" in empty.description and empty.table.texts == [["nothing known"]]


def test_a_range_is_drawn_and_told() -> None:
    leaf = Leaf("wide", 5e9, "wide", tag="estimated", low=4e9, high=6e9, unit=parse("USD"))
    chart = book.bar_chart({"wide": Figure(leaf, parse("USD"))}, title="Range")
    assert "$5 billion ($4 billion to $6 billion)" in chart.description
    assert '"low": 4.0, "high": 6.0' in json.dumps(chart.spec)


def test_the_data_to_take_along_has_the_words_and_the_numbers_with_their_units_and_links() -> None:
    figures = history("anthropic-revenue-run-rate")
    header, *rows = book.line_chart({"Anthropic": figures}, title="Pace").data
    assert header == ["Line", "About", "Value", "Tag", "Sources", "Value, number", "Value, unit", "Links"]
    for row, figure in zip(rows, figures, strict=True):
        told = dict(zip(header, row, strict=True))
        assert told["Value"] == str(figure) and told["About"] == str(figure.when)
        assert told["Value, number"] == pytest.approx(figure.value, rel=1e-11) and told["Value, unit"] == "USD per year"
        assert told["Links"] == "; ".join(source.link for source in figure.sources if source.link)


def test_a_ratio_without_a_unit_and_a_range_are_numbers_too() -> None:
    half = Figure(Leaf("half", 0.5, "half", tag="estimated", low=0.25, high=0.75, unit=parse("1")), parse("1"))
    chart = book.bar_chart({"half": half, "most": assume("most", 0.8)}, title="Shares")
    header, first, second = chart.data
    assert header[-5:] == ["Value, number", "Value, unit", "Value, low", "Value, high", "Links"]
    assert first[-5:] == [0.5, "1", 0.25, 0.75, ""] and second[-5:] == [0.8, "1", "", "", ""]


def test_a_curve_has_numbers_for_both_of_its_axes() -> None:
    growth = [assume(f"growth {n}", n) for n in (2, 4)]
    header, first, _ = book.curve_chart([(g, 1 / g) for g in growth], title="Curve", x_label="growth").data
    assert header[:3] == ["Point", "growth", "y"]
    assert first[header.index("growth, number")] == 2.0 and first[header.index("y, number")] == 0.5


def test_what_is_without_bound_is_left_out_and_said_so() -> None:
    nothing, two = assume("nothing", 0), assume("two", 2)
    for chart in (
        book.bar_chart({"endless": two / nothing, "half": two / 4}, title="Bars"),
        book.curve_chart([(two, two / nothing), (two, two)], title="Curve"),
        book.flow_chart([["a", "b"]], [("a", "b", "endless", two / nothing)], title="Flow", scaled=True),
    ):
        assert "1 point left out: without bound" in chart.description
        assert "Infinity" not in json.dumps(chart.spec)


def test_what_has_no_value_is_left_out_and_said_so() -> None:
    nothing = assume("nothing", 0)
    chart = book.bar_chart({"undefined": nothing / nothing, "nothing": nothing}, title="Bars")
    assert "1 point left out: without a value." in chart.description
    assert "NaN" not in json.dumps(chart.spec)


def test_a_tag_that_all_share_is_told_once() -> None:
    words = book.bar_chart({"a": toy(1e9), "b": toy(2e9)}, title="Toy").description
    assert words.count("illustrative") == 1 and "all illustrative" in words


def test_text_from_the_data_is_escaped() -> None:
    markup = book.bar_chart({"<b>&": toy(1)}, title='"quoted" <script>').block
    markup = str(html.of_block(markup))
    assert "<script>" not in markup and "<b>" not in markup and "&lt;b&gt;&amp;" in markup


def every_kind() -> dict[str, dict]:
    growth = [assume(f"growth {n}", n) for n in (2, 4, 8)]
    curve = [(g, (1 - 1 / g) / g.log()) for g in growth]
    return {
        "line": book.line_chart(lines(), title="Lines", subtitle="a pace", log=True).spec,
        "bar": book.bar_chart({"up": toy(3e9), "down": toy(-1e9)}, title="Bars").spec,
        "groups": book.bar_chart({"one": {"a": toy(1), "b": toy(2)}, "two": {"a": toy(-3)}}, title="Groups").spec,
        "curve": book.curve_chart(curve, {"seen": curve[1]}, title="Curve", x_label="growth", y_label="share").spec,
    }


def test_every_kind_draws_in_the_oldest_and_the_newest_vega_lite() -> None:
    # JupyterLab holds 5.6; 5.8 is the oldest that this converter knows. In a process of its own, as in the build.
    code = (
        "import json, sys, vl_convert\n"
        "for name, spec in json.load(sys.stdin).items():\n"
        "    for version in ('5.8', '6.4'):\n"
        "        picture = vl_convert.vegalite_to_svg(spec, vl_version=version)\n"
        "        assert picture.startswith('<svg') and 'NaN' not in picture, (name, version)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=json.dumps(every_kind()), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_notebook_gets_the_drawing_and_the_words_and_no_html() -> None:
    bundle = book.bar_chart({"a": toy(1)}, title="Toy")._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/plain"}
    assert bundle["text/plain"] == f"[chart] {bundle[MIME]['description']}"


def test_a_picture_has_a_colour_for_the_night_for_each_of_the_day() -> None:
    style = theme.style()
    by_name = {name: (theme.colour(name), theme.colour(name, dark=True)) for name in theme.COLOURS}
    for name in ("ink", "soft", "grid", "paper"):
        by_name[name] = (getattr(theme.DAY, name), getattr(theme.NIGHT, name))
    for name, (day, dark) in by_name.items():
        assert f'[fill="{day}"]{{fill:{dark}}}' in style and f'[stroke="{day}"]{{stroke:{dark}}}' in style, name
    # One colour of the day that stood for two of the night could not be told apart in a drawn picture.
    assert len({day for day, _ in by_name.values()}) == len(by_name)


def test_a_drawing_has_no_colour_that_the_night_does_not_know() -> None:
    known = {shades.day for shades in theme.COLOURS.values()} | set(dataclasses.asdict(theme.DAY).values())
    for kind, spec in every_kind().items():
        assert set(re.findall(r'"(#[0-9a-f]+)"', json.dumps(spec))) <= known, kind


def test_a_colour_is_asked_for_by_its_name() -> None:
    with pytest.raises(KeyError, match="mauve"):
        theme.colour("mauve")


def test_hollow_points_are_explained_where_not_all_are() -> None:
    measured = history("anthropic-revenue-run-rate")
    assumed = [pace * assume("a share", 0.5) for pace in measured]
    told = "hollow points are projected or assumed"
    assert told in book.line_chart({"as told": measured, "half of it": assumed}, title="Pace").description
    assert told not in book.line_chart({"as told": measured}, title="Pace").description
    alone = book.line_chart({"half of it": assumed}, title="Pace").description
    assert told not in alone and "all illustrative" in alone


def test_a_logarithmic_scale_is_said_once() -> None:
    said = [
        book.line_chart(lines(), title="Pace", subtitle=text, log=True).description
        for text in ("", "logarithmic scale")
    ]
    assert [words.count("logarithmic scale") for words in said] == [1, 1]
    assert "logarithmic" not in book.line_chart(lines(), title="Pace").description


def test_each_year_is_marked_under_its_own_point() -> None:
    spec = book.line_chart({"sales": history("amodei-2025-model-revenue")}, title="Sales").spec
    (line,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    points = line.get("data", spec.get("data"))["values"]
    axis = line["encoding"]["x"]["axis"]
    assert axis["format"] == "%Y" and axis["values"] == [point["day"] for point in points] and len(points) > 1
    assert [point["day"][:4] for point in points] == [f.period.text[-4:] for f in history("amodei-2025-model-revenue")]


def test_a_month_stands_at_its_own_mark() -> None:
    spec = book.line_chart({"pace": history("anthropic-revenue-run-rate")}, title="Pace").spec
    drawn = set(re.findall(r'"day": "(\d{4}-\d\d-\d\d)"', json.dumps(spec["layer"])))
    assert drawn == {f"{f.period.last_month}-01" for f in history("anthropic-revenue-run-rate")}


def test_shares_are_told_in_per_cent_where_asked_for() -> None:
    half, most = assume("half", 0.5), assume("most", 0.75)
    words = book.curve_chart(
        [(half, most), (most, half)], title="Shares", x_label="one", y_label="two", percent=True
    ).description
    assert "two, per cent against one, per cent" in words and "from 75 per cent at 50 per cent" in words


def test_a_ruler_that_the_name_says_is_not_said_again() -> None:
    bars = {"spent then": toy(1, firmness="spent"), "guided": toy(2, firmness="guided"), "held": toy(3)}
    words = book.bar_chart(bars, title="Rulers").description
    assert "set side by side: spent then, guided and held;" in words


def test_a_screen_reader_is_told_whose_data_a_table_holds() -> None:
    for kind, spec in every_kind().items():
        title = spec["title"]["text"]
        assert blocks.from_json(spec["usermeta"]["table"]).label == f"Data: {' '.join(title)}", kind


def test_every_label_of_a_line_or_a_curve_has_a_halo_on_which_it_stands() -> None:
    marks = [layer["mark"] for layer in book.line_chart(lines(), title="Pace").spec["layer"]]
    styles = [mark["style"] for mark in marks if mark["type"] == "text"]
    assert styles == ["halo", "label"] * 2
    for dark in (False, True):
        assert theme.theme(dark)["style"]["halo"]["strokeWidth"] > 2


def test_a_line_apart_stands_between_the_words_of_an_axis_and_the_sources() -> None:
    """Vega leaves out an empty line, and one of spaces."""
    half, most = assume("half", 0.5), assume("most", 0.75)
    spec = book.curve_chart([(half, most), (most, half)], title="Shares", x_label="one", y_label="two").spec
    words = spec["layer"][0]["encoding"]["x"]["axis"]["title"]
    assert len(words) == 3 and words[1].strip(" \t\u00a0")
    bare = book.curve_chart([(half, most), (most, half)], title="Shares").spec
    assert bare["layer"][0]["encoding"]["x"]["axis"]["title"] == words[2:]


def test_a_drawing_for_a_phone_comes_along_and_breaks_its_words_for_it() -> None:
    for spec in every_kind().values():
        narrow = spec["usermeta"]["narrow"]
        assert narrow["width"] < spec["width"] / 2 and "config" not in narrow
    title = "A title that is a good deal longer than a phone is wide, and not longer than a page"
    spec = book.bar_chart({"a": toy(1)}, title=title).spec
    assert len(spec["title"]["text"]) <= 2 < len(spec["usermeta"]["narrow"]["title"]["text"])


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    pairs = [c * 2 for c in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    channels = [int(pair, 16) / 255 for pair in pairs]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("dark", "ground"), [(False, "#f5f2ea"), (True, "#1c2026")])
def test_every_colour_of_words_can_be_read_on_its_ground(dark: bool, ground: str) -> None:
    look = theme.theme(dark)
    inks = [*look["range"]["category"], look["title"]["color"], look["title"]["subtitleColor"]]
    inks += [look["axis"]["labelColor"], look["axis"]["titleColor"], look["text"]["color"]]
    for ink in inks:
        bright, dim = sorted((luminance(ink), luminance(ground)), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, ink
