"""Requests that nobody has signed, and what a refusal says."""

from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.common import ErrorResponse
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.requester import Requester
from simulator.federation import Session
from simulator.net import HTTPReply
from simulator.services.commands import FetchKeyPackages

OCTETS = "application/octet-stream"

COMMAND = FetchKeyPackages("mimi://a.example/u/alice", "mimi://b.example/u/bob", CONNECTION)


def unsigned(session: Session) -> bytes:
    return session.draft.write_fetch(COMMAND, Requester("a.example", lambda *_: b"")).body


def error(reply: HTTPReply) -> str:
    assert reply.header("content-type") == OCTETS
    return decode(ErrorResponse, reply.body).error.code.name
