"""What a client is: its name decides its user, its key signs for it."""

import pytest

from simulator.federation import Session
from simulator.services.names import BadName


async def test_the_user_follows_from_the_client(session: Session) -> None:
    laptop = session.client("alice.laptop")
    assert (laptop.uri, laptop.user) == ("mimi://a.example/d/alice/laptop", "mimi://a.example/u/alice")


async def test_a_name_that_is_no_clients(session: Session) -> None:
    from simulator.clients import ClientState
    from simulator.mls.crypto import cipher_suite
    from simulator.mls.crypto.randomness import SeededRand

    client_api = session.provider("a").client_api
    with pytest.raises(BadName, match="no client URI"):
        ClientState.open(
            "mimi://a.example/u/alice", client_api, session.draft, cipher_suite(1), SeededRand(1, "x"), lambda: 0
        )


async def test_what_a_client_asks_for_is_its_users(session: Session) -> None:
    from simulator.services.commands import FetchJoinInfo

    phone = session.client("alice.phone")
    outgoing = phone.state.write_as_client(FetchJoinInfo(b"mimi://b.example/g/1"), "b.example")
    assert (outgoing.client, outgoing.user) == (phone.uri, phone.user)
