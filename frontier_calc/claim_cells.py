"""Claims written as prose, each in a cell of its own.

    %%claim lead_on_net: lead > 1 and openai_now.tag == "reported"
    Net against net, Anthropic leads, at {lead.times} OpenAI's pace.
    when lead > 1: Anthropic leads, at {lead.times}, if an outside estimate of {openai_now} is right.
    otherwise: OpenAI leads: Anthropic's pace is {lead.percent} of it.
    overlap: By the ranges either may lead.

The conditions are gone through in the order written. One that is true gives its sentence; one that ranges or
one-sided bounds leave open gives the ``overlap`` sentence; one that is false goes on to the next, and at the end
stands ``otherwise``. In a condition ``and``, ``or``, ``not`` and ``0.8 <= ratio <= 1.25`` work on figures, and
``stated(CONDITION)`` takes the numbers as they were stated: ranges may leave it open, one-sided bounds may not.
News that an earlier reading does not know yet is asked for with ``find_at``, and its sentence begins with
``figure is not None and ...``: where that fails, its places may stay empty.

>>> from frontier_calc import assume
>>> cell = parse_claim("%%claim in_front: lead > 1\\nA leads, at {lead.times}.\\notherwise:\\nB leads.")
>>> print(cell.make({"lead": assume("lead", 1.25)}), "|", cell.make({"lead": assume("lead", 0.8)}))
A leads, at 1.2 times. | B leads.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

from frontier_calc.claims import Branch, Claim, ClaimError, Remedy, Span, fill, refuse_broken
from frontier_calc.conditions import Condition, Every, Given, Negation, Some, as_condition, stated
from frontier_calc.errors import did_you_mean
from frontier_calc.figure import Figure, as_figure

MARK = "%%claim"
ORDERS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)
FAR_APART = 1e5  # so many times smaller than a figure, a bare number was meant in thousands, millions or billions
HEADER = re.compile(r"%%claim[ \t]+([A-Za-z_]\w*)[ \t]*:[ \t]*(\S.*)")
EXPECTED_HEADER = "expected %%claim NAME: CONDITION, such as %%claim in_front: lead > 1"
CELL_NEEDS = Remedy(otherwise="Add a line “otherwise: ...”", overlap="Add a line “overlap: ...”")
PLAIN_BRANCHES = ("otherwise", "overlap")
OPENING = re.compile(r"(otherwise|overlap|when)\b[ \t]*(.*)")
LOOKS_LIKE_ONE = re.compile(r"(otherwise|overlaps?|else|elif|if|projected|unknown)[ \t]*:", re.IGNORECASE)

RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


@dataclass(frozen=True)
class Sentence:
    """One branch of a claim as its author wrote it; ``line`` is the line of the cell at which it begins."""

    kind: str  # holds, when, overlap or otherwise
    condition: str  # empty where the kind has none
    lines: tuple[str, ...]
    line: int
    first_text_line: int

    @property
    def template(self) -> str:
        """The sentence, its lines joined."""
        return " ".join(filter(None, (line.strip() for line in self.lines)))


@dataclass(frozen=True)
class ClaimCell:
    """A ``%%claim`` cell, taken apart: see :func:`parse_claim`."""

    name: str
    branches: tuple[Sentence, ...]
    source: str

    @property
    def id(self) -> str:
        """The claim's identifier: its name with hyphens."""
        return self.name.replace("_", "-")

    @property
    def condition(self) -> str:
        """The condition of the first sentence."""
        return self.branches[0].condition

    @property
    def sentence(self) -> str:
        """The first sentence."""
        return self.branches[0].template

    @property
    def consulted(self) -> tuple[str, ...]:
        """The names of figures whose tag or qualifier a condition asks about."""
        found = [name for branch in self.branches if branch.condition for name in _consulted(branch.condition)]
        return tuple(dict.fromkeys(found))

    def make(self, namespace: dict[str, Any]) -> Claim:
        """The claim, on the objects of a namespace. Raises ClaimError: what is wrong, and on which line of the cell."""
        places: dict[str, Span] = {}
        branches: list[Branch] = []
        for branch in self.branches:
            condition = self._condition(branch, namespace) if branch.condition else None
            places |= self._filled(branch, namespace, unsaid=_is_ruled_out(condition))
            branches.append(Branch(branch.kind, branch.template, condition, branch.condition, branch.line))
        made = Claim(self.id, tuple(branches), places, self.consulted, *self._asked(namespace))
        refuse_broken(made, CELL_NEEDS, self._names(namespace), self._line(self.branches[0].line))
        return made

    def _names(self, namespace: dict[str, Any]) -> dict[str, str]:
        """What the conditions call the figures that they name, by key."""
        names: dict[str, str] = {}
        for branch in self.branches:
            for node in ast.walk(_tree(branch.condition or "None")):
                if isinstance(node, ast.Name) and isinstance(namespace.get(node.id), Figure):
                    names[namespace[node.id].key] = node.id
        return names

    def _asked(self, namespace: dict[str, Any]) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
        """The figures that the conditions name, also those of which they ask no number, and what identifies the events."""
        figures: dict[str, Figure] = {}
        events: dict[str, None] = {}
        for branch in self.branches:
            for node in ast.walk(_tree(branch.condition or "None")):
                value = _named(node, namespace)
                if isinstance(value, Figure):
                    figures[value.key] = value
                elif hasattr(value, "identity"):
                    events[value.identity] = None
        return tuple(figures.values()), tuple(events)

    def _filled(self, branch: Sentence, namespace: dict[str, Any], unsaid: bool) -> dict[str, Span]:
        """What the places of a sentence name, each looked up by itself so that its line can be told."""
        places: dict[str, Span] = {}
        for number, text in enumerate(branch.lines, branch.first_text_line):
            try:
                places |= fill(text, namespace, unsaid)
            except ValueError as error:
                raise self.error(str(error), number) from None
        return places

    def _condition(self, branch: Sentence, namespace: dict[str, Any]) -> Condition:
        try:
            return translate(branch.condition, namespace)
        except NameError as error:
            near = did_you_mean(str(error.name), [name for name in namespace if not name.startswith("_")])
            raise self.error(f"there is no {error.name}, in “{branch.condition}”{near}", branch.line) from None
        except Exception as error:
            kind = "" if isinstance(error, TypeError | ValueError) else f"{type(error).__name__}: "
            raise self.error(f"{kind}{error}", branch.line) from None

    def error(self, message: str, line: int) -> ClaimError:
        """An error about this cell."""
        return ClaimError(f"claim {self.id}: {message}", line, self._line(line))

    def _line(self, number: int) -> str:
        """A line of the cell."""
        lines = self.source.splitlines()
        return lines[number - 1].strip() if number <= len(lines) else ""


