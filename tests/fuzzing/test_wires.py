"""HTTP that is strange, and bytes that are none."""

from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.wires import Wires
from tests.fuzzing.sample import kind, labels, sampled


async def test_requests_of_the_draft_are_answered_and_rubbish_is_not() -> None:
    here = kind("mimi-protocol-06")
    async with open_environment(here) as environment:
        target = Wires(environment)
        head = b"GET /nowhere HTTP/1.1\r\nhost: ds.a.example\r\n\r\n"
        assert await target.fire({"alpn": "http/1.1", "data": head.hex()}) == "404"
        assert await target.fire({"alpn": "http/1.1", "data": b"rubbish\r\n\r\n".hex()}) == "400"
        assert await target.fire({"alpn": "h2", "data": head.hex()}) in ("closes", "frames", "resets")
        assert labels(await sampled(target, str(here), 4))
