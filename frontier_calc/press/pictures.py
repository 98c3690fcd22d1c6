"""A chart on a page: its static pictures, its data to take along, and the script bundle that draws it live.

Charts are kept while pages are read, by the hash of what is drawn; the environment remembers which page shows which,
as Sphinx remembers everything that it learns from a page; before pages are written ``draw`` draws what is not drawn yet,
which stays on disk; and at the end of a build ``publish`` puts into the site exactly what its pages show.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from frontier_calc.book import theme
from frontier_calc.record.writing import spreadsheet_lines

BUNDLE = "vega.js"  # the script that draws charts live, under this name on every site
WORKER = "frontier_calc.press.drawing_worker"
CONVERTER = "vl-convert-python"

PACKAGE = Path(__file__).parent.parent


class PictureError(RuntimeError):
    """A chart that cannot be drawn."""


def keep(spec: Mapping[str, Any], cache: Path) -> str:
    """Keep a chart's specification for drawing; its name is the hash of what is drawn and of what draws it."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    worker = PACKAGE / "press" / "drawing_worker.py"
    drawn_by = f"{version(CONVERTER)}\0{worker.read_text(encoding='utf-8')}"
    name = hashlib.sha256(f"{drawn_by}\0{text}".encode()).hexdigest()[:16]
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"{name}.json"
    if not path.exists():
        # Renamed into place: two readers of a parallel build may keep the same chart at once.
        draft = cache / f"{name}.{os.getpid()}.draft"
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    return name


# Which page shows which charts: what Sphinx's environment remembers, and forgets with the page.


def remember(env: Any, docname: str, name: str) -> None:
    """Remember that a page shows the chart of that name."""
    _charts(env).setdefault(docname, {})[name] = None  # a dict keeps their order


def forget(app: Any, env: Any, docname: str) -> None:
    """Forget the charts of a page that is read again or is gone: for Sphinx's event ``env-purge-doc``."""
    _charts(env).pop(docname, None)


def merge(app: Any, env: Any, docnames: Iterable[str], other: Any) -> None:
    """Take over what another reader learned of these pages: for Sphinx's event ``env-merge-info``."""
    learned = _charts(other)
    for docname in docnames:
        if docname in learned:
            _charts(env)[docname] = learned[docname]


def first_of(env: Any, docname: str) -> str | None:
    """The name of the first chart of a page; None where it shows none."""
    return next(iter(_charts(env).get(docname, ())), None)


def has_charts(env: Any, docname: str) -> bool:
    """Whether a page shows a chart."""
    return bool(_charts(env).get(docname))


def names_in(env: Any) -> list[str]:
    """The names of all charts that pages show, each once, in order."""
    return sorted({name for names in _charts(env).values() for name in names})


def _charts(env: Any) -> dict[str, dict[str, None]]:
    """The names of the charts of each page, kept in the environment."""
    if not hasattr(env, "frontier_charts"):
        env.frontier_charts = {}
    charts: dict[str, dict[str, None]] = env.frontier_charts
    return charts


# The pictures.


def publish(site: Path, cache: Path, names: Sequence[str]) -> None:
    """Draw the charts of these names that are not drawn yet; leave in the site exactly theirs.

    Raises PictureError for a chart that cannot be drawn.
    """
    target = site / "_static" / "charts"
    shutil.rmtree(target, ignore_errors=True)
    if not names:
        return
    draw(cache, names)
    target.mkdir(parents=True)
    for name in names:
        for picture in (f"{name}.svg", f"{name}-narrow.svg"):
            drawn = (cache / picture).read_text(encoding="utf-8")
            (target / picture).write_text(_styled(drawn), encoding="utf-8")
        shutil.copyfile(cache / f"{name}.png", target / f"{name}.png")
        kept = json.loads((cache / f"{name}.json").read_text(encoding="utf-8"))
        table = spreadsheet_lines(kept["usermeta"]["data"])
        (target / f"{name}.csv").write_text(table, encoding="utf-8", newline="")
    shutil.copyfile(cache / _bundle(), target / BUNDLE)


def _styled(picture: str) -> str:
    """A picture that follows the colours of its page: the style stands first in it."""
    return picture.replace(">", f">{theme.style()}", 1)


def draw(cache: Path, names: Sequence[str]) -> None:
    """Draw into the cache what is not there yet, the bundle included; raises PictureError.

    In a process of its own, so that it may be called between the reading and the writing of a parallel build.
    """
    bundle = _bundle()
    missing = [name for name in names if not (cache / f"{name}.png").exists()]
    has_bundle = (cache / bundle).exists()
    if has_bundle and not missing:
        return
    command = [sys.executable, "-m", WORKER]
    if not has_bundle:
        command += ["--bundle", bundle]
    command += [str(cache), *missing]
    # The worker finds this very package, wherever the build was started.
    paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        complaints = done.stderr.strip().splitlines() or [f"the drawing process ended with status {done.returncode}"]
        raise PictureError(f"a chart cannot be drawn: {complaints[-1]}")


class Size(NamedTuple):
    """The width and the height of a picture, in pixels."""

    width: int
    height: int


def size(cache: Path, name: str, narrow: bool = False) -> Size:
    """How large a picture is that is drawn, so that a page can keep its place."""
    picture = cache / (f"{name}-narrow.svg" if narrow else f"{name}.svg")
    drawn = ElementTree.parse(picture).getroot()
    return Size(width=round(float(drawn.attrib["width"])), height=round(float(drawn.attrib["height"])))


def _bundle() -> str:
    """The name of the bundle in the cache: another version of the converter draws with other scripts."""
    return f"vega-{version(CONVERTER)}.js"
