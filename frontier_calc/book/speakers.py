"""Who says a number, how much that is worth, how old it is, and who says otherwise: each input's standing in words."""

import re
from dataclasses import dataclass, field

from frontier_calc import words
from frontier_calc.dates import day_words
from frontier_calc.graph import TAGS, Leaf
from frontier_calc.record import rule
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation, Source
from frontier_calc.spoken import amount, name_of, part
from frontier_calc.table import TABLE
from frontier_calc.typography import curly

FEW = 3  # so many other answers for one period are told; of more, how many
BY_WAY = re.compile(r",? by way of .*$")
OWN_WORK = re.compile(r"Our (division|sum)\b")  # how a note begins whose row nobody printed
COMPILATION = re.compile(r"github\.com/\S+?(?=;|,|$)")
DOCUMENT = re.compile(r"report|prospectus|filing|results|release|statement|S-1|10-Q|Prospects")  # no institution
NEWSPAPERS = ("Financial Times", "New York Times", "South China Morning Post", "Wall Street Journal")  # with an article


def parties_of(leaf: Leaf) -> list[str]:
    """The parties that an observation is about."""
    return [party for part in leaf.subject.split(", ") for party in part.split(" and ") if party]


def said_by(leaf: Leaf) -> str:
    """Who said it and when, as the end of a sentence: "as Anthropic said on 17 August"."""
    source = leaf.source
    if source is None:
        return "assumed here"
    if not isinstance(source, Source):
        return f"by {source}"
    if source.is_own:
        return f"by an observation of your own{published(leaf)}"
    if leaf.identity.startswith("carried:"):
        return "assumed to hold at other dates too"
    if source.is_unsourced:
        return "the booklet’s own illustration" if leaf.tag == "illustrative" else "the booklet’s own figure, unsourced"
    tell = _own_work if own_work(leaf) else VOICES[source.voice]
    return curly(tell(leaf, source))


def own_work(leaf: Leaf) -> str:
    """What was done here to an estimate that nobody printed, a "division" or a "sum", by how its note begins."""
    work = OWN_WORK.match(leaf.note) if leaf.tag == "estimated" else None
    return work.group(1) if work else ""


def speaker_of(source: Source) -> str:
    """Whose word it is, whatever page it was read on: "the Wall Street Journal", "an analysis on GitHub"."""
    name = BY_WAY.sub("", source.reports or source.outlet)
    if name.startswith(NEWSPAPERS) or name.endswith("Podcast"):
        return f"the {name}"
    return name[0].lower() + name[1:] if name.startswith(("A ", "An ", "The Economics")) else name


def published(leaf: Leaf) -> str:
    """The day or month of publication with its preposition; the year only where the period does not say it."""
    if leaf.known is None:
        return ""
    if leaf.known_words:
        told, before = leaf.known_words, "in"
    else:
        told, before = day_words(leaf.known), "on"
    if leaf.period is not None and leaf.tag != "illustrative" and leaf.period.words.endswith(f" {leaf.known.year}"):
        told = told.removesuffix(f" {leaf.known.year}")
    return f" {before} {told}"


def _of(leaf: Leaf) -> str:
    """The same after a noun: "of 17 August"."""
    told = published(leaf)
    return f" of {told.split(' ', 2)[2]}" if told else ""


def _company(leaf: Leaf, source: Source) -> str:
    speaker = speaker_of(source)
    if leaf.tag == "illustrative":
        return f"as told to {speaker.removeprefix('the podcast ')}{published(leaf)}"
    speaking = [party for party in parties_of(leaf) if party in speaker]
    if speaking:
        is_own = name_of(leaf).startswith(f"{speaking[0]}’s ") and len(speaking) == 1
        who = "the company" if is_own else " and ".join(speaking)
        return f"as {who} said{published(leaf)}"
    own = leaf.subject if len(parties_of(leaf)) == 1 else "a company"
    return f"by {own}’s own word{_of(leaf)} ({speaker})"


