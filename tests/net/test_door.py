"""Who is let in, and who gets in again when somebody leaves."""

from contextlib import ExitStack

from simulator.net.door import Door


def test_each_peer_has_so_many_and_all_together_too() -> None:
    door = Door(3, 2)
    with ExitStack() as inside:
        assert [inside.enter_context(door.guest("127.0.0.2")) for _ in range(2)] == [None, None]
        with door.guest("127.0.0.2") as refusal:
            assert refusal == "127.0.0.2 has 2 connections open already"
        assert inside.enter_context(door.guest("127.0.0.3")) is None
        with door.guest("127.0.0.4") as refusal:
            assert refusal == "3 connections are open already"
    with door.guest("127.0.0.2") as refusal:
        assert refusal is None


def test_who_was_refused_does_not_count() -> None:
    door = Door(2, 1)
    with door.guest("127.0.0.2"):
        for _ in range(5):
            with door.guest("127.0.0.2") as refusal:
                assert refusal is not None
        with door.guest("127.0.0.3") as refusal:
            assert refusal is None
