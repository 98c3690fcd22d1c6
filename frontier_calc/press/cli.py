"""The command line: ``frontier text | explain | find | add | check | due | diff | publish | accept | build | site | pdf | slides | class | serve``."""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from frontier_calc.press import (
    accept,
    adding,
    adding_options,
    class_zip,
    commands,
    editions,
    moments,
    pages,
    permanent,
    streams,
)
from frontier_calc.record.store import default_folder

Run = Callable[[argparse.Namespace], int]
# What the help of a command shows; those that add to the record have examples of their own.
EXAMPLES = {
    "text": "text ledger-2 --as-of 2025-06-30",
    "explain": "explain ledger-2/net",
    "find": "find gross margin",
    "check": "check --json",
    "due": "due --on 2026-12-31",
    "accept": "accept",
    "build": "build",
    "site": "site --published ../site-as-it-is-out",
    "pdf": "pdf --edition 2026-05",
    "slides": "slides --edition 2026-10",
    "serve": "serve",
    "class": "class --edition 2026-10 --for windows --for mac --python 3.12",
    "diff": "diff 2026-07 2026-10 --format markdown",
    "edition": "edition new 2026-11",
    "publish": "publish 2026-11 --dry-run",
}


# A command ends soon and makes little garbage; looking for it as often as Python does takes a fifth of the time.
RARELY = (200_000, 20, 20)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Mistakes of the author's end in a message and exit status 1, never in a traceback."""
    streams.speak_plainly()
    gc.set_threshold(*RARELY)
    options = parser().parse_args(arguments)
    try:
        with _data_at(options.data or os.environ.get("FRONTIER_DATA", "")):
            _repair()
            return int(options.run(options))
    except (ValueError, LookupError) as error:
        print(f"frontier: {pages.message_of(error)}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


@contextlib.contextmanager
def _data_at(folder: str) -> Iterator[None]:
    """Inside, the data are those of a folder, by its whole path: cells run in the folders of their pages."""
    before = os.environ.get("FRONTIER_DATA")
    if folder:
        os.environ["FRONTIER_DATA"] = str(Path(folder).resolve())
    try:
        yield
    finally:
        os.environ.pop("FRONTIER_DATA", None)
        if before is not None:
            os.environ["FRONTIER_DATA"] = before


def _repair() -> None:
    """Finish or undo what a process that was killed has left, and say so."""
    done = [*editions.recover_if_alone(default_folder()), *adding.recover_if_alone(default_folder())]
    with contextlib.suppress(pages.PageError):  # no book here, and so nothing that was accepted
        done += accept.recover_if_alone(pages.find_root())
        done += permanent.recover_if_alone(pages.find_root())
    for line in done:
        print(f"frontier: {line}", file=sys.stderr)


class _Completion(argparse.Action):
    """Prints what teaches a shell to complete the command, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, options: object, shell: Any, flag: str | None = None) -> None:
        """Nothing else of the program needs shtab."""
        import shtab

        print(shtab.complete(parser, shell))
        parser.exit()


class _Commands:
    """The commands, each with the options that all have or that all have which read on a day."""

    def __init__(self, whole: argparse.ArgumentParser) -> None:
        self.every = argparse.ArgumentParser(add_help=False)
        self.every.add_argument("--data", metavar="DIR", help="a data folder other than data/")
        self.dated = argparse.ArgumentParser(add_help=False, parents=[self.every])
        when = self.dated.add_mutually_exclusive_group()
        when.add_argument("--edition", metavar="ID", help="a published edition, such as 2026-05, or working")
        when.add_argument("--as-of", metavar="DATE", help="what was known on a day, without pins")
        self.commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def add(self, name: str, run: Run, reads: bool = False) -> argparse.ArgumentParser:
        """A command, whose help is the first line of its function's docstring; ``reads`` on a day of one's choice."""
        told = (run.__doc__ or "").partition("\n")[0]
        options = self.dated if reads else self.every
        example = f"for example: frontier {EXAMPLES[name]}" if name in EXAMPLES else None
        made = self.commands.add_parser(name, parents=[options], help=told, description=told, epilog=example)
        made.set_defaults(run=run)
        return made


def parser() -> argparse.ArgumentParser:
    """The command line: its commands and their options."""
    whole = argparse.ArgumentParser(prog="frontier", description="The Economics of the Frontier, executable.")
    shell = 'print what teaches a shell to complete the command: eval "$(frontier --print-completion bash)"'
    whole.add_argument("--print-completion", choices=("bash", "zsh", "tcsh"), action=_Completion, help=shell)
    commands_of = _Commands(whole)
    text = commands_of.add("text", commands.text, reads=True)
    text.add_argument(
        "pages",
        nargs="*",
        metavar="PAGE",
        help="premise, ledger-1 to ledger-7, or a page of reference/, such as sources",
    )
    explain = commands_of.add("explain", commands.explain_, reads=True)
    explain.add_argument("name", metavar="NAME", help="an address such as ledger-2/net, or a series")
    find = commands_of.add("find", commands.find, reads=True)
    find.add_argument("words", nargs="+", metavar="WORDS")
    adding_options.for_add(commands_of.add("add", commands.add))
    adding_options.for_series(commands_of.add("series", commands.series))
    adding_options.for_source(commands_of.add("source", commands.source))
    check = commands_of.add("check", commands.check, reads=True)
    check.add_argument("--json", action="store_true", help="as JSON, for another program; the exit status is the same")
    due = commands_of.add("due", commands.due)
    due.add_argument("--on", default="", metavar="DATE", help="the day to look from, such as 2026-12-01")
    commands_of.add("accept", commands.accept)
    commands_of.add("build", commands.build)
    site = commands_of.add("site", commands.site)
    out = "a copy of the site as it is published: the editions in it are copied, not built"
    site.add_argument("--published", type=Path, metavar="DIR", help=out)
    commands_of.add("pdf", commands.pdf, reads=True)
    commands_of.add("slides", commands.slides, reads=True)
    commands_of.add("serve", commands.serve)
    _add_class(commands_of)
    _add_diff(commands_of)
    _add_edition(commands_of)
    _add_publish(commands_of)
    return whole


def _add_class(commands_of: _Commands) -> None:
    packed = commands_of.add("class", commands.class_, reads=True)
    systems = "a system that the class has; may be given again; unless given, the one of this machine"
    packed.add_argument("--for", dest="systems", choices=class_zip.SYSTEMS, action="append", default=[], help=systems)
    version = "a version of Python that the class has; may be given again; unless given, all that are supported"
    packed.add_argument(
        "--python", dest="versions", choices=class_zip.VERSIONS, action="append", default=[], help=version
    )
    packed.add_argument("--no-packages", action="store_true", help="leave the packages out: the class has them")
    packed.add_argument("--out", type=Path, default=Path("_build/class"), metavar="DIR", help="where the zip is put")


def _add_diff(commands_of: _Commands) -> None:
    diff = commands_of.add("diff", commands.diff)
    moment = "an edition, working, accepted, a day, a data folder"
    diff.add_argument("old", nargs="?", default=moments.ACCEPTED, metavar="OLD", help=moment)
    diff.add_argument("new", nargs="?", default=accept.WORKING, metavar="NEW", help="the same; unless given, working")
    diff.add_argument("--all", action="store_true", help="every entry of lists and sheets, not how many")
    diff.add_argument("--format", choices=moments.FORMATS, default="terminal")


def _add_edition(commands_of: _Commands) -> None:
    edition = commands_of.add("edition", commands.edition)
    edition.add_argument("action", choices=["new"], metavar="new")
    _say_which(edition)


def _add_publish(commands_of: _Commands) -> None:
    publish = commands_of.add("publish", commands.publish)
    _say_which(publish)
    publish.add_argument("--dry-run", action="store_true", help="walk, say what would be done, and write nothing")
    publish.add_argument("--yes", action="store_true", help="accept the text and publish without asking")


def _say_which(command: argparse.ArgumentParser) -> None:
    """What tells which edition is to be published, and how."""
    command.add_argument("id", metavar="ID", help="a year and month, such as 2026-08")
    command.add_argument("--title", default="", help="how readers call it; unless given, the month in words")
    until = "the last day whose publications count; unless given, the newest row's"
    command.add_argument("--as-of", default="", metavar="DATE", help=until)
    without = "a pin that the new edition does without, by its series; may be given again"
    command.add_argument("--without-pin", action="append", default=[], metavar="SERIES", help=without)


if __name__ == "__main__":
    sys.exit(main())
