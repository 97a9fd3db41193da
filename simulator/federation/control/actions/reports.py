"""What was reported to a hub."""

from typing import Any, ClassVar

import msgspec

from simulator.federation.control.action import Action, Answer
from simulator.federation.control.operator import Operator


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said."""

    accepted: int
    """When the hub accepted it: milliseconds since 1970."""
    text: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report whose messages the hub had accepted itself; users and the group are URIs."""

    group: str
    provider: str
    """Which brought it."""
    reporter: str | None
    """Null where nobody was named."""
    abuser: str
    note: str
    messages: tuple[Message, ...]
    at: int
    """When it was accepted: Unix seconds."""


class Kept(Answer, frozen=True, kw_only=True):
    """What is kept, oldest first: the last of each provider."""

    reports: tuple[Report, ...]


class Reports(Action, frozen=True, kw_only=True):
    """List the accepted reports of abuse that a provider keeps for its operator."""

    name: ClassVar[str] = "reports"
    example: ClassVar[dict[str, Any]] = {"provider": "a.example"}

    provider: str

    async def run(self, operator: Operator) -> Kept:
        """From its store. Raises NotFound and Unsupported."""
        kept = operator.provider(self.provider).executor.store.abuse_reports.all()
        return Kept(
            reports=tuple(
                Report(
                    group=each.group_id.decode(),
                    provider=each.provider,
                    reporter=each.reporter or None,
                    abuser=each.abuser,
                    note=each.note,
                    messages=tuple(
                        Message(accepted=accepted, text=said.decode(errors="replace"))
                        for accepted, said in each.messages
                    ),
                    at=each.at,
                )
                for each in kept
            )
        )
