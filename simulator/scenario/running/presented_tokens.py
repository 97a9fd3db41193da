"""Tokens that somebody presents who need not have paid for them."""

from typing import Any

import msgspec

from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.tree import Node, Scalar
from simulator.scenario.names import RequestRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import with_bit_flipped, with_field

FLIP = "flip"
"""In the place of a value: another last bit."""


class PresentedToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="presented token"):
    """The token of Privacy Pass that a captured request presented, with other fields."""

    of: RequestRef | None
    set: dict[str, Any] = {}
    """By field: another value, such as `{nonce: "hex:00..."}`, or `flip` for another last bit."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping, or from `none`: then nothing is presented."""
        if isinstance(node, Scalar) and node.value == "none":
            return cls(of=None)
        return reader.struct(node, cls)

    def field(self, context: Context) -> str | None:
        """The value of Authorization, if there is to be one. Raises SimulatorError for a request without a token, and
        what does not fit.
        """
        if self.of is None:
            return None
        headers = context.result(self.of, Request).headers
        token: Any = read_authorization([value for name, value in headers if name.lower() == "authorization"])
        for path, value in self.set.items():
            token = with_bit_flipped(token, path) if value == FLIP else with_field(token, path, value)
        return write_authorization(token)
