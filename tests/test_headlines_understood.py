"""Headlines that readers bring: fifty real ones, nasty ones and generated ones, understood by Python and by the script."""

import csv
import dataclasses
import html
import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browser
import pytest

from frontier_calc.press import headlines, understanding
from frontier_calc.press.headlines import FORMS, Amount, Stated
from frontier_calc.press.understanding import Understood, understand
from frontier_calc.table import TABLE

STATIC = Path(headlines.__file__).parent / "static"
POLICY = "default-src 'none'; script-src 'self'"
PAGE = f"""<!doctype html><meta charset="utf-8"><title>headlines</title>
<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">
<script src="headlines.js"></script>"""
ASK = """(text) => {
    const { forms, table, headlines } = JSON.parse(text);
    const reader = FrontierHeadlines.reader(forms, table);
    const numbers = (amount) => amount && { ...amount, value: String(reader.valueOf(amount)) };
    const stated = (one) => ({ ...one, amount: numbers(one.amount), high: numbers(one.high), growth: String(one.growth) });
    return JSON.stringify(headlines.map(([headline, pick]) => {
        const told = reader.understand(headline, pick);
        return {
            read: reader.read(headline).map(stated),
            understood: { ...told, low: String(told.low), high: String(told.high), years: String(told.years) },
        };
    }));
}"""
Headline = tuple[str, int | None]
Asker = Callable[[list[Headline]], list[dict[str, Any]]]

with Path(__file__).with_name("headlines.csv").open(encoding="utf-8", newline="") as file:
    REAL = list(csv.DictReader(file))
TOLD = ("bound", "unit", "currency", "noun", "per", "often", "sort", "period", "channel")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """What the script of the page makes of headlines, as the pages' own policy lets it run."""
    if browser.chromium() is None:
        pytest.skip(browser.MISSING)
    folder = tmp_path_factory.mktemp("headlines")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "headlines.js").write_bytes((STATIC / "headlines.js").read_bytes())
    traffic = browser.Traffic()
    with browser.browsing(folder) as site, site.page("index.html", traffic=traffic) as page:

        def answer(asked: list[Headline]) -> list[dict[str, Any]]:
            found = json.loads(page.evaluate(ASK, json.dumps({"forms": FORMS, "table": TABLE, "headlines": asked})))
            assert not [told for told in traffic.complaints if "favicon" not in told and "404" not in told]
            return found

        yield answer


def verdict(told: Understood, row: dict[str, str]) -> str:
    """right, asked or wrong: wrong is also what is asked for another reason, or left open that the headline tells."""
    if told.asked or row["asked"]:
        return "asked" if told.asked == row["asked"] else "wrong"
    ends = [None if not row[end] else float(row[end]) for end in ("low", "high", "years")]
    is_same = [told.low, told.high, told.years] == ends
    is_same = is_same and all(getattr(told, name) == row[name] for name in TOLD)
    return "right" if is_same and " ".join(told.open) == row["open"] else "wrong"


def test_of_fifty_real_headlines_at_least_forty_five_are_understood_and_none_wrongly() -> None:
    assert len(REAL) == 50 == len({row["headline"] for row in REAL})
    verdicts = {row["headline"]: verdict(understand(row["headline"]), row) for row in REAL}
    assert [headline for headline, found in verdicts.items() if found == "wrong"] == []
    assert Counter(verdicts.values())["right"] >= 45


@pytest.mark.browser
def test_the_script_understands_the_fifty_as_well(script) -> None:
    found = script([(row["headline"], None) for row in REAL])
    names = [field.name for field in dataclasses.fields(Understood)]
    for row, answer in zip(REAL, found, strict=True):
        told = answer["understood"]
        numbers = {name: None if told[name] == "null" else float(told[name]) for name in ("low", "high", "years")}
        assert verdict(Understood(**{name: told[name] for name in names} | numbers), row) in ("right", "asked"), row


def test_every_real_headline_says_where_it_was_seen() -> None:
    for row in REAL:
        assert row["outlet"] and row["seen"] and row["link"].startswith(("https://", "http://")), row
        assert row["date"] or "day not given" in row["seen"], row
    assert (
        sum(not any(lab in row["headline"] for lab in ("AI", "Anthropic", "ChatGPT", "Mistral")) for row in REAL) > 25
    )


