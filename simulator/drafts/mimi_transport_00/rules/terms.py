"""What MIMI asks of the GroupContext of a group that is created, or announced by a ReInit, and of every GroupInfo."""

from collections.abc import Sequence

from simulator.codec import DecodeError, decode
from simulator.mls.credential import BasicCredential
from simulator.mls.crypto import CipherSuite
from simulator.mls.errors import InvalidKey
from simulator.mls.extension import Extension, ExtensionType, ExternalPub, find_extension
from simulator.mls.senders import external_senders
from simulator.services.extensions import group_version
from simulator.services.provider_keys import own_key
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext


def check_context_extensions(
    extensions: Sequence[Extension], version: int, code: Code, context: ServiceContext
) -> None:
    """Whether the group will be of this protocol version and let its provider, us, propose removals.

    Raises Refusal with this code.
    """
    found = group_version(extensions)
    if found != version:
        raise Refusal(code, f"the group's mimi_ds_version is {found}, not {version}", "[DS] Group lifecycle")
    public_key, credential = own_key(context).public_key, BasicCredential(context.provider.encode())
    senders = [(sender.signature_key, sender.credential) for sender in external_senders(extensions)]
    if (public_key, credential) not in senders:
        raise Refusal(
            code,
            f"the group's external_senders do not list {context.provider} with its current verification key",
            "[DS] Handling of standalone MLS Proposals",
        )


def check_external_pub(extensions: Sequence[Extension], suite: CipherSuite) -> None:
    """Whether a GroupInfo lets others join from outside: its external_pub is there, and a key.

    That it is the right one only members can check. Raises Refusal invalid_group_info.
    """
    data = find_extension(extensions, ExtensionType.external_pub)
    if data is None:
        raise Refusal(Code.invalid_group_info, "the GroupInfo has no external_pub", "PROTOCOL.md section 4")
    try:
        suite.kem.check_public(decode(ExternalPub, data).external_pub)
    except (DecodeError, InvalidKey) as error:
        rule = f"the external_pub of the GroupInfo is no key of cipher suite {suite.value}: {error}"
        raise Refusal(Code.invalid_group_info, rule, "RFC 9420 12.4.3.2") from error
