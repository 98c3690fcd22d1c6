"""The files that turn the book into a student's notebooks: ``binder/``, the settings of JupyterLab, the launch buttons.

What they make together is tried in ``test_student.py``.
"""

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jupytext
import pytest
from jupytext.config import load_jupytext_configuration_file
from packaging.requirements import Requirement
from students import BINDER, ROOT, copy_of_the_tree, launch_link

from frontier_calc import book
from frontier_calc.book.exercise_cells import parse
from frontier_calc.classroom import opening

pytestmark = pytest.mark.slow

PAGES = [ROOT / "index.md", *sorted(ROOT.glob("ledgers/*.md")), *sorted(ROOT.glob("reference/*.md"))]
MYST = {"extension": ".md", "format_name": "myst"}


def pins(path: Path) -> dict[str, str]:
    """The packages of a requirements file by name, each with its version specifier."""
    lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {requirement.name.lower().replace("_", "-"): str(requirement.specifier) for requirement in found}


def test_every_package_of_the_student_environment_is_pinned_exactly():
    # A local path in this file would make Binder install everything again at each commit: postBuild adds the package.
    assert not re.search(r"(?m)^\s*(-|\.)", (BINDER / "requirements.txt").read_text(encoding="utf-8"))
    loose = {name: version for name, version in pins(BINDER / "requirements.txt").items() if "==" not in version}
    assert not loose, f"binder/requirements.txt: write NAME==VERSION for {', '.join(loose)}"


def test_student_and_book_use_the_same_versions():
    student = pins(BINDER / "requirements.txt")
    ours = pins(ROOT / "requirements.txt") | pins(ROOT / "constraints.txt")
    shared = student.keys() & ours.keys()
    assert {"jupytext", "pandas", "altair"} <= shared
    apart = [f"{n}: binder {student[n]}, book {ours[n]}" for n in sorted(shared) if student[n] != ours[n]]
    assert not apart, "pin one version in binder/requirements.txt and the book's:\n" + "\n".join(apart)


def test_the_student_environment_holds_what_the_package_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    student = pins(BINDER / "requirements.txt")
    for needed in map(Requirement, project["dependencies"]):
        assert needed.name in student, f"binder/requirements.txt: add {needed}; postBuild installs no dependencies"
        assert needed.specifier.contains(student[needed.name].removeprefix("=="))


def test_binder_takes_a_python_that_the_package_supports():
    # Without runtime.txt Binder takes 3.10, on which pandas 3 does not exist.
    assert (BINDER / "runtime.txt").read_text(encoding="utf-8").strip() == "python-3.11"
    assert os.access(BINDER / "postBuild", os.X_OK), "run  chmod +x binder/postBuild"


