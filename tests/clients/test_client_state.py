"""What a client is: its name decides its user, its key signs for it."""

from dataclasses import replace
from typing import Any, cast

import pytest

from simulator.drafts.mls_profile import REGULAR
from simulator.federation import Session
from simulator.services.commands import FetchKeyPackages
from simulator.services.members import client_of
from simulator.services.names import BadName
from tests.federated import connected, federation


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


async def test_where_one_asks_by_user_the_key_packages_of_other_clients_are_thrown_away() -> None:
    async with federation(laptop=True) as session:
        await connected(session, ("alice.phone", "bob"))
        bob, asked = session.client("bob").state, []
        home, draft = bob.home, bob.draft

        class ByUser:
            async def key_packages(self, command: FetchKeyPackages, *proof: Any) -> Any:
                asked.append(command.target)
                return await home.key_packages(command, *proof)

        bob.home, bob.draft = cast("Any", ByUser()), replace(draft, client_by_client=False)
        laptop = session.client("alice.laptop")
        found = await bob.fetch_key_packages((laptop.uri,), REGULAR)
        assert [client_of(each.leaf_node) for each in found] == [laptop.uri]
        assert asked == [laptop.user]
