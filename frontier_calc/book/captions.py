"""What a chart says in words: the lines under its title, the words of a point, the sentences of its alt text.

Nothing here draws; a chart that is never looked at is told by these words alone.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from frontier_calc import units, words
from frontier_calc.book.blocks import Spans
from frontier_calc.book.marks import Heading
from frontier_calc.book.phrases import Notes, Phrase, Words, headline, phrase
from frontier_calc.figure import Figure
from frontier_calc.rulers import Ruler
from frontier_calc.table import SCALES
from frontier_calc.typography import capital

ASSUMED = ("projected", "illustrative")  # the tags of what was not measured
MOST_NAMED = 3  # rulers: with more of them nobody would read which names are on which
MOST_OUTLETS = 4  # so many are named below a chart; the table under it has them all
PLAIN = ("", "reported")  # the tags that need no mention
BASES = {"run-rate": "run rate", "recognised": "revenue in the books"}
FIRMNESSES = {"committed": "promised", "guided": "planned", "paid-in": "paid in"}
PAYERS = {"customer": "a customer", "investor": "an investor"}
# To which side of a ruler each of its words belongs.
SIDES = {
    **dict.fromkeys(("run-rate", "recognised"), "basis"),
    **dict.fromkeys(("gross", "net"), "channel"),
    **dict.fromkeys(("committed", "guided", "spent", "paid-in", "held"), "firmness"),
    **dict.fromkeys(("customer", "investor"), "payer"),
}
MONEY = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "CNY": "yuan", "HKD": "Hong Kong dollars"}


@dataclass(frozen=True)
class Scale:
    """What the numbers along an axis are divided by, what the axis then counts, and the weak tag that all share."""

    factor: float
    words: str
    tag: str = ""

    def on_axis(self, value: float) -> float:
        """Where a value stands on the axis.

        >>> Scale(1e9, "USD billion").on_axis(2.5e9)
        2.5
        """
        return without_noise(value / self.factor)

    @property
    def shared_tag(self) -> str:
        """What is said of the tag that all share."""
        return f"all {self.tag}" if self.tag else ""


def without_noise(value: float) -> float:
    """A number to twelve digits, as in the words: the last bits of a division would only make noise in comparisons.

    >>> without_noise(0.1 + 0.2)
    0.3
    """
    return float(words.rounded(value, words.DIGITS["noise"]))


def scale_of(figures: Sequence[Figure]) -> Scale:
    """How to write figures of one unit along an axis; raises UnitError where they count different things."""
    for figure in figures:
        if figure.unit != figures[0].unit:
            raise units.unlike("chart", figures[0], figure)
    if not figures:
        return Scale(1.0, "")
    tag = _shared_tag(figures)
    if all(figure.style == "percent" for figure in figures):
        return Scale(0.01, "per cent", tag)
    largest = max(abs(figure.value) for figure in figures)
    power, word = _power(largest)
    return Scale(10.0**power, _unit_told(figures[0], largest, word), tag)


def _unit_told(figure: Figure, largest: float, scale: str) -> str:
    """What an axis counts, as it is said: "billions of dollars a year", "trillions of tokens a month"."""
    money = MONEY.get(units.currency(figure.unit), "")
    counted = units.counted(figure.unit, largest)  # "tokens per month"; "per year" of a currency
    what = re.sub(r"\bper (?=year|month|week|day)", "a ", " ".join(part for part in (money, counted) if part))
    if not scale:
        return what
    return f"{scale}s of {what}" if what else f"{scale}s"


def _power(largest: float) -> tuple[int, str]:
    """The power of ten by which an axis divides, and its word: 9, billion."""
    for scale in SCALES:
        if largest >= 10**scale.power:
            return scale.power, scale.word
    return 0, ""


def _shared_tag(figures: Sequence[Figure]) -> str:
    """The tag that all figures have, where it needs a mention."""
    tags = {figure.tag for figure in figures}
    if len(tags) > 1:
        return ""
    (tag,) = tags
    return "" if tag in PLAIN else tag


def is_firm(figure: Figure) -> bool:
    """Whether a figure was measured, and not projected or assumed."""
    return figure.tag not in ASSUMED


def is_drawable(figure: Figure) -> bool:
    """Whether a figure has a place on an axis: it is known, and it has a value that is not without bound."""
    return math.isfinite(figure.value)


def left_out(figures: Iterable[Figure]) -> list[str]:
    """What is said of the figures that have no place on an axis: how many, and why."""
    reasons = Counter(_reason(figure) for figure in figures if not is_drawable(figure))
    return [f"{_points(count)} left out: {reason}" for reason, count in reasons.items()]


def _reason(figure: Figure) -> str:
    if not figure.is_known:
        return "not known then"
    if figure.is_undefined:
        return "without a value"
    return "without bound"


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"


# Under the title, and at the foot.


def heading(
    title: Words,
    subtitle: Words,
    note: Notes,
    name: str,
    unit: str,
    noted: Iterable[str],
    figures: Sequence[Figure],
) -> Heading:
    """The words around a chart: the author's, and what is told of all its ``figures``, each thing once.

    ``unit`` is what an axis counts; ``noted`` is what goes into the small print of its own accord. Where the claim of
    a title was about something that was not known, what is drawn stands in its place.
    """
    found, drawn = headline(title), _with_unit(headline(subtitle), unit)
    notes = [phrase(part) for part in several(note)]
    told = " ".join(words.text for words in (drawn, *notes))
    asides = [aside_words(aside) for figure in figures for aside in figure.aside.split("; ")]
    own = [text for text in dict.fromkeys([*noted, *asides]) if text and text not in told]
    if own:
        notes.insert(0, phrase(f"{capital('; '.join(own))}."))
    return Heading(
        title=found or drawn,
        subtitle=drawn if found else Phrase(),
        notes=[words for words in notes if words],
        credits=credits_of(figures),
        name=anchor(name or found.claim or found.text or drawn.text),
    )


def several(words: Notes) -> list[Words]:
    """One piece of small print, or several."""
    if isinstance(words, list):
        return list(words)
    return [words] if words else []


def _with_unit(subtitle: Phrase, unit: str) -> Phrase:
    """What is drawn, with its unit unless it is said already; it begins like a sentence, and is none."""
    if not subtitle:
        return phrase(capital(unit))
    first, *rest = subtitle.spans
    spans: Spans = (capital(first) if isinstance(first, str) else first, *rest)
    if unit and unit not in subtitle.text:
        spans = (*spans, f", {unit}")
    return replace(subtitle, spans=spans)


def anchor(name: str) -> str:
    """A name as a link writes it.

    >>> anchor("What a year booked, beside its closing run rate")
    'what-a-year-booked-beside-its-closing-run-rate'
    """
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def rulers(named: Iterable[tuple[str, Figure]]) -> str:
    """The ruler of all; or, where there are several, which, with the names that are on each where that can be read.

    A name that says its ruler itself is not listed with it; nothing is said where only one ruler is left to name, since
    what has none cannot be confused with it.
    """
    found: dict[Ruler, list[str]] = {}
    for name, figure in named:
        those = found.setdefault(figure.ruler, [])
        if name not in those:
            those.append(name)
    on_one = {ruler_words(ruler): names for ruler, names in found.items() if any(ruler)}
    if len(found) == 1 or not on_one:
        return "".join(on_one)
    if len(on_one) == 1:
        return ""
    every = [name for names in found.values() for name in names]
    if len(on_one) > MOST_NAMED or len(set(every)) < len(every):
        return f"not on one ruler: {_listed(list(on_one))}"
    return f"not on one ruler{_each(on_one)}"


def _each(on_one: Mapping[str, Sequence[str]]) -> str:
    """Each ruler with the names that are on it, but for those that say it; nothing where that leaves fewer than two."""
    shared = _shared_end(list(on_one))
    told = {}
    for ruler, names in on_one.items():
        short = ruler.removesuffix(shared)
        silent = [name for name in names if short not in name]
        if silent:
            told[short] = silent
    each = [f"{ruler} ({_listed(names)})" for ruler, names in told.items()]
    return f": {', '.join(each)}" if len(each) > 1 else ""


def _shared_end(several: Sequence[str]) -> str:
    """What all of several count, where that need not be said of each; nothing where they differ in it.

    >>> _shared_end(["gross run rate", "net run rate"])
    ' run rate'
    >>> _shared_end(["gross run rate", "run rate"])
    ''
    """
    ends = (f" {basis}" for basis in BASES.values())
    return next((end for end in ends if all(each.endswith(end) for each in several)), "")


def ruler_words(ruler: Ruler) -> str:
    """A ruler as small print says it.

    >>> ruler_words(Ruler(basis="run-rate", channel="gross")), ruler_words(Ruler(firmness="committed", payer="customer"))
    ('gross run rate', 'promised by a customer')
    """
    counted = " ".join(part for part in (ruler.channel, BASES.get(ruler.basis, ruler.basis)) if part)
    firm = FIRMNESSES.get(ruler.firmness, ruler.firmness)
    by = f"{firm} by" if firm else "from"
    paid = f"{by} {PAYERS[ruler.payer]}" if ruler.payer else firm
    return ", ".join(part for part in (counted, paid) if part)


def aside_words(aside: str) -> str:
    """What a figure says of two rulers that were set beside each other, as small print says it.

    >>> aside_words("recognised, net set beside run-rate, net")
    'net revenue in the books set beside net run rate'

    Nothing where one of them only says less than the other.
    """
    told = []
    for part in re.sub(r" \([^)]*\)", "", aside).split(" set beside "):
        known = {SIDES[side]: side for side in part.split(", ") if side in SIDES}
        told.append(ruler_words(Ruler(**known)))
    if not all(told):
        return aside
    one, *others = sorted(told, key=len)
    return "" if all(one in other for other in others) else " set beside ".join(told)


def _listed(parts: Sequence[str]) -> str:
    """The parts as a list in words: "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def credits_of(figures: Sequence[Figure]) -> str:
    """The line at the foot of a chart: the outlets, or that there are none; nothing where there are no figures."""
    if not figures:
        return ""
    labels = list(dict.fromkeys(source.label for figure in figures for source in figure.sources))
    if not labels:
        return "Illustrative: no sources"
    more = len(labels) - MOST_OUTLETS
    told = labels if more <= 1 else [*labels[:MOST_OUTLETS], f"{more} more, each in the table"]
    return f"Sources: {'; '.join(told)}"


