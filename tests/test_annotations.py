"""What an author points out on a chart: where it stands, when it is left out, and what is refused."""

import itertools
from datetime import date
from typing import Any

import pytest

from frontier_calc import as_of, assume, at, book, claim, edition, event, history, use
from frontier_calc.book import drawing, signs, theme
from frontier_calc.book.annotations import Annotation
from frontier_calc.book.charts import Chart
from frontier_calc.book.labels import Box
from frontier_calc.book.line_charts import crossings
from frontier_calc.book.scene import Bar, Dot, Rule, Shape, Words
from frontier_calc.dates import parse_day, parse_period
from frontier_calc.figure import Figure
from frontier_calc.models import growth
from frontier_calc.units import UnitError

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def may_2026():
    with use(edition("2026-05")) as reading:
        yield reading


def lines() -> dict[str, tuple[Figure, ...]]:
    return {"Anthropic": history("anthropic-revenue-run-rate"), "OpenAI": history("openai-revenue-run-rate")}


def chart_of(*marks: Annotation, **options: Any) -> Chart:
    return book.line_chart(lines(), title="Pace", marks=marks, **options)


def shapes(chart: Chart, kind: type, width: int = theme.WIDE) -> list[Any]:
    return [item for item in drawing.draw(chart.picture, width).items if isinstance(item, kind)]


def words_of(chart: Chart, text: str, width: int = theme.WIDE) -> Words:
    (found,) = [words for words in shapes(chart, Words, width) if " ".join(words.lines) == text]
    return found


def dot_of(chart: Chart, figure: Figure, width: int = theme.WIDE) -> Dot:
    (found,) = [dot for dot in shapes(chart, Dot, width) if dot.tip.figure == figure.key]
    return found


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_a_callout_stands_by_the_point_of_its_figure_which_a_ring_marks(width: int) -> None:
    figure = lines()["Anthropic"][-2]
    chart = chart_of(book.callout(figure, "resellers’ cut included."))
    dot, words = dot_of(chart, figure, width), words_of(chart, "resellers’ cut included", width)
    assert (words.x, words.y) == pytest.approx((dot.x, words.y)) and abs(words.y - dot.y) < 130
    assert [(shape.x, shape.y) for shape in shapes(chart, Shape, width) if "A7.5" in shape.path] == [(dot.x, dot.y)]
    assert "Pointed out: resellers’ cut included." in chart.description


@pytest.mark.parametrize(
    "when", ["2026-02", parse_period("2026-02"), date(2026, 2, 1), lambda: at("openai-revenue-run-rate", "2026-02")]
)
def test_a_moment_is_a_line_at_its_month(when: Any) -> None:
    asked = when() if callable(when) else when
    chart = chart_of(book.moment(asked, "the memo"))
    place = dot_of(chart, at("openai-revenue-run-rate", "2026-02")).x
    upright = [rule for rule in shapes(chart, Rule) if rule.x == rule.x2 and rule.y2 - rule.y > 200]
    assert [rule.x for rule in upright] == pytest.approx([place]) and words_of(chart, "the memo").x == pytest.approx(
        place
    )


def test_an_event_is_a_moment() -> None:
    happened = event("deepseek-v3-report-2024-12")
    assert book.moment(happened, "then").period == parse_period(happened.date)


def test_what_was_not_known_is_not_pointed_out() -> None:
    with use(as_of(parse_day("2025-01-31"))):
        later = at("openai-revenue-run-rate", "2026-02")
        chart = book.line_chart(
            {"OpenAI": [*history("openai-revenue-run-rate"), later]}, title="Then",
            marks=[book.moment(later, "later"), book.callout(later, "later still"), book.level(later, "as high")],
        )  # fmt: skip
    assert "Pointed out" not in chart.description and chart.picture.pointed == []


def test_two_lines_cross_where_they_are_drawn_to_cross() -> None:
    assert crossings([(0, 0), (4, 4)], [(0, 3), (4, 1)]) == [(2.0, 2.0)]
    # A line that touches another and turns back crosses nothing; one that goes on through a shared point crosses there.
    assert crossings([(0, 0), (2, 2), (4, 0)], [(0, 2), (4, 2)]) == []
    assert crossings([(0, 0), (2, 2), (4, 4)], [(0, 2), (4, 2)]) == [(2, 2)]
    assert crossings([(0, 0), (1, 1)], [(2, 1), (3, 0)]) == []


