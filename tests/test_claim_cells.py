"""Claims written as prose: a cell of sentences, gone through as Python goes through if, elif and else."""

import subprocess
import sys
from datetime import date

import books
import jupytext
import nbclient
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from making import observed

import frontier_calc as fc
from frontier_calc import ClaimError, claims, parse_claim
from frontier_calc.claim_cells import translate
from frontier_calc.press import check, weave
from frontier_calc.press.pages import Page, PageError
from frontier_calc.record.store import Event

pytestmark = pytest.mark.slow

LEAD = observed("lead", 1.25, source="The Wire, 6 April 2026")
WIDE = observed("wide", 1.25, low=0.9, high=1.5)
PACE = observed("Lab B", 24e9, "USD per year", tag="estimated")
NOT_KNOWN = observed("gone", float("nan"))

LEADS = """%%claim lead_on_net: lead > 1 and rival.tag == "reported"
Net against net, Lab A leads,
at {lead.times} the pace.
when lead > 1: Lab A leads, if an estimate of {rival} is right.
otherwise: Lab B leads: A’s pace is {lead.percent} of it.
overlap:
By the ranges either may lead.
"""


def made(source, **names):
    """The claim that a cell makes of these names."""
    return parse_claim(source).make(names)


def said(source, **names):
    return str(made(source, **names))


def test_the_first_condition_that_is_true_gives_its_sentence():
    reported = observed("Lab B", 24e9, "USD per year")
    assert said(LEADS, lead=LEAD, rival=reported) == "Net against net, Lab A leads, at 1.2 times the pace."
    assert said(LEADS, lead=LEAD, rival=PACE) == "Lab A leads, if an estimate of $24 billion is right."
    assert said(LEADS, lead=observed("lead", 0.8), rival=PACE) == "Lab B leads: A’s pace is 80 per cent of it."


def test_a_range_that_leaves_a_condition_open_gives_the_words_for_overlap():
    assert said(LEADS, lead=WIDE, rival=PACE) == "By the ranges either may lead."
    # What is false whatever the range does is not open: here the tag settles the first condition.
    source = LEADS.replace("when lead > 1", "when lead > 0.5")
    assert said(source, lead=WIDE, rival=PACE).startswith("Lab A leads, if")


@pytest.mark.parametrize(
    ("value", "qualifier", "condition", "verdict"),
    [
        (1.5, "over", "x > 1", "holds"),
        (0.8, "over", "x > 1", "overlap"),
        (1.5, "under", "x > 1", "overlap"),
        (0.8, "up to", "x > 1", "otherwise"),
        (0.8, "about", "x > 1", "otherwise"),
        (40.0, "over", "100 / x < 3", "holds"),
        (30.0, "over", "100 / x < 3", "overlap"),
        (30.0, "over", "x >= 30", "holds"),
    ],
)
def test_a_one_sided_bound_leaves_open_what_lies_on_its_side(value, qualifier, condition, verdict):
    claim = made(
        f"%%claim c: {condition}\nYes.\noverlap: Perhaps.\notherwise: No.", x=observed("x", value, qualifier=qualifier)
    )
    assert claim.verdict == verdict


def test_what_is_left_open_without_words_for_it_is_refused():
    with pytest.raises(ClaimError) as caught:
        made("%%claim in_front: x > 1\nA leads.\notherwise: B leads.", x=observed("pace", 0.8, qualifier="over"))
    assert str(caught.value).splitlines() == [
        "claim in-front is left open by ranges or one-sided bounds, and no sentence says so.",
        "  claimed: x > 1",
        "  x = over 0.8, known on 2026-05-02 (pace, page 1)",
        "  Add a line “overlap: ...”, or rewrite the paragraph.",
    ]


