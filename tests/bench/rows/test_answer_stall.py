"""Every answer of every draft is asked for at the endpoint that it is meant for, and really takes somebody's time."""

import pytest

from simulator.bench.federations import HUB, NOW, topology
from simulator.bench.rows.answer_stall import ROWS, stalled
from simulator.drafts import DRAFTS
from simulator.federation import Topology, open_session

ANSWERS = [(draft, name) for draft in DRAFTS for name in draft.adversary.answers]
SMALL = [(draft, name) for draft, name in ANSWERS if name in {"a crowded leaf", "16 MiB of KeyPackages"}]


def test_there_are_some() -> None:
    assert {draft.name for draft, _ in SMALL} == {draft.name for draft, _ in ANSWERS}
    assert len(SMALL) == 2 * len({draft.name for draft, _ in ANSWERS})
    assert ROWS[0].limit == 100


@pytest.mark.parametrize(("draft", "name"), SMALL, ids=lambda each: getattr(each, "name", each))
async def test_it_is_what_a_client_gets(draft, name: str) -> None:
    answer = draft.adversary.answers[name](HUB, NOW)
    wanted = Topology(topology(1).providers, draft=draft.name, key_packages=1)
    async with open_session(wanted, seed=1, now=NOW) as session:
        longest, asked = await stalled(session, answer, 0)
        assert asked == 0
        longest, asked = await stalled(session, answer, 0.01)
        got = [each for each in session.recorder.exchanges if each.response == answer.body]
    assert 0 < longest < 1000
    assert len(got) >= asked >= 1
