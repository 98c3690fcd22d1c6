"""Charts: their words, their data, what they draw, and what they refuse to draw."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from frontier_calc import as_of, assume, at, beside, book, claim, edition, history, use
from frontier_calc.book import blocks, drawing, html, theme
from frontier_calc.book.blocks import Number
from frontier_calc.book.charts import MIME, Chart
from frontier_calc.book.scene import Bar, Dot, Item, Path, Rule, Shape, Words
from frontier_calc.dates import parse_day, parse_period
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


def measured(value: float, unit: str = "USD", **about: Any) -> Figure:
    leaf = Leaf(f"measured {value:g}", value, f"measured {value:g} {unit}", tag="reported", unit=parse(unit), **about)
    return Figure(leaf, parse(unit))


def month(period: str, value: float, tag: str = "reported") -> Figure:
    leaf = Leaf(
        f"in {period}", value, f"{value:g} in {period}", tag=tag, unit=parse("USD"), period=parse_period(period)
    )
    return Figure(leaf, parse("USD"))


def drawn(chart: Chart, kind: type[Item], width: int = theme.WIDE) -> list[Any]:
    """The shapes of one kind in a chart's drawing."""
    return [item for item in drawing.draw(chart.picture, width).items if isinstance(item, kind)]


def said(chart: Chart, width: int = theme.WIDE) -> list[str]:
    """The words in a chart's drawing, each label as one text."""
    return [" ".join(words.lines) + words.tail for words in drawn(chart, Words, width)]


def test_the_package_loads_neither_altair_nor_pandas() -> None:
    code = "import sys; from frontier_calc import book; print([m for m in ('altair', 'pandas') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


# The words around a chart.


def test_the_words_of_a_line_chart_state_its_series_its_ends_and_its_extremes() -> None:
    given = lines()
    words = book.line_chart(given, title="The pace of sales", subtitle="run rate").description
    assert words.startswith(
        "Line chart: The pace of sales. Run rate, billions of dollars a year. "
        "Not on one ruler: gross (Anthropic), net (OpenAI)"
    )
    for name, figures in given.items():
        first, last = figures[0], figures[-1]
        highest = max(figures, key=lambda f: f.value)
        assert f"{name}: {len(figures)} points, from {first} ({first.when}" in words
        assert f"to {last} ({last.when}" in words
        assert str(highest) in words


def test_one_ruler_is_named_and_no_other() -> None:
    words = book.line_chart({"Anthropic": lines()["Anthropic"]}, title="Pace").description
    assert "Billions of dollars a year. Gross run rate" in words and "one ruler" not in words


@pytest.mark.parametrize(
    ("unit", "value", "told"),
    [
        ("USD per year", 3e10, "Billions of dollars a year"),
        ("EUR", 2e6, "Millions of euros"),
        ("token per month", 4e14, "Trillions of tokens a month"),
        ("person", 8.0, "People"),
    ],
)
def test_an_axis_says_what_it_counts_as_people_say_it(unit: str, value: float, told: str) -> None:
    assert book.bar_chart({"a": toy(value, unit)}, title="Unit").heading.subtitle.text == told


def a_claim(lead: float) -> Any:
    return claim(
        "who-leads", toy(lead, "1", "lead") > 1, "Anthropic leads, at {lead.times}.", otherwise="OpenAI leads.",
        lead=toy(lead, "1", "lead"),
    )  # fmt: skip


def test_a_title_that_is_a_claim_says_what_is_true_without_its_full_stop() -> None:
    for lead, title in ((1.25, "Anthropic leads, at 1.2 times"), (0.5, "OpenAI leads")):
        chart = book.bar_chart({"a": toy(1)}, title=a_claim(lead))
        assert chart.heading.title.text == title
        assert chart.description.startswith(f"Bar chart: {title}. ")
        assert chart.heading.name == "who-leads"  # the same name, whichever sentence is said


def test_a_number_in_a_title_is_tied_to_its_figure() -> None:
    chart = book.bar_chart({"a": toy(1)}, title=a_claim(1.25))
    lead = toy(1.25, "1", "lead")
    assert lead.key in {number.key for number in blocks.walk(chart.block) if isinstance(number, Number)}
    assert lead.key in {figure.key for figure in chart.figures}
    restored = blocks.from_json(json.loads(json.dumps(blocks.as_json(chart.block))))
    assert restored == chart.block


