"""What bytes can be decoded as: by the drafts here, or by a trace."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.cli.running.wire_types import wire_types
from simulator.errors import SimulatorError
from simulator.trace import TraceWriter
from simulator.trace.layout import packed
from tests.trace.examples import HEADER, LAYOUT


def test_a_trace_says_how_its_bytes_are_read(tmp_path: Path) -> None:
    TraceWriter(tmp_path / "a.jsonl", replace(HEADER, layout=packed(LAYOUT))).close()
    types = wire_types(None, tmp_path)
    assert list(types.names) == ["Question"]
    (part,), error = types.decode(types.find("question"), b"\x00\x07")
    assert (part.name, part.value, error) == ("number", 7, None)
    assert types.decode("Question", b"\x00")[1] is not None


def test_without_one_it_is_the_drafts_and_mls() -> None:
    assert {"KeyPackage", "VerificationKeyRequest"} <= {*wire_types(None, None).names}


def test_what_can_t_be_known_is_told(tmp_path: Path) -> None:
    TraceWriter(tmp_path / "a.jsonl", HEADER).close()
    with pytest.raises(SimulatorError, match="nobody knew the layout"):
        wire_types(None, tmp_path)
    with pytest.raises(SimulatorError, match="one of --trace and --draft"):
        wire_types("mimi-transport-00", tmp_path)
    with pytest.raises(SimulatorError, match=r'unknown struct "KeyPakage".*KeyPackage'):
        wire_types(None, None).find("KeyPakage")


def test_other_structs_that_fit_are_named() -> None:
    types = wire_types(None, None)
    assert types.others(b"\x00" * 10) == []
    assert isinstance(types.others(b"\x00" * 100), list)
