"""What a student meets: a ledger as a notebook, in the environment that ``binder/`` alone describes.

The environment is made once for each change of ``binder/requirements.txt``, which takes about a minute, and is kept in
``.venv-binder``. Leave these tests out with  pytest -m "not binder".
"""

import hashlib
import os
import re
import subprocess
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from students import BINDER, ROOT, browser_tab, clean_environment, copy_of_the_tree, lab, launch_link, wait_for

from frontier_calc.book import glossary, text
from frontier_calc.book.charts import MIME as CHART
from frontier_calc.classroom import opening
from frontier_calc.press import notebook
from frontier_calc.press.pages import Page, PageError, all_pages
from frontier_calc.press.weave import Woven, cells, weave
from frontier_calc.record import reading

pytestmark = pytest.mark.binder

LEDGER = "ledgers/2-reading-the-books"
PAGES = [page.docname for page in all_pages(ROOT) if page.name == "premise" or page.name.startswith("ledger-")]
ERRORS = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
LOOK = 200  # milliseconds from one look at the page to the next: each takes the processor from what is waited for
# What JupyterLab shows, asked in the browser, which answers at once when it is so.
HAVE_RUN = """errors => document.querySelector(errors) ||  // [ ] before a cell runs, [*] while it runs, [3] after it
    ![...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].some(it => /[[][ *]]/.test(it.textContent))"""
ARE_SAID = """said => {
    const cells = [...document.querySelectorAll(".jp-MarkdownCell")].map(cell => cell.innerText);
    const shown = cells.join(" ").replace(/\\s+/g, " ");
    return said.every(each => shown.includes(each));
}"""
ARE_DRAWN = """charts => charts == [...document.querySelectorAll(".vega-embed :is(canvas, svg.marks)")]
    .filter(chart => chart.clientWidth > 200 && chart.clientHeight > 100).length"""


@pytest.fixture(scope="module")
def commands() -> Path:
    """The commands of an environment made from binder/requirements.txt and nothing else."""
    stamp = hashlib.sha256((BINDER / "requirements.txt").read_bytes() + sys.version.encode()).hexdigest()
    folder = ROOT / ".venv-binder"
    made = folder / "made-from"
    if not made.exists() or made.read_text(encoding="utf-8") != stamp:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = [folder / "bin" / "pip", "install", "-q", "--no-compile", "-r", BINDER / "requirements.txt"]
        done = subprocess.run(install, capture_output=True, text=True)
        if done.returncode:
            pytest.fail(f"binder/requirements.txt cannot be installed:\n{done.stderr[-2000:]}", pytrace=False)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        made.write_text(stamp, encoding="utf-8")
    return folder / "bin"