@pytest.mark.parametrize("log", [False, True])
def test_a_crossing_is_marked_between_the_points_around_it_on_both_lines(log: bool) -> None:
    lower = [each * assume("a share", 0.3) for each in lines()["OpenAI"]]
    given = {"Anthropic": lines()["Anthropic"], "OpenAI": lower}
    marks = [book.crossing("Anthropic", "OpenAI", "the lines cross")]
    chart = book.line_chart(given, title="Pace", marks=marks, log=log)
    (leader,) = [shape for shape in shapes(chart, Shape) if shape.paint == "ink"]  # from the crossing to its words
    for name in lines():
        dots = [dot for dot in shapes(chart, Dot) if dot.tip.lines[0] == name]
        before, after = around(dots, leader.x)
        part = (leader.x - before.x) / (after.x - before.x)
        assert leader.y == pytest.approx(before.y + (after.y - before.y) * part)


def around(dots: list[Dot], x: float) -> tuple[Dot, Dot]:
    """The two neighbouring points of a line between which a place lies."""
    ordered = sorted(dots, key=lambda dot: dot.x)
    return next((one, other) for one, other in itertools.pairwise(ordered) if one.x <= x <= other.x)


def test_lines_that_do_not_cross_have_no_mark_and_a_name_that_no_line_has_is_refused() -> None:
    far = {"OpenAI": lines()["OpenAI"], "ten times": [each * 10 for each in lines()["OpenAI"]]}
    chart = book.line_chart(far, title="Apart", marks=[book.crossing("OpenAI", "ten times", "they cross")])
    assert chart.picture.pointed == []
    with pytest.raises(ValueError, match="names a line 'Antropic', expected one of Anthropic, OpenAI"):
        chart_of(book.crossing("Antropic", "OpenAI", "cross"))


def test_a_gap_is_a_bracket_from_one_figure_to_the_other_at_the_later_date() -> None:
    one, other = lines()["Anthropic"][-1], lines()["OpenAI"][-1]
    for first, second in ((one, other), (other, one)):
        chart = chart_of(book.gap(first, second, "a quarter more"))
        later = max((dot_of(chart, one), dot_of(chart, other)), key=lambda dot: dot.x)
        (bracket,) = [shape for shape in shapes(chart, Shape) if "h-5" in shape.path]
        depth = float(bracket.path.partition("v")[2].partition("h")[0])
        heights = sorted((dot_of(chart, one).y, dot_of(chart, other).y))
        assert bracket.x == later.x and sorted((bracket.y, bracket.y + depth)) == pytest.approx(heights, abs=0.1)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_a_bracket_stands_on_the_side_on_which_it_crosses_no_line_and_no_line_leads_to_its_words(width: int) -> None:
    leads, follows = history("anthropic-revenue-run-rate", since="2025-01"), history("mistral-revenue-run-rate")
    gap = book.gap(leads[0], follows[0], "50 times")
    chart = book.line_chart({"Anthropic": leads, "Mistral": follows}, title="Gap", log=True, marks=[gap])
    (bracket,) = [shape for shape in shapes(chart, Shape, width) if shape.path.startswith("M-")]
    assert bracket.path.startswith("M-3.0,0h-5v"), "the line runs on to the right"
    (words,) = [each for each in shapes(chart, Words, width) if "times" in " ".join(each.lines)]
    assert len(words.lines) == 1 and 0 < words.dx < 12


def test_a_level_runs_across_at_its_value_and_the_axis_reaches_up_to_it() -> None:
    promised = lines()["Anthropic"][-1] * 2
    chart = chart_of(book.level(promised, "what was promised"))
    long = [rule for rule in shapes(chart, Rule) if rule.y == rule.y2 and rule.paint == "ink"]
    top, zero = min(dot.y for dot in shapes(chart, Dot)), max(r.y for r in shapes(chart, Rule) if r.paint == "soft" and r.y == r.y2)  # fmt: skip
    assert len(long) == 1 and zero - long[0].y == pytest.approx(2 * (zero - top), rel=1e-6)
    with pytest.raises(UnitError, match="cannot chart"):
        chart_of(book.level(assume("people", 3, "person"), "people"))
    with pytest.raises(ValueError, match="no logarithmic scale reaches down"):
        chart_of(book.level(promised - promised, "nothing"), log=True)


