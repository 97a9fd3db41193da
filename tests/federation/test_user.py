"""A user of ours has clients and a home; of a stranger's user there is a name."""

import pytest

from simulator.federation import Session, Unsupported


async def test_a_user_of_ours(with_stranger: Session) -> None:
    alice = with_stranger.user("alice")
    assert (alice.at, alice.provider.name, alice.devices) == ("a.example", "a.example", ("phone",))
    assert alice.clients == with_stranger.clients


async def test_a_users_home_is_out_of_reach(with_stranger: Session) -> None:
    dave = with_stranger.user("dave")
    assert (dave.at, dave.devices) == ("d.example", ("phone", "laptop"))
    with pytest.raises(Unsupported, match="what it keeps for dave"):
        dave.provider  # noqa: B018


@pytest.mark.parametrize("name", ["dave", "dave.laptop", "dave@d.example.phone", "mimi://d.example/d/dave/phone"])
async def test_its_clients_are_out_of_reach(with_stranger: Session, name: str) -> None:
    with pytest.raises(Unsupported, match=r"d\.example is an external provider: a client of dave"):
        with_stranger.client(name)
