"""The rows of ``data/`` as objects: what each column means stands in ``data/datapackage.json``.

``id`` is the first column of a file; ``published`` is its column of that name, and ``known`` the day from which the
world could know the row. How a cell is understood stands in ``cells.READ_BY``.
"""

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from frontier_calc import units
from frontier_calc.dates import Period, Publication, day_words, parse_period
from frontier_calc.rulers import Ruler
from frontier_calc.table import TABLE
from frontier_calc.typography import curly
from frontier_calc.units import Unit

Day = date  # for the rows that have a column called date
CALENDAR_YEAR = units.parse("calendar-year")
BOOKLET = "booklet"  # the voice of what only the booklet states
OWN = "my-observations"  # the source of what a student has added for himself


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is measured: one unit, one ruler, one subject."""

    id: str
    subject: str
    title: str
    definition: str
    unit: Unit
    spellings: tuple[str, ...]
    kind: str  # instant, month or flow
    fiscal_year_end: int
    basis: str
    channel: str
    firmness: str
    payer: str
    minimum: float | None
    maximum: float | None
    stale_after_months: int
    succeeded_by: str = ""
    succeeded_from: date | None = None
    spoken: str = ""  # what a sentence calls it; empty where the title will do
    describes: str = ""  # the series of the sum whose term, power or share this one tells
    kept_for: str = ""  # why it is kept although no page tells it

    @cached_property
    def called(self) -> str:
        """What a sentence calls it: its own words for that, or its title made into such words."""
        return self.spoken or spoken_title(self.title, self.subject, self.definition)

    @cached_property
    def ruler(self) -> Ruler:
        """How it is measured."""
        return Ruler(basis=self.basis, channel=self.channel, firmness=self.firmness, payer=self.payer)

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Between which values it can lie: without limit where its row gives none."""
        low = -math.inf if self.minimum is None else self.minimum
        high = math.inf if self.maximum is None else self.maximum
        return low, high

    @property
    def style(self) -> str:
        """How its figures are usually worded."""
        if self.unit == CALENDAR_YEAR:
            return "year"
        return "percent" if "percent" in self.spellings[0] else "plain"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a number was published, and whose voice it is.

    A link goes where its label says: ``outlet`` is whose page opens, ``reports`` whom that page reports, empty where it
    speaks for itself. ``voice`` is that of whoever is reported, and ``via`` names through what we saw the page.
    """

    id: str
    outlet: str
    reports: str
    title: str
    url: str
    published: str  # as it was typed: a day, a month, or empty where the page is undated
    retrieved: str
    archive: str
    access: str
    voice: str
    via: str

    def __str__(self) -> str:
        return f"{self.label}, {parse_period(self.published).words}" if self.published else self.label

    @property
    def label(self) -> str:
        """What it is called wherever it is named: whose page opens, then whom that page reports.

        >>> from frontier_calc import projection
        >>> print(projection("anthropic-operating-profit-quarter", "Q2-2026").sources[0].label)
        36Kr, reporting the Wall Street Journal
        """
        named = self.outlet if self.link or self.is_own else f"{self.outlet} (unlinked)"
        return curly(f"{named}, reporting {self.reports}" if self.reports else named)

    @property
    def headline(self) -> str:
        """Its title as a page prints it."""
        return curly(self.title)

    @property
    def is_unsourced(self) -> bool:
        """True for what the booklet or its companion page states by itself: no source for it was found."""
        return self.voice == BOOKLET

    @property
    def is_own(self) -> bool:
        """True for what a student has added for himself: the book does not have it."""
        return self.id == OWN

    @property
    def link(self) -> str:
        """Its address if it is a web address, otherwise an empty text: nothing else is ever rendered as a link."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened or was said, without being a measurement."""

    id: str
    date: str
    published: Publication | None
    known: Day | None
    kind: str
    who: str
    what: str
    words: str
    confirmed: str
    source: Source | None
    recorded: Day
    note: str

    @property
    def identity(self) -> str:
        """What identifies it among the rows on which a sentence rests."""
        return f"event:{self.id}"

    @property
    def when(self) -> str:
        """The day in words."""
        return parse_period(self.date).words if self.date else TABLE["unknown"]

    @property
    def is_known(self) -> bool:
        """False for what stands in place of an event of which nothing was known on the day of reading."""
        return bool(self.what != TABLE["unknown"])


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A named, published snapshot: what was known by ``as_of``, as far as it was recorded by ``closing``."""

    id: str
    title: str
    as_of: date
    closing: date
    note: str


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """Something to picture a sum with: a value in a spelled unit. ``source`` is the identifier of a Source."""

    id: str
    title: str
    value: float
    unit: str
    period: Period | None
    published: Publication | None
    known: date | None
    source: str
    recorded: date
    note: str


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One answer that an edition holds against the rule, and why: the observation whose key it repeats."""

    edition: str
    series: str
    asked: str
    period: Period
    published: Publication
    source: str
    reason: str

    @property
    def known(self) -> date:
        """The day of publication of the observation that is held."""
        return self.published.day

    @property
    def key(self) -> tuple[str, str, date, str]:
        """The key of the observation that is held."""
        return (self.series, self.period.text, self.published.day, self.source)


