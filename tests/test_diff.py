"""The difference between two moments of the book: each sentence that moved, with the row that moved it."""

import json
from datetime import date
from pathlib import Path

import pytest
import small_book

from frontier_calc.press import accept, cli, diff, diff_words, moments, snapshot, weave
from frontier_calc.press.diff import Cause, Change
from frontier_calc.press.snapshot import Fact, PageSnapshot, Passage, Snapshot
from frontier_calc.record import reading

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book's data folder; what its pages say was accepted."""
    made = small_book.write(tmp_path / "book")
    monkeypatch.chdir(made.parent)
    monkeypatch.setenv("FRONTIER_DATA", str(made))
    accept.accept(made.parent)
    return made


def moved(data: Path, old: str = "accepted", new: str = "working") -> list[Change]:
    return moments.compare(moments.find(old, data.parent), moments.find(new, data.parent))


def told(changes: list[Change]) -> str:
    return diff_words.terminal(changes)


def newer_pace(data: Path) -> None:
    small_book.append(
        data, period="2026-05", published="2026-06-20", value="30", tag="estimated", recorded="2026-07-01"
    )


# What moved, and why.


def test_nothing_moved(data: Path, capsys) -> None:
    assert moved(data) == []
    assert cli.main(["diff"]) == 0
    assert capsys.readouterr().out == "Nothing moved: every page says what it said.\n"


def test_one_row_moves_sentences_cells_alt_texts_and_claims_and_is_read_once(data: Path) -> None:
    newer_pace(data)
    changes = moved(data)
    text = told(changes)
    row = "new: Lab revenue run rate, May 2026: $30 billion per year, estimated (The Wire, 2 May 2026; row 6)"
    assert text.count("new: Lab revenue run rate") == 1, text
    assert row in text, text
    for part in (
        "The Premise › The pace",
        "The lab said that it runs at [-$47-]{+$30+} billion a year, or [-$3.92-]{+$2.5+} billion a month.",
        "That is [-a-]{+no+} large sum.",
        "claim large: holds → otherwise",
        "table, pace, Value: [-$47 billion-]{+$30 billion+}",
        "The Premise › The margin",
        "chart: ",
        "in lists and sheets: The Premise (2)",
    ):
        assert part in text, f"{part!r} is not in\n{text}"
    sentences = [change for change in changes if not change.listed]
    assert all(cause.kind in ("new", "pin") for change in sentences for cause in change.causes), text


def test_a_correction_a_withdrawal_and_a_pin_are_named_as_such(data: Path) -> None:
    margin = {"series": "lab-margin", "period": "Q1-2026", "published": "2026-06-15", "unit": "percent"}
    small_book.append(data, **margin, value="44", recorded="2026-07-01")
    assert "corrected: Lab margin, the first quarter of 2026: 44 per cent, reported" in told(moved(data))
    assert "which was 40 per cent, reported" in told(moved(data))
    small_book.append(data, **margin, value="", recorded="2026-07-02")
    assert "withdrawn or no longer known: Lab margin, the first quarter of 2026: 40 per cent" in told(moved(data))
    (change,) = [each for each in moved(data) if each.kind == "sentence" and "margin" in each.heading.lower()]
    assert "40 per cent" in change.old and "38 per cent" in change.new
    small_book.edit(data / "pins.csv", lambda text: text.splitlines(True)[0])
    assert "no longer in force: pin on lab-revenue-run-rate, latest: held at" in told(moved(data))


def test_an_event_that_says_something_else_is_the_cause(data: Path) -> None:
    small_book.edit(data / "events.csv", lambda text: text.replace("Launched a model.", "Postponed a model."))
    (change,) = moved(data)
    assert [cause.identity for cause in change.causes] == ["event:launch"]


def test_a_landmark_that_weighs_something_else_is_the_cause(data: Path) -> None:
    small_book.edit(data / "landmarks.csv", lambda text: text.replace(",13,", ",14,"))
    changes = moved(data)
    assert changes and all(
        [cause.identity for cause in change.causes] == ["landmark:carrier"] for change in changes if not change.listed
    )


