"""Weaving: a page with every number in place, worked out in this process, without a kernel.

The same cells run in Binder, and in a build by Jupyter Book alone, under a kernel; a test holds the texts together, page
by page. A page is run once for each reading: whatever else needs it is handed the woven page.
"""

import ast
import contextlib
import io
import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Any
from weakref import WeakKeyDictionary

from frontier_calc import claims
from frontier_calc.book import blocks, exercise_cells, facts, html, text
from frontier_calc.book.blocks import Block, Span, Verbatim
from frontier_calc.book.exercise_cells import ExerciseError
from frontier_calc.book.facts import Facts
from frontier_calc.book.sheet import Sheet, anchor, awaits, named
from frontier_calc.claim_cells import is_claim, parse_claim
from frontier_calc.claims import Claim, ClaimError
from frontier_calc.errors import did_you_mean
from frontier_calc.figure import Figure
from frontier_calc.press import markdown, pages, progress, shelved
from frontier_calc.press.pages import Page, PageError, message_of
from frontier_calc.record import reading
from frontier_calc.record.files import conflict_marker
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Event, Store
from frontier_calc.rulers import Ruler
from frontier_calc.words import Worded

NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)?")
SILENT = {"remove-cell", "remove-output"}  # tags of cells that show nothing


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook, with the line of the file at which its text begins."""

    kind: str
    source: str
    line: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Output:
    """What a code cell showed: what it printed, and the value of its last line."""

    printed: str = ""
    value: Any = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The output as blocks."""
        made: list[Block] = [Verbatim(self.printed)] if self.printed else []
        if self.value is not None:
            shown = blocks.shown(self.value)
            made.append(_as_block(shown))
        return tuple(made)


def _as_block(shown: Span | Block | blocks.Cell) -> Block:
    """What a cell shows, as a block: words become a paragraph."""
    if isinstance(shown, blocks.Cell):
        return blocks.Paragraph(shown.spans)
    if isinstance(shown, (str, *blocks.SPANS)):
        return blocks.Paragraph((shown,))
    return shown


@dataclass
class Woven:
    """A page as its readers see it in one reading, and what stands behind it."""

    page: Page
    reading: Reading
    blocks: tuple[Block, ...] = ()
    figures: dict[str, Figure] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    shown: dict[str, Figure] = field(default_factory=dict)  # by key: all that the page shows, with a name or without
    values: list[tuple[str, Span]] = field(default_factory=list)  # each expression in the prose, and what it shows
    outputs: list[Output] = field(default_factory=list)  # one for each code cell
    open: list[PageError] = field(default_factory=list)  # claims without words, where these are collected

    @property
    def text(self) -> str:
        """The page in plain text."""
        return text.of_blocks(self.blocks)

    @property
    def html(self) -> str:
        """The page as HTML, without the site around it."""
        return str(html.of_blocks(self.blocks))

    @property
    def title(self) -> str:
        """The page as its readers know it: "2. Reading the Books"."""
        numbered = re.fullmatch(r"ledger-(\d+)", self.page.name)
        headings = [block for block in self.blocks if isinstance(block, blocks.Heading) and block.level == 1]
        title = text.of_spans(headings[0].spans) if headings else self.page.name
        return f"{numbered[1]}. {title}" if numbered else title

    @cached_property
    def told(self) -> list[tuple[str, Figure, Facts]]:
        """The named figures of the page, each with what there is to tell of it: worked out once for all who tell it."""
        keys = [(name, figure.key) for name, figure in self.figures.items()]
        for output in self.outputs:
            # A cell below the sheet may have named another figure.
            if isinstance(output.value, Sheet) and [(name, it.key) for name, it, _ in output.value.told] == keys:
                return output.value.told
        return list(facts.told(self.figures, on=self.reading))

    @property
    def addresses(self) -> dict[str, Figure]:
        """The page's figures by address, such as ledger-2/best-month."""
        return {f"{self.page.name}/{anchor(name)}": figure for name, figure in self.figures.items()}


# The cells of a page.


@lru_cache(maxsize=64)
def _cells(page: Page, changed: int) -> tuple[Cell, ...]:
    source = page.path.read_text(encoding="utf-8")
    parsed = shelved.either(page.root, f"cells-{page.docname}", [version("jupytext"), source], lambda: _parsed(source))
    return tuple(Cell(kind, text, line, tuple(tags)) for kind, text, line, tags in parsed)


def _parsed(source: str) -> list[tuple[str, str, int, list[str]]]:
    """The cells of a page's file: kind, text, line and tags of each."""
    import jupytext

    found = []
    position = 0
    for cell in jupytext.reads(source, fmt="md:myst").cells:
        start = source.find(cell.source, position)
        if start >= 0:
            position = start + len(cell.source)
        line = source.count("\n", 0, max(start, 0)) + 1
        found.append((cell.cell_type, cell.source, line, list(cell.metadata.get("tags", ()))))
    return found


