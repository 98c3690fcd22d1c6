"""How every chart looks: its colours by day and by night, its type, and how its words are broken into lines.

A colour has a name and two shades. Whoever needs one asks for it by its name:

>>> colour("blue"), colour("blue", dark=True)
('#1f5fa8', '#7db4f0')
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

# In pixels: a picture for the page's column and one for a phone, and what numbers left of the drawing take up.
WIDE, NARROW, GUTTER = 760, 320, 40
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TITLE, SUBTITLE, TEXT, SMALL, LINE = 16, 12.5, 12, 11, 15  # sizes of type and a line of words, in pixels
LETTER = 0.53  # the width of a letter of the text, as a part of its size, in a font whose letters may be wide
FEWEST = 8  # letters: no line is broken into less


@dataclass(frozen=True)
class Palette:
    """What a picture is drawn with besides its data."""

    ink: str  # of titles and labels
    soft: str  # of what stands around the data: subtitles, numbers of an axis, sources
    grid: str
    paper: str  # the page behind the picture: the halo of a label
    ground: str  # the background of a picture that stands by itself


DAY = Palette(ink="#1f2328", soft="#5a5f66", grid="#dcd8cf", paper="#fdfcf9", ground="#fff")
NIGHT = Palette(ink="#e6e3dc", soft="#a5a39c", grid="#363a40", paper="#14171b", ground="transparent")


class Shades(NamedTuple):
    """One colour on paper and at night."""

    day: str
    night: str


# The colours of data, in the order in which a chart takes them. On the page each has a contrast of at least 4.5,
# so that labels may wear the colour of their line.
COLOURS: Mapping[str, Shades] = {
    "blue": Shades(day="#1f5fa8", night="#7db4f0"),
    "rust": Shades(day="#a6430a", night="#f0a06a"),
    "green": Shades(day="#1b6e4b", night="#6fcf9f"),
    "plum": Shades(day="#8a2c6e", night="#e08cc4"),
    "olive": Shades(day="#5b5b00", night="#d3cf5a"),
    "indigo": Shades(day="#4b4b8f", night="#b0b0f5"),
}


def colour(name: str, dark: bool = False) -> str:
    """The shade of a colour of data, as a picture writes it. Raises KeyError for a name that is not in COLOURS."""
    shades = COLOURS[name]
    return shades.night if dark else shades.day


def theme(dark: bool = False) -> dict[str, Any]:
    """The Vega-Lite configuration of every chart, for paper and for the night."""
    palette = NIGHT if dark else DAY
    colours = [colour(name, dark) for name in COLOURS]
    return {
        "background": palette.ground,
        "font": FONT,
        "padding": {"left": 0, "right": 6, "top": 4, "bottom": 4},
        "view": {"stroke": None},
        "range": {"category": colours},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "offset": 16,
            "color": palette.ink,
            "fontSize": TITLE,
            "fontWeight": 600,
            "subtitleColor": palette.soft,
            "subtitleFontSize": SUBTITLE,
            "subtitleLineHeight": 16,
            "subtitlePadding": 6,
        },
        "axis": {
            "labelColor": palette.soft,
            "titleColor": palette.soft,
            "gridColor": palette.grid,
            "domainColor": palette.soft,
            "tickColor": palette.soft,
            "labelFontSize": TEXT,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "titleAnchor": "start",
            "ticks": False,
            "labelPadding": 6,
        },
        # All that is at the left of a picture begins at its edge: the heading, the labels of the axis, the sources.
        "axisLeft": {"labelAlign": "left", "labelPadding": GUTTER, "domain": False},
        "axisBottom": {"titleX": -GUTTER, "titleAlign": "left", "titlePadding": 14},
        "text": {"fontSize": TEXT, "color": palette.ink},
        "style": {"halo": {"stroke": palette.paper, "strokeWidth": 4, "strokeJoin": "round"}},
        "rule": {"color": palette.soft},
        "bar": {"color": colours[0]},
        "line": {"color": colours[0]},
    }


def style() -> str:
    """The style of a static picture: on a dark page each colour of the day, by its name, becomes that of the night.

    Where a reader's system forces colours, the picture follows its ground in the same way: inside a picture browsers
    do not tell what the forced colours are, and only whether they are dark.
    """
    night = "".join(_recoloured(shades.day, shades.night) for shades in _shades())
    return f"<style>@media (prefers-color-scheme:dark){{{night}}}</style>"


def _shades() -> Iterator[Shades]:
    """Every colour of a picture on paper and at night; not its ground, which is the page's own."""
    for field in fields(Palette):
        if field.name != "ground":
            yield Shades(day=getattr(DAY, field.name), night=getattr(NIGHT, field.name))
    yield from COLOURS.values()


def _recoloured(old: str, new: str) -> str:
    return f'[fill="{old}"]{{fill:{new}}}[stroke="{old}"]{{stroke:{new}}}'


def wrapped(text: str, room: float, size: float = TEXT) -> list[str]:
    """A text in as few lines as fit into ``room`` pixels, all of about one length; ``size`` is that of its type.

    >>> wrapped("as few lines as fit, and no widow", 150)
    ['as few lines as', 'fit, and no widow']
    """
    text = text.replace(" / ", "\u00a0/ ")  # no line begins with the stroke
    most = max(int(room / (LETTER * size)), FEWEST)
    needed = len(_lines(text, most))
    while most > FEWEST and len(_lines(text, most - 1)) == needed:
        most -= 1
    return _lines(text, most)


def _lines(text: str, most: int) -> list[str]:
    return textwrap.wrap(text, most, break_long_words=False, break_on_hyphens=False)
