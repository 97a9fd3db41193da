"""Tokens that somebody presents who need not have paid for them."""

from typing import Annotated, Any

import msgspec

from simulator.dataclass import dataclass
from simulator.drafts.requests.wire_request import Headers
from simulator.errors import SimulatorError
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.token import Token
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.nodes import Node, Scalar
from simulator.scenario.names import Kind, RequestRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import with_bit_flipped, with_field

FLIP = "flip"
"""In the place of a value: another last bit."""

_FIELD = "authorization"


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where a token is taken from: a captured request, or the wallet of a provider, where it stays."""

    name: str
    kind: Kind

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From the name of either."""
        if isinstance(node, Scalar) and isinstance(node.value, str):
            kinds = (Kind.request, Kind.provider)
            kind = next((each for each in kinds if reader.names.complaint(each, node.value) is None), Kind.request)
            if kind is Kind.provider:
                return cls(node.value, kind)
        value = reader.value(node, RequestRef)
        return cls(value, Kind.request) if isinstance(value, str) else value

    def token(self, context: Context, origin: str) -> Token:
        """A token for `origin` (a provider). Raises SimulatorError where there is none."""
        if self.kind is Kind.request:
            headers = context.result(self.name, Request).headers
            return read_authorization([value for name, value in headers if name.lower() == _FIELD])
        rows = context.session.provider(self.name).executor.store.wallet.of(context.session.peer(origin).service_host)
        if not rows:
            raise SimulatorError(f"{self.name} has no token for {origin}")
        return rows[0].token


class PresentedToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="presented token"):
    """The token of Privacy Pass that a captured request presented, or the next one that a provider has for the
    recipient, with other fields.
    """

    of: TokenSource | None
    set: dict[str, Any] = {}
    """By field: another value, such as `{nonce: "hex:00..."}`, or `flip` for another last bit."""
    times: Annotated[int, msgspec.Meta(ge=1, le=10)] = 1
    """In how many fields it is presented."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping, or from `none`: then nothing is presented."""
        if isinstance(node, Scalar) and node.value == "none":
            return cls(of=None)
        return reader.struct(node, cls)

    def presented(self, headers: Headers, context: Context, origin: str) -> Headers:
        """The headers of a request to `origin` (a provider) with this token, and with no other. Raises SimulatorError
        for a request without a token, an empty wallet, and what does not fit.
        """
        others = tuple(field for field in headers if field[0].lower() != _FIELD)
        if self.of is None:
            return others
        token: Any = self.of.token(context, origin)
        for path, value in self.set.items():
            token = with_bit_flipped(token, path) if value == FLIP else with_field(token, path, value)
        return (*others, *((_FIELD, write_authorization(token)),) * self.times)
