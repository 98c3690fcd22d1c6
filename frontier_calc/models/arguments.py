"""What a model asks of the figures that it is given, and how it says what is wrong with them."""

from frontier_calc.errors import Readable
from frontier_calc.figure import Figure
from frontier_calc.units import unlike


class ModelError(Readable, ValueError):
    """A model was given something that it cannot work with; the message says what it needs."""


def need_figures(owner: str, **given: object) -> None:
    """Raise ModelError unless all that was given are figures; a bare number has no unit and no source.

    >>> need_figures("lab.Account", build=1e9)
    Traceback (most recent call last):
    ...
    frontier_calc.models.arguments.ModelError: lab.Account takes figures, and build is 1000000000.0: write fc.assume("build", ...) with its unit
    """
    for name, value in given.items():
        if not isinstance(value, Figure):
            raise ModelError(
                f'{owner} takes figures, and {name} is {value!r}: write fc.assume("{name}", ...) with its unit'
            )


def need_one_unit(verb: str, first: Figure, *others: Figure) -> None:
    """Raise UnitError unless all figures count the same."""
    for other in others:
        if other.unit != first.unit:
            raise unlike(verb, first, other)


def need_positive(what: str, *figures: Figure) -> None:
    """Raise ModelError for a figure that is not above nothing; ``what`` names whoever needs it to be.

    Nothing is asked where one of them was not known on the day of reading: then no result is known either.

    >>> from frontier_calc import assume
    >>> need_positive("growth by a factor", assume("factor", 0))
    Traceback (most recent call last):
    ...
    frontier_calc.models.arguments.ModelError: growth by a factor takes what is above nothing, and factor is 0
    """
    if not all(figure.is_known for figure in figures):
        return
    for figure in figures:
        if not figure.value > 0:
            raise ModelError(f"{what} takes what is above nothing, and {figure.label} is {figure}")
