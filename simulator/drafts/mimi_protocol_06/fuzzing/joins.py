"""What a hub offers to a client that joins a room by itself: altered and signed again before it is encrypted."""

from dataclasses import replace

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.messages.common import FullTree, Protocol
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_ENCRYPTION_LABEL,
    GROUP_INFO_RESPONSE_LABEL,
    GroupInfoCode,
    GroupInfoRatchetTreeTBE,
    GroupInfoRequest,
    GroupInfoResponse,
    GroupInfoResponseTBS,
    GroupInfoSuccess,
)
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.requests.endpoint import Outgoing, Reply
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.senders import external_senders
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mutation.forgery import Forger
from simulator.services.signing import Sign
from simulator.storage import GroupRecord


class Offer:
    """See `JoinOffer`."""

    struct: type = GroupInfoRatchetTreeTBE

    def offered(self, record: GroupRecord) -> GroupInfoRatchetTreeTBE:
        """GroupInfo, the whole tree, and what waits to be committed."""
        info = record.group_info.body
        assert isinstance(info, GroupInfo)  # noqa: S101 (what hubs keep is one)
        return GroupInfoRatchetTreeTBE(info, FullTree(record.public.ratchet_tree()), RoomFacts.of(record).queue)

    def signed(self, offered: GroupInfoRatchetTreeTBE, forger: Forger) -> GroupInfoRatchetTreeTBE:
        """With the tree's hash in the GroupContext, and all signed by whom they name."""
        info = offered.group_info
        if isinstance(offered.ratchet_tree_option, FullTree):
            tree = RatchetTree.from_nodes(forger.suite, offered.ratchet_tree_option.ratchet_tree)
            info = replace(info, group_context=replace(info.group_context, tree_hash=tree.tree_hash))
            leaf = tree.leaf(info.signer)
            info = forger.group_info(info, leaf.signature_key if leaf else None)
        waiting = (replace(each, proposal=forger.message(each.proposal)) for each in offered.pending_proposals)
        return replace(offered, group_info=info, pending_proposals=tuple(waiting))

    def answer(self, outgoing: Outgoing, record: GroupRecord, data: bytes, sign: Sign) -> Reply:
        """Encrypted to the client's key, and signed by the hub."""
        public, room = record.public, room_of(record.public.group_id)
        key = decode(GroupInfoRequest, outgoing.body).signed.group_info_public_key
        rand = SeededRand(1, "sealing")
        sealed = public.suite.encrypt_with_label(key, GROUP_INFO_ENCRYPTION_LABEL, room.encode(), data, rand)
        (sender,) = external_senders(public.context.extensions)
        said = GroupInfoResponseTBS(Protocol.mls10, room, GroupInfoCode.success, public.suite.value, sender, sealed)
        signature = sign(GROUP_INFO_RESPONSE_LABEL, encode(said))
        body = GroupInfoSuccess(public.suite.value, sender, sealed, signature)
        answer = encode(GroupInfoResponse(Protocol.mls10, room, body))
        return Reply(200, (("content-type", outgoing.endpoint.media_type),), answer)
