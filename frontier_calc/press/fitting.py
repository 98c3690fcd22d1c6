"""Which number of a headline a series can take, and how it is typed there: value, range, unit and qualifier.

A series takes what counts its unit on its ruler. Everything else is refused, with what would bring the two together.
"""

from dataclasses import dataclass
from decimal import Decimal

from frontier_calc import units
from frontier_calc.dates import Period
from frontier_calc.press import headlines
from frontier_calc.press.headlines import Amount, Stated
from frontier_calc.record.rows import Series
from frontier_calc.table import TABLE

IN_A_YEAR = {"month": 12, "quarter": 4}
DAYS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "quarter": (89, 92), "year": (359, 373)}  # 52 or 53 weeks too


class HeadlineError(ValueError):
    """What a headline states cannot be taken; the message says what was found, what was expected and the remedy."""


@dataclass(frozen=True)
class Base:
    """What a series said last, for a headline that tells growth alone: its value in the unit of the series."""

    value: Decimal
    qualifier: str
    tag: str
    told: str  # 30 USD bn for 2026-04, by Anthropic


@dataclass(frozen=True)
class Fitted:
    """The cells of an observation that a headline gives, as they are typed."""

    value: str
    low: str
    high: str
    unit: str
    qualifier: str
    note: str
    weakest: str = ""  # a tag that the row cannot be better than
    words: str = ""  # the number as the headline has it
    has_lost_its_sign: bool = False  # a sum of money without a currency, as a shell leaves it of "$47bn"


def fit(
    headline: str, series: Series, unit: str = "", period: Period | None = None, base: Base | None = None
) -> Fitted:
    """The one thing that a headline states and the series can take, typed in ``unit`` where one is given.

    Raises HeadlineError where there is none, where there are several, and where it is denied.
    """
    stated = headlines.read(headline)
    if unit and unit not in series.spellings:
        spelled = ", ".join(series.spellings)
        raise HeadlineError(f"found the unit {unit!r}, expected one of the spellings of {series.id}: {spelled}")
    if not stated:
        raise HeadlineError(f"found no number in {headline!r}, expected one such as $47bn, 40% or 5 GW")
    taken: list[Stated] = []
    refused: list[str] = []
    for each in stated:
        try:
            check(each, series, headline, period)
            taken.append(each)
        except HeadlineError as error:
            refused.append(str(error))
    one = _one(taken, refused, series)
    if one.is_denied:
        raise HeadlineError(f"found {one.said!r} denied in {headline!r}; type the number itself, with --qualifier")
    if one.growth is not None and not _is_factor(series):
        return _grown(one, series, unit or series.spellings[0], base)
    return _typed(one, series, unit or _spelling(one, series))


def _one(taken: list[Stated], refused: list[str], series: Series) -> Stated:
    """What is taken: a number rather than growth, and one with its unit rather than a bare one."""
    if not taken:
        raise HeadlineError("; ".join(dict.fromkeys(refused)))
    plain = [each for each in taken if each.growth is None] or taken
    own = [each for each in plain if _says_its_unit(each.amount)] or plain
    if len(own) > 1:
        named = " and ".join(each.words for each in own)
        raise HeadlineError(f"found {named}, expected one number for {series.id}; type that one alone")
    return own[0]


def _says_its_unit(amount: Amount) -> bool:
    return bool(amount.currency or amount.counts or amount.which or amount.scale)


def takes(headline: str, series: Series, period: Period | None, strictly: bool) -> bool:
    """Whether a series can take something of what a headline states; ``strictly``, only on the span that it names."""
    for each in headlines.read(headline):
        try:
            check(each, series, headline, period)
        except HeadlineError:
            continue
        if not strictly or _is_said(each, series, headline):
            return True
    return False


def _is_said(stated: Stated, series: Series, headline: str) -> bool:
    """Whether a headline says for what a series counts: a month or a user goes without saying only in its name."""
    per = units.name(series.unit).split(" per ")[1:]
    if stated.growth is not None and _is_factor(series):
        return stated.words[:1].isdigit()  # ten times is a number, tenfold tells of growth
    if series.kind == "flow" and stated.amount.per in DAYS:
        return False  # a pace comes before a sum, whose period is that long by chance
    is_monthly = stated.amount.per == "month" or "monthly" in headline.lower()
    said = {"year": True, "month": is_monthly, "token": stated.amount.per == "token"}
    return stated.growth is not None or all(said.get(noun, False) for noun in per)


