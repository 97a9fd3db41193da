"""With which keys others sign: a provider asks once, remembers, and asks again when it must."""

from dataclasses import replace

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.drafts.mimi_transport_00.checks import SIGNATURE
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.requester import Requester
from simulator.federation import Session
from simulator.net import ClientLimits, HTTPClient, HTTPReply, HTTPRequest
from simulator.net.faults import ClockSkew, RefuseConnection, RequestMatch
from simulator.provider import WorkTracker
from simulator.provider.outgoing.keyring import Keyring
from simulator.services.commands import FetchKeyPackages
from simulator.services.limits.policy import DAY
from simulator.services.provider_keys import sign_as_provider
from simulator.services.refusal import Refusal
from simulator.services.results import ProviderKey
from simulator.services.signing import Signature
from simulator.trace import Recorder
from tests.breaking import breaks
from tests.federated import ask_key, connected
from tests.provider.impostor import OCTETS, TEXT, discovered_at, requests


async def test_the_verification_key_is_fetched_once_and_again_when_it_has_ended(session: Session) -> None:
    keys = session.provider("a").keys
    first = await keys.of("b.example")
    assert await keys.of("b.example") == first
    assert requests(session, "a.example", "verification_key") == 1
    session.advance(first.not_after - session.now + 1)
    second = await keys.of("b.example")
    assert second.public_key != first.public_key
    assert requests(session, "a.example", "verification_key") == 2


async def test_a_provider_knows_its_own_key_without_asking(session: Session) -> None:
    key = await session.provider("a").keys.of("a.example")
    assert key == await session.provider("b").keys.of("a.example")
    assert requests(session, "a.example", "verification_key") == 0


