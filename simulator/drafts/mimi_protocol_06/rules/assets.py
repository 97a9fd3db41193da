"""The assets that a provider keeps for its own users, and gives to whoever knows their URLs ([P] 5.10)."""

from http import HTTPStatus

from simulator.drafts.mimi_protocol_06.content.external_part import LARGEST
from simulator.drafts.mimi_protocol_06.names import asset_url
from simulator.drafts.mimi_protocol_06.refusals import UNKNOWN_ASSET
from simulator.drafts.mimi_protocol_06.room.room_state import user_of
from simulator.drafts.requests.http_checks import http_rule
from simulator.rules import check, refuse
from simulator.services.limits.policy import DAY
from simulator.services.refusal import Code, rule
from simulator.services.results import UploadedFile
from simulator.services.service_context import ServiceContext

PAGE = "PROTOCOL.md, Assets"

KEPT = 7 * DAY
"""Seconds."""
MOST = 100
"""Of one user: older ones make way."""

UPLOADED = http_rule("P6-4.9-LARGEST", Code.malformed, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, PAGE, part="UPLOAD")
KNOWN = rule("P6-4.9-KNOWN", UNKNOWN_ASSET, PAGE, essential="there is nothing to be sent")


def keep_asset(client: str, data: bytes, context: ServiceContext) -> UploadedFile:
    """Keep what a client of ours has uploaded. Raises HTTPRefusal 413."""
    fits = len(data) <= LARGEST
    check(UPLOADED, fits, f"an asset has at most {LARGEST} bytes, not {len(data)}")
    files, user, asset = context.store.files, user_of(client), context.rand("asset_id", 16).hex()
    files.forget(context.elapsed - KEPT)
    files.add(asset, user, data, context.elapsed)
    files.keep_newest(user, MOST)
    return UploadedFile(asset_url(context.provider, asset), context.now + KEPT)


def find_asset(asset: str, context: ServiceContext) -> bytes:
    """What is in an asset of ours. Raises Refusal unknown_asset."""
    data = context.store.files.get(asset, since=context.elapsed - KEPT)
    if data is None:
        refuse(KNOWN, f"{context.provider} has no asset {asset}, or no more")
    return data
