"""What was worked out once is not again, and never stands in for what would be worked out now."""

import json
from pathlib import Path
from unittest.mock import Mock
from weakref import WeakKeyDictionary

import jupytext
import pytest
import small_book

from frontier_calc.book import facts
from frontier_calc.book.sheet import Sheet
from frontier_calc.press import changes, check, editions, pages, reconcile, shelved, weave
from frontier_calc.record import reading


def made(root: Path, *rests_on: str, thing: object = "new") -> object:
    return shelved.either(root, "a/thing", rests_on, lambda: thing)


def test_a_thing_is_made_again_only_where_what_it_rests_on_has_changed(tmp_path: Path) -> None:
    assert made(tmp_path, "one", "two", thing=["old"]) == ["old"]
    assert made(tmp_path, "one", "two") == ["old"]
    assert made(tmp_path, "one", "three") == "new"
    assert made(tmp_path, "one", "two", thing="again") == "again"  # one thing stands under a name
    assert made(tmp_path, "onet", "wo") == "new"  # two parts are not one long one


def test_a_thing_is_made_again_by_another_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "one", thing="old")
    monkeypatch.setattr(shelved, "code", lambda: "another")
    assert made(tmp_path, "one") == "new"


def test_the_code_is_every_module_and_table_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "diff.py").write_text("ALIKE = 0.4\n", encoding="utf-8")
    (tmp_path / "table.json").write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr(shelved, "PACKAGE", tmp_path)
    found = [shelved.code.__wrapped__()]
    for name in ("press/diff.py", "table.json"):
        (tmp_path / name).write_text("ALIKE = 0.5\n", encoding="utf-8")
        found.append(shelved.code.__wrapped__())
    assert len(set(found)) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"made_of": 1}', "\udcff"])
def test_a_spoilt_shelf_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    made(tmp_path, "one", thing="old")
    (file,) = shelved.shelf(tmp_path).iterdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert made(tmp_path, "one") == "new"


def test_where_nothing_can_be_shelved_it_is_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "_build").write_text("no folder", encoding="utf-8")
    assert [made(tmp_path, "one", thing="old"), made(tmp_path, "one")] == ["old", "new"]


# What is shelved.


def test_cells_are_read_from_the_shelf_until_their_page_changes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = data.parent
    page = pages.all_pages(root)[0]
    before = weave.cells(page)
    read = []
    parse = jupytext.reads
    monkeypatch.setattr(jupytext, "reads", lambda text, fmt: read.append(fmt) or parse(text, fmt=fmt))
    weave._cells.cache_clear()  # as the next command
    assert weave.cells(page) == before and not read
    small_book.edit(page.path, lambda text: text.replace("stays as it is", "has changed"))
    assert any("has changed" in cell.source for cell in weave.cells(page)) and read


def test_a_number_that_is_typed_or_called_unmeasured_since_is_seen(data: Path) -> None:
    page = pages.all_pages(data.parent)[0]
    assert not check.typed_numbers(page, [])
    small_book.edit(page.path, lambda text: text.replace("stays as it is", "stays at 12"))
    assert [error.line for error in check.typed_numbers(page, [])]
    assert not check.typed_numbers(page, ["stays at 12"])


@pytest.mark.slow
def test_what_changed_follows_the_kept_texts_and_the_titles_and_is_compared_once(data: Path, monkeypatch) -> None:
    for id, value in (("2026-06", "20"), ("2026-07", "55")):
        editions.publish(data.parent, data, id)
        small_book.append(data, period=id, published=f"{id}-20", value=value, recorded=f"{id}-21")
    editions.publish(data.parent, data, "2026-08", as_of="2026-08-31")
    before, compared = changes.what_changed().block, []
    compare = changes.diff.compare
    monkeypatch.setattr(changes.diff, "compare", lambda old, new: compared.append(new.name) or compare(old, new))
    assert changes.what_changed().block == before and not compared
    titled = before
    small_book.edit(data / "editions.csv", lambda text: text.replace("July 2026", "The summer"))
    assert (titled := changes.what_changed().block) != before
    for file in (editions.PASSAGES, "text/premise.txt"):
        small_book.edit(editions.folder(data, "2026-07") / file, lambda text: text.replace("$20", "$21"))
    assert changes.what_changed().block != titled and "$21" in str(changes.what_changed().block)


def test_figures_and_claims_of_a_page_are_the_same_named_alone_or_woven(real: Path, monkeypatch) -> None:
    monkeypatch.setattr(weave, "_woven", WeakKeyDictionary())
    on = reading.edition(reconcile.BOOKLET, real)
    for page in pages.all_pages(pages.find_root()):
        if not weave.has_sheet(page):
            continue
        alone, whole = weave.naming(page, on), weave._run_page(page, on)
        assert {name: figure.key for name, figure in alone.addresses.items()} == {
            name: figure.key for name, figure in whole.addresses.items()
        }
        assert {name: (claim.verdict, str(claim)) for name, claim in alone.claims.items()} == {
            name: (claim.verdict, str(claim)) for name, claim in whole.claims.items()
        }
        assert list(alone.events) == list(whole.events) and not alone.blocks


def test_what_a_page_names_and_what_there_is_to_tell_of_it_is_worked_out_once(real: Path, monkeypatch) -> None:
    monkeypatch.setattr(weave, "_woven", WeakKeyDictionary())
    on, worked_out = reading.edition(reconcile.BOOKLET, real), Mock(wraps=facts.facts_of)
    page = next(filter(weave.has_sheet, pages.all_pages(pages.find_root())))
    assert weave.naming(page, on) is weave.naming(page, on)
    monkeypatch.setattr(facts, "facts_of", worked_out)
    woven = weave.weave(page, on)
    (sheet,) = (output.value for output in woven.outputs if isinstance(output.value, Sheet))
    assert woven.told is sheet.told and worked_out.call_count == len(woven.figures) > 0
    woven.figures["another"] = next(iter(woven.figures.values()))  # as a cell below the sheet may name one
    del woven.told
    assert [name for name, _, _ in woven.told] == list(woven.figures)


def test_what_is_shelved_is_plain_json(data: Path) -> None:
    weave.cells(pages.all_pages(data.parent)[0])
    (file,) = shelved.shelf(data.parent).iterdir()
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {"made_of", "thing"}
