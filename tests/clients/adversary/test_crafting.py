"""What is not tampered with is an honest commit."""

from simulator.clients.adversary.crafting import Tampering, flipped, spoiled_update
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import EpochChanged
from simulator.clients.operations import ExternalJoin, Operation, Prepared
from simulator.federation import Session
from tests.clients.agreement import members


class Untouched:
    """An update with nothing spoiled."""

    def __init__(self, group: str) -> None:
        self.group = group

    async def prepare(self, state: ClientState) -> Prepared:
        return spoiled_update(state, self.group, Tampering())


async def test_without_tampering_everybody_follows(session: Session, trio_group: str) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    operation: Operation = Untouched(trio_group)
    await alice.perform(operation)
    await session.settle()
    assert bob.events[-1] == EpochChanged(trio_group, 2, alice.uri, (), ())
    assert members(session, trio_group) == ["alice/phone", "bob/phone", "carol/phone"]
    await session.client("alice.laptop").perform(ExternalJoin(trio_group))
    await session.settle()
    assert len(members(session, trio_group)) == 4


def test_one_bit_is_flipped() -> None:
    assert flipped(b"\x01\x02") == b"\x01\x03"