def _filing(leaf: Leaf, source: Source) -> str:
    speaker = speaker_of(source)
    article = "" if speaker.startswith("the ") or "'s " in speaker else "the "
    when = _of(leaf) if DOCUMENT.search(speaker) else published(leaf)
    return f"by {article}{speaker}{when}"


def _press(leaf: Leaf, source: Source) -> str:
    verb = "put it" if leaf.tag == "estimated" else "reported"
    return f"as {speaker_of(source)} {verb}{published(leaf)}"


def _research(leaf: Leaf, source: Source) -> str:
    verb = "reported" if leaf.tag == "reported" else "estimated"
    return f"as {speaker_of(source)} {verb}{published(leaf)}"


def _rival(leaf: Leaf, source: Source) -> str:
    return f"by the word of a rival that {speaker_of(source)} reported{published(leaf)}"


def _investor(leaf: Leaf, source: Source) -> str:
    return f"as the investor {speaker_of(source)} said{published(leaf)}"


def _own_work(leaf: Leaf, source: Source) -> str:
    return f"by our {own_work(leaf)} of what {speaker_of(source)} reported{published(leaf)}"


VOICES = {
    "company": _company,
    "filing": _filing,
    "press": _press,
    "research firm": _research,
    "rival": _rival,
    "investor": _investor,
}


# How much it is worth.


@dataclass(frozen=True)
class Answer:
    """What another source said of the same period."""

    said: str
    source: Source | None = None

    def __str__(self) -> str:
        return f"{self.said}, {self.source}" if self.source else self.said


@dataclass(frozen=True)
class Statement:
    """One input of a figure: what it is, who says so, how much that is worth, and who says otherwise."""

    name: str
    said: str
    source: Source | None
    standing: str  # whose word it is, and how exact, in sentences
    age: str  # of when it is, and what is newer
    held: str  # why an edition pins it against the rule
    note: str
    others: tuple[Answer, ...] = field(default_factory=tuple)
    key: str = ""  # the input's


def statement(leaf: Leaf, on: Reading | None = None) -> Statement:
    """What there is to tell of one input; ``on`` is the reading that knows what is newer."""
    return Statement(
        name=name_of(leaf),
        said=str(amount(part(leaf))),
        source=leaf.source if isinstance(leaf.source, Source) else None,
        standing=standing(leaf),
        age=age(leaf, on),
        held=leaf.held,
        note=leaf.note,
        others=_others(leaf),
        key=leaf.key,
    )


def standing(leaf: Leaf) -> str:
    """Whose word it is, and how exact."""
    told = [_worth(leaf), BOUNDS["span"] if leaf.is_span else BOUNDS.get(leaf.qualifier, "")]
    if isinstance(leaf.source, Source) and leaf.source.access == "leaked":
        told.insert(1, "Leaked.")
    return " ".join(filter(None, told))


BOUNDS = {
    "about": "“About”: it is rounded.",
    "over": "“Over”: at least this much.",
    "under": "“Under”: less than this.",
    "up to": "“Up to”: this much at most.",
    "span": "A range: nobody gave a single number.",
}

# By the tag of a number and the voice of its source.
WORTH = {
    ("reported", "company"): "{}’s own word.",
    ("reported", "filing"): "On file, with an authority.",
    ("reported", "press"): "A press report, not the company’s own word.",
    ("reported", "research firm"): "A research firm’s figure, not the company’s own word.",
    ("reported", "rival"): "A rival’s word.",
    ("reported", "investor"): "An investor’s word.",
    ("estimated", "company"): "{}’s own estimate.",
    ("estimated", "filing"): "An estimate, on file with an authority.",
    ("estimated", "press"): "An estimate in the press, not the company’s own word.",
    ("estimated", "research firm"): "A research firm’s estimate.",
    ("estimated", "rival"): "A rival’s claim, not the company’s own word.",
    ("estimated", "investor"): "An investor’s estimate.",
    ("projected", "company"): "{}’s own plan or forecast.",
    ("projected", "filing"): "A forecast, on file with an authority.",
    ("projected", "press"): "A forecast that the press reported.",
    ("projected", "research firm"): "A research firm’s forecast.",
    ("projected", "rival"): "A rival’s forecast.",
    ("projected", "investor"): "An investor’s forecast.",
}
WORKED_OUT = "Worked out here from what others reported."