def test_what_no_sentence_fits_is_refused_and_names_figures_sources_and_dates():
    source = "%%claim in_front: a > b\nA leads.\nwhen a > 1: A is above one."
    with pytest.raises(ClaimError) as caught:
        made(source, a=observed("Lab A", 0.5, source="The Wire"), b=observed("Lab B", 0.8, source="The Paper"))
    assert str(caught.value).splitlines() == [
        "claim in-front no longer holds, and no sentence says what has become true.",
        "  claimed: a > b",
        "  claimed: a > 1",
        "  a = 0.5, known on 2026-05-02 (The Wire)",
        "  b = 0.8, known on 2026-05-02 (The Paper)",
        "  Add a line “otherwise: ...”, or rewrite the paragraph.",
    ]


def test_broken_claims_of_cells_can_be_collected_too(monkeypatch):
    monkeypatch.setattr(claims, "collected", [])
    assert said("%%claim c: x > 1\nYes.", x=observed("x", 0.5)) == "[the claim c does not hold]"
    assert len(claims.collected) == 1


def test_a_claim_about_what_was_not_known_says_so():
    claim = made("%%claim c: x > 1\nYes, {x}.\notherwise: No.", x=NOT_KNOWN)
    assert (claim.verdict, str(claim), claim.branch) == ("unknown", "[not known then]", None)


def test_a_claim_about_what_has_no_value_says_neither_yes_nor_no():
    nothing = observed("a", 0.0) / observed("b", 0.0)
    claim = made("%%claim c: x > 1\nYes, {x}.\notherwise: No.", x=nothing)
    assert (claim.verdict, claim.branch) == ("undefined", None)


