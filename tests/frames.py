"""How long a page takes to follow a number that moves: each input in turn, on a processor throttled as a phone's is.

``python tests/frames.py SITE [PAGE ...]`` prints it for a built site.
"""

import sys
from pathlib import Path
from statistics import median
from typing import Any

import browser

HEAVIEST = "ledgers/4-a-tale-of-two-labs"
SLOWER = (1, 6)  # how many times

# A frame holds what the script does and the layout that follows; the next number comes with the next frame. A pointer
# rests on a number before it moves it, which is when the page makes it ready.
FOLLOW = """async () => {
  const { graph, record, isInput, prepare, put } = FrontierLive;
  const frame = (leaf, value) => new Promise((done) => {
    let began;
    requestAnimationFrame(() => (began = performance.now()));
    put(leaf, value);
    requestAnimationFrame(() => {
      document.body.offsetHeight;
      done(performance.now() - began);
    });
  });
  const found = [];
  for (const leaf of Object.keys(graph.nodes).filter((node) => graph.nodes[node].address && isInput(node))) {
    prepare(leaf);
    for (const factor of [0.9, 0.95, 1.05, 1.1]) {
      found.push([await frame(leaf, (record.value(leaf) || 1) * factor), graph.nodes[leaf].address]);
    }
    await frame(leaf, null);
  }
  return found;
}"""


def measured(page: Any, slower: int) -> list[tuple[float, str]]:
    """The milliseconds of each frame while every input moves, and which one it was, the quickest first."""
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    try:
        found = page.evaluate(FOLLOW)
    finally:
        processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return sorted((time, address) for time, address in found)


def report(site: Path, *docnames: str) -> None:
    """Print the median and the worst frame of pages of a built site."""
    if browser.chromium() is None:
        print("frames: no Chromium here")
        return
    with browser.browsing(site) as found:
        for docname in docnames or (HEAVIEST,):
            with found.page(f"{docname}.html", fresh=True) as page:
                browser.wait_until(page, "!!globalThis.FrontierLive?.record")
                for slower in SLOWER:
                    frames = measured(page, slower)
                    times = [time for time, _ in frames]
                    within = sum(time <= 1000 / 60 for time in times) / len(times)
                    worst = f"worst {times[-1]:.0f} ms ({frames[-1][1]})"
                    told = f"median {median(times):.1f} ms, {worst}, {within:.0%} within a frame"
                    print(f"{docname} while a number moves, processor {slower} times slower: {told}")


if __name__ == "__main__":
    report(Path(sys.argv[1]), *sys.argv[2:])