class Observation(NamedTuple):
    """One row: what a source said about a period, when the world could know it, and when we wrote it down.

    ``value``, ``low`` and ``high`` are in the unit of the series. A row that gives a range alone ``is_span``, and the
    middle of it stands for its value; one without a value withdraws. ``row`` is the number that a spreadsheet shows.
    A named tuple, as there are many: a frozen dataclass takes thrice as long to make.
    """

    series: Series
    period: Period
    published: Publication
    known: date
    value: float | None
    low: float | None
    high: float | None
    is_span: bool
    qualifier: str
    tag: str
    confidence: str
    source: Source
    recorded: date
    note: str
    row: int

    @property
    def key(self) -> tuple[str, str, date, str]:
        """What a correction repeats."""
        return (self.series.id, self.period.text, self.published.day, self.source.id)

    @property
    def identity(self) -> str:
        """The key as one text: what a figure's leaf carries of its row."""
        return "|".join(map(str, self.key))

    @property
    def known_words(self) -> str:
        """The month of publication in words where the day is not known, otherwise an empty text."""
        return self.published.words if self.published.is_month else ""


# What a title says last of the stretch of time, which a sentence says by itself.
STRETCH = re.compile(r", (?:a |calendar |fiscal )?(?:month|quarter|half-year|nine months|year)$")


def spoken_title(title: str, subject: str, definition: str) -> str:
    """A title of a table as a sentence has it: whose it is, or an article, in front.

    >>> spoken_title("Lab recognised revenue, year", "Lab", "Revenue that the lab books for a year.")
    "Lab's recognised revenue"
    >>> spoken_title("Capital expenditure of two clouds", "Two clouds", "What they spend on buildings.")
    'the capital expenditure of two clouds'
    """
    plain = STRETCH.sub("", title)
    if plain.startswith(f"{subject} "):
        return f"{subject}'s {plain.removeprefix(subject).strip()}"
    first, _, rest = plain.partition(" ")
    if first.endswith("'s"):
        return plain
    # A name keeps its capital: it has one in the middle, or stands with one in the middle of a sentence.
    is_name = first[1:] != first[1:].lower() or re.search(rf"\w.*\b{re.escape(first)}\b", definition)
    return f"the {first if is_name else first.lower()} {rest}".rstrip()


def provenance(source: Source | None, known: date | None, known_words: str = "") -> str:
    """A source and the day from which it was known, in words; ``known_words`` names a month of which no day is known."""
    told = []
    if source is not None:
        told.append(str(source))
    if known_words:
        told.append(f"known in {known_words}")
    elif known is not None:
        told.append(f"known on {day_words(known)}")
    return " · ".join(told)
