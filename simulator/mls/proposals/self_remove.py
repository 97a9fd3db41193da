"""The proposal by which a client leaves, and that a newcomer can commit too (draft-ietf-mls-extensions, SelfRemove)."""

from simulator.codec import struct


# draft-ietf-mls-extensions, SelfRemove Proposal
# struct {} SelfRemove;
@struct
class SelfRemove:
    """The leaf to remove is the sender's. A Commit covers it by reference only."""
