"""Fixtures that several test files share."""

from collections.abc import Callable
from pathlib import Path

import pytest

import making


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A builder of small valid data folders, each call a new one: ``folder(observations=[{"value": "31"}])``."""
    made: list[Path] = []

    def build(**tables: list[dict[str, str]]) -> Path:
        made.append(making.write_folder(tmp_path / f"data-{len(made)}", **tables))
        return made[-1]

    return build


@pytest.fixture(scope="session")
def real() -> Path:
    """The data folder of the book."""
    return making.REAL