def test_what_a_year_came_to_runs_over_that_year_and_any_other_level_throughout() -> None:
    booked = at("anthropic-revenue-recognised", "FY2025") / growth.A_YEAR
    for figure, since in ((booked, "2025-01"), (lines()["Anthropic"][0], "")):
        chart = chart_of(book.level(figure, "as high as this"))
        (level,) = [rule for rule in shapes(chart, Rule) if rule.y == rule.y2 and rule.paint == "ink"]
        dots = shapes(chart, Dot)
        first, last = min(dot.x for dot in dots), max(dot.x for dot in dots)
        if since:
            assert level.x == pytest.approx(dot_of(chart, at("anthropic-revenue-run-rate", since)).x)
            assert level.x2 == pytest.approx(dot_of(chart, at("anthropic-revenue-run-rate", "2026-01")).x, abs=2)
        else:
            assert (level.x, level.x2) == pytest.approx((first, last + 4))


def test_an_arrow_of_a_bound_lies_in_no_point_of_another_line() -> None:
    close = [each * assume("a little more", 1.04) for each in lines()["OpenAI"]]
    chart = book.line_chart({"OpenAI": lines()["OpenAI"], "other": close}, title="Close")
    arrows = [shape for shape in shapes(chart, Shape) if "L" in shape.path and shape.paint == "openai"]
    assert arrows
    for arrow in arrows:
        aside = float(arrow.path[1:].split(",")[0])
        tip = arrow.y - signs.FAR
        for dot in shapes(chart, Dot):
            beside = abs(dot.x - arrow.x - aside) > dot.radius
            assert beside or not tip <= dot.y <= arrow.y - signs.NEAR, (arrow, dot)


def test_a_line_is_called_by_the_rest_of_its_name_beside_the_one_that_says_how_it_begins() -> None:
    net = [each * assume("a share", 0.7) for each in lines()["Anthropic"]]
    chart = book.line_chart({**lines(), "Anthropic, net": net}, title="Net")
    assert words_of(chart, "net") and "Anthropic, net: " in chart.description
    alone = book.line_chart({"Anthropic, net": net, "OpenAI, net": lines()["OpenAI"]}, title="Net")
    assert words_of(alone, "Anthropic, net") and words_of(alone, "OpenAI, net")


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_words_of_a_level_stand_within_a_line_of_words_from_it_whatever_else_is_named_there(width: int) -> None:
    half = assume("half", 0.5)
    years = {f"Anthropic {n}": (assume(f"growth {n}", n), assume(f"share {n}", 0.5 + n / 500)) for n in (9, 11, 13)}
    curve = [(each, 1 / each) for each in (assume("two", 2), assume("fourteen", 14))]
    chart = book.curve_chart(curve, years, title="Half", marks=[book.level(half, "the rule of half")])
    (level,) = [rule for rule in shapes(chart, Rule, width) if rule.y == rule.y2 and rule.paint == "ink"]
    box = box_of(words_of(chart, "the rule of half", width))
    assert min(abs(box.top - level.y), abs(box.bottom - level.y)) <= theme.LINE + 5


def test_what_is_ruled_through_a_chart_lies_behind_its_points() -> None:
    when = at("openai-revenue-run-rate", "2026-02")
    growth = [assume(f"growth {n}", n) for n in (2, 4, 8)]
    curve = [(each, 1 / each) for each in growth]
    charts = [
        chart_of(book.moment(when, "the memo")),
        chart_of(book.moment(when, "the memo"), facet=True),
        book.curve_chart(curve, {"seen": curve[1]}, title="Curve", marks=[book.moment(growth[1], "here")]),
    ]
    for chart in charts:
        items = drawing.draw(chart.picture, theme.WIDE).items
        upright = next(n for n, each in enumerate(items) if isinstance(each, Rule) and each.y2 - each.y > 100)
        assert upright < next(n for n, each in enumerate(items) if isinstance(each, Dot))


