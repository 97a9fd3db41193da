"""A client's events come into the trace with the same facts, and its secrets only where somebody wants them."""

from pathlib import Path

from simulator.mls.crypto import cipher_suite
from simulator.mls.key_schedule.secret_tree import SecretTree
from simulator.scenario import load_file, run_scenario
from simulator.trace import ClientSecret, ProtocolEvent, Recorder
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
