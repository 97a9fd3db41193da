"""What the neutral words for endpoints mean in this draft: one endpoint takes all operations on groups."""

from simulator.drafts.mimi_transport_00.endpoints import (
    DELIVER_MESSAGE,
    DISCOVERY,
    EXTERNAL_COMMIT_INFORMATION,
    GROUP_KEY_PACKAGES,
    GROUP_OPERATION,
)
from simulator.drafts.words import Meaning
from simulator.services import commands

_HANDSHAKES = (
    commands.DeleteGroup,
    commands.AddUsers,
    commands.RemoveUsers,
    commands.AddClients,
    commands.RemoveClients,
    commands.Leave,
    commands.UpdateClient,
    commands.ExternalJoin,
    commands.ReInitializeGroup,
)

WORDS = {
    "fan_out": Meaning(DELIVER_MESSAGE.name),
    "handshake": Meaning(GROUP_OPERATION.name, tuple(command.operation for command in _HANDSHAKES)),
    "message": Meaning(GROUP_OPERATION.name, (commands.SendMessage.operation,)),
    "key_packages": Meaning(GROUP_KEY_PACKAGES.name),
    "join_info": Meaning(EXTERNAL_COMMIT_INFORMATION.name),
    "discovery": Meaning(DISCOVERY.endpoint.name),
}