# Whether it counts the same.


def check(stated: Stated, series: Series, headline: str, period: Period | None) -> None:
    """Raise HeadlineError where a series does not count what is stated."""
    amount = stated.amount
    if stated.growth is not None and not _is_factor(series):
        return
    found = _counted(amount)
    own = units.name(series.unit) or ("per cent" if _is_share(series) else "a plain number")
    if found and found != _counts(series):
        raise HeadlineError(f"found {stated.words!r}, which counts {found}, expected {own}, which {series.id} counts")
    _check_which(stated, series)
    _check_pace(stated, series, headline, period)


def _counted(amount: Amount) -> str:
    """What an amount says that it counts; empty for a bare number."""
    counts = {"percent": "per cent", "times": "times", "year": "a year"}
    return amount.currency or counts.get(amount.counts, amount.counts)


def _counts(series: Series) -> str:
    """What a series counts, in the words of an amount."""
    currency = units.currency(series.unit)
    if currency:
        return currency
    if _is_share(series):
        return "per cent"
    if _is_factor(series):
        return "times"
    return "a year" if units.name(series.unit) == "calendar-year" else units.name(series.unit)


def _is_share(series: Series) -> bool:
    return "percent" in series.spellings


def _is_factor(series: Series) -> bool:
    return units.name(series.unit) == "" and not _is_share(series)


def _check_which(stated: Stated, series: Series) -> None:
    """Weekly users are no monthly ones, and the price of input none of output."""
    which = stated.amount.which
    told = " ".join(series.spellings)
    others = [word for word in (*units.OFTEN, *units.WHICH) if word in told]
    if which and others and which not in others:
        raise HeadlineError(f"found {stated.words!r}, expected {series.spellings[0]}, which {series.id} counts")


def _span(series: Series) -> str:
    """The span of time of a pace: month or year; empty where the series counts none."""
    return next((span for span in ("month", "year") if units.power(series.unit, span) == -1), "")


def _check_pace(stated: Stated, series: Series, headline: str, period: Period | None) -> None:
    per = stated.amount.per
    span = _span(series)
    is_pace = headlines.is_pace(headline) or (per and not stated.growth)
    if per == "token" or not is_pace:
        return
    expected = f"found {stated.words!r}, expected"
    if span == "year":
        if per and per != "year" and per not in IN_A_YEAR:
            raise HeadlineError(f"{expected} a sum a year, a quarter or a month for {series.id}")
    elif span == "month":
        if per != "month":
            raise HeadlineError(f"{expected} a sum a month for {series.id}")
    elif headlines.is_pace(headline):
        raise HeadlineError(
            f"{expected} a sum on the ruler of {series.id}, and no run rate; name a series of run rates"
        )
    elif series.kind != "flow":
        raise HeadlineError(f"{expected} a sum, and none a {per}, for {series.id}; name a series of a pace")
    elif period is not None and not DAYS[per][0] <= period.days <= DAYS[per][1]:
        raise HeadlineError(f"{expected} the sum of {period.words} for {series.id}, and none a {per}")


# How it is typed.


def _grown(stated: Stated, series: Series, unit: str, base: Base | None) -> Fitted:
    """So many times what the series said last: the base is named in the note, and its bounds stay."""
    assert stated.growth is not None
    if base is None:
        raise HeadlineError(
            f"found {stated.words!r}, expected a value of {series.id} before it to start from; type the number"
        )
    value = base.value * stated.growth / _factor(unit)
    qualifier = _together(stated.qualifier, base.qualifier)
    note = f"{_sentence(stated)} Base: {base.told}."
    return Fitted(plain(value), "", "", unit, qualifier, note, base.tag, stated.words)


