"""The most memory that a process has had."""

import sys

import pytest

from simulator.peak_memory import begin_peak, peak

MEGABYTES = 1_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process can't forget what it once had")
def test_it_is_what_there_was_at_most() -> None:
    begin_peak()
    before = peak()
    large = bytearray(b"x" * 100 * MEGABYTES)
    assert peak() > before + 90 * MEGABYTES
    del large
    assert peak() > before + 90 * MEGABYTES
    begin_peak()
    assert peak() < before + 90 * MEGABYTES
