"""What the words of a headline state: numbers with their currency, scale and span of time, bounds, ranges and growth.

Nothing here knows a series; which of the numbers fits one, and in which unit, ``fitting`` says.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

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
    start: int = 0  # where the number begins in the cleaned headline, and where it ends
    end: int = 0


# Words and forms: the table that the page's own script reads too.

FORMS: dict[str, Any] = json.loads(Path(__file__).parents[1].joinpath("headlines.json").read_text(encoding="utf-8"))
SIGNS: dict[str, str] = FORMS["signs"]
NAMES: dict[str, str] = FORMS["names"]
SCALES: dict[str, int] = FORMS["scales"]
SPANS: dict[str, str] = FORMS["spans"]
ADVERBS: dict[str, str] = FORMS["adverbs"]
GROWN: dict[str, str] = FORMS["grown"]
SPELLED = {word: number for number, word in enumerate(TABLE["integers"]) if number} | FORMS["tens"]
QUALIFIERS: dict[str, str] = {phrase: bound for bound, phrases in FORMS["bounds"].items() for phrase in phrases}


def alternation(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def _phrase(phrase: str) -> str:
    if phrase in FORMS["signs_of_bounds"]:
        return rf"(?<![^\s(]){phrase}"  # and no end of a tag
    return rf"\b{phrase.replace('_', '[- ]')}(?!\w)"


WORDS = {
    "codes": alternation(FORMS["codes"]),
    "spelled": alternation(SPELLED),
    "names": alternation(rf"{name.replace(' ', chr(92) + 's')}s?" for name in NAMES),
    "grown": alternation(GROWN),
    "spans": alternation(SPANS),
    "adverbs": alternation(ADVERBS),
    "phrases": "|".join(_phrase(phrase) for phrase in sorted(QUALIFIERS, key=len, reverse=True)),
    "fillers": alternation(FORMS["fillers"]),
    "ups": alternation(FORMS["ups"]),
    "downs": alternation(FORMS["downs"]),
    "verbs": alternation([*FORMS["ups"], *FORMS["downs"]]),
    "months": alternation([*MONTHS[1:], *(rf"{month}\.?" for month in FORMS["months"])]),
}


def compiled(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern of the table. Letters are ASCII ones, so that a browser finds the same.

    >>> compiled("(?<sign>[$])(?<!-)[$]").groupindex["sign"]
    1
    """
    with_words = re.sub(r"\{([a-z]+)\}", lambda name: WORDS[name[1]], pattern)
    return re.compile(re.sub(r"\(\?<(?=[a-z])", "(?P<", with_words), flags | re.ASCII)


_FORM = {name: compiled(pattern) for name, pattern in FORMS["patterns"].items()}
MAY = compiled(FORMS["exactly"]["may"], flags=0)
AMOUNT, GROWTH, YEAR, DAY = (_FORM[name] for name in ("amount", "growth", "year", "day"))
DATED_BEFORE, DATED_AFTER, NAMED = (_FORM[name] for name in ("dated_before", "dated_after", "named"))
PER, TOKENS, USERS = (_FORM[name] for name in ("per", "tokens", "users"))
BEFORE, BEHIND, DENIED = (_FORM[name] for name in ("before", "behind", "denied"))
TO, BETWEEN, FROM = (_FORM[name] for name in ("to", "between", "from"))
UP, DOWN, CHANGED_BY = (_FORM[name] for name in ("up", "down", "changed_by"))
PLANNED, PACE = (_FORM[name] for name in ("planned", "pace"))
SPACE = re.compile(FORMS["space"])
INVISIBLE = re.compile(FORMS["invisible"])


def cleaned(headline: str) -> str:
    """A headline on one line, without what nobody sees: marks of direction, joiners, soft hyphens.

    >>> cleaned(" over\\u00a0$47\\u202ebn ")
    'over $47bn'
    """
    return SPACE.sub(" ", INVISIBLE.sub("", headline)).strip(" ")


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
    sign = -1 if match["minus"] or match["inside"] else 1
    number = sign * _number(match)
    counts = re.sub(r"[\s-]", "", match["counts"] or "").lower()
    scale = Decimal(10) ** SCALES[match["scale"].strip(" -").lower()] if match["scale"] else None
    if counts.rstrip("s") in FORMS["multiples"]:
        counts, power = FORMS["multiples"][counts.rstrip("s")]
        number = number.scaleb(power)
    elif counts in FORMS["counted"]:
        counts = FORMS["counted"][counts]
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
    return NAMES.get(singular, SIGNS.get(name.upper(), name.upper()))


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


@dataclass(frozen=True)
class _Bound:
    qualifier: str = "exactly"
    said: str = ""
    is_denied: bool = False


def _bound(before: str, behind: str, more: bool) -> _Bound:
    """How a number is bounded by what stands before and behind it; ``more`` for a plus sign."""
    found = BEFORE.search(before)
    if found:
        said = found["phrase"].lower()
        is_denied = DENIED.search(before[: found.start()]) is not None
        return _Bound(_qualifier(said), said, is_denied)
    last = BEHIND.match(behind)
    if last:
        return _Bound(str(last.lastgroup), last[0].strip().lower())
    return _Bound("over", "+") if more else _Bound()


def _qualifier(said: str) -> str:
    as_typed = re.sub(r"[ -]", "_", said)
    return next(bound for phrase, bound in QUALIFIERS.items() if re.fullmatch(phrase, as_typed))


# Ranges and growth.


def is_plan(headline: str) -> bool:
    """Whether a headline speaks of what is expected, planned or possible.

    >>> is_plan("Lab expects $70bn in 2028"), is_plan("Lab tops $70bn")
    (True, False)
    """
    return PLANNED.search(headline) is not None or MAY.search(headline) is not None


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
    text = DAY.sub(lambda day: " " * len(day[0]), cleaned(headline))
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
    return Stated(
        low, words, "about", bound.said, high=high, is_denied=bound.is_denied, start=first.start, end=later.end
    )


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
    stated = Stated(
        amount, words, bound.qualifier, bound.said, is_denied=bound.is_denied, start=found.start, end=found.end
    )
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
        yield (
            match.start(),
            Stated(
                amount,
                words,
                bound.qualifier,
                bound.said,
                growth=factor,
                is_denied=bound.is_denied,
                start=match.start(),
                end=match.end(),
            ),
        )
