"""Which challenges are followed, and what becomes of a request whose tokens can't be had."""

from contextlib import nullcontext
from dataclasses import replace

import pytest
import trio

from simulator.clients.operations import AddUsers, CreateGroup
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.errors import Misuse
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net import HTTPReply, HTTPRequest, TransportError
from simulator.net.faults import DropAnswer, RequestMatch
from simulator.privacy_pass.challenge import token_challenge
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.holders import holder_pseudonym
from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.www_authenticate import ChallengeOffer, write_offer
from simulator.provider.adversary import selective_issuing
from simulator.services.refusal import Refusal
from simulator.services.tokens import paying as paying_services
from simulator.services.tokens.allowances import Allowance
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import SpentToken
from tests.breaking import breaks
from tests.decisions import decisions
from tests.federated import connected
from tests.provider.paying_federation import BEN, BOB, HOUR, LOOKUP, NOW, PAYS, PROTECTED, asked, paying, stand_in


def ignored(session: Session) -> list[str]:
    return [event.details["rule"] for event in decisions(session) if event.kind == "ChallengeIgnored"]


async def refused(session: Session, who: str = "alice.phone") -> str:
    with pytest.raises(Refusal) as found:
        await session.client(who).request_connection(BOB)
    return str(found.value.code)


def offer(issuer: str = "b.example", origin: str = "ds.b.example", key: bytes | None = None) -> str:
    return write_offer(ChallengeOffer(token_challenge(issuer, b"1" * 32, origin), key, HOUR))


CHALLENGES = {
    "malformed": 'PrivateToken challenge="AAIA", max-age=10',
    "unsupported_type": 'PrivateToken challenge="2qqq"',
    "foreign_origin": offer(origin="ds.c.example"),
    "unknown_issuer": offer("c.example"),
    "key_not_listed": offer(key=b"k" * 342),
}


@pytest.mark.parametrize("rule", CHALLENGES)
async def test_a_challenge_that_is_not_followed_is_ignored_by_its_rule(rule: str) -> None:
    async with paying() as session, trio.open_nursery() as nursery:
        await session.provider("a").peers.hosts("b.example")

        async def handler(request: HTTPRequest) -> HTTPReply:
            body = session.draft.refusals.write(Refusal(session.draft.code("token_required"), "a token")).body
            headers = (("content-type", "application/octet-stream"), ("www-authenticate", CHALLENGES[rule]))
            return HTTPReply(401, headers, body)

        await stand_in(session, nursery, "b.example", handler, at="ds.b.example")
        assert await refused(session) == "token_required"
        assert ignored(session) == [rule]
        assert all(endpoint != "token_request" for endpoint, _ in asked(session))
        assert asked(session).count((LOOKUP, 401)) == 1
        nursery.cancel_scope.cancel()


async def test_an_issuer_that_hangs_delays_nobody_else() -> None:
    origin = TokenSettings(protects=frozenset({LOOKUP}), issuer="i.example", window=HOUR)
    asker = replace(PAYS, trusts=("i.example",))
    async with paying(asker, origin, i=PROTECTED, c=PROTECTED) as session, trio.open_nursery() as nursery:
        hangs = trio.Event()

        async def handler(request: HTTPRequest) -> HTTPReply:
            hangs.set()
            await trio.sleep_forever()
            raise AssertionError

        await stand_in(session, nursery, "i.example", handler)
        nursery.start_soon(session.client("alice.phone").request_connection, BOB)
        await hangs.wait()
        assert await session.provider("a").keys.of("b.example") is not None
        with pytest.raises(Refusal, match=r"not a user of c\.example"):
            await session.client("bert.phone").request_connection("mimi://c.example/u/carol")
        assert (LOOKUP, 404) in asked(session)
        nursery.cancel_scope.cancel()


async def test_a_payment_outlives_a_restart() -> None:
    async with paying() as session:
        await session.client("bert.phone").request_connection(BEN)
        session.inject(DropAnswer(where=RequestMatch(endpoint=LOOKUP)))
        with pytest.raises(TransportError):
            await session.client("alice.phone").request_connection(BOB)
        session.repair()
        await session.crash("a.example")
        await session.start("a.example")
        await session.client("alice.phone").request_connection(BOB)
        paid = [dict(each.request_headers) for each in session.recorder.exchanges if each.endpoint == LOOKUP]
        assert paid[-1]["authorization"] == paid[-2]["authorization"]
        assert asked(session).count(("token_request", 200)) == 4


async def test_a_token_that_somebody_else_has_used_is_replaced_once() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        b = session.provider("b").executor.store
        (kept, *_) = session.provider("a").executor.store.wallet.of("ds.b.example")
        b.spent_tokens.put(SpentToken(kept.token.nonce, b"another's" * 4, 472_222))
        await session.client("bert.phone").request_connection(BOB)
        assert [status for endpoint, status in asked(session) if endpoint == LOOKUP] == [401, 200, 401, 200]


