"""What a mistake in a cell is answered with: the line, what is wrong, and what to do, in five lines at most.

Our own errors say all of that themselves. Python's are told in words, and a remedy is found by what was typed.
"""

import ast
import inspect
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import FrozenInstanceError
from types import FrameType, ModuleType
from typing import Any

from frontier_calc.classroom import meant
from frontier_calc.errors import Readable, did_you_mean
from frontier_calc.figure import Figure
from frontier_calc.units import UnitError
from frontier_calc.words import Worded, WordingError

MOST_LINES = 5
MOST_WIDE = 300
MORE = "%tb in a cell of its own shows every step of it."
NO_FIGURE = (
    'Write fc.constant("name", {value!r}, "unit") for what is exact, fc.assume("name", {value!r}, "unit") for a guess.'
)

Names = Mapping[str, Any]


class _PlaceError(Readable, Exception):
    """Lends its way of naming the line of the cell."""


def told(error: BaseException, names: Names) -> list[str]:
    """The lines that are shown for an error; ``names`` are those of the notebook."""
    if isinstance(error, SyntaxError):
        return _shortened([*_place(error), f"SyntaxError: {error.msg}", syntax(error.text or "")])
    place = _PlaceError().with_traceback(error.__traceback__)._render_traceback_()[:-1]
    if isinstance(error, Readable):
        nearer = _nearer(error, names)
        said = f"{type(error).__name__}: {first_line(error)}"
        return _shortened([*place, said, nearer] if nearer else list(error._render_traceback_()))
    wrong = _figure_wanted(error, names)
    if wrong:  # what Python says of it is about our code, and not about the cell
        return _shortened([*place, f"{type(error).__name__}: {wrong}"])
    lines = [*place, f"{type(error).__name__}: {first_line(error)}"]
    return _shortened([*lines, *(remedy(error, names) or MORE).splitlines()])


def _nearer(error: BaseException, names: Names) -> str:
    """What our own error cannot say, as it does not know the names of the notebook; empty where its words are the best."""
    if isinstance(error, UnitError) and error.bare is not None:
        return meant.number(error.bare, names)
    return meant.function(str(error.name), names) if isinstance(error, WordingError) else ""


def first_line(error: BaseException) -> str:
    """The first line of an error's own words."""
    text = str(error).strip() or "no more is said"
    return text.splitlines()[0][:MOST_WIDE]


def _shortened(lines: list[str]) -> list[str]:
    """Five lines at most; what is left out can be asked for."""
    lines = [line for text in lines for line in text.splitlines() if line.strip()]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"... {MORE}"]


def _place(error: SyntaxError) -> Iterator[str]:
    if error.text:
        yield f"line {error.lineno} of the cell: {error.text.strip()}"


# What was typed is no Python.

SYNTAX = (
    (r"[×·÷−–²]", "Signs of arithmetic are those of the keyboard: write * for ×, / for ÷, - for −, ** 2 for ²."),
    (r"(?<![\w.])\d{1,3}(,\d{3})+(?!\w)", "A number is typed without commas: write 2_500_000_000 or 2.5e9."),
    (r"^\s*answer\s*=[^=]*[$€£\d]", "An answer is not typed: calculate it with + - * / and the names in the table at the top of the page."),
    (r"[“”‘’„]", "Quotation marks are the straight ones, \" or ', not those of a word processor."),
    (r"[$€£]|\b\d[\d.,]*\s*(bn|mn|tn|billion|million|percent)\b|\d%",
     'A number stands bare, its unit beside it: fc.assume("price", 25e9, "USD"), and 0.3 for 30 per cent.'),
    (r"\b\d{4}-0\d\b", 'A period is a text, between quotation marks: "2026-04".'),
    (r"\bif\b[^=]*[^=!<>]=[^=]", "= gives a name; == asks whether two are equal."),
    (r"^\s*(def|if|for|while|with|else|elif)\b[^:]*$", "Such a line ends with a colon, and what belongs to it is indented."),
)  # fmt: skip


def syntax(line: str) -> str:
    """What is probably meant by a line that is no Python.

    >>> syntax("price = $25")
    'A number stands bare, its unit beside it: fc.assume("price", 25e9, "USD"), and 0.3 for 30 per cent.'
    """
    for pattern, answer in SYNTAX:
        if re.search(pattern, line):
            return answer
    if line.count("(") != line.count(")") or line.count('"') % 2:
        return "Each bracket and quotation mark that is opened must be closed: count them."
    return "Compare it with a cell of the page that runs: brackets, commas, quotation marks."


