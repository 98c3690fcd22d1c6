"""What a figure's sentence says: generated for every figure, and read as if a person had written it."""

import dataclasses
import math
import re
from datetime import date

import pytest
from hypothesis import given
from test_properties import inputs, make, recipes

import frontier_calc as fc
from frontier_calc import derivation, graph, spoken
from frontier_calc.book import blocks, facts, speakers
from frontier_calc.book.gist import gist, named_by_key
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press import cards, weave
from frontier_calc.record import reading, rule
from frontier_calc.words import usual

READINGS = ("2026-05", "2026-07-31", "working")


def read(name: str) -> reading.Reading:
    return reading.as_of(date.fromisoformat(name)) if name.count("-") == 2 else reading.edition(name)


@pytest.fixture(scope="module", params=READINGS)
def told(request) -> list[tuple[str, Figure, facts.Facts]]:
    """Every figure of the book in a reading, as its card tells it: where it stands, itself, its facts."""
    found = []
    for page in weave.weave_all(read(request.param)):
        named = named_by_key(page.figures)
        for name, figure, fact in page.told:
            found.append((f"{page.page.name}/{name}", figure, fact))
        for key, (_, fact) in cards._facts(page, list(blocks.walk(page.blocks))).items():
            figure = page.shown[key]
            found.append((f"{page.page.name}/{key}", named.get(key, figure), fact))
    return found


# What no sentence for a reader holds.

IDS = re.compile("|".join(sorted((id for id in reading.edition("working").store.series if "-" in id), key=len)[::-1]))
FORBIDDEN = {
    "an underscore": re.compile("_"),
    "an identifier": IDS,
    "a garbled name": re.compile(r"Openai|Anthropics|Xai\b|Deepseek|Chatgpt"),
    "two spaces": re.compile(" {2}"),
    "nothing as a value": re.compile(r"\b(None|nan|inf|True|False)\b"),
    "a call or an index": re.compile(r"\w\([^)]|[\[\]{}]|\*\*|==|\.\w+\("),
    "a number of a machine": re.compile(r"\d[eE][+-]?\d"),
    "a word twice": re.compile(r"\b([a-z]+) \1\b"),
    "a stop or comma out of place": re.compile(r"\.\.| [.,;)]|\( |,,|,\."),
    "a straight apostrophe": re.compile("'"),
    "a share as a decimal": re.compile(
        r"(?<![\d.,$€£¥])0\.\d++(?! (to 0\.\d++|per cent|percentage|words?|gigawatts?|years?|months?|days?|models?|tokens?)\b)"
    ),
}


def wrong_with(text: str) -> list[str]:
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    if text.count("(") != text.count(")"):
        found.append("a bracket left open")
    return found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("max(anthropic, 1)", "a call or an index"),
        ("best_month", "an underscore"),
        ("openai-revenue-run-rate", "an identifier"),
        ("Openai leads", "a garbled name"),
        ("less 0.267", "a share as a decimal"),
        ("less (the rest", "a bracket left open"),
        ("the the pace", "a word twice"),
        ("None", "nothing as a value"),
        ("1e+09", "a number of a machine"),
    ],
)
def test_what_is_forbidden_is_seen(text: str, what: str) -> None:
    assert what in wrong_with(text)


def test_every_figure_has_a_sentence_that_reads_as_a_persons(told) -> None:
    wrong = [f"{where}: {kinds}: {fact.sentence}" for where, _, fact in told if (kinds := wrong_with(fact.sentence))]
    assert len(told) > 800 and not wrong, "\n".join(wrong)
    for where, _, fact in told:
        assert re.match(r"[A-Z$€£0-9]", fact.sentence), where
        assert fact.sentence.endswith(".") and len(fact.sentence) < 460, f"{where}: {fact.sentence}"


def test_the_formula_and_what_its_inputs_rest_on_read_so_too(told) -> None:
    wrong = []
    for where, _, fact in told:
        texts = [fact.formula, fact.kind, fact.leans]
        texts += [text for each in fact.statements for text in (each.name, each.said, each.standing)]
        wrong += [f"{where}: {wrong_with(text)}: {text}" for text in texts if wrong_with(text)]
    assert not wrong, "\n".join(sorted(set(wrong)))


# One number and one unit throughout.


def test_a_ratio_is_said_in_one_form_from_the_head_to_the_result(told) -> None:
    seen = {"percent": 0, "times": 0}
    for where, figure, fact in told:
        if isinstance(figure.node, Leaf):
            continue
        assert fact.sentence.lower().startswith(fact.head.lower()), where
        assert not re.search(r"(?<![\d.,$€£¥])0\.\d++(?! [a-z])", fact.numbers), f"{where}: {fact.numbers}"
        if spoken.is_ratio(figure.unit):
            form = spoken.form_in(fact.result)
            seen[form] = seen.get(form, 0) + 1
            if fact.range:
                assert spoken.form_in(fact.range) == form, f"{where}: {fact.result} within {fact.range}"
            if figure.node.op in ("+", "-", "sum") and form == "percent":
                terms = [node for node in figure.node.arguments if isinstance(node, Leaf)]
                assert fact.numbers.count("per cent") >= len(terms), f"{where}: {fact.numbers}"
    assert min(seen["percent"], seen["times"]) > 20


