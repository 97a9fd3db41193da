"""Target: every endpoint of mimi-protocol-06, over HTTPS."""

from dataclasses import replace
from random import Random
from typing import Any

from simulator.clients import Client
from simulator.clients.joining import Invitation, open_invitation
from simulator.clients.message_processing import read
from simulator.clients.operations.operation import group_update
from simulator.drafts.mimi_protocol_06.binding.forging import resign
from simulator.drafts.mimi_protocol_06.messages.common import PartialGroupInfo
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry
from simulator.drafts.mimi_protocol_06.messages.group_info import GroupInfoRequest
from simulator.drafts.mimi_protocol_06.messages.key_material import KeyMaterialRequest
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.messages.update import CommitBundle, HandshakeBundle, UpdateRequest
from simulator.drafts.mimi_protocol_06.room.room_state import room_state, user_of
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.federation.session import RawReply
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.welcome import Welcome
from simulator.net import TransportError
from simulator.services import commands
from simulator.services.asker import AsMember
from simulator.services.names import group_provider, parse_client
from simulator.services.refusal import Refusal
from simulator.services.signing import signer
from simulator.storage import QueuedMessage
from tests.fuzz.back_to_back import Notification
from tests.fuzz.cases import Shot
from tests.fuzz.edits import NAMES
from tests.fuzz.environment import KEY_PACKAGES, NOW, PROVIDERS, Seed
from tests.fuzz.forgery import IMPOSSIBLE, Forger
from tests.fuzz.requests import SECRET, Requests, check_faults, check_group

SENDERS = ("", "a.example", "mimi@", "mimi@z.example", "MIMI@a.example", "mimi@a.example, mimi@b.example", "x" * 4000)
"""What From may say that is none, or another's."""

STATUSES = {200, 400, 401, 403, 404, 405, 413, 415, 421, 422, 502}
"""With which refusals come."""

UNSEEN = SECRET | {"own_commit"}
"""Rules that members may find broken by what a hub has taken: a sender's provider knows nothing of these requests, so
it brings them back to the sender.
"""


class RoomRequests(Requests):
    """Shoots at the providers of an environment: bodies, path variables, and who it is from."""

    def _weight(self, seed: Seed) -> float:
        """An endpoint's share, whatever it has of seeds: half are updates and notifications."""
        seeds = [other for other in self._environment.seeds if other.endpoint == seed.endpoint]
        return (4 if seed.endpoint in ("update", "notify") else 1) / len(seeds)

    def _elsewhere(self, seed: Seed, rng: Random) -> Seed:
        how = rng.random()
        if how < 0.08 and seed.variables:
            known = [value for other in self._environment.seeds for value in other.variables.values()]
            value = rng.choice((*NAMES, *known, f"{rng.choice(known)}/x"))
            return replace(seed, variables=dict.fromkeys(seed.variables, value))
        if how < 0.12:
            sender = rng.choice(PROVIDERS)
            return replace(seed, sender=sender, headers=(("from", f"mimi@{sender}"),))
        if how < 0.15:
            said = [("from", rng.choice(SENDERS)) for _ in range(rng.randrange(3))]
            return replace(seed, headers=tuple(said))
        return seed

    def _signed(self, seed: Seed, request: Any, *, deep: bool) -> Any:
        suite, signs = cipher_suite(self._environment.kind.suite), self._environment.signs
        usual = signer(suite, seed.key) if seed.key is not None else signs[seed.sender]
        hub = signs[seed.recipient if seed.recipient in signs else seed.sender]
        forger = Forger(suite, self._environment.keys, self._environment.views, usual, hub, NOW)
        try:
            return _signed(request, forger, deep=deep)
        except IMPOSSIBLE:
            return request

    def _is_refusal(self, reply: RawReply) -> bool:
        return reply.http in STATUSES and (reply.http == 502) == (reply.error == "unreachable")

    async def _consequences(self, shot: Shot) -> str:
        """What an accepted request leaves behind is sound: at the hub, in the outboxes, for those who read it."""
        session = self._environment.session
        await session.settle()
        check_faults(session)
        for provider in session.providers:
            waiting = provider.executor.store.outbox.providers()
            assert not waiting, f"{provider.name} has sent {waiting} something that is refused"
        if shot["endpoint"] == "keyMaterial":
            self._check_stocks()
        readers = [(client, *await self._read_all(client)) for client in session.clients]
        refusals = {rule for _, _, rules in readers for rule in rules}
        if shot["endpoint"] == "update":
            hub = session.provider(shot["recipient"]).executor.store
            for group_id in hub.groups.ids():
                check_group(hub.groups.get(group_id))
            assert refusals <= UNSEEN, f"members refuse what their hub has accepted: {refusals - UNSEEN}"
            for client, group, _ in readers:
                if group is not None and await self._goes_on(client.uri, group):
                    break
        return f"refused by members: {', '.join(sorted(refusals))}" if refusals else ""

    def _check_stocks(self) -> None:
        for client in self._environment.session.clients:
            client.replenish()
            for kind in client.state.draft.mls.kinds:
                left = client.state.home.key_packages_left(client.uri, kind)
                assert left[0] == KEY_PACKAGES, f"{client.uri} has only {left} in stock, coming back"

    async def _read_all(self, client: Client) -> tuple[Group | None, set[str]]:
        """What is new in a client's queue: the group that it leads to, and the rules by which it is refused."""
        found, rules = None, set()
        for queued in self._queue(client.uri)[self._letters[client.uri] :]:
            views = self._environment.views.get(queued.group_id, {})
            group = found if found and found.group_id == queued.group_id else views.get(client.uri.encode())
            try:
                found = await self._read_one(client, group, queued)
            except MLSError as error:
                rules.add(error.rule)
            except (Refusal, BadAnswer, TransportError) as error:
                rules.add(type(error).__name__)
        return found, rules

    async def _read_one(self, client: Client, group: Group | None, queued: QueuedMessage) -> Group | None:
        draft, uri = client.state.draft, queued.group_id.decode(errors="replace")
        received = draft.read_message(queued)
        for message in received.messages:
            if isinstance(message.body, Welcome):
                invitation = Invitation(message.body, received.ratchet_tree)
                await open_invitation(client.state, uri, invitation, asked=False)
            elif group is not None and group.active:
                group = read(uri, group, message, received, draft.mls, NOW).group
        return group

    async def _goes_on(self, client: str, group: Group) -> bool:
        """Whether a member can commit next: if it is one that may, the hub takes that too."""
        draft = self._environment.session.draft
        if not group.active or not room_state(group.public).takes_part(user_of(client)):
            return False
        rand = SeededRand(1, "going on")
        bundle = group.commit((), rand, NOW, force_path=True, authenticated_data=draft.mls.handshake_data)
        outgoing = draft.write(
            commands.UpdateClient(group_update(bundle)),
            sender=parse_client(client).provider,
            recipient=group_provider(group.group_id),
            sign=signer(group.public.suite, group.identity.signature_private_key),
            asker=AsMember(group.own_index, client),
        )
        seed = Seed.of("going on", parse_client(client).provider, outgoing, None)
        reply = await self._environment.send(seed.shot(outgoing.body))
        assert reply.error is None, f"nobody can go on after what was accepted: {reply.description}"
        return True


