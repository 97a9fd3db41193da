from simulator.codec import encode
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage, psk_secret
from tests.mls.leaves import SUITE

ONE = PreSharedKeyID(ExternalPSK(b"one"), b"n" * 32)
TWO = PreSharedKeyID(ResumptionPSK(ResumptionPSKUsage.reinit, b"group", 7), b"m" * 32)


def test_identifiers_on_the_wire() -> None:
    assert encode(ONE) == b"\x01\x03one\x20" + b"n" * 32
    assert encode(TWO) == b"\x02\x02\x05group" + (7).to_bytes(8, "big") + b"\x20" + b"m" * 32


def test_without_psks_the_secret_is_zero() -> None:
    assert psk_secret(SUITE, ()) == bytes(32)


def test_order_identifiers_and_values_matter() -> None:
    secrets = {
        psk_secret(SUITE, [(ONE, b"a"), (TWO, b"b")]),
        psk_secret(SUITE, [(TWO, b"b"), (ONE, b"a")]),
        psk_secret(SUITE, [(ONE, b"b"), (TWO, b"a")]),
        psk_secret(SUITE, [(ONE, b"a")]),
        psk_secret(SUITE, [(ONE, b"a"), (ONE, b"a")]),
    }
    assert len(secrets) == 5
