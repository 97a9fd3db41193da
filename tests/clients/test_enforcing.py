from collections.abc import Iterator
from contextlib import contextmanager

import trio

from simulator.clients.enforcing import by_own_rules
from simulator.errors import SimulatorError
from simulator.rules import Enforcement, Rule, check

RULE = Rule("T-1", SimulatorError)


class Lenient:
    """Somebody who keeps no T-1."""

    enforcement = Enforcement({"T-1"})

    def __init__(self) -> None:
        self.occupations = 0

    @contextmanager
    def occupied(self) -> Iterator[None]:
        self.occupations += 1
        yield
        self.occupations -= 1

    @by_own_rules
    def look(self, holds: bool) -> bool:
        return check(RULE, holds, "broken")

    @by_own_rules
    async def wait(self, holds: bool) -> bool:
        await trio.lowlevel.checkpoint()
        assert self.occupations == 1
        return check(RULE, holds, "broken")


async def test_methods_check_by_the_rules_of_whose_they_are() -> None:
    lenient = Lenient()
    assert (lenient.look(False), await lenient.wait(False)) == (False, False)
    assert (lenient.look(True), await lenient.wait(True)) == (True, True)
    assert lenient.occupations == 0
