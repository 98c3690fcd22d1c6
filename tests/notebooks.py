"""nbval for MyST notebooks: every cell and every value in the prose, in a real kernel, against what was accepted.

A reference file ``tests/reference/EDITION/PAGE.json`` is a test file: it is collected, its notebook is run with
FRONTIER_EDITION=EDITION, and each output is compared. ``frontier accept`` renews them (pytest option --renew).
"""

import json
import os
import re
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbval.plugin import CURRENT_ENV_KERNEL_NAME, IPyNbCell, IPyNbFile, NbCellError, RunningKernel

from frontier_calc.press.pages import all_pages

ROOT = Path(__file__).resolve().parents[1]
text_of = str
REFERENCE = ROOT / "tests" / "reference"
EVAL = re.compile(r"\{eval\}`([^`]+)`")
NO_ANSWER = "no reference outputs; run  frontier accept"


def notebook(path: Path):
    """The cells of a page to run, in order; each value in the prose becomes a cell of its own."""
    nb = jupytext.read(path, fmt="md:myst")
    found, where = [], "top"
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if heading := re.match(r"#+ (.*)", line):
                    where = heading[1]
                for expression in EVAL.findall(line):
                    metadata = {"where": where, "kind": "value"}
                    found.append(nbformat.v4.new_code_cell(expression, metadata=metadata))
        elif cell.cell_type == "code":
            cell.metadata.update(where=where, kind="cell")
            found.append(cell)
    nb.cells = found
    return nb


def pytest_addoption(parser) -> None:
    parser.addoption("--renew", action="store_true", help="renew the notebooks' reference outputs")


def pytest_collect_file(file_path: Path, parent):
    if file_path.suffix == ".json" and file_path.parent.parent == REFERENCE:
        return ReferenceFile.from_parent(parent, path=file_path)
    return None


class ReferenceFile(IPyNbFile):
    """One page in one edition."""

    def collect(self):
        self.edition = self.path.parent.name
        self.page = {page.name: page for page in all_pages(ROOT)}.get(self.path.stem)
        self.renewed: list[dict] = []
        if self.page is None:
            raise pytest.UsageError(f"{self.path}: the book has no page {self.path.stem}; delete this reference")
        self.nb = notebook(self.page.path)
        references = json.loads(self.path.read_text(encoding="utf-8")) if not self.config.option.renew else []
        if not self.config.option.renew:
            yield SameCells.from_parent(self, name="cells are those of the reference", references=references)
        for number, cell in enumerate(self.nb.cells):
            same = next((r for r in references[number : number + 1] if r["source"] == cell.source), None)
            cell.execution_count = 1  # without one, nbval would not compare
            cell.outputs = [nbformat.from_dict(_as_output(o)) for o in (same or {}).get("outputs", [])]
            name = f"{cell.metadata['kind']} {number} in '{cell.metadata['where']}'"
            options = {"check": same is not None, "skip": False, "check_exception": False}
            yield PageCell.from_parent(self, name=name, cell_num=number, cell=cell, options=options)

    def setup(self) -> None:
        before = {name: os.environ.get(name) for name in ("FRONTIER_EDITION", "PYTHONPATH")}
        os.environ.update(FRONTIER_EDITION=self.edition, PYTHONPATH=str(ROOT))
        try:  # the kernel inherits the environment in which it is started
            self.kernel = RunningKernel(CURRENT_ENV_KERNEL_NAME, cwd=str(self.page.path.parent), startup_timeout=60)
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

    def teardown(self) -> None:
        super().teardown()
        if self.config.option.renew and len(self.renewed) == len(self.nb.cells):
            text = json.dumps(self.renewed, indent=1, sort_keys=True, ensure_ascii=False)
            self.path.write_text(text + "\n", encoding="utf-8")


def _as_output(output: dict) -> dict:
    count = {"execution_count": 1} if output["output_type"] == "execute_result" else {}
    return {**output, "metadata": {}, **count} if "data" in output else output


class SameCells(pytest.Item):
    """The cells are still those of the reference, in the same order."""

    def __init__(self, references: list[dict], **kwargs) -> None:
        super().__init__(**kwargs)
        self.references = references

    def runtest(self) -> None:
        page, now = self.parent.page.relative, [cell.source for cell in self.parent.nb.cells]
        before = [reference["source"] for reference in self.references]
        if now and not before:
            pytest.fail(f"{page}: {NO_ANSWER}", pytrace=False)
        if now != before:
            at = next(
                (n for n, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), min(len(before), len(now))
            )
            old, new = (cells[at].splitlines()[0] if at < len(cells) else "(nothing)" for cells in (before, now))
            pytest.fail(f"{page}: its cells changed ({len(before)} before, {len(now)} now), first at number {at}:\n"
                        f"  - {old}\n  + {new}\nIf that is meant, run  frontier accept", pytrace=False)  # fmt: skip

    def reportinfo(self):
        return self.path, 0, f"{self.parent.page.relative} [{self.parent.edition}] {self.name}"


class PageCell(IPyNbCell):
    """One cell, or one value in the prose."""

    def runtest(self) -> None:
        super().runtest()
        if self.config.option.renew:
            outputs = json.loads(json.dumps(self.test_outputs))
            for output in outputs:
                for key in ("execution_count", "metadata", "transient"):
                    output.pop(key, None)
            self.parent.renewed.append(
                {"where": self.cell.metadata["where"], "source": self.cell.source, "outputs": outputs}
            )

    def repr_failure(self, excinfo) -> str:
        place = f"{self.parent.page.relative} [{self.parent.edition}], {self.name}"
        if not isinstance(excinfo.value, NbCellError) or "outputs differ" not in str(excinfo.value):
            return f"{place}\n{super().repr_failure(excinfo)}"
        old, new = as_text(self.cell.outputs), as_text(self.test_outputs)
        if old == new:
            return f"{place}: same text, other markup or chart data\n{super().repr_failure(excinfo)}"
        lines = [f"{place}, {self.cell.source.splitlines()[-1]}"]
        olds, news = old.splitlines(), new.splitlines()
        lines += [f"  - {line}" for line in olds if line not in news]
        lines += [f"  + {line}" for line in news if line not in olds]
        return "\n".join([*lines, "If that is meant, run  frontier accept"])

    def reportinfo(self):
        return self.path, 0, f"{self.parent.page.relative} [{self.parent.edition}] {self.name}"


def as_text(outputs: list) -> str:
    """The outputs of a cell as plain text, for a message or a list of changes."""
    parts = []
    for output in outputs or ():
        data = output.get("data", {})
        parts.append(
            text_of(data["text/html"]) if "text/html" in data else data.get("text/plain", output.get("text", ""))
        )
    return "\n".join(parts)