async def test_what_is_free_at_an_origin_is_not_paid_for() -> None:
    once = replace(PAYS, allowance=Allowance(1, HOUR))
    async with paying(once) as session:
        await connected(session, ("alice", "bob"))
        group = await session.client("alice").perform(CreateGroup())
        await session.client("alice").perform(AddUsers(group, (BOB,)))
        (free,) = [each for each in session.recorder.exchanges if each.endpoint == "group_key_packages"]
        assert free.status == 200
        assert "authorization" not in dict(free.request_headers)
        assert len(session.provider("a").executor.store.wallet.of("ds.b.example")) == 3
        await session.crash("a.example")
        await session.start("a.example")
        before = len(session.recorder.exchanges)
        assert await refused(session, "alice.phone") == "rate_limited"
        assert len(session.recorder.exchanges) == before, "nothing leaves the provider of a user who has used all"


@pytest.mark.parametrize(("max_age", "statuses"), [(None, [401, 200]), (0, [401]), (2, [401])])
async def test_for_a_challenge_that_is_over_too_soon_no_tokens_are_got_without_end(
    max_age: int | None, statuses: list[int]
) -> None:
    """It comes 2 seconds after it was asked for."""
    async with paying(TokenSettings()) as session, trio.open_nursery() as nursery:
        tokens = session.provider("b").tokens
        assert tokens is not None
        published = await tokens.directories.of("b.example")
        key = published.directory.keys[0].token_key
        field = write_offer(ChallengeOffer(token_challenge("b.example", b"1" * 32, "ds.b.example"), key, max_age))
        given: list[int] = []

        async def handler(request: HTTPRequest) -> HTTPReply:
            session.advance(2)
            given.append(401 if request.header("authorization") is None else 200)
            return HTTPReply(given[-1], (("www-authenticate", field),) if given[-1] == 401 else ())

        await session.provider("a").peers.hosts("b.example")
        await stand_in(session, nursery, "b.example", handler, at="ds.b.example")
        ours = session.provider("a").executor
        over = nullcontext() if 200 in statuses else breaks("PP-CACHE-1/IN-TIME", ours)
        with pytest.raises((Refusal, BadAnswer)), over:
            await session.client("alice.phone").request_connection(BOB)
        assert given == statuses
        assert asked(session).count(("token_request", 200)) == (4 if 200 in statuses else 0)
        nursery.cancel_scope.cancel()


async def test_a_round_is_made_again_where_too_few_have_a_token() -> None:
    origin = replace(PROTECTED, issues=IssuerBudget(Per.user, 2, HOUR))
    async with paying(replace(PAYS, crowd=2), origin) as session:
        b = session.provider("b")
        key = session.provider("a").executor.do(paying_services.holder_key)
        alone = [holder_pseudonym(key, "b.example", window(HOUR, NOW), "mimi://a.example/u/alice")]
        lie = selective_issuing(b, IssuerBudget(Per.user, 2, HOUR), session.draft, lambda: alone)
        b.executor.interceptors.begin(lie)
        assert await refused(session) == "token_required"
        assert ignored(session) == ["crowd"]
        b.executor.interceptors.end()
        await session.client("alice.phone").request_connection(BOB)
        assert [status for endpoint, status in asked(session) if endpoint == "token_request"].count(200) == 3


async def test_tokens_may_be_got_before_they_are_needed() -> None:
    origin = replace(PROTECTED, issues=IssuerBudget(Per.user, 4, HOUR))
    async with paying(origin=origin) as session:
        payer = session.provider("a").peers.payer
        assert payer is not None
        users = session.provider("a").executor.store.users.all()
        with pytest.raises(Misuse, match=r"ds\.b\.example has shown no challenge"):
            await payer.fetch("ds.b.example", users)
        await session.client("alice.phone").request_connection(BOB)
        assert await payer.fetch("ds.b.example", users) == 2
        assert await payer.fetch("ds.b.example", users) == 0


async def test_a_token_that_could_not_be_had_is_not_asked_for_again_after_the_refusal() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.settle()
        session.provider("a").executor.do(lambda context: context.store.wallet.forget(context.elapsed + HOUR))
        session.inject(DropAnswer(where=RequestMatch(operation="token_request")))
        before = len(asked(session))
        assert await refused(session) == "token_required"
        assert asked(session)[before:] == [("token_request", None), (LOOKUP, 401)]


async def test_two_clients_of_a_user_who_ask_the_same_at_once_pay_with_a_token_each() -> None:
    bob, alice = ProviderSpec("b.example", {"bob": ("phone",)}, tokens=PROTECTED), {"alice": ("phone", "laptop")}
    topology = Topology((ProviderSpec("a.example", alice, tokens=PAYS), bob), key_packages=4)
    async with open_session(topology, seed=1, now=NOW) as session:
        await session.client("alice.phone").request_connection(BOB)  # now tokens are there, and presented at once
        async with trio.open_nursery() as nursery:
            for name in ("alice.phone", "alice.laptop"):
                nursery.start_soon(session.client(name).request_connection, BOB)
        await session.settle()
        assert len(session.provider("b").executor.store.spent_tokens) == 3
        assert [status for endpoint, status in asked(session) if endpoint == "connection_request"] == [200] * 3
