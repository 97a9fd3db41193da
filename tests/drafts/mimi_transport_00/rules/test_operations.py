"""Every command is served: none falls through."""

from typing import get_args

from simulator.services.commands import GroupCommand, RequestGroupId
from simulator.services.results import NewGroupId
from tests.services.bench import Bench, as_client


def test_a_command_is_carried_out(bench: Bench) -> None:
    result, effects = bench.serve(as_client(bench.client("alice.phone@a"), RequestGroupId()))
    assert isinstance(result, NewGroupId)
    assert effects == ()


def test_operations_have_names_of_their_own() -> None:
    names = [command.operation for command in get_args(GroupCommand)]
    assert len(names) == len(set(names)) == 16
