"""A request to create a group that breaks one rule of [DS] Create group: only the creator's own provider sees it."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from simulator.clients.adversary.crafting import flipped
from simulator.clients.client_state import ClientState
from simulator.clients.key_stock import lifetime
from simulator.clients.members import own_leaf
from simulator.clients.operations.operation import Prepared
from simulator.mls.group import Group
from simulator.mls.leaf_node import Lifetime
from simulator.mls.message import mls_message
from simulator.services import commands
from simulator.services.extensions import context_extensions, leaf_extensions


class Flaw(Enum):
    """What is wrong with the new group, besides the id that one gives it."""

    nothing = "nothing"
    expired_leaf = "expired_leaf"
    """The creator's leaf has expired."""
    leaf_without_versions = "leaf_without_versions"
    """The creator's leaf does not say which versions it speaks."""
    bad_group_info_signature = "bad_group_info_signature"
    no_version = "no_version"
    """The group does not say of which version it is."""
    foreign_external_sender = "foreign_external_sender"
    """The group lists another provider instead of its owner."""


@dataclass(frozen=True, slots=True)
class OddGroup:
    """`group_id` is any text; whoever creates the group says it has this id."""

    group_id: str
    flaw: Flaw = Flaw.nothing
    group: ClassVar[str | None] = None

    async def prepare(self, state: ClientState) -> Prepared:
        """Make the group and ask our provider to own it."""
        provider, version, flaw = state.home.provider, state.draft.version, self.flaw
        now = state.now()
        listed = f"other.{provider}" if flaw is Flaw.foreign_external_sender else provider
        context = context_extensions(version, listed, await state.home.verification_key(provider))
        group = Group.create(
            state.identity,
            state.suite,
            self.group_id.encode(),
            state.rand,
            Lifetime(now - 200, now - 100) if flaw is Flaw.expired_leaf else lifetime(now),
            extensions=context[1:] if flaw is Flaw.no_version else context,
            leaf_extensions=() if flaw is Flaw.leaf_without_versions else leaf_extensions((version,)),
        )
        info = group.group_info()
        if flaw is Flaw.bad_group_info_signature:
            info = replace(info, signature=flipped(info.signature))
        command = commands.CreateGroup(self.group_id.encode(), own_leaf(group), mls_message(info))
        return Prepared(self.group_id, state.write_as_client(command, provider), group)
