"""The graph of a page as its readers' browsers hold it: small, whole, and worked out there as Python does.

Two thousand random changes over all pages and editions, in a few batches: a call into the browser costs more than a
thousand wordings.
"""

import gzip
import html
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import browser
import pytest
from rjsmin import jsmin
from what_if import Given, claim_with, figure_with

from frontier_calc import along, assume, words
from frontier_calc.claims import NO_VERDICT
from frontier_calc.press import live, weave
from frontier_calc.press.cards import scripted
from frontier_calc.press.weave import Woven
from frontier_calc.record import reading

EDITIONS = ("2026-05", "2026-07", "2026-10")
CHANGES = 2000
FIGURES = 3  # so many of those that a change moves are compared, and so many claims
HEAVIEST = 50_000  # bytes, script and graph of a page together, as a reader loads them, compressed
SCRIPTS = ("evaluate.js", "live.js", "hands.js", "cards.js", "charts.js", "following.js")
SPOKEN = [style for style in words.STYLES if style not in words.DATES]

POLICY = "default-src 'none'; script-src 'self'"
PAGE = f"""<!doctype html><meta charset="utf-8"><title>live</title>
<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">
<script src="evaluate.js"></script>"""

# One input at a time moves, as under a reader's hand: the others are in the reading before.
ASK = """(text) => {
    const { page, table, cases, styles } = JSON.parse(text);
    const graph = FrontierGraph.unpack(page);
    const record = FrontierGraph.read(graph, table);
    const nodes = Object.fromEntries(page.nodes.map(({ address }, node) => [address, node]));
    const answer = ({ given, figures, claims }) => {
        const put = Object.entries(given).map(([address, value]) => [nodes[address], value]);
        const before = FrontierGraph.read(graph, table, Object.fromEntries(put.slice(1)), record);
        const reading = FrontierGraph.read(graph, table, Object.fromEntries(put), before);
        const told = (key) => ({
            value: String(reading.value(graph.keys[key])),
            tag: reading.tag(graph.keys[key]),
            qualifier: reading.qualifier(graph.keys[key]),
            interval: reading.interval(graph.keys[key])?.map(String) ?? null,
            words: Object.fromEntries(styles.map((style) => [style, reading.words(graph.keys[key], style)])),
        });
        return { figures: figures.map(told), claims: claims.map((id) => reading.claim(id)) };
    };
    return JSON.stringify(cases.map(answer));
}"""


@cache
def pages_of(edition: str) -> list[Woven]:
    return [woven for woven in weave.weave_all(reading.edition(edition)) if live.is_live(woven)]


def as_shipped(woven: Woven) -> Any:
    """The graph of a page as the script of the site holds it."""
    return json.loads(re.fullmatch(r"globalThis\.FrontierPage = (.*);\n", live.page_script(woven))[1])


def test_nothing_that_a_page_says_is_missing_from_its_graph() -> None:
    for edition in EDITIONS:
        for woven in pages_of(edition):
            made = live.graph(woven)
            assert live.said(woven) <= set(made["claims"]), woven.page.name
            assert set(woven.shown) <= set(made["figures"]), woven.page.name
            addresses = [node["address"] for node in made["nodes"] if "address" in node]
            assert addresses == list(live.inputs(woven)), "each has one of its own"
            assert all(re.fullmatch(r"[\w./-]+", address) for address in addresses), "an address needs no escaping"


def test_what_says_nothing_of_the_world_is_nobodys_to_change() -> None:
    places = along("growth by a factor of", (1.5, 2))
    limit = (places[0] > 1.1 * places[1]).right
    assert not any(live.can_change(leaf) for figure in (*places, limit) for leaf in figure.leaves)
    assert live.can_change(assume("growth", 1.5).leaves[0])
    for woven in pages_of("2026-10"):
        grown = [leaf.value for leaf in live.inputs(woven).values() if leaf.title.startswith("growth by a factor")]
        assert grown == ([5] if woven.page.name == "ledger-2" else []), "the one that the text names"


def test_script_and_graph_of_a_page_are_small() -> None:
    light = [jsmin((live.STATIC / name).read_text(encoding="utf-8")) for name in SCRIPTS]
    scripts = sum(len(gzip.compress(script.encode(), 9)) for script in light)
    table = len(gzip.compress(scripted(words.TABLE).encode(), 9))
    for woven in pages_of("2026-10"):
        size = scripts + table + len(gzip.compress(live.page_script(woven).encode(), 9))
        assert size < HEAVIEST, f"{woven.page.name}: {size}"


