"""nbval for MyST notebooks: every cell and every value in the prose, in a real kernel, against what the weave shows.

A golden text ``tests/reference/EDITION/PAGE.txt`` is a test file: it is collected, and its page is woven and, with
FRONTIER_EDITION=EDITION, run in a kernel. The woven text must be the golden one, and each output of the kernel that of
the weave. ``frontier accept`` renews the golden texts.
"""

import json
import os
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest
from nbval.plugin import CURRENT_ENV_KERNEL_NAME, IPyNbCell, IPyNbFile, NbCellError, RunningKernel

from frontier_calc.book import blocks, text
from frontier_calc.book.charts import MIME as CHART
from frontier_calc.press import diff, diff_words, notebook, snapshot, weave
from frontier_calc.press.accept import FIRST
from frontier_calc.press.pages import Page, all_pages
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.press.weave import Output, Woven
from frontier_calc.record import reading

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "tests" / "reference"
EVAL = re.compile(r"\{eval\}`([^`]+)`")
PLAIN = "text/plain"

Shown = dict[str, Any]  # what an output shows: the text printed, or the value in the form that the site draws


def cells_of(path: Path) -> list[nbformat.NotebookNode]:
    """The cells of a page to run, in order; each value in the prose becomes a cell of its own."""
    found = []
    where = "top"
    for cell in jupytext.read(path, fmt="md:myst").cells:
        if cell.cell_type == "code":
            cell.metadata.update(where=where, kind="cell")
            found.append(cell)
        if cell.cell_type != "markdown":
            continue
        for line in cell.source.splitlines():
            heading = re.match(r"#+ (.*)", line)
            where = heading[1] if heading else where
            metadata = {"where": where, "kind": "value"}
            found += [nbformat.v4.new_code_cell(expression, metadata=metadata) for expression in EVAL.findall(line)]
    return found


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ReferenceFile | None":
    """A golden text of a page in the first edition is a test file.

    In the working edition the whole book is built with real kernels (``test_site.py``): each edition runs in them once.
    Exercises run there alone; what they say in every edition is held by ``test_exercises.py``.
    """
    is_exercise = file_path.name.startswith("exercises-")
    if file_path.suffix == ".txt" and file_path.parent == REFERENCE / FIRST and not is_exercise:
        return ReferenceFile.from_parent(parent, path=file_path)
    return None


class Expected:
    """What the weave of a page shows: each code cell in order, and for each expression in the prose its values in order."""

    def __init__(self, woven: Woven) -> None:
        self.cells = deque(woven.outputs)
        self.values: dict[str, deque[blocks.Span]] = defaultdict(deque)
        for expression, span in woven.values:
            self.values[" ".join(expression.split())].append(span)

    def of(self, cell: nbformat.NotebookNode) -> list[Shown]:
        """What a cell should show."""
        if cell.metadata["kind"] == "cell":
            return _of_output(self.cells.popleft())
        span = self.values[" ".join(cell.source.split())].popleft()
        if isinstance(span, str):
            return [{PLAIN: repr(span)}]
        return [{blocks.MIME: blocks.as_json(span)}]


def _of_output(output: Output) -> list[Shown]:
    found: list[Shown] = [{"printed": output.printed}] if output.printed else []
    if output.value is not None:
        found.append(notebook.bundle(output.value))
    return json.loads(json.dumps(found))


def _of_kernel(outputs: list[Any]) -> list[Shown]:
    """What a kernel's outputs show: of several forms of a value the one that the site draws."""
    found: list[Shown] = []
    printed = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
    if printed:
        found.append({"printed": printed})
    for output in outputs:
        data = output.get("data", {})
        form = next((form for form in (CHART, blocks.MIME, PLAIN) if form in data), None)
        if form:
            found.append({form: json.loads(json.dumps(data[form]))})
    return found


class ReferenceFile(IPyNbFile):
    """One page in one edition."""

    page: Page
    edition: str

    def collect(self) -> Iterator[pytest.Item]:
        self.edition = self.path.parent.name
        pages = {page.name: page for page in all_pages(ROOT)}
        if self.path.stem not in pages:
            raise pytest.UsageError(f"{self.path}: the book has no page {self.path.stem}; delete this text")
        self.page = pages[self.path.stem]
        yield SameText.from_parent(self, name="the text is the accepted one")
        for number, cell in enumerate(cells_of(self.page.path)):
            cell.execution_count = 1  # without one, nbval would not compare
            name = f"{cell.metadata['kind']} {number} in '{cell.metadata['where']}'"
            options = {"check": True, "skip": False, "check_exception": False}
            yield PageCell.from_parent(self, name=name, cell_num=number, cell=cell, options=options)

    def setup(self) -> None:
        on = reading.edition(self.edition)
        self.woven = weave.weave(self.page, on)
        self.expected = Expected(self.woven)
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


class SameText(pytest.Item):
    """The woven text is the golden one."""

    parent: ReferenceFile

    def runtest(self) -> None:
        woven = self.parent.woven
        golden = self.parent.path.read_text(encoding="utf-8")
        if woven.text + "\n" == golden:
            return
        name = woven.page.name
        before = Snapshot("accepted", None, {name: snapshot.of_text(name, golden)}, {})
        now = Snapshot("now", None, {name: snapshot.of_page(woven)}, {})
        moved = diff_words.terminal(diff.compare(before, now), every=True)
        place = f"{woven.page.relative} [{self.parent.edition}]"
        pytest.fail(f"{place} does not say what was accepted:\n{moved}\nIf that is meant, run  frontier accept", False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.parent.page.relative} [{self.parent.edition}] {self.name}"


class PageCell(IPyNbCell):
    """One cell, or one value in the prose."""

    def compare_outputs(self, test: list[Any], ref: list[Any], skip_compare: Any = None) -> bool:
        """True where the kernel shows what the weave shows; nbval's own references are not in use."""
        self.shown = _of_kernel(test)
        self.expected = self.parent.expected.of(self.cell)
        self.comparison_traceback = []
        return self.shown == self.expected

    def repr_failure(self, excinfo: Any) -> str:
        place = f"{self.parent.page.relative} [{self.parent.edition}], {self.name}"
        if not isinstance(excinfo.value, NbCellError) or "outputs differ" not in str(excinfo.value):
            return f"{place}\n{super().repr_failure(excinfo)}"
        lines = [f"{place}, {self.cell.source.splitlines()[-1]}: the kernel shows something else than the weave"]
        woven = as_text(self.expected).splitlines()
        kernel = as_text(self.shown).splitlines()
        if woven == kernel:
            woven = json.dumps(self.expected, indent=1, sort_keys=True, ensure_ascii=False).splitlines()
            kernel = json.dumps(self.shown, indent=1, sort_keys=True, ensure_ascii=False).splitlines()
            lines.append("  the words are the same, the data behind them is not:")
        lines += [f"  - {line}" for line in woven if line not in kernel]
        lines += [f"  + {line}" for line in kernel if line not in woven]
        return "\n".join(lines)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.parent.page.relative} [{self.parent.edition}] {self.name}"


def as_text(several: list[Shown]) -> str:
    """What outputs show, in plain text for a message."""
    parts = []
    for shown in several:
        for form, data in shown.items():
            if form == CHART:
                parts.append(data.get("description", ""))
            elif form == blocks.MIME:
                part = blocks.from_json(data)
                is_span = isinstance(part, blocks.Span)
                parts.append(text.of_spans([part]) if is_span else text.of_block(part))
            else:
                parts.append(str(data))
    return "\n".join(parts)
