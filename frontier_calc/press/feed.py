"""The feed of editions, and the picture that stands for the book where somebody passes its address on."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from pathlib import Path
from xml.etree import ElementTree

from frontier_calc.record.rows import Edition

NAME = "editions.xml"
PICTURE = "front.png"
TITLE = "Editions of The Economics of the Frontier"
ABOUT = "Each edition reads the figures of frontier AI as they were known on a day. What an edition said is kept."


def rss(editions: Sequence[Edition], base: str) -> str:
    """The editions as an RSS 2.0 feed, the newest first, each at the address where it stays.

    Addresses begin with ``base``, or are the site's own.
    """
    feed = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(feed, "channel")
    _add(channel, title=TITLE, link=base or "index.html", description=ABOUT, language="en-gb")
    for edition in sorted(editions, key=lambda each: each.as_of, reverse=True):
        item = ElementTree.SubElement(channel, "item")
        told = f"The book read on {edition.as_of.day} {edition.as_of:%B %Y}. {edition.note}".strip()
        _add(item, title=edition.title, link=f"{base}{edition.id}/index.html", description=told)
        guide = ElementTree.SubElement(item, "guid", isPermaLink="false")
        guide.text = f"economics-of-the-frontier {edition.id}"
        published = datetime.combine(edition.closing, time(), UTC)
        _add(item, pubDate=format_datetime(published))
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _add(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text


def publish(site: Path, editions: Sequence[Edition], base: str, picture: Path | None) -> None:
    """Write the feed, and put the picture, where there is one, under its own name."""
    (site / NAME).write_text(rss(editions, base), encoding="utf-8")
    if picture is not None:
        (site / "_static" / PICTURE).write_bytes(picture.read_bytes())
