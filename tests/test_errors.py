"""An error tells a student what to do; it is never a page of traceback."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

import frontier_calc as fc
from frontier_calc.errors import did_you_mean


@pytest.fixture
def shown(capsys):
    """What a notebook shows when a cell fails: ``shown(cell)``."""
    shell = InteractiveShell()

    def run(cell: str) -> str:
        shell.run_cell("import frontier_calc as fc")
        shell.run_cell(cell)
        return capsys.readouterr().out

    return run


def test_mixing_rulers_in_a_cell_shows_the_line_and_the_two_lines_of_the_error(shown):
    cell = (
        'gross = fc.latest("anthropic-revenue-run-rate")\n'
        'net = fc.latest("openai-revenue-run-rate")\n\n'
        "both = gross + net"
    )
    place, clash, remedy = shown(cell).splitlines()
    assert place == "line 4 of the cell: both = gross + net"
    assert clash.startswith("RulerError: cannot add Anthropic revenue run rate (run-rate, gross) and OpenAI")
    assert "rulers.to_net" in remedy


def test_the_line_named_is_the_students_even_inside_a_function_of_theirs(shown):
    assert shown('def pace(id):\n    return fc.latest(id)\n\npace("no-such-series")').startswith(
        "line 2 of the cell: return fc.latest(id)\nUnknownError: no series 'no-such-series'"
    )


@pytest.mark.parametrize("error", [fc.RulerError, fc.UnitError, fc.ClaimError, fc.UnknownError, fc.DataError])
def test_every_error_of_the_calculation_is_readable(error):
    assert hasattr(error, "_render_traceback_")


def test_a_figure_equals_no_bare_number_and_is_itself_by_its_derivation():
    pace, twelve = fc.assume("pace", 30, "USD per year"), fc.constant("months in a year", 12, "month per year")
    # A silent False would pass for an answer.
    for ask in (lambda: pace == 30, lambda: pace != 30, lambda: pace in [30], lambda: pace == True):  # noqa: E712
        with pytest.raises(TypeError, match="pace is a figure and equals no bare number: compare it"):
            ask()
    assert pace / twelve == pace / twelve and (pace / twelve) in [pace / twelve] and len({pace, pace * 1, pace}) == 2
    assert pace != fc.assume("another pace", 30, "USD per year") and pace != "30" and pace is not None


def test_no_name_that_would_tear_the_message_is_suggested() -> None:
    assert did_you_mean("launches", ["laun\x1cch", "launch"]) == "; did you mean launch?"
