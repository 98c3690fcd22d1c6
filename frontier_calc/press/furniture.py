"""What stands around the text of a page: above its title which page it is, after its end what comes next, then its sheet.

Also what a page says of itself to search engines and to those who pass it on: title, description, picture, feed.
"""

import re
from collections.abc import Iterable, Iterator
from math import ceil
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx

from frontier_calc.book import blocks, html, text
from frontier_calc.book.blocks import Block, Number
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press import cards, feed, live, sidenotes, site, translator
from frontier_calc.press.pages import Page, all_pages
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading

WORDS_A_MINUTE = 230
LONGEST_DESCRIPTION = 160  # characters; search engines show no more
BOOK = "The Economics of the Frontier"
DRAFT = "Draft, not published"  # the working edition
MANY_TERMS = 12  # from here on a glossary has its letters above it
BOXES = ("summary", "translate")  # groups that are read with the text


def setup(app: Sphinx) -> None:
    """Connect what stands around a page."""
    app.connect("doctree-resolved", add_eyebrow)
    app.connect("doctree-resolved", open_page)
    app.connect("doctree-resolved", open_book)
    app.connect("doctree-resolved", show_a_number)
    app.connect("doctree-resolved", invite)
    app.connect("doctree-resolved", close_chapter)
    app.connect("doctree-resolved", add_letters)
    app.connect("html-page-context", describe, priority=910)


# In the page.


