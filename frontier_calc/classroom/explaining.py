"""A figure that explains itself: in words for a terminal, and as a small card for the output of a cell.

The words are those of its card on the site (``book.facts``) and of ``frontier explain`` (``press.explain``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from frontier_calc.book import facts
from frontier_calc.book.facts import Answer, Facts, Statement
from frontier_calc.book.html import element
from frontier_calc.figure import Figure, FigureError
from frontier_calc.press import explain
from frontier_calc.record.reading import current
from frontier_calc.record.store import Source

OWN = "It leans on an observation of your own, which the book does not have."
# JupyterLab's own colours, by day and by night; elsewhere those of the page around it.
CARD = "border-left: 3px solid var(--jp-border-color1, #8888); padding: 0.2em 1em; max-width: 46em; color: inherit"
ASIDE = "opacity: 0.8; font-size: 0.92em"
# What stands between two dollar signs is no mathematics.
PLAIN = "frontier-figure mathjax_ignore tex2jax_ignore"


@dataclass(frozen=True)
class Explanation:
    """What stands behind a figure or a series: printed, it is text; as the last line of a cell, a card."""

    text: str
    card: Markup

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return str(self.card)


def of(what: Figure | str) -> Explanation:
    """The explanation of a figure, or of a series by its name."""
    if isinstance(what, Figure):
        return of_figure(what)
    if not isinstance(what, str):
        raise FigureError(
            f"explain tells of a figure or of a series by its name, not of {what!r}.\n"
            'Give it one: fc.explain(fc.latest("anthropic-revenue-run-rate")), or fc.explain("anthropic-revenue-run-rate")'
        )
    text = explain.of_series(current(), what)
    return Explanation(text, element("pre", text, class_=PLAIN, style="white-space: pre-wrap; color: inherit"))


def of_figure(figure: Figure) -> Explanation:
    """The explanation of a figure, by the reading in force."""
    fact = facts.facts_of(figure, on=current())
    text = explain.of_figure(figure.label, figure, fact)
    if figure.is_own:
        text = f"{text}\n  {OWN}"
    return Explanation(text, card(figure, fact))


def in_short(figure: Figure) -> str:
    """A figure in a few lines of text: its sentence, how it was measured, who says so, and who says otherwise.

    >>> from frontier_calc import edition, at
    >>> print(in_short(edition("2026-05").at("anthropic-revenue-run-rate", "2026-04")))
    Over $30 billion a year: Anthropic’s sales pace in April 2026, as the company said on 6 April.
      ruler: run-rate, gross; tag: reported; about: April 2026; known on: 6 April 2026
      Anthropic, 6 April 2026
      investcopilot, reporting SemiAnalysis, 1 May 2026 puts it at over $44 billion, an estimate
    """
    fact = facts.facts_of(figure, on=current())
    lines = [fact.sentence, "; ".join(f"{name}: {told}" for name, told in measured(figure, fact))]
    lines += [str(each.source) for each in fact.statements if each.source is not None]
    lines += [otherwise(answer) for answer in fact.others]
    if figure.is_own:
        lines.append(OWN)
    return "\n  ".join(dict.fromkeys(filter(None, lines)))


def measured(figure: Figure, fact: Facts) -> Iterator[tuple[str, str]]:
    """How a figure was measured, how firm it is and of when, in short: the sentence above says its kind and its series."""
    return ((name, told) for name, told in explain.measured(figure, fact) if name not in ("kind", "series"))


def otherwise(answer: Answer) -> str:
    """What somebody else says of the same."""
    return f"{answer.source} puts it at {answer.said}" if answer.source else answer.said


def card(figure: Figure, fact: Facts) -> Markup:
    """A figure as the output of a cell: readable by day and by night, every text escaped."""
    sentence = element("p", element("strong", fact.head), ": ", fact.saying, style="margin: 0.3em 0")
    parts = [sentence]
    if figure.is_own:
        parts.append(element("p", element("strong", OWN), style="margin: 0.3em 0"))
    parts += [element("ul", *map(_statement, fact.statements), style="margin: 0.3em 0")] if fact.statements else []
    if fact.numbers:
        steps = (fact.formula, Markup("<br>= "), fact.numbers, Markup("<br>= "), fact.head)
        parts.append(element("p", *steps, style="margin: 0.3em 0 0.3em 1.2em"))
    told = " · ".join(f"{name}: {words}" for name, words in measured(figure, fact))
    parts.append(element("p", told, style=f"margin: 0.3em 0; {ASIDE}"))
    return element("div", *parts, class_=PLAIN, style=CARD, data_figure=figure.key, data_tag=figure.tag or "exact")


def _statement(each: Statement) -> Markup:
    told = [element("strong", each.name), f": {each.said}. "]
    if each.source is not None:
        told += [_source(each.source), f" ({facts.reading_of(each.source)}). "]
    told += [f"{text} " for text in (each.standing, each.age, each.held, each.note) if text]
    others = [element("li", otherwise(answer), ".") for answer in each.others]
    if others:
        told.append(element("ul", *others))
    return element("li", *told)


def _source(source: Source) -> Markup:
    if not source.link:
        return escape(str(source))
    return element("a", str(source), href=source.link, title=source.headline, rel="noopener", target="_blank")
