"""A chart on a page: its static picture, and the script bundle that draws it live; made once, kept on disk.

vl_convert runs in a process of its own: its JavaScript engine does not survive the forks of a parallel Sphinx build.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from frontier_calc.book import theme
from frontier_calc.record.writing import spreadsheet_lines

BUNDLE = "vega.js"

WORKER = """
import json, pathlib, sys
import vl_convert
folder, bundle, *names = sys.argv[1:]
folder = pathlib.Path(folder)
for name in names:
    spec = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    spec.setdefault("config", {})["background"] = "transparent"
    narrow = spec["usermeta"]["narrow"] | {"config": spec["config"]}
    try:
        for ending, drawn in (("", spec), ("-narrow", narrow)):
            # The reader's own fonts may be wider than those that are measured here.
            drawn["padding"] = {"left": 0, "right": drawn["width"] // 17}
            (folder / f"{name}{ending}.svg").write_text(vl_convert.vegalite_to_svg(drawn), encoding="utf-8")
        spec["config"]["background"] = "#fff"
        (folder / f"{name}.png").write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
    except ValueError as error:
        sys.exit(f"{spec['description']}: {str(error).splitlines()[0]}")
if bundle:
    script = "(()=>{" + vl_convert.javascript_bundle() + "})();"
    (folder / bundle).write_text(script, encoding="utf-8")
"""


class PictureError(RuntimeError):
    """A chart that cannot be drawn."""


def keep(spec: Mapping[str, Any], cache: Path) -> str:
    """Keep a chart's specification for drawing; its name is the hash of what is drawn and of what draws it."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    name = hashlib.sha256(f"{version('vl-convert-python')}\0{WORKER}\0{text}".encode()).hexdigest()[:16]
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"{name}.json"
    if not path.exists():
        # Renamed into place: two readers of a parallel build may keep the same chart at once.
        draft = cache / f"{name}.{hashlib.sha256(repr(id(spec)).encode()).hexdigest()[:8]}.draft"
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    return name


def publish(site: Path, cache: Path, charts: Iterable[str]) -> None:
    """Draw the charts of the site's pages that are not drawn yet; leave in the site exactly their pictures."""
    names = sorted(charts)
    target = site / "_static" / "charts"
    shutil.rmtree(target, ignore_errors=True)
    if not names:
        return
    bundle = f"vega-{version('vl-convert-python')}.js"
    missing = [name for name in names if not (cache / f"{name}.png").exists()]
    wanted = "" if (cache / bundle).exists() else bundle
    if missing or wanted:
        command = [sys.executable, "-c", WORKER, str(cache), wanted, *missing]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            raise PictureError(f"a chart cannot be drawn: {result.stderr.strip().splitlines()[-1]}")
    target.mkdir(parents=True)
    for name in names:
        for picture in (f"{name}.svg", f"{name}-narrow.svg"):
            drawn = (cache / picture).read_text(encoding="utf-8").replace(">", f">{theme.night()}", 1)
            (target / picture).write_text(drawn, encoding="utf-8")
        shutil.copyfile(cache / f"{name}.png", target / f"{name}.png")
        drawn = json.loads((cache / f"{name}.json").read_text(encoding="utf-8"))
        table = spreadsheet_lines(drawn["usermeta"]["data"])
        (target / f"{name}.csv").write_text(table, encoding="utf-8", newline="")
    shutil.copyfile(cache / bundle, target / BUNDLE)
