"""What a headline by itself lets one be sure of, and what has to be asked: for readers who bring their own.

A number is taken only where the words leave no doubt which one is meant; everything else is a question. The page's
script, ``static/headlines.js``, understands alike, word for word: both read ``headlines.json``.
"""

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from frontier_calc.press import headlines
from frontier_calc.press.headlines import FORMS, SPELLED, Amount, Stated, compiled
from frontier_calc.table import TABLE

_FORM = {name: compiled(pattern) for name, pattern in FORMS["understanding"].items()}
_SORTS = {sort: compiled(pattern) for sort, pattern in FORMS["sorts"].items()}
_NEAR = {
    sort: {place: compiled(pattern) for place, pattern in places.items()} for sort, places in FORMS["near"].items()
}
MONEY, POWER, COUNT = "money", "power", "count"
ASKED = (
    "empty", "long", "comma", "dot", "which", "from_to", "part_of", "difference", "price", "denied", "vague", "growth",
    "share", "unit", "none", "nothing", "huge",
)  # fmt: skip


@dataclass(frozen=True)
class Understood:
    """What a headline states. ``asked`` names what stands in the way of an answer; ``open`` what would make it better.

    ``asked`` is empty, or one of ASKED. ``open`` holds some of: counts, currency, bound, sort, period,
    term, channel, users.
    """

    asked: str = ""
    words: str = ""  # the number as it stands there
    choices: tuple[str, ...] = ()  # of several, those that could be meant
    low: float | None = None  # the number, in ones; the low end of a range
    high: float | None = None
    bound: str = "exactly"
    could: str = ""  # the bound that the headline may mean, where that is open
    unit: str = ""  # money, power (in GW), count, share, or nothing where the headline does not say
    currency: str = ""
    noun: str = ""  # what is counted
    per: str = ""  # day, week, month, quarter, year
    often: str = ""  # weekly, monthly, daily users
    years: float | None = None  # a term
    sort: str = ""  # pace, booked, lost, earned, raised, worth, promised, planned, spent
    period: str = ""  # quarter, half, month, year: of a sum in the books
    channel: str = ""  # gross, net
    is_plan: bool = False
    open: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()  # other numbers, which are not used


def understand(headline: str, pick: int | None = None) -> Understood:
    """What is sure about a headline; ``pick`` chooses one of the numbers between which it was asked to choose.

    >>> found = understand("$518bn in compute obligations over 7 years")
    >>> found.low, found.currency, found.years, found.sort
    (518000000000.0, 'USD', 7.0, 'promised')
    >>> understand("costs fell from $9bn or so, from $14bn").asked
    'which'
    """
    text = headlines.cleaned(headline)
    wrong = _form(text)
    if wrong:
        return Understood(asked=wrong)
    years, without_term = _term(text)
    stated = [each for each in headlines.read(without_term) if each.amount.counts != "year"]
    taken = _candidates(stated, without_term)
    if len(taken) > 1 and pick is None:
        return Understood(asked="which", choices=tuple(each.words for each in taken))
    if not taken:
        return _without_number(stated, without_term)
    one = taken[pick if pick is not None and 0 <= pick < len(taken) else 0]
    aside = tuple(each.words for each in stated if each is not one)
    return _checked(one, without_term, _told(one, without_term, years, aside), pick)


def _form(text: str) -> str:
    """What is wrong with the form of a text, before anything is read in it."""
    if not text:
        return "empty"
    if len(text) > FORMS["longest"]:
        return "long"
    if _FORM["comma"].search(text):
        return "comma"
    return "dot" if _FORM["dot"].search(text) else ""


def _term(text: str) -> tuple[float | None, str]:
    """The years over which a headline spreads its number, and the headline without them."""
    found = _FORM["term"].search(text)
    if found is None:
        return None, text
    count = found["count_before"] or found["count"] or "1"
    unit = (found["unit_before"] or found["unit"]).lower().rstrip("s")
    number = Decimal(1) if count.lower() in ("a", "an") else Decimal(SPELLED.get(count.lower()) or count)
    years = number * {"year": 1, "decade": 10}[unit] if unit != "month" else number / 12
    if found["count"] is None and found["count_before"] is None and unit != "decade":
        return None, text  # over the years
    moved = any(form.search(text) for form in (headlines.UP, headlines.DOWN, headlines.GROWTH))
    return None if moved else float(years), text[: found.start()] + " " * len(found[0]) + text[found.end() :]


