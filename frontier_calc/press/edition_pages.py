"""The pages of a published edition, built as its readers got them.

What counts is the text that was kept, and today's prose and code say it otherwise. So an edition is built by the sources
that published it: those of the commit that wrote its ``hash.txt``, on the data kept with it, with only the earlier
editions beside it, as on the day of publication. Where git does not know that commit (an edition just published, a copy
of the book without its history) the sources as they stand are taken. Either way the text that they weave is first held
against the kept one, and nothing is built that would say something else.

Two other ways were weighed. Rebuilding from today's sources alone would refuse every edition after the first mended
sentence. Keeping the built pages in git would add some 15 MB for each edition to a folder that is meant to be read. A
built edition is copied from then on (:mod:`frontier_calc.press.permanent`), so that a package of a later year, on which
old code might fail, never gets to build it again.
"""

import difflib
import errno
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontier_calc.press import editions, sentences
from frontier_calc.press.editions import EditionError
from frontier_calc.press.pages import all_pages

BETWEEN_PAGES = "\n\n\n"  # what the command that prints the text puts there
MOST_TOLD = 3  # pages, each with the first sentence that differs
LINES_TOLD = 12  # of what a build said that failed
# The line of _config.yml with the site's address.
ADDRESS = re.compile(
    r"^(?P<name>\s+baseurl:\s*)(?P<quote>['\"]?)(?P<address>https?:[^\s'\"#]*?)/?(?P=quote)\s*$", re.MULTILINE
)
MORE_ROOM = "make room on the disk, and run it again"
NO_SOURCES = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "tests", "data", "editions")


@dataclass(frozen=True)
class Origin:
    """Which sources build an edition: those of a commit, or without one those that stand in the book's folder."""

    root: Path
    data: Path
    id: str
    commit: str = ""

    def __str__(self) -> str:
        """In words."""
        return f"the sources of commit {self.commit[:12]}" if self.commit else "the sources as they stand"

    @property
    def key(self) -> str:
        """A hash of all that decides how the pages look: the kept edition, the code and prose, the site's address."""
        found = hashlib.sha256((editions.folder(self.data, self.id) / editions.HASHES).read_bytes())
        found.update(f"{self.commit}\0{base(self.root)}\0".encode())
        for path in () if self.commit else _sources(self.root):
            found.update(f"{path.relative_to(self.root)}\0".encode() + path.read_bytes())
        return found.hexdigest()[:16]


def origin(root: Path, data: Path, id: str) -> Origin:
    """Where the pages of a kept edition come from. Raises EditionError for one that is not as it was published."""
    kept = editions.folder(data, id)
    if editions.hashes(kept) != (kept / editions.HASHES).read_text(encoding="utf-8"):
        raise EditionError(f"{kept} is not as it was published;  frontier check  names what to put back")
    is_of_the_book = editions.shelf(data) == root.resolve() / "editions"
    return Origin(root, data, id, _commit(root, kept / editions.HASHES) if is_of_the_book else "")


def base(root: Path) -> str:
    """The address at which the site will stand, as ``_config.yml`` has it; empty where it has none."""
    found = ADDRESS.search((root / "_config.yml").read_text(encoding="utf-8"))
    return f"{found['address'].rstrip('/')}/" if found else ""


def build(on: Origin, target: Path) -> None:
    """Build the pages into ``target``, which is not there yet. Raises EditionError where they would not say what was kept."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=target.parent) as place:
        book = Path(place) / "book"
        _lay_out(on, book)
        names = [page.name for page in all_pages(book)]
        differences = list(_differences(editions.texts(on.data, on.id), names, _run(on, book, "text")))
        if differences:
            raise EditionError(_refusal(on, differences))
        _run(on, book, "build")
        pages = book / "_build" / "html"
        shutil.copyfile(editions.folder(on.data, on.id) / editions.HASHES, pages / editions.HASHES)
        pages.rename(target)


# The sources.


def _commit(root: Path, path: Path) -> str:
    """The commit that wrote a file as it stands; empty where there is none, or no git."""
    commit = _git(root, "log", "-1", "--format=%H", "--", str(path)).decode().strip()
    inside = os.path.relpath(path.resolve(), root.resolve())
    committed = _git(root, "show", f"{commit}:./{inside}") if commit else b""
    return commit if committed == path.read_bytes() else ""


def _git(root: Path, *words: str) -> bytes:
    """What git prints about the book's folder; nothing where it fails or is not there."""
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""


