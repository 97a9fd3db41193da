"""One request and its answer, or none; afterwards an honest question is answered, or that is what is found."""

from pathlib import Path

import pytest

from simulator.federation import Session
from simulator.fuzzing.external.exchange import SMALL, Exchange
from simulator.fuzzing.external.opening import open_around
from simulator.fuzzing.external.server import server_in
from simulator.fuzzing.external.verdicts import HungUp, NoAnswer, NotServing
from simulator.fuzzing.own_bug import OwnBug
from simulator.mutation.cases import Shot
from simulator.net.faults import DropAnswer, RequestMatch, Respond
from tests.fuzzing.external.served import external


def shot(body: bytes = b"") -> Shot:
    return {"sender": "a.example", "recipient": "c.example", "endpoint": "verification_key", "body": body.hex()}


def exchange(session: Session) -> Exchange:
    return Exchange(session, "c.example")


async def test_a_connection_that_is_lost_once_is_nothing(tmp_path: Path) -> None:
    async with external(tmp_path) as served, open_around(server_in(served.over)) as (environment, _):
        session = environment.session
        with session.inject(DropAnswer(where=RequestMatch(recipient="c.example", times=1))) as dropped:
            exchanged = await exchange(session).send(shot())
        assert exchanged is not None
        assert (dropped.hits, exchanged[1].status) == (1, 400)


async def test_hanging_up_is_found_but_over_what_is_too_large(tmp_path: Path) -> None:
    async with external(tmp_path) as served, open_around(server_in(served.over)) as (environment, _):
        served.relay.mode = "hang up"
        with pytest.raises(HungUp, match=r"verification_key of a\.example at c\.example: "):
            await exchange(environment.session).send(shot())
        assert await exchange(environment.session).send(shot(bytes(SMALL + 1))) is None


async def test_silence_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.fuzzing.external.exchange.PATIENCE", 0.5)
    async with external(tmp_path) as served, open_around(server_in(served.over)) as (environment, _):
        served.relay.mode = "silent"
        with pytest.raises(NoAnswer, match=r"no answer to verification_key of a\.example at c\.example in 0\.5 s"):
            await exchange(environment.session).send(shot())
        with pytest.raises(NotServing, match=r"afterwards no answer to an honest ds_domain in 0\.5 s"):
            await exchange(environment.session).check()


async def test_an_honest_question(tmp_path: Path) -> None:
    async with external(tmp_path) as served, open_around(server_in(served.over)) as (environment, _):
        session, everything = environment.session, RequestMatch(recipient="c.example")
        await exchange(session).check()
        with session.inject(Respond(where=everything, status=503)):
            await exchange(session).check()
        with (
            session.inject(Respond(where=everything, status=500)),
            pytest.raises(NotServing, match="afterwards HTTP 500 to an honest ds_domain"),
        ):
            await exchange(session).check()
        session.provider("a.example").faults.append(ZeroDivisionError("a bug"))
        with pytest.raises(OwnBug, match="a provider of ours has failed: ZeroDivisionError: a bug"):
            await exchange(session).check()