# Which number.


def _candidates(stated: list[Stated], text: str) -> list[Stated]:
    """The numbers that say what they count, without those that only stand beside one: growth, shares, a price paid."""
    plain = [each for each in stated if each.growth is None and each.amount.counts != "percent"]
    own = [each for each in plain if _says_what(each, text)]
    return [each for place, each in enumerate(own) if place == 0 or not _is_at(each, own[place - 1], text)]


def _says_what(stated: Stated, text: str) -> bool:
    ends = (stated.amount, stated.high or stated.amount)
    if any(end.currency or end.counts or end.which or end.scale is not None for end in ends):
        return True
    return _FORM["noun"].match(text, stated.end) is not None


def _is_at(stated: Stated, before: Stated, text: str) -> bool:
    """Whether a number is that at which the one before it was dealt in: $30bn raised at $380bn."""
    return _FORM["at"].search(text[before.end : stated.start]) is not None


def _without_number(stated: list[Stated], text: str) -> Understood:
    """What to ask where no number says what it counts."""
    for asked in ("vague", "share"):
        if _FORM[asked].search(text):
            return Understood(asked=asked)
    bare = [each for each in stated if each.growth is None and each.amount.counts != "percent"]
    if len(bare) == 1:
        told = _told(bare[0], text, None, tuple(each.words for each in stated if each is not bare[0]))
        return replace(told, asked=_refusal(bare[0], text) or _size(told) or "unit")
    if bare:
        return Understood(asked="which", choices=tuple(each.words for each in bare))
    if not stated:
        return Understood(asked="none")
    is_change = any(each.growth is not None for each in stated)
    is_change = is_change or _FORM["more_than_before"].match(text, stated[0].end) is not None
    return Understood(asked="growth" if is_change else "share", words=stated[0].words)


def _checked(one: Stated, text: str, told: Understood, pick: int | None) -> Understood:
    refused = _refusal(one, text)
    if refused == "from_to":
        return _end_of(one, told, pick)
    refused = refused or _size(told)
    if refused:
        return Understood(asked=refused, words=one.words)
    return told


def _end_of(one: Stated, told: Understood, pick: int | None) -> Understood:
    """From 9 to 14: it is for the reader to say which of them is meant."""
    choices = tuple(re.split(r"\s*(?:[-–—]|\bto\b)\s*", one.words, maxsplit=1))
    if pick is None or told.high is None or pick not in (0, 1):
        return Understood(asked="from_to", words=one.words, choices=choices)
    assert told.low is not None
    value = told.low if pick == 0 else told.high
    return replace(told, words=choices[pick], low=value, high=None, bound="exactly")