def _is_ruled_out(condition: Condition | None) -> bool:
    """Whether a condition is false and asks no number of any figure, so that nothing can bring its sentence back."""
    return condition is not None and condition.truth is False and not condition.parts


def is_claim(source: str) -> bool:
    """True for the source of a cell that holds a claim."""
    return source.lstrip().startswith(MARK)


def parse_claim(source: str) -> ClaimCell:
    """Take a ``%%claim`` cell apart. Raises ClaimError, with its ``line``, where it is not written like one."""
    lines = source.splitlines()
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    first = lines[start].strip() if lines else ""
    header = HEADER.fullmatch(first)
    if header is None:
        raise ClaimError(f"found {first!r}, {EXPECTED_HEADER}", start + 1, first)
    name, condition = header.groups()
    _check_python(condition, start + 1, first)
    branches = [_Written("holds", condition, start + 1, start + 2, [])]
    for number, line in enumerate(lines[start + 1 :], start + 2):
        opened = _opened(line, number)
        if opened is None:
            branches[-1].lines.append(line)
        else:
            branches.append(opened)
    _check_branches(branches, lines)
    return ClaimCell(name, tuple(branch.sentence for branch in branches), source)


@dataclass
class _Written:
    """A branch while its lines are being gathered."""

    kind: str
    condition: str
    line: int
    first_text_line: int
    lines: list[str]

    @property
    def sentence(self) -> Sentence:
        return Sentence(self.kind, self.condition, tuple(self.lines), self.line, self.first_text_line)


