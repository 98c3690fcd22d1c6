"""What the words of a headline state: numbers with their currency, scale and span of time, bounds, ranges and growth.

Nothing here knows a series; which of the numbers fits one, and in which unit, ``fitting`` says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from frontier_calc.dates import MONTHS
from frontier_calc.table import TABLE

ONE = Decimal(1)


@dataclass(frozen=True)
class Amount:
    """A number as it stands in a headline. What is not said is empty; ``scale`` is then None."""

    number: Decimal
    currency: str = ""  # USD, or a sign that could be several currencies
    scale: Decimal | None = None  # 1e9 for a billion
    counts: str = ""  # percent, GW, times or year
    per: str = ""  # day, week, month, quarter, year or token
    which: str = ""  # weekly, monthly or daily users, input or output tokens


@dataclass(frozen=True)
class Stated:
    """One thing that a headline states: an amount, a range up to ``high``, or so many times what was there before."""

    amount: Amount
    words: str  # the number as it stands there
    qualifier: str = "exactly"
    said: str = ""  # the words that make it a bound
    high: Amount | None = None
    growth: Decimal | None = None  # the factor
    is_denied: bool = False  # "has not surpassed"


# Numbers.

SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "HK$": "HKD", "CN¥": "CNY", "RMB": "CNY"}
CODES = ("USD", "EUR", "GBP", "CNY", "HKD")
NAMES = {
    "us dollar": "USD", "dollar": "USD", "euro": "EUR", "pound": "GBP", "hong kong dollar": "HKD",
    "yuan": "CNY", "renminbi": "CNY",
}  # fmt: skip
SCALES = {
    "trillion": 12, "tn": 12, "t": 12, "billion": 9, "bn": 9, "b": 9, "million": 6, "mn": 6, "mln": 6, "m": 6,
    "thousand": 3, "k": 3,
}  # fmt: skip
TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SPELLED = {word: number for number, word in enumerate(TABLE["integers"]) if number} | TENS
GROWN = {"doubl": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "quintupl": "5", "halv": "0.5"}
MULTIPLES = {"megawatt": ("GW", -3), "mw": ("GW", -3), "gigawatt": ("GW", 0), "gw": ("GW", 0)}

_spelled = "|".join(sorted(SPELLED, key=len, reverse=True))
_names = "|".join(name.replace(" ", r"\s") + "s?" for name in sorted(NAMES, key=len, reverse=True))
AMOUNT = re.compile(
    r"(?<![\w.,/#])"
    r"(?P<minus>(?<!\S)(?:[-−]|minus\s|negative\s))?"
    rf"(?P<currency>[A-Z]{{0,2}}[$¥]|€|£|(?:{'|'.join(CODES)}|RMB)\s?)?"
    r"(?P<minus_inside>[-−])?"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?!\d|[.,]\d)"
    rf"|\b(?P<word>half\san?|an?|{_spelled})(?=[\s-](?:trillion|billion|million|thousand|per\s?cent|gigawatt|times|fold)))"
    r"(?P<scale>[\s-]?(?:trillion|billion|million|thousand|tn|bn|mn|mln)\b|[bmkt]\b)?"
    r"(?P<more>\+)?"
    rf"(?:\s(?P<name>{_names}|{'|'.join(CODES)}|RMB)\b)?"
    r"(?P<counts>\s?(?:%|per\s?cent\b|pc\b)|[\s-]?(?:GW|MW|gigawatts?|megawatts?)\b|[\s-]?(?:x|times|fold)\b)?"
    r"(?![\w])",
    re.IGNORECASE,
)
GROWTH = re.compile(rf"\b(?P<grown>{'|'.join(GROWN)})(?:e[sd]?|ing)\b(?!-)|\b(?P<fold>{_spelled})fold\b", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"\b(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?\b")
_months = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS[1:])
DATED_BEFORE = re.compile(rf"\b(?:{_months})\s$", re.IGNORECASE)
DATED_AFTER = re.compile(rf"\s(?:{_months})\b(?!\s+be\b)", re.IGNORECASE)
NAMED = re.compile(r"[A-Za-z]-$")  # GPT-5

SPANS = {"month": "month", "mo": "month", "year": "year", "yr": "year", "annum": "year", "quarter": "quarter",
         "week": "week", "day": "day"}  # fmt: skip
ADVERBS = {"monthly": "month", "yearly": "year", "annually": "year", "annualised": "year", "annualized": "year"}
PER = re.compile(
    rf"\s?(?:/\s?|-?\s?(?:a|an|per|each|every)\s)(?P<span>{'|'.join(SPANS)})\b|\s(?P<adverb>{'|'.join(ADVERBS)})\b(?!\s+user)",
    re.IGNORECASE,
)
TOKENS = re.compile(r"\s?(?:/|a\s|per\s)\s?(?:million|1m|m)\s(?:(?P<which>input|output)\s)?tokens?\b", re.IGNORECASE)
USERS = re.compile(r"\s(?P<which>weekly|monthly|daily)\s(?:active\s)?(?:app\s)?users\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    """An amount in a text, and where it ends, the span of time behind it included."""

    amount: Amount
    match: re.Match[str]
    end: int

    @property
    def start(self) -> int:
        return self.match.start()


def _amounts(text: str) -> list[_Found]:
    """The amounts of a text; what is part of a name or of a date is none."""
    found: list[_Found] = []
    for match in AMOUNT.finditer(text):
        is_second_of_a_range = bool(found) and found[-1].end == match.start() - 1
        is_part_of_a_name = NAMED.search(text[: match.start()]) is not None and not is_second_of_a_range
        if not is_part_of_a_name and not _is_date(text, match):
            amount, end = _with_span(_amount(match), text, match.end())
            found.append(_Found(amount, match, end))
    return found


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether a bare number is the day of a month."""
    if any(match[part] for part in ("currency", "scale", "counts", "name", "word")):
        return False
    around = DATED_BEFORE.search(text[: match.start()]) or DATED_AFTER.match(text, match.end())
    return around is not None and len(match["digits"]) <= len("28")


