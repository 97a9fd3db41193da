"""What all faults have in common: a name, a place in the union, and the form of a value."""

from typing import get_args

import msgspec
import pytest

from simulator.net.faults import AnyFault, Corrupt, Fault, Hold, Partition, RequestMatch
from simulator.net.faults.fault import RequestFault, name_of
from tests.net.faults.test_request_match import HOP


def test_names_are_told_apart() -> None:
    names = [name_of(kind) for kind in get_args(AnyFault)]
    assert len(set(names)) == len(names) == 24
    assert name_of(Hold()) == "hold"


def test_all_faults_are_in_the_union() -> None:
    def kinds(base: type[Fault]) -> set[type[Fault]]:
        return {base}.union(*(kinds(kind) for kind in base.__subclasses__()))

    assert {kind for kind in kinds(Fault) if kind.__module__.startswith("simulator.")} == {
        Fault,
        RequestFault,
        *get_args(AnyFault),
    }


def test_a_fault_is_a_value_that_a_file_can_hold() -> None:
    fault = Corrupt(where=RequestMatch(recipient="b.example", skip=1, times=1), part="answer", offset=3)
    text = msgspec.json.encode(fault)
    assert msgspec.json.decode(text, type=AnyFault) == fault  # type: ignore[arg-type]
    with pytest.raises(msgspec.ValidationError, match=r"unknown field `sekonds`"):
        msgspec.json.decode(b'{"type": "delay", "seconds": 1, "sekonds": 2}', type=AnyFault)  # type: ignore[arg-type]


def test_a_fault_without_aim_hits_nothing_by_itself() -> None:
    assert not Fault().matches(HOP)
    assert Fault().counts(1)
    assert Partition(side=("a.example",)).counts(99)
    assert Hold(where=RequestMatch(skip=1)).matches(HOP)
    assert not Hold(where=RequestMatch(skip=1)).counts(1)
