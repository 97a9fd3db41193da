"""The server that is fuzzed: whose place it takes, as a file says that is laid over a small federation."""

from hashlib import sha256
from pathlib import Path

import msgspec

from simulator import federation
from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.errors import Misuse, SimulatorError
from simulator.fuzzing.kinds import Kind
from simulator.scenario.loading.loader import overlaid_topology
from simulator.scenario.running.building import check_external, check_reachable
from simulator.scenario.running.building import federation as built
from simulator.scenario.topology import External, Providers, Topology

_AROUND = """
topology:
  key_packages: 10
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
    c.example: {users: {carol: [phone]}}
    m.example: {users: {mallory: [phone]}}
"""
"""Who there is: one of them is the server, and of the others those play along whose port the file says."""


class Gone(SimulatorError):
    """The server is not there, or does not speak the draft: nothing that is sent to it now says anything."""


@dataclass(frozen=True, slots=True)
class ExternalServer:
    """An external provider among ours."""

    file: Path
    """What puts it there: whole, so that it is found from any folder."""
    name: str
    topology: Topology
    digest: str
    """Of the file, in hexadecimal digits."""

    @property
    def external(self) -> External:
        """Where it is."""
        found = self.topology.providers[self.name].external
        assert found is not None  # noqa: S101 (that is how it was found)
        return found

    @property
    def where(self) -> str:
        """What people call it."""
        host = self.external.address
        return f"{self.name} at {f'[{host}]' if ':' in host else host}:{self.external.port}"

    @property
    def kind(self) -> Kind:
        """The environment that it is in: there is one, as the file has it."""
        topology = self.topology
        optional = DraftFeature.optional_mutual_tls not in registry.named(topology.draft).lacks
        return Kind(topology.draft, topology.suite, topology.http2, topology.mutual_tls and optional)

    def federation(self) -> federation.Topology:
        """The federation around it. Raises Unsupported."""
        return built(self.topology)


def server_in(file: Path, draft: Draft | None = None) -> ExternalServer:
    """The server in an overlay's file; in this draft, or else in the one that the file says, or in the usual one.

    Raises SimulatorError where the file is none, has no external provider or several, or no port at which the server
    finds anybody who asks it.
    """
    topology = overlaid_topology(_AROUND, file, draft)
    theirs = [name for name, provider in topology.providers.items() if provider.external is not None]
    if len(theirs) != 1:
        there = " and ".join(theirs) or "none"
        raise Misuse(f"{file}: one provider is fuzzed at a time, which has to be `external`; in this file: {there}")
    (name,) = theirs
    external = topology.providers[name].external
    ours = [each for each, provider in topology.providers.items() if provider.port is not None and each != name]
    if not ours or external is None:
        first = next(each for each in topology.providers if each != name)
        raise Misuse(f"{file}: {name} has to find who asks it: say at which port, as by `{first}: {{port: 7001}}`")
    topology = msgspec.structs.replace(
        topology,
        suite=external.suite,
        mutual_tls=topology.mutual_tls or external.mutual_tls,
        providers=Providers({each: topology.providers[each] for each in (*ours, name)}),
    )
    check_external(topology)
    check_reachable(topology)
    return ExternalServer(file.resolve(), name, topology, sha256(file.read_bytes()).hexdigest())


def server_of(environment: str, file: Path) -> ExternalServer:
    """The server in a file, in the environment of this name. Raises SimulatorError."""
    found = server_in(file, registry.named(environment.partition(", ")[0]))
    if str(found.kind) != environment:
        raise Misuse(f"{file}: {found.name} is in the environment {found.kind} here, and not in {environment}")
    return found