def test_otherwise_may_say_nothing_and_no_other_branch_may():
    claim = made("%%claim c: x > 1\nYes.\notherwise:", x=observed("x", 0.5))
    assert (str(claim), claim.spans, claim.verdict) == ("", (), "otherwise")
    for source, line in (
        ("%%claim c: x > 1\notherwise: No.", 1),
        ("%%claim c: x > 1\nYes.\noverlap:", 3),
        ("%%claim c: x > 1\nYes.\nwhen x > 0:\n\notherwise: No.", 3),
    ):
        with pytest.raises(ClaimError, match="found no sentence for") as caught:
            parse_claim(source)
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("a > 1", True),
        ("not a > 1", False),
        ("0.8 <= a <= 1.3", True),
        ("0.8 <= a <= 1.2", False),
        ("1 < a < 2 < b", True),
        ("a > 1 and wide > 1", None),
        ("a < 1 and wide > 1", False),
        ("a > 1 or wide > 1", True),
        ("a < 1 or wide > 1", None),
        ("not wide > 1", None),
        ("a.tag == 'reported'", True),
        ("a.tag in ('estimated', 'projected')", False),
        ("a.tag == 'reported' and a.period == wide.period", True),
        ("flag and a > 1", True),
        ("not flag or a < 1", False),
        ("joined", True),
        ("fc.growth.between(a, 1, 2)", True),
        ("len(none) > 0 and none[0] > 1", False),
        ("len(none) == 0 or none[0] > 1", True),
        ("(a > 1) & (a < 2)", True),
        ("(a < 1) | ~(a < 2)", False),
        ("1 < a", True),
        ("a - a >= wide - wide", True),
        ("floor > 1", None),
        ("stated(floor > 1)", False),
        ("stated(wide > 1)", None),
        ("stated(not 0.8 <= floor <= 1.3)", False),
        ("stated(floor < 1 and a > 1)", True),
        ("stated(floor > 1 or wide > 1)", None),
        ("not stated(floor > 1)", True),
        ("stated(floor < 1) and floor < 1", None),
        ("stated(floor > 1) and floor < 1", False),
        ("stated(stated(floor < 1))", True),
        ("stated(flag) or floor > 1", True),
        ("fc.stated(floor < 1)", True),
        ("stated(fc.growth.between(floor, 0.5, 1.1))", True),
    ],
)
def test_a_condition_is_pythons_with_three_truth_values(condition, truth):
    floor = observed("floor", 0.9, qualifier="over")
    names = {"a": LEAD, "b": observed("b", 3.0), "wide": WIDE, "floor": floor, "flag": True, "none": [], "fc": fc}
    names["joined"] = (LEAD > 1) & True
    assert translate(condition, names).truth is truth


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("leed > 1", "there is no leed, in “leed > 1”; did you mean lead?"),
        ("lead", "“lead” is a figure and no truth value: compare it, as in lead > 1"),
        ("not lead", "“lead” is a figure and no truth value"),
        ("lead.tag", "“lead.tag” is 'reported', expected a comparison or a truth value"),
        ("lead > 1 and lead", "“lead” is a figure and no truth value"),
        ("lead == 1", "lead is a figure and equals no bare number"),
        ("stated(lead)", "“lead” is a figure and no truth value"),
        ("stated()", "“stated()”: expected one condition, as in stated(lead > 1)"),
        ("stated(lead > 1, lead < 2)", "expected one condition, as in stated(lead > 1)"),
        ("lead > rival", "cannot compare lead"),
        ("lead.fild > 1", "a figure has no 'fild'"),
        ("[1][3] > 1", "IndexError: list index out of range"),
        ("all(x > 1 for x in [lead])", "a comparison of figures is not a truth value"),
    ],
)
def test_a_condition_that_asks_for_nothing_sensible_is_explained(condition, message):
    with pytest.raises(ClaimError) as caught:
        made(f"%%claim c: {condition}\nYes.\notherwise: No.", lead=LEAD, rival=PACE)
    assert message in str(caught.value) and caught.value.line == 1


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("%%claim", 1, "found '%%claim', expected %%claim NAME: CONDITION"),
        ("%%claim two words: x > 1\nYes.", 1, "expected %%claim NAME: CONDITION"),
        ("%%claim in-front: x > 1\nYes.", 1, "expected %%claim NAME: CONDITION"),
        ("%%claim c:\nYes.", 1, "expected %%claim NAME: CONDITION"),
        ("%%claim c: x >\nYes.", 1, "the condition 'x >' is not Python: invalid syntax"),
        ("%%claim c: x > 1\nYes.\nwhen x > : No.", 3, "the condition 'x >' is not Python"),
        ("%%claim c: x > 1\nYes.\nwhen it rains", 3, "expected “when CONDITION:”"),
        ("%%claim c: x > 1\nYes.\nOtherwise: No.", 3, "found 'Otherwise: No.', expected “otherwise:”"),
        ("%%claim c: x > 1\nYes.\nelse: No.", 3, "expected “otherwise:”"),
        ("%%claim c: x > 1\nYes.\notherwise: No.\notherwise: No!", 4, "found a second “otherwise:”"),
    ],
)
def test_a_cell_that_is_not_written_like_a_claim_is_named_with_its_line(source, line, message):
    with pytest.raises(ClaimError) as caught:
        parse_claim(source)
    assert message in str(caught.value) and caught.value.line == line


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("{leed}", "{leed}: there is no leed; did you mean lead?"),
        ("{lead.foldd}", "a figure has no 'foldd'"),
        ("{rival.percent}", "percent words a ratio"),
        ("{flag}", "{flag} is True, expected a figure, a date or a text"),
        ("{lead:times}", "found '{lead:times}.', expected a place such as {name}"),
        ("{lead", "found '{lead.', expected a place"),
    ],
)
def test_a_place_that_names_nothing_is_named_with_its_line_also_in_a_branch_that_is_not_said(place, message):
    source = f"%%claim c: lead > 1\nYes, by a long way\nand more.\notherwise: No,\nnot {place}."
    with pytest.raises(ClaimError) as caught:
        made(source, lead=LEAD, rival=PACE, flag=True)
    assert message in str(caught.value) and caught.value.line == 5


EVENT = Event(
    id="launch",
    date="2026-04-06",
    published=None,
    known=None,
    kind="event",
    who="Lab {A}",
    what="",
    words="",
    confirmed="yes",
    source=None,
    recorded=date(2026, 6, 30),
    note="",
)


NEWS = """%%claim news: told is not None and told > 1
In the autumn it was {told.times}.
otherwise: Nothing was known of the autumn yet.
"""


def test_a_sentence_that_is_ruled_out_may_name_news_that_is_not_known_yet():
    assert said(NEWS, told=LEAD) == "In the autumn it was 1.2 times."
    before = made(NEWS, told=None)
    assert str(before) == "Nothing was known of the autumn yet."
    assert "".join(map(str, before.said(before.branches[0]))) == "In the autumn it was [not known then]."


