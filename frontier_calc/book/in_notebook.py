"""A block as a notebook shows it: what the site's style sheet gives it there comes along, and links lead to pages as notebooks."""

import re
from typing import Any

from markupsafe import Markup

from frontier_calc.book import html

LINK = re.compile(r'(href="\.\./[\w./-]+)\.html(?=[#"])')  # to another page of the book

# JupyterLab sets every cell of a table to the right, takes the triangle from what can be unfolded, and lets the first
# line of a folded cell run off the page.
STYLE = Markup("""<style>
.jp-RenderedHTMLCommon .table-scroll :is(td, th) { text-align: left; vertical-align: top }
.jp-RenderedHTMLCommon .table-scroll .number { text-align: right }
.table-scroll td > :is(.gist, .formula, .unit, .below) { display: block }
.table-scroll td > :is(.formula, .below) { opacity: 0.75 }
.table-scroll .sheet-name { font-weight: 600 }
.table-scroll caption { text-align: left; font-weight: 600 }
:is(.exercise, .quiz, .panel) > .title { font-weight: 600 }
.panel { border-left: 3px solid #8a8577; padding: 0.1em 1em }
.panel-name { font-weight: 600 }
.panel-note { opacity: 0.75 }
.quiz ul { list-style: none; padding-left: 1em }
.quiz li > p { margin: 0 }
.jp-OutputArea-output summary { cursor: pointer; list-style: disclosure-closed inside }
.jp-OutputArea-output [open] > summary { list-style-type: disclosure-open }
.jp-Placeholder-content { min-width: 0 }
.jp-PlaceholderText { text-overflow: ellipsis }
</style>
""")


def of_block(block: Any) -> Markup:
    """The HTML of a block below a cell."""
    return STYLE + Markup(LINK.sub(r"\1.md", str(html.of_block(block))))
