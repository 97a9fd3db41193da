"""What a fuzzer is wrong about itself is no finding."""

from pathlib import Path
from unittest.mock import patch

import pytest

from simulator.fuzzing.batch import Batch, fuzzed
from simulator.fuzzing.decoding import Decoding
from simulator.fuzzing.own_bug import OwnBug, kind, own_bug, present
from simulator.fuzzing.plan import FuzzPlan
from simulator.fuzzing.targets import ALONE
from simulator.mutation.cases import Shot
from simulator.mutation.properties import Broken
from simulator.sweep.engines import InProcess
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep


def test_what_is_there_is_handed_on() -> None:
    assert present(0, "it is") == 0
    assert kind(int, 3, "it is one") == 3
    with pytest.raises(OwnBug, match=r"^there is nothing, though it was made$"):
        present(None, "it was made")
    with pytest.raises(OwnBug, match=r"^this is no int, though it was made: str$"):
        kind(int, "3", "it was made")


def test_it_is_found_in_groups_and_causes() -> None:
    own, other = OwnBug("own"), Broken("broken")
    caused = Broken("caused")
    caused.__cause__ = ExceptionGroup("several", [other, own])
    assert own_bug(ExceptionGroup("several", [other, caused])) is own
    assert own_bug(ExceptionGroup("several", [other])) is None


async def wrong(_: Decoding, shot: Shot) -> str:
    raise ExceptionGroup("a nursery", [OwnBug("there is nothing")])


async def test_it_ends_its_batch_and_says_in_which_case() -> None:
    with (
        patch.object(Decoding, "fire", wrong),
        pytest.raises(OwnBug, match=r"^decoding, case 7 of seed 1: there is nothing$"),
    ):
        await fuzzed(Batch("decoding", ALONE, 1, 7, 3))


async def test_its_row_is_a_fault_and_no_finding(tmp_path: Path) -> None:
    plan = FuzzPlan({("decoding", ALONE): 3}, 1)
    results = Results(tmp_path / "out", plan.identity())
    with patch.object(Decoding, "fire", wrong):
        await sweep(plan, results, InProcess())
    (row,) = results.read().to_dicts()
    assert (row["verdict"], row["findings"]) == ("fault", None)
    assert "OwnBug: decoding, case 0 of seed 1: there is nothing" in row["message"]


async def test_a_finding_that_can_not_be_reduced_for_it_is_one_as_it_was() -> None:
    """The case is a finding; what is left of it when it is reduced runs into a bug of ours."""
    raised: list[Exception] = [OwnBug("reduced"), Broken("found")]

    async def fire(_: Decoding, shot: Shot) -> str:
        raise raised.pop()

    with patch.object(Decoding, "fire", fire):
        value = await fuzzed(Batch("decoding", ALONE, 1, 0, 1))
    assert (value["verdict"], value["message"]) == ("failed", "Broken: found")
    assert not raised
