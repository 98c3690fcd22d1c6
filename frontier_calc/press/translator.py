"""The page on which a reader translates a headline: what the browser gets for it, and examples worked out here.

Each answer is made of figures: the reader's number, the constants of a year, the book's landmarks and its own latest
figures on the same ruler. Python makes them once with a stand-in for the number; the page's script puts the number in.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontier_calc import units, words
from frontier_calc.book import blocks
from frontier_calc.book.tables import Of
from frontier_calc.figure import Figure, constant, of_leaf
from frontier_calc.graph import Leaf
from frontier_calc.models import growth
from frontier_calc.press import export, headlines, understanding
from frontier_calc.press.cards import scripted
from frontier_calc.press.understanding import COUNT, MONEY, POWER, Understood
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading
from frontier_calc.table import TABLE
from frontier_calc.typography import capital, curly

TEXTS: dict[str, Any] = json.loads(Path(__file__).parents[1].joinpath("translating.json").read_text(encoding="utf-8"))
KIND = "translate-your-own"
FILE = "answers.js"
SCRIPTS = (FILE, "evaluate.js", "headlines.js", "translate.js")  # in the order in which they are needed
DAYS_IN_A_YEAR = constant("days in a year", 365.25, "day per year")
WHOLE = TABLE["wordings"]["multiple"]["ranges"][0]["least"]  # from here on a ratio is a multiple, below it a part

# How often a sum comes in a year, by the span that a headline names.
TIMES = {"day": 365.25, "week": 365.25 / 7, "month": 12.0, "quarter": 4.0, "half": 2.0, "year": 1.0}

# The book's own figures on each ruler, by the ends of their series' names: the latest of each lab.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "pace": ("-revenue-run-rate", "-revenue-run-rate-gross"),
    "booked quarter": ("-revenue-recognised-quarter",),
    "booked half": ("-revenue-recognised-half",),
    "booked year": ("-revenue-recognised",),
    "lost quarter": ("-operating-loss-quarter", "-net-loss-quarter"),
    "lost half": ("-net-loss-half", "-operating-loss-half"),
    "lost year": ("-net-loss", "-operating-loss"),
    "earned quarter": ("-operating-profit-quarter",),
    "promised": ("-cloud-commitment", "-openai-commitment", "-compute-commitments", "-compute-commitment"),
    "planned": ("-investment-up-to", "-openai-investment"),
    "raised": ("-funding-round", "-series-d"),
    "worth": ("-valuation-post-money", "-valuation", "-valuation-usd", "-market-value-usd"),
    "spent": ("xai-capex-spent", "amazon-capex-spent", "alphabet-capex-spent", "oracle-capex-spent"),
    "power": ("-capacity",),
    "weekly users": ("-weekly-users",),
    "monthly users": ("-monthly-users", "-monthly-users-counterpoint"),
    "daily users": ("-daily-app-users",),
    "staff": ("-employees",),
}
NOT_COMPARED = ("claude-code-run-rate", "frontier-lab-employees")
UNITS = {
    "power": "GW", "staff": "employee", "pace": "USD per year", "weekly users": "weekly-user",
    "monthly users": "monthly-user", "daily users": "daily-user",
}  # fmt: skip
SORTS_OF: Mapping[str, tuple[str, ...]] = {
    MONEY: tuple(sort for sort in COMPARED if UNITS.get(sort, "USD").startswith("USD")),
    POWER: ("power",),
    COUNT: ("weekly users", "monthly users", "daily users", "staff"),
}
STAND_IN = {MONEY: "USD", POWER: "GW", COUNT: "user"}
SPREAD = ("year", "month", "day", "second")
A_DOLLAR = constant("a dollar in dollars", 1)
STAFF = ("staff", "employees", "workers", "people")
NO_PEOPLE = (
    "tokens",
    "chips",
    "gpus",
    "cars",
    "vehicles",
    "barrels",
    "tonnes",
    "tons",
    "downloads",
    "homes",
    "households",
)


@dataclass(frozen=True)
class Beside:
    """A figure of the book that a reader's number is set beside, and what a sentence calls it."""

    figure: Figure
    name: str
    channel: str = ""


