"""Everything behind a figure or a series, in plain text for a terminal."""

from collections.abc import Iterator

from frontier_calc import derivation
from frontier_calc.book import facts
from frontier_calc.book.facts import Facts
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import provenance


def of_figure(address: str, figure: Figure, fact: Facts) -> str:
    """A figure: its facts, then what it was worked out from."""
    return "\n".join([*_facts(address, figure, fact), *_inputs(figure)])


def _facts(address: str, figure: Figure, fact: Facts) -> Iterator[str]:
    yield f"{address}: {fact.result} {fact.unit}".rstrip()
    for step in (fact.formula, fact.numbers):
        if step:
            yield f"    = {step}"
    named = (
        ("ruler", facts.ruler_of(figure)),
        ("tag", figure.tag or "exact"),
        ("kind", fact.kind),
        ("about", fact.about),
        ("known on", fact.known),
        ("range", fact.range),
        ("leans most on", fact.leans),
    )
    for name, told in named:
        if told:
            yield f"  {name}: {told}"
    for name, several in (("held by the edition", fact.held), ("disputed", fact.others), ("note", fact.notes)):
        for each in several:
            yield f"  {name}: {each}"


def _inputs(figure: Figure) -> Iterator[str]:
    for leaf in figure.leaves:
        about = f", {leaf.period.words}" if leaf.period else ""
        yield f"  - {leaf.name}{about}: {derivation.leaf_words(leaf)} [{leaf.tag or 'exact'}]"
        if leaf.source is not None:
            yield from _source(leaf)


def _source(leaf: Leaf) -> Iterator[str]:
    yield f"      {provenance(leaf.source, leaf.known, leaf.known_words)}; {facts.reading_of(leaf.source)}"
    yield f"      {leaf.source.title} {leaf.source.link}".rstrip()


def of_series(on: Reading, id: str) -> str:
    """A series: what it measures, each observation known, and the latest one explained."""
    series = on.series(id)
    lines = [f"{id}: {series.title}", f"  {series.definition}"]
    lines.append(f"  ruler: {series.ruler}   unit: {series.spellings[0]}")
    for row in sorted(on.known(id), key=lambda row: (row.period, row.known)):
        value = facts.row_words(row)
        lines.append(
            f"  {row.period.text:<10} {row.tag:<12} {value:<22} {provenance(row.source, row.known, row.known_words)}"
        )
    lines += [of_figure(id, figure, facts.facts_of(figure)) for figure in on.history(id)[-1:]]
    return "\n".join(lines)