def cells(page: Page) -> tuple[Cell, ...]:
    """The cells of a page, parsed once until the file changes."""
    return _cells(page, _changed(page))


def _changed(page: Page) -> int:
    if not page.path.exists():
        raise PageError("_toc.yml", 1, f"found {page.docname}, expected a file {page.relative}")
    return page.path.stat().st_mtime_ns


def has_sheet(page: Page) -> bool:
    """True for a page that closes with a ledger sheet: one that another page can tell about."""
    return any("book.ledger_sheet(" in cell.source for cell in cells(page) if cell.kind == "code")


# Pages, each run once.


_woven: WeakKeyDictionary[Store, dict[tuple[object, ...], Woven]] = WeakKeyDictionary()
_unfinished: dict[tuple[Store, tuple[object, ...]], Woven] = {}  # while claims are collected


def weave(page: Page, on: Reading) -> Woven:
    """Run one page, once for a reading and a state of its file. Raises PageError at the first thing wrong.

    While claims are collected, a page of which one has no words is remembered until the collecting ends, and so is
    every page that may list what it says.
    """
    kept = _woven.setdefault(on.store, {})
    run = _run_of(page, on)
    found = kept.get(run) or _unfinished.get((on.store, run))
    if found is None:
        found = _run_page(page, on)
        if found.open or (_unfinished and not has_sheet(page)):
            _unfinished[on.store, run] = found
        else:
            kept[run] = found
    return found


def _run_of(page: Page, on: Reading) -> tuple[object, ...]:
    """What tells one run of a page from another: the reading, and the state of the files that it rests on."""
    # A page without a sheet lists what others tell, and changes with them.
    rests_on = [page] if has_sheet(page) else pages.all_pages(page.root)
    return (page, on.name, on.as_of, on.closing, *(_changed(each) for each in rests_on))


def naming(page: Page, on: Reading) -> Woven:
    """What a page names in a reading: its figures, claims and events, without its prose and what its cells show.

    For whoever asks for nothing else, in half the time; where the page was woven already, it is handed on. Raises
    PageError as :func:`weave` does for what it runs.
    """
    kept_runs = _woven.setdefault(on.store, {})
    run = _run_of(page, on)
    found = kept_runs.get(run) or kept_runs.get(("named", *run))
    if found is not None:
        return found
    woven = Woven(page, on)
    names: dict[str, Any] = {"__name__": "__main__"}
    kept: dict[str, Any] = {}
    with _in_its_place(page, on):
        for cell in cells(page):
            if cell.kind == "code":
                with _collecting_for(cell, woven):
                    _run(cell, names, page, shows=False)
                _keep(names, kept, woven)
    if woven.open:
        _unfinished[on.store, ("named", *run)] = woven
    else:
        kept_runs["named", *run] = woven
    return woven


def weave_all(on: Reading, root: Path | None = None, only: Iterable[str] = ()) -> list[Woven]:
    """Every page of the book, or those named, in the order of its contents."""
    every = pages.all_pages((root or pages.find_root()).resolve())
    names = [page.name for page in every]
    wanted = list(only)
    for name in wanted:
        if name not in names:
            raise PageError("_toc.yml", 1, f"found no page {name!r}, expected one of {', '.join(names)}")
    return [weave(page, on) for page in every if not wanted or page.name in wanted]


_handed: ContextVar[Path | None] = ContextVar("root", default=None)


def told_pages(on: Reading) -> list[Woven]:
    """The pages with a ledger sheet, for a page that tells about them; each was run once, and is handed on.

    Pages without a sheet are lists made of these, and would otherwise ask for one another without end.
    """
    every = pages.all_pages(_handed.get() or pages.find_root())
    return [weave(page, on) for page in every if has_sheet(page)]


def readable(on: Reading, root: Path) -> tuple[list[Woven], list[PageError]]:
    """Every page that can be read, and all that is wrong, each thing once.

    A claim without words for what has become true stops no page: a mark stands in the place of its sentence, and the
    page knows it as ``open``.
    """
    woven = []
    wrong: dict[object, PageError] = {}
    with collecting_claims():
        for page in pages.all_pages(root):
            try:
                woven.append(weave(page, on))
            except PageError as error:
                wrong.setdefault(error.finding, error.root)
                continue
            wrong |= {error.finding: error for error in woven[-1].open if error.finding not in wrong}
        elsewhere = [
            error for error in _open_elsewhere(on) if not any(_is_beside(error, other) for other in wrong.values())
        ]
    return woven, [*wrong.values(), *elsewhere]


