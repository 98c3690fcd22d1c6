"""Building the site on all cores, and showing it on localhost while an author works.

``jupyter-book build .`` gives the same site; it reads one page at a time, and lets warnings pass.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frontier_calc.record import store

JOBS = (os.cpu_count() or 1) + 1  # one more than there are cores: a kernel that starts is mostly waited for
PORTS = range(8000, 8100)  # the first that is free
SOURCES = ("data", "frontier_calc", "ledgers", "reference")  # the folders whose changes a page may show


def watched(root: Path) -> Iterator[Path]:
    """Every file that a page can read: the data, the calculation, the versions."""
    for folder in dict.fromkeys((root / "data", root / "frontier_calc", store.default_folder())):
        yield from (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from root.glob("*.txt")


def settings(root: Path) -> dict[str, Any]:
    """What the build asks of Sphinx besides ``_config.yml``: the woven pages take the place of kernels."""
    return {
        "external_toc_path": str(root / "_toc.yml"),
        "latex_individualpages": False,
        "nb_execution_mode": "off",
        "nb_custom_formats": {".md": ["frontier_calc.press.notebook.read", {}, False]},
    }


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
        confoverrides=settings(root),
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=JOBS,
    )
    if result:  # an exception, whose message Sphinx has printed, or an exit status
        print("The book was not built; the lines above say why.", file=sys.stderr)
        return 1
    _tell_what_moved(root)
    print(f"built in {time.monotonic() - began:.0f} s; the front page is")
    print(site / "index.html")
    return 0


def _tell_what_moved(root: Path) -> None:
    """Say in short what the pages say otherwise than when they were accepted. It never fails a build."""
    from frontier_calc.press import accept

    try:
        moved = accept.moved(root)
    except Exception as error:  # noqa: BLE001 (whatever it is, the site was built)
        print(f"what moved since  frontier accept  cannot be told: {error}", file=sys.stderr)
        return
    if moved:
        print(f"since  frontier accept:\n{moved}" if "\n" in moved else f"since  frontier accept: {moved}")


def serve(root: Path) -> int:
    """Build, show the site on localhost, and build again whenever a source changes. Ends with Ctrl-C.

    A page that is open in a browser loads itself anew after each build.
    """
    from livereload import Server

    def rebuild() -> None:  # in a process of its own: the code that changed may be ours
        subprocess.run([sys.executable, "-m", "frontier_calc.press.cli", "build"], cwd=root, check=False)

    rebuild()
    server = Server()
    port = next(filter(_is_free, PORTS))
    server.watcher.ignore_dirs("__pycache__", *(path.name for path in root.iterdir() if path.name not in SOURCES))
    for folder in dict.fromkeys((root, store.default_folder())):
        server.watch(str(folder), rebuild)
    print(f"the book is at http://localhost:{port} (Ctrl-C ends); watching for changes", flush=True)
    server.serve(port, root=str(root / "_build" / "html"))
    return 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
