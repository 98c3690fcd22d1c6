"""How every chart looks: its colours by day and by night, its type, and how its words are broken into lines."""

import json
import re
import textwrap
from typing import Any

# In pixels: a picture for the page's column and one for a phone, and what numbers left of the drawing take up.
WIDE, NARROW, GUTTER = 760, 320, 40
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TITLE, SUBTITLE, TEXT, SMALL, LINE = 16, 12.5, 12, 11, 15  # sizes of type and a line of words, in pixels

# Ink, soft ink, the lines of a grid, the page's paper, the ground of a picture by itself.
DAY = ("#1f2328", "#5a5f66", "#dcd8cf", "#fdfcf9", "#fff")
NIGHT = ("#e6e3dc", "#a5a39c", "#363a40", "#14171b", "transparent")
# On the paper each colour has a contrast of at least 4.5, so that labels may wear the colour of their line.
LIGHT = ("#1f5fa8", "#a6430a", "#1b6e4b", "#8a2c6e", "#5b5b00", "#4b4b8f")
DARK = ("#7db4f0", "#f0a06a", "#6fcf9f", "#e08cc4", "#d3cf5a", "#b0b0f5")


def theme(dark: bool = False) -> dict[str, Any]:
    """The Vega-Lite configuration of every chart, for paper and for the night."""
    ink, soft, grid, paper, ground = NIGHT if dark else DAY
    colours = list(DARK if dark else LIGHT)
    return {
        "background": ground,
        "font": FONT,
        "padding": {"left": 0, "right": 6, "top": 4, "bottom": 4},
        "view": {"stroke": None},
        "range": {"category": colours},
        "title": {
            "anchor": "start", "frame": "bounds", "color": ink, "fontSize": TITLE, "fontWeight": 600, "offset": 16,
            "subtitleColor": soft, "subtitleFontSize": SUBTITLE, "subtitleLineHeight": 16, "subtitlePadding": 6,
        },
        "axis": {
            "labelColor": soft, "titleColor": soft, "gridColor": grid, "domainColor": soft, "tickColor": soft,
            "labelFontSize": TEXT, "titleFontSize": SMALL, "titleFontWeight": "normal", "titleAnchor": "start",
            "ticks": False, "labelPadding": 6,
        },
        # All that is at the left of a picture begins at its edge: the heading, the labels of the axis, the sources.
        "axisLeft": {"labelAlign": "left", "labelPadding": GUTTER, "domain": False},
        "axisBottom": {"titleX": -GUTTER, "titleAlign": "left", "titlePadding": 14},
        "text": {"fontSize": TEXT, "color": ink},
        "style": {"halo": {"stroke": paper, "strokeWidth": 4, "strokeJoin": "round"}},
        "rule": {"color": soft},
        "bar": {"color": colours[0]},
        "line": {"color": colours[0]},
    }  # fmt: skip


def night() -> str:
    """A style that turns a picture's colours into those of the night where its page is dark."""
    looks = ({**theme(dark), "background": ""} for dark in (False, True))
    pairs = dict(zip(*(re.findall(r'"(#\w+)"', json.dumps(look)) for look in looks), strict=True))
    rules = "".join(f'[fill="{day}"]{{fill:{dark}}}[stroke="{day}"]{{stroke:{dark}}}' for day, dark in pairs.items())
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"


def wrapped(text: str, room: float, size: float = TEXT) -> list[str]:
    """A text in lines of about one length that fit into ``room`` pixels, in a font whose letters may be wide."""
    text = text.replace(" / ", "\u00a0/ ")  # no line begins with the stroke

    def lines(most: int) -> list[str]:
        return textwrap.wrap(text, most, break_long_words=False, break_on_hyphens=False)

    most = max(int(room / (0.53 * size)), 8)
    while most > 8 and len(lines(most - 1)) == len(lines(most)):
        most -= 1
    return lines(most)
