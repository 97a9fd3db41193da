"""Reporting to a group's hub what somebody said in it."""

from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.services import commands
from simulator.services.names import parse_client


@dataclass(frozen=True, slots=True)
class Report:
    """What user `abuser` (URI) said, by the evidence that came with it."""

    group: str
    abuser: str
    evidence: tuple[bytes, ...]
    note: str = ""

    async def prepare(self, state: ClientState) -> Prepared:
        """Nothing is encrypted: the hub is to read it."""
        group = state.group(self.group)
        reporter = parse_client(state.uri).user
        command = commands.Report(group.group_id, reporter, self.abuser, self.evidence, self.note)
        return Prepared(self.group, state.write_as_member(command, group))