def test_what_is_drawn_stands_for_a_title_that_nobody_could_know_yet() -> None:
    with use(as_of(parse_day("2025-01-31"))):
        unknown = at("openai-revenue-run-rate", "2026-02")
        open_claim = claim("later", unknown > 1e9 * parse_unit(), "It grew.", otherwise="It did not.")
        heading = book.bar_chart({"a": toy(1)}, title=open_claim, subtitle="toys").heading
    assert heading.title.text == "Toys, dollars" and not heading.subtitle


def parse_unit() -> Figure:
    return toy(1, "USD per year", basis="run-rate", channel="net")


def test_the_small_print_is_made_and_what_an_author_adds_follows() -> None:
    given = lines()
    chart = book.line_chart(
        given, title="Pace", note=["A straight line is steady growth.", ("So is ", "this.")], log=True
    )
    notes = [note.text for note in chart.heading.notes]
    assert notes[0].endswith("net (OpenAI); logarithmic scale; not verified: Anthropic, February 2025.")
    assert chart.heading.key == "ɪ the range · ↑ at least so much" and chart.block.key == chart.heading.key
    assert "↑" not in chart.description, "a sign is no use to who cannot see it"
    assert notes[1:] == ["A straight line is steady growth.", "So is this."]
    assert chart.heading.subtitle.text == "Billions of dollars a year"
    assert all(text in chart.description for text in notes)


def test_a_chart_has_a_name_that_its_author_gives_or_its_title_makes() -> None:
    assert (
        book.bar_chart({"a": toy(1)}, title="What a year booked, and why").heading.name == "what-a-year-booked-and-why"
    )
    assert book.bar_chart({"a": toy(1)}, title=a_claim(2), name="The Pace").heading.name == "the-pace"


def test_a_logarithmic_scale_is_said_once() -> None:
    told = [
        book.line_chart(lines(), title="Pace", note=text, log=True).description for text in ("", "A logarithmic scale.")
    ]
    assert [words.count("logarithmic scale") for words in told] == [1, 1]
    assert "logarithmic" not in book.line_chart(lines(), title="Pace").description


def test_a_tag_that_all_share_is_told_once() -> None:
    words = book.bar_chart({"a": toy(1e9), "b": toy(2e9)}, title="Toy").description
    assert words.count("llustrative") == 1 and "All illustrative" in words


def test_a_ruler_that_the_name_says_is_not_said_again() -> None:
    spent, guided, held = (toy(n, firmness=firm) for n, firm in enumerate(("spent", "guided", "held"), start=1))
    words = book.bar_chart({"spent then": spent, "guided": guided, "in hand": held}, title="Rulers").description
    assert "Not on one ruler: planned (guided), held (in hand);" in words
    words = book.bar_chart({"spent then": spent, "guided": guided}, title="Rulers").description
    assert "Not on one ruler; all" in words


def test_what_is_on_one_ruler_beside_what_has_none_is_not_said_to_be_on_several() -> None:
    words = book.bar_chart({"then": toy(1, firmness="spent"), "sales": toy(2)}, title="Rulers").description
    assert "ruler;" not in words and "ruler:" not in words


def test_many_rulers_and_those_that_share_a_name_are_told_without_names() -> None:
    firmnesses = ("spent", "guided", "held", "committed")
    many = {f"bar {n}": toy(1 + n, firmness=firm) for n, firm in enumerate(firmnesses)}
    words = book.bar_chart(many, title="Many").description
    assert "Not on one ruler: spent, planned, held and promised;" in words
    groups = {group: {"a lab": toy(1, firmness=firm)} for group, firm in (("One", "spent"), ("Two", "guided"))}
    assert "Not on one ruler: spent and planned;" in book.bar_chart(groups, title="Two").description


def test_two_sorts_of_run_rate_are_told_apart_by_their_names() -> None:
    gross, plain = toy(1, basis="run-rate", channel="gross"), toy(2, basis="run-rate")
    words = book.bar_chart({"one": gross, "other": plain}, title="Rates").description
    assert "Not on one ruler: gross run rate (one), run rate (other);" in words


