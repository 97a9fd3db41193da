"""One server without a provider behind it."""

from simulator.fuzzing.server_alone import HOST, open_server
from simulator.net import HTTPReply, HTTPRequest, ServerLimits


async def test_it_answers_within_its_limits() -> None:
    async def answer(request: HTTPRequest) -> HTTPReply:
        return HTTPReply(413 if request.body_too_large else 200, (), request.body[::-1])

    async with open_server(answer, ServerLimits(body=3)) as alone, alone.client() as client:
        reply = await client.request("POST", f"https://{HOST}/x", b"abc")
        assert (reply.status, reply.body) == (200, b"cba")
        assert (await client.request("POST", f"https://{HOST}/x", b"abcd")).status == 413
        assert alone.reports == []
