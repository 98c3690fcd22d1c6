"""Draws kept charts: ``python -m frontier_calc.press.drawing_worker [--bundle FILE] FOLDER NAME...``.

For each name it reads ``NAME.json`` in the folder, a specification as ``pictures.keep`` writes it, and puts beside it
``NAME.svg`` for the page, ``NAME-narrow.svg`` for a phone and ``NAME.png`` to take along; ``--bundle`` has it write the
scripts that draw charts live. A chart that cannot be drawn ends it with one line on the standard error.

It is run as a process of its own: the JavaScript engine of vl_convert does not survive the forks of a parallel build.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vl_convert

from frontier_calc.book import theme

FINE = 2  # pixels of the bitmap for each pixel of the drawing
ROOM = 17  # the reader's own fonts may be wider than those that are measured here, by one part in so many

Spec = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what is asked for; the exit status."""
    parser = argparse.ArgumentParser(description="Draw kept charts as pictures.")
    parser.add_argument("--bundle", help="the file for the scripts that draw charts live")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(arguments)
    for name in asked.names:
        spec = json.loads((asked.folder / f"{name}.json").read_text(encoding="utf-8"))
        try:
            draw(spec, asked.folder, name)
        except ValueError as error:
            print(f"{spec['description']}: {_first_line(error)}", file=sys.stderr)
            return 1
    if asked.bundle:
        (asked.folder / asked.bundle).write_text(_bundle(), encoding="utf-8")
    return 0


def draw(spec: Spec, folder: Path, name: str) -> None:
    """Draw one chart, three times; raises ValueError where Vega-Lite cannot."""
    narrow = {**spec["usermeta"]["narrow"], "config": spec["config"]}
    (folder / f"{name}.svg").write_text(_svg(spec), encoding="utf-8")
    (folder / f"{name}-narrow.svg").write_text(_svg(narrow), encoding="utf-8")
    by_itself = _with_room(spec, theme.DAY.ground)
    (folder / f"{name}.png").write_bytes(vl_convert.vegalite_to_png(by_itself, scale=FINE))


def _svg(spec: Spec) -> str:
    """The picture on a page, whose own ground is seen through it."""
    drawn: str = vl_convert.vegalite_to_svg(_with_room(spec, "transparent"))
    return drawn


def _with_room(spec: Spec, background: str) -> Spec:
    """A specification with room at its right for wider letters, on a ground of that colour.

    Above and below it keeps its own room, so that a live drawing is as high as the picture in whose place it comes.
    """
    config = {**spec["config"], "background": background}
    padding = {**config["padding"], "right": spec["width"] // ROOM}
    return {**spec, "config": config, "padding": padding}


def _bundle() -> str:
    """The scripts that draw charts live, in a scope of their own: they put on the window what a page calls."""
    bundle: Any = vl_convert.javascript_bundle  # its stub asks for a snippet, of which there is none
    return "(()=>{" + str(bundle()) + "})();"


def _first_line(error: ValueError) -> str:
    return str(error).partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
