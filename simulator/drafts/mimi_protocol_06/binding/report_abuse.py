"""`reportAbuse`: a receiver's provider tells the hub of messages that it holds against somebody."""

from dataclasses import replace
from http import HTTPStatus

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.binding.opening import ascends, named, opened, room_in_path
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbuseReport, AbusiveMessage
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, REFUSALS, read_done, succeed
from simulator.drafts.mimi_protocol_06.rules.report_abuse import report_abuse
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.commands import Report
from simulator.services.names import user_provider
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext

NAME = "reportAbuse"

UNSPECIFIED = 0
"""There is no taxonomy of abuse ([P] 5.9, TODO)."""


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    room = room_in_path(request)
    report = opened(AbuseReport, request.body)
    if report.reporting_user:
        named("the reporting user", report.reporting_user, user_provider)
    named("the alleged abuser", report.alleged_abuser_uri, user_provider)
    ascends(report.abuse_extensions)
    known = head(NAME)(request)
    group = group_of(room).decode()

    def perform(context: ServiceContext) -> Answer:
        report_abuse(room, report, str(known.sender), context)
        return Answer(succeed(status=HTTPStatus.CREATED))

    return Incoming(replace(known, group=group, rate_keys=(f"group {group}",)), perform)


def read_answer(reply: Reply) -> Done:
    """Raises the peer's Refusal, or BadAnswer."""
    read_done(REFUSALS, reply, HTTPStatus.CREATED)
    return Done()


REPORT_ABUSE = Endpoint(
    NAME,
    "POST",
    Template("/v1/reportAbuse/{roomId}"),
    Place.service_host,
    OCTETS,
    AbuseReport,
    None,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
    success=HTTPStatus.CREATED,
)


def write_report(command: Report) -> bytes:
    """The body of a report. Raises DecodeError for evidence that is none."""
    messages = tuple(decode(AbusiveMessage, evidence) for evidence in command.evidence)
    return encode(AbuseReport(command.reporter, command.abuser, UNSPECIFIED, command.note, messages, NO_EXTENSIONS))


def write_report_abuse(operation: str, room: str, body: bytes, *, sender: str, recipient: str) -> Outgoing:
    """The request that brings a report to the hub of a room."""
    return Outgoing(operation, REPORT_ABUSE, recipient, body, {"roomId": room}, from_header(sender))
