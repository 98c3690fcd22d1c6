"""The browser's evaluator against Python's, in a real browser: the same values, words, tags and sentences.

Everything is asked in a few large batches: a call into the browser costs more than a thousand wordings.
"""

import html
import itertools
import json
import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import browser
import pytest
from making import observed

from frontier_calc import conditions, graph, units, words
from frontier_calc.claims import Branch, Claim
from frontier_calc.conditions import Condition
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf, Node, Operation
from frontier_calc.press import export, weave
from frontier_calc.record import reading

pytestmark = pytest.mark.browser

STATIC = Path(export.__file__).parent / "static"

# As strict as the pages': the script may neither stand in the page nor make code of text.
POLICY = "default-src 'none'; script-src 'self'"
PAGE = f"""<!doctype html><meta charset="utf-8"><title>evaluator</title>
<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">
<script src="evaluate.js"></script>"""

# What is asked of every reading of a graph. Numbers travel as text, since JSON has no infinity.
ASK = """(text) => {
    const { graph, table, cases, styles } = JSON.parse(text);
    const whole = FrontierGraph.read(graph, table);
    const answer = ({ key, given }) => {
        const reading = given ? FrontierGraph.read(graph, table, given) : whole;
        return {
            value: String(reading.value(key)),
            tag: reading.tag(key),
            qualifier: reading.qualifier(key),
            interval: reading.interval(key)?.map(String) ?? null,
            words: Object.fromEntries(styles.map((style) => [style, reading.words(key, style)])),
        };
    };
    return JSON.stringify(cases.map(answer));
}"""

CLAIMS = """(text) => {
    const { graph, table } = JSON.parse(text);
    const reading = FrontierGraph.read(graph, table);
    return JSON.stringify(Object.keys(graph.claims).map((address) => reading.claim(address)));
}"""

# Ranges and qualifiers are compared once Python, too, works them out from where a result can lie.
needs_ranges = pytest.mark.skipif(find_spec("frontier_calc.ranges") is None, reason="frontier_calc.ranges is not there")

Asker = Callable[[str, Any], Any]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """A page that has loaded the script, and answers questions in JSON."""
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    folder = tmp_path_factory.mktemp("evaluator")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "evaluate.js").write_bytes((STATIC / "evaluate.js").read_bytes())
    traffic = browser.Traffic()
    with browser.browsing(folder) as site, site.page("index.html", traffic=traffic) as page:

        def answer(question: str, data: Any) -> Any:
            answered = json.loads(page.evaluate(question, json.dumps(data, allow_nan=False)))
            assert not [told for told in traffic.complaints if "favicon" not in told and "404" not in told]
            return answered

        yield answer


def expected(figure: Figure) -> dict[str, Any]:
    """What Python says of a figure."""
    low, high = figure.interval
    return {
        "value": figure.value,
        "tag": figure.tag,
        "qualifier": figure.qualifier,
        "interval": None if low is None else [low, high],
        "words": {style: word(figure) for style, word in words.STYLES.items()},
    }


def same(said: float, meant: float) -> bool:
    """Equal to twelve digits; what is no number, or without limit, is the same only as itself."""
    if math.isnan(meant):
        return math.isnan(said)
    return said == meant or math.isclose(said, meant, rel_tol=1e-12)


def explain(said: dict[str, Any], meant: dict[str, Any]) -> str:
    """What differs between two readings of a figure."""
    differing = [style for style in meant["words"] if said["words"].get(style) != meant["words"][style]]
    told = [f"{style}: {said['words'].get(style)!r}, expected {meant['words'][style]!r}" for style in differing]
    return "\n".join([str({**said, "words": ""}), str({**meant, "words": ""}), *told])


def compare(ask: Asker, exported: Mapping[str, Any], figures: list[Figure], given: list[Any]) -> None:
    """Ask the browser for each figure, with ``given`` in place of leaves; ``figures`` are what Python makes of that."""
    keys = list(exported["addresses"].values())
    cases = [{"key": key, "given": put} for key, put in zip(keys, given, strict=True)]
    answers = ask(ASK, {"graph": exported, "table": words.TABLE, "cases": cases, "styles": list(words.STYLES)})
    for figure, said, case in zip(figures, answers, cases, strict=True):
        meant = expected(figure)
        told = f"{case}\n{explain(said, meant)}"
        assert same(float(said["value"]), meant["value"]), told
        assert (said["tag"], said["qualifier"]) == (meant["tag"], meant["qualifier"]), told
        assert (said["interval"] is None) == (meant["interval"] is None), told
        for end, meant_end in zip(said["interval"] or (), meant["interval"] or (), strict=True):
            assert same(float(end), meant_end), told
        assert said["words"] == meant["words"], told


