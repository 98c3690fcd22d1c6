"""Charts: their words, their data, and what they refuse to draw."""

import itertools
import json
import re
import subprocess
import sys

import pytest

from frontier_calc import as_of, assume, at, book, edition, history, use
from frontier_calc.book import html, labels, theme
from frontier_calc.book.charts import MIME
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
    assert [row["Value"] for row in chart.table.rows] == figures
    data = chart.spec["usermeta"]
    assert re.findall(r'data-figure="(\w+)"', data["table"]) == [figure.key for figure in figures]
    assert [row[data["data"][0].index("Value")] for row in data["data"][1:]] == [str(figure) for figure in figures]
    drawn_keys = set(re.findall(r'"figure": "(\w+)"', json.dumps({**chart.spec, "usermeta": None})))
    assert drawn_keys == {figure.key for figure in figures}


def test_what_counts_different_things_is_not_drawn_together() -> None:
    with pytest.raises(UnitError, match="cannot chart"):
        book.bar_chart({"a": toy(1), "b": toy(1, "person")}, title="Mixed")


def test_labels_at_the_ends_of_lines_do_not_lie_on_one_another() -> None:
    heights = [100.0, 101.0, 104.0, 180.0, 181.0]
    places = labels.placed([((300.0, y), ["a line"], labels.ENDS) for y in heights], [], 300)
    middles = sorted(y + place["dy"] for y, place in zip(heights, places, strict=True))
    assert all(below - above >= theme.LINE for above, below in itertools.pairwise(middles))
    assert all(place["align"] == "left" for place in places)


def test_a_label_keeps_clear_of_a_line_that_passes_its_point() -> None:
    # The other line crosses just above the point, on its right and on its left: the label stands beside it or below.
    point, passing = (150.0, 100.0), [(0.0, 82.0), (300.0, 84.0)]
    (place,) = labels.placed([(point, ["Anthropic, net"], labels.SIDES)], [passing], 300)
    assert place["baseline"] != "bottom" and place["dy"] >= 0
    # Nothing in the way: above, on the right; at the right edge, on the left.
    assert labels.placed([(point, ["net"], labels.SIDES)], [], 300)[0] == dict(
        zip(("align", "dx", "baseline", "dy"), labels.SIDES[0], strict=True)
    )
    assert labels.placed([((295.0, 100.0), ["net"], labels.SIDES)], [], 300)[0]["align"] == "right"


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
    style = theme.night()
    for day, dark in zip(theme.LIGHT, theme.DARK, strict=True):
        assert f'[fill="{day}"]{{fill:{dark}}}' in style and f'[stroke="{day}"]{{stroke:{dark}}}' in style


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
    assert axis["format"] == "%Y" and axis["values"] == [point["x"] for point in points] and len(points) > 1
    assert [point["x"][:4] for point in points] == [f.period.text[-4:] for f in history("amodei-2025-model-revenue")]


def test_a_month_stands_at_its_own_mark() -> None:
    spec = book.line_chart({"pace": history("anthropic-revenue-run-rate")}, title="Pace").spec
    drawn = set(re.findall(r'"x": "(\d{4}-\d\d-\d\d)"', json.dumps(spec["layer"])))
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
        assert f'aria-label="Data: {" ".join(title)}"' in spec["usermeta"]["table"], kind


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
