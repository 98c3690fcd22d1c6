"""What stands in a page of the site: numbers, tables and charts as nodes of the document, drawn when it is written.

A node holds its data as JSON, and below it, for a search and for builders of plain text, the same as words. So a number
knows only when its page is written where its facts stand, whichever page that is on.
"""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.writers.html import HTMLTranslator

from frontier_calc.book import blocks, hedges, html, text
from frontier_calc.book.blocks import Block, Number, Span
from frontier_calc.press import chart_figure
from frontier_calc.press.cards import Shelf

shelves: WeakKeyDictionary[Sphinx, Shelf] = WeakKeyDictionary()  # the woven pages of each build

SHEET = "ledger-sheet"  # a table whose numbers lead nowhere: it is where the others lead


class SpansNode(nodes.inline):
    """Words and figures within a line."""


class BlockNode(nodes.container):
    """A table, a list or another block of its own."""


class ChartNode(nodes.container):
    """A chart: its words, its drawings and its data."""


def spans_node(data: Any) -> SpansNode:
    """The node of spans in a line."""
    node = SpansNode(data=data)
    node += nodes.Text(text.of_spans((blocks.from_json(data),)))
    return node


def block_node(data: Any) -> BlockNode:
    """The node of a block."""
    node = BlockNode(data=data)
    node += nodes.literal_block("", text.of_block(blocks.from_json(data)), language="none")
    return node


def node_of(data: Mapping[str, Any]) -> nodes.Element:
    """The node of words or of a block."""
    is_span = data["is"] in {span.__name__ for span in blocks.SPANS}
    return spans_node(data) if is_span else block_node(data)


def setup(app: Sphinx) -> None:
    """Tell Sphinx how the nodes are written."""
    app.add_node(SpansNode, html=(visit_spans, None))
    app.add_node(BlockNode, html=(visit_block, None))
    app.add_node(ChartNode, html=(visit_chart, None))


def visit_spans(translator: HTMLTranslator, node: SpansNode) -> None:
    """Write words and figures; inside a link no figure leads elsewhere."""
    inside_link = any(isinstance(parent, nodes.reference) for parent in _above(node))
    read: Span = blocks.from_json(node["data"])
    (shown,) = hedges.told((read,), _before(node))
    if isinstance(shown, str):
        translator.body.append(html.element("span", shown))
    else:
        translator.body.append(html.of_span(shown, _dressing(translator, not inside_link)))
    raise nodes.SkipNode


def visit_block(translator: HTMLTranslator, node: BlockNode) -> None:
    """Write a block."""
    shown: Block = blocks.from_json(node["data"])
    is_sheet = isinstance(shown, blocks.Table) and SHEET in shown.kind
    translator.body.append(html.of_block(shown, _dressing(translator, not is_sheet)))
    raise nodes.SkipNode


def visit_chart(translator: HTMLTranslator, node: ChartNode) -> None:
    """Write a chart: its words, its drawings, and what there is to do with it."""
    up = "../" * translator.builder.current_docname.count("/")
    made = chart_figure.of_chart(
        picture=blocks.from_json(node["block"]),
        drawings=chart_figure.Drawings(wide=node["wide"], narrow=node["narrow"]),
        files=f"{up}_static/charts/{node['name']}",
        citation=node["citation"],
        number=_dressing(translator, True),
    )
    translator.body.append(made)
    raise nodes.SkipNode


def _dressing(translator: HTMLTranslator, linked: bool) -> html.Dressed:
    docname = translator.builder.current_docname
    shelf = shelves[translator.builder.app]

    def dressed(number: Number) -> Markup:
        return shelf.dressed(docname, number, linked)

    return dressed


def _before(node: nodes.Node) -> str:
    """What its line says before a node; where a paragraph begins, as if a sentence had just ended."""
    siblings = node.parent.children
    return ". " + "".join(each.astext() for each in siblings[: siblings.index(node)])


def _above(node: nodes.Node) -> list[nodes.Node]:
    """The nodes around a node, from the inside out."""
    found = []
    parent = node.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found