def _amount(match: re.Match[str]) -> Amount:
    sign = -1 if match["minus"] or match["minus_inside"] else 1
    number = sign * _number(match)
    counts = re.sub(r"[\s-]", "", match["counts"] or "").lower()
    scale = Decimal(10) ** SCALES[match["scale"].strip(" \t-\u00a0").lower()] if match["scale"] else None
    for word, (unit, power) in MULTIPLES.items():
        if counts.rstrip("s") == word:
            counts = unit
            number = number.scaleb(power)
    if counts in ("%", "percent", "pc"):
        counts = "percent"
    elif counts in ("x", "times", "fold"):
        counts = "times"
    elif not any(match[part] for part in ("currency", "name", "scale", "counts")) and YEAR.fullmatch(match[0]):
        counts = "year"
    return Amount(number, _currency(match), scale, counts)


def _number(match: re.Match[str]) -> Decimal:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", ""))
    word = match["word"].lower()
    if word.startswith("half"):
        return Decimal("0.5")
    return Decimal(SPELLED.get(word, 1))


def _currency(match: re.Match[str]) -> str:
    sign = (match["currency"] or "").strip().upper()
    name = (match["name"] or "").lower()
    if sign:
        return SIGNS.get(sign, sign)
    singular = name.removesuffix("s")
    return NAMES.get(singular.replace("\u00a0", " "), SIGNS.get(name.upper(), name.upper()))


def _with_span(amount: Amount, text: str, end: int) -> tuple[Amount, int]:
    """The amount with the span of time, the tokens or the users behind it, and where that ends."""
    per = PER.match(text, end)
    tokens = TOKENS.match(text, end)
    users = USERS.match(text, end)
    if tokens:
        return replace(amount, per="token", which=(tokens["which"] or "").lower()), tokens.end()
    if users:
        return replace(amount, which=users["which"].lower()), users.end()
    if per:
        span = SPANS[per["span"].lower()] if per["span"] else ADVERBS[per["adverb"].lower()]
        return replace(amount, per=span), per.end()
    return amount, end


# Bounds.

