"""How a chart is cited, in words and for a program: with its page, its edition and its address.

The address of the site is the book's setting ``html_baseurl``; until it is set, the repository's stands in its place, and
``charts.js`` puts in the one at which the page was opened.
"""

import re
from dataclasses import dataclass

from frontier_calc.record.reading import Reading

BOOK = "The Economics of the Frontier, executable edition"
AFTER = "after Robert Barcik’s booklet"
LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class Base:
    """Where the book is found: its site, or while that has no address its repository."""

    address: str
    is_site: bool

    def address_of(self, path: str) -> str:
        """The address of a page and a place on it."""
        return f"{self.address.rstrip('/')}/{path}" if self.is_site else self.address


@dataclass(frozen=True)
class Citation:
    """A chart of a page in an edition, and where it is found."""

    title: str
    page: str  # the page as readers know it
    edition: str
    stamp: str  # the edition and the day on which it was read, as a sentence
    year: int
    address: str
    key: str  # what a program calls it

    @property
    def words(self) -> str:
        """As a footnote has it."""
        return f"“{self.title}”, chart in “{self.page}”, {BOOK}, {self.stamp.removesuffix('.')}. {self.address}. {LICENCE}."

    @property
    def bibtex(self) -> str:
        """As BibTeX has it."""
        fields = {
            "title": f"{{{_escaped(self.title)}}}",
            "booktitle": f"{{{BOOK}}}",
            "chapter": f"{{{_escaped(self.page)}}}",
            "edition": f"{{{self.edition}}}",
            "year": f"{{{self.year}}}",
            "note": f"{{{_escaped(self.stamp)} {LICENCE}}}",
            "url": f"{{{self.address}}}",
        }
        lines = "".join(f"  {name:<9} = {value},\n" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}}}"

    @property
    def foot(self) -> list[str]:
        """What stands under a picture that leaves the page."""
        return [f"{BOOK}, {AFTER}. {self.stamp}", f"{bare(self.address)} · {LICENCE}"]


def of_chart(title: str, page: str, anchor: str, path: str, on: Reading, base: Base) -> Citation:
    """The citation of the chart with that anchor on the page at ``path``."""
    return Citation(
        title=title,
        page=page,
        edition=on.name,
        stamp=on.stamp,
        year=on.as_of.year,
        address=base.address_of(f"{path}#{anchor}"),
        key=f"frontier-{on.name}-{anchor}",
    )


def bare(address: str) -> str:
    """An address as it is printed.

    >>> bare("https://example.org/ledgers/2.html#chart-net")
    'example.org/ledgers/2.html#chart-net'
    """
    return re.sub(r"^https?://", "", address)


def _escaped(text: str) -> str:
    """Text that BibTeX takes as it is: without the signs by which it means something else.

    >>> _escaped("$30 billion & more")
    '\\\\$30 billion \\\\& more'
    """
    return re.sub(r"([$&%#_{}])", r"\\\1", text)