@pytest.mark.parametrize(
    "source",
    [
        NEWS.replace("told is not None and told > 1", "told is None"),  # the sentence would be said with a gap
        NEWS.replace("otherwise: Nothing was known", "otherwise: {told} was known"),
        NEWS.replace("told is not None and told > 1", "lead > 2 and told is not None"),  # a what-if could bring it back
        NEWS.replace("told.times", "tolled.times"),
    ],
)
def test_news_may_be_missing_in_no_sentence_that_is_said_or_can_come_back(source):
    with pytest.raises(ClaimError, match=r"told|tolled"):
        made(source, told=None, lead=LEAD)


def test_a_sentence_may_show_whatever_has_words():
    source = "%%claim c: lead > 1\n{event.who}, {event.when}; {lead.when}, {lead.tag}: {told}, {account.lead.times}."
    account = type("Account", (), {"lead": LEAD})
    assert said(source, lead=LEAD, event=EVENT, told="“{lead}”", account=account) == (
        "Lab {A}, 6 April 2026; April 2026, reported: “{lead}”, 1.2 times."
    )


def test_a_condition_may_hold_colons_and_a_sentence_may_begin_a_line_with_otherwise():
    source = "%%claim c: lead > 1\nA leads,\notherwise said.\nwhen [lead][0:1][0] > 0: Above nothing: {lead}."
    assert said(source, lead=LEAD) == "A leads, otherwise said."
    assert said(source, lead=observed("lead", 0.5)) == "Above nothing: 0.5."


def test_a_claim_can_be_read_in_each_of_its_branches():
    claim = made(LEADS, lead=LEAD, rival=PACE)
    assert [(branch.kind, branch.text, branch.line) for branch in claim.branches] == [
        ("holds", 'lead > 1 and rival.tag == "reported"', 1),
        ("when", "lead > 1", 4),
        ("otherwise", "", 5),
        ("overlap", "", 6),
    ]
    assert ["".join(map(str, claim.said(branch))) for branch in claim.branches][2:] == [
        "Lab B leads: A’s pace is 125 per cent of it.",
        "By the ranges either may lead.",
    ]
    assert claim.branch is claim.branches[1]
    assert [str(span) for span in claim.spans] == ["Lab A leads, if an estimate of ", "$24 billion", " is right."]
    assert claim.spans[1].figure is PACE


def test_a_claim_knows_whose_tag_and_qualifier_it_asks_about_and_what_it_compares():
    source = "%%claim c: a > 1 and b.tag == 'reported'\nYes.\nwhen a.qualifier != 'over': Yes.\notherwise:"
    claim = made(source, a=LEAD, b=PACE)
    assert claim.consulted == ("b", "a") and claim.id == "c"
    assert claim.compared == (LEAD,)
    assert made(LEADS, lead=LEAD, rival=PACE).figures == {"lead": LEAD, "rival": PACE}


def test_the_html_of_a_claim_is_its_sentence_with_its_text_escaped():
    claim = made("%%claim a_ahead: lead > 1\nA & B < {lead.times} {text}", lead=LEAD, text="<script>")
    assert claim._repr_html_() == (
        '<span class="claim mathjax_ignore" data-claim="a-ahead" data-verdict="holds">A &amp; B &lt; '
        f'<span class="figure" data-figure="{LEAD.key}" data-tag="reported">1.2 times</span> &lt;script&gt;</span>'
    )


# In a notebook.


@pytest.fixture
def shell():
    made = InteractiveShell()
    fc.load_ipython_extension(made)
    made.run_cell("import frontier_calc as fc\nlead = fc.assume('lead', 1.25)\nrival = fc.assume('rival', 2)")
    return made


