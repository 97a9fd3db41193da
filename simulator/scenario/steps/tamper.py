"""A request is changed on its way."""

from dataclasses import replace
from typing import Annotated, Any, ClassVar

import msgspec

from simulator.codec import decode, encode
from simulator.errors import SimulatorError
from simulator.scenario.context import Context, Request
from simulator.scenario.fields import hex_bytes, with_field
from simulator.scenario.names import Checked, EndpointRef, Kind, ProviderRef, RequestRef
from simulator.scenario.step import Step


class Tamper(Step, frozen=True, tag="tamper"):
    """Change a captured request. Its signatures stay as they were, unless `signed_by` says who signs it anew. Names the
    changed request.
    """

    produces: ClassVar[Kind] = Kind.request

    request: RequestRef
    set: dict[str, Any] = {}
    """Dotted path of a field, as the draft's struct names it, and its new value."""
    endpoint: EndpointRef | None = None
    """Another endpoint that it is for from now on; it must take the same struct."""
    signed_by: ProviderRef | None = None
    """The provider whose key signs the changed request, whatever its `sender` says."""
    cut: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How many bytes to cut off at the end."""
    append: Annotated[str, Checked(hex_bytes)] = ""
    """Bytes in hex to put behind the end."""

    async def run(self, context: Context) -> Request:
        """The changed request; nothing is sent yet."""
        request = context.result(self.request, Request)
        body = request.body
        if self.set or self.signed_by:
            body = self._rewritten(request, context)
        body = body[: max(len(body) - self.cut, 0)] + hex_bytes(self.append)
        return replace(request, body=body, endpoint=self.endpoint or request.endpoint)

    def _rewritten(self, request: Request, context: Context) -> bytes:
        struct: Any = decode(context.struct_of(request), request.body)
        for path, value in self.set.items():
            struct = with_field(struct, path, value)
        if self.signed_by is not None:
            try:
                struct = context.session.sign_as(self.signed_by, struct)
            except TypeError as error:  # the draft has no signature there
                raise SimulatorError(f"signed_by: {error}") from error
        return encode(struct)
