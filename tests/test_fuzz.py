"""Two thousand random corruptions of the real files: each gives a clear error or a valid reading, never a traceback."""

import csv
import io
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from making import REAL, ROWS

from frontier_calc.record.reading import Reading, UnknownError
from frontier_calc.record.store import Store
from frontier_calc.record.tables import DataError

pytestmark = pytest.mark.slow

GROUPS, EACH = 20, 100
SERIES_KEPT = 12  # of the real record, so that two thousand readings take seconds

ODD_CELLS = (
    *("", " ", "0", "-1", "1e308", "1e-320", "-0", "nan", "inf", "1e999", "30,5", "1.234,5", "２０２６", "12.0", "−6"),
    *("2026-13", "2026-02-30", "0000", "9999-12-31", "FY0001", "FY9999", "Q5-2026", "2031-2027", "0001-01-01"),
    *("latest", "reported", "USD bn", "\x00", "\x85", "\u2028", "\ufeff", "'", '"', "=1+1", "<script>", "a" * 5000),
)
DELIMITERS = (";", "\t", "|", ":", " ")


def flip_bytes(data: bytes, rng: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 50])):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def insert_odd_text(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    odd = rng.choice(
        [*ODD_CELLS, "\n", "\r", "\r\n", ",", ";", '""', ',"', '",', "".join(map(chr, range(0x20, 0x2FF, 7)))]
    )
    return data[:at] + odd.encode() + data[at:]


def insert_random_unicode(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    points = (
        rng.choice([rng.randrange(0x80), rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)]) for _ in range(5)
    )
    return data[:at] + "".join(map(chr, points)).encode() + data[at:]


def truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def drop_a_stretch(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randrange(200) :]


def recode(data: bytes, rng: random.Random) -> bytes:
    return data.decode().encode(rng.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7"]), "replace")


def change_line_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\x0b", b""]))


def on_cells(change: Callable[[list[list[str]], random.Random], object]) -> Callable[[bytes, random.Random], bytes]:
    """A corruption of the bytes made of one of the rows and cells."""

    def corrupt(data: bytes, rng: random.Random) -> bytes:
        rows = list(csv.reader(io.StringIO(data.decode())))
        change(rows, rng)
        out = io.StringIO()
        csv.writer(out, delimiter=rng.choice([",", ",", ",", ";", "\t"]), lineterminator="\n").writerows(rows)
        return out.getvalue().encode()

    corrupt.__name__ = change.__name__
    return corrupt


def some_row(rows: list[list[str]], rng: random.Random) -> list[str]:
    return rng.choice(rows[1:] or rows)


@on_cells
def odd_cell(rows, rng):
    row = some_row(rows, rng)
    row[rng.randrange(len(row))] = rng.choice(ODD_CELLS)


@on_cells
def odd_column(rows, rng):
    column, odd = rng.randrange(len(rows[0])), rng.choice(ODD_CELLS)
    for row in rows[1:]:
        row[column] = odd


@on_cells
def swap_cells(rows, rng):
    a, b = some_row(rows, rng), some_row(rows, rng)
    i, j = rng.randrange(len(a)), rng.randrange(len(b))
    a[i], b[j] = b[j], a[i]


@on_cells
def drop_rows(rows, rng):
    del rows[rng.randrange(len(rows)) : rng.randrange(len(rows) + 1)]


@on_cells
def double_rows(rows, rng):
    rows.extend(list(row) for row in rng.choices(rows, k=rng.randrange(1, 4)))


@on_cells
def shuffle_rows(rows, rng):
    rng.shuffle(rows)


@on_cells
def rename_a_header(rows, rng):
    rows[0][rng.randrange(len(rows[0]))] = rng.choice([*ODD_CELLS, *rows[0]])


@on_cells
def add_or_drop_a_cell(rows, rng):
    row = rng.choice(rows)
    row.insert(rng.randrange(len(row) + 1), "more") if rng.random() < 0.5 else row.pop(rng.randrange(len(row)))


@on_cells
def reorder_columns(rows, rng):
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    rows[:] = [[row[i] for i in order] for row in rows]


def change_delimiter(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b",", rng.choice(DELIMITERS).encode())


CORRUPTIONS = (
    *(flip_bytes, insert_odd_text, insert_random_unicode, truncate, drop_a_stretch, recode, change_line_ends),
    *(odd_cell, odd_cell, odd_cell, odd_column, swap_cells, swap_cells, drop_rows, double_rows, shuffle_rows),
    *(rename_a_header, add_or_drop_a_cell, reorder_columns, change_delimiter),
)


def reduced(folder: Path) -> Path:
    """A copy of the real data with a few series only, everything that they need, and every event and edition."""
    tables = {}
    for name in ROWS:
        with (REAL / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    pinned = [pin["series"] for pin in tables["pins"]]
    by_rows = sorted({row["series"] for row in tables["observations"]})
    kept = {*pinned[:4], *by_rows[:: max(len(by_rows) // SERIES_KEPT, 1)]}
    for name in ("series", "observations", "pins"):
        tables[name] = [row for row in tables[name] if row["series"] in kept]
    tables["events"] = tables["events"][::5]
    needed = {row["source"] for name in ("observations", "events", "pins", "landmarks") for row in tables[name]}
    tables["sources"] = [row for row in tables["sources"] if row["source"] in needed]
    folder.mkdir()
    shutil.copy(REAL / "datapackage.json", folder)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(ROWS[name]), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    return folder


def exercise(store: Store) -> None:
    """Read what was accepted: every series, in every edition and in the working one, in words."""
    newest = max(row.known for row in store.observations)
    readings = [Reading(store, e.as_of, e.closing, e) for e in store.editions.values()]
    readings.append(Reading(store, max(newest, store.newest.as_of), None, store.newest, working=True))
    for reading in readings:
        reading.due(), reading.stale()
        for series in store.series:
            try:
                figure = reading.latest(series)
            except UnknownError:
                continue
            assert all(map(str, (figure, figure.rough, figure.when, figure.label, *figure.sources)))
            reading.history(series, projected=True)
        for kind, read in (("landmarks", reading.landmark), ("events", reading.event)):
            for id in getattr(store, kind):
                try:
                    read(id)
                except UnknownError:
                    continue


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    return reduced(tmp_path_factory.mktemp("fuzz") / "data")


def test_the_reduced_record_is_sound_before_it_is_corrupted(sound):
    exercise(Store(sound))


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_random_corruption_gives_a_clear_error_or_a_valid_reading(sound, group):
    files = [sound / f"{name}.csv" for name in ROWS] + [sound / "observations.csv"] * 3
    told, read = 0, 0
    for seed in range(group * EACH, (group + 1) * EACH):
        rng = random.Random(seed)
        path, corrupt = rng.choice(files), rng.choice(CORRUPTIONS)
        before = path.read_bytes()
        try:
            path.write_bytes(corrupt(before, rng))
            store = Store(sound)
            exercise(store)
            read += 1
        except DataError as error:
            # A clear error says for every problem where it is, what was found, and what was expected.
            assert error.problems and all(p.file == path.name or path.name in RELATED for p in error.problems), seed
            lines = str(error).splitlines()[1:]
            assert all((": found " in line and ", expected " in line) or line.startswith("  ...") for line in lines), (
                seed
            )
            told += 1
        except Exception as error:
            error.add_note(f"seed {seed}: {corrupt.__name__} of {path.name}")
            raise
        finally:
            path.write_bytes(before)
    # Both happen: neither is everything refused, nor everything swallowed.
    assert told > EACH / 4 and read > EACH / 20


CLEAR = re.compile(r"  \w+\.csv, row \d+, column .+: found .+, expected .+")

# A row that is gone from one of these is missed by rows of other files.
RELATED = ("series.csv", "sources.csv", "editions.csv", "observations.csv")


def test_a_corrupt_description_of_the_tables_gives_a_clear_error_or_a_valid_reading(sound):
    path = sound / "datapackage.json"
    before = path.read_bytes()
    try:
        for seed in range(200):
            rng = random.Random(seed)
            path.write_bytes(rng.choice([flip_bytes, insert_odd_text, truncate, drop_a_stretch])(before, rng))
            try:
                exercise(Store(sound))
            except DataError as error:
                assert error.problems
            except Exception as error:
                error.add_note(f"seed {seed}")
                raise
    finally:
        path.write_bytes(before)
