"""Notes on the margin of the site: each footnote of a page stands beside the line that refers to it.

On a narrow screen a note is folded into its mark, which is the label of a checkbox: it opens by a tap or by the space
bar, without a script. Everything stands within the paragraph, so that a screen reader meets a note behind its mark.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html import HTMLTranslator

from frontier_calc.book import html, text


class MarkNode(nodes.inline):
    """The raised number in the text."""


class NoteNode(nodes.inline):
    """The note behind it."""


def setup(app: Sphinx) -> None:
    """Tell Sphinx how notes are placed and written."""
    app.add_node(MarkNode, html=(visit_mark, None))
    app.add_node(NoteNode, html=(visit_note, depart_note))
    app.connect("doctree-read", place)


def place(app: Sphinx, doctree: nodes.document) -> None:
    """Move each footnote of a page to the mark that refers to it, in the order of the marks."""
    footnotes = {name: footnote for footnote in doctree.findall(nodes.footnote) for name in footnote["ids"]}
    for number, mark in enumerate(list(doctree.findall(nodes.footnote_reference)), 1):
        footnote = footnotes[mark["refid"]]
        footnote.parent.remove(footnote)
        mark.replace_self([_mark(number), _note(number, footnote)])


def _mark(number: int) -> MarkNode:
    mark = MarkNode(number=number)
    mark += nodes.Text(text.raised(number))
    return mark


def _note(number: int, footnote: nodes.footnote) -> NoteNode:
    note = NoteNode(number=number)
    for paragraph in footnote.findall(nodes.paragraph):
        line = nodes.inline(classes=["note-paragraph"])
        line += paragraph.children
        note += line
    return note


def visit_mark(translator: HTMLTranslator, node: MarkNode) -> None:
    """Write the mark, and the checkbox that opens its note where there is no margin."""
    number = str(node["number"])
    box = html.opening("input", type="checkbox", aria_label=f"Show note {number}")
    translator.body.append(html.element("label", box, html.element("sup", number), class_="note-mark"))
    raise nodes.SkipNode


def visit_note(translator: HTMLTranslator, node: NoteNode) -> None:
    """Write the beginning of a note."""
    number = str(node["number"])
    translator.body.append(html.opening("span", class_="side-note", role="note", aria_label=f"Note {number}"))
    translator.body.append(html.element("sup", number, class_="note-number"))


def depart_note(translator: HTMLTranslator, node: NoteNode) -> None:
    """Write its end."""
    translator.body.append("</span>")
