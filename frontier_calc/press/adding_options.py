"""The options of the commands that add to the record, and what each of them does."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from frontier_calc.errors import did_you_mean
from frontier_calc.press import adding, asking, headlines, proposing, sourcing
from frontier_calc.press.adding import Wish
from frontier_calc.record import appending
from frontier_calc.record.store import Store, load

OBSERVATION_HELP = {
    "headline": "the headline, where it does not stand behind the series",
    "period": "what the number is about: 2026-04, Q2-2026, FY2025",
    "published": "the day, or the month, in which the world could know it",
    "value": "the number itself, where no headline is given",
    "low": "the lower end of a range",
    "high": "the upper end of a range",
    "unit": "a spelling that the series allows",
    "qualifier": "exactly, about, over, under, up to",
    "tag": "reported, estimated, projected, illustrative",
    "confidence": "high, medium, low",
    "source": "a source of data/sources.csv by its name",
    "recorded": "the day of entry; unless given, today",
    "note": "what a reader must know about this number",
    "confirm": "why an unlikely number is right",
}
SOURCE_HELP = {
    "outlet": "whose page the link opens",
    "reports": "whom that page reports; empty where it speaks for itself",
    "title": "the title of the page",
    "url": "the link",
    "retrieved": "the day on which it was read; unless given, today",
    "archive": "a link to an archived copy",
    "access": "open, paywalled, leaked",
    "voice": "whose word it is: filing, company, investor, rival, press, research firm",
    "via": "through what the page was seen, if not by opening it",
}
SERIES_HELP = {
    "subject": "the party that it is about",
    "title": "a short noun phrase for a table",
    "definition": "one sentence that says exactly what is counted",
    "unit": "the unit without a scale, such as USD per year; 1 for a share",
    "spellings": "the unit texts that a row may use, such as 'USD bn; USD mn'",
    "kind": "instant, month, flow",
    "fiscal_year_end": "the month in which the fiscal year ends",
    "basis": "run-rate, recognised",
    "channel": "gross, net",
    "firmness": "committed, guided, spent, paid-in, held",
    "payer": "customer, investor",
    "minimum": "the smallest plausible value",
    "maximum": "the largest plausible value",
    "stale_after_months": "how old its newest row may grow",
    "succeeded_by": "the series that a restatement has put in its place",
    "succeeded_from": "the day from which that one answers",
    "spoken": "what a sentence calls it",
    "describes": "the series of the sum that it tells the term of",
    "kept_for": "why it is kept although no page tells it",
}
NEEDED = ("subject", "title", "definition", "unit", "spellings", "kind", "fiscal_year_end", "stale_after_months")
OF_ITS_OWN = ("subject", "title", "definition", "succeeded_by", "succeeded_from", "spoken", "describes", "kept_for")
USUAL = {"fiscal_year_end": "12", "stale_after_months": "12"}

ADD_EXAMPLE = """The number may be worded as headlines word it: 'surpassed $47bn' (in single quotes: between double ones a shell takes
$4 for a name), 'as much as 100', 'between 50 and 70', '$2bn a month' for a yearly pace, '40 per cent', '5 GW', 'more than
doubled' (from the last value of the series). What is not said is proposed: in a terminal it is asked for, and Enter takes
the proposal.

examples:
  frontier add
  frontier add anthropic revenue 'surpassed $80bn' --period 2026-11 --published 2026-11-26 \\
      --url https://example.org/80 --outlet "The Wire" --title 'Anthropic surpasses $80bn' --yes
  frontier add --from headlines.csv --published 2026-11-25 --dry-run

A file for --from is a CSV with any of the columns series, headline, period, published, url, outlet, title, and the others
that are options here. An option fills the cells that the file leaves empty. All rows are added, or none:
  series,headline,period,url,outlet,title
  anthropic run rate,surpassed $80bn,2026-11,https://example.org/80,The Wire,Anthropic surpasses $80bn
"""
SERIES_EXAMPLE = """example:
  frontier series add mistral-weekly-users --like openai-weekly-users --subject Mistral \\
      --title "Mistral weekly users" --definition "People who use Mistral's assistant in a week." --yes
"""
SOURCE_EXAMPLE = """example:
  frontier source add --url https://example.org/a --outlet "The Wire" --title "A lab and its pace" \\
      --published 2026-11-25 --yes
