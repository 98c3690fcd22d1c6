"""A zip with all that a class needs on laptops without a network: notebooks, data, the calculation and its packages.

Beside them the slides, for whoever teaches. Python itself is not in it. The packages are fetched once, when the zip is made, for each system that the class has.
"""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from frontier_calc.press import progress, slides, wheels
from frontier_calc.press.pages import all_pages, find_root
from frontier_calc.record.reading import Reading

START = Path(__file__).with_name("class_start")  # what stands at the top of the zip
# The platforms of each system's packages, as pip calls them, the newest first; none that an older machine of a class cannot use.
SYSTEMS = {
    "windows": ["win_amd64"],
    "mac": [f"macosx_{version}_{kind}" for version in ("12_0", "11_0") for kind in ("arm64", "universal2")],
    "mac-intel": [f"macosx_{version}_x86_64" for version in ("12_0", "11_0", "10_13", "10_9")],
    "linux": [f"manylinux_2_{minor}_x86_64" for minor in (34, 28, 27, 26, 24, 17, 12, 5)] + ["manylinux2014_x86_64"],
}
VERSIONS = ("3.11", "3.12", "3.13")
TAKEN = ("index.md", "_toc.yml", "_config.yml", "jupytext.toml", "LICENSE", "CITATION.cff")
TREES = ("data", "frontier_calc", ".jupyter")
LEFT_OUT = {"__pycache__", ".mypy_cache", "static", "fonts"}


class ClassError(ValueError):
    """The zip cannot be made; says why, and what to do."""


def make(
    on: Reading, out: Path, systems: Iterable[str] = (), versions: Iterable[str] = (), packages: bool = True
) -> Path:
    """Make the zip of an edition in the folder ``out``, and return its path. ``systems`` of :data:`SYSTEMS`; unless given, this one's.

    Raises ClassError where a package cannot be had for a system, and TypesetError where the slides cannot be made.
    """
    root = find_root()
    name = f"economics-of-the-frontier-{on.name}"
    made = out / f"{name}.zip"
    pinned = on.name if on.edition and not on.working else ""
    fetched = out / "wheels"
    shown = slides.make(on, root)
    if packages:
        _fetch(root, fetched, tuple(systems), tuple(versions))
    out.mkdir(parents=True, exist_ok=True)
    part = made.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, place in _files(root, pinned):
            packed.write(path, f"{name}/{place}")
        packed.write(shown, f"{name}/slides.pdf")
        if pinned:
            packed.writestr(f"{name}/edition.txt", f"{pinned}\n")
        each_once = {wheel.name: wheel for wheel in sorted(fetched.rglob("*.whl"))} if packages else {}
        for wheel in each_once.values():
            packed.write(wheel, f"{name}/packages/{wheel.name}", zipfile.ZIP_STORED)  # is compressed already
    part.replace(made)
    return made


def _files(root: Path, edition: str) -> Iterator[tuple[Path, str]]:
    """What is packed, with its place in the zip."""
    for file in sorted(START.iterdir()):
        if file.is_file():
            yield file, file.name
    yield root / "binder" / "requirements.txt", "requirements.txt"
    for name in TAKEN:
        yield root / name, name
    for page in all_pages(root):
        if page.relative not in TAKEN:
            yield page.path, page.relative
    for tree in (*TREES, *([f"editions/{edition}/data"] if edition else [])):
        for path in sorted((root / tree).rglob("*")):
            if path.is_file() and not LEFT_OUT & set(path.relative_to(root).parts):
                yield path, path.relative_to(root).as_posix()


def _fetch(root: Path, folder: Path, systems: tuple[str, ...], versions: tuple[str, ...]) -> None:
    """Fetch the packages, those of each system and version into a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    wanted = ["--requirement", str(root / "binder" / "requirements.txt")]
    with progress.line() as tell:
        if not systems:
            tell("fetching the packages for this system")
            _download(wanted, root, folder / "this", "this system")
        for system, version in product(systems, versions or VERSIONS):
            tell(f"fetching the packages for {system}, Python {version}")
            _fetch_for(system, version, wanted, root, folder / f"{system}-{version}")


def _fetch_for(system: str, version: str, wanted: list[str], root: Path, folder: Path) -> None:
    """Fetch what a system needs, and then whatever of it that this machine would not have needed itself."""
    platforms = [f"--platform={platform}" for platform in SYSTEMS[system]]
    asked = [f"--python-version={version}", *platforms]
    _download([*asked, *wanted], root, folder, f"{system}, Python {version}")
    while lacking := wheels.missing(folder, system, version):
        _download([*asked, *lacking], root, folder, f"{system}, Python {version}")


def _download(asked: list[str], root: Path, folder: Path, what: str) -> None:
    base = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    _run([*base, "--constraint", str(root / "constraints.txt"), "--dest", str(folder), *asked], what)


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise ClassError(
            f"the packages for {what} could not be fetched: {last}\nIs there a network? Making the zip needs one, using it does not."
        )
