"""The one style sheet of the site: the theme's sheets, less what no page can use, and then the book's own.

The theme brings the rules of a whole library of parts, most of which the book has not. A rule of the theme stays where
every class and every id that it asks for is found on some page, or stands as a word in some script that a page runs,
since a script may set it. Of tags, states, attributes and what stands in brackets, such as ``:not(...)``, nothing is
asked: where it is doubtful, a rule stays. The book's own sheets stay whole.

The sheets themselves stay beside it, for a page of an earlier build that a browser has kept.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NAME = "style.css"  # in the folder of static files
THEME = (
    "basic.css",
    "styles/bootstrap.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "copybutton.css",
)
DATA = ("searchindex.js", "findable.js")  # words that are searched, and nothing that sets a class

GROUPS = ("@media", "@supports", "@container", "@layer")  # these hold rules
TOKEN = re.compile(
    r"""/\*.*?\*/ | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\([^"')]*\) | [{};] | [^{};"'/u]+ | .""",
    re.DOTALL | re.VERBOSE,
)
QUOTED = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\))""", re.DOTALL)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
ASKED = re.compile(r"[.#]((?:\\.|[\w-])+)")
ADDRESS = re.compile(r"""url\((["']?)(?!data:|/|#|[a-z]+:)([^"')]+)\1\)""")
THEIRS = re.compile(r"--(?:bs|pst|sd|sbt)-[\w-]+")  # properties that the theme names
MARKS = re.compile(r"""\s(?:class|id)=["']([^"']*)["']""")
SCRIPT = re.compile(r"""<script[^>]*\ssrc=["']([^"'?]+)""")
WORD = re.compile(r"[\w-]+")


@dataclass
class Block:
    """What stands before a brace, and what stands within: declarations as they are, and further blocks."""

    head: str
    items: list["str | Block"] = field(default_factory=list)


Items = list[str | Block]


def parse(css: str) -> Items:
    """The rules of a sheet, without its comments.

    >>> parse("/* A note */ a, b { color: red; --x: '{' } @media print { a { top: 0 } }")
    [Block(head='a,b', items=['color:red', "--x:'{'"]), Block(head='@media print', items=[Block(head='a', items=['top:0'])])]
    """
    stack: list[Block] = [Block("")]
    said = ""
    for token in TOKEN.findall(css):
        if token == "{":
            block = Block(_short(said))
            stack[-1].items.append(block)
            stack.append(block)
            said = ""
        elif token in (";", "}"):
            _declare(stack[-1], said)
            said = ""
            if token == "}" and len(stack) > 1:
                stack.pop()
        elif not token.startswith("/*"):
            said += token
    _declare(stack[0], said)
    return stack[0].items


def _declare(block: Block, said: str) -> None:
    """Add a declaration, or a statement such as ``@import``, to what stands in a block."""
    said = _short(said)
    if not said:
        return
    name, colon, value = said.partition(":")
    is_statement = not colon or said.startswith("@")
    block.items.append(said if is_statement else f"{name.rstrip()}:{value.lstrip() or ' '}")


def _short(text: str) -> str:
    """A piece of a sheet with no more white space than it needs; what is quoted stays."""
    parts = QUOTED.split(text)
    parts[::2] = [re.sub(r"\s*,\s*", ",", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts).strip()


def written(items: Iterable[str | Block]) -> str:
    """Rules as a sheet of a line for each outer one.

    >>> written(parse("a { color: red; top: 0 } b { left: 0 }"))
    'a{color:red;top:0}\\nb{left:0}\\n'
    """
    return "".join(f"{_written(item)}{'' if isinstance(item, Block) else ';'}\n" for item in items)


def _written(item: str | Block) -> str:
    return item if isinstance(item, str) else f"{item.head}{{{_joined(item.items)}}}"


def _joined(items: Items) -> str:
    said = "".join(f"{_written(item)}{'' if isinstance(item, Block) else ';'}" for item in items)
    return said.removesuffix(";")


# What is used.


def words_of(site: Path) -> set[str]:
    """Every class and id on the pages of a site, and every word of the scripts that they run."""
    found: set[str] = set()
    scripts: set[Path] = set()
    for page in sorted(site.rglob("*.html")):
        if "_static" in page.relative_to(site).parts:
            continue
        text = page.read_text(encoding="utf-8")
        found.update(word for marks in MARKS.findall(text) for word in marks.split())
        scripts.update((page.parent / src).resolve() for src in SCRIPT.findall(text))
    for script in scripts:
        if script.name not in DATA and script.is_file():
            found.update(WORD.findall(script.read_text(encoding="utf-8")))
    return found


def asks(selector: str) -> set[str]:
    """The classes and ids that a selector cannot do without.

    >>> sorted(asks('nav.menu:not(.open) #top > a[href=".x"]::before'))
    ['menu', 'top']
    """
    bare = "".join(QUOTED.split(selector)[::2])
    while (inner := BRACKETS.sub("", bare)) != bare:
        bare = inner
    return {name.replace("\\", "") for name in ASKED.findall(bare)}


def used(items: Items, words: set[str]) -> Items:
    """The rules that some page can use.

    >>> written(used(parse("a.on, a.off { top: 0 } @media print { .off { top: 0 } }"), {"on"}))
    'a.on{top:0}\\n'
    """
    return [kept for item in items if (kept := _used(item, words)) is not None]


def _used(item: str | Block, words: set[str]) -> str | Block | None:
    if isinstance(item, str):
        return None if item.startswith("@charset") else item  # it may stand nowhere but at the beginning of a sheet
    if item.head.startswith(GROUPS):
        inner = used(item.items, words)
        return Block(item.head, inner) if inner else None
    if item.head.startswith("@"):
        return item
    selectors = [one for one in _selectors(item.head) if asks(one) <= words]
    return Block(",".join(selectors), item.items) if selectors else None


def _selectors(head: str) -> list[str]:
    """A list of selectors, one by one: a comma in brackets or in quotation marks parts none."""
    found, depth = [""], 0
    for token in TOKEN.findall(head):
        for sign in [token] if token[0] in "\"'" else token:
            depth += (sign in ("(", "[")) - (sign in (")", "]"))
            if sign == "," and not depth:
                found.append("")
            else:
                found[-1] += sign
    return [one.strip() for one in found if one.strip()]


def named(items: Items, elsewhere: str) -> Items:
    """The rules without those properties of the theme and those movements that nothing asks for by name, here or
    ``elsewhere``.

    >>> written(named(parse("a { --bs-a: 1; --bs-b: var(--bs-a); --bs-c: 2; left: var(--bs-c) }"), ""))
    'a{--bs-c:2;left:var(--bs-c)}\\n'
    """
    while True:
        asked = set(WORD.findall("\n".join([elsewhere, *_values(items)])))
        fewer = _named(items, asked)
        if fewer == items:
            return items
        items = fewer


def _values(items: Items) -> Iterator[str]:
    for item in items:
        if isinstance(item, Block):
            yield from _values(item.items)
        else:
            yield item.partition(":")[2]


def _named(items: Items, asked: set[str]) -> Items:
    kept: Items = []
    for item in items:
        if isinstance(item, str):
            name = item.partition(":")[0]
            if not THEIRS.fullmatch(name) or name in asked:
                kept.append(item)
        elif item.head.startswith("@keyframes"):
            if item.head.split()[-1] in asked:
                kept.append(item)
        elif inner := _named(item.items, asked):
            kept.append(Block(item.head, inner))
    return kept


# The sheet.


def version(static: Sequence[Path]) -> str:
    """What the address of the sheet ends with, so that a browser that keeps an older one asks anew."""
    found = hashlib.sha256()
    for path in static:
        found.update(path.read_bytes())
    return found.hexdigest()[:8]


def publish(site: Path, own: Sequence[tuple[str, str | None]]) -> None:
    """Write the sheet of a site that is built; ``own`` names the book's sheets, each with its medium or None."""
    static = site / "_static"
    words = words_of(site)
    ours: Items = []
    for name, medium in own:
        ours += _for_medium(_read(static, name), medium)
    theirs = [item for name in THEME for item in used(_read(static, name), words)]
    theirs = named(theirs, written(ours) + " ".join(sorted(words)))
    (static / NAME).write_text(written(theirs) + written(ours), encoding="utf-8")


def _read(static: Path, name: str) -> Items:
    """The rules of a sheet, with addresses as they are from the folder in which the one sheet stands."""
    path = static / name
    if not path.is_file():  # a theme's that this book does not bring
        return []

    def from_here(match: re.Match[str]) -> str:
        return f"url({match[1]}{posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))}{match[1]})"

    return parse(ADDRESS.sub(from_here, path.read_text(encoding="utf-8")))


def _for_medium(items: Items, medium: str | None) -> Items:
    """Rules for one medium; how a sheet of paper is set is for none but print, and stands by itself."""
    if medium is None:
        return items
    pages: Items = [item for item in items if isinstance(item, Block) and item.head.startswith("@page")]
    return [*pages, Block(f"@media {medium}", [item for item in items if item not in pages])]