def _open_elsewhere(on: Reading) -> Iterator[PageError]:
    """The claims without words in other readings, where a page asked what another one names in them."""
    for woven in _unfinished.values():
        if woven.reading.name != on.name:
            for error in woven.open:
                yield PageError(error.path, error.line, f"{error.message}  [{woven.reading.name}]")


def _is_beside(one: PageError, other: PageError) -> bool:
    return (str(one.path), one.line) == (str(other.path), other.line)


@contextlib.contextmanager
def collecting_claims() -> Iterator[None]:
    """Inside, claims without words for what has become true are collected by their pages, and not raised."""
    before = claims.collected
    claims.collected = []
    try:
        yield
    finally:
        claims.collected = before
        _unfinished.clear()


@contextlib.contextmanager
def _collecting_for(cell: Cell, woven: Woven) -> Iterator[None]:
    """Inside, the claims of a cell are collected for its page, where they are collected at all."""
    before = claims.collected
    if before is None:
        yield
        return
    broken: list[ClaimError] = []
    claims.collected = broken
    try:
        yield
    finally:
        claims.collected = before
    file = woven.page.relative
    for error in broken:
        line = next((line for name, line in error.through if name == file), error.line)
        woven.open.append(PageError(file, cell.line + line - 1, str(error)))


# One run.


def _run_page(page: Page, on: Reading) -> Woven:
    """Run the cells of a page and put their values into its prose, from top to bottom."""
    woven = Woven(page, on)
    names: dict[str, Any] = {"__name__": "__main__"}
    kept: dict[str, Any] = {}
    made: list[Block] = []
    notes = markdown.Notes()

    def value(expression: str) -> Span:
        found = _value(expression, names)
        shown = blocks.shown(found)
        if not isinstance(shown, Span):
            raise LookupError(f"found {{eval}}`{expression}`, which is {found!r}, expected what fits into a sentence")
        _refuse_awaited(f"{{eval}}`{expression}`", found)
        woven.shown.update(blocks.figures_in(found))
        woven.values.append((expression, shown))
        return shown

    with _in_its_place(page, on):
        for cell in cells(page):
            if cell.kind == "markdown":
                made += markdown.blocks_of(cell.source, cell.line, page, value, notes)
            elif cell.kind == "code":
                made += _run_cell(cell, names, kept, woven)
    woven.blocks = tuple(made)
    _need_lasting(woven, notes, names)
    return woven


@contextlib.contextmanager
def _in_its_place(page: Page, on: Reading) -> Iterator[None]:
    """Inside, cells run as in a kernel, which starts in the page's folder; a terminal is told which page it is."""
    _need_merged(page)
    handed = _handed.set(page.root)
    try:
        with reading.use(on), contextlib.chdir(page.path.parent), progress.line() as tell:
            tell(f"reading {page.relative} ({on.name})")
            yield
    finally:
        _handed.reset(handed)


def _need_lasting(woven: Woven, notes: markdown.Notes, names: dict[str, Any]) -> None:
    """Raises PageError where a note shows a name that a cell below it gives to something else.

    Where kernels run, the notes of a page are read last, when all its cells have run.
    """
    expressions = {id(span): expression for expression, span in woven.values}
    for note in blocks.notes_in(woven.blocks):
        for span in blocks.walk(note.blocks):
            expression = expressions.get(id(span))
            if expression and _still(expression, names) != span:
                found = f"found {{eval}}`{expression}` in the note [^{note.name}], and a cell below gives the name anew"
                remedy = "expected a name that keeps its value to the end of the page; name one of the two otherwise"
                raise PageError(woven.page.relative, notes.defined[note.name], f"{found}; {remedy}")


def _still(expression: str, names: dict[str, Any]) -> Span | Block | blocks.Cell | None:
    """What an expression shows when all cells have run, None where its name is gone."""
    try:
        return blocks.shown(_value(expression, names))
    except LookupError:
        return None


def _need_merged(page: Page) -> None:
    """Raises PageError where git has left both sides of a merge in a page."""
    source = page.path.read_text(encoding="utf-8")
    line = conflict_marker(source, prose=True)
    if line is not None:
        found = source.splitlines()[line - 1]
        raise PageError(page.relative, line, f"found {found!r}, expected one side of the merge, without its marks")


def _run_cell(cell: Cell, names: dict[str, Any], kept: dict[str, Any], woven: Woven) -> tuple[Block, ...]:
    """Run a code cell and keep what it names; the blocks that it shows."""
    with _collecting_for(cell, woven):
        output = _run(cell, names, woven.page)
    woven.outputs.append(output)
    _keep(names, kept, woven)
    if SILENT & set(cell.tags):
        return ()
    try:
        _refuse_awaited("what the cell shows", output.value)
    except LookupError as error:
        raise PageError(woven.page.relative, cell.line, message_of(error)) from None
    woven.shown.update(blocks.figures_in(output.value))
    return output.blocks


