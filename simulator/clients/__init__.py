"""The users' clients: MLS members that reach everybody else through their own provider.

    operations --- prepared from --- account (identity, key stock, groups) --- home (the provider's local interface)
    client (performs, reads its queue, keeps the event log) --- joining, reading, suspicion, recovery
    adversary --- the same for clients that do not play fair

Pure MLS and protocol: whoever runs a client brings the provider, the clock and the randomness.
"""

from simulator.clients.account import Account, NotAMember
from simulator.clients.client import Client, NoRequest
from simulator.clients.members import NoSuchMember
from simulator.clients.vetting import SubstitutedKeyPackage

__all__ = ["Account", "Client", "NoRequest", "NoSuchMember", "NotAMember", "SubstitutedKeyPackage"]
