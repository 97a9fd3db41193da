"""KeyPackages: how the two kinds are marked, and who gets which ([DS] KeyPackages, PROTOCOL.md section 5)."""

from simulator.drafts.mimi_transport_00.extensions import (
    is_connection,
    is_last_resort,
    marks_are_empty,
    spoken_versions,
)
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.rules import check, refuse
from simulator.services.accounts import consent, key_packages
from simulator.services.accounts.directory import check_client
from simulator.services.commands import FetchKeyPackages
from simulator.services.draft_rules import KeyPackageUse
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, rule
from simulator.services.results import HandedOut
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.unnamed_requests import check_requester

_SECTION = "PROTOCOL.md section 5"
SAYS_VERSIONS = rule("DS-VERSION-LEAF", Code.invalid_leaf_node, _SECTION, part="KEY-PACKAGE")
MARKS_ARE_EMPTY = rule("DS-KEY-PACKAGES-LAST-RESORT", Code.invalid_leaf_node, _SECTION)
REQUESTER = rule("P-5-REQUESTER", Code.not_authorized, _SECTION)
CONNECTED = rule("T-GROUP-KEY-PACKAGES", Code.not_authorized, _SECTION)
KNOWN_USER = rule("P-6-UNKNOWN-USER", Code.unknown_user, _SECTION)
OWN_CLIENT = rule("DS-ADD-PACKAGES-VALIDATION-1", Code.unknown_user, _SECTION)
CLIENTS_ONCE = rule("T-GROUP-KEY-PACKAGES-CLIENTS", Code.malformed, _SECTION, part="ONCE")
CLIENTS_LEFT = rule("P-5-HANDED-OUT-ONCE", Code.key_packages_exhausted, _SECTION, part="CLIENTS")
USERS_LEFT = rule(
    "P-5-HANDED-OUT-ONCE",
    Code.key_packages_exhausted,
    _SECTION,
    part="USER",
    essential="there is nothing to hand out",
)


def key_package_use(key_package: KeyPackage) -> KeyPackageUse:
    """By its marks, and those of its leaf. Raises Refusal invalid_leaf_node."""
    own, of_leaf = key_package.extensions, key_package.leaf_node.extensions
    words = "the leaf does not say which protocol versions its client speaks (mimi_ds_versions)"
    check(SAYS_VERSIONS, bool(spoken_versions(of_leaf)), words)
    words = "an extension that only marks the KeyPackage holds something, and is to be empty"
    check(MARKS_ARE_EMPTY, marks_are_empty(of_leaf) and marks_are_empty(own), words)
    return KeyPackageUse(CONNECTION if is_connection(of_leaf) else REGULAR, is_last_resort(own))


def hand_out(command: FetchKeyPackages, sender: str, context: ServiceContext) -> HandedOut:
    """KeyPackages of a user of ours or of some of our clients: those for a connection to anybody who asks through its
    own provider, the others to users whom they are connected with.

    Raises Refusal malformed (no clients, or one of them twice; nobody who asks, and no token), not_authorized,
    unknown_user or key_packages_exhausted.
    """
    requester, target, kind = command.requester, command.target, command.kind
    check_requester(requester, paid=context.paid)
    ours = not requester or user_provider(requester) == sender
    check(REQUESTER, ours, f"{sender} can't speak for {requester}, who is not its user")
    if isinstance(target, str):
        if kind != CONNECTION:
            _check_connected(target, requester, context)
        return _bound(_of_user(target, kind, context), kind, context)
    each_once = 0 < len(target) == len(set(target))
    check(CLIENTS_ONCE, each_once, "the targets are to be clients, each named once")
    for client in target:
        check_client(client, context, OWN_CLIENT)
        _check_connected(parse_client(client).user, requester, context)
    taken = [(client, key_packages.take(client, kind, context)) for client in target]
    missing = [client for client, key_package in taken if key_package is None]
    check(CLIENTS_LEFT, not missing, _exhausted(", ".join(missing)))
    return HandedOut(tuple(key_package for _, key_package in taken if key_package is not None))


def _bound(handed_out: HandedOut, kind: str, context: ServiceContext) -> HandedOut:
    """Remember what a token has paid for, so that nothing else is used to ask for a connection."""
    if kind == CONNECTION and context.paid and context.binds_requests:
        for key_package in handed_out.key_packages:
            until = key_packages.not_after(key_package)
            context.store.handed_out.add(key_package_ref(key_package), until, context.now)
    return handed_out


def _check_connected(user: str, requester: str, context: ServiceContext) -> None:
    _check_known(user, context)
    check(CONNECTED, consent.is_granted(requester, user, context), f"{requester} has no connection with {user}")


def _check_known(user: str, context: ServiceContext) -> None:
    check(KNOWN_USER, context.store.users.exists(user), f"{user} is not a user of {context.provider}")


def _of_user(user: str, kind: str, context: ServiceContext) -> HandedOut:
    """One per client that has one: a device that ran dry does not keep its user out, it can join by itself later."""
    _check_known(user, context)
    taken = [key_packages.take(client, kind, context) for client in context.store.users.clients_of(user)]
    found = tuple(key_package for key_package in taken if key_package is not None)
    if not found:
        refuse(USERS_LEFT, _exhausted(user))
    return HandedOut(found)


def _exhausted(whose: str) -> str:
    return f"no KeyPackage of {whose} is left, not even of last resort"