def _keep(names: dict[str, Any], kept: dict[str, Any], woven: Woven) -> None:
    """Keep what a page has named so far: what its last cell has named anew, for the rest was ``kept`` by those before."""
    anew = {name: value for name, value in names.items() if name not in kept or kept[name] is not value}
    kept |= anew
    woven.figures.update(named(anew, Figure))
    woven.claims.update(named(anew, Claim))
    woven.events.update(named(anew, Event))


def _refuse_awaited(place: str, shown: Any) -> None:
    """Raises LookupError where an edition would show a figure that it still waits for: a gap in a sentence."""
    for figure in blocks.figures_in(shown).values():
        if awaits(figure):
            raise LookupError(
                f"found {place} with {figure.label}, of which nothing is known yet, "
                "expected it in a branch of a claim whose condition asks for its .is_known"
            )


def _run(cell: Cell, names: dict[str, Any], page: Page, shows: bool = True) -> Output:
    """Run a code cell, but not its last line, unless it ``shows``. Raises PageError with the line that went wrong."""
    if is_claim(cell.source):
        _claim(cell, names, page)
        return Output()
    if exercise_cells.kind_of(cell.source):
        return Output("", _exercise(cell, names, page))
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            value = _execute(cell.source, names, page.relative, shows)
    except SyntaxError as error:
        line = cell.line + (error.lineno or 1) - 1
        raise PageError(page.relative, line, f"this is not Python: {error.msg}") from None
    except Exception as error:
        line = cell.line + _line_of(error, page.relative) - 1
        kind = "" if isinstance(error, ClaimError | ValueError | LookupError) else f"{type(error).__name__}: "
        told = PageError(page.relative, line, f"{kind}{message_of(error)}")
        told.because = error if isinstance(error, PageError) else None
        raise told from None
    hidden = cell.source.rstrip().endswith(";")
    return Output(printed.getvalue(), None if hidden else value)


def _execute(source: str, names: dict[str, Any], file: str, shows: bool) -> Any:
    """Run Python; the value of its last line where that is an expression, and is asked for."""
    statements, last = _compiled(source, file)
    exec(statements, names)
    return eval(last, names) if last and shows else None


@lru_cache(maxsize=1024)
def _compiled(source: str, file: str) -> tuple[CodeType, CodeType | None]:
    """Python made ready to run, once for all readings: its statements, and its last line where that is an expression."""
    tree = ast.parse(source, file)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return compile(tree, file, "exec"), None
    tree.body.pop()
    return compile(tree, file, "exec"), compile(ast.Expression(last.value), file, "eval")


def _claim(cell: Cell, names: dict[str, Any], page: Page) -> None:
    """Make the claim of a cell of prose. Raises PageError at the line at fault."""
    try:
        written = parse_claim(cell.source)
        names[written.name] = written.make(names)
    except ClaimError as error:
        raise PageError(page.relative, cell.line + error.line - 1, str(error)) from None


def _exercise(cell: Cell, names: dict[str, Any], page: Page) -> Any:
    """What an exercise, its solution or a question shows. Raises PageError at the line at fault."""
    from frontier_calc.book import exercises  # few pages have any

    try:
        return exercises.show(cell.source, names)
    except ExerciseError as error:
        raise PageError(page.relative, cell.line + error.line - 1, str(error)) from None


def _line_of(error: BaseException, file: str) -> int:
    """The line of the cell in which an exception arose."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else 1


def _value(expression: str, names: dict[str, Any]) -> Any:
    """The object that a value in the prose shows. Raises LookupError saying what was expected."""
    written = f"{{eval}}`{expression}`"
    if not NAME.fullmatch(expression):
        raise LookupError(f"found {written}, expected a name or one attribute of it; let the cell above do the work")
    name, _, attribute = expression.partition(".")
    if name not in names:
        near = did_you_mean(name, [known for known in names if not known.startswith("__")])
        raise LookupError(f"found {written}, expected a name made in a cell above{near}")
    value = names[name]
    if attribute:
        try:
            value = getattr(value, attribute)
        except AttributeError as error:
            raise LookupError(f"found {written}: {error}") from None
    if not _has_words(value):
        raise LookupError(f"found {written}, which is {value!r}, expected a figure, a claim or a text")
    return value


def _has_words(value: Any) -> bool:
    """True for what a sentence may show: no bare number, no ruler, nothing that waits to be called.

    A part of a table or a block is none either: a kernel, which does not know where it stands, shows how it was made.
    """
    if isinstance(value, Figure | Worded | Claim | str):
        return True
    return not (callable(value) or value is None or isinstance(value, (int, float, Ruler, *blocks.PARTS)))
