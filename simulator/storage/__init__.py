"""What a provider remembers: SQLite in a file or in memory, one schema (`schema.sql`), typed repositories.

A request is one transaction:

    with store.transaction():
        store.groups.save(...)       # an exception rolls everything back

Only `services` and what is above it may import this package; it imports `mls` and below. Nobody else sees SQL.
"""

from simulator.storage.consents import EVERYTHING, ConsentWord
from simulator.storage.database import StoreError
from simulator.storage.discovered import KeptDocument
from simulator.storage.groups import GroupRecord, Joiner
from simulator.storage.integers import LATEST
from simulator.storage.key_packages import StockedKeyPackage
from simulator.storage.keys import KeptKey, OwnKey
from simulator.storage.outbox import OutboxEntry
from simulator.storage.queues import QueuedMessage
from simulator.storage.store import Store
from simulator.storage.undelivered import UndeliveredReport
from simulator.storage.users import ClientKey

__all__ = [
    "EVERYTHING",
    "LATEST",
    "ClientKey",
    "ConsentWord",
    "GroupRecord",
    "Joiner",
    "KeptDocument",
    "KeptKey",
    "OutboxEntry",
    "OwnKey",
    "QueuedMessage",
    "StockedKeyPackage",
    "Store",
    "StoreError",
    "UndeliveredReport",
]