BOUNDS = {
    "over": "surpass(?:es|ed|ing)? cross(?:es|ed|ing)? top(?:s|ped|ping)? exceed(?:s|ed|ing)? pass(?:es|ed|ing)? more_than "
    "greater_than over above beyond at_least north_of upwards_of no_less_than no_fewer_than not_less_than in_excess_of >",
    "up to": "as_much_as as_many_as as_high_as up_to at_most no_more_than not_more_than a_maximum_of",
    "under": "under below less_than fewer_than just_short_of short_of shy_of <",
    "about": "nearly almost about around roughly approximately approx[.]? close_to near(?:s|ed|ing)? some circa "
    "approach(?:es|ed|ing)? an_estimated ~ ≈",
}
QUALIFIERS = {phrase: bound for bound, phrases in BOUNDS.items() for phrase in phrases.split()}
_phrases = "|".join(
    phrase if phrase in "><~≈" else rf"\b{phrase.replace('_', '[- ]')}(?!\w)"
    for phrase in sorted(QUALIFIERS, key=len, reverse=True)
)
FILLERS = (
    "a an the its annual annualised annualized yearly monthly quarterly recurring run-rate run rate pace of sales revenue "
    "revenues valuation worth at to in by total and reach reached reaching hit grown rose"
)
BEFORE = re.compile(
    rf"(?P<phrase>{_phrases})(?P<fillers>(?:\s*\b(?:{'|'.join(FILLERS.split())})\b){{0,6}})\s*$", re.IGNORECASE
)
BEHIND = re.compile(r"\s(?:(?P<over>or more|and counting)|(?P<under>or less)|(?P<about>or so))\b", re.IGNORECASE)
DENIED = re.compile(r"(?:\bnot|n['’]t|\bnever|\byet to|\bfail(?:s|ed)? to|\bwithout)\s(?:yet\s)?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Bound:
    qualifier: str = "exactly"
    said: str = ""
    is_denied: bool = False


def _bound(before: str, behind: str, more: bool) -> _Bound:
    """How a number is bounded by what stands before and behind it; ``more`` for a plus sign."""
    found = BEFORE.search(before)
    if found:
        said = re.sub(r"\s+", " ", found["phrase"].lower())
        is_denied = DENIED.search(before[: found.start()]) is not None
        return _Bound(_qualifier(said), said, is_denied)
    last = BEHIND.match(behind)
    if last:
        return _Bound(str(last.lastgroup), last[0].strip().lower())
    return _Bound("over", "+") if more else _Bound()


def _qualifier(said: str) -> str:
    as_typed = re.sub(r"[\s-]", "_", said)
    return next(bound for phrase, bound in QUALIFIERS.items() if re.fullmatch(phrase, as_typed))


# Ranges and growth.

TO = re.compile(r"\s*(?:[-–—]|\bto\b|\band\b)\s*", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)
_ups = (
    "grew grow grows grown rose rise rises risen up increased increase increases jumped jumps climbed climbs surged surges "
    "soared gained"
)
_downs = "fell fall falls fallen down dropped drops declined declines decreased shrank cut"
UP = re.compile(rf"\b(?:{'|'.join(_ups.split())})\b", re.IGNORECASE)
DOWN = re.compile(rf"\b(?:{'|'.join(_downs.split())})\b", re.IGNORECASE)
CHANGED_BY = re.compile(
    rf"\b(?P<verb>{'|'.join([*_ups.split(), *_downs.split()])})(?:\sby)?(?:\s(?:{_phrases}))?\s*$", re.IGNORECASE
)
PLANNED = re.compile(
    r"\b(?:expects?|expected|expecting|plans?|planned|planning|projects?|projected|projection|forecasts?|targets?|targeted|"
    r"aims?|guides?|guidance|will|would|could|(?-i:may)|might|to reach|set to|on track|eyes|sees|hopes|predicts?)\b",
    re.IGNORECASE,
)
PACE = re.compile(r"\b(?:annuali[sz]ed|run[- ]rate|ARR|annual recurring|yearly pace|sales pace)\b", re.IGNORECASE)


def is_plan(headline: str) -> bool:
    """Whether a headline speaks of what is expected, planned or possible.

    >>> is_plan("Lab expects $70bn in 2028"), is_plan("Lab tops $70bn")
    (True, False)
    """
    return PLANNED.search(headline) is not None


def is_pace(headline: str) -> bool:
    """Whether a headline speaks of a yearly pace, such as a run rate or annualised revenue."""
    return PACE.search(headline) is not None


def read(headline: str) -> list[Stated]:
    """All that a headline states, in its order.

    >>> [(s.qualifier, s.words, s.amount.currency) for s in read("surpassed $47bn")]
    [('over', '$47bn', 'USD')]
    >>> [(s.amount.number, s.high.number) for s in read("between 50 and 70") if s.high]
    [(Decimal('50'), Decimal('70'))]
    >>> [(s.qualifier, s.growth) for s in read("more than doubled")]
    [('over', Decimal('2'))]
    """
    text = DAY.sub(lambda day: " " * len(day[0]), " ".join(headline.split()))
    found = dict(_growths(text))
    amounts = _amounts(text)
    end = 0
    while amounts:
        first = amounts.pop(0)
        before = text[end : first.start]
        later = amounts[0] if amounts else None
        if later and _is_range(text, before, first, later):
            found[first.start] = _range(text, before, first, later)
            first = amounts.pop(0)
        elif not (later and _is_start_of_growth(text, before, first, later)):
            found[first.start] = _single(text, before, first)
        end = first.end
    return [stated for _, stated in sorted(found.items())]


def _is_range(text: str, before: str, first: _Found, later: _Found) -> bool:
    """Whether two amounts are the ends of a range: "from 1 to 4" behind a word of growth is not."""
    joined = text[first.end : later.start]
    if not TO.fullmatch(joined):
        return False
    if "and" in joined.lower():
        return BETWEEN.search(before) is not None
    return not _is_start_of_growth(text, before, first, later)


def _is_start_of_growth(text: str, before: str, first: _Found, later: _Found) -> bool:
    """Whether the first of two amounts is where something grew from: the second is what it is now."""
    grown = UP.search(before) or DOWN.search(before) or GROWTH.search(before)
    return bool(FROM.search(before) and grown and text[first.end : later.start].strip().lower() == "to")


def _range(text: str, before: str, first: _Found, later: _Found) -> Stated:
    """A range, whose ends share what one of them alone says."""
    bound = _bound(before, text[later.end :], more=False)
    low = _sharing(first.amount, later.amount)
    high = _sharing(later.amount, first.amount)
    words = text[first.start : later.end]
    return Stated(low, words, "about", bound.said, high=high, is_denied=bound.is_denied)


def _sharing(one: Amount, other: Amount) -> Amount:
    """An end of a range, with what the other one alone says."""
    is_bare = one.counts in ("", "year")
    return replace(
        one,
        currency=one.currency or other.currency,
        scale=other.scale if one.scale is None else one.scale,
        counts=other.counts if is_bare and other.counts else one.counts,
        per=one.per or other.per,
        which=one.which or other.which,
    )


def _single(text: str, before: str, found: _Found) -> Stated:
    amount = found.amount
    bound = _bound(before, text[found.end :], bool(found.match["more"]))
    words = text[found.start : found.end].strip()
    stated = Stated(amount, words, bound.qualifier, bound.said, is_denied=bound.is_denied)
    changed = CHANGED_BY.search(before)
    if amount.counts == "times":
        return replace(stated, growth=amount.number)
    if amount.counts == "percent" and changed:
        share = amount.number / 100
        return replace(stated, growth=ONE - share if DOWN.fullmatch(changed["verb"]) else ONE + share)
    return stated


def _growths(text: str) -> Iterator[tuple[int, Stated]]:
    """Growth that is told by a word: doubled, tenfold."""
    for match in GROWTH.finditer(text):
        factor = Decimal(GROWN[match["grown"].lower()]) if match["grown"] else Decimal(SPELLED[match["fold"].lower()])
        before = text[: match.start()]
        bound = _bound(before, text[match.end() :], more=False)
        amount = Amount(factor, counts="times")
        words = f"{bound.said} {match[0].lower()}".strip()
        stated = Stated(amount, words, bound.qualifier, bound.said, growth=factor, is_denied=bound.is_denied)
        yield match.start(), stated