NASTY = [
    # headline, what is asked, the number, and what else is sure
    ("$1.2 trillion over a decade", "", 1.2e12, {"years": 10.0, "open": ("sort",)}),
    ("€500m-a-year", "", 5e8, {"currency": "EUR", "per": "year"}),
    ("£3.2bn", "", 3.2e9, {"currency": "GBP"}),
    ("¥1tn", "", 1e12, {"currency": "¥", "open": ("currency", "sort")}),
    ("$700-billion", "", 7e11, {"currency": "USD"}),
    ("$30B ARR", "", 3e10, {"sort": "pace"}),
    ("300 MW", "", 0.3, {"unit": "power"}),
    ("€1.7bn raised at 11.7", "", 1.7e9, {"currency": "EUR", "sort": "raised", "aside": ("11.7",)}),
    ("as much as 100 billion", "", 1e11, {"bound": "up to", "open": ("counts",)}),
    ("between 50 and 70", "unit", 50.0, {"high": 70.0, "bound": "about"}),
    ("more than doubled to 900 million weekly users", "", 9e8, {"often": "weekly", "bound": "exactly"}),
    ("$2bn a month", "", 2e9, {"per": "month", "open": ("sort",)}),
    ("$518bn in compute obligations over 7 years", "", 5.18e11, {"years": 7.0, "sort": "promised", "open": ()}),
    ("five-year, $10bn contract", "", 1e10, {"years": 5.0}),
    ("shares hit a 20-year high as sales reach $5bn", "", 5e9, {"years": None}),
    ("sales rose over 3 years to $5bn", "", 5e9, {"years": None, "sort": "booked"}),
    ("Senate passes $1.2tn bill", "", 1.2e12, {"bound": "exactly"}),
    ("Anger over £5bn rail contract", "", 5e9, {"bound": "exactly", "open": ("bound", "sort")}),
    (
        "ChatGPT maker reportedly eyes $1 trillion IPO despite quarterly losses",
        "",
        1e12,
        {"sort": "", "open": ("sort",)},
    ),
    ("Amazon shares jump 13% as AI powers growth", "growth", None, {}),
    ("-$5bn", "", -5e9, {"currency": "USD"}),
    ("revenue\u202e of $3bn\u200b", "", 3e9, {"sort": "booked"}),
    ("<b>$5bn</b>", "", 5e9, {"bound": "exactly"}),
    ("40% more than", "growth", None, {}),
    ("a quarter of", "share", None, {}),
    ("nearly half", "share", None, {}),
    ("1 in 5", "share", None, {}),
    ("tens of billions", "vague", None, {}),
    ("multibillion-dollar deal", "vague", None, {}),
    ("1,5 Milliarden", "comma", None, {}),
    ("1.500 Milliarden", "dot", None, {}),
    ("500 Millionen", "unit", 500.0, {}),
    ("from $9bn to $14bn", "from_to", None, {"choices": ("$9bn", "$14bn")}),
    ("Cuts spending promise from $1.4T to $600B", "from_to", None, {}),
    ("$3bn of income on $47bn of sales", "which", None, {"choices": ("$3bn", "$47bn")}),
    ("40% of $3bn", "part_of", None, {}),
    ("a third of its roughly $9bn budget", "part_of", None, {}),
    ("twice the $30bn", "part_of", None, {}),
    ("revenue rose by $5bn", "difference", None, {}),
    ("revenues $20bn less than signalled", "difference", None, {}),
    ("a $3bn increase in spending", "difference", None, {}),
    ("has raised another $50M", "difference", None, {}),
    ("$25 per seat", "price", None, {}),
    ("$25 per million output tokens", "price", None, {}),
    ("has not surpassed $47bn", "denied", None, {}),
    ("0", "nothing", 0.0, {}),
    ("$0bn", "nothing", None, {}),
    (f"${'9' * 400}bn", "huge", None, {}),
    ("NaN", "none", None, {}),
    ("1e400", "none", None, {}),
    ("in 2026", "none", None, {}),
    ("", "empty", None, {}),
    (" \u202e\u200b ", "empty", None, {}),
    ("$5bn " * 2000, "long", None, {}),
]


@pytest.mark.parametrize(("headline", "asked", "low", "more"), NASTY)
def test_what_is_nasty_is_understood_or_asked_about(headline, asked, low, more) -> None:
    told = understand(headline)
    assert (told.asked, told.low) == (asked, low)
    assert {name: getattr(told, name) for name in more} == more


def test_a_reader_says_which_number_is_meant() -> None:
    both = "$3bn of income on $47bn of sales"
    assert (understand(both, 0).low, understand(both, 1).low) == (3e9, 47e9)
    assert understand(both, 1).aside == ("$3bn",)
    assert (understand("from $9bn to $14bn", 0).low, understand("from $9bn to $14bn", 1).low) == (9e9, 14e9)
    assert understand("from $9bn to $14bn", 7).asked == "from_to"


# Python and the script.


