"""Units: what a number counts, without its scale.

A unit is written in words, as people say it: ``USD per year``, ``USD per person``, ``1`` for a plain ratio.
The algebra is pint's; the registry holds only our own nouns, each a dimension of its own. So nothing converts
silently: twelve months make a year only where a formula says so, and euros become dollars only at an observed rate.
"""

import re
from functools import cache

import pint

from frontier_calc.errors import Readable

CURRENCIES = ("USD", "EUR", "GBP", "CNY", "HKD")

NOUNS = (
    *CURRENCIES,
    *("calendar-year", "year", "month", "week", "day", "minute"),
    *("person", "employee", "customer", "user", "weekly-user", "monthly-user", "daily-user", "subscriber"),
    *("token", "word", "model", "vintage", "chip", "GW", "aircraft"),
)

SCALES = {
    **{"trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6},
    **{"thousand": 1e3, "percent": 1e-2},
}

# What a spelling may be made of besides: of what is counted, and how.
PLAIN = ("per", "1", "people", "input", "output", "weekly", "monthly", "daily")
SPELLED = {*SCALES, *PLAIN, *NOUNS, *(f"{noun}s" for noun in NOUNS)}

_registry = pint.UnitRegistry(None)
for _noun in NOUNS:
    _registry.define(f"{_noun.replace('-', '_')} = [{_noun.replace('-', '_')}]")

Unit = _registry.Unit
ONE = Unit("")


class UnitError(Readable, ValueError):
    """Two figures count different things, or a unit is not spelled in words we know."""


@cache
def parse(text: str) -> Unit:
    """The unit that ``text`` names: nouns joined by ``per``, no scale.

    >>> name(parse("USD per weekly-user per year"))
    'USD per weekly-user per year'
    >>> parse("dollars per year")
    Traceback (most recent call last):
    ...
    frontier_calc.units.UnitError: a unit such as USD per year, not 'dollars'; known are USD, EUR, GBP and others in frontier_calc/units.py
    """
    top, *below = [part.strip() for part in text.split(" per ")]
    unit = ONE if top in ("", "1") else _noun_unit(top)
    for part in below:
        unit = unit / _noun_unit(part)
    return unit


def _noun_unit(noun: str) -> Unit:
    if noun not in NOUNS:
        known = "known are USD, EUR, GBP and others in frontier_calc/units.py"
        raise UnitError(f"a unit such as USD per year, not {noun!r}; {known}")
    return Unit(noun.replace("-", "_"))


@cache
def scale(spelling: str) -> float:
    """The factor that a spelled unit puts in front of its dimension.

    >>> scale("USD bn"), scale("percent of revenue"), scale("USD per million output tokens")
    (1000000000.0, 0.01, 1e-06)
    """
    factor = 1.0
    for above, word in re.findall(r"(per )?\b([a-z]+)\b", spelling):
        if word in SCALES:
            factor = factor / SCALES[word] if above else factor * SCALES[word]
    return factor


@cache
def dimension(spelling: str) -> Unit:
    """The unit of a spelling, its scale words left out.

    >>> name(dimension("USD mn"))
    'USD'
    """
    return parse(" ".join(word for word in spelling.split() if word not in SCALES))


@cache
def name(unit: Unit) -> str:
    """A unit in words, the currency or count first.

    >>> name(parse("USD") / parse("month"))
    'USD per month'
    >>> name(ONE)
    ''
    """
    powers = {str(noun).replace("_", "-"): power for noun, power in unit._units.items()}
    order = sorted(powers, key=NOUNS.index)

    def raised(noun: str) -> str:
        return noun if abs(powers[noun]) == 1 else f"{noun}^{abs(powers[noun]):g}"

    above = " ".join(raised(noun) for noun in order if powers[noun] > 0)
    below = " per ".join(raised(noun) for noun in reversed(order) if powers[noun] < 0)
    return f"{above} per {below}".strip() if below else above


def counted(unit: Unit, value: float) -> str:
    """What a value of this unit counts, as it stands behind the number: plural, and without the currency before it.

    >>> counted(parse("USD per year"), 3e10), counted(parse("weekly-user"), 9e8), counted(parse("person"), 8e9)
    ('per year', 'weekly users', 'people')
    """
    first, *rest = name(unit).split(" ", 1)
    if first in CURRENCIES:
        return "".join(rest).replace("-", " ")
    plural = {"person": "people", "GW": "GW", "aircraft": "aircraft", "calendar-year": "", "": "", "per": "per"}.get(
        first, f"{first}s"
    )
    return " ".join([plural if value != 1 else first, *rest]).replace("-", " ")


@cache
def currency(unit: Unit) -> str:
    """The currency in the numerator, or an empty text.

    >>> currency(parse("EUR per year"))
    'EUR'
    """
    return next((code for code in CURRENCIES if unit._units.get(code, 0) > 0), "")


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
    return parts


def need_per(span: str, figure, what: str) -> None:
    """Raise UnitError unless ``figure`` counts so much per ``span``; ``what`` names whoever needs that."""
    if figure.unit._units.get(span, 0) != -1:
        counts = figure.unit_words or "a plain ratio"
        raise UnitError(f"{what} takes so much per {span}, and {figure.label} counts {counts}")


def unlike(verb: str, a, b) -> UnitError:
    """The error for ``verb`` applied to figures that count different things."""
    return UnitError(
        f"cannot {verb} {a.label} and {b.label}: one counts {a.unit_words or 'a plain ratio'}, "
        f"the other {b.unit_words or 'a plain ratio'}.\n"
        "Bring them to one unit first: divide by a period, a head count or an observed exchange rate."
    )
