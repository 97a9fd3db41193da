"""`mimi-sim serve`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Draft, Processes, Waive, found_draft
from simulator.cli.arguments import seed as as_seed
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.federation_file import Place
    from simulator.cli.serving import Faults
    from simulator.federation import Topology


def serve(
    topology: Annotated[Path, typer.Argument(metavar="TOPOLOGY", help="A file with a topology, as scenarios have it.")],
    seed: Annotated[
        int | None, typer.Option(parser=as_seed, metavar="SEED", help="Use this seed instead of the one in the file.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Let every user agree to every connection request by itself.")
    ] = False,
    draft: Draft = None,
    waive: Waive = None,
    processes: Processes = 1,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of the simulator's own faults.")] = False,
) -> None:
    """Keep a federation up for other people's tools, until SIGTERM or Ctrl-C.

    Once all providers are up, federation.json is in the working folder: the CA's certificate, each provider's address
    and key, if it has one, and the URL of the control interface (JSON over HTTP, on loopback only), which describes
    itself. That URL carries the token without which nothing is done; only you may read the file. Lines for curl are
    printed. At the end all files are gone. Protocol time follows the machine's clock.

    With --processes, each process has a share of the providers with their users' clients; another one has the control
    interface. Where one dies, its providers are gone, and the others go on. A fault that would have to count the
    requests of all of them is refused then.

    One federation at a time is up in a folder; what one that was killed has left there is overwritten.

    Exit codes: 0 ended by a signal, 2 bad usage or a bad topology, 3 the simulator itself failed meanwhile, 130 a
    second signal came before everything was down.

    Examples:

        mimi-sim serve topology.yaml
        mimi-sim serve topology.yaml --accept --seed 7
        mimi-sim serve topology.yaml --waive T-SECURITY-RECIPIENT
        mimi-sim serve topology.yaml --processes 2
    """
    from simulator.cli.federation_file import Place
    from simulator.cli.running.machine_checks import check_working_folder
    from simulator.cli.serving import Faults
    from simulator.drafts import registry
    from simulator.scenario import load_topology
    from simulator.scenario.rule_names import check_all_waivable

    faults = Faults(debug)
    try:
        wanted = load_topology(topology, draft=found_draft(draft))
        check_working_folder(Path())
        rules = check_all_waivable(waive or (), registry.named(wanted.topology.draft))
        topology_wanted = replace(wanted.topology, waived=(*wanted.topology.waived, *rules))
        wanted_seed = wanted.seed if seed is None else seed
        _serve(topology_wanted, wanted_seed, Place(Path()), faults, accepting=accept, processes=processes)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    raise typer.Exit(Exit.fault if faults.count else Exit.passed)


def _serve(
    topology: "Topology", seed: int, place: "Place", faults: "Faults", *, accepting: bool, processes: int
) -> None:
    """Raises SimulatorError: the one that counts of those that a start may fail with."""
    from functools import partial

    import trio

    from simulator.cli.serving import keep_up

    with place.taken():
        try:
            trio.run(partial(keep_up, topology, seed, place, faults, accepting=accepting, processes=processes))
        except BaseExceptionGroup as group:
            raise _innermost(group) from group


def _innermost(error: BaseException) -> BaseException:
    """The first failure in a group, a fault of ours before anything else."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    inner = [_innermost(part) for part in error.exceptions]
    return next((part for part in inner if not isinstance(part, SimulatorError)), inner[0])
