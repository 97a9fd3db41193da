"""Which group a command is about."""

from simulator.drafts.mimi_transport_00.rules.request import group_id_of
from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.proposals import Remove
from simulator.services.commands import (
    FetchJoinInfo,
    FetchTree,
    Leave,
    RequestGroupId,
    SendMessage,
    UpdateClient,
)
from tests.services.bench import Bench, creation, new_group, update_of


def test_the_group_is_named_by_the_command_or_its_message(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    alice.joined = new_group(bench, alice)
    group = alice.group
    commands = (
        creation(alice).command,
        FetchTree(group.group_id, 1),
        FetchJoinInfo(group.group_id),
        UpdateClient(update_of(alice.commit(force_path=True))),
        Leave(group.propose(Remove(0), alice.rand)[0]),
        SendMessage(group.encrypt(b"hello", alice.rand)[0]),
        SendMessage(mls_message(group.group_info())),
    )
    assert [group_id_of(command) for command in commands] == [group.group_id] * len(commands)
    assert group_id_of(RequestGroupId()) is None
    assert group_id_of(SendMessage(mls_message(alice.key_package()))) is None
