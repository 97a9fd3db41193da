"""Expectations that count."""

import pytest

from simulator.errors import SimulatorError
from simulator.scenario.expectations.counted import Counted
from simulator.scenario.running.context import Context
from simulator.scenario.step import Unmet


class Three(Counted, frozen=True, kw_only=True, tag="three"):
    """There are three."""

    def unmet(self, wanted: str, found: int) -> Unmet:
        return Unmet(wanted, str(found))

    def value(self, context: Context) -> int:
        return 3


@pytest.mark.parametrize("said", [{"count": 3}, {"at_least": 2}, {"at_least": 3}, {"count": 3, "at_least": 9}])
def test_so_many_there_are(said: dict[str, int]) -> None:
    Three(**said).check(None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "wanted"), [({"count": 2}, "2"), ({"count": 0}, "0"), ({"at_least": 4}, "at least 4")]
)
def test_so_many_there_are_not(said: dict[str, int], wanted: str) -> None:
    with pytest.raises(Unmet) as raised:
        Three(**said).check(None, None)  # type: ignore[arg-type]
    assert (raised.value.expected, raised.value.happened) == (wanted, "3")


def test_it_has_to_be_said_how_many() -> None:
    with pytest.raises(SimulatorError, match="say how many"):
        Three()
