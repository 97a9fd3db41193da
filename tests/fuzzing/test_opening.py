"""Opening environments."""

from simulator.fuzzing.opening import open_environment, store_files
from tests.fuzzing.sample import kind


def test_files_are_gone_afterwards() -> None:
    with store_files(("a.example",)) as files:
        file = files["a.example"]
        file.write_bytes(b"x")
    assert not file.exists()


async def test_one_is_at_rest_with_its_store_in_files() -> None:
    async with open_environment(kind("mimi-transport-00", 1)) as environment:
        session = environment.session
        assert (session.draft.name, environment.kind.http2) == ("mimi-transport-00", True)
        assert all(not client.online for client in session.clients)
        assert environment.unchanged()
        assert set(environment.snapshots) == {"a.example", "b.example", "c.example"}
