"""Whatever a student plausibly types wrongly is answered in a cell by five lines at most, and with what to do about it."""

import inspect
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

import frontier_calc as fc
from frontier_calc import claim_cells
from frontier_calc.book import exercises
from frontier_calc.classroom import notebook as notebook_module
from frontier_calc.press.pages import all_pages, find_root

PREAMBLE = """
import frontier_calc as fc
from frontier_calc import book, growth, lab, rulers
import numpy as np, pandas as pd, altair as alt
ours, theirs = fc.latest("anthropic-revenue-run-rate"), fc.latest("openai-revenue-run-rate")
share = fc.latest("anthropic-enterprise-share")
headline, gap = fc.at("anthropic-revenue-run-rate", "2026-04"), fc.at("anthropic-gross-net-gap", "2026-04")
booked, pace_then = fc.at("openai-revenue-recognised", "FY2024"), fc.at("openai-revenue-run-rate", "2024-12")
months, net = growth.MONTHS_IN_A_YEAR, rulers.to_net(headline, gap)
"""

# Each mistake as it is typed in a cell, and a part of the answer that says what to do.
MISTAKES = [
    # Numbers without a unit, and figures where numbers are wanted.
    ("ours > 25", 'fc.constant("threshold", 25, "USD per year")'),
    ("ours + 5", 'fc.constant("threshold", 5, "USD per year")'),
    ("5 - ours", 'fc.constant("threshold", 5, "USD per year")'),
    ("sum([1, ours])", 'fc.constant("threshold", 1, "USD per year")'),
    ("ours == 25", "use .value"),
    ("ours == np.float64(25)", "use .value"),
    ("ours + '1'", "A text, a list and nothing at all are no numbers"),
    ("'pace: ' + ours", "A text, a list and nothing at all are no numbers"),
    ("ours + None", "A text, a list and nothing at all are no numbers"),
    ("ours * np.array([1, 2])", "gone through one by one"),
    ("float(ours)", "use .value"),
    ("int(ours)", "use .value"),
    ("round(ours, 1)", "use .rough"),
    ("f'{ours:.2f}'", "use .rough"),
    ("'{:,}'.format(ours)", "use .rough"),
    ("'%d' % ours", ".value of a figure"),
    ("ours // 2", "take .value first"),
    ("ours % 2", "take .value first"),
    ("2 ** ours", "A power is a plain number"),
    ("ours ** share", "Divide by a like figure first"),
    ("np.log(ours)", "divide by a like figure first"),
    ("np.sqrt(ours)", ".value of a figure"),
    ("ours.rough * 2", "word the result: (a + b).rough"),
    # Two rulers, two units.
    ("ours + theirs", "rulers.to_net(gross, cut)"),
    ("ours > theirs", "rulers.to_net(gross, cut)"),
    ("ours == theirs", "fc.beside(a, b)"),
    ("ours != share", "Bring them to one unit first"),
    ("sum([ours, theirs])", "rulers.to_net(gross, cut)"),
    ("max([ours, theirs])", "rulers.to_net(gross, cut)"),
    ("ours + share", "Bring them to one unit first"),
    # Order and truth.
    ("sorted([ours, ours * 2])", "key=lambda f: f.value"),
    ("max(ours, ours * 2)", "greatest(figures)"),
    ("if ours > ours / 2: print('more')", "use .holds"),
    ("if ours: print('there')", "compare it, or use .value"),
    ("ours / 3 < ours / 2 < ours", "use .holds"),
    ("ours and theirs", "compare it, or use .value"),
    ("ours & theirs", "(a > b) & (a > c)"),
    # A figure is one number, and stays as it is.
    ("ours[0]", 'fc.at("series", "2026-04")'),
    ("len(ours)", "A figure is one number"),
    ("for each in ours: print(each)", "[a, b]"),
    ("ours.value()", "No brackets behind it"),
    ("ours.value = 3", "work out a new one"),
    ("ours.per_cent", "ways to word it: bare, count"),
    ("ours.percent", "divide it by a like figure first"),
    # Names.
    ("fc.latest(anthropic-revenue-run-rate)", "between quotation marks"),
    ("fc.latest('anthropic revenue')", "did you mean"),
    ("answer = channel", 'between quotation marks: "channel"'),
    ("fc.latest(['anthropic-revenue-run-rate'])", "between quotation marks"),
    ("fc.latest(ours)", "between quotation marks"),
    ("fc.latest()", "fc.latest(series, [second], [by=...])"),
    ("fc.lates('anthropic-revenue-run-rate')", "Did you mean latest"),
    ("growth.doubling(ours)", "press Tab"),
    ("theris", "Did you mean theirs"),
    ("gross_margin_of_the_ledger", "Run All Above"),
    ("pritn(ours)", "Did you mean print?"),
    ("import seaborn", "numpy as np and altair as alt"),
    ("fc.find('zzzz')", "Try fewer words"),
    ("fc.series('anthropc')", "did you mean anthropic"),
    # What a reader of Ledger 2 typed in its exercises, and was led astray by.
    ("headline - 8", "Was gap meant (Disputed gross-to-net gap"),
    ("headline - 7", "A figure of the page is taken by its name. One of your own"),
    ("answer = 2.5 billion of them", "calculate it with + - * / and the names in the table"),
    ("answer = headline × 12", "write * for ×"),
    ("answer = headline ÷ months", "/ for ÷"),
    ("answer = 2,050,000,000", "write 2_500_000_000 or 2.5e9"),
    ("answer = 60%", "calculate it with + - * / and the names in the table"),
    ("per_month(headline)", "Write  rulers.per_month  with rulers. before it"),
    ("to_net(headline, gap)", "Write  rulers.to_net"),
    ("headline.per_month", "Write  rulers.per_month"),
    ("anthropic / theirs", "With that word in what they are there are ours, share, headline, gap"),
    ("booked / pace_then", "fc.beside(a, b) sets them side by side, and says so; growth.recognised_from"),
    ("growth.recognised_from(pace_then, growth)", "growth is here the module, which holds functions"),
    ("growth.recognised_from(pace_then, 3)", 'fc.assume("name", 3, "unit") for a guess'),
    ("rulers.to_net(theirs, gap)", "It is net already."),
    ("rulers.per_month(booked, months)", "takes a pace, so much per year"),
    # Days and periods.
    ("fc.at('anthropic-revenue-run-rate', 2025)", "known by"),
    ("fc.at('anthropic-revenue-run-rate')", "fc.at(series, period)"),
    ("fc.at('anthropic-revenue-run-rate', 'April 2026')", "a period such as 2026-04"),
    ("fc.at('anthropic-revenue-run-rate', 2026-04)", "between quotation marks"),
    ("fc.as_of('yesterday')", "a date such as 2026-04-06"),
    ("fc.as_of(2025)", "between quotation marks"),
    ("fc.edition('may')", "there are 2026-05"),
    ("fc.use('2026-05')", 'fc.use(fc.edition("2026-05"))'),
    # Assumptions.
    ("fc.assume(25)", "fc.assume(name, value, [unit]"),
    ("fc.assume(25, 'price')", "the name comes first"),
    ("fc.assume('price', '25')", "a bare number"),
    ("fc.assume('price', 25, 'dollars')", "write 'USD'"),
    ("fc.assume('price', 25, 'USD bn')", "write the number out"),
    ("price = $25", "its unit beside it"),
    ("price = 25 bn", "its unit beside it"),
    ("fc.assume(“price”, 25)", "the straight ones"),
    ("fc.assume('price', 25", "must be closed"),
    # The models, the charts, the claims.
    ("lab.Account()", "lab.Account(build, serve, earn)"),
    ("lab.Account(25, 30, 35)", 'assume("build"'),
    ("rulers.per_month(ours, 12)", 'fc.constant("name", 12, "unit")'),
    ("rulers.to_net(theirs, ours)", "wrong way round"),
    ("rulers.to_net(theirs, theirs)", "the gross figure first"),
    ('hint("2.1")', "fc.hint"),
    ("observe()", "fc.observe"),
    ("answer = 2.5 billion", "An answer is not typed"),
    ("answer = $22", "An answer is not typed"),
    ("fc.total(ours)", "a list, [a, b]"),
    ("fc.total([])", "as in [a, b]"),
    ("fc.choose(ours, ours, ours)", "choose(a > b, a, b)"),
    ("book.bar_chart(ours)", "title=..."),
    ("book.bar_chart({'ours': ours, 'share': share}, title='Two')", "Bring them to one unit first"),
    ("book.table([ours, theirs])", "a list of rows"),
    ("fc.claim(ours > ours / 2, 'Yes.')", "fc.claim(id, condition, sentence"),
    ("fc.days_between('2025', '2026')", "A figure is read"),
    # Other libraries.
    ("pd.DataFrame({'v': [ours, theirs]}).v.mean()", 'fc.frame("series", ...)'),
    ("fc.frame('anthropic-revenue-run-rate').valu", "did you mean value"),
    ("fc.frame(3)", 'fc.frame("anthropic-revenue-run-rate")'),
    ("fc.history('anthropic-revenue-run-rate')[99]", "[-1] is the last one"),
    ("{'ours': ours}['theirs']", "shows what there is"),
    ("1 / 0", "without limit"),
    # Observations of one's own.
    ("fc.observe('anthropic-revenue-run-rate', '2026-11', '70bn')", "a number such as 30"),
    ("fc.observe('anthropic-revenue-run-rate', '2026-11', 70, 'EUR')", "USD bn"),
    ("fc.own_observations('nowhere.csv')", "series,period,value,unit"),
]


