"""Lies at one path, for as often as told."""

from dataclasses import replace

from simulator.drafts.requests.template import Template
from simulator.federation import Session
from simulator.provider.adversary import Answering

PATH = "/.well-known/mimi/ds-domain"


async def test_so_many_lies_and_then_the_truth(session: Session) -> None:
    liar, asking = session.provider("b"), session.provider("a").http
    liar.executor.interceptors.begin(
        Answering(Template(PATH), lambda reply: replace(reply, body=b"ds.c.example"), times=1)
    )
    elsewhere = await asking.request("GET", f"https://{liar.name}/")
    answers = [(await asking.request("GET", f"https://{liar.name}{PATH}")).body for _ in range(2)]
    assert elsewhere.body != b"ds.c.example"
    assert answers == [b"ds.c.example", b"ds.b.example\n"]