def exported_of(figures: list[Figure]) -> dict[str, Any]:
    """A graph of figures, each at an address of its own."""
    return export.graph({f"figures/{place}": figure for place, figure in enumerate(figures)})


# The book.


@pytest.fixture(scope="module")
def book_pages() -> list[weave.Woven]:
    return list(weave.weave_all(reading.edition("2026-05")))


@pytest.fixture(scope="module")
def book_figures(book_pages) -> dict[str, Figure]:
    return {address: figure for page in book_pages for address, figure in page.addresses.items()}


def assumed(node: Node, given: Mapping[str, float]) -> Node:
    """A derivation with assumptions in place of leaves."""
    if isinstance(node, Operation):
        return Operation(node.op, tuple(assumed(argument, given) for argument in node.arguments))
    if node.key not in given:
        return node
    return replace(node, value=given[node.key], low=None, high=None, tag="illustrative", qualifier="exactly")


@needs_ranges
def test_the_browser_reads_every_figure_of_the_book_as_python_does(ask, book_figures) -> None:
    exported = export.graph(book_figures)
    assert {*exported["addresses"].values()} == {*exported["figures"]}
    figures = list(book_figures.values())
    compare(ask, exported, figures, [None] * len(figures))


@needs_ranges
def test_the_browser_reads_every_figure_of_the_book_with_other_numbers_put_in(ask, book_figures) -> None:
    rng = random.Random(2026)
    exported = export.graph(book_figures)
    given = []
    figures = []
    for figure in book_figures.values():
        put = {leaf.key: leaf.value * rng.uniform(0.5, 2) for leaf in figure.leaves if leaf.tag and rng.random() < 0.5}
        given.append(put)
        figures.append(replace(figure, node=assumed(figure.node, put)))
    compare(ask, exported, figures, given)


@needs_ranges
def test_the_browser_says_every_claim_of_the_book_as_python_does(ask, book_pages) -> None:
    claims = {f"{page.page.name}/{name}": claim for page in book_pages for name, claim in page.claims.items()}
    answers = ask(CLAIMS, {"graph": export.graph({}, claims), "table": words.TABLE})
    said = dict(zip(claims, answers, strict=True))
    assert {address: answer["verdict"] for address, answer in said.items()} == {
        address: claim.verdict for address, claim in claims.items()
    }
    assert {address: answer["text"] for address, answer in said.items()} == {
        address: str(claim) for address, claim in claims.items()
    }
    assert len(claims) > 40


# Random numbers.

EDGES = [
    *(0.0, 1.0, -1.0, 0.5, 2.0, 10.0, 20.5, 20.0, 1 / 3, 2 / 3, 0.07, 0.55, 1.5, 0.95, 0.995, 1.005, 1.05, 1.06),
    *(999.4, 999.5, 999_499.0, 999_500.0, 999_499_999.0, 999_500_000.0, 999_499_999_999.0, 999_500_000_000.0),
    *(2.345, 2.355, 0.125, 0.135, 12.34, 99.996, 9.996, 0.1 + 0.2, 1.1 * 3, 30e9 / 12, 1e15, 1e21, 1e22, 1e25),
    *(2.5, 14.5, 2025.5, 2026.5, 5e-324, 1e-300, 1.7976931348623157e308, 719162.0, 719163.0, 739767.0, 3652060.0),
    *(math.nan, math.inf, -math.inf),
]
CURRENCIES = ["1", *units.CURRENCIES]


def numbers(rng: random.Random, size: int) -> Iterator[float]:
    """Edges, and numbers of every size: with many digits, with few, and near those that have a word."""
    yield from EDGES
    for _ in range(size):
        sign = rng.choice((1, 1, 1, -1))
        yield sign * rng.uniform(1, 10) * 10 ** rng.randint(-4, 14)
        yield sign * float(f"{rng.uniform(1, 10):.2g}e{rng.randint(-4, 14)}")
        yield rng.uniform(0, 1.1)
        yield rng.choice((1, 2, 3, 5, 8, 10, 100, 1e6)) * rng.uniform(0.9, 1.1) ** rng.choice((0, 1, 1))


def leaf_figure(rng: random.Random, name: str, value: float) -> Figure:
    """An observation of ``value`` with everything else left to chance."""
    is_ranged = not math.isnan(value)
    figure = observed(
        name,
        value,
        rng.choice(CURRENCIES),
        tag=rng.choice(graph.TAGS),
        qualifier=rng.choice(graph.QUALIFIERS),
        low=value * rng.uniform(0.5, 1) if is_ranged and rng.random() < 0.2 else None,
        high=value * rng.uniform(1, 2) if is_ranged and rng.random() < 0.2 else None,
        period=rng.choice(("2026-04", "2026-09-29", "FY2025", "Q2-2026", "2026-2030")),
    )
    style = rng.choice(("plain", "plain", "percent", "year", "day"))
    return replace(figure, node=replace(leaf_of(figure), source=None, style=style), style=style)


