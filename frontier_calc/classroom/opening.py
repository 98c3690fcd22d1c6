"""How a page opens in JupyterLab: its code folded, a guide above it, its terms below it; and how it is saved, without them.

JupyterLab's server fetches and stores files by :func:`manager` (``.jupyter/jupyter_server_config.py`` says so). What is
added on the way in is marked and taken out on the way back, so that a saved page differs only in what its reader changed.
"""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat

from frontier_calc.book import glossary

OURS = "frontier"  # in a cell's metadata the mark of what was added here
READS = re.compile(r"\bfc\.(latest|at|assume|landmark)\(")
MAKES = re.compile(r"\bbook\.\w+\(|^%%|^(from|import)\b", re.MULTILINE)
LONG = 10  # lines: a cell of more is machinery
ANSWERS = re.compile(r"^fc\.(check|result)\(", re.MULTILINE)
TERM = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")

GUIDE = """\
:::{{admonition}} In this notebook
:class: tip

1. **Run → Run All Cells.** The names in the text turn into values. It ends at the foot of the page: scroll back up.
2. {what}
3. To look around: a name alone in a cell, such as a figure's, tells where it comes from and who says otherwise. `fc.` and \
**Tab** list what can be called, and so does `rulers.` where a page has it; `fc.beside?` tells what one of them does, with an example.
4. **Ctrl-S** saves into this page what you changed, and nothing else. On Binder it is gone when you leave; **File → Download** keeps it.

This box is shown here only, and is never saved. The dot that the tab has from the start is about it.{more}
:::"""
EXERCISES = """

[Exercises and questions]({page}) to this ledger."""
OF_A_LEDGER = """\
The cells that stand open read figures. Change one, such as a date, and choose **Run → Run Selected Cell and All Below**: \
sentences, tables and charts follow. All other code is folded. A click on **•••** opens it, **View → Expand All Code** opens all."""
OF_EXERCISES = """\
Below an exercise put a calculation with the names of the table in place of the three dots, and run that cell with \
**Ctrl-Enter**. It says whether the number is right, and the way to it. **+** above the page puts a cell of your own below: \
there `fc.hint("{number}.1")` gives a hint. The last cell makes a line to hand in, once your name is in it. A link to a \
section opens its page at the top: the list of headings at the left edge leads on. All other code is folded: a click on **•••** opens it."""


def manager() -> type[Any]:
    """What JupyterLab's server keeps its files with: jupytext's own, by which a page in plain text opens as a notebook."""
    import jupytext  # which needs the server, and only students have one

    class Pages(jupytext.AsyncTextFileContentsManager):  # type: ignore[misc] # it comes without types
        """The files of a JupyterLab, the pages of the book with their guides."""

        async def get(self, path: str, *args: Any, **wanted: Any) -> dict[str, Any]:
            model: dict[str, Any] = await super().get(path, *args, **wanted)
            if model["type"] == "notebook" and model["content"] and path.endswith(".md"):
                opened(model["content"], Path(self.root_dir, path.strip("/")))
            return model

        async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
            if model["type"] == "notebook" and model.get("content"):
                closed(model["content"])
            saved: dict[str, Any] = await super().save(model, path)
            return saved

    return Pages


def opened(page: nbformat.NotebookNode, path: Path) -> None:
    """Fold the code of a page of the book, and add its guide and its terms; what is no page of it stays as it is."""
    root = next((folder for folder in path.parents if (folder / glossary.PLACE).exists()), None)
    code = [cell for cell in page["cells"] if cell["cell_type"] == "code"]
    if root is None or not code:
        return
    for cell in code:
        if not stands_open(cell["source"], cell["metadata"].get("tags", ())):
            cell["metadata"]["jupyter"] = {"source_hidden": True}
    page["cells"].insert(1, _added(guide(path)))  # below the title
    used = terms(" ".join(cell["source"] for cell in page["cells"]), glossary.entries(root))
    if used:
        listed = "\n".join(f"{term}\n: {said}\n" for term, said in used.items())
        page["cells"].append(_added(f"## Terms\n\n:::{{glossary}}\n{listed}:::"))


def closed(page: dict[str, Any]) -> None:
    """Take out what :func:`opened` added."""
    page["cells"] = [cell for cell in page["cells"] if OURS not in cell["metadata"]]


def stands_open(source: str, tags: Collection[str] = ()) -> bool:
    """Whether a student may want to change a cell: an answer, or a short one that reads or assumes figures and makes nothing of them.

    What else the page leaves out is folded too.

    >>> stands_open('pace = fc.latest("anthropic-revenue-run-rate")'), stands_open("answer = ...\\nfc.check('2.1', answer)")
    (True, True)
    >>> stands_open("import frontier_calc as fc"), stands_open('book.table([{"Pace": fc.latest("a-pace")}])')
    (False, False)
    """
    if ANSWERS.search(source):
        return True
    is_machinery = source.count("\n") >= LONG or "remove-cell" in tags
    return bool(not is_machinery and READS.search(source) and not MAKES.search(source))


def guide(path: Path) -> str:
    """How to work with a page, and where its exercises are."""
    kind, _, number = path.stem.partition("-")
    if kind == "exercises":
        return GUIDE.format(what=OF_EXERCISES.format(number=number), more="")
    exercises = f"../reference/exercises-{kind}.md"
    more = EXERCISES.format(page=exercises) if (path.parent / exercises).exists() else ""
    return GUIDE.format(what=OF_A_LEDGER, more=more)


def terms(text: str, explained: dict[str, str]) -> dict[str, str]:
    """The terms that a text marks, and those in their definitions, in the order of the glossary.

    >>> terms("Its {term}`runs <run rate>` count.", {"gross": "The whole.", "run rate": "A {term}`gross` speed.", "net": ""})
    {'gross': 'The whole.', 'run rate': 'A {term}`gross` speed.'}
    """
    wanted: set[str] = set()
    marked = set(TERM.findall(text))
    while marked - wanted:
        wanted |= marked
        marked = {each for term in wanted for each in TERM.findall(explained.get(term, ""))}
    return {term: said for term, said in explained.items() if term in wanted}


def _added(markdown: str) -> nbformat.NotebookNode:
    marked = {OURS: "added", "editable": False, "deletable": False}
    cell: nbformat.NotebookNode = nbformat.v4.new_markdown_cell(markdown, metadata=marked)
    return cell
