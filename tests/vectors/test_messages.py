"""messages.json: one object of each kind, decoded and encoded again."""

from typing import Any

import pytest

from simulator.codec import codec, decode
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import PrivateMessage, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import GroupSecrets, Welcome
from simulator.mls.proposals.proposals import (
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.tree.node import RatchetTreeNodes

MESSAGES = {
    "mls_welcome": Welcome,
    "mls_group_info": GroupInfo,
    "mls_key_package": KeyPackage,
    "public_message_application": PublicMessage,
    "public_message_proposal": PublicMessage,
    "public_message_commit": PublicMessage,
    "private_message": PrivateMessage,
}
STRUCTS = {
    "ratchet_tree": RatchetTreeNodes,
    "group_secrets": GroupSecrets,
    "add_proposal": Add,
    "update_proposal": Update,
    "remove_proposal": Remove,
    "pre_shared_key_proposal": PreSharedKey,
    "re_init_proposal": ReInit,
    "external_init_proposal": ExternalInit,
    "group_context_extensions_proposal": GroupContextExtensions,
    "commit": Commit,
}

pytestmark = pytest.mark.vectors("messages")


def test_messages(vector: Any) -> None:
    assert set(vector) == MESSAGES.keys() | STRUCTS.keys()
    for name, cls in MESSAGES.items():
        data = bytes.fromhex(vector[name])
        message = decode(MLSMessage, data)
        assert isinstance(message.body, cls), name
        assert codec(MLSMessage).encode(message) == data, name
    for name, annotation in STRUCTS.items():
        data = bytes.fromhex(vector[name])
        assert codec(annotation).encode(codec(annotation).decode(data)) == data, name
