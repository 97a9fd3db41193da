"""Keeps a federation up, for other people's tools, until somebody sends a signal."""

import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import field
from functools import partial

import trio

from simulator.bounded_records import Bounds
from simulator.cli.exits import Exit
from simulator.cli.federation_file import CA, CLIENT, HEADER, Place
from simulator.cli.output.console import complain, say
from simulator.cli.output.curl_lines import SENDER, control_line, curl_lines
from simulator.dataclass import dataclass
from simulator.federation import Session, Topology, open_session
from simulator.federation.control import control, new_token, with_token
from simulator.machine import MachineFailure
from simulator.provider import Provider
from simulator.signals import TO_END, cancel_on_signal
from simulator.trace import Recorder

SCHEME = "ed25519"
"""The TLS SignatureScheme with which all providers sign (RFC 8446 4.2.3)."""

KEPT = Bounds(items=2_000, size=16 * 1024 * 1024)
"""Of what happens on the wire: the last events, however long the federation is up."""
KEPT_BY_A_CLIENT = Bounds(items=1_000, size=4 * 1024 * 1024)
"""Of what a client does and notices, messages that it has read included."""
AGAIN_SECONDS = 60
"""How long the same failure is not said again."""


@dataclass(slots=True)
class Faults:
    """Failures of the simulator itself and of this machine: each is said at once, none ends the federation."""

    debug: bool
    count: int = 0
    _said: dict[str, float] = field(default_factory=dict)
    """What was said, and when."""

    def report(self, error: Exception) -> None:
        """Say it, unless the same was said less than a minute ago."""
        self.count += 1
        if isinstance(error, MachineFailure):
            self._say(f"this machine can't do it: {error}")
        elif self._say(f"the simulator itself failed: {type(error).__name__}: {error}") and self.debug:
            complain("".join(traceback.format_exception(error)).rstrip())

    def _say(self, sentence: str) -> bool:
        now = time.monotonic()
        self._said = {said: when for said, when in self._said.items() if now < when + AGAIN_SECONDS}
        if sentence in self._said:
            return False
        self._said[sentence] = now
        complain(sentence)
        return True


async def keep_up(
    topology: Topology, seed: int, place: Place, faults: Faults, *, accepting: bool, processes: int = 1
) -> None:
    """Start it in so many processes, write federation.json, say how to reach it, and stay until SIGINT or SIGTERM.

    A second signal ends the process on the spot. Raises SimulatorError where it can't start, perhaps in a group.
    """
    async with trio.open_nursery() as nursery:
        await nursery.start(cancel_on_signal, nursery.cancel_scope, TO_END, Exit.interrupted)
        async with _opened(topology, seed, processes) as session, trio.open_nursery() as inner:
            for client in session.clients:
                client.events.bounds = KEPT_BY_A_CLIENT
            token = new_token()
            url = await inner.start(partial(control, session, faults.report, accepting, token=token))
            _listen_for_faults(session, faults.report)
            await _announce(session, topology, seed, place, url, token)
            await trio.sleep_forever()


@asynccontextmanager
async def _opened(topology: Topology, seed: int, processes: int) -> AsyncIterator[Session]:
    recorder, now = Recorder(bounds=KEPT), int(time.time())
    if processes == 1:
        async with open_session(topology, seed=seed, now=now, recorder=recorder) as session:
            yield session
        return
    from simulator.federation.processes import open_spread_session, running_processes

    async with (
        running_processes(processes) as running,
        open_spread_session(
            topology, running, seed=seed, now=now, recorder=recorder, client_bounds=KEPT_BY_A_CLIENT
        ) as spread,
    ):
        for process in spread.processes:
            say(f"# Process {process.pid}: {', '.join(process.names)}.")
        yield spread


def _say_whose_keys(topology: Topology, seed: int) -> None:
    """Where somebody else's server trusts our authority for longer than this run."""
    if topology.authority is not None:
        say(f"# The signature and MLS keys of all providers and clients come from seed {seed}: who knows it has them.")
        say("# Let nothing real trust this federation, or keep a --seed to yourself that nobody guesses.")


async def _announce(session: Session, topology: Topology, seed: int, place: Place, url: str, token: str) -> None:
    ca = place.write(CA, session.authority.certificate_pem)
    client = None
    if topology.mutual_tls:
        client = place.write(CLIENT, session.authority.identity(SENDER).pem, secret=True)
    described = {provider.name: _described(session, provider) for provider in session.providers}
    header = place.write(HEADER, f"Authorization: Bearer {token}\n".encode(), secret=True)
    control = {"control": with_token(url, token), "token": token}
    place.announce({"ca": str(ca), "providers": described, **control})
    say(f"# {', '.join(described)}: up, as federation.json in {place.folder} says.")
    for provider in session.providers:
        address = session.network.lookup(provider.service_host)
        if address is not None:
            keys = session.draft.provider_keys
            user = next((user.uri for user in session.users if user.at == provider.name), None)
            found = f", and whom it calls {user}" if user and session.draft.search else ""
            say(f"\n# Discovery{f' and {keys.name}' if keys else ''} of {provider.name}{found}:")
            for line in curl_lines(session.draft, provider.name, provider.service_host, address, ca, client, user):
                say(line)
    _say_whose_keys(topology, seed)
    say(f"\n# The control interface, and what it can do:\n{control_line(url, header)}")
    say("\n# Ctrl-C or SIGTERM ends it.")


def _described(session: Session, provider: Provider) -> dict[str, object]:
    address = session.network.lookup(provider.service_host)
    described: dict[str, object] = {
        "service_host": provider.service_host,
        "address": address.host if address else None,
        "port": address.port if address else None,
    }
    keys, key = session.draft.provider_keys, provider.client_api.provider_key
    if keys is not None and key is not None:
        described[keys.name.replace(" ", "_")] = {"scheme": SCHEME, "public_key": key.hex()}
    return described


def _listen_for_faults(session: Session, report: Callable[[Exception], None]) -> None:
    """Providers keep their failures to themselves and go on: somebody has to say so."""
    for fault in session.faults:
        report(fault)
    for log in session.fault_logs:
        log.heard_by = report
