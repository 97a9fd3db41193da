"""What all actions have in common."""

import pytest

from simulator.federation.control.action import Action
from simulator.federation.control.actions import ACTIONS
from simulator.federation.control.operator import Operator


async def test_an_action_has_to_say_what_it_does(operator: Operator) -> None:
    with pytest.raises(NotImplementedError):
        await Action().run(operator)


def test_the_words_of_the_list_are_the_actions_own() -> None:
    assert {"connect", "create", "add", "send", "fetch"} <= set(ACTIONS)
    assert all(kind.name == name for name, kind in ACTIONS.items())
