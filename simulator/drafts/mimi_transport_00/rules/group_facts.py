"""What an owner keeps of a group beside its MLS state, for as long as the group lives."""

from simulator.codec import decode, encode, struct, uint8, uint16
from simulator.storage import GroupRecord


# uint16 version;
# uint8 connection;
@struct
class GroupFacts:
    """The protocol version of its creation, and 1 for the connection group of two users, else 0."""

    version: uint16
    connection: uint8

    @classmethod
    def of(cls, record: GroupRecord) -> "GroupFacts":
        """Those of a group that is kept."""
        return decode(cls, record.facts)

    @property
    def encoded(self) -> bytes:
        """As a GroupRecord has them."""
        return encode(self)

    @property
    def is_connection(self) -> bool:
        """Whether this is the connection group of two users."""
        return self.connection == 1
