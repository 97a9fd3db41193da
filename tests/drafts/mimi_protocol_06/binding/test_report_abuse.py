"""reportAbuse: what reaches the hub, and how it is answered."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import DecodeError, decode, encode
from simulator.drafts.mimi_protocol_06.binding.report_abuse import REPORT_ABUSE, write_report
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbuseReport, AbusiveMessage
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.requests.endpoint import BadAnswer, Reply
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary, ComponentData
from simulator.services.commands import Report
from simulator.services.refusal import Refusal
from simulator.services.results import Done
from tests.breaking import breaks

from ..messages_said import BOB, CONTENT, FRANK, ROOM, TIME
from ..rules.test_report_abuse import CATHY, MESSAGE, REPORT, hub
from ..serving import Served, asked

__all__ = ["hub"]


def test_a_report_is_accepted_without_a_word(hub: Served) -> None:
    reply = hub.answer(REPORT_ABUSE, "c.example", ROOM, REPORT)
    assert reply == Reply(201, (), b"")
    assert REPORT_ABUSE.read(reply) == Done()


def test_rates_are_counted_by_room() -> None:
    incoming = REPORT_ABUSE.open(asked(REPORT_ABUSE, "c.example", ROOM, REPORT))
    group = ROOM.replace("/r/", "/g/")
    assert (incoming.envelope.sender, incoming.envelope.group) == ("c.example", group)
    assert incoming.envelope.rate_keys == (f"group {group}",)


@pytest.mark.parametrize(
    ("variable", "body", "rule"),
    [
        (BOB, REPORT, "P6-2-PATH-NAME"),
        (ROOM, encode(REPORT) + b"\x00", "P6-2-BODY/FORM"),
        (ROOM, replace(REPORT, reporting_user=ROOM), "P6-2-BODY/NAMES"),
        (ROOM, replace(REPORT, alleged_abuser_uri=""), "P6-2-BODY/NAMES"),
        (
            ROOM,
            replace(REPORT, abuse_extensions=AppDataDictionary((ComponentData(2, b""), ComponentData(1, b"")))),
            "P6-3-DICTIONARY",
        ),
    ],
)
def test_what_is_no_report(hub: Served, variable: str, body: Any, rule: str) -> None:
    with breaks(rule):
        assert hub.answer(REPORT_ABUSE, "c.example", variable, body).status == 400


def test_a_message_that_the_hub_did_not_accept_is_422(hub: Served) -> None:
    reply = hub.answer(
        REPORT_ABUSE, "c.example", ROOM, replace(REPORT, messages=(replace(MESSAGE, accepted_timestamp=1),))
    )
    assert reply.status == 422
    with pytest.raises(Refusal) as caught:
        REPORT_ABUSE.read(reply)
    assert caught.value.code == "invalid_frank"


def test_another_room_is_404_and_another_provider_403(hub: Served) -> None:
    assert hub.answer(REPORT_ABUSE, "c.example", ROOM + "2", REPORT).status == 404
    assert hub.answer(REPORT_ABUSE, "m.example", ROOM, REPORT).status == 403


def test_another_status_is_no_answer() -> None:
    with pytest.raises(BadAnswer):
        REPORT_ABUSE.read(Reply(200, (), b""))


def test_a_client_reports_what_it_has_evidence_of() -> None:
    command = Report(b"", CATHY, BOB, (encode(MESSAGE),), "spam")
    report = decode(AbuseReport, write_report(command))
    assert report == AbuseReport(CATHY, BOB, 0, "spam", (AbusiveMessage(CONTENT, FRANK, TIME),), NO_EXTENSIONS)
    with pytest.raises(DecodeError):
        write_report(replace(command, evidence=(b"x",)))
