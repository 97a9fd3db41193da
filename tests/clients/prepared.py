"""What is inside a request that is ready to be sent."""

from simulator.clients.operations import Prepared
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage


def update_of(prepared: Prepared) -> MLSMessage:
    """The MLSMessage with the commit in it."""
    message: MLSMessage = decode(DSRequest, prepared.outgoing.body).body.group_update.commit
    return message


def commit_of(prepared: Prepared) -> PublicMessage:
    """The commit itself."""
    body = update_of(prepared).body
    assert isinstance(body, PublicMessage)
    return body
