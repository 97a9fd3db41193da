"""psk_secret.json: up to ten external PSKs, chained."""

from typing import Any

import pytest

from simulator.mls.crypto import cipher_suite
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, psk_secret

pytestmark = pytest.mark.vectors("psk_secret")
unhex = bytes.fromhex


def test_psk_secret(vector: Any) -> None:
    psks = [
        (PreSharedKeyID(ExternalPSK(unhex(psk["psk_id"])), unhex(psk["psk_nonce"])), unhex(psk["psk"]))
        for psk in vector["psks"]
    ]
    assert psk_secret(cipher_suite(vector["cipher_suite"]), psks) == unhex(vector["psk_secret"])
