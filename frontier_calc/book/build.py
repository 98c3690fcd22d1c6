"""Building the site on all cores, and showing it on localhost while an author works.

``jupyter-book build .`` gives the same site; it reads one page at a time, and lets warnings pass.
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from frontier_calc import store

JOBS = (os.cpu_count() or 1) + 1  # one more than there are cores: a kernel that starts is mostly waited for
PORT = 8000


def watched(root: Path) -> Iterator[Path]:
    """Every file that a page can read: the data, the calculation, the versions."""
    for folder in dict.fromkeys((root / "data", root / "frontier_calc", store.default_folder())):
        yield from (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from root.glob("*.txt")


def build(root: Path) -> int:
    """Build the book into ``_build/html``, warnings being errors; the front page's path is printed last."""
    os.chdir(root)
    from jupyter_book.sphinx import build_sphinx

    began, site = time.monotonic(), root / "_build" / "html"
    print(f"building the book into {site.relative_to(root)} ...", flush=True)
    result = build_sphinx(
        root,
        site,
        path_config=root / "_config.yml",
        noconfig=True,
        confoverrides={"external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False},
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=JOBS,
    )
    if result:  # an exception, whose message Sphinx has printed, or an exit status
        print("The book was not built; the lines above say why.", file=sys.stderr)
        return 1
    print(f"built in {time.monotonic() - began:.0f} s; the front page is")
    print(site / "index.html")
    return 0


def serve(root: Path, port: int = PORT) -> int:
    """Build, show the site on localhost, and build again whenever a source changes. Ends with Ctrl-C."""
    state = _state(root)
    _build_apart(root)
    with _server(root / "_build" / "html", port) as address:
        print(f"the book is at {address} (Ctrl-C ends); watching for changes", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(1)
                if (now := _state(root)) != state:
                    changed = {str(path.relative_to(root)) for path, _ in now ^ state}
                    print(f"changed: {', '.join(sorted(changed))}", flush=True)
                    state = now
                    _build_apart(root)
    return 0


def _build_apart(root: Path) -> None:
    # In a process of its own: the code that changed may be ours.
    subprocess.run([sys.executable, "-m", "frontier_calc.book.cli", "build"], cwd=root)


def _state(root: Path) -> set[tuple[Path, int]]:
    """Every source with the time of its last change."""
    state, pages = set(), (path for pattern in ("*.md", "*.yml", "*/*.md") for path in root.glob(pattern))
    for path in (*watched(root), *pages):
        with contextlib.suppress(FileNotFoundError):  # an editor may replace a file while we look
            state.add((path, path.stat().st_mtime_ns))
    return state


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # a page rebuilt is a page shown
        super().end_headers()


@contextlib.contextmanager
def _server(folder: Path, port: int) -> Iterator[str]:
    """Serve ``folder`` on localhost, on ``port`` or, where that is taken, on any free one."""
    handler = partial(_Handler, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
