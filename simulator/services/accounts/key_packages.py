"""The stock of KeyPackages: what clients may upload, and that each is handed out once.

Each kind is kept apart; which kinds there are, what a KeyPackage of each has in it and who gets which, the draft says.
"""

from collections.abc import Callable, Sequence

from simulator.mls.crypto import cipher_suite
from simulator.mls.errors import MLSError
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.mls.joining.key_package_validation import check_key_package
from simulator.mls.tree.credential import identity_of
from simulator.mls.tree.leaf_node import KeyPackageSource
from simulator.rules import check, refuse, within
from simulator.services.accounts.directory import check_client
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import StockedKeyPackage

_SECTION = "RFC 9420 10"
_STOCK = "stock of KeyPackages"

SUITE = rule(
    "UPLOAD-CIPHER-SUITE",
    Code.invalid_leaf_node,
    _SECTION,
    text="A client's KeyPackages are for cipher suites in which its provider takes groups.",
    where=_STOCK,
)
VALID = rule(
    "UPLOAD-VALID",
    Code.invalid_leaf_node,
    _SECTION,
    text="A client's KeyPackages are valid (RFC 9420 10.1).",
    where=_STOCK,
)
CLIENT = rule(
    "UPLOAD-CLIENT",
    Code.invalid_leaf_node,
    _SECTION,
    text="A client's KeyPackages are in its own name.",
    where=_STOCK,
)
KEY = rule(
    "UPLOAD-KEY",
    Code.invalid_signature,
    _SECTION,
    text="A client's KeyPackages are signed with a key that it has registered.",
    where=_STOCK,
)
NEW = rule(
    "UPLOAD-NEW",
    Code.invalid_leaf_node,
    _SECTION,
    essential="it is there already",
    text="A KeyPackage is uploaded once.",
    where=_STOCK,
)
ROOM = rule(
    "UPLOAD-ROOM",
    Code.invalid_leaf_node,
    _SECTION,
    text="A client has no more KeyPackages in stock than its provider keeps.",
    where=_STOCK,
)

TOO_OLD = Practice(
    "KEY-PACKAGE-EXPIRED", Kind.expired, "An expired KeyPackage is never handed out.", even_if_refused=True
)
LAST = Practice(
    "KEY-PACKAGE-LAST-RESORT", Kind.last_resort, "Where no KeyPackage is left, the one of last resort is handed out."
)


def upload(client: str, key_packages: Sequence[KeyPackage], context: ServiceContext) -> None:
    """Put KeyPackages of one of our clients into stock; the draft tells of which kind they are.

    Raises Refusal unknown_user, invalid_signature (a key we do not know the client by) or invalid_leaf_node (all else).
    """
    check_client(client, context)
    stock, keys = context.store.key_packages, _Keys(client, context)
    new: dict[bytes, StockedKeyPackage] = {}
    counts: dict[str, int] = {}
    for key_package in key_packages:
        stocked = _checked(client, key_package, keys, context)
        if stocked.reference in new or stock.knows(stocked.reference):
            refuse(NEW, f"KeyPackage {stocked.reference.hex()} was uploaded before")
        if stocked.kind not in counts:
            counts[stocked.kind] = stock.count(client, stocked.kind, context.now)
        left = counts[stocked.kind]
        room = left < context.policy.max_key_packages or stocked.last_resort
        check(ROOM, room, f"{client} has {left} {stocked.kind} KeyPackages in stock, which is the limit")
        new[stocked.reference] = stocked
        if not stocked.last_resort and stocked.not_after >= context.now:
            counts[stocked.kind] += 1
    stock.add(new.values())


class _Keys:
    """Which keys a client of ours has registered, asked once for each."""

    def __init__(self, client: str, context: ServiceContext) -> None:
        self._client = client
        self._users = context.store.users
        self._known: dict[bytes, bool] = {}

    def know(self, signature_key: bytes) -> bool:
        """Whether this is one of them."""
        if signature_key not in self._known:
            self._known[signature_key] = self._users.key(self._client, signature_key) is not None
        return self._known[signature_key]


def left(client: str, kind: str, context: ServiceContext) -> tuple[int, bool]:
    """How many KeyPackages of our client are left to be handed out once, and whether there is one of last resort.

    Expired ones do not count. Raises Refusal unknown_user.
    """
    check_client(client, context)
    stock = context.store.key_packages
    return stock.count(client, kind, context.now), stock.last_resort(client, kind, context.now) is not None


def take(
    client: str, kind: str, context: ServiceContext, fits: Callable[[KeyPackage], bool] = lambda _: True
) -> KeyPackage | None:
    """The oldest one of our client that `fits`, which is never handed out again; where there is none, the one of last
    resort, if the client has published one.
    """
    stock = context.store.key_packages
    expired = stock.expired(client, kind, context.now)
    if expired:
        words = f"{expired} {kind} KeyPackages that nobody has had are too old"
        context.decided(Decision(TOO_OLD, words, details={"clients": client}))
    found = stock.take(client, kind, context.now, fits)
    if found is None:
        found = stock.last_resort(client, kind, context.now)
        if found is None or not fits(found):
            return None
        words = f"there is no other {kind} KeyPackage"
        context.decided(Decision(LAST, words, details={"clients": client}))
    return found


def not_after(key_package: KeyPackage) -> int:
    """The end of a KeyPackage's lifetime in Unix seconds; 0 for one without, which is never valid."""
    source = key_package.leaf_node.source
    return source.lifetime.not_after if isinstance(source, KeyPackageSource) else 0


def _checked(client: str, key_package: KeyPackage, keys: _Keys, context: ServiceContext) -> StockedKeyPackage:
    leaf = key_package.leaf_node
    suites = context.policy.cipher_suites
    words = f"cipher suite {key_package.cipher_suite} is not one of {suites}"
    check(SUITE, key_package.cipher_suite in suites, words)
    try:
        with within(VALID.id):
            check_key_package(key_package, cipher_suite(key_package.cipher_suite), context.now)
    except MLSError as error:
        refuse(VALID, error.text, error, section=error.section)
    own = identity_of(leaf.credential) == client.encode()
    check(CLIENT, own, f"the credential of a KeyPackage of {client} names somebody else")
    check(KEY, keys.know(leaf.signature_key), f"the KeyPackage is signed with a key that is not {client}'s")
    use = context.rules.key_package_use(key_package)
    return StockedKeyPackage(
        key_package_ref(key_package), client, use.kind, use.last_resort, not_after(key_package), key_package
    )
