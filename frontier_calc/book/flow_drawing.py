"""Boxes and arrows, drawn as ``flow_layout`` lays them out."""

from frontier_calc.book import flow_layout
from frontier_calc.book.flow_layout import BESIDE, NAME, Extent, PlacedArrow
from frontier_calc.book.flow_layout import Words as Laid
from frontier_calc.book.marks import Flow
from frontier_calc.book.scene import Bar, Item, Rule, Scene, Shape, Words
from frontier_calc.book.theme import LABEL, NEUTRALS, TEXT, paint_of


def draw(picture: Flow, width: int) -> Scene:
    """The drawing of a flow chart."""
    laid = flow_layout.laid_out(picture, width)
    kinds = list(dict.fromkeys(arrow.kind for arrow in picture.arrows))
    items: list[Item] = [_box(name, box, width) for name, box in zip(picture.areas, laid.boxes, strict=True)]
    for arrow in laid.arrows:
        items += _arrow(arrow, NEUTRALS[kinds.index(arrow.arrow.kind) % len(NEUTRALS)], width)
    items += [_words(words, width) for words in laid.words]
    # Arrows as wide as their sums would need room that boxes have taken.
    return Scene(width, laid.height + 2, tuple(items), follows=not picture.scaled)


def _box(name: str, box: Extent, width: int) -> Bar:
    """A box, in the colour of its company."""
    return Bar(
        x=box.left * width + 1,
        x2=box.right * width - 1,
        y=box.top + 1,
        y2=box.bottom + 1,
        paint=paint_of(name) or "soft",
        hollow=True,
        radius=3,
    )


def _arrow(placed: PlacedArrow, paint: str, width: int) -> list[Item]:
    """A shaft and its head; paler where the sum was only projected or assumed."""
    arrow = placed.arrow
    shaft = Rule(
        x=placed.x * width,
        x2=placed.x2 * width,
        y=placed.y + 1,
        y2=placed.y2 + 1,
        paint=paint,
        width=arrow.thick,
        faint=not arrow.firm,
        tip=arrow.tip,
    )
    head = Shape(x=placed.x2 * width, y=placed.y2 + 1, path=placed.head, paint=paint, filled=True, faint=not arrow.firm)
    return [shaft, head]


def _words(laid: Laid, width: int) -> Words:
    size = LABEL if laid.style == NAME else TEXT
    return Words(
        x=laid.x * width,
        y=laid.y + 1 + 0.36 * size,
        lines=laid.lines,
        size=size,
        bold=laid.style == NAME,
        align="start" if laid.style == BESIDE else "middle",
        dx=laid.style.dx,
        said=laid.said,
    )