@dataclass(frozen=True)
class Known:
    """What the book lends to an answer, in one reading; what was not known then is left out."""

    landmarks: tuple[Beside, ...]
    compared: Mapping[str, tuple[Beside, ...]]
    population: Figure | None
    income: Figure | None
    rate: Figure | None

    @property
    def rates(self) -> dict[str, Figure]:
        """The dollars of one of a currency, for those that are observed."""
        return {"USD": A_DOLLAR} | ({"EUR": self.rate} if self.rate is not None else {})

    def marks(self, unit: str) -> list[Beside]:
        """The landmarks for money, or for power; for what is counted there are none."""
        fits = {MONEY: ("USD", "EUR", "GBP"), POWER: ("GW",)}.get(unit, ())
        return [mark for mark in self.landmarks if units.name(mark.figure.unit) in fits]


def known(on: Reading) -> Known:
    """The landmarks, the rate and the latest figure of each lab on each ruler, as a reading knows them."""
    marks = [(id, on.landmark(id)) for id in on.store.landmarks]
    landmarks = [Beside(figure, figure.label) for _, figure in marks if figure.has_value]
    people = on.find_at("world-population", f"{on.as_of.year}-07")
    rate = on.awaited("usd-per-eur")
    income = dict(marks).get("us-household-income")
    return Known(
        tuple(landmarks),
        {sort: tuple(_compared(on, sort)) for sort in COMPARED},
        people,
        income if income is not None and income.has_value else None,
        rate if rate.is_known else None,
    )


def _compared(on: Reading, sort: str) -> Iterator[Beside]:
    """The latest figures of a sort, in the order of the data."""
    unit = units.parse(UNITS.get(sort, "USD"))
    for id, series in on.store.series.items():
        if id.endswith(COMPARED[sort]) and id not in NOT_COMPARED and series.unit == unit:
            figure = on.awaited(id)
            if figure.is_known and figure.has_value and figure.value > 0:
                yield Beside(figure, curly(series.called), figure.ruler.channel)


# What an answer is made of.


@dataclass(frozen=True)
class Made:
    """The figures of an answer. A ratio comes twice: of the whole number, and of a year of what comes in each year."""

    sum: Figure
    rows: Mapping[str, Figure]
    landmarks: tuple[tuple[Figure, Figure], ...]
    compared: Mapping[str, tuple[tuple[Figure, Figure], ...]]

    @property
    def figures(self) -> Iterator[Figure]:
        """All of them."""
        yield self.sum
        yield from self.rows.values()
        for pair in (*self.landmarks, *(pair for pairs in self.compared.values() for pair in pairs)):
            yield from pair


def make(told: Figure, times: Figure, rate: Figure, book: Known, unit: str) -> Made:
    """Restate a number. ``times``: how often it comes in a year; ``rate``: the dollars of one of its currency."""
    year = told * times
    in_dollars = (told * rate, year * rate)
    rows: dict[str, Figure] = {}
    if unit == MONEY:
        rows = _spread(year)
        if book.income is not None:
            rows |= {
                name: each / book.income for name, each in zip(("household", "households"), in_dollars, strict=True)
            }
    if book.population is not None and unit != POWER:
        rows |= {"person": told / book.population, "person_year": year / book.population}
    landmarks = tuple(
        _of(mark.figure, in_dollars if _is_in(mark.figure, "USD") else (told, year)) for mark in book.marks(unit)
    )
    compared = {
        sort: tuple(_of(beside.figure, in_dollars) for beside in book.compared[sort]) for sort in SORTS_OF[unit]
    }
    return Made(told, rows, landmarks, compared)


def _spread(year: Figure) -> dict[str, Figure]:
    """What comes in a year, over its parts."""
    return {
        "year": year,
        "month": year / growth.MONTHS_IN_A_YEAR,
        "day": year / DAYS_IN_A_YEAR,
        "second": year / growth.SECONDS_IN_A_YEAR,
    }


def _of(other: Figure, ends: tuple[Figure, Figure]) -> tuple[Figure, Figure]:
    return ends[0] / other, ends[1] / other


