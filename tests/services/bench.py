"""A provider's services over a store in memory, and clients with real MLS groups; no transport between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, TypeVar

import pytest

from simulator.codec import decode
from simulator.drafts.mimi_transport_00 import extensions, rules
from simulator.drafts.mimi_transport_00.rules.deliveries import Payload
from simulator.drafts.mimi_transport_00.rules.operations import serve
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.received import CommitBundle, ProposalMessage, StagedMemberCommit
from simulator.mls.group import Group
from simulator.mls.identity import Identity, default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle, make_key_package
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Add, Proposal
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services import provider_keys
from simulator.services.accounts import directory
from simulator.services.asker import AsClient, AsInvited, Asker, AsMember
from simulator.services.commands import AddUsers, CreateGroup, FetchTree, GroupCommand, GroupUpdate
from simulator.services.delivery.effects import Effect, FanOut
from simulator.services.delivery.outbox import keep
from simulator.services.limits.policy import Policy
from simulator.services.names import group, parse_client
from simulator.services.refusal import Code, Refusal
from simulator.services.results import JoinerTree, Result
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature, signer
from simulator.storage import Store

NOW = 1_800_000_000
LIFETIME = Lifetime(NOW - 3600, NOW + 30 * 24 * 3600)
SUITE = cipher_suite(1)
VERSION = 1

_REQUESTS = count()
"""Every request is another one; only the same object is the same request."""

T = TypeVar("T")


@dataclass
class Client:
    """One client of a user; `group` is the one group it is in."""

    uri: str
    identity: Identity
    rand: SeededRand
    bundles: list[KeyPackageBundle] = field(default_factory=list)
    joined: Group | None = None

    @classmethod
    def of(cls, uri: str) -> "Client":
        """A client with a key of its own."""
        rand = SeededRand(7, uri)
        identity = Identity.generate(
            SUITE,
            BasicCredential(uri.encode()),
            rand,
            default_capabilities(extensions.SUPPORTED),
            extensions.leaf_extensions((VERSION,)),
        )
        return cls(uri, identity, rand)

    @property
    def group(self) -> Group:
        """The group it is in."""
        assert self.joined is not None
        return self.joined

    @property
    def provider(self) -> str:
        """The provider whose client it is."""
        return parse_client(self.uri).provider

    @property
    def auth(self) -> AsClient:
        """Its key beside its credential."""
        return AsClient(self.identity.signature_public_key, self.identity.credential)

    def sign(self, content: bytes) -> Signature:
        """Its signature over a request."""
        sign = signer(SUITE, self.identity.signature_private_key)
        return Signature("DSRequestTBS", content, sign("DSRequestTBS", content))

    def key_package(
        self,
        *,
        connection: bool = False,
        last_resort: bool = False,
        lifetime: Lifetime = LIFETIME,
        leaf_extensions: Sequence[Extension] | None = None,
    ) -> KeyPackage:
        """A fresh KeyPackage; the client keeps the private half."""
        leaf = leaf_extensions or extensions.leaf_extensions((VERSION,), connection=connection)
        own = extensions.key_package_extensions(last_resort=last_resort)
        bundle = make_key_package(self.identity, SUITE, self.rand, lifetime, own, leaf)
        self.bundles.append(bundle)
        return bundle.key_package

    def commit(self, *proposals: Proposal, **options: Any) -> CommitBundle:
        """A commit of its own; one Welcome per provider."""
        return self.group.commit(proposals, self.rand, NOW, **{"welcome_per": provider_of, **options})

    def hear(self, message: MLSMessage) -> None:
        """Take in what others sent."""
        heard = self.group.process(message, NOW)
        assert isinstance(heard, StagedMemberCommit | ProposalMessage)
        self.joined = heard.group


def provider_of(key_package: KeyPackage) -> str:
    """The provider of the client in a KeyPackage."""
    credential = key_package.leaf_node.credential
    assert isinstance(credential, BasicCredential)
    return parse_client(credential.identity.decode()).provider


def update_of(bundle: CommitBundle) -> GroupUpdate:
    """A commit as a request carries it."""
    return GroupUpdate(bundle.message, bundle.group_info.extensions, bundle.group_info.signature)


@dataclass
class Bench:
    """The provider a.example with two users, and clients of b.example and c.example."""

    provider: str = "a.example"
    store: Store = field(default_factory=Store)
    policy: Policy = field(default_factory=Policy)
    now: int = NOW
    ahead: int = 0
    """So many seconds its clock is ahead of `now`."""
    rand: SeededRand = field(default_factory=lambda: SeededRand(7, "a.example"))
    clients: dict[str, Client] = field(default_factory=dict)

    def close(self) -> None:
        """The end of its store."""
        self.store.close()

    @property
    def context(self) -> ServiceContext:
        """What services are told."""
        return ServiceContext(
            self.provider,
            f"ds.{self.provider}",
            self.store,
            self.policy,
            self.now + self.ahead,
            self.now,
            self.rand,
            rules,
        )

    def client(self, name: str) -> Client:
        """The client `alice.phone@a`; ours are registered."""
        if name not in self.clients:
            who, _, at = name.partition("@")
            user, _, device = who.partition(".")
            made = self.clients[name] = Client.of(f"mimi://{at}.example/d/{user}/{device}")
            if made.provider == self.provider:
                self.register(made)
        return self.clients[name]

    def register(self, client: Client) -> None:
        """Make a client and its user ours."""

        def do(context: ServiceContext) -> None:
            directory.register_user(parse_client(client.uri).user, context)
            directory.register_client(client.uri, SUITE.value, client.identity.signature_public_key, context)

        self.do(do)

    def do(self, action: Callable[[ServiceContext], T]) -> T:
        """Call services in a transaction."""
        with self.store.transaction():
            return action(self.context)

    def refuses(self, code: Code, action: Callable[[ServiceContext], object]) -> Refusal:
        """The refusal of an action, which has this code and leaves no trace."""
        before = self.store.fingerprint()
        with pytest.raises(Refusal) as caught:
            self.do(action)
        assert caught.value.code is code, caught.value
        assert self.store.fingerprint() == before
        return caught.value

    def serve(self, request: GroupRequest) -> tuple[Result, tuple[Effect, ...]]:
        """Serve a client's request, effects and all."""

        def do(context: ServiceContext) -> tuple[Result, tuple[Effect, ...]]:
            result, effects = serve(request, context)
            keep(effects, context)
            return result, effects

        return self.do(do)

    def refused(self, code: Code, request: GroupRequest) -> Refusal:
        """The refusal of a request, which leaves no trace."""
        return self.refuses(code, lambda context: serve(request, context))

    def found(self, creator: str, *others: str, connection: bool = False) -> Client:
        """A new group of `creator` with everybody else in it."""
        client = self.client(creator)
        client.joined = new_group(self, client, connection=connection)
        self.serve(creation(client))
        if others:
            self.add(client, *others, connection=connection)
        return client

    def add(self, adder: Client, *names: str, connection: bool = False) -> tuple[Effect, ...]:
        """Add clients of new users; they join, and everybody else follows."""
        joiners = [self.client(name) for name in names]
        bundle = adder.commit(*(Add(joiner.key_package(connection=connection)) for joiner in joiners))
        _, effects = self.serve(as_member(adder, AddUsers(update_of(bundle), bundle.welcomes)))
        self.follow(adder, bundle)
        for joiner in joiners:
            self.join(joiner, bundle)
        return effects

    def join(self, joiner: Client, bundle: CommitBundle) -> None:
        """Join by the Welcome of this commit, with the provider's help."""
        reference = joiner.bundles[-1].reference
        for message in bundle.welcomes:
            welcome = message.body
            assert isinstance(welcome, Welcome)
            if reference in [secrets.new_member for secrets in welcome.secrets]:
                tree, _ = self.serve(as_joiner(joiner, FetchTree(bundle.next.group_id, bundle.next.epoch)))
                assert isinstance(tree, JoinerTree)
                joiner.joined = Group.join(welcome, joiner.bundles[-1:], joiner.identity, tree.ratchet_tree)

    def follow(self, committer: Client, bundle: CommitBundle) -> None:
        """Everybody in the group enters the epoch of an accepted commit."""
        committer.joined = bundle.next
        for client in self.clients.values():
            if client is not committer and client.joined is not None:
                client.hear(bundle.message)