def test_prose_that_was_changed_is_no_rows_doing(data: Path) -> None:
    small_book.edit(data.parent / "index.md", lambda text: text.replace("It keeps", "The lab keeps"))
    small_book.edit(data.parent / "index.md", lambda text: text.replace("The rest stays as it is.\n\n", ""))
    small_book.edit(data.parent / "about.md", lambda text: text + "\nA new sentence.\n")
    changes = moved(data)
    assert {change.causes for change in changes} == {(diff.PROSE,)}
    assert [(change.old, change.new) for change in changes] == [
        ("The rest stays as it is.", ""),
        ("It keeps 40 per cent of that.", "The lab keeps 40 per cent of that."),
        ("", "A new sentence."),
    ]
    assert changes[0].heading == "The pace"


def test_the_day_of_reading_is_the_cause_where_it_is_told(tmp_path: Path) -> None:
    def at(day: date, said: str) -> Snapshot:
        return Snapshot("", day, {"page": snapshot.of_text("page", said)}, {})

    one, other = at(date(2026, 5, 31), "Read on 31 May 2026."), at(date(2026, 6, 30), "Read on 30 June 2026.")
    (change,) = diff.compare(one, other)
    assert [cause.text for cause in change.causes] == ["the day of reading, 31 May 2026 → 30 June 2026"]


def test_a_day_an_edition_and_another_folder_can_be_compared(data: Path, tmp_path: Path, capsys) -> None:
    import shutil

    other = Path(shutil.copytree(data, tmp_path / "other"))
    newer_pace(other)
    assert "$30" in told(moved(data, "working", str(other)))
    assert "$30" in told(moved(data, "2026-05", "2026-05-19"))  # by the rule alone, without its pin
    assert cli.main(["diff", "2026-04-31"]) == 1
    assert "found no moment '2026-04-31', expected one of 2026-05, working, accepted" in capsys.readouterr().err


def test_golden_text_and_woven_pages_tell_the_same_difference(refreshed: Path) -> None:
    before = reading.edition("working")
    after = reading.edition("working", refreshed)
    old = snapshot.of_woven(weave.weave_all(before, ROOT), before)
    new = snapshot.of_woven(weave.weave_all(after, ROOT), after)
    texts = {name: snapshot.of_text(name, page.text) for name, page in old.pages.items()}
    golden = Snapshot("golden", old.day, texts, old.facts, old.claims)

    def words(changes: list[Change]) -> list[tuple[str, str, str]]:
        return [(change.page, change.old, change.new) for change in changes]

    assert words(diff.compare(golden, new)) == words(diff.compare(old, new))


def test_every_passage_of_the_book_is_found_again_in_its_plain_text() -> None:
    on = reading.edition("working")
    for page in weave.weave_all(on, ROOT):
        woven = [passage.text for passage in snapshot.of_page(page).passages]
        assert woven == [passage.text for passage in snapshot.of_text(page.page.name, page.text).passages]


def test_a_snapshot_that_was_kept_as_json_is_the_snapshot() -> None:
    on = reading.edition("working")
    made = snapshot.of_woven(weave.weave_all(on, ROOT, ["ledger-1"]), on)
    texts = {name: page.text for name, page in made.pages.items()}
    again = snapshot.from_json(json.loads(json.dumps(snapshot.as_json(made))), texts)
    assert again.claims == made.claims and again.day == made.day
    assert [p.text for p in again.pages["ledger-1"].passages] == [p.text for p in made.pages["ledger-1"].passages]
    assert [p.rows for p in again.pages["ledger-1"].passages] == [p.rows for p in made.pages["ledger-1"].passages]
    assert {key: fact.said for key, fact in again.facts.items()} == {key: f.said for key, f in made.facts.items()}


def test_rows_kept_as_text_are_the_rows() -> None:
    facts = snapshot.facts(reading.edition("working"))
    again = snapshot.facts_from_text("# read on 2026-05-31\n" + snapshot.facts_as_text(facts))
    assert {key: (f.said, f.tag, f.outlet) for key, f in again.items()} == {
        key: (f.said, f.tag, f.outlet) for key, f in facts.items()
    }


# How it is told.


TWO_OPEN = """
```{code-cell} ipython3
%%claim dear: pace > 40e9

That is dear.
```

```{code-cell} ipython3
modest = fc.claim("modest", pace > fc.constant("threshold", 41e9, "USD per year"), "It is not modest.")
```

{eval}`dear` {eval}`modest`
"""