def test_shares_are_told_in_per_cent_where_asked_for() -> None:
    half, most = assume("half", 0.5), assume("most", 0.75)
    words = book.curve_chart(
        [(half, most), (most, half)], title="Shares", x_label="one", y_label="two", percent=True
    ).description
    assert "two, per cent against one, per cent" in words and "from 75 per cent at 50 per cent" in words


# Data.


def test_each_cell_of_the_data_is_bound_to_its_figure_and_so_is_each_point_of_both_drawings() -> None:
    given = lines()
    chart = book.line_chart(given, title="Pace")
    figures = [f for each in given.values() for f in each]
    assert [row["Value"] for row in chart.rows] == figures
    shown = [span.key for row in chart.block.table.rows for cell in row.cells for span in cell.spans if isinstance(span, Number)]  # fmt: skip
    assert shown == [figure.key for figure in figures]
    assert [row[chart.data[0].index("Value")] for row in chart.data[1:]] == [str(figure) for figure in figures]
    for column in ("wide", "narrow"):
        keys = re.findall(r'data-figure="(\w+)"', chart.spec["usermeta"][column])
        assert sorted(keys) == sorted(figure.key for figure in figures)


def test_a_point_says_its_line_its_value_its_date_and_its_sources() -> None:
    pace = history("anthropic-revenue-run-rate")[-1]
    (tip,) = [dot.tip for dot in drawn(book.line_chart({"Anthropic": [pace]}, title="Pace"), Dot)]
    assert tip.lines == ("Anthropic", str(pace), str(pace.when), "; ".join(map(str, pace.sources)))


def test_of_many_sources_a_point_names_two_and_says_how_many_more() -> None:
    total = sum(lines()["Anthropic"][:5], start=toy(0, "USD per year", basis="run-rate", channel="gross"))
    (tip,) = [bar.tip for bar in drawn(book.bar_chart({"all": total}, title="Many"), Bar)]
    assert re.search(r"; \d+ more$", tip.lines[-1]) and tip.lines[-1].count(";") == 2


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


def test_numbers_stand_at_the_right_where_their_column_has_nothing_else() -> None:
    pace = month("2025-01", 3e9)
    rows = [{"Lab": "one", "Pace": pace, "Told": pace}, {"Lab": "another", "Pace": None, "Told": "by nobody"}]
    aligned = [[cell.number for cell in row.cells] for row in book.table(rows).block.rows]
    assert aligned == [[False, True, False], [False, False, False]]


def test_a_screen_reader_is_told_whose_data_a_table_holds() -> None:
    for chart in every_kind().values():
        assert chart.block.table.label == f"Data: {chart.heading.title}"


def test_text_from_the_data_is_escaped() -> None:
    chart = book.bar_chart({"<b>&": toy(1)}, title='"quoted" <script>')
    for markup in (
        str(html.of_block(chart.block)),
        chart.spec["usermeta"]["wide"],
        chart.spec["usermeta"]["sheet"]["shapes"],
    ):
        assert "<script>" not in markup and "<b>" not in markup and "&lt;b&gt;&amp;" in markup


# What cannot be drawn.


def test_what_counts_different_things_is_not_drawn_together() -> None:
    with pytest.raises(UnitError, match="cannot chart"):
        book.bar_chart({"a": toy(1), "b": toy(1, "person")}, title="Mixed")


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


def test_lines_within_lines_and_bars_without_groups_are_no_panels_and_the_remedy_is_named() -> None:
    with pytest.raises(ValueError, match="give facet=True"):
        book.line_chart({"a": {"b": lines()["OpenAI"]}}, title="Nested")
    with pytest.raises(ValueError, match="expected a group of bars for each panel"):
        book.bar_chart({"a": toy(1)}, title="Flat", facet=True)


def test_what_was_not_known_is_left_out_and_said_so() -> None:
    with use(as_of(parse_day("2025-01-31"))):
        known = history("openai-revenue-run-rate")
        unknown = at("openai-revenue-run-rate", "2026-02")
        chart = book.line_chart({"OpenAI": [*known, unknown]}, title="Then")
        empty = book.line_chart({"OpenAI": [unknown]}, title="Then")
        panels = book.line_chart({"OpenAI": [unknown]}, title="Then", facet=True)
        bars = book.bar_chart({"OpenAI": unknown}, title="Then")
    assert "1 point left out: not known then." in chart.description and "[not known" not in chart.description
    assert "OpenAI: nothing known" in empty.description and empty.table.texts == [["nothing known"]]
    for nothing in (empty, panels, bars):
        assert said(nothing) == ["nothing known"]


