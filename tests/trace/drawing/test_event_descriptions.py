"""What is said of an event, to people."""

import pytest

from simulator.trace import ClientShown, ProtocolEvent, ProviderShown, TLSFailure
from simulator.trace.drawing.event_descriptions import Names, describe

ALICE, BOB = "mimi://a.example/d/alice/phone", "mimi://a.example/d/bob/phone"
NAMES = Names((ProviderShown("a.example", "ds.a.example", (ClientShown("alice.phone", ALICE),)),))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "Joined", "epoch": 3}, "joined at epoch 3"),
        ({"kind": "Sent", "details": {"text": "hello"}}, "sent “hello”"),
        ({"kind": "Sent", "details": {"data": "00ff"}}, "sent 2 bytes"),
        ({"kind": "Received", "peer": ALICE, "details": {"text": "hi"}}, "received “hi” from alice.phone"),
        ({"kind": "EpochChanged", "epoch": 4, "peer": ALICE}, "epoch 4 by alice.phone"),
        (
            {"kind": "EpochChanged", "epoch": 4, "peer": ALICE, "details": {"added": f"{ALICE}, {BOB}"}},
            f"epoch 4 by alice.phone, added alice.phone, {BOB}",
        ),
        (
            {"kind": "EpochChanged", "epoch": 4, "peer": ALICE, "details": {"added": ALICE, "unproven": ALICE}},
            "epoch 4 by alice.phone, added alice.phone, without proof of being alice.phone",
        ),
        ({"kind": "Removed", "peer": ALICE}, "removed by alice.phone"),
        ({"kind": "ConnectionRequested", "peer": "a.example"}, "asked for a connection from a.example"),
        ({"kind": "FellBehind", "epoch": 2}, "fell behind at epoch 2"),
        ({"kind": "Rejected", "rule": "stale_epoch", "reason": "The epoch is over."}, "rejected: stale_epoch"),
        ({"kind": "Refused", "operation": "send_message", "rule": "wrong_epoch"}, "refused: send_message, wrong_epoch"),
        (
            {"role": "provider", "kind": "Refused", "operation": "send_message", "peer": "b.example", "rule": "x"},
            "refused send_message of b.example: x",
        ),
        ({"role": "provider", "kind": "Refused", "peer": "b.example"}, "refused b.example"),
        ({"kind": "Undelivered", "peer": "b.example", "reason": "gone"}, "undelivered: for b.example, gone"),
        ({"kind": "Crashed"}, "crashed"),
        (
            {
                "kind": "AnsweredAgain",
                "operation": "send_message",
                "peer": "b.example",
                "reason": "it was accepted",
                "requirement": "P-4-REPEATED",
            },
            "answered again send_message (b.example): it was accepted [P-4-REPEATED]",
        ),
        (
            {"kind": "Expired", "reason": "too old", "requirement": "R", "details": {"clients": f"{ALICE}, {BOB}"}},
            f"expired: too old; alice.phone, {BOB} [R]",
        ),
        (
            {"kind": "Redeemed", "reason": "new", "requirement": "R", "details": {"nonce": "ab" * 32, "key": "0" * 64}},
            "redeemed: new; nonce abababab..; key 00000000.. [R]",
        ),
    ],
)
def test_a_protocol_event_in_a_few_words(facts: dict[str, object], said: str) -> None:
    who: dict[str, object] = {"role": "client", "actor": ALICE, "name": "alice.phone"}
    event = ProtocolEvent(started=1, **(who | facts))  # type: ignore[arg-type]
    assert describe(event, NAMES) == said


def test_a_tls_failure_says_why() -> None:
    failure = TLSFailure(server="a.example", reason="certificate expired", peer=("127.0.0.1", 1), started=1)
    assert describe(failure, NAMES) == "TLS failed: certificate expired"