def generated(random_: random.Random) -> str:
    """A headline from the words of the table, put together as headlines are, and sometimes as none ever was."""
    pick = random_.choice
    bounds = [phrase for phrases in FORMS["bounds"].values() for phrase in phrases]
    plain = [re_free(phrase) for phrase in bounds]
    digits = [
        f"{random_.uniform(0, 999):.{pick((0, 1, 2))}f}",
        f"{random_.randint(1, 9_999_999):,}",
        "a",
        "half a",
        "seven",
        "2026",
        ".5",
        "1.500",
        "0",
    ]
    signs = ["$", "US$", "€", "£", "¥", "A$", "₹", "EUR ", "", "", ""]
    scales = [
        "bn",
        " billion",
        "m",
        "-million",
        "T",
        " trillion",
        "k",
        "",
        "",
        " tril",
        "GW",
        " MW",
        "%",
        " per cent",
        "x",
        " dollars",
        "-dollar",
    ]
    behind = [
        "",
        " a year",
        "-a-month",
        "/quarter",
        " a night",
        " per person",
        " weekly users",
        " monthly active users",
        " customers",
        " users every week",
        " in ARR",
        " of revenue",
        " valuation",
        " deal",
        " bill",
        " loss",
        " in a quarter",
        " over 5 years",
        " over the next decade",
        " more than before",
        " increase",
        " or more",
        "+",
        " of its sales",
        " in 2026",
        " by May",
        " on 28 May",
        " as costs rise",
        ", up 40%",
        " in commitments",
        " per million output tokens",
        " net of fees",
        " in Q3",
        "\u202f each day",
        " K\u0130\u017f é",
        "\u00e9",
        "…",
        "—and more",
        " for 3 months",
        " ago",
        " or so",
        " employees",
    ]
    front = [
        "",
        "Lab ",
        "Lab raises ",
        "doubled to ",
        "rose by ",
        "from ",
        "between ",
        "not ",
        "yet to ",
        "half of ",
        "twice the ",
        "at ",
        "raised at ",
        "valued at ",
        "spent ",
        "annualised revenue of ",
        "five-year ",
        "10-year plan worth ",
        "GPT-",
        "another ",
        "tens of billions and ",
        "1 in 5 of ",
        "rises tenfold to ",
        "cut of ",
        "ARR ",
        "May ",
        "Lab may reach ",
        "2026-05-28 ",
    ]

    def amount() -> str:
        said = f"{pick(plain)} " if random_.random() < 0.4 else ""
        return f"{pick(front)}{said}{pick(signs)}{pick(digits)}{pick(scales)}{pick(behind)}"

    joined = [" to ", " and ", "-", "–", ", ", " at ", "; ", " "]
    if random_.random() < 0.05:
        return pick(
            ["more than doubled", "40% more than", "grew tenfold", "rose 12%", "10x", "fell 5 per cent", "from 3 to 4"]
        )
    if random_.random() < 0.02:
        return f"1,5 {amount()}"
    text = amount()
    while random_.random() < 0.4:
        text += pick(joined) + amount()
    return text


def re_free(phrase: str) -> str:
    """A phrase of the table without its alternatives: the first of them, or none."""
    bare = phrase.replace("(?:es|ed|ing)?", "es").replace("(?:s|ped|ping)?", "s").replace("(?:s|ed|ing)?", "s")
    return bare.replace("(?:es|ed|ing)", "es").replace("[.]?", ".").replace("_", " ")


def said_by_python(headline: str, pick: int | None) -> dict[str, Any]:
    told = dataclasses.asdict(understand(headline, pick))
    return {"read": [_stated(one) for one in headlines.read(headline)], "understood": told}


def _stated(one: Stated) -> dict[str, Any]:
    return {
        "amount": _amount(one.amount),
        "high": _amount(one.high) if one.high else None,
        "words": one.words,
        "qualifier": one.qualifier,
        "said": one.said,
        "growth": None if one.growth is None else float(one.growth),
        "denied": one.is_denied,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    value = float(amount.number * (amount.scale or 1))
    return {"value": value, **{name: getattr(amount, name) for name in ("currency", "counts", "per", "which")}}


def alike(said: Any, meant: Any) -> bool:
    """Whether the script said what Python means; its numbers come as texts, and a thing may say more than is asked."""
    if isinstance(meant, dict):
        return isinstance(said, dict) and all(alike(said[name], part) for name, part in meant.items())
    if isinstance(meant, list | tuple):
        return len(said) == len(meant) and all(map(alike, said, meant))
    if isinstance(meant, bool | str):
        return said == meant
    if meant is None:
        return said in (None, "null")
    return math.isclose(float(said), meant, rel_tol=1e-12) or float(said) == meant


@pytest.mark.browser
def test_python_and_the_script_understand_alike(script) -> None:
    random_ = random.Random(20261128)
    asked: list[Headline] = [(headline, None) for headline, *_ in NASTY]
    asked += [(row["headline"], pick) for row in REAL for pick in (None, 0, 1)]
    asked += [(generated(random_), random_.choice((None, None, 0, 1, 5))) for _ in range(6000)]
    verdicts: Counter[str] = Counter()
    for (headline, pick), said in zip(asked, script(asked), strict=True):
        meant = said_by_python(headline, pick)
        verdicts[meant["understood"]["asked"]] += 1
        assert alike(said, meant), f"{headline!r} {pick}\nscript: {said}\nPython: {meant}"
    every = set(understanding.ASKED) - {"long", "empty"}
    assert all(verdicts[asked] > 3 for asked in every - {"huge"}), verdicts
