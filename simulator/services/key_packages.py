"""The stock of KeyPackages: what clients may upload, and who gets which ([DS] KeyPackages, PROTOCOL.md section 5)."""

from collections.abc import Sequence

from simulator.mls.credential import identity_of
from simulator.mls.crypto import cipher_suite
from simulator.mls.errors import MLSError
from simulator.mls.key_package import KeyPackage
from simulator.mls.key_package_bundle import key_package_ref
from simulator.mls.key_package_validation import check_key_package
from simulator.mls.leaf_node import KeyPackageSource
from simulator.services import consent
from simulator.services.commands import FetchConnectionKeyPackages, FetchGroupKeyPackages
from simulator.services.directory import check_client
from simulator.services.extensions import is_connection, is_last_resort, marks_are_empty, spoken_versions
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.results import HandedOut
from simulator.services.service_context import ServiceContext
from simulator.storage import KeyPackageKind, StockedKeyPackage

_SECTION = "PROTOCOL.md section 5"


def upload(client: str, key_packages: Sequence[KeyPackage], context: ServiceContext) -> None:
    """Put KeyPackages of one of our clients into stock; their own extensions say of which kind they are.

    Raises Refusal unknown_user, invalid_signature (a key we do not know the client by) or invalid_leaf_node (all else).
    """
    check_client(client, context)
    for key_package in key_packages:
        stocked = _checked(client, key_package, context)
        if context.store.key_packages.knows(stocked.reference):
            raise _unusable(f"KeyPackage {stocked.reference.hex()} was uploaded before")
        left = context.store.key_packages.count(client, stocked.kind, context.now)
        if left >= context.policy.max_key_packages and not stocked.last_resort:
            raise _unusable(f"{client} has {left} {stocked.kind.value} KeyPackages in stock, which is the limit")
        context.store.key_packages.add(stocked)


def left(client: str, kind: KeyPackageKind, context: ServiceContext) -> tuple[int, bool]:
    """How many KeyPackages of our client are left to be handed out once, and whether there is one of last resort.

    Expired ones do not count. Raises Refusal unknown_user.
    """
    check_client(client, context)
    stock = context.store.key_packages
    return stock.count(client, kind, context.now), stock.last_resort(client, kind, context.now) is not None


def _checked(client: str, key_package: KeyPackage, context: ServiceContext) -> StockedKeyPackage:
    leaf = key_package.leaf_node
    if key_package.cipher_suite not in context.policy.cipher_suites:
        raise _unusable(f"cipher suite {key_package.cipher_suite} is not one of {context.policy.cipher_suites}")
    try:
        check_key_package(key_package, cipher_suite(key_package.cipher_suite), context.now)
    except MLSError as error:
        raise Refusal(Code.invalid_leaf_node, error.text, error.section) from error
    if identity_of(leaf.credential) != client.encode():
        raise _unusable(f"the credential of a KeyPackage of {client} names somebody else")
    if context.store.users.key(client, leaf.signature_key) is None:
        raise Refusal(Code.invalid_signature, f"the KeyPackage is signed with a key that is not {client}'s", _SECTION)
    if not spoken_versions(leaf.extensions):
        raise _unusable("the leaf does not say which protocol versions its client speaks (mimi_ds_versions)")
    if not (marks_are_empty(leaf.extensions) and marks_are_empty(key_package.extensions)):
        raise _unusable("an extension that only marks the KeyPackage holds something, and is to be empty")
    return StockedKeyPackage(
        key_package_ref(key_package),
        client,
        KeyPackageKind.connection if is_connection(leaf.extensions) else KeyPackageKind.regular,
        is_last_resort(key_package.extensions),
        not_after(key_package),
        key_package,
    )


def not_after(key_package: KeyPackage) -> int:
    """The end of a KeyPackage's lifetime in Unix seconds; 0 for one without, which is never valid."""
    source = key_package.leaf_node.source
    return source.lifetime.not_after if isinstance(source, KeyPackageSource) else 0


def for_connection(command: FetchConnectionKeyPackages, sender: str, context: ServiceContext) -> HandedOut:
    """Connection KeyPackages of all clients of a user of ours, for anybody who asks through its own provider.

    Raises Refusal not_authorized, unknown_user or key_packages_exhausted.
    """
    _check_requester(command.requester, sender)
    return _of_user(command.target, KeyPackageKind.connection, context)


def for_group(command: FetchGroupKeyPackages, sender: str, context: ServiceContext) -> HandedOut:
    """Regular KeyPackages of a user of ours or of some of our clients, for users they are connected with.

    Raises Refusal malformed (no clients, or one of them twice), not_authorized, unknown_user or key_packages_exhausted.
    """
    _check_requester(command.requester, sender)
    if isinstance(command.target, str):
        _check_connected(command.target, command.requester, context)
        return _of_user(command.target, KeyPackageKind.regular, context)
    if not command.target or len(set(command.target)) < len(command.target):
        raise Refusal(Code.malformed, "the targets are to be clients, each named once", _SECTION)
    for client in command.target:
        check_client(client, context)
        _check_connected(parse_client(client).user, command.requester, context)
    taken = [(client, _take(client, KeyPackageKind.regular, context)) for client in command.target]
    missing = [client for client, key_package in taken if key_package is None]
    if missing:
        raise _exhausted(", ".join(missing))
    return HandedOut(tuple(key_package for _, key_package in taken if key_package is not None))


def _check_requester(requester: str, sender: str) -> None:
    if user_provider(requester) != sender:
        raise Refusal(Code.not_authorized, f"{sender} can't speak for {requester}, who is not its user", _SECTION)


def _check_connected(user: str, requester: str, context: ServiceContext) -> None:
    if not context.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {context.provider}", _SECTION)
    if not consent.is_granted(requester, user, context):
        raise Refusal(Code.not_authorized, f"{requester} has no connection with {user}", _SECTION)


def _of_user(user: str, kind: KeyPackageKind, context: ServiceContext) -> HandedOut:
    """One per client that has one: a device that ran dry does not keep its user out, it can join by itself later."""
    if not context.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {context.provider}", _SECTION)
    taken = [_take(client, kind, context) for client in context.store.users.clients_of(user)]
    found = tuple(key_package for key_package in taken if key_package is not None)
    if not found:
        raise _exhausted(user)
    return HandedOut(found)


def _take(client: str, kind: KeyPackageKind, context: ServiceContext) -> KeyPackage | None:
    stock = context.store.key_packages
    return stock.take(client, kind, context.now) or stock.last_resort(client, kind, context.now)


def _exhausted(whose: str) -> Refusal:
    return Refusal(Code.key_packages_exhausted, f"no KeyPackage of {whose} is left, not even of last resort", _SECTION)


def _unusable(rule: str) -> Refusal:
    return Refusal(Code.invalid_leaf_node, rule, _SECTION)
