"""Copies of the book, built as an author would build them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What was compiled before goes along; what another process is compiling at this moment does not.
LEFT_OUT = shutil.ignore_patterns("*.pyc.*", ".ipynb_checkpoints", "*.egg-info")
FOREIGN = ("FRONTIER_", "IPYTHONDIR", "PYTHONDONTWRITEBYTECODE")  # the last would have each process compile all anew

HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
kernelspec:
  name: python3
  display_name: Python 3 (ipykernel)
  language: python
---

"""


def told_once(docnames: Iterable[str]) -> list[str]:
    """The pages without those exercise pages that are made of the same parts as the longest one, which stays."""
    every = list(docnames)
    exercises = [name for name in every if name.startswith("reference/exercises-")]
    longest = max(exercises, key=lambda name: (ROOT / f"{name}.md").stat().st_size, default="")
    return [name for name in every if name not in exercises or name == longest]


def copy(target: Path, pages: dict[str, str] | None = None) -> Path:
    """The book's sources in ``target``; with ``pages`` (name to Markdown) in place of its own pages."""
    kept = ["editions"] if pages is None and (ROOT / "editions").exists() else []
    for name in ("frontier_calc", "data", *kept, *(["ledgers", "reference"] if pages is None else [])):
        shutil.copytree(ROOT / name, target / name, ignore=LEFT_OUT)
    for path in ROOT.iterdir():
        if path.is_file() and path.suffix in (".md", ".yml", ".txt", ".toml"):
            shutil.copyfile(path, target / path.name)
    pictures = ROOT / "_build" / ".charts"
    if pages is None and pictures.exists():  # drawn before: the tests are about pages, not about waiting for Vega
        shutil.copytree(pictures, target / "_build" / ".charts")
    if pages is not None:
        for name, markdown in pages.items():
            (target / name).with_suffix(".md").write_text(HEADER + markdown, encoding="utf-8")
        root, *rest = pages
        contents = "".join(f"  - file: {name}\n" for name in rest)
        (target / "_toc.yml").write_text(f"format: jb-book\nroot: {root}\nchapters:\n{contents}", encoding="utf-8")
    return target


def run(book: Path, *command: str, **settings: str) -> subprocess.CompletedProcess:
    """Run a command in a copy of the book, on that copy's own code and on no settings but those given."""
    environment = surroundings(book) | settings
    return subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, timeout=600)


def surroundings(book: Path) -> dict[str, str]:
    """The environment in which a copy of the book runs on its own code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {**kept, "PYTHONPATH": str(book)}


def make(book: Path, **settings: str) -> subprocess.CompletedProcess:
    """What ``make book`` does."""
    return run(book, sys.executable, "-m", "frontier_calc.press.cli", "build", **settings)


def plain(book: Path, **settings: str) -> subprocess.CompletedProcess:
    """A plain ``jupyter-book build .``"""
    return run(book, str(Path(sys.executable).with_name("jupyter-book")), "build", ".", **settings)


def site(book: Path) -> Path:
    """Where the pages are."""
    return book / "_build" / "html"
