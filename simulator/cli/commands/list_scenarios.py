"""`mimi-sim list`."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.arguments import Draft, Expression, Paths, Tags
from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain, emit
from simulator.errors import SimulatorError
from simulator.printable import printable

if TYPE_CHECKING:
    from simulator.scenario import Scenario


def list_scenarios(
    paths: Paths = None,
    tags: Tags = None,
    expression: Expression = None,
    draft: Draft = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list, with what each covers.")] = False,
) -> None:
    """List scenarios: id, number of steps, name and tags.

    Those of a matrix are listed one by one. With --draft, files that are not for it are listed with the reason.

    Examples:

        mimi-sim list --tag malicious
        mimi-sim list scenarios/joins --json
    """
    from simulator.cli.running.selecting import find, select

    try:
        scenarios = select(find(paths or ["scenarios"], draft=draft, of_other_drafts=True), tags or (), expression)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    if as_json:
        emit(json.dumps([_about(scenario) for scenario in scenarios], indent=2, ensure_ascii=False) + "\n")
        return
    width = max(len(scenario.id) for scenario in scenarios)
    for scenario in scenarios:
        answer(printable(f"{scenario.id:<{width}}  {_said(scenario)}"))


def _said(scenario: "Scenario") -> str:
    if scenario.unsupported:
        return f"unsupported  {scenario.unsupported}"
    marks = "".join(f" #{tag}" for tag in scenario.content.tags)
    return f"{len(scenario.steps):>3} steps  {scenario.content.name}{marks}"


def _about(scenario: "Scenario") -> dict[str, Any]:
    return {
        "id": scenario.id,
        "file": scenario.file,
        "name": scenario.content.name,
        "tags": list(scenario.content.tags),
        "covers": list(scenario.covers),
        "parameters": dict(scenario.parameters),
        "steps": [step.label for step in scenario.steps],
        **({"unsupported": scenario.unsupported} if scenario.unsupported else {}),
    }
