"""The command line: ``frontier text | explain | find | check | edition | accept | graph | build | serve``."""

import argparse
import json
import os
import re
import sys
from pathlib import Path

from frontier_calc import derivation, reading, words
from frontier_calc.book import pages, weave
from frontier_calc.dates import day_words, parse_day
from frontier_calc.figure import Figure
from frontier_calc.reading import Reading, UnknownError
from frontier_calc.store import default_folder, provenance

EXPECTED = (pages.PageError, ValueError, LookupError)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Mistakes of the author's end in a message and exit status 1, never in a traceback."""
    options = _parser().parse_args(arguments)
    if getattr(options, "data", None):
        os.environ["FRONTIER_DATA"] = str(Path(options.data).resolve())
    try:
        return options.run(options) or 0
    except EXPECTED as error:
        message = error.args[0] if isinstance(error, LookupError) and error.args else error
        print(f"frontier: {message}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontier", description="The Economics of the Frontier, executable.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help)
        made.set_defaults(run=run)
        made.add_argument("--data", metavar="DIR", help="a data folder other than data/")
        return made

    def dated(name: str, run, help: str) -> argparse.ArgumentParser:
        made = command(name, run, help)
        when = made.add_mutually_exclusive_group()
        when.add_argument("--edition", metavar="ID", help="a published edition, such as 2026-05, or working")
        when.add_argument("--as-of", metavar="DATE", help="what was known on a day, without pins")
        return made

    text = dated("text", _text, "Print the book's text with every number in place.")
    text.add_argument("pages", nargs="*", metavar="PAGE", help="premise, ledger-1 to ledger-7, sources")
    explain = dated(
        "explain", _explain, "Print where a figure comes from: derivation, sources, ruler, dates, disputes."
    )
    explain.add_argument("name", metavar="NAME", help="an address such as ledger-2/best-month, or a series")
    find = dated("find", _find, "Find series and figures by words.")
    find.add_argument("words", nargs="+", metavar="WORDS")
    dated("check", _check, "Weave every page and check its prose; print all that is wrong, due or stale.")
    dated("graph", _graph, "Print the graph behind every figure of the book as JSON.")
    accept = command(
        "accept", _accept, "Run the notebooks, renew the references that the tests compare with, show what changed."
    )
    accept.set_defaults(data=None)
    edition = commands.add_parser("edition", help="Publish the working edition under a name.")
    new = edition.add_subparsers(required=True, metavar="new").add_parser(
        "new", help="frontier edition new ID [--as-of DATE]"
    )
    new.set_defaults(run=_new_edition)
    new.add_argument("id", metavar="ID", help="a year and month, such as 2026-08")
    new.add_argument("--title", default="", help="how readers call it; unless given, the month in words")
    new.add_argument(
        "--as-of",
        default="",
        metavar="DATE",
        help="the last day whose publications count; unless given, the newest row's",
    )
    new.add_argument("--data", metavar="DIR", help="a data folder other than data/")
    for name, help in (
        ("build", "Build the book into _build/html."),
        ("serve", "Build, show on localhost, rebuild on a change."),
    ):
        made = command(name, _site, help)
        made.set_defaults(what=name)
    return parser


def chosen(options: argparse.Namespace) -> Reading:
    """The reading that the options ask for, or the one that the environment sets."""
    if getattr(options, "edition", None):
        return reading.edition(options.edition)
    if getattr(options, "as_of", None):
        return reading.as_of(parse_day(options.as_of))
    return reading.current()


def _text(options) -> None:
    woven = weave.weave_all(chosen(options), only=options.pages)
    print("\n\n\n".join(page.text for page in woven))


def _explain(options) -> int:
    on = chosen(options)
    if options.name in on.store.series:
        with reading.use(on):
            _print_series(on, options.name)
        return 0
    woven = weave.weave_all(on, only=[options.name.partition("/")[0]] if "/" in options.name else [])
    named = {address: (figure, page) for page in woven for address, figure in page.addresses.items()}
    wanted = options.name.replace("_", "-")
    matches = [a for a in named if a == wanted or a.rpartition("/")[2] == wanted]
    if not matches:
        import difflib

        close = difflib.get_close_matches(wanted, [*named, *on.store.series], n=3, cutoff=0.4)
        raise UnknownError(f"no figure or series {options.name!r}" + f"; near it: {', '.join(close)}" * bool(close))
    for address in matches:
        figure, page = named[address]
        print(explained(address, figure, {f.key: (n.replace("_", " "), f) for n, f in page.figures.items()}))
    return 0


def _print_series(on: Reading, id: str) -> None:
    series = on.series(id)
    print(f"{id}: {series.title}\n  {series.definition}\n  ruler: {series.ruler}   unit: {series.spellings[0]}")
    for row in sorted(on.known(id), key=lambda row: (row.period, row.known)):
        print(
            f"  {row.period.text:<10} {row.tag:<12} {words.phrase(row.value, '', row.qualifier):<22} {provenance(row.source, row.known)}"
        )
    for figure in on.history(id)[-1:]:
        print(explained(id, figure, {}))


def explained(address: str, figure: Figure, names: dict) -> str:
    """Everything behind a figure, in plain text."""
    steps = derivation.steps(figure, names)
    lines = [f"{address}: {figure} {figure.unit_words}".rstrip()]
    lines += [f"  = {step}" for step in dict.fromkeys(steps[:2]) if step != str(figure)]
    facts = {
        "ruler": figure.aside or str(figure.ruler), "tag": figure.tag or "exact", "qualifier": figure.qualifier,
        "about": figure.period.words if figure.period else "", "known on": day_words(figure.known) if figure.known else "",
        "range": f"{figure.low:g} to {figure.high:g}" if figure.low is not None else "",
    }  # fmt: skip
    lines += [f"  {name}: {fact}" for name, fact in facts.items() if fact]
    if figure.sensitivity and len(figure.leaves) > 1:
        leaf, elasticity = figure.sensitivity
        lines.append(f"  leans most on: {leaf.title or leaf.name}, {elasticity:+.2f} per cent for each per cent")
    for leaf in figure.leaves:
        if leaf.source is None:
            lines.append(
                f"  - {leaf.name}: {leaf.value:g}{' (assumed)' if leaf.tag == 'illustrative' else ' (exact)' * (not leaf.tag)}"
            )
            continue
        lines.append(f"  - {leaf.name}, {leaf.period.words if leaf.period else ''}: {derivation.leaf_words(leaf)} [{leaf.tag}] "
                     f"{provenance(leaf.source, leaf.known)}; {leaf.source.voice}, {leaf.source.access}"
                     + f", seen through {leaf.source.via}" * bool(leaf.source.via))  # fmt: skip
        if leaf.source.link:
            lines.append(f"      {leaf.source.link}")
        if leaf.note:
            lines.append(f"      note: {leaf.note}")
        if leaf.held:
            lines.append(f"      held by the edition: {leaf.held}")
        for other in leaf.disputes:
            value = words.phrase(other.value, "", other.qualifier)
            lines.append(f"      disputed: {value} [{other.tag}] {provenance(other.source, other.known)}")
    return "\n".join(lines)


def _find(options) -> int:
    on = chosen(options)
    wanted = [re.compile(re.escape(word.lower())) for word in options.words]

    def fits(*texts: str) -> bool:
        return all(any(word.search(text.lower()) for text in texts) for word in wanted)

    found = 0
    for series in on.store.series.values():
        if fits(series.id, series.title, series.definition, series.subject):
            found += 1
            last = on.known(series.id)
            print(f"series  {series.id:<46} {series.title} ({len(last)} observations)")
    for woven in weave.weave_all(on):
        for address, figure in woven.addresses.items():
            if fits(address, figure.label):
                found += 1
                print(f"figure  {address:<46} {figure} {figure.unit_words}".rstrip())
    if not found:
        print(f"nothing is called {' '.join(options.words)!r}; try one word of it", file=sys.stderr)
    return 0 if found else 1


def _check(options) -> int:
    from frontier_calc.book import check

    on, root = chosen(options), pages.find_root()
    wrong = check.everything(on, root)
    for line in wrong:
        print(line)
    for kind, rows in (("due", on.due()), ("stale", on.stale())):
        for row in rows:
            print(
                f"{kind}: {row.series.id} {row.period.text}: {row.tag}, {provenance(row.source, row.known)} (row {row.row})"
            )
    print(f"{len(wrong)} problem(s) on the pages, read on {day_words(on.as_of)} ({on.name}); "
          f"{len(on.due())} projection(s) due, {len(on.stale())} series stale")  # fmt: skip
    return 1 if wrong else 0


def _graph(options) -> None:
    from frontier_calc.book import export

    figures = {a: f for page in weave.weave_all(chosen(options)) for a, f in page.addresses.items()}
    json.dump(export.graph(figures), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)


def _new_edition(options) -> int:
    folder = default_folder()
    working = reading.edition("working", folder)
    if not re.fullmatch(r"\d{4}-\d\d", options.id):
        raise ValueError(f"{options.id!r} is not a year and month, such as 2026-08")
    if options.id in working.store.editions:
        raise ValueError(f"there is an edition {options.id} already; a published edition is not rewritten")
    as_of = parse_day(options.as_of) if options.as_of else working.as_of
    closing = max(row.recorded for row in working.store.observations)
    title = options.title or parse_day_words(options.id)
    path = folder / "editions.csv"
    text = path.read_text(encoding="utf-8-sig")
    row = f"{options.id},{title},{as_of},{closing},\n"
    path.write_text(text + ("" if text.endswith("\n") else "\n") + row, encoding="utf-8")
    print(f"{path}: added {row.strip()}")
    print("Pins in force go with the edition that set them; add new ones to pins.csv. Then run: frontier accept")
    return 0


def parse_day_words(month: str) -> str:
    """A month in words: 2026-08 is August 2026."""
    from frontier_calc.dates import parse_period

    return parse_period(month).words


def _accept(options) -> int:
    from frontier_calc.book import accept

    return accept.renew(pages.find_root())


def _site(options) -> int:
    from frontier_calc.book import build

    return getattr(build, options.what)(pages.find_root())


if __name__ == "__main__":
    sys.exit(main())
