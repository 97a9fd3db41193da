"""What a SelfRemove must fulfil beyond any proposal, when it comes (draft-ietf-mls-extensions, SelfRemove)."""

from collections.abc import Iterable

from simulator.mls.framing.framing import WireFormat
from simulator.mls.proposals import rules
from simulator.mls.proposals.proposal_list import StoredProposal
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.rules import check


def check_self_remove(proposed: StoredProposal, wire_format: WireFormat, stored: Iterable[StoredProposal]) -> None:
    """Whether newcomers can read it, and it is the only one of its sender among those `stored` in this epoch.

    Raises InvalidProposal (`self_remove_encrypted`, `duplicate_self_remove`).
    """
    public = wire_format == WireFormat.mls_public_message
    check(rules.SELF_REMOVE_PUBLIC, public, "a SelfRemove is sent in a PublicMessage")
    for other in stored:
        same_sender = isinstance(other.proposal, SelfRemove) and other.sender == proposed.sender
        once = not same_sender or other.reference == proposed.reference
        check(rules.SELF_REMOVE_ONCE, once, "a client proposes to remove itself once in an epoch")
