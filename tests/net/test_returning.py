"""Who wants to reach a machine that is about to be back waits for it."""

import trio
import trio.testing

from simulator.net.returning import Returning


async def test_all_who_wait_go_on_once_it_is_back() -> None:
    returning, told, arrived = Returning(), list[str](), list[str]()
    returning.all_back = lambda: told.append("all")

    async def wait(name: str) -> None:
        await returning.wait_for(name)
        arrived.append(name)

    ends = [returning.begin("b.example", "ds.b.example"), returning.begin("b.example"), returning.begin("c.example")]
    assert not returning.is_none
    async with trio.open_nursery() as nursery:
        for name in ("B.example", "ds.b.example", "c.example", "a.example"):
            nursery.start_soon(wait, name)
        await trio.testing.wait_all_tasks_blocked()
        assert arrived == ["a.example"]
        ends[0]()
        await trio.testing.wait_all_tasks_blocked()
        assert sorted(arrived) == ["a.example", "ds.b.example"], "the other has broken down once more meanwhile"
        ends[1]()
        await trio.testing.wait_all_tasks_blocked()
        assert sorted(arrived) == ["B.example", "a.example", "ds.b.example"]
        assert told == []
        ends[2]()
    assert told == ["all"]
    assert returning.is_none
