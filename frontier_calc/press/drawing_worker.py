"""Draws kept charts as bitmaps: ``python -m frontier_calc.press.drawing_worker FOLDER NAME...``.

For each name it reads ``NAME.svg`` in the folder, as ``pictures.keep`` writes it, and puts ``NAME.png`` beside it. A
chart that cannot be drawn ends it with one line on the standard error.

It is run as a process of its own: the engine of vl_convert does not survive the forks of a parallel build.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import vl_convert

FINE = 2  # pixels of the bitmap for each pixel of the drawing


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what is asked for; the exit status."""
    parser = argparse.ArgumentParser(description="Draw kept charts as bitmaps.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(arguments)
    for name in asked.names:
        try:
            draw(asked.folder, name)
        except (RuntimeError, ValueError) as error:
            print(f"{name}.svg: {str(error).partition(chr(10))[0]}", file=sys.stderr)
            return 1
    return 0


def draw(folder: Path, name: str) -> None:
    """Draw one chart; raises RuntimeError or ValueError, by the engine's version, where its picture is no SVG."""
    picture = (folder / f"{name}.svg").read_text(encoding="utf-8")
    drawn: bytes = vl_convert.svg_to_png(picture, scale=FINE)
    (folder / f"{name}.png").write_bytes(drawn)


if __name__ == "__main__":
    sys.exit(main())
