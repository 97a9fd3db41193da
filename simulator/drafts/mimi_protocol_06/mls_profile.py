"""How this draft uses MLS: rooms that components keep, SelfRemoves, content with franking tags ([P] 4, 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client import join_info, leaves, roster
from simulator.drafts.mimi_protocol_06.client.reading import FannedOut
from simulator.drafts.mimi_protocol_06.client.room_group import check_group
from simulator.drafts.mimi_protocol_06.client.room_settings import RoomSettings, room_change
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import SALT_SIZE, encode_content
from simulator.drafts.mimi_protocol_06.content.received import Received, read_content
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbusiveMessage
from simulator.drafts.mimi_protocol_06.names import provider_uri, room_of
from simulator.drafts.mimi_protocol_06.room.base_policy import BaseRoomPolicy
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.component_updates import COMPONENTS, STRUCTS
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.member_checks import check_room, member_doubts
from simulator.drafts.mimi_protocol_06.room.metadata import RoomMetaData
from simulator.drafts.mimi_protocol_06.room.new_room import (
    NewRoom,
    franking_agent_of,
    new_room_data,
    preauthorized_hub,
)
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate
from simulator.drafts.mimi_protocol_06.room.room_state import committed_state, room_state, user_of
from simulator.drafts.mls_profile import Content, Doubt, MLSProfile, NewGroup, Said
from simulator.drafts.received_message import ReceivedMessage
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.crypto import CipherSuite, KeyPair
from simulator.mls.crypto.randomness import Rand
from simulator.mls.errors import InvalidWelcome, MLSError
from simulator.mls.extensions.app_data_dictionary import ComponentData
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.received import ApplicationMessage
from simulator.mls.framing.safe_aad import SafeAAD
from simulator.mls.group import Group
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.public_group import PublicGroup
from simulator.services.members import client_of
from simulator.services.names import group, group_provider
from simulator.services.results import GroupSnapshot, Result


class RoomProfile(MLSProfile):
    """A group is a room's: its GroupContext says who takes part, and its hub is the only external sender."""

    capabilities = leaves.CAPABILITIES
    has_roles = True
    has_evidence = True
    components = COMPONENTS
    handshake_data = authenticated_data()
    ignores_past_handshakes = True
    rules = (
        "component_not_listed",
        "hub_not_external_sender",
        "hub_sender_unknown",
        "malformed_content",
        "no_client",
        "not_a_participant",
        "open_join_of_a_role",
        "parent_room",
        "participant_list_invalid",
        "role_defined_twice",
        "room_uri_changed",
        "several_updates",
        "wrong_room",
    )
    bodies = {
        ComponentData: {**STRUCTS, ComponentID.franking_signature_key: FrankingAgentData},
        AppDataUpdate: {**STRUCTS, ComponentID.participant_list: ParticipantListUpdate},
    }
    authenticated_data = SafeAAD

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        """Which components the client knows."""
        del kind
        return leaves.leaf_extensions()

    def new_group_id(self, hub: str, rand: Rand) -> bytes | None:
        """Random: nobody has to be asked, and the hub refuses one that there is."""
        return group(hub, rand("group_id", 16).hex())

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        """A new room with its creator alone. Raises ValueError for a hub without keys."""
        try:
            external_sender, franking = new.hub_keys
        except ValueError as error:
            raise ValueError(f"{new.hub} has to tell with which two keys it proposes and franks") from error
        uri, hub, roles = room_of(new.group_id), provider_uri(new.hub), default_roles()
        usual = RoomSettings(RoomMetaData(uri), roles, preauthorized_hub(hub, roles), BaseRoomPolicy())
        said = usual.changed(new.settings)
        creator = user_of(new.creator)
        room = NewRoom(uri, creator, hub, franking, said.roles, said.base_policy, said.metadata, said.preauth)
        return leaves.context_extensions(new.hub, external_sender, new_room_data(room))

    def sealing_key(self, suite: CipherSuite, rand: Rand) -> KeyPair | None:
        """A fresh one for each question."""
        return suite.generate_hpke_key_pair(rand, "join_info_key")

    def open_join_info(
        self, answer: Result, group_id: bytes, suite: CipherSuite, keys: KeyPair | None
    ) -> GroupSnapshot:
        """Decrypted, and signed by the hub. Raises ValueError without keys."""
        if keys is None:
            raise ValueError("an answer that is encrypted to nobody can't be read")
        return join_info.open_join_info(answer, group_id, suite, keys)

    def roster_change(
        self, group: PublicGroup, *, adds: Sequence[str] = (), removes: Sequence[str] = ()
    ) -> tuple[Proposal, ...]:
        """New users into the list, and those without any client out of it."""
        return roster.roster_change(group, adds, removes)

    def joining_change(self, group: PublicGroup, client: str) -> tuple[Proposal, ...]:
        """Into the list, for who joins openly or by preauthorization."""
        return roster.joining_change(group, client)

    def group_change(
        self, group: PublicGroup, *, roles: Mapping[str, str], settings: Mapping[str, Any]
    ) -> tuple[Proposal, ...]:
        """Other places in the list, and what the room's components keep. See `client.room_settings` for the words."""
        return room_change(room_state(group), roles, settings)

    def roles_of(self, group: PublicGroup) -> Mapping[str, str]:
        """By the names of the roles, in the order of the list."""
        state = committed_state(group)
        return {pair.user: state.role_of(pair.user).role_name for pair in state.participants.participants}

    def leave(self, group: Group, *, alone: bool = False) -> tuple[Proposal, ...]:
        """With all clients of the user, and out of the list; `alone`, only with the user's last client."""
        return roster.leave(group, alone=alone)

    def wrap(self, data: bytes, group: Group, rand: Rand) -> Content:
        """MIMI content that names sender and room, and its franking tag beside it."""
        salt = rand("content_salt", SALT_SIZE)
        sender = user_of(client_of(group.own_leaf))
        content = encode_content(salt, sender, room_of(group.group_id), data)
        return Content(content, authenticated_data(franking_tag(salt, content)))

    def unwrap(self, message: ApplicationMessage, group: PublicGroup, received: ReceivedMessage) -> Said:
        """What the content says; it can be reported if the hub's Frank is of it."""
        stamp, frank = (received.timestamp, received.frank) if isinstance(received, FannedOut) else (0, None)
        found = Received(
            message.data,
            message.authenticated_data,
            sender=user_of(client_of(message.sender.leaf_node)),
            room=room_of(group.group_id),
            hub=provider_uri(group_provider(group.group_id)),
            accepted_timestamp=stamp,
            frank=frank,
        )
        said = read_content(found, franking_agent_of(group), group.suite)
        if frank is None or said.doubts:
            return said
        return replace(said, evidence=encode(AbusiveMessage(message.data, frank, stamp)))

    def check_joined(self, group: PublicGroup, user: str, *, asked: bool) -> None:
        """It leads into a sound room."""
        del user, asked
        self.check_epoch(group, None, InvalidWelcome)

    def check_epoch(self, after: PublicGroup, before: PublicGroup | None, refuse: type[MLSError]) -> None:
        """Every member is a client of a participant, and the hub is the only external sender."""
        check_group(after, refuse)
        check_room(after, before, refuse)

    def doubts(self, commit: StagedCommit, before: PublicGroup) -> tuple[Doubt, ...]:
        """What roles do not allow, which the hub should not have let through."""
        return member_doubts(commit, before)
