"""The workflows on GitHub: after the published schema, with the fewest rights, and of commands that exist."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from frontier_calc.press import cli

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
NAMES = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def steps(path: Path) -> list[dict]:
    return [step for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values() for step in job["steps"]]


def check(path: Path) -> subprocess.CompletedProcess:
    schema = ["--builtin-schema", "vendor.github-workflows"]
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema, str(path)], capture_output=True, text=True
    )


@NAMES
def test_it_follows_the_published_schema(path: Path) -> None:
    done = check(path)
    assert done.returncode == 0, done.stdout


def test_the_schema_refuses_a_misspelt_word(tmp_path: Path) -> None:
    wrong = tmp_path / "ci.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("runs-on", "run-on"), encoding="utf-8")
    assert check(wrong).returncode == 1


def linted(*paths: Path) -> str:
    """What actionlint says; it asks nobody, not the network either."""
    beside = Path(sys.executable).parent
    program = shutil.which("actionlint", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        pytest.skip("no actionlint here: pip install -r tests/requirements.txt")
    return subprocess.run([program, "-no-color", "-oneline", *map(str, paths)], capture_output=True, text=True).stdout


def test_actionlint_finds_nothing() -> None:
    assert linted(*WORKFLOWS) == ""


def test_actionlint_finds_what_no_schema_knows(tmp_path: Path) -> None:
    wrong = tmp_path / "diff.yml"
    text = (ROOT / ".github" / "workflows" / "diff.yml").read_text("utf-8")
    wrong.write_text(text.replace("github.token", "github.tokn").replace("checkout@v5", "checkout@v4"), "utf-8")
    assert check(wrong).returncode == 0
    told = linted(wrong)
    assert 'property "tokn" is not defined' in told and '"node20" is deprecated' in told


@NAMES
def test_it_has_the_fewest_rights_and_an_end(path: Path) -> None:
    whole = yaml.safe_load(path.read_text("utf-8"))
    assert whole["permissions"]["contents"] == "read"
    assert all(job["timeout-minutes"] <= 30 for job in whole["jobs"].values())


@NAMES
def test_a_text_of_somebody_elses_never_stands_in_a_script(path: Path) -> None:
    # GitHub puts an expression into a script before the shell reads it: a branch's name could run.
    assert not [step["run"] for step in steps(path) if "${{" in step.get("run", "")]


@NAMES
def test_what_it_runs_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for step in steps(path):
        for command in re.findall(r"\bfrontier (\w+)", step.get("run", "")):
            assert command in cli.EXAMPLES, command
        for target in re.findall(r"^\s*make (\w+)$", step.get("run", ""), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
