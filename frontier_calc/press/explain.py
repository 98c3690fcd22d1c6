"""Everything behind a figure or a series, in plain text for a terminal: the words of its card, and more."""

from collections.abc import Iterator

from frontier_calc.book import facts, moved
from frontier_calc.book.facts import Facts, Statement
from frontier_calc.figure import Figure
from frontier_calc.press.past import Past
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Source, provenance
from frontier_calc.typography import curly


def of_figure(address: str, figure: Figure, fact: Facts, was: Past | None = None) -> str:
    """A figure: its sentence, what moves it and what it was, who says so and who does not, its formula and measure."""
    how = (f"  {name}: {words}" for name, words in measured(figure, fact))
    parts = (_sentence(address, fact), told(figure, was), _statements(fact), _formula(fact), how)
    return "\n".join(line for part in parts for line in part)


def told(figure: Figure, was: Past | None = None) -> Iterator[str]:
    """What moves a figure most, and what it was in earlier editions: the sentences of its card."""
    for sentence in (moved.words_of(figure), was.sentence if was else ""):
        if sentence:
            yield f"  {sentence}"


def _sentence(address: str, fact: Facts) -> Iterator[str]:
    yield f"{address}: {fact.head}"
    yield f"  {fact.sentence}"


def _statements(fact: Facts) -> Iterator[str]:
    for each in fact.statements:
        yield f"  - {each.name}: {each.said}"
        if each.source is not None:
            yield from _source(each.source)
        for told in (each.standing, each.age):
            if told:
                yield f"      {told}"
        for name, text in (("held by the edition", each.held), ("note", each.note)):
            if text:
                yield f"      {name}: {text}"
        yield from _others(each)


def _source(source: Source) -> Iterator[str]:
    yield f"      {source}; {facts.reading_of(source)}"
    yield f"      {source.title} {source.link}".rstrip()


def _others(statement: Statement) -> Iterator[str]:
    for answer in statement.others:
        yield f"      {answer.source} puts it at {answer.said}" if answer.source else f"      {answer.said}"


def _formula(fact: Facts) -> Iterator[str]:
    if fact.numbers:
        yield f"  {fact.formula}"
        yield f"    = {fact.numbers}"
        yield f"    = {fact.head}"


def measured(figure: Figure, fact: Facts) -> Iterator[tuple[str, str]]:
    """How a figure was measured, how firm it is and of when, by name; what there is nothing to say of is left out."""
    named = (
        ("ruler", facts.ruler_of(figure)),
        ("tag", figure.tag or "exact"),
        ("kind", fact.kind),
        ("about", fact.about),
        ("known on", fact.known),
        ("range", fact.range),
        ("leans most on", fact.leans),
        ("series", ", ".join(dict.fromkeys(leaf.name for leaf in figure.leaves if leaf.tag))),
    )
    return ((name, told) for name, told in named if told)


def of_series(on: Reading, id: str) -> str:
    """A series: what it measures, each observation known, and the latest one explained."""
    series = on.series(id)
    lines = [f"{id}: {series.title}", f"  {series.definition}"]
    lines.append(f"  in a sentence: {curly(series.called)}")
    lines.append(f"  ruler: {series.ruler}   unit: {series.spellings[0]}")
    for row in sorted(on.known(id), key=lambda row: (row.period, row.known)):
        value = facts.row_words(row)
        lines.append(
            f"  {row.period.text:<10} {row.tag:<12} {value:<22} {provenance(row.source, row.known, row.known_words)}"
        )
    lines += [of_figure(id, figure, facts.facts_of(figure, on=on)) for figure in on.history(id)[-1:]]
    return "\n".join(lines)
