"""Published editions as they are kept: what each of them said, and the data that it said it from.

``editions/ID/`` stands beside the data folder and holds ``text/PAGE.txt``; ``figures.json``, every named figure with
what is underneath; ``passages.json``, the text sentence by sentence with the rows under each; ``data/``, a copy of the data
folder at publication, so that nothing entered later is in it, whatever day it bears; ``hash.txt`` over all of these; and
``errata.md``, in which a correction of the text is told. It is made once and never worked out again.
"""

import csv
import hashlib
import io
import json
import math
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from frontier_calc.book.facts import ruler_of
from frontier_calc.dates import parse_day, parse_period
from frontier_calc.figure import Figure
from frontier_calc.press import folders, snapshot, weave
from frontier_calc.press.snapshot import Snapshot
from frontier_calc.press.weave import Woven
from frontier_calc.record import cells, reading, writing
from frontier_calc.record.files import delimiter_of
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Edition, Pin

HASHES = "hash.txt"
PASSAGES = "passages.json"
ERRATA = "errata.md"
VERSION = 1


class EditionError(ValueError):
    """An edition cannot be published, or is not there; the message says what to do."""


# What is kept.


def shelf(data: Path) -> Path:
    """The folder of the editions that were published from a data folder."""
    return data.resolve().parent / "editions"


def folder(data: Path, id: str) -> Path:
    """Where an edition is kept, or would be."""
    return shelf(data) / id


def is_kept(data: Path, id: str) -> bool:
    """True for an edition that was published and is kept."""
    return bool(id) and (folder(data, id) / HASHES).is_file()


def all_kept(data: Path) -> list[str]:
    """The editions that are kept, in order."""
    return sorted(path.parent.name for path in shelf(data).glob(f"[!.]*/{HASHES}"))


