"""What the book costs, in one run and as ratios: machines differ, and a shared one differs from minute to minute."""

import csv
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import books
import frames
import weight

ROWS = 100_000
HERE = Path(__file__).parent

BUILD = """
import sys
from pathlib import Path
from frontier_calc.press.build import JOBS, settings
from jupyter_book.sphinx import build_sphinx
root = Path.cwd()
overrides = settings(root)
if sys.argv[1] == "off":  # cells are shown and say nothing
    del overrides["nb_custom_formats"]
result = build_sphinx(root, root / "_build" / sys.argv[1], path_config=root / "_config.yml", noconfig=True,
                      doctreedir=root / "_build" / f"{sys.argv[1]}-doctrees", confoverrides=overrides,
                      really_quiet=True, jobs=JOBS)
sys.exit(1 if result else 0)
"""

TIMED = """
import sys, time
{before}
began = time.perf_counter()
{timed}
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds, and the peak memory of the largest process in megabytes."""

    seconds: float
    megabytes: float


def child(book: Path, *arguments: str) -> Cost:
    """Run Python in ``book``; its cost is what it prints, or else how long it took. Raises where it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FRONTIER_")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=book,
        env={**environment, "PYTHONPATH": str(book)},
        stdout=subprocess.PIPE,
        text=True,
    )
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)  # the usage of this child and of those that it waited for
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the benchmark failed: {' '.join(arguments)[:200]}")
    told = printed.split()
    seconds = time.perf_counter() - began
    if len(told) == 1:
        seconds = float(told[0])
    return Cost(seconds, usage.ru_maxrss / 1024)


def timed(book: Path, *tasks: tuple[str, str], times: int = 5) -> list[Cost]:
    """The best of several runs of each task (what to time, what to do before), in fresh processes, by turns."""
    costs = [
        [child(book, "-c", TIMED.format(timed=timed, before=before)) for timed, before in tasks] for _ in range(times)
    ]
    return [min(runs, key=lambda cost: cost.seconds) for runs in zip(*costs, strict=True)]


def enlarge(folder: Path | str, rows: int) -> None:
    """Bring the observations in ``folder`` to so many rows: each row again under every other source, then corrected."""
    folder = Path(folder)
    path = folder / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = [row["source"] for row in csv.DictReader(file)]
    taken = {(row["series"], row["period"], row["published"], row["source"]) for row in known}
    told = {(row["series"], row["period"], row["published"]): row for row in known}  # a correction in place of its row
    made: list[dict[str, str]] = []
    for day in ("2026-11-24", "2026-11-25", "2026-11-26"):
        for source, row in itertools.product(sources, told.values()):
            if row["value"] and (row["series"], row["period"], row["published"], source) not in taken:
                made.append({**row, "source": source, "recorded": day})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(known[0]))
        writer.writeheader()
        writer.writerows((known + made)[:rows])
    assert len(known) + len(made) >= rows


COMMAND = ("-m", "frontier_calc.press.cli")
ROW = "claude-daily-app-users"  # told on one page of prose; its correction moves no other and no day


def correct(folder: Path) -> None:
    """Append a correction of the row: half as many again."""
    path = folder / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        [row] = [row for row in csv.DictReader(file) if row["series"] == ROW]
    with path.open("a", encoding="utf-8", newline="") as file:
        later = {"value": f"{1.5 * float(row['value']):g}", "recorded": "2026-11-28"}
        csv.DictWriter(file, list(row)).writerow({**row, **later})


def full_builds(book: Path) -> dict[str, Cost]:
    """The best full build that is executed, and the best whose cells say nothing, by turns."""
    builds: dict[str, list[Cost]] = {mode: [] for mode in ("woven", "off")}
    for turn in range(2):
        for mode in builds:
            for part in (mode, f"{mode}-doctrees"):
                old = book / "_build" / part
                if old.exists():
                    old.rename(book / "_build" / f"{part}-{turn}")
            builds[mode].append(child(book, "-c", BUILD, mode))
    return {mode: min(costs, key=lambda cost: cost.seconds) for mode, costs in builds.items()}


def one_row(book: Path) -> dict[str, Cost]:
    """A build when nothing has changed, one after a row, and the sentences that the row moved."""
    shutil.copytree(HERE / "reference", book / "tests" / "reference")
    child(book, *COMMAND, "build")
    nothing = child(book, *COMMAND, "build")
    correct(book / "data")
    return {"nothing": nothing, "diff": child(book, *COMMAND, "diff"), "row": child(book, *COMMAND, "build")}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        book = books.copy(Path(scratch) / "book")
        builds = full_builds(book)
        again = one_row(book)
        ready = "import frontier_calc as fc, jupytext, markdown_it\nfrom frontier_calc.press import weave"
        (woven,) = timed(book, ("weave.weave_all(fc.current())", ready))
        # Apart, so that this process stays small: a child's peak begins with what its parent held.
        more = (
            f"import sys; sys.path.append({str(HERE)!r}); import bench; bench.enlarge({str(book / 'data')!r}, {ROWS})"
        )
        child(book, "-c", more)
        (read,) = timed(book, ("store.load(store.default_folder())", "from frontier_calc.record import store"))
        ours, theirs = timed(book, ("import frontier_calc", ""), ("import pandas, altair", ""))
        weight.report(book / "_build" / "woven", Path(scratch))
        frames.report(book / "_build" / "woven")
    print(f"{'':44}{'measured':>12}{'aim':>12}{'peak memory':>14}")
    line("full build, executed", builds["woven"])
    line("the same, its cells saying nothing", builds["off"])
    ratio("  ratio", builds["woven"], builds["off"], "under 2")
    line("a build when nothing has changed", again["nothing"])
    line("a build after one row", again["row"])
    ratio("  ratio to nothing changed", again["row"], again["nothing"], "under 2")
    line("from the row to the sentences, with starting", again["diff"])
    ratio("  ratio to the whole book woven", again["diff"], woven, "under 4")
    line("the whole book woven, once imported", woven, "1 s")
    line(f"{ROWS:,} observations read and checked", read, "2 s")
    line("import frontier_calc", ours)
    line("import pandas and altair", theirs)
    ratio("  ratio", ours, theirs, "under 0.5")


def line(what: str, cost: Cost, aim: str = "") -> None:
    """Print what something took."""
    print(f"{what:44}{cost.seconds:>10.2f} s{aim:>12}{cost.megabytes:>11.0f} MB")


def ratio(what: str, cost: Cost, other: Cost, aim: str) -> None:
    """Print how many times as long something took as something else."""
    print(f"{what:44}{cost.seconds / other.seconds:>12.2f}{aim:>12}")


if __name__ == "__main__":
    main()