def new_group(bench: Bench, client: Client, *, name: str = "1", connection: bool = False, **options: Any) -> Group:
    """A group that its creator has not shown to its provider yet."""
    key = bench.do(provider_keys.own_key).public_key
    arguments: dict[str, Any] = {
        "extensions": extensions.context_extensions(VERSION, bench.provider, key),
        "leaf_extensions": extensions.leaf_extensions((VERSION,), connection=connection),
        "lifetime": LIFETIME,
        **options,
    }
    return Group.create(client.identity, SUITE, group(bench.provider, name), client.rand, **arguments)


def creation(client: Client, **changes: Any) -> GroupRequest:
    """The create_group request for the client's group; `changes` to the command."""
    made = client.group
    leaf = made.public.members()[0].leaf_node
    command = CreateGroup(made.group_id, leaf, mls_message(made.group_info()))
    return as_client(client, replace(command, **changes))


def request(client: Client, command: GroupCommand, auth: Asker | None, sender: str | None = None) -> GroupRequest:
    """A request that the client signs."""
    signature = client.sign(b"request %d" % next(_REQUESTS)) if auth else None
    return GroupRequest(command, sender or client.provider, VERSION, auth, signature)


def as_member(client: Client, command: GroupCommand, leaf_index: int | None = None) -> GroupRequest:
    """A request signed as a member."""
    return request(client, command, AsMember(client.group.own_index if leaf_index is None else leaf_index))


def as_client(client: Client, command: GroupCommand) -> GroupRequest:
    """A request signed with credential and key."""
    return request(client, command, client.auth)


def as_joiner(client: Client, command: GroupCommand) -> GroupRequest:
    """A request signed with the leaf key of the newest KeyPackage."""
    return request(client, command, AsInvited(client.bundles[-1].reference))


def recipients(effects: Sequence[Effect], message: MLSMessage) -> dict[str, tuple[str, ...]]:
    """Who gets a message, by provider; the own clients under the name "own". One delivery per provider."""
    found: dict[str, tuple[str, ...]] = {}
    for effect in effects:
        if sent(effect) == message:
            name = effect.provider if isinstance(effect, FanOut) else "own"
            assert name not in found, f"two deliveries of one message to {name}"
            found[name] = effect.delivery.recipients
    return found


def tampered(message: MLSMessage, **changes: Any) -> MLSMessage:
    """A PublicMessage with other fields and thus a signature that does not fit."""
    public = message.body
    assert isinstance(public, PublicMessage)
    return mls_message(replace(public, **changes))


def sent(effect: Effect) -> MLSMessage:
    """The message of an effect."""
    return decode(Payload, effect.delivery.payload).message
