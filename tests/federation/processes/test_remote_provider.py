"""A provider in another process can be stopped and started, and looked into."""

from functools import partial

import pytest

from simulator.federation.processes import Elsewhere
from simulator.services.accounts.consent import is_granted
from tests.federated import connected
from tests.federation.processes.conftest import Spread


async def test_down_and_up(spread: Spread) -> None:
    async with spread() as session:
        carols = session.provider("c")
        before = carols.fingerprint()
        for end in (session.crash, session.stop):
            await end("c")
            assert not carols.is_up
            await session.start("c")
            assert carols.is_up
        assert carols.fingerprint() == before
        await connected(session, ("alice", "carol"))


async def test_looked_into(spread: Spread) -> None:
    async with spread() as session:
        await connected(session, ("alice", "carol"))
        alice, carol, provider = session.client("alice"), session.client("carol"), session.provider("c")
        assert provider.queued(carol.uri) == 0
        assert provider.remaining_key_packages(carol.uri, session.key_package_kind(connection=False)) == 3
        assert provider.undelivered == ()
        assert set(provider.own_rows()) >= set(provider.lasting_rows())
        assert provider.executor.do(partial(is_granted, alice.user, carol.user))
        assert provider.executor.store.users.client_exists(carol.uri)
        assert len(provider.executor.store.spent_tokens) == 0
        assert len(provider.client_api.provider_key or b"") == 32
        assert provider.client_api.provider == "c.example"


async def test_users_and_clients_end_there(spread: Spread) -> None:
    async with spread(laptop=True) as session:
        users = session.provider("a").executor.store.users
        session.remove_client("alice.laptop")
        assert [users.client_exists(client.uri) for client in session.clients[:2]] == [True, False]
        session.remove_user("alice")
        assert not users.client_exists(session.client("alice.phone").uri)


async def test_what_is_not_here_says_so(spread: Spread) -> None:
    async with spread() as session:
        with pytest.raises(Elsewhere, match=r"c\.example is in another process: its peers can't be had from here"):
            _ = session.provider("c").peers
        with pytest.raises(Elsewhere, match=r"its client_api\._parts can't"):
            session.provider("c").client_api.register("u", "c", 1, b"")
