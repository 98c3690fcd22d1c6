"""Units: what a number counts, and the scale in which people write it.

A unit is written in words, as people say it: ``USD per year``, ``USD per person``, ``1`` for a plain ratio. A
spelling may scale it: ``USD bn``, ``million weekly users``, ``USD per million output tokens``.

The algebra and the scales are pint's, through its public interface alone: a registry of our own, in which each noun is
a dimension of its own and each scale word a plain factor. So nothing else converts: twelve months make a year only
where a formula says so, and euros become dollars only at an observed rate.

Why pint, measured: weaving the whole book makes fewer than a thousand new units of 7 microseconds each and compares some
seven thousand of them at 1: about one per cent of the weave. Its price, with the NumPy that it loads, is half of the
quarter of a second that importing this package takes, once a process. A class of our own would save those, and would
have to be believed about powers, equality, hashes and scales; pint is believed already.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pint
from pint import Unit as Unit  # the type, for whoever holds a unit; units are made by parse() and by arithmetic

from frontier_calc.errors import Readable

if TYPE_CHECKING:
    from frontier_calc.figure import Figure

CURRENCIES = ("USD", "EUR", "GBP", "CNY", "HKD")
SPANS = ("calendar-year", "year", "month", "week", "day", "minute")
PEOPLE = ("person", "employee", "customer", "user", "weekly-user", "monthly-user", "daily-user", "subscriber")
THINGS = ("token", "word", "model", "vintage", "chip", "GW", "aircraft")

NOUNS = (*CURRENCIES, *SPANS, *PEOPLE, *THINGS)

SCALES = {
    "trillion": 1e12,
    "tn": 1e12,
    "billion": 1e9,
    "bn": 1e9,
    "million": 1e6,
    "mn": 1e6,
    "thousand": 1e3,
    "percent": 1e-2,
}

# What a spelling may say besides: how often users come, and which tokens are meant.
OFTEN = ("weekly", "monthly", "daily")
WHICH = ("input", "output")

KNOWN = {*NOUNS, *SCALES}
PLURALS = {**{f"{noun}s": noun for noun in NOUNS}, "people": "person"}
NICKNAMES = {
    "dollar": "USD",
    "dollars": "USD",
    "$": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "£": "GBP",
    "%": "1",
}
SPELLED = {"per", "1", *SCALES, *OFTEN, *WHICH, *NOUNS, *PLURALS}

# How a count is told in the plural where an s would be wrong; a calendar year is told without its unit.
TOLD = {"person": "people", "GW": "GW", "aircraft": "aircraft", "calendar-year": "", "": "", "per": "per"}


def _identifier(noun: str) -> str:
    return noun.replace("-", "_")


def _own_registry() -> "pint.UnitRegistry[float]":
    """A registry that knows our nouns and scales, and nothing of metres or seconds."""
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    nouns = [f"{_identifier(noun)} = [{_identifier(noun)}]" for noun in NOUNS]
    scales = [f"{word} = {factor!r}" for word, factor in SCALES.items()]
    registry.load_definitions([*nouns, *scales])  # at once: one by one they take thrice as long to define
    return registry


_registry = _own_registry()

ONE: Unit = _registry.Unit("")


class UnitError(Readable, ValueError):
    """Two figures count different things, or a unit is not spelled in words we know; ``bare``: the number without one."""

    def __init__(self, message: str, bare: "Figure | None" = None) -> None:
        self.bare = bare
        super().__init__(message)


def _unit(word: str, known: Collection[str] = NOUNS) -> Unit:
    """The unit of a known word. Raises UnitError for any other."""
    if word not in known:
        raise UnitError(f"a unit such as USD per year, not {word!r}; {_meant(word)}")
    return _registry.Unit(_identifier(word))


def _meant(word: str) -> str:
    """What a word that is no unit may have been meant for."""
    scaled = [each for each in word.split() if each in SCALES]
    if scaled and word.split()[0] in NOUNS:
        return f"write the number out, {SCALES[scaled[0]]:g} times as large, and the unit {word.split()[0]!r}"
    meant = NICKNAMES.get(word) or PLURALS.get(word, "")
    return f"write {meant!r}" if meant else f"known are {', '.join(NOUNS)}"


@cache
def parse(text: str) -> Unit:
    """The unit that ``text`` names: nouns joined by ``per``, no scale.

    >>> name(parse("USD per weekly-user per year"))
    'USD per weekly-user per year'
    >>> parse("dollars per year")
    Traceback (most recent call last):
    ...
    frontier_calc.units.UnitError: a unit such as USD per year, not 'dollars'; write 'USD'
    """
    top, *below = [part.strip() for part in text.split(" per ")]
    unit = ONE if top in ("", "1") else _unit(top)
    for part in below:
        unit = unit / _unit(part)
    return unit


@cache
def _spelled(spelling: str) -> tuple[float, Unit]:
    """The factor of a spelling, and the unit that it scales: ``USD bn`` is a thousand million times ``USD``."""
    top, *below = spelling.split(" per ")
    unit = _counted_in(top)
    for part in below:
        unit = unit / _counted_in(part)
    factor: Any  # pint's word for a number of any kind
    factor, base = _registry.get_base_units(unit)
    return float(factor), _registry.Unit(base)


def _counted_in(words: str) -> Unit:
    """The unit of the words between one ``per`` and the next: ``million weekly users``, ``output tokens``."""
    for often in OFTEN:
        words = words.replace(f"{often} user", f"{often}-user")
    unit = ONE
    for word in words.split():
        if word not in WHICH and word != "1":
            unit = unit * _unit(PLURALS.get(word, word), known=KNOWN)
    return unit


def scale(spelling: str) -> float:
    """The factor that a spelled unit puts in front of its dimension. Raises UnitError for a word that is not known.

    >>> scale("USD bn"), scale("percent"), scale("USD per million output tokens")
    (1000000000.0, 0.01, 1e-06)
    """
    factor, _ = _spelled(spelling)
    return factor


def dimension(spelling: str) -> Unit:
    """The unit of a spelling, its scale words left out. Raises UnitError for a word that is not known.

    >>> name(dimension("USD mn")), name(dimension("million weekly users"))
    ('USD', 'weekly-user')
    """
    _, unit = _spelled(spelling)
    return unit


@cache
def _powers(unit: Unit) -> Mapping[str, float]:
    """Each noun of a unit with the power to which it is raised: ``{"USD": 1, "year": -1}``, the currency first."""
    raised: dict[str, Any] = dict(unit.dimensionality)
    powers = {noun: float(raised.get(f"[{_identifier(noun)}]", 0)) for noun in NOUNS}
    return {noun: power for noun, power in powers.items() if power}


def power(unit: Unit, noun: str) -> float:
    """The power to which ``noun`` is raised in a unit: 1 for what is counted, -1 for what it is per, 0 for neither.

    >>> power(parse("USD per year"), "year"), power(parse("USD per year"), "month")
    (-1.0, 0.0)
    """
    return _powers(unit).get(noun, 0.0)


def raised(unit: Unit, exponent: float) -> Unit:
    """A unit to a power: the algebra of units as pint does it, with a type that says what comes out.

    >>> name(raised(parse("USD"), 2))
    'USD^2'
    """
    return _registry.Unit(unit**exponent)


@cache
def name(unit: Unit) -> str:
    """A unit in words, the currency or count first.

    >>> name(parse("USD") / parse("month"))
    'USD per month'
    >>> name(ONE)
    ''
    """
    powers = _powers(unit)
    above = " ".join(_with_power(noun, power) for noun, power in powers.items() if power > 0)
    below = [_with_power(noun, power) for noun, power in powers.items() if power < 0]
    return " per ".join([above, *reversed(below)]).strip()


def _with_power(noun: str, power: float) -> str:
    return noun if abs(power) == 1 else f"{noun}^{abs(power):g}"


def counted(unit: Unit, value: float) -> str:
    """What a value of this unit counts, as it stands behind the number: plural, and without the currency before it.

    >>> counted(parse("USD per year"), 3e10), counted(parse("weekly-user"), 9e8), counted(parse("person"), 8e9)
    ('per year', 'weekly users', 'people')
    """
    first, _, rest = name(unit).partition(" ")
    if first in CURRENCIES:
        told = rest
    else:
        many = first if value == 1 else TOLD.get(first, f"{first}s")
        told = f"{many} {rest}" if rest else many
    return told.replace("-", " ")


@cache
def currency(unit: Unit) -> str:
    """The currency in the numerator, or an empty text.

    >>> currency(parse("EUR per year"))
    'EUR'
    """
    return next((code for code in CURRENCIES if power(unit, code) > 0), "")


def spellings(text: str) -> tuple[str, ...]:
    """The spellings of a unit, separated by semicolons; raises ValueError for a word that would scale nothing, silently.

    >>> spellings("USD bn; USD mn")
    ('USD bn', 'USD mn')
    """
    parts = tuple(part.strip() for part in text.split(";"))
    for word in " ".join(parts).split():
        if word not in SPELLED:
            raise ValueError(
                f"spellings such as USD bn; USD mn; {word!r} is no unit and no scale of frontier_calc/units.py"
            )
    for part in parts:
        _spelled(part)  # words that are known, in an order that says nothing
    return parts


def is_pace(unit: Unit) -> bool:
    """Whether a unit counts so much per span of time.

    >>> is_pace(parse("USD per month")), is_pace(parse("USD per person")), is_pace(parse("year"))
    (True, False, False)
    """
    return any(power(unit, span) < 0 for span in SPANS)


def need_per(span: str, figure: "Figure", what: str) -> None:
    """Raise UnitError unless ``figure`` counts so much per ``span``; ``what`` names whoever needs that."""
    if power(figure.unit, span) != -1:
        raise UnitError(f"{what} takes a pace, so much per {span}, and {figure.label} counts {_counts(figure)}")


def need(unit: str, figure: "Figure", what: str) -> None:
    """Raise UnitError unless ``figure`` counts exactly ``unit``; ``what`` names whoever needs that."""
    if figure.unit != parse(unit):
        needed = "a plain ratio" if unit == "1" else unit
        raise UnitError(f"{what} takes {needed}, and {figure.label} counts {_counts(figure)}")


def unlike(verb: str, a: "Figure", b: "Figure") -> UnitError:
    """The error for ``verb`` applied to figures that count different things."""
    return UnitError(
        f"cannot {verb} {a.label} and {b.label}: one counts {_counts(a)}, the other {_counts(b)}.\n"
        "Bring them to one unit first: divide by a period, a head count or an observed exchange rate."
    )


def _counts(figure: "Figure") -> str:
    return figure.unit_words or "a plain ratio"
