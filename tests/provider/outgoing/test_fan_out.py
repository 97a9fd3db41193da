"""The outbox empties in order, tries again by the clock, and one guest's trouble is nobody else's."""

import math
from itertools import pairwise

import pytest
import trio

from simulator.bench.federations import HUB
from simulator.bench.rows.silent_followers import with_silent
from simulator.clients.operations import AddUsers, CreateGroup, Send, UpdateClient
from simulator.federation import Certificate, Session
from simulator.net.faults import ClockSkew, DropAnswer, Hold, RequestMatch, Respond
from tests.federated import connected, federation


@pytest.fixture
async def group(session: Session) -> str:
    """A group of alice's phone with bob and carol."""
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    alice = session.client("alice")
    uri = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(uri, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    return uri


def _texts(session: Session, client: str) -> list[bytes]:
    return [received.data for received in session.client(client).inbox]


async def test_one_request_per_guest_provider_and_in_order(session: Session, group: str) -> None:
    before = len(session.recorder.exchanges)
    for number in range(5):
        await session.client("alice").perform(Send(group, b"%d" % number))
    await session.settle()
    assert _texts(session, "bob") == _texts(session, "carol") == [b"0", b"1", b"2", b"3", b"4"]
    sent = [e.recipient for e in session.recorder.exchanges[before:] if e.endpoint == "deliver_message"]
    assert sorted(sent) == ["ds.b.example"] * 5 + ["ds.c.example"] * 5


async def test_a_guest_in_trouble_delays_nobody_and_gets_everything_in_the_end(session: Session, group: str) -> None:
    await session.present("b", Certificate.expired)
    for number in range(3):
        await session.client("alice").perform(Send(group, b"%d" % number))
    await session.settle()
    assert (_texts(session, "bob"), _texts(session, "carol")) == ([], [b"0", b"1", b"2"])
    await session.present("b", Certificate.good)
    await session.settle()
    assert _texts(session, "bob") == [], "the next try is due by the clock only"
    session.advance(1)
    await session.settle()
    assert _texts(session, "bob") == [b"0", b"1", b"2"]


async def _attempts(session: Session, until: int) -> list[int]:
    """When b.example was tried, in seconds from now, within so much time; tries fail at the name already."""
    start, first = session.now, len(session.recorder.exchanges)
    found: list[int] = []
    while session.now < start + until:
        await session.settle()
        tries = sum(1 for e in session.recorder.exchanges[first:] if e.recipient == "ds.b.example")
        found += [session.now - start] * (tries - len(found))
        session.advance(1)
    return found


async def test_tries_are_further_and_further_apart(session: Session, group: str) -> None:
    await session.present("b", Certificate.expired)
    await session.client("alice").perform(Send(group, b"?"))
    attempts = await _attempts(session, 65)
    pauses = [later - earlier for earlier, later in pairwise(attempts)]
    assert len(pauses) >= 5
    assert all(longest - longest // 2 <= pause <= longest for pause, longest in zip(pauses, (1, 2, 4, 8, 16, 32)))  # noqa: B905


async def test_pauses_are_the_same_for_the_same_seed_only() -> None:
    found = []
    for seed in (1, 1, 2):
        async with federation(seed=seed) as session:
            await connected(session, ("alice", "bob"))
            await session.present("b", Certificate.expired)
            await session.client("alice").perform(UpdateClient(next(iter(session.client("alice").groups))))
            found.append(await _attempts(session, 250))
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize("status", [429, 503])
async def test_a_guest_that_asks_for_time_gets_it(session: Session, group: str, status: int) -> None:
    busy = Respond(
        where=RequestMatch(recipient="b.example", operation=("deliver_message",), times=1), status=status, retry_after=9
    )
    with session.inject(busy):
        await session.client("alice").perform(Send(group, b"in time"))
        await session.settle()
        session.advance(8)
        await session.settle()
        assert _texts(session, "bob") == []
        session.advance(1)
        await session.settle()
        assert _texts(session, "bob") == [b"in time"]


async def test_a_guest_that_hangs_delays_nobody(session: Session, group: str) -> None:
    with session.inject(Hold(where=RequestMatch(recipient="b.example"))) as hanging:
        for number in range(3):
            await session.client("alice").perform(Send(group, b"%d" % number))
        await session.settle()
        assert (_texts(session, "bob"), _texts(session, "carol")) == ([], [b"0", b"1", b"2"])
        assert len(hanging.held) == 1, "one attempt at a time"
    await session.settle()
    assert _texts(session, "bob") == [b"0", b"1", b"2"]


async def test_an_attempt_ends_if_the_guest_hangs_too_long(session: Session, group: str) -> None:
    limit = math.ceil(session.provider("a").settings.client_limits.seconds)
    with session.inject(Hold(where=RequestMatch(recipient="b.example", times=1))) as hanging:
        await session.client("alice").perform(Send(group, b"late"))
        await session.settle()
        session.advance(limit)
        await session.settle()
        assert (hanging.held, _texts(session, "bob")) == ((), [])
        session.advance(1)
        await session.settle()
        assert _texts(session, "bob") == [b"late"]


async def test_what_is_too_old_is_given_up_and_reported(session: Session, group: str) -> None:
    await session.present("b", Certificate.expired)
    await session.client("alice").perform(Send(group, b"old"))
    created = session.now
    for _ in range(8 * 24):
        await session.settle()
        session.advance(3600)
    (report,) = session.provider("a").undelivered
    assert (report.provider, report.recipients) == ("b.example", (session.client("bob").uri,))
    assert (report.group_id, report.created) == (group.encode(), created)
    assert report.attempts > 7 * 24
    assert "certificate has expired" in report.reason
    await session.present("b", Certificate.good)
    await session.client("alice").perform(Send(group, b"new"))
    await session.settle()
    assert _texts(session, "bob") == [b"new"]


async def test_nothing_is_lost_or_doubled_when_the_owner_crashes_before_it_hears_of_success(
    session: Session, group: str
) -> None:
    with session.inject(DropAnswer(where=RequestMatch(recipient="b.example", operation=("deliver_message",), times=1))):
        for number in range(3):
            await session.client("alice").perform(Send(group, b"%d" % number))
        await session.settle()
    await session.crash("a")
    await session.start("a")
    session.advance(1)
    await session.settle()
    assert _texts(session, "bob") == [b"0", b"1", b"2"]


async def test_of_twenty_followers_three_never_answer_and_seventeen_have_everything() -> None:
    """Real servers that take requests and stay silent: `mimi-sim bench fanout-silent` tells how much others notice."""
    async with with_silent(silent=True) as (team, arrivals):
        session = team.session
        with trio.fail_after(session.provider("a").settings.client_limits.seconds / 2):
            for _ in range(3):
                await arrivals.of(team)
        silent = {provider.name for provider in session.providers} - {HUB, *arrivals.names}
        assert len(silent) == 3
        outbox = session.provider(HUB).executor.store.outbox
        assert [outbox.backlog(name)[0] for name in sorted(silent)] == [3, 3, 3]
        for user in session.users:
            if user.at in arrivals.names:
                await user.clients[0].sync()
                assert len(user.clients[0].inbox) == 3


async def test_what_was_accepted_while_the_clock_was_ahead_waits_for_no_tomorrow(session: Session, group: str) -> None:
    with session.inject(Respond(where=RequestMatch(recipient="b.example", endpoint="deliver_message"), status=503)):
        with session.inject(ClockSkew(provider="a.example", seconds=24 * 3600)):
            await session.client("alice").perform(Send(group, b"today"))
            await session.settle()
        await session.settle()
    await session.client("alice").perform(Send(group, b"too"))
    session.advance(60)
    await session.settle()
    assert _texts(session, "bob") == [b"today", b"too"]


@pytest.mark.parametrize("jump", [24 * 3600, 8 * 24 * 3600, 100 * 24 * 3600, -100 * 24 * 3600])
@pytest.mark.parametrize("restart", [False, True])
async def test_what_fails_while_the_clock_is_wrong_is_not_lost(
    session: Session, group: str, jump: int, restart: bool
) -> None:
    with session.inject(Respond(where=RequestMatch(recipient="b.example", endpoint="deliver_message"), status=503)):
        for text in (b"first", b"second"):
            await session.client("alice").perform(Send(group, text))
        with session.inject(ClockSkew(provider="a.example", seconds=jump)):
            if restart:
                await session.crash("a")
                await session.start("a")
            for _ in range(4):
                await session.settle()
                session.advance(30)
        await session.settle()
    assert session.provider("a").undelivered == ()
    session.advance(300)
    await session.settle()
    assert _texts(session, "bob") == [b"first", b"second"]
