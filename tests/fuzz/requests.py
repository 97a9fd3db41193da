"""Target: every endpoint, over HTTPS. The first cases of an environment are its seeds, unaltered."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from simulator.clients import Client
from simulator.codec import Span, encode, spans
from simulator.codec.declare import wire_of
from simulator.drafts.mimi_transport_00.binding.forging import resign
from simulator.drafts.mimi_transport_00.messages import delivery, key_packages, queueing
from simulator.drafts.mimi_transport_00.messages import group_requests as bodies
from simulator.federation import Session
from simulator.federation.session import RawReply
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.provider import Provider
from simulator.services import commands
from simulator.services.asker import AsMember
from simulator.services.names import group_provider, parse_client
from simulator.services.refusal import Code, Refusal
from simulator.services.signing import Sign, signer
from simulator.storage import GroupRecord, QueuedMessage
from tests.fuzz.back_to_back import body_of
from tests.fuzz.cases import ALL, ENVELOPE, UNSIGNED, Case, Shot
from tests.fuzz.edits import altered, some_cuts, some_edits
from tests.fuzz.environment import KEY_PACKAGES, NOW, Environment, Seed
from tests.fuzz.forgery import IMPOSSIBLE, Forger
from tests.fuzz.invitations import check_invitation

PROVIDER_SIGNED = (
    queueing.QueueingServiceRequest,
    key_packages.ConnectionKeyPackageRequest,
    key_packages.GroupKeyPackageRequest,
)


SECRET = {
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
"""Rules that only members can check: what breaks them may pass the Delivery Service."""


class Requests:
    """Shoots at the providers of an environment."""

    name = "requests"

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._weights = [self._weight(seed) for seed in environment.seeds]
        self._success = {row.name: row.success for row in environment.session.draft.endpoints}
        self._valid = {body_of(seed.request) for seed in environment.seeds if seed.code is None}
        self._letters = {client.uri: len(self._queue(client.uri)) for client in environment.session.clients}

    def case(self, rng: Random) -> Case:
        """A request with something altered; half of them are group operations."""
        environment = self._environment
        (seed,) = rng.choices(environment.seeds, self._weights)
        seed, request = self._elsewhere(seed, rng), seed.request
        if rng.random() < 0.15:
            return Case(seed.name, seed, cuts=some_cuts(body_of(request), lambda: parts_of(request), rng))
        edits = some_edits(wire_of(type(request)), request, environment.pool, rng)
        return Case(seed.name, seed, edits, signing=rng.choice((UNSIGNED, ENVELOPE, ALL, ALL, ALL)))

    def shot(self, case: Case) -> Shot:
        """The body, and who sends it where."""
        seed: Seed = case.seed
        request = seed.request
        if case.edits:
            request = altered(wire_of(type(request)), request, case.edits, self._environment.pool, Random(0))
        if case.signing:
            request = self._signed(seed, request, deep=case.signing == ALL)
        data = body_of(request)
        for cut in case.cuts:
            data = cut.apply(data)
        return seed.shot(data)

    def place(self, case: Case) -> str:
        """The endpoint."""
        return str(case.seed.endpoint)

    async def fire(self, shot: Shot) -> str:
        """Send it: refused without a trace, or accepted with sound consequences."""
        session, body = self._environment.session, bytes.fromhex(shot["body"])
        reply = await self._environment.send(shot)
        check_faults(session)
        if reply.error is not None:
            assert reply.error != "internal", reply.description
            assert self._is_refusal(reply), (reply.http, reply.error)
            assert self._environment.unchanged(), f"a refusal ({reply.error}) has changed a store"
            return f"{reply.http} {'refused: ' * (reply.http < 300)}{reply.error}"
        assert reply.http == self._success[shot["endpoint"]], reply.http
        try:
            outcome = await self._consequences(shot)
            return f"{reply.http} valid anyway" if body in self._valid else f"{reply.http} {outcome}".strip()
        finally:
            await self._environment.restore()

    def _weight(self, seed: Seed) -> float:
        """How often a seed is chosen, compared with others."""
        return 2 if seed.endpoint == "group_operation" else 1

    def _elsewhere(self, seed: Seed, rng: Random) -> Seed:
        """The seed with another sender or path, where these are no part of the body."""
        del rng
        return seed

    def _signed(self, seed: Seed, request: Any, *, deep: bool) -> Any:
        """See `signed_again`."""
        return signed_again(self._environment, seed, request, deep=deep)

    def _is_refusal(self, reply: RawReply) -> bool:
        """Whether status and code fit together."""
        refusals = self._environment.session.draft.refusals
        expected = refusals.write(Refusal(Code(reply.error or ""), "")).status
        return reply.http == expected or (reply.http, reply.error) == (413, "malformed")

    async def _consequences(self, shot: Shot) -> str:
        """What an accepted request leaves behind is sound: at the owner, in the outboxes, for those who read it."""
        session = self._environment.session
        await session.settle()
        check_faults(session)
        for provider in session.providers:
            waiting = provider.executor.store.outbox.providers()
            assert not waiting, f"{provider.name} has sent {waiting} something that is refused"
        if shot["endpoint"] == "group_operation":
            owner = session.provider(shot["recipient"])
            for group_id in owner.executor.store.groups.ids():
                check_group(owner.executor.store.groups.get(group_id))
                check_names(owner, group_id)
        invited = {await check_invitation(client, queued) for client, queued in self._new_letters()}
        if "key_packages" in shot["endpoint"]:
            self._check_stocks()
        readers = {client.uri: self._read(client.uri) for client in session.clients}
        refusals = {rule for _, rules in readers.values() for rule in rules}
        if shot["endpoint"] == "group_operation":
            assert refusals <= SECRET, f"members refuse what their provider has accepted: {refusals - SECRET}"
            follower = next(((uri, group) for uri, (group, _) in readers.items() if group and group.active), None)
            if follower is not None:
                await self._go_on(*follower)
        if invited - {""}:
            return f"invited: {', '.join(sorted(invited))}"
        return f"refused by members: {', '.join(sorted(refusals))}" if refusals else ""

    def _new_letters(self) -> list[tuple[Client, QueuedMessage]]:
        clients = self._environment.session.clients
        return [
            (client, queued) for client in clients for queued in self._queue(client.uri)[self._letters[client.uri] :]
        ]

    def _check_stocks(self) -> None:
        """Whatever others have taken, a client that comes back online has everything in stock again."""
        for client in self._environment.session.clients:
            client.replenish()
            for kind in reversed(client.state.draft.mls.kinds):
                left = client.state.home.key_packages_left(client.uri, kind)
                assert left == (KEY_PACKAGES, True), f"{client.uri} has only {left} in stock, coming back"

    def _read(self, client: str) -> tuple[Group | None, set[str]]:
        """What is new in a client's queue: the group that it leads to, and the rules by which it is refused."""
        group, rules = None, set()
        for queued in self._queue(client)[self._letters[client] :]:
            view = self._environment.views.get(queued.group_id, {}).get(client.encode())
            (message,) = self._environment.session.draft.read_message(queued).messages
            if view is None or isinstance(message.body, Welcome):
                continue
            try:
                group = view.process(message, NOW).group
            except MLSError as error:
                rules.add(error.rule)
        return group, rules

    async def _go_on(self, client: str, group: Group) -> None:
        """Whoever follows what was accepted can commit next, and the owner takes that too."""
        session = self._environment.session
        bundle = group.commit((), SeededRand(1, "going on"), NOW, force_path=True)
        update = commands.GroupUpdate(bundle.message, bundle.group_info.extensions, bundle.group_info.signature)
        sender = parse_client(client).provider
        outgoing = session.draft.write(
            commands.UpdateClient(update),
            sender=sender,
            recipient=group_provider(group.group_id),
            sign=signer(group.public.suite, group.identity.signature_private_key),
            asker=AsMember(group.own_index),
        )
        reply = await session.send_raw(sender, outgoing.recipient, outgoing.endpoint.name, outgoing.body)
        assert reply.error is None, f"nobody can go on after what was accepted: {reply.description}"

    def _queue(self, client: str) -> Sequence[QueuedMessage]:
        provider = parse_client(client).provider
        return self._environment.session.provider(provider).client_api.fetch(client)


