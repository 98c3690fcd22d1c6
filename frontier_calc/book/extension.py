"""The Sphinx extension of the book, loaded from ``_config.yml``, so that every way to build the book goes through it.

It weaves every page before a kernel starts, so that a missing name or a broken claim ends the build with one message;
re-reads all pages when anything they can read has changed; and turns charts into a static picture, a live drawing and
a table. No page asks another host for anything.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import load_mime_renders, sanitize_script_content
from nbclient import NotebookClient
from sphinx.application import Sphinx
from sphinx.util import logging

import frontier_calc
from frontier_calc import reading, store
from frontier_calc.book import drawing, pictures, weave
from frontier_calc.book.charts import MIME, figure_html
from frontier_calc.book.pages import escaped
from frontier_calc.dates import day_words

SETTINGS = ("FRONTIER_EDITION", "FRONTIER_AS_OF", "FRONTIER_DATA")
STATIC = Path(__file__).with_name("static")
MISTAKES = (ValueError, LookupError, OSError)

log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the book to Sphinx."""
    if not any(plugin is ChartPlugin for plugin in load_mime_renders()):
        load_mime_renders().append(ChartPlugin)
    # A kernel of the build has nothing to save: waiting for its leave-taking is a quarter of a page's time.
    NotebookClient.shutdown_kernel.default_value = "immediate"
    app.connect("config-inited", configure)
    app.connect("builder-inited", check)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def stop(message: object) -> None:
    """End the build with a message that tells the author what to do, and no traceback.

    An exception would pass through Jupyter Book's command line, which prints forty lines of its own.
    """
    print(f"\nThe book was not built.\n{message}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)


# Before the build.


def configure(app: Sphinx, config: Any) -> None:
    """Let kernels find the calculation beside the book, and tell readers which edition they hold."""
    here, package = Path(app.srcdir), Path(frontier_calc.__file__).resolve().parent
    if (here / "frontier_calc").is_dir() and package.parent != here.resolve():
        stop(f"frontier_calc comes from {package.parent}, the book from {here}; run: pip install -e {here}")
    paths = [str(here), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    if folder := os.environ.get("FRONTIER_DATA"):
        os.environ["FRONTIER_DATA"] = str(Path(folder).resolve())  # kernels run in the folders of their pages
    os.environ["IPYTHONDIR"] = str(_kernel_settings(cache(app)))
    config.html_static_path.append(str(STATIC))
    config.html_css_files.append("book.css")
    try:
        config.html_theme_options["extra_footer"] = f'<p class="edition">{escaped(stamp(reading.current()))}</p>'
    except MISTAKES as error:
        stop(_message(error))
    _without_thebe(app)
    # Both only patch code that runs in the main process, but do not declare themselves safe.
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def _without_thebe(app: Sphinx) -> None:
    """Jupyter Book adds to every page a script that names another host, whether or not cells can be run there."""
    for event in ("env-before-read-docs", "doctree-resolved"):
        for listener in tuple(app.events.listeners[event]):
            if listener.handler.__module__ == "sphinx_thebe":
                app.disconnect(listener.id)


def _kernel_settings(folder: Path) -> Path:
    """IPython settings for the kernels of the build: not the author's own, whose start-up files could change a page."""
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    # At the usual level every kernel warns that it talks to this machine without encryption.
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 40\n", encoding="utf-8")
    return profile.parent


def stamp(on: reading.Reading) -> str:
    """Which edition a page belongs to, and the day it was read on."""
    day = day_words(on.as_of)
    if on.working:
        return f"Working edition, read on {day}."
    return f"Edition {on.edition.id} ({on.edition.title}), read on {day}." if on.edition else f"As known on {day}."


def check(app: Sphinx) -> None:
    """Weave every page; whatever is wrong with the data or on a page ends the build here."""
    try:
        weave.weave_all(reading.current(), Path(app.srcdir))
    except MISTAKES as error:
        stop(_message(error))


def _message(error: BaseException) -> str:
    return str(error.args[0]) if isinstance(error, LookupError) and error.args else str(error)


# Freshness.


def watched(root: Path) -> Iterator[Path]:
    """Every file that a page can read: the data, the calculation, the versions."""
    data = store.default_folder()
    for folder in dict.fromkeys((root / "data", root / "frontier_calc", data)):
        yield from (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from root.glob("*.txt")


def digest(root: Path) -> str:
    """A hash over all that decides what a page says, apart from the page itself."""
    found = hashlib.sha256(sys.version.encode())
    for name in SETTINGS:
        found.update(f"{name}={os.environ.get(name, '')}\0".encode())
    for path in sorted(set(watched(root))):
        found.update(f"{path}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def outdated(app: Sphinx, env: Any, added: set, changed: set, removed: set) -> list[str]:
    """All pages, where anything that they can read has changed since they were read."""
    new, old = digest(Path(app.srcdir)), getattr(env, "frontier_digest", None)
    env.frontier_digest = new
    return [] if new == old else sorted(env.found_docs)


# Charts.


class ChartPlugin:
    """Shows a chart of a notebook: a static picture, its specification for the live drawing, and its data."""

    mime_priority_overrides = (("*", MIME, 1),)

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """The nodes of one chart; None for any other output."""
        if data.mime_type != MIME:
            return None
        spec, env = data.content, renderer.renderer.sphinx_env
        usermeta = spec.get("usermeta", {}) if isinstance(spec, Mapping) else {}
        if not spec.get("description") or "table" not in usermeta:
            stop(f"{env.docname}: found a chart without words, expected one of book.line_chart, bar_chart, curve_chart")
        name = pictures.keep(spec, cache(env.app))
        up = "../" * env.docname.count("/")
        content = {
            "spec": {key: value for key, value in spec.items() if key != "usermeta"},
            "dark": drawing.theme(True),
        }
        script = sanitize_script_content(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
        inside = f'<script type="application/json" class="chart-spec">{script}</script>'
        markup = figure_html(spec["description"], usermeta["table"], f"{up}_static/charts/{name}.svg", inside)
        return [nodes.raw("", markup, format="html")]


def cache(app: Sphinx) -> Path:
    """Where pictures and the script bundle are kept between builds."""
    return Path(app.outdir).parent / ".charts"


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Load Vega on the pages that have a chart, and on no other."""
    raw = doctree.findall(nodes.raw) if doctree is not None else ()
    if any('class="chart-spec"' in node.astext() for node in raw):
        app.add_js_file(f"charts/{pictures.BUNDLE}", loading_method="defer")
        app.add_js_file("book.js", loading_method="defer")


def finish(app: Sphinx, exception: BaseException | None) -> None:
    """Put the pictures and the scripts that the pages name beside them."""
    if exception is None and app.builder.format == "html":
        try:
            pictures.publish(Path(app.outdir), cache(app))
        except pictures.PictureError as error:
            stop(error)
