"""What a member of a group says, for tests of how it is delivered."""

from simulator.mls.framing.message import MLSMessage
from tests.services.bench import Client


def text(sender: Client, data: bytes = b"hello") -> MLSMessage:
    """An application message of the group that the client is in, which goes on from it."""
    message, sender.joined = sender.group.encrypt(data, sender.rand)
    return message
