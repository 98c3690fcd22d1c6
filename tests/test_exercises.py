"""Exercises and quizzes: every solution is right in every edition, every wrong answer gets its words."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import jupytext
import pytest
from docutils.nodes import make_id
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient

import frontier_calc as fc
from frontier_calc import combine, units
from frontier_calc.book import exercises
from frontier_calc.book.exercise_cells import ExerciseError, parse
from frontier_calc.book.exercises import Exercise
from frontier_calc.figure import Figure
from frontier_calc.press import editions, weave
from frontier_calc.press.pages import Page, all_pages, find_root
from frontier_calc.record import reading

ROOT = find_root()
PAGES = [page for page in all_pages(ROOT) if page.name.startswith("exercises-")]
READINGS = [*editions.all_kept(ROOT / "data"), ""]
EVERY = [(page, edition) for page in PAGES for edition in READINGS]
NAMED = [f"{page.name} {edition or 'today'}" for page, edition in EVERY]


def on(edition: str) -> reading.Reading:
    return reading.edition(edition) if edition else reading.current()


@pytest.fixture
def solved(request: pytest.FixtureRequest) -> Iterator[list[tuple[str, Exercise]]]:
    """The exercises of a page, by number, as they stand when all its cells have run."""
    page, edition = request.param
    exercises.forget()
    fresh = replace(on(edition), store=copy(on(edition).store))  # of one that is woven already no cell would run
    with reading.use(fresh):
        weave.weave(page, fresh)
        yield [
            (number, exercise)
            for number, exercise in exercises.known().items()
            if _ledger(number) == _ledger(page.name)
        ]
    exercises.forget()


def _ledger(name: str) -> str:
    found = re.search(r"\d+", name)
    return found[0] if found else ""


on_every_page = pytest.mark.parametrize("solved", EVERY, ids=NAMED, indirect=True)


@on_every_page
def test_a_page_has_six_exercises_and_each_has_a_solution(solved: list[tuple[str, Exercise]]) -> None:
    assert [number.partition(".")[2] for number, _ in solved] == ["1", "2", "3", "4", "5", "6"]
    assert all(exercise.because for _, exercise in solved)


@on_every_page
def test_the_solution_is_right_and_each_wrong_answer_gets_its_own_words(solved: list[tuple[str, Exercise]]) -> None:
    for number, exercise in solved:
        assert len(exercise.instead) >= 1, f"{number} foresees no wrong answer"
        for value, told in exercise.instead:
            verdict = exercises.check(number, value)
            assert not verdict.is_right, f"{number}: an answer that is called wrong is the solution in this edition"
            assert "".join(map(str, told[0])).replace("`", "") in str(verdict), (
                f"{number}: {value} is answered with other words"
            )
        assert exercises.check(number, exercise.solution).is_right, number


@on_every_page
def test_whoever_asks_for_a_solution_is_told_the_way_and_why(solved: list[tuple[str, Exercise]]) -> None:
    for number, exercise in solved:
        told = " ".join(str(exercises.solution(number)).split())
        way = " ".join("".join(map(str, parts)).replace("`", "") for parts in exercise.hints[-1])
        assert told.startswith(f"{number}: {way} {exercise.way} "), told
        assert "".join(map(str, exercise.because[0])).replace("`", "") in told


@on_every_page
def test_no_hint_and_no_wrong_answer_tells_the_solution(solved: list[tuple[str, Exercise]]) -> None:
    for number, exercise in solved:
        if isinstance(exercise.solution, Figure):
            told = [str(exercise.solution), exercise.way]
            said = ["".join(map(str, parts)) for hint in exercise.hints for parts in hint]
            said += ["".join(map(str, parts)) for _, words in exercise.instead for parts in words]
            assert not [(each, text) for text in said for each in told if f" {each}" in f" {text}"], number


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_hint_calls_a_division_refused_where_it_is(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: dict[str, bool] = {}

    def beside(a: Figure, b: Figure) -> Figure:
        made = combine.beside(a, b)
        refused[made.key] = bool(fc.rulers.clash(a.ruler, b.ruler))
        return made

    monkeypatch.setattr(fc, "beside", beside)
    exercises.forget()
    fresh = replace(reading.current(), store=copy(reading.current().store))
    with reading.use(fresh):
        weave.weave(page, fresh)
    for number, exercise in exercises.known().items():
        told = " ".join("".join(map(str, parts)) for hint in exercise.hints for parts in hint)
        if "`/`" in told:
            assert ("is refused" in told) == refused[exercise.solution.key], f"{number}: {told}"
    exercises.forget()


@on_every_page
def test_a_typed_number_of_the_right_size_is_not_right(solved: list[tuple[str, Exercise]]) -> None:
    for number, exercise in solved:
        if isinstance(exercise.solution, Figure):
            verdict = exercises.check(number, exercise.solution.value)
            assert not verdict.is_right
            assert "typed number" in str(verdict) and "about right" in str(verdict)


@on_every_page
def test_a_guess_of_the_right_size_is_not_right(solved: list[tuple[str, Exercise]]) -> None:
    for number, exercise in solved:
        right = exercise.solution
        if isinstance(right, Figure):
            guess = fc.assume("a guess", right.value).named("a guess", right.ruler) * _one_of(right)
            assert not exercises.check(number, guess).is_right, number


def _one_of(figure: Figure) -> Figure:
    """One of what a figure counts: in dollars, people, or as a plain ratio."""
    return fc.assume("one", 1, units.name(figure.unit) or "1")


@pytest.mark.parametrize(("page", "edition"), EVERY, ids=NAMED)
def test_a_page_has_ten_questions(page: Page, edition: str) -> None:
    text = weave.weave(page, on(edition)).text
    assert re.findall(r"^Question \d+\.(\d+)$", text, re.MULTILINE) == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("page", "edition"), EVERY, ids=NAMED)
def test_no_letter_answers_more_than_half_of_the_questions(page: Page, edition: str) -> None:
    text = weave.weave(page, on(edition)).text
    letters = Counter(re.findall(r"Show the answer\n\s*([A-F])\. ", text))
    assert letters.total() == 10
    assert max(letters.values()) <= 5, letters


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_answer_is_computed_or_names_its_paragraph(page: Page) -> None:
    headings = {ledger.docname.rpartition("/")[2]: _headings(ledger) for ledger in all_pages(ROOT)}
    for cell in weave.cells(page):
        if cell.source.startswith("%%quiz"):
            written = parse(cell.source)
            computed = any(when.startswith("when") for when, _, _ in written.options) or "{" in "".join(
                text for said in written.under("answer") for text in said.paragraphs
            )
            cited = ["".join(said.paragraphs).partition("#") for said in written.under("read")]
            assert computed or cited, f"question {written.number} neither computes its answer nor says where to read it"
            for docname, _, heading in cited:
                assert heading in headings.get(docname, ()), (
                    f"question {written.number}: there is no {docname}#{heading}"
                )
                assert exercises.anchor_of(heading) == make_id(heading)


def _headings(page: Page) -> list[str]:
    """The headings of a page: a line of its prose, and no comment in a cell."""
    prose = "\n".join(cell.source for cell in weave.cells(page) if cell.kind == "markdown")
    return re.findall(r"^#+ (.*)$", prose, re.MULTILINE)


# How a cell is written.


@pytest.mark.parametrize(
    ("source", "line", "told"),
    [
        ("%%exercise 2.1\nWhat?\nhint: a\nhint: b", 1, "expected %%exercise NUMBER TITLE"),
        ("%%exercise 2.1 A title\nhint: a\nhint: b", 1, "found no question"),
        ("%%exercise 2.1 A title\nWhat?\nhint: a", 1, "two hints"),
        ("%%exercise 2.1 A title\nWhat?\nhint: a\nanswer: b", 4, "found “answer:” in %%exercise, expected “hint”"),
        ("%%solution 2.1: a\nSo.", 1, "on the next line an EXPRESSION"),
        ("%%solution 2.1\na +\nSo.", 2, "is not Python"),
        ("%%solution 2.1", 2, "is not Python"),
        ("%%solution 2.1\na\nSo.\ninstead b +: No.", 4, "is not Python"),
        ("%%quiz 2.1\nWhich?\n(x) a\nanswer: so", 1, "two to six options"),
        ("%%quiz 2.1\nWhich?\n(x) a\n( ) b", 1, "expected “answer: ...”"),
    ],
)
def test_a_cell_that_is_not_written_so_names_its_line(source: str, line: int, told: str) -> None:
    with pytest.raises(ExerciseError, match=re.escape(told)) as refused:
        parse(source)
    assert refused.value.line == line


SOLD, KEPT = fc.assume("sold", 30.0), fc.assume("kept", 8.0)
WORDS = (
    "%%exercise 9.1 What is left\nOf {sold} the shops keep {kept}. What is left?\nhint: Who keeps it?\nhint: Subtract."
)
SOLUTION = "%%solution 9.1\nsold - kept\nIt is {answer}.\ninstead sold + kept: That adds."


@pytest.fixture
def nine_one() -> Iterator[None]:
    exercises.forget()
    names = {"sold": SOLD, "kept": KEPT}
    exercises.show(WORDS, names)
    exercises.show(SOLUTION, names)
    yield
    exercises.forget()


@pytest.mark.usefixtures("nine_one")
def test_a_wrong_answer_uses_up_no_hint_and_offers_one() -> None:
    for _ in range(3):
        assert 'fc.hint("9.1") helps on' in str(exercises.check("9.1", SOLD * 2))
    assert str(exercises.hint("9.1")).startswith("Hint 1 of 2: Who keeps it?")


@pytest.mark.usefixtures("nine_one")
def test_three_dots_are_no_attempt() -> None:
    waiting = str(exercises.check("9.1", ...))
    assert "waits for your answer" in waiting and "not right" not in waiting


@pytest.mark.usefixtures("nine_one")
def test_hints_are_counted_and_none_is_passed_over() -> None:
    told = [repr(exercises.hint("9.1")) for _ in range(3)]
    assert told[0].startswith("Hint 1 of 2: Who keeps it?") and "fc.solution" not in told[0]
    assert told[1] == told[2] and told[1].startswith("Hint 2 of 2: Subtract.") and 'fc.solution("9.1")' in told[1]


@pytest.mark.usefixtures("nine_one")
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (SOLD * 2, "You have 60"),
        (KEPT - SOLD, "its sign is not"),
        (22.0, "about right"),
        (SOLD + fc.assume("a guess", 5), "It leans on a guess, which is not needed here."),
        (SOLD * SOLD, "It leaves out a figure that is needed."),
        (SOLD * KEPT, "It is made of the right figures"),
        ((2, 500, 0, 0), "write 2_500_000_000 or 2.5e9"),
        (5, "not right either"),
        ("$22", "Calculate with the names in the table"),
        (fc.observe, "Calculate with the names"),
    ],
)
def test_a_wrong_answer_is_told_what_it_is_and_what_to_do(answer: object, told: str) -> None:
    assert told in str(exercises.check("9.1", answer))


@pytest.mark.usefixtures("nine_one")
def test_a_hint_is_no_answer() -> None:
    assert "a cell of its own" in str(exercises.check("9.1", exercises.hint("9.1")))


@pytest.mark.usefixtures("nine_one")
def test_the_right_number_by_another_road_names_what_is_too_much_and_what_is_missing() -> None:
    assert "leans on a detour" in str(exercises.check("9.1", SOLD - KEPT + fc.assume("a detour", 0.0)))
    assert "leaves kept out" in str(exercises.check("9.1", SOLD - 8))


SHARE = "%%exercise 9.2 Which part\nWhich part is kept?\nhint: A share.\nhint: Divide.\n"


@pytest.fixture
def nine_two() -> Iterator[None]:
    exercises.forget()
    names = {"all_of_it": fc.assume("sold in a year", 30.0, "USD"), "kept_by_them": fc.assume("kept", 8.0, "USD")}
    names["later"] = fc.assume("kept later", 9.0, "USD")
    exercises.show(SHARE, names)
    exercises.show(
        "%%solution 9.2\nkept_by_them / all_of_it\nIt is {answer}.\ninstead later / all_of_it: Too late.", names
    )
    yield
    exercises.forget()


@pytest.mark.usefixtures("nine_two")
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("kept_by_them / all_of_it * 100", "in per cent: leave the share as it is"),
        ("kept_by_them / 30", "it leaves all_of_it out: was a number typed in its place?"),
        ("later / all_of_it / later * fc.assume('other', 4, 'USD')", "It leans on later and other"),
        ("kept_by_them", "asked is a plain number"),
    ],
)
def test_a_try_is_answered_in_the_names_of_the_page(answer: str, told: str) -> None:
    names = {
        "fc": fc,
        "all_of_it": fc.assume("sold in a year", 30.0, "USD"),
        "kept_by_them": fc.assume("kept", 8.0, "USD"),
    }
    names["later"] = fc.assume("kept later", 9.0, "USD")
    assert told in str(exercises.check("9.2", eval(answer, names)))


def test_a_word_that_is_nearly_right_is_told_so() -> None:
    exercises.forget()
    exercises.show("%%exercise 9.3 Which\nWhich side?\nhint: One.\nhint: Of four.", {})
    exercises.show('%%solution 9.3\n"channel"\nSo it is.\ninstead "payer": No.', {})
    assert "how it is spelled" in str(exercises.check("9.3", "chanel"))
    assert "Asked is one word" in str(exercises.check("9.3", "basis, payer"))
    assert "That is not it" in str(exercises.check("9.3", "firmness"))
    assert exercises.check("9.3", "Channel ").is_right
    exercises.forget()


@pytest.mark.usefixtures("nine_one")
def test_an_exercise_that_is_shown_again_keeps_how_it_went() -> None:
    exercises.check("9.1", SOLD - KEPT)
    exercises.show(WORDS, {"sold": SOLD, "kept": KEPT})
    assert exercises.result("Ada").startswith("Solved 9.1 of 1 by Ada, edition ")


@pytest.mark.usefixtures("nine_one")
@pytest.mark.parametrize("later", [SOLD, ...])
def test_what_counts_is_the_last_answer(later: object) -> None:
    exercises.check("9.1", SOLD - KEPT)
    exercises.check("9.1", later)
    assert exercises.result().startswith("Solved none of 1, edition ")


@pytest.mark.usefixtures("nine_one")
def test_a_class_is_counted_and_a_line_that_was_cut_is_refused() -> None:
    exercises.check("9.1", SOLD - KEPT)
    line = exercises.result("Ada <b>")
    assert exercises.results(f"{line}\n\n{exercises.result('Bo')}\n") == {"9.1": 2}
    with pytest.raises(ExerciseError, match=r"line 1: .* is no result"):
        exercises.results(line[:-1])


def test_a_number_without_an_exercise_says_which_there_are() -> None:
    exercises.forget()
    with pytest.raises(ExerciseError, match="run all cells"):
        fc.check("9.9", 1)


def test_a_notebook_shows_neither_hints_nor_solutions() -> None:
    names = {"sold": SOLD, "kept": KEPT}
    exercises.forget()
    asked = exercises.show(WORDS, names)._repr_mimebundle_()
    told = exercises.show(SOLUTION, names)._repr_mimebundle_()
    assert "Subtract" not in asked["text/html"] + asked["text/plain"]
    assert "sold - kept" not in told["text/html"] + told["text/plain"]
    exercises.forget()


def test_the_condition_of_an_option_may_hold_brackets() -> None:
    written = parse("%%quiz 9.1\nWhich?\n(when stated(f(a, b) > 1)) The (first) one\n( ) None\nanswer: So.")
    assert [(when, text) for when, text, _ in written.options] == [
        ("when stated(f(a, b) > 1)", "The (first) one"),
        (" ", "None"),
    ]


# In a notebook some cells may not have run.


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    exercises.forget()
    shell = InteractiveShell.instance()
    shell.run_cell("import frontier_calc as fc\nsold, kept = fc.assume('sold', 30.0), fc.assume('kept', 8.0)")
    yield shell
    InteractiveShell.clear_instance()
    exercises.forget()


@pytest.fixture
def beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [f"```{{code-cell}} ipython3\n:tags: [a-tag]\n\n{cell}\n```\n" for cell in (WORDS, SOLUTION)]
    (tmp_path / "exercises-9.md").write_text("\n".join(cells), encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("beside_the_page")
def test_an_answer_is_looked_at_although_the_cell_of_its_exercise_has_not_run(shell: InteractiveShell) -> None:
    assert "9.1 is right" in str(shell.run_cell("fc.check('9.1', sold - kept)").result)
    assert "Hint 1 of 2" in str(shell.run_cell("fc.hint('9.1')").result)


@pytest.mark.usefixtures("beside_the_page")
def test_where_the_figures_are_missing_too_it_says_which_cells_to_run(shell: InteractiveShell) -> None:
    shell.run_cell("del sold")
    with pytest.raises(ExerciseError, match="Run All Above Selected Cell"):
        shell.run_cell("fc.check('9.1', kept)").raise_error()


@pytest.mark.kernels
def test_an_answer_that_raises_stops_neither_the_cells_below_it_nor_the_line_to_hand_in() -> None:
    path = ROOT / "reference" / "exercises-2.md"
    typed = path.read_text(encoding="utf-8")
    for number, answer in (
        ("2.1", "headline / Months"),
        ("2.2", "22 billion"),
        ("2.3", "rulers.to_net(headline, gap) / openai"),
    ):
        typed = typed.replace(f'answer = ...\nfc.check("{number}"', f'answer = {answer}\nfc.check("{number}"')
    page = jupytext.reads(typed, fmt="md:myst")
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(page, timeout=120, kernel_name="python3", resources=resources).execute()
    last = page.cells[-1].outputs[0]["data"]["text/plain"]
    assert last.startswith("'Solved 2.3 of 6, edition ")
