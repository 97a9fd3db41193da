"""`mimi-sim run`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import (
    Cluster,
    Debug,
    Draft,
    Expression,
    Over,
    Paths,
    Processes,
    Seed,
    Set,
    Tags,
    Waive,
    Workers,
    assignments,
)
from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker
    from simulator.cli.running.jobs import Ran
    from simulator.cli.running.progress import DisplayOptions
    from simulator.scenario import Scenario
    from simulator.scenario.running.tracing import Keep

Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="TAG", help="Leave out the steps with this tag.", show_default=False),
]
Repeat = Annotated[int, typer.Option(min=1, metavar="N", help="Run all N times; the seed is one higher each time.")]
UntilFailure = Annotated[
    bool,
    typer.Option("--until-failure", help="Repeat without end until one fails; with --repeat N, at most N times."),
]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop after the first that fails.")]
Verbose = Annotated[
    int,
    typer.Option(
        "-v", count=True, metavar="", help="Show each step; -vv each request and decision too.", show_default=False
    ),
]
Json = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write all results as JSON; - is standard output.")
]
JUnit = Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML; - is standard output.")]
Tap = Annotated[Path | None, typer.Option("--tap", metavar="FILE", help="Write TAP 14; - is standard output.")]

Trace = Annotated[
    Path | None, typer.Option("--trace", metavar="DIR", help="Record all traffic, a file a scenario, in a new folder.")
]
WithSecrets = Annotated[
    bool, typer.Option("--with-secrets", help="Record the clients' MLS secrets too: who has them reads everything.")
]

Record = Annotated[
    Path | None, typer.Option("--record", metavar="DIR", help="Write golden traces: what every run must do again.")
]
Verify = Annotated[
    Path | None, typer.Option("--verify", metavar="DIR", help="Compare with golden traces; 1 where they differ.")
]


def run(
    paths: Paths = None,
    tags: Tags = None,
    expression: Expression = None,
    left_out: Without = None,
    seed: Seed = None,
    repeat: Repeat = 1,
    until_failure: UntilFailure = False,
    workers: Workers = 1,
    processes: Processes = 1,
    cluster: Cluster = None,
    fail_fast: FailFast = False,
    draft: Draft = None,
    settings: Set = None,
    over: Over = None,
    waive: Waive = None,
    verbose: Verbose = 0,
    json_file: Json = None,
    junit: JUnit = None,
    tap: Tap = None,
    trace: Trace = None,
    with_secrets: WithSecrets = False,
    record: Record = None,
    verify: Verify = None,
    debug: Debug = False,
) -> None:
    """Run scenarios: each in a federation of its own, step by step.

    A PATH is a file, a folder, or one scenario of a matrix by its id. What is written to standard output by --json,
    --junit or --tap is alone there; everything else goes to standard error then.

    Exit codes: 0 nothing failed (scenarios may be skipped, or unsupported by a provider that is not ours), 1 a scenario
    failed, 2 bad usage or a bad scenario file (nothing was run), 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim run scenarios/malicious -j 4
        mimi-sim run 'scenarios/fanout/many-providers.yaml[providers=3,http2=true]' --seed 7 -vv
        mimi-sim run --tag malicious --tag '!slow' --junit results.xml
        mimi-sim run scenarios --cluster tcp://scheduler:8786
        mimi-sim run mine.yaml --draft ./my_draft --waive T-SECURITY-RECIPIENT
    """
    try:
        engine = _engine(workers, cluster, processes, traces=any((trace, record, verify)))
        from simulator.cli.running.golden import golden_traces
        from simulator.cli.running.selecting import chosen

        wanted = _files(json_file, junit, tap)
        scenarios = chosen(paths, tags, expression, draft, assignments(settings), over, left_out, waive)
        _check_surroundings(scenarios, engine, trace, record, verify)
        golden = golden_traces(record, verify, scenarios)
        keep = _keep(trace, secrets=with_secrets) or golden.keep
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    options = _display(verbose, _again(draft, settings, over, left_out, waive), debug=debug)
    console, stop = TextConsole(stderr=Path("-") in wanted.values()), fail_fast or until_failure
    rounds = None if until_failure and repeat == 1 else repeat
    done = _run(console, scenarios, options, seed, rounds, keep, engine, processes, fail_fast=stop)
    raise typer.Exit(_end(console, wanted, done, golden.finish(console, keep, _exit_code(done))))


def _display(verbose: int, again: tuple[str, ...], *, debug: bool) -> "DisplayOptions":
    from simulator.cli.running.progress import DisplayOptions

    return DisplayOptions(debug, verbose, again)


def _engine(workers: int, cluster: str | None, processes: int, *, traces: bool) -> "EngineMaker | None":
    """What runs scenarios side by side. Raises SimulatorError for what can't be had together."""
    if workers > 1:
        from simulator.sweep.engines.fork_server import start_ahead

        start_ahead()  # what workers need is imported while we load the scenario files
    from simulator.cli.running.engine_choice import engine_of

    engine, said = engine_of(workers, cluster), cluster or "-j"
    if engine is not None and processes > 1:
        raise SimulatorError(
            f"{said} runs scenarios side by side and --processes each in several processes: one at a time"
        )
    if traces and engine is not None and not engine().has_our_files:
        raise SimulatorError(
            f"traces are written where a scenario runs, and the workers of {said} are on other machines: leave "
            "--trace, --record and --verify out, or run here with -j N or --cluster local:N"
        )
    return engine