def test_a_page_opens_as_a_notebook_not_as_text():
    settings = json.loads((ROOT / ".jupyter/labconfig/default_setting_overrides.json").read_text(encoding="utf-8"))
    viewers = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers == {"markdown": "Jupytext Notebook"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_saving_an_untouched_page_changes_nothing(path):
    """Not even when JupyterLab left its own marks on the cells: printed values, hidden inputs, folded headings.

    What was added when the page was opened, its guide and its terms, is not saved.
    """
    config = load_jupytext_configuration_file(str(ROOT / "jupytext.toml"))
    before = path.read_text(encoding="utf-8")
    page = jupytext.reads(before, fmt="md:myst", config=config)
    for cell in page.cells:
        cell.metadata.update(user_expressions=[{"expression": "pace", "result": "$1"}], trusted=True, editable=True)
        cell.metadata.update({"jupyter": {"source_hidden": True}, "jp-MarkdownHeadingCollapsed": True})
    page.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    opening.opened(page, path)
    opening.closed(page)
    config.set_default_format_options(MYST)
    after = jupytext.writes(page, fmt=dict(MYST), config=config)
    changed = difflib.unified_diff(before.splitlines(), after.splitlines(), "page", "saved", lineterm="", n=1)
    assert after == before, f"{path.name}: give the page the form in which it is saved\n" + "\n".join(changed)


LEDGERS = [path for path in PAGES if path.parent.name == "ledgers" or path.stem == "index"]


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_a_ledger_opens_with_its_guide_its_terms_and_its_figures_to_change(path):
    page = jupytext.read(path, fmt="md:myst")
    marked = set(opening.TERM.findall(" ".join(cell.source for cell in page.cells)))
    opening.opened(page, path)
    assert "Run All Cells" in page.cells[1].source
    assert all(f"\n{term}\n: " in page.cells[-1].source for term in marked)
    folded = [cell for cell in page.cells if cell.cell_type == "code" and cell.metadata.get("jupyter")]
    to_change = [cell for cell in page.cells if cell.cell_type == "code" and cell not in folded]
    assert 3 <= len(to_change) < len(folded)
    assert all(re.search(r"fc\.(latest|at|assume|landmark)\(", cell.source) for cell in to_change)


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.stem.startswith("exercises-")], ids=lambda path: path.stem
)
def test_of_exercises_the_cells_to_answer_in_are_open_and_the_solutions_folded(path):
    page = jupytext.read(path, fmt="md:myst")
    opening.opened(page, path)
    number = path.stem.partition("-")[2]
    assert f'fc.hint("{number}.1")' in page.cells[1].source
    to_answer = [cell.source for cell in page.cells if cell.cell_type == "code" and not cell.metadata.get("jupyter")]
    *answers, handed_in = to_answer
    assert answers == [f'answer = ...\nfc.check("{number}.{place}", answer)' for place in range(1, 7)]
    assert handed_in.startswith("fc.result(")


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.stem.startswith("exercises-")], ids=lambda path: path.stem
)
def test_of_exercises_no_folded_cell_gives_a_solution_away_in_the_line_that_shows(path):
    page = jupytext.read(path, fmt="md:myst")
    opening.opened(page, path)
    folded = [cell.source.splitlines()[0] for cell in page.cells if cell.metadata.get("jupyter")]
    solutions = [parse(cell.source) for cell in page.cells if cell.source.startswith("%%solution")]
    assert len(solutions) == 6
    assert [line for line in folded if line.startswith("%%solution")] == [
        f"%%solution {each.number}" for each in solutions
    ]
    assert not [line for line in folded for each in solutions if each.head in line]


def test_a_file_that_is_no_page_of_the_book_opens_as_it_is(tmp_path):
    page = jupytext.read(ROOT / "index.md", fmt="md:myst")
    before = page.copy()
    opening.opened(page, tmp_path / "notes.md")
    assert page == before


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_launch_button_opens_the_page_itself_in_jupyterlab(path):
    page = path.relative_to(ROOT).as_posix()
    assert launch_link(page.removesuffix(".md")).endswith(f"?urlpath=lab/tree/{page}")


def test_binder_would_build_from_these_files_alone(tmp_path):
    """What Binder's own builder would do, asked without Docker."""
    beside = Path(sys.executable).with_name("repo2docker")
    builder = str(beside) if beside.exists() else shutil.which("repo2docker")
    if not builder:
        pytest.skip("repo2docker is not installed:  pip install jupyter-repo2docker")
    command = [builder, "--no-build", "--debug", "."]
    run = subprocess.run(command, cwd=copy_of_the_tree(tmp_path), capture_output=True, text=True)
    plan = run.stdout + run.stderr
    assert run.returncode == 0, plan
    assert "Building conda environment for python=3.11" in plan
    installed = plan.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    # Before the pages are copied in: a new commit then reuses the installed environment.
    assert installed < plan.index("COPY --chown=0:0 src/ ${REPO_DIR}/") < plan.index("RUN ./binder/postBuild")
    assert "pip install --no-cache-dir ." not in plan


def test_money_in_a_table_is_not_set_as_mathematics():
    # JupyterLab takes what stands between two dollar signs of one cell for a formula, unless it is told not to.
    assert "mathjax_ignore" in book.table([{"title": "from $4.7 billion to $70 billion"}])._repr_html_()
