"""A ReInit whose extensions no group can have: the old group would be over, and no new one could be created."""

from dataclasses import replace

from simulator.clients.adversary.pathless_commit import commit_without_path
from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.tree.leaf_node import ProtocolVersion
from simulator.services import commands


@dataclass(frozen=True, slots=True)
class ImpossibleSuccessor:
    """The end of a group in favour of the group id `successor`; one of its extension types occurs twice."""

    group: str
    successor: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Build the commit for a sound ReInit, and put the other in its place before anything is signed."""
        group = state.group(self.group)
        extensions = group.public.context.extensions
        sound = ReInit(self.successor.encode(), ProtocolVersion.mls10, group.public.suite.value, extensions)
        spoiled = replace(sound, extensions=(*extensions, extensions[0]))
        commit = commit_without_path(state, group, (sound,), (spoiled,))
        command = commands.ReInitializeGroup(commit.update)
        return Prepared(self.group, state.write_as_member(command, group), commit.next)