def test_the_words_may_be_a_claim_and_one_that_has_nothing_to_say_takes_its_mark_away() -> None:
    now, then = lines()["Anthropic"][-1], lines()["Anthropic"][-2]
    for condition, said in ((now > then, ["it rose"]), (now < then, [])):
        words = claim("rose", condition, "It rose.".lower(), otherwise="")
        chart = chart_of(book.callout(now, words))
        assert [str(each.words) for each in chart.picture.pointed] == said


def test_a_number_in_the_words_of_a_mark_belongs_to_the_chart() -> None:
    lead = assume("lead", 1.25)
    now = lines()["Anthropic"][-1]
    chart = chart_of(book.callout(now, ("ahead at ", lead.times)))
    assert "ahead at 1.2 times" in chart.description and lead.key in {figure.key for figure in chart.figures}


def test_what_a_chart_does_not_show_or_cannot_show_is_refused_with_a_remedy() -> None:
    elsewhere = at("anthropic-revenue-recognised", "FY2025")
    with pytest.raises(ValueError, match="which the chart does not show; put it among its figures"):
        chart_of(book.callout(elsewhere, "elsewhere"))
    with pytest.raises(
        TypeError, match=r"marks of a bar chart: found moment, expected one of book.callout, book.level"
    ):
        book.bar_chart({"a": elsewhere}, title="Bars", marks=[book.moment("2026-04", "then")])
    with pytest.raises(ValueError, match="it is no moment"):
        chart_of(book.moment(assume("timeless", 1), "never"))
    with pytest.raises(ValueError, match="has no axis of time"):
        two = assume("two", 2)
        book.curve_chart([(two, two)], title="Curve", marks=[book.moment("2026-04", "then")])


# Bars and curves.


def test_on_bars_a_level_is_an_upright_line_and_a_callout_stands_under_its_bar() -> None:
    figures = {name: assume(name, value, "USD") for name, value in (("one", 1e9), ("four", 4e9))}
    promised = assume("promised", 8e9, "USD")
    marks = [book.level(promised, "promised"), book.callout(figures["four"], "so far")]
    chart = book.bar_chart(figures, title="Bars", marks=marks)
    one, four = shapes(chart, Bar)
    (upright,) = [rule for rule in shapes(chart, Rule) if rule.paint == "ink"]
    assert upright.x - four.x == pytest.approx(2 * (four.x2 - four.x)) and upright.x <= theme.WIDE
    assert words_of(chart, "so far").y > four.y2 > four.y > one.y2


def test_a_gap_between_bars_stands_right_of_all_that_is_between_them() -> None:
    figures = {name: assume(name, value, "USD") for name, value in (("a", 5e9), ("b", 4e9), ("c", 1e9))}
    chart = book.bar_chart(figures, title="Bars", marks=[book.gap(figures["a"], figures["c"], "five times")])
    (bracket,) = [shape for shape in shapes(chart, Shape) if "h-5" in shape.path]
    for bar in shapes(chart, Bar):
        assert bracket.x > bar.x2
    assert words_of(chart, "five times").x == bracket.x


def test_a_figure_in_two_groups_has_its_bracket_in_the_group_of_the_other() -> None:
    a, b, shared = (assume(name, value, "USD") for name, value in (("a", 3e9), ("b", 2e9), ("shared", 1e9)))
    groups = {"one": {"a": a, "c": shared}, "two": {"b": b, "c": shared}}
    chart = book.bar_chart(groups, title="Groups", marks=[book.gap(a, shared, "more")])
    (bracket,) = [shape for shape in shapes(chart, Shape) if "h-5" in shape.path]
    assert float(bracket.path.partition("v")[2].partition("h")[0]) < 40


