"""Whatever the data holds is shown and never run: hostile texts in every column, on every page, in a real browser."""

import csv
import json
from pathlib import Path

import books
import browser
import pytest

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

# Ends a script element and runs; opens a comment in which the end of a script element is not seen.
PAYLOAD = "</SCRIPT><img src=x onerror=window.pwned=1> <!--<script>"
# Columns that name something, hold a date or are one of a few words cannot hold a text of their own.
NOT_TEXT = {"series", "source", "event", "edition", "landmark", "period", "published", "date", "retrieved", "recorded"}
NOT_TEXT |= {"as_of", "closing", "unit", "spellings", "url", "asked", "id", "found", "status", "page", "line", "stated"}


def plant(folder: Path, payload: str) -> int:
    """Append a payload to each text of each table that may hold any; how many there are."""
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    planted = 0
    for resource in described["resources"]:
        free = [
            field["name"]
            for field in resource["schema"]["fields"]
            if field["type"] == "string" and field["name"] not in NOT_TEXT and not _is_bound(field)
        ]
        path = folder / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for name in free:
                if row[name]:
                    row[name] += f" {payload}"
                    planted += 1
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    return planted


def _is_bound(field: dict) -> bool:
    return bool({"enum", "pattern"} & set(field.get("constraints", {})))


# Opens the cards of a page's first numbers, one after the other; how many were shown.
OPEN_CARDS = """async () => {
  let shown = 0;
  for (const number of [...document.querySelectorAll("p a.figure[data-figure]")].slice(0, 6)) {
    number.click();
    await new Promise(requestAnimationFrame);
    const card = document.querySelector(".provenance:popover-open");
    if (card && card.textContent.length > 40) shown += 1;
    card?.hidePopover();
  }
  return shown;
}"""


# Changes every number that can be changed, so that every sentence is said anew; how many there were.
CHANGE_ALL = """async () => {
  if (!globalThis.FrontierLive) return 0;
  await FrontierLive.load();
  const inputs = Object.keys(FrontierLive.graph.nodes).filter((node) => FrontierLive.graph.nodes[node].address);
  for (const node of inputs) FrontierLive.put(node, FrontierLive.record.value(node) * 1.1 || 0.1);
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return inputs.length;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book on data in which every text ends in both payloads."""
    target = tmp_path_factory.mktemp("hostile") / "book"
    target.mkdir()
    book = books.copy(target)
    assert plant(book / "data", PAYLOAD) > 1000
    done = books.make(book)
    assert done.returncode == 0, done.stdout + done.stderr
    return book


@pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
def test_no_text_of_the_data_runs_on_any_page_or_card(hostile: Path) -> None:
    opened = changed = 0
    with browser.browsing(books.site(hostile)) as chromium:
        for page_of in pages.all_pages(hostile):
            with chromium.page(f"{page_of.docname}.html") as page:
                changed += page.evaluate(CHANGE_ALL)
                opened += page.evaluate(OPEN_CARDS)
                page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
                assert page.evaluate("window.pwned") is None, page_of.docname
                assert page.evaluate("document.querySelectorAll('article img[src=x]').length") == 0, page_of.docname
                # The data that scripts read is whole.
                read = "[...document.querySelectorAll('script[type=\"application/json\"]')].map((s) => JSON.parse(s.textContent)).length"
                assert page.evaluate(read) > 0, page_of.docname
    assert opened > 40 and changed > 100
