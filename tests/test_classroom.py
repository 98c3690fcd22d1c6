"""What a student has in a notebook: figures that explain themselves, a search, frames, observations of one's own."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import frontier_calc as fc
from frontier_calc.classroom import explaining, notebook
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import DataError, default_folder

PACE = "anthropic-revenue-run-rate"
GAP = "anthropic-gross-net-gap"


@pytest.fixture
def may() -> Reading:
    with fc.use(fc.edition("2026-05")) as reading:
        yield reading


# A figure explains itself.


@pytest.mark.parametrize(
    "told", ["over $30 billion a year", "run-rate, gross", "reported", "6 April 2026", "Anthropic"]
)
def test_a_figure_tells_its_value_ruler_tag_date_and_source_in_text_and_as_a_card(may, told):
    pace = fc.at(PACE, "2026-04")
    for text in (str(pace.explain()), pace.explain()._repr_html_(), explaining.in_short(pace), pace.getdoc()):
        assert told in text.replace("Over", "over")


def test_who_disagrees_is_told(may):
    pace = fc.at(PACE, "2026-04")
    for text in (str(pace.explain()), pace.explain()._repr_html_(), explaining.in_short(pace)):
        assert "SemiAnalysis, 1 May 2026 puts it at over $44 billion" in text


def test_what_was_worked_out_shows_its_formula_and_each_input(may):
    net = fc.rulers.to_net(fc.at(PACE, "2026-04"), fc.at(GAP, "2026-04"))
    card = net.explain()._repr_html_()
    assert "= over $30 billion − about $8 billion<br>= about $22 billion a year" in card
    assert "A rival’s claim, not the company’s own word." in card


def test_a_card_escapes_what_comes_from_data_and_takes_the_colours_of_the_page():
    card = fc.assume("<script>alert(1)</script>", 5).explain()._repr_html_()
    assert "<script" not in card and "&lt;script&gt;" in card
    assert "color: inherit" in card and "background" not in card  # dark letters on a dark page would be mute
    assert "mathjax_ignore" in card


def test_a_list_of_figures_names_the_source_and_period_of_each(may):
    assert repr([fc.at(PACE, "2026-04")]) == (
        "[<over $30 billion: Anthropic revenue run rate, run-rate, gross, reported, April 2026, Anthropic, 6 April 2026>]"
    )


def test_a_series_explains_itself_by_its_name(may):
    told = str(fc.explain(PACE))
    assert told.startswith(f"{PACE}: Anthropic revenue run rate") and "2026-04" in told
    with pytest.raises(TypeError, match=r'fc\.explain\("anthropic-revenue-run-rate"\)'):
        fc.explain(3)


# Finding.


def test_series_are_found_by_a_word_and_by_how_they_begin():
    assert "openai-gross-margin" in fc.find("margin")
    assert all(id.startswith("anthropic-rev") for id in fc.series("anthropic-rev…"))
    assert len(fc.series()) > 300 and repr(fc.series()).endswith("a further word finds fewer")
    assert "run-rate, gross" in repr(fc.series(PACE))
    assert f"<code>{GAP}</code>" in fc.find("net gap")._repr_html_()


def test_names_of_series_periods_and_wordings_are_completed():
    assert notebook.completions(f'fc.latest("{PACE[:-3]}') == (PACE[:-3], [PACE])
    assert notebook.completions(f'fc.at("{GAP}", "') == ("", ["2026-04"])
    assert "2026-05" in notebook.completions('fc.edition("2026')[1]
    assert notebook.completions('open("') == ("", []) == notebook.completions("pace = 3")
    assert {"rough", "percent", "explain", "value"} <= set(dir(fc.latest(PACE)))


# Frames.


def test_a_frame_has_plain_columns_of_numbers_texts_and_days():
    table = fc.frame(PACE, fc.latest(GAP))
    assert list(table) == [
        *("series", "period", "value", "low", "high", "unit"),
        *("qualifier", "tag", "published", "source", "until"),
    ]
    assert len(table) == len(fc.history(PACE)) + 1
    assert table.value.dtype == float and str(table.published.dtype).startswith("datetime64")
    assert table.iloc[-1][["series", "period", "value", "unit"]].tolist() == [GAP, "2026-04", 8e9, "USD per year"]
    assert all(isinstance(cell, str) for column in ("period", "tag", "source") for cell in table[column])


def test_altair_draws_a_frame_and_says_what_it_cannot_draw():
    import altair as alt

    drawn = notebook.draw_offline(alt.Chart(fc.frame(PACE)).mark_line().encode(x="until", y="value"))
    assert list(drawn) == [notebook.VEGA, "text/plain"] and "$schema" not in drawn[notebook.VEGA]
    figures = alt.Chart(pd.DataFrame({"pace": list(fc.history(PACE))})).mark_bar()
    with pytest.raises(notebook.ChartError, match=r"alt\.Chart\(fc\.frame\("):
        notebook.draw_offline(figures.encode(x="pace:Q"))


# Observations of one's own.


def own(**cells) -> Reading:
    return fc.observe(**({"series": PACE, "period": "2026-11", "value": 70, "published": "2026-11-27"} | cells))


def test_an_observation_of_ones_own_is_read_beside_the_books_and_only_there():
    before = {path.name: path.read_bytes() for path in default_folder().iterdir() if path.is_file()}
    theirs = str(fc.latest(PACE))
    with fc.use(own()):
        pace = fc.latest(PACE)
        assert (str(pace), pace.when.__str__(), pace.is_own) == ("$70 billion", "November 2026", True)
    assert str(fc.latest(PACE)) == theirs and not fc.latest(PACE).is_own
    assert before == {path.name: path.read_bytes() for path in default_folder().iterdir() if path.is_file()}


def test_whatever_leans_on_it_says_so():
    with fc.use(own()):
        month = fc.rulers.per_month(fc.latest(PACE), fc.growth.MONTHS_IN_A_YEAR)
        for text in (str(month.explain()), month.explain()._repr_html_(), explaining.in_short(month)):
            assert explaining.OWN in text and "your own observation" in text
        assert fc.frame(month).source.tolist() == ["your own observation"]
        assert not fc.latest("openai-revenue-run-rate").is_own


def test_several_are_added_one_upon_the_other_and_said_again_they_are_corrected():
    first = own()
    both = fc.observe("openai-revenue-run-rate", "2026-11", 55, published="2026-11-27", on=first)
    again = fc.observe(PACE, "2026-11", 71, published="2026-11-27", on=both)
    with fc.use(again):
        assert (str(fc.latest(PACE)), str(fc.latest("openai-revenue-run-rate"))) == ("$71 billion", "$55 billion")
    with fc.use(first):
        assert str(fc.latest(PACE)) == "$70 billion"


def test_what_lies_far_off_is_asked_about_and_can_be_confirmed():
    with pytest.raises(DataError, match="confirmed:"):
        own(value=900)
    confirmed = own(value=900, note="confirmed: seen on the company's own page.")
    assert str(confirmed.latest(PACE)) == "$900 billion"


def test_a_range_of_ones_own_is_told_as_one():
    mine = own(value=None, low=60, high=80)
    assert "60 to 80 USD bn" in repr(mine) and str(mine.latest(PACE)) == "$60 billion to $80 billion"


def test_they_stand_beside_an_edition_and_beside_a_day_too():
    for base, period in ((fc.edition("2026-05"), "2026-05"), (fc.as_of("2026-05-31"), "2026-05")):
        mine = fc.observe(PACE, period, 33, on=base)
        assert str(mine.latest(PACE)) == "$33 billion" and mine.latest(PACE).is_own


def test_the_checks_of_the_book_refuse_what_is_wrong_and_name_the_cell(tmp_path):
    for cells, told in (
        ({"value": "70bn"}, "your observation, row 1, column value: found '70bn'"),
        ({"unit": "EUR bn"}, "column unit: found 'EUR bn', expected one of the spellings"),
        ({"value": -4}, "column value"),
        ({"tag": "certain"}, "column tag: found 'certain'"),
        ({"period": "November"}, "column period: found 'November'"),
    ):
        with pytest.raises(DataError) as caught:
            own(**cells)
        assert told in str(caught.value)


def test_a_file_of_ones_own_is_read_and_its_rows_are_named(tmp_path):
    file = tmp_path / "my-observations.csv"
    file.write_text(f"series,period,value,unit,published\n{PACE},2026-11,70,USD bn,2026-11-27\n", encoding="utf-8")
    assert str(fc.own_observations(str(file)).latest(PACE)) == "$70 billion"
    file.write_text(f"series,period,value,unit\n{PACE},2026-10,69,USD bn\n{PACE},2026-11,x,USD bn\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"my-observations\.csv, row 3, column value: found 'x'"):
        fc.own_observations(str(file))
    file.write_text("when,what\n1,2\n", encoding="utf-8")
    with pytest.raises(fc.UnknownError, match="series,period,value,unit"):
        fc.own_observations(str(file))


# The price of it.


def test_importing_the_calculation_fetches_neither_pandas_nor_altair_nor_ipython():
    asked = "import sys, frontier_calc; print(*{'pandas', 'altair', 'IPython', 'frontier_calc.book.facts'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True
    )
    assert done.stdout.strip() == ""


# In a kernel.

CELLS = (
    f'import frontier_calc as fc\npace = fc.latest("{PACE}")\npace',
    "pace + 25",
    f'import altair as alt\nalt.Chart(fc.frame("{PACE}")).mark_line().encode(x="until", y="value")',
    'import pandas as pd\nalt.Chart(pd.DataFrame({"v": [pace]})).mark_bar().encode(x="v")',
    'get_ipython().user_expressions({"pace": "pace"})["pace"]["data"]["text/html"]',
    "print(get_ipython().kernel.do_inspect('pace', 4)['data']['text/plain'])",
    """code = 'one = 1\\nfc.at("anthropic-gross-net-gap", "2'\nprint(get_ipython().kernel.do_complete(code, len(code))["matches"])""",
)


@pytest.mark.kernels
def test_in_a_kernel_cells_show_cards_charts_and_short_answers_and_the_prose_shows_words():
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(page, timeout=120, kernel_name="python3", allow_errors=True).execute()
    shown = [cell.outputs[0] for cell in page.cells]
    assert "ruler: run-rate, gross" in shown[0].data["text/html"] and "CNBC" in shown[0].data["text/plain"]
    assert len("\n".join(shown[1].traceback).splitlines()) <= 5 and "threshold" in shown[1].traceback[-1]
    assert notebook.VEGA in shown[2].data
    assert "fc.frame(" in "\n".join(shown[3].traceback) and len(shown[3].traceback) <= 5
    assert shown[4].data["text/plain"].startswith('\'<span class="figure"') and "<ul" not in shown[4].data["text/plain"]
    assert "known on" in shown[5].text and "Ways to word it" in shown[5].text
    assert shown[6].text.strip() == "['2026-04']"
