"""KeyPackages that come with consent: the target's provider gives them away, the requester's provider keeps them, and
adds are made with them before anybody is asked for others.

Whoever gives some away knows nothing of the groups that they are for, nor of when they are used; so those that came to
a provider are not told apart from its user's own: what they are worth, its client checks when it adds by them.
"""

from dataclasses import replace

from simulator.mls.crypto.suite import CIPHER_SUITES
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.services.accounts import consent
from simulator.services.accounts.key_packages import not_after, take
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.service_context import ServiceContext
from simulator.storage import EVERYTHING, ConsentWord, GrantedKeyPackage

_SUITES = frozenset(suite.value for suite in CIPHER_SUITES)

USED = Practice(
    "CONSENT-KEY-PACKAGES",
    Kind.not_asked,
    "KeyPackages that came with a user's consent are used before anybody is asked for others.",
)
TOO_OLD = Practice(
    "CONSENT-KEY-PACKAGES-EXPIRED",
    Kind.expired,
    "Where one of the KeyPackages that came with consent has expired, none of them is used.",
)


def give(said: SayConsent, kind: str, context: ServiceContext) -> SayConsent:
    """What our user has said, with a KeyPackage out of the stock of each of its clients that has one of this kind;
    nobody else is handed these.
    """
    taken = (take(client, kind, context) for client in context.store.users.registered(said.target))
    return replace(said, key_packages=tuple(each for each in taken if each is not None))


def note(said: SayConsent, context: ServiceContext) -> None:
    """Our user, the requester, got an answer: keep what came with it in the place of what came before, or nothing any
    more where it is no consent, and where one of them is of a cipher suite of which nobody here has ever heard: then
    none of them could be used.
    """
    kept = context.store.granted_key_packages
    unheard_of = any(each.cipher_suite not in _SUITES for each in said.key_packages)
    if said.word is not ConsentWord.granted or unheard_of:
        kept.use_up(said.requester, said.target, said.scope)
    elif said.key_packages:
        granted = [GrantedKeyPackage(key_package_ref(each), not_after(each), each) for each in said.key_packages]
        kept.keep(said.requester, said.target, said.scope, granted, context.now)


def use(command: FetchKeyPackages, context: ServiceContext) -> tuple[KeyPackage, ...]:
    """The KeyPackages that came with consent for what our user wants, which nobody gets again: those for the group,
    else those for any. None if one of them is of another cipher suite, or has expired; or if there is no consent.
    """
    requester, target = command.requester, command.target
    if not isinstance(target, str) or not consent.is_granted(requester, target, context, scope=command.group):
        return ()
    for scope in dict.fromkeys((command.group, EVERYTHING)):
        found = context.store.granted_key_packages.left(requester, target, scope)
        suites = command.cipher_suites
        if not found or any(suites and each.key_package.cipher_suite not in suites for each in found):
            continue
        expired = sum(each.not_after < context.now for each in found)
        if expired:
            words = f"{expired} of the {len(found)} KeyPackages that {target} has given away are too old"
            context.decided(Decision(TOO_OLD, words, group=command.group or None))
        else:
            words = f"{target} has given away {len(found)} KeyPackages with its consent"
            context.decided(Decision(USED, words, group=command.group or None))
        context.store.granted_key_packages.use_up(requester, target, scope)
        if not expired:
            return tuple(each.key_package for each in found)
    return ()
