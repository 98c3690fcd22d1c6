"""A chart as a page of the site has it: its words, its two drawings, and what there is to do with it.

Everything is there without a script: the drawing is part of the page, of its colours and its width; the table, the files
and the citation unfold. ``charts.js`` adds what a pointer and the keys can ask of a point.
"""

from dataclasses import dataclass

from markupsafe import Markup

from frontier_calc.book import blocks, html
from frontier_calc.book.html import Dressed, element
from frontier_calc.press.citing import Citation

KINDS = (("PNG", "png", "picture with title and sources"), ("SVG", "svg", "the same, to edit"), ("CSV", "csv", "data"))


@dataclass(frozen=True)
class Drawings:
    """The two drawings of a chart as elements of a page, for a wide column and for a phone."""

    wide: str
    narrow: str


def of_chart(
    picture: blocks.Picture, drawings: Drawings, files: str, citation: Citation, number: Dressed
) -> Markup:  # fmt: skip
    """The figure of a chart; ``files`` is where its files are, without their endings, seen from the page."""
    anchor = anchor_of(picture)
    return element(
        "figure",
        _head(picture, anchor, number),
        _drawn(picture, drawings),
        _notes(picture, number),
        _tools(picture, anchor, files, citation, number),
        class_="chart broad" if picture.broad else "chart",
        id=anchor,
        aria_labelledby=f"{anchor}-title",
    )


def anchor_of(picture: blocks.Picture) -> str:
    """The name under which a link finds a chart."""
    return f"chart-{picture.name}"


def _head(picture: blocks.Picture, anchor: str, number: Dressed) -> Markup:
    """The title, and below it what is drawn. The alt text says both: a reader of plain text has them there."""
    title = element("p", html.of_spans(picture.title, number), class_="chart-title", id=f"{anchor}-title")
    if not picture.subtitle:
        return element("figcaption", title, class_="not-text")
    below = element("p", html.of_spans(picture.subtitle, number), class_="chart-subtitle")
    return element("figcaption", title, below, class_="not-text")


def _drawn(picture: blocks.Picture, drawings: Drawings) -> Markup:
    """The drawing, as one picture with its alt text for whoever does not see it."""
    # They were made by this house's own writer of SVG, which escapes every text in them.
    both = Markup(drawings.wide) + Markup(drawings.narrow)
    drawing = element("div", both, class_="chart-drawing", role="img", aria_label=picture.description)
    return element("div", drawing, class_="chart-stage")


def _notes(picture: blocks.Picture, number: Dressed) -> Markup:
    """The key of the signs, the small print, and the sources, each in a paragraph."""
    lines = [element("p", picture.key, class_="chart-key")] if picture.key else []
    if picture.notes:
        notes = Markup(" ").join(html.of_spans(note, number) for note in picture.notes)
        lines.append(element("p", notes))
    if picture.credits:
        lines.append(element("p", picture.credits, class_="chart-credits"))
    return element("div", *lines, class_="chart-notes not-text") if lines else Markup("")


def _tools(picture: blocks.Picture, anchor: str, files: str, citation: Citation, number: Dressed) -> Markup:
    """The row under a chart: a link to the chart itself, and what unfolds. Of the three only one is open at a time."""
    link = element("a", "Link", href=f"#{anchor}", class_="chart-link not-text", title="Link to this chart")
    table = element(
        "details",
        element("summary", "Table"),
        html.of_block(picture.table, number),
        class_="chart-data",
        name=anchor,
    )
    return element("div", link, table, _files(anchor, files), _cite(anchor, citation), class_="chart-tools")


def _files(anchor: str, files: str) -> Markup:
    """What there is to take along."""
    links = [
        element("li", element("a", words, href=f"{files}.{kind}", download=""), f" {what}")
        for words, kind, what in KINDS
    ]
    return element(
        "details", element("summary", "Download"), element("ul", *links), class_="chart-save not-text", name=anchor
    )


def _cite(anchor: str, citation: Citation) -> Markup:
    """How to cite the chart, in words and for a program."""
    return element(
        "details",
        element("summary", "Cite"),
        element("p", citation.words, class_="citation", data_address=citation.address),
        element("pre", citation.bibtex, class_="citation", data_address=citation.address),
        class_="chart-cite not-text",
        name=anchor,
    )
