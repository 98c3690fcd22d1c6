"""What a student types in a notebook: a figure that explains itself, a search, a frame, own observations, exercises.

Each function is light: the words, pandas and IPython are fetched when they are asked for.

>>> import frontier_calc as fc
>>> fc.find("gross net gap")
anthropic-gross-net-gap  Disputed gross-to-net gap in Anthropic's run rate, USD bn
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from frontier_calc.figure import Figure

if TYPE_CHECKING:
    import pandas

    from frontier_calc.book.exercises import Verdict
    from frontier_calc.book.tables import Of
    from frontier_calc.classroom.explaining import Explanation
    from frontier_calc.classroom.searching import Found
    from frontier_calc.record.reading import Reading

__all__ = ["explain", "find", "frame", "observe", "own_observations", "series"]
__all__ += ["check", "hint", "result", "results", "solution"]


def explain(figure: Figure | str) -> "Explanation":
    """All that stands behind a figure, or behind a series by its name: what its card on the site tells, and more.

    Raises UnknownError for a name that no series has, and FigureError for what is no figure.

    >>> from frontier_calc import at
    >>> print(str(explain(at("anthropic-gross-net-gap", "2026-04"))).splitlines()[0])
    Disputed gross-to-net gap in Anthropic’s run rate: about $8 billion a year
    """
    from frontier_calc.classroom import explaining

    return explaining.of(figure)


def find(words: str) -> "Found":
    """The series that a few words mean: by their names, else by their titles, else by what they count.

    Raises UnknownError where there is none, with the nearest words.

    >>> print(len(find("margin")) > 3, "|", find("gross net gap")[0])
    True | anthropic-gross-net-gap
    """
    from frontier_calc.classroom import searching

    return searching.find(words)


def series(beginning: str = "") -> "Found":
    """The series whose names begin so, all of them without a word; a whole name tells what the series has.

    Raises UnknownError where none does, with the nearest names.

    >>> print("anthropic-revenue-run-rate" in series("anthropic-revenue"))
    True
    """
    from frontier_calc.classroom import searching

    return searching.beginning(beginning)


def frame(*of: str | Figure | Iterable[Figure]) -> "pandas.DataFrame":
    """A pandas frame of plain columns, a row a figure: what Altair and pandas draw and count with.

    ``of``: names of series, each with its whole history, or figures. Values are in plain units, as ``.value`` is.

    >>> table = frame("anthropic-revenue-run-rate", "openai-revenue-run-rate")
    >>> print(*table.columns)
    series period value low high unit qualifier tag published source until
    >>> print(table.value.max() > 30e9)
    True
    """
    from frontier_calc.classroom import frames

    return frames.frame(of)


def observe(  # noqa: PLR0913 - the columns of a row, each by its name
    series: str,
    period: str,
    value: float | None,
    unit: str = "",
    *,
    low: float | None = None,
    high: float | None = None,
    published: str = "",
    tag: str = "reported",
    qualifier: str = "exactly",
    note: str = "",
    on: "Reading | None" = None,
) -> "Reading":
    """The data with an observation of your own beside the book's: a reading for ``fc.use``; the book's stay untouched.

    The checks are those of the book's own rows, and what is wrong is told in the same words. Whatever leans on the
    observation says so. ``unit`` is the series' first spelling where none is given, ``published`` today. Several are
    added one upon the other: ``fc.observe(..., on=mine)``, or by rows of a file (:func:`own_observations`).

    >>> import frontier_calc as fc
    >>> mine = fc.observe("anthropic-revenue-run-rate", "2026-11", 70, "USD bn", published="2026-11-27")
    >>> with fc.use(mine):
    ...     print(fc.latest("anthropic-revenue-run-rate"), fc.latest("anthropic-revenue-run-rate").is_own)
    $70 billion True
    >>> print(fc.latest("anthropic-revenue-run-rate").is_own)
    False
    """
    from frontier_calc.classroom import own

    cells: dict[str, Any] = {"series": series, "period": period, "value": value, "unit": unit, "low": low, "high": high}
    cells |= {"published": published, "tag": tag, "qualifier": qualifier, "note": note}
    return own.observe([cells], on)


def own_observations(file: str = "my-observations.csv", on: "Reading | None" = None) -> "Reading":
    """The data with the rows of a file of your own, which has the columns series, period, value and unit, or more.

    The other columns are those of :func:`observe`; one that is missing or empty is filled in as there. Raises
    DataError, which names the row and the column of the file, and UnknownError where there is no such file.
    """
    from frontier_calc.classroom import own

    return own.from_file(file, on)


def check(number: str, answer: Any) -> "Verdict":
    """Whether an answer to an exercise is right, its value and the way to it; the answer itself is never told.

    It says what can be said of the try, and uses up no hint. On a page of exercises: ``fc.check("2.1", headline * 2)``.
    Raises ExerciseError for a number that no exercise has.
    """
    from frontier_calc.book import exercises
    from frontier_calc.classroom import unrun

    unrun.make_known(number)
    return exercises.check(number, answer)


def hint(number: str) -> "Of":
    """The next hint of an exercise: the first one at first, then one more each time; the last one stays.

    On a page of exercises: ``fc.hint("2.1")``.
    """
    from frontier_calc.book import exercises
    from frontier_calc.classroom import unrun

    unrun.make_known(number)
    return exercises.hint(number)


def solution(number: str) -> "Of":
    """The solution of an exercise: the way, the calculation, and what it comes to: ``fc.solution("2.1")``."""
    from frontier_calc.book import exercises
    from frontier_calc.classroom import unrun

    unrun.make_known(number)
    return exercises.solution(number)


def result(who: str = "") -> str:
    """How the exercises went, in a line to hand in; the sign behind the # guards against slips of the keyboard.

    >>> from frontier_calc.book import exercises
    >>> exercises.forget()
    >>> result("Ada").startswith("Solved none of 0 by Ada")
    True
    """
    from frontier_calc.book import exercises

    return exercises.result(who)


def results(pasted: str) -> Mapping[str, int]:
    """How many solved each exercise, of the lines that a class has pasted.

    >>> from frontier_calc.book import exercises
    >>> exercises.forget()
    >>> results(result("Ada") + "\\n" + result("Bo"))
    Counter()
    """
    from frontier_calc.book import exercises

    return exercises.results(pasted)
