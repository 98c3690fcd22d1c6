"""Claims: sentences that rest on conditions, with other sentences for what may become true instead.

A page writes them as prose, in cells of their own: see :mod:`frontier_calc.claim_cells`.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from traceback import walk_stack
from typing import Any

from frontier_calc.conditions import Comparison, ComparisonError, Condition, as_condition
from frontier_calc.errors import Readable, did_you_mean
from frontier_calc.figure import Figure
from frontier_calc.table import TABLE
from frontier_calc.words import Worded

__all__ = ["Branch", "Claim", "ClaimError", "Comparison", "ComparisonError", "Span", "claim"]

Span = str | Worded  # a sentence as parts: text, and figures in one of their wordings

NO_VERDICT = ("unknown", "undefined")  # a figure was not known, or has no value, and no sentence is true

PLACE = re.compile(r"\{([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\}")


class ClaimError(Readable, ValueError):
    """A sentence that the data no longer supports, with no words for what has become true; or one that is misspelt.

    ``line`` is the line of its cell at which something has to be done; ``through`` tells of one that was collected
    which lines of which files had called for it, the nearest first.
    """

    through: tuple[tuple[str, int], ...] = ()

    def __init__(self, message: str, line: int = 1, cell_line: str = "") -> None:
        self.line = line
        self.cell_line = cell_line
        super().__init__(message)


collected: list[ClaimError] | None = None  # a list here collects broken claims instead of raising them


@dataclass(frozen=True)
class Branch:
    """One sentence of a claim, and when it is said.

    ``kind`` is "holds" for the first sentence, "when" for one with a condition of its own, "overlap" where a
    condition is left open, or "otherwise" where none holds.
    """

    kind: str
    template: str
    condition: Condition | None = None
    text: str = ""  # the condition as the author wrote it
    line: int = 1


@dataclass(frozen=True)
class Claim:
    """A sentence that rests on conditions. Made by a ``%%claim`` cell, or with :func:`claim`.

    ``places`` holds what the braces of its templates name: a figure in one of its wordings, or a text.
    """

    id: str
    branches: tuple[Branch, ...]
    places: Mapping[str, Span] = field(repr=False)
    consulted: tuple[str, ...] = ()  # the names of figures whose tag or qualifier its conditions ask about
    asked: tuple[Figure, ...] = ()  # the figures that its conditions name, also where they ask no number of them
    events: tuple[str, ...] = ()  # what identifies the events of which its conditions ask whether they have come

    @property
    def condition(self) -> Condition:
        """The condition of the first sentence."""
        condition = self.branches[0].condition
        assert condition is not None
        return condition

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, in the order in which they are gone through."""
        return tuple(branch.condition for branch in self.branches if branch.condition is not None)

    @property
    def compared(self) -> tuple[Figure, ...]:
        """The figures that its conditions compare."""
        found = [figure for condition in self.conditions for figure in condition.figures]
        return tuple({figure.key: figure for figure in found}.values())

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures that its sentences name, whichever is said, by name: ``lead`` for {lead} and for {lead.times}."""
        shown = {place: part for place, part in self.places.items() if isinstance(part, Worded)}
        return {place.removesuffix(f".{part.style}"): part.figure for place, part in shown.items()}

    @property
    def verdict(self) -> str:
        """What it turned out to be: holds, when, overlap, otherwise, unknown or undefined."""
        return self._outcome[0]

    @property
    def branch(self) -> Branch | None:
        """The branch that is said; None while something is not known or has no value, or no sentence is true."""
        return self._outcome[1]

    @cached_property
    def _outcome(self) -> tuple[str, Branch | None]:
        """The verdict, and the branch that has words for it."""
        for branch in self.branches:
            if branch.condition is None:
                continue
            if not branch.condition.is_known:
                return "unknown", None
            if not branch.condition.is_defined:
                return "undefined", None
            truth = branch.condition.truth
            if truth is None:
                return "overlap", self._of_kind("overlap")
            if truth:
                return branch.kind, branch
        return "otherwise", self._of_kind("otherwise")

    def _of_kind(self, kind: str) -> Branch | None:
        return next((branch for branch in self.branches if branch.kind == kind), None)

    def said(self, branch: Branch) -> tuple[Span, ...]:
        """The sentence of any branch, as it would be said: text, and figures in their wordings."""
        return tuple(pieces(branch.template, self.places))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The sentence that is true, as parts."""
        if self.branch is not None:
            return self.said(self.branch)
        if self.verdict in NO_VERDICT:
            return (TABLE.get(self.verdict, TABLE["unknown"]),)
        return (f"[the claim {self.id} does not hold]",)  # only ever seen while claims are collected

    def __str__(self) -> str:
        return "".join(map(str, self.spans))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        text = "".join(_markup(span) for span in self.spans)
        named = f'data-claim="{html.escape(self.id)}" data-verdict="{self.verdict}"'
        return f'<span class="claim mathjax_ignore" {named}>{text}</span>'


def _markup(span: Span) -> str:
    return span._repr_html_() if isinstance(span, Worded) else html.escape(span, quote=False)


def pieces(template: str, places: Mapping[str, Span]) -> Iterator[Span]:
    """A template as parts, each place filled: texts, and what the places name."""
    end = 0
    for place in PLACE.finditer(template):
        if place.start() > end:
            yield template[end : place.start()]
        yield places[place[1]]
        end = place.end()
    if end < len(template):
        yield template[end:]


