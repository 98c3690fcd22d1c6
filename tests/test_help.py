"""Every command says what it does and shows an example that can be typed; a shell can learn the commands."""

import shlex
import subprocess
import sys

import pytest

from frontier_calc.press import cli


def commands() -> list[str]:
    """The commands as the program lists them."""
    done = subprocess.run([sys.executable, "-m", "frontier_calc.press.cli", "--help"], capture_output=True, text=True)
    listed = done.stdout.partition("COMMAND")[2]
    return [line.split()[0] for line in listed.splitlines() if line.startswith("    ") and line[4] != " "]


def test_the_list_of_commands_is_that_of_the_examples() -> None:
    assert sorted(commands()) == sorted(cli.EXAMPLES)


@pytest.mark.parametrize("name", cli.EXAMPLES)
def test_the_help_of_a_command_has_an_example_that_the_program_understands(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"for example: frontier {cli.EXAMPLES[name]}" in said
    options = cli.parser().parse_args(shlex.split(cli.EXAMPLES[name]))
    assert callable(options.run)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_can_learn_the_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--print-completion", shell])
    told = capsys.readouterr().out
    assert not ended.value.code and all(name in told for name in cli.EXAMPLES)
