"""From a headline and what an author has said of it to an observation and its source, each cell with its reason."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from frontier_calc import units
from frontier_calc.dates import Period, parse_day, parse_period
from frontier_calc.errors import did_you_mean
from frontier_calc.graph import TAGS
from frontier_calc.press import finding, fitting, headline_periods, headlines, sourcing
from frontier_calc.press.asking import Asker, Remembering
from frontier_calc.press.fitting import Base, Fitted
from frontier_calc.record import cells as cells_of
from frontier_calc.record import rule
from frontier_calc.record.plausibility import CONFIRMED
from frontier_calc.record.reading import Reading
from frontier_calc.record.rows import Observation, Series, Source
from frontier_calc.record.store import Store

OBSERVATION = (
    "series", "period", "published", "value", "low", "high", "unit", "qualifier", "tag", "confidence", "source",
    "recorded", "note",
)  # fmt: skip
SOURCE = (
    "source", "outlet", "reports", "title", "url", "published", "retrieved", "archive", "access", "voice", "via",
)  # fmt: skip
ABOUT_SOURCE = tuple(name for name in SOURCE if name not in ("source", "published"))
NO_LINK = "-"
IN_A_SHELL = "in a shell"  # beside what was given: that the headline came through one, which may have changed it
NUMBERS = ("value", "low", "high")

Given = Mapping[str, str]


class ProposalError(ValueError):
    """A cell that an author gave cannot be; the message says what was found and what was expected."""


@dataclass
class Entry:
    """An observation as it will stand, the source that goes with it where it is a new one, and why each cell is so."""

    cells: dict[str, str] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)  # what was asked for, by option

    def put(self, column: str, cell: str, why: str = "") -> None:
        """Fill a cell."""
        self.cells[column] = cell
        if why:
            self.why[column] = why

    @property
    def settled(self) -> dict[str, str]:
        """What it takes to make the same again, whatever was added to the tables meanwhile."""
        known = dict(self.cells)
        if self.source:
            del known["source"]
            known |= {name: self.source[name] for name in ABOUT_SOURCE}
        return known


class Proposer:
    """Completes what an author gave, with the data as they are."""

    def __init__(self, store: Store, asker: Asker) -> None:
        self.store = store
        self.asker = Remembering(asker)
        self.sources: dict[str, Source] = dict(store.sources)  # and those that are about to be added
        self.forms = {id: {finding.form_of(row.period.text) for row in rows} for id, rows in store.by_series.items()}

    def entry(self, wished: Given) -> Entry:
        """The observation and its source. Raises what finding, fitting, sourcing and asking raise, and ProposalError."""
        given = {name: " ".join(cell.split()) for name, cell in wished.items() if cell.strip()}
        self.asker.answers = {}
        self._check_given(given)
        headline = given.get("headline", "")
        if not headline and not any(given.get(name) for name in NUMBERS):
            headline = self.asker.text("headline", "what it says, such as 'revenue run rate surpassed $47bn'")
        entry = Entry()
        series = self._series(given, headline, entry)
        url = self._link(given)
        source = self._known_source(given, url)
        published = self._published(given, url, source, entry)
        source = source or self._same_page(url, published, given)
        period = self._period(given, headline, series, published, entry)
        fitted = self._fitted(given, headline, series, period, published)
        self._fill_number(given, fitted, series, entry)
        self._fill_source({**given, "url": url}, headline, series, fitted, source, entry)
        self._fill_rest(given, headline, period, fitted, entry)
        entry.cells = {name: entry.cells[name] for name in OBSERVATION}
        self._look_for_the_same(given, series, period, entry)
        entry.answers = self.asker.answers
        return entry

    def _check_given(self, given: Given) -> None:
        for name in ("published", "recorded", "retrieved"):
            if name in given:
                _need_day(name, given[name])
        if "source" in given and given["source"] not in self.sources:
            near = did_you_mean(given["source"], self.sources)
            raise ProposalError(f"found no source {given['source']!r}{near}; a new one is made of --url, --outlet and "
                                "--title")  # fmt: skip

    # What it is about.

    def _series(self, given: Given, headline: str, entry: Entry) -> Series:
        words, found = self._named(given.get("series", ""), headline)
        fits = finding.narrowed(found, headline, _period_given(given), self.forms)
        if len(fits) == 1:
            series = fits[0]
        else:
            options = [(each.id, f"{each.title}, {each.spellings[0]}") for each in fits]
            chosen = self.asker.choice("series", f"one of those that {words or headline!r} may mean", options)
            series = self.store.series[chosen]
        is_proposed = words != series.id and len(fits) == 1
        how = _of_how_many(len(found)) if is_proposed else ""
        entry.put("series", series.id, "; ".join(filter(None, [how, ruler_of(series)])))
        return series

    def _named(self, words: str, headline: str) -> tuple[str, list[Series]]:
        """The series that are meant, and the words for them: in a terminal they are asked for until there is one."""
        while True:
            try:
                found = finding.by_words(words, self.store) if words else finding.by_headline(headline, self.store)
            except finding.SeriesError as error:
                if not self.asker.is_there:
                    raise
                print(error)
                words = self.asker.text("series", "words of its name, such as 'anthropic run rate'")
            else:
                return words, found

    def _period(self, given: Given, headline: str, series: Series, published: str, entry: Entry) -> Period:
        typed = given.get("period", "")
        why = ""
        if not typed:
            rows = self.store.by_series.get(series.id, [])
            forms = [row.period.text for row in rows]
            proposed = headline_periods.propose(headline, series, forms, published)
            question = f"what the number is about, such as {_example(series)}"
            typed = self.asker.text("period", question, proposed, check=lambda text: _parsed("period", text, series))
            why = "proposed from the day of publication" if typed == proposed else ""
        entry.put("period", typed, why)
        return _parsed("period", typed, series)

    def _published(self, given: Given, url: str, source: Source | None, entry: Entry) -> str:
        published = given.get("published", "")
        why = ""
        if not published and source is not None:
            published = source.published
            why = "the day of its source"
        if not published:
            in_link = sourcing.day_in(url)
            proposed = in_link or (cells_of.today().isoformat() if self.asker.is_there else "")
            question = "the day on which the world could know it"
            published = self.asker.text(
                "published", question, proposed, check=lambda text: _need_day("published", text)
            )
            why = "as its link says" if published == in_link else ""
        _need_day("published", published)
        entry.put("published", published, why)
        return published

    # The number.

    def _fitted(self, given: Given, headline: str, series: Series, period: Period, published: str) -> Fitted | None:
        """What the headline gives; None where the number itself was given."""
        if any(given.get(name) for name in NUMBERS):
            return None
        base = self._base(series, published)
        is_out_of_a_shell = IN_A_SHELL in given and "unit" not in given
        while True:
            try:
                fitted = fitting.fit(headline, series, given.get("unit", ""), period, base)
                if fitted.has_lost_its_sign and is_out_of_a_shell:
                    raise fitting.HeadlineError(f"found {fitted.words!r} without its currency, expected such as '$47bn' in "
                                                "single quotes: between double ones a shell takes $4 for a name; or "
                                                "give its --unit")  # fmt: skip
            except fitting.HeadlineError as error:
                if not self.asker.is_there:
                    raise
                print(error)
                headline = self.asker.text("headline", "the number alone, with its unit")
                is_out_of_a_shell = False
                self.asker.answers[IN_A_SHELL] = ""
            else:
                return fitted

    def _base(self, series: Series, published: str) -> Base | None:
        day = parse_day(published)
        on = Reading(self.store, day)
        rows = [row for row in on.known(series.id) if rule.counts(row, day)]
        if not rows:
            return None
        row = rule.best(rows)
        value = fitting.exact(row.value or 0)
        usual = series.spellings[0]
        bound = "" if row.qualifier == "exactly" else f"{row.qualifier} "
        bound = "the middle of a range, " if row.is_span else bound
        told = f"{bound}{fitting.in_spelling(value, usual)} {usual} for {row.period.text}, by {row.source.id}"
        return Base(value, row.qualifier, row.tag, told)

    def _fill_number(self, given: Given, fitted: Fitted | None, series: Series, entry: Entry) -> None:
        if fitted is None:
            for name in NUMBERS:
                entry.put(name, given.get(name, "").replace(",", ""))
            entry.put("unit", given.get("unit", "") or series.spellings[0])
            entry.put("qualifier", given.get("qualifier", "exactly"))
            return
        for name in NUMBERS:
            entry.put(name, getattr(fitted, name), f"“{fitted.words}”" if getattr(fitted, name) else "")
        entry.put("unit", fitted.unit)
        entry.put("qualifier", given.get("qualifier", "") or fitted.qualifier)

    # Its source.

    def _link(self, given: Given) -> str:
        url = given.get("url", "")
        if self.asker.is_there and not url and "source" not in given:
            url = self.asker.text("url", "the link to the page, or - where none can be opened", NO_LINK)
        return "" if url == NO_LINK else url

    def _known_source(self, given: Given, url: str) -> Source | None:
        """The source that is named, or, as long as no day is, the one with that link."""
        if "source" in given:
            return self.sources.get(given["source"])
        return None if "published" in given or not url else self._with_link(url, sourcing.day_in(url))

    def _same_page(self, url: str, published: str, given: Given) -> Source | None:
        if url:
            return self._with_link(url, published)
        return sourcing.alike(self.sources.values(), {**given, "published": published})

    def _with_link(self, url: str, published: str) -> Source | None:
        found = sourcing.with_link(self.sources.values(), url, published)
        if len(found) < 2:
            return found[0] if found else None
        options = [(source.id, str(source)) for source in found]
        return self.sources[self.asker.choice("source", "the one with this link that is meant, as --source", options)]

    def _fill_source(
        self, given: Given, headline: str, series: Series, fitted: Fitted | None, source: Source | None, entry: Entry
    ) -> None:
        if source is not None:
            entry.put("source", source.id, "" if given.get("source") else "there already: it has this link")
            return
        published = entry.cells["published"]
        words = fitted.words if fitted else f"{entry.cells['value']} {entry.cells['unit']}"
        made = complete_source(
            {**given, "published": published, "title": given.get("title", "") or _title(headline, words)},
            self.sources, self.asker, series.subject, sourcing.topic_of(series, words),
        )  # fmt: skip
        entry.source = made
        entry.put("source", made["source"], "a new one")
        self.sources[made["source"]] = as_source(made)

    # The rest.

    def _fill_rest(self, given: Given, headline: str, period: Period, fitted: Fitted | None, entry: Entry) -> None:
        voice, reports, via = self._spoken_by(entry)
        is_plan = headlines.is_plan(headline) or _is_ahead(period, entry, self.store)
        tag = sourcing.tag_of(voice, is_plan, has_ended=_has_ended(period, entry))
        why = "of what had not come" if tag == "projected" else f"by its voice, {voice}"
        if fitted is not None and fitted.weakest:
            tag = max(tag, fitted.weakest, key=TAGS.index)
            why = "as its base" if tag == fitted.weakest != "reported" else why
        entry.put("tag", given.get("tag", "") or tag, "" if "tag" in given else why)
        entry.put("confidence", given.get("confidence", "") or sourcing.confidence_of(voice, reports, via, headline))
        on = recorded_on(self.store)
        is_later = on > cells_of.today().isoformat()
        why = "the day after the newest edition closed" if is_later and "recorded" not in given else ""
        entry.put("recorded", given.get("recorded", "") or on, why)
        note = " ".join(filter(None, [fitted.note if fitted else "", given.get("note", "")]))
        entry.put("note", confirmed(given.get("confirm", ""), note))

    def _look_for_the_same(self, given: Given, series: Series, period: Period, entry: Entry) -> None:
        """A row with the same key is corrected, which is told. Raises ProposalError where it says the same already."""
        key = (series.id, period.text, _last_known(entry), entry.cells["source"])
        rows = [row for row in self.store.by_series.get(series.id, []) if row.key == key]
        if not rows:
            return
        row = max(rows, key=lambda row: row.recorded)
        cells = entry.cells
        is_like_it = (row.qualifier, row.tag, row.confidence) == (cells["qualifier"], cells["tag"], cells["confidence"])
        same = is_like_it and _says_the_same(row, cells) and given.get("note", "") in ("", row.note)
        if same:
            raise ProposalError(f"row {row.row} of observations.csv says so already: {series.id}, {period.text}, of the "
                                f"same source and day, {row.recorded}; there is nothing to add")  # fmt: skip
        entry.why["source"] = f"a correction of row {row.row}, of the same source and day"

    def _spoken_by(self, entry: Entry) -> tuple[str, str, str]:
        source = self.sources[entry.cells["source"]]
        return source.voice, source.reports, source.via


def confirmed(reason: str, note: str) -> str:
    """A note that says why an unlikely number is right.

    >>> confirmed("both papers have it", "'Surpassed'.")
    "confirmed: both papers have it. 'Surpassed'."
    """
    if not reason:
        return note
    ended = reason if reason.endswith((".", "!", "?")) else f"{reason}."
    return f"{CONFIRMED} {ended} {note}".strip()


def recorded_on(store: Store) -> str:
    """The day of entry: today, or the day after the newest edition closed, so that the row belongs to the next one."""
    after = max(edition.closing for edition in store.editions.values()) + timedelta(days=1)
    today = cells_of.today()
    return max(today, after if after <= cells_of.latest_day() else today).isoformat()


def complete_source(
    given: Given, sources: Mapping[str, Source], asker: Asker, subject: str = "", topic: str = ""
) -> dict[str, str]:
    """The row of a new source. Raises NeededError for an outlet or a title that is missing."""
    url = given.get("url", "")
    known = sources.values()
    proposed = sourcing.outlet_of(known, url) or (sourcing.host_of(url) if asker.is_there else "")
    outlet = given.get("outlet", "") or asker.text("outlet", "whose page it is", proposed)
    title = given.get("title", "") or asker.text("title", "the title of the page")
    reports = given.get("reports", "") or sourcing.who_says(f"{title}. {given.get('headline', '')}", subject, outlet)
    made = dict.fromkeys(SOURCE, "") | {
        "outlet": outlet,
        "reports": reports,
        "title": title,
        "url": url,
        "published": given.get("published", ""),
        "retrieved": given.get("retrieved", "") or cells_of.today().isoformat(),
        "archive": given.get("archive", ""),
        "access": given.get("access", "") or sourcing.access_of(known, outlet, reports),
        "voice": given.get("voice", "") or sourcing.voice_of(known, outlet, reports, subject, url),
        "via": given.get("via", ""),
    }
    made["source"] = sourcing.name_of(made, topic or title, sources)
    return made


def as_source(cells: Given) -> Source:
    """A source as the calculation has it."""
    return Source(**{"id" if name == "source" else name: cell for name, cell in cells.items()})


def _says_the_same(row: Observation, cells: Given) -> bool:
    """Whether an observation has the number of some cells; cells that are no numbers the checks name."""
    if cells["unit"] not in row.series.spellings:
        return False
    factor = units.scale(cells["unit"])
    own = (None if row.is_span else row.value, row.low, row.high)
    try:
        typed = [cells_of.number(cells[name]) * factor if cells[name] else None for name in NUMBERS]
    except ValueError:
        return False
    pairs = zip(own, typed, strict=True)
    return all(one == other or (one and other and math.isclose(one, other)) for one, other in pairs)


def ruler_of(series: Series) -> str:
    """The ruler of a series in words; empty where no side of it applies."""
    has_one = any((series.basis, series.channel, series.firmness, series.payer))
    return f"on its ruler, {series.ruler}" if has_one else ""


def _of_how_many(number: int) -> str:
    return "the one that the words fit" if number == 1 else f"the one of {number} with these words that fits"


def _title(headline: str, words: str) -> str:
    """A headline is the title of its page, unless it is the number alone."""
    return headline if len(headline.split()) > len(words.split()) + 3 else ""


def _need_day(name: str, text: str) -> None:
    try:
        parse_day(text)
    except ValueError as error:
        raise ProposalError(f"found {text!r} as --{name}, expected {error}") from None


def _parsed(name: str, text: str, series: Series) -> Period:
    try:
        return parse_period(text, series.fiscal_year_end)
    except ValueError as error:
        raise ProposalError(f"found {text!r} as --{name}, expected {error}") from None


def _period_given(given: Given) -> Period | None:
    typed = given.get("period", "")
    try:
        return parse_period(typed) if typed else None
    except ValueError as error:
        raise ProposalError(f"found {typed!r} as --period, expected {error}") from None


def _example(series: Series) -> str:
    return "2026-04" if series.kind != "flow" else "Q2-2026 or FY2025"


def _last_known(entry: Entry) -> date:
    return parse_day(entry.cells["published"])


def _is_ahead(period: Period, entry: Entry, store: Store) -> bool:
    """Whether a number is of a time that had not come when it was published."""
    is_flow = store.series[entry.cells["series"]].kind == "flow"
    return (period.end if is_flow else period.start) > _last_known(entry)


def _has_ended(period: Period, entry: Entry) -> bool:
    return period.end < _last_known(entry)