def test_what_is_without_bound_is_left_out_and_said_so() -> None:
    nothing, two = assume("nothing", 0), assume("two", 2)
    for chart in (
        book.bar_chart({"endless": two / nothing, "half": two / 4}, title="Bars"),
        book.curve_chart([(two, two / nothing), (two, two)], title="Curve"),
        book.flow_chart([["a", "b"]], [("a", "b", "endless", two / nothing)], title="Flow", scaled=True),
    ):
        assert "1 point left out: without bound" in chart.description
        assert "Infinity" not in json.dumps(chart.spec) and "inf" not in chart.spec["usermeta"]["wide"]


def test_what_has_no_value_is_left_out_and_said_so() -> None:
    nothing = assume("nothing", 0)
    chart = book.bar_chart({"undefined": nothing / nothing, "nothing": nothing}, title="Bars")
    assert "1 point left out: without a value." in chart.description
    assert "NaN" not in json.dumps(chart.spec) and "nan" not in chart.spec["usermeta"]["wide"]


# What is drawn.


def every_kind() -> dict[str, Chart]:
    growth = [assume(f"growth {n}", n) for n in (2, 4, 8)]
    curve = [(g, (1 - 1 / g) / g.log()) for g in growth]
    groups = {"one": {"a": toy(1), "b": toy(2)}, "two": {"a": toy(-3)}}
    return {
        "line": book.line_chart(lines(), title="Lines", subtitle="a pace", log=True),
        "panels": book.line_chart(lines(), title="Panels of lines", facet=True),
        "bar": book.bar_chart({"up": toy(3e9), "down": toy(-1e9)}, title="Bars"),
        "groups": book.bar_chart(groups, title="Groups"),
        "panels of bars": book.bar_chart(groups, title="Panels of bars", facet=True),
        "curve": book.curve_chart(curve, {"seen": curve[1]}, title="Curve", x_label="growth", y_label="share"),
        "ring": book.ring_chart({"a": "", "b": "", "c": "where it ends"}, ["on", "on", "back"], title="Ring"),
        "estimated": book.line_chart({"line": [month("2025-01", 2, "estimated"), month("2025-02", 3)]}, title="Half"),
    }


