"""The built book in a real browser: every page fits its screen, and axe finds nothing serious."""

from pathlib import Path

import books
import browser
import pytest

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium here (Debian: apt-get install chromium)"
)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def with_charts(book: Path) -> list[str]:
    return [name for name in ALL if 'class="chart-spec"' in (books.site(book) / f"{name}.html").read_text("utf-8")]


@in_browser
@pytest.mark.parametrize(
    ("width", "dark", "docnames"),
    # Contrast hangs on the theme and layout on the width: two combinations for all pages, the other two for some.
    [(1280, False, ALL), (390, True, ALL), (1280, True, ALL[:2]), (390, False, ALL[:2])],
    ids=["wide-light", "phone-dark", "wide-dark", "phone-light"],
)
def test_pages_fit_the_screen_and_axe_finds_nothing_serious(
    chromium: browser.Browser, width: int, dark: bool, docnames: list[str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for docname in docnames:
        with chromium.page(f"{docname}.html", width=width, dark=dark) as page:
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{docname}: scrolls sideways at {width} pixels")
            for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    places = [node["target"] for node in violation["nodes"]]
                    found.append(f"{docname}: {violation['help']}: {places[0]} and {len(places) - 1} more")
    assert not found, "\n".join(found)
