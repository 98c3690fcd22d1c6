"""A paragraph is split into its sentences, and joining them gives the paragraph back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontier_calc.press import sentences


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]),
        ("It costs $2.5 billion. That is 7.7 per cent.", ["It costs $2.5 billion. ", "That is 7.7 per cent."]),
        ("Chips, e.g. GPUs, i.e. Nvidia’s. Then power.", ["Chips, e.g. GPUs, i.e. Nvidia’s. ", "Then power."]),
        ("Mr. J. Cahn of Sequoia Inc. asked. So?", ["Mr. J. Cahn of Sequoia Inc. asked. ", "So?"]),
        ("“Where is it?” he asked. (Nobody knew.) Then…", ["“Where is it?” he asked. ", "(Nobody knew.) ", "Then…"]),
        ("They lost. xAI won. And so on", ["They lost. ", "xAI won. ", "And so on"]),
        ("See No. 5 of p. 7. The answer is no. Next.", ["See No. 5 of p. 7. ", "The answer is no. ", "Next."]),
        ("It grew in 2026. 30 others fell.", ["It grew in 2026. ", "30 others fell."]),
        ("It sells in the U.S. and the U.K. too.", ["It sells in the U.S. and the U.K. too."]),
        ("", []),
        ("No stop", ["No stop"]),
    ],
)
def test_a_sentence_ends_at_a_stop_before_a_capital_and_not_after_an_abbreviation(paragraph, expected) -> None:
    assert sentences.split(paragraph) == expected


@given(st.text(alphabet="aB1 .?!…”“’()$,\n\u00a0-", max_size=60))
def test_the_sentences_joined_are_the_paragraph(paragraph: str) -> None:
    found = sentences.split(paragraph)
    assert "".join(found) == paragraph
    assert all(found)
