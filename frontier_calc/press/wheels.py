"""What a folder of packages still lacks for another system than this one.

pip fetches wheels for any system, but asks of each only what it needs on the one that fetches: colorama, which Windows
alone needs, would be missing there. So the wheels themselves are asked, each with the markers of the system they are for.
"""

import zipfile
from collections.abc import Iterator, Mapping
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

# What a requirement may ask about a system, as Python itself answers there.
MARKERS: Mapping[str, Mapping[str, str]] = {
    "windows": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    "mac": {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
    "mac-intel": {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "x86_64"},
    "linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
}  # fmt: skip


def missing(folder: Path, system: str, version: str) -> list[str]:
    """What the wheels in a folder need on a system of :data:`MARKERS` with a version of Python, and is not in the folder.

    Each as pip writes it, such as ``colorama>=0.4``.
    """
    python = {"python_version": version, "python_full_version": f"{version}.0"}
    target = {
        **MARKERS[system],
        **python,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    there = {parse_wheel_filename(wheel.name)[0] for wheel in folder.glob("*.whl")}
    asked = [each for wheel in sorted(folder.glob("*.whl")) for each in _required(wheel)]
    return sorted(
        {_plain(each) for each in asked if _applies(each, target) and canonicalize_name(each.name) not in there}
    )


def _required(wheel: Path) -> Iterator[Requirement]:
    """What a wheel says that it needs."""
    with zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        head = HeaderParser().parsestr(packed.read(name).decode("utf-8"))
    for line in head.get_all("Requires-Dist", []):
        yield Requirement(line)


def _applies(needed: Requirement, target: Mapping[str, str]) -> bool:
    """Whether it is needed on a system; what only an extra needs was asked for by whoever wanted the extra."""
    return needed.marker is None or needed.marker.evaluate({**target, "extra": ""})


def _plain(needed: Requirement) -> str:
    """Without its marker, which would be answered for this system."""
    extras = f"[{','.join(sorted(needed.extras))}]" if needed.extras else ""
    return f"{needed.name}{extras}{needed.specifier}"
