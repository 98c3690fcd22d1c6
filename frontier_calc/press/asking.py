"""How a command gets what it was not told: it asks in a terminal, and takes its own proposal in a script."""

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

Check = Callable[[str], object]  # raises ValueError for an answer that cannot be


class NeededError(ValueError):
    """Something has to be said and was not; the message says how."""


class StoppedError(ValueError):
    """Whoever was asked would not go on; nothing was written."""


class Asker(Protocol):
    """Whoever answers."""

    is_there: bool  # whether somebody can be asked

    def text(self, option: str, question: str, proposal: str = "", check: Check = str) -> str:
        """An answer in words; the proposal where there is no other."""

    def choice(self, option: str, question: str, options: Sequence[tuple[str, str]]) -> str:
        """One of several values, each with what is told of it."""

    def approves(self, question: str) -> str:
        """Empty for yes; anything else is a correction. Raises StoppedError for no."""


class Script:
    """Nobody answers: what has a proposal is taken, what has none is missed."""

    is_there = False

    def text(self, option: str, question: str, proposal: str = "", check: Check = str) -> str:
        """The proposal. Raises NeededError where there is none."""
        if not proposal:
            raise NeededError(f"found no {option}, expected {question}: give it as --{option}")
        return proposal

    def choice(self, option: str, question: str, options: Sequence[tuple[str, str]]) -> str:
        """Raises NeededError, which names the candidates."""
        named = "\n".join(f"  {value:<46} {told}" for value, told in options)
        raise NeededError(f"found {len(options)} for the {option}, expected {question}:\n{named}")

    def approves(self, question: str) -> str:
        """Whoever wrote the script has approved."""
        return ""


class Terminal:
    """Somebody sits in front of it: Enter takes the proposal, Ctrl-C or Ctrl-D stops."""

    is_there = True

    def text(self, option: str, question: str, proposal: str = "", check: Check = str) -> str:
        """Ask until there is an answer that can be."""
        shown = f" [{proposal}]" if proposal else ""
        while True:
            answer = _answer(f"{option}: {question}{shown}: ") or proposal
            try:
                check(answer)
            except ValueError as error:
                print(error)
                continue
            if answer:
                return answer

    def choice(self, option: str, question: str, options: Sequence[tuple[str, str]]) -> str:
        """Ask for a number, or for the value itself."""
        for number, (value, told) in enumerate(options, 1):
            print(f"  {number:>2}  {value:<46} {told}")
        values = [value for value, _ in options]
        while True:
            answer = _answer(f"{option}: {question}, by number [1]: ") or "1"
            if answer in values:
                return answer
            if answer.isdecimal() and 1 <= int(answer) <= len(values):
                return values[int(answer) - 1]

    def approves(self, question: str) -> str:
        """Ask for yes, no, or a correction."""
        answer = _answer(f"{question} [Enter: yes; n: no; or a correction, such as qualifier=about]: ")
        if answer.lower() in ("", "y", "yes"):
            return ""
        if answer.lower() in ("n", "no", "q"):
            raise StoppedError("nothing was written")
        return answer


class Remembering:
    """Whoever answers, and by option what was answered: nobody is asked the same again."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.is_there = asker.is_there
        self.answers: dict[str, str] = {}

    def text(self, option: str, question: str, proposal: str = "", check: Check = str) -> str:
        """An answer in words, remembered where somebody gave it."""
        answer = self.asker.text(option, question, proposal, check)
        return self._kept(option, answer)

    def choice(self, option: str, question: str, options: Sequence[tuple[str, str]]) -> str:
        """One of several values, remembered."""
        answer = self.asker.choice(option, question, options)
        return self._kept(option, answer)

    def approves(self, question: str) -> str:
        """What is said to a question of yes or no is no answer for another time."""
        return self.asker.approves(question)

    def _kept(self, option: str, answer: str) -> str:
        if self.is_there:
            self.answers[option] = answer
        return answer


def _answer(question: str) -> str:
    try:
        return " ".join(input(question).split())
    except (EOFError, KeyboardInterrupt):
        print()
        raise StoppedError("nothing was written") from None


def asker(yes: bool) -> Asker:
    """Whoever can be asked here: nobody where the answer was given beforehand, or where it is no terminal."""
    if not yes and sys.stdin.isatty() and sys.stdout.isatty():
        return Terminal()
    return Script()
