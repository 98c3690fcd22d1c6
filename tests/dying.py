"""Processes that are killed at their n-th file operation, for what must be whole or not at all."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

DEADLY = ((os, "fsync"), (os, "replace"), (os, "rename"), (shutil, "rmtree"))


def killed_at(moment: int, work: Callable[[], object]) -> bool:
    """Run ``work`` in a process of its own that dies before its operation number ``moment``; False where it ended first."""
    child = os.fork()
    if not child:
        _die_at(moment)
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_at(moment: int) -> None:
    left = [moment]

    def deadly(function: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return counted

    for module, name in DEADLY:
        setattr(module, name, deadly(getattr(module, name)))