@pytest.fixture
def wordless(data: Path) -> Path:
    """The same with two claims on a page that have no words for what a new row says, and a list of figures after it."""
    small_book.edit(data.parent / "index.md", lambda text: text.replace("## The margin", TWO_OPEN + "\n## The margin"))
    accept.accept(data.parent)
    newer_pace(data)
    return data


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_claims_without_words_are_all_named_and_the_rest_of_what_moved_is_told(
    wordless: Path, capsys, form: str
) -> None:
    assert cli.main(["diff", "--format", form]) == 1
    out = capsys.readouterr().out
    assert "$30" in out and "That is" in out, out
    for claim in ("dear", "modest"):
        (line,) = [line for line in out.splitlines() if f"claim {claim} no longer holds" in line]
        place = line.partition("index.md:")[2].partition(":")[0]
        source = (wordless.parent / "index.md").read_text("utf-8").splitlines()
        assert claim in source[int(place) - 1], line
    assert out.count("or rewrite the paragraph") == 2


def test_json_names_the_claims_without_words_as_well(wordless: Path, capsys) -> None:
    assert cli.main(["diff", "--format", "json"]) == 1
    made = json.loads(capsys.readouterr().out)
    assert made["changes"] and [each.partition(":")[0] for each in made["needs_words"]] == ["index.md", "index.md"]


def test_a_page_that_cannot_be_read_at_one_of_two_moments_is_named_and_the_others_are_told(data: Path, capsys) -> None:
    small_book.edit(data.parent / "about.md", lambda text: text + "\n{eval}`nothing`\n")
    newer_pace(data)
    assert cli.main(["diff"]) == 1
    out = capsys.readouterr().out
    assert "claim large: holds → otherwise" in out and "about.md:" in out and "cell above" in out
    assert "Nothing here rests on a row" not in out  # what cannot be read is not told as gone


