"""A request is named by its group or by its user."""

import pytest

from simulator.federation.control.actions.accept import Accept
from simulator.federation.control.actions.ignore import Ignore


@pytest.mark.parametrize("action", [Accept, Ignore])
def test_it_is_one_of_both(action: type[Accept | Ignore]) -> None:
    assert action(by="bob", from_="alice").group is None
    for named in ({}, {"group": "mimi://a.example/g/1", "from_": "alice"}):
        with pytest.raises(ValueError, match="by `group` or by `from`, one of them"):
            action(by="bob", **named)
