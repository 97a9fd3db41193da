"""key-schedule.json: the secrets of a chain of epochs, external key pair and exporter."""

from typing import Any

import pytest

from simulator.codec import encode
from simulator.mls.crypto import cipher_suite
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.key_schedule.key_schedule import EpochSecrets, joiner_secret, welcome_secret

DERIVED = (
    "init_secret",
    "sender_data_secret",
    "encryption_secret",
    "exporter_secret",
    "external_secret",
    "confirmation_key",
    "membership_key",
    "resumption_psk",
    "epoch_authenticator",
)

pytestmark = pytest.mark.vectors("key-schedule")
unhex = bytes.fromhex


def test_key_schedule(vector: Any) -> None:
    suite = cipher_suite(vector["cipher_suite"])
    init_secret = unhex(vector["initial_init_secret"])
    for number, epoch in enumerate(vector["epochs"]):
        context = GroupContext(
            1,
            suite.value,
            unhex(vector["group_id"]),
            number,
            unhex(epoch["tree_hash"]),
            unhex(epoch["confirmed_transcript_hash"]),
            (),
        )
        assert encode(context) == unhex(epoch["group_context"])
        joiner = joiner_secret(suite, init_secret, unhex(epoch["commit_secret"]), context)
        assert joiner == unhex(epoch["joiner_secret"])
        psk_secret = unhex(epoch["psk_secret"])
        assert welcome_secret(suite, joiner, psk_secret) == unhex(epoch["welcome_secret"])
        secrets = EpochSecrets.of_joiner(suite, joiner, psk_secret, context)
        for name in DERIVED:
            assert getattr(secrets, name) == unhex(epoch[name]), name
        assert secrets.external_key_pair().public == unhex(epoch["external_pub"])
        asked = epoch["exporter"]
        exported = secrets.export(asked["label"], unhex(asked["context"]), asked["length"])
        assert exported == unhex(asked["secret"])
        init_secret = secrets.init_secret
