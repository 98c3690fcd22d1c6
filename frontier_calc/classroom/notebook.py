"""In a notebook: a figure's card below its cell, mistakes in a few lines, completion, and charts without a network.

Nothing here imports IPython, Altair or pandas: it is called where IPython runs already, and waits for the others.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from frontier_calc.classroom import meant, mistakes
from frontier_calc.errors import Readable
from frontier_calc.figure import Figure

IN_JUPYTERLAB = "JPY_SESSION_NAME"  # what a Jupyter server tells the kernels of its notebooks
VEGA = "application/vnd.vegalite.v5+json"  # what JupyterLab draws by itself
SERIES_OF = (
    *("latest", "at", "find_at", "awaited", "together", "history", "matched", "projection"),
    *("series", "frame", "observe", "explain"),
)
WITH_PERIOD = ("at", "find_at", "awaited", "projection", "history", "observe")
TYPED = re.compile(r"\b(?P<asks>\w+)\((?P<before>[^()]*?)(?P<quote>[\"'])(?P<typed>[^\"']*)$")
OF_MODULE = re.compile(r"(?<![\w.])(?P<module>\w+)\.(?P<typed>\w*)$")
NAMED = re.compile(r"[\"']([a-z0-9-]+)[\"']")


def register() -> None:
    """Teach the notebook in which we run, if we do, how a student is helped. A second time changes nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    if shell is None or getattr(shell, "frontier_helps", False):
        return
    shell.frontier_helps = True
    _show_cards(shell)
    _shorten_mistakes(shell)
    shell.Completer.custom_matchers.append(_matcher(shell))
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type_by_name("altair.vegalite.v6.api", "TopLevelMixin", draw_offline)


# Cards.


def _show_cards(shell: Any) -> None:
    """A figure below a cell is its card; the value of an expression in the prose stays the words alone."""
    in_prose: list[bool] = []
    evaluate: Callable[[Any], Any] = shell.user_expressions

    def user_expressions(expressions: Any) -> Any:
        in_prose.append(True)
        try:
            return _plain(evaluate(expressions)) if IN_JUPYTERLAB in os.environ else evaluate(expressions)
        finally:
            in_prose.pop()

    def card(figure: Figure) -> str:
        return figure._repr_html_() if in_prose else figure.explain()._repr_html_()

    def text(figure: Figure, printer: Any, cycle: bool) -> None:
        from frontier_calc.classroom import explaining

        if in_prose:
            printer.text(str(figure))
        else:
            printer.text(repr(figure) if printer.indentation else explaining.in_short(figure))

    shell.user_expressions = user_expressions
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type(Figure, card)
    formatters["text/plain"].for_type(Figure, text)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values of expressions as text alone: JupyterLab sets HTML apart from the sentence, as a box with its own lines."""
    for value in values.values():
        data = value.get("data", {})
        if str(data.get("text/html", "")).startswith("<span"):
            value["data"] = {"text/plain": data["text/plain"]}
    return values


# Mistakes.


def _shorten_mistakes(shell: Any) -> None:
    """Every error of a cell in five lines at most; ``%tb`` still shows all of Python's own."""
    whole: Callable[..., Any] = shell.showtraceback

    def tell(shell: Any, etype: type[BaseException], error: BaseException, trace: Any, tb_offset: Any = None) -> None:
        sys.last_type, sys.last_value, sys.last_traceback = etype, error, trace
        try:
            lines = [] if etype.__name__ == "UsageError" else mistakes.told(error, shell.user_ns)
        except Exception:  # noqa: BLE001 - an object that cannot even be shown must not hide what went wrong
            lines = []
        if not lines:
            whole((etype, error, trace))
        else:
            shell._showtraceback(etype, error, lines)  # noqa: SLF001 - how IPython's own handlers show theirs

    shell.set_custom_exc((Exception,), tell)


# Completion.


