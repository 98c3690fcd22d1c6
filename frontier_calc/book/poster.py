"""A chart by itself: its drawing between its title and its small print, as a notebook shows it and a reader takes it along."""

from frontier_calc.book.marks import Heading
from frontier_calc.book.scene import Item, Scene, Words, moved
from frontier_calc.book.theme import SMALL, SUBTITLE, TITLE, wrapped

EDGE = 20.0  # pixels: around everything
LEADING = {TITLE: 22.0, SUBTITLE: 18.0, SMALL: 16.0}


def of_scene(scene: Scene, heading: Heading) -> Scene:
    """The drawing with the words around it."""
    above = _Column(scene.width)
    above.add(str(heading.title), TITLE, "ink", bold=True)
    above.add(str(heading.subtitle), SUBTITLE, "soft")
    below = _Column(scene.width)
    for text in (heading.key, " ".join(map(str, heading.notes)), heading.credits):
        below.add(text, SMALL, "soft")
    top = above.bottom + 14
    foot_top = top + scene.height + 12
    items = [*above.items, *moved(scene.items, down=top), *moved(below.items, down=foot_top)]
    whole = moved(items, right=EDGE, down=EDGE - 6)
    return Scene(scene.width + 2 * EDGE, foot_top + below.bottom + 2 * EDGE - 6, tuple(whole))


class _Column:
    """Lines of words, one below the other."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.items: list[Item] = []
        self.bottom = 0.0

    def add(self, text: str, size: float, paint: str, bold: bool = False) -> None:
        """Add a text, in as many lines as it takes; none of an empty one."""
        lines = wrapped(text, self.width, size, bold)
        if not lines:
            return
        leading = LEADING[size]
        words = Words(x=0, y=self.bottom + leading - 4, lines=lines, paint=paint, size=size, bold=bold, leading=leading)
        self.items.append(words)
        self.bottom += leading * len(lines)
