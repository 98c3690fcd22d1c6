"""Building the site on all cores, and showing it on localhost while an author works.

``jupyter-book build .`` gives the same site; it reads one page at a time, and lets warnings pass.
"""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

JOBS = (os.cpu_count() or 1) + 1  # one more than there are cores: a kernel that starts is mostly waited for
PORT = 8000
WATCHED = (".md", ".yml", ".txt", ".csv", ".json", ".py", ".css", ".js")
SOURCES = ("ledgers", "reference", "data", "frontier_calc")


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
                    changed = sorted(str(path.relative_to(root)) for path, _ in set(now.items()) ^ set(state.items()))
                    print(f"changed: {', '.join(dict.fromkeys(changed))}", flush=True)
                    state = now
                    _build_apart(root)
    return 0


def _build_apart(root: Path) -> None:
    # In a process of its own: the code that changed may be ours.
    subprocess.run([sys.executable, "-m", "frontier_calc.book.build"], cwd=root)


def _state(root: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of change of every source."""
    state = {}
    for path in _sources(root):
        with contextlib.suppress(FileNotFoundError):  # an editor may replace a file while we look
            found = path.stat()
            state[path] = (found.st_mtime_ns, found.st_size)
    return state


def _sources(root: Path) -> Iterator[Path]:
    folders = [root / name for name in SOURCES]
    if given := os.environ.get("FRONTIER_DATA"):
        folders.append(Path(given))
    for path in (*root.iterdir(), *(path for folder in folders for path in folder.rglob("*"))):
        if path.suffix in WATCHED:
            yield path


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # a page rebuilt is a page shown
        super().end_headers()


@contextlib.contextmanager
def _server(folder: Path, port: int) -> Iterator[str]:
    """Serve ``folder`` on localhost, on the first free port from ``port`` on."""
    handler = functools.partial(_Handler, directory=str(folder))
    for candidate in range(port, port + 50):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", candidate), handler)
            break
        except OSError:
            continue
    else:
        raise OSError(f"no free port from {port} to {port + 49}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    from frontier_calc.book.pages import find_root

    sys.exit(build(find_root()))
