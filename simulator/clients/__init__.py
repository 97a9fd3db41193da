"""The users' clients: MLS members that reach everybody else through their own provider.

    operations --- prepared from --- client_state (identity, key stock, groups) --- home_provider (its local interface)
    client (performs, reads its queue, keeps the event log) --- joining, message_processing, recovery
    adversary --- the same for clients that do not keep to the protocol

Pure MLS and protocol: whoever runs a client brings the provider, the clock and the randomness.
"""

from simulator.clients.client import Client
from simulator.clients.client_state import ClientState, NotAMember
from simulator.clients.consent_requests import NoRequest
from simulator.clients.key_packages.key_package_checks import SubstitutedKeyPackage
from simulator.clients.members import NoSuchMember

__all__ = ["Client", "ClientState", "NoRequest", "NoSuchMember", "NotAMember", "SubstitutedKeyPackage"]
