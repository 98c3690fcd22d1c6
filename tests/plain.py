"""What a reader sees of a built page as plain text: read from its HTML by a parser, to be compared with the weave."""

from pathlib import Path

from bs4 import BeautifulSoup, Tag

from frontier_calc.book import text

LEFT_OUT = "script, style, template, button, .headerlink, .cell_input, .not-text, .chart-data > summary, .prev-next-footer, .next-chapter, .sheet-fold > summary"


def article(page: Path) -> Tag:
    """The text of a built page, without the site around it."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    found = soup.find("article", class_="bd-article")
    assert isinstance(found, Tag), page
    return found


def _set_notes_below(part: Tag) -> None:
    """Set each note behind its paragraph, and its number as plain text has it."""
    for number in part.select(".note-mark, .note-number"):
        number.string = text.raised(int(number.get_text()))
    for number in part.select(".note-number"):
        number.insert_after(" ")
    for line in part.select(".note-paragraph"):
        line.insert_after(" ")
    for note in reversed(part.select(".side-note")):
        paragraph = note.find_parent("p")
        if paragraph is not None:
            paragraph.insert_after(" ", note.extract(), " ")


def words_of(part: Tag) -> list[str]:
    """The words of a page, a picture as its alt text in brackets; what is no text of the page is left out."""
    for element in part.select(LEFT_OUT):
        element.decompose()
    _set_notes_below(part)
    for image in part.find_all("img"):
        image.replace_with(f" [{image.get('alt') or ''}] ")
    for drawing in part.select("[role=img]"):
        drawing.replace_with(f" [{drawing.get('aria-label') or ''}] ")
    for block in part.find_all(
        ["p", "div", "li", "td", "th", "br", "h1", "h2", "h3", "dt", "dd", "caption", "summary", "pre"]
    ):
        block.insert_after(" ")
        block.insert_before(" ")
    return part.get_text().split()
