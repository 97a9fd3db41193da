"""What MIMI asks of the GroupContext of a group that is created, or announced by a ReInit."""

from collections.abc import Sequence

from simulator.mls.credential import BasicCredential
from simulator.mls.extension import Extension
from simulator.services.directory import own_key
from simulator.services.extensions import external_senders, group_version
from simulator.services.refusal import Code, Refusal
from simulator.services.site import Site


def check_context_extensions(extensions: Sequence[Extension], version: int, code: Code, site: Site) -> None:
    """Whether the group will be of this protocol version and let its provider, us, propose removals.

    Raises Refusal with this code.
    """
    found = group_version(extensions)
    if found != version:
        raise Refusal(code, f"the group's mimi_ds_version is {found}, not {version}", "[DS] Group lifecycle")
    public_key, credential = own_key(site).public_key, BasicCredential(site.provider.encode())
    senders = [(sender.signature_key, sender.credential) for sender in external_senders(extensions)]
    if (public_key, credential) not in senders:
        raise Refusal(
            code,
            f"the group's external_senders do not list {site.provider} with its current verification key",
            "[DS] Handling of standalone MLS Proposals",
        )
