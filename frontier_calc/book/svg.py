"""A drawing as SVG: for a page, which colours and stretches it, and as a picture that stands by itself.

On a page every place across is a share of the width, in per cent, so that a drawing fills its column without a script;
``parts.css`` has its styles, by day and by night. Alone it has pixels, and the styles of the day inside.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from markupsafe import escape

from frontier_calc.book import theme
from frontier_calc.book.scene import FIXED, At, Axis, Bar, Dot, Item, Path, RightOf, Rule, Scene, Shape, Tip, Words

BUTT = 4  # pixels: a stroke as thick as this ends where it ends

# How the shapes of a drawing look, wherever it stands. The same rules are in parts.css.
LOOK = """
.drawing { font-family: FONT; font-size: 12.5px; }
.drawing line, .drawing path { fill: none; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; }
.drawing .filled { fill: currentColor; stroke: none; }
.drawing rect, .drawing circle, .drawing text { fill: currentColor; }
.drawing .hollow { fill: PAPER; stroke: currentColor; stroke-width: 1.75px; }
.drawing .dashed { stroke-dasharray: 2 5; }
.drawing .butt { stroke-linecap: butt; }
.drawing .faint { opacity: 0.5; }
.drawing .bold { font-weight: 600; }
.drawing .halo { paint-order: stroke; stroke: PAPER; stroke-width: 4px; stroke-linejoin: round; }
.drawing .tail { fill: SOFT; font-weight: 400; }
""".strip()
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Across:
    """How places across are written: in pixels, or as shares of the ``width`` that a page stretches.

    ``moves``: with what a page needs to show a drawing with other numbers; a picture by itself stays as it is.

    >>> Across()(30.6), Across(width=612)(30.6)
    ('30.6', '5%')
    """

    width: float = 0.0
    moves: bool = False

    def __call__(self, x: float) -> str:
        """A place as it is written."""
        return f"{_number(100 * x / self.width)}%" if self.width else _number(x)

    @property
    def whole(self) -> float:
        """How much a pixel is in what places across are written in."""
        return 100 / self.width if self.width else 1.0


def on_page(scene: Scene, kind: str) -> str:
    """The drawing for a page, of a kind such as "wide": it takes the width of its column."""
    share = Across(scene.width, moves=scene.follows)
    follows = _following(scene, share) if scene.follows else ""
    opening = f'<svg class="drawing {kind}" width="100%" height="{_number(scene.height)}"{follows}>'
    items = [_stretched(item, scene) if isinstance(item, Path) else _item(item, share) for item in scene.items]
    return f"{opening}{''.join(items)}</svg>"


def _stretched(item: Path, scene: Scene) -> str:
    """A path in a view of its own, which a page stretches across and not down; its stroke keeps its width."""
    box = f'viewBox="0 0 {_number(scene.width)} {_number(scene.height)}" preserveAspectRatio="none"'
    path = _path(item, _through(item) if scene.follows else "")
    return f'<svg {box} width="100%" height="{_number(scene.height)}" overflow="visible">{path}</svg>'


def _path(item: Path, through: str = "") -> str:
    places = "L".join(f"{_number(x)},{_number(y)}" for x, y in item.places)
    kind = _classes(item.paint, dashed=item.dashed)
    return f'<path {kind} d="M{places}"{_stroke(item.width)}{through} vector-effect="non-scaling-stroke"/>'


PIXELS = Across()


@dataclass(frozen=True)
class Sheet:
    """A drawing that stands by itself, with room for lines under it: its shapes as SVG, and its size in pixels."""

    shapes: str
    width: float
    height: float


def sheet_of(scene: Scene) -> Sheet:
    """The drawing as a sheet."""
    shapes = "".join(_path(item) if isinstance(item, Path) else _item(item, PIXELS) for item in scene.items)
    return Sheet(shapes, scene.width, scene.height)


def by_itself(sheet: Sheet, title: str, foot: Sequence[str] = (), edge: float = 20.0) -> str:
    """A picture of its own, on paper, with its title for whoever cannot see it, and lines under it."""
    lines = [line for text in foot for line in theme.wrapped(text, sheet.width - 2 * edge, theme.SMALL)]
    words = Words(x=edge, y=sheet.height, lines=lines, paint="soft", size=theme.SMALL, leading=16)
    under = _item(words, PIXELS) if lines else ""
    width, height = _number(sheet.width), _number(sheet.height + 16 * len(lines) + (4 if lines else 0))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img"><title>{escape(title)}</title><style>{look_alone()}</style>'
        f'<rect width="{width}" height="{height}" class="p-paper"/>{sheet.shapes}{under}</svg>'
    )


def look(paper: str, soft: str, font: str) -> str:
    """The rules of a drawing, with what a page or a picture calls its paper, its softer ink and its font."""
    return LOOK.replace("PAPER", paper).replace("SOFT", soft).replace("FONT", font)


def look_alone() -> str:
    """The rules and the paints of a picture that stands by itself, of the day."""
    paints = "".join(f".p-{name}{{color:{shades.day}}}" for name, shades in theme.PAINTS.items())
    return paints + look(theme.INKS["paper"].day, theme.INKS["soft"].day, theme.FONT)


@singledispatch
def _item(item: Item, across: Across) -> str:
    """One shape as an element."""
    raise TypeError(f"cannot draw {item!r}: expected a shape of frontier_calc.book.scene")


@_item.register
def _(item: Rule, across: Across) -> str:
    places = f'x1="{across(item.x)}" x2="{across(item.x2)}" y1="{_number(item.y)}" y2="{_number(item.y2)}"'
    kind = _classes(item.paint, dashed=item.dashed, faint=item.faint, butt=item.width > BUTT)
    moving = _moving(across, item.at, beside=item.beside)
    return _element("line", f"{kind} {places}{_stroke(item.width)}{moving}", item.tip)


@_item.register
def _(item: Bar, across: Across) -> str:
    left, right = sorted((item.x, item.x2))
    top, bottom = sorted((item.y, item.y2))
    width = _difference(across(right), across(left))
    places = f'x="{across(left)}" y="{_number(top)}" width="{width}" height="{_number(bottom - top)}"'
    rounded = f' rx="{_number(item.radius)}"' if item.radius else ""
    kind = _classes(item.paint, hollow=item.hollow, faint=item.faint)
    axis = _axis("across", item.axis, across.whole) if item.axis and across.moves else ""
    return _element("rect", f"{kind} {places}{rounded}{axis}", item.tip)


@_item.register
def _(item: Dot, across: Across) -> str:
    places = f'cx="{across(item.x)}" cy="{_number(item.y)}" r="{_number(item.radius)}"'
    kind = _classes(item.paint, hollow=item.hollow)
    moving = _moving(across, _besides(item.at, item.tip.figure if item.tip else ""))
    return _element("circle", f"{kind} {places}{moving}", item.tip)


@_item.register
def _(item: Shape, across: Across) -> str:
    kind = _classes(item.paint, filled=item.filled, faint=item.faint)
    stroke = "" if item.filled else _stroke(item.width)
    # A place of its own within the drawing: the path keeps its pixels wherever the page stretches it.
    moving = _moving(across, _besides(item.at, item.beside), item.right_of, beside=item.beside, sign=item.sign)
    place = f'<svg x="{across(item.x)}" y="{_number(item.y)}" overflow="visible"{moving}>'
    return f'{place}<path {kind} d="{item.path}"{stroke}/></svg>'


@_item.register
def _(item: Words, across: Across) -> str:
    size = f' font-size="{_number(item.size)}"' if item.size != theme.TEXT else ""
    align = f' text-anchor="{item.align}"' if item.align != "start" else ""
    x = f'x="{across(item.x)}"'
    aside = f' dx="{_number(item.dx)}"' if item.dx else ""
    first, *more = [str(escape(line)) for line in item.lines]
    told = first + "".join(f'<tspan {x}{aside} dy="{_number(item.leading)}">{line}</tspan>' for line in more)
    if item.tail:
        # A no-break space: some programs leave out a space with which a piece of text begins.
        told += f'<tspan class="tail">{escape(item.tail.replace(" ", NO_BREAK_SPACE))}</tspan>'
    kind = _classes(item.paint, bold=item.bold, halo=item.halo)
    said = json.dumps(item.said, ensure_ascii=False) if item.said else ""
    column = "0" if item.column else ""
    moving = _moving(across, item.at, item.right_of, value_of=item.value_of, said=said, column=column)
    return f'<text {kind} {x} y="{_number(item.y)}"{aside}{size}{align}{moving}>{told}</text>'


def _element(name: str, attributes: str, tip: Tip | None) -> str:
    """An element, with what is told of it by whoever shows the drawing."""
    if tip is None:
        return f"<{name} {attributes}/>"
    told = "\n".join(tip.lines)
    return f'<{name} {attributes} data-figure="{escape(tip.figure)}"><title>{escape(told)}</title></{name}>'


def _classes(paint: str, **kinds: bool) -> str:
    """The class of a shape: its paint, and each kind that it is of."""
    names = [f"p-{paint}", *(name for name, applies in kinds.items() if applies)]
    return f'class="{" ".join(names)}"'


# What a page needs to show a drawing with other numbers.


def _following(scene: Scene, share: Across) -> str:
    """That a drawing follows a reader's numbers, and its axes."""
    across = _axis("across", scene.across, share.whole) if scene.across else ""
    down = _axis("down", scene.down, 1.0) if scene.down else ""
    return f" data-follows{across}{down}"


