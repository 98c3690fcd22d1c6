"""The plain text of HTML, and text made safe for HTML."""

import html
import re
from html.parser import HTMLParser

BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "li", "ul", "ol", "tr", "table", "caption", "blockquote", "pre", "figure",
          "figcaption", "details", "summary", "section", "article", "dl", "dt", "dd", "br", "hr", "thead", "tbody"}  # fmt: skip
APART = ("p", "h1", "h2", "h3", "h4", "table", "figure", "details")
BEFORE = dict.fromkeys(BLOCKS, "\n") | dict.fromkeys(APART, "\n\n") | dict.fromkeys(("td", "th"), "\t")
ENDED = BLOCKS - {"tr", "li", "thead", "tbody", "br", "hr"}
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
SKIPPED_TAGS = {"script", "style", "svg", "template", "button"}
SKIPPED_CLASSES = {"headerlink", "cell_input", "above-input", "toctree-wrapper", "not-text"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0  # how many elements deep inside one that is left out

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if self.skipping or tag in SKIPPED_TAGS or SKIPPED_CLASSES & set((given.get("class") or "").split()):
            self.skipping += tag not in VOID
        elif tag == "img":
            self.parts.append(f"[{given.get('alt') or ''}]")
        else:
            self.parts.append(BEFORE.get(tag, ""))

    def handle_endtag(self, tag) -> None:
        if self.skipping:
            self.skipping -= tag not in VOID
        elif tag in ENDED:
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
    text = re.sub(r"[ \u00a0]+", " ", "".join(parser.parts))
    text = re.sub(r"(?m)^[ \t]+|[ \t]+$", "", re.sub(r" ?\t ?", "\t", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def escaped(text: object) -> str:
    """Text made safe for HTML: whatever comes from the data is shown and never run."""
    return html.escape(str(text))
