"""The way to consent that takes no group."""

from typing import Any, cast

from simulator.drafts.consent import ConnectingClient, by_request
from simulator.services.commands import SayConsent
from simulator.storage import EVERYTHING, ConsentWord

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"


class Saying:
    """A client that can only say something."""

    user = ALICE

    def __init__(self) -> None:
        self.said: list[Any] = []

    async def say_consent(self, command: SayConsent) -> None:
        self.said.append(command)


async def test_who_asks_for_consent_gives_it_too() -> None:
    client = Saying()
    await by_request(cast("ConnectingClient", client), BOB)
    assert client.said == [
        SayConsent(ALICE, BOB, ConsentWord.requested, EVERYTHING),
        SayConsent(BOB, ALICE, ConsentWord.granted, EVERYTHING),
    ]