def texts(data: Path, id: str) -> dict[str, str]:
    """The text of each page of a kept edition, by its name, in the order of the book."""
    kept = folder(data, id)
    order = json.loads((kept / PASSAGES).read_text(encoding="utf-8"))["pages"]
    return {name: (kept / "text" / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n") for name in order}


def texts_of(data: Path, id: str, names: Sequence[str] = ()) -> list[str]:
    """The kept text of the pages named, or of all. Raises EditionError for a page that the edition does not have."""
    kept = texts(data, id)
    for name in names:
        if name not in kept:
            raise EditionError(f"edition {id} has no page {name!r}, expected one of {', '.join(kept)}")
    return [kept[name] for name in names or kept]


def said(data: Path, id: str) -> list[str]:
    """All that :func:`read` reads of a kept edition, file by file."""
    kept = folder(data, id)
    return [path.read_text(encoding="utf-8") for path in (kept / PASSAGES, *sorted((kept / "text").glob("*.txt")))]


def read(data: Path, id: str) -> Snapshot:
    """What a kept edition said, passage by passage."""
    passages = json.loads((folder(data, id) / PASSAGES).read_text(encoding="utf-8"))
    return snapshot.from_json(passages, texts(data, id))


State = tuple[tuple[str, int, int], ...]


def state(data: Path) -> State:
    """What tells whether the text of a kept edition has changed: the names, times and sizes of its files."""
    told = []
    for id in all_kept(data):
        for path in [folder(data, id) / "passages.json", *sorted((folder(data, id) / "text").glob("*.txt"))]:
            about = path.stat()
            told.append((f"{id}/{path.name}", about.st_mtime_ns, about.st_size))
    return tuple(told)


def hashes(kept: Path) -> str:
    """The hash of every file of an edition but its errata, as ``sha256sum`` writes and checks them."""
    names = sorted(path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file())
    hashed = [name for name in names if name not in (HASHES, ERRATA)]
    return "".join(f"{hashlib.sha256((kept / name).read_bytes()).hexdigest()}  {name}\n" for name in hashed)


# Publishing.


@dataclass(frozen=True)
class Draft:
    """An edition on its way to being published."""

    id: str
    title: str
    as_of: date
    closing: date
    pins: Sequence[Pin]


def publish(
    root: Path, data: Path, id: str, title: str = "", as_of: str = "", without: Sequence[str] = ()
) -> list[str]:
    """Publish what the working edition says now under a name; what to tell the author.

    The pins that are in force go with it, except those on the series that it is to do ``without``.

    Everything is written beside its place first. A process that is killed before the last step leaves a folder
    ``.ID.publishing``, by which :func:`recover` knows whether to finish or to undo. Raises EditionError for an
    identifier that is no month or is taken, and for a day not later than the newest edition's; PageError where a page
    cannot be woven. Nothing has changed then.
    """
    with folders.telling(), writing.locked(data):
        told = recover(data)
        draft = drafted(data, id, title, as_of, without)
        place = _place(data, id)
        try:
            _write(place, root, data, draft)
            _put_in_place(data, place, id)
        except BaseException:
            if not _is_begun(data, place, id):
                shutil.rmtree(place, ignore_errors=True)
            raise
    kept = folder(data, id)
    pins = f" and {len(draft.pins)} pin(s)" if draft.pins else ""
    told += [f"{data / 'pins.csv'}: {pin.series}, {pin.asked}, goes on being held: {pin.reason}" for pin in draft.pins]
    told.append(
        f"{kept}: published as {draft.title}, read on {draft.as_of}; commit this folder, {data.name}/ and the pages that you have mended"
    )
    told.append(
        f"{data / 'editions.csv'}: one row added{pins}; what is entered from now on belongs to the next edition"
    )
    return told


def drafted(data: Path, id: str, title: str = "", as_of: str = "", without: Sequence[str] = ()) -> Draft:
    """What :func:`publish` would publish, once it is known that it may be; raises EditionError as it does."""
    return _without_pins(_drafted(data, id, title, as_of), without)


def _put_in_place(data: Path, place: Path, id: str) -> None:
    """The steps by which an edition becomes one: its row, its pins, its folder."""
    for file in ("editions.csv", "pins.csv"):
        if (data / file).read_bytes() != (place / "data" / file).read_bytes():
            writing.replace(data / file, _text(place / "data" / file))
    place.rename(folder(data, id))


def _is_begun(data: Path, place: Path, id: str) -> bool:
    """True for a whole draft of an edition that has its row: it is one, and the next command finishes it."""
    has_row = any(row.get("edition") == id for row in table(data / "editions.csv").values())
    return has_row and (place / HASHES).exists()


def _place(data: Path, id: str) -> Path:
    """Where an edition is drafted."""
    return shelf(data) / f".{id}.publishing"


def _drafted(data: Path, id: str, title: str, as_of: str) -> Draft:
    """What would be published, once it is known that it may be."""
    working = reading.edition("working", data)
    try:
        words = parse_period(id).words if re.fullmatch(r"\d{4}-\d\d", id) else ""
    except ValueError:
        words = ""
    if not words:
        raise EditionError(f"{id!r} is not a year and month, such as 2026-08")
    newest = working.store.newest
    if folder(data, id).exists() or (id in working.store.editions and id != newest.id):
        raise EditionError(f"there is an edition {id} already; a published edition is not rewritten")
    closing = max(row.recorded for row in working.store.observations)
    if id == newest.id:
        return _completed(working, newest, closing, as_of)
    day = parse_day(as_of) if as_of else working.as_of
    if day <= newest.as_of:
        raise EditionError(f"{day} is no later than {newest.as_of}, the day of the newest edition")
    if not cells.has_come(f"{day:%Y-%m}"):
        raise EditionError(f"{day} has not come; an edition says what is known")
    return Draft(id, title or words, day, closing, read_on(working, day).pins)


def _completed(working: Reading, named: Edition, closing: date, as_of: str) -> Draft:
    """An edition that has its row and its pins, and of which nothing was kept yet: it closes now."""
    if as_of and parse_day(as_of) != named.as_of:
        raise EditionError(f"edition {named.id} is read on {named.as_of} in editions.csv, and not on {as_of}")
    return Draft(named.id, named.title, named.as_of, closing, read_on(working, named.as_of).pins)


def _without_pins(draft: Draft, without: Sequence[str]) -> Draft:
    """The draft without its pins on some series. Raises EditionError for a series that no pin holds."""
    held = dict.fromkeys(pin.series for pin in draft.pins)
    for series in without:
        if series not in held:
            raise EditionError(f"no pin in force on {series!r}; expected one of {', '.join(held) or 'none'}")
    return replace(draft, pins=[pin for pin in draft.pins if pin.series not in without])


def read_on(working: Reading, day: date) -> Reading:
    """The working edition as it is read on a day."""
    return Reading(working.store, day, None, working.edition, working=True)


def _write(place: Path, root: Path, data: Path, draft: Draft) -> None:
    """Write all that an edition keeps; the hashes come last, and say that it is complete."""
    for path in sorted(data.iterdir()):
        if path.suffix == ".csv" or path.name == "datapackage.json":
            folders.write(place / "data" / path.name, _text(path))
    has_row = draft.id in {row["edition"] for row in table(place / "data" / "editions.csv").values()}
    if has_row:
        _close(place / "data" / "editions.csv", draft)
    else:
        writing.append_rows(place / "data" / "editions.csv", [_row_of(draft)], key="edition")
    pins = _pins_of(place / "data" / "pins.csv", draft)
    if pins and not has_row:
        writing.append_rows(place / "data" / "pins.csv", pins)
    on = reading.edition(draft.id, place / "data")
    pages = weave.weave_all(on, root)
    for page in pages:
        folders.write(place / "text" / f"{page.page.name}.txt", page.text + "\n")
    said = snapshot.as_json(snapshot.of_woven(pages, on))
    folders.write(place / PASSAGES, json.dumps(said, ensure_ascii=False, indent=0) + "\n")
    folders.write(place / "figures.json", json.dumps(figures(pages, on), ensure_ascii=False, indent=1) + "\n")
    folders.write(place / ERRATA, "")
    folders.write(place / HASHES, hashes(place))


def _close(path: Path, draft: Draft) -> None:
    """Give an edition that has its row the day on which it closes."""
    text = _text(path)
    made = io.StringIO()
    rows = csv.DictWriter(made, columns(path), delimiter=delimiter_of(text), lineterminator="\n")
    rows.writeheader()
    for row in table(path).values():
        rows.writerow(row | {"closing": draft.closing.isoformat()} if row["edition"] == draft.id else row)
    writing.replace(path, made.getvalue())


def _text(path: Path) -> str:
    """A file as it is, its line ends and its byte-order mark included."""
    return path.read_bytes().decode("utf-8")


def _row_of(draft: Draft) -> dict[str, str]:
    return {
        "edition": draft.id,
        "title": draft.title,
        "as_of": draft.as_of.isoformat(),
        "closing": draft.closing.isoformat(),
        "note": "",
    }


def _pins_of(path: Path, draft: Draft) -> list[dict[str, str]]:
    """The rows of the pins in force, as they were typed, under the new edition's name."""
    held = {(pin.edition, pin.series, pin.asked) for pin in draft.pins}
    rows = table(path)
    return [
        row | {"edition": draft.id} for row in rows.values() if (row["edition"], row["series"], row["asked"]) in held
    ]


# Tables as they were typed.


def table(path: Path) -> dict[int, dict[str, str]]:
    """The rows of a table by the number that a spreadsheet shows, each cell as it was typed."""
    text = path.read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter_of(text)))
    header: list[str] = []
    found = {}
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if not header:
            header = cells
        else:
            found[number] = dict(zip(header, cells, strict=False))
    return found


