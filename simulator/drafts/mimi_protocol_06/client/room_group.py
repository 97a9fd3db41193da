"""What makes a group that of a room, besides its components: who may propose from outside, and what its leaves hold."""

from simulator.drafts.mimi_protocol_06.client.leaves import check_leaf
from simulator.drafts.mimi_protocol_06.names import provider_uri
from simulator.drafts.mimi_protocol_06.room.rule import COMPONENTS_PAGE, room_rule
from simulator.mls.errors import InvalidCommit, MLSError
from simulator.mls.framing.senders import external_senders
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import identity_of
from simulator.rules import check
from simulator.services.names import group_provider

ONLY_HUB = room_rule("P6-5-EXTERNAL-SENDERS", COMPONENTS_PAGE, slug="hub_not_external_sender", part="MEMBERS")


def check_group(group: PublicGroup, kind: type[MLSError] = InvalidCommit) -> None:
    """Whether the hub is the only external sender, and all leaves are those of clients that know the room's components.

    Raises an error of this kind (`hub_not_external_sender` and the rules of `check_leaf`).
    """
    hub = provider_uri(group_provider(group.group_id))
    named = [identity_of(sender.credential) for sender in external_senders(group.context.extensions)]
    words = f"the external senders of the room are not its hub {hub} alone"
    check(ONLY_HUB, named == [hub.encode()], words, kind=kind)
    for member in group.members():
        check_leaf(member.leaf_node, group.context.extensions, kind)
