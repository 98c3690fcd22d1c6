"""What a search finds besides whole pages: sections by their words, and figures by what people call them."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes

from frontier_calc.book import text
from frontier_calc.book.blocks import Block, Fold, Heading, Table
from frontier_calc.press.inventory import entries
from frontier_calc.press.weave import Woven

NAME = "findable.js"
SHEET = "Ledger sheet"


def sections(page: Woven) -> Iterator[dict[str, str]]:
    """The sections of a page: its title and theirs, where each is, and what it says without tables and sheet."""
    heading = page.title
    said: list[Block] = []
    for block in [*page.blocks, Heading(2, (SHEET,))]:
        if not isinstance(block, Heading):
            if not _is_table(block):
                said.append(block)
            continue
        if said and heading != SHEET:
            anchor = nodes.make_id(heading)
            words = " ".join(text.of_blocks(tuple(said)).split())
            yield {"page": page.title, "title": heading, "link": f"{page.page.docname}.html#{anchor}", "words": words}
        heading = text.of_spans(block.spans)
        said = []


def _is_table(block: Block) -> bool:
    """Whether a block is a table, or tables folded away."""
    return isinstance(block, Table) or (isinstance(block, Fold) and all(map(_is_table, block.blocks)))


def figures(page: Woven) -> Iterator[dict[str, str]]:
    """The named figures of a page: what each is, its value, where its row is, and what its inputs are called."""
    for entry in entries(page):
        yield {
            "page": page.title,
            "title": entry.fact.saying,
            "value": f"{entry.fact.result} {entry.fact.unit}".strip(),
            "link": entry.link,
            "words": " ".join(dict.fromkeys(leaf.title for leaf in entry.figure.leaves)),
        }


def publish(site: Path, pages: Iterable[Woven]) -> None:
    """Write what the search page reads into a built site, as a script: a page in a folder may load nothing else."""
    telling = [page for page in pages if page.addresses]  # the lists repeat what chapters tell
    named = {(each["title"], each["value"]): each for page in reversed(telling) for each in figures(page)}
    found: dict[str, Any] = {
        "sections": [each for page in telling for each in sections(page)],
        "figures": list(reversed(named.values())),  # one that several chapters name, where it is named first
    }
    script = f"window.findable = {json.dumps(found, ensure_ascii=False)};\n"
    (site / "_static" / NAME).write_text(script, encoding="utf-8")
