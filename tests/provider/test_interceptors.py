"""Honest unless told otherwise, and again once told to stop."""

from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.interceptors import Interceptor, Interceptors


class Teapot(Interceptor):
    """A provider that is one."""

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        return HTTPReply(418)


async def asked(session: Session) -> int:
    alice, bob = session.provider("a"), session.provider("b")
    reply = await alice.http.request("GET", f"https://{bob.name}/.well-known/mimi/ds-domain")
    return reply.status


async def test_other_providers_get_what_misconduct_makes_of_the_answer(session: Session) -> None:
    teapot, interceptors = Teapot(), session.provider("b").executor.interceptors
    for end in (lambda: interceptors.end(teapot), interceptors.end):
        interceptors.begin(teapot)
        assert await asked(session) == 418
        end()
        assert await asked(session) == 200


async def test_honesty_changes_nothing(session: Session) -> None:
    interceptors = Interceptors()
    context = session.provider("a").executor.context()
    assert interceptors.effects((), context) == ()
    assert interceptors.queued_messages("x", ()) == ()
