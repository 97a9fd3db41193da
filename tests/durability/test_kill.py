"""A whole process with all providers and clients is killed again and again, and nothing that was accepted is lost."""

from random import Random

from tests.durability.kills import tell


def test_a_process_that_speaks_mimi_protocol_06() -> None:
    killed = tell(Random(3), between=(200, 350), draft="mimi-protocol-06")
    assert len(killed.at) >= 2
    assert (killed.sent, killed.delivered) == (13, 42)


def test_a_process_that_is_killed_again_and_again() -> None:
    killed = tell(Random(1), between=(150, 250), paying=True)
    assert len(killed.at) >= 3
    assert (killed.sent, killed.delivered) == (13, 42)
    assert killed.paid >= 3
