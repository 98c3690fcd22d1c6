"""Pages in a real browser: Chromium, cut off from every host but this one, counting what is asked for."""

import atexit
import contextlib
import functools
import http.server
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# The shell is the same engine without windows, which nobody looks at here, and takes half of the processor's time.
NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell", "headless_shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)


MISSING = "no Chromium here (Debian: apt-get install chromium-headless-shell)"


def chromium() -> str | None:
    """The path of a Chromium on this machine, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Traffic:
    """What pages asked for: addresses within the site with their sizes, and addresses elsewhere."""

    inside: dict[str, int] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which ``folder`` is served on localhost."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Browser:
    """A Chromium that opens pages of one site."""

    def __init__(self, engine, address: str) -> None:
        self.engine, self.address = engine, address
        self.tabs: dict[tuple, Any] = {}  # by whether scripts run in it, and what else it was opened with

    @contextlib.contextmanager
    def page(
        self,
        path: str,
        width: int = 1280,
        dark: bool = False,
        scripts: bool = True,
        traffic: Traffic | None = None,
        fresh: bool = False,
        **options,
    ):
        """Open a page; with ``traffic``, which takes down what it asks for, wait at the end until it asks no more.

        A tab is used again, since opening one costs twice what a page does, and is left as a new one would be. A visit
        that is ``fresh`` has one of its own, with nothing kept from visits before. The ``options`` are those of a
        Playwright context, such as ``has_touch``.
        """
        seen = Traffic() if traffic is None else traffic
        options["java_script_enabled"] = scripts
        kind = tuple(sorted(options.items()))
        page = self._new_tab(options) if fresh else self._tab(kind)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null", color_scheme="dark" if dark else "light", reduced_motion="null")
        listeners = self._listeners(seen)
        for event, listener in listeners.items():
            page.on(event, listener)
        try:
            page.goto(f"{self.address}/{path}")
            yield page
            if traffic is not None:
                page.wait_for_load_state("networkidle")
        except BaseException:
            if not fresh:
                del self.tabs[kind]  # nobody knows in what state it is left
                fresh = True
            raise
        finally:
            for event, listener in listeners.items():
                page.remove_listener(event, listener)
            if fresh:
                page.context.close()
            else:
                _leave(page)

    def _new_tab(self, options: dict[str, Any]):
        return self.engine.new_context(**options).new_page()

    def _tab(self, kind: tuple):
        if kind not in self.tabs:
            self.tabs[kind] = self._new_tab(dict(kind))
        return self.tabs[kind]

    def close(self) -> None:
        """Close its tabs."""
        for page in self.tabs.values():
            page.context.close()

    def _listeners(self, seen: Traffic) -> dict[str, Callable[..., None]]:
        def complain(message) -> None:
            if message.type in ("error", "warning"):
                seen.complaints.append(message.text)

        return {
            "request": functools.partial(self._note, seen),
            "response": functools.partial(self._weigh, seen),
            "console": complain,
            "pageerror": lambda error: seen.complaints.append(str(error)),
        }

    def _note(self, traffic: Traffic, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            traffic.outside.append(request.url)

    def _weigh(self, traffic: Traffic, response) -> None:
        if response.url.startswith(self.address):
            traffic.inside[response.url.removeprefix(self.address)] = int(response.headers.get("content-length", 0))


def _leave(page) -> None:
    """Leave a tab as a new one: on no page, with no other beside it, nothing stored, and the pointer nowhere."""
    for other in page.context.pages:
        if other != page:
            other.close()
    page.evaluate(
        "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page that has none */ } }"
    )
    page.context.clear_cookies()
    page.goto("about:blank")
    page.mouse.move(0, 0)


def wait_until(page, expression: str, seconds: float = 10) -> None:
    """Wait until a script's expression is true. Playwright's own way would evaluate it inside the page, whose policy
    lets nothing be evaluated."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"not within {seconds} seconds: {expression}"
        page.wait_for_timeout(50)


AT_REST = """new Promise((done) => {
  let [frames, place] = [0, scrollY];
  const look = () => {
    frames = scrollY === place ? frames + 1 : 0;
    place = scrollY;
    if (frames < 6) requestAnimationFrame(look);
    else done();
  };
  look();
})"""


