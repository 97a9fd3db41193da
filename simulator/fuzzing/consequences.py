"""What an accepted request leaves behind is sound: at the hub, in the outboxes, for those who read it."""

from collections.abc import Sequence

from simulator.clients import Client
from simulator.clients.joining import Invitation, open_invitation
from simulator.clients.message_processing import read
from simulator.clients.operations.operation import group_update
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.federation import Session
from simulator.fuzzing.environment import KEY_PACKAGES, NOW, Environment, Seed
from simulator.fuzzing.invitations import check_invitation
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Remove
from simulator.mls.public_group import PublicGroup
from simulator.mutation.cases import Shot
from simulator.mutation.properties import Broken, hold
from simulator.net import TransportError
from simulator.provider import Provider
from simulator.services import commands
from simulator.services.asker import AsMember
from simulator.services.names import group_provider, parse_client
from simulator.services.refusal import Refusal
from simulator.services.signing import signer
from simulator.storage import GroupRecord, QueuedMessage

SECRET = frozenset(
    {
        "aead",
        "generation_too_far",
        "invalid_confirmation_tag",
        "invalid_hpke_key",
        "invalid_membership_tag",
        "key_consumed",
        "malformed_content",
        "no_path_ciphertext",
        "path_key_mismatch",
    }
)
"""Rules that only members can check: what breaks them may pass the hub."""

_FAILED = (Refusal, BadAnswer, TransportError)


class Consequences:
    """Of requests in an environment, compared with what was there before any."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._session = environment.session
        self._queued = {client.uri: len(self._queue(client.uri)) for client in self._session.clients}
        words = self._session.draft.words
        self._changing = {words["handshake"].endpoint} if "handshake" in words else set()
        self._giving = {words[word].endpoint for word in ("key_packages", "lookup") if word in words}

    async def check(self, shot: Shot) -> str:
        """What they are, in a few words. Raises Broken, and whatever providers and clients have failed by."""
        session = self._session
        await session.settle()
        check_faults(session)
        for provider in session.providers:
            waiting = provider.executor.store.outbox.providers()
            hold(not waiting, f"{provider.name} has sent {waiting} something that is refused")
        if shot["endpoint"] in self._changing:
            hub = session.provider(shot["recipient"])
            for group_id in hub.executor.store.groups.ids():
                check_group(hub.executor.store.groups.get(group_id))
                check_names(hub, group_id, roles=session.draft.mls.has_roles)
        invited = {await check_invitation(client, queued) for client in session.clients for queued in self._new(client)}
        if shot["endpoint"] in self._giving:
            self._check_stocks()
        readers = [(client, *await self._read_all(client)) for client in session.clients]
        refusals = {rule for _, _, rules in readers for rule in rules}
        if shot["endpoint"] in self._changing:
            unseen = refusals - SECRET - self._environment.own.left_to_members
            hold(not unseen, f"members refuse what their hub has accepted: {unseen}")
            await self._one_goes_on([(client, group) for client, group, _ in readers if group is not None])
        if invited - {""}:
            return f"invited: {', '.join(sorted(invited))}"
        return f"refused by members: {', '.join(sorted(refusals))}" if refusals else ""

    def _queue(self, client: str) -> Sequence[QueuedMessage]:
        return self._session.provider(parse_client(client).provider).client_api.fetch(client)

    def _new(self, client: Client) -> Sequence[QueuedMessage]:
        return self._queue(client.uri)[self._queued[client.uri] :]

    def _check_stocks(self) -> None:
        """Whatever others have taken, a client that comes back online has everything in stock again."""
        mls = self._session.draft.mls
        for client in self._session.clients:
            client.replenish()
            for kind in reversed(mls.kinds):
                left = client.state.home.key_packages_left(client.uri, kind)
                hold(left == (KEY_PACKAGES, mls.last_resort), f"{client.uri} has only {left} in stock, coming back")

    async def _read_all(self, client: Client) -> tuple[Group | None, set[str]]:
        """What is new in a client's queue: the group that it leads to, and the rules by which it is refused."""
        found, rules = None, set()
        for queued in self._new(client):
            views = self._environment.views.get(queued.group_id, {})
            group = found if found and found.group_id == queued.group_id else views.get(client.uri.encode())
            try:
                found = await self._read_one(client, group, queued)
            except MLSError as error:
                rules.add(error.rule)
            except _FAILED as error:
                rules.add(type(error).__name__)
        return found, rules

    async def _read_one(self, client: Client, group: Group | None, queued: QueuedMessage) -> Group | None:
        draft, uri = client.state.draft, queued.group_id.decode(errors="replace")
        received = draft.read_message(queued)
        for message in received.messages:
            if isinstance(message.body, Welcome):
                if not received.asks_consent:  # `check_invitation` has looked at those
                    invitation = Invitation(message.body, received.ratchet_tree)
                    await open_invitation(client.state, uri, invitation, asked=False)
            elif group is not None and group.active:
                group = read(uri, group, message, received, draft.mls, NOW).group
        return group

    async def _one_goes_on(self, readers: Sequence[tuple[Client, Group]]) -> None:
        for client, group in readers:
            if await self._goes_on(client, group):
                return

    async def _goes_on(self, client: Client, group: Group) -> bool:
        """Whether a member can commit next: if it is one that may, the hub takes that too."""
        draft = self._session.draft
        if not group.active or (draft.mls.has_roles and client.user not in draft.mls.roles_of(group.public)):
            return False
        rand = SeededRand(1, "going on")
        bundle = group.commit((), rand, NOW, force_path=True, authenticated_data=draft.mls.handshake_data)
        sender = parse_client(client.uri).provider
        outgoing = draft.write(
            commands.UpdateClient(group_update(bundle)),
            sender=sender,
            recipient=group_provider(group.group_id),
            sign=signer(group.public.suite, group.identity.signature_private_key),
            asker=AsMember(group.own_index, client.uri),
        )
        seed = Seed.of("going on", sender, outgoing, None)
        reply = await self._environment.send(seed.shot(outgoing.body))
        hold(reply.error is None, f"nobody can go on after what was accepted: {reply.description}")
        return True