def _axis(name: str, axis: Axis, pixel: float) -> str:
    """An axis: the place of nothing, the way from there to one, the least and the most place; and that it is logarithmic."""
    places = " ".join(f"{each * pixel:.9g}" for each in (axis.nought, axis.step, axis.least, axis.most))
    return f' data-{name}="{places}{" log" if axis.log else ""}"'


def _moving(across: Across, at: At = FIXED, right_of: RightOf | None = None, **told: str) -> str:
    """The figures that a shape's place rests on, and what else of it is another one with other numbers."""
    if not across.moves:
        return ""
    stands = _data(x=at.x, y=at.y, y2=at.y2, crossing="|".join(at.crossing), **told)
    if right_of is None:
        return stands
    return f"{stands}{_data(right_of=' '.join(right_of.figures), least=across(right_of.least))}"


def _besides(at: At, figure: str) -> At:
    """The figures of a place that need telling of a point, or of a sign, at the place of its own figure."""
    return replace(at, y="") if at.y == figure else at


def _through(item: Path) -> str:
    """Of which line a path is a stretch, and the figures that are its places."""
    if not item.through:
        return ""
    return _data(line=item.line, through=" ".join(f"{each.x},{each.y}" for each in item.through))


def _data(**told: str) -> str:
    """What is told, as attributes for a script; nothing of what is empty."""
    return "".join(f' data-{name.replace("_", "-")}="{escape(text)}"' for name, text in told.items() if text)


def _stroke(width: float) -> str:
    return f' stroke-width="{_number(width)}"' if width != 1 else ""


def _difference(right: str, left: str) -> str:
    """How far it is from one place across to another, in the same unit."""
    unit = "%" if right.endswith("%") else ""
    return f"{_number(float(right.rstrip('%')) - float(left.rstrip('%')))}{unit}"


def _number(value: float) -> str:
    """A number with two digits behind its point, or fewer.

    >>> _number(12.0), _number(1 / 3)
    ('12', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
