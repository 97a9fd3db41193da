"""What no member can follow, the owner refuses, whoever joins."""

import pytest

from simulator.clients.adversary import OddJoin
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal
from tests.clients.agreement import members


@pytest.mark.parametrize("name", ["alice.laptop", "bob"])
async def test_a_psk_that_nobody_has(session: Session, group: str, name: str) -> None:
    with pytest.raises(Refusal, match="PreSharedKey") as refused:
        await session.client(name).perform(OddJoin(group))
    assert refused.value.code is Code.invalid_commit
    assert members(session, group) == ["alice/phone", "bob/phone"]
