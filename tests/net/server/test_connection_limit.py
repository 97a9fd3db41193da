"""Who is let in, who gets in again when somebody leaves, and who makes room."""

from contextlib import ExitStack
from dataclasses import dataclass

from simulator.net.server.connection_limit import ConnectionLimit


@dataclass(eq=False)
class Visitor:
    idle: bool = False
    asked: bool = True
    sent_away: bool = False

    def hang_up(self) -> None:
        self.sent_away = True


def test_each_peer_has_so_many_and_all_together_too() -> None:
    connection_limit = ConnectionLimit(3, 2)
    with ExitStack() as inside:
        assert [inside.enter_context(connection_limit.admit("127.0.0.2", Visitor())) for _ in range(2)] == [None, None]
        with connection_limit.admit("127.0.0.2", Visitor()) as refusal:
            assert refusal == "127.0.0.2 has 2 connections open already"
        assert inside.enter_context(connection_limit.admit("127.0.0.3", Visitor())) is None
        with connection_limit.admit("127.0.0.4", Visitor()) as refusal:
            assert refusal == "3 connections are open already"
    with connection_limit.admit("127.0.0.2", Visitor()) as refusal:
        assert refusal is None


def test_who_was_refused_does_not_count() -> None:
    connection_limit = ConnectionLimit(2, 1)
    with connection_limit.admit("127.0.0.2", Visitor()):
        for _ in range(5):
            with connection_limit.admit("127.0.0.2", Visitor()) as refusal:
                assert refusal is not None
        with connection_limit.admit("127.0.0.3", Visitor()) as refusal:
            assert refusal is None


def test_an_idle_one_makes_room_of_the_address_with_most_that_has_asked_for_nothing_the_oldest() -> None:
    connection_limit = ConnectionLimit(6, 5)
    with ExitStack() as inside:
        visitors = {
            "busy": ("127.0.0.2", Visitor()),
            "lone": ("127.0.0.3", Visitor(idle=True, asked=False)),
            "asked": ("127.0.0.2", Visitor(idle=True)),
            "old": ("127.0.0.2", Visitor(idle=True, asked=False)),
            "new": ("127.0.0.2", Visitor(idle=True, asked=False)),
            "served": ("127.0.0.2", Visitor(asked=False)),
        }
        for address, visitor in visitors.values():
            assert inside.enter_context(connection_limit.admit(address, visitor)) is None
        gone: list[str] = []
        for number in range(4):
            assert inside.enter_context(connection_limit.admit(f"127.0.1.{number}", Visitor())) is None
            gone += [name for name, (_, visitor) in visitors.items() if visitor.sent_away and name not in gone]
        assert gone == ["old", "new", "lone", "asked"]
        with connection_limit.admit("127.0.0.4", Visitor()) as refusal:
            assert refusal == "6 connections are open already"
    with ExitStack() as inside:
        assert [inside.enter_context(connection_limit.admit("127.0.0.2", Visitor())) for _ in range(5)] == [None] * 5


def test_who_made_room_is_not_counted_twice_when_it_leaves() -> None:
    connection_limit, idle = ConnectionLimit(1, 1), Visitor(idle=True)
    with ExitStack() as rest:
        with connection_limit.admit("127.0.0.2", idle):
            assert rest.enter_context(connection_limit.admit("127.0.0.3", Visitor())) is None
            assert idle.sent_away
        with connection_limit.admit("127.0.0.4", Visitor()) as refusal:
            assert refusal == "1 connections are open already"