# What Python says of a name, a call or an operation.


def remedy(error: BaseException, names: Names) -> str:
    """What to do about an error of Python's own; empty where nothing is known."""
    for found in (_name, _attribute, _called, _number_wanted, _used_as, _key, _plain):
        answer = found(error, names)
        if answer:
            return answer
    return ""


def _name(error: BaseException, names: Names) -> str:
    return meant.name(str(error.name), _line(error), names) if isinstance(error, NameError) else ""


def _attribute(error: BaseException, names: Names) -> str:
    if not isinstance(error, AttributeError):
        return ""
    owner = error.obj
    if not isinstance(owner, ModuleType):
        return _other_attribute(str(error.name), owner)
    there = [name for name in getattr(owner, "__all__", dir(owner)) if not name.startswith("_")]
    short = owner.__name__.rpartition(".")[2].replace("frontier_calc", "fc")
    close = did_you_mean(str(error.name), there).removeprefix("; ")
    asked = f"{close[0].upper()}{close[1:]} " if close else ""
    return f"{asked}Type  {short}.  and press Tab for all that it has."


def _other_attribute(name: str, owner: object) -> str:
    """An object of another library lacks a name: pandas keeps its columns there too."""
    if type(owner).__module__.startswith("frontier_calc") or not hasattr(owner, "columns"):
        return ""
    columns = list(map(str, owner.columns))
    return f"Its columns are {', '.join(columns)}{did_you_mean(name, columns)}"


def _figure_wanted(error: BaseException, names: Names) -> str:
    """A function of ours was given something else where a figure was needed."""
    if not isinstance(error, TypeError | AttributeError):
        return ""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if str(frame.f_globals.get("__name__", "")).startswith("frontier_calc."):
            return _wrong_argument(frame)
    return ""


def _wrong_argument(frame: FrameType) -> str:
    function = _function_of(frame)
    if function is None:
        return ""
    for name, parameter in inspect.signature(function).parameters.items():
        value, wanted = frame.f_locals.get(name), str(parameter.annotation)
        if wanted.strip("\"'") in ("Figure", "frontier_calc.figure.Figure", str(Figure)) and not isinstance(
            value, Figure
        ):
            how = NO_FIGURE.format(value=value) if isinstance(value, int | float) else _made(value)
            found = "a module" if isinstance(value, ModuleType) else f"{value!r:.60}"
            return f"{function.__name__} takes a figure as {name}, not {found}.\n{how}"
        if ("Mapping" in wanted or "dict" in wanted or "Iterable" in wanted) and not isinstance(value, Iterable):
            return f'{function.__name__} takes several as {name}: a list, [a, b], or with names, {{"ours": a, "theirs": b}}.'
    if function.__name__ == "table":
        return 'A table is a list of rows, each with names: book.table([{"What": "pace", "Value": pace}])'
    return f"It is called as {function.__name__}{_signature(function)}."


def _made(value: object) -> str:
    if isinstance(value, ModuleType):
        short = value.__name__.rpartition(".")[2]
        return f"{short} is here the module, which holds functions: give a figure, such as one that you assume."
    if isinstance(value, Worded):
        return "Words are for reading: give it the figure itself, without .rough or .percent."
    return 'A figure is read, fc.latest("anthropic-revenue-run-rate"), or worked out from figures.'


def _function_of(frame: FrameType) -> Any:
    found = frame.f_globals.get(frame.f_code.co_name)
    return found if inspect.isfunction(found) else None


def _signature(function: Any) -> str:
    """What a function takes, by names alone, those that may be left out in brackets."""
    told = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name != "self" and parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            needed = parameter.default is parameter.empty
            text = f"{name}=..." if parameter.kind is parameter.KEYWORD_ONLY else name
            told.append(text if needed else f"[{text}]")
    return f"({', '.join(told)})"


def _brackets(function: Any) -> str:
    return "; what stands in square brackets may be left out" if "[" in _signature(function) else ""


def _called(error: BaseException, names: Names) -> str:
    """A function was given too few arguments, too many, or one that it does not know."""
    if not isinstance(error, TypeError) or not re.search(r"\(\) (missing|takes|got)", str(error)):
        return ""
    wanted = str(error).partition("(")[0].removesuffix(".__init__").rpartition(".")[2]
    for typed, function in _calls(_line(error), names):
        if getattr(function, "__name__", "") == wanted:
            more = "shows an example" if ">>>" in str(function.__doc__) else "tells what it does"
            return f"It is called as {typed}{_signature(function)}{_brackets(function)}.\n{typed}?  {more}."
    return ""


