"""Synthetic futures: whole data sets in which the story has moved on, to see what the book would then say.

``python tests/futures.py`` lists them; ``python tests/futures.py NAME [PAGE ...]`` prints the pages as they would read.
A future is the book's own data with rows appended, as an author would append them in November 2026.
"""

import csv
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import making

from frontier_calc.dates import parse_period
from frontier_calc.press import weave
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading

Row = dict[str, str]

MONTH, QUARTER = "2026-10", "Q3-2026"
PUBLISHED, RECORDED = "2026-11-20", "2026-11-28"
CONFIRMED = "confirmed: made up for a test"
WIRE = {
    "source": "future-wire",
    "outlet": "The Future Wire",
    "title": "What happened next",
    "url": "https://example.org/next",
    "published": PUBLISHED,
    "retrieved": RECORDED,
    "archive": "",
    "access": "open",
    "voice": "press",
    "via": "",
}
LISTING = {
    "event": "anthropic-listing-2026-11",
    "date": "2026-11-17",
    "published": PUBLISHED,
    "kind": "event",
    "who": "Anthropic",
    "what": "Lists on Nasdaq",
    "confirmed": "yes",
    "source": WIRE["source"],
    "recorded": RECORDED,
    "note": CONFIRMED,
}
NEWS = {"published": PUBLISHED, "source": WIRE["source"], "recorded": RECORDED, "note": CONFIRMED}
NUMBERS = ("value", "low", "high")


