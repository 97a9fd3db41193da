"""What issuer and origin know together of a token that somebody paid with."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from simulator.errors import SimulatorError
from simulator.federation import ProviderSpec, Topology, open_session
from simulator.privacy_pass.directory import Per
from simulator.services.commands import FindUsers
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from simulator.trace import ClientShown, Exchange, Header, ProviderShown
from simulator.trace.anonymity import Anonymity, anonymity, users_of
from tests.provider.paying_federation import BOB, HOUR, LOOKUP, NOW

A, B, ISSUER = "a.example", "b.example", "i.example"
NAMES = ("alice", "bert", "eve")
PROVIDERS = tuple(
    ProviderShown(
        name, f"ds.{name}", tuple(ClientShown(f"{user}.phone", f"mimi://{name}/d/{user}/phone") for user in users)
    )
    for name, users in ((A, NAMES), (B, ("bob",)))
)
USERS = users_of(Header(scenario="x", name="x", seed=1, draft="x", started=0, providers=PROVIDERS))
OF_USERS = IssuerBudget(Per.user, 4, HOUR)


async def run(
    asker: TokenSettings, budget: IssuerBudget = OF_USERS, issuer: str | None = None, who: Sequence[str] = NAMES
) -> tuple[Exchange, ...]:
    """Each of these asks for Bob's KeyPackages in turn, in a step called by his name."""
    origin = TokenSettings(None if issuer else budget, protects=frozenset({LOOKUP}), issuer=issuer, window=HOUR)
    specs = (
        ProviderSpec(A, dict.fromkeys(NAMES, ("phone",)), tokens=replace(asker, trusts=(ISSUER,))),
        ProviderSpec(B, {"bob": ("phone",)}, tokens=origin),
        ProviderSpec(ISSUER, tokens=TokenSettings(budget)),
    )
    async with open_session(Topology(specs), seed=1, now=NOW) as session:
        for user in who:
            session.recorder.enter(user, 1)
            await session.client(f"{user}.phone").request_connection(BOB)
        return session.recorder.exchanges


def measured(exchanges: Sequence[Exchange], step: str = "alice", seen_by: Sequence[str] = (B,)) -> Anonymity:
    return anonymity(exchanges, step, seen_by, USERS)


CROWD = TokenSettings(unnamed=True, crowd=3)
ALONE = TokenSettings(unnamed=True)


async def test_in_a_crowd_each_of_it_can_have_paid() -> None:
    exchanges = await run(CROWD)
    assert [measured(exchanges, user).users for user in NAMES] == [3, 3, 3]


async def test_without_one_only_those_who_got_tokens_before() -> None:
    exchanges = await run(ALONE)
    assert [measured(exchanges, user).users for user in NAMES] == [1, 2, 3]
    assert measured(exchanges).why == "the token can have been issued for 1 holder"


async def test_who_did_not_issue_the_token_knows_nothing() -> None:
    exchanges = await run(ALONE, issuer=ISSUER)
    assert measured(exchanges) == Anonymity(3, "i.example alone knows for whom it has issued the token")
    assert measured(exchanges, seen_by=(ISSUER,)) == Anonymity(3, "b.example alone has seen the token")
    assert measured(exchanges, seen_by=(ISSUER, B)).users == 1


async def test_whoever_asks_knows_for_whom() -> None:
    assert measured(await run(CROWD, who=("alice",)), seen_by=(A,)).users == 1


async def test_a_budget_per_provider_knows_no_users() -> None:
    found = measured(await run(ALONE, IssuerBudget(Per.provider, 8, HOUR)))
    assert found == Anonymity(3, "b.example has issued tokens for a.example, not for its users")


async def test_who_is_named_is_known() -> None:
    found = measured(await run(TokenSettings(crowd=3), who=("alice",)))
    assert found == Anonymity(1, "they were told of alice")


async def test_nobody_need_have_paid() -> None:
    exchanges = await run(CROWD, who=("alice",))
    with pytest.raises(SimulatorError, match="nobody paid with a token during bert"):
        measured(exchanges, "bert")


async def test_what_the_issuer_did_not_sign_narrows_nothing_down() -> None:
    exchanges = await run(ALONE, who=("alice",))
    other = [replace(each, response=b"\1" * 256) if each.endpoint == "token_request" else each for each in exchanges]
    assert measured(other) == Anonymity(3, "b.example has issued nothing to a.example that fits the token")


async def test_a_challenge_that_is_not_known_narrows_nothing_down() -> None:
    exchanges = await run(ALONE, who=("alice",))
    found = measured([replace(each, response_headers=()) for each in exchanges])
    assert found == Anonymity(3, "b.example has shown a.example no such challenge")


async def test_a_key_that_is_not_known_narrows_nothing_down() -> None:
    exchanges = await run(ALONE, who=("alice",), issuer=ISSUER)
    unshown = [each for each in exchanges if each.endpoint != "token_directory"]
    assert measured(unshown, seen_by=(ISSUER, B)) == Anonymity(3, "i.example has shown no such key")


async def test_where_nothing_is_signed_the_holders_count_all_the_same() -> None:
    """Whoever searches is not named, and the issuer has its certificate."""
    origin = TokenSettings(None, protects=frozenset({"identifierQuery"}), issuer=ISSUER, window=HOUR)
    specs = (
        ProviderSpec(A, dict.fromkeys(NAMES, ("phone",)), tokens=TokenSettings(crowd=3, trusts=frozenset({ISSUER}))),
        ProviderSpec(B, {"bob": ("phone",)}, tokens=origin),
        ProviderSpec(ISSUER, tokens=TokenSettings(OF_USERS)),
    )
    async with open_session(Topology(specs, draft="mimi-protocol-06"), seed=1, now=NOW) as session:
        session.recorder.enter("alice", 1)
        find = FindUsers(f"mimi://{A}/u/alice", B, (("nick", "bob"),))
        await session.provider("a").client_api.find_users(find)
        found = session.recorder.exchanges
    assert anonymity(found, "alice", (ISSUER, B), USERS).users == 3