def _opened(line: str, number: int) -> _Written | None:
    """The branch that a line opens; None for a line that goes on with the sentence."""
    opening = OPENING.fullmatch(line)
    if opening is None:
        if LOOKS_LIKE_ONE.match(line):
            raise ClaimError(f"found {line!r}, expected “otherwise:”, “overlap:” or “when CONDITION:”", number, line)
        return None
    kind, rest = opening.groups()
    if kind == "when":
        condition, text = _split_condition(rest, line, number)
    elif rest.startswith(":"):
        condition, text = "", rest[1:]
    else:
        return None  # a sentence may well begin a line with "otherwise"
    return _Written(kind, condition, number, number, [text])


def _split_condition(rest: str, line: str, number: int) -> tuple[str, str]:
    """The condition after ``when``, up to the first colon before which it is a whole expression, and the text behind."""
    colons = [place for place, sign in enumerate(rest) if sign == ":"]
    for colon in colons:
        condition = rest[:colon].strip()
        if _is_python(condition):
            return condition, rest[colon + 1 :]
    if not colons:
        hint = "“when CONDITION:”; if the word belongs to the sentence, let it end the line before"
        raise ClaimError(f"found {line!r}, expected {hint}", number, line)
    _check_python(rest[: colons[0]].strip(), number, line)
    raise ClaimError(f"found {line!r}, expected “when CONDITION:”", number, line)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _check_python(text: str, number: int, line: str) -> None:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        told = error.msg if isinstance(error, SyntaxError) else str(error)
        raise ClaimError(f"the condition {text!r} is not Python: {told}", number, line) from None


def _check_branches(branches: list[_Written], lines: list[str]) -> None:
    for kind in PLAIN_BRANCHES:
        again = [branch for branch in branches if branch.kind == kind][1:]
        if again:
            number = again[0].line
            raise ClaimError(f"found a second “{kind}:”, expected one", number, lines[number - 1])
    for branch in branches:
        if branch.kind != "otherwise" and not branch.sentence.template:
            told = f"found no sentence for “{branch.condition or branch.kind}”, expected one"
            raise ClaimError(f"{told}; only “otherwise:” may say nothing", branch.line, lines[branch.line - 1])


def _consulted(condition: str) -> Iterator[str]:
    for node in ast.walk(_tree(condition)):
        if isinstance(node, ast.Attribute) and node.attr in ("tag", "qualifier", "voices"):
            yield ast.unparse(node.value)


def _named(node: ast.AST, namespace: dict[str, Any]) -> Any:
    """What a name such as ``google.commitment`` stands for; None for anything else."""
    if isinstance(node, ast.Name):
        return namespace.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _named(node.value, namespace)
        return None if owner is None or isinstance(owner, Figure) else getattr(owner, node.attr, None)
    return None


# Conditions. Python's own and, or, not and chained comparisons ask a figure for a truth value, which it has not: they
# are taken from the expression's syntax tree; all that lies between them is Python's business.


def translate(expression: str, namespace: dict[str, Any]) -> Condition:
    """The condition that a Python expression states about the objects of a namespace.

    As in Python, ``and`` and ``or`` leave alone what stands behind a plain truth value that has settled the matter:
    ``len(losses) > 1 and losses[-1] > losses[-2]``.

    >>> from frontier_calc import assume
    >>> print(translate("not 0.8 <= ratio <= 1.25", {"ratio": assume("ratio", 2.0)}).truth)
    True
    """
    return _translated(_tree(expression), namespace)


# A condition is read and made ready to run once, for all readings in which it is asked.


@lru_cache(maxsize=4096)
def _tree(expression: str) -> ast.expr:
    return ast.parse(expression, mode="eval").body