"""


Options = argparse.Namespace


# Into a parser.


def for_add(parser: argparse.ArgumentParser) -> None:
    """The options of  frontier add ."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help="the series in words or by name, then the headline")
    parser.add_argument("--from", dest="file", metavar="FILE", default="", help="a CSV of several, see below")
    _fill(parser, OBSERVATION_HELP | SOURCE_HELP, ADD_EXAMPLE)


def for_series(parser: argparse.ArgumentParser) -> None:
    """The options of  frontier series add ."""
    parser.add_argument("action", choices=["add"], metavar="add")
    parser.add_argument("id", metavar="ID", help="subject, quantity, ruler: lab-revenue-run-rate")
    parser.add_argument("--like", default="", metavar="SERIES", help="the series from which the other cells are taken")
    _fill(parser, SERIES_HELP, SERIES_EXAMPLE)


def for_source(parser: argparse.ArgumentParser) -> None:
    """The options of  frontier source add ."""
    parser.add_argument("action", choices=["add"], metavar="add")
    parser.add_argument("--source", default="", metavar="ID", help="its name; unless given, outlet, topic and day")
    parser.add_argument("--published", default="", help=OBSERVATION_HELP["published"])
    _fill(parser, SOURCE_HELP, SOURCE_EXAMPLE)


def _fill(parser: argparse.ArgumentParser, columns: Mapping[str, str], example: str) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = example
    for name, told in columns.items():
        metavar = "REASON" if name == "confirm" else "TEXT"
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, default="", metavar=metavar, help=told)
    parser.add_argument("--yes", action="store_true", help="write without asking, as a script must")
    parser.add_argument("--dry-run", action="store_true", help="show the rows and what they move, and write nothing")


# Out of what was parsed.


def wishes(options: Options, data: Path) -> list[Wish]:
    """What an author gave for each observation."""
    given = {name: getattr(options, name) for name in (*OBSERVATION_HELP, *SOURCE_HELP)}
    given |= _words(list(options.words), given["headline"], load(data))
    given = {name: cell for name, cell in given.items() if cell}
    if "headline" in given:
        given[proposing.IN_A_SHELL] = "yes"
    return adding.wishes_of(Path(options.file), given) if options.file else [Wish(given)]


def _words(words: list[str], headline: str, store: Store) -> dict[str, str]:
    """The words of a command as series and headline: the last one is the headline where it states something."""
    if not headline and words and words[-1] not in store.series and headlines.read(words[-1]):
        headline = words.pop()
    return {"series": " ".join(words), "headline": headline}


def series_row(options: Options, data: Path) -> dict[str, str]:
    """The row of a new series: as given, then as that of the series it is like, then as usual, then as answered."""
    known = appending.table(data / "series.csv")
    like: dict[str, str] = {}
    if options.like:
        found = [row for row in known if row["series"] == options.like]
        if not found:
            near = did_you_mean(options.like, [row["series"] for row in known])
            raise adding.AddingError(f"found no series {options.like!r}, expected one of data/series.csv{near}")
        like = {name: cell for name, cell in found[0].items() if name not in OF_ITS_OWN}
    asker = asking.asker(options.yes)
    row = {"series": options.id}
    for name, told in SERIES_HELP.items():
        cell = getattr(options, name) or like.get(name, "")
        if not cell and name in NEEDED:
            cell = asker.text(name.replace("_", "-"), told, _proposed(name, row, known))
        row[name] = cell
    return row


def _proposed(name: str, row: Mapping[str, str], known: Sequence[Mapping[str, str]]) -> str:
    """What the series that count the same unit have, or what is usual."""
    alike = Counter(other[name] for other in known if "unit" in row and other["unit"] == row["unit"])
    if name in ("spellings", "kind") and alike:
        return alike.most_common(1)[0][0]
    return USUAL.get(name, "")


def source_row(options: Options, data: Path) -> dict[str, str]:
    """The row of a new source. Raises AddingError where its page has one."""
    given = {name: getattr(options, name) for name in ("published", *SOURCE_HELP)}
    sources = load(data).sources
    there = sourcing.with_link(sources.values(), given["url"], given["published"]) if given["url"] else []
    if there and not options.source:
        raise adding.AddingError(
            f"found the source {there[0].id} with that link; a second one of the page needs --source"
        )
    made = proposing.complete_source(given, sources, asking.asker(options.yes))
    return made | ({"source": options.source} if options.source else {})
