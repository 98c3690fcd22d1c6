"""Claims: a sentence rests on a comparison, and never outlives it."""

import pytest
from making import observed

from frontier_calc import ClaimError, RulerError, UnitError, claim, claims, stated

LEAD = observed("Lab A", 30e9, "USD per year", source="The Wire, 6 April 2026")
LAG = observed("Lab B", 24e9, "USD per year", source="The Paper, 31 March 2026")


def test_a_sentence_stands_while_its_comparison_holds():
    made = claim("overtakes", LEAD > LAG, "A, at {a}, is ahead.", a=LEAD)
    assert (made.verdict, str(made)) == ("holds", "A, at $30 billion, is ahead.")


def test_the_other_sentence_stands_when_it_does_not():
    made = claim("overtakes", LAG > LEAD, "B is ahead.", otherwise="B, at {b.rough}, is behind.", b=LAG)
    assert (made.verdict, str(made)) == ("otherwise", "B, at $24 billion, is behind.")


def test_a_claim_without_words_for_what_has_become_true_stops_and_names_both_figures():
    with pytest.raises(ClaimError) as caught:
        claim("overtakes", LAG > LEAD, "B is ahead.")
    assert str(caught.value).splitlines() == [
        "claim overtakes no longer holds, and no sentence says what has become true.",
        "  claimed: Lab B > Lab A",
        "  Lab B = $24 billion, known on 2026-05-02 (The Paper, 31 March 2026)",
        "  Lab A = $30 billion, known on 2026-05-02 (The Wire, 6 April 2026)",
        '  Give the claim an otherwise="..." sentence, or rewrite the paragraph.',
    ]


def test_broken_claims_can_be_collected_instead(monkeypatch):
    monkeypatch.setattr(claims, "collected", [])
    made = claim("overtakes", LAG > LEAD, "B is ahead.")
    assert (str(made), len(claims.collected)) == ("[the claim overtakes does not hold]", 1)


def test_ranges_that_overlap_have_their_own_sentence_where_the_author_wants_one():
    wide = observed("Lab C", 25e9, "USD per year", low=23e9, high=27e9)
    sentences = {"sentence": "C is ahead.", "overlap": "C and B are level."}
    assert str(claim("c", wide > LAG, **sentences)) == "C and B are level."
    # Ranges that do not touch leave nothing open.
    assert str(claim("c", wide > observed("Lab D", 22e9, "USD per year"), **sentences)) == "C is ahead."
    # The same thing on both sides is not uncertain against itself.
    assert str(claim("c", wide * 2 > wide, **sentences)) == "C is ahead."


def test_what_ranges_or_bounds_leave_open_without_words_for_it_is_refused_at_once():
    floor = observed("Lab C", 23e9, "USD per year", qualifier="over")
    wide = observed("Lab C", 25e9, "USD per year", low=23e9, high=27e9)
    for figure in (floor, wide):
        with pytest.raises(ClaimError, match="claim c is left open by ranges or one-sided bounds") as caught:
            claim("c", figure > LAG, "C is ahead.", otherwise="B is ahead.")
        assert 'Give the claim an overlap="..." sentence' in str(caught.value)
    assert claim("c", floor > LAG, "C is ahead.", overlap="Either may be.").verdict == "overlap"


def test_as_stated_a_floor_is_its_number_and_a_range_is_still_a_range():
    floor = observed("Lab C", 23e9, "USD per year", qualifier="over")
    wide = observed("Lab C", 25e9, "USD per year", low=23e9, high=27e9)
    assert claim("c", stated(floor > LAG), "C is ahead.", otherwise="B is ahead.").verdict == "otherwise"
    assert claim("c", stated(wide > LAG), "C is ahead.", overlap="Either may be.").verdict == "overlap"
    # The claim still knows what it compares, and where that comes from.
    assert stated(floor > LAG).figures == (floor, LAG)
    assert str(stated((floor > LAG) & (wide > LAG))) == "stated(Lab C > Lab B and Lab C > Lab B)"
    assert stated(~(floor > LAG)).holds


def test_a_joined_comparison_holds_only_in_all_its_parts():
    ratio = LEAD / LAG
    assert claim("c", (ratio > 1) & (ratio < 2), "Between.").verdict == "holds"
    assert claim("c", (ratio > 1) & (ratio < 1.1), "Between.", otherwise="Not.").verdict == "otherwise"
    # Exact bounds are not among the figures compared.
    assert [f.key for f in ((ratio > 1) & (ratio < 2)).figures] == [ratio.key]


def test_at_the_edge_the_relation_decides():
    same = observed("ratio", 1.0)
    verdicts = [claim("c", c, "x", otherwise="y").verdict for c in (same > 1, same >= 1, same < 1, same <= 1)]
    assert verdicts == ["otherwise", "holds", "otherwise", "holds"]


def test_a_claim_compares_like_with_like():
    with pytest.raises(RulerError):
        claim("c", observed("a", 1.0, basis="run-rate") > observed("b", 1.0, basis="recognised"), "x")
    with pytest.raises(UnitError):
        claim("c", observed("a", 1.0, "USD") > observed("b", 1.0, "EUR"), "x")


def test_a_misspelt_name_or_wording_in_a_sentence_is_named():
    with pytest.raises(ValueError, match=r"claim c: \{lag\}: there is no lag; did you mean lead\?"):
        claim("c", LEAD > LAG, "At {lag}.", lead=LEAD)
    with pytest.raises(ValueError, match=r"claim c: \{lead.foldd\}: a figure has no 'foldd'"):
        claim("c", LEAD > LAG, "At {lead.foldd}.", lead=LEAD)
    # Also in a sentence that is not the one in force.
    with pytest.raises(ValueError, match="there is no lag; it was given no figures"):
        claim("c", LEAD > LAG, "A.", otherwise="At {lag}.")


def test_a_claim_in_html_names_itself_its_verdict_and_its_figures_and_escapes_its_words():
    made = claim("a-ahead", LEAD > LAG, "A & B: {a}", a=LEAD)
    assert made._repr_html_() == (
        '<span class="claim mathjax_ignore" data-claim="a-ahead" data-verdict="holds">A &amp; B: '
        f'<span class="figure" data-figure="{LEAD.key}" data-tag="reported">$30 billion</span></span>'
    )
