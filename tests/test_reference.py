"""The reference pages: nothing on record is lost, each figure has its row and its address, and the filter narrows."""

import csv
import dataclasses
import json
import re
from collections import Counter
from pathlib import Path

import browser
import pytest
from bs4 import BeautifulSoup

from frontier_calc import use
from frontier_calc.press import inventory, kept, weave
from frontier_calc.press.bibliography import Entry, SourceList, sources
from frontier_calc.record import reading

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "frontier_calc" / "press" / "static"


@pytest.fixture(scope="module", params=["2026-05", "working"])
def woven(request) -> dict[str, weave.Woven]:
    return {page.page.name: page for page in weave.weave_all(reading.edition(request.param), ROOT)}


@pytest.fixture
def on(woven) -> reading.Reading:
    return woven["premise"].reading


def accounted_for(on: reading.Reading) -> tuple[Counter, Counter, Counter]:
    """How often each observation of a reading is there, is used by a page, is kept with a reason."""
    with use(on):
        names = kept.used(weave.told_pages(on))
        known = [row for series in on.store.series for row in on.known(series)]
        told = Counter(row.row for row in known if kept.identity(row) in names)
        reasons = Counter(row.row for row, reason in kept.kept(on) if kept.REASONS[reason])
    return Counter(row.row for row in kept.observations(on)), told, reasons


def test_each_observation_is_used_by_a_page_or_kept_with_a_reason(on) -> None:
    there, told, reasons = accounted_for(on)
    assert told and reasons
    assert told + reasons == there


def test_nothing_is_lost_when_the_data_is_refreshed(refreshed) -> None:
    there, told, reasons = accounted_for(reading.edition("working", refreshed))
    assert len(there) == sum(1 for _ in (refreshed / "observations.csv").open(encoding="utf-8")) - 1
    assert told + reasons == there


def test_the_reason_for_keeping_a_row_follows_from_the_rows_that_are_told(refreshed) -> None:
    on = reading.edition("working", refreshed)
    with use(on):
        reasons = {kept.identity(row).rpartition("|")[0]: reason for row, reason in kept.kept(on)}
    for row, reason in {
        "anthropic-run-rate-weeks-multiplier|2026-03|2026-03-10": "series",
        "anthropic-revenue-run-rate|2026-03|2026-03-03": "confirmed",
        "openai-revenue-run-rate|2023-12|2024-01-02": "superseded",
        "anthropic-revenue-run-rate|2026-04|2026-05-01": "other",
        "anthropic-million-dollar-customers|2024-02|2026-02-12": "earlier",
        "anthropic-employees|2026-05|2026-06-30": "later",
        "openai-employees|2026-12|2026-03-21": "forecast",
    }.items():
        assert reasons[row] == reason, row


def test_every_source_of_an_observation_is_listed_once(woven, on) -> None:
    ids = re.findall(r'<li id="source-([^"]+)"', woven["sources"].html)
    assert max(Counter(ids).values()) == 1
    assert {row.source.id for row in kept.observations(on)} <= set(ids)


def test_a_source_names_each_figure_that_leans_on_it(woven) -> None:
    soup = BeautifulSoup(woven["sources"].html, "html.parser")
    for name, page in woven.items():
        if not weave.has_sheet(page.page):
            continue
        for address, figure in page.addresses.items():
            for source in figure.sources:
                entry = soup.find(id=f"source-{source.id}")
                assert entry.find("a", string=address), f"{source.id} does not name {address}"
        assert all(
            soup.find(id=f"source-{event.source.id}").find("a", string=re.compile(name))
            for event in page.events.values()
        )


def test_every_entry_shows_voice_access_and_by_whom_it_was_seen() -> None:
    with use(reading.edition("2026-05")):
        for entry in sources().entries:
            text, source = (
                " ".join(BeautifulSoup(SourceList([entry])._repr_html_(), "html.parser").get_text(" ").split()),
                entry.source,
            )
            unsourced = (source.headline,) if source.is_unsourced else ()
            for part in unsourced or (source.headline, f"voice: {source.voice}", f"access: {source.access}"):
                assert " ".join(part.split()) in text, (source.id, part)
            assert not source.via or f"seen through {source.via}" in text
            assert not source.archive or "archived copy" in text
            assert all(note in text for note in entry.notes)


def test_an_archive_that_is_no_web_address_is_no_link() -> None:
    source = reading.current().store.sources["models-layer-2026-05"]
    made = SourceList([Entry(dataclasses.replace(source, archive="javascript:alert(1)"))])._repr_html_()
    assert "javascript" not in made


def test_every_named_figure_has_a_row_that_leads_to_its_sheet(woven) -> None:
    soup = BeautifulSoup(woven["every-figure"].html, "html.parser")
    anchors = {f"{p.page.docname}.html": set(re.findall(r'\bid="([^"]+)"', p.html)) for p in woven.values()}
    rows = {row["id"]: row for row in soup.select("table.every-figure tr[id]")}
    told = {a: f for page in woven.values() if weave.has_sheet(page.page) for a, f in page.addresses.items()}
    assert list(rows) == [address.replace("/", "-") for address in told]
    for address, figure in told.items():
        row = rows[address.replace("/", "-")]
        page, _, anchor = row.find("a")["href"].removeprefix("../").partition("#")
        assert anchor in anchors[page], address
        assert row.select("td")[1].get_text(strip=True) and row["data-tag"] == (figure.tag or "exact")


