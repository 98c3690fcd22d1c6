"""The browser's evaluator against Python's: one graph, the same values and the same words."""

import json
import math
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from frontier_calc import graph, units, words
from frontier_calc.press import export, weave
from frontier_calc.record import reading

pytestmark = pytest.mark.browser

STATIC = Path(export.__file__).parent / "static"


@pytest.fixture(scope="module")
def figures() -> dict:
    return {a: f for page in weave.weave_all(reading.edition("2026-05")) for a, f in page.addresses.items()}


def in_javascript(script: str, data: dict, tmp_path: Path):
    """Run a script with ``data`` where there is a JavaScript engine: Node, or Chromium without a window."""
    source = (STATIC / "evaluate.js").read_text(encoding="utf-8")
    program = f"{source}\nconst data = {json.dumps(data)};\nconst result = (() => {{ {script} }})();\n"
    if node := shutil.which("node"):
        path = tmp_path / "run.js"
        path.write_text(program + "process.stdout.write(JSON.stringify(result));", encoding="utf-8")
        done = subprocess.run([node, str(path)], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)
    if chromium := shutil.which("chromium"):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
            return json.loads(page.evaluate(f"() => {{ {program} return JSON.stringify(result); }}"))
    pytest.skip("no JavaScript engine: neither node nor chromium was found")


def test_the_browser_works_out_every_figure_as_python_does(figures, tmp_path) -> None:
    exported = export.graph(figures)
    assert {*exported["addresses"].values()} == {*exported["figures"]} == {figure.key for figure in figures.values()}
    rng = random.Random(2026)
    cases = []
    for address, figure in figures.items():
        for trial in range(3):
            given = {leaf.key: leaf.value * rng.uniform(0.5, 2) for leaf in figure.leaves if leaf.tag} if trial else {}
            cases.append({"address": address, "key": figure.key, "given": given})
    script = "return data.cases.map(c => FrontierGraph.evaluate(data.graph, c.key, c.given));"
    values = in_javascript(script, {"graph": exported, "cases": cases}, tmp_path)
    for case, value in zip(cases, values, strict=True):
        expected = graph.evaluate(figures[case["address"]].node, case["given"])
        if math.isfinite(expected):
            assert value == pytest.approx(expected, rel=1e-12), case
        else:
            assert value is None, case


def test_the_browser_says_every_figure_as_python_does(figures, tmp_path) -> None:
    cases = [[f.value, units.currency(f.unit), f.qualifier, f.style, str(f)] for f in figures.values() if f.is_known]
    said = in_javascript(
        "return data.cases.map(([v, c, q, s]) => FrontierGraph.words(data.table, v, c, q, s));",
        {"table": words.TABLE, "cases": cases},
        tmp_path,
    )
    assert said == [case[-1] for case in cases]


def test_both_round_alike_on_random_numbers_and_on_the_edges(tmp_path) -> None:
    rng = random.Random(5)
    numbers = [rng.uniform(1, 10) * 10 ** rng.randint(-4, 13) * rng.choice((1, -1)) for _ in range(3000)]
    numbers += [0.0, 999_499_999, 999_500_000, 999_999_999, 2.345, 2.355, 0.125, 12.5e9, 1e15, 30e9 / 12]
    cases = [[n, rng.choice(["", "USD", "EUR"]), rng.choice(list(words.TABLE["qualifiers"])), s]
             for n in numbers for s in ("plain", "percent")]  # fmt: skip
    cases += [[1998.0 + n, "", q, "year"] for n, q in enumerate(words.TABLE["qualifiers"])]
    said = in_javascript(
        "return data.cases.map(([v, c, q, s]) => FrontierGraph.words(data.table, v, c, q, s));",
        {"table": words.TABLE, "cases": cases},
        tmp_path,
    )
    for (value, currency, qualifier, style), text in zip(cases, said, strict=True):
        word = words.USUAL.get(style)
        expected = word(value, qualifier) if word else words.phrase(value, currency, qualifier)
        assert text == expected, (value, currency, qualifier, style)
