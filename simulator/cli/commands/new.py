"""`mimi-sim new`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.console import complain, say
from simulator.cli.exits import Exit
from simulator.cli.program import command


def new(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file to write.")] = Path("scenario.yaml"),
    malicious: Annotated[bool, typer.Option("--malicious", help="With a provider that attacks.")] = False,
) -> None:
    """Write a scenario to start from, with comments.

    It runs as it is; no file is ever overwritten.

    Examples:

        mimi-sim new my.yaml && mimi-sim run my.yaml
        mimi-sim new attack.yaml --malicious
    """
    from simulator.cli import scaffolds

    file = path if path.suffix in (".yaml", ".yml") else path.with_name(f"{path.name}.yaml")
    name = json.dumps(file.stem.replace("-", " ").replace("_", " ").capitalize(), ensure_ascii=False)
    text = (scaffolds.malicious if malicious else scaffolds.honest)(name, file.as_posix())
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        complain(f"{file}: there is such a file already; nothing was written")
        raise typer.Exit(Exit.usage) from None
    except OSError as error:
        complain(f"{file}: {error.strerror}")
        raise typer.Exit(Exit.usage) from None
    say(f"{file}: run it with {command('run', str(file))}")
