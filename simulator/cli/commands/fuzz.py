"""`mimi-sim fuzz`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Cluster, Drafts
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker
    from simulator.drafts.draft import Draft
    from simulator.fuzzing.external.server import ExternalServer
    from simulator.fuzzing.plan import FuzzPlan


def _complete_target(incomplete: str) -> list[str]:
    """The names of all targets."""
    from simulator.drafts import registry
    from simulator.fuzzing.targets import TARGETS, own_targets

    return [name for name in (*TARGETS, *own_targets(registry.known())) if name.startswith(incomplete)]


_MOST = 10**12
"""Cases: at a thousand in a second, of thirty years."""

Cases = Annotated[
    int,
    typer.Option(
        min=1, max=_MOST, metavar="N", help="How many cases over HTTPS; the other targets get their share of it."
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=2**63 - 1, metavar="SEED", help="All cases follow from it.")]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        metavar="NAME",
        help="Only this target, with all N cases; once for each.",
        autocompletion=_complete_target,
        show_default=False,
    ),
]
Environment = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only in this environment, with all N cases: as tables and findings name it."),
]
Over = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Fuzz your server, which the topology in FILE puts in the place of a provider: by its answers alone.",
    ),
]
First = Annotated[
    int, typer.Option(min=0, max=_MOST, metavar="N", help="The number of the first case in each environment.")
]
Workers = Annotated[int, typer.Option("-j", min=1, metavar="N", help="Run N batches of cases side by side.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Keep results and findings in DIR, and go on with what is there; findings alone are in .fuzz if not said.",
    ),
]
Show = Annotated[Path | None, typer.Option("--show", metavar="DIR", help="Show how far the campaign in DIR is.")]
Replay = Annotated[
    Path | None, typer.Option("--replay", metavar="FINDING", help="Send what a finding's file has once more.")
]

FINDINGS = Path(".fuzz")
"""Where findings are written that have no folder of results."""


def fuzz(
    cases: Cases = 10_000,
    seed: Seed = 1,
    targets: Targets = None,
    drafts: Drafts = None,
    over: Over = None,
    environment: Environment = None,
    first: First = 0,
    workers: Workers = 1,
    cluster: Cluster = None,
    output: Output = None,
    shown: Show = None,
    replay: Replay = None,
) -> None:
    """Send valid input, altered in every way one can think of, to providers, servers, clients and codec.

    Every provider and client is one of the simulator's, in a federation that is at rest; your own draft is meant with
    --draft ./my_draft. Whatever fails, or changes a store by a refusal, or leaves others without an answer, is a
    finding: reduced, and written to a file with its bytes. A case is fully given by target, environment, seed and
    number. A server that you run yourself is fuzzed with --over FILE, as `mimi-sim run` has it: judged by its answers
    alone. In DIR a row is kept for each batch of cases, and the same command again goes on where it stopped, however
    it was stopped. Needs mimi-simulator[report]. See `mimi-sim guide fuzzing`.

    Exit codes: 0 nothing found, 1 something found, 2 bad usage, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim fuzz --cases 1000
        mimi-sim fuzz --cases 100000 --seed 7 -j 4 -o fuzzed
        mimi-sim fuzz --draft ./my_draft --target requests -o mine
        mimi-sim fuzz --over my-server.yaml --cases 1000 -o theirs
        mimi-sim fuzz --replay fuzzed/findings/requests-1-17.json
        mimi-sim fuzz --show fuzzed
    """
    from simulator.cli.running.engine_choice import engine_of
    from simulator.cli.running.sweep_folder import show_folder

    try:
        if replay is not None:
            raise typer.Exit(_replay(replay, over))
        if shown is not None:
            show_folder(shown)
            return
        engine = engine_of(workers, cluster)
        if over is not None:
            _check_alone(workers, cluster)
        code = _run(
            _planned(drafts or (), over, cases, seed, targets or (), environment, first, output), output, engine
        )
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    raise typer.Exit(code)


def _planned(
    drafts: "Sequence[str]",
    over: Path | None,
    cases: int,
    seed: int,
    targets: "Sequence[str]",
    environment: str | None,
    first: int,
    output: Path | None,
) -> "FuzzPlan":
    """What the options mean; a server that is not ours is met once before. Raises SimulatorError."""
    from functools import partial

    from simulator.drafts import registry
    from simulator.extras import need
    from simulator.fuzzing.plan import plan, plan_around

    need("fuzzing")
    found = [registry.find(each) for each in drafts]
    server = None if over is None else _server(over, found)
    planned = partial(plan, found) if server is None else partial(plan_around, server)
    findings = FINDINGS if output is None else None
    made = planned(cases, seed, targets=targets, environment=environment, first=first, findings=findings)
    if server is not None:
        _look_around(server)
    return made


def _check_alone(workers: int, cluster: str | None) -> None:
    """Raises SimulatorError: there is one server, and it finds our providers at their ports."""
    if workers > 1 or cluster is not None:
        raise SimulatorError(
            f"--over: {(cluster and '--cluster') or '-j'} would need several federations at the same ports, around one "
            "server: leave it out"
        )


def _server(over: Path, drafts: "Sequence[Draft]") -> "ExternalServer":
    """Raises SimulatorError."""
    from simulator.fuzzing.external.server import server_in

    if len(drafts) > 1:
        raise SimulatorError("--over: a server speaks one draft: name one --draft only")
    return server_in(over, next(iter(drafts), None))


def _look_around(server: "ExternalServer") -> None:
    """Try once what is altered later, and say what it is. Raises Gone where the server is not there, and SimulatorError
    where it takes part in nothing.
    """
    import trio

    from simulator.cli.output.console import say
    from simulator.cli.output.fuzz_lines import scene_lines
    from simulator.fuzzing.external.opening import looked_around

    endpoints, undone = trio.run(looked_around, server)
    for line in scene_lines(server.where, endpoints, undone):
        say(line)
    if not endpoints:
        raise SimulatorError(f"{server.where} was asked for nothing that could be altered")


def _replay(file: Path, over: Path | None) -> Exit:
    """Send it again: at another server than it was found at if `over` says so. Raises SimulatorError."""
    from dataclasses import replace

    import trio

    from simulator.cli.output.console import say
    from simulator.fuzzing.batch import replayed
    from simulator.fuzzing.findings import described, load

    finding = load(file)
    if over is not None:
        if finding.over is None:
            raise SimulatorError(f"{file} is not about a server of --over: leave that out")
        finding = replace(finding, over=str(over.resolve()))
    error = trio.run(replayed, finding)
    if error is None:
        say("nothing wrong with it now")
        return Exit.passed
    say(described(error)[finding.over is None])
    return Exit.failed


def _run(planned: "FuzzPlan", output: Path | None, engine: "EngineMaker | None") -> Exit:
    """Raises SimulatorError."""
    from tempfile import TemporaryDirectory

    from simulator.cli.output.fuzz_lines import show_outcomes
    from simulator.cli.running.machine_checks import check_working_folder
    from simulator.cli.running.sweeping import run_displayed
    from simulator.fuzzing.external.server import Gone
    from simulator.sweep.engines import InProcess
    from simulator.sweep.figures import look
    from simulator.sweep.results import Results

    check_working_folder(output or FINDINGS)
    with TemporaryDirectory(prefix="mimi-sim-") as temporary:
        folder = output or Path(temporary)
        try:
            code = run_displayed(planned, Results(folder, planned.identity()), (engine or InProcess)())
        except Gone as error:
            if not planned.written:
                raise
            goes_on = "" if output is None else ", and the same command goes on with what is left"
            complain(f"{error}: start it again{goes_on}")
            code = Exit.failed
        show_outcomes(look(folder).rows, planned.written)
    return code
