"""The site as readers get it: every published edition at its permanent address, and the newest at the root as well.

``_build/site/2026-05/`` holds the pages of an edition as they were built the first time; from then on they are copied:
from the site that is published already, where that is given, or else from the cache in ``_build/editions``. Only what
belongs to the site and not to an edition is made anew: the switcher in each page (:mod:`frontier_calc.press.switcher`),
its style, and the feed. Taken without these, nothing that was published changes by a byte.

The working edition is no part of the site; ``frontier build`` shows it, as a draft.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontier_calc.press import corrections, edition_pages, editions, feed, folders, progress, switcher
from frontier_calc.press.editions import EditionError
from frontier_calc.press.switcher import FRONT, Edition, Place
from frontier_calc.record import store, writing

OF_THE_SITE = (feed.NAME,)  # files in an edition's folder that are not the edition's
NO_PAGES = ("_static", "_sources", "_images")  # folders of an edition that hold none


@dataclass(frozen=True)
class Pages:
    """The pages of an edition as they were first built, and in words where they come from."""

    id: str
    folder: Path
    come: str

    def paths(self) -> Iterator[str]:
        """Every page, as a path within the edition."""
        for path in sorted(self.folder.rglob("*.html")):
            inside = path.relative_to(self.folder)
            if inside.parts[0] not in NO_PAGES:
                yield inside.as_posix()


def site(root: Path) -> Path:
    """Where the site is made."""
    return root / "_build" / "site"


def make(root: Path, data: Path, published: Path | None = None) -> list[str]:
    """Make the site of every kept edition, whole or not at all; what to tell the author, the front page's path last.

    ``published`` is a copy of the site as it is out: each edition in it is copied and never built again. Raises
    EditionError where an edition cannot be built as it was kept, or where ``published`` shows something else.
    """
    kept = editions.all_kept(data)
    if not kept:
        raise EditionError("no edition is published yet, and so there is no site: frontier publish ID makes the first")
    if published is not None:
        _need_all(published, kept)
    place = site(root)
    place.parent.mkdir(exist_ok=True)
    with folders.telling(), writing.locked(place.parent), progress.line() as tell:
        cache = place.parent / "editions"
        _clear(cache)
        found = []
        for number, id in enumerate(kept, start=1):
            tell(f"edition {id}, {number} of {len(kept)}")
            found.append(_pages(edition_pages.origin(root, data, id), published, cache))
        tell("putting the site together")
        with folders.replacing(place) as draft:
            _assemble(draft, root, data, found)
        _forget(cache, found)
    told = [f"{each.id}: {each.come}" for each in found]
    return [*told, f"the front page, of {found[-1].id}, is", str(place / FRONT)]


def recover_if_alone(root: Path) -> list[str]:
    """Finish or undo what a process that was killed while it replaced the site has left, unless one is at it now."""
    place = site(root)
    if not folders.has_leavings(place) or folders.is_locked(place.parent):
        return []
    with folders.telling(), writing.locked(place.parent):
        done = folders.recover(place)
    return [f"an earlier  frontier site  was stopped; what it had begun was {done}"]


# Where the pages come from.


def _need_all(published: Path, kept: Sequence[str]) -> None:
    """What is published is a site, and no address in it would be lost."""
    there = sorted(path.parent.name for path in published.glob(f"*/{editions.HASHES}"))
    if not there:
        raise EditionError(f"{published}: found no published edition, expected folders such as {kept[0]}/ in it")
    for id in there:
        if id not in kept:
            raise EditionError(f"{published} has an edition {id}, which is not kept here: put editions/{id} back")


def _pages(on: edition_pages.Origin, published: Path | None, cache: Path) -> Pages:
    """The pages of an edition: those that are out, those that were built before, or else built now."""
    if published is not None and (published / on.id).is_dir():
        _need_same(on, published / on.id)
        return Pages(on.id, published / on.id, f"copied from {published}")
    built = cache / f"{on.id}-{on.key}"
    if built.is_dir():
        return Pages(on.id, built, "as it was built before")
    edition_pages.build(on, built)
    return Pages(on.id, built, f"built from {on}")


def _need_same(on: edition_pages.Origin, out: Path) -> None:
    """The edition that is out is the one that is kept."""
    hashes = out / editions.HASHES
    kept = editions.folder(on.data, on.id) / editions.HASHES
    if not hashes.is_file() or hashes.read_bytes() != kept.read_bytes():
        raise EditionError(f"{hashes}: found another edition {on.id} than {kept.parent}, expected the same hashes")


def _clear(cache: Path) -> None:
    """Take away what a build that was killed has left."""
    for left in cache.glob(".building-*"):
        shutil.rmtree(left)


def _forget(cache: Path, found: Sequence[Pages]) -> None:
    """Take away the pages of editions that have been built otherwise since."""
    current = {each.folder for each in found}
    for each in found:
        for other in cache.glob(f"{each.id}-*"):
            if each.folder.parent == cache and other not in current:
                shutil.rmtree(other)


# Putting it together.


def _assemble(draft: Path, root: Path, data: Path, found: Sequence[Pages]) -> None:
    named = store.load(data).editions
    shown = {each.id: _shown(data, each, named[each.id].title) for each in found}
    newest_first = list(reversed(shown.values()))
    newest = found[-1]
    _copy(newest, draft, shown[newest.id], newest_first, at_root=True)
    for each in found:
        _copy(each, draft / each.id, shown[each.id], newest_first)
    (draft / switcher.STYLE).parent.mkdir()
    shutil.copyfile(Path(switcher.__file__).with_suffix(".css"), draft / switcher.STYLE)
    told = feed.rss([named[each.id] for each in found], edition_pages.base(root))
    for folder in (draft, *(draft / each.id for each in found)):
        (folder / feed.NAME).write_text(told, encoding="utf-8")


def _shown(data: Path, pages: Pages, title: str) -> Edition:
    return Edition(pages.id, title, frozenset(pages.paths()), corrections.entries_of(data, pages.id))


def _copy(pages: Pages, target: Path, edition: Edition, newest_first: Sequence[Edition], at_root: bool = False) -> None:
    """Copy an edition, and put today's switcher at the head of each of its pages."""
    shutil.copytree(pages.folder, target, ignore=shutil.ignore_patterns(*OF_THE_SITE), dirs_exist_ok=True)
    for path in edition.pages:
        page = (target / path).read_bytes().decode("utf-8")
        place = Place(edition, path, at_root)
        (target / path).write_bytes(switcher.dressed(page, place, newest_first).encode("utf-8"))
