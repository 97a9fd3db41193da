"""A running federation for the provider's tests."""

from collections.abc import AsyncIterator

import pytest
import trio

from simulator.federation import Session
from simulator.net import Address, HTTPReply, HTTPRequest, Server, listening_socket, serve
from tests.federated import federation
from tests.provider.impostor import Answer


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation() as running:
        yield running


@pytest.fixture
async def impostor(session: Session, nursery: trio.Nursery):
    """Let a server of the test's own stand at b.example and its DS host, with a good certificate."""

    async def start(answer: Answer, hang: tuple[str, trio.Event] | None = None) -> None:
        async def handler(request: HTTPRequest) -> HTTPReply:
            if hang is not None and request.path == hang[0]:
                hang[1].set()
                await trio.sleep_forever()
            return answer(request)

        environment = session.provider("b")
        context = session.authority.server_context(environment.identity)

        async def run(*, task_status: trio.TaskStatus[Server]) -> None:
            await serve(
                [listening_socket()],
                context,
                handler,
                name="impostor",
                report=lambda report: None,
                task_status=task_status,
            )

        server: Server = await nursery.start(run)
        address: Address = server.addresses[0]
        session.network.bind("b.example", address)
        session.network.bind("ds.b.example", address)

    return start
