"""`mimi-sim compare`."""

from functools import partial
from typing import Annotated

import typer

from simulator.cli.arguments import Cluster, Drafts, Json, Outputs, Paths, Workers, complete_rule
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain
from simulator.errors import SimulatorError

Waived = Annotated[
    list[str] | None,
    typer.Option(
        "--waive",
        metavar="ID",
        help="Also compare each draft that has this rule with itself without it.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]


def compare(
    paths: Paths = None,
    drafts: Drafts = None,
    waived: Waived = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    json_file: Json = None,
    outputs: Outputs = None,
) -> None:
    """Show what becomes of each attack in each draft: blocked, visible, or it succeeds.

    Steps are run whatever a file expects of them. An attack is judged by who refuses, by what is another way at honest
    providers and clients afterwards, and by what these notice; see `mimi-sim guide compare`.

    Exit codes: 0 compared, 2 bad usage or a bad scenario file, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim compare scenarios/malicious -j 4
        mimi-sim compare --draft mimi-transport-00 --draft mimi-transport-01 scenarios/malicious -o comparison.html
        mimi-sim compare --draft mimi-transport-00 --waive T-SECURITY-RECIPIENT scenarios/malicious
        mimi-sim compare --draft mimi-transport-00 --draft ./my_draft --json -
    """
    from simulator.cli.output.comparison_table import render, summary
    from simulator.cli.output.printed_tables import show
    from simulator.cli.output.written_documents import documents
    from simulator.cli.running.comparing import run_comparison
    from simulator.cli.running.engine_choice import engine_of
    from simulator.cli.running.machine_checks import check_working_folder
    from simulator.cli.running.many_runs import check_runs, under_a_bar
    from simulator.cli.running.selecting import find_in_each
    from simulator.scenario.comparison import plan
    from simulator.scenario.comparison.page import WRITERS

    try:
        engine = engine_of(workers, cluster)
        files = documents(json_file, outputs or (), WRITERS)
        check_working_folder(*files)
        scenarios = find_in_each(paths or ["scenarios/malicious"], drafts, of_other_drafts=True)
        wanted = plan(tuple(scenarios), waived or (), scenarios.__getitem__)
        check_runs(wanted.scenarios, engine)
        found, broken = under_a_bar(partial(run_comparison, wanted, engine))
        show(found, render, summary, files)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    for sentence in broken:
        complain(sentence)
    raise typer.Exit(Exit.fault if broken else Exit.passed)
