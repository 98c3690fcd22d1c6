"""Weaving: a page with every number in place, worked out in this process, without a kernel.

The same cells run in Binder and in the built site under a kernel; a test holds the texts together, page by page.
"""

import ast
import contextlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

from frontier_calc import claims
from frontier_calc.book.sheet import named
from frontier_calc.claim_cells import is_claim, parse_claim
from frontier_calc.claims import Claim, ClaimError
from frontier_calc.errors import did_you_mean
from frontier_calc.figure import Figure
from frontier_calc.press import pages
from frontier_calc.press.pages import Page, PageError, escaped, message_of
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Event
from frontier_calc.rulers import Ruler
from frontier_calc.words import Worded

NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)?")


@dataclass
class Woven:
    """A page as its readers see it in one edition, and what stands behind it."""

    page: Page
    reading: Reading
    html: str = ""
    figures: dict[str, Figure] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    shown: dict[str, Figure] = field(default_factory=dict)  # by key: all that the page shows, with a name or without
    values: list[tuple[str, str]] = field(default_factory=list)  # each expression in the prose, and what it says

    @property
    def text(self) -> str:
        """The page in plain text."""
        return pages.text_of(self.html)

    @property
    def addresses(self) -> dict[str, Figure]:
        """The page's figures by address, such as ledger-2/best-month."""
        return {f"{self.page.name}/{name.replace('_', '-')}": figure for name, figure in self.figures.items()}


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook, with the line of the file at which its text begins."""

    kind: str
    source: str
    line: int
    tags: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def _cells(path: Path, changed: int) -> tuple[Cell, ...]:
    import jupytext

    text = path.read_text(encoding="utf-8")
    found, position = [], 0
    for cell in jupytext.reads(text, fmt="md:myst").cells:
        start = text.find(cell.source, position)
        position = start + len(cell.source) if start >= 0 else position
        line = text.count("\n", 0, max(start, 0)) + 1
        found.append(Cell(cell.cell_type, cell.source, line, tuple(cell.metadata.get("tags", ()))))
    return tuple(found)


def cells(page: Page) -> tuple[Cell, ...]:
    """The cells of a page, parsed once until the file changes."""
    return _cells(page.path, _changed(page))


def _changed(page: Page) -> int:
    if not page.path.exists():
        raise PageError("_toc.yml", 1, f"found {page.docname}, expected a file {page.relative}")
    return page.path.stat().st_mtime_ns


def weave(page: Page, on: Reading) -> Woven:
    """Run one page. Raises PageError, naming file and line, at the first thing wrong.

    A page with a ledger sheet is asked for by the pages that list, and rests on its own file and the reading: it is
    run once for both. Not so while claims are collected: whoever does means every run.
    """
    if has_sheet(page) and claims.collected is None:
        return _run_once(page, on, _changed(page))
    return _run_page(page, on)


@lru_cache(maxsize=64)
def _run_once(page: Page, on: Reading, changed: int) -> Woven:
    return _run_page(page, on)


def _run_page(page: Page, on: Reading) -> Woven:
    woven, names, parts = Woven(page, on), {"__name__": "__main__"}, []

    def value(expression: str) -> str:
        found = _value(expression, names)
        markup = shown(found)
        woven.shown.update(figures_in(found))
        woven.values.append((expression, pages.text_of(markup)))
        return markup

    with reading.use(on), contextlib.chdir(page.path.parent):  # as in a kernel, which starts in the page's folder
        for cell in cells(page):
            if cell.kind == "markdown":
                parts.append(pages.to_html(cell.source, cell.line, page, value))
            elif cell.kind == "code":
                printed, result = _run(cell, names, page)
                if not {"remove-cell", "remove-output"} & set(cell.tags):
                    parts += [f"<pre>{escaped(printed)}</pre>"] * bool(printed)
                    parts += [shown(result)] * (result is not None)
                    woven.shown.update(figures_in(result))
                for kind, found in ((Figure, woven.figures), (Claim, woven.claims), (Event, woven.events)):
                    found.update(named(names, kind))
    woven.html = "\n".join(parts)
    return woven


def weave_all(on: Reading, root: Path | None = None, only: Iterable[str] = ()) -> list[Woven]:
    """Every page of the book, or those named, in the order of its contents."""
    every, wanted = pages.all_pages(root or pages.find_root()), list(only)
    for name in wanted:
        if name not in (names := [page.name for page in every]):
            raise PageError("_toc.yml", 1, f"found no page {name!r}, expected one of {', '.join(names)}")
    return [weave(page, on) for page in every if not wanted or page.name in wanted]


def has_sheet(page: Page) -> bool:
    """True for a page that closes with a ledger sheet: one that another page can tell about."""
    return any("book.ledger_sheet(" in cell.source for cell in cells(page) if cell.kind == "code")


def told_pages(on: Reading) -> list[Woven]:
    """The pages with a ledger sheet, for a page that tells about them.

    Pages without a sheet are lists made of these, and would otherwise ask for one another without end.
    """
    return [weave(page, on) for page in pages.all_pages(pages.find_root()) if has_sheet(page)]


@contextlib.contextmanager
def collecting_claims():
    """Inside, claims that do not hold are collected instead of raised."""
    before, claims.collected = claims.collected, []
    try:
        yield claims.collected
    finally:
        claims.collected = before


def figures_in(value: Any) -> dict[str, Figure]:
    """The figures that a value shows, by key: itself, those of a claim's sentence, the cells of a table or a chart."""
    if isinstance(value, Worded):
        return {value.figure.key: value.figure}
    if isinstance(value, Figure):
        return {value.key: value}
    parts = value.figures.values() if isinstance(value, Claim) else getattr(value, "figures", ())
    return {key: figure for part in parts for key, figure in figures_in(part).items()}