def _refusal(one: Stated, text: str) -> str:
    """Why a number cannot be taken as it stands: it is a part, a difference, a price, or denied."""
    before = text[: one.start]
    bare = _before_the_bound(before)
    is_price = one.amount.per == "token" or (not one.amount.per and _FORM["price"].match(text, one.end))
    reasons = {
        "denied": one.is_denied,
        "from_to": one.high is not None and headlines.FROM.search(before),
        "part_of": _FORM["part_of"].search(bare) or _FORM["multiple_of"].search(bare),
        "difference": _FORM["change_before"].search(before)
        or _FORM["change_behind"].match(text, one.end)
        or _FORM["more_than_before"].match(text, one.end),
        "price": is_price,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _before_the_bound(before: str) -> str:
    """What stands before a number, without the words that bound it."""
    found = headlines.BEFORE.search(before)
    return before[: found.start()] if found else before


def _size(told: Understood) -> str:
    if told.low == 0 and not told.high:
        return "nothing"
    ends = [end for end in (told.low, told.high) if end is not None]
    return "huge" if any(not math.isfinite(end) or abs(end) >= TABLE["limit"] for end in ends) else ""


# What it counts.


def _told(one: Stated, text: str, years: float | None, aside: tuple[str, ...]) -> Understood:
    noun = _FORM["noun"].match(text, one.end)
    amount = one.amount
    unit = _unit(amount, noun is not None)
    often = amount.which if amount.which in FORMS["often"] else ""
    every = _FORM["noun_every"].match(text, noun.end()) if noun else None
    if every and not often:
        often = FORMS["often_of"][every["span"].lower()]
    ends = sorted(_value(end) for end in (amount, one.high) if end is not None)
    told = Understood(
        words=one.words,
        low=ends[0],
        high=ends[1] if one.high else None,
        bound="exactly" if _is_of_a_deal(one, text) else one.qualifier,
        unit=unit,
        currency=amount.currency,
        noun="users" if amount.which else noun["noun"].lower() if noun and unit == COUNT else "",
        per=amount.per,
        often=often,
        years=years,
        aside=aside,
        is_plan=headlines.is_plan(text),
    )
    if unit == MONEY:
        told = _ruled(told, one, text)
    unsure = ("bound",) if _is_of_a_deal(one, text) and _FORM["preposition"].search(one.said) else ()
    return replace(told, could=one.qualifier if unsure else "", open=(*unsure, *_open(told)))


def _is_of_a_deal(one: Stated, text: str) -> bool:
    """Whether a word before a number may belong to what has that number: a bill is passed, and a row is over a deal."""
    could = _FORM["towards"].search(one.said) or _FORM["preposition"].search(one.said)
    return could is not None and _FORM["deal"].match(text, one.end) is not None


def _unit(amount: Amount, has_noun: bool) -> str:
    if amount.currency:
        return MONEY
    if amount.counts == "GW":
        return POWER
    return COUNT if amount.which or has_noun else ""


def _value(amount: Amount) -> float:
    return float(amount.number * (amount.scale or 1))


def _ruled(told: Understood, one: Stated, text: str) -> Understood:
    """The ruler of a sum of money, as far as its own part of the headline tells it without a doubt."""
    clause = _clause(one, text)
    sort = _sort(one, text, clause)
    period = ""
    if sort in FORMS["in_books"] and not told.per:
        period = next((name for name in ("quarter", "half", "month") if _FORM[name].search(text)), "")
        period = period or ("year" if _FORM["in_a_year"].search(text) else "")
    channel = ""
    if sort in ("pace", "booked"):
        sides = [side for side in ("gross", "net") if _FORM[side].search(text)]
        channel = sides[0] if len(sides) == 1 else ""
    return replace(told, sort=sort, period=period, channel=channel)


def _clause(one: Stated, text: str) -> str:
    """The part of a headline that its number stands in: what comes after a comma or "as" tells of something else."""
    before = _FORM["clause_before"].sub("", text[: one.start])
    rest = text[one.end :]
    behind = _FORM["clause_behind"].search(rest)
    return before + text[one.start : one.end] + (rest[: behind.start()] if behind else rest)


def _sort(one: Stated, text: str, clause: str) -> str:
    """What sort of sum it is: by the words beside it, or by those of its clause where they all say the same."""
    beside = [
        sort
        for sort, places in _NEAR.items()
        if places["before"].search(text[: one.start]) or places["behind"].match(text, one.end)
    ]
    if _SORTS["pace"].search(clause):
        return "" if beside else "pace"
    if beside and not one.amount.per:
        return beside[0] if len(beside) == 1 else ""
    said = [sort for sort, words in _SORTS.items() if words.search(clause)]
    return said[0] if len(said) == 1 and said[0] in FORMS["clear"] else ""


def _open(told: Understood) -> list[str]:
    """What the answer would gain from knowing."""
    if not told.unit:
        return ["counts"]
    if told.unit == COUNT:
        return ["users"] if told.noun == "users" and not told.often else []
    if told.unit != MONEY:
        return []
    questions = ["currency"] if told.currency in FORMS["unclear"] else []
    if not told.sort:
        questions.append("sort")
    if told.sort in FORMS["in_books"] and not told.per and not told.period:
        questions.append("period")
    if told.sort in ("promised", "planned") and not told.per and told.years is None:
        questions.append("term")
    if told.sort in ("pace", "booked") and not told.channel:
        questions.append("channel")
    return questions
