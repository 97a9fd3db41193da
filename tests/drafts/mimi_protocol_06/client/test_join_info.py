"""What a hub answers to a joiner is for its eyes, about the right room, and signed by who may propose there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client.join_info import MOST_NODES, open_join_info
from simulator.drafts.mimi_protocol_06.messages.common import FullTree, Protocol, TreeAtHub
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_ENCRYPTION_LABEL,
    GROUP_INFO_RESPONSE_LABEL,
    GroupInfoCode,
    GroupInfoNotAuthorized,
    GroupInfoRatchetTreeTBE,
    GroupInfoResponse,
    GroupInfoResponseTBS,
    GroupInfoSuccess,
    PendingProposal,
)
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import DecryptionError, InvalidGroupInfo
from simulator.mls.extensions.extension import ExternalSenderEntry
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.group import Group
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.credential import BasicCredential
from simulator.services.results import Done, GroupSnapshot, SealedSnapshot
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.members import ALICE, PROPOSING, ROOM, SUITE, URI, client, new_room

KEYS, OTHER_KEYS, FOREIGN = (
    SUITE.generate_hpke_key_pair(SeededRand(1, "joiner"), "joiner"),
    SUITE.generate_hpke_key_pair(SeededRand(2, "joiner"), "joiner"),
    SUITE.generate_signature_key_pair(SeededRand(1, "foreign")),
)
HUB = BasicCredential(b"mimi://a.example")
OWN = ExternalSenderEntry(PROPOSING.public, HUB)


@dataclass
class Hub:
    """Answers about a group; each part may be another than it should be."""

    group: Group
    waiting: tuple[MLSMessage, ...] = ()
    room: str = ROOM
    suite: int = SUITE.value
    sender: ExternalSenderEntry = OWN
    key: bytes = PROPOSING.private
    tree: Any = None
    sealed: Callable[[bytes], bytes] = bytes

    def answer(self, to: bytes = KEYS.public) -> SealedSnapshot:
        """Encrypted to this key."""
        tree = self.tree or FullTree(self.group.public.ratchet_tree())
        pending = tuple(PendingProposal(message, 7) for message in self.waiting)
        content = self.sealed(encode(GroupInfoRatchetTreeTBE(self.group.group_info(), tree, pending)))
        rand = SeededRand(1, "hub")
        box = SUITE.encrypt_with_label(to, GROUP_INFO_ENCRYPTION_LABEL, ROOM.encode(), content, rand)
        signed = GroupInfoResponseTBS(Protocol.mls10, self.room, GroupInfoCode.success, self.suite, self.sender, box)
        signature = SUITE.sign_with_label(self.key, GROUP_INFO_RESPONSE_LABEL, encode(signed))
        body = GroupInfoSuccess(self.suite, self.sender, box, signature)
        return SealedSnapshot(encode(GroupInfoResponse(Protocol.mls10, self.room, body)))


@pytest.fixture
def group() -> Group:
    return new_room(client(ALICE))


def opened(hub: Hub) -> GroupSnapshot:
    return open_join_info(hub.answer(), URI.encode(), SUITE, KEYS)


def test_the_group_its_tree_and_what_waits(group: Group) -> None:
    leaving, _ = group.propose(SelfRemove(), SeededRand(1, "x"), authenticated_data=b"\x00")
    snapshot = opened(Hub(group, (leaving,)))
    assert snapshot == GroupSnapshot(mls_message(group.group_info()), group.public.ratchet_tree(), (leaving,))


def test_only_the_joiner_can_read_it(group: Group) -> None:
    with pytest.raises(DecryptionError):
        open_join_info(Hub(group).answer(), URI.encode(), SUITE, OTHER_KEYS)


@pytest.mark.parametrize(
    ("rule", "slug", "change"),
    [
        ("P6-4.5-ANSWER-ROOM", "wrong_room", {"room": "mimi://a.example/r/other"}),
        ("P6-4.5-ANSWER-SUITE", "wrong_cipher_suite", {"suite": 3}),
        ("P6-4.5-ANSWER-SIGNATURE", "invalid_signature", {"key": FOREIGN.private}),
        (
            "P6-4.5-HUB-SENDER/LISTED",
            "hub_sender_unknown",
            {"sender": ExternalSenderEntry(FOREIGN.public, HUB), "key": FOREIGN.private},
        ),
        ("P6-4.5-ANSWER-SEALED/CONTENT", "malformed_group_info", {"sealed": lambda content: content + b"?"}),
        ("P6-4.5-ANSWER-SEALED/TREE", "tree_missing", {"tree": TreeAtHub()}),
    ],
)
def test_answers_that_are_not_believed(group: Group, rule: str, slug: str, change: dict[str, Any]) -> None:
    with breaks(rule), pytest.raises(InvalidGroupInfo) as refused:
        opened(replace(Hub(group), **change))
    assert refused.value.rule == slug


def test_the_hub_signs_under_its_own_name() -> None:
    """The group lists an external sender of another name, who answers as the hub."""
    other = BasicCredential(b"mimi://m.example")
    alice = client(ALICE)
    group = new_room(alice)
    hub = Hub(group, sender=ExternalSenderEntry(PROPOSING.public, other))
    with (
        breaks("P6-4.5-HUB-SENDER/HUB"),
        pytest.raises(InvalidGroupInfo, match=r"is not a\.example \(.*hub_sender_unknown"),
    ):
        opened(hub)


def test_no_tree_is_larger_than_one_takes(group: Group) -> None:
    nodes = (*group.public.ratchet_tree(), *(None for _ in range(MOST_NODES)))
    with breaks("ANSWER-NODES"), pytest.raises(BadAnswer, match="nodes"):
        opened(Hub(group, tree=FullTree(nodes)))


def test_answers_of_another_kind(group: Group) -> None:
    refused = SealedSnapshot(encode(GroupInfoResponse(Protocol.mls10, ROOM, GroupInfoNotAuthorized())))
    for answer in (Done(), refused):
        with pytest.raises(BadAnswer, match="did not answer with a GroupInfo"):
            open_join_info(answer, URI.encode(), SUITE, KEYS)