def _sources(root: Path) -> list[Path]:
    """Every file that decides how the pages of the book as it stands look, but for the data."""
    found: list[Path] = []
    for folder, folders, files in os.walk(root):
        left_out = NO_SOURCES(folder, [*folders, *files])
        folders[:] = sorted(name for name in folders if name not in left_out)
        found += (Path(folder) / name for name in sorted(files) if name not in left_out)
    return found


def _lay_out(on: Origin, book: Path) -> None:
    """The book as it was when the edition was about to be published: its data, and only earlier editions on the shelf."""
    if on.commit:
        packed = _git(on.root, "archive", "--format=zip", on.commit)
        if not packed:
            raise EditionError(f"edition {on.id}: git cannot give {on}; {_remedy(on)}")
        zipfile.ZipFile(io.BytesIO(packed)).extractall(book)
        shutil.rmtree(book / "data")
    else:
        shutil.copytree(on.root, book, ignore=NO_SOURCES)
        shutil.copytree(editions.shelf(on.data), book / "editions", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(editions.folder(on.data, on.id) / "data", book / "data")
    for kept in (book / "editions").iterdir():
        if kept.name >= on.id:
            shutil.rmtree(kept)
    _settle(book / "_config.yml", on.id)


def _settle(config: Path, id: str) -> None:
    """Give the edition's pages the address at which they stay: what is cited, passed on or found leads there."""
    text = config.read_text(encoding="utf-8")
    config.write_text(ADDRESS.sub(rf"\g<name>\g<address>/{id}/", text), encoding="utf-8")


def _run(on: Origin, book: Path, command: str) -> str:
    """What a command of the laid-out book prints, run on the book's own code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTIER_", "IPYTHONDIR"))}
    surroundings = {**kept, "PYTHONPATH": str(book), "PYTHONIOENCODING": "utf-8", "FRONTIER_EDITION": on.id}
    words = [sys.executable, "-m", "frontier_calc.press.cli", command]
    done = subprocess.run(
        words, check=False, cwd=book, env=surroundings, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        printed = done.stdout + done.stderr
        said = "\n".join(printed.strip().splitlines()[-LINES_TOLD:])
        remedy = MORE_ROOM if os.strerror(errno.ENOSPC).lower() in printed.lower() else _remedy(on)
        raise EditionError(f"edition {on.id} could not be built from {on}:\n{said}\n{remedy}")
    return done.stdout


# The text.


def _differences(kept: Mapping[str, str], names: Sequence[str], printed: str) -> Iterator[str]:
    """Where the woven text of the pages named is not the kept one: each page, and the first sentence that differs."""
    texts = printed.rstrip("\n").split(BETWEEN_PAGES)
    if len(texts) != len(names):
        yield f"{len(texts)} texts where there are {len(names)} pages: {', '.join(names)}"
        return
    said = dict(zip(names, texts, strict=True))
    for name in dict.fromkeys((*kept, *said)):
        if name not in said:
            yield f"{name}: found no such page, kept one"
        elif name not in kept:
            yield f"{name}: found a page of this name, kept none"
        elif kept[name].rstrip("\n") != said[name].rstrip("\n"):
            yield f"{name}: {_first_difference(kept[name], said[name])}"


def _first_difference(before: str, after: str) -> str:
    """The first place where two texts part, in whole sentences."""
    old, new = _sentences(before), _sentences(after)
    for kind, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            kept, found = (" ".join(each[:2]) or "nothing" for each in (old[start:end], new[first:last]))
            return f"found {found!r}, kept {kept!r}"
    return "only its spaces and lines differ"


def _sentences(text: str) -> list[str]:
    return [
        sentence.strip() for line in text.splitlines() if line.strip() for sentence in sentences.split(line.strip())
    ]


def _refusal(on: Origin, differences: list[str]) -> str:
    told = [f"  {each}" for each in differences[:MOST_TOLD]]
    if len(differences) > MOST_TOLD:
        told.append(f"  and {len(differences) - MOST_TOLD} more page(s)")
    head = f"edition {on.id} was not built: {on} say something else than what was published"
    return "\n".join((head, *told, _remedy(on)))


def _remedy(on: Origin) -> str:
    given = "give the site that is published already by  --published DIR , from which the edition is copied"
    if on.commit and not _is_shallow(on.root):
        return given
    if on.commit:
        return f"this copy of the book lacks its history: git fetch --unshallow; or {given}"
    return f"commit {editions.folder(on.data, on.id)} with the sources that published it, and build where git has them; or {given}"


def _is_shallow(root: Path) -> bool:
    """True for a clone without the whole history, in which the oldest commit seems to have written every file."""
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