def at_rest(page) -> None:
    """Wait until a page scrolls no more: a focus far away takes it there over a second, and what is clicked meanwhile
    has moved on."""
    page.evaluate(AT_REST)


# Shades that say that there is more to scroll: axe gives up on the contrast of all that stands on a gradient.
FLAT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { background-image: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# What lies under an open card is not seen, and axe would take what the card has over it for its ground.
COVERED = """() => {
  const card = document.querySelector(".provenance:popover-open")?.getBoundingClientRect();
  const isUnder = ({ left, right, top, bottom }) => left < card.right && right > card.left && top < card.bottom && bottom > card.top;
  for (const one of card ? document.querySelectorAll(".bd-main :is(a, p, span, td, li)") : []) {
    if (!one.closest(".provenance") && !one.querySelector(".provenance") && [...one.getClientRects()].some(isUnder)) one.dataset.covered = "";
  }
}"""
# Axe reads the few colours of a page anew under each word of it, and keeps the parts of each colour that it has made in maps
# of all colours. With what was read kept, and a colour's parts kept by the colour, it finds the same, and on a page of many
# rows in a quarter of the time (test_axe.py holds it against axe as it is).
KEPT_BY_ITS_OWNER = """class {
  #name = Symbol();
  has(owner) { return this.#name in owner; }
  get(owner) { return owner[this.#name]; }
  set(owner, value) { owner[this.#name] = value; return this; }
  add(owner) { return this.set(owner, true); }
  delete(owner) { return delete owner[this.#name]; }
}"""
EACH_COLOUR_READ_ONCE = """{
  const { prototype } = axe.commons.color.Color;
  const { parseString } = prototype;
  const known = new Map();
  prototype.parseString = function (text) {
    if (known.has(text)) return Object.assign(this, known.get(text));
    parseString.call(this, text);
    const { r, g, b, alpha } = this;
    known.set(text, { r, g, b, alpha });
    return this;
  };
}"""
STILL = "document.getAnimations().every((each) => each.playState === 'finished')"


@functools.cache
def quick_axe() -> Any:
    """Axe, which finds what it finds, sooner."""
    from axe_playwright_python.sync_playwright import Axe

    asked_for = f"((WeakMap, WeakSet) => {{{Axe().axe_script}\n}})({KEPT_BY_ITS_OWNER}, {KEPT_BY_ITS_OWNER});"
    return Axe(f"() => {{ {asked_for} {EACH_COLOUR_READ_ONCE} }}")


def violations(page, within: Sequence[str] = (), **options: Any) -> list[dict[str, Any]]:
    """What axe finds on an open page, or ``within`` parts of it, once nothing moves, each text on its plain ground."""
    wait_until(page, STILL)
    page.evaluate(FLAT)
    page.evaluate(COVERED)
    where = {"exclude": [["[data-covered]"]]} if page.locator("[data-covered]").count() else {}
    if within:
        where["include"] = [[part] for part in within if page.locator(part).count()]
    asked = {"resultTypes": ["violations"], **options}
    return quick_axe().run(page, context=where or None, options=asked).response["violations"]


# The Chromium of this process: the first who asks starts it, and it stays for the next. It takes the process's loop of events,
# so it goes before a test that may want that for itself (conftest.py).
_started = contextlib.ExitStack()
_engines: list[Any] = []
_in_use: list[Browser] = []


def _engine() -> Any:
    from playwright.sync_api import sync_playwright

    if not _engines or not _engines[0].is_connected():
        close()
        playwright = _started.enter_context(sync_playwright())
        # Nothing outside has an address: what a page asks for is taken down, and reaches nobody.
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        _engines.append(playwright.chromium.launch(executable_path=chromium(), args=arguments))
        _started.callback(_engines[0].close)
    return _engines[0]


@atexit.register
def close() -> None:
    """End the Chromium that nobody uses any more."""
    if not _in_use:
        _engines.clear()
        _started.close()


@contextlib.contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """A browser on the site in ``folder``."""
    with served(folder) as address:
        found = Browser(_engine(), address)
        _in_use.append(found)
        try:
            yield found
        finally:
            _in_use.remove(found)
            found.close()


if __name__ == "__main__":
    found = chromium()
    print(f"browser tests use {found}" if found else f"{MISSING}: browser tests are skipped")