def test_money_keeps_its_unit_from_the_head_to_the_result() -> None:
    with reading.use(reading.edition("2026-05")):
        pace = fc.latest("anthropic-revenue-run-rate")
        month = fc.rulers.per_month(pace, fc.growth.MONTHS_IN_A_YEAR)
        fact = facts.facts_of(month)
        assert (fact.result, fact.unit) == ("over $2.5 billion", "a month")
        assert fact.numbers == "over $30 billion ÷ 12"
        price = fc.latest("api-output-price-claude-opus-4-7")
        assert facts.facts_of(price).head == "$25 per million tokens"


@given(recipes(), inputs(ranges=True, qualifiers=("exactly", "about", "over", "under", "up to")))
def test_any_figure_has_a_sentence_and_a_formula(recipe, figures) -> None:
    try:
        figure = make(recipe, figures)
    except (ArithmeticError, ValueError):
        return
    if not abs(figure.value) < 1e15 or any(math.isnan(graph.evaluate(step)) for step in figure.node.steps):
        return  # what has no value says so in brackets
    fact = facts.facts_of(figure)
    assert not wrong_with(fact.sentence.replace("[without limit]", "everything")), fact.sentence
    assert fact.sentence.lower().startswith(fact.result.lower())
    assert derivation.steps(figure).result == fact.head
    if "per cent" in fact.result and fact.numbers:
        assert not re.search(r"(?<![\d.,])0\.\d", fact.numbers), fact.numbers


# The words themselves.

MAY = (
    (
        lambda: fc.rulers.to_net(
            fc.at("anthropic-revenue-run-rate", "2026-04"), fc.at("anthropic-gross-net-gap", "2026-04")
        ),
        "About $22 billion a year: Anthropic’s sales pace of over $30 billion in April 2026, less the resellers’ part "
        "that a rival’s memo claims of it (about $8 billion).",
    ),
    (
        lambda: fc.beside(fc.latest("anthropic-revenue-run-rate"), fc.latest("openai-revenue-run-rate")),
        "About 125 per cent: Anthropic’s sales pace of over $30 billion a year in April 2026, set beside OpenAI’s of "
        "about $24 billion in March 2026.",
    ),
    (
        lambda: fc.latest("anthropic-revenue-run-rate"),
        "Over $30 billion a year: Anthropic’s sales pace in April 2026, as the company said on 6 April.",
    ),
    (
        lambda: fc.latest("oracle-openai-commitment") / fc.latest("oracle-openai-commitment-term"),
        "About $60 billion a year: OpenAI’s promise to Oracle of about $300 billion in September 2025, spread over its "
        "term (about 5 years).",
    ),
    (
        lambda: fc.at("anthropic-revenue-run-rate", "2026-04") / fc.at("anthropic-revenue-run-rate", "2025-12"),
        "About 3.3 times: Anthropic’s sales pace of over $30 billion a year in April 2026, set against about $9 billion "
        "in December 2025.",
    ),
    (
        lambda: fc.at("anthropic-revenue-run-rate", "2026-04") / fc.at("anthropic-revenue-run-rate", "2025-12") - 1,
        "About 233 per cent: the growth from Anthropic’s sales pace of about $9 billion a year in December 2025 to over "
        "$30 billion in April 2026.",
    ),
    (
        lambda: fc.beside(*(fc.at(f"{lab}-revenue-recognised", "FY2025") for lab in ("openai", "anthropic"))) - 1,
        "191 per cent: how far OpenAI’s recognised revenue of $13.1 billion in financial year 2025 exceeds Anthropic’s of "
        "$4.5 billion.",
    ),
    (
        lambda: fc.latest("anthropic-enterprise-share") - fc.latest("openai-enterprise-share"),
        "About 40 percentage points: businesses’ part of Anthropic’s revenue in November 2025 (about 80 per cent), less "
        "businesses’ part of OpenAI’s in March 2026 (over 40 per cent).",
    ),
    (
        lambda: fc.greatest([fc.latest("anthropic-enterprise-share"), 1 - fc.latest("anthropic-enterprise-share")]),
        "About 80 per cent: the larger of businesses’ part of Anthropic’s revenue in November 2025 (about 80 per cent) "
        "and the rest.",
    ),
    (
        lambda: fc.latest("frontier-labs-lifetime-revenue"),
        "$2 billion: the made-up lab’s sales, the booklet’s own illustration.",
    ),
    (
        lambda: fc.latest("words-per-token"),
        "About 0.75 words per token: the words in a token in May 2026, the booklet’s own figure, unsourced.",
    ),
    (
        lambda: fc.days_between(
            fc.at("anthropic-revenue-run-rate", "2026-04"), fc.at("anthropic-gross-net-gap", "2026-04")
        ),
        "7 days: the days from 6 April 2026 (Anthropic’s sales pace) to 13 April 2026 (the resellers’ part that a rival’s "
        "memo claims of Anthropic’s sales pace).",
    ),
)


