"""What today's site adds to a page of a published edition: which edition it is, the newest one, and the way to the others.

It is one element between two comments at the head of the page, so that it can be taken out again and leave the page as
it was published, byte for byte. It needs no script, and its style is a file of the site and not of the edition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

from frontier_calc.book.html import element, opening

BEGIN = "<!--editions: of the site, not of the edition-->"
END = "<!--/editions-->"
STYLE = "_editions/editions.css"  # within the site
FRONT = "index.html"
PLACES = ("main", "body")  # the first of them that a page has opens with the element


class SwitcherError(ValueError):
    """A page has no place for the switcher."""


@dataclass(frozen=True)
class Edition:
    """A published edition as a switcher knows it: its pages as paths within it."""

    id: str
    title: str
    pages: frozenset[str]
    errata: Sequence[str] = ()

    def page(self, path: str) -> str:
        """Where a page is in this edition: the same page, or the front page of an edition that lacks it.

        >>> Edition("2026-05", "May 2026", frozenset({"index.html"})).page("about.html")
        'index.html'
        """
        return path if path in self.pages else FRONT


@dataclass(frozen=True)
class Place:
    """A page of the site: of which edition, its path within it, and whether it stands at the root of the site."""

    edition: Edition
    path: str
    at_root: bool = False

    @property
    def up(self) -> str:
        """The way from this page to the root of the site, so that the site works from a folder too."""
        return "../" * (self.path.count("/") + (not self.at_root))


# Into the page, and out of it.


def dressed(page: str, place: Place, editions: Sequence[Edition]) -> str:
    """The page with the switcher of today; ``editions`` begin with the newest. One that was there already is taken out.

    Raises SwitcherError for a page that has neither a main part nor a body.
    """
    bare = undressed(page)
    at = _place_in(bare)
    return f"{bare[:at]}{BEGIN}{_strip(place, editions)}{END}{bare[at:]}"


def undressed(page: str) -> str:
    """The page as its edition was published.

    >>> undressed(f"<main>{BEGIN}<nav></nav>{END}<p>Text.</p></main>")
    '<main><p>Text.</p></main>'
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    return before + after if begin and end else page


class _Finder(HTMLParser):
    """Notes where the first tag of each element ends in which the switcher may stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines = page.split("\n")
        self.found: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        if tag in PLACES and tag not in self.found:
            line, column = self.getpos()
            before = sum(len(each) + 1 for each in self.lines[: line - 1])
            self.found[tag] = before + column + len(self.get_starttag_text() or "")


def _place_in(page: str) -> int:
    """Where in a page the switcher stands: right after the first tag of its main part, or of its body."""
    finder = _Finder(page)
    for start in range(0, len(page), 65536):  # the place is near the top, and a page may have megabytes
        finder.feed(page[start : start + 65536])
        if PLACES[0] in finder.found:
            break
    for tag in PLACES:
        if tag in finder.found:
            return finder.found[tag]
    raise SwitcherError("found a page without <main> and without <body>, expected one to put the switcher into")


# What stands there.


def _strip(place: Place, editions: Sequence[Edition]) -> Markup:
    newest = editions[0]
    is_past = place.edition.id != newest.id
    parts = [
        opening("link", rel="stylesheet", href=f"{place.up}{STYLE}"),
        _banner(place, newest) if is_past else "",
        _errata(place.edition),
        _menu(place, editions),
    ]
    return element("div", *parts, class_="editions-strip past" if is_past else "editions-strip")


def _banner(place: Place, newest: Edition) -> Markup:
    """On a past edition, that it is one, and the same page in the newest."""
    way = element("a", newest.title, href=f"{place.up}{newest.page(place.path)}")
    told = f"This is the edition of {place.edition.title}; the newest is "
    return element("p", told, way, ".", class_="editions-banner", role="note")


def _errata(edition: Edition) -> Markup:
    """What was found wrong in an edition since, which its own pages cannot say."""
    if not edition.errata:
        return Markup("")
    count = len(edition.errata)
    words = "1 correction" if count == 1 else f"{count} corrections"
    told = element("ul", *(element("li", each) for each in edition.errata))
    return element("details", element("summary", words), told, class_="editions-errata")


def _menu(place: Place, editions: Sequence[Edition]) -> Markup:
    items = element("ul", *_items(place, editions))
    summary = element("summary", f"Edition of {place.edition.title}")
    return element("nav", element("details", summary, items), aria_label="Editions", class_="editions-menu")


def _items(place: Place, editions: Sequence[Edition]) -> Iterator[Markup]:
    """The same page in each edition, at the address where it stays."""
    for edition in editions:
        current = "true" if edition.id == place.edition.id else None
        path = edition.page(place.path)
        notes = [
            note for note, holds in (("newest", edition is editions[0]), ("front page", path != place.path)) if holds
        ]
        way = element("a", edition.title, href=f"{place.up}{edition.id}/{path}", aria_current=current)
        note = element("span", f" ({', '.join(notes)})") if notes else ""
        yield element("li", way, note)
