"""A client that comes back online publishes anew what is gone: KeyPackages of both kinds, an expired last resort."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from simulator.clients import Client
from simulator.clients.home_provider import HomeProvider
from simulator.clients.key_packages.key_stock import CLOCK_SKEW, LIFETIME
from simulator.clients.key_packages.publishing import Publishing
from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.federation import Session
from simulator.machine import MachineFailure
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.net.faults import ClockSkew
from simulator.services.refusal import Code, Refusal
from tests.federated import connected, federation


def left(client: Client) -> list[tuple[int, bool]]:
    return [client.state.home.key_packages_left(client.uri, kind) for kind in (CONNECTION, REGULAR)]


async def emptied(session: Session, times: int) -> None:
    """Carol asks for bob's connection KeyPackages; nobody has to be connected with him for that."""
    for _ in range(times):
        await session.client("carol").request_connection(session.user("bob").uri)


async def test_a_client_that_comes_back_fills_both_stocks(session: Session) -> None:
    bob = session.client("bob")
    bob.online = False
    await emptied(session, 4)
    assert left(bob) == [(0, True), (3, True)]
    await session.settle()
    assert left(bob)[0] == (0, True), "nothing comes from a client that is offline"
    bob.online = True
    assert left(bob)[0] == (0, True), "and nothing before it looks after itself"
    await session.settle()
    assert left(bob) == [(3, True), (3, True)]
    await session.settle()
    assert left(bob) == [(3, True), (3, True)], "no more than it had"


async def test_those_who_ask_afterwards_get_different_ones(session: Session) -> None:
    bob, asked = session.client("bob"), []
    bob.online = False
    await emptied(session, 5)
    bob.online = True
    await session.settle()
    requests = len(bob.connection_requests)
    for asker in ("alice.phone", "carol"):
        asked.append(await session.client(asker).request_connection(session.user("bob").uri))
    await session.settle()
    assert bob.connection_requests[requests:] == tuple(asked)
    assert left(bob)[0] == (1, True)
    assert await bob.accept_request(asked[0]) == session.user("alice").uri


async def test_without_one_of_last_resort_there_is_a_way_back() -> None:
    async with federation(last_resort=False) as session:
        bob = session.client("bob")
        bob.online = False
        await emptied(session, 3)
        with pytest.raises(Refusal) as refused:
            await emptied(session, 1)
        assert refused.value.code is Code.key_packages_exhausted
        bob.online = True
        await session.settle()
        assert left(bob) == [(3, False), (3, False)]
        await emptied(session, 1)


async def test_what_has_expired_is_replaced(session: Session) -> None:
    bob = session.client("bob")
    bob.online = False
    session.advance(LIFETIME + CLOCK_SKEW + 1)
    assert left(bob) == [(0, False), (0, False)]
    bob.online = True
    await session.settle()
    assert left(bob) == [(3, True), (3, True)]


async def test_a_stock_is_filled_to_the_most_it_ever_was(session: Session) -> None:
    bob = session.client("bob")
    bob.publish(5, CONNECTION, last_resort=False)
    bob.publish(1, CONNECTION, last_resort=False)
    assert left(bob)[0] == (8, True)
    await emptied(session, 8)
    bob.replenish()
    assert left(bob) == [(5, True), (3, True)]


async def test_a_client_whose_account_is_gone_publishes_nothing(session: Session) -> None:
    session.remove_client("bob")
    with pytest.raises(Refusal) as refused:
        session.client("bob").replenish()
    assert refused.value.code is Code.unknown_user


@pytest.mark.parametrize("ahead", [100 * 24 * 3600, -100 * 24 * 3600])
async def test_who_can_publish_nothing_reads_all_the_same(session: Session, ahead: int) -> None:
    """Its provider's clock is wrong, and takes what is fresh for expired, or not yet valid."""
    await connected(session, ("alice.phone", "bob"))
    alice, bob = session.client("alice.phone"), session.client("bob")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user,)))
    await session.settle()
    bob.online = False
    await alice.perform(Send(group, b"hello"))
    await emptied(session, 2)
    await session.settle()
    bob.online = True
    with session.inject(ClockSkew(provider="b.example", seconds=ahead)):
        await session.settle()
        assert [message.data for message in bob.inbox] == [b"hello"]
        with pytest.raises(Refusal):
            bob.replenish()
    await session.settle()
    assert left(bob) == [(3, True), (3, True)]


async def test_what_this_machine_could_not_publish_is_forgotten(session: Session) -> None:
    """It is tried again and again: a disk that is full for long must not fill the client's memory, too."""

    class FullDisk:
        offered: tuple[KeyPackage, ...] = ()

        def publish(self, client: str, key_packages: Sequence[KeyPackage]) -> None:
            self.offered += tuple(key_packages)
            raise MachineFailure("the disk is full")

    state, disk = session.client("bob").state, FullDisk()
    publishing = Publishing(replace(state, home=cast("HomeProvider", disk)))
    with pytest.raises(MachineFailure):
        publishing.publish(2, REGULAR, last_resort=True)
    assert len(disk.offered) == 3
    assert state.stock.find(map(key_package_ref, disk.offered)) is None
