"""What a SelfRemove must fulfil beyond any proposal, when it comes (draft-ietf-mls-extensions, SelfRemove)."""

from collections.abc import Iterable

from simulator.mls.errors import InvalidProposal
from simulator.mls.framing.framing import WireFormat
from simulator.mls.proposals.proposal_list import StoredProposal
from simulator.mls.proposals.self_remove import SelfRemove

_SECTION = "draft-ietf-mls-extensions SelfRemove"


def check_self_remove(proposed: StoredProposal, wire_format: WireFormat, stored: Iterable[StoredProposal]) -> None:
    """Whether newcomers can read it, and it is the only one of its sender among those `stored` in this epoch.

    Raises InvalidProposal (`self_remove_encrypted`, `duplicate_self_remove`).
    """
    if wire_format != WireFormat.mls_public_message:
        raise InvalidProposal("self_remove_encrypted", _SECTION, "a SelfRemove is sent in a PublicMessage")
    for other in stored:
        same_sender = isinstance(other.proposal, SelfRemove) and other.sender == proposed.sender
        if same_sender and other.reference != proposed.reference:
            text = "a client proposes to remove itself once in an epoch"
            raise InvalidProposal("duplicate_self_remove", _SECTION, text)