def test_other_answers_stand_beside_the_one_chosen(woven) -> None:
    row = BeautifulSoup(woven["every-figure"].html, "html.parser").find(id="models-layer-openai-staff").get_text()
    assert "about 4,500" in row and "over 7,500" in row and "reporting TechCrunch" in row


def test_the_downloads_hold_every_named_figure(woven, on, tmp_path) -> None:
    with use(on):
        inventory.publish(tmp_path, woven.values(), on)
    told = {a: f for page in woven.values() if weave.has_sheet(page.page) for a, f in page.addresses.items()}
    folder = tmp_path / "_static" / "downloads"
    assert {path.name for path in folder.iterdir()} == set(inventory.DOWNLOADS)
    with (folder / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["address"]: float(row["value"]) for row in csv.DictReader(file)} == {
            a: f.value for a, f in told.items()
        }
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["edition"] == on.stamp and [record["address"] for record in figures["figures"]] == list(told)
    graph = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
    assert graph["addresses"] == {address: figure.key for address, figure in told.items()}
    assert set(graph["addresses"].values()) <= set(graph["nodes"])


def test_the_downloads_are_json_on_a_day_when_much_was_not_known(tmp_path) -> None:
    on = reading.as_of(reading.parse_day("2025-03-31"))
    with use(on):
        inventory.publish(tmp_path, weave.weave_all(on, ROOT), on)
    for name in ("figures.json", "graph.json"):
        text = (tmp_path / "_static" / "downloads" / name).read_text(encoding="utf-8")
        json.loads(text, parse_constant=pytest.fail)  # it is called with NaN or Infinity


def test_the_companions_claims_have_their_conditions(woven, on) -> None:
    claims = {claim.id: claim.verdict for claim in woven["models-layer"].claims.values()}
    assert {
        "books-bear-it-out",
        "machines-outweigh-people",
        "serving-overtakes-the-next-build",
        "more-than-is-earned",
        "sales-catch-up-with-building",
        "demand-is-banked",
    } <= set(claims)
    # Several stretches: the second is slower than the first, and all are steep.
    assert claims["steeper-each-time"] == "when"
    # In May the range of the plan leaves it open, and a year is an expectation; by October both are settled.
    settled = on.as_of.month > 5
    assert claims["sales-catch-up-with-building"] == ("holds" if settled else "overlap")
    assert claims["books-bear-it-out"] == ("holds" if settled else "when")


def test_the_citation_names_the_edition(woven, on) -> None:
    text = woven["about"].text
    assert f"edition = {{{on.name}}}" in text and on.stamp in text and "barcik.training" in text
    single = re.search(r"cited by its address: .*, ([\w-]+/[\w-]+)\.", text)[1]
    assert single in {address for page in woven.values() for address in page.addresses}


# The filter, in a browser.


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A browser on a page that holds nothing but the table and its script."""
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    folder = tmp_path_factory.mktemp("filter")
    with use(reading.edition("2026-05")):
        table = inventory.every_figure()._repr_html_()
    script = (STATIC / "filter.js").read_text(encoding="utf-8")
    (folder / "filter.js").write_text(script, encoding="utf-8")
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><body>{table}<script src="filter.js"></script>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    with browser.browsing(folder) as found:
        yield found


def visible(page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('tr[id]')].filter(r => r.checkVisibility()).map(r => r.id)")


def test_the_filter_narrows_by_words_chapter_and_tag_from_the_keyboard(chromium) -> None:
    with chromium.page("index.html") as page:
        every, status = visible(page), page.locator("output")
        assert status.get_attribute("aria-live") == "polite"
        assert status.inner_text() == f"{len(every)} of {len(every)} figures"
        page.get_by_label("Words").focus()
        page.keyboard.type("inference margin")
        narrowed = visible(page)
        assert 0 < len(narrowed) < 20 and "ledger-3-inference-now" in narrowed
        assert status.inner_text() == f"{len(narrowed)} of {len(every)} figures"
        page.keyboard.press("Tab")
        page.keyboard.type("3. The Vintage")
        of_three = visible(page)
        assert of_three and all(row.startswith("ledger-3-") for row in of_three)
        assert page.locator("tbody:not([hidden])").count() == 1
        page.keyboard.press("Tab")
        page.keyboard.type("illus")
        assert visible(page) == [] and status.inner_text().startswith("0 of")


def test_a_link_to_a_figure_that_was_put_away_brings_it_back(chromium) -> None:
    with chromium.page("index.html") as page:
        page.get_by_label("Tag", exact=True).select_option("projected")
        assert "ledger-2-best-month" not in visible(page)
        page.evaluate("location.hash = '#ledger-2-best-month'")
        browser.wait_until(page, "document.getElementById('ledger-2-best-month').checkVisibility()")
        assert page.get_by_label("Tag", exact=True).input_value() == ""


def test_without_scripts_the_whole_table_is_there_and_no_dead_form(chromium) -> None:
    with chromium.page("index.html", scripts=False) as page:
        assert page.locator("tr[id]:visible").count() > 300
        assert page.locator("form").count() == 0