def _say_what_is_not_spread(console: TextConsole, scenarios: "Sequence[Scenario]") -> None:
    from simulator.scenario.running.spreading import why_not_spread

    for scenario in scenarios:
        why = why_not_spread(scenario)
        if why is not None:
            console.show(f"{scenario.id} runs in one process: {why}")


def _files(json_file: Path | None, junit: Path | None, tap: Path | None) -> dict[str, Path]:
    """What results are to be written to, by option. Raises SimulatorError where that can't be."""
    from simulator.cli.output.result_files import check
    from simulator.cli.running.machine_checks import check_working_folder

    said = {"--json": json_file, "--junit": junit, "--tap": tap}
    wanted = {option: file for option, file in said.items() if file is not None}
    check_working_folder(*wanted.values())
    check(wanted)
    return wanted


def _check_surroundings(
    scenarios: "Sequence[Scenario]",
    engine: "EngineMaker | None",
    trace: Path | None,
    record: Path | None,
    verify: Path | None,
) -> None:
    """What a run needs besides its files. Raises SimulatorError."""
    from simulator.cli.running.engine_choice import check_files
    from simulator.cli.running.selecting import check_ports

    check_files(scenarios, engine)
    check_ports(() if engine is None else scenarios)
    from simulator.cli.running.externals import check_listening
    from simulator.cli.running.machine_checks import check_temporary_folder, check_working_folder

    check_working_folder(trace, record)
    check_temporary_folder(scenarios, records=any((trace, record, verify)))
    check_listening(scenarios)


def _write(files: dict[str, Path], done: "Sequence[Ran]") -> None:
    """Say what could not be written; the exit code says what came of the run all the same."""
    from simulator.cli.output.result_files import write

    for problem in write(files, [ran.result for ran in done]):
        complain(problem)


def _keep(folder: Path | None, *, secrets: bool) -> "Keep | None":
    """Where traces go. Raises SimulatorError."""
    from simulator.scenario.running.tracing import Keep

    if folder is None:
        if secrets:
            raise SimulatorError("--with-secrets says what is in a trace: it needs --trace DIR")
        return None
    keep = Keep(folder, secrets)
    keep.prepare()
    return keep


def _again(
    draft: str | None,
    settings: Sequence[str] | None,
    over: Path | None,
    left_out: Sequence[str] | None,
    waive: Sequence[str] | None,
) -> tuple[str, ...]:
    """The options without which a scenario would not be the same."""
    given = (("--set", settings), ("--without", left_out), ("--waive", waive))
    several = [(option, each) for option, values in given for each in values or ()]
    said = [("--draft", draft), *several, ("--over", over)]
    return tuple(word for option, value in said if value is not None for word in (option, str(value)))


def _run(
    console: TextConsole,
    scenarios: "Sequence[Scenario]",
    options: "DisplayOptions",
    seed: int | None,
    rounds: int | None,
    keep: "Keep | None",
    engine: "EngineMaker | None",
    processes: int,
    *,
    fail_fast: bool,
) -> "list[Ran]":
    import trio

    from simulator.cli.output.lines import summary
    from simulator.cli.running.jobs import jobs
    from simulator.cli.running.progress import Display
    from simulator.cli.running.running import Interrupted, run_all

    _say_what_is_not_spread(console, scenarios if processes > 1 else ())

    async def play() -> "tuple[list[Ran], float]":
        wanted, began = jobs(scenarios, seed, rounds, keep), trio.current_time()
        done = await run_all(wanted, display, engine=engine, processes=processes, fail_fast=fail_fast)
        return done, trio.current_time() - began

    total = None if rounds is None else rounds * len(scenarios)
    try:
        with Display(console, scenarios, options, total) as display:
            done, seconds = trio.run(play)
    except Interrupted as interrupted:
        complain(f"interrupted{interrupted}")
        raise typer.Exit(Exit.interrupted) from None
    except SimulatorError as error:  # the workers are gone, or never came
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    if engine is not None:
        from simulator.sweep.engines.fork_server import stop

        stop()
    console.show(summary([ran.result for ran in done], seconds))
    if total is not None and len(done) < total:
        console.show(f"{total - len(done)} more were not run")
    return done


def _end(console: TextConsole, wanted: dict[str, Path], done: "Sequence[Ran]", code: Exit) -> Exit:
    """Write results, and say last over which requirements several scenarios failed; the exit code is as it is."""
    from simulator.cli.output.lines import common_lines

    _write(wanted, done)
    for line in common_lines([ran.result for ran in done]):
        console.show(line)
    return code


def _exit_code(done: "Sequence[Ran]") -> Exit:
    from simulator.scenario import Result

    found = {ran.result.result for ran in done}
    if Result.fault in found:
        return Exit.fault
    return Exit.failed if Result.failed in found else Exit.passed