def _calls(line: str, names: Names) -> Iterator[tuple[str, Any]]:
    """The functions that a line calls, with how they are typed."""
    try:
        tree = ast.parse(line.strip())
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            typed = ast.unparse(node.func)
            first, *rest = typed.split(".")
            found = names.get(first)
            for part in rest:
                found = getattr(found, part, None) if isinstance(found, ModuleType) else None
            if callable(found):
                yield typed, found


def _line(error: BaseException) -> str:
    """The line of the cell at which an error arose."""
    lines = _PlaceError().with_traceback(error.__traceback__)._render_traceback_()
    return lines[0].partition("of the cell: ")[2] if len(lines) > 1 else ""


# Figures where Python wants numbers.


def _number_wanted(error: BaseException, names: Names) -> str:
    text = str(error)
    if "Figure" not in text and "<" not in text:
        return ""
    if isinstance(error, TypeError | ValueError) and re.search(r"JSON|numeric|real number|dtype|ufunc|must be", text):
        return 'Others count with plain numbers: .value of a figure, or fc.frame("series", ...) for pandas and Altair.'
    return ""


OPERATORS = r"unsupported operand type\(s\) for (?P<sign>\S+)( or pow\(\))?: '(?P<left>\w+)' and '(?P<right>\w+)'"
USES = {
    "iterable": "A figure is one number. Several are a list, [a, b]; the past of a series is fc.history(\"...\").",
    "subscriptable": "A figure is one number. For a period: fc.at(\"series\", \"2026-04\"); for all of them: fc.history(\"series\").",
    "callable": "No brackets behind it: it is a value, as in  pace.value  or  pace.rough",
    "len()": "A figure is one number; its digits are its words, as in  pace.rough",
}  # fmt: skip


def _used_as(error: BaseException, names: Names) -> str:
    if not isinstance(error, TypeError):
        return ""
    text = str(error)
    found = re.search(OPERATORS, text)
    if found is not None:
        return _operator(found["sign"], {found["left"], found["right"]})
    if "unhashable" in text:
        return "One name at a time, as a text between quotation marks; several are given one after the other."
    if re.search(r"'(Figure|Worded|float|str|Period|NoneType)' object|has no len", text):
        return next((answer for use, answer in USES.items() if use in text), "")
    return ""


def _operator(sign: str, types: set[str]) -> str:
    if "Worded" in types:
        return "Words are for reading. Count with the figure itself, and word the result: (a + b).rough"
    if types == {"Figure"} and sign in "&|":
        return "&, | and ~ join comparisons, as in (a > b) & (a > c)."
    if "Figure" in types and sign == "**":
        return "A power is a plain number, as in  growth ** 2; e to a power is  ratio.exp()"
    if "Figure" in types:
        return "Figures know + - * / and **; for whole parts or rests take .value first."
    return "Both sides must be numbers or figures: a text between quotation marks is neither."


def _key(error: BaseException, names: Names) -> str:
    if isinstance(error, KeyError):
        return f"There is no {error} in it: list(...) shows what there is; a column is spelled as df.columns has it."
    if isinstance(error, IndexError):
        return "It has fewer than that: len(...) counts them, [-1] is the last one, and counting begins at [0]."
    return ""


PLAIN: dict[type[BaseException], str] = {
    ZeroDivisionError: "A bare number was divided by nothing: figures say “without limit” instead, as a / b does.",
    ModuleNotFoundError: "It is not installed here. There are frontier_calc as fc, pandas as pd, numpy as np and altair as alt.",
    FileNotFoundError: "Files are looked for beside the notebook: !ls lists what is there.",
    RecursionError: "A function calls itself without end: look for its own name within it.",
    FrozenInstanceError: "A figure is never changed: work out a new one, or fc.assume another number in its place.",
    ImportError: "It is not installed here: charts are drawn by altair, or by book.bar_chart and book.line_chart.",
    ValueError: f"A number is typed plainly: 25e9 or 0.3. {MORE}",
}  # fmt: skip


def _plain(error: BaseException, names: Names) -> str:
    return next((answer for kind, answer in PLAIN.items() if isinstance(error, kind)), "")
