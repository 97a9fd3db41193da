"""A provider tells what it refuses, what it decides and how it lives; without a recorder to nobody."""

from dataclasses import replace
from functools import partial

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, Send, UpdateClient
from simulator.drafts import DRAFTS
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.requester import Requester
from simulator.federation import Session
from simulator.net import ConnectionLost, HTTPReply
from simulator.net.faults import DropAnswer, RequestMatch, Respond
from simulator.provider.failpoints import Failpoint
from simulator.provider.protocol_events import ProtocolEventLog
from simulator.services.commands import FetchKeyPackages
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.delivery import outbox
from simulator.services.delivery.effects import FanOut
from simulator.services.limits.policy import DAY, Policy
from simulator.services.refusal import Code, Refusal
from simulator.trace import ProtocolEvent, Recorder
from tests.decisions import briefly, decisions
from tests.federated import ask_key, connected


def test_a_refusal_is_told_with_its_rule() -> None:
    recorder = Recorder()
    ProtocolEventLog("a.example", recorder).refused(
        Refusal(Code.wrong_epoch, "too old", operation="add_users", group="g"), "b"
    )
    (event,) = recorder.events
    assert isinstance(event, ProtocolEvent)
    assert (event.kind, event.rule, event.reason, event.operation, event.group, event.peer) == (
        "Refused",
        "wrong_epoch",
        "too old",
        "add_users",
        "g",
        "b",
    )


def test_its_life_is_told() -> None:
    recorder = Recorder()
    event_log = ProtocolEventLog("a.example", recorder)
    event_log.changed_state("Started")
    event_log.changed_state("Crashed")
    assert [event.kind for event in recorder.events if isinstance(event, ProtocolEvent)] == ["Started", "Crashed"]


def test_without_a_recorder_nothing_is_kept() -> None:
    ProtocolEventLog("a.example").changed_state("Started")


def test_a_decision_is_told_with_the_requirement_that_the_draft_has_for_it() -> None:
    recorder = Recorder()
    practice = Practice("QUEUED-ONCE", Kind.deduplicated, "Once.")
    decision = Decision(practice, "it was there", "deliver", "g", "b", {"clients": "bob"})
    ProtocolEventLog("a.example", recorder, DRAFTS[0].follows).decided(decision)
    ProtocolEventLog("a.example", recorder).decided(decision)
    first, own = (event for event in recorder.events if isinstance(event, ProtocolEvent))
    assert (first.kind, first.requirement, first.reason) == ("Deduplicated", "P-5-ONCE", "it was there")
    assert (first.operation, first.group, first.peer, first.details) == ("deliver", "g", "b", {"clients": "bob"})
    assert own.requirement == "QUEUED-ONCE"


async def _group(session: Session) -> str:
    """One of alice's and bob's."""
    await connected(session, ("alice", "bob"))
    alice = session.client("alice")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (session.user("bob").uri,)))
    await session.settle()
    return group


def _at(endpoint: str, times: int = 1) -> RequestMatch:
    return RequestMatch(endpoint=endpoint, times=times)


async def test_what_is_delivered_twice_is_postponed_retried_and_counts_once(session: Session) -> None:
    group = await _group(session)
    with session.inject(DropAnswer(where=_at("deliver_message"))):
        await session.client("alice").perform(Send(group, b"hello"))
        await session.settle()
    session.advance(1)
    await session.settle()
    postponed, retried, once = decisions(session)
    assert (postponed.kind, postponed.requirement, postponed.peer) == ("Postponed", "P-5-OUTBOX", "b.example")
    assert postponed.details == {"again": "attempt 2 in 1 s"}
    assert (retried.kind, retried.requirement, retried.group) == ("Retried", "P-5-OUTBOX", group)
    assert (once.name, once.kind, once.requirement, once.peer) == ("b.example", "Deduplicated", "P-5-ONCE", "a.example")
    assert once.details == {"clients": session.client("bob").uri}


async def test_a_peer_that_asks_for_time_is_why_it_is_postponed(session: Session) -> None:
    group = await _group(session)
    with session.inject(Respond(where=_at("deliver_message"), status=429, retry_after=30)):
        await session.client("alice").perform(Send(group, b"hello"))
        await session.settle()
    (postponed,) = decisions(session)
    assert (postponed.kind, postponed.requirement) == ("Postponed", "P-5-BACK-OFF")
    assert postponed.details == {"again": "attempt 2 in 30 s"}


