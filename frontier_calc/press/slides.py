"""Slides of the charts for a class: each chapter’s question, its charts one by one, and what it translates.

A rendering of the woven pages by Typst, as the booklet is. A chart is drawn anew for the room that it has on a slide, so
that its words can be read from the back row; whatever qualifies it stands beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from frontier_calc.book import blocks, drawing, panel_drawing, svg, text, theme
from frontier_calc.book.charts import Chart
from frontier_calc.book.marks import Panels, Picture
from frontier_calc.book.scene import Scene, Words
from frontier_calc.book.typesetting import TAGS, Typesetter, words
from frontier_calc.press import chart_figure, citing, edition_pages, typeset
from frontier_calc.press.weave import Woven
from frontier_calc.record.reading import Reading

NAME = "economics-of-the-frontier-slides"
LOOK = Path(__file__).with_name("slides.typ")
LEAST = 14.0  # points of the smallest word, as in slides.typ
LARGEST = 1.35  # points that a pixel of a drawing may take: more shouts
EDGE = 14.0  # pixels: a word at the right that is wider than was reckoned
SIGN = re.compile(r"(?<!\S)([^\s·]) ")  # in the key of a chart; it stays with what it means


def make(on: Reading, root: Path) -> Path:
    """Typeset the slides as one reading has them; the path of the file. Raises TypesetError."""
    folder = root / "_build" / "slides"
    folder.mkdir(parents=True, exist_ok=True)
    made = markup(typeset.told(on, root), on, folder, edition_pages.base(root))
    return typeset.run(made, folder, NAME)


def markup(told: Sequence[Woven], on: Reading, folder: Path, site: str = "") -> str:
    """All slides in Typst’s markup; their charts are put into ``folder``. ``site`` is the address of the book."""
    first, *others = told
    made = list(_of_page(first, folder, site))  # its title and motto are the book’s
    for woven in others:
        if typeset.charts_of(woven):
            asked = f"#chapter[{words(woven.title)}][{words(question(woven))}]"
            made += [asked, *_of_page(woven, folder, site)]
    return "\n\n".join([*typeset.opening(LOOK.read_text(encoding="utf-8"), first, on), *made, ""])


def question(woven: Woven) -> str:
    """What a page asks: the first sentence of its summary, where that is a question; or else its motto."""
    asked, sign, _ = _told_in(woven, "summary").partition("?")
    return asked + sign if sign and "." not in asked else _told_in(woven, "epigraph")


def _told_in(woven: Woven, kind: str) -> str:
    """The words of the first group of a kind; none where the page has no such group."""
    groups = (each for each in woven.blocks if isinstance(each, blocks.Group) and kind in each.kind.split())
    return next((text.of_blocks(group.blocks).strip() for group in groups), "")


@dataclass(frozen=True)
class Place:
    """Where a drawing stands on a slide: the room there, in points, and the widths in pixels that are tried for it."""

    name: str
    wide: float
    high: float
    tried: tuple[int, ...]


BESIDE = Place("beside", 596, 474, tried=(480, 440))  # its words
BETWEEN = Place("between", 892, 290, tried=(700, theme.WIDE))  # those above it and those below


@dataclass(frozen=True)
class Fitted:
    """A drawing for a slide, where it stands there, and how many points a pixel of it takes."""

    scene: Scene
    place: Place
    scale: float


def fitted(picture: Picture) -> list[Fitted]:
    """A picture’s drawing as large as a slide allows; small multiples that nobody could read so, a row on each slide."""
    whole = largest(picture)
    if not isinstance(picture, Panels) or whole.scale * theme.SMALL >= LEAST:
        return [whole]
    several = [_placed(row, BETWEEN) for row in panel_drawing.rows(picture, BETWEEN.tried[0])]
    scale = min(each.scale for each in several)  # what is compared from slide to slide is drawn alike
    return [replace(each, scale=scale) for each in several]


def largest(picture: Picture) -> Fitted:
    """The drawing of a picture that can stand largest; of those that can stand equally large, the widest.

    Small multiples need the whole width of a slide; all else stands beside its words, where there is more room upwards.
    """
    place = BETWEEN if isinstance(picture, Panels) else BESIDE
    drawn = [_placed(drawing.draw(picture, width), place) for width in place.tried]
    return max(drawn, key=lambda each: (each.scale, each.scene.width))


def _placed(drawn: Scene, place: Place) -> Fitted:
    lowest = max((each.bottom for each in drawn.items if isinstance(each, Words)), default=0.0)
    scene = replace(drawn, width=drawn.width + EDGE, height=max(drawn.height, lowest))
    return Fitted(scene, place, min(place.wide / scene.width, place.high / scene.height, LARGEST))


def _of_page(woven: Woven, folder: Path, site: str) -> Iterator[str]:
    """The slides of a page, in the order in which it tells what is on them."""
    charts = iter(typeset.charts_of(woven))
    notes = {note.number: note for note in blocks.notes_in(woven.blocks)}
    for block in blocks.walk(woven.blocks):
        if isinstance(block, blocks.Picture):
            yield from _chart(next(charts), woven, folder, site)
        elif isinstance(block, blocks.Group) and "translate" in block.kind.split():
            yield _translate(block, notes, woven, site)


def _chart(chart: Chart, woven: Woven, folder: Path, site: str) -> Iterator[str]:
    """The slides of a chart: what it says, how to read it, whose word it is and of when, and where it is found."""
    heading, several = chart.heading, fitted(chart.picture)
    key = SIGN.sub("\\1\u00a0", heading.key)
    below = _contents(" ".join(map(str, heading.notes)), heading.credits, woven.reading.stamp)
    address = _address(woven, site, f"#{chart_figure.anchor_of(chart.block)}")
    for at, drawn in enumerate(several, 1):
        part = f"-{at}" if len(several) > 1 else ""
        picture = svg.by_itself(svg.sheet_of(drawn.scene), str(heading.title))
        file = typeset.put(picture, f"{woven.page.name}-{heading.name}{part}", folder)
        size = f"width: {drawn.scene.width * drawn.scale:.1f}pt"
        image = f"image({typeset.literal(file)}, {size}, alt: {typeset.literal(chart.description)})"
        counted = f" ({at}\u00a0of\u00a0{len(several)})" if part else ""
        above = _contents(f"{heading.title}{counted}", str(heading.subtitle), key)
        yield f"#{drawn.place.name}({above}, {below}, {image}, {address})"


def _translate(box: blocks.Group, notes: dict[int, blocks.Note], woven: Woven, site: str) -> str:
    """The slide of a Translate box, with its notes at the foot and what the signs beside its numbers mean."""
    told = Typesetter(notes=notes).blocks(box.blocks)
    signs = [f"{sign} {tag}" for tag, sign in TAGS.items() if sign in told]
    return f"#translate([{told}], {_contents(' · '.join([*signs, woven.reading.stamp]))}, {_address(woven, site)})"


def _address(woven: Woven, site: str, anchor: str = "") -> str:
    """The link to a page of a published edition. The site has no other reading; of those, the link to the book."""
    if not site:
        return "none"
    on = woven.reading
    is_published = on.edition is not None and not on.working
    page = f"{site}{on.name}/{woven.page.docname}.html" if is_published else site
    target = f"{page}{anchor}" if is_published else site
    return f"link({typeset.literal(target)}, {typeset.literal(citing.bare(page))})"


def _contents(*texts: str) -> str:
    """Texts as an array of contents; an empty one is left out."""
    return f"({''.join(f'[{words(text)}], ' for text in texts if text)})"
