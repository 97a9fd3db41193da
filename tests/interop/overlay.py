"""External providers in another process, in the places of a scenario's: honest, faulty, or not keeping one rule."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from simulator.net import kept_authority, reserved_port
from tests.cli.process import SIMULATOR, Ended, as_process
from tests.served import Served, served

ROOMS = "mimi-protocol-06"
"""A draft in which a group can be open for anybody to join."""
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
USERS = {"a": "alice: [phone]", "b": "bob: [phone, laptop]", "c": "carol: [phone]", "d": "dave: [phone]",
         "m": "mallory: [phone]"}  # fmt: skip
"""Of each provider that has a place, its users."""


@contextmanager
def external_providers(
    folder: Path, fault: str | None = None, *, waived: str | None = None, draft: str | None = None, theirs: str = "bc"
) -> Iterator[Path]:
    """Those providers serve in another process, as `theirs` says, with a fault of `external_provider.py`, or without
    keeping one rule; the overlay that puts them in their places.
    """
    ours, other = folder / "ours", folder / "theirs"
    for place in (ours, other):
        kept_authority(place / "ca")
    with ExitStack() as reserved:
        sockets = {name: reserved.enter_context(reserved_port()) for name in USERS}
        ports = {name: socket.getsockname()[1] for name, socket in sockets.items()}
    topology = ["topology:", "  authority: ca", "  key_packages: 100", "  providers:"]
    over = {}
    for name, port in ports.items():
        external = f"external: {{address: 127.0.0.1, port: {port}, ca: ../%s/ca/ca.pem%s}}"
        own, of_ours = f"port: {port}, users: {{{USERS[name]}}}", external % ("ours", "")
        topology.append(f"    {name}.example: {{{own if name in theirs else of_ours}}}")
        over[name] = external % ("theirs", ", accepts: true%s") if name in theirs else f"port: {port}"
    program = SIMULATOR if fault is None else [sys.executable, "-m", "tests.interop.external_provider", fault]
    options = ("--accept", *(("--waive", waived) if waived else ()), *(("--draft", draft) if draft else ()))
    with served(other, *options, topology="\n".join(topology) + "\n", program=program) as up:
        for name in theirs:
            over[name] %= _open_room(up, name) if draft == ROOMS else ""
        lines = [f"  {name}.example: {{{said}}}\n" for name, said in over.items()]
        (ours / "over.yaml").write_text("".join(["authority: ca\nproviders:\n", *lines]))
        yield ours / "over.yaml"


def _open_room(up: Served, provider: str) -> str:
    """The first user there creates a room that anybody may join."""
    user, _, devices = USERS[provider].partition(": ")
    status, made = up.post("create", by=f"{user}.{devices.strip('[]').partition(',')[0]}", settings={"open": True})
    assert status == 200, made
    return f", groups: [{{uri: '{made['group']}', settings: {{open: true}}}}]"


def run(over: Path, *files: str, options: tuple[str, ...] = ()) -> Ended:
    paths = [str(SCENARIOS / f"{file}.yaml") for file in files]
    return as_process("run", *paths, "--over", str(over), *options, cwd=over.parent)
