"""The rules of the real record. Each failure says what to do about it."""

import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlparse

import bench
import frictionless
import pytest
from making import REAL, ROWS

from frontier_calc.record import tables
from frontier_calc.record.reading import UnknownError, edition
from frontier_calc.record.rows import Source
from frontier_calc.record.store import Store, load


@pytest.fixture(scope="module")
def store() -> Store:
    return load(REAL)


def rule(broken: list[str], remedy: str) -> None:
    """Fail with what to do first, and then where."""
    if broken:
        pytest.fail("\n  ".join([f"{remedy} ({len(broken)}):", *broken]), pytrace=False)


def removed(earlier: Path, now: Path) -> list[str]:
    """The observations of an earlier folder that are not in the one of now, as they stood."""
    schema = tables.schemas(now)["observations.csv"]
    rows = [
        Counter(tuple(record.values()) for record in tables.read(folder, "observations.csv", schema).records())
        for folder in (earlier, now)
    ]
    return [",".join(row) for row in (rows[0] - rows[1])]


def unused_sources(store: Store) -> list[str]:
    used = {row.source.id for row in (*store.observations, *store.events.values()) if row.source}
    used |= {pin.source for pin in store.pins} | {landmark.source for landmark in store.landmarks.values()}
    return [source for source in store.sources if source not in used]


def unused_series(store: Store) -> list[str]:
    return [series for series in store.series if series not in store.by_series]


def ties(store: Store) -> list[str]:
    """Answers of which only the order of the rows says which one wins."""
    found = []
    for series, rows in store.by_series.items():
        newest: dict = {}
        for row in sorted(rows, key=lambda row: row.recorded):
            newest[row.key] = row
        answers = defaultdict(set)
        for row in newest.values():
            if row.value is not None:
                answers[row.period.text, row.tag, row.known].add((row.value, row.row))
        for (period, tag, known), values in answers.items():
            if len({value for value, _ in values}) > 1:
                lines = ", ".join(str(row) for _, row in sorted(values, key=lambda pair: pair[1]))
                found.append(f"{series}, {period}, {tag}, published {known}: rows {lines}")
    return found


def unresolved_pins(store: Store) -> list[str]:
    found = []
    for pin in store.pins:
        reading = edition(pin.edition, store.folder)
        try:
            reading.latest(pin.series) if pin.asked == "latest" else reading.at(pin.series, pin.asked)
        except UnknownError as error:
            found.append(str(error))
    return found


def useless_pins(store: Store) -> list[str]:
    """Pins that hold what the rule would answer anyway."""
    found = []
    for pin in store.pins:
        reading = edition(pin.edition, store.folder)
        held = reading.latest(pin.series) if pin.asked == "latest" else reading.at(pin.series, pin.asked)
        bare = edition(pin.edition, store.folder)
        bare.edition = None
        free = bare.latest(pin.series) if pin.asked == "latest" else bare.at(pin.series, pin.asked)
        if held.key == free.key:
            found.append(f"{pin.edition}, {pin.series}, {pin.asked}")
    return found


def test_no_observation_of_the_last_commit_was_changed_or_removed(store, tmp_path):
    def show(file: str) -> subprocess.CompletedProcess:
        return subprocess.run(["git", "show", f"HEAD:data/{file}"], cwd=REAL.parent, capture_output=True, check=False)

    if shutil.which("git") is None:
        pytest.skip("git is not installed: nothing to compare the observations with")
    committed = show("observations.csv")
    if committed.returncode:
        pytest.skip("no committed data/observations.csv to compare with")
    (tmp_path / "observations.csv").write_bytes(committed.stdout)
    rule(
        removed(tmp_path, REAL),
        "Observations are append-only: put these rows of the last commit back as they were, and write a new row. "
        "A revision has a later 'published'; a correction repeats series, period, published and source with a later "
        "'recorded'; a row without value, low and high withdraws",
    )


