"""What a page makes a browser load: no more than this, and of the theme's style only what some page can use."""

from pathlib import Path

import books
import browser
import pytest

from frontier_calc.press import pages, stylesheet

# Of each kind of page: thousands of bytes as they are, uncompressed, and requests, at first sight.
CEILINGS = {"front": (600, 24), "chapter": (800, 24), "reference": (670, 24), "table": (770, 22), "search": (710, 22)}
BESIDES = 420  # thousands of bytes that a page of text loads besides itself, what makes its numbers live among them
ALL = [page.docname for page in pages.all_pages(books.ROOT)]


def kind(docname: str) -> str:
    if docname in ("index", "search"):
        return "front" if docname == "index" else "search"
    if docname.endswith("every-figure"):
        return "table"
    return "chapter" if docname.startswith("ledgers/") else "reference"


@pytest.fixture(scope="module")
def loads(chromium: browser.Browser) -> dict[str, dict[str, int]]:
    """Of each page what it loads, with the bytes of each part."""
    found = {}
    for docname in [*books.told_once(ALL), "search"]:
        traffic = browser.Traffic()
        with chromium.page(f"{docname}.html", fresh=True, traffic=traffic):
            pass
        found[docname] = traffic.inside
    return found


def told(parts: dict[str, int]) -> str:
    """The largest parts, largest first."""
    largest = sorted(parts.items(), key=lambda part: -part[1])[:12]
    return "\n".join(f"  {size / 1000:>8,.1f} kB  {path}" for path, size in largest)


@pytest.mark.book
@pytest.mark.browser
def test_no_page_makes_a_browser_load_more_than_its_kind_may(loads: dict[str, dict[str, int]]) -> None:
    over = []
    for docname, parts in loads.items():
        most, requests = CEILINGS[kind(docname)]
        weight = sum(parts.values()) / 1000
        assert weight > 100, f"{docname} was not loaded: {parts}"
        if weight > most or len(parts) > requests:
            found = (
                f"{docname}: found {weight:,.0f} kB in {len(parts)} requests, expected {most} kB in {requests} at most"
            )
            over.append(f"{found}\n{told(parts)}")
    assert not over, "\n".join(over)


@pytest.mark.book
@pytest.mark.browser
def test_what_a_page_of_text_loads_besides_itself_stays_small(loads: dict[str, dict[str, int]]) -> None:
    for docname in books.told_once(ALL):
        besides = {path: size for path, size in loads[docname].items() if not path.endswith(".html")}
        weight = sum(besides.values()) / 1000
        assert weight <= BESIDES, f"{docname}: found {weight:,.0f} kB, expected {BESIDES} at most\n{told(besides)}"


@pytest.mark.book
@pytest.mark.browser
def test_a_page_has_one_style_sheet_and_nothing_of_it_is_missing(loads: dict[str, dict[str, int]]) -> None:
    for docname, parts in loads.items():
        assert [path.partition("?")[0] for path in parts if ".css" in path] == [f"/_static/{stylesheet.NAME}"], docname
        assert all(parts.values()), (docname, parts)


# The style sheet.


