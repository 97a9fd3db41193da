"""welcome.json: a Welcome decrypted down to the confirmation tag."""

from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.mls.crypto import cipher_suite
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo, GroupInfoTBS
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import GroupSecrets, Welcome
from simulator.mls.key_schedule.key_schedule import EpochSecrets, welcome_key_and_nonce, welcome_secret

pytestmark = pytest.mark.vectors("welcome")
unhex = bytes.fromhex


def test_welcome(vector: Any) -> None:
    suite = cipher_suite(vector["cipher_suite"])
    key_package = decode(MLSMessage, unhex(vector["key_package"])).body
    welcome = decode(MLSMessage, unhex(vector["welcome"])).body
    assert isinstance(key_package, KeyPackage)
    assert isinstance(welcome, Welcome)
    reference = suite.key_package_ref(encode(key_package))
    (entry,) = [entry for entry in welcome.secrets if entry.new_member == reference]
    opened = suite.decrypt_with_label(
        unhex(vector["init_priv"]), "Welcome", welcome.encrypted_group_info, entry.encrypted_group_secrets
    )
    group_secrets = decode(GroupSecrets, opened)
    key, nonce = welcome_key_and_nonce(suite, welcome_secret(suite, group_secrets.joiner_secret, suite.zero))
    info = decode(GroupInfo, suite.aead.open(key, nonce, b"", welcome.encrypted_group_info))
    tbs = encode(GroupInfoTBS(info.group_context, info.extensions, info.confirmation_tag, info.signer))
    suite.verify_with_label(unhex(vector["signer_pub"]), "GroupInfoTBS", tbs, info.signature)
    secrets = EpochSecrets.of_joiner(suite, group_secrets.joiner_secret, suite.zero, info.group_context)
    assert secrets.confirmation_tag(info.group_context.confirmed_transcript_hash) == info.confirmation_tag
