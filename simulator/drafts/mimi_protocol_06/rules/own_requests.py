"""What a provider notes of its own clients: who has sent a message, and who is in which room of another hub.

Messages come without the names of recipients, so it has to know by itself ([P] 5.5).
"""

from hashlib import sha256

from simulator.codec import UNBOUNDED, DecodeError, decode, encode
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest
from simulator.drafts.mimi_protocol_06.messages.update import UpdateRequest
from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.framing.framing import NewMemberCommitSender, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.welcome import Welcome
from simulator.services.service_context import ServiceContext


def asking(outgoing: Outgoing, context: ServiceContext) -> None:
    """A client of ours is about to send handshakes or a message. A joiner counts as a member from now on: what follows
    its commit may come before the answer.
    """
    message = _message_in(outgoing)
    if message is None or outgoing.client is None:
        return
    context.store.submissions.forget(context.elapsed - context.policy.repetition_window)
    context.store.submissions.add(_digest(message), outgoing.client, context.elapsed)
    if _joins(outgoing, message, context):
        context.store.own_members.expect(message.group_id or b"", outgoing.client)


def accepted(outgoing: Outgoing, context: ServiceContext) -> None:
    """A joiner is a member."""
    message = _message_in(outgoing)
    if message is not None and outgoing.client is not None and _joins(outgoing, message, context):
        context.store.own_members.add(message.group_id or b"", outgoing.client)


def refused(outgoing: Outgoing, context: ServiceContext) -> None:
    """Nobody will send it back. A joiner is no member, unless it was one before."""
    message = _message_in(outgoing)
    if message is None or outgoing.client is None:
        return
    context.store.submissions.remove(_digest(message))
    if _joins(outgoing, message, context):
        context.store.own_members.expect_no_more(message.group_id or b"", outgoing.client)


def left(client: str, group: str, context: ServiceContext) -> None:
    """A client is out, unless a Welcome that it has not read yet brings it in again."""
    group_id = group.encode()
    waiting = (each.payload for each in context.store.queues.pending(client) if each.group_id == group_id)
    messages = (decode(FanoutMessage, payload, UNBOUNDED).message for payload in waiting)
    if not any(isinstance(message.body, Welcome) for message in messages):
        context.store.own_members.remove(group_id, client)


def submitted_by(message: MLSMessage, context: ServiceContext) -> str | None:
    """The client of ours that has sent this message to its hub, if one has."""
    return context.store.submissions.client(_digest(message))


def _message_in(outgoing: Outgoing) -> MLSMessage | None:
    """What is fanned out of a request; None where nothing is, or it can't be read."""
    try:
        if outgoing.endpoint.request is UpdateRequest:
            return decode(UpdateRequest, outgoing.body).bundle.proposal_or_commit
        if outgoing.endpoint.request is SubmitMessageRequest:
            return decode(SubmitMessageRequest, outgoing.body).app_message
    except DecodeError:
        pass
    return None


def _joins(outgoing: Outgoing, message: MLSMessage, context: ServiceContext) -> bool:
    """Whether it is an external commit to a room of another hub: of our own rooms we have the members."""
    body = message.body
    external = isinstance(body, PublicMessage) and isinstance(body.content.sender, NewMemberCommitSender)
    return external and outgoing.recipient != context.provider


def _digest(message: MLSMessage) -> bytes:
    return sha256(encode(message)).digest()
