"""What MIMI asks of the GroupContext of a group that is created, or announced by a ReInit."""

from collections.abc import Sequence

from simulator.dataclass import dataclass
from simulator.drafts.mimi_transport_00.extensions import group_version
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.senders import external_senders
from simulator.mls.tree.credential import BasicCredential
from simulator.rules import Rule, check
from simulator.services.provider_keys import own_key
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules for a GroupContext, by where it comes from."""

    version: Rule
    owner: Rule


def _terms(code: Code, part: str) -> Terms:
    return Terms(
        rule("DS-LIFECYCLE-VERSION", code, "[DS] Group lifecycle", part=part),
        rule("DS-PROPOSALS-EXTERNAL-SENDERS", code, "[DS] Handling of standalone MLS Proposals", part=part),
    )


CREATED = _terms(Code.invalid_group_info, "CREATED")
ANNOUNCED = _terms(Code.invalid_proposal, "ANNOUNCED")


def check_context_extensions(
    extensions: Sequence[Extension], version: int, terms: Terms, context: ServiceContext
) -> None:
    """Whether the group will be of this protocol version and let its provider, us, propose removals. Raises Refusal."""
    found = group_version(extensions)
    check(terms.version, found == version, f"the group's mimi_ds_version is {found}, not {version}")
    public_key, credential = own_key(context).public_key, BasicCredential(context.provider.encode())
    senders = [(sender.signature_key, sender.credential) for sender in external_senders(extensions)]
    words = f"the group's external_senders do not list {context.provider} with its current verification key"
    check(terms.owner, (public_key, credential) in senders, words)
