"""A group under test: its members, and the Delivery Service that watches them.

Everything goes to everybody, so a test sees at once whether all accept and refuse the same things for the same reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from simulator.codec import decode, encode
from simulator.fuzzing.own_bug import kind
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.crypto.suite import CipherSuite, cipher_suite
from simulator.mls.errors import MLSError
from simulator.mls.extensions.components import NO_COMPONENTS, Components
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalSenderEntry, ExternalSenders
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import CommitBundle, Group
from simulator.mls.identity import Identity, default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle, make_key_package
from simulator.mls.joining.welcome import Welcome
from simulator.mls.key_schedule.psk_store import NO_PSKS, PSKStore
from simulator.mls.long_work import finish
from simulator.mls.proposals.proposals import Add, Proposal, Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Capabilities, Lifetime
from simulator.mutation.properties import Broken, hold

NOW = 1_800_000_000
LIFETIME = Lifetime(NOW - 3600, NOW + 3600)
SUITE = cipher_suite(1)
PRIVATE_USE = 0xF001
"""An extension type that our clients list as supported and no RFC knows."""


class Person:
    """A client outside of any group: its identity, its randomness, its unused KeyPackages."""

    def __init__(
        self,
        name: str,
        suite: CipherSuite = SUITE,
        capabilities: Capabilities | None = None,
        lifetime: Lifetime = LIFETIME,
    ) -> None:
        self.name = name
        self.lifetime = lifetime
        self.suite = suite
        self.rand = SeededRand(7, name)
        self.bundles: list[KeyPackageBundle] = []
        self.identity = Identity.generate(
            suite, BasicCredential(name.encode()), self.rand, capabilities or default_capabilities((PRIVATE_USE,))
        )

    def bundle(self, extensions: Sequence[Extension] = ()) -> KeyPackageBundle:
        """A fresh KeyPackage with its private keys, kept for a Welcome to come."""
        made = make_key_package(self.identity, self.suite, self.rand, self.lifetime, extensions)
        self.bundles.append(made)
        return made

    def key_package(self) -> KeyPackage:
        """A fresh KeyPackage."""
        return self.bundle().key_package

    def create(self, group_id: bytes = b"room", extensions: Sequence[Extension] = ()) -> Group:
        """A group with this person alone."""
        return Group.create(self.identity, self.suite, group_id, self.rand, self.lifetime, extensions=extensions)


SERVICE = Person("service")
"""An external sender."""


def external_senders(*people: Person) -> Extension:
    """The GroupContext extension that lets these propose from outside."""
    entries = tuple(
        ExternalSenderEntry(person.identity.signature_public_key, person.identity.credential) for person in people
    )
    return Extension(ExtensionType.external_senders, encode(ExternalSenders(entries)))


@dataclass
class WholeGroup:
    """The members by name, as they are now, and the group as the Delivery Service has it."""

    people: dict[str, Person]
    groups: dict[str, Group]
    service: PublicGroup
    psks: PSKStore = field(default=NO_PSKS)
    capabilities: Capabilities | None = None
    components: Components = field(default_factory=lambda: NO_COMPONENTS)

    @classmethod
    def of(
        cls,
        *names: str,
        suite: CipherSuite = SUITE,
        extensions: Sequence[Extension] = (),
        group_id: bytes = b"room",
        capabilities: Capabilities | None = None,
        components: Components = NO_COMPONENTS,
    ) -> "WholeGroup":
        """A group of these, in order; the first has created it and added the others.

        All of them, and who comes later, have these `capabilities`, or the usual ones.
        """
        people = {name: Person(name, suite, capabilities) for name in names}
        first = people[names[0]].create(group_id, extensions).with_components(components)
        service = PublicGroup.from_group_info(first.group_info(), first.public.ratchet_tree(), NOW)
        service = service.with_components(components)
        whole = cls(people, {names[0]: first}, service, capabilities=capabilities, components=components)
        if names[1:]:
            whole.commit(names[0], *(Add(people[name].key_package()) for name in names[1:]))
        return whole

    def index(self, name: str) -> int:
        """The leaf index of a member."""
        return self.groups[name].own_index

    def person(self, name: str) -> Person:
        """A person, perhaps new."""
        return self.people.setdefault(name, Person(name, self.service.suite, self.capabilities))

    def propose(self, name: str, proposal: Proposal, *, private: bool = False) -> MLSMessage:
        """A member proposes, and everybody hears it; the Delivery Service only what is public."""
        message, self.groups[name] = self.groups[name].propose(proposal, self.people[name].rand, NOW, private=private)
        self.deliver(message, name)
        return message

    def propose_update(self, name: str) -> MLSMessage:
        """A member proposes an Update of its own leaf."""
        message, self.groups[name] = self.groups[name].propose_update(self.people[name].rand)
        self.deliver(message, name)
        return message

    def prepare(self, name: str, *proposals: Proposal, **options: Any) -> CommitBundle:
        """A Commit that nobody has heard of yet."""
        return self.groups[name].commit(
            proposals,
            self.people[name].rand,
            NOW,
            psks=self.psks,
            **options,
        )

    def commit(self, name: str, *proposals: Proposal, **options: Any) -> CommitBundle:
        """A member commits, everybody follows, whoever was added joins, whoever was removed leaves."""
        bundle = self.prepare(name, *proposals, **options)
        self.adopt(name, bundle)
        return bundle

    def adopt(self, name: str, bundle: CommitBundle) -> None:
        """Everybody accepts this Commit of `name`; then all agree."""
        self.deliver(bundle.message, name)
        self.groups[name] = bundle.next
        if not isinstance(bundle.message.body, PublicMessage):
            self.service = bundle.next.public
        info = bundle.group_info
        hold(self.service.check_group_info(info.extensions, info.signature, info.signer) == info, "another GroupInfo")
        for welcome in bundle.welcomes:
            self._join(welcome)
        self.check_agreement()

    def join_externally(self, name: str, pending: Sequence[MLSMessage] = (), **options: Any) -> CommitBundle:
        """Somebody joins by external Commit, with what the Delivery Service and the first member have."""
        bundle = self.prepare_external(name, pending, **options)
        self.groups.pop(name, None)
        self.adopt(name, bundle)
        return bundle

    def prepare_external(self, name: str, pending: Sequence[MLSMessage] = (), **options: Any) -> CommitBundle:
        """An external Commit that nobody has heard of yet; `pending` are proposals that its sender is told of."""
        person = self.person(name)
        info = next(iter(self.groups.values())).group_info()
        public = PublicGroup.from_group_info(info, self.service.ratchet_tree(), NOW).with_components(self.components)
        for message in pending:
            proposed = kind(PublicMessage, message.body, "the hub was told of it")
            public = public.stage_proposal(proposed, NOW).group
        joining = Group.external_joining(info, public, person.identity, person.rand, psks=self.psks, **options)
        return finish(joining)

    def deliver(self, message: MLSMessage, sender: str | None = None) -> None:
        """Everybody but the sender takes the message in."""
        message = decode(MLSMessage, encode(message))
        if isinstance(message.body, PublicMessage):
            self.service = self._staged_by_service(message.body)
        for name, group in list(self.groups.items()):
            if name == sender:
                continue
            received = group.process(message, NOW, self.psks)
            self.groups[name] = received.group
            if not received.group.active and received.group.public.reinit is None:
                del self.groups[name]

    def refused(self, message: MLSMessage, sender: str | None = None) -> str:
        """The one rule by which the Delivery Service and every member but `sender` refuse a public message."""
        before = self.service.to_bytes()
        body = kind(PublicMessage, message.body, "hubs are sent such")
        rules = {_rule(lambda: self._staged_by_service(body))}
        rules |= self.refused_by_members(message, sender)
        hold(len(rules) == 1, rules)
        hold(self.service.to_bytes() == before, "what is refused has changed the group")
        return rules.pop()

    def refused_by_members(self, message: MLSMessage, sender: str | None = None) -> set[str]:
        """The rules by which the members but `sender` refuse a message; each of them can go on as before."""
        rules = set()
        for name, group in self.groups.items():
            if name != sender:
                authenticator, before = group.epoch_authenticator, group.public.to_bytes()
                rules.add(_rule(partial(group.process, message, NOW, self.psks)))
                after = (group.epoch_authenticator, group.public.to_bytes())
                hold(after == (authenticator, before), f"what {name} refuses has changed its group")
        return rules

    def check_agreement(self) -> None:
        """All members and the Delivery Service are in the same epoch with the same secrets and tree."""
        state = self.service.to_bytes()
        hold({group.public.to_bytes() for group in self.groups.values()} == {state}, "members are in other states")
        hold(len({group.epoch_authenticator for group in self.groups.values()}) == 1, "members have other secrets")
        exported = {group.export("test", b"agreement", 16) for group in self.groups.values()}
        hold(len(exported) == 1, "members export other secrets")

    def _staged_by_service(self, message: PublicMessage) -> PublicGroup:
        if isinstance(message.content.content, Commit):
            return self.service.stage_commit(message, NOW).group
        return self.service.stage_proposal(message, NOW).group

    def _join(self, welcome: MLSMessage) -> None:
        body = decode(MLSMessage, encode(welcome)).body
        if not isinstance(body, Welcome):
            raise Broken("a Welcome is something else when it was written and read")
        invited = {entry.new_member for entry in body.secrets}
        for name, person in self.people.items():
            if invited & {bundle.reference for bundle in person.bundles}:
                self.groups[name] = Group.join(
                    body,
                    person.bundles,
                    person.identity,
                    self.service.ratchet_tree(),
                    psks=self.psks,
                ).with_components(self.components)


def removal(whole: WholeGroup, name: str) -> Remove:
    """The proposal to remove a member."""
    return Remove(whole.index(name))


def addition(whole: WholeGroup, name: str) -> Add:
    """The proposal to add somebody new."""
    return Add(whole.person(name).key_package())


def _rule(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except MLSError as error:
        return error.rule
    raise AssertionError("the message was accepted")
