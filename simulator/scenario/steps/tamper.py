"""A request is changed on its way."""

from dataclasses import replace
from typing import Annotated, Any, ClassVar

import msgspec

from simulator.codec import decode, encode
from simulator.drafts.notions import Notion
from simulator.scenario.names import Checked, ClientRef, EndpointRef, Kind, Names, ProviderRef, RequestRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import hex_bytes
from simulator.scenario.running.signing import sign
from simulator.scenario.steps.edits import Edits


class Tamper(Edits, frozen=True, kw_only=True, tag="tamper"):
    """Change a captured request. Its signatures stay as they were, unless it is said who signs it anew. Names the
    changed request.
    """

    produces: ClassVar[Kind] = Kind.request

    request: RequestRef
    endpoint: EndpointRef | None = None
    """Another endpoint that it is for from now on; it must take the same struct."""
    signed_by: ProviderRef | None = None
    """The provider whose key signs the changed request, whatever its `sender` says."""
    signed_by_client: ClientRef | None = None
    """The client whose key signs the changed DSRequest, as a member does that misbehaves."""
    cut: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How many bytes to cut off at the end."""
    append: Annotated[str, Checked(hex_bytes)] = ""
    """Bytes in hex to put behind the end."""

    def needed(self) -> tuple[Notion, ...]:
        """Keys of providers, where one signs."""
        return (Notion.provider_keys,) if self.signed_by else ()

    def check_names(self, names: Names) -> None:
        """Raises Unfit for a path that no request of its kind has."""
        endpoint = names.endpoints.get(self.request)
        rows = [each for each in names.draft.endpoints if each.name == endpoint]
        self.check_paths([each.request for each in rows if each.request is not None])

    def endpoint_in(self, names: Names) -> str | None:
        """The endpoint that the changed request is for."""
        return names.meaning(self.endpoint) if self.endpoint else names.endpoints.get(self.request)

    async def run(self, context: Context) -> Request:
        """The changed request; nothing is sent yet."""
        request = context.result(self.request, Request)
        body = request.body
        if self.changes_fields or self.signed_by or self.signed_by_client:
            struct: Any = self.edited(decode(context.struct_of(request), body))
            body = encode(sign(context, struct, self.signed_by, self.signed_by_client))
        body = body[: max(len(body) - self.cut, 0)] + hex_bytes(self.append)
        endpoint = context.endpoint(self.endpoint).name if self.endpoint else request.endpoint
        return replace(request, body=body, endpoint=endpoint)
