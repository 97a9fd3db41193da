"""A provider's store, and requests to it as they are opened and carried out; no transport in between."""

from dataclasses import dataclass, field, replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client.leaves import CAPABILITIES
from simulator.drafts.mimi_protocol_06.rules import key_material
from simulator.drafts.mimi_protocol_06.sender import from_header
from simulator.drafts.requests.endpoint import Answer, Ask, Endpoint, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.identity import default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import make_key_package
from simulator.services.accounts import directory, key_packages
from simulator.services.limits.policy import Policy
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import Store
from tests.services.bench import LIFETIME, NOW, SUITE, Client

ALICE, BOB, CAROL = "mimi://a.example/u/alice", "mimi://b.example/u/bob", "mimi://c.example/u/carol"


@dataclass
class Served:
    """One provider."""

    provider: str = "b.example"
    store: Store = field(default_factory=Store)

    @property
    def context(self) -> ServiceContext:
        rules: Any = key_material
        rand = SeededRand(7, self.provider)
        return ServiceContext(self.provider, self.provider, self.store, Policy(), NOW, NOW, rand, rules)

    def client(self, uri: str) -> Client:
        """A new client of a user of ours, new or not."""
        made = Client.of(uri)
        user = uri.replace("/d/", "/u/").rpartition("/")[0]
        directory.register_user(user, self.context)
        directory.register_client(uri, SUITE.value, made.identity.signature_public_key, self.context)
        return made

    def stock(self, client: Client, *, suite: int = 1, capable: bool = True) -> KeyPackage:
        """A new KeyPackage of a client of ours."""
        identity = replace(
            client.identity, capabilities=CAPABILITIES if capable else default_capabilities(), leaf_extensions=()
        )
        made = make_key_package(identity, cipher_suite(suite), client.rand, LIFETIME).key_package
        key_packages.upload(client.uri, (made,), self.context)
        return made

    def ask(self, endpoint: Endpoint, sender: str, variable: str, body: Any) -> Answer | Ask:
        """What becomes of a request. Raises Refusal."""
        request = asked(endpoint, sender, variable, body)
        return endpoint.open(request).perform(self.context)

    def answer(self, endpoint: Endpoint, sender: str, variable: str, body: Any) -> Reply:
        """The answer on the wire, a refusal's too."""
        try:
            found = self.ask(endpoint, sender, variable, body)
        except Refusal as refusal:
            return endpoint.refusals.write(refusal)
        assert isinstance(found, Answer)
        return found.reply


def asked(endpoint: Endpoint, sender: str, variable: str, body: Any) -> WireRequest:
    """A request as it has come in; `body` is a struct, or bytes."""
    data = body if isinstance(body, bytes) else encode(body)
    variables = {str(endpoint.template.variable): variable}
    return endpoint.wire_request(data, variables, from_header(sender))