def check_faults(session: Session) -> None:
    """Raises the first fault that a provider has had, which then is forgotten."""
    for provider in session.providers:
        if provider.faults:
            raise provider.faults.pop()


def check_group(record: GroupRecord | None) -> None:
    """Whether somebody could join the group that a provider keeps, all checks of RFC 9420 12.4.3.1 included."""
    info = None if record is None else record.group_info.body
    if record is None or not isinstance(info, GroupInfo):
        raise Broken("a group that is listed has no record with a GroupInfo")
    imported = PublicGroup.from_group_info(info, record.public.ratchet_tree(), None)
    hold(imported.context == record.public.context, "the hub's GroupInfo leads to another group")
    kept = record.public.to_bytes()
    hold(PublicGroup.from_bytes(kept).to_bytes() == kept, "a group is another one when it was kept")


def check_names(hub: Provider, group_id: bytes, *, roles: bool) -> None:
    """Whether the hub knows its own clients in a group, and of what waits to be committed there is no more than one
    removal for each leaf, and nothing else where a draft has no `roles` to change with it.
    """
    store = hub.executor.store
    record = store.groups.get(group_id)
    if record is None:
        raise Broken("a group that is listed has no record")
    for member in record.public.members():
        client = member.identity.decode()
        if parse_client(client).provider == hub.name:
            hold(store.users.key(client, member.leaf_node.signature_key), f"nobody registered {client} with this key")
    proposed = [stored.proposal for stored in record.public.proposals.values()]
    removed = [proposal.removed for proposal in proposed if isinstance(proposal, Remove)]
    hold(len(removed) == len(set(removed)), f"a leaf is removed twice: {proposed}")
    hold(roles or len(removed) == len(proposed), f"too much waits for a commit: {proposed}")
