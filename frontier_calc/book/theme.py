"""How every chart looks: its colours by day and by night, its type, and how its words are broken into lines.

A colour is called by what it stands for: one for each company, in the whole book, and neutral ones for all else. Every
shape of a drawing names its paint; which shade that is, the page decides (``parts.css`` holds what ``stylesheet`` makes
of the table below), or, for a picture that stands by itself, the table of the day.

>>> paint_of("Anthropic, net"), paint_of("Azure’s growth"), paint_of("training bill")
('anthropic', 'microsoft', '')
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

# In pixels. A picture is drawn for two widths, each the least that it has to fit; a page stretches it from there.
WIDE, NARROW = 612, 320
# Sizes of type: titles, subtitles, names of lines, words, and numbers of an axis; and a line of words.
TITLE, SUBTITLE, LABEL, TEXT, SMALL, LINE = 17.0, 13.0, 13.0, 12.5, 12.0, 15.0
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, 'DejaVu Sans', sans-serif"
FEWEST = 40.0  # pixels: words are never broken for less
UNBROKEN = re.compile(r"(?<=\d) (?=(?:[mb]|tr)illion\b|times\b)")  # between a number and what it counts


class Shades(NamedTuple):
    """One colour on paper and at night."""

    day: str
    night: str


# What a picture is drawn with besides its data: titles and labels; what stands around the data; lines of a grid; the
# page itself, of which the halo of a label and the inside of a hollow point are.
INKS: Mapping[str, Shades] = {
    "ink": Shades("#1f2328", "#e6e3dc"),
    "soft": Shades("#5a5f66", "#a5a39c"),
    "grid": Shades("#dcd8cf", "#363a40"),
    "paper": Shades("#fdfcf9", "#14171b"),
}

# The names by which a company is found, and its colour. Against page and box each has a contrast of at least 4.5, so
# that words may wear it; and where companies meet in a chart, no two of them look alike to colour-blind readers.
COMPANIES: Mapping[str, tuple[str, ...]] = {
    "anthropic": ("Anthropic", "Claude"),
    "openai": ("OpenAI", "ChatGPT"),
    "google": ("Google", "Alphabet", "DeepMind", "Gemini"),
    "amazon": ("Amazon", "AWS"),
    "microsoft": ("Microsoft", "Azure"),
    "meta": ("Meta",),
    "oracle": ("Oracle",),
    "nvidia": ("Nvidia",),
    "spacex": ("SpaceX", "xAI"),
    "coreweave": ("CoreWeave",),
    "broadcom": ("Broadcom",),
    "softbank": ("SoftBank",),
    "mistral": ("Mistral",),
    "deepseek": ("DeepSeek",),
    "zhipu": ("Zhipu", "Z.ai"),
    "minimax": ("MiniMax",),
    "moonshot": ("Moonshot", "Kimi"),
    "alibaba": ("Alibaba", "Qwen"),
    "apple": ("Apple",),
}
COLOURS: Mapping[str, Shades] = {
    "anthropic": Shades("#b04613", "#f29c6f"),
    "openai": Shades("#085652", "#71d2c2"),
    "google": Shades("#2751b8", "#83abf4"),
    "amazon": Shades("#753f00", "#c58400"),
    "microsoft": Shades("#3b72a6", "#96eeff"),
    "meta": Shades("#421757", "#7b84f8"),
    "oracle": Shades("#770028", "#cd7384"),
    "nvidia": Shades("#113800", "#e1e853"),
    "spacex": Shades("#5d717b", "#cde1f2"),
    "coreweave": Shades("#7f6410", "#dab82f"),
    "broadcom": Shades("#7a3b69", "#e3a6d2"),
    "softbank": Shades("#6a6c5e", "#dae4b8"),
    "mistral": Shades("#5b001b", "#cd7481"),
    "deepseek": Shades("#2b2793", "#9bc8ff"),
    "zhipu": Shades("#2c785c", "#caee67"),
    "minimax": Shades("#4b1360", "#a077ea"),
    "moonshot": Shades("#526e9c", "#9eeef5"),
    "alibaba": Shades("#852200", "#d77600"),
    "apple": Shades("#55585c", "#b4b8bd"),
    # What is no company, in this order.
    "slate": Shades("#3d434b", "#c9ced6"),
    "umber": Shades("#7a6340", "#c2ab84"),
    "steel": Shades("#5f6a76", "#95a1ae"),
}
NEUTRALS = ("slate", "umber", "steel")
PAINTS: Mapping[str, Shades] = {**INKS, **COLOURS}


@cache
def paint_of(name: str) -> str:
    """The colour of the company that a name names; empty where it names none, or more than one."""
    found = [paint for paint, aliases in COMPANIES.items() if any(_is_named(alias, name) for alias in aliases)]
    return found[0] if len(found) == 1 else ""


def _is_named(alias: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", name) is not None


def stylesheet() -> str:
    """The paints as rules of a page: each shape is of the colour that its paint has on this page, by day or by night."""
    return "\n".join(
        f".p-{name} {{ color: {day}; color: light-dark({day}, {night}); }}" for name, (day, night) in PAINTS.items()
    )


# Words.

NARROWEST, WIDEST = "iljtfrI.,:;'’|!()[] \u00a0", "mwMW@%—"


@cache
def width_of(words: str, size: float = TEXT, bold: bool = False) -> float:
    """About how wide words are, in pixels, in a font whose letters may be wide."""
    return _ems(words) * size * (1.09 if bold else 1.0)


@cache
def _ems(words: str) -> float:
    """About how wide words are, as a multiple of their size."""
    return sum(_letter(letter) for letter in words)


@cache
def _letter(letter: str) -> float:
    """The width of a letter as a part of its size."""
    if letter in NARROWEST:
        return 0.35
    if letter in WIDEST:
        return 0.92
    return 0.7 if letter.isupper() else 0.62


def wrapped(text: str, room: float, size: float = TEXT, bold: bool = False) -> list[str]:
    """A text in as few lines as fit into ``room`` pixels, all of about one length.

    >>> wrapped("as few lines as fit, and no widow", 150)
    ['as few lines as', 'fit, and no widow']

    A number stays with what it counts.
    """
    most = max(room, FEWEST)
    whole = UNBROKEN.sub("\u00a0", text.replace(" / ", "\u00a0/ ")).split(" ")  # no line begins with the stroke
    words = [part for word in whole for part in _parts(word, most, size, bold)]
    least = FEWEST
    lines = _lines(words, most, size, bold)
    # The narrowest room in which the words take no more lines makes all of about one length.
    while most - least > 2:
        middle = (most + least) / 2
        narrower = _lines(words, middle, size, bold)
        if len(narrower) > len(lines):
            least = middle
        else:
            most, lines = middle, narrower
    return [line.replace("\u00a0", " ") for line in lines]


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word, or the words that it was joined of where these do not fit into one line."""
    return [word] if width_of(word, size, bold) <= room else word.split("\u00a0")


def _lines(words: Sequence[str], room: float, size: float, bold: bool) -> list[str]:
    """The words in lines, each filled before the next begins."""
    lines: list[str] = []
    space = width_of(" ", size, bold)
    filled = 0.0
    for word in words:
        if not word:
            continue
        wide = width_of(word, size, bold)
        if lines and filled + space + wide <= room:
            lines[-1] = f"{lines[-1]} {word}"
            filled += space + wide
        else:
            lines.append(word)
            filled = wide
    return lines
