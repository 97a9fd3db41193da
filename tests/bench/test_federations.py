"""A group with a hub and followers."""

from simulator.bench.federations import team, topology


async def test_a_message_of_the_creator_gets_to_everybody() -> None:
    async with team(2, users=2) as group:
        await group.send(b"for all")
        await group.session.settle()
        for client in group.session.clients:
            wanted = [] if client.user.endswith("/alice") else [b"for all"]
            assert [received.data for received in client.inbox] == wanted, client.uri


def test_followers_have_names_of_their_own() -> None:
    wanted = topology(3, users=2)
    assert [spec.name for spec in wanted.providers] == ["a.example", "f001.example", "f002.example", "f003.example"]
    assert [len(spec.users) for spec in wanted.providers] == [1, 2, 2, 2]
