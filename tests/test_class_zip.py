"""The zip of a class: what is in it runs by itself, on the edition that it was made for."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from frontier_calc.press import class_zip, wheels
from frontier_calc.press.pages import all_pages, find_root
from frontier_calc.record import reading

EDITION = "2026-11"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of an edition without its packages, unpacked."""
    out = tmp_path_factory.mktemp("class")
    made = class_zip.make(reading.edition(EDITION), out, packages=False)
    zipfile.ZipFile(made).extractall(out)
    assert not list(out.glob("*.part"))
    return made.with_suffix("")


def test_it_holds_every_page_and_how_to_begin(unpacked: Path) -> None:
    assert all((unpacked / page.relative).is_file() for page in all_pages(find_root()))
    assert "python3 start.py" in (unpacked / "START HERE.txt").read_text(encoding="utf-8")
    assert (unpacked / ".jupyter/labconfig/default_setting_overrides.json").is_file()
    assert (unpacked / "slides.pdf").read_bytes().startswith(b"%PDF")


def test_a_notebook_runs_on_the_calculation_and_the_edition_in_the_zip(unpacked: Path) -> None:
    asked = (
        "import start, subprocess, frontier_calc as fc;"
        "print(fc.__file__); print(fc.current().name);"
        "[page] = [page for page in start.NOTEBOOKS if page.name.startswith('2-')];"
        "print(subprocess.run([start.sys.executable, '-c', start.CHECK, page], check=True).returncode)"
    )
    wanted = {"PYTHONPATH": str(unpacked), "FRONTIER_EDITION": (unpacked / "edition.txt").read_text().strip()}
    ran = subprocess.run(
        [sys.executable, "-c", asked], cwd=unpacked, env=os.environ | wanted, capture_output=True, text=True, check=True
    )
    file, edition, status = ran.stdout.split("\n")[:3]
    assert Path(file).is_relative_to(unpacked)
    assert (edition, status) == (EDITION, "0")


def start(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, folder / "start.py"], capture_output=True, text=True, check=False)


def test_who_has_not_unpacked_the_zip_is_told_so(unpacked: Path) -> None:
    """A double click inside the zip unpacks the one file alone; here the zip was made without packages."""
    ran = start(unpacked)
    assert ran.returncode == 1
    assert "Unpack the whole zip first" in ran.stderr and "Traceback" not in ran.stderr


def test_packages_that_do_not_fit_are_told_in_a_sentence(unpacked: Path) -> None:
    """The folder of packages is empty here, as it is for a system that was forgotten."""
    (unpacked / "packages").mkdir()
    ran = start(unpacked)
    assert ran.returncode == 1
    assert "Ask for a zip that is" in ran.stderr


def wheel(folder: Path, name: str, *needs: str) -> None:
    """A wheel that has nothing in it but what it needs."""
    lines = [f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {need}" for need in needs)]
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as packed:
        packed.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n")


def test_what_another_system_alone_needs_is_noticed(tmp_path: Path) -> None:
    """pip asks a wheel what it needs on the machine that fetches, whatever system it is fetched for."""
    needs = (
        'colorama>=0.4; sys_platform == "win32"',
        'appnope; platform_system == "Darwin"',
        "plain",
        'more; extra == "x"',
    )
    wheel(tmp_path, "shell", *needs)
    wheel(tmp_path, "plain", 'backport; python_version < "3.12"')
    assert wheels.missing(tmp_path, "linux", "3.12") == []
    assert wheels.missing(tmp_path, "linux", "3.11") == ["backport"]
    assert wheels.missing(tmp_path, "windows", "3.12") == ["colorama>=0.4"]
    assert wheels.missing(tmp_path, "mac", "3.12") == ["appnope"]
    wheel(tmp_path, "colorama")
    assert wheels.missing(tmp_path, "windows", "3.12") == []


def test_a_zip_can_be_made_for_every_system_that_is_known() -> None:
    assert class_zip.SYSTEMS.keys() == wheels.MARKERS.keys()


def test_a_class_without_a_network_when_it_is_made_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(class_zip.ClassError, match="Is there a network"):
        class_zip.make(reading.edition(EDITION), tmp_path)
    assert not list(tmp_path.glob("*.zip"))
