"""Changing roles and settings of a group, where a draft has such things."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """`roles` are by user (URI), `settings` by name: in the draft's words."""

    group: str
    roles: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    async def prepare(self, state: ClientState) -> Prepared:
        """Commit what the draft wants for that, and all that waits. Raises Misuse for words that the draft lacks."""
        group, mls = state.group(self.group), state.draft.mls
        proposals = mls.group_change(group.public, roles=self.roles, settings=self.settings)
        bundle = group.commit(proposals, state.rand, state.now(), authenticated_data=mls.handshake_data)
        command = commands.ChangeGroup(group_update(bundle))
        return Prepared(self.group, state.write_as_member(command, group), bundle.next)
