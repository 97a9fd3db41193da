"""What a provider checks and does (PROTOCOL.md section 3). The module is the draft's DraftRules."""

from collections.abc import Callable
from typing import NoReturn

from simulator.drafts.mls_profile import REGULAR
from simulator.errors import Misuse
from simulator.mls.joining.key_package import KeyPackage
from simulator.rules import check
from simulator.services.accounts import key_packages
from simulator.services.draft_rules import KeyPackageUse
from simulator.services.refusal import Code, rule
from simulator.services.results import HandedOut
from simulator.services.service_context import ServiceContext

from .refusals import UNREACHABLE

KNOWN_USER = rule("TOY-KNOWN-USER", Code.unknown_user, "toy-1 section 3")
EACH_ONCE = rule("TOY-EACH-ONCE", Code.key_packages_exhausted, "toy-1 section 3")
LAST_HOP = rule("TOY-LAST-HOP", Code.unknown_user, "toy-1 section 3")
ANSWERS = rule("TOY-UNREACHABLE", UNREACHABLE, "toy-1 section 4")


def meaningless(what: str) -> Callable[..., NoReturn]:
    """For what a Draft has to have, and means nothing in one without groups."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise Misuse(f"toy-1 has no groups: there is nothing to {what}")

    return refuse


write = meaningless("ask of a hub")
write_delivery = meaningless("bring to clients")
read_message = meaningless("read in a queue")
resign = meaningless("sign")
deliver = digest = meaningless("deliver")
clients_gone = meaningless("remove clients from")
take_group = take_commit = meaningless("take a commit of")


def hub_keys(_: ServiceContext) -> tuple[bytes, ...]:
    """Nobody is the hub of anything."""
    return ()


def key_package_use(key_package: KeyPackage) -> KeyPackageUse:
    """All are of one kind."""
    return KeyPackageUse(REGULAR)


def hand_out(user: str, context: ServiceContext) -> HandedOut:
    """One KeyPackage of each client of a user of ours that has one left. Raises Refusal."""
    users = context.store.users
    check(KNOWN_USER, users.exists(user), f"{user} is not a user of {context.provider}")
    taken = [key_packages.take(client, REGULAR, context) for client in users.clients_of(user)]
    found = tuple(each for each in taken if each is not None)
    check(EACH_ONCE, bool(found), f"no KeyPackage of {user} is left")
    return HandedOut(found)
