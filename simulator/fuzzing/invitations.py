"""Connection requests whose group is not what it seems: its hub wrote any name it liked into the tree.

Only the invited client can tell, so these are accepted on the wire; what counts is where they may lead.
"""

from collections.abc import Sequence
from functools import partial

from simulator.clients import Client, ClientState
from simulator.clients.joining import Invitation, open_invitation
from simulator.clients.members import own_leaf
from simulator.clients.operations.add_users import fetch_key_packages
from simulator.clients.operations.create_group import found
from simulator.clients.operations.operation import group_update
from simulator.codec import DecodeError
from simulator.drafts.mls_profile import CONNECTION, NewGroup
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing
from simulator.federation import Session
from simulator.fuzzing.own_bug import present
from simulator.mls.errors import MLSError
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Add
from simulator.mutation.properties import hold
from simulator.net import TransportError
from simulator.provider.adversary import take_commit, take_group, withhold
from simulator.services import names
from simulator.services.delivery.outbox import due
from simulator.services.members import users_of
from simulator.services.provider_keys import sign_as_provider
from simulator.services.refusal import Refusal
from simulator.storage import QueuedMessage


async def forged(
    session: Session, asking: ClientState, founder: ClientState, invited: Sequence[str], name: str
) -> Outgoing:
    """The connection request for bob's clients: to a group `name` whose hub is c.example, in which `founder` seems to
    be, and to invite these users. `asking` fetches their KeyPackages. The hub keeps the group, and nothing is sent.
    """
    hub = session.provider("c")
    keys = hub.client_api.hub_keys
    group = found(founder, NewGroup(names.group(hub.name, name), founder.uri, hub.name, keys, CONNECTION))
    take_group(hub, own_leaf(group), group.group_info())
    fetched = await fetch_key_packages(asking, "", invited, kind=CONNECTION)
    adds = tuple(map(Add, fetched))
    bundle = group.commit(adds, founder.rand, founder.now(), welcome_per=session.draft.mls.welcome_for)
    take_commit(hub, group_update(bundle), bundle.welcomes)
    invitation = present(hub.executor.do(partial(due, "b.example")), "somebody there was just invited")
    for provider in hub.executor.store.outbox.providers():
        withhold(hub, provider)
    return session.draft.write_delivery(
        invitation.delivery, sender=hub.name, recipient="b.example", sign=hub.executor.do(sign_as_provider)
    )


async def check_invitation(client: Client, queued: QueuedMessage) -> str:
    """What comes of a letter if its user agrees: a connection with one user of the group's hub at most.

    The client is not changed. Returns what it says.
    """
    try:
        received = client.state.draft.read_message(queued)
    except DecodeError:
        return "malformed"
    message = received.messages[0].body
    if not received.asks_consent or not isinstance(message, Welcome):
        return ""
    uri = queued.group_id.decode()
    try:
        invited = await open_invitation(client.state, uri, Invitation(message), asked=True)
    except MLSError as error:
        return error.rule
    except (Refusal, BadAnswer, TransportError) as error:
        return type(error).__name__
    others = set(users_of(invited.group.public)) - {client.user}
    hub = names.group_provider(queued.group_id)
    hold(len(others) == 1, f"{client.uri} agrees to be connected with all of {others}")
    (other,) = others
    hold(names.user_provider(other) == hub, f"{client.uri} believes {hub} that {other} asks for a connection")
    return "agrees"