def test_on_a_curve_a_moment_stands_at_a_value_across_and_a_level_at_one_up() -> None:
    growth = [assume(f"growth {n}", n) for n in (2, 4, 8)]
    curve = [(each, 1 / each) for each in growth]
    marks = [
        book.moment(growth[1], "four-fold"),
        book.level(curve[1][1], "a quarter"),
        book.callout(curve[1][1], "here"),
    ]
    chart = book.curve_chart(curve, {"seen": curve[1]}, title="Curve", marks=marks)
    (dot,) = shapes(chart, Dot)
    assert dot.x in [rule.x for rule in shapes(chart, Rule) if rule.x == rule.x2]
    assert dot.y in [rule.y for rule in shapes(chart, Rule) if rule.y == rule.y2 and rule.paint == "ink"]
    assert [(shape.x, shape.y) for shape in shapes(chart, Shape) if "A7.5" in shape.path] == [(dot.x, dot.y)]


def test_in_small_multiples_a_callout_stands_in_the_panel_of_its_figure_and_a_level_in_all() -> None:
    figure = lines()["Anthropic"][-2]
    marks = [book.callout(figure, "here"), book.level(lines()["OpenAI"][-1], "there")]
    panels = chart_of(*marks, facet=True).picture.panels
    assert [len(panel.pointed) for panel in panels.values()] == [2, 1]
    with pytest.raises(TypeError, match=r"found gap, expected one of book\.callout, book\.moment, book\.level"):
        chart_of(book.gap(figure, lines()["OpenAI"][-1], "gap"), facet=True)
    with pytest.raises(ValueError, match="which the chart does not show"):
        chart_of(book.callout(at("anthropic-revenue-recognised", "FY2025"), "elsewhere"), facet=True)


# Nothing lies on anything else.


def box_of(words: Words) -> Box:
    across = words.x + words.dx
    left = {"start": across, "middle": across - words.width / 2, "end": across - words.width}[words.align]
    bottom = words.y + words.leading * (len(words.lines) - 1) + 0.1 * words.size
    return Box(left, words.y - 0.75 * words.size, left + words.width, bottom)


def crowded() -> list[Chart]:
    """Charts with much to say."""
    anthropic, openai = lines().values()
    net = [each * assume("a share", 0.7) for each in anthropic[-6:]]
    quarter = {"run rate, as told": {"Anthropic": anthropic[-1], "OpenAI": openai[-1]}, "net": {"Anthropic": net[-1]}}
    six = {f"line number {n}": [each * assume(f"share {n}", 1 - n / 40) for each in openai] for n in range(6)}
    marks = [
        book.crossing("Anthropic", "OpenAI", "here the lines cross"),
        book.gap(anthropic[-1], openai[-1], "the gap as they tell it"),
        book.moment("2025-05", "a launch that changed much"),
        book.callout(anthropic[-2], "with the cut of the resellers"),
        book.level(openai[-3], "what had been promised for the year"),
    ]
    return [
        chart_of(*marks),
        chart_of(*marks, log=True),
        chart_of(*marks[2:], facet=True),
        book.line_chart({"Anthropic": anthropic[-6:], "OpenAI": openai[-6:], "Anthropic, net": net}, title="Close up"),
        book.line_chart(six, title="Six lines that end close together"),
        book.bar_chart(
            quarter, title="Rulers", marks=[marks[1], book.level(net[-1], "a level with a long name to it")]
        ),
        book.bar_chart(quarter, title="Panels", facet=True, marks=[book.callout(net[-1], "less what resellers keep")]),
    ]


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_no_words_lie_on_other_words_or_leave_the_picture(width: int) -> None:
    for chart in crowded():
        scene = drawing.draw(chart.picture, width)
        boxes = [(words, box_of(words)) for words in scene.items if isinstance(words, Words)]
        for (one, here), (other, there) in itertools.combinations(boxes, 2):
            assert not here.meets(there), (chart.heading.title.text, one.lines, other.lines)
        for words, box in boxes:
            assert box.is_within(Box(-1, -1, width + 1, scene.height + 1)), (chart.heading.title.text, words.lines)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_however_much_is_written_beside_them_the_longest_bar_can_be_seen(width: int) -> None:
    for chart in crowded():
        scene = drawing.draw(chart.picture, width)
        bars = [abs(bar.x2 - bar.x) for bar in scene.items if isinstance(bar, Bar)]
        assert not bars or max(bars) > width / 8, (chart.heading.title.text, bars)