def unsourced(figure: Figure) -> Figure:
    return replace(figure, node=replace(leaf_of(figure), source=None))


def leaf_of(figure: Figure) -> Leaf:
    assert isinstance(figure.node, Leaf)
    return figure.node


@needs_ranges
def test_both_word_random_numbers_alike_in_every_wording(ask) -> None:
    rng = random.Random(5)
    figures = [leaf_figure(rng, f"x{place}", value) for place, value in enumerate(numbers(rng, 300))]
    compare(ask, exported_of(figures), figures, [None] * len(figures))


def test_a_currency_without_a_sign_is_named_in_both(ask, monkeypatch) -> None:
    monkeypatch.delitem(words.TABLE["currencies"], "CNY")
    words.phrase.cache_clear()
    figure = observed("yuan", -5e12, "CNY")
    figure = replace(figure, node=replace(leaf_of(figure), source=None))
    assert str(figure) == "minus CNY 5 trillion"
    compare(ask, exported_of([figure]), [figure], [None])
    words.phrase.cache_clear()


# Random graphs.

LEAF_VALUES = [0.0, 1.0, -1.0, 2.0, 0.5, 10.0, 1e9, -3.7, 1e-9, 1e308]


def random_node(rng: random.Random, leaves: list[Leaf], depth: int) -> Node:
    """A derivation over some of the leaves, with any operation of the table."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(leaves)
    name, notation = rng.choice(list(words.TABLE["operations"].items()))
    arity = notation["arity"] or rng.randint(1, 4)
    return Operation(name, tuple(random_node(rng, leaves, depth - 1) for _ in range(arity)))


def random_leaves(rng: random.Random, name: str) -> list[Leaf]:
    values = [*(rng.choice(LEAF_VALUES) for _ in range(2)), *(rng.uniform(-5, 50) for _ in range(4))]
    if rng.random() < 0.1:
        values.append(math.nan)
    return [leaf_of(leaf_figure(rng, f"{name}, leaf {place}", value)) for place, value in enumerate(values)]


@needs_ranges
def test_both_work_out_random_graphs_over_all_operations(ask) -> None:
    rng = random.Random(11)
    leaves = [random_leaves(rng, f"graph {place}") for place in range(200)]
    figures = [Figure(random_node(rng, own, rng.randint(1, 4))) for own in leaves]
    used = {node.op for figure in figures for node in operations(figure.node)}
    assert used == set(graph.OPERATIONS)
    compare(ask, exported_of(figures), figures, [None] * len(figures))


def operations(node: Node) -> Iterator[Operation]:
    if isinstance(node, Operation):
        yield node
        for argument in node.arguments:
            yield from operations(argument)


HARD = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1.0, -1.0, 3.0, 0.5, -2.5, 1e308, 5e-324]


def test_both_make_the_same_of_numbers_at_the_edge_of_what_is_one(ask) -> None:
    leaves = [Leaf(f"{value!r}", value, f"{value!r}") for value in HARD]
    figures = []
    for name, notation in words.TABLE["operations"].items():
        arity = min(notation["arity"] or 2, 2)
        for given in itertools.product(leaves, repeat=arity):
            if name == "^" and [leaf.value for leaf in given] == [-math.inf, 0.5]:
                continue  # NumPy takes the square root, which IEEE keeps apart from the power of a half
            rest = leaves[5:7] if notation["arity"] == 4 else []
            figures.append(Figure(Operation(name, (*given, *rest))))
    exported = exported_of(figures)
    cases = [{"key": key} for key in exported["addresses"].values()]
    answers = ask(ASK, {"graph": exported, "table": words.TABLE, "cases": cases, "styles": []})
    for figure, said in zip(figures, answers, strict=True):
        told = f"{figure.node.op} of {[leaf.value for leaf in figure.node.arguments]}: {said['value']}, {figure.value}"
        assert same(float(said["value"]), figure.value), told


def test_sums_agree_to_the_last_bit(ask) -> None:
    rng = random.Random(3)
    figures = []
    for _ in range(200):
        terms = [rng.uniform(-1, 1) * 10 ** rng.randint(-12, 12) for _ in range(rng.randint(1, 12))]
        terms += [-term for term in terms[: rng.randint(0, 3)]]
        figures.append(Figure(Operation("sum", tuple(Leaf(f"{t!r}", t, f"{t!r}") for t in terms))))
    exported = exported_of(figures)
    cases = [{"key": key} for key in exported["addresses"].values()]
    answers = ask(ASK, {"graph": exported, "table": words.TABLE, "cases": cases, "styles": []})
    assert [float(said["value"]) for said in answers] == [figure.value for figure in figures]


def test_the_script_says_whether_the_browser_can_round_to_a_side(ask) -> None:
    assert ask("() => JSON.stringify(FrontierGraph.supported)", None) is True


# Claims.


def random_condition(rng: random.Random, figures: list[Figure], depth: int) -> Condition:
    if depth == 0 or rng.random() < 0.3:
        if rng.random() < 0.1:
            return conditions.Given(rng.random() < 0.5)
        left, right = rng.sample(figures, 2)
        return conditions.Comparison(left, rng.choice(words.TABLE["relations"]), right)
    if rng.random() < 0.25:
        return conditions.Negation(random_condition(rng, figures, depth - 1))
    if rng.random() < 0.25:
        return conditions.AsStated(random_condition(rng, figures, depth - 1))
    kind = rng.choice((conditions.Every, conditions.Some))
    return kind(tuple(random_condition(rng, figures, depth - 1) for _ in range(rng.randint(1, 3))))


def random_claim(rng: random.Random, name: str) -> Claim:
    """A claim over a few figures near each other, so that ranges and bounds leave many conditions open."""
    values = [rng.uniform(9, 12) for _ in range(4)]
    if rng.random() < 0.1:
        values[0] = math.nan
    figures = [leaf_figure(rng, f"{name} {place}", value) for place, value in enumerate(values)]
    figures = [replace(figure, unit=units.ONE) for figure in figures]
    figures.append(figures[0] - figures[1] + figures[2])
    figures.append(figures[1] * ((figures[1] - figures[3]) / figures[1]))
    kinds = [
        "holds",
        *["when"] * rng.randint(0, 2),
        *(k for k in ("overlap", "otherwise") if rng.random() < 0.6),
    ]
    branches = []
    for place, kind in enumerate(kinds):
        condition = random_condition(rng, figures, 2) if kind in ("holds", "when") else None
        template = f"{kind} {place}: {{figure}} and {{figure.times}}, {{text}}$&."
        branches.append(Branch(kind=kind, template=template, condition=condition))
    figure = rng.choice(figures)
    places = {"figure": figure.bare, "figure.times": figure.times, "text": "a {text} <b>"}
    return Claim(id=name, branches=tuple(branches), places=places)


def test_both_say_the_same_sentence_of_random_claims(ask) -> None:
    rng = random.Random(17)
    claims = [random_claim(rng, f"claim {place}") for place in range(500)]
    exported = export.graph({}, {f"claims/{claim.id}": claim for claim in claims})
    answers = ask(CLAIMS, {"graph": exported, "table": words.TABLE})
    seen = set()
    for claim, said in zip(claims, answers, strict=True):
        assert said["verdict"] == claim.verdict, (claim, said)
        seen.add(claim.verdict)
        has_words = claim.branch is not None or claim.verdict == "unknown"
        assert said["text"] == (str(claim) if has_words else None), (claim, said)
    assert seen == {"holds", "when", "overlap", "otherwise", "unknown"}


def test_both_leave_open_what_is_without_limit_although_infinity_is_no_number_there(ask) -> None:
    conditions_of = {}
    for count in (1, 2, 12):  # the last are too many to try all their corners
        parts = [unsourced(observed(f"{count} parts, {place}", 10.0, qualifier="over")) for place in range(count)]
        whole = sum(parts[1:], parts[0])
        left = whole * ((whole - 8) / whole)
        conditions_of |= {
            f"{count} below": left < 1e9,
            f"{count} hidden": 1e15 - left > 0,
            f"{count} above": left > 1,
            f"{count} share": whole / (whole + 40) < 1,
        }
    beside = unsourced(observed("x", 5.0, low=4.0, high=7.0)) - 5
    conditions_of["no end found"] = (-(beside * beside)) ** 0.5 > -1
    branches = {name: (Branch("holds", "Yes.", condition),) for name, condition in conditions_of.items()}
    claims = {name: Claim(id=name, branches=branch, places={}) for name, branch in branches.items()}
    exported = export.graph({}, claims)
    said = dict(zip(claims, ask(CLAIMS, {"graph": exported, "table": words.TABLE}), strict=True))
    verdicts = {name: claim.verdict for name, claim in claims.items()}
    assert {name: answer["verdict"] for name, answer in said.items()} == verdicts
    are_open = [name for name, verdict in verdicts.items() if verdict == "overlap"]
    assert are_open == [f"{n} {what}" for n in (1, 2, 12) for what in ("below", "hidden")] + ["no end found"]