def test_a_cell_of_a_notebook_gives_its_name_to_the_claim_and_displays_nothing(shell, capsys):
    result = shell.run_cell("%%claim in_front: lead > 1\nA leads, at {lead.times}.\notherwise: B leads.")
    assert result.success and result.result is None and capsys.readouterr().out == ""
    assert str(shell.user_ns["in_front"]) == "A leads, at 1.2 times."


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (
            "%%claim in_front: lead > 1\nA leads.\notherwise: At {leed.times} B leads.",
            [
                "line 3 of the cell: otherwise: At {leed.times} B leads.",
                "ClaimError: claim in-front: {leed.times}: there is no leed; did you mean lead?",
            ],
        ),
        (
            "\n%%claim in_front lead > 1\nA leads.",
            [
                "line 1 of the cell: %%claim in_front lead > 1",
                "ClaimError: found '%%claim in_front lead > 1', expected %%claim NAME: CONDITION, such as "
                "%%claim in_front: lead > 1",
            ],
        ),
        (
            "%%claim in_front: lead > rival\nA leads.",
            [
                "line 1 of the cell: %%claim in_front: lead > rival",
                "ClaimError: claim in-front no longer holds, and no sentence says what has become true.",
                "  claimed: lead > rival",
                "  lead = 1.25 (no source)",
                "  rival = 2 (no source)",
                "  Add a line “otherwise: ...”, or rewrite the paragraph.",
            ],
        ),
    ],
)
def test_a_mistake_in_a_notebook_shows_its_line_and_no_traceback(shell, capsys, cell, shown):
    shell.run_cell(cell)
    assert capsys.readouterr().out.splitlines() == shown


def test_importing_the_calculation_registers_the_magic_in_ipython_and_loads_no_ipython_elsewhere():
    program = "import frontier_calc, sys; print('IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "False\n"
    program = (
        "from IPython.core.interactiveshell import InteractiveShell as S; shell = S.instance(); import frontier_calc; "
        "print('claim' in shell.magics_manager.magics['cell'])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "True\n"


def test_a_claim_stays_as_it_is_written_from_the_page_to_a_real_kernel():
    notebook = jupytext.reads(books.HEADER + CELLS.replace("{more}", ""), fmt="md:myst")
    notebook.cells.append(nbformat.v4.new_code_cell("in_front"))
    run = nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    outputs = [cell.outputs for cell in run.cells if cell.cell_type == "code"]
    assert outputs[:2] == [[], []]
    assert outputs[2][0].data["text/plain"] == "A leads, and has widened the distance, at 1.2 times of 37."


# On a page.

CELLS = """# A page

```{code-cell} ipython3
import frontier_calc as fc
lead = fc.assume("lead", 1.25)
```

```{code-cell} ipython3
:tags: [hide-input]

%%claim in_front: lead > 1
A leads, and has widened the distance,
at {lead.times} of 37.
otherwise: B leads{more}.
```

Who leads? {eval}`in_front`
"""


def woven(folder, markdown):
    (folder / "page.md").write_text(books.HEADER + markdown, encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    page = Page(folder, "page")
    return page, lambda: weave.weave(page, fc.edition("2026-05"))


def test_a_page_weaves_the_claims_of_its_cells(tmp_path):
    _, run = woven(tmp_path, CELLS.replace("{more}", ""))
    page = run()
    assert "Who leads? A leads, and has widened the distance, at 1.2 times of 37." in page.text
    assert list(page.claims) == ["in_front"] and page.claims["in_front"].id == "in-front"


def test_a_mistake_in_a_claim_of_a_page_is_named_with_the_line_of_its_file(tmp_path):
    page, run = woven(tmp_path, CELLS)
    with pytest.raises(PageError, match=r"\{more\}: there is no more") as caught:
        run()
    assert page.path.read_text(encoding="utf-8").splitlines()[caught.value.line - 1] == "otherwise: B leads{more}."


def test_a_claim_vouches_for_the_comparisons_of_its_sentences_and_for_no_number(tmp_path):
    page, _ = woven(tmp_path, CELLS)
    found = check.typed_numbers(page, [])
    lines = page.path.read_text(encoding="utf-8").splitlines()
    assert [lines[error.line - 1] for error in found] == ["at {lead.times} of 37."]
    assert found[0].message.startswith("found the typed number '37.'")
