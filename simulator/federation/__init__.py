"""A federation: providers that run side by side, the users in it, and the session through which one acts on them.

    topology (who is there) --- open_session --- Session (users, providers, what one can do and see)

Everything runs inside one nursery: when the session's block is left, nothing is left behind.
"""

from simulator.federation.federation import BadTopology, open_session
from simulator.federation.session import RawReply, Session, UnknownName, User
from simulator.federation.topology import Certificate, ProviderSpec, Topology

__all__ = [
    "BadTopology",
    "Certificate",
    "ProviderSpec",
    "RawReply",
    "Session",
    "Topology",
    "UnknownName",
    "User",
    "open_session",
]