def test_a_notebook_gets_a_drawing_that_the_oldest_and_the_newest_vega_lite_can_show() -> None:
    # JupyterLab holds 5.6; 5.8 is the oldest that this converter knows. In a process of its own, as in the build.
    code = (
        "import json, sys, vl_convert\n"
        "for name, spec in json.load(sys.stdin).items():\n"
        "    for version in ('5.8', '6.4'):\n"
        "        picture = vl_convert.vegalite_to_svg(spec, vl_version=version)\n"
        "        assert picture.startswith('<svg') and 'NaN' not in picture, (name, version)\n"
        "        assert all(word in picture for word in spec['usermeta']['title'].split()), (name, version)\n"
    )
    specs = {}
    for name, chart in every_kind().items():
        specs[name] = {**chart.spec, "usermeta": {"title": chart.heading.title.text}}
    done = subprocess.run([sys.executable, "-c", code], input=json.dumps(specs), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_notebook_gets_the_drawing_and_the_words_and_no_html() -> None:
    bundle = book.bar_chart({"a": toy(1)}, title="Toy")._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/plain"}
    assert bundle["text/plain"] == f"[chart] {bundle[MIME]['description']}"


def test_a_point_whose_source_nobody_has_seen_is_named_in_the_small_print() -> None:
    early = history("anthropic-revenue-run-rate", since="2025-01")
    assert "not verified: Anthropic, February 2025" in book.line_chart({"pace": early}, title="Pace").description
    seen = [point for point in early if str(point.when) != "February 2025"]
    assert "not verified" not in book.line_chart({"pace": seen}, title="Pace").description


def test_what_was_projected_or_assumed_is_hollow_its_line_dashed_and_the_small_print_says_so() -> None:
    pace = history("anthropic-revenue-run-rate")
    assumed = [each * assume("a share", 0.5) for each in pace[-2:]]
    chart = book.line_chart({"as told": [*pace[:-2], *assumed]}, title="Pace")
    dots = sorted(drawn(chart, Dot), key=lambda dot: dot.x)
    assert [dot.hollow for dot in dots] == [False] * (len(pace) - 2) + [True] * 2
    assert [(len(path.places), path.dashed) for path in drawn(chart, Path)] == [(len(pace) - 2, False), (3, True)]
    assert "○ projected or assumed" in chart.heading.key
    bars = book.bar_chart({"told": measured(2e9), "assumed": toy(1e9)}, title="Bars")
    assert [bar.hollow for bar in drawn(bars, Bar)] == [False, True] and "hollow: projected or" in bars.heading.key
    assert "hollow" not in book.line_chart({"as told": pace}, title="Pace").description
    alone = book.line_chart({"half of it": assumed}, title="Pace").description
    assert "hollow" not in alone and "all illustrative" in alone.lower()


def test_what_was_estimated_is_half_filled_and_the_small_print_says_so() -> None:
    said, reckoned = month("2025-01", 2e9), month("2025-02", 2e9, "estimated")
    chart = book.line_chart({"pace": [said, reckoned]}, title="Pace")
    filled, half = sorted(drawn(chart, Dot), key=lambda dot: dot.x)
    assert not filled.hollow and half.hollow
    assert [(shape.x, shape.y, shape.filled) for shape in drawn(chart, Shape)] == [(half.x, half.y, True)]
    assert chart.heading.key == "◐ estimated"
    alone = book.line_chart({"pace": [reckoned]}, title="Pace")
    assert not alone.heading.key and "all estimated" in alone.description.lower()


def test_a_point_that_stands_apart_is_shown_and_its_line_passes_it_by() -> None:
    pace = history("anthropic-revenue-run-rate")
    chart = book.line_chart({"pace": pace}, title="Pace", marks=[book.apart(pace[3], "It is older than its date.")])
    assert len(drawn(chart, Dot)) == len(pace)
    assert [len(path.places) for path in drawn(chart, Path)] == [len(pace) - 1]
    assert chart.description.count("It is older than its date.") == 1 and len(chart.rows) == len(pace)
    assert [note.text for note in chart.heading.notes][-1] == "It is older than its date."
    with pytest.raises(TypeError, match="found apart, expected one of"):
        book.bar_chart({"pace": pace[0]}, title="Bars", marks=[book.apart(pace[0], "")])


def test_two_lines_cross_without_regard_to_a_point_that_stands_apart() -> None:
    rising = [month("2025-01", 1e9), month("2025-02", 2e9), month("2025-03", 4e9)]
    level = [month("2025-01", 3e9), month("2025-02", 1e9), month("2025-03", 3e9)]
    marks = [book.crossing("rising", "level", "they cross")]
    joined = book.line_chart({"rising": rising, "level": level}, title="Lines", marks=marks)
    passed = book.line_chart(
        {"rising": rising, "level": level}, title="Lines", marks=[*marks, book.apart(level[1], "Said late.")]
    )
    places = [chart.picture.pointed[0].x for chart in (joined, passed)]
    assert places[0] < places[1]


def test_a_range_is_drawn_and_told() -> None:
    leaf = Leaf("wide", 5e9, "wide", tag="estimated", low=4e9, high=6e9, unit=parse("USD"))
    chart = book.bar_chart({"wide": Figure(leaf, parse("USD"))}, title="Range")
    assert "$5 billion ($4 billion to $6 billion)" in chart.description
    (bar,) = drawn(chart, Bar)
    pale = [(rule.x, rule.x2) for rule in drawn(chart, Rule) if rule.faint]
    low, value, high = (bar.x + (bar.x2 - bar.x) * part for part in (4 / 5, 1, 6 / 5))
    assert pale == [pytest.approx((low, value)), pytest.approx((value, high))]
    assert "pale end: the range" in chart.heading.key


@pytest.mark.parametrize(
    ("qualifier", "way", "told"),
    [("over", 1, "→ at least so much"), ("up to", -1, "← at most so much"), ("exactly", 0, "")],
)
def test_a_bound_has_an_arrow_to_its_open_side_and_the_small_print_says_so(qualifier: str, way: int, told: str) -> None:
    chart = book.bar_chart({"bound": measured(5e9, qualifier=qualifier)}, title="Bound")
    tips = [re.findall(r"L(-?[\d.]+),0", shape.path) for shape in drawn(chart, Shape)]
    middle = 4.0
    assert [(float(found[0]) - middle) * way > 0 for found in tips] == [True] * abs(way)
    assert chart.heading.key == told


def test_of_many_lines_only_the_last_points_have_an_arrow() -> None:
    bound = history("anthropic-revenue-run-rate")
    bounds = [each for each in bound if each.qualifier == "over"]
    assert len(bounds) > 1
    few = book.line_chart({"one": bound}, title="Few")
    many = book.line_chart({str(n): [each * n for each in bound] for n in range(1, 5)}, title="Many")
    assert (
        len(drawn(few, Shape)) >= len(bounds) > len([shape for shape in drawn(many, Shape) if "L0," in shape.path]) - 4
    )


def test_each_year_is_marked_under_its_own_point() -> None:
    sales = history("amodei-2025-model-revenue")
    chart = book.line_chart({"sales": sales}, title="Sales")
    years = {words.lines[0]: words.x for words in drawn(chart, Words) if words.lines[0].startswith("20")}
    points = [dot.x for dot in drawn(chart, Dot)]
    assert list(years) == [figure.period.text[-4:] for figure in sales] and list(years.values()) == points


def test_a_month_stands_at_its_own_mark() -> None:
    pace = history("anthropic-revenue-run-rate")
    days = [point.day.isoformat() for point in book.line_chart({"pace": pace}, title="Pace").picture.points]
    assert days == [f"{f.period.last_month}-01" for f in pace]


def test_lines_and_bars_are_as_high_and_as_long_as_their_values() -> None:
    bars = drawn(book.bar_chart({"one": measured(1e9), "four": measured(4e9)}, title="Bars"), Bar)
    assert bars[1].x2 - bars[1].x == pytest.approx(4 * (bars[0].x2 - bars[0].x)) and bars[0].x == bars[1].x
    dots = drawn(book.line_chart({"OpenAI": lines()["OpenAI"]}, title="Pace"), Dot)
    values = [figure.value for figure in lines()["OpenAI"]]
    points = list(zip(values, [dot.y for dot in dots], strict=True))
    (low, low_y), (high, high_y) = min(points), max(points)
    for value, dot in zip(values, dots, strict=True):
        assert dot.y == pytest.approx(low_y + (high_y - low_y) * (value - low) / (high - low))


def test_a_negative_bar_runs_to_the_left_of_nothing() -> None:
    up, down = drawn(book.bar_chart({"up": toy(3e9), "down": toy(-1e9)}, title="Bars"), Bar)
    assert up.x == down.x and down.x2 < down.x < up.x2 and down.x2 >= 0


# Small multiples.


def test_small_multiples_share_their_scale_and_each_wears_the_name_and_the_colour_of_its_company() -> None:
    chart = book.line_chart(lines(), title="Two panels", facet=True)
    heads = [words for words in drawn(chart, Words) if words.lines[0] in lines()]
    assert [(words.lines[0], words.paint) for words in heads] == [("Anthropic", "anthropic"), ("OpenAI", "openai")]
    by_paint = {paint: [dot for dot in drawn(chart, Dot) if dot.paint == paint] for paint in ("anthropic", "openai")}
    heights = []
    for name, dots in zip(lines(), by_paint.values(), strict=True):
        values = [figure.value for figure in lines()[name]]
        heights.append((dots[0].y - dots[-1].y) / (values[-1] - values[0]))
    assert heights[0] == pytest.approx(heights[1])


def test_on_a_phone_small_multiples_stand_in_one_column_and_in_two_or_three_on_a_page() -> None:
    def columns(count: int, width: int) -> int:
        panels = {f"panel {n}": {"a": measured(n + 1.0), "b": measured(n + 2.0)} for n in range(count)}
        chart = book.bar_chart(panels, title="Panels", facet=True)
        return len({words.x for words in drawn(chart, Words, width) if words.lines[0].startswith("panel")})

    assert [columns(count, theme.WIDE) for count in (2, 3, 4, 6)] == [2, 3, 2, 3]
    assert [columns(count, theme.NARROW) for count in (2, 3, 4, 6)] == [1, 1, 1, 1]


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_bars_in_panels_whose_values_need_the_room_stand_two_by_two_and_keep_their_words_inside(width: int) -> None:
    promised = at("oracle-openai-commitment", "2025-09")  # about $300 billion, estimated
    panels = {
        f"panel {n}": {"a partner puts in": promised / (n + 5), "a lab promises": promised / (n + 1)} for n in range(5)
    }
    chart = book.bar_chart(panels, title="Deals", facet=True)
    heads = [words for words in drawn(chart, Words, width) if words.lines[0].startswith("panel")]
    assert len({words.x for words in heads}) == (1 if width == theme.NARROW else 2)
    for words in drawn(chart, Words, width):
        assert words.x >= 0 and words.x + words.dx + words.width <= width, words.lines
    halves = [(0, width)] if width == theme.NARROW else [(0, width / 2), (width / 2, width)]
    for left, right in halves:
        inside = [words for words in drawn(chart, Words, width) if left <= words.x < right]
        assert all(words.x + words.dx + words.width <= right for words in inside), "a word leaves its panel"


def test_what_is_pointed_out_at_a_bar_stands_under_its_name_in_the_table_with_its_figures_and_not_in_the_data() -> None:
    paid, owed = toy(2), toy(6)
    marks = [book.callout(owed, (beside(owed, paid).times, " what goes in"))]
    chart = book.bar_chart({"paid": paid, "owed": owed}, title="Deal", marks=marks)
    assert [row[0] for row in chart.table.texts] == ["paid", "owed\n3 times what goes in"]
    numbers = [part.text for part in blocks.walk(chart.table.block.rows[1].cells[0]) if isinstance(part, Number)]
    assert numbers == ["3 times"]
    assert [row[0] for row in chart.data[1:]] == ["paid", "owed"]


def test_a_chart_is_broad_where_its_author_says_so_and_its_block_keeps_that() -> None:
    for broad in (False, True):
        block = book.line_chart(lines(), title="Lines", broad=broad).block
        assert block.broad == broad and blocks.from_json(blocks.as_json(block)) == block


def test_several_lines_of_a_panel_are_named_at_their_ends() -> None:
    pace = lines()["OpenAI"]
    chart = book.line_chart({"OpenAI": {"told": pace, "half": [each / 2 for each in pace]}}, title="Lines", facet=True)
    assert {f"told {pace[-1]}", f"half {pace[-1] / 2}"} <= set(said(chart))
    assert [row["Panel"] for row in chart.rows] == ["OpenAI"] * 2 * len(pace)


# Words that can be read.


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_words_are_large_enough_and_break_for_the_width(width: int) -> None:
    name = "a name that is a good deal longer than a phone is wide, and not longer than a page"
    for chart in (*every_kind().values(), book.bar_chart({name: toy(1)}, title="Long")):
        for words in drawn(chart, Words, width):
            assert words.size >= 11.5
    found = [
        words for words in drawn(book.bar_chart({name: toy(1)}, title="Long"), Words, width) if len(words.lines) > 1
    ]
    assert bool(found) == (width == theme.NARROW)


def test_a_page_stretches_a_drawing_across_and_not_down() -> None:
    for chart in every_kind().values():
        for column, width in (("wide", theme.WIDE), ("narrow", theme.NARROW)):
            picture = chart.spec["usermeta"][column]
            assert picture.startswith(f'<svg class="drawing {column}" width="100%" height="')
            places = re.findall(r' (?:x|x1|x2|cx)="([^"]+)"', picture)
            assert places and all(place.endswith("%") for place in places)
            # What is no place of its own is a path in a view as wide as the drawing, whose strokes keep their width.
            views = re.findall(r'viewBox="0 0 ([\d.]+) [\d.]+" preserveAspectRatio="none"', picture)
            assert all(float(view) == width for view in views)
            assert picture.count("non-scaling-stroke") == len(views)