def columns(path: Path) -> list[str]:
    """The names of a table's columns."""
    text = path.read_text(encoding="utf-8-sig").lstrip()
    first = text.partition("\n")[0]
    return [name.strip() for name in next(csv.reader([first], delimiter=delimiter_of(text)), [])]


# Figures.


def figures(pages: Iterable[Woven], on: Reading) -> dict[str, Any]:
    """Every named figure by its address, with what a reader is told of it and the rows underneath."""
    named = {address: figure for page in pages for address, figure in page.addresses.items()}
    assert on.edition is not None
    return {
        "version": VERSION,
        "edition": on.edition.id,
        "title": on.edition.title,
        "as_of": on.as_of.isoformat(),
        "figures": {address: figure_record(figure) for address, figure in named.items()},
    }


def figure_record(figure: Figure) -> dict[str, Any]:
    """A figure in plain types; what is not known is None."""
    return {
        "words": str(figure),
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "unit": figure.unit_words,
        "ruler": ruler_of(figure),
        "tag": figure.tag or "exact",
        "qualifier": figure.qualifier,
        "period": figure.period.text if figure.period else None,
        "known": figure.known.isoformat() if figure.known else None,
        "sources": [str(source) for source in figure.sources],
        "rows": [
            {
                "identity": leaf.identity,
                "value": _number(leaf.value),
                "tag": leaf.tag or "exact",
                "outlet": str(leaf.source or ""),
                "known": leaf.known.isoformat() if leaf.known else None,
            }
            for leaf in figure.leaves
        ],
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


# What a process that was killed leaves.


def recover(data: Path) -> list[str]:
    """Finish or undo what a process that was killed while it published has left; what was done, a line each."""
    drafts = sorted(shelf(data).glob(".*.publishing"))
    return [_recover(data, place) for place in drafts]


def _recover(data: Path, place: Path) -> str:
    id = place.name.removeprefix(".").removesuffix(".publishing")
    for file in ("editions.csv", "pins.csv"):
        for draft in data.glob(f".{file}.*.draft"):
            draft.unlink(missing_ok=True)
    if not _is_begun(data, place, id):
        shutil.rmtree(place)
        return f"publishing {id} had been stopped before anything was changed; its draft was removed, so publish again"
    have = [row for row in table(data / "pins.csv").values() if row.get("edition") == id]
    wanted = [row for row in table(place / "data" / "pins.csv").values() if row.get("edition") == id]
    missing = [row for row in wanted if row not in have]
    if missing:
        writing.append_rows(data / "pins.csv", missing)
    place.rename(folder(data, id))
    return f"publishing {id} had been stopped halfway; it was finished: {folder(data, id)}"


def recover_if_alone(data: Path) -> list[str]:
    """The same, unless another process is publishing at this moment."""
    if not any(shelf(data).glob(".*.publishing")) or folders.is_locked(data):
        return []
    with folders.telling(), writing.locked(data):
        return recover(data)