def _value(expression: str, names: dict[str, Any]) -> Any:
    """The object that a value in the prose shows. Raises LookupError saying what was expected."""
    if not NAME.fullmatch(expression):
        raise LookupError(
            f"found {{eval}}`{expression}`, expected a name or one attribute of it; let the cell above do the work"
        )
    name, _, attribute = expression.partition(".")
    if name not in names:
        near = did_you_mean(name, [known for known in names if not known.startswith("__")])
        raise LookupError(f"found {{eval}}`{expression}`, expected a name made in a cell above{near}")
    value = names[name]
    if attribute:
        try:
            value = getattr(value, attribute)
        except AttributeError as error:
            raise LookupError(f"found {{eval}}`{expression}`: {error}") from None
    if not isinstance(value, Figure | Worded | Claim) and (
        callable(value) or value is None or isinstance(value, int | float | Ruler)
    ):
        raise LookupError(f"found {{eval}}`{expression}`, which is {value!r}, expected a figure, a claim or a text")
    return value


def shown(value: Any) -> str:
    """What a value shows on the page: its own HTML, or its text."""
    if callable(getattr(value, "html", None)):  # a chart, whose notebook draws it by other means
        return value.html()
    if hasattr(value, "_repr_html_"):
        return value._repr_html_()
    return f"<span>{escaped(value)}</span>" if isinstance(value, str) else f"<pre>{escaped(repr(value))}</pre>"


def _run(cell: Cell, names: dict[str, Any], page: Page) -> tuple[str, Any]:
    """Run a code cell; what it prints, and the value of its last line where the page shows it."""
    if is_claim(cell.source):
        _claim(cell, names, page)
        return "", None
    printed = io.StringIO()
    try:
        tree = ast.parse(cell.source, page.relative)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, page.relative, "exec"), names)
            result = eval(compile(ast.Expression(last.value), page.relative, "eval"), names) if last else None
    except SyntaxError as error:
        raise PageError(
            page.relative, cell.line + (error.lineno or 1) - 1, f"this is not Python: {error.msg}"
        ) from None
    except Exception as error:
        line = cell.line + _line_of(error, page.relative) - 1
        kind = "" if isinstance(error, ClaimError | ValueError | LookupError) else f"{type(error).__name__}: "
        raise PageError(page.relative, line, f"{kind}{message_of(error)}") from None
    return printed.getvalue(), None if cell.source.rstrip().endswith(";") else result


def _claim(cell: Cell, names: dict[str, Any], page: Page) -> None:
    """Make the claim of a cell of prose. Raises PageError at the line at fault."""
    try:
        written = parse_claim(cell.source)
        names[written.name] = written.make(names)
    except ClaimError as error:
        raise PageError(page.relative, cell.line + error.line - 1, str(error)) from None


def _line_of(error: BaseException, file: str) -> int:
    """The line of the cell in which an exception arose."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else 1
