"""KeyPackages of our users: who gets them, and what is answered where there are none ([P] 5.2; PROTOCOL.md,
KeyPackages).
"""

from collections.abc import Callable
from typing import NoReturn

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.messages.common import MLS10
from simulator.drafts.mimi_protocol_06.messages.key_material import (
    ClientCapabilities,
    ClientKeyMaterial,
    KeyMaterialClientCode,
    KeyMaterialRequestTBS,
    KeyMaterialResponse,
    KeyMaterialUserCode,
)
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.mimi_protocol_06.refusals import NO_CONSENT
from simulator.drafts.mls_profile import REGULAR
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.errors import MLSError
from simulator.mls.extensions.extension import DEFAULT_EXTENSION_TYPES, RequiredCapabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.proposals.proposals import DEFAULT_PROPOSAL_TYPES
from simulator.mls.tree.credential import identity_of
from simulator.mls.tree.leaf_node import Capabilities
from simulator.rules import Rule, check, refuse, within
from simulator.services.accounts import consent, key_packages
from simulator.services.draft_rules import KeyPackageUse
from simulator.services.names import BadName, parse_client
from simulator.services.refusal import Code, ReceivedRefusal, Refusal, rule
from simulator.services.results import HandedOut
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature
from simulator.storage import EVERYTHING, ConsentWord

PAGE = "PROTOCOL.md, KeyPackages"

_CODES = {
    KeyMaterialUserCode.incompatible_protocol: Code.unsupported_version,
    KeyMaterialUserCode.no_compatible_material: Code.key_packages_exhausted,
    KeyMaterialUserCode.user_unknown: Code.unknown_user,
    KeyMaterialUserCode.user_deleted: Code.unknown_user,
    KeyMaterialUserCode.no_consent: NO_CONSENT,
    KeyMaterialUserCode.no_consent_for_this_room: NO_CONSENT,
}
"""What a status means that is no success."""


class KeyMaterialRefusal(Refusal):
    """There are no KeyPackages: `response` says why, and of which clients."""

    response: KeyMaterialResponse


class ReceivedKeyMaterialRefusal(KeyMaterialRefusal, ReceivedRefusal):
    """The same, as a peer sent it."""


@dataclass(frozen=True, slots=True)
class KeyMaterial(HandedOut):
    """KeyPackages with what the target's provider says beside them."""

    response: KeyMaterialResponse


def outcome(response: KeyMaterialResponse) -> KeyMaterial:
    """What a peer has answered. Raises ReceivedKeyMaterialRefusal where that is no success."""
    code = _CODES.get(response.user_status)
    if code is not None:
        raise _refusal(ReceivedKeyMaterialRefusal, code, response, f"{response.user_uri}: {response.user_status.name}")
    found = tuple(each.key_package for each in response.clients if each.key_package is not None)
    return KeyMaterial(found, response)


def _refusal(
    kind: type[KeyMaterialRefusal], code: Code, response: KeyMaterialResponse, words: str
) -> KeyMaterialRefusal:
    refusal = kind(code, words, PAGE)
    refusal.response = response
    return refusal


def _rule(requirement: str, code: Code, essential: str | None = None) -> Rule:
    def refusal(words: str, *, response: KeyMaterialResponse) -> Refusal:
        return _refusal(KeyMaterialRefusal, code, response, words)

    return Rule(requirement, refusal, "", essential)


PROTOCOL = _rule("P6-4.1-PROTOCOL", Code.unsupported_version, "nothing else is spoken")
KNOWN_USER = _rule("P6-4.1-USER", Code.unknown_user, "there are no clients")
CONSENT = _rule("P6-4.1-CONSENT", NO_CONSENT)
STOCK = _rule("P6-4.1-EXHAUSTED", Code.key_packages_exhausted, "there is nothing to hand out")
SUITES = rule("P6-4.1-SUITES", Code.malformed, PAGE, essential="nothing says how it is signed")
SIGNATURE = rule("P6-4.1-SIGNATURE", Code.invalid_signature, PAGE)
CREDENTIAL = rule("P6-4.1-CREDENTIAL", Code.invalid_signature, PAGE)
LAST_RESORT = rule("P6-4.1-NO-LAST-RESORT", Code.invalid_leaf_node, PAGE)


def key_package_use(key_package: KeyPackage) -> KeyPackageUse:
    """All are of one kind, and are used once. Raises Refusal invalid_leaf_node."""
    words = "a KeyPackage has extensions; there is none that it may have, and none is of last resort"
    check(LAST_RESORT, not key_package.extensions, words)
    return KeyPackageUse(REGULAR)