def small(site: Path, theme: str, page: str, script: str = "", own: str = "") -> str:
    """The sheet of a site of one page and one script."""
    (site / "_static" / "styles").mkdir(parents=True)
    (site / "_static" / "styles" / "bootstrap.css").write_text(theme, encoding="utf-8")
    (site / "_static" / "own.css").write_text(own, encoding="utf-8")
    (site / "_static" / "it.js").write_text(script, encoding="utf-8")
    (site / "index.html").write_text(f'<script src="_static/it.js?v=1"></script>{page}', encoding="utf-8")
    stylesheet.publish(site, [("own.css", None)])
    return (site / "_static" / stylesheet.NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ("p{top:0}", True),
        (".there{top:0}", True),
        ("#place{top:0}", True),
        (".never{top:0}", False),
        ("#never{top:0}", False),
        (".there .never{top:0}", False),
        (".set-later{top:0}", True),  # by a script
        (".there:hover::before{top:0}", True),
        (".there:not(.never){top:0}", True),
        (":is(.never,.there) b{top:0}", True),
        ('html[data-theme="dark"] .there{top:0}', True),
        ('a[href=".never"]{top:0}', True),
        ("@media print{.there{top:0}}", True),
        ("@media print{.never{top:0}}", False),
        ("@page{margin:1cm}", True),
    ],
)
def test_a_rule_of_the_theme_stays_where_a_page_or_a_script_can_ask_for_it(
    tmp_path: Path, rule: str, stays: bool
) -> None:
    page = '<p id="place" class="there">'
    found = small(tmp_path, rule, page, 'part.classList.add("set-later")')
    assert found == (f"{rule}\n" if stays else "")


def test_of_several_selectors_those_stay_that_are_used_in_their_order(tmp_path: Path) -> None:
    found = small(tmp_path, ".b, .never, .a:is(.x, .y) { color: red }", '<p class="a b">')
    assert found == ".b,.a:is(.x,.y){color:red}\n"


def test_the_books_own_rules_stay_whole_and_come_last(tmp_path: Path) -> None:
    found = small(
        tmp_path, "p{top:0}", "<p>", own=".never { top: 1px; --bs-own: 1 }\n@font-face { src: url('a.woff2') }"
    )
    assert found == "p{top:0}\n.never{top:1px;--bs-own:1}\n@font-face{src:url('a.woff2')}\n"


def test_an_address_in_a_sheet_leads_where_it_did(tmp_path: Path) -> None:
    theme = "p{src:url(../a.png)}b{src:url('x.png')}i{src:url(\"data:image/svg+xml;a='{}'\")}"
    found = small(tmp_path, theme, "")
    assert found == "p{src:url(a.png)}\nb{src:url('styles/x.png')}\ni{src:url(\"data:image/svg+xml;a='{}'\")}\n"


def test_a_sheet_for_paper_holds_for_paper_alone() -> None:
    items = stylesheet._for_medium(stylesheet.parse("@page { margin: 1cm } p { top: 0 }"), "print")
    assert stylesheet.written(items) == "@page{margin:1cm}\n@media print{p{top:0}}\n"


# What moves in the frame of a page.

PAGE = "ledgers/2-reading-the-books.html"
DOWNLOAD = ".dropdown-download-buttons > button"


@pytest.mark.book
@pytest.mark.browser
def test_a_menu_opens_by_mouse_and_by_keys_and_closes_again(chromium: browser.Browser) -> None:
    with chromium.page(PAGE, width=390) as page:
        menu, toggle = page.locator(".dropdown-download-buttons .dropdown-menu"), page.locator(DOWNLOAD)
        toggle.click()
        assert menu.is_visible() and toggle.get_attribute("aria-expanded") == "true"
        box = menu.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        page.locator(".dropdown-launch-buttons > button").click()
        assert not menu.is_visible()
        page.mouse.click(5, 880)
        assert page.locator(".dropdown-menu.show").count() == 0
        toggle.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.className").split()[2] == "btn-download-source-button"
        page.keyboard.press("Escape")
        assert not menu.is_visible() and toggle.get_attribute("aria-expanded") == "false"
        assert page.evaluate(f"document.activeElement === document.querySelector('{DOWNLOAD}')")
        page.keyboard.press("Enter")
        assert menu.is_visible()
        for _ in range(3):
            page.keyboard.press("Tab")
        assert not menu.is_visible()


