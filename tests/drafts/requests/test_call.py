"""A request while it is served, and one check of it."""

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.requests.call import Call, Check
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.refusal import Code, Refusal
from tests.drafts.serving import Listening


def call(path: str = "/nothing") -> Call:
    return DRAFTS[0].call(WireRequest("GET", path), Listening())


def test_a_request_at_no_endpoint_has_none() -> None:
    assert call().found is None
    with pytest.raises(LookupError, match="no endpoint is at /nothing"):
        _ = call().endpoint
    assert call("/verification_key").endpoint.name == "verification_key"


async def test_a_check_may_have_to_wait() -> None:
    made: list[Call] = []

    async def waiting(asked: Call) -> None:
        made.append(asked)

    asked = call()
    await Check("waits", waiting)(asked)
    await Check("does not", made.append)(asked)
    assert made == [asked, asked]


async def test_a_refusal_cites_the_text_of_its_check_where_it_does_not_say_itself() -> None:
    def refuse(_: Call) -> None:
        raise HTTPRefusal(Code.malformed, "no", status=415, headers=(("x", "y"),))

    def cite(_: Call) -> None:
        raise Refusal(Code.malformed, "no", "elsewhere")

    with pytest.raises(HTTPRefusal) as caught:
        await Check("a", refuse, "section 2")(call())
    refusal = caught.value
    assert (refusal.section, refusal.status, refusal.headers) == ("section 2", 415, (("x", "y"),))
    with pytest.raises(Refusal) as told:
        await Check("b", cite, "section 2")(call())
    assert told.value.section == "elsewhere"
