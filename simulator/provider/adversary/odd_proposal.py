"""A hub tells its group, as an external sender, what none may say (RFC 9420 6.1, 12.1.8); its signature is good."""

from collections.abc import Callable, Mapping

from simulator.errors import Misuse
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import ExternalSender, FramedContent, PublicMessage, WireFormat
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.proposals.proposals import ExternalInit, Proposal, Update
from simulator.mls.public_group import PublicGroup
from simulator.provider.provider import Provider
from simulator.services.delivery.outbox import keep
from simulator.services.hub.proposals import as_external_sender
from simulator.services.members import uri_of
from simulator.services.service_context import ServiceContext

Say = Callable[[PublicGroup], Proposal | Commit]


def send_as_external_sender(hub: Provider, group: str, say: Say) -> None:
    """Bring what it says to all members. Raises Misuse for a group that it does not have."""

    def do(context: ServiceContext) -> None:
        record = context.store.groups.get(group.encode())
        if record is None:
            raise Misuse(f"{context.provider} has no group {group}")
        public = record.public
        clients = [uri_of(member) for member in public.members()]
        keep(context.rules.deliver(group.encode(), clients, _signed(say(public), public, context), context), context)

    hub.executor.do(do)


def update(group: PublicGroup) -> Proposal:
    """A proposal to renew a leaf, which only the member there may send."""
    return Update(group.members()[0].leaf_node)


def external_init(group: PublicGroup) -> Proposal:
    """A proposal that belongs into the commit by which somebody joins."""
    return ExternalInit(bytes(group.suite.kem.public_size))


def commit(group: PublicGroup) -> Commit:
    """A commit, which only members may send, and who joins."""
    return Commit((), None)


FLAWS: Mapping[str, Say] = {each.__name__: each for each in (update, external_init, commit)}
"""What no external sender may say, by name; the docstring is the meaning."""


def _signed(said: Proposal | Commit, group: PublicGroup, context: ServiceContext) -> MLSMessage:
    index, key = as_external_sender(group, context)
    content = FramedContent(group.group_id, group.epoch, ExternalSender(index), b"", said)
    signature = sign_content(group.suite, key, WireFormat.mls_public_message, content, group.context)
    tag = bytes(group.suite.kdf.size) if isinstance(said, Commit) else None
    return mls_message(PublicMessage(content, signature, tag, None))