async def test_a_rotated_key_is_fetched_when_the_old_one_fails(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    before = requests(session, "b.example", "verification_key")
    session.advance(89 * DAY + 1)  # a.example signs with a new key now, the old one is good for a day
    session.client("bob").publish(1, CONNECTION, last_resort=False)
    await session.client("alice").request_connection(session.user("bob").uri)
    await session.settle()
    assert requests(session, "b.example", "verification_key") == before + 1
    assert len(session.client("bob").connection_requests) == 1


async def test_a_key_host_that_speaks_for_another_provider_is_not_believed(session: Session, impostor) -> None:
    theirs = await session.provider("c").keys.of("c.example")
    assert theirs.provider == "c.example"
    real = await session.provider("a").http.request(
        "GET",
        "https://ds.c.example/verification_key",
        ask_key(session.draft, "a.example", "c.example").body,
        content_type="application/octet-stream",
    )

    def answer(request: HTTPRequest) -> HTTPReply:
        if request.path == session.draft.discovery.endpoint.path:
            return HTTPReply(200, TEXT, b"ds.b.example")
        return HTTPReply(200, (("content-type", "application/octet-stream"),), real.body)

    await impostor(answer)
    with pytest.raises(Refusal, match=r"asked b\.example for its key, got one of c\.example"):
        await session.provider("a").keys.of("b.example")


async def test_a_key_host_that_answers_junk_makes_the_sender_unverifiable(session: Session, impostor) -> None:
    await impostor(lambda _: HTTPReply(200, TEXT, b"ds.b.example"))
    with pytest.raises(Refusal, match=r"the verification key of b\.example can't be had") as refused:
        await session.provider("a").keys.of("b.example")
    assert refused.value.code == "sender_unverifiable"


async def test_a_provider_that_can_not_be_asked_is_not_verified(session: Session) -> None:
    fault = RefuseConnection(where=RequestMatch(recipient="b.example", endpoint="verification_key"))
    with session.inject(fault), breaks("PROVIDER-KEY-KNOWN"), pytest.raises(Refusal, match="can't be had"):
        await session.provider("a").keys.of("b.example")


async def test_a_signature_with_another_key_is_refused_by_the_rule_that_is_given(session: Session) -> None:
    forged = Signature("label", b"content", bytes(64))
    with breaks("T-VERIFICATION-KEY-USE"), pytest.raises(Refusal, match="does not verify"):
        await session.provider("a").keys.check("b.example", forged, SIGNATURE)


KEY_PATH = "/verification_key"


@pytest.fixture
def rubbish(session: Session) -> bytes:
    """A well-formed request to a.example in the name of b.example, with a signature that is none."""
    command = FetchKeyPackages("mimi://b.example/u/bob", "mimi://a.example/u/alice", CONNECTION)
    return session.draft.write_fetch(command, Requester("b.example", lambda *_: bytes(64))).body


async def _send(session: Session, body: bytes) -> tuple[int, str | None]:
    reply = await session.send_raw("c", "a", "connection_key_packages", body)
    return reply.http, reply.error


async def test_a_flood_of_bad_signatures_does_not_make_us_ask_for_the_key_each_time(
    session: Session, rubbish: bytes
) -> None:
    for _ in range(20):
        assert await _send(session, rubbish) == (401, "invalid_signature")
    assert requests(session, "a.example", "verification_key") == 2, "the key, and once more in case it was rotated"
    session.advance(59)
    await _send(session, rubbish)
    assert requests(session, "a.example", "verification_key") == 2
    session.advance(1)
    for _ in range(5):
        await _send(session, rubbish)
    assert requests(session, "a.example", "verification_key") == 3


async def test_a_fetch_that_fails_says_nothing_of_the_signature(session: Session, rubbish: bytes) -> None:
    await session.provider("a").keys.of("b.example")
    refused = RefuseConnection(where=RequestMatch(recipient="b.example", endpoint="verification_key"))
    with session.inject(refused) as fault:
        for _ in range(3):
            assert await _send(session, rubbish) == (502, "sender_unverifiable")
        assert fault.hits == 1, "nobody is asked again in the same minute"
    session.advance(59)
    assert await _send(session, rubbish) == (502, "sender_unverifiable")
    session.advance(1)
    asked = requests(session, "a.example", "verification_key")
    for _ in range(3):
        assert await _send(session, rubbish) == (401, "invalid_signature")
    assert requests(session, "a.example", "verification_key") == asked + 1


async def test_a_signature_with_the_key_that_we_know_is_good_while_it_can_not_be_fetched_again(
    session: Session, rubbish: bytes
) -> None:
    await connected(session, ("alice", "bob"))
    await session.provider("a").keys.of("b.example")
    with session.inject(RefuseConnection(where=RequestMatch(recipient="b.example", endpoint="verification_key"))):
        assert await _send(session, rubbish) == (502, "sender_unverifiable")
        command = FetchKeyPackages("mimi://b.example/u/bob", "mimi://a.example/u/alice", CONNECTION)
        good = session.draft.write_fetch(command, Requester("b.example", session.provider("b").keys.sign)).body
        assert await _send(session, good) == (200, None)


async def test_whose_key_was_never_had_is_asked_for_each_time(session: Session, rubbish: bytes) -> None:
    """A provider that was down when it was first heard of must not be refused for a minute."""
    with session.inject(
        RefuseConnection(where=RequestMatch(recipient="b.example", endpoint="verification_key"))
    ) as fault:
        for _ in range(2):
            assert await _send(session, rubbish) == (502, "sender_unverifiable")
        assert fault.hits == 2
    assert await _send(session, rubbish) == (401, "invalid_signature")


async def test_a_clock_that_was_ahead_lets_us_ask_for_a_key_again_in_a_minute(session: Session, rubbish: bytes) -> None:
    with session.inject(ClockSkew(provider="a.example", seconds=10 * DAY)):
        await _send(session, rubbish)
        before = requests(session, "a.example", "verification_key")
    session.advance(60)
    await _send(session, rubbish)
    assert requests(session, "a.example", "verification_key") == before + 1


async def test_a_rotation_in_the_midst_of_such_a_flood_only_delays(session: Session, rubbish: bytes) -> None:
    """The flood has used up the one time; what b.example signs with its new key has to wait for the next."""
    await connected(session, ("bob", "alice"))
    bob, alice = session.client("bob"), session.client("alice")
    group = await bob.perform(CreateGroup())
    await bob.perform(AddUsers(group, (alice.user,)))
    await session.settle()
    old = await session.provider("b").keys.of("b.example")
    session.advance(old.not_after - session.now - DAY)
    await _send(session, rubbish)
    session.advance(1)
    assert await session.provider("b").keys.of("b.example") != old
    await bob.perform(Send(group, b"signed with the new key"))
    await session.settle()
    assert [received.data for received in alice.inbox] == []
    for _ in range(20):
        session.advance(8)
        await session.settle()
    assert [received.data for received in alice.inbox] == [b"signed with the new key"]


async def test_what_was_signed_before_a_rotation_and_comes_after_it_is_signed_again(session: Session) -> None:
    """a.example has the new key already when a request with the old one arrives: the outbox signs the next attempt."""
    await connected(session, ("bob", "alice"))
    command = FetchKeyPackages("mimi://b.example/u/bob", "mimi://a.example/u/alice", CONNECTION)
    sign = session.provider("b").executor.do(sign_as_provider)
    late = session.draft.write_fetch(command, Requester("b.example", sign)).body
    old = await session.provider("b").keys.of("b.example")
    session.advance(old.not_after - session.now - DAY + 1)
    sign = session.provider("b").executor.do(sign_as_provider)
    fresh = session.draft.write_fetch(command, Requester("b.example", sign)).body
    assert (await _send(session, fresh))[1] != "invalid_signature"
    assert await _send(session, late) == (401, "invalid_signature")
    assert (await _send(session, fresh))[1] != "invalid_signature"


async def test_a_key_host_that_hangs_costs_its_patience_once(
    session: Session, impostor, rubbish: bytes, mock_clock: MockClock
) -> None:
    asked = trio.Event()
    await impostor(discovered_at("ds.b.example"), hang=(KEY_PATH, asked))
    statuses = list[int]()
    context, patient = session.authority.client_context(), ClientLimits(seconds=1000)

    async with HTTPClient("c.example", session.network, context, Recorder(), limits=patient) as client:

        async def send() -> None:
            url = "https://ds.a.example/connection_key_packages"
            statuses.append((await client.request("POST", url, rubbish, content_type=OCTETS)).status)

        async with trio.open_nursery() as nursery:
            for _ in range(5):
                nursery.start_soon(send)
            await asked.wait()
            for _ in range(4):
                await wait_all_tasks_blocked()
                mock_clock.jump(1)  # the next of c.example's requests is begun
            await wait_all_tasks_blocked()
            mock_clock.jump(27)
    assert statuses == [502] * 5
    assert trio.current_time() == 31
    assert requests(session, "a.example", "verification_key") == 1


async def test_a_key_host_that_redirects_is_not_followed(session: Session, impostor, rubbish: bytes) -> None:
    there = (("location", "https://ds.c.example/verification_key"),)

    def answer(request: HTTPRequest) -> HTTPReply:
        return HTTPReply(302, there) if request.path == KEY_PATH else HTTPReply(200, TEXT, b"ds.b.example")

    await impostor(answer)
    assert await _send(session, rubbish) == (502, "sender_unverifiable")
    assert not [e for e in session.recorder.exchanges if (e.sender, e.recipient) == ("a.example", "ds.c.example")]


async def test_two_requests_that_fail_at_once_make_us_fetch_a_rotated_key_once(session: Session) -> None:
    """Who failed with a key that has been replaced since takes the new one; asking once more is neither needed nor,
    within the minute, allowed.
    """
    keys = session.provider("a").keys
    old = await keys.of("b.example")
    session.advance(old.not_after - session.now - DAY + 1)  # b.example signs with a new key, the old one is still good
    found = list[ProviderKey]()

    async def fail() -> None:
        found.append(await keys.of("b.example", replacing=old))

    async with trio.open_nursery() as nursery:
        for _ in range(2):
            nursery.start_soon(fail)
    await fail()
    session.advance(60)
    await fail()
    assert found == [found[0]] * 4
    assert found[0] != old
    assert requests(session, "a.example", "verification_key") == 2


async def test_in_a_draft_without_provider_keys_there_are_none(session: Session) -> None:
    provider = session.provider("a")
    draft = replace(session.draft, provider_keys=None)
    keys = Keyring(draft, provider.executor, provider.peers, WorkTracker())
    assert (keys.own, keys.sign) == (None, None)
    with pytest.raises(LookupError, match=f"providers have no keys in {draft.name}"):
        await keys.of("b.example")
    assert provider.executor.store.own_keys.newest(session.now) is None
    assert requests(session, "a.example", "verification_key") == 0


async def test_a_providers_own_key_is_what_others_get(session: Session) -> None:
    provider = session.provider("a")
    assert provider.keys.own == await session.provider("b").keys.of("a.example")
    assert provider.client_api.provider_key == provider.keys.own.public_key