def test_no_markup_of_the_data_ends_the_script() -> None:
    for woven in pages_of("2026-10"):
        assert not set("<>&\u2028\u2029") & set(live.page_script(woven))


# Python against the browser.


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page that has loaded the evaluator."""
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    folder = tmp_path_factory.mktemp("live")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "evaluate.js").write_bytes((Path(live.STATIC) / "evaluate.js").read_bytes())
    with browser.browsing(folder) as site, site.page("index.html") as opened:
        yield opened


def changed(rng: random.Random, woven: Woven) -> dict[str, float]:
    """Other numbers for a few inputs of a page: mostly near the record, now and then nothing, below it, or far away."""
    leaves = live.inputs(woven)
    some = rng.sample(sorted(leaves), min(len(leaves), rng.choice((1, 1, 1, 2, 3, 6))))
    factor = (lambda: rng.uniform(0.3, 3), lambda: rng.choice((0.0, 1.0, -1.0, 0.5, 2.0, 1e-6, 1e9)))
    return {address: (leaves[address].value or 1.0) * rng.choices(factor, (5, 1))[0]() for address in some}


def cases_of(rng: random.Random, woven: Woven, count: int) -> list[tuple[dict[str, Any], Given]]:
    """Changes, each with the figures and the claims that it moves and that are compared; and the same by leaf."""
    leaves = live.inputs(woven)
    cases = []
    for _ in range(count):
        given = changed(rng, woven)
        keys = {leaves[address].key: value for address, value in given.items()}
        figures = [key for key, figure in woven.shown.items() if any(leaf.key in keys for leaf in figure.leaves)]
        claims = [c.id for c in woven.claims.values() if any(leaf.key in keys for f in c.compared for leaf in f.leaves)]
        asked = {
            "given": given,
            "figures": rng.sample(figures, min(len(figures), FIGURES)),
            "claims": rng.sample(claims, min(len(claims), FIGURES)),
        }
        cases.append((asked, keys))
    return cases


@pytest.mark.browser
def test_the_browser_says_of_every_change_what_python_says(page) -> None:
    rng = random.Random(14)
    worlds = [(edition, woven) for edition in EDITIONS for woven in pages_of(edition)]
    count = -(-CHANGES // len(worlds))
    seen: set[str] = set()
    turned = 0
    for edition, woven in worlds:
        cases = cases_of(rng, woven, count)
        asked = {
            "page": as_shipped(woven),
            "table": words.TABLE,
            "cases": [case for case, _ in cases],
            "styles": SPOKEN,
        }
        answers = json.loads(page.evaluate(ASK, json.dumps(asked, allow_nan=False)))
        by_id = {claim.id: claim for claim in woven.claims.values()}
        for (case, keys), answer in zip(cases, answers, strict=True):
            where = f"{edition}, {woven.page.name}, {case}"
            for key, said in zip(case["figures"], answer["figures"], strict=True):
                need_same_figure(figure_with(woven.shown[key], keys), said, where)
            for id, said in zip(case["claims"], answer["claims"], strict=True):
                claim = claim_with(by_id[id], keys)
                has_words = claim.branch is not None or claim.verdict in NO_VERDICT
                assert said["verdict"] == claim.verdict, where
                assert said["text"] == (str(claim) if has_words else None), where
                seen.add(claim.verdict)
                turned += claim.verdict != by_id[id].verdict
    assert seen >= {"holds", "when", "overlap", "otherwise", "undefined"}
    assert turned > 100


def need_same_figure(figure: Any, said: dict[str, Any], where: str) -> None:
    """Fail where the browser says something else of a figure than Python."""
    told = f"{where}\n{said}\n{figure!r}"
    assert float(said["value"]) == pytest.approx(figure.value, rel=1e-9, nan_ok=True), told
    assert (said["tag"], said["qualifier"]) == (figure.tag, figure.qualifier), told
    interval = [] if figure.low is None else [figure.low, figure.high]
    assert [float(end) for end in said["interval"] or []] == pytest.approx(interval, rel=1e-9, nan_ok=True), told
    assert said["words"] == {style: words.STYLES[style](figure) for style in SPOKEN}, told
