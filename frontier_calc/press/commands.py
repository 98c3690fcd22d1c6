"""What each command of ``frontier`` does: the first line of its docstring is its help.

Each takes the parsed options and returns an exit status.
"""

import argparse
import json
import os
from collections.abc import Iterator
from datetime import date

from frontier_calc.book.facts import Facts
from frontier_calc.dates import parse_day
from frontier_calc.errors import did_you_mean
from frontier_calc.figure import Figure
from frontier_calc.press import accept as accepting
from frontier_calc.press import (
    adding,
    adding_options,
    booklet,
    class_zip,
    editions,
    expiry,
    explain,
    findings,
    moments,
    pages,
    permanent,
    reports,
    walk,
    weave,
)
from frontier_calc.press import build as building
from frontier_calc.press import slides as projected
from frontier_calc.press.past import Shelved
from frontier_calc.record import cells, reading
from frontier_calc.record.reading import Reading, UnknownError
from frontier_calc.record.store import default_folder

Options = argparse.Namespace


def chosen(options: Options) -> Reading:
    """The reading that the options ask for, or the one that the environment sets."""
    if options.edition:
        return reading.edition(options.edition)
    return reading.as_of(_day(options.as_of)) if options.as_of else reading.current()


def _day(text: str) -> date:
    """A day as it was typed. Raises ValueError that says what was found."""
    try:
        return parse_day(text)
    except ValueError as error:
        raise ValueError(f"found {text!r}, expected {error}") from None


# Reading the book.


def text(options: Options) -> int:
    """Print the book's text with every number in place.

    Of a published edition the kept text is printed, as its readers got it; nothing is worked out again.
    """
    named = options.edition or ("" if options.as_of else os.environ.get("FRONTIER_EDITION", ""))
    if editions.is_kept(default_folder(), named):
        said = editions.texts_of(default_folder(), named, options.pages)
    else:
        said = [page.text for page in weave.weave_all(chosen(options), only=options.pages)]
    print("\n\n\n".join(said))
    return 0


def explain_(options: Options) -> int:
    """Print where a figure comes from: derivation, sources, ruler, dates, disputes."""
    on = chosen(options)
    if options.name in on.store.series:
        print(explain.of_series(on, options.name))
        return 0
    wanted = options.name.replace("_", "-")
    named = _named_figures(on, [wanted.partition("/")[0]] if "/" in wanted else [])
    matches = [address for address in named if wanted in (address, address.rpartition("/")[2])]
    if not matches:
        near = did_you_mean(wanted, [*named, *on.store.series])
        raise UnknownError(f"no figure or series {options.name!r}{near}")
    past = Shelved(on)
    for address in matches:
        figure, fact = named[address]
        print(explain.of_figure(address, figure, fact, past.of([address], figure)))
    return 0


def _named_figures(on: Reading, only: list[str]) -> dict[str, tuple[Figure, Facts]]:
    """The named figures of some pages, or of all, by address, each with what there is to tell of it."""
    found = {}
    for page in weave.weave_all(on, only=only):
        for address, (_, figure, fact) in zip(page.addresses, page.told, strict=True):
            found[address] = (figure, fact)
    return found


def find(options: Options) -> int:
    """Find series and figures by words."""
    on = chosen(options)
    wanted = [word.lower() for word in options.words]
    found = [*_series_with(wanted, on), *_figures_with(wanted, on)]
    if not found:
        raise UnknownError(f"nothing is called {' '.join(options.words)!r}; try one word of it")
    print("\n".join(found))
    return 0


def _fits(wanted: list[str], *texts: str) -> bool:
    """True where each word wanted stands in one of the texts."""
    return all(any(word in text.lower() for text in texts) for word in wanted)


def _series_with(wanted: list[str], on: Reading) -> Iterator[str]:
    for series in on.store.series.values():
        if _fits(wanted, series.id, series.title, series.definition, series.subject):
            yield f"series  {series.id:<46} {series.title} ({len(on.known(series.id))} observations)"