@pytest.fixture(scope="module")
def notebook():
    """A notebook in which the first cell of a page has run: an ordinary one, as IPython makes it."""
    shell = InteractiveShell.instance()
    assert shell.run_cell(PREAMBLE).success
    claim_cells.register()
    notebook_module.register()
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def answered(notebook, capsys):
    """What a cell is answered with: ``answered(cell)``, its lines."""

    def run(cell: str) -> list[str]:
        done = notebook.run_cell(cell)
        assert not done.success, f"no mistake: {cell}"
        return capsys.readouterr().out.strip().splitlines()

    return run


def test_there_are_at_least_sixty_mistakes():
    assert len({cell for cell, _ in MISTAKES}) == len(MISTAKES) >= 60


@pytest.mark.parametrize(("cell", "remedy"), MISTAKES)
def test_a_mistake_is_answered_in_five_lines_with_its_remedy(answered, cell, remedy):
    lines = answered(cell)
    assert len(lines) <= 5, lines
    assert lines[0] == f"line 1 of the cell: {cell}"
    assert remedy in "\n".join(lines)
    assert not any("Traceback" in line or "site-packages" in line for line in lines)


# What is no mistake says what it is.


def values(shell, cell):
    done = shell.run_cell(cell)
    assert done.success, cell
    return done.result


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("ours / 0", "[without limit]"),
        ("ours / fc.assume('nothing', 0)", "[without limit]"),
        ("fc.assume('nothing', 0) / fc.assume('nothing', 0)", "[no such number]"),
        ("fc.assume('no end', float('inf'), 'USD')", "[without limit]"),
        ("sum([ours, ours]) / ours", "2"),
        ("abs(-ours) / ours", "1"),
        ("np.mean([ours, ours]) / ours", "1"),
        ("ours * np.int64(2) / ours", "2"),
    ],
)
def test_zero_and_infinity_sums_and_numbers_of_numpy_are_worded(notebook, cell, words):
    figure = values(notebook, cell)
    assert str(figure) == words and words.strip("[]") in str(figure.explain())


