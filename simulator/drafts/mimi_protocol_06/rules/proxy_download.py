"""What a hub fetches for followers, and from whom: assets of its peers, and nothing else ([P] 5.10).

A peer is a provider of which a user takes part in a room of ours.
"""

from http import HTTPStatus
from typing import NoReturn

from simulator.drafts.mimi_protocol_06.names import asset_place
from simulator.drafts.mimi_protocol_06.refusals import MAY_SAY, UNKNOWN_ASSET, UNREACHABLE, forbidden
from simulator.drafts.mimi_protocol_06.room.room_state import room_state
from simulator.drafts.mimi_protocol_06.rules.assets import PAGE
from simulator.drafts.mimi_protocol_06.rules.rooms import with_components
from simulator.drafts.requests.http_checks import http_rule
from simulator.rules import check, refuse
from simulator.services.delivery.outbox import Failed
from simulator.services.names import BadName, user_provider
from simulator.services.refusal import Code, Refusal, rule
from simulator.services.results import DownloadedFile, Result
from simulator.services.service_context import ServiceContext

SENDER = forbidden("P6-4.9-SENDER")
URL = http_rule(
    "P6-4.9-ASSET-HOST",
    Code.not_authorized,
    HTTPStatus.FORBIDDEN,
    MAY_SAY,
    part="URL",
    essential="nothing says what to fetch from whom",
)
HOST = forbidden("P6-4.9-ASSET-HOST", "PEER")
REACHED = rule("P6-4.9-BAD-GATEWAY", UNREACHABLE, PAGE, essential="there is nothing to pass on")
IN_TIME = http_rule(
    "P6-4.9-TIMEOUT", UNREACHABLE, HTTPStatus.GATEWAY_TIMEOUT, PAGE, essential="there is nothing to pass on"
)


def check_sender(sender: str, context: ServiceContext) -> None:
    """Only peers ask, and our own clients. Raises Refusal not_authorized."""
    known = sender == context.provider or is_peer(sender, context)
    check(SENDER, known, f"no user of {sender} takes part in any room of {context.provider}")


def place_of(url: str, context: ServiceContext) -> tuple[str, str]:
    """The provider that has the asset, a peer or we ourselves, and the asset's id there. Raises Refusal not_authorized:
    nobody is fetched anything else, from anybody else.
    """
    try:
        provider, asset = asset_place(url)
    except BadName as error:
        refuse(URL, f"{context.provider} fetches assets only: {error}", error)
    known = provider == context.provider or is_peer(provider, context)
    check(HOST, known, f"{context.provider} fetches nothing from {provider}, of which no user takes part in its rooms")
    return provider, asset


def is_peer(provider: str, context: ServiceContext) -> bool:
    """Whether a user of another provider takes part in a room of ours."""
    return any(_takes_part(provider, group_id, context) for group_id in context.store.groups.ids())


def _takes_part(provider: str, group_id: bytes, context: ServiceContext) -> bool:
    record = context.store.groups.get(group_id)
    if record is None:
        return False
    state = room_state(with_components(record).public)
    users = (pair.user for pair in state.participants.participants)
    return any(user_provider(user) == provider and state.takes_part(user) for user in users)


def fetched(outcome: Result | Refusal | Failed, provider: str, context: ServiceContext) -> bytes:
    """What the asset's provider has answered. Raises its Refusal unknown_asset, and Refusal unreachable."""
    if not isinstance(outcome, DownloadedFile):
        _say_why(outcome, f"{context.provider} has not got the asset from {provider}")
    return outcome.data


def _say_why(outcome: Result | Refusal | Failed, words: str) -> NoReturn:
    if isinstance(outcome, Refusal) and outcome.code == UNKNOWN_ASSET:
        raise outcome  # passed on as it came
    if isinstance(outcome, Failed):
        refuse(IN_TIME if outcome.timed_out else REACHED, f"{words}: {outcome.reason}")
    refuse(REACHED, f"{words}: {outcome}")
