"""What the neutral words for endpoints mean in this draft: one endpoint takes all operations on groups."""

from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.mimi_transport_00.endpoints import (
    CONNECTION_KEY_PACKAGES,
    DELIVER_MESSAGE,
    DISCOVERY,
    EXTERNAL_COMMIT_INFORMATION,
    GROUP_KEY_PACKAGES,
    GROUP_OPERATION,
    GROUP_OPERATIONS,
)
from simulator.services import commands

_NO_HANDSHAKES = (commands.RequestGroupId, commands.CreateGroup, commands.SendMessage)
_HANDSHAKES = tuple(each.operation for each in GROUP_OPERATIONS if each not in _NO_HANDSHAKES)

WORDS = {
    "fan_out": Meaning(DELIVER_MESSAGE.name),
    "handshake": Meaning(
        GROUP_OPERATION.name, tuple(each.operation for each in GROUP_OPERATIONS if each not in _NO_HANDSHAKES)
    ),
    "message": Meaning(GROUP_OPERATION.name, (commands.SendMessage.operation,)),
    "key_packages": Meaning(GROUP_KEY_PACKAGES.name),
    "lookup": Meaning(CONNECTION_KEY_PACKAGES.name),
    "join_info": Meaning(EXTERNAL_COMMIT_INFORMATION.name),
    "discovery": Meaning(DISCOVERY.endpoint.name),
}