def _worth(leaf: Leaf) -> str:
    source = leaf.source
    if leaf.identity.startswith("carried:"):
        return "Measured at one date, assumed for others."
    if not isinstance(source, Source):
        return "Assumed here, to show a mechanism." if leaf.tag == "illustrative" else ""
    if source.is_unsourced:
        return (
            "The booklet’s own illustration." if leaf.tag == "illustrative" else "Unsourced: the booklet’s own figure."
        )
    if source.is_own:
        return "Your own observation, which the book does not have."
    if leaf.tag == "illustrative":
        return "An example, to show a mechanism."
    speaking = [party for party in parties_of(leaf) if party in speaker_of(source)] or ["The company"]
    told = WORKED_OUT if own_work(leaf) else WORTH[leaf.tag, source.voice]
    return told.format(" and ".join(speaking))


# How old it is.


def age(leaf: Leaf, on: Reading | None = None) -> str:
    """Of when it is, and what is newer: "Of April 2026; nothing newer."."""
    if leaf.period is None or leaf.tag == "illustrative":
        return ""
    of = f"Of {leaf.period.words}"
    if on is None or leaf.name not in on.store.series:
        return f"{of}."
    if leaf.period.end > on.as_of and leaf.tag == "projected":
        return f"For {leaf.period.words}, which is still to come."
    newest = newest_row(leaf.name, on)
    if newest is None or newest.period.end <= leaf.period.end:
        return f"{of}; nothing newer."
    return f"{of}. The newest is {row_words(newest)}, {newest.period.dated} ({newest.source})."


def newest_row(series: str, on: Reading) -> Observation | None:
    """The newest measurement of a series by the rule alone, whatever an edition pins."""
    rows = [row for row in on.known(series) if rule.counts(row, on.as_of)]
    return rule.best(rows) if rows else None


# Who says otherwise.


def _others(leaf: Leaf) -> tuple[Answer, ...]:
    """The newest other answers for an input's period, and how many more there are."""
    own = words.usual(leaf, leaf.qualifier, leaf.value)
    answers = [row for row in leaf.disputes if row_words(row) != own]  # not the same number, told with another digit
    newest = sorted(answers, key=lambda row: row.known, reverse=True)
    told = [Answer(f"{row_words(row)}{_weaker(row, leaf)}", row.source) for row in newest[:FEW]]
    more = len(newest) - FEW
    if more > 0:
        told.append(Answer(f"{words.count(more)} more {'answer' if more == 1 else 'answers'}"))
    return tuple(told)


def _weaker(row: Observation, leaf: Leaf) -> str:
    """What kind of answer it is, where it is of a weaker one than the answer that was taken."""
    is_weaker = leaf.tag in TAGS and TAGS.index(row.tag) > TAGS.index(leaf.tag)
    return {"estimated": ", an estimate", "projected": ", a forecast"}.get(row.tag, "") if is_weaker else ""


def row_words(row: Observation) -> str:
    """What a row of the data says: its value, its range where it gives no point, or that it was withdrawn."""
    if row.value is None:
        return "withdrawn"
    if row.is_span and row.low is not None and row.high is not None:
        return words.span(row.low, row.high, lambda end: words.usual(row.series, "exactly", end))
    return words.usual(row.series, row.qualifier, row.value)


def seen_as(source: Source) -> str:
    """What a card tells of how a source was read: only what a reader would not expect of it."""
    told = [] if source.access == "open" or source.is_unsourced else [source.access]
    if source.via:
        told.append(f"seen through {COMPILATION.sub('a compilation on GitHub', source.via)}")
    return ", ".join(told)


def reading_of(source: Source) -> str:
    """Whose word it is, whether it can be read, and through what it was seen: "press, paywalled; seen through Sacra"."""
    if source.is_unsourced:
        return str(TABLE["unsourced"])
    if source.is_own:
        return "not in the book"
    told = f"{source.voice}, {source.access}"
    return f"{told}; seen through {source.via}" if source.via else told
