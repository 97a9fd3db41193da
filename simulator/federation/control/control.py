"""Everything that a federation needs to live without a script, in one task."""

from collections.abc import Callable
from functools import partial

import trio

from simulator.federation.control.client_upkeep import maintain
from simulator.federation.control.http import serve_plain
from simulator.federation.control.interface import Interface
from simulator.federation.control.operator import Operator
from simulator.federation.control.pace import keep_pace
from simulator.federation.session import Session


async def control(
    session: Session,
    report: Callable[[Exception], None],
    accepting: bool = False,
    *,
    token: str,
    task_status: trio.TaskStatus[str] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve the control interface of a session until cancelled; started with its URL.

    Protocol time follows the machine's clock meanwhile, and clients read their queues; with `accepting` they agree to
    every connection request. Failures of the simulator itself and of this machine go to `report`. Nobody can do
    anything without the `token`.
    """
    operator = Operator(session)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(keep_pace, session)
        nursery.start_soon(partial(maintain, operator, report, accepting=accepting))
        interface = Interface(operator, report, token=token)
        address = await nursery.start(serve_plain, interface, interface.admit, report)
        task_status.started(f"http://{address.host}:{address.port}")