def _together(one: str, other: str) -> str:
    """The bound of a product: one bound holds, two that differ mean about; more than twice about 30 is over 60."""
    strong = [each for each in (one, other) if each not in ("exactly", "about")]
    if strong:
        return strong[0] if len(set(strong)) == 1 else "about"
    return "about" if "about" in (one, other) else "exactly"


def _typed(stated: Stated, series: Series, unit: str) -> Fitted:
    times = _times(stated.amount, series)
    amounts = [_in_unit(amount, unit) * times for amount in (stated.amount, stated.high) if amount]
    is_plain = stated.said in ("", stated.qualifier)
    note = [] if is_plain else [_sentence(stated)]
    if times != 1:
        note.append(f"'{stated.words}', times {times}.")
    value, low, high = "", "", ""
    if stated.high is None:
        value = plain(amounts[0])
    else:
        low, high = map(plain, sorted(amounts))
    lost = _has_lost_its_sign(stated.amount, series)
    told = " ".join(note)
    return Fitted(value, low, high, unit, stated.qualifier, told, words=stated.words, has_lost_its_sign=lost)


def _has_lost_its_sign(amount: Amount, series: Series) -> bool:
    """Whether a sum of money names no currency where people name one: with a scale or a span, or as a nought."""
    is_money = units.currency(series.unit) != ""
    return is_money and not amount.currency and bool(amount.scale or amount.per or not amount.number)


def _sentence(stated: Stated) -> str:
    """The words of the source that make a bound, as notes quote them."""
    said = stated.said if stated.growth is None else stated.words
    return f"'{said[:1].upper()}{said[1:]}'."


def _times(amount: Amount, series: Series) -> int:
    """By how much a sum of a shorter span is taken for a yearly pace."""
    return IN_A_YEAR.get(amount.per, 1) if _span(series) == "year" else 1


def _factor(spelling: str) -> Decimal:
    return Decimal(repr(units.scale(spelling)))


def _spelling(stated: Stated, series: Series) -> str:
    """The spelling of the series in which the number is typed as it was said; the usual one where none fits."""
    ordered = series.spellings
    usual = ordered[0]
    said = _said_scale(stated.amount)
    if said is None:
        if stated.amount.currency and stated.amount.per != "token" and _factor(usual) > 1:
            alone = [spelling for spelling in ordered if _factor(spelling) == 1]
            if not alone:
                raise HeadlineError(f"found {stated.words!r}, expected it with its scale, such as {stated.words}bn")
            return alone[0]
        if not stated.amount.currency and _people(series) and stated.amount.number >= 1000:
            return next((spelling for spelling in ordered if _factor(spelling) == 1), usual)
        return usual
    return next((spelling for spelling in ordered if _factor(spelling) == said), usual)


def _people(series: Series) -> bool:
    """Whether a series counts heads, which are written out."""
    return any(units.power(series.unit, noun) == 1 for noun in (*units.PEOPLE, "chip"))


def _said_scale(amount: Amount) -> Decimal | None:
    if amount.counts == "percent":
        return Decimal("0.01")
    return amount.scale


def _in_unit(amount: Amount, unit: str) -> Decimal:
    """A number as it is typed in a unit; one without a scale is in that unit as it is."""
    said = _said_scale(amount)
    return amount.number if said is None else amount.number * said / _factor(unit)


def plain(number: Decimal) -> str:
    """A number as it is typed: without an exponent, and without noughts at its end.

    >>> plain(Decimal("94.0")), plain(Decimal("1E+3")), plain(Decimal("0.381"))
    ('94', '1000', '0.381')
    """
    told = f"{number:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def exact(value: float) -> Decimal:
    """A value in the unit of a series as an exact number, without the noise of floating point.

    >>> exact(0.1 + 0.2)
    Decimal('0.3')
    """
    digits: int = TABLE["digits"]["noise"]
    return Decimal(f"{value:.{digits}g}")


def in_spelling(value: Decimal, spelling: str) -> str:
    """A value in the unit of a series as it is typed in one of its spellings.

    >>> in_spelling(Decimal(30_000_000_000), "USD bn")
    '30'
    """
    return plain(value / _factor(spelling))
