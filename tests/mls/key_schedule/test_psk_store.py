"""The PSKs at hand."""

import pytest

from simulator.mls.errors import InvalidPSK
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.key_schedule.psk_store import NO_PSKS, PSKStore
from tests.breaking import breaks

EXTERNAL = PreSharedKeyID(ExternalPSK(b"id"), b"nonce")
RESUMPTION = PreSharedKeyID(ResumptionPSK(ResumptionPSKUsage.application, b"group", 3), b"nonce")


def test_psks_are_found_by_what_they_are_and_in_order() -> None:
    store = PSKStore({b"id": b"external"}).with_resumption({(b"group", 3): b"resumption"})
    assert store.look_up([RESUMPTION, EXTERNAL]) == ((RESUMPTION, b"resumption"), (EXTERNAL, b"external"))


@pytest.mark.parametrize("identifier", [EXTERNAL, RESUMPTION])
@breaks("RFC9420-8.4-PSK-UNKNOWN")
def test_an_unknown_psk_is_an_error(identifier: PreSharedKeyID) -> None:
    with pytest.raises(InvalidPSK) as caught:
        NO_PSKS.look_up([identifier])
    assert caught.value.rule == "psk_unknown"


def test_more_resumption_psks_leave_the_others() -> None:
    store = PSKStore({}, {(b"a", 1): b"1"}).with_resumption({(b"b", 2): b"2"})
    assert store.resumption == {(b"a", 1): b"1", (b"b", 2): b"2"}
