"""Who gets tokens, and what is said to others."""

from dataclasses import replace

import pytest

from simulator.drafts.requests.endpoint import Reply
from simulator.federation import Session
from simulator.net import HTTPReply
from simulator.privacy_pass.directory import PATH, Per, read_directory
from simulator.privacy_pass.message_signature import RequestTarget, attest
from simulator.services.commands import FindUsers
from simulator.services.limits.rate_limit import Limit, RateLimiter
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from simulator.trace import Exchange
from tests.breaking import breaks
from tests.provider.paying_federation import BOB, HOUR, PROTECTED, paying

URI = "/token-request"


async def token_request(session: Session) -> Exchange:
    await session.client("alice.phone").request_connection(BOB)
    await session.settle()
    return next(each for each in session.recorder.exchanges if each.endpoint == "token_request")


async def send(session: Session, path: str = URI, body: bytes = b"", method: str = "POST", **headers: str) -> HTTPReply:
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    host = next((value for name, value in fields if name == "at"), "b.example")
    fields = tuple(field for field in fields if field[0] != "at")
    return await session.provider("a").http.request(method, f"https://{host}{path}", body, headers=fields)


def signed(exchange: Exchange) -> dict[str, str]:
    names = ("content-type", "content-digest", "signature-input", "signature", "mimi-token-holder")
    return {name: value for name, value in exchange.request_headers if name in names}


def code(session: Session, reply: HTTPReply) -> str:
    refusal = session.draft.refusals.read(Reply(reply.status, reply.headers, reply.body))
    assert refusal is not None
    return str(refusal.code)


async def test_the_directory_says_keys_and_budget() -> None:
    async with paying() as session:
        reply = await send(session, PATH, method="GET")
        assert (reply.status, reply.header("cache-control")) == (200, "max-age=3600")
        found = read_directory(reply.body)
        assert len(found.keys) == 1
        assert found.budget == IssuerBudget(Per.provider, 8, HOUR).published


async def test_the_same_request_again_is_answered_again() -> None:
    async with paying() as session:
        first = await token_request(session)
        before = session.provider("b").own_rows()
        reply = await send(session, body=first.request, **signed(first))
        assert (reply.status, reply.body) == (200, first.response)
        assert session.provider("b").own_rows() == before


@pytest.mark.parametrize(
    ("status", "word", "changes", "rule"),
    [
        (421, "malformed", {"at": "ds.b.example"}, "PP-DIRECTORY-2/HOST"),
        (405, "unsupported_operation", {"method": "GET"}, "PP-DIRECTORY-1/METHOD"),
        (415, "malformed", {"content-type": "text/plain"}, "PP-ISSUE-1/MEDIA-TYPE"),
        (413, "malformed", {"body": b"x" * 1025}, "PP-ISSUE-3/LENGTH"),
        (401, "invalid_signature", {"body": b"x" * 259}, "PP-ATTEST-1/DIGEST"),
        (401, "invalid_signature", {"signature": "mimi=:AAAA:"}, "PP-ATTEST-1/FORM"),
        (401, "invalid_signature", {"mimi-token-holder": ":AAAA:"}, "PP-ATTEST-1/FORM"),
    ],
)
async def test_other_requests_get_nothing(status: int, word: str, changes: dict, rule: str) -> None:
    async with paying() as session:
        first = await token_request(session)
        before = session.provider("b").own_rows()
        told = {"body": first.request, **signed(first), **changes}
        with breaks(rule, session.provider("b").executor):
            reply = await send(session, **told)
        assert (reply.status, code(session, reply)) == (status, word)
        assert reply.header("www-authenticate") is None
        assert session.provider("b").own_rows() == before


async def test_an_old_signature_and_one_for_another_issuer_get_nothing() -> None:
    async with paying(m=PROTECTED) as session:
        first = await token_request(session)
        reply = await send(session, body=first.request, at="m.example", **signed(first))
        assert (reply.status, code(session, reply)) == (401, "invalid_signature")
        session.advance(301)
        reply = await send(session, body=first.request, **signed(first))
        assert (reply.status, code(session, reply)) == (401, "invalid_signature")


