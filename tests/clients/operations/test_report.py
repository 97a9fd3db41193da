"""What was said is reported with what proves it."""

from simulator.clients.operations import Report
from simulator.services import commands
from tests.drafts.mimi_protocol_06.members import ALICE, URI, client, new_room, prepared

BOB = "mimi://b.example/u/bob"


async def test_a_report_in_ones_own_users_name() -> None:
    alice = client(ALICE)
    new_room(alice)
    command = await prepared(alice, Report(URI, BOB, (b"1", b"2"), "spam"))
    assert command == commands.Report(URI.encode(), "mimi://a.example/u/alice", BOB, (b"1", b"2"), "spam")
    assert alice.group(URI).epoch == 0