@pytest.mark.parametrize(("figure", "sentence"), MAY, ids=[sentence[:24] for _, sentence in MAY])
def test_a_sentence_in_may(figure, sentence) -> None:
    with reading.use(reading.edition("2026-05")):
        assert facts.facts_of(figure()).sentence == sentence


def test_a_title_takes_the_place_of_what_a_figure_is_made_of() -> None:
    with reading.use(reading.edition("2026-05")):
        pace = fc.latest("anthropic-revenue-run-rate")
        share = (fc.latest("anthropic-gross-net-gap") / pace).named("the memo's share")
        net = fc.rulers.to_net(pace, pace * share)
        assert gist(share).startswith("the memo’s share, which is the resellers’ part")
        assert gist(net / fc.latest("openai-revenue-run-rate"), {share.key: share}) == (
            # "less the memo's share (about $22 billion a year)" would give the share the number of what is left.
            "Anthropic’s sales pace less the memo’s share (which leaves about $22 billion a year), set against OpenAI’s "
            "sales pace of about $24 billion in March 2026"
        )


def test_words_in_the_text_decide_the_form_of_the_card() -> None:
    ratio = fc.assume("a", 5) / fc.assume("b", 2)
    assert cards.shown_form(ratio, ["2.5", "250 per cent", "2.5 times"]) == "percent"
    assert cards.shown_form(ratio, ["2.5 times"]) == cards.shown_form(ratio, ["2.5"]) == ""
    fact = facts.facts_of(ratio, form="percent")
    assert fact.result == "250 per cent" and derivation.steps(ratio, form="percent").result == "250 per cent"


# Who says so, how old it is, and who says otherwise.


def test_an_edition_that_holds_an_older_number_says_what_is_newer() -> None:
    on = reading.edition("2026-05")
    with reading.use(on):
        (said,) = facts.facts_of(fc.latest("anthropic-revenue-run-rate"), on=on).statements
    assert said.age == "Of April 2026. The newest is over $47 billion, in May 2026 (Anthropic, 28 May 2026)."
    assert said.held.startswith("The booklet reads Anthropic at over 30 billion dollars")


@pytest.mark.parametrize("name", READINGS)
def test_nothing_newer_is_said_of_the_newest_alone(name: str) -> None:
    on = read(name)
    newest = older = 0
    with reading.use(on):
        for series in on.store.series:
            rows = [row for row in on.known(series) if rule.counts(row, on.as_of)]
            for figure in fc.history(series) if rows else ():
                leaf = figure.node
                if leaf.name != series or leaf.tag == "illustrative":
                    continue  # a restated series answers under its successor's name, and an example does not age
                is_newest = leaf.period.end == max(row.period.end for row in rows)
                said = speakers.age(leaf, on)
                assert said.endswith("; nothing newer.") == is_newest, said
                if not is_newest:
                    row = rule.best(rows)
                    assert usual(row.series, row.qualifier, row.value) in said or row.is_span
                newest += is_newest
                older += not is_newest
    assert newest > 100 and older > 50


def test_what_only_the_booklet_supports_is_unsourced_everywhere(told) -> None:
    seen = 0
    for where, figure, fact in told:
        for leaf, each in zip([leaf for leaf in figure.leaves if leaf.tag], fact.statements, strict=False):
            if leaf.source is not None and leaf.source.is_unsourced and not leaf.identity.startswith("carried:"):
                assert "the booklet’s own" in each.standing.lower(), where
                assert ("Unsourced" in each.standing) == (leaf.tag != "illustrative"), where
                seen += 1
    assert seen > 10


def test_a_press_figure_and_a_bound_are_told_in_words() -> None:
    with reading.use(reading.edition("2026-05")):
        said = speakers.statement(fc.latest("mistral-revenue-run-rate").node)
        assert said.standing == "A press report, not the company’s own word. “Over”: at least this much."
        assert speakers.statement(fc.at("openai-revenue-run-rate", "2025-12").node).standing.startswith(
            "OpenAI’s own word."
        )


def test_what_was_worked_out_here_is_not_put_into_anybodys_mouth() -> None:
    """A leak gives cost and revenue; the margin is our division, as the note of its row says."""
    leaf = fc.latest("openai-gross-margin-audited").node
    assert leaf.note.startswith("Our division")
    assert speakers.said_by(leaf).startswith("by our division of what Ed Zitron and the Financial Times reported")
    assert speakers.statement(leaf).standing.startswith("Worked out here from what others reported. Leaked.")