def _is_in(figure: Figure, unit: str) -> bool:
    return units.name(figure.unit) == unit


# An answer in words. The page's script says the same, from the same texts: see static/translate.js.


@dataclass(frozen=True)
class Answer:
    """What a reader is told."""

    understood: str
    notes: tuple[str, ...] = ()
    restated: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()


def answer(told: Understood, book: Known) -> Answer:
    """What is said of a number that is understood, as far as it goes without further questions."""
    made = make(_reader(told), *_leaves(told, book), book, told.unit or COUNT)
    understood, notes = _sentence(told, made.sum), tuple(_notes(told, book))
    if not told.unit:
        return Answer(understood, notes)
    return Answer(
        understood,
        notes,
        tuple(_restated(told, made, book)),
        tuple(_landmarks(told, made, book)),
        tuple(_beside(told, made, book)),
    )


def _reader(told: Understood) -> Figure:
    """The reader's number as a figure, with its bound or its range."""
    assert told.low is not None
    unit = told.currency if told.currency in TABLE["currencies"] else STAND_IN[told.unit or COUNT]
    is_span = told.high is not None
    value = told.low if told.high is None else (told.low + told.high) / 2
    return of_leaf(
        "the headline’s number", value, "assumed:headline", units.parse(unit), tag="illustrative", qualifier=told.bound,
        low=told.low if is_span else None, high=told.high, is_span=is_span, title="the headline’s number",
    )  # fmt: skip


def _leaves(told: Understood, book: Known) -> tuple[Figure, Figure]:
    times = constant("times a year", _times(told) or 1, "1 per year")
    rate = book.rates.get(told.currency, A_DOLLAR)
    return times, rate


def _times(told: Understood) -> float:
    """How often a sum comes in a year; 0 for one that has no time."""
    if told.unit != MONEY:
        return 0
    if told.per or told.sort == "pace" or told.period:
        return TIMES[told.per or told.period or "year"]
    return 1 / told.years if told.years else 0


def _is_yearly(told: Understood) -> bool:
    """Whether it is a pace: what is set beside others is then a year of it."""
    return told.unit == MONEY and bool(told.per or told.sort == "pace")


def _sentence(told: Understood, number: Figure) -> str:
    parts = [_said(told, number)]
    if told.years is not None:
        parts.append(TEXTS["term"].format(words.phrase(told.years)))
    if told.sort:
        parts.append(TEXTS["sorts"][told.sort])
    if told.period:
        parts.append(TEXTS["periods"][told.period])
    if told.channel:
        parts.append(TEXTS["channels"][told.channel])
    return "; ".join(parts)


def _said(told: Understood, number: Figure) -> str:
    text = str(number.plain)
    if told.unit == POWER:
        text = TEXTS["power"].format(text)
    elif told.noun:
        text = TEXTS["counted"].format(text, f"{told.often} {told.noun}".strip())
    return TEXTS["spans"][told.per].format(text) if told.per in TEXTS["spans"] else text


def _notes(told: Understood, book: Known) -> Iterator[str]:
    if told.aside:
        yield TEXTS["aside"].format(", ".join(told.aside))
    if told.is_plan:
        yield TEXTS["is_plan"]
    if told.unit == MONEY and told.currency == "EUR" and book.rate is not None:
        yield TEXTS["rate"].format(book.rate.plain, words.STYLES["dated"](book.rate))
    elif told.unit == MONEY and told.currency not in book.rates:
        yield TEXTS["no_rate"]


def _restated(told: Understood, made: Made, book: Known) -> Iterator[str]:
    spread = _times(told) > 0
    said = {told.per or ("year" if told.sort == "pace" else ""), told.period}
    if told.period and not told.years:
        said.add("year")
    for name in SPREAD if spread else ():
        if name not in said and name in made.rows:
            yield TEXTS["rows"][name].format(made.rows[name].plain)
    yearly = _is_yearly(told)
    person, household = ("person_year", "households") if yearly else ("person", "household")
    if person in made.rows and told.unit == MONEY:
        assert book.population is not None
        yield TEXTS["rows"][person].format(made.rows[person].plain, *_people(book.population))
    if told.unit == COUNT and "person" in made.rows and told.noun not in ("", *NO_PEOPLE):
        assert book.population is not None
        yield (
            TEXTS["rows"]["people"].format(_part(made.rows["person"], ""), *_people(book.population)).replace("  ", " ")
        )
    if household in made.rows and told.currency in book.rates:
        yield TEXTS["rows"][household].format(made.rows[household].plain)