def test_charts_leave_out_what_has_no_limit(notebook):
    chart = values(notebook, "book.bar_chart({'ours': ours, 'no end': ours / 0}, title='A bar without an end')")
    assert "1 point left out: without bound" in repr(chart)
    assert values(notebook, "fc.frame(ours / 0)").value.isna().all()


@pytest.mark.parametrize("cell", ["ours * 1.5", "1.5 * ours", "ours / 0.7", "ours * np.float64(1.5)"])
def test_a_factor_by_a_guess_makes_the_result_illustrative_and_a_count_does_not(notebook, cell):
    assert values(notebook, cell).tag == "illustrative"
    assert values(notebook, "ours * 2").tag == values(notebook, "ours / 12").tag == "reported"


def test_in_a_claim_a_bare_number_counts_what_the_figure_counts_unless_it_was_meant_in_billions(notebook, capsys):
    assert notebook.run_cell("%%claim large: ours > 40e9\nIt is large.\notherwise: It is not.").success
    assert str(notebook.user_ns["large"]) == "It is large."
    assert not notebook.run_cell("%%claim large: ours > 25\nIt is large.\notherwise: It is not.").success
    assert 'fc.constant("threshold", 25, "USD per year")' in capsys.readouterr().out


def test_a_comparison_says_its_numbers_and_whether_it_holds(notebook):
    assert repr(values(notebook, "ours / 2 < ours")).endswith("< $65 billion, it holds>")
    assert repr(values(notebook, "ours / 2 > ours")).endswith("it does not hold>")


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