@pytest.mark.book
@pytest.mark.browser
def test_a_button_tells_its_name_to_who_points_at_it_or_comes_by_keys(chromium: browser.Browser) -> None:
    with chromium.page(PAGE) as page:
        for reach in (lambda: page.hover(".primary-toggle"), lambda: page.focus(".primary-toggle")):
            reach()
            browser.wait_until(page, "document.querySelector('.tooltip.show')")
            assert page.locator(".tooltip").inner_text() == "Toggle primary sidebar"
            (named,) = page.evaluate(
                "[...document.querySelectorAll('[aria-describedby^=tooltip]')].map((one) => one.ariaLabel)"
            )
            assert named == "Toggle primary sidebar"
            page.keyboard.press("Escape")
            browser.wait_until(page, "!document.querySelector('.tooltip')")
            page.mouse.move(0, 890)


@pytest.mark.book
@pytest.mark.browser
def test_the_list_of_contents_marks_the_section_that_is_read(chromium: browser.Browser) -> None:
    marked = "[...document.querySelectorAll('.bd-toc-nav a.active')].map((link) => link.hash)"
    with chromium.page(PAGE) as page:
        links = page.evaluate("[...document.querySelectorAll('.bd-toc-nav > ul > li > a')].map((link) => link.hash)")
        for at in (1, 3, 2):
            page.evaluate(f"document.querySelector('{links[at]}').scrollIntoView()")
            browser.wait_until(page, f"{marked}.includes('{links[at]}')")


@pytest.mark.book
@pytest.mark.browser
def test_colours_go_round_are_kept_and_follow_the_system_again(chromium: browser.Browser) -> None:
    seen = "[document.documentElement.dataset.mode, document.documentElement.dataset.theme]"
    with chromium.page(PAGE, fresh=True) as page:
        assert page.evaluate(seen) == ["auto", "light"]
        page.emulate_media(color_scheme="dark")
        browser.wait_until(page, "document.documentElement.dataset.theme === 'dark'")
        page.emulate_media(color_scheme="light")
        button = page.locator(".theme-switch-button:visible").first
        for shown in (["dark", "dark"], ["light", "light"], ["auto", "light"], ["dark", "dark"]):
            button.click()
            assert page.evaluate(seen) == shown
        page.reload()
        assert page.evaluate(seen) == ["dark", "dark"]
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


@pytest.mark.book
@pytest.mark.browser
def test_the_search_opens_by_keys_and_by_its_button_and_closes_by_escape(chromium: browser.Browser) -> None:
    focus = "document.activeElement.matches('form.bd-search input')"
    with chromium.page(PAGE) as page:
        for ask in (lambda: page.keyboard.press("Control+k"), lambda: page.click(".search-button__button:visible")):
            ask()
            browser.wait_until(page, focus)
            assert page.locator("form.bd-search input:visible").count()
            page.keyboard.press("Escape")
            assert not page.evaluate(focus)
            assert not page.locator(".search-button__wrapper.show").count()


@pytest.mark.book
@pytest.mark.browser
def test_on_a_phone_the_list_of_chapters_is_drawn_out_and_put_back(chromium: browser.Browser) -> None:
    inside = "document.activeElement.closest('.bd-sidebar-primary') !== null"
    with chromium.page(PAGE, width=390) as page:
        page.locator(".primary-toggle").first.click()
        browser.wait_until(page, inside)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.primary-toggle')")
        assert not page.evaluate("document.getElementById('pst-primary-sidebar-checkbox').checked")


@pytest.mark.book
@pytest.mark.browser
def test_code_that_is_wider_than_its_place_is_a_stop_as_long_as_it_is(chromium: browser.Browser) -> None:
    stops = "document.querySelectorAll('pre[tabindex=\"0\"]').length"
    code = "Object.assign(document.querySelector('pre').style, { whiteSpace: 'pre', width: '%s' })"
    with chromium.page(PAGE) as page:
        page.locator(".show-calculations input").check()
        page.evaluate(code % "100px")
        browser.wait_until(page, f"{stops} === 1")
        page.evaluate(code % "2000px")
        browser.wait_until(page, f"{stops} === 0")
