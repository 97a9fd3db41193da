"""A client's events and decisions come into the trace as they are, its secrets only where somebody wants them."""

from pathlib import Path

import pytest

from simulator.clients.adversary import WrongMembershipTag
from simulator.clients.backoff import GIVES_UP_AFTER, LONGEST
from simulator.clients.key_packages.key_stock import CLOCK_SKEW, LIFETIME
from simulator.clients.operations import AddUsers, CreateGroup, RemoveUsers, Send, UpdateClient
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.federation import Session
from simulator.federation.client_events import _details
from simulator.mls.crypto import cipher_suite
from simulator.mls.key_schedule.secret_tree import SecretTree
from simulator.net.faults import Corrupt, RequestMatch, Respond
from simulator.provider.adversary import withhold
from simulator.provider.failpoints import Failpoint
from simulator.scenario import load_file, run_scenario
from simulator.trace import ClientSecret, ProtocolEvent, Recorder
from tests.decisions import decisions
from tests.federated import connected, federation
from tests.scenario.small_scenarios import Silent

FILE = Path(__file__).parents[2] / "scenarios/fanout/guest-message.yaml"


async def recorded(**wishes: bool) -> Recorder:
    recorder = Recorder(**wishes)  # type: ignore[arg-type]
    await run_scenario(load_file(FILE), None, Silent(), recorder)
    return recorder


async def test_what_clients_and_providers_note_is_told() -> None:
    events = [event for event in (await recorded()).events if isinstance(event, ProtocolEvent)]
    assert {"Joined", "Sent", "Received", "EpochChanged"} <= {e.kind for e in events if e.role == "client"}
    assert {"Started", "Delivered"} <= {e.kind for e in events if e.role == "provider"}
    received = next(event for event in events if event.kind == "Received")
    sent = next(event for event in events if event.kind == "Sent")
    assert (received.peer, received.group, received.epoch) == (sent.actor, sent.group, sent.epoch)
    assert received.details == sent.details
    assert received.details["text"]
    assert all(event.step for event in events)


async def test_secrets_are_kept_unless_they_are_asked_for() -> None:
    assert not [event for event in (await recorded()).events if isinstance(event, ClientSecret)]
    told = [event for event in (await recorded(secrets=True)).events if isinstance(event, ClientSecret)]
    by_epoch: dict[tuple[str, int, str], set[bytes]] = {}
    for secret in told:
        by_epoch.setdefault((secret.group, secret.epoch, secret.label), set()).add(secret.secret)
    assert {label for _, _, label in by_epoch} == {"sender_data_secret", "encryption_secret", "exporter_secret"}
    assert all(len(secrets) == 1 for secrets in by_epoch.values()), "all members of an epoch have the same"
    (encryption,) = next(secrets for (_, _, label), secrets in by_epoch.items() if label == "encryption_secret")
    assert SecretTree.of(cipher_suite(1), 2, encryption).secrets


async def test_refusals_are_told_with_their_rule() -> None:
    recorder = Recorder()
    attack = load_file(FILE.parents[1] / "malicious/forwarded-group-operation.yaml")
    await run_scenario(attack, None, Silent(), recorder)
    refused = [event for event in recorder.events if isinstance(event, ProtocolEvent) and event.kind == "Refused"]
    assert "wrong_recipient" in {event.rule for event in refused}
    assert all(event.is_rejection and event.reason for event in refused)
    assert "wrong_recipient" in {exchange.code for exchange in recorder.exchanges}


async def test_rejections_of_clients_are_told_with_their_rule_and_reason() -> None:
    recorder = Recorder()
    await run_scenario(load_file(FILE.parents[1] / "malicious/broken-commits.yaml"), None, Silent(), recorder)
    rejected = [each for each in recorder.events if isinstance(each, ProtocolEvent) and each.kind == "Rejected"]
    assert rejected
    assert all(each.role == "client" and each.rule and each.reason and each.group for each in rejected)


async def _group(session: Session) -> str:
    """One of alice's and bob's, at a.example."""
    await connected(session, ("alice", "bob"))
    alice = session.client("alice")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (session.user("bob").uri,)))
    await session.settle()
    return group


def _of_bob(session: Session) -> list[tuple[str, str | None, str | None]]:
    """What bob decided, and following which requirement; about which group."""
    return [(each.kind, each.requirement, each.group) for each in decisions(session) if each.name == "bob.phone"]


