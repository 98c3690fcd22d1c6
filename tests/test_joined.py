"""A sum is never divided by the term of another sum without being named."""

from collections.abc import Callable
from pathlib import Path

import books
import making
import pytest

from frontier_calc.press import check, joined, weave
from frontier_calc.press.pages import all_pages
from frontier_calc.record.reading import Reading, edition

PROMISE, TERM = "lab-promise", "lab-promise-term"
SERIES = [
    {"series": PROMISE, "title": "The lab's promise", "unit": "USD", "spellings": "USD bn", "kind": "instant",
     "basis": "", "channel": "", "firmness": "committed"},
    {"series": TERM, "title": "Its term", "unit": "year", "spellings": "years", "kind": "instant", "basis": "",
     "channel": "", "maximum": "100", "describes": PROMISE},
]  # fmt: skip
SPRING = {"series": PROMISE, "period": "2026-05", "published": "2026-05-05", "value": "200"}
YEARS = {"series": TERM, "period": "2026-05", "published": "2026-05-05", "value": "5", "unit": "years"}
AUTUMN = {"series": PROMISE, "period": "2026-06", "published": "2026-06-28", "value": "111"}
PAGE = """# The Premise

```{code-cell} ipython3
:tags: [remove-cell]

import frontier_calc as fc
from frontier_calc import book, rulers

promise, term = fc.latest("lab-promise", "lab-promise-term")
then = fc.at("lab-promise", "2026-05")
CELL
```

```{code-cell} ipython3
book.ledger_sheet(globals())
```
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Reading]:
    """A builder of a book of one page, whose cell a test gives, on some rows: its working edition."""

    def build(cell: str, *rows: dict[str, str]) -> Reading:
        root = tmp_path / "book"
        root.mkdir()
        (root / "index.md").write_text(books.HEADER + PAGE.replace("CELL", cell), encoding="utf-8")
        (root / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
        usual = making.ROWS["observations"] | {"unit": "USD bn"}
        making.write_folder(root / "data", series=SERIES, observations=[usual | row for row in rows])
        return edition("working", root / "data")

    return build


def named(on: Reading) -> list[str]:
    root = on.store.folder.parent
    (page,) = all_pages(root)
    return joined.crossed(weave.weave(page, on), on)


DIVIDED = "a_year = rulers.per_year(promise, term)"


def test_a_sum_divided_by_its_own_term_is_right(read) -> None:
    assert named(read(DIVIDED, SPRING, YEARS)) == []


def test_a_newer_sum_divided_by_the_older_term_is_named_with_what_to_ask_for(read) -> None:
    on = read(DIVIDED, SPRING, YEARS, AUTUMN)
    (line,) = named(on)
    for part in (
        "index.md: a_year: The lab's promise of June 2026 (row 4) meets Its term of May 2026 (row 3)",
        "was told of the sum of May 2026 (row 2)",
        f'fc.at("{PROMISE}", "2026-05")',
        f'fc.find_at("{TERM}", "2026-06")',
    ):
        assert part in line, line
    assert f"{line}  [working]" in check.everything(on, on.store.folder.parent)


def test_what_is_worked_out_from_it_is_named_with_it(read) -> None:
    (line,) = named(read(f"{DIVIDED}\nboth = fc.total([a_year, a_year])", SPRING, YEARS, AUTUMN))
    assert line.startswith("index.md: a_year, both: ")


def test_beside_the_sum_that_it_was_told_of_a_term_is_right(read) -> None:
    assert named(read("less = fc.beside(promise, then / term)", SPRING, YEARS, AUTUMN)) == []


def test_a_term_told_before_its_sum_belongs_to_the_first_that_came(read) -> None:
    early = YEARS | {"period": "2026-04", "published": "2026-04-24"}
    assert named(read(DIVIDED, SPRING, early)) == []


def test_sums_of_two_dates_may_be_set_beside_each_other(read) -> None:
    assert named(read("less = fc.beside(promise, then)", SPRING, YEARS, AUTUMN)) == []


def test_a_term_that_describes_no_series_is_refused(folder) -> None:
    with pytest.raises(Exception, match=r"series.csv, row 2, column describes: found 'lab-pace'"):
        edition("working", folder(series=[{"describes": "lab-pace"}]))
