"""The switcher stays on the page, needs no script, and can be taken out again as if it had never been there."""

import pytest
from bs4 import BeautifulSoup, Tag

from frontier_calc.press import switcher
from frontier_calc.press.switcher import Edition, Place

PAGE = '<!DOCTYPE html>\r\n<html><head><script>"<main>"</script></head>\n<body class="a">\n<!-- <main> --><main id="m" data-x="1 > 0"><p>Text é.</p></main></body></html>\n'
MAY = Edition("2026-05", "May 2026", frozenset({"index.html", "ledgers/one.html"}), ("ledger-1: “<b>” is wrong.",))
OCTOBER = Edition("2026-10", "October <2026>", frozenset({"index.html", "ledgers/one.html", "ledgers/two.html"}))
NEWEST_FIRST = (OCTOBER, MAY)


def strip(place: Place) -> Tag:
    found = BeautifulSoup(switcher.dressed(PAGE, place, NEWEST_FIRST), "html.parser").select("main > .editions-strip")
    assert len(found) == 1
    return found[0]


def links(place: Place) -> dict[str, str]:
    return {way.get_text(): way["href"] for way in strip(place).select("nav a")}


def test_it_opens_the_main_part_of_a_page() -> None:
    made = switcher.dressed(PAGE, Place(MAY, "index.html"), NEWEST_FIRST)
    assert made.partition(switcher.BEGIN)[0].endswith('<main id="m" data-x="1 > 0">')


def test_a_page_without_a_main_part_has_it_at_the_top_of_its_body() -> None:
    made = switcher.dressed("<body><p>A.</p></body>", Place(MAY, "index.html"), NEWEST_FIRST)
    assert made.startswith(f"<body>{switcher.BEGIN}")


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(switcher.SwitcherError, match="without <main> and without <body>"):
        switcher.dressed("<p>A.</p>", Place(MAY, "index.html"), NEWEST_FIRST)


def test_a_long_page_is_read_as_far_as_the_place() -> None:
    page = "<body>" + "<p>\n</p>" * 30000 + "<main>there</main></body>"
    assert switcher.dressed(page, Place(MAY, "index.html"), NEWEST_FIRST).endswith(f"{switcher.END}there</main></body>")


def test_taken_out_it_leaves_the_page_as_it_was() -> None:
    once = switcher.dressed(PAGE, Place(MAY, "index.html"), NEWEST_FIRST)
    assert once != PAGE and switcher.undressed(once) == PAGE
    again = switcher.dressed(once, Place(OCTOBER, "index.html", at_root=True), NEWEST_FIRST)
    assert switcher.undressed(again) == PAGE and again.count(switcher.BEGIN) == 1


def test_it_leads_to_the_same_page_of_each_edition_newest_first() -> None:
    way = {"October <2026>": "../../2026-10/ledgers/one.html", "May 2026": "../../2026-05/ledgers/one.html"}
    assert list(links(Place(MAY, "ledgers/one.html")).items()) == list(way.items())


def test_at_the_root_of_the_site_one_step_up_is_one_less() -> None:
    assert links(Place(OCTOBER, "ledgers/one.html", at_root=True))["May 2026"] == "../2026-05/ledgers/one.html"
    assert links(Place(OCTOBER, "index.html", at_root=True))["May 2026"] == "2026-05/index.html"


def test_a_page_that_an_edition_lacks_leads_to_its_front_page_and_says_so() -> None:
    place = Place(OCTOBER, "ledgers/two.html", at_root=True)
    assert links(place)["May 2026"] == "../2026-05/index.html"
    assert "May 2026 (front page)" in strip(place).get_text()


def test_the_edition_that_one_is_in_is_marked() -> None:
    assert [way.get_text() for way in strip(Place(MAY, "index.html")).select("[aria-current]")] == ["May 2026"]


def test_a_past_edition_says_so_and_leads_to_the_same_page_of_the_newest_at_the_root() -> None:
    banner = strip(Place(MAY, "ledgers/one.html")).select_one(".editions-banner")
    assert banner.get_text() == "This is the edition of May 2026; the newest is October <2026>."
    assert banner.a["href"] == "../../ledgers/one.html"


def test_the_newest_edition_has_no_banner_at_either_of_its_addresses() -> None:
    for at_root in (True, False):
        assert not strip(Place(OCTOBER, "index.html", at_root)).select(".editions-banner")


def test_an_edition_tells_what_was_found_wrong_in_it_since() -> None:
    told = strip(Place(MAY, "index.html")).select_one(".editions-errata")
    assert told.summary.get_text() == "1 correction" and told.li.get_text() == "ledger-1: “<b>” is wrong."
    assert not strip(Place(OCTOBER, "index.html")).select(".editions-errata")
