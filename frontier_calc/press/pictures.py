"""The files of a chart beside its page: the picture by itself, as SVG and PNG, and its data to take along.

Charts are kept while pages are read, by the hash of what their files hold; the environment remembers which page shows
which, as Sphinx remembers everything that it learns from a page; at the end of a build ``publish`` draws what is not
drawn yet, which stays on disk, and puts into the site exactly what its pages show.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from frontier_calc.record.writing import spreadsheet_lines

WORKER = "frontier_calc.press.drawing_worker"
CONVERTER = "vl-convert-python"
ENDINGS = ("svg", "png", "csv")

PACKAGE = Path(__file__).parent.parent


class PictureError(RuntimeError):
    """A chart that cannot be drawn."""


def keep(picture: str, data: Sequence[Sequence[str | float]], cache: Path) -> str:
    """Keep a chart's picture, as SVG, and its data; their name is the hash of both and of what draws them."""
    table = spreadsheet_lines(data)
    worker = PACKAGE / "press" / "drawing_worker.py"
    drawn_by = f"{version(CONVERTER)}\0{worker.read_text(encoding='utf-8')}"
    name = hashlib.sha256(f"{drawn_by}\0{picture}\0{table}".encode()).hexdigest()[:16]
    cache.mkdir(parents=True, exist_ok=True)
    _keep(cache / f"{name}.svg", picture)
    _keep(cache / f"{name}.csv", table)
    return name


def _keep(path: Path, text: str) -> None:
    """Write a file that is not there: renamed into place, since two readers of a parallel build may keep one at once."""
    if path.exists():
        return
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(text, encoding="utf-8", newline="")
    draft.replace(path)


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
        for ending in ENDINGS:
            shutil.copyfile(cache / f"{name}.{ending}", target / f"{name}.{ending}")


def draw(cache: Path, names: Sequence[str]) -> None:
    """Draw into the cache what is not there yet; raises PictureError.

    In a process of its own, so that it may be called in the middle of a parallel build.
    """
    missing = [name for name in names if not (cache / f"{name}.png").exists()]
    if not missing:
        return
    # The worker finds this very package, wherever the build was started.
    paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path), "RUST_BACKTRACE": "0"}
    command = [sys.executable, "-m", WORKER, str(cache), *missing]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        complaints = done.stderr.strip().splitlines() or [f"the drawing process ended with status {done.returncode}"]
        raise PictureError(f"a chart cannot be drawn: {complaints[-1]}")
