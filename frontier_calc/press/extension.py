"""The Sphinx extension of the book, loaded from ``_config.yml``, so that every way to build the book goes through it.

It weaves every page before a kernel starts, so that a missing name or a broken claim ends the build with one message;
re-reads all pages when anything they can read has changed; and turns charts into a static picture, a live drawing and
a table. No page asks another host for anything.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import load_mime_renders, sanitize_script_content
from nbclient import NotebookClient
from sphinx.application import Sphinx
from sphinx.util import logging

import frontier_calc
from frontier_calc.book import theme
from frontier_calc.book.charts import MIME
from frontier_calc.book.sheet import markup
from frontier_calc.press import cards, everything, pictures, weave
from frontier_calc.press.build import watched
from frontier_calc.press.pages import Page, escaped, message_of
from frontier_calc.record import reading

SETTINGS = ("FRONTIER_EDITION", "FRONTIER_AS_OF", "FRONTIER_DATA")
UNUSED = ("mystnb", "sphinx-design", "design-tabs")
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
    app.connect("html-page-context", add_scripts, priority=900)  # after those whose scripts it leaves out
    app.connect("html-page-context", add_cards, priority=950)
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
    """Let kernels find the calculation beside the book."""
    here, package = Path(app.srcdir), Path(frontier_calc.__file__).resolve().parent
    if (here / "frontier_calc").is_dir() and package.parent != here.resolve():
        stop(f"frontier_calc comes from {package.parent}, the book from {here}; run: pip install -e {here}")
    paths = [str(here), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    if folder := os.environ.get("FRONTIER_DATA"):
        os.environ["FRONTIER_DATA"] = str(Path(folder).resolve())  # kernels run in the folders of their pages
    os.environ["IPYTHONDIR"] = str(_kernel_settings(cache(app)))
    # It only patches code that runs in the main process, but does not declare itself safe.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def _kernel_settings(folder: Path) -> Path:
    """IPython settings for the kernels of the build: not the author's own, whose start-up files could change a page."""
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    # At the usual level every kernel warns that it talks to this machine without encryption.
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 40\n", encoding="utf-8")
    return profile.parent


def check(app: Sphinx) -> None:
    """Weave every page; whatever is wrong with the data or on a page ends the build here."""
    try:
        app.shelf = cards.Shelf(weave.weave_all(reading.current(), Path(app.srcdir)))
    except MISTAKES as error:
        stop(message_of(error))


# Freshness.


def digest(root: Path) -> str:
    """A hash over all that decides what a page says, apart from the page itself."""
    found = hashlib.sha256(sys.version.encode())
    for name in SETTINGS:
        found.update(f"{name}={os.environ.get(name, '')}\0".encode())
    for path in sorted(set(watched(root))):
        found.update(f"{path}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def outdated(app: Sphinx, env: Any, added: set, changed: set, removed: set) -> list[str]:
    """All pages, where anything that they can read, or tell of one another, has changed since they were read."""
    new, old = digest(Path(app.srcdir)) + app.shelf.digest, getattr(env, "frontier_digest", None)
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
        if not spec.get("description") or not {"table", "data", "narrow"} <= set(usermeta):
            stop(f"{env.docname}: found a chart without words, expected one of book.line_chart, bar_chart, curve_chart")
        name = pictures.keep(spec, cache(env.app))
        up = "../" * env.docname.count("/")
        content = {
            "spec": {key: value for key, value in spec.items() if key != "usermeta"},
            "narrow": usermeta["narrow"],
            "dark": theme.theme(True),
        }
        script = sanitize_script_content(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
        bundle = f"{up}_static/charts/{pictures.BUNDLE}"
        inside = f'<script type="application/json" class="chart-spec" data-bundle="{bundle}">{script}</script>'
        picture = f"{up}_static/charts/{name}.svg"
        chart = markup().chart(spec["description"], usermeta["table"], picture, inside)
        return [nodes.raw("", chart, format="html")]


def cache(app: Sphinx) -> Path:
    """Where pictures and the script bundle are kept between builds."""
    return Path(app.outdir).parent / ".charts"


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Load the charts' script on the pages that have a chart, and on no other; the rest that no page needs, nowhere."""
    raw = doctree.findall(nodes.raw) if doctree is not None else ()
    if any('class="chart-spec"' in node.astext() for node in raw):
        app.add_js_file("charts.js", loading_method="defer")
    if 'class="ledger-sheet every-figure"' in context.get("body", ""):
        app.add_js_file("filter.js", loading_method="defer")
    if pagename == "search":
        app.add_js_file("search.js", loading_method="defer")
    for files in (context["css_files"], context["script_files"]):
        files[:] = [file for file in files if not any(name in str(file.filename) for name in UNUSED)]
    context["root_title"] = "The premise"  # in the list of chapters: the book's own name stands above it
    context["theme_extra_footer"] = f'<p class="edition">{escaped(reading.current().stamp)}</p>'
    if doctree is not None:
        name, kind = Page(Path(app.srcdir), pagename).name, ""
        ledgers = [page for page in app.shelf.pages if page.startswith("ledgers/")]
        place = f"{name.replace('-', ' ')} of {len(ledgers)}" if pagename in ledgers else "Reference"
        if name == "premise":
            place, kind = reading.current().stamp.rstrip("."), " title-page"
        mark = f'<p class="eyebrow not-text{kind}">{escaped(place)}</p>'
        # A cell's own words say what it opens, and no label in their place.
        body = context["body"].replace(' aria-label="Toggle hidden content"', "")
        context["body"] = body.replace("<h1>", f"{mark}<h1>", 1)


def add_cards(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Give each number its address and link, and the page what its cards say. Writers only read the shelf."""
    if doctree is None or pagename not in app.shelf.pages:
        return
    try:
        body = cards.dressed(context["body"], pagename, app.shelf)
    except KeyError as error:
        unlike = f"the kernel shows the figure {error}, which the check before it did not; run twice, a cell differs"
        stop(f"{pagename}: {unlike}")
    anchors = {anchor: term for term, (_, anchor) in app.env.domaindata["std"]["terms"].items()}
    facts = cards.record(pagename, app.shelf, body, anchors)
    script = sanitize_script_content(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
    age = cards.edition_age(pagename, app.shelf, reading.current().as_of)
    context["body"] = f'{age}{body}<script type="application/json" id="figures">{script}</script>'
    app.add_js_file("age.js")  # not deferred: what it says is there when the page is first painted
    app.add_js_file("cards.js", loading_method="defer")


def finish(app: Sphinx, exception: BaseException | None) -> None:
    """Put the pictures and the scripts that the pages name beside them; take away pages that the book has no more."""
    if exception is None and app.builder.format == "html":
        made = {app.builder.get_outfilename(name) for name in (*app.env.found_docs, "genindex", "search")}
        for page in Path(app.outdir).rglob("*.html"):
            if str(page) not in made and "_static" not in page.parts:
                page.unlink()
        try:
            pictures.publish(Path(app.outdir), cache(app))
            # The theme's icons: no page has them.
            shutil.rmtree(Path(app.outdir, "_static", "vendor"), ignore_errors=True)
            everything.publish(Path(app.outdir), app.shelf.pages.values())
        except pictures.PictureError as error:
            stop(error)
