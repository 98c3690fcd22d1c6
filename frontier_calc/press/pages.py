"""The pages of the book: which there are, in which order, and how a mistake on one is told."""

import re
from dataclasses import dataclass
from pathlib import Path


class PageError(ValueError):
    """Something on a page is wrong: its file, line and column, what was found and what was expected."""

    because: "PageError | None" = None  # what is wrong on another page, on which this one founders

    def __init__(self, path: Path | str, line: int, message: str, column: int = 0) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        place = f"{path}:{line}:{column}" if column else f"{path}:{line}"
        super().__init__(f"{place}: {message}")

    @property
    def root(self) -> "PageError":
        """The mistake itself: on this page, or on the one that this page lists."""
        return self.because.root if self.because is not None else self

    @property
    def finding(self) -> tuple[str, int, int, str]:
        """What is wrong and where: the same for a page and for those that list what it says."""
        root = self.root
        return (str(root.path), root.line, root.column, root.message)


def message_of(error: BaseException) -> str:
    """What an error tells; a KeyError would put its own message between quotation marks."""
    if isinstance(error, LookupError) and error.args:
        return str(error.args[0])
    return str(error)


@dataclass(frozen=True)
class Page:
    """One page of the book; ``name`` is its part of an address, such as ledger-2."""

    root: Path
    docname: str

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return self.root / f"{self.docname}.md"

    @property
    def name(self) -> str:
        """premise, ledger-1 to ledger-7, or the name of a reference page."""
        last = self.docname.rpartition("/")[2]
        if last == "index":
            return "premise"
        numbered = re.match(r"(\d+)-", last)
        return f"ledger-{numbered[1]}" if numbered else last

    @property
    def relative(self) -> str:
        """The file as the author knows it."""
        return f"{self.docname}.md"


def find_root(start: Path | None = None) -> Path:
    """The book's folder: the nearest one at or above ``start`` with a _toc.yml, or the one beside the package."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "_toc.yml").exists():
            return folder
    raise PageError(here, 1, "no book here: neither this folder nor one above it has a _toc.yml")


def all_pages(root: Path) -> list[Page]:
    """The pages in the order of _toc.yml."""
    text = (root / "_toc.yml").read_text(encoding="utf-8")
    named = re.findall(r"(?:root|file):\s*['\"]?([^\s'\"]+)", text)
    return [Page(root, name.removesuffix(".md")) for name in named]
