"""What each file of tests costs, by the processor and by the clock: ``make costs`` runs the tests with this plugin.

A shell's ``time`` does not see a Chromium's pages, for which nobody waits, and they are the dearest part. Here the processes
below a test are counted while they live.
"""

import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
DEAREST = 15  # tests that are named

_up_to: list[tuple[float, float]] = []  # the clock and the processor when the last test ended
_of_files: dict[str, Counter] = {}
_of_tests: Counter = Counter()


def _below(process: str) -> Iterator[float]:
    """The seconds of each process below one, with those of its children that have ended."""
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(thread).split():
            fields = _read(Path(f"/proc/{child}/stat")).rpartition(")")[2].split()
            yield sum(map(int, fields[11:15])) / TICKS
            yield from _below(child)


def _read(file: Path) -> str:
    """What the system says of a process; nothing where it has ended meanwhile."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _now() -> tuple[float, float]:
    """The clock, and the seconds of the processor up to now."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() + ended.ru_utime + ended.ru_stime + sum(_below(str(os.getpid())))
    return time.perf_counter(), spent


def pytest_collection_finish() -> None:
    """Begin: what collecting costs is no test's."""
    _up_to[:] = [_now()]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """The report of a test's end tells what was spent since that of the test before: what is set up is its first user's."""
    if call.when == "teardown":
        (last,), now = _up_to, _now()
        # What a Chromium's processes had spent is gone with them: nothing is taken back.
        item.user_properties.append(("cost", (now[0] - last[0], max(now[1] - last[1], 0))))
        _up_to[:] = [now]
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up, where the reports of all workers come together."""
    for clock, processor in (told for name, told in report.user_properties if name == "cost"):
        file = _of_files.setdefault(report.nodeid.partition("::")[0], Counter())
        file.update(tests=1, clock=clock, processor=processor)
        _of_tests[report.nodeid] = processor


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the files and the dearest tests, the dearest first."""
    line = terminalreporter.write_line
    line(f"{'tests':>7}{'processor':>11}{'clock':>9}  seconds of")
    for name, cost in sorted(_of_files.items(), key=lambda file: -file[1]["processor"]):
        line(f"{cost['tests']:>7.0f}{cost['processor']:>11.1f}{cost['clock']:>9.1f}  {name}")
    line(f"{len(_of_tests):>7}{sum(_of_tests.values()):>11.1f}{'':9}  all")
    for name, spent in _of_tests.most_common(DEAREST):
        line(f"{spent:>18.1f}{'':9}  {name}")