@pytest.fixture(scope="module")
def home(commands, tmp_path_factory) -> Path:
    """A checkout, with the package installed from it by postBuild. On Binder the checkout is the home folder too."""
    folder = tmp_path_factory.mktemp("student") / "home"
    copy_of_the_tree(folder)
    environment = {**os.environ, "PATH": f"{commands}:{os.environ['PATH']}"}
    done = subprocess.run([folder / "binder/postBuild"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_student_environment_prints_the_same_book(commands, home):
    """Every page runs with the student's packages alone, to the same words."""
    there = subprocess.run(
        [commands / "frontier", "text"], cwd=home, env=clean_environment(commands, home), capture_output=True, text=True
    )
    assert there.returncode == 0, there.stderr
    own = Path(sys.executable).parent
    command = [sys.executable, "-c", "from frontier_calc.press.cli import main; main()", "text"]
    here = subprocess.run(command, cwd=ROOT, env=clean_environment(own, home), capture_output=True, text=True)
    assert there.stdout == here.stdout


def test_every_kernel_of_a_student_answers_in_words_from_the_first_cell_on(commands, home):
    asked = [commands / "ipython", "--colors=nocolor", "-c", "fc.latest('anything')"]
    done = subprocess.run(asked, cwd=home, env=clean_environment(commands, home), capture_output=True, text=True)
    assert "Nothing is called fc yet: run the cells above first" in done.stdout + done.stderr


@dataclass(frozen=True)
class Lesson:
    """A page with one line changed: what its prose says before and after, and the charts that it draws."""

    old: str
    new: str
    before: list[str]
    after: list[str]
    charts: int


def sentences(woven: Woven) -> list[str]:
    """Each value in the prose of a page with the plain words before it; notes are hidden until asked for."""
    values: dict[str, deque[str]] = defaultdict(deque)
    for expression, span in woven.values:
        values[spaced(expression)].append(text.of_spans((span,)))
    found = []
    for line in woven.page.path.read_text(encoding="utf-8").splitlines():
        for words, expression in re.findall(r"((?<=[^\w’-])\w[\w’ ,-]*? )?{eval}`([^`]+)`", line):
            said = spaced(words + values[expression].popleft())
            found += [] if line.startswith("[^") else [said]
    return found


def lesson(page: Page) -> Lesson:
    """The first line of a page that reads a figure of which twice as much changes what the prose says.

    It stands in a cell that is not folded: the guide at the top tells the student to change one of these.
    """
    on, source = reading.edition("working"), page.path.read_text(encoding="utf-8")
    before = weave(page, on)
    charts = sum(CHART in notebook.bundle(output.value) for output in before.outputs)
    said = sentences(before)
    shown = "\n".join(each.source for each in cells(page) if opening.stands_open(each.source, each.tags))
    try:
        for old in re.findall(r"(?m)^[\w, ]+ = fc\.(?:latest|at|landmark)\(.*$", shown):
            new = old.replace(" = fc.", " = 2 * fc.")
            page.path.write_text(source.replace(old, new), encoding="utf-8")
            with suppress(PageError):  # what a title or a claim says may need the figure as it is
                after = sentences(weave(page, on))
                if after != said:
                    return Lesson(old, new, said, after, charts)
    finally:
        page.path.write_text(source, encoding="utf-8")
    raise AssertionError(f"{page.relative}: no value in its prose follows from a figure that a line of its own reads")


def run(tab, item: str) -> None:
    """Choose an item of JupyterLab's Run menu and wait until all cells have run; a cell that fails is a failure."""
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_role("menuitem", name=item, exact=True).click()
    tab.wait_for_function(HAVE_RUN, arg=ERRORS, polling=LOOK)
    errors = tab.locator(ERRORS)
    if errors.count():
        pytest.fail(f"{item}: a cell failed\n{errors.first.inner_text()}", pytrace=False)


def wait_for_prose(tab, said: list[str]) -> None:
    """Wait until the text cells say each of these."""
    from playwright.sync_api import TimeoutError

    try:
        tab.wait_for_function(ARE_SAID, arg=said, polling=LOOK, timeout=30_000)
    except TimeoutError:
        shown = spaced(" ".join(tab.locator(".jp-MarkdownCell").all_inner_texts()))
        pytest.fail("not in the notebook:\n" + "\n".join(each for each in said if each not in shown), pytrace=False)


def spaced(text: str) -> str:
    """A text with every space, line break and no-break space as one plain space."""
    return " ".join(text.split())


@dataclass
class Desk:
    """A student's: a JupyterLab on the checkout, and a browser."""

    home: Path
    address: Callable[[str], str]
    tab: Any
    running: ExitStack

    def open(self, docname: str) -> Path:
        """Open a page by its launch link and run it all; the path of its file."""
        self.stop_kernels()
        path = parse_qs(urlsplit(launch_link(docname)).query)["urlpath"][0]
        self.tab.goto(f"{self.address(path)}&reset")  # no page of before is open
        self.tab.locator(".jp-Notebook .jp-Cell, .jp-FileEditor").first.wait_for()
        assert not self.tab.locator(".jp-FileEditor").count(), "the page opened as text, not as a notebook"
        self.tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # until then JupyterLab would ask for a kernel
        run(self.tab, "Run All Cells")
        return self.home / f"{docname}.md"

    def stop_kernels(self) -> None:
        """Stop the kernels of pages that are done with."""
        for session in self.tab.request.get(self.address("api/sessions")).json():
            self.tab.request.delete(self.address(f"api/sessions/{session['id']}"))

    def write(self, cell: Any, source: str) -> None:
        """Type into a cell, in place of what it says."""
        cell.locator(".cm-content").click()
        self.tab.keyboard.press("Control+a")
        self.tab.keyboard.insert_text(source)

    def save(self, page: Path) -> str:
        """Save the page that is open; what its file says then. The file is put back as it was."""
        before = page.read_text(encoding="utf-8")
        self.tab.keyboard.press("Control+s")
        # JupyterLab marks a page that is not saved; a file that is being written is empty for a moment.
        wait_for(lambda: not self.tab.locator(".jp-mod-dirty").count(), 30, "the page to be saved")
        saved = page.read_text(encoding="utf-8")
        page.write_text(before, encoding="utf-8")
        return saved


def git(folder: Path, *command: str) -> str:
    """What git says in a folder, under a name of no importance."""
    named = ("-c", "user.name=student", "-c", "user.email=student@localhost")
    done = subprocess.run(["git", *named, *command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def desk(commands, home) -> Iterator[Desk]:
    git(home, "init", "-q")
    git(home, "add", "--all")
    git(home, "commit", "-q", "-m", "as it was cloned")
    with ExitStack() as running:
        address = running.enter_context(lab(commands, home))
        yield Desk(home, address, running.enter_context(browser_tab(home.parent)), running)


def is_set_as_on_the_site(tab, page: Page) -> None:
    """A guide, the code folded, tables set as tables are, and what each term means, listed and beside the word."""
    assert tab.get_by_text("In this notebook", exact=True).is_visible()
    opened = [cell for cell in cells(page) if cell.kind == "code" and opening.stands_open(cell.source, cell.tags)]
    assert 0 < len(opened) < 20
    assert tab.locator(".jp-CodeCell .cm-editor:visible").count() == len(opened)
    ends = "boxes => Math.max(...boxes.map(box => box.getBoundingClientRect().right))"
    page_ends = tab.locator(".jp-Notebook").evaluate_all(ends)
    assert tab.locator(".jp-Placeholder-content").evaluate_all(ends) <= page_ends, "a folded line runs off the page"
    aligned = "cells => cells.map(cell => [cell.classList.contains('number'), getComputedStyle(cell).textAlign])"
    assert {tuple(cell) for cell in tab.locator("table td").evaluate_all(aligned)} == {(True, "right"), (False, "left")}
    used = opening.terms(page.path.read_text(encoding="utf-8"), glossary.entries(ROOT))
    means = tab.locator("dd")
    assert used and tab.locator("dt").all_inner_texts() == list(used)
    assert all(means.all_inner_texts())
    tab.locator(".jp-MarkdownCell a:not([href^='http'])").filter(has_text=re.compile("|".join(used))).first.hover()
    wait_for(lambda: means.count() == len(used) + 1, 10, "what a term means, beside the word")


@pytest.mark.parametrize("docname", PAGES)
def test_a_student_runs_a_page_changes_a_cell_and_saves_it(desk, docname):
    tab, page = desk.tab, Page(desk.home, docname)
    before, change = page.path.read_text(encoding="utf-8"), lesson(page)
    desk.open(docname)
    wait_for_prose(tab, change.before)
    names, shown = set(re.findall(r"{eval}`(.*?)`", before)), tab.locator(".jp-MarkdownCell code").all_inner_texts()
    assert not names & set(shown), "a name stands where its value should"
    assert not tab.locator(".jp-MarkdownCell .myst-RenderedExpression").count(), (
        "a value is a box and no part of its line"
    )
    tab.wait_for_function(ARE_DRAWN, arg=change.charts, polling=LOOK)

    source = next(cell.source for cell in cells(page) if cell.kind == "code" and change.old in cell.source)
    cell = tab.locator(".jp-CodeCell").filter(has_text=change.old).first
    desk.write(cell, source.replace(change.old, change.new))
    run(tab, "Run Selected Cell and All Below")
    wait_for_prose(tab, change.after)
    assert desk.save(page.path) == before.replace(change.old, change.new)
    is_set_as_on_the_site(tab, page)


# What a student answers to exercise 2.1, and a part of what is said of it.
ANSWERS = (
    ("...", "2.1 waits for your answer"),
    ("headline", "That is still the pace of a whole year."),
    ("headline / 12", "That is a twelfth of the number, but it still says “per year”"),
    ("2.5e9", "A typed number says neither what it counts nor who says so."),
    ("rulers.per_month(net + gap, months)", "The number is right, but it still counts as net, and gross is asked"),
    ("rulers.per_month(headline, months)", "2.1 is right. By the plain recipe that month brought in"),
)


def test_a_student_solves_an_exercise_wrongly_on_the_wrong_ruler_and_rightly(desk):
    asks = 'answer = {}\nfc.check("2.1", answer)'
    page = desk.open("reference/exercises-2")
    before = page.read_text(encoding="utf-8")
    cell = desk.tab.locator(".jp-CodeCell").filter(has_text='fc.check("2.1"').first
    for answer, told in ANSWERS:
        desk.write(cell, asks.format(answer))
        desk.tab.keyboard.press("Shift+Enter")
        output = cell.locator(".jp-OutputArea-output")
        wait_for(lambda: told in spaced(" ".join(output.all_inner_texts())), 10, f"{told!r} below {answer}")  # noqa: B023
    right, _ = ANSWERS[-1]
    assert desk.save(page) == before.replace(asks.format("..."), asks.format(right))


def test_a_start_and_a_stop_leave_the_checkout_as_it_was_cloned(desk):
    """Neither what JupyterLab writes into its home folder, nor a page that was opened and not changed."""
    desk.running.close()
    assert git(desk.home, "status", "--porcelain") == ""


def test_the_settings_are_found_wherever_the_checkout_lies(commands, home):
    """On a JupyterHub the home folder is the student's: what postBuild puts beside the packages is read there as well."""
    for settings in ("labconfig/default_setting_overrides.json", "jupyter_server_config.py"):
        assert (commands.parent / "etc/jupyter" / settings).read_bytes() == (home / ".jupyter" / settings).read_bytes()
