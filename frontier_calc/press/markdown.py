"""A page's Markdown as blocks: the part of MyST that the book is written in, and nothing else.

What a page may hold is a closed list, so that a slip such as a misspelt directive is named with its line and column, and
never printed as it was typed.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from textwrap import dedent

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from frontier_calc.book import glossary
from frontier_calc.book.blocks import (
    Block,
    Blocks,
    Definition,
    Definitions,
    Group,
    Heading,
    Item,
    Link,
    Listing,
    Mark,
    Note,
    Paragraph,
    Span,
    Spans,
    Styled,
    Verbatim,
    walk,
)
from frontier_calc.errors import did_you_mean
from frontier_calc.press.pages import Page, PageError, message_of

Value = Callable[[str], Span]  # what an expression in the prose shows; raises LookupError saying what was expected

BOXES = ("admonition", "note", "tip")
DIRECTIVES = (*BOXES, "epigraph", "grid", "grid-item-card", "glossary")
CONTAINERS = ("bullet_list", "ordered_list", "blockquote", "dl")
PLAIN = ("text", "softbreak", "hardbreak")
STYLES = {"em": "emphasis", "strong": "strong"}
SILENT = ("myst_target", "myst_line_comment", "myst_block_break")
ROLE = re.compile(r"\{([\w-]+)\}`([^`]+)`")
SETTING = re.compile(r":([\w-]+):\s*(.*)")
CONFLICT = re.compile(r"^(<{7}|>{7})(?: .*)?$", re.MULTILINE)


def _written(name: str, content: str) -> str:
    """A role as an author types it, on one line."""
    return f"{{{name}}}`{' '.join(content.split())}`"


@dataclass
class Notes:
    """The notes of a page, by the names that its author gave them."""

    defined: dict[str, int] = field(default_factory=dict)  # the line of each
    marked: dict[str, int] = field(default_factory=dict)  # the number of each: in the order of their marks


def blocks_of(markdown: str, line: int, page: Page, value: Value, notes: Notes | None = None) -> Blocks:
    """The blocks of a text whose first line is ``line`` of the page's file; ``value`` says what each ``{eval}`` shows.

    ``notes`` are those of the page's texts above, and take up those of this one. Raises PageError, naming file, line and
    column, for whatever no page may hold.
    """
    return _Reader(markdown, line, page, value, notes or Notes()).blocks


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (colon_fence_plugin, myst_block_plugin, deflist_plugin, myst_role_plugin):
        parser.use(plugin)
    # A mark without its note is a mark as well, so that it is named and not printed as it was typed.
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    return parser


class _Reader:
    """One text of a page on its way to blocks."""

    def __init__(self, markdown: str, line: int, page: Page, value: Value, notes: Notes) -> None:
        self.notes = notes
        self.said: dict[str, Blocks] = {}  # what each note of this text says
        self.marks: dict[str, PageError] = {}  # how to tell of the marks for which there is no note yet
        self.markdown = markdown
        self.line = line
        self.page = page
        self.value = value
        # The parser knows no columns: where each role stands is looked up here, in the order of the text.
        self.places: dict[str, deque[int]] = defaultdict(deque)
        for role in ROLE.finditer(markdown):
            self.places[_written(role[1], role[2])].append(role.start())
        self._refuse_conflicts()
        self.blocks = tuple(self.noted(self.parse(markdown, line)))
        self._need_pairs()

    def wrong(self, line: int, message: str, column: int = 0) -> PageError:
        return PageError(self.page.relative, line, message, column)

    def _refuse_conflicts(self) -> None:
        marker = CONFLICT.search(self.markdown)
        if marker:
            line = self.line + self.markdown.count("\n", 0, marker.start())
            raise self.wrong(line, f"found {marker[1]}, the mark of a merge conflict; expected one of its two sides")

    # Blocks.

    def parse(self, markdown: str, line: int) -> Blocks:
        """The blocks of a part of the text, which begins on ``line`` of the file."""
        tree = SyntaxTreeNode(_parser().parse(markdown))
        lines = markdown.split("\n")
        made = [self.block(node, line, lines) for node in tree.children if node.type not in SILENT]
        return tuple(block for block in made if block is not None)

    def block(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Block | None:
        """One block; ``line`` is that of the first of ``lines`` in the file."""
        here = line + (node.map[0] if node.map else 0)
        if node.type == "heading":
            return Heading(int(node.tag[1]), self.inline(node.children, here))
        if node.type == "paragraph":
            return Paragraph(self.inline(node.children, here))
        if node.type in ("code_block", "fence") and not node.info.startswith("{"):
            return Verbatim(node.content)
        if node.type == "colon_fence":
            return self.directive(node, here, lines)
        if node.type in CONTAINERS:
            return self.container(node, line, lines)
        if node.type == "footnote_reference":
            self.note(node, line, lines)
            return None
        found = f"{node.type.replace('_', ' ')} ({node.content.strip()[:40]!r})" if node.content else node.type
        raise self.wrong(here, f"found a {found}, expected plain Markdown, or a box between lines of colons")

    def container(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Block:
        """A block that holds other blocks, each of them in the lines of the same text."""
        if node.type == "blockquote":
            return Group("quote", self.inside(node, line, lines))
        if node.type == "dl":
            return self.definitions(node, line, lines)
        return self.listing(node, line, lines)

    def inside(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Blocks:
        made = [self.block(child, line, lines) for child in node.children]
        return tuple(block for block in made if block is not None)

    def listing(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Listing:
        items = tuple(Item(self.inside(child, line, lines)) for child in node.children)
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        return Listing(items, start)

    def definitions(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Definitions:
        entries: list[Definition] = []
        term: Spans = ()
        for child in node.children:
            if child.type == "dt":
                term = self.inline(child.children, line + (child.map[0] if child.map else 0))
            else:
                entries.append(Definition(term, self.inside(child, line, lines)))
        return Definitions(tuple(entries))

    # Notes.

    def note(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> None:
        """Keep what a note says until its paragraph is known."""
        name = str(node.meta["label"])
        here = line + (node.map[0] if node.map else 0)
        if name in self.notes.defined:
            first = self.notes.defined[name]
            raise self.wrong(
                here, f"found a second note [^{name}]:, the first is on line {first}; name one of them anew"
            )
        self.notes.defined[name] = here
        said = self.inside(node, line, lines)
        if not said or not all(isinstance(block, Paragraph) for block in said):
            raise self.wrong(here, f"found a note [^{name}]: of another kind, expected one or more paragraphs of text")
        if any(isinstance(part, Mark) for part in walk(said)):
            raise self.wrong(here, f"found a mark within the note [^{name}]:, expected a note without notes of its own")
        self.said[name] = said

    def mark(self, name: str, line: int) -> Mark:
        """The mark of a note, with its number; its note may come later."""
        if name in self.notes.marked:
            raise self.wrong(
                line, f"found a second mark [^{name}], expected one for each note; give it a note of its own"
            )
        self.notes.marked[name] = len(self.notes.marked) + 1
        remedy = f"expected a paragraph [^{name}]: below it, before the next cell"
        self.marks[name] = self.wrong(line, f"found the mark [^{name}] without its note, {remedy}")
        return Mark(self.notes.marked[name], name)

    def noted(self, blocks: Blocks) -> Iterator[Block]:
        """Blocks with each note below the paragraph that refers to it."""
        for block in blocks:
            yield self.noted_within(block)
            if isinstance(block, Paragraph):
                marks = [part for part in walk(block) if isinstance(part, Mark)]
                yield from (Note(mark.number, mark.name, self.note_of(mark)) for mark in marks)

    def noted_within(self, block: Block) -> Block:
        """A block with the notes of what it holds."""
        if isinstance(block, Listing):
            return replace(
                block, items=tuple(replace(item, blocks=tuple(self.noted(item.blocks))) for item in block.items)
            )
        if isinstance(block, Group) and not block.kind.startswith(("grid", "card", "epigraph")):
            return replace(block, blocks=tuple(self.noted(block.blocks)))
        return block

    def note_of(self, mark: Mark) -> Blocks:
        """What the note of a mark says."""
        missing = self.marks.pop(mark.name)
        if mark.name not in self.said:
            raise missing
        return self.said.pop(mark.name)

    def _need_pairs(self) -> None:
        """Raises PageError for a mark outside a paragraph, and for a note without a mark."""
        for name, missing in self.marks.items():
            found = f"found the mark [^{name}] where no note can stand beside it"
            raise self.wrong(missing.line, f"{found}, expected it in a paragraph of the text, of a list or of a box")
        for name in self.said:
            remedy = f"expected the mark [^{name}] in a paragraph above; add it, or delete the note"
            raise self.wrong(self.notes.defined[name], f"found the note [^{name}]: to which nothing refers, {remedy}")

    # Directives.

    def directive(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Block:
        """A box, a grid, an epigraph or the glossary, between lines of colons."""
        opening = re.fullmatch(r"\{([\w-]+)\}\s*(.*)", node.info.strip())
        kind = opening[1] if opening else ""
        if kind not in DIRECTIVES:
            found = f":::{node.info.strip()}"
            raise self.wrong(line, f"found {found}, expected one of {', '.join(DIRECTIVES)} between colons")
        first_line, after_last = node.map or (0, 0)
        last = lines[after_last - 1].strip()
        if not last.startswith(":::") or after_last - first_line < 2:
            raise self.wrong(line, f"found :::{node.info.strip()} without an end, expected a line of colons below it")
        title = opening[2] if opening else ""
        if kind == "glossary":
            return self.glossary(node.content, line + 1)
        content = node.content.split("\n")
        settings: dict[str, str] = {}
        for text in content:
            setting = SETTING.match(text)
            if setting is None:
                break
            settings[setting[1]] = setting[2].strip()
        inside = self.parse("\n".join(content[len(settings) :]), line + 1 + len(settings))
        classes = [settings[name] for name in ("class", "class-container") if settings.get(name)]
        return self.group(kind, classes, title, inside, line)

    def group(self, kind: str, classes: list[str], title: str, inside: Blocks, line: int) -> Group:
        if kind == "grid":  # its title holds the numbers of its columns
            return Group(" ".join(["grid", *classes]), inside)
        if kind == "grid-item-card":
            return Group("card", inside, self.heading(title, line))
        if kind == "epigraph":
            return Group("epigraph", inside)
        return Group(" ".join(["admonition", *classes]), inside, self.heading(title or kind.capitalize(), line))

    def heading(self, title: str, line: int) -> Spans:
        return self.inline(SyntaxTreeNode(_parser().parseInline(title)).children, line) if title else ()

    def glossary(self, content: str, line: int) -> Definitions:
        entries = []
        for entry in glossary.ENTRY.finditer(content):
            begins = line + content.count("\n", 0, entry.start()) + 1
            entries.append(Definition((entry[1],), self.parse(dedent(entry[2]), begins)))
        return Definitions(tuple(entries), "glossary")

    # Spans.

    def inline(self, nodes: Iterable[SyntaxTreeNode], line: int) -> Spans:
        return tuple(span for node in nodes for span in self.span(node, line) if span != "")

    def span(self, node: SyntaxTreeNode, line: int) -> Spans:
        if node.type == "inline":
            return self.inline(node.children, line)
        if node.type in PLAIN:
            return (node.content if node.type == "text" else " ",)
        if node.type in STYLES or node.type in ("code_inline", "link"):
            return (self.dressed(node, line),)
        if node.type in ("footnote_ref", "myst_role"):
            return (self.referring(node, line),)
        raise self.wrong(line, f"found {node.content or node.type!r}, expected plain Markdown")

    def referring(self, node: SyntaxTreeNode, line: int) -> Span:
        """The mark of a note, or what a role shows."""
        if node.type == "footnote_ref":
            return self.mark(str(node.meta["label"]), line)
        return self.role(str(node.meta["name"]), node.content, line)

    def dressed(self, node: SyntaxTreeNode, line: int) -> Styled | Link:
        """Words in another face, or with somewhere to lead."""
        if node.type == "code_inline":
            return Styled((node.content,), "code")
        if node.type == "link":
            return Link(self.inline(node.children, line), str(node.attrs["href"]))
        return Styled(self.inline(node.children, line), STYLES[node.type])

    def role(self, name: str, content: str, line: int) -> Span:
        """What ``{eval}`` or ``{term}`` shows."""
        content = " ".join(content.split())
        written = _written(name, content)
        place = self.places[written]
        column = 0
        if place:
            offset = place.popleft()
            line = self.line + self.markdown.count("\n", 0, offset)
            column = offset - self.markdown.rfind("\n", 0, offset)
        try:
            if name == "eval":
                return self.value(content)
            if name == "term":
                return self.term(content)
        except LookupError as error:
            raise self.wrong(line, message_of(error), column) from None
        raise self.wrong(line, f"found {written}, expected {{eval}}, {{term}} or plain Markdown", column)

    def term(self, text: str) -> Styled:
        """A term as its reader sees it: ``{term}`run rate``` or ``{term}`words shown <run rate>```."""
        shown, _, named = text.removesuffix(">").partition(" <")
        wanted = (named or shown).lower()
        known = [term.lower() for term in glossary.entries(self.page.root)]
        if wanted not in known:
            near = did_you_mean(wanted, known)
            raise LookupError(f"found {{term}}`{text}`, expected a term of reference/glossary.md{near}")
        return Styled((shown,), "term", label=wanted)
