"""Every named figure of the book, worked out a second time: in exact fractions, from the text of the CSV files."""

import csv
import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from frontier_calc import edition
from frontier_calc.graph import Leaf, Node
from frontier_calc.press import weave

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
WORDS = {"bn": 10**9, "billion": 10**9, "mn": 10**6, "million": 10**6, "tn": 10**12, "trillion": 10**12}
WORDS |= {"thousand": 10**3, "percent": Fraction(1, 100)}


def rows() -> dict[str, Fraction]:
    """What each row of the observations says, in plain units, by what identifies it; of a correction, the last."""
    found = {}
    with (ROOT / "data" / "observations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            below = False
            scale = Fraction(1)
            for word in row["unit"].split():
                factor = Fraction(WORDS.get(word, 1))
                scale = scale / factor if below else scale * factor
                below = word == "per" or (below and word not in WORDS)
            if row["value"]:
                key = (row["series"], row["period"], row["source"])
                found.setdefault(key, set()).add(Fraction(row["value"]) * scale)
    return found


def exact(node: Node, known: dict, used: set) -> Fraction | float:
    """The value of a derivation: exact where the operations are, in floating point below a logarithm or a power."""
    if isinstance(node, Leaf):
        series, _, rest = node.identity.partition("|")
        key = (series, *[part for at, part in enumerate(rest.split("|")) if at in (0, 2)])
        if key in known:
            [value] = [value for value in known[key] if math.isclose(value, node.value, rel_tol=1e-12)]
            used.add(key)
            return value
        return Fraction(repr(node.value))
    return OPERATIONS[node.op](*[exact(argument, known, used) for argument in node.arguments])


OPERATIONS: dict[str, Callable] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
    "^": lambda a, b: a**b if b == int(b) else float(a) ** float(b),
    "ln": math.log,
    "exp": math.exp,
    "min": min,
    "max": max,
    "sum": lambda *terms: sum(terms),
    "choose": lambda a, b, larger, otherwise: larger if a > b else otherwise,
    "days": lambda start, end: end - start,
}


@pytest.mark.parametrize("name", ["2026-05", "working"])
def test_every_named_figure_is_what_its_rows_and_its_formula_make(name: str) -> None:
    known, used, recomputed, wrong = rows(), set(), 0, []
    for page in weave.weave_all(edition(name), ROOT):
        for address, figure in page.addresses.items():
            recomputed += 1
            value = exact(figure.node, known, used)
            if not math.isclose(value, figure.value, rel_tol=1e-9, abs_tol=1e-12):
                wrong.append(f"{address}: {figure.value!r}, and {float(value)!r} from the rows")
    assert not wrong, "\n".join(wrong)
    assert recomputed > 400 and len(used) > 150