async def test_a_client_without_an_answer_defers_messages_backs_off_and_asks_again() -> None:
    async with federation() as session:
        group = await _group(session)
        alice, bob = session.client("alice"), session.client("bob")
        busy = Respond(where=RequestMatch(endpoint="group_operation"), status=503)
        with session.inject(busy):
            with pytest.raises(BadAnswer):
                await bob.perform(UpdateClient(group))
            await alice.perform(Send(group, b"hello"))
            await session.rest()
            await bob.sync()
        await session.settle()
        assert _of_bob(session) == [
            ("Deferred", "P-4-REPEATED", group),
            ("Retried", "P-4-REPEATED", group),
            ("BackedOff", "CLIENT-ASKS-LATER", group),
            ("Retried", "P-4-REPEATED", group),
        ]
        assert decisions(session)[2].details == {"again": "in 1 s"}
        assert [message.data for message in bob.inbox] == [b"hello"]


async def test_a_hub_that_can_not_be_asked_keeps_its_group_s_messages_waiting_for_a_week() -> None:
    async with federation() as session:
        bob = session.client("bob")
        await connected(session, ("alice", "bob"))
        bob.online = False
        alice = session.client("alice")
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (bob.user,)))
        await alice.perform(Send(group, b"hello"))
        await session.settle()
        bob.online = True
        where = RequestMatch(sender="b.example", endpoint="welcome_information")
        with session.inject(Respond(where=where, status=503)):
            for _ in range(2 * GIVES_UP_AFTER // LONGEST):
                await bob.sync()
                session.advance(LONGEST)
                if not bob.unopened:
                    break
        found = _of_bob(session)
        assert found[:2] == [("Deferred", "P-5-ONE-OWNER", group), ("BackedOff", "P-5-ONE-OWNER", group)]
        assert found[-1] == ("GaveUp", "P-5-ONE-OWNER", group)
        assert {each.details.get("again") for each in decisions(session)} >= {"in 1 s", "in 2 s", "in 3600 s"}


async def test_a_tree_that_is_refused_is_asked_for_again() -> None:
    async with federation() as session:
        await connected(session, ("alice", "bob"))
        where = RequestMatch(sender="b.example", endpoint="welcome_information", times=1)
        with session.inject(Corrupt(where=where, part="request", offset=-17)):
            group = await session.client("alice").perform(CreateGroup())
            await session.client("alice").perform(AddUsers(group, (session.user("bob").uri,)))
            await session.settle()
        assert _of_bob(session) == [("Retried", "P-5-ONE-OWNER", group)]


async def test_what_waits_for_the_user_is_dropped_with_the_invitation() -> None:
    async with federation() as session:
        alice, bob = session.client("alice"), session.client("bob")
        group = await alice.request_connection(bob.user)
        assert group is not None
        await alice.perform(UpdateClient(group))
        await session.settle()
        bob.ignore_request(group)
        assert _of_bob(session) == [
            ("Deferred", "CLIENT-WAITS-FOR-USER", group),
            ("Dropped", "CLIENT-DROPS-UNWANTED", group),
        ]


async def test_what_was_read_before_its_provider_went_down_is_not_read_again() -> None:
    async with federation() as session:
        group = await _group(session)
        provider = session.provider("b")
        provider.failpoints.crashes = lambda point, _: point is Failpoint.ACKNOWLEDGING
        await session.client("alice").perform(Send(group, b"hello"))
        await session.settle()
        provider.failpoints.crashes = lambda point, _: False
        await session.start("b")
        await session.settle()
        assert _of_bob(session) == [("Deduplicated", "P-5-ACKNOWLEDGED", group)]
        assert len(session.client("bob").inbox) == 1


async def test_keys_of_expired_key_packages_are_deleted() -> None:
    async with federation() as session:
        bob = session.client("bob")
        bob.online = False
        session.advance(LIFETIME + CLOCK_SKEW + 1)
        bob.online = True
        await session.settle()
        assert _of_bob(session) == [("Expired", "CLIENT-KEYS-EXPIRED", None)]


async def test_a_group_that_can_not_be_compared_with_its_hub_is_compared_later() -> None:
    async with federation() as session:
        group = await _group(session)
        where = RequestMatch(sender="b.example", endpoint="external_commit_information")
        with session.inject(Respond(where=where, status=503)):
            await session.client("alice").perform(WrongMembershipTag(group))
            await session.settle()
            assert session.client("bob").doubtful == (group,)
        assert set(_of_bob(session)) == {("BackedOff", "CLIENT-COMPARES-LATER", group)}


async def test_a_group_to_which_there_is_no_way_back_is_given_up() -> None:
    async with federation() as session:
        group = await _group(session)
        alice, bob = session.client("alice"), session.client("bob")
        await alice.perform(RemoveUsers(group, (bob.user,)))
        withhold(session.provider("a"), "b.example")
        await bob.recover(group)
        assert _of_bob(session) == [("GaveUp", "CLIENT-LEAVES-BEHIND", group)]


def test_bytes_that_are_no_text_are_told_in_hex_by_their_name() -> None:
    found = {"data": b"hello", "evidence": b"proof", "other": b""}
    assert _details(found) == {"text": "hello", "evidence": b"proof".hex()}
    assert _details({"data": b"\xff"}) == {"data": "ff"}
