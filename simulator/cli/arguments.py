"""Arguments and options that several commands share, and how a shell completes them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.drafts import draft

_MOST = 2**63 - 1
_LONG = 30


def _complete_path(incomplete: str) -> Iterator[str]:
    """Folders and scenario files below."""
    start = Path(incomplete)
    folder = start if incomplete.endswith("/") or not incomplete else start.parent
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        shown = entry.as_posix() + ("/" if entry.is_dir() else "")
        wanted = entry.is_dir() or entry.suffix in (".yaml", ".yml")
        if wanted and not entry.name.startswith(".") and shown.startswith(start.as_posix() if incomplete else ""):
            yield shown


def _complete_tag(incomplete: str) -> list[str]:
    """The tags of the scenarios in the usual folder."""
    from simulator.scenario import load

    try:
        scenarios = load([Path("scenarios")])
    except SimulatorError:
        return []
    tags = {tag for scenario in scenarios for tag in scenario.content.tags}
    return sorted(word for tag in tags for word in (tag, f"!{tag}") if word.startswith(incomplete))


def complete_draft(incomplete: str) -> list[str]:
    """The names of the drafts."""
    from simulator.drafts import registry

    return [name for name in registry.names() if name.startswith(incomplete)]


def complete_rule(incomplete: str) -> list[str]:
    """The IDs of what can be waived."""
    from simulator.drafts import registry
    from simulator.scenario.demands import demands
    from simulator.scenario.rule_names import why_kept

    return sorted(
        {
            name
            for draft in registry.known()
            for name in demands(draft).ids
            if name.startswith(incomplete) and why_kept(name, draft) is None
        }
    )


def _find_draft(context: typer.Context, text: str | None) -> str | None:
    """Know the draft from here on: that is all that who reads traces needs. Raises Exit."""
    if text is None or context.resilient_parsing:
        return text
    from simulator.drafts import registry

    try:
        registry.find(text)
    except SimulatorError as error:
        complain(f"--draft {text}: {error}")
        raise typer.Exit(Exit.usage) from None
    return text


def found_draft(text: str | None) -> "draft.Draft | None":
    """The draft that `--draft` means, if it was given. Raises UnknownDraft and BadDraft."""
    from simulator.drafts import registry

    return None if text is None else registry.find(text)


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH", help="Scenario files and folders.", show_default="scenarios", autocompletion=_complete_path
    ),
]
One = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A scenario file, or one of its matrix by id.", autocompletion=_complete_path
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        metavar="TAG",
        help="Only scenarios with this tag, or without it for !TAG; several times: any of these, none of those.",
        autocompletion=_complete_tag,
        show_default=False,
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Give a parameter this value.", show_default=False),
]
Over = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Lay the topology in FILE over each scenario's, to test your server; only what that is in is run.",
    ),
]
Waive = Annotated[
    list[str] | None,
    typer.Option(
        "--waive",
        metavar="ID",
        help="Nobody keeps this rule, or the rules of this requirement; the trace says what would have been refused.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]
Expression = Annotated[
    str | None,
    typer.Option("-k", metavar="EXPR", help="Only those whose id, name or tags contain this: `join and not slow`."),
]


def seed(text: str) -> int:
    """The number that a seed is. Raises BadParameter."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < _LONG else _MOST + 1
    if number > _MOST:
        raise typer.BadParameter(f"a seed is a whole number from 0 to {_MOST}, not {text[:_LONG]!r}")
    return number


Seed = Annotated[
    int | None, typer.Option(parser=seed, metavar="SEED", help="Use this seed instead of the one in each file.")
]
Draft = Annotated[
    str | None,
    typer.Option(
        "--draft",
        metavar="NAME|PATH",
        help="The draft, whatever a file says: its name, or the folder of a package that is not installed.",
        autocompletion=complete_draft,
        callback=_find_draft,
    ),
]
Drafts = Annotated[
    list[str] | None,
    typer.Option(
        "--draft",
        metavar="NAME|PATH",
        help="A draft, by name or by the folder of its package, once for each; all that files are for if not said.",
        autocompletion=complete_draft,
        show_default=False,
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of the simulator's own faults.")]


def assignments(settings: Sequence[str] | None) -> dict[str, str]:
    """What `--set` says. Raises SimulatorError for what is no assignment, or one name twice."""
    given: dict[str, str] = {}
    for setting in settings or ():
        name, equals, value = setting.partition("=")
        if not equals or not name:
            raise SimulatorError(f"--set {setting}: write NAME=VALUE")
        if name in given:
            raise SimulatorError(f"--set {setting}: {name} is set twice")
        given[name] = value
    return given


Workers = Annotated[int, typer.Option("-j", min=1, metavar="N", help="Run N scenarios side by side.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Run on the workers of a Dask scheduler (tcp://HOST:8786), or on N that are started here (local:N).",
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        min=1,
        metavar="N",
        help="Part the providers of each federation among N processes: the same happens, on more cores.",
    ),
]
Json = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write all of it as JSON; - is standard output.")
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the table to FILE, as its suffix says (.md, .json ...); once for each.",
        show_default=False,
    ),
]