def _signed(request: Any, forger: Forger, *, deep: bool) -> Any:
    match request:
        case KeyMaterialRequest(signed):
            return resign(request, forger.sign_with(signed.requester_signature_key))
        case GroupInfoRequest(signed):
            return resign(request, forger.sign_with(signed.requesting_signature_key))
        case ConsentEntry() if deep and request.client_key_packages:
            return replace(request, client_key_packages=tuple(map(forger.key_package, request.client_key_packages)))
        case UpdateRequest(bundle) if deep:
            return UpdateRequest(_bundle(bundle, forger))
        case Notification(messages) if deep:
            return Notification(tuple(_news(message, forger) for message in messages))
    return request


def _news(news: FanoutMessage, forger: Forger) -> FanoutMessage:
    more = {name: getattr(news, name) for name in ("more_proposals", "external_proposals")}
    signed = {name: tuple(map(forger.message, said)) for name, said in more.items() if said is not None}
    return replace(news, message=forger.message(news.message), **signed)


def _bundle(bundle: HandshakeBundle, forger: Forger) -> HandshakeBundle:
    message, more = forger.message(bundle.proposal_or_commit), bundle.more_proposals
    more = None if more is None else tuple(map(forger.message, more))
    beside = None if bundle.commit is None else _beside(bundle.commit, message.body, forger)
    return HandshakeBundle(message, beside, more)


def _beside(beside: CommitBundle, commit: object, forger: Forger) -> CommitBundle:
    """With the GroupInfo signed that the commit leads to."""
    staged = forger.staged(commit) if isinstance(commit, PublicMessage) else None
    leaf = None if staged is None else staged.group.tree.leaf(staged.committer)
    option = beside.group_info_option
    if staged is None or leaf is None:
        return beside
    group = staged.group
    if isinstance(option, PartialGroupInfo):
        info = GroupInfo(group.context, option.group_info_extensions, group.confirmation_tag, staged.committer, b"")
        signature = forger.group_info(info, leaf.signature_key).signature
        return replace(beside, group_info_option=replace(option, signature=signature))
    return replace(beside, group_info_option=forger.group_info(option, leaf.signature_key))
