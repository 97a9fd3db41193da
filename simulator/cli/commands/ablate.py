"""`mimi-sim ablate`."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Cluster, Drafts, Json, Outputs, Paths, Workers, complete_rule
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.running.kept_trials import KeptTrials
    from simulator.scenario import Scenario
    from simulator.scenario.ablation import Subject

Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="ID",
        help="Only this rule, or the rules of this requirement.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]
Kept = Annotated[
    Path | None,
    typer.Option(
        "--keep", metavar="DIR", help="Keep in DIR what each run shows; the same command goes on with what is there."
    ),
]


def ablate(
    paths: Paths = None,
    rules: Rules = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    kept: Kept = None,
    drafts: Drafts = None,
    json_file: Json = None,
    outputs: Outputs = None,
) -> None:
    """Take each rule away in turn, and show which scenarios notice: what it stops.

    Nobody keeps the rule then, in each scenario in which something breaks it. Where none notices, it is tried which
    other rules refuse the same; see `mimi-sim guide ablation`. With several drafts, each rule is taken away in each.
    With --keep, what was stopped goes on where it was; it needs mimi-simulator[report].

    Exit codes: 0 each rule is noticed or explained, 1 one is neither, 2 bad usage, a bad scenario file or a scenario
    that does not pass with every rule kept, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim ablate -j 4
        mimi-sim ablate scenarios/malicious --rule T-SECURITY-RECIPIENT
        mimi-sim ablate -j 4 --json ablation.json -o ablation.html
        mimi-sim ablate mine --draft ./my_draft
        mimi-sim ablate --cluster tcp://scheduler:8786 --keep ablation
    """
    from simulator.cli.output.ablation_table import render, summary
    from simulator.cli.output.printed_tables import show
    from simulator.cli.output.written_documents import documents
    from simulator.cli.running.ablating import run_ablations
    from simulator.cli.running.engine_choice import engine_of
    from simulator.cli.running.machine_checks import check_working_folder
    from simulator.cli.running.many_runs import check_runs, under_a_bar
    from simulator.cli.running.selecting import find_in_each
    from simulator.drafts import registry
    from simulator.scenario.ablation import chosen_in_each, subjects
    from simulator.scenario.ablation.page import WRITERS

    try:
        engine = engine_of(workers, cluster)
        files = documents(json_file, outputs or (), WRITERS)
        check_working_folder(*files)
        scenarios = find_in_each(paths or ["scenarios"], drafts)
        wanted = chosen_in_each({draft: subjects(registry.named(draft)) for draft in scenarios}, rules or ())
        check_runs([each for draft in wanted for each in scenarios[draft]], engine)
        with ExitStack() as stack:
            keeping = None if kept is None else stack.enter_context(_kept_trials(kept, wanted, scenarios))
            found = under_a_bar(partial(run_ablations, wanted, scenarios, engine, keeping))
        show(found, render, summary, files)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    raise typer.Exit(Exit.failed if found.holes else Exit.passed)


def _kept_trials(
    folder: Path, wanted: "Mapping[str, Sequence[Subject]]", scenarios: "Mapping[str, Sequence[Scenario]]"
) -> "KeptTrials":
    """Raises SimulatorError."""
    from simulator.cli.running.kept_trials import KeptTrials
    from simulator.cli.running.machine_checks import check_working_folder

    check_working_folder(folder)
    return KeptTrials(folder, wanted, scenarios)
