"""Commands as they are typed: a line that is too long for the page breaks between words, never after the hyphens of one.

The words are marked and not altered, so that what a reader copies is the command.
"""

import re
from typing import Any

from sphinx.application import Sphinx

BLOCK = re.compile(r'(<div class="highlight-console[^>]*><div class="highlight"><pre>)(.*?)(</pre>)', re.DOTALL)
BETWEEN = re.compile(r'(<span class="w">\s+</span>|\n)')
PRINTED = 'class="go"'  # what a command prints is no command


def setup(app: Sphinx) -> None:
    """Tell Sphinx to mark the words of commands."""
    app.connect("html-page-context", _mark)


def _mark(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    if "body" in context:
        context["body"] = marked(context["body"])


def marked(body: str) -> str:
    """A page's HTML with every word of its commands marked as one.

    >>> print(marked('<div class="highlight-console"><div class="highlight"><pre>due<span class="w"> </span>--on</pre>'))
    <div class="highlight-console"><div class="highlight"><pre><span class="word">due</span><span class="w"> </span><span class="word">--on</span></pre>
    """
    return BLOCK.sub(lambda block: f"{block[1]}{''.join(map(_whole, BETWEEN.split(block[2])))}{block[3]}", body)


def _whole(part: str) -> str:
    """One word, marked; what stands between words, and what opens a mark that it does not close, as it is."""
    is_word = part and not BETWEEN.fullmatch(part) and PRINTED not in part
    is_closed = part.count("<span") == part.count("</span>")
    return f'<span class="word">{part}</span>' if is_word and is_closed else part