@lru_cache(maxsize=4096)
def _text(node: ast.expr) -> str:
    return ast.unparse(node)


@lru_cache(maxsize=4096)
def _code(expression: str) -> CodeType:
    return compile(expression, "<claim>", "eval")


def _translated(node: ast.expr, namespace: dict[str, Any]) -> Condition:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return _joined(Every, values, namespace, settled_by=False)
        case ast.BoolOp(op=ast.Or(), values=values):
            return _joined(Some, values, namespace, settled_by=True)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Negation(_translated(operand, namespace))
        case ast.Compare():
            return _compared(node, namespace)
        case ast.Call(func=ast.Name(id="stated"), args=[ast.expr() as condition], keywords=[]):
            return stated(_translated(condition, namespace))
        case ast.Call(func=ast.Name(id="stated")):
            raise ValueError(f"“{_text(node)}”: expected one condition, as in stated(lead > 1)")
    return _as_condition(_value(node, namespace), _text(node))


def _joined(
    kind: type[Every] | type[Some], values: list[ast.expr], namespace: dict[str, Any], settled_by: bool
) -> Condition:
    members: list[Condition] = []
    for value in values:
        member = _translated(value, namespace)
        members.append(member)
        if isinstance(member, Given) and member.value is settled_by:
            break
    return kind(tuple(members))


def _compared(node: ast.Compare, namespace: dict[str, Any]) -> Condition:
    """A comparison, also a chained one: each operand is worked out once."""
    operands = [node.left, *node.comparators]
    values = [_value(operand, namespace) for operand in operands]
    parts: list[Condition] = []
    for place, relation in enumerate(node.ops):
        left, right = operands[place], operands[place + 1]
        text = f"{_text(left)} {RELATIONS[type(relation)]} {_text(right)}"
        compare = _code(f"left {RELATIONS[type(relation)]} right")
        sides = values[place], values[place + 1]
        if isinstance(relation, ORDERS):
            sides = _of_one_unit(*sides)
        parts.append(_as_condition(eval(compare, dict(zip(("left", "right"), sides, strict=True))), text))
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _of_one_unit(left: Any, right: Any) -> tuple[Any, Any]:
    """In a claim's condition a bare number counts what the figure beside it counts, unless billions were meant by 25.

    A figure refuses to be compared with a bare number that is smaller by more than any threshold would be.
    """
    if isinstance(left, Figure) and _may_count(right, left):
        return left, as_figure(right, left.unit)
    if isinstance(right, Figure) and _may_count(left, right):
        return as_figure(left, right.unit), right
    return left, right


def _may_count(number: Any, figure: Figure) -> bool:
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return is_number and not abs(figure.value) > FAR_APART * max(abs(number), 1)


def _value(node: ast.expr, namespace: dict[str, Any]) -> Any:
    return eval(_code(_text(node)), namespace)


def _as_condition(value: Any, text: str) -> Condition:
    """What a part of a condition came to, as a condition. Raises ValueError where it is none."""
    if isinstance(value, Figure):
        raise ValueError(f"“{text}” is a figure and no truth value: compare it, as in {text} > 1")
    try:
        return as_condition(value, text)
    except TypeError:
        raise ValueError(f"“{text}” is {value!r}, expected a comparison or a truth value") from None


# In a notebook.


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook its ``%%claim``. Importing frontier_calc inside IPython does so by itself."""

    def claim(line: str, cell: str) -> None:
        """``%%claim NAME: CONDITION``, and below it a sentence with its branches: NAME becomes the claim."""
        made = parse_claim(f"{MARK} {line}\n{cell}")
        shell.user_ns[made.name] = made.make(shell.user_ns)

    vars(claim)["_ipython_magic_no_var_expand"] = True  # its braces are the claim's own
    shell.register_magic_function(claim, magic_kind="cell", magic_name="claim")


def register() -> None:
    """Give ``%%claim`` to the notebook in which we are imported, if it is one. IPython is not imported for it."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    if shell is not None:
        load_ipython_extension(shell)
