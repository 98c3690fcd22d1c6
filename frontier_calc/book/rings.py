"""A ring: what sets out, changes its name at every stop, and comes back."""

from collections.abc import Mapping, Sequence

from frontier_calc.book.charts import Chart, Given, described
from frontier_calc.book.marks import Ring
from frontier_calc.book.phrases import Notes, Words


def ring_chart(
    stops: Mapping[str, str], ways: Sequence[str], *, title: Words, subtitle: Words = "", note: Notes = (), name: str = ""
) -> Chart:  # fmt: skip
    """A ring: what comes back to where it set out. ``stops`` by name, each with a note or "".

    ``ways`` are the words of the way from each stop to the next, and from the last to the first. Raises ValueError
    where there are not as many ways as stops, or fewer than three.

    >>> chart = ring_chart({"Spring": "", "Summer": "", "Autumn": ""}, ["grows", "ripens", "falls"], title="A year")
    >>> chart.description
    'Ring chart: A year. Stops: Spring; Summer; Autumn. Spring to Summer: grows. Summer to Autumn: ripens. Autumn to Spring: falls.'
    """
    if len(stops) != len(ways) or len(stops) < 3:
        raise ValueError(f"found {len(stops)} stops and {len(ways)} ways, expected as many of both, and at least three")
    names = list(stops)
    steps = [(start, end, way) for start, end, way in zip(names, [*names[1:], names[0]], ways, strict=True)]
    told = [f"{stop} ({note})" if note else stop for stop, note in stops.items()]
    return described(
        "Ring",
        Given(title, subtitle, note, name=name).heading("", [], []),
        [f"Stops: {'; '.join(told)}", *(f"{start} to {end}: {way}" for start, end, way in steps)],
        [{"From": start, "To": end, "What": way} for start, end, way in steps],
        [],
        Ring(stops, ways),
    )
