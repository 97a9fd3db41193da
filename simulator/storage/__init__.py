"""What a provider remembers: SQLite in a file or in memory, one schema (`schema.sql`), typed repositories.

A request is one transaction:

    with store.transaction():
        store.groups.save(...)       # an exception rolls everything back

Only `services` and what is above it may import this package; it imports `mls`, `privacy_pass` and below. Nobody else
sees SQL.
"""

from simulator.storage.abuse_reports import AbuseReport
from simulator.storage.consents import EVERYTHING, ConsentWord
from simulator.storage.database import StoreError
from simulator.storage.discovered import KeptDocument
from simulator.storage.failing import Fails, InjectedStoreError, Trouble, reliably
from simulator.storage.granted_key_packages import GrantedKeyPackage
from simulator.storage.groups import GroupRecord, Joiner
from simulator.storage.integers import LATEST
from simulator.storage.issued_tokens import IssuedToken, Tally
from simulator.storage.issuer_keys import IssuerKey
from simulator.storage.key_packages import StockedKeyPackage
from simulator.storage.keys import KeptKey, OwnKey
from simulator.storage.known_challenges import KnownChallenge
from simulator.storage.outbox import OutboxEntry
from simulator.storage.payments import Payment
from simulator.storage.queues import QueuedMessage
from simulator.storage.spent_tokens import KeptAnswer, SpentToken
from simulator.storage.store import Store
from simulator.storage.undelivered import UndeliveredReport
from simulator.storage.users import ClientKey
from simulator.storage.wallet import WalletToken

__all__ = [
    "EVERYTHING",
    "LATEST",
    "AbuseReport",
    "ClientKey",
    "ConsentWord",
    "Fails",
    "GrantedKeyPackage",
    "GroupRecord",
    "InjectedStoreError",
    "IssuedToken",
    "IssuerKey",
    "Joiner",
    "KeptAnswer",
    "KeptDocument",
    "KeptKey",
    "KnownChallenge",
    "OutboxEntry",
    "OwnKey",
    "Payment",
    "QueuedMessage",
    "SpentToken",
    "StockedKeyPackage",
    "Store",
    "StoreError",
    "Tally",
    "Trouble",
    "UndeliveredReport",
    "WalletToken",
    "reliably",
]
