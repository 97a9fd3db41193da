"""A federation: providers that run side by side, the users in it, and the session through which one acts on them.

    topology (who is there) --- open_session --- Session (users, providers, what one can do and see)

Everything runs inside one nursery: when the session's block is left, nothing is left behind.
"""

from simulator.federation.federation import open_session
from simulator.federation.session import RawReply, Session, UnknownName
from simulator.federation.stranger import Stranger, Unsupported
from simulator.federation.topology import BadTopology, Certificate, External, ProviderSpec, Topology
from simulator.federation.user import User

__all__ = [
    "BadTopology",
    "Certificate",
    "External",
    "ProviderSpec",
    "RawReply",
    "Session",
    "Stranger",
    "Topology",
    "UnknownName",
    "Unsupported",
    "User",
    "open_session",
]
