"""A request is changed on its way."""

from dataclasses import replace
from typing import Annotated, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError
from simulator.scenario.loading.problems import Unfit
from simulator.scenario.names import Checked, ClientRef, EndpointRef, Kind, Names, ProviderRef, RequestRef
from simulator.scenario.running import request_parts
from simulator.scenario.running.bodies import body_of, changed, split, structs_in
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import check_path, hex_bytes
from simulator.scenario.running.signing import sign
from simulator.scenario.step import Conduct
from simulator.scenario.steps.edits import Edits


class Tamper(Edits, frozen=True, kw_only=True, tag="tamper"):
    """Change a captured request. Its signatures stay as they were, unless it is said who signs it anew. Names the
    changed request.

    `set` also reaches `path.room_id`, what the path has for a variable, and `headers.from`, a header, which `delete`
    takes out. Where a body has several structs, a path begins with the number of one, from 0: `0.message`.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    produces: ClassVar[Kind] = Kind.request

    request: RequestRef
    endpoint: EndpointRef | None = None
    """Another endpoint that it is for from now on; it must take the same struct."""
    signed_by: ProviderRef | None = None
    """The provider whose key signs the changed request, whatever its `sender` says."""
    signed_by_client: ClientRef | None = None
    """The client whose key signs the changed request, as a member does that misbehaves."""
    cut: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How many bytes to cut off at the end."""
    append: Annotated[str, Checked(hex_bytes)] = ""
    """Bytes in hex to put behind the end."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """Keys of providers, where one signs."""
        return (DraftFeature.provider_keys,) if self.signed_by else ()

    def check_names(self, names: Names) -> None:
        """Raises Unfit for a path that no request of its kind has."""
        name = names.endpoints.get(self.request)
        endpoint = next((each for each in names.draft.all_endpoints if each.name == name), None)
        if endpoint is None or endpoint.request is None:
            return
        for path in self.paths:
            try:
                if not request_parts.check(endpoint, path):
                    check_path(endpoint.request, split(endpoint, path)[1])
            except SimulatorError as error:
                raise Unfit(path, str(error)) from error

    def endpoint_in(self, names: Names) -> str | None:
        """The endpoint that the changed request is for."""
        return names.meaning(self.endpoint) if self.endpoint else names.endpoints.get(self.request)

    async def run(self, context: Context) -> Request:
        """The changed request; nothing is sent yet."""
        request = context.result(self.request, Request)
        endpoint = context.session.draft.named(request.endpoint)
        body = request.body
        inside = [each for each in self.changes() if not request_parts.is_one(each[0])]
        if inside or self.signed_by or self.signed_by_client:
            structs = structs_in(endpoint, body)
            for path, change in inside:
                structs = changed(endpoint, structs, path, change)
            body = body_of(tuple(sign(context, each, self.signed_by, self.signed_by_client) for each in structs))
        body = body[: max(len(body) - self.cut, 0)] + hex_bytes(self.append)
        request = request_parts.changed(request, self.set, self.delete)
        return replace(request, body=body, endpoint=context.endpoint(self.endpoint or request.endpoint).name)
