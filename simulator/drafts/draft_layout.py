"""The layout of a draft, made of what it declares."""

from functools import lru_cache
from importlib.metadata import version

import simulator.mls
from simulator.codec import declared_in as structs_in
from simulator.codec.layout import NamedType, Type, wire_layout
from simulator.drafts.draft import Draft
from simulator.drafts.opaque_bodies import OpaqueBodies
from simulator.drafts.requests.endpoint import Endpoint
from simulator.rules import declared_in as rules_in
from simulator.trace.layout import EndpointLayout, Layout, packed

DISTRIBUTION = "mimi-simulator"
"""Whose version it is that a layout tells."""

_KEPT = 16


@lru_cache(maxsize=_KEPT)
def packed_layout(draft: Draft) -> bytes:
    """The layout of a draft as a trace carries it."""
    return packed(layout_of(draft))


def layout_of(draft: Draft) -> Layout:
    """All of a draft's structs, and of RFC 9420's those that are in them or in opaque fields of them."""
    names = {**structs_in(simulator.mls), **draft.structs}
    bodies = [struct for row in draft.endpoints for struct in (row.request, row.response) if struct is not None]
    shown = list(dict.fromkeys((*bodies, *draft.structs.values())))
    wire, types = wire_layout(shown, names, OpaqueBodies(draft.mls).bodies)
    return Layout(
        draft.name,
        version(DISTRIBUTION),
        wire,
        {row.name: _endpoint(row, {each: types[each] for each in bodies}) for row in draft.endpoints},
        dict(draft.labels),
        tuple(check.name for check in draft.checks),
        tuple(dict.fromkeys(rule.id for package in draft.declares for rule in rules_in(package))),
    )


def _endpoint(row: Endpoint, types: dict[type, Type]) -> EndpointLayout:
    request, response = (None if each is None else types[each] for each in (row.request, row.response))
    return EndpointLayout(
        row.method,
        row.path,
        row.media_type,
        request.name if isinstance(request, NamedType) else None,
        response.name if isinstance(response, NamedType) else None,
        row.success,
        row.several,
        row.place.value,
    )
