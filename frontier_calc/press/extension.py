"""The Sphinx extension of the book, loaded from ``_config.yml``, so that every way to build the book goes through it.

It weaves every page once, so that a missing name or a broken claim ends the build with one message; gives MyST-NB what
the weave found, unless kernels are to run; reads all pages anew when anything they can read has changed; and turns data
into numbers with cards, tables, and charts that are part of the page. No page asks another host for anything.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from docutils import nodes
from myst_nb.core.render import load_mime_renders
from nbclient import NotebookClient
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

import frontier_calc
from frontier_calc.book import blocks, html, svg, text
from frontier_calc.book.charts import MIME as CHART
from frontier_calc.press import (
    cards,
    chart_figure,
    citing,
    feed,
    findable,
    furniture,
    inventory,
    live,
    notebook,
    pictures,
    scripts,
    sidenotes,
    site,
    stylesheet,
    translator,
    typed,
    weave,
)
from frontier_calc.press.build import watched
from frontier_calc.press.pages import message_of
from frontier_calc.record import reading

SETTINGS = ("FRONTIER_EDITION", "FRONTIER_AS_OF", "FRONTIER_DATA")
AT_ONCE = "age.js"  # what it says is there when the page is first painted
UNUSED = ("mystnb", "sphinx-design", "design-tabs")
STATIC = Path(__file__).parent / "static"
MISTAKES = (ValueError, LookupError, OSError)
BUILDERS = ("html", "dirhtml", "text", "linkcheck", "dummy")
# What a page may load and run: files of the site, and nothing that stands in the page itself.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)

log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the book to Sphinx."""
    if Plugin not in load_mime_renders():
        load_mime_renders().append(Plugin)
    # A kernel of the build has nothing to save: waiting for its leave-taking is a quarter of a page's time.
    NotebookClient.shutdown_kernel.default_value = "immediate"
    site.setup(app)
    furniture.setup(app)
    sidenotes.setup(app)
    typed.setup(app)
    app.add_role("eval", notebook.Value(), override=True)
    app.connect("config-inited", configure)
    app.connect("builder-inited", check)
    app.connect("env-get-outdated", outdated)
    app.connect("source-read", notebook.begin)
    app.connect("doctree-read", show_code_on_demand)
    app.connect("env-purge-doc", pictures.forget)
    app.connect("env-merge-info", pictures.merge)
    app.connect("html-page-context", add_scripts, priority=900)  # after those whose scripts it leaves out
    app.connect("html-page-context", add_cards, priority=950)
    app.connect("html-collect-pages", write_findable)
    app.connect("build-finished", finish)
    app.connect("build-finished", write_style, priority=900)  # after the theme, which writes the colours of code then
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def stop(message: object) -> NoReturn:
    """End the build with a message that tells the author what to do, and no traceback.

    An exception would pass through Jupyter Book's command line, which prints forty lines of its own.
    """
    print(f"\nThe book was not built.\n{message}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)


# Before the build.


def configure(app: Sphinx, config: Any) -> None:
    """Let kernels find the calculation beside the book."""
    here = Path(app.srcdir)
    package = Path(frontier_calc.__file__).resolve().parent
    if (here / "frontier_calc").is_dir() and package.parent != here.resolve():
        stop(f"frontier_calc comes from {package.parent}, the book from {here}; run: pip install -e {here}")
    paths = [str(here), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    folder = os.environ.get("FRONTIER_DATA")
    if folder:
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
    if app.builder.name not in BUILDERS:
        stop(f"the builder {app.builder.name} cannot draw charts and cards; expected html, or text for the words alone")
    try:
        woven = weave.weave_all(reading.current(), Path(app.srcdir))
    except MISTAKES as error:
        stop(message_of(error))
    site.shelves[app] = cards.Shelf(woven)
    notebook.hand(woven if app.config.nb_execution_mode == "off" else ())


# Freshness.


def code_digest(root: Path, with_data: bool) -> str:
    """A hash over what decides how any page is made: the calculation, the settings, the versions, perhaps the data."""
    found = hashlib.sha256(sys.version.encode())
    for name in SETTINGS:
        found.update(f"{name}={os.environ.get(name, '')}\0".encode())
    for path in sorted(set(watched(root))):
        if with_data or path.suffix != ".csv":
            found.update(f"{path}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def outdated(app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages that would say something else than when they were read.

    The weave has just been done: a page is read anew where what it shows, or what its cards tell, differs. Where
    kernels run, nobody knows what they will say: each page is read anew when anything that it can read has changed.
    """
    shelf = site.shelves[app]
    kernels = app.config.nb_execution_mode != "off"
    code = code_digest(Path(app.srcdir), with_data=kernels)
    on = reading.current()
    new = {
        name: f"{code} {on.stamp} {shelf.digest(name, on.as_of)} {_live(page)}" for name, page in shelf.pages.items()
    }
    old: dict[str, str] = getattr(env, "frontier_digests", {})
    env.frontier_digests = new
    stale = sorted(name for name in env.found_docs if new.get(name) != old.get(name))
    if len(stale) == len(env.found_docs):
        # Sphinx would keep the words of the old pages in its index, without a page to find them on.
        Path(app.outdir, "searchindex.js").unlink(missing_ok=True)
    return stale


def _live(page: weave.Woven) -> str:
    """What a page names that its reader's browser loads later; it may change where nothing does that the page shows."""
    return live.version(page) if live.is_live(page) else ""


# What cells show.


class Plugin:
    """Turns data that a cell shows into nodes of the page."""

    mime_priority_overrides = (("*", CHART, 1), ("*", blocks.MIME, 2))

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """The nodes of what was shown; None for data of another kind."""
        env = renderer.renderer.sphinx_env
        if data.mime_type == CHART:
            return [_chart(env, data.content)]
        if data.mime_type != blocks.MIME:
            return None
        shown = notebook.handed(data.content)
        if CHART in shown:
            return [_chart(env, shown[CHART])]
        return [site.node_of(shown[blocks.MIME])]


def _chart(env: Any, spec: Any) -> site.ChartNode:
    """The node of a chart, whose files are kept for the end of the build."""
    made = spec.get("usermeta", {}) if isinstance(spec, Mapping) else {}
    if not spec.get("description") or not {"block", "data", "wide", "narrow", "sheet"} <= set(made):
        stop(f"{env.docname}: found a chart without words, expected one of book.line_chart, bar_chart, curve_chart")
    picture: blocks.Picture = blocks.from_json(made["block"])
    anchor = chart_figure.anchor_of(picture)
    title = text.of_spans(picture.title)
    anchors = env.temp_data.setdefault("frontier_chart_anchors", set())
    if anchor in anchors:
        stop(f"{env.docname}: two charts are called {anchor!r}, the second is {title!r}; give it name=... of its own")
    anchors.add(anchor)
    page = site.shelves[env.app].pages[env.docname]
    path = env.app.builder.get_target_uri(env.docname)
    citation = citing.of_chart(title, page.title, anchor, path, reading.current(), _base(env.app.config))
    by_itself = svg.by_itself(svg.Sheet(**made["sheet"]), title, citation.foot)
    name = pictures.keep(by_itself, made["data"], cache(env.app))
    pictures.remember(env, env.docname, name)
    node = site.ChartNode(name=name, block=made["block"], wide=made["wide"], narrow=made["narrow"], citation=citation)
    node += nodes.paragraph("", spec["description"])
    return node


def _base(config: Any) -> citing.Base:
    """Where the site is found, or until that is known its repository."""
    if config.html_baseurl:
        return citing.Base(config.html_baseurl, is_site=True)
    return citing.Base(config.html_theme_options.get("repository_url", ""), is_site=False)


def cache(app: Sphinx) -> Path:
    """Where the files of charts are kept between builds."""
    return Path(app.outdir).parent / ".charts"


# The page.


def show_code_on_demand(app: Sphinx, doctree: nodes.document) -> None:
    """The code of all cells is folded away by one switch of the page, and not by one for each cell."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code":
            cell.attributes.pop("hide_mode", None)


def _deferred(script: Any) -> Any:
    """A script that waits until its page is read, as those of Sphinx and of the theme can too: none is needed to paint.

    Another one, since Sphinx hands the same to every page.
    """
    if str(script.filename).endswith(AT_ONCE):
        return script
    return type(script)(script.filename, priority=script.priority, **{"defer": "defer", **script.attributes})


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the charts' script on the pages that have a chart, and on no other; the rest that no page needs, nowhere."""
    if pictures.has_charts(app.env, pagename):
        app.add_js_file("charts.js", loading_method="defer")
    if pagename.endswith(("every-figure", "sources", "reconciliation")):
        app.add_js_file("filter.js", loading_method="defer")
    if pagename.endswith("translate-your-own"):
        for name in translator.SCRIPTS:
            app.add_js_file(name, loading_method="defer")
    if pagename == "search":
        app.add_js_file(findable.NAME, loading_method="defer")
        app.add_js_file("search.js", loading_method="defer")
    for files in (context["css_files"], context["script_files"]):
        files[:] = [file for file in files if _is_wanted(file)]
    if pagename != "search":  # whose template has scripts that lean on these while the page is read
        context["script_files"][:] = map(_deferred, context["script_files"])
    joined = {f"_static/{name}" for name in (*stylesheet.THEME, *(name for name, _ in _own_sheets(app)))}
    context["css_files"][:] = [file for file in context["css_files"] if str(file.filename) not in joined]
    context["style_version"] = stylesheet.version([STATIC / name for name, _ in _own_sheets(app)])
    policy = html.opening("meta", http_equiv="Content-Security-Policy", content=POLICY)
    context["metatags"] = f"{policy}{context.get('metatags') or ''}"
    for button in context.get("header_buttons", ()):
        # The theme's button that prints holds a script of its own; a browser can print without.
        button["buttons"] = [each for each in button.get("buttons", ()) if each["type"] != "javascript"]
    context["root_title"] = "The premise"  # in the list of chapters: the book's own name stands above it
    on = reading.current()
    stamp = f"{on.stamp} {furniture.DRAFT}." if on.working else on.stamp
    is_front = pagename == app.config.root_doc  # which says it above its title and again where it tells how to read
    context["theme_extra_footer"] = "" if is_front else str(html.element("p", stamp, class_="edition"))


def write_findable(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Write what two pages read before they are made, which tells browsers the state of it; no page more."""
    findable.publish(Path(app.outdir), site.shelves[app].pages.values())
    if any(docname.endswith(translator.KIND) for docname in app.env.found_docs):
        translator.publish(Path(app.outdir), reading.current())
    return []


def _front_picture(app: Sphinx) -> Path | None:
    """The drawing of the front page's first chart, by itself; None where that page has none."""
    name = pictures.first_of(app.env, str(app.config.root_doc))
    return cache(app) / f"{name}.png" if name else None


def _own_sheets(app: Sphinx) -> list[tuple[str, str | None]]:
    """The book's own style sheets, each with the medium for which it is."""
    return [(str(name), attributes.get("media")) for name, attributes in app.config.html_css_files]


def _is_wanted(file: Any) -> bool:
    """False for a script or a style of the theme that no page needs, or that would stand in the page itself."""
    return file.filename is not None and not any(name in str(file.filename) for name in UNUSED)


def add_cards(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the page what its cards say, and the scripts that say it and tell its age."""
    if doctree is None or pagename not in site.shelves[app].pages:
        return
    anchors = {term: anchor for term, (_, anchor) in app.env.domaindata["std"]["terms"].items()}
    anchors = {term.lower(): anchor for term, anchor in anchors.items()}
    facts = cards.scripted(cards.record(pagename, site.shelves[app], anchors))
    script = html.element("script", html.Markup(facts), type="application/json", id="figures")
    context["body"] = f"{context['body']}{script}"
    app.add_js_file(AT_ONCE)
    app.add_js_file("cards.js", loading_method="defer")
    if live.is_live(site.shelves[app].pages[pagename]):
        woven = site.shelves[app].pages[pagename]
        told: dict[str, Any] = {"data-page": live.script_name(pagename), "data-version": live.version(woven)}
        app.add_js_file("live.js", loading_method="defer", **told)


def finish(app: Sphinx, exception: BaseException | None) -> None:
    """Put the pictures that the pages name beside them; take away pages that the book has no more."""
    builder = app.builder
    if exception is not None or not isinstance(builder, StandaloneHTMLBuilder):
        return
    out = Path(app.outdir)
    made = {builder.get_outfilename(name) for name in (*app.env.found_docs, "genindex", "search")}
    for page in out.rglob("*.html"):
        if str(page) not in made and "_static" not in page.parts:
            page.unlink()
    try:
        pictures.publish(out, cache(app), pictures.names_in(app.env))
        # The theme's icons: no page has them.
        shutil.rmtree(out / "_static" / "vendor", ignore_errors=True)
        inventory.publish(out, site.shelves[app].pages.values(), reading.current())
        live.publish(out, site.shelves[app].pages.values())
        editions = list(reading.current().store.editions.values())
        feed.publish(out, editions, str(app.config.html_baseurl), _front_picture(app))
    except pictures.PictureError as error:
        stop(error)


def write_style(app: Sphinx, exception: BaseException | None) -> None:
    """Make the scripts light and join the style sheets, when every page and every sheet is as it stays."""
    if exception is None and isinstance(app.builder, StandaloneHTMLBuilder):
        scripts.lighten(Path(app.outdir) / "_static")
        stylesheet.publish(Path(app.outdir), _own_sheets(app))
