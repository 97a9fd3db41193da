"""A server of requests without a provider behind it, for a draft's checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Endpoint
from simulator.rules import Rule, check
from simulator.services.signing import Signature


@dataclass
class Listening:
    """Serves nothing, and notes what checks ask of it."""

    name: str = "a.example"
    domain: str | None = "a.example"
    service_host: str = "ds.a.example"
    mutual_tls: bool = False
    limited: frozenset[str] = frozenset()
    """Buckets that are empty."""
    drawn: list[Sequence[str]] = field(default_factory=list)
    operations: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)

    def check_rate(self, keys: Sequence[str], rules: Mapping[str, Rule]) -> None:
        self.drawn.append(tuple(keys))
        if self.limited & set(keys):
            check(next(rules[key.partition(" ")[0]] for key in keys if key in self.limited), False, "too many")

    def protects(self, endpoint: Endpoint | None) -> bool:
        return False

    async def check_token(self, call: Call) -> None:
        raise NotImplementedError

    def spend_token(self, call: Call) -> None:
        raise NotImplementedError

    def decoded(self, operation: str) -> None:
        self.operations.append(operation)

    async def check_signature(self, sender: str, signature: Signature, genuine: Rule) -> None:
        self.signers.append(sender)
