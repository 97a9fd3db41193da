"""What the vectors (tests/vectors/test_key_schedule.py) do not say: sizes, independence, epoch 0, the tags."""

from dataclasses import fields, replace

import pytest

from simulator.mls.crypto import CIPHER_SUITES, CipherSuite
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.key_schedule.key_schedule import EpochSecrets, joiner_secret, welcome_key_and_nonce, welcome_secret
from tests.mls.leaves import SUITE

CONTEXT = GroupContext(1, 1, b"group", 1, b"tree", b"confirmed", ())


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: suite.name)
def test_all_secrets_have_the_size_of_the_suite_and_differ(suite: CipherSuite) -> None:
    secrets = EpochSecrets.of_epoch_secret(suite, b"e" * suite.secret_size)
    values = [getattr(secrets, field.name) for field in fields(secrets) if field.name != "suite"]
    assert len(set(values)) == 9
    assert {len(value) for value in values} == {suite.secret_size}
    key, nonce = welcome_key_and_nonce(suite, secrets.init_secret)
    assert (len(key), len(nonce)) == (suite.aead.key_size, suite.aead.nonce_size)


def test_each_input_matters() -> None:
    def authenticator(
        init: bytes = b"i", commit: bytes = b"c", psk: bytes = b"p", context: GroupContext = CONTEXT
    ) -> bytes:
        joiner = joiner_secret(SUITE, init, commit, context)
        return EpochSecrets.of_joiner(SUITE, joiner, psk, context).epoch_authenticator

    changed = {
        authenticator(),
        authenticator(init=b"x"),
        authenticator(commit=b"x"),
        authenticator(psk=b"x"),
        authenticator(context=replace(CONTEXT, epoch=2)),
    }
    assert len(changed) == 5
    assert welcome_secret(SUITE, b"j", b"p") != welcome_secret(SUITE, b"j", b"x")


def test_the_confirmation_tag_is_a_mac() -> None:
    secrets = EpochSecrets.of_epoch_secret(SUITE, b"e" * 32)
    assert SUITE.mac_is_valid(secrets.confirmation_key, b"hash", secrets.confirmation_tag(b"hash"))
    assert not SUITE.mac_is_valid(secrets.confirmation_key, b"other", secrets.confirmation_tag(b"hash"))


def test_the_external_key_pair_follows_from_its_secret() -> None:
    secrets = EpochSecrets.of_epoch_secret(SUITE, b"e" * 32)
    assert secrets.external_key_pair() == SUITE.derive_key_pair(secrets.external_secret)


def test_exports_depend_on_label_context_and_length() -> None:
    secrets = EpochSecrets.of_epoch_secret(SUITE, b"e" * 32)
    exported = {secrets.export("a", b"x", 32), secrets.export("b", b"x", 32), secrets.export("a", b"y", 32)}
    assert len(exported) == 3
    assert len(secrets.export("a" * 64, b"x", 100)) == 100


def test_secrets_do_not_show_in_a_repr() -> None:
    secrets = EpochSecrets.of_epoch_secret(SUITE, b"e" * 32)
    assert repr(secrets.init_secret) not in repr(secrets)
