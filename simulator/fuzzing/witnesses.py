"""Whether honest providers notice anything of what a hostile one does to one of them."""

import trio

from simulator.federation import Session
from simulator.mutation.properties import hold

GRACE = 5
"""Seconds for an honest exchange; it takes some milliseconds."""


async def check_others(session: Session) -> None:
    """b.example gets an answer from a.example, and a.example one from b.example. Raises if not."""
    for sender, recipient in (("b.example", "a.example"), ("a.example", "b.example")):
        question = session.draft.discovery.write(sender, recipient)
        with trio.fail_after(GRACE):
            reply = await session.send_raw(
                sender, recipient, question.endpoint.name, question.body, headers=question.headers
            )
        hold(reply.http == 200, f"{sender} gets {reply.http} from {recipient}: {reply.description}")
