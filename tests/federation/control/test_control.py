"""All of it together, over a socket."""

from functools import partial

import httpx
import trio

from simulator.federation.control import control, with_token
from tests.federated import federation


async def test_it_serves_and_time_passes(nursery: trio.Nursery) -> None:
    async with federation() as session:
        before = session.now
        url = await nursery.start(partial(control, session, [].append, token="secret"))
        async with httpx.AsyncClient(base_url=with_token(url, "secret"), trust_env=False) as http:
            created = await http.post("/create", json={"by": "alice"})
            assert created.status_code == 200
            told = (await http.post("/group", json={"client": "alice", "group": created.json()["group"]})).json()
            assert told["members"] == {"0": "mimi://a.example/d/alice/phone"}
            with trio.fail_after(20):
                while session.now == before:
                    await trio.lowlevel.checkpoint()
        nursery.cancel_scope.cancel()
