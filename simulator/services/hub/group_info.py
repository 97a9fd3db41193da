"""The GroupInfo of a group: rebuilt of the public group and of what only its signer can say (RFC 9420 12.4.3)."""

from collections.abc import Sequence
from functools import partial

from simulator.codec import DecodeError, decode
from simulator.mls.crypto import CipherSuite
from simulator.mls.errors import InvalidKey
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub, find_extension
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.public_group import PublicGroup
from simulator.rules import Rule, check
from simulator.services.hub.mls_rules import mls_check


def rebuild_group_info(
    group: PublicGroup, extensions: Sequence[Extension], signature: bytes, signer: int, valid: Rule
) -> MLSMessage:
    """The GroupInfo of the group's epoch with these extensions, signed by the member at leaf `signer`. Raises Refusal.

    Somebody's whole GroupInfo is right if it equals the one that is rebuilt with its extensions and signature.
    """
    return mls_message(mls_check(valid, partial(group.check_group_info, extensions, signature, signer)))


def check_external_pub(extensions: Sequence[Extension], suite: CipherSuite, joinable: Rule) -> None:
    """Whether a GroupInfo lets others join from outside: its external_pub is there, and a key.

    That it is the right one only members can check. Raises Refusal.
    """
    data = find_extension(extensions, ExtensionType.external_pub)
    if not check(joinable, data is not None, "the GroupInfo has no external_pub") or data is None:
        return
    try:
        suite.kem.check_public(decode(ExternalPub, data).external_pub)
    except (DecodeError, InvalidKey) as error:
        words = f"the external_pub of the GroupInfo is no key of cipher suite {suite.value}: {error}"
        check(joinable, False, words, section="RFC 9420 12.4.3.2")