def test_markdown_marks_words_and_escapes_what_rows_hold(data: Path, capsys) -> None:
    small_book.edit(data / "events.csv", lambda text: text.replace("Launched a model.", "Launched <b>*two*</b>."))
    assert cli.main(["diff", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("## 1. corrected: Lab: 2026-04-06 · Launched \\<b\\>\\*two\\*\\</b\\>.")
    assert "- *The Premise › The pace*: It was Launched ~~a model.~~ **\\<b\\>\\*two\\*\\</b\\>.**" in out


def test_json_holds_every_change_with_its_causes(data: Path, capsys) -> None:
    newer_pace(data)
    assert cli.main(["diff", "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["version"] == 1
    first = made["changes"][0]
    assert (first["page"], first["heading"], first["causes"][0]["kind"]) == ("premise", "The pace", "new")


def test_lists_and_sheets_are_told_one_by_one_when_asked_for(data: Path, capsys) -> None:
    newer_pace(data)
    assert cli.main(["diff"]) == 0
    short = capsys.readouterr().out
    assert cli.main(["diff", "--all"]) == 0
    long = capsys.readouterr().out
    assert "in lists and sheets" in short and "in lists and sheets:" not in long
    assert len(long.splitlines()) > len(short.splitlines())


def test_a_terminal_gets_colours_and_a_file_gets_brackets() -> None:
    change = Change("page", "Page", "", "sentence", "It is 3.", "It is 4.", (diff.PROSE,))
    assert "It is [-3.-]{+4.+}" in diff_words.terminal([change])
    assert "It is \x1b[31m3.\x1b[0m \x1b[32m4.\x1b[0m" in diff_words.terminal([change], colours=True)


def test_what_several_rows_moved_is_told_once_and_names_them_all() -> None:
    a, b = diff.Cause("new", "new: a", "a"), diff.Cause("new", "new: b", "b")
    one = Change("page", "Page", "", "sentence", "A 1.", "A 2.", (a,))
    both = Change("page", "Page", "", "sentence", "B 1.", "B 2.", (a, b))
    text = diff_words.terminal([one, both])
    assert text.count("new: a") == 1 and "B [-1.-]{+2.+}  (with new: b)" in text


def test_sentences_are_paired_by_their_words_and_rows_by_their_first_cell() -> None:
    def passages(*texts: str) -> list[Passage]:
        return [Passage("row" if "\t" in text else "sentence", text) for text in texts]

    olds = passages("The lab sold much in April.", "Nobody knows why.", "pace\t30", "margin\t40")
    news = passages("Something new stands here now.", "The lab sold much in May.", "margin\t44", "extra\t1")
    pairs = [(old and old.text, new and new.text) for old, new, _ in diff._pairs(olds, news)]
    assert ("The lab sold much in April.", "The lab sold much in May.") in pairs
    assert ("margin\t40", "margin\t44") in pairs
    assert (None, "Something new stands here now.") in pairs and ("Nobody knows why.", None) in pairs
    assert ("pace\t30", None) in pairs and (None, "extra\t1") in pairs


def test_one_sentence_in_the_place_of_one_is_what_its_claim_says_now() -> None:
    old = Passage("sentence", "Neither could pay for such a year.")
    new = Passage("sentence", "For one of them that sum comes near.", claims=("sums",))
    plain = Passage("sentence", "For one of them that sum comes near.")
    assert diff._pairs([old], [new]) == [(old, new, 0)]
    assert diff._pairs([old], [plain]) == [(old, None, -1), (None, plain, 0)]


def page_of(*passages: Passage) -> PageSnapshot:
    return PageSnapshot("page", "Page", "\n\n".join(each.text for each in passages), lambda: passages)


def test_the_same_words_divided_otherwise_are_no_change() -> None:
    between, third, fourth = (Passage("sentence", text) for text in ("Between.", "It is now 3.", "It is now 4."))
    divided = page_of(Passage("sentence", "One."), Passage("sentence", "Two."), between, third)
    whole = page_of(Passage("row", "One. Two."), between, fourth)
    before, now = Snapshot("", None, {"page": divided}, {}), Snapshot("", None, {"page": whole}, {})
    found = {(change.old, change.new) for change in diff.compare(before, now)}
    assert found == {(third.text, fourth.text)}


def test_a_row_that_was_known_before_and_is_taken_now_is_named() -> None:
    facts = {name: Fact(name, name, f"fact {name}", "30", "reported", "The Wire") for name in ("a", "b")}

    def at(row: str, said: str) -> Snapshot:
        passage = Passage("sentence", said, template="It is {pace}.", rows=frozenset({row}))
        return Snapshot("", None, {"page": page_of(passage)}, facts)

    (change,) = diff.compare(at("a", "It is 30."), at("b", "It is 31."))
    assert [(cause.kind, cause.identity) for cause in change.causes] == [("taken", "b")]
    assert change.causes[0].text == "known before, taken now: fact b: 30, reported (The Wire)"


def test_a_row_that_went_out_of_a_sheet_is_told_with_the_lists_though_golden_text_knows_no_sheets() -> None:
    rows = [Passage("row", f"figure {name}\t30", rows=frozenset(), listed=True) for name in "abc"]
    now = page_of(*rows[:2], Passage("sentence", "The end.", rows=frozenset()))
    golden = snapshot.of_text("page", "figure a\t30\nfigure b\t30\nfigure c\t30\n\nThe end.")
    (change,) = diff.compare(Snapshot("", None, {"page": golden}, {}), Snapshot("", None, {"page": now}, {}))
    assert (change.old, change.new, change.listed) == ("figure c\t30", "", True)


def test_a_number_within_another_is_no_sign_of_the_row_that_says_it() -> None:
    assert diff._says("it keeps 8 per cent.", "8 per cent")
    assert not diff._says("it keeps 38 per cent.", "8 per cent")
    assert not diff._says("it keeps 2.8 per cent.", "8 per cent")


def test_the_quotation_marks_of_a_keyboard_and_of_print_are_one() -> None:
    kept, printed = (page_of(Passage("row", f"Loss\tCNBC, reporting {words}")) for words in ("a 'lab's'", "a ‘lab’s’"))
    assert not diff._compare_page(kept, printed, why=None)


def test_in_short_every_change_of_a_long_sentence_is_seen_and_what_stayed_is_left_out() -> None:
    stayed = "and it went on and on as it had done in each of the years before that one "
    old, new = (
        f"{stayed * 2}at {a} billion {stayed * 2}or {b} a month {stayed}." for a, b in (("30", "2"), ("47", "3"))
    )
    change = Change("premise", "The Premise", "", "sentence", old, new, (Cause("new", "a row", "a"),))
    (line,) = [line for line in diff_words.short([change]).splitlines() if "premise" in line]
    assert "at [-30-]{+47+} billion" in line and "or [-2-]{+3+} a month" in line and "…" in line
    assert len(line) < 250 < len(new)
