"""What the tests of the students' notebooks share: the launch link, a copy of the tree, a JupyterLab, a browser."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
import yaml
from browser import MISSING, chromium
from sphinx_book_theme.header_buttons import launch

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / "binder"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def launch_link(docname: str) -> str:
    """The address behind the launch button of a page, as the book's theme makes it from ``_config.yml``."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    repository = config["repository"]
    host, owner, name = repository["url"].rsplit("/", 2)
    options = {
        "launch_buttons": config["launch_buttons"],
        "repository_branch": repository.get("branch", "main"),
        "path_to_docs": repository.get("path_to_book", ""),
    }
    app = SimpleNamespace(
        config={"html_theme_options": options},
        env=SimpleNamespace(doc2path=lambda name: str(ROOT / f"{name}.md"), metadata={docname: {"kernelspec": {}}}),
    )
    context = {"header_buttons": [], "sourcename": "", "pagename": docname}
    context |= {"github_url": host, "github_user": owner, "github_repo": name}
    launch.add_launch_buttons(app, docname, "page.html", context, None)
    return context["header_buttons"][0]["buttons"][0]["url"]


def copy_of_the_tree(folder: Path) -> Path:
    """The files of the working tree that git has or would add, in a folder of their own."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def clean_environment(commands: Path, home: Path) -> dict[str, str]:
    """This process's environment without anything that would bring settings from outside the checkout."""
    foreign = ("JUPYTER", "IPYTHON", "PYTHON", "FRONTIER_", "XDG_", "VIRTUAL_ENV", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "HOME": str(home), "PATH": f"{commands}:/usr/bin:/bin"}


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Return once ``condition()`` is true; fail after so many seconds, saying what was waited for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return
        except OSError:
            pass  # the server is not there yet
        time.sleep(0.2)
    pytest.fail(f"waited {seconds:g} seconds for {what}", pytrace=False)


@contextmanager
def lab(commands: Path, home: Path) -> Iterator[Callable[[str], str]]:
    """A JupyterLab whose home is the checkout; yields what turns the path of a launch link into an address."""
    command = [commands / "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    log = home.with_name("lab.log")
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=home, env=clean_environment(commands, home), stdout=output, stderr=subprocess.STDOUT
        )
        try:
            found = home / f".local/share/jupyter/runtime/jpserver-{server.pid}.json"
            wait_for(lambda: found.exists() and found.stat().st_size, 90, f"JupyterLab to start; see {log}")
            run = json.loads(found.read_text())
            wait_for(lambda: urlopen(f"{run['url']}api?token={run['token']}").status == 200, 30, "JupyterLab to answer")
            yield lambda path: f"{run['url']}{path}?token={run['token']}"
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def browser_tab(pictures: Path) -> Iterator:
    """A browser window of ordinary size; skips where there is no browser.

    What it shows at the end, or when something fails, is kept as a picture in the folder ``pictures``.
    """
    if not chromium():
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(60_000)
        try:
            yield page
        finally:
            page.screenshot(path=pictures / "lab.png")
            print(f"what JupyterLab showed last: {pictures / 'lab.png'}")
            browser.close()
