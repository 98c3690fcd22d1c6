"""Every command says what it does and shows an example that can be typed; a shell can learn the commands."""

import contextlib
import io
import os
import shlex
from pathlib import Path

import pytest

from frontier_calc.press import cli


def commands() -> list[str]:
    """The commands as the program lists them."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.suppress(SystemExit):
        cli.main(["--help"])
    listed = told.getvalue().partition("COMMAND")[2]
    return [line.split()[0] for line in listed.splitlines() if line.startswith("    ") and line[4] != " "]


def test_the_program_lists_its_commands() -> None:
    assert set(commands()) >= {"build", "check", "accept", "publish", "diff", "add"}


@pytest.mark.parametrize("name", commands())
def test_the_help_of_a_command_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0 and "example" in said and f"frontier {name}" in said.partition("example")[2]
    assert name not in cli.EXAMPLES or f"frontier {cli.EXAMPLES[name]}" in said


@pytest.mark.parametrize("name", cli.EXAMPLES)
def test_the_program_understands_its_examples(name: str) -> None:
    assert callable(cli.parser().parse_args(shlex.split(cli.EXAMPLES[name])).run)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_can_learn_the_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--print-completion", shell])
    told = capsys.readouterr().out
    assert not ended.value.code and all(name in told for name in cli.EXAMPLES)


def test_a_data_folder_is_chosen_for_one_command_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRONTIER_DATA")
    assert cli.main(["due", "--data", str(data)]) == 0
    assert "FRONTIER_DATA" not in os.environ
