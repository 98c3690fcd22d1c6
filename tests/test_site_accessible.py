"""The built book in a real browser: every page fits its screen, and axe finds nothing serious."""

import books
import browser
import pytest

from frontier_calc.press import pages

pytestmark = [pytest.mark.book, pytest.mark.browser]

in_browser = pytest.mark.skipif(browser.chromium() is None, reason=browser.MISSING)
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


LISTS = ("reference/every-figure", "reference/sources", "reference/reconciliation")  # long, and of one kind each
# What hangs on the theme and the width; the rest of the rules look at the same document every time.
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
TELLING = [name for name in ALL if name not in LISTS]
ONCE = books.told_once(ALL)  # what axe looks at: of exercise pages, all made of the same parts, the longest


@in_browser
def test_pages_fit_the_screen_ask_no_other_host_and_axe_finds_nothing_serious(chromium: browser.Browser) -> None:
    found = []
    for docname in ALL:
        traffic = browser.Traffic()
        with chromium.page(f"{docname}.html", traffic=traffic) as page:
            found += problems_of(page, docname, 1280)
        assert traffic.inside and not traffic.outside, (docname, traffic.outside)
    assert not found, "\n".join(found)


@in_browser
@pytest.mark.parametrize(
    ("width", "dark", "docnames"),
    # Contrast hangs on the theme and layout on the width: two combinations for all that tell, two more for some.
    [(390, True, TELLING), (1280, True, ALL[:2]), (390, False, LISTS)],
    ids=["phone-dark", "wide-dark", "phone-light"],
)
def test_pages_fit_the_screen_and_axe_finds_nothing_serious(
    chromium: browser.Browser, width: int, dark: bool, docnames: list[str]
) -> None:
    found = []
    for docname in docnames:
        with chromium.page(f"{docname}.html", width=width, dark=dark) as page:
            found += problems_of(page, docname, width, of_looks_alone=True)
    assert not found, "\n".join(found)


@in_browser
@pytest.mark.parametrize("name", ["search", "genindex"])
def test_the_pages_that_the_theme_makes_ask_no_other_host(chromium: browser.Browser, name: str) -> None:
    traffic = browser.Traffic()
    with chromium.page(f"{name}.html", traffic=traffic):
        pass
    assert traffic.inside and not traffic.outside, traffic.outside


def problems_of(page, docname: str, width: int, of_looks_alone: bool = False) -> list[str]:
    """What a reader of an open page would stumble over; ``of_looks_alone`` leaves out what no theme and no width changes."""
    options = {"runOnly": {"type": "rule", "values": LOOKS}} if of_looks_alone else {}
    found: list[str] = []
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{docname}: scrolls sideways at {width} pixels")
    # What is folded is not looked at: of the long list one part stands for all.
    page.evaluate("document.querySelector('.every-figure tbody')?.classList.add('is-open')")
    for violation in browser.violations(page, **options) if docname in ONCE else ():
        if violation["impact"] in ("serious", "critical"):
            places = [node["target"] for node in violation["nodes"]]
            found.append(f"{docname}: {violation['help']}: {places[0]} and {len(places) - 1} more")
    return found