def _figures_with(wanted: list[str], on: Reading) -> Iterator[str]:
    for page in weave.weave_all(on):
        for address, figure in page.addresses.items():
            if _fits(wanted, address, figure.label):
                yield f"figure  {address:<46} {figure} {figure.unit_words}".rstrip()


# Adding to it.


def add(options: Options) -> int:
    """Add an observation, with its source: the number as a headline words it, checked, shown and written at once."""
    data = default_folder()
    return adding.add(adding_options.wishes(options, data), data, options.yes, options.dry_run)


def series(options: Options) -> int:
    """Add a series: frontier series add ID."""
    data = default_folder()
    return adding.add_row("series", adding_options.series_row(options, data), data, options.yes, options.dry_run)


def source(options: Options) -> int:
    """Add a source by itself: frontier source add."""
    data = default_folder()
    return adding.add_row("source", adding_options.source_row(options, data), data, options.yes, options.dry_run)


# Keeping it true.


def check(options: Options) -> int:
    """Weave every page, check its prose and the kept editions; print all that is wrong, due or stale."""
    found = findings.of(chosen(options), pages.find_root())
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        print(reports.fitted("\n".join(found.lines())))
    return 1 if found.wrong else 0


def due(options: Options) -> int:
    """List what is due or stale on a day, today unless told otherwise, and what comes due in the month after."""
    day = _day(options.on) if options.on else cells.today()
    print("\n".join(expiry.lines(reading.as_of(day), expiry.spoken_for(pages.find_root()))))
    return 0


def diff(options: Options) -> int:
    """Tell sentence by sentence what moved from OLD to NEW, and which row moved it."""
    return moments.show(options.old, options.new, pages.find_root(), options.format, options.all)


def accept(options: Options) -> int:
    """Show what moved since the pages were last accepted, then make it what the tests compare with."""
    return accepting.accept(pages.find_root())


def edition(options: Options) -> int:
    """Publish the working edition under a name: frontier edition new ID."""
    told = editions.publish(
        pages.find_root(), default_folder(), options.id, options.title, options.as_of, options.without_pin
    )
    for line in told:
        print(line)
    return 0


def publish(options: Options) -> int:
    """Walk to a published edition: check, what is due, the text, the pins; then publish it. frontier publish 2026-11."""
    asked = walk.Asked(options.id, options.title, options.as_of, options.without_pin)
    ask = walk.always if options.yes else walk.in_terminal
    return walk.publish(pages.find_root(), default_folder(), asked, ask, dry=options.dry_run)


# Building it.


def pdf(options: Options) -> int:
    """Typeset the booklet, sheets and all, as one PDF; its path is printed last."""
    print("typesetting the booklet ...", flush=True)
    print(booklet.make(chosen(options), pages.find_root()))
    return 0


def slides(options: Options) -> int:
    """Typeset slides of the charts, one a slide, as a PDF; its path is printed last."""
    print("typesetting the slides ...", flush=True)
    print(projected.make(chosen(options), pages.find_root()))
    return 0


def build(options: Options) -> int:
    """Build the book into _build/html."""
    return building.build(pages.find_root())


def site(options: Options) -> int:
    """Make the site of all published editions in _build/site, each at its address, the newest at the root as well."""
    print("\n".join(permanent.make(pages.find_root(), default_folder(), options.published)))
    return 0


def class_(options: Options) -> int:
    """Pack notebooks, data and packages into a zip that a class uses without a network.

    For other systems than this machine's say which: --for windows --for mac --python 3.12.
    """
    made = class_zip.make(
        chosen(options), options.out, options.systems, options.versions, packages=not options.no_packages
    )
    print(f"{made}: {made.stat().st_size / 1e6:.0f} MB")
    return 0


def serve(options: Options) -> int:
    """Build, show on localhost, rebuild on a change."""
    return building.serve(pages.find_root())
