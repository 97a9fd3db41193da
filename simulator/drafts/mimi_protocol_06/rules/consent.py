"""What users say about being added to rooms: who may say it for them, and what their providers note ([P] 5.7, 8;
PROTOCOL.md, Consent).
"""

from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import forbidden
from simulator.rules import check, refuse
from simulator.services.accounts import consent, granted_key_packages
from simulator.services.commands import SayConsent
from simulator.services.members import client_of
from simulator.services.names import BadName, parse_client, user_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import EVERYTHING, ConsentWord

_PAGE = "PROTOCOL.md, Consent"

OPERATION = rule("P6-4.6-OPERATION", Code.malformed, _PAGE)
REQUESTER = forbidden("P6-4.6-SENDER", "REQUESTER")
TARGET = forbidden("P6-4.6-SENDER", "TARGET")
OWNER = rule("P6-4.6-KEY-PACKAGES", Code.malformed, _PAGE, part="OWNER")
ONCE = rule("P6-4.6-KEY-PACKAGES", Code.malformed, _PAGE, part="ONCE")
KNOWN_TARGET = rule("P6-4.6-USER", Code.unknown_user, _PAGE, part="TARGET", essential="nobody is asked")
KNOWN_REQUESTER = rule("P6-4.6-USER", Code.unknown_user, _PAGE, part="REQUESTER", essential="nobody has asked")

ASKING = (ConsentOperation.cancel, ConsentOperation.request)
"""What requestConsent takes; updateConsent takes the others."""


def check_asking(entry: ConsentEntry, sender: str) -> None:
    """A request, or that it is withdrawn, comes from the requester's provider. Raises Refusal."""
    check(OPERATION, entry.consent_operation in ASKING, f"requestConsent takes no {entry.consent_operation.name}")
    ours = user_provider(entry.requester_uri) == sender
    check(REQUESTER, ours, f"{sender} can't speak for {entry.requester_uri}, who is not its user")


def check_answering(entry: ConsentEntry, sender: str) -> None:
    """A grant, or that there is none any more, comes from the target's provider; KeyPackages that come with it are of
    clients of the target's, one of each. Raises Refusal.
    """
    check(OPERATION, entry.consent_operation not in ASKING, f"updateConsent takes no {entry.consent_operation.name}")
    ours = user_provider(entry.target_uri) == sender
    check(TARGET, ours, f"{sender} can't speak for {entry.target_uri}, who is not its user")
    clients: set[str] = set()
    for client in (client_of(each.leaf_node) for each in entry.client_key_packages or ()):
        check(OWNER, _user_of(client) == entry.target_uri, f"a KeyPackage is not of a client of {entry.target_uri}")
        check(ONCE, client not in clients, f"two KeyPackages are of {client}")
        clients.add(client)


def take_request(entry: ConsentEntry, context: ServiceContext) -> None:
    """Our user is asked, or not any more: nothing that it has answered changes by that. Raises Refusal unknown_user."""
    requester, target, scope = entry.requester_uri, entry.target_uri, scope_of(entry)
    if not context.store.users.exists(target):
        refuse(KNOWN_TARGET, f"{target} is not a user of {context.provider}")
    word = context.store.consents.get(requester, target, scope)
    said = SayConsent(requester, target, ConsentWord.requested, scope)
    if entry.consent_operation is ConsentOperation.request and word is not ConsentWord.granted:
        consent.note(said, context)
    elif entry.consent_operation is ConsentOperation.cancel and word is ConsentWord.requested:
        consent.forget(said, context)


def take_answer(entry: ConsentEntry, context: ServiceContext) -> None:
    """Our user gets an answer, asked for or not. Raises Refusal unknown_user."""
    requester = entry.requester_uri
    if not context.store.users.exists(requester):
        refuse(KNOWN_REQUESTER, f"{requester} is not a user of {context.provider}")
    granted = entry.consent_operation is ConsentOperation.grant
    word = ConsentWord.granted if granted else ConsentWord.revoked
    said = SayConsent(requester, entry.target_uri, word, scope_of(entry), entry.client_key_packages or ())
    context.store.consents.put(said.requester, said.target, said.scope, said.word, context.now)
    granted_key_packages.note(said, context)


def scope_of(entry: ConsentEntry) -> str:
    """For which group it is, or for any."""
    return EVERYTHING if entry.room_id is None else group_of(entry.room_id).decode()


def _user_of(client: str) -> str | None:
    try:
        return parse_client(client).user
    except BadName:
        return None