def check_faults(session: Session) -> None:
    """Raises the first fault that a provider has had, which then is forgotten."""
    for provider in session.providers:
        if provider.faults:
            raise provider.faults.pop()


def check_group(record: GroupRecord | None) -> None:
    """Whether somebody could join the group that a provider keeps, all checks of RFC 9420 12.4.3.1 included."""
    assert record is not None
    assert isinstance(record.group_info.body, GroupInfo)
    imported = PublicGroup.from_group_info(record.group_info.body, record.public.ratchet_tree(), None)
    assert imported.context == record.public.context
    assert PublicGroup.from_bytes(record.public.to_bytes()).to_bytes() == record.public.to_bytes()


def check_names(owner: Provider, group_id: bytes) -> None:
    """Whether the owner knows its own clients in a group, and of what waits to be committed there is no more than one
    removal for each leaf.
    """
    store = owner.executor.store
    record = store.groups.get(group_id)
    assert record is not None
    for member in record.public.members():
        client = member.identity.decode()
        if parse_client(client).provider == owner.name:
            assert store.users.key(client, member.leaf_node.signature_key), f"nobody registered {client} with this key"
    proposed = [stored.proposal for stored in record.public.proposals.values()]
    removed = [proposal.removed for proposal in proposed if isinstance(proposal, Remove)]
    assert len(removed) == len(set(removed)) == len(proposed), f"too much waits for a commit: {proposed}"


