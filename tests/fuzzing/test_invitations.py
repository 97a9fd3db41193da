"""The fuzzers tell an invitation that may be accepted from one in somebody else's name, and notice an empty stock."""

from collections.abc import AsyncIterator

import pytest

from simulator.clients import Client
from simulator.drafts.mimi_transport_00.mls_profile import TransportProfile
from simulator.drafts.mls_profile import CONNECTION, MLSProfile
from simulator.fuzzing.environment import Environment
from simulator.fuzzing.invitations import check_invitation
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.requests import Requests
from simulator.mutation.cases import Case
from simulator.mutation.properties import Broken
from tests.fuzzing.sample import kind


@pytest.fixture
async def environment() -> AsyncIterator[Environment]:
    async with open_environment(kind("mimi-transport-00")) as opened:
        yield opened


async def fire(environment: Environment, name: str) -> str:
    (seed,) = (seed for seed in environment.seeds if seed.name == name)
    target = Requests(environment)
    return await target.fire(target.shot(Case(name, seed)))


async def test_what_bob_makes_of_each(environment: Environment) -> None:
    found = {}
    for seed in environment.seeds:
        if seed.name.startswith("invites"):
            shot = Requests(environment).shot(Case(seed.name, seed))
            body = bytes.fromhex(shot["body"])
            assert (await environment.session.send_raw(seed.sender, seed.recipient, seed.endpoint, body)).error is None
            bob = environment.session.client("bob.phone")
            queued = environment.session.provider("b").client_api.fetch(bob.uri)[-1]
            found[seed.name] = await check_invitation(bob, queued)
            await environment.restore()
    assert found == {
        "invites as alice": "connection_users",
        "invites as bob": "connection_users",
        "invites two": "connection_users",
        "invites": "agrees",
    }


async def test_a_client_that_believes_any_owner_is_a_finding(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TransportProfile, "check_joined", MLSProfile.check_joined)
    with pytest.raises(Broken, match=r"believes c\.example that mimi://a\.example/u/alice asks"):
        await fire(environment, "invites as alice")
    with pytest.raises(Broken, match="agrees to be connected with all of"):
        await fire(environment, "invites two")
    with pytest.raises(Broken, match="agrees to be connected with all of"):
        await fire(environment, "invites as bob")
    assert await fire(environment, "invites") == "200 valid anyway"


async def test_a_stock_that_stays_empty_is_a_finding(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    amy = environment.session.client("amy")
    assert amy.state.home.key_packages_left(amy.uri, CONNECTION) == (0, True), "others have emptied it"
    target = Requests(environment)
    (seed,) = (
        seed
        for seed in environment.seeds
        if seed.endpoint == "connection_key_packages" and (seed.sender, seed.recipient) == ("b.example", "a.example")
    )
    assert await target.fire(target.shot(Case(seed.name, seed))) == "200 valid anyway"
    monkeypatch.setattr(Client, "replenish", lambda self: None)
    monkeypatch.setattr(environment.session, "everybody", (environment.session.user("amy"),))
    with pytest.raises(Broken, match=r"amy/phone has only \(0, True\) in stock"):
        await target.fire(target.shot(Case(seed.name, seed)))
