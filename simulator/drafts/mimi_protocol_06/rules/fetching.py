"""What a hub does with a request for KeyPackages of another provider's user: it lets through who may add somebody to
its room, and remembers where the KeyPackages came from (PROTOCOL.md, KeyPackages).
"""

from collections.abc import Iterable

from simulator.drafts.mimi_protocol_06.names import hub_of
from simulator.drafts.mimi_protocol_06.refusals import UNREACHABLE, forbidden
from simulator.drafts.mimi_protocol_06.room.admission import may_add
from simulator.drafts.mimi_protocol_06.room.room_state import room_state
from simulator.drafts.mimi_protocol_06.rules.key_material import PAGE
from simulator.drafts.mimi_protocol_06.rules.rooms import find_room, note_fetched
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.rules import check
from simulator.services.names import user_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

FOLLOWER = forbidden("P6-4.1-SENDER", "REQUESTER")
"""Who asks the hub."""
HUB = forbidden("P6-4.1-SENDER", "HUB")
"""Who asks the target's provider."""
MAY_ADD = forbidden("P6-4.1-MAY-ADD")
OURS = rule("P6-4.1-USER-OURS", Code.unknown_user, PAGE, essential="there is nobody to ask")
REACHED = rule("P6-4.1-UNREACHABLE", UNREACHABLE, PAGE, essential="there is no answer to pass on")


def check_sender(sender: str, requester: str, room: str, context: ServiceContext) -> None:
    """The requester's provider asks the hub of the room, or the target's provider where there is no room; the hub asks
    everybody else. Raises Refusal not_authorized.
    """
    if room and hub_of(room) != context.provider:
        check(HUB, sender == hub_of(room), f"{sender} is not the hub of {room}")
    else:
        ours = sender == user_provider(requester)
        check(FOLLOWER, ours, f"{sender} can't speak for {requester}, who is not its user")


def next_provider(target: str, room: str, context: ServiceContext) -> str | None:
    """Whom to ask, as the hub of the room; None where the target is ours. Raises Refusal unknown_user where it is not,
    and we are no hub.
    """
    provider = user_provider(target)
    if provider == context.provider:
        return None
    hub = bool(room) and hub_of(room) == context.provider
    check(OURS, hub, f"{target} is not a user of {context.provider}")
    return provider


def check_room(requester: str, target: str, room: str, context: ServiceContext) -> None:
    """A room of ours, if it is one, is for who takes part and may add others, or for one's own clients. Raises Refusal
    unknown_group or not_authorized.
    """
    if room and hub_of(room) == context.provider:
        state = room_state(find_room(room, context).public)
        allowed = requester == target or may_add(requester, state)
        check(MAY_ADD, allowed, f"{requester} can't add anybody to {room}")


def remember(room: str, key_packages: Iterable[KeyPackage], provider: str, context: ServiceContext) -> None:
    """KeyPackages for a room came from this provider, where Welcomes to them go. Nothing happens but at its hub."""
    if room and hub_of(room) == context.provider:
        note_fetched(room, tuple(key_package_ref(each) for each in key_packages), provider, context)
