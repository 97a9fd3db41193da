"""The operation `reportAbuse`: what a hub takes for a report of messages that it accepted itself ([P] 5.9)."""

from functools import partial

from simulator import storage
from simulator.drafts.mimi_protocol_06.content.reported import FrankedRoom, check_reported
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbuseReport
from simulator.drafts.mimi_protocol_06.names import provider_uri
from simulator.drafts.mimi_protocol_06.refusals import INVALID_FRANK, forbidden
from simulator.drafts.mimi_protocol_06.room.admission import may_report
from simulator.drafts.mimi_protocol_06.room.new_room import franking_agent_of
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, room_state
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import find_room
from simulator.rules import check
from simulator.services.hub.mls_rules import mls_check
from simulator.services.names import BadName, user_provider
from simulator.services.refusal import rule
from simulator.services.service_context import ServiceContext

PAGE = "PROTOCOL.md, Abuse reports"

SENDER = forbidden("P6-4.8-SENDER")
REPORTER = forbidden("P6-4.8-REPORTER")
MESSAGES = rule("P6-4.8-MESSAGES", INVALID_FRANK, PAGE, essential="the hub would believe whatever it is told")


def report_abuse(room: str, report: AbuseReport, provider: str, context: ServiceContext) -> None:
    """Take and keep a report that `provider` has brought, all of it or nothing. Raises Refusal."""
    record = find_room(room, context)
    state = room_state(record.public)
    takes_part = any(_provider(pair.user) == provider for pair in state.participants.participants)
    check(SENDER, takes_part, f"no user of {provider} takes part in {room}")
    _check_reporter(report.reporting_user, provider, state)
    franked = FrankedRoom(
        room,
        provider_uri(context.provider),
        RoomFacts.of(record).hub_key,
        franking_agent_of(record.public),
        record.public.suite,
    )
    said = []
    for message in report.messages:
        content = mls_check(MESSAGES, partial(check_reported, message, report.alleged_abuser_uri, franked))
        said.append((message.accepted_timestamp, content.body))
    kept = storage.AbuseReport(
        group_id=record.public.group_id,
        provider=provider,
        reporter=report.reporting_user,
        abuser=report.alleged_abuser_uri,
        note=report.note,
        messages=tuple(said),
        at=context.now,
    )
    context.store.abuse_reports.add(kept, context.policy.abuse_reports, context.policy.abuse_report_bytes)


def _check_reporter(user: str, provider: str, state: RoomState) -> None:
    """Who reports need not say so; who does is a user of the provider that brings the report, and may."""
    if user:
        may = _provider(user) == provider and may_report(user, state)
        check(REPORTER, may, f"{user} may not report messages of this room by way of {provider}")


def _provider(user: str) -> str | None:
    try:
        return user_provider(user)
    except BadName:
        return None
