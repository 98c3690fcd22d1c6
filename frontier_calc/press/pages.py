"""The pages of the book: which there are, how their Markdown becomes HTML, and how HTML becomes plain text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from textwrap import dedent

from frontier_calc.book.plain import escaped, text_of  # noqa: F401
from frontier_calc.errors import did_you_mean


class PageError(ValueError):
    """Something on a page is wrong: its file, line and column, what was found and what was expected."""

    def __init__(self, path: Path | str, line: int, message: str, column: int = 0) -> None:
        self.path, self.line, self.column, self.message = path, line, column, message
        super().__init__(f"{path}:{line}{f':{column}' if column else ''}: {message}")


def message_of(error: BaseException) -> str:
    """What an error tells; a KeyError would put its own message between quotation marks."""
    return str(error.args[0]) if isinstance(error, LookupError) and error.args else str(error)


@dataclass(frozen=True)
class Page:
    """One page of the book; ``name`` is its part of an address, such as ledger-2."""

    root: Path
    docname: str

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return self.root / f"{self.docname}.md"

    @property
    def name(self) -> str:
        """premise, ledger-1 to ledger-7, or the name of a reference page."""
        last = self.docname.rpartition("/")[2]
        if last == "index":
            return "premise"
        match = re.match(r"(\d+)-", last)
        return f"ledger-{match[1]}" if match else last

    @property
    def relative(self) -> str:
        """The file as the author knows it."""
        return f"{self.docname}.md"


def find_root(start: Path | None = None) -> Path:
    """The book's folder: the nearest one at or above ``start`` with a _toc.yml, or the one beside the package."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "_toc.yml").exists():
            return folder
    raise PageError(here, 1, "no book here: neither this folder nor one above it has a _toc.yml")


def all_pages(root: Path) -> list[Page]:
    """The pages in the order of _toc.yml."""
    text = (root / "_toc.yml").read_text(encoding="utf-8")
    return [Page(root, name.removesuffix(".md")) for name in re.findall(r"(?:root|file):\s*['\"]?([^\s'\"]+)", text)]


@cache
def _markdown():
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin

    md = MarkdownIt("commonmark").enable("table")
    md.use(colon_fence_plugin).use(myst_block_plugin).use(deflist_plugin)
    md.add_render_rule("colon_fence", _directive)
    for silent in ("myst_target", "myst_line_comment", "myst_block_break"):
        md.add_render_rule(silent, lambda *_: "")
    return md


BOXES = ("admonition", "note", "tip")
DIRECTIVES = (*BOXES, "epigraph", "grid", "grid-item-card", "glossary")
OPENING = re.compile(r"^[ \t>*+-]*:{3,}[ \t]*(\{([\w-]+)\}.*|[^:\s].*)", re.MULTILINE)
ROLE = re.compile(r"(?<!`)\{([\w-]+)\}`([^`]+)`")
HELD = re.compile("\ue000(\\d+)\ue001")  # of private use: no page has these characters
GLOSSARY = re.compile(r"^:::\{glossary\}\n(.*?)^:::", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^([^\s:].*)\n((?:[ \t].*\n?|\n)*)", re.MULTILINE)  # a term, and its definition indented below it


def terms(root: Path) -> list[str]:
    """The terms that the glossary defines."""
    path = root / "reference" / "glossary.md"
    found = GLOSSARY.search(path.read_text(encoding="utf-8")) if path.exists() else None
    return [term for term, _ in ENTRY.findall(found[1])] if found else []


def to_html(markdown: str, line: int, page: Page, value: Callable[[str], str]) -> str:
    """Markdown as HTML, each ``{eval}`` replaced by what ``value`` makes of its expression.

    ``line`` is that of the text's first line in the page's file: PageError names the place. A value is put in when
    the Markdown around it has become HTML, so that no sign in it is taken for Markdown.
    """
    made: list[str] = []

    def wrong(match: re.Match, message: str) -> PageError:
        before = markdown[: match.start()]
        return PageError(page.relative, line + before.count("\n"), message, len(before) - before.rfind("\n"))

    def role(match: re.Match) -> str:
        name, content = match[1], " ".join(match[2].split())
        if name not in ("eval", "term"):
            raise wrong(match, f"found the role {{{name}}}, expected {{eval}}, {{term}} or plain Markdown")
        try:
            made.append(value(content) if name == "eval" else _term(content, terms(page.root)))
        except LookupError as error:
            raise wrong(match, message_of(error)) from None
        return f"\ue000{len(made) - 1}\ue001"

    for opening in OPENING.finditer(markdown):
        if opening[2] not in DIRECTIVES:
            raise wrong(opening, f"found :::{opening[1]}, expected one of {', '.join(DIRECTIVES)}")
    return HELD.sub(lambda held: made[int(held[1])], _markdown().render(ROLE.sub(role, markdown)))


def _term(text: str, defined: list[str]) -> str:
    """A term as its reader sees it: ``{term}`run rate``` or ``{term}`words shown <run rate>```."""
    shown, _, named = text.removesuffix(">").partition(" <")
    wanted, known = (named or shown).lower(), [term.lower() for term in defined]
    if wanted not in known:
        near = did_you_mean(wanted, known)
        raise LookupError(f"found {{term}}`{text}`, expected a term of reference/glossary.md{near}")
    return f'<span class="term">{escaped(shown)}</span>'


def _directive(self, tokens, index, options, env) -> str:
    md, lines = _markdown(), tokens[index].content.splitlines()
    kind, title = re.match(r"\{([\w-]+)\}\s*(.*)", tokens[index].info.strip()).groups()
    if kind == "glossary":
        entries = ENTRY.findall(tokens[index].content)
        told = (f"<dt>{escaped(term)}</dt><dd>{md.render(dedent(text))}</dd>" for term, text in entries)
        return f'<dl class="glossary">{"".join(told)}</dl>\n'
    settings = list(takewhile(re.compile(r":[\w-]+:").match, lines))
    classes = [found[1] for text in settings if (found := re.match(r":class(?:-container)?:\s*(.+)", text))]
    heading, body = md.renderInline(title), md.render("\n".join(lines[len(settings) :]))
    if kind == "grid":
        return f'<div class="{" ".join(["grid", *classes])}">{body}</div>\n'
    if kind == "grid-item-card":
        title = f'<div class="sd-card-title">{heading}</div>' if heading else ""
        return f'<div class="sd-card">{title}{body}</div>\n'
    if kind == "epigraph":
        return f'<blockquote class="epigraph">{body}</blockquote>\n'
    heading = f'<p class="admonition-title">{heading or kind.capitalize()}</p>'
    return f'<div class="{" ".join(["admonition", *classes])}">{heading}\n{body}</div>\n'
