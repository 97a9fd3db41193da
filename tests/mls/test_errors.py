from simulator.errors import SimulatorError
from simulator.mls.errors import InvalidCommit, InvalidUpdatePath, MLSError, WrongEpoch, WrongGroup


def test_an_error_carries_rule_section_and_text() -> None:
    error = InvalidCommit("path_missing", "RFC 9420 12.4", "the Commit needs a path")
    assert (error.rule, error.section, error.text) == ("path_missing", "RFC 9420 12.4", "the Commit needs a path")
    assert str(error) == "the Commit needs a path (RFC 9420 12.4, path_missing)"
    assert isinstance(error, SimulatorError)


def test_a_bad_path_is_a_bad_commit() -> None:
    assert issubclass(InvalidUpdatePath, InvalidCommit)


def test_wrong_epoch_and_group_say_both_sides() -> None:
    epoch: MLSError = WrongEpoch(expected=4, got=2)
    assert (epoch.rule, str(epoch).split(" (")[0]) == ("wrong_epoch", "the message is of epoch 2, the group is at 4")
    group = WrongGroup(expected=b"\x01", got=b"\x02")
    assert (group.rule, group.expected, group.got) == ("wrong_group", b"\x01", b"\x02")