def _matcher(shell: Any) -> Callable[[Any], Any]:
    """What IPython asks for completions: what our modules have, and names of series, periods and more between quotes."""
    completer = sys.modules["IPython.core.completer"]

    @completer.context_matcher(identifier="frontier")  # type: ignore[untyped-decorator] # IPython comes without us
    def match(context: Any) -> Any:
        line = _typed(context)
        typed, found = completions(line, shell.user_ns)
        kind = "function" if OF_MODULE.search(line) else "series"
        options = [completer.SimpleCompletion(text=each, type=kind) for each in found]
        return {"completions": options, "matched_fragment": typed, "suppress": bool(options)}

    return match  # type: ignore[no-any-return]


def _typed(context: Any) -> str:
    """The line as far as the cursor."""
    return str(context.line_with_cursor[: context.cursor_position])


def completions(line: str, names: Mapping[str, Any] = MappingProxyType({})) -> tuple[str, list[str]]:
    """What has been typed of a name between quotation marks, or behind a module of ours, and the names that go on so.

    ``names`` are those of the notebook. Of a module only what a reader may call is offered: most that it has is for us.

    >>> completions('pace = fc.at("anthropic-gross-net-gap", "20')
    ('20', ['2026-04'])
    >>> completions('fc.latest("anthropic-gross-n')
    ('anthropic-gross-n', ['anthropic-gross-net-gap'])
    """
    of_module = OF_MODULE.search(line)
    if of_module is not None and meant.is_ours(names.get(of_module["module"])):
        there = sorted(names[of_module["module"]].__all__)
        return of_module["typed"], [name for name in there if name.startswith(of_module["typed"])]
    found = TYPED.search(line)
    if found is None:
        return "", []
    fitting = _names(found["asks"], NAMED.findall(found["before"]))
    return found["typed"], [name for name in fitting if name.startswith(found["typed"])]


def _names(asks: str, before: list[str]) -> Iterable[str]:
    """What the function ``asks`` may be given after the texts ``before``."""
    from frontier_calc.record.reading import current

    on = current()
    if asks in WITH_PERIOD and before:
        return sorted({row.period.text for row in on.known(before[0])}) if before[0] in on.store.series else []
    if asks in SERIES_OF:
        return sorted(on.store.series)
    by_name: dict[str, Iterable[str]] = {
        "edition": on.store.editions,
        "landmark": on.store.landmarks,
        "event": on.store.events,
        "awaited_event": on.store.events,
    }
    return sorted(by_name.get(asks, ()))


# Charts of the student's own.


class ChartError(Readable, ValueError):
    """A chart of the student's own cannot be drawn; the message says what it needs."""


def draw_offline(chart: Any, include: Any = None, exclude: Any = None) -> dict[str, Any]:
    """An Altair chart as data that JupyterLab draws by itself; a renderer that was chosen by name is left alone.

    Raises ChartError where the data are figures: a chart takes plain columns.
    """
    altair = sys.modules["altair"]
    if altair.renderers.active not in ("default", "html"):
        bundle = chart._repr_mimebundle_(include, exclude)
        return dict(bundle or {})
    try:
        _need_plain(chart)
        drawn = chart.to_dict()
    except Exception as error:  # noqa: BLE001 - whatever another library finds wrong, a student is told in two lines
        raise ChartError(
            f"{mistakes.first_line(error)}\n"
            'Charts take plain columns: alt.Chart(fc.frame("anthropic-revenue-run-rate")).mark_line().encode(x="until", y="value")'
        ) from None
    drawn.pop("$schema", None)  # a newer one than JupyterLab's, of which we use nothing new
    return {VEGA: drawn, "text/plain": repr(type(chart).__name__)}


def _need_plain(chart: Any) -> None:
    """Raise ChartError where a column holds figures: Altair would take each for its words."""
    data = getattr(chart, "data", None)
    columns = data.items() if data is not None and hasattr(data, "columns") else ()
    for column, cells in columns:
        if any(isinstance(cell, Figure) for cell in cells):
            raise ChartError(f"the column {column!r} holds figures, and a chart is drawn of plain numbers.")
    for kind in ("layer", "hconcat", "vconcat", "concat"):
        parts = getattr(chart, kind, None)
        for part in parts if isinstance(parts, list) else ():
            _need_plain(part)
