"""The groups of which this provider is the hub, and the past epochs that joiners still need."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from simulator.codec import UNBOUNDED, codec, decode, encode
from simulator.dataclass import dataclass
from simulator.mls.framing.message import MLSMessage
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.storage.integers import moment, signed, unsigned

_TREE = codec(RatchetTreeNodes)


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group at its current epoch; `group_info` is the MLSMessage with the GroupInfo of that epoch."""

    public: PublicGroup
    group_info: MLSMessage
    facts: bytes
    """What else the draft has to know of the group, as the draft encodes it."""

    def at(self, public: PublicGroup, group_info: MLSMessage | None = None) -> "GroupRecord":
        """The same group in another state; without a new GroupInfo the old one still holds."""
        return replace(self, public=public, group_info=group_info or self.group_info)


@dataclass(frozen=True, slots=True)
class Joiner:
    """A client that was added in `epoch` by the KeyPackage `reference` and has not been seen as a member since.

    `needed_until` is the end of that KeyPackage's lifetime, in elapsed seconds.
    """

    reference: bytes
    epoch: int
    client: str
    signature_key: bytes
    needed_until: int


class Groups:
    """Groups by their ids.

    One decoded PublicGroup per group is kept beside its bytes, and so is the tree that joiners have asked for last:
    decoding a big tree costs more than applying a commit. The bytes are read again, and compared, only where somebody
    else has written to the file, or a transaction was rolled back that may have changed them.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._decoded: dict[bytes, tuple[bytes, PublicGroup]] = {}
        self._trees: dict[bytes, tuple[bytes, RatchetTreeNodes]] = {}
        self._as_stored: set[bytes] = set()
        """The ids of groups of which the decoded one is certainly the one in the store."""
        self._seen = self._data_version()

    def get(self, group_id: bytes) -> GroupRecord | None:
        """The group, unless it never existed or is deleted."""
        seen = self._data_version()
        if seen != self._seen:
            self._seen = seen
            self._as_stored.clear()
        row = self._db.execute(
            "SELECT CASE WHEN ? THEN NULL ELSE state END, group_info, facts FROM groups"
            " WHERE group_id = ? AND state IS NOT NULL",
            (group_id in self._as_stored, group_id),
        ).fetchone()
        if row is None:
            return None
        state, group_info, facts = row
        public = self._decoded[group_id][1] if state is None else self._public(group_id, state)
        self._as_stored.add(group_id)
        return GroupRecord(public, decode(MLSMessage, group_info), facts)

    def roll_back(self) -> None:
        """What was written last has not happened."""
        self._as_stored.clear()

    def id_is_taken(self, group_id: bytes) -> bool:
        """Whether a group has, or had, this id."""
        row = self._db.execute("SELECT 1 FROM groups WHERE group_id = ?", (group_id,))
        return row.fetchone() is not None

    def ids(self) -> tuple[bytes, ...]:
        """All groups that are not deleted."""
        rows = self._db.execute("SELECT group_id FROM groups WHERE state IS NOT NULL ORDER BY group_id")
        return tuple(group_id for (group_id,) in rows)

    def save(self, record: GroupRecord) -> None:
        """Create the group or replace what is known of it."""
        state = record.public.to_bytes()
        group_id = record.public.group_id
        self._decoded[group_id] = (state, record.public)
        self._as_stored.discard(group_id)
        self._db.execute(
            "INSERT INTO groups (group_id, facts, state, group_info) VALUES (?, ?, ?, ?) ON CONFLICT (group_id)"
            " DO UPDATE SET facts = excluded.facts, state = excluded.state, group_info = excluded.group_info",
            (group_id, record.facts, state, encode(record.group_info)),
        )
        self._as_stored.add(group_id)
        reinit = record.public.reinit
        if reinit is not None:
            self._db.execute("INSERT OR IGNORE INTO successors VALUES (?, ?)", (reinit.group_id, group_id))

    def predecessor(self, group_id: bytes) -> bytes | None:
        """The group that has ended by a ReInit in favour of one with this id, whether that exists yet or not."""
        row = self._db.execute("SELECT predecessor FROM successors WHERE group_id = ?", (group_id,)).fetchone()
        return None if row is None else bytes(row[0])

    def delete(self, group_id: bytes) -> None:
        """Forget everything but the id."""
        self._decoded.pop(group_id, None)
        self._as_stored.discard(group_id)
        self._trees.pop(group_id, None)
        self._db.execute("DELETE FROM joiners WHERE group_id = ?", (group_id,))
        self._db.execute("DELETE FROM epochs WHERE group_id = ?", (group_id,))
        self._db.execute("UPDATE groups SET state = NULL, group_info = NULL WHERE group_id = ?", (group_id,))

    def add_joiners(self, group_id: bytes, epoch: int, tree: RatchetTreeNodes, joiners: Sequence[Joiner]) -> None:
        """These clients were added in `epoch`; keep its tree for them."""
        row = (group_id, signed(epoch), _TREE.encode(tree))
        self._db.execute("INSERT OR REPLACE INTO epochs VALUES (?, ?, ?)", row)
        rows = [
            (group_id, each.reference, signed(epoch), each.client, each.signature_key, moment(each.needed_until))
            for each in joiners
        ]
        self._db.executemany("INSERT OR REPLACE INTO joiners VALUES (?, ?, ?, ?, ?, ?)", rows)

    def joiner(self, group_id: bytes, epoch: int, reference: bytes) -> Joiner | None:
        """The client that this KeyPackage added in this epoch, as long as it has not joined."""
        row = self._db.execute(
            "SELECT client, signature_key, needed_until FROM joiners"
            " WHERE group_id = ? AND epoch = ? AND reference = ?",
            (group_id, signed(epoch), reference),
        ).fetchone()
        return None if row is None else Joiner(reference, epoch, *row)

    def tree(self, group_id: bytes, epoch: int) -> RatchetTreeNodes:
        """The ratchet tree of an epoch that some joiner needs. Raises KeyError if none does."""
        where = (group_id, signed(epoch))
        row = self._db.execute("SELECT tree FROM epochs WHERE group_id = ? AND epoch = ?", where).fetchone()
        if row is None:
            raise KeyError((group_id, epoch))
        known = self._trees.get(group_id)
        if known is None or known[0] != row[0]:
            known = self._trees[group_id] = (row[0], _TREE.decode(row[0], UNBOUNDED))
        return known[1]

    def epochs(self, group_id: bytes) -> tuple[int, ...]:
        """The epochs whose trees are kept."""
        rows = self._db.execute("SELECT epoch FROM epochs WHERE group_id = ?", (group_id,))
        return tuple(sorted(unsigned(epoch) for (epoch,) in rows))

    def joined(self, group_id: bytes, clients: Sequence[str], elapsed: int) -> None:
        """These clients need no Welcome any more, nor does whose KeyPackage has ended; forget epochs nobody needs."""
        self._db.executemany(
            "DELETE FROM joiners WHERE group_id = ? AND client = ?", [(group_id, client) for client in clients]
        )
        self._db.execute("DELETE FROM joiners WHERE group_id = ? AND needed_until < ?", (group_id, elapsed))
        self._db.execute(
            "DELETE FROM epochs WHERE group_id = ? AND NOT EXISTS"
            " (SELECT 1 FROM joiners WHERE group_id = epochs.group_id AND epoch = epochs.epoch)",
            (group_id,),
        )

    def _data_version(self) -> int:
        """Another number once another connection has changed the file."""
        (number,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(number)

    def _public(self, group_id: bytes, state: bytes) -> PublicGroup:
        known = self._decoded.get(group_id)
        if known is None or known[0] != state:
            known = self._decoded[group_id] = (state, PublicGroup.from_bytes(state))
        return known[1]
