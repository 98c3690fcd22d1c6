"""What a reader's browser loads for a page of the book, beside a stock Jupyter Book page with as many charts."""

import gzip
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import books
import browser
import vl_convert

from frontier_calc.book.charts import Chart
from frontier_calc.press import pages, weave
from frontier_calc.record import reading

PAGES = ("index", "ledgers/2-reading-the-books")
PACKED = (".woff2", ".png")  # not made smaller by gzip
PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
CHART = """
```{{code-cell}} ipython3
alt.Chart.from_dict(json.loads({spec!r}))
```
"""


@dataclass
class Weight:
    """How many requests, and how many bytes: plain, and as a server that compresses would send them."""

    requests: int = 0
    plain: int = 0
    packed: int = 0

    def add(self, path: str, body: bytes) -> None:
        """Count one answer."""
        self.requests += 1
        self.plain += len(body)
        self.packed += len(body if path.endswith(PACKED) else gzip.compress(body, 6))

    def __str__(self) -> str:
        return f"{self.requests:>4} requests {self.plain / 1000:>8,.0f} kB {self.packed / 1000:>8,.0f} kB gzip"


def weigh(site: browser.Browser, path: str, lent: bytes) -> list[Weight]:
    """A page at first sight, and after scrolling to its end.

    No other host is within reach: of what a page asks of one, Altair's first script is answered with ``lent``, which
    is all of Vega in one file, and everything else with nothing.
    """
    weight, seen = Weight(), []
    context = site.engine.new_context(viewport={"width": 1280, "height": 900})

    def answer(route) -> None:
        url = route.request.url
        if url.startswith((site.address, "data:", "blob:")):
            route.continue_()
        else:
            body = lent if "/npm/vega@" in url else b""
            weight.add(url, body)
            route.fulfill(body=body, content_type="text/javascript", headers={"access-control-allow-origin": "*"})

    def arrived(response) -> None:
        if response.url.startswith(site.address):
            weight.add(response.url.partition("?")[0], response.body())

    page = context.new_page()
    page.route("**/*", answer)
    page.on("requestfinished", lambda request: arrived(request.response()))
    page.goto(f"{site.address}/{path}.html", wait_until="networkidle")
    seen.append(Weight(**vars(weight)))
    while page.evaluate("scrollBy(0, 600), innerHeight + scrollY < document.body.scrollHeight - 2"):
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    seen.append(Weight(**vars(weight)))
    context.close()
    return seen


def charts_of(docname: str) -> list[Chart]:
    """The charts that a page shows."""
    (page,) = [page for page in pages.all_pages(books.ROOT) if page.docname == docname]
    shown = [output.value for output in weave.weave(page, reading.current()).outputs]
    return [value for value in shown if isinstance(value, Chart)]


def vega() -> bytes:
    """All of Vega in one file: what a page drawn by Altair asks another host for."""
    return vl_convert.javascript_bundle().encode()


def stock(site: Path, folder: Path) -> Path:
    """A Jupyter Book with default settings in ``folder``: the paragraphs and the charts of our pages, drawn by Altair."""
    folder.mkdir()
    for number, name in enumerate(PAGES):
        built = (site / f"{name}.html").read_text(encoding="utf-8")
        specs = [json.dumps({**chart.spec, "usermeta": {}}) for chart in charts_of(name)]
        prose = "\n\n".join(re.sub(r"<[^>]+>|\s+", " ", text) for text in PARAGRAPH.findall(built))
        cells = "".join(CHART.format(spec=spec) for spec in specs)
        start = "\n```{code-cell} ipython3\nimport json, altair as alt\n```\n" if specs else ""
        page = f"{books.HEADER}# Page {number}\n\n{prose}\n{start}{cells}"
        (folder / f"page{number}.md").write_text(page, encoding="utf-8")
    chapters = "".join(f"  - file: page{number}\n" for number in range(1, len(PAGES)))
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: page0\nchapters:\n{chapters}", encoding="utf-8")
    (folder / "_config.yml").write_text("title: A stock book\n", encoding="utf-8")
    done = books.plain(folder)
    if done.returncode:
        raise SystemExit(f"the benchmark failed: {done.stdout[-500:]}{done.stderr[-500:]}")
    return books.site(folder)


def report(site: Path, scratch: Path) -> None:
    """Print the weights of our pages, built in ``site``, and of the stock ones."""
    if browser.chromium() is None:
        print("weights not measured: no Chromium here")
        return
    theirs, bundle = stock(site, scratch / "stock"), vega()
    weights = []
    for folder, names in ((site, PAGES), (theirs, [f"page{n}" for n in range(len(PAGES))])):
        with browser.browsing(folder) as found:
            weights.append([weigh(found, name, bundle) for name in names])
    for name, ours, others in zip(PAGES, *weights, strict=True):
        for when, our, other in zip(("at first sight", "to its end"), ours, others, strict=True):
            print(f"{name}, {when}")
            print(f"  ours  {our}\n  stock {other}\n  ratio {our.requests / other.requests:>4.2f}"
                  f"{'':>14}{our.plain / other.plain:>4.2f}{'':>8}{our.packed / other.packed:>4.2f}   aim: under 1")  # fmt: skip


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        report(Path(sys.argv[1]) if len(sys.argv) > 1 else books.site(books.ROOT), Path(temporary))