def test_a_word_of_the_press_against_the_companys() -> None:
    on = reading.edition("2026-05")
    with reading.use(on):
        (said,) = facts.facts_of(fc.at("openai-revenue-run-rate", "2025-12"), on=on).statements
    assert [(answer.said, answer.source.reports or answer.source.outlet) for answer in said.others] == [
        ("$21.4 billion", "The Information, by way of Reuters")
    ]


def test_each_tag_and_voice_has_its_words() -> None:
    voices = {source.voice for source in reading.edition("working").store.sources.values()} - {"booklet"}
    assert {voice for _, voice in speakers.WORTH} == set(speakers.VOICES) == voices


# Names.


def test_the_words_of_a_series_fit_into_a_sentence() -> None:
    for series in reading.edition("working").store.series.values():
        assert not re.search(r"_|\.$| in (19|20)\d\d$|^The |^A ", series.called), series.called
        assert series.called.startswith(("the ", "what ", "a ", "businesses' ")) or "'s " in series.called, (
            series.called
        )


def test_a_sheet_and_the_terminal_have_the_same_sentence() -> None:
    from frontier_calc.press import explain

    with reading.use(reading.edition("2026-05")):
        pace = fc.latest("anthropic-revenue-run-rate")
        fact = facts.facts_of(pace)
        assert fact.sentence in explain.of_figure("page/pace", pace, fact)
        sheet = fc.book.ledger_sheet({"pace": pace}) if hasattr(fc, "book") else None
        assert sheet is None or fact.saying in str(sheet)


# What a sheet says of a figure that was promised, that grew until a month, or that was made by subtraction.


def test_a_plan_is_told_in_the_month_of_its_talk_and_for_the_month_of_its_aim() -> None:
    with reading.use(reading.edition("2026-07")):
        letter = facts.facts_of(fc.at("nvidia-openai-letter-of-intent", "2025-09")).sentence
        plans = facts.facts_of(fc.at("amazon-anthropic-capacity-2026", "2026-12")).sentence
    assert "letter of intent to OpenAI in September 2025" in letter
    assert "for December 2026" in plans


def test_what_was_paid_so_far_is_told_by_a_month() -> None:
    paid = facts.facts_of(fc.at("amazon-anthropic-invested", "2026-06")).sentence
    assert "has paid into Anthropic by June 2026" in paid


def test_a_year_of_a_promise_is_told_once() -> None:
    promise, term = (
        fc.at("amazon-anthropic-cloud-commitment", "2026-04"),
        fc.at("amazon-anthropic-cloud-commitment-term", "2026-04"),
    )
    a_year, three = (facts.facts_of(promise / term * fc.constant("years", count, "year")).sentence for count in (1, 3))
    assert "a year of Anthropic’s promise to AWS of over $100 billion" in a_year
    assert "a year of Anthropic’s promise to AWS (over $10 billion), times years (3)" in three


def test_a_ratio_is_told_in_years_where_one_year_was_meant() -> None:
    pace = fc.at("anthropic-revenue-run-rate", "2026-04")
    ratio = pace / fc.constant("a dollar a second, for a year", 31.5e6, "USD per year")
    one, three = (facts.facts_of(ratio * fc.constant("years", count, "year")).sentence for count in (1, 3))
    assert one.endswith(", in years.") and not three.endswith(", in years.")


def test_what_a_bill_leaves_of_sales_is_not_called_spent() -> None:
    sales, bill = fc.assume("sales", 3e9, "USD"), fc.at("amodei-2025-training-cost", "2024")
    assert bill.ruler.firmness == "spent"
    assert (sales - bill).ruler.firmness == ""
    assert (bill - sales).ruler.firmness == "spent"


def test_a_number_that_another_source_rounds_is_no_other_answer() -> None:
    booked = fc.at("openai-revenue-recognised", "FY2025")
    assert booked.leaves[0].disputes
    assert not [each for each in facts.facts_of(booked).others if "$13.1 billion" in str(each)]


def test_a_name_that_says_whose_word_it_is_says_so_only_of_that_voice() -> None:
    """A series that a rival's claim began may be told by somebody else: what the rival claims is not what he says."""
    (leaf,) = fc.at("anthropic-gross-net-gap", "2026-04").leaves
    assert "rival" in leaf.source.voice
    assert spoken.name_of(leaf) == "the resellers’ part that a rival’s memo claims of Anthropic’s sales pace"
    retold = dataclasses.replace(leaf, source=dataclasses.replace(leaf.source, voice="press"))
    assert spoken.name_of(retold) == "the resellers’ part of Anthropic’s sales pace"