def parts_of(request: Any) -> tuple[Span, ...]:
    """Where in its body the parts of a request are."""
    data = encode(request)
    return tuple(_shifted(part, len(data) - len(body_of(request))) for part in spans(type(request), data))


def _shifted(part: Span, by: int) -> Span:
    children = tuple(_shifted(child, by) for child in part.children if isinstance(child, Span))
    return Span(part.name, max(0, part.start - by), max(0, part.end - by), part.value, children)


def signed_again(environment: Environment, seed: Seed, request: Any, *, deep: bool) -> Any:
    """The request with its own signature made right and, if `deep`, all that is inside it."""
    suite = cipher_suite(environment.kind.suite)
    usual = signer(suite, seed.key) if seed.key is not None else environment.signs[seed.sender]
    forger = Forger(suite, environment.keys, environment.views, usual, environment.signs["a.example"], NOW)
    try:
        if isinstance(request, PROVIDER_SIGNED):
            if deep and isinstance(request, queueing.QueueingServiceRequest):
                request = replace(
                    request, signed=replace(request.signed, message=forger.message(request.signed.message))
                )
            return resign(request, environment.signs.get(request.signed.sender, environment.signs[seed.sender]))
        if isinstance(request, delivery.DSRequest):
            request = replace(request, body=_body(request.body, forger)) if deep else request
            return replace(request, auth=_auth(request, forger))
    except IMPOSSIBLE:
        pass
    return request


def _body(body: Any, forger: Forger) -> Any:
    match body:
        case bodies.CreateGroupRequest():
            return _created(body, forger)
        case bodies.SelfRemoveClientRequest(proposal):
            return replace(body, proposal=forger.message(proposal))
        case bodies.SendMessageRequest() | bodies.WelcomeInfoRequest() | bodies.ExternalCommitInfoRequest():
            return body
    update = getattr(body, "group_update", None)
    return body if update is None else replace(body, group_update=_update(update, forger))


def _created(body: bodies.CreateGroupRequest, forger: Forger) -> bodies.CreateGroupRequest:
    leaf = forger.leaf(body.leaf_node, None)
    info = body.group_info.body
    if isinstance(info, GroupInfo):
        tree_hash = RatchetTree.of_one(forger.suite, leaf).tree_hash
        info = replace(info, group_context=replace(info.group_context, tree_hash=tree_hash))
        info = forger.group_info(info, leaf.signature_key)
    return replace(body, leaf_node=leaf, group_info=replace(body.group_info, body=info))


def _update(update: bodies.MLSGroupUpdate, forger: Forger) -> bodies.MLSGroupUpdate:
    commit, partial = forger.message(update.commit), update.partial_group_info
    if not isinstance(commit.body, PublicMessage):
        return replace(update, commit=commit)
    staged = forger.staged(commit.body)
    leaf = None if staged is None else staged.group.tree.leaf(staged.committer)
    if staged is None or leaf is None:
        return replace(update, commit=commit)
    group = staged.group
    info = GroupInfo(group.context, partial.group_info_extensions, group.confirmation_tag, staged.committer, b"")
    signature = forger.group_info(info, leaf.signature_key).signature
    return replace(update, commit=commit, partial_group_info=replace(partial, signature=signature))


def _auth(request: delivery.DSRequest, forger: Forger) -> Any:
    auth, arm, sign = request.auth, None, forger.usual
    match auth:
        case delivery.ClientSignature(sender_index):
            arm, sign = delivery.ClientSignatureTBS(sender_index), _member_sign(request, sender_index, forger)
        case delivery.KeyPackageSignature(reference):
            arm = delivery.KeyPackageSignatureTBS(reference)
        case delivery.CredentialSignature(key, credential):
            arm, sign = delivery.CredentialSignatureTBS(key, credential), forger.sign_with(key)
        case _:
            return auth
    signed = delivery.DSRequestTBS(request.version, request.sender, request.recipient, request.body, arm)
    return replace(auth, signature=sign(delivery.DS_REQUEST_LABEL, encode(signed)))


def _member_sign(request: delivery.DSRequest, index: int, forger: Forger) -> Sign:
    for group_id in forger.views:
        view = forger.view(group_id)
        if view is not None and group_id in encode(request.body):
            leaf = view.public.tree.leaf(index)
            return forger.usual if leaf is None else forger.sign_with(leaf.signature_key)
    return forger.usual