def rows_of(name: str) -> list[Row]:
    """The rows of one file of the book's data, as they are typed."""
    with (making.REAL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def newest(measured: bool = True) -> dict[str, Row]:
    """The row of each series' latest period with a value; ``measured`` leaves out forecasts where there is anything else."""

    def rank(row: Row) -> tuple[bool, tuple[date, str, str]]:
        return not (measured and row["tag"] in ("projected", "illustrative")), _when(row)

    return {row["series"]: row for row in sorted(rows_of("observations.csv"), key=rank) if row["value"]}


def _when(row: Row) -> tuple[date, str, str]:
    return parse_period(row["period"]).end, row["published"], row["recorded"]


def told(series: str, factor: float = 1.0, value: float | None = None, **cells: str) -> Row:
    """News of a series: its last number scaled, or another value in the same spelling; ``cells`` for what else moves."""
    last = newest()[series]
    ends = {name: f"{float(last[name]) * factor:.6g}" if last[name] else "" for name in NUMBERS}
    if value is not None:
        ends = {"value": f"{value:g}", "low": "", "high": ""}
    return last | ends | NEWS | {"tag": "reported", "confidence": "high"} | cells


def gone(series: str) -> Row:
    """The last row of a series withdrawn."""
    return newest()[series] | dict.fromkeys(NUMBERS, "") | {"recorded": RECORDED, "note": "withdrawn: " + CONFIRMED}


# The futures. Each gives the rows that an author would append.


def anthropic_falls_behind() -> list[Row]:
    """Anthropic's sales fall by half while OpenAI's go on."""
    return [
        told("anthropic-revenue-run-rate", 0.5, period=MONTH),
        told("openai-revenue-run-rate", 1.2, period=MONTH),
        told("anthropic-revenue-recognised-quarter", 0.6, period=QUARTER, qualifier="exactly"),
        told("openai-revenue-recognised-quarter", 1.5, period=QUARTER, qualifier="exactly"),
        told("anthropic-enterprise-share", value=45, period=MONTH),
    ]


def openai_profitable() -> list[Row]:
    """OpenAI closes a quarter in profit and says that it burns no cash any more."""
    return [
        told("openai-operating-loss-quarter", value=-1.4, period=QUARTER),
        told("openai-operating-margin-adjusted", value=12, period=QUARTER),
        told("openai-cash-burn", value=1, period="FY2026", tag="projected"),
        told("openai-profitable-year", value=2026, tag="projected"),
    ]


def a_lab_lists() -> list[Row]:
    """Anthropic is listed and priced by a market."""
    return [
        told("anthropic-valuation-post-money", value=2400, period=MONTH, unit="USD bn"),
        told("anthropic-funding-round", value=80, period=MONTH, unit="USD bn"),
        told("anthropic-cash", value=110, period="2026-10"),
        told("anthropic-operating-profit-quarter", value=2.1, period=QUARTER, qualifier="exactly", unit="USD bn"),
    ]


def margins_collapse() -> list[Row]:
    """Serving eats nearly all of the price again."""
    return [
        told("anthropic-inference-margin", value=12, period=MONTH, qualifier="about", tag="estimated"),
        told("frontier-model-margin", value=20, period=MONTH, qualifier="under", tag="estimated"),
        told("trailing-model-margin", value=5, period=MONTH, qualifier="under", tag="estimated"),
        told("zhipu-gross-margin", value=4, period="H1-2026"),
        told("openai-gross-margin", value=9, period="FY2025"),
    ]


def a_commitment_is_cancelled() -> list[Row]:
    """Oracle's contract with OpenAI ends, and Anthropic halves what it promised."""
    return [
        told("oracle-openai-commitment", value=0, period=MONTH, qualifier="exactly"),
        told("oracle-rpo", 0.45, period=MONTH),
        told("anthropic-compute-commitments", 0.5, period=MONTH),
        told("google-anthropic-cloud-commitment", 0.3, period=MONTH),
    ]


def mistral_tenfold() -> list[Row]:
    """Mistral's sales are ten times what they were."""
    return [
        told("mistral-revenue-run-rate", 10, period=MONTH),
        told("mistral-valuation-usd", 6, period=MONTH),
    ]


def building_halves() -> list[Row]:
    """The builders halve what they guide to."""
    names = [name for name in newest(measured=False) if "capex-guided" in name or "capex-calendar-guided" in name]
    return [told(name, 0.5, tag="projected", period=newest(measured=False)[name]["period"]) for name in names]


def users_double() -> list[Row]:
    """Twice as many people a week."""
    return [
        told("openai-weekly-users", 2, period=MONTH),
        told("openai-paying-subscribers", 2, period=MONTH),
        told("codex-weekly-users", 3, period=MONTH),
        told("gemini-monthly-users", 2, period=MONTH),
    ]


def a_restatement() -> list[Row]:
    """Both labs restate their books of 2025, and Anthropic those of a quarter: lower, and on the rulers they had."""
    return [
        told("anthropic-revenue-recognised", value=3.3, period="FY2025", qualifier="exactly"),
        told("anthropic-revenue-recognised-quarter", value=8.4, period="Q2-2026", qualifier="exactly"),
        told("anthropic-operating-loss", value=9.1, period="FY2025"),
        told("openai-revenue-recognised", value=12.2, period="FY2025", qualifier="exactly"),
    ]


def nothing_new() -> list[Row]:
    """A quarter goes by without a word."""
    return []


def two_firms_merge_their_figures() -> list[Row]:
    """Of the sales of MiniMax and of xAI nothing is told apart any more: their last words are withdrawn."""
    theirs = [row for row in newest().values() if row["series"].startswith(("minimax-revenue", "xai-revenue"))]
    return [gone(row["series"]) for row in theirs if row["recorded"] < RECORDED]  # a row is withdrawn by a later one


def everything_a_tenth_down() -> list[Row]:
    """Each measured number of the labs is told again, a tenth lower."""
    labs = ("anthropic-", "openai-", "mistral-", "zhipu-", "minimax-", "google-", "oracle-", "microsoft-", "amazon-")
    years = ("profitable-year", "ipo-year", "-term", "threshold", "multiplier", "-margin-audited")
    names = [name for name in newest() if name.startswith(labs) and not name.endswith(years)]
    return [told(name, 0.9, tag=newest()[name]["tag"]) for name in names]


def the_gap_is_denied() -> list[Row]:
    """Anthropic says that resellers get next to nothing that it counts, and OpenAI's sales grow by half on either ruler."""
    return [
        told("anthropic-gross-net-gap", value=0.5, period=MONTH),
        told("openai-revenue-run-rate", 1.5, period=MONTH),
        told("openai-revenue-run-rate-gross", 1.5, period=MONTH),
    ]


FUTURES: dict[str, Callable[[], list[Row]]] = {
    made.__name__.replace("_", "-"): made
    for made in (
        anthropic_falls_behind,
        openai_profitable,
        a_lab_lists,
        margins_collapse,
        a_commitment_is_cancelled,
        mistral_tenfold,
        building_halves,
        users_double,
        a_restatement,
        nothing_new,
        two_firms_merge_their_figures,
        everything_a_tenth_down,
        the_gap_is_denied,
    )
}
EVENTS = {"a-lab-lists": [LISTING]}
LATER = "2027-02-28"  # the day on which a quarter without news is read


def folder(name: str, target: Path) -> Path:
    """The data of a future, in a folder of its own."""
    data = Path(shutil.copytree(making.REAL, target))
    _append(data / "observations.csv", FUTURES[name]())
    _append(data / "events.csv", EVENTS.get(name, []))
    _append(data / "sources.csv", [WIRE] if FUTURES[name]() else [])
    return data


def _append(path: Path, rows: Iterable[Row]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writerows(rows)


def read(name: str, target: Path) -> Reading:
    """A future as the book reads it."""
    data = folder(name, target)
    return reading.as_of(LATER, data) if name == "nothing-new" else reading.edition("working", data)


def main() -> None:
    """List the futures, or print pages of one."""
    if len(sys.argv) == 1:
        print("\n".join(f"{name}: {(made.__doc__ or '').strip()}" for name, made in FUTURES.items()))
        return
    with tempfile.TemporaryDirectory() as scratch:
        on = read(sys.argv[1], Path(scratch) / "data")
        print("\n\n\n".join(woven.text for woven in weave.weave_all(on, making.REAL.parent, sys.argv[2:])))


if __name__ == "__main__":
    main()
