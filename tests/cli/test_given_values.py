import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.testing import CliRunner

from simulator.cli.app import _Command
from simulator.cli.exits import Exit

app = typer.Typer()


@app.command(cls=_Command)
def show(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    number: Annotated[int, typer.Option(min=1)] = 1,
    switch: Annotated[bool, typer.Option("--switch")] = False,
    file: Annotated[Path | None, typer.Option()] = None,
    text: str = "usual",
    parsed: Annotated[str, typer.Option(parser=str.upper)] = "A",
) -> None:
    """Show what it was given."""
    print(repr((words, number, switch, file, text, parsed)))


def given(*words: str) -> str:
    return CliRunner().invoke(app, list(words)).output.strip()


def test_values_are_as_typer_has_them() -> None:
    assert given() == "(None, 1, False, None, 'usual', 'A')"
    all_given = given("a", "b", "--number", "3", "--switch", "--file", "x", "--text", "y", "--parsed", "z")
    assert all_given == f"(['a', 'b'], 3, True, {Path('x')!r}, 'y', 'Z')"


def test_a_wrong_value_is_told() -> None:
    for wrong in ("0", "x"):
        ended = CliRunner().invoke(app, ["--number", wrong])
        assert ended.exit_code == Exit.usage
        assert "--number" in ended.output


def test_a_command_with_few_words_needs_no_pydantic() -> None:
    code = "import sys\nsys.argv = ['mimi-sim', 'decode', '--help']\nfrom simulator.cli.app import app\n"
    code += "app(standalone_mode=False)\nprint('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"
