"""Protocol time that follows the machine's clock: in a federation that stays up nobody advances it by hand."""

import time
from collections.abc import Callable

import trio

from simulator.federation.session import Session


async def keep_pace(session: Session, wall: Callable[[], float] = time.time) -> None:
    """Advance protocol time by each second that passes on the machine's clock from this call on, until cancelled.

    Where the machine slept, or its clock was put forward, the time that is missing passes at once; where the clock was
    put back, protocol time stands still until it is right again. It never runs backwards.
    """
    seen = int(wall())
    while True:
        await trio.sleep(1 - wall() % 1)
        passed = int(wall()) - seen
        if passed > 0:
            seen += passed
            session.advance(passed)
