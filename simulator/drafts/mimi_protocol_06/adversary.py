"""What a commit can be filed as, and new rooms and leaves that break one rule of this draft each."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from simulator.codec import decode, encode
from simulator.drafts.adversary import Adversary
from simulator.drafts.mimi_protocol_06 import odd_assets, odd_contents
from simulator.drafts.mimi_protocol_06.mls_profile import RoomProfile
from simulator.drafts.mimi_protocol_06.odd_proposals import PROPOSALS
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListData, UserRolePair
from simulator.drafts.mls_profile import MLSProfile, NewGroup
from simulator.mls.errors import InvalidGroupInfo
from simulator.mls.extensions.app_data_dictionary import (
    ComponentsList,
    component_data,
    dictionary_extension,
    with_component_data,
)
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalSenderEntry, ExternalSenders
from simulator.mls.framing.message import MLSMessage
from simulator.mls.identity import default_capabilities
from simulator.mls.proposals.proposals import ProposalType
from simulator.mls.tree.credential import BasicCredential
from simulator.services import commands
from simulator.services.commands import GroupCommand, GroupUpdate


def _with(extensions: Sequence[Extension], component: ComponentID, data: bytes) -> tuple[Extension, ...]:
    """The extensions with other data of one component."""
    kept = component_data(extensions, InvalidGroupInfo)
    return with_component_data(extensions, {**kept, component: data})


class _LeafWithoutComponents(RoomProfile):
    """The leaf does not list any component."""

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        return (dictionary_extension({}),)


class _LeafWithoutSafeAAD(RoomProfile):
    """The leaf lists no component that puts items into authenticated data."""

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        return _with(super().leaf_extensions(kind), ComponentID.safe_aad, encode(ComponentsList(())))


class _LeafWithoutSelfRemove(RoomProfile):
    """The leaf does not list SelfRemoves, which every room requires."""

    capabilities = default_capabilities((ExtensionType.app_data_dictionary,), (ProposalType.app_data_update,))


class _ForeignExternalSender(RoomProfile):
    """The group lists another provider instead of its hub."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        other = ExternalSenderEntry(new.hub_keys[0], BasicCredential(f"mimi://other.{new.hub}".encode()))
        return _with_senders(super().context_extensions(new), other)


class _TwoExternalSenders(RoomProfile):
    """The group lists another provider besides its hub."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        hub, other = (
            ExternalSenderEntry(new.hub_keys[0], BasicCredential(f"mimi://{name}".encode()))
            for name in (new.hub, f"other.{new.hub}")
        )
        return _with_senders(super().context_extensions(new), hub, other)


class _ForeignFrankingAgent(RoomProfile):
    """The room's messages are franked with a key that is not the hub's for that."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        proposing, _ = new.hub_keys
        return super().context_extensions(replace(new, hub_keys=(proposing, proposing)))


class _OtherFrankingAgent(RoomProfile):
    """The room's franking agent has its hub's key, and another provider's name."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        _, franking = new.hub_keys
        other = FrankingAgentData(franking, BasicCredential(f"mimi://other.{new.hub}".encode()))
        return _with(super().context_extensions(new), ComponentID.franking_signature_key, encode(other))


class _FewComponents(RoomProfile):
    """The room does not list all components that rooms have."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        few = ComponentsList((ComponentID.participant_list,))
        return _with(super().context_extensions(new), ComponentID.app_components, encode(few))


class _UnsortedComponents(RoomProfile):
    """The room lists its components in falling order."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        made = super().context_extensions(new)
        kept = component_data(made, InvalidGroupInfo)[ComponentID.app_components]
        falling = ComponentsList(tuple(reversed(decode(ComponentsList, kept).component_ids)))
        return _with(made, ComponentID.app_components, encode(falling))


class _OthersListed(RoomProfile):
    """Somebody else than the creator takes part in the new room."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        made = super().context_extensions(new)
        kept = component_data(made, InvalidGroupInfo)[ComponentID.participant_list]
        pairs = decode(ParticipantListData, kept).participants
        other = UserRolePair(f"mimi://{new.hub}/u/somebody", 2)
        return _with(made, ComponentID.participant_list, encode(ParticipantListData((*pairs, other))))


class _OtherRoom(RoomProfile):
    """The metadata are those of another room."""

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        made = super().context_extensions(new)
        kept = component_data(made, InvalidGroupInfo)[ComponentID.room_metadata]
        other = replace(decode(RoomMetaData, kept), room_uri=f"mimi://{new.hub}/r/other")
        return _with(made, ComponentID.room_metadata, encode(other))


def _with_senders(extensions: Sequence[Extension], *senders: ExternalSenderEntry) -> tuple[Extension, ...]:
    listed = Extension(ExtensionType.external_senders, encode(ExternalSenders(senders)))
    return tuple(listed if each.extension_type == listed.extension_type else each for each in extensions)


def _update(kind: Any, update: GroupUpdate, _: tuple[MLSMessage, ...]) -> GroupCommand:
    command: GroupCommand = kind(update)
    return command


def _message(kind: Any, update: GroupUpdate, _: tuple[MLSMessage, ...]) -> GroupCommand:
    command: GroupCommand = kind(update.commit)
    return command


_UPDATES = (commands.RemoveUsers, commands.RemoveClients, commands.UpdateClient, commands.ExternalJoin)
_ADDS = (commands.AddUsers, commands.AddClients)
_MESSAGES = (commands.Leave, commands.SendMessage)

_FLAWED: dict[str, MLSProfile] = {
    "leaf_without_components": _LeafWithoutComponents(),
    "leaf_without_safe_aad": _LeafWithoutSafeAAD(),
    "leaf_without_self_remove": _LeafWithoutSelfRemove(),
    "foreign_external_sender": _ForeignExternalSender(),
    "two_external_senders": _TwoExternalSenders(),
    "foreign_franking_agent": _ForeignFrankingAgent(),
    "other_franking_agent": _OtherFrankingAgent(),
    "few_components": _FewComponents(),
    "unsorted_components": _UnsortedComponents(),
    "others_listed": _OthersListed(),
    "other_room": _OtherRoom(),
}

ADVERSARY = Adversary(
    {
        **{kind.operation: partial(_update, kind) for kind in _UPDATES},
        **{kind.operation: kind for kind in _ADDS},
        **{kind.operation: partial(_message, kind) for kind in _MESSAGES},
    },
    _FLAWED,
    proposals=PROPOSALS,
    contents={**odd_contents.CONTENTS, **odd_assets.CONTENTS},
)
"""What a commit is filed as makes no difference here, but for what goes to another endpoint."""