# A figure, and a line of figures, for a listener.


def has_range(figure: Figure) -> bool:
    """Whether a figure is known only between two different ends."""
    return figure.low is not None and figure.high is not None and figure.high > figure.low


def told(figure: Figure, shared_tag: str = "", beside: str = "") -> str:
    """A figure for a listener: its words, its period unless ``beside`` names it, its range, its tag unless shared."""
    notes = []
    if figure.period and str(figure.when) not in beside:
        notes.append(str(figure.when))
    if has_range(figure) and str(figure.span) not in str(figure):
        notes.append(str(figure.span))
    if tag_of(figure, shared_tag):
        notes.append(figure.tag)
    return f"{figure} ({', '.join(notes)})" if notes else str(figure)


def tag_of(figure: Figure, shared_tag: str = "") -> str:
    """The tag of a figure where it needs a mention and is not shared."""
    return "" if figure.tag in (*PLAIN, shared_tag) else figure.tag


def course(figures: Sequence[Figure], shared_tag: str) -> str:
    """A line in words: how many points, the first and the last, and the extremes where they lie in between.

    ``figures`` are in the order of their periods.
    """
    if not figures:
        return "nothing known"
    first, last = figures[0], figures[-1]
    if first is last:
        return f"one point, {told(first, shared_tag)}"
    parts = [f"{len(figures)} points, from {told(first, shared_tag)} to {told(last, shared_tag)}"]
    lowest, highest = min(figures, key=_value_of), max(figures, key=_value_of)
    if lowest is not first and lowest is not last:
        parts.append(f"lowest {told(lowest, shared_tag)}")
    if highest is not first and highest is not last:
        parts.append(f"highest {told(highest, shared_tag)}")
    return "; ".join(parts)


def extremes(named: Sequence[tuple[str, Figure]]) -> str:
    """The lowest and the highest of several figures, each with its name."""
    lowest_name, lowest = min(named, key=_value_of_named)
    highest_name, highest = max(named, key=_value_of_named)
    return f"Lowest: {lowest_name}, {lowest}; highest: {highest_name}, {highest}"


def _value_of_named(named: tuple[str, Figure]) -> float:
    return named[1].value


def _value_of(figure: Figure) -> float:
    return figure.value