async def test_a_request_that_is_repeated_is_answered_again(session: Session) -> None:
    group = await _group(session)
    bob = session.client("bob")
    with session.inject(DropAnswer(where=_at("group_operation"))), pytest.raises(ConnectionLost):
        await bob.perform(UpdateClient(group))
    await session.settle()
    (again,) = (event for event in decisions(session) if event.role == "provider")
    assert (again.name, again.kind, again.requirement) == ("a.example", "AnsweredAgain", "P-4-REPEATED")
    assert (again.operation, again.group, again.peer) == ("update_client", group, "b.example")


async def test_what_will_never_be_delivered_is_told_with_the_reason(session: Session) -> None:
    group = await _group(session)
    await session.crash("b")
    await session.client("alice").perform(Send(group, b"hello"))
    await session.settle()
    executor = session.provider("a").executor
    due = executor.do(partial(outbox.due, "b.example"))
    assert due is not None
    full = [FanOut("b.example", due.delivery)]
    executor.do(lambda context: outbox.keep(full, replace(context, policy=Policy(outbox_messages=1))))
    for _ in range(Policy().pointless_attempts):
        due = executor.do(partial(outbox.due, "b.example"))
        assert due is not None
        executor.do(partial(outbox.settle, due, Refusal(Code.malformed, "no such thing")))
    await session.client("alice").perform(Send(group, b"too late"))
    for _ in range(8 * 24):
        await session.settle()
        session.advance(3600)
    assert [(each.requirement, each.peer) for each in decisions(session) if each.kind == "Undelivered"] == [
        ("OUTBOX-ROOM", "b.example"),
        ("OUTBOX-POINTLESS", "b.example"),
        ("P-5-BACK-OFF", "b.example"),
    ]
    assert len(session.provider("a").undelivered) == 3


async def test_a_crash_in_the_midst_of_a_decision_leaves_nothing_of_it(session: Session) -> None:
    group = await _group(session)
    provider = session.provider("a")
    await session.crash("b")
    provider.failpoints.crashes = lambda point, _: point is Failpoint.SETTLING
    await session.client("alice").perform(Send(group, b"hello"))
    await session.settle()
    assert decisions(session) == []


async def test_expired_key_packages_and_those_of_last_resort_are_told(session: Session) -> None:
    bob = session.client("bob")
    bob.online = False
    session.advance(29 * DAY)
    with pytest.raises(Refusal, match="no KeyPackage"):
        await session.client("alice").request_connection(bob.user)
    expired = ("b.example", "Expired", "P-5-EXPIRED", "connection_key_packages")
    assert briefly(session, "Expired")[-1] == expired
    bob.publish(0, CONNECTION, last_resort=True)
    await session.client("alice").request_connection(bob.user)
    assert briefly(session)[-2:] == [
        expired,
        ("b.example", "LastResort", "P-5-HANDED-OUT-ONCE", "connection_key_packages"),
    ]
    assert decisions(session)[-1].details == {"clients": bob.uri}


async def test_what_is_remembered_of_others_expires(session: Session) -> None:
    key = await session.provider("a").keys.of("b.example")
    session.advance(key.not_after - session.now + 1)
    await session.provider("a").keys.of("b.example")
    assert briefly(session) == [
        ("a.example", "Expired", "P-5-KEY-CACHE", "provider_key"),
        ("a.example", "Expired", "P-2-DISCOVERY-CACHE", "discovery"),
    ]


async def test_where_somebody_is_not_any_more_is_dropped(session: Session, impostor) -> None:
    peers = session.provider("a").peers
    await peers.hosts("b.example")
    await impostor(lambda _: HTTPReply(421))
    await peers.send(ask_key(session.draft, "a.example", "b.example"))
    assert briefly(session) == [("a.example", "Dropped", "DISCOVERY-MISDIRECTED", "discovery")]


async def test_a_bad_signature_has_the_key_fetched_again_and_not_too_often(session: Session) -> None:
    command = FetchKeyPackages("mimi://b.example/u/bob", "mimi://a.example/u/alice", CONNECTION)
    rubbish = session.draft.write_fetch(command, Requester("b.example", lambda *_: bytes(64))).body
    for _ in range(2):
        assert (await session.send_raw("c", "a", "connection_key_packages", rubbish)).error == "invalid_signature"
    assert briefly(session) == [
        ("a.example", "Retried", "P-5-KEY-CACHE", "provider_key"),
        ("a.example", "NotAsked", "PROVIDER-KEY-COOLDOWN", "provider_key"),
    ]
