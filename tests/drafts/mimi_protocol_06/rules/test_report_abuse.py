"""Who may report what to a hub: messages that it accepted itself, just like that."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbuseReport, AbusiveMessage
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.rules.report_abuse import report_abuse
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.mls.framing.message import mls_message
from simulator.services.refusal import Refusal
from simulator.storage import GroupRecord
from tests.breaking import breaks

from ..messages_said import AGENT, BOB, CONTENT, FRANK, KEYS, ROOM, TIME
from ..rooms import ALICE, CATHY, room
from ..serving import Served

EVE = "mimi://c.example/u/eve"
MESSAGE = AbusiveMessage(CONTENT, FRANK, TIME)
REPORT = AbuseReport(CATHY, BOB, 0, "spam", (MESSAGE,), NO_EXTENSIONS)


@pytest.fixture
def hub() -> Served:
    """The hub of a room of Alice's, Bob's and Cathy's; Eve, of Cathy's provider, is banned."""
    served = Served("a.example")
    whole = room(participants={ALICE: 4, BOB: 2, CATHY: 2, EVE: 1}, agent=AGENT)
    info = next(iter(whole.groups.values())).group_info()
    facts = RoomFacts(KEYS.hub_key, TIME, ("a.example",))
    served.store.groups.save(GroupRecord(whole.service, mls_message(info), facts.encoded))
    return served


def test_what_was_accepted_can_be_reported(hub: Served) -> None:
    report_abuse(ROOM, REPORT, "c.example", hub.context)
    report_abuse(ROOM, replace(REPORT, reporting_user=""), "b.example", hub.context)
    report_abuse(ROOM, replace(REPORT, messages=()), "c.example", hub.context)
    kept = hub.store.abuse_reports.all()
    assert [(each.provider, each.reporter, each.abuser, each.note) for each in kept] == [
        ("c.example", CATHY, BOB, "spam"),
        ("b.example", "", BOB, "spam"),
        ("c.example", CATHY, BOB, "spam"),
    ]
    assert [each.messages for each in kept] == [((TIME, b"Hi"),), ((TIME, b"Hi"),), ()]


@pytest.mark.parametrize(
    ("report", "provider", "rule"),
    [
        (REPORT, "m.example", "P6-4.8-SENDER"),
        (REPORT, "b.example", "P6-4.8-REPORTER"),
        (replace(REPORT, reporting_user=EVE), "c.example", "P6-4.8-REPORTER"),
        (replace(REPORT, reporting_user=ROOM), "c.example", "P6-4.8-REPORTER"),
        (replace(REPORT, alleged_abuser_uri=ALICE), "c.example", "P6-4.8-MESSAGES"),
        (replace(REPORT, messages=(MESSAGE, replace(MESSAGE, accepted_timestamp=1))), "c.example", "P6-4.8-MESSAGES"),
        (replace(REPORT, messages=(replace(MESSAGE, message_content=b"\xff"),)), "c.example", "P6-4.8-MESSAGES"),
    ],
)
def test_what_cant(hub: Served, report: AbuseReport, provider: str, rule: str) -> None:
    before = hub.store.fingerprint()
    with breaks(rule), pytest.raises(Refusal):
        report_abuse(ROOM, report, provider, hub.context)
    assert hub.store.fingerprint() == before
