"""The users' clients: MLS members that reach everybody else through their own provider.

    operations/ --- prepared from --- client_state (identity, groups), key_packages/ --- home_provider (its interface)
    client (performs, reads its queue) --- joining, message_processing, recovery --- events/ (what it did and noticed)
    adversary/ --- the same for clients that do not play fair

Pure MLS and protocol: whoever runs a client brings the provider, the clock and the randomness.
"""

from simulator.clients.client import Client
from simulator.clients.client_state import ClientState, NotAMember
from simulator.clients.consent_requests import NoRequest
from simulator.clients.key_packages.key_package_checks import SubstitutedKeyPackage
from simulator.clients.members import NoSuchMember

__all__ = ["Client", "ClientState", "NoRequest", "NoSuchMember", "NotAMember", "SubstitutedKeyPackage"]
