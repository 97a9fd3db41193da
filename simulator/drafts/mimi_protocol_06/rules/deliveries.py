"""What waits in outboxes and queues: FanoutMessages, encoded as they are sent."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.messages.common import Frank, FullTree
from simulator.drafts.mimi_protocol_06.messages.notify import FannedOutMessage, FanoutMessage
from simulator.drafts.mimi_protocol_06.messages.update import PROPOSALS
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import accepted_now, with_facts
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import ContentType, PrivateMessage, PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.joining.welcome import Welcome
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Effect, Enqueue, FanOut
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext

NOTIFY = "notify"
"""What errors and events call bringing one, and the name of the endpoint."""


def fanned_out_message(timestamp: int, message: MLSMessage, frank: Frank | None) -> FanoutMessage:
    """An application message, and what we assert of it."""
    return FanoutMessage(timestamp, message, application=FannedOutMessage(frank))


def fanned_out_proposals(timestamp: int, messages: Sequence[MLSMessage]) -> FanoutMessage:
    """One or more proposals that were accepted together."""
    return FanoutMessage(timestamp, messages[0], more_proposals=tuple(messages[1:]))


def fanned_out_commit(timestamp: int, message: MLSMessage, proposals: Sequence[MLSMessage] = ()) -> FanoutMessage:
    """A commit, and what we propose in the epoch that it starts."""
    return FanoutMessage(timestamp, message, external_proposals=tuple(proposals))


def fanned_out_welcome(timestamp: int, welcome: Welcome, tree: RatchetTreeNodes) -> FanoutMessage:
    """A Welcome with the tree of the epoch that it leads to."""
    return FanoutMessage(timestamp, mls_message(welcome), ratchet_tree_option=FullTree(tree))


def effect_for(
    provider: str, group_id: bytes, message: FanoutMessage, own: Sequence[str], context: ServiceContext
) -> Effect:
    """What brings a message to a provider; where that is ourselves, to these clients of `own`."""
    if provider == context.provider:
        return Enqueue(Delivery(NOTIFY, group_id, tuple(own), encode(message)))
    return FanOut(provider, Delivery(NOTIFY, group_id, (), encode(message)))


def deliver(
    group_id: bytes,
    clients: Iterable[str],
    message: MLSMessage,
    context: ServiceContext,
    *,
    asks_consent: bool = False,
) -> tuple[Effect, ...]:
    """To the providers of these clients, which find out by themselves who is meant; and to those of ours. See
    `DraftRules.deliver`: nobody is asked for consent by a message.
    """
    del asks_consent
    record = context.store.groups.get(group_id)
    if record is None:
        return ()
    facts = accepted_now(RoomFacts.of(record), context)
    context.store.groups.save(with_facts(record, facts))
    brought = _fanned_out(facts.last_timestamp, message, record.public.ratchet_tree())
    providers: dict[str, list[str]] = {}
    for client in clients:
        providers.setdefault(parse_client(client).provider, []).append(client)
    return tuple(effect_for(provider, group_id, brought, own, context) for provider, own in providers.items())


def _fanned_out(timestamp: int, message: MLSMessage, tree: RatchetTreeNodes) -> FanoutMessage:
    body = message.body
    if isinstance(body, Welcome):
        return fanned_out_welcome(timestamp, body, tree)
    if isinstance(body, PrivateMessage) and body.content_type == ContentType.application:
        return fanned_out_message(timestamp, message, None)
    content = body.content.content if isinstance(body, PublicMessage) else None
    if isinstance(content, Commit):
        return fanned_out_commit(timestamp, message)
    if isinstance(content, PROPOSALS):
        return fanned_out_proposals(timestamp, (message,))
    return FanoutMessage(timestamp, message)  # what no hub takes in: nothing stands beside it


def digest(group_id: bytes, payload: bytes) -> bytes:
    """That of the FanoutMessage with all that the hub said of it, in the room it came for."""
    return sha256(group_id + b"\0" + payload).digest()