def add_eyebrow(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Above the title, which page of the book this is and how long it takes to read; on the front page, which edition.

    Above each page of the working edition, that it is a draft.
    """
    woven = site.shelves[app].pages.get(docname)
    title = next(iter(doctree.findall(nodes.title)), None)
    if woven is None or title is None:
        return
    kind = "eyebrow not-text"
    if woven.page.name == "premise":
        kind += " title-page"
    place = _place(app, woven)
    if reading.current().working:
        place = f"{DRAFT} · {place}"
    mark = html.element("p", place, class_=kind)
    if woven.page.name == "premise":  # elsewhere it stands below the title
        mark += age_of(app, docname, brief=True)
    title.parent.insert(0, nodes.raw("", str(mark), format="html"))


def _place(app: Sphinx, woven: Woven) -> str:
    if woven.page.name == "premise":
        return reading.current().stamp.rstrip(".")
    ledgers = [page for page in site.shelves[app].pages if page.startswith("ledgers/")]
    if woven.page.docname not in ledgers:
        return "Reference"
    return f"{woven.page.name.replace('-', ' ')} of {len(ledgers)} · {minutes(woven)} minutes"


def age_of(app: Sphinx, docname: str, brief: bool = False) -> Markup:
    """What a script turns into the age of a page; ``brief`` where the day is told right above."""
    age = cards.edition_age(docname, site.shelves[app], reading.current().as_of)
    return html.element(
        "edition-age",
        class_="not-text",
        data_as_of=age["as_of"],
        data_read=age["read"],
        data_forecasts=age["forecasts"],
        data_brief="" if brief else None,
    )


def switch_of(doctree: nodes.document) -> Markup:
    """The switch that shows the code of a page; it needs no script, and there is none where there is no code."""
    if not any("cell_input" in part["classes"] for part in doctree.findall(nodes.container)):
        return Markup("")
    box = html.opening("input", type="checkbox", id="show-calculations")
    return html.element("label", box, " Show the calculations", class_="show-calculations not-text")


def open_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Below the title of a page and its motto, how old the page is and the switch; the front page has lines of its own."""
    woven = site.shelves[app].pages.get(docname)
    title = next(iter(doctree.findall(nodes.title)), None)
    if woven is None or title is None or woven.page.name == "premise":
        return
    place = title.parent.index(title) + 1
    below = title.parent[place : place + 1]
    if below and isinstance(below[0], nodes.block_quote):
        place += 1
    kind = "page-head not-text"
    if next(iter(doctree.findall(sidenotes.NoteNode)), None) is not None:
        kind += " has-margin"  # said here, above all, so that nothing moves when the first note arrives
    head = html.element("div", age_of(app, docname), switch_of(doctree), class_=kind)
    title.parent.insert(place, nodes.raw("", str(head), format="html"))


def open_book(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On the front page, below what the book is, in one line the way into it, how long it takes, and the switch."""
    woven = site.shelves[app].pages.get(docname)
    if woven is None or woven.page.name != "premise":
        return
    first = next((part for part in doctree.findall(nodes.section) if part.parent is not doctree), None)
    if first is None:
        return
    chapters = [each for name, each in site.shelves[app].pages.items() if name.startswith("ledgers/")]
    whole = minutes(woven) + sum(minutes(each) for each in chapters)
    start = html.element("a", "Start reading", href=f"#{first['ids'][0]}", class_="start-reading")
    times = f"This page takes {minutes(woven)} minutes, the book {whole}."
    words = html.element("span", times, class_="reading-time")
    line = html.element("p", start, words, switch_of(doctree), *_translating(app, docname), class_="start not-text")
    motto = next(doctree.findall(nodes.block_quote), None)
    place = first.parent.index(first) if motto is None else motto.parent.index(motto) + 1
    first.parent.insert(place, nodes.raw("", str(line), format="html"))


def _translating(app: Sphinx, docname: str) -> Iterator[Markup]:
    """For a reader who comes with a headline, where to take it; nothing in a book without that page."""
    for name in site.shelves[app].pages:
        if name.endswith(translator.KIND):
            target = app.builder.get_relative_uri(docname, name)
            link = html.element("a", "Translate it", href=target)
            yield html.element("span", "Come with a headline? ", link, ".", class_="reading-time with-headline")


def show_a_number(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On the front page, below the first number that was worked out, what it does when it is asked."""
    woven = site.shelves[app].pages.get(docname)
    if woven is None or woven.page.name != "premise":
        return
    for paragraph in doctree.findall(nodes.paragraph):
        shown = [blocks.from_json(each["data"]) for each in paragraph.findall(site.SpansNode)]
        found = next((each for each in shown if isinstance(each, Number) and _is_worked_out(woven, each)), None)
        if found is not None:
            line = _asking(found, site.shelves[app].link(docname, woven.shown[found.key]))
            paragraph.parent.insert(paragraph.parent.index(paragraph) + 1, nodes.raw("", str(line), format="html"))
            return


def _is_worked_out(woven: Woven, number: Number) -> bool:
    figure = woven.shown.get(number.key)
    return figure is not None and not isinstance(figure.node, Leaf)


def _asking(number: Number, address: str) -> Markup:
    words = "Every underlined number can say where it comes from, who says so and who does not. "
    ask = html.element("a", "Ask ", _following(number), href=address, class_="ask-number", data_asks=number.key)
    return html.element("p", words, ask, class_="asking not-text")


def invite(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """That a reader can change numbers, where scripts run: with a mouse below the first paragraph that has one, with a
    finger, on whose small screen that paragraph is further down, above the text."""
    woven = site.shelves[app].pages.get(docname)
    if woven is None or not live.is_live(woven):
        return
    for paragraph in doctree.findall(nodes.paragraph):
        figure = next(_changeable(woven, paragraph), None)
        if figure is not None and isinstance(paragraph.parent, nodes.section):
            shown = blocks.shown(figure.bare)
            assert isinstance(shown, Number)
            mouse, finger = _invitations(shown, site.shelves[app].link(docname, figure))
            _put_after(paragraph, mouse)
            title = next(doctree.findall(nodes.title))
            _put_after(next(doctree.findall(nodes.block_quote), title), finger)
            return


def _put_after(node: nodes.Element, line: Markup) -> None:
    node.parent.insert(node.parent.index(node) + 1, nodes.raw("", str(line), format="html"))


def _changeable(woven: Woven, paragraph: nodes.paragraph) -> Iterator[Figure]:
    """The figures of a paragraph, without its notes, that a reader can change."""
    noted = {id(node) for note in paragraph.findall(sidenotes.NoteNode) for node in note.findall(site.SpansNode)}
    for node in paragraph.findall(site.SpansNode):
        if id(node) in noted:
            continue
        for part in blocks.walk(blocks.from_json(node["data"])):
            figure = woven.shown.get(part.key) if isinstance(part, Number) and part.form != "when" else None
            if figure is not None and isinstance(figure.node, Leaf) and live.can_change(figure.node):
                yield figure


def _following(number: Number) -> Markup:
    """A number in words around the text: it follows when a reader changes it, and leads nowhere itself."""
    return html.element(
        "span",
        number.text,
        class_="follows",
        data_figure=number.key,
        data_tag=number.tag,
        data_wording=number.wording or None,
    )


def _invitations(number: Number, address: str) -> Iterator[Markup]:
    """What may be done, in a line with the number to try it on; with a mouse and with a finger it is not the same."""
    words = "The numbers of this page can be changed, and its sentences follow."
    tried = html.element(
        "a", _following(number), href=address, class_="ask-number", data_asks=number.key, draggable="false"
    )
    for way, before, after in (("mouse", "Drag", " sideways, or click it."), ("finger", "Tap", ".")):
        yield html.element("p", f"{words} {before} ", tried, after, class_=f"what-if-invitation by-{way} not-text")


def close_chapter(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """After the text of a chapter the way to the next one, and then its sheet, folded."""
    sheet = next((part for part in doctree.findall(nodes.section) if "ledger-sheet" in part["ids"]), None)
    if sheet is None:
        return
    exercises = site.shelves[app].pages.get(_exercises_to(docname))
    if exercises is not None:
        target = app.builder.get_relative_uri(docname, exercises.page.docname)
        link = html.element("a", "Exercises and questions", href=target)
        words = html.element(
            "p", "For a class, or for yourself: ", link, " to this ledger.", class_="to-exercises not-text"
        )
        sheet.parent.insert(sheet.parent.index(sheet), nodes.raw("", str(words), format="html"))
    following = _next(app, docname)
    if following is not None:
        target = app.builder.get_relative_uri(docname, following.page.docname)
        way = html.element(
            "a",
            html.element("span", "Next", class_="next-word"),
            html.element("span", following.title, class_="next-title"),
            html.element("span", f"{minutes(following)} minutes", class_="next-time"),
            href=target,
            class_="next-chapter",
        )
        sheet.parent.insert(sheet.parent.index(sheet), nodes.raw("", str(way), format="html"))
    _fold(sheet, site.shelves[app].pages[docname])


def _exercises_to(docname: str) -> str:
    """Where the exercises to a ledger would be."""
    number = re.match(r"ledgers/(\d+)-", docname)
    return f"reference/exercises-{number[1]}" if number else ""


def add_letters(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Above a glossary of several screens its letters, each of which leads to its first term."""
    for glossary in list(doctree.findall(addnodes.glossary)):  # which grows by what is put before them
        terms = [term for term in glossary.findall(nodes.term) if term["ids"]]
        if len(terms) < MANY_TERMS:
            continue
        first: dict[str, str] = {}
        for term in terms:
            first.setdefault(term.astext()[0].upper(), term["ids"][0])
        letters = [html.element("a", letter, href=f"#{anchor}") for letter, anchor in first.items()]
        nav = html.element("nav", *letters, class_="letters not-text", aria_label="Letters")
        glossary.parent.insert(glossary.parent.index(glossary), nodes.raw("", str(nav), format="html"))


def _fold(sheet: nodes.section, woven: Woven) -> None:
    """The sheet under its heading, folded; a link to one of its lines opens it."""
    title, rest = sheet[0], sheet[1:]
    words = f"All {len(woven.figures)} figures of this page, with formula, ruler, dates and sources"
    begin = f'<details class="sheet-fold">{html.element("summary", words)}'
    sheet.clear()
    sheet += [title, nodes.raw("", begin, format="html"), *rest, nodes.raw("", "</details>", format="html")]


def _next(app: Sphinx, docname: str) -> Woven | None:
    """The chapter after a page; None where none is left."""
    pages = site.shelves[app].pages
    order = [page.docname for page in all_pages(Page(app.srcdir, docname).root) if page.docname in pages]
    place = order.index(docname) + 1
    return pages[order[place]] if place < len(order) else None


# Of the page.


def minutes(woven: Woven) -> int:
    """How long a page takes to read: its prose, without tables, notes and sheet.

    At 230 words a minute, an adult's speed with non-fiction (Brysbaert, 2019, gives 238).
    """
    words = sum(len(re.findall(r"\w+", text.of_spans(each.spans))) for each in prose(woven.blocks))
    return max(1, ceil(words / WORDS_A_MINUTE))


def prose(page: Iterable[Block]) -> Iterator[blocks.Paragraph]:
    """The paragraphs that are read one after the other."""
    for block in page:
        if isinstance(block, blocks.Paragraph) and not block.kind:
            yield block
        elif isinstance(block, blocks.Group):
            yield from prose(block.blocks)
        elif isinstance(block, blocks.Listing):
            for item in block.items:
                yield from prose(item.blocks)


def description(woven: Woven) -> str:
    """What a page is about in a line: its three sentences, or else how it begins, cut at a sentence or a word.

    The numbers in it are those of the reading, as in the text.
    """
    summaries = [block for block in woven.blocks if "summary" in getattr(block, "kind", "").split()]
    first = next(prose(summaries or woven.blocks), None)
    words = " ".join(text.of_spans(first.spans).split()) if first else ""
    words = re.sub(f"[{text.RAISED}]", "", words)
    if len(words) <= LONGEST_DESCRIPTION:
        return words
    kept = words[:LONGEST_DESCRIPTION]
    sentence = kept.rpartition(". ")[0]
    return f"{sentence}." if sentence else f"{kept.rpartition(' ')[0]} …"


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Title, description, picture and feed in the head of a page."""
    woven = site.shelves[app].pages.get(pagename)
    title = woven.title if woven else str(context.get("title", ""))
    context["full_title"] = BOOK if title in ("", BOOK) else f"{title} · {BOOK}"
    base = str(app.config.html_baseurl)
    marks = [_meta("og:site_name", BOOK), _meta("og:title", title or BOOK), _meta("og:type", "article")]
    if woven:
        words = description(woven)
        marks += [html.opening("meta", name="description", content=words), _meta("og:description", words)]
    if base:
        marks += [
            _meta("og:url", f"{base}{app.builder.get_target_uri(pagename)}"),
            _meta("og:image", f"{base}_static/{feed.PICTURE}"),
            _meta("og:image:alt", "The chart of the front page"),
            html.opening("meta", name="twitter:card", content="summary_large_image"),
        ]
    up = "../" * pagename.count("/")
    feed_link = html.opening(
        "link", rel="alternate", type="application/rss+xml", title=f"Editions of {BOOK}", href=f"{up}{feed.NAME}"
    )
    context["metatags"] = Markup("").join([Markup(context.get("metatags") or ""), *marks, feed_link])


def _meta(name: str, content: str) -> Markup:
    return html.opening("meta", property=name, content=content)
