"""What a student meets: a ledger as a notebook, in the environment that ``binder/`` alone describes.

The environment is made once for each change of ``binder/requirements.txt``, which takes about a minute, and is kept in
``.venv-binder``. Leave these tests out with  pytest -m "not binder".
"""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from students import BINDER, ROOT, browser_tab, clean_environment, copy_of_the_tree, lab, launch_link, wait_for

import frontier_calc as fc

pytestmark = pytest.mark.binder

LEDGER = "ledgers/2-reading-the-books"
ERRORS = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"


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


def one_line_to_change(text: str) -> tuple[str, str, str, str]:
    """A line that reads the latest figure, the same line for its first period, and the words of a sentence on it
    before and after the change.
    """
    for name, series in re.findall(r'(?m)^(\w+) = fc\.latest\("([a-z0-9-]+)"\)$', text):
        with fc.use(fc.edition("working")):
            first, last = fc.history(series)[0], fc.latest(series)
        words = re.search(rf"([^`{{}}\n]{{12,}}){{eval}}`{name}`", text)
        if words and str(first) != str(last):
            old, new = f'{name} = fc.latest("{series}")', f'{name} = fc.at("{series}", "{first.period.text}")'
            return old, new, spaced(words[1] + str(last)), spaced(words[1] + str(first))
    raise AssertionError(f"{LEDGER}.md: no figure in its prose is read by fc.latest from a series with a history")


def run(tab, item: str) -> None:
    """Choose an item of JupyterLab's Run menu and wait until all cells have run; a cell that fails is a failure."""
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_role("menuitem", name=item, exact=True).click()
    prompts, errors = tab.locator(".jp-CodeCell .jp-InputPrompt"), tab.locator(ERRORS)
    waiting = re.compile(r"\[[ *]\]")  # [ ] before a cell runs, [*] while it runs, [3] after it
    wait_for(lambda: errors.count() or not prompts.filter(has_text=waiting).count(), 90, "all cells to run")
    if errors.count():
        pytest.fail(f"{item}: a cell failed\n{errors.first.inner_text()}", pytrace=False)


def prose(tab) -> str:
    """What the text cells show."""
    return spaced(" ".join(tab.locator(".jp-MarkdownCell").all_inner_texts()))


def spaced(text: str) -> str:
    """A text with every space, line break and no-break space as one plain space."""
    return " ".join(text.split())


def test_a_student_runs_a_ledger_changes_a_cell_and_saves_it(commands, home):
    page = home / f"{LEDGER}.md"
    before = page.read_text(encoding="utf-8")
    old, new, sentence, changed_sentence = one_line_to_change(before)
    with lab(commands, home) as address, browser_tab(home.parent) as tab:
        tab.goto(address(parse_qs(urlsplit(launch_link(LEDGER)).query)["urlpath"][0]))
        tab.locator(".jp-Notebook .jp-Cell, .jp-FileEditor").first.wait_for()
        assert not tab.locator(".jp-FileEditor").count(), "the ledger opened as text, not as a notebook"

        tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # until then JupyterLab would ask for a kernel
        run(tab, "Run All Cells")
        names, shown = set(re.findall(r"{eval}`(.*?)`", before)), tab.locator(".jp-MarkdownCell code")
        wait_for(lambda: sentence in prose(tab), 30, f"the sentence {sentence!r}")
        wait_for(lambda: not names & set(shown.all_inner_texts()), 30, "a value in place of every name in the prose")
        chart = tab.locator(".vega-embed").locator("canvas, svg.marks").first.bounding_box()
        assert chart["width"] > 200 and chart["height"] > 100

        source = next(
            cell for cell in re.findall(r"(?ms)^```{code-cell}.*?\n(?::.*?\n)*\n*(.*?)\n```$", before) if old in cell
        )
        tab.locator(".jp-CodeCell").filter(has_text=old).first.locator(".cm-content").click()
        tab.keyboard.press("Control+a")
        tab.keyboard.insert_text(source.replace(old, new))
        run(tab, "Run Selected Cell and All Below")
        wait_for(lambda: changed_sentence in prose(tab), 30, f"the sentence {changed_sentence!r}")

        tab.keyboard.press("Control+s")
        wait_for(lambda: page.read_text(encoding="utf-8") != before, 30, "the page to be saved")
    assert page.read_text(encoding="utf-8") == before.replace(old, new)
