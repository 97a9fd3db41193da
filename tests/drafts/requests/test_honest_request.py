"""What a draft gives of a forged request."""

from simulator.drafts import DRAFTS
from simulator.drafts.requests.honest_request import HonestRequest, nothing_said

SIDES = ("m.example", "c.example")


def test_a_draft_may_give_nothing() -> None:
    assert nothing_said(DRAFTS[0].endpoints[0], *SIDES, {}) == HonestRequest()


def test_the_first_draft_gives_who_asks_whom_and_about_whom() -> None:
    about = {"requester": "mimi://a.example/u/alice", "target": "mimi://c.example/u/carol", "group": "mimi://g"}
    honest = DRAFTS[0].honest(DRAFTS[0].named("group_key_packages"), *SIDES, about)
    assert honest.fields == {
        "version": 1,
        "sender": "m.example",
        "recipient": "c.example",
        "requester": about["requester"],
        "target": {"user": {"user": about["target"]}},
        "signature": "",
    }
    assert honest.signature == "signature"
    operation = DRAFTS[0].honest(DRAFTS[0].named("group_operation"), *SIDES, {})
    assert (set(operation.fields), operation.signature) == ({"version", "sender", "recipient"}, None)
    assert DRAFTS[0].honest(DRAFTS[0].named("deliver_message"), *SIDES, about).fields["group_id"] == "mimi://g"
    assert DRAFTS[0].honest(DRAFTS[0].discovery.endpoint, *SIDES, about) == HonestRequest()