# Whose page a host opens, where the host's name does not say it: how the outlet may begin.
HOSTS = {
    "arxiv.org": ("DeepSeek", "Epoch AI"),
    "ben-evans.com": ("Benedict Evans",),
    "chris94949.github.io": ("Signal newsletter",),
    "ecb.europa.eu": ("European Central Bank",),
    "ft.com": ("Financial Times",),
    "git.livingip.xyz": ("teleo-codex",),
    "github.com": ("Compute and LLM Dashboard", "barcik.training", "The Economics of the Frontier"),
    "longportapp.cn": ("Wallstreetcn",),
    "platform.claude.com": ("Anthropic",),
    "s206.q4cdn.com": ("Alphabet",),
    "scmp.com": ("South China Morning Post",),
    "sec.gov": ("Amazon", "Nvidia"),
    "ttm.financial": ("Deep News",),
    "vm.fi": ("Ministry of Finance of Finland",),
    "wsj.com": ("Wall Street Journal",),
    "www1.hkexnews.hk": ("MiniMax", "Zhipu"),
    "x.com": ("Sam Altman on X",),
}


def opens_its_own(source: Source) -> bool:
    """True if the host of a source's link is its outlet's: by its name, or by the table."""
    host = urlparse(source.link).netloc.removeprefix("www.")
    if host in HOSTS:
        return source.outlet.startswith(HOSTS[host])
    outlet = re.sub(r"[^a-z0-9]", "", source.outlet.lower())
    parts = [re.sub(r"[^a-z0-9]", "", part) for part in host.split(".")]
    return outlet in "".join(parts) or any(len(part) > 3 and part in outlet for part in parts)


def mislabelled(sources: Iterable[Source]) -> list[str]:
    """Sources whose link opens the page of somebody else than their label says."""
    return [f"{each.id}: {each.outlet} at {each.url}" for each in sources if each.link and not opens_its_own(each)]


def test_a_link_goes_where_its_label_says(store):
    rule(
        mislabelled(store.sources.values()),
        "In data/sources.csv give as outlet whose page the link opens, and as reports whom that page reports; "
        "a host that does not say whose it is belongs into HOSTS",
    )


def test_only_the_booklets_own_words_are_unsourced(store):
    own = {id for id, source in store.sources.items() if source.outlet.startswith("The Economics of the Frontier")}
    assert {id for id, source in store.sources.items() if source.is_unsourced} == own | {"models-layer-2026-05"}
    for row in store.observations:
        if row.source.is_unsourced:
            assert row.tag in ("estimated", "projected", "illustrative"), row  # nobody else bears it out


def test_every_source_is_used(store):
    rule(unused_sources(store), "Remove these sources from data/sources.csv, or cite them in a row")


def test_every_series_has_an_observation(store):
    rule(unused_series(store), "Remove these series from data/series.csv, or add an observation")


def test_no_two_answers_tie(store):
    rule(
        ties(store),
        "These answers to one question differ, and only their order decides: find the better day of publication, "
        "lower the tag of the weaker one, or split the series",
    )


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(str(REAL / "datapackage.json"))
    broken = [" ".join(map(str, row)) for row in report.flatten(["rowNumber", "fieldName", "note"])]
    rule(broken, "Run `frictionless validate data/datapackage.json` and correct these cells")


def test_every_edition_can_be_read_and_every_pin_resolves(store):
    rule(unresolved_pins(store), "Correct these rows of data/pins.csv")
    for id in (*store.editions, "working"):
        reading = edition(id, REAL)
        # Every series that was known about a period over by then has an answer, a value and words for it.
        for series in store.series:
            for figure in reading.history(series):
                assert figure.is_known and str(figure), series


def test_every_pin_changes_an_answer(store):
    rule(useless_pins(store), "The rule gives the same answer without these rows of data/pins.csv: remove them")


def test_no_two_series_look_the_same_in_a_table(store):
    titles = Counter(series.title for series in store.series.values())
    rule([title for title, n in titles.items() if n > 1], "Give each of these series a title of its own")


# A refresh: the rows published in June and July 2026, appended to the record of May as an author would.


