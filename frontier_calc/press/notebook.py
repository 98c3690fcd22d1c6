"""A page as a notebook that has been run: what the weave found takes the place of a kernel.

MyST-NB reads a page through :func:`read`, its own extension point for notebook formats, and gets the cells with their
outputs; a value in the prose is answered by :class:`Value`, in place of a kernel that waits for questions. Built by
Jupyter Book alone, with execution on, neither is in use: kernels run, and say the same.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_nb.ext.eval import EvalRoleAny
from myst_parser.config.main import MdParserConfig
from nbformat import NotebookNode, v4
from sphinx.application import Sphinx

from frontier_calc.book import blocks
from frontier_calc.book.blocks import Picture, Span, Verbatim
from frontier_calc.book.charts import MIME as CHART
from frontier_calc.press import site
from frontier_calc.press.weave import Output, Woven

# MyST-NB hands a reader the text alone. Sphinx says before each page which one comes, in the process that reads it.
_pages: dict[str, Woven] = {}
_config: list[MdParserConfig] = []
_now: list[str] = []
HANDED = "Handed"
_bundles: dict[int, dict[str, Any]] = {}  # what the cells of the page show, by number
_answers: dict[str, deque[Span]] = defaultdict(deque)


def hand(woven: Iterable[Woven]) -> None:
    """Hand the woven pages to whoever reads them next."""
    _pages.clear()
    _pages.update({page.page.docname: page for page in woven})


def begin(app: Sphinx, docname: str, source: list[str]) -> None:
    """The page ``docname`` is about to be read."""
    _now[:] = [docname]
    _config[:] = [getattr(app.env, "myst_config")]  # noqa: B009 - MyST's own addition to the environment
    _answers.clear()
    if docname in _pages:
        for expression, shown in _pages[docname].values:
            _answers[expression].append(shown)


def read(text: str) -> NotebookNode:
    """The page that is being read, its cells with what the weave found them to show."""
    if not is_myst_markdown_notebook(text):
        plain: NotebookNode = v4.new_notebook(cells=[v4.new_markdown_cell(text)])
        return plain
    notebook: NotebookNode = read_myst_markdown_notebook(text, config=_config[0], add_source_map=True, path=_now[0])
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    woven = _pages.get(_now[0])
    for place, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{place}"  # the same in each build, so that a site changes only where the book does
    outputs = iter(woven.outputs if woven else ())
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
        cell.execution_count = count
        cell.outputs = _outputs(next(outputs, Output()), count)
    return notebook


def handed(data: dict[str, Any]) -> dict[str, Any]:
    """The data behind what a notebook of ours holds in its place: MyST-NB writes each notebook down, twice the size."""
    return _bundles[data["at"]] if data["is"] == HANDED else {blocks.MIME: data}


def _outputs(output: Output, count: int) -> list[NotebookNode]:
    """What a cell showed, as a kernel would have sent it."""
    made = []
    if output.printed:
        made.append(v4.new_output("stream", name="stdout", text=output.printed))
    if output.value is not None:
        data = bundle(output.value)
        if CHART in data or blocks.MIME in data:
            _bundles[count] = data
            data = {blocks.MIME: {"is": HANDED, "at": count}}
        made.append(v4.new_output("execute_result", data=data, execution_count=count))
    return made


def bundle(value: Any) -> dict[str, Any]:
    """A value as data of the kinds that the site draws."""
    shown = blocks.shown(value)
    if isinstance(shown, Picture) or (isinstance(shown, Verbatim) and hasattr(value, "_repr_mimebundle_")):
        drawn: dict[str, Any] = value._repr_mimebundle_()
        return {CHART: drawn[CHART]} if CHART in drawn else drawn
    if isinstance(shown, Verbatim) or isinstance(value, str):
        return {"text/plain": repr(value)}
    return {blocks.MIME: blocks.as_json(shown)}


class Value(EvalRoleAny):  # type: ignore[misc] # MyST-NB brings no types
    """``{eval}`name```: what the weave found, or, where no page was handed on, what a kernel answers."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The value as a node of the page."""
        answers = _answers.get(" ".join(self.text.split()))
        if not answers:
            asked: tuple[list[nodes.Node], list[nodes.system_message]] = super().run()
            return asked
        return [site.spans_node(blocks.as_json(answers.popleft()))], []
