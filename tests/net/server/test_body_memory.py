"""Bytes of bodies are counted for each peer and in all, and given back."""

from contextlib import ExitStack

from simulator.net.server.body_memory import BodyMemory


def test_each_peer_has_so_many_bytes_and_all_together_too() -> None:
    memory = BodyMemory(100, 60)
    with ExitStack() as held:
        first, second = (held.enter_context(memory.share("127.0.0.2")) for _ in range(2))
        other, last = (held.enter_context(memory.share(f"127.0.0.{number}")) for number in (3, 4))
        assert [first.take(40), second.take(20), second.take(1)] == [True, True, False]
        assert other.take(35)
        assert [last.take(6), last.take(5), last.take(1)] == [False, True, False]
        first.give_back()
        assert [second.take(40), memory.held("127.0.0.2"), memory.held()] == [True, 60, 100]
    assert memory.held() == 0
    assert not memory._held, "nothing is kept of peers that hold none"