def test_a_refresh_of_appended_rows_gives_a_valid_record(spring, refreshed):
    old, new = Store(spring), Store(refreshed)
    known = {row.key for row in old.observations}
    added = [row for row in new.observations if row.key not in known]
    assert len(added) > 50
    # All of it was published after the first edition's day.
    assert min(row.known for row in added) > old.editions["2026-05"].as_of
    assert removed(spring, refreshed) == []
    for store in (old, new):
        rule(ties(store), f"Correct the rows of data/ in {store.folder}")
        assert frictionless.validate(str(store.folder / "datapackage.json")).valid


def test_a_refresh_moves_the_working_edition_and_leaves_the_published_one_alone(spring, refreshed):
    before, *after = (edition("2026-05", folder) for folder in (spring, refreshed, REAL))
    working_before, working_after = (edition("working", folder) for folder in (spring, refreshed))
    assert edition("working", REAL).as_of > working_after.as_of > working_before.as_of == before.as_of
    moved = set()
    for series in before.store.series:
        for later in after:
            assert [f.key for f in later.history(series)] == [f.key for f in before.history(series)], series
        if [f.key for f in working_after.history(series)] != [f.key for f in working_before.history(series)]:
            moved.add(series)
    # The book has aged where it matters most.
    assert {"anthropic-revenue-run-rate", "openai-revenue-run-rate"} & moved


def test_the_data_of_a_day_are_those_of_now_without_what_came_later(spring, store):
    earlier = Store(spring)
    last = earlier.editions["2026-05"].as_of
    assert {row.key for row in earlier.observations} == {row.key for row in store.observations if row.known <= last}
    assert set(earlier.events) == set(store.events)  # pages name them; a reading knows none before its day
    assert earlier.series["microsoft-capex-calendar-guided"].succeeded_by == ""  # its successor is of July


# The rules themselves can fail


def test_each_rule_finds_what_it_is_there_for(folder):
    rows = [{"value": "30"}, {"value": "31", "source": "paper"}]
    tied = Store(folder(observations=rows, sources=[{}, {"source": "paper"}, {"source": "idle"}]))
    assert ties(tied) == ["lab-revenue-run-rate, 2026-04, reported, published 2026-05-02: rows 2, 3"]
    assert unused_sources(tied) == ["idle"]
    # A correction is no tie, nor is another tag or another day.
    assert ties(Store(folder(observations=[{}, {"value": "31", "recorded": "2026-07-01"}]))) == []
    assert ties(Store(folder(observations=[{}, {"value": "31", "published": "2026-05-03"}]))) == []
    assert unused_series(Store(folder(series=[{}, {"series": "idle"}]))) == ["idle"]
    pinned = Store(folder(pins=[{}]))
    assert useless_pins(pinned) == ["2026-05, lab-revenue-run-rate, latest"]
    links = {"its-own": "https://www.thewire.example/pace", "a-reprint": "https://36kr.example/pace", "unlinked": ""}
    read = Store(folder(sources=[{}, *({"source": id, "url": url} for id, url in links.items())])).sources
    assert mislabelled(read[id] for id in links) == ["a-reprint: The Wire at https://36kr.example/pace"]


def test_a_changed_a_removed_and_a_doubled_row_are_told_apart(folder):
    earlier = folder(observations=[{"value": "30"}, {"period": "2026-03", "value": "20"}])
    changed = folder(observations=[{"value": "31"}, {"period": "2026-03", "value": "20"}])
    assert [row.split(",")[:4] for row in removed(earlier, changed)] == [
        ["lab-revenue-run-rate", "2026-04", "2026-05-02", "30"]
    ]
    # Appended rows, another order and another spelling of the same file change nothing.
    longer = folder(observations=[{"period": "2026-02"}, {"period": "2026-03", "value": "20"}, {"value": "30"}])
    assert removed(earlier, longer) == []


def test_the_fields_of_every_file_are_described():
    for name, row in ROWS.items():
        fields = tables.schemas(REAL)[f"{name}.csv"].fields
        assert list(fields) == list(row)
        assert all(re.search(r"\w", field["description"]) for field in fields.values())


def test_the_bench_makes_many_sound_rows_of_these_although_some_are_corrections(tmp_path) -> None:
    folder = shutil.copytree(REAL, tmp_path / "data")
    bench.enlarge(folder, 5000)
    assert len(load(folder).observations) == 5000
