"""The command line: ``frontier text | explain | find | check | diff | edition | accept | build | serve``."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from frontier_calc.book import facts
from frontier_calc.dates import parse_day
from frontier_calc.errors import did_you_mean
from frontier_calc.press import (
    accept,
    build,
    check,
    editions,
    explain,
    held,
    moments,
    pages,
    reports,
    streams,
    weave,
)
from frontier_calc.record import reading
from frontier_calc.record.reading import Reading, UnknownError
from frontier_calc.record.remarks import remarks
from frontier_calc.record.store import default_folder, provenance


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Mistakes of the author's end in a message and exit status 1, never in a traceback."""
    streams.speak_plainly()
    options = _parser().parse_args(arguments)
    if data := options.data or os.environ.get("FRONTIER_DATA"):
        os.environ["FRONTIER_DATA"] = str(Path(data).resolve())  # cells run in the folders of their pages
    try:
        _repair()
        return options.run(options) or 0
    except (ValueError, LookupError) as error:
        print(f"frontier: {pages.message_of(error)}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def _repair() -> None:
    """Finish or undo what a process that was killed has left, and say so."""
    done = editions.recover_if_alone(default_folder())
    with contextlib.suppress(pages.PageError):  # no book here, and so nothing that was accepted
        done += accept.recover_if_alone(pages.find_root())
    for line in done:
        print(f"frontier: {line}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    plain, dated = argparse.ArgumentParser(add_help=False), argparse.ArgumentParser(add_help=False)
    for parser in (plain, dated):
        parser.add_argument("--data", metavar="DIR", help="a data folder other than data/")
    when = dated.add_mutually_exclusive_group()
    when.add_argument("--edition", metavar="ID", help="a published edition, such as 2026-05, or working")
    when.add_argument("--as-of", metavar="DATE", help="what was known on a day, without pins")
    whole = argparse.ArgumentParser(prog="frontier", description="The Economics of the Frontier, executable.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], int | None], options: argparse.ArgumentParser):
        """The command called as its function is, whose docstring is its help."""
        help = (run.__doc__ or "").partition("\n")[0]
        made = commands.add_parser(run.__name__.strip("_"), parents=[options], help=help, description=help)
        made.set_defaults(run=run)
        return made

    command(_text, dated).add_argument(
        "pages", nargs="*", metavar="PAGE", help="premise, ledger-1 to ledger-7, sources"
    )
    command(_explain, dated).add_argument("name", metavar="NAME", help="an address such as ledger-2/net, or a series")
    command(_find, dated).add_argument("words", nargs="+", metavar="WORDS")
    for run, options in ((_check, dated), (_accept, plain), (_build, plain), (_serve, plain)):
        command(run, options)
    moved = command(_diff, plain)
    moved.add_argument(
        "old",
        nargs="?",
        default=moments.ACCEPTED,
        metavar="OLD",
        help="an edition, working, accepted, a day, a data folder",
    )
    moved.add_argument("new", nargs="?", default=accept.WORKING, metavar="NEW", help="the same; unless given, working")
    moved.add_argument("--all", action="store_true", help="every entry of lists and sheets, not how many")
    moved.add_argument("--format", choices=moments.FORMATS, default="terminal")
    edition = command(_edition, plain)
    edition.add_argument("action", choices=["new"], metavar="new")
    edition.add_argument("id", metavar="ID", help="a year and month, such as 2026-08")
    edition.add_argument("--title", default="", help="how readers call it; unless given, the month in words")
    until = "the last day whose publications count; unless given, the newest row's"
    edition.add_argument("--as-of", default="", metavar="DATE", help=until)
    return whole


def chosen(options: argparse.Namespace) -> Reading:
    """The reading that the options ask for, or the one that the environment sets."""
    if options.edition:
        return reading.edition(options.edition)
    return reading.as_of(parse_day(options.as_of)) if options.as_of else reading.current()


def _text(options: argparse.Namespace) -> None:
    """Print the book's text with every number in place.

    Of a published edition the kept text is printed, as its readers got it; nothing is worked out again.
    """
    named = options.edition or ("" if options.as_of else os.environ.get("FRONTIER_EDITION", ""))
    if editions.is_kept(default_folder(), named):
        said = editions.texts_of(default_folder(), named, options.pages)
    else:
        said = [page.text for page in weave.weave_all(chosen(options), only=options.pages)]
    print("\n\n\n".join(said))


def _explain(options) -> None:
    """Print where a figure comes from: derivation, sources, ruler, dates, disputes."""
    on, wanted = chosen(options), options.name.replace("_", "-")
    if options.name in on.store.series:
        print(explain.of_series(on, options.name))
        return
    woven = weave.weave_all(on, only=[wanted.partition("/")[0]] if "/" in wanted else [])
    named = {a: told for page in woven for a, told in zip(page.addresses, facts.told(page.figures), strict=True)}
    matches = [address for address in named if wanted in (address, address.rpartition("/")[2])]
    if not matches:
        near = did_you_mean(wanted, [*named, *on.store.series])
        raise UnknownError(f"no figure or series {options.name!r}{near}")
    for address in matches:
        print(explain.of_figure(address, *named[address][1:]))


def _find(options) -> int:
    """Find series and figures by words."""
    on, wanted = chosen(options), [word.lower() for word in options.words]

    def fits(*texts: str) -> bool:
        return all(any(word in text.lower() for text in texts) for word in wanted)

    found = [
        f"series  {series.id:<46} {series.title} ({len(on.known(series.id))} observations)"
        for series in on.store.series.values()
        if fits(series.id, series.title, series.definition, series.subject)
    ]
    found += [
        f"figure  {address:<46} {figure} {figure.unit_words}".rstrip()
        for woven in weave.weave_all(on)
        for address, figure in woven.addresses.items()
        if fits(address, figure.label)
    ]
    if not found:
        raise UnknownError(f"nothing is called {' '.join(options.words)!r}; try one word of it")
    print("\n".join(found))


def _check(options: argparse.Namespace) -> int:
    """Weave every page, check its prose and the kept editions; print all that is wrong, due or stale."""
    on, root = chosen(options), pages.find_root()
    kept = held.against_what_was(on, root)
    wrong = [*check.everything(on, root), *kept.problems]
    due, stale = on.due(), on.stale()
    for line in reports.in_brief(wrong):
        print(line)
    for remark in remarks(on.store):
        print(f"look again: {remark}")
    for kind, row in (*(("due", row) for row in due), *(("stale", row) for row in stale)):
        said = f"{row.tag}, {provenance(row.source, row.known, row.known_words)} (row {row.row})"
        print(f"{kind}: {row.series.id} {row.period.text}: {said}")
    print("".join(f"note: {line}\n" for line in kept.notes), end="")
    print(f"{len(wrong)} problem(s) on the pages, read on {on.day} ({on.name}); "
          f"{len(due)} projection(s) due, {len(stale)} series stale")  # fmt: skip
    return 1 if wrong else 0


def _diff(options: argparse.Namespace) -> int:
    """Tell sentence by sentence what moved from OLD to NEW, and which row moved it."""
    return moments.show(options.old, options.new, pages.find_root(), options.format, options.all)


def _edition(options: argparse.Namespace) -> None:
    """Publish the working edition under a name: frontier edition new ID."""
    for line in editions.publish(pages.find_root(), default_folder(), options.id, options.title, options.as_of):
        print(line)


def _accept(options: argparse.Namespace) -> int:
    """Show what moved since the pages were last accepted, then make it what the tests compare with."""
    return accept.accept(pages.find_root())


def _build(options: argparse.Namespace) -> int:
    """Build the book into _build/html."""
    return build.build(pages.find_root())


def _serve(options: argparse.Namespace) -> int:
    """Build, show on localhost, rebuild on a change."""
    return build.serve(pages.find_root())


if __name__ == "__main__":
    sys.exit(main())