def test_an_error_that_cannot_be_worded_still_shows(notebook, capsys):
    notebook.user_ns["UnspeakableError"] = UnspeakableError
    assert not notebook.run_cell("raise UnspeakableError").success
    assert "UnspeakableError" in capsys.readouterr().out
    assert not notebook.run_cell("ours + 5").success
    assert len(capsys.readouterr().out.strip().splitlines()) == 3  # the next one is answered as ever


def test_all_that_python_says_can_be_asked_for(notebook, capsys):
    notebook.run_cell("int('x')")
    assert "%tb" in capsys.readouterr().out
    notebook.run_cell("%tb")
    assert "Traceback" in capsys.readouterr().out


def test_use_without_with_says_what_it_does_and_does_it(notebook, capsys):
    told = repr(values(notebook, "fc.use(fc.as_of('2025-12-31'))"))
    assert "everything is read as it was known on 31 December 2025" in told and "use() goes back" in told
    assert values(notebook, "fc.current().name") == "2025-12-31"
    assert values(
        notebook, "with fc.use(fc.edition('2026-05')):\n    name = fc.current().name\n[name, fc.current().name]"
    ) == [
        "2026-05",
        "2025-12-31",
    ]
    values(notebook, "fc.use()")
    assert values(notebook, "fc.current().name") == "working"


def test_a_name_that_is_the_solution_of_an_exercise_is_not_offered(notebook, answered):
    exercises.forget()
    assert "Did you mean net" in answered("nett / 2")[-1]
    exercises.show("%%exercise 9.1 Net\nWhat?\nhint: a\nhint: b", notebook.user_ns)
    exercises.show("%%solution 9.1\nrulers.to_net(headline, gap)\nSo.\ninstead gap: No.", notebook.user_ns)
    assert not re.search(r"\bnet\b", answered("nett / 2")[-1])
    exercises.forget()


def test_whatever_is_offered_with_a_question_mark_has_an_example():
    ours = [fc, fc.growth, fc.lab, fc.loop, fc.rulers, fc.translate, fc.vintage]
    functions = [getattr(module, name) for module in ours for name in module.__all__]
    without = {f.__name__ for f in functions if inspect.isfunction(f) and ">>>" not in f.__doc__}
    # Of a file, of a cell of the page that is open, and for IPython alone.
    assert without == {"own_observations", "check", "hint", "solution", "load_ipython_extension", "parse_claim"}


def test_a_module_lists_all_that_the_pages_use_of_it_and_offers_it_by_tab(notebook):
    pages = "\n".join(page.path.read_text(encoding="utf-8") for page in all_pages(find_root()))
    for module in ("growth", "lab", "loop", "rulers", "translate", "vintage"):
        used = set(re.findall(rf"\b(?<![./-]){module}\.([A-Za-z_]+)\b(?!\.md)", pages)) - {"csv"}
        assert used <= set(getattr(fc, module).__all__), f"{module} lacks {used - set(getattr(fc, module).__all__)}"
    offered = notebook_module.completions("rulers.", notebook.user_ns)
    assert offered == ("", sorted(fc.rulers.__all__))
    assert notebook_module.completions("answer = rulers.to", notebook.user_ns) == ("to", ["to_net"])
    assert notebook_module.completions("np.lin", notebook.user_ns) == ("", [])