def _people(population: Figure) -> tuple[str, str]:
    period = population.period
    return str(population.plain), f"{period.end:%Y}" if period else ""


def _landmarks(told: Understood, made: Made, book: Known) -> Iterator[str]:
    """One landmark above the number and one below it: of each side the nearest."""
    at = 1 if _is_yearly(told) else 0
    near = [
        (pair[at], mark)
        for pair, mark in zip(made.landmarks, book.marks(told.unit), strict=True)
        if told.unit == POWER
        or _is_in(mark.figure, told.currency)
        or (_is_in(mark.figure, "USD") and told.currency in book.rates)
    ]
    if told.low is not None and told.low < 0:
        yield TEXTS["negative"]
        return
    if not near:
        yield TEXTS["no_landmark"]
        return
    above = [each for each in near if each[0].value < 1]
    below = [each for each in near if each[0].value >= 1]
    frame = TEXTS["a_year_of_it" if at else "all_of_it"]
    nearest = [max(above, key=_ratio)] if above else []
    nearest += [min(below, key=_ratio)] if below else []
    for ratio, mark in nearest:
        yield frame.format(_part(ratio, mark.name))
    if not (above and below):
        yield TEXTS["one_landmark"]


def _ratio(pair: tuple[Figure, Beside]) -> float:
    return pair[0].value


def _part(ratio: Figure, name: str) -> str:
    """A ratio and what it is of: "double the whole programme", "about a quarter of it"."""
    if ratio.value >= WHOLE:
        return str(TEXTS["whole"].format(ratio.multiple, name))
    return str(TEXTS["part"].format(ratio.fraction, name))


def _beside(told: Understood, made: Made, book: Known) -> Iterator[str]:
    sort = _sort(told)
    if told.low is not None and told.low < 0:
        return
    if not sort or (told.unit == MONEY and told.currency not in book.rates):
        if told.unit == MONEY and not told.sort:
            yield TEXTS["no_ruler"]
        return
    rows = [
        (pair[1 if _is_yearly(told) else 0], beside)
        for pair, beside in zip(made.compared.get(sort, ()), book.compared.get(sort, ()), strict=True)
        if not told.channel or beside.channel in ("", told.channel)
    ]
    for ratio, beside in rows:
        said = TEXTS["power"].format(beside.figure.plain) if told.unit == POWER else beside.figure.plain
        when = words.STYLES["dated"](beside.figure)
        yield TEXTS["told"].format(_part(ratio, beside.name), said, when)
    if not rows:
        yield TEXTS["no_compared"]
    elif "channel" in told.open and any(beside.channel for _, beside in rows):
        yield TEXTS["any_channel"]


def _sort(told: Understood) -> str:
    """The ruler on which a number is compared, as COMPARED names it; empty where it is on none."""
    if told.unit == POWER:
        return POWER
    if told.unit == COUNT:
        often = f"{told.often} users"
        return often if often in UNITS else "staff" if told.noun in STAFF else ""
    name = f"{told.sort} {told.period}" if told.sort in headlines.FORMS["in_books"] else told.sort
    return name if name in COMPARED and (not told.per or told.sort == "pace") else ""


# What the browser gets.


def script(on: Reading) -> str:
    """All that the page's script needs, as a classic script: forms, texts, the graph, and what an answer is made of."""
    told = data(on)
    return f"globalThis.FrontierTranslate = {_renamed(scripted(told), told['graph']['nodes'])};\n"


