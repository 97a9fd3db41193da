"""A federation: providers that run side by side, the users in it, and the session through which one acts on them.

    topology (who is there) --- hosting (who serves where) --- open_session --- Session (users, providers, what one can
    do and see) --- client_events (what clients log, for the trace)

Everything runs inside one nursery: when the session's block is left, nothing is left behind.

Somebody else's server takes the place of one provider where its spec is `external`: an `ExternalProvider`, the system
under test, of which there are names, an address and what it answers.

    Provider (ours) --- HTTPS --- ExternalProvider   `external_routes`: where its names lead, whose certificates count
    User, Client (ours)           its users' names   all else that is wanted of it raises `Unsupported`, with why

What it does is judged by its answers and by what reaches our users; `Unsupported` is what only whoever runs it could do
or see: its store, its clock, its clients, a crash. Whoever gets that from the session leaves the step out, or judges
the rest of it. It lives longer than our providers and remembers them; `repeatable_rand` sees to it that it has nothing
to mix up: keys of providers are the same in every run, names of groups never. It has to trust our authority
(`Topology.authority`) and to find our providers (`ProviderSpec.port`), since no DNS leads to them.

`control` is the interface with which other programs act as the users of a federation that stays up.
"""

from simulator.federation.external_provider import ExternalProvider, Unsupported
from simulator.federation.federation import open_session
from simulator.federation.session import RawReply, Session, UnknownName
from simulator.federation.topology import BadTopology, Certificate, External, ExternalGroup, ProviderSpec, Topology
from simulator.federation.user import User

__all__ = [
    "BadTopology",
    "Certificate",
    "External",
    "ExternalGroup",
    "ExternalProvider",
    "ProviderSpec",
    "RawReply",
    "Session",
    "Topology",
    "UnknownName",
    "Unsupported",
    "User",
    "open_session",
]