def refuse_protocol(protocol: int, target: str) -> NoReturn:
    """Refuse a request of another protocol than that of RFC 9420. Raises KeyMaterialRefusal."""
    response = KeyMaterialResponse(protocol, KeyMaterialUserCode.incompatible_protocol, target, ())
    refuse(PROTOCOL, f"protocol {protocol} is not spoken here, only {MLS10}", response=response)


def check_requester(signed: KeyMaterialRequestTBS, signature: Signature) -> None:
    """Whether the client has signed that its credential names, and is the requesting user's. Raises Refusal."""
    suite = _known(signed.acceptable_ciphersuites)
    if suite is None:
        refuse(SUITES, f"none of the cipher suites {list(signed.acceptable_ciphersuites)[:9]} is known here")
    genuine = signature.verifies(suite, signed.requester_signature_key)
    check(SIGNATURE, genuine, "the signature does not verify with the key in the request")
    user = signed.requesting_user
    check(CREDENTIAL, _user_in(signed) == user, f"the credential in the request is no client's of {user}")


def hand_out(signed: KeyMaterialRequestTBS, context: ServiceContext) -> KeyMaterialResponse:
    """A KeyPackage of each client of the target, our user, as far as there are any. Raises KeyMaterialRefusal."""
    target, users = signed.target_user, context.store.users
    if not users.exists(target):
        codes = KeyMaterialUserCode
        unknown = _answer(codes.user_deleted if users.existed(target) else codes.user_unknown, target)
        refuse(KNOWN_USER, f"{target} is not a user of {context.provider}", response=unknown)
    _check_consent(signed, context)
    clients = tuple(_material(client, signed, context) for client in users.registered(target))
    have = sum(client.client_status is KeyMaterialClientCode.success for client in clients)
    if not have:
        nothing = _answer(KeyMaterialUserCode.no_compatible_material, target, clients)
        refuse(STOCK, f"no client of {target} has a KeyPackage that fits", response=nothing)
    status = KeyMaterialUserCode.success if have == len(clients) else KeyMaterialUserCode.partial_success
    return _answer(status, target, clients)


def _answer(status: KeyMaterialUserCode, user: str, clients: tuple[ClientKeyMaterial, ...] = ()) -> KeyMaterialResponse:
    return KeyMaterialResponse(MLS10, status, user, clients)


def _known(suites: tuple[int, ...]) -> CipherSuite | None:
    """The first acceptable suite, if it is one."""
    try:
        with within(SUITES.id):
            return cipher_suite(suites[0]) if suites else None
    except MLSError:
        return None


def _user_in(signed: KeyMaterialRequestTBS) -> str | None:
    """Whose client the credential names."""
    try:
        return parse_client(identity_of(signed.requester_credential).decode("ascii")).user
    except (BadName, UnicodeDecodeError):
        return None


def _check_consent(signed: KeyMaterialRequestTBS, context: ServiceContext) -> None:
    """Raises KeyMaterialRefusal no_consent, which tells apart whether another scope is granted."""
    requester, target, room = signed.requesting_user, signed.target_user, signed.room_id
    scope = group_of(room).decode() if room else EVERYTHING
    if consent.is_granted(requester, target, context, scope=scope):
        return
    elsewhere = context.store.consents.scopes(requester, target, ConsentWord.granted)
    code = KeyMaterialUserCode.no_consent_for_this_room if elsewhere else KeyMaterialUserCode.no_consent
    where = f" for {room}" if elsewhere else ""
    response = _answer(code, target)
    check(CONSENT, False, f"{target} has given no consent to {requester}{where}", response=response)


def _material(client: str, signed: KeyMaterialRequestTBS, context: ServiceContext) -> ClientKeyMaterial:
    codes = KeyMaterialClientCode
    fits = _fitting(signed.acceptable_ciphersuites, signed.required_capabilities)
    key_package = key_packages.take(client, REGULAR, context, fits)
    if key_package is not None:
        return ClientKeyMaterial(codes.success, client, key_package)
    left = context.store.key_packages.oldest(client, REGULAR, context.now)
    if left is None:
        return ClientKeyMaterial(codes.key_material_exhausted, client)
    capabilities = ClientCapabilities(left.leaf_node.capabilities)
    return ClientKeyMaterial(codes.nothing_compatible, client, capabilities=capabilities)


def _fitting(suites: tuple[int, ...], required: RequiredCapabilities) -> Callable[[KeyPackage], bool]:
    def fits(key_package: KeyPackage) -> bool:
        return key_package.cipher_suite in suites and _has(key_package.leaf_node.capabilities, required)

    return fits


def _has(capabilities: Capabilities, required: RequiredCapabilities) -> bool:
    return (
        set(required.extension_types) <= DEFAULT_EXTENSION_TYPES | set(capabilities.extensions)
        and set(required.proposal_types) <= DEFAULT_PROPOSAL_TYPES | set(capabilities.proposals)
        and set(required.credential_types) <= set(capabilities.credentials)
    )