def fill(template: str, names: Mapping[str, Any], unsaid: bool = False) -> dict[str, Span]:
    """What the places of a template name. Raises ValueError for a name or a wording that does not exist.

    Of a sentence that is ``unsaid`` a name may be None, as :func:`frontier_calc.find_at` answers where nothing is known.

    >>> from frontier_calc import assume
    >>> fill("At {lead.times}, {who}.", {"lead": assume("lead", 1.25), "who": "ahead"})
    {'lead.times': 1.2 times, 'who': 'ahead'}
    >>> fill("At {lead.times}.", {"lead": None}, unsaid=True)
    {'lead.times': '[not known then]'}
    """
    between = PLACE.sub("", template)
    for brace in "{}":
        if brace in between:
            around = between[between.index(brace) :][:25]
            raise ValueError(f"found {around!r}, expected a place such as {{name}} or {{name.percent}}")
    places = PLACE.findall(template)
    gaps = {path for path in places if unsaid and names.get(path.partition(".")[0], path) is None}
    return {path: TABLE["unknown"] if path in gaps else _named(path, names) for path in places}


def _named(path: str, names: Mapping[str, Any]) -> Span:
    """The object that a place shows: a figure in one of its wordings, or a text."""
    name, *attributes = path.split(".")
    if name not in names:
        known = [known for known in names if not known.startswith("_")]
        near = did_you_mean(name, known) or _some_of(known)
        raise ValueError(f"{{{path}}}: there is no {name}{near}")
    value = names[name]
    for attribute in attributes:
        try:
            value = getattr(value, attribute)
        except AttributeError as error:
            raise ValueError(f"{{{path}}}: {error}") from None
    if isinstance(value, Figure):
        return Worded(value, "plain")
    if isinstance(value, Worded | str):
        return value
    raise ValueError(f"{{{path}}} is {value!r}, expected a figure, a date or a text")


def _some_of(names: list[str]) -> str:
    """The names that there are, where they are few enough to be read."""
    if not names:
        return "; it was given no figures"
    return f"; there are {', '.join(names)}" if len(names) <= 12 else ""


def claim(
    id: str,
    condition: Condition | bool,
    sentence: str,
    *,
    otherwise: str | None = None,
    overlap: str | None = None,
    **figures: Any,
) -> Claim:
    """A sentence that rests on a condition, for Python; prose has ``%%claim`` cells.

    ``sentence`` stands while the condition holds; ``otherwise`` when it does not; ``overlap`` while ranges or
    one-sided bounds leave it open. Templates name the figures given by keyword: ``{lead}``, ``{lead.fold}``. Raises
    ClaimError where what has become true has no sentence, and where a template names a figure or a wording that does
    not exist.

    >>> from frontier_calc import assume
    >>> lead = assume("lead", 1.25)
    >>> print(claim("in-front", lead > 1, "A leads, at {lead.times}.", otherwise="B leads.", lead=lead))
    A leads, at 1.2 times.
    """
    asked = as_condition(condition)
    others = {"overlap": overlap, "otherwise": otherwise}
    branches = [Branch("holds", sentence, asked, str(asked))]
    branches += [Branch(kind, text) for kind, text in others.items() if text is not None]
    places: dict[str, Span] = {}
    for branch in branches:
        try:
            places |= fill(branch.template, figures)
        except ValueError as error:
            raise ClaimError(f"claim {id}: {error}") from None
    made = Claim(id, tuple(branches), places)
    refuse_broken(made, CALL_NEEDS)
    return made


@dataclass(frozen=True)
class Remedy:
    """What to tell the author of a claim that lacks a sentence."""

    otherwise: str
    overlap: str


CALL_NEEDS = Remedy(
    otherwise='Give the claim an otherwise="..." sentence', overlap='Give the claim an overlap="..." sentence'
)


def refuse_broken(made: Claim, remedy: Remedy, names: Mapping[str, str] | None = None, cell_line: str = "") -> None:
    """Raise ClaimError, or collect it, where no sentence of a claim is true.

    ``names`` says what the page calls a figure, by its key; ``cell_line`` is the first line of a cell of prose.
    """
    if made.branch is not None or made.verdict in NO_VERDICT:
        return
    explain = _why_open if made.verdict == "overlap" else _why_broken
    error = ClaimError(explain(made, remedy, names or {}), cell_line=cell_line)
    if collected is None:
        raise error
    error.through = tuple((frame.f_code.co_filename, line) for frame, line in walk_stack(None))
    collected.append(error)


def _why_broken(broken: Claim, remedy: Remedy, names: Mapping[str, str]) -> str:
    asked = [branch for branch in broken.branches if branch.condition is not None]
    first = f"claim {broken.id} no longer holds, and no sentence says what has become true."
    return "\n".join([first, *_evidence(asked, names), f"  {remedy.otherwise}, or rewrite the paragraph."])


def _why_open(broken: Claim, remedy: Remedy, names: Mapping[str, str]) -> str:
    still_open = [branch for branch in broken.branches if branch.condition is not None and branch.condition.is_open]
    first = f"claim {broken.id} is left open by ranges or one-sided bounds, and no sentence says so."
    return "\n".join([first, *_evidence(still_open[:1], names), f"  {remedy.overlap}, or rewrite the paragraph."])


def _evidence(asked: list[Branch], names: Mapping[str, str]) -> Iterator[str]:
    """What was claimed, and what is known of each figure in it."""
    figures: dict[str, Figure] = {}
    for branch in asked:
        yield f"  claimed: {branch.text}"
        if branch.condition is not None:
            figures |= {figure.key: figure for figure in branch.condition.figures}
    for key, figure in figures.items():
        known = f", known on {figure.known.isoformat()}" if figure.known else ""
        outlets = "; ".join(str(source) for source in figure.sources) or "no source"
        within = f" ({figure.span})" if figure.low is not None else ""
        yield f"  {names.get(key, figure.label)} = {figure}{within}{known} ({outlets})"
