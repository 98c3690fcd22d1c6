"""The pages of the book: which there are, how their Markdown becomes HTML, and how HTML becomes plain text."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from frontier_calc.errors import did_you_mean


class PageError(ValueError):
    """Something on a page is wrong: its file, line and column, what was found and what was expected."""

    def __init__(self, path: Path | str, line: int, message: str, column: int = 0) -> None:
        self.path, self.line, self.column, self.message = path, line, column, message
        super().__init__(f"{path}:{line}{f':{column}' if column else ''}: {message}")


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
    from mdit_py_plugins.myst_role import myst_role_plugin

    md = MarkdownIt("commonmark").enable("table")
    md.use(colon_fence_plugin).use(myst_role_plugin).use(myst_block_plugin).use(deflist_plugin)
    md.add_render_rule("myst_role", _role)
    md.add_render_rule("colon_fence", _directive)
    for silent in ("myst_target", "myst_line_comment", "myst_block_break"):
        md.add_render_rule(silent, lambda *_: "")
    return md


BOXES = ("admonition", "note", "tip")
DIRECTIVES = (*BOXES, "epigraph", "grid", "grid-item-card", "glossary")
GLOSSARY = re.compile(r"^:::\{glossary\}\n(.*?)^:::", re.MULTILINE | re.DOTALL)


def terms(root: Path) -> list[str]:
    """The terms that the glossary defines."""
    path = root / "reference" / "glossary.md"
    found = GLOSSARY.search(path.read_text(encoding="utf-8")) if path.exists() else None
    return [line for line in found[1].splitlines() if re.match(r"[^\s:]", line)] if found else []


def to_html(
    markdown: str, line: int, path: str, value: Callable[[str], str], defined: Callable[[], list[str]] = lambda: []
) -> str:
    """Markdown as HTML, each ``{eval}`` replaced by what ``value`` makes of its expression.

    ``line`` is that of the text's first line in the file at ``path``; errors name the place. ``defined`` gives the
    terms that ``{term}`` may name.
    """
    return _render(markdown, {"line": line, "path": path, "value": value, "terms": defined})


def _render(markdown: str, env: dict) -> str:
    md = _markdown()
    tokens = md.parse(markdown, {})
    for token in tokens:
        for child in token.children or ():
            if child.type == "myst_role":
                child.meta["lines"] = (markdown, token.map)
    return md.renderer.render(tokens, md.options, env)


def _role(self, tokens, index, options, env) -> str:
    token = tokens[index]
    role, expression = token.meta["name"], token.content
    markdown, (first, last) = token.meta["lines"]
    line, column = env["line"] + first, 1
    for number, text in enumerate(markdown.splitlines()[first:last]):
        at = text.find(f"{{{role}}}`{expression}`")
        if at >= 0:
            line, column = env["line"] + first + number, at + 1
            break
    if role not in ("eval", "term"):
        raise PageError(
            env["path"], line, f"found the role {{{role}}}, expected {{eval}}, {{term}} or plain Markdown", column
        )
    try:
        return env["value"](expression) if role == "eval" else _term(expression, env["terms"]())
    except LookupError as error:
        raise PageError(env["path"], line, error.args[0], column) from None


def _term(text: str, defined: list[str]) -> str:
    """A term as its reader sees it: ``{term}`run rate``` or ``{term}`words shown <run rate>```."""
    shown, _, named = text.removesuffix(">").partition(" <")
    wanted, known = (named or shown).lower(), [term.lower() for term in defined]
    if wanted not in known:
        raise LookupError(
            f"found {{term}}`{text}`, expected a term of reference/glossary.md{did_you_mean(wanted, known)}"
        )
    return f'<span class="term">{escaped(shown)}</span>'


def _directive(self, tokens, index, options, env) -> str:
    token = tokens[index]
    match = re.match(r"\{([\w-]+)\}\s*(.*)", token.info.strip())
    line = env["line"] + token.map[0]
    if not match or match[1] not in DIRECTIVES:
        raise PageError(env["path"], line, f"found :::{token.info}, expected one of {', '.join(DIRECTIVES)}")
    kind, title = match.groups()
    lines = token.content.splitlines()
    if kind == "glossary":
        return _glossary(lines, {**env, "line": line + 1})
    options_end = next((n for n, text in enumerate(lines) if not re.match(r":[\w-]+:", text)), len(lines))
    classes = [m[1] for text in lines[:options_end] if (m := re.match(r":class(?:-container)?:\s*(.+)", text))]
    body = _render("\n".join(lines[options_end:]), {**env, "line": line + 1 + options_end})
    if kind == "grid":
        return f'<div class="{" ".join(["grid", *classes])}">{body}</div>\n'
    if kind == "grid-item-card":
        heading = f'<div class="sd-card-title">{_markdown().renderInline(title)}</div>' if title else ""
        return f'<div class="sd-card">{heading}{body}</div>\n'
    if kind == "epigraph":
        return f'<blockquote class="epigraph">{body}</blockquote>\n'
    heading = _markdown().renderInline(title or kind.capitalize())
    return (
        f'<div class="{" ".join(["admonition", *classes])}"><p class="admonition-title">{heading}</p>\n{body}</div>\n'
    )


def _glossary(lines: list[str], env: dict) -> str:
    """Terms at the margin, each definition indented below its term."""
    parts, at = [], 0
    while at < len(lines):
        until = next((n for n in range(at + 1, len(lines)) if re.match(r"\S", lines[n])), len(lines))
        body = "\n".join(line.strip() for line in lines[at + 1 : until])
        parts.append(f"<dt>{escaped(lines[at])}</dt><dd>{_render(body, {**env, 'line': env['line'] + at + 1})}</dd>")
        at = until
    return f'<dl class="glossary">{"".join(parts)}</dl>\n'


BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "li", "ul", "ol", "tr", "table", "caption", "blockquote", "pre", "figure",
          "figcaption", "details", "summary", "section", "article", "dl", "dt", "dd", "br", "hr", "thead", "tbody"}  # fmt: skip
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
SKIPPED_TAGS = {"script", "style", "svg", "template", "button"}
SKIPPED_CLASSES = {"headerlink", "cell_input", "above-input", "toctree-wrapper", "not-text"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if self.skipping:
            self.skipping += tag not in VOID
            return
        if tag in SKIPPED_TAGS or SKIPPED_CLASSES & set((given.get("class") or "").split()):
            self.skipping = tag not in VOID
        elif tag == "img":
            self.parts.append(f"[{given.get('alt') or ''}]")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in BLOCKS:
            self.parts.append("\n\n" if tag in ("p", "h1", "h2", "h3", "h4", "table", "figure", "details") else "\n")

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag) -> None:
        if self.skipping:
            self.skipping -= tag not in VOID
        elif tag in BLOCKS and tag not in ("tr", "li", "thead", "tbody"):
            self.parts.append("\n")

    def handle_data(self, data) -> None:
        if not self.skipping:
            self.parts.append(data.replace("\n", " "))


def text_of(markup: str) -> str:
    """The plain text of a page's HTML: code, scripts and navigation left out, a picture as its alt text in brackets.

    >>> text_of('<h1>Title<a class="headerlink">#</a></h1><p>About <b>half</b>.</p><img alt="A chart">')
    'Title\\n\\nAbout half.\\n[A chart]'
    """
    parser = _Text()
    parser.feed(markup)
    lines = ("\t".join(cell.strip() for cell in re.sub(r"[ \u00a0]+", " ", line).strip(" ").split("\t"))
             for line in "".join(parser.parts).split("\n"))  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def escaped(text: object) -> str:
    """Text made safe for HTML: whatever comes from the data is shown and never run."""
    return html.escape(str(text))