def data(on: Reading) -> dict[str, Any]:
    """The same in plain types. A figure is told by its key; the stand-ins are what the reader's own replace."""
    book = known(on)
    times, rate = constant("times a year", 1, "1 per year"), constant("a stand-in for a rate", 1)
    made = {}
    for unit in SORTS_OF:
        stand_in = of_leaf(unit, 1, f"stand-in:{unit}", units.parse(STAND_IN[unit]), tag="illustrative")
        made[unit] = make(stand_in, times, rate, book, unit)
    besides = [*book.landmarks, *(beside for rows in book.compared.values() for beside in rows)]
    lent = [*book.rates.values(), *(beside.figure for beside in besides)]
    lent += [book.population] if book.population is not None else []
    return {
        "edition": on.stamp,
        "forms": headlines.FORMS,
        "table": TABLE,
        "texts": TEXTS,
        "times_of": TIMES,
        "staff": STAFF,
        "no_people": NO_PEOPLE,
        "times": times.key,
        "rate": rate.key,
        "rates": {code: figure.key for code, figure in book.rates.items()},
        "population": None if book.population is None else [book.population.key, _people(book.population)[1]],
        "made": {unit: _keys(one) for unit, one in made.items()},
        "landmarks": {
            unit: [[mark.name, units.name(mark.figure.unit)] for mark in book.marks(unit)] for unit in SORTS_OF
        },
        "compared": {
            sort: [[beside.name, beside.figure.key, beside.channel] for beside in rows]
            for sort, rows in book.compared.items()
        },
        "graph": _compact([*lent, times, rate, *(figure for one in made.values() for figure in one.figures)]),
    }


def _keys(made: Made) -> dict[str, Any]:
    return {
        "sum": made.sum.key,
        "rows": {name: figure.key for name, figure in made.rows.items()},
        "landmarks": [[figure.key for figure in pair] for pair in made.landmarks],
        "compared": {sort: [[one.key for one in pair] for pair in pairs] for sort, pairs in made.compared.items()},
    }


# What most leaves are: left out, and filled in again by the script.
USUAL: Mapping[str, Any] = {
    "low": None, "high": None, "is_span": False, "least": None, "most": None, "tag": "", "qualifier": "exactly",
    "style": "plain", "currency": "",
}  # fmt: skip


def _compact(figures: list[Figure]) -> dict[str, Any]:
    """The graph as the evaluator reads it, without what no answer says and what is usual."""
    whole = export.graph({figure.key: figure for figure in figures})
    dated = {figure.key for figure in figures if isinstance(figure.node, Leaf)}
    told = {
        key: [figure["style"], figure["currency"], *([figure["dates"]["dated"]] if key in dated else [])]
        for key, figure in whole["figures"].items()
    }
    return {"nodes": {key: _record(node) for key, node in whole["nodes"].items()}, "figures": told, "usual": USUAL}


def _record(node: Mapping[str, Any]) -> Any:
    if "op" in node:
        return [node["op"], *node["of"]]
    return {"value": node["value"]} | {name: node[name] for name, usual in USUAL.items() if node[name] != usual}


def _renamed(told: str, keys: Iterable[str]) -> str:
    """A script with short names in place of keys, which are hashes that nothing can compress."""
    names = {key: f"{number}" for number, key in enumerate(keys)}
    return re.sub(r'"([0-9a-f]{8,})"', lambda found: f'"{names.get(found[1], found[1])}"', told)


# The page.


def translate_your_own() -> Of:
    """The place of the form, and worked examples: what a reader without scripts sees."""
    book = known(reading.current())
    examples = tuple(block for headline in TEXTS["examples"] for block in _example(headline, book))
    return Of(blocks.Group(KIND, examples))


def _example(headline: str, book: Known) -> Iterator[blocks.Block]:
    told = answer(understanding.understand(headline), book)
    yield blocks.Heading(3, (f"“{headline}”",))
    yield blocks.Paragraph((f"{TEXTS['understood']}: {told.understood}.", *(f" {note}" for note in told.notes)))
    for name, title in TEXTS["answers"].items():
        rows = getattr(told, name)
        if rows:
            yield blocks.Paragraph((blocks.Styled((f"{title}:",), "strong"),))
            yield blocks.Listing(tuple(blocks.Item((blocks.Paragraph((capital(row),)),)) for row in rows))


def publish(site: Path, on: Reading) -> None:
    """Write the script's data into a built site."""
    path = site / "_static" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script(on), encoding="utf-8")
