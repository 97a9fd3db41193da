"""`mimi-sim new`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Draft, found_draft
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain, say
from simulator.cli.program import command
from simulator.errors import SimulatorError
from simulator.printable import is_text

if TYPE_CHECKING:
    from simulator.drafts import draft as drafts


def new(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="The file to write; the folder, with --all.", show_default="scenario.yaml"),
    ] = None,
    malicious: Annotated[bool, typer.Option("--malicious", help="With a provider that attacks.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Copy all shipped scenarios and lessons into a new or empty folder.")
    ] = False,
    copied: Annotated[
        str | None,
        typer.Option("--copy-draft", metavar="NAME|PATH", help="Copy a draft into a new folder, to be changed."),
    ] = None,
    draft: Draft = None,
) -> None:
    """Write a scenario to start from, with comments, or copy the shipped ones, or a draft.

    It runs as it is; no file is ever overwritten.

    Examples:

        mimi-sim new my.yaml && mimi-sim run my.yaml
        mimi-sim new attack.yaml --malicious
        mimi-sim new --all my-scenarios
        mimi-sim new mine --copy-draft mimi-transport-00
    """
    if copied is not None:
        _copy_draft(copied, path, other=malicious or everything or draft is not None)
    elif everything:
        _copy_all(path, malicious=malicious)
    else:
        _write(path or Path("scenario.yaml"), _wanted(draft), malicious=malicious, draft_option=draft)


def _wanted(draft: str | None) -> "drafts.Draft | None":
    """The draft that the file is to name. One without what the file would be about is bad usage."""
    from simulator.drafts.features import DraftFeature

    found = found_draft(draft)
    why = None if found is None else found.lacking((DraftFeature.groups, DraftFeature.consent))
    if why is not None:
        complain(f"what new writes is about users in a group: {why}")
        raise typer.Exit(Exit.usage)
    return found


def _copy_draft(text: str, folder: Path | None, *, other: bool) -> None:
    from simulator.cli.draft_copies import copy_draft
    from simulator.drafts import registry

    if folder is None or other:
        complain("--copy-draft copies a draft into a new folder: mimi-sim new FOLDER --copy-draft NAME")
        raise typer.Exit(Exit.usage)
    try:
        name = copy_draft(registry.find(text), folder)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    shown = folder if folder.is_absolute() else f"./{folder.as_posix()}"
    say(f"{folder}: the draft {name}; run scenarios in it with {command('run', 'scenarios', '--draft', str(shown))}")


def _copy_all(folder: Path | None, *, malicious: bool) -> None:
    from simulator.scenario.loading.shipped import copy_all

    if folder is None or malicious:
        complain("--all copies scenarios of every kind into a folder: mimi-sim new --all FOLDER")
        raise typer.Exit(Exit.usage)
    try:
        scenarios, lessons = copy_all(folder)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    say(f"{scenarios}: run them with {command('run', str(scenarios))}")
    say(f"{lessons}: the lessons, for Jupyter")


def _write(path: Path, draft: "drafts.Draft | None", *, malicious: bool, draft_option: str | None) -> None:
    from simulator.cli import scaffolds

    if path.name in ("", ".."):
        complain(f"{path}: this is a folder; name the file that is to be written")
        raise typer.Exit(Exit.usage)
    file = path if path.suffix in (".yaml", ".yml") else path.with_name(f"{path.name}.yaml")
    if not is_text(str(file)):
        complain(f"{file}: the name is no UTF-8 text, so that no result could name it")
        raise typer.Exit(Exit.usage)
    name = json.dumps(file.stem.replace("-", " ").replace("_", " ").capitalize(), ensure_ascii=False)
    text = (scaffolds.malicious if malicious else scaffolds.honest)(
        name, file.as_posix(), None if draft is None else draft.name
    )
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        complain(f"{file}: there is such a file already; nothing was written")
        raise typer.Exit(Exit.usage) from None
    except OSError as error:
        complain(f"{file}: {error.strerror}")
        raise typer.Exit(Exit.usage) from None
    option = () if draft_option is None else ("--draft", draft_option)
    say(f"{file}: run it with {command('run', str(file), *option)}")
