"""Claims: comparisons that a sentence rests on."""

import html
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from frontier_calc import graph, words
from frontier_calc.errors import Readable
from frontier_calc.graph import Operation
from frontier_calc.rulers import alike


class ComparisonError(Readable, TypeError):
    """A comparison was used as a truth value, which would lose what it compares."""


@dataclass(frozen=True)
class Comparison:
    """Two figures and the relation asserted between them; ``&`` joins several. A claim puts it into words."""

    left: Any
    relation: str
    right: Any
    also: tuple["Comparison", ...] = ()

    RELATIONS: ClassVar = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}

    def __post_init__(self) -> None:
        alike("compare", self.left, self.right)

    def __and__(self, other: "Comparison") -> "Comparison":
        return replace(self, also=(*self.also, *other.parts))

    def __bool__(self) -> bool:
        raise ComparisonError("a comparison of figures is not a truth value; word it with claim(), or use .holds")

    @property
    def parts(self) -> tuple["Comparison", ...]:
        """This comparison and those joined to it, one by one."""
        return (self, *self.also)

    @property
    def figures(self) -> tuple[Any, ...]:
        """All figures compared, exact constants left out."""
        found = {f.key: f for part in self.parts for f in (part.left, part.right) if not f.is_exact}
        return tuple(found.values())

    @property
    def holds(self) -> bool:
        """True if the central values stand in the relation asserted, in every part."""
        return all(self.RELATIONS[p.relation](p.left.value, p.right.value) for p in self.parts)

    @property
    def overlaps(self) -> bool:
        """True if the range of the difference leaves the relation of some part open."""
        return any(_open(part) for part in self.parts)

    @property
    def is_known(self) -> bool:
        """False where some figure was not known on the day of reading."""
        return all(f.is_known for f in self.figures)


def _open(part: Comparison) -> bool:
    low, high = graph.interval(Operation("-", (part.left.node, part.right.node)))
    if low is None or high is None:
        return False
    test = Comparison.RELATIONS[part.relation]
    return test(low, 0.0) != test(high, 0.0)


class ClaimError(Readable, ValueError):
    """A sentence that the data no longer supports, with no words for what has become true."""


PLACE = re.compile(r"\{(\w+)(?:\.(\w+))?\}")

collected: list[ClaimError] | None = None  # a list here collects broken claims instead of raising them


@dataclass(frozen=True)
class Claim:
    """A comparison and the sentences for what it may turn out to be. Make one with :func:`claim`."""

    id: str
    condition: Comparison
    sentences: dict[str, str]
    figures: dict[str, Any]

    @property
    def verdict(self) -> str:
        """holds, otherwise, overlap, projected or unknown: which sentence is the true one."""
        condition = self.condition
        if not condition.is_known:
            return "unknown"
        if "overlap" in self.sentences and condition.overlaps:
            return "overlap"
        if not condition.holds:
            return "otherwise"
        projected = any(f.tag == "projected" for f in condition.figures)
        return "projected" if projected and "projected" in self.sentences else "holds"

    @property
    def _template(self) -> str:
        if self.verdict == "unknown":
            return words.TABLE["unknown"]
        # A verdict without a sentence is only ever seen while claims are collected.
        return self.sentences.get(self.verdict, f"[the claim {self.id} does not hold]")

    def _filled(self, template: str, show: Callable[[words.Worded], str]) -> str:
        return PLACE.sub(lambda place: show(words.Worded(self.figures[place[1]], place[2] or "plain")), template)

    @property
    def spans(self) -> tuple[Any, ...]:
        """The sentence said, as parts: texts and worded figures."""
        parts: list[Any] = []
        position = 0
        for place in PLACE.finditer(self._template):
            parts.append(self._template[position : place.start()])
            parts.append(words.Worded(self.figures[place[1]], place[2] or "plain"))
            position = place.end()
        parts.append(self._template[position:])
        return tuple(part for part in parts if part != "")

    def __str__(self) -> str:
        return self._filled(self._template, str)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        text = self._filled(html.escape(self._template, quote=False), words.Worded._repr_html_)
        return f'<span class="claim mathjax_ignore" data-claim="{html.escape(self.id)}" data-verdict="{self.verdict}">{text}</span>'


def claim(
    id: str,
    condition: Comparison,
    sentence: str,
    *,
    otherwise: str | None = None,
    overlap: str | None = None,
    projected: str | None = None,
    **figures: Any,
) -> Claim:
    """A sentence that rests on a comparison, and, where the author wants, the sentence for when it no longer holds.

    ``sentence`` stands while the condition holds; ``otherwise`` when it does not; ``overlap`` while the ranges leave
    it open; ``projected`` when it holds only with a projected figure in it. Templates name the figures given by
    keyword: ``{lead}``, ``{lead.fold}``. Raises ClaimError where what has become true has no sentence, and
    ValueError where a template names a figure or a wording that does not exist.
    """
    given = {"holds": sentence, "otherwise": otherwise, "overlap": overlap, "projected": projected}
    sentences = {verdict: text for verdict, text in given.items() if text is not None}
    for text in sentences.values():
        for name, style in PLACE.findall(text):
            if name not in figures:
                raise ValueError(f"claim {id}: {{{name}}} is not among its figures: {', '.join(figures) or 'none'}")
            if style and style not in words.STYLES:
                ways = ", ".join(sorted(words.STYLES))
                raise ValueError(f"claim {id}: {{{name}.{style}}}: ways to word it are {ways}")
            words.Worded(figures[name], style or "plain")  # raises where it does not suit the figure
    made = Claim(id, condition, sentences, figures)
    if made.verdict not in (*sentences, "unknown"):
        error = ClaimError(_broken(made))
        if collected is None:
            raise error
        collected.append(error)
    return made


def _broken(broken: Claim) -> str:
    lines = [f"claim {broken.id} no longer holds, and no sentence says what has become true."]
    for part in broken.condition.parts:
        lines.append(f"  claimed: {part.left.label} {part.relation} {part.right.label}")
    for fig in broken.condition.figures:
        known = f", known on {fig.known.isoformat()}" if fig.known else ""
        outlets = "; ".join(str(source) for source in fig.sources) or "no source"
        lines.append(f"  {fig.label} = {fig}{known} ({outlets})")
    lines.append('  Give the claim an otherwise="..." sentence, or rewrite the paragraph.')
    return "\n".join(lines)
