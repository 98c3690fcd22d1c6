"""A ring: what sets out, changes its name at every stop, and comes back."""

from collections.abc import Mapping, Sequence

from frontier_calc.book.charts import Chart, Given, Row, described, facts
from frontier_calc.book.marks import Ring
from frontier_calc.book.phrases import Notes, Phrase, Words, headline, phrase


def ring_chart(
    stops: Mapping[str, str],
    ways: Sequence[Words],
    *,
    title: Words,
    subtitle: Words = "",
    middle: Words = "",
    note: Notes = (),
    name: str = "",
) -> Chart:
    """A ring: what comes back to where it set out. ``stops`` by name, each with a note or "".

    ``ways`` are the words of the way from each stop to the next, and from the last to the first; a figure in them is
    part of the chart. ``middle`` is what the ring comes to. Raises ValueError where there are not as many ways as
    stops, or fewer than three.

    >>> chart = ring_chart({"Spring": "", "Summer": "", "Autumn": ""}, ["grows", "ripens", "falls"], title="A year")
    >>> chart.description
    'Ring chart: A year. Stops: Spring; Summer; Autumn. Spring to Summer: grows. Summer to Autumn: ripens. Autumn to Spring: falls.'
    """
    if len(stops) != len(ways) or len(stops) < 3:
        raise ValueError(f"found {len(stops)} stops and {len(ways)} ways, expected as many of both, and at least three")
    names = list(stops)
    said = [phrase(way) for way in ways]
    point = headline(middle)
    steps = list(zip(names, [*names[1:], names[0]], said, strict=True))
    told = [f"{stop} ({note})" if note else stop for stop, note in stops.items()]
    figures = [figure for each in (*said, point) for figure in each.figures]
    return described(
        "Ring",
        Given(title, subtitle, note, name=name).heading("", [], figures),
        [
            f"Stops: {'; '.join(told)}",
            *(f"{start} to {end}: {way}" for start, end, way in steps),
            *([f"In the middle: {point}"] if point else []),
        ],
        [_row(start, end, way) for start, end, way in steps],
        figures,
        Ring(stops, said, point),
    )


def _row(start: str, end: str, way: Phrase) -> Row:
    measured = facts(way.figures[0]) if way.figures else {}
    return {"From": start, "To": end, "What": str(way), **measured}
