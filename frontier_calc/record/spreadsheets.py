"""What spreadsheets do to a table without being asked: marks in numbers, rewritten dates, garbled signs."""

import re
from collections.abc import Iterable

# Numbers whose marks leave no doubt. A nought in front of a mark, or other than three digits behind it, makes it the
# decimal one; so does another mark before it; several of one kind mark thousands.
DECIMAL_COMMA = re.compile(r"[+-]?(?:\d*,(?:\d{1,2}|\d{4,})|0+,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})")
DECIMAL_POINT = re.compile(r"[+-]?(?:\d*\.(?:\d{1,2}|\d{4,})|0+\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})")
DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def decimal_mark(numbers: Iterable[str]) -> str:
    """The mark of decimals in a file, as its numbers show: a point, a comma, or an empty text where none shows it.

    >>> decimal_mark(["30,5", "14"]), decimal_mark(["30.25", "13,800"]), decimal_mark(["13.196", "14"])
    (',', '.', '')
    """
    comma = False
    for text in set(numbers):
        if DECIMAL_POINT.fullmatch(text):
            return "."  # a comma beside it is no number, and is named
        comma = comma or DECIMAL_COMMA.fullmatch(text) is not None
    return "," if comma else ""


def with_decimal_points(text: str) -> str:
    """A number of a file whose decimals are marked by commas, with a point in their place and no mark of thousands.

    >>> with_decimal_points("13.196,5"), with_decimal_points("13.196"), with_decimal_points("30,5")
    ('13196.5', '13196', '30.5')
    """
    if GROUPED.fullmatch(text):
        text = text.replace(".", "")
    return text.replace(",", ".")


def is_doubtful(text: str) -> bool:
    """Whether a number may be thousands or have three decimals, where nothing else in its file tells.

    >>> is_doubtful("13.196"), is_doubtful("0.381"), is_doubtful("30")
    (True, False, False)
    """
    return DOUBTFUL.fullmatch(text) is not None


def both_readings(text: str) -> str:
    """What to type in place of a doubtful number.

    >>> both_readings("13.196")
    '13196 or 13.1960'
    """
    whole, decimals = re.split("[.,]", text)
    return f"{whole}{decimals} or {whole}.{decimals}0"


REWRITTEN_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?: .*)?"  # 9/26/2025, 26.09.2025
    r"|\d{4}[/.]\d{1,2}[/.]\d{1,2}"  # 2025/9/26
    r"|\d{4}-\d{2}-\d{2}[ T]\d{1,2}:.*"  # 2025-09-26 00:00:00
    r"|[^\W\d_]{3,5}\.?[- ]\d{2}(?:\d\d)?"  # Jan-24
    r"|\d{1,2}\.?[- ][^\W\d_]{3,5}\.?(?:[- ]\d{2,4})?"  # 26-Sep-25
    r"|\d{5}"  # days since 1900
)
REWRITTEN_AT_LEAST = 3  # cells of a file: fewer are slips of a hand, each named by itself

DATES_WANTED = (
    "dates such as 2025-09-26 or 2025-09: a spreadsheet has rewritten them. Take the file as it was before, and open it "
    "by Data, From Text/CSV, with every column as text; or edit it in a text editor"
)


def is_rewritten_date(text: str) -> bool:
    """Whether a cell looks like a date as spreadsheets write it.

    >>> is_rewritten_date("9/26/2025"), is_rewritten_date("Jan-24"), is_rewritten_date("2025-13")
    (True, True, False)
    """
    return REWRITTEN_DATE.fullmatch(text) is not None


# UTF-8 read as Windows-1252 or, on a Mac, as Mac Roman: each byte a sign of its own. The first sign says how many follow.
# Quotation marks and dashes behind a capital (“MENÜ”) are what people write.
_HIGH = "\u0080-\u009f€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜š›œžŸ\u00a0-¿"
_CLOSING = "‘’“”…–—™«»®°·"
_TWO = f"[Â-ß](?:(?![{_CLOSING}])[{_HIGH}])"
_THREE = f"[âï][{_HIGH}{_CLOSING}]{{2}}"
_FOUR = f"ð[{_HIGH}{_CLOSING}]{{3}}"
_MAC = "‚[ÄÅÇÉÑÖÜ].|√[Ä-ÿ†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªº]"
GARBLED = re.compile(f"{_THREE}|{_FOUR}|{_TWO}|{_MAC}|\ufffd")

SIGNS_WANTED = (
    "the signs as they were written: a program has read UTF-8 as another code, as a double click on a CSV file does "
    "(so that ’ becomes â€™). Take the file as it was before, and open it by Data, From Text/CSV, as 65001: UTF-8"
)


def garbled(text: str) -> str:
    """The first signs in a text that a program has read in the wrong code, or an empty text.

    >>> garbled("AIâ€™s $600B Question"), garbled("Zhipu’s café in “MENÜ”")
    ('â€™', '')
    """
    for found in GARBLED.finditer(text):
        if _is_utf_8(found[0]):
            return found[0]
    return ""


def _is_utf_8(signs: str) -> bool:
    """Whether signs are the bytes of one sign in UTF-8; a sign that stands for lost ones counts as such."""
    if signs == "\ufffd":
        return True
    for code in ("cp1252", "mac_roman"):
        try:
            data = b"".join(_byte(sign, code) for sign in signs)
            return len(data.decode("utf-8")) == 1
        except UnicodeError:
            continue
    return False


def _byte(sign: str, code: str) -> bytes:
    """Bytes that Windows-1252 leaves undefined pass as they are."""
    if "\u0080" <= sign <= "\u009f":
        return sign.encode("latin-1")
    return sign.encode(code)
