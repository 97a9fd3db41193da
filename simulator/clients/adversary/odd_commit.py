"""A commit that is whole by RFC 9420, filed under an operation that it may not fit: the hub has to tell."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from enum import Enum
from functools import partial

from simulator.clients.adversary import odd_group_info, odd_proposals, odd_successor
from simulator.clients.adversary.flaws import NOTHING, check_flaw, of_profiles
from simulator.clients.adversary.made_up import made_up_key_package
from simulator.clients.adversary.odd_psk import Psk, made_up
from simulator.clients.client_state import ClientState
from simulator.clients.members import leaves_of_clients
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.drafts.mls_profile import CONNECTION, REGULAR, MLSProfile, NewGroup
from simulator.errors import Misuse
from simulator.mls.errors import MLSError
from simulator.mls.extensions.components import Component, Components
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.received import CommitBundle
from simulator.mls.framing.senders import external_senders
from simulator.mls.group import Group
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.proposals.proposals import (
    Add,
    GroupContextExtensions,
    PreSharedKey,
    Proposal,
    ReInit,
    Remove,
)
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import ProtocolVersion
from simulator.rules import KEEPS_NOTHING, enforced_by
from simulator.services import commands
from simulator.services.commands import GroupCommand, GroupUpdate
from simulator.services.names import group_provider


def _no_more(state: ClientState, group: Group) -> Sequence[Proposal]:
    return ()


def _going_on(group: Group) -> Group:
    """As if no ReInit had ended it (RFC 9420 12.4.2)."""
    return Group(group.state.with_public(replace(group.public, reinit=None)))


def _forgiving(components: Components) -> Components:
    """The same, but for updates that nobody can make anything of: by those nothing changes."""

    def forgiving(component: Component) -> Component:
        def update(data: bytes | None, updates: Sequence[bytes]) -> bytes:
            try:
                return component.update(data, updates)
            except MLSError:
                return data or b""

        return replace(component, update=update)

    return {number: forgiving(component) for number, component in components.items()}


class Welcomes(Enum):
    """How those who are added are invited."""

    per_provider = "per_provider"
    """As it should be."""
    one_for_all = "one_for_all"
    per_client = "per_client"
    none = "none"


@dataclass(frozen=True, slots=True)
class OddCommit:
    """What the commit holds, and how it is filed. Names are URIs.

    `users` and `clients` are added, by connection KeyPackages if `connection`; the leaves of `removes` are removed;
    `successor` is the group id of a ReInit; `without_version` takes the version of the protocol out of the group's
    context. `credential` is the client that the committer's new leaf claims to be. Whether a ReInit has ended the group
    does not matter to the committer.
    """

    group: str
    operation: str
    users: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    connection: bool = False
    removes: tuple[str, ...] = ()
    successor: str | None = None
    without_version: bool = False
    credential: str | None = None
    made_up: tuple[str, ...] = ()
    """Clients that are added by KeyPackages of the committer's own making."""
    new_key: bool = False
    """The committer's new leaf has a signature key that nobody knows."""
    authenticated_data: str = ""
    """Makes two proposals of the same thing differ."""
    private: bool = False
    """Encrypted, so that the hub can't look into it."""
    proposed: bool = False
    """Not a commit, but the first of the proposals alone."""
    flaw: str = NOTHING
    """What is wrong with the GroupInfo (one of `odd_group_info.FLAWS`), with the proposals (one of
    `odd_proposals.FLAWS`: the committer then keeps no rule of MLS itself), with the committer's new leaf (one of the
    draft's flaws of leaves and groups) or, with a `successor`, with the group that the ReInit announces (one of
    `odd_successor.FLAWS`, or of the draft's).
    """
    psks: tuple[Psk, ...] = ()
    """PSKs that go into the commit, also where RFC 9420 has no place for them."""
    welcomes: Welcomes = Welcomes.per_provider

    async def prepare(self, state: ClientState) -> Prepared:
        """Build it and write the request. Raises as `build` does, and Misuse where the operation is none."""
        group = state.group(self.group)
        update, welcomes, after = await self.build(state)
        command = self._command(state.draft, update, welcomes)
        if isinstance(command, commands.ExternalJoin):
            return Prepared(self.group, state.write_as_client(command, group_provider(group.group_id)), after)
        return Prepared(self.group, state.write_as_member(command, group), after)

    async def build(self, state: ClientState) -> tuple[GroupUpdate, tuple[MLSMessage, ...], Group]:
        """The commit, its Welcomes, and where the committer goes on if the hub takes it.

        Raises NotAMember, NoSuchMember, what fetching KeyPackages raises, and Misuse where there is no proposal
        to send.
        """
        group = _going_on(state.group(self.group))
        self._check_flaw(state.draft)
        welcomes: tuple[MLSMessage, ...] = ()
        proposals = await self._proposals(state, group)
        data = self.authenticated_data.encode() or state.draft.mls.handshake_data
        if self.proposed:
            if not proposals:
                raise Misuse("there is nothing that could be proposed")
            with self._own_rules(state.draft):
                message, after = group.propose(
                    proposals[0], state.rand, state.now(), private=self.private, authenticated_data=data
                )
            update = GroupUpdate(message, (), b"")
        else:
            bundle = self._commit(group, proposals, data, state)
            after, update = bundle.next, group_update(bundle)
            if self.welcomes is not Welcomes.none:
                welcomes = bundle.welcomes
        if self.flaw in odd_group_info.FLAWS and self.successor is None:
            info = odd_group_info.spoiled(after, self.flaw)
            update = replace(update, extensions=info.extensions, signature=info.signature)
        return update, welcomes, after

    def _commit(self, group: Group, proposals: Sequence[Proposal], data: bytes, state: ClientState) -> CommitBundle:
        profile = self._leaf_profile(state.draft)
        if self.flaw in odd_proposals.FLAWS:
            group = group.with_components({**group.public.components, **odd_proposals.COMPONENTS})
        if self.flaw in state.draft.adversary.proposals:
            group = group.with_components(_forgiving(group.public.components))
        with self._own_rules(state.draft):
            return group.commit(
                proposals,
                state.rand,
                state.now(),
                welcome_per=partial(self._welcome_for, state),
                private=self.private,
                force_path=not proposals,
                identity=self._identity(state),
                leaf_extensions=None if profile is None else profile.leaf_extensions(REGULAR),
                authenticated_data=data,
                psks=made_up([each.psk for each in proposals if isinstance(each, PreSharedKey)], state),
            )

    def _own_rules(self, draft: Draft) -> AbstractContextManager[None]:
        """None of the rules of MLS where what is to be sent breaks one."""
        odd = bool(self.psks) or self.flaw in (*odd_proposals.FLAWS, *draft.adversary.proposals)
        return enforced_by(KEEPS_NOTHING) if odd else nullcontext()

    def _check_flaw(self, draft: Draft) -> None:
        if self.successor is None:
            own = (*of_profiles(draft), *draft.adversary.proposals)
            known = (*odd_group_info.FLAWS, *odd_proposals.FLAWS, *own)
            check_flaw(self.flaw, known, "commit", draft)
        else:
            check_flaw(self.flaw, (*odd_successor.FLAWS, *of_profiles(draft)), "announced group", draft)

    async def _proposals(self, state: ClientState, group: Group) -> Sequence[Proposal]:
        removes = [Remove(leaf) for leaf in leaves_of_clients(group, self.removes)]
        adds = [Add(key_package) for key_package in await self._key_packages(state)]
        psks = [PreSharedKey(psk.identifier(state)) for psk in self.psks]
        odd = odd_proposals.FLAWS.get(self.flaw, _no_more)(state, group)
        of_draft = state.draft.adversary.proposals.get(self.flaw)
        if of_draft is not None:
            odd = of_draft(group.public, state.uri)
        return (*removes, *adds, *psks, *self._reinit(state, group), *self._new_context(state.draft, group), *odd)

    async def _key_packages(self, state: ClientState) -> Sequence[KeyPackage]:
        kind = CONNECTION if self.connection else REGULAR
        found: list[KeyPackage] = []
        for user in self.users:
            found += await state.fetch_key_packages(user, kind, self.group)
        for client in self.clients:
            found += await state.fetch_key_packages((client,), REGULAR, self.group)
        return [*found, *(made_up_key_package(state, client) for client in self.made_up)]

    def _reinit(self, state: ClientState, group: Group) -> tuple[ReInit, ...]:
        if self.successor is None:
            return ()
        context, suite = group.public.context, group.state.suite.value
        profile = state.draft.adversary.flawed_profiles.get(self.flaw)
        new_id, hub = self.successor.encode(), group_provider(group.group_id)
        extensions = context.extensions
        if profile is not None:
            keys = tuple(each.signature_key for each in external_senders(extensions)[:1])
            extensions = profile.context_extensions(NewGroup(new_id, state.uri, hub, keys))
        reinit = ReInit(new_id, ProtocolVersion.mls10, suite, extensions)
        spoil = odd_successor.FLAWS.get(self.flaw)
        return (reinit if spoil is None else spoil(reinit),)

    def _new_context(self, draft: Draft, group: Group) -> tuple[GroupContextExtensions, ...]:
        if not self.without_version:
            return ()
        version = draft.adversary.version_extension
        if version is None:
            raise Misuse(f"a group of {draft.name} says no version that could be taken out")
        kept = tuple(each for each in group.public.context.extensions if each.extension_type != version)
        return (GroupContextExtensions(kept),)

    def _leaf_profile(self, draft: Draft) -> MLSProfile | None:
        return draft.adversary.flawed_profiles.get(self.flaw) if self.successor is None else None

    def _identity(self, state: ClientState) -> Identity | None:
        profile = self._leaf_profile(state.draft)
        if self.credential is None and not self.new_key and profile is None:
            return None
        identity = state.identity
        if profile is not None:
            identity = replace(identity, capabilities=profile.capabilities)
        if self.new_key:
            identity = identity.with_new_key(state.suite, state.rand)
        if self.credential is not None:
            identity = replace(identity, credential=BasicCredential(self.credential.encode()))
        return identity

    def _welcome_for(self, state: ClientState, key_package: KeyPackage) -> str:
        match self.welcomes:
            case Welcomes.one_for_all:
                return ""
            case Welcomes.per_client:
                return key_package.leaf_node.signature_key.hex()
        return state.draft.mls.welcome_for(key_package)

    def _command(self, draft: Draft, update: GroupUpdate, welcomes: tuple[MLSMessage, ...]) -> GroupCommand:
        known = draft.adversary.operations
        if self.operation not in known:
            raise Misuse(f"{self.operation} takes no commit: {', '.join(known) or 'no operation does'}")
        return known[self.operation](update, welcomes)