async def test_a_provider_that_issues_nothing_has_no_such_paths() -> None:
    async with paying(origin=replace(PROTECTED, issues=None, protects=frozenset())) as session:
        for path in (PATH, URI):
            reply = await send(session, path, method="GET")
            assert reply.status in (404, 421)


async def test_addresses_are_limited() -> None:
    async with paying() as session:
        first = await token_request(session)
        executor = session.provider("b").executor
        executor.open(executor.store, RateLimiter({"address": Limit(1, 0.1)}))
        assert (await send(session, body=first.request, **signed(first))).status == 200
        with breaks("PP-BUDGET-1/ADDRESS", executor):
            reply = await send(session, body=first.request, **signed(first))
        assert (reply.status, reply.header("retry-after")) == (429, "10")


async def attested_by(session: Session, first: Exchange, provider: str) -> HTTPReply:
    """What a token request gets that a provider of this name has signed, as it says."""
    target = RequestTarget("b.example", URI, first.request)
    fields = attest(target, provider, session.now, lambda content: bytes(64))
    return await send(session, body=first.request, **dict(fields))


async def test_nobody_asks_who_has_no_name() -> None:
    async with paying() as session:
        first = await token_request(session)
        with breaks("PP-ATTEST-1/NAME", session.provider("b").executor):
            reply = await attested_by(session, first, "no..name")
        assert (reply.status, code(session, reply)) == (401, "invalid_signature")


async def test_with_mutual_tls_the_certificate_has_to_be_that_of_the_signer() -> None:
    async with paying(mutual_tls=True) as session:
        first = await token_request(session)
        with breaks("PP-ATTEST-1/CERTIFICATE", session.provider("b").executor):
            reply = await attested_by(session, first, "c.example")
        assert (reply.status, code(session, reply)) == (403, "not_authorized")


async def test_where_providers_sign_nothing_certificates_tell_who_asks() -> None:
    """The request says so as every request of the draft does; a holder is said beside it."""
    protected = TokenSettings(IssuerBudget(Per.user, 2, HOUR), protects=frozenset({"identifierQuery"}), window=HOUR)
    async with paying(TokenSettings(), protected, mutual_tls=True, draft="mimi-protocol-06") as session:
        find = FindUsers("mimi://a.example/u/alice", "b.example", (("nick", "bob"),))
        assert await session.provider("a").client_api.find_users(find) == (BOB,)
        first = next(each for each in session.recorder.exchanges if each.endpoint == "token_request")
        fields = {name for name, _ in first.request_headers}
        assert {"from", "mimi-token-holder"} <= fields
        assert not fields & {"signature", "signature-input", "content-digest"}
        said = {"content_type": "application/private-token-request"}
        holder = next(value for name, value in first.request_headers if name == "mimi-token-holder")
        again = await send(
            session, body=first.request, **said, **{"from": "mimi@a.example", "mimi-token-holder": holder}
        )
        assert (again.status, again.body) == (200, first.response)
        before = session.provider("b").own_rows()
        with breaks("PP-ATTEST-1/CERTIFICATE", session.provider("b").executor):
            other = await send(session, body=first.request, **said, **{"from": "mimi@c.example"})
        assert (other.status, code(session, other)) == (403, "not_authorized")
        with breaks("P6-2-FROM/ONE", session.provider("b").executor):
            nobody = await send(session, body=first.request, **said)
        assert (nobody.status, code(session, nobody)) == (400, "malformed")
        with breaks("PP-ATTEST-1/HOLDER", session.provider("b").executor):
            without = await send(session, body=first.request, **said, **{"from": "mimi@a.example"})
        assert without.status == 400
        assert session.provider("b").own_rows() == before
