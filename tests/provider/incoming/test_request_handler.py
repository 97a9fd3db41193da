"""One request, its checks in order and its transaction; test_dispatch.py makes each check over HTTPS."""

from dataclasses import replace

import pytest

from simulator.drafts.draft import Draft
from simulator.drafts.requests.call import Call
from simulator.federation import Session
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.services.refusal import Code, Refusal
from simulator.trace import ProtocolEvent
from tests.federated import ask_key


def handler_of(session: Session, draft: Draft | None = None) -> RequestHandler:
    parts = session.provider("a").parts
    return RequestHandler(replace(parts, draft=draft or session.draft), mutual_tls=False)


def asked(session: Session, handler: RequestHandler, recipient: str = "a.example") -> Call:
    outgoing = ask_key(session.draft, "b.example", recipient)
    return Call(outgoing.wire_request, outgoing.endpoint, handler)


async def test_what_comes_from_our_own_client_is_not_judged_as_http(session: Session) -> None:
    handler = handler_of(session)
    reply = await handler.serve(asked(session, handler), local=True)
    assert reply.status == 200
    call = asked(session, handler)
    await handler.serve(call, local=True)
    assert call.request.names() == ("a.example",), "its provider vouches for it"
    with pytest.raises(Refusal, match="not at no host"):
        await handler.serve(asked(session, handler))


@pytest.mark.parametrize(("local", "noted"), [(True, []), (False, ["b.example"])])
async def test_a_refusal_says_what_and_who_and_is_noted(session: Session, local: bool, noted: list[str]) -> None:
    handler = handler_of(session)
    call = asked(session, handler, "c.example")
    headers = (("content-type", "application/octet-stream"),)
    call.request = replace(call.request, host="ds.a.example", headers=headers)
    with pytest.raises(Refusal, match="this is for c") as caught:
        await handler.serve(call, local=local)
    assert (caught.value.code, caught.value.operation, caught.value.provider) == (
        Code.wrong_recipient,
        "verification_key",
        "a.example",
    )
    events = [event for event in session.recorder.events if isinstance(event, ProtocolEvent)]
    assert [event.peer for event in events if event.kind == "Refused"] == noted


async def test_a_draft_has_a_check_that_reads_the_request(session: Session) -> None:
    handler = handler_of(session, replace(session.draft, checks=()))
    with pytest.raises(LookupError, match="none of the checks of mimi-transport-00 reads the request"):
        await handler.serve(asked(session, handler))
