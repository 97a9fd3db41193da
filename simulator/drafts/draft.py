"""What a draft is to everybody else: endpoints, and functions between bytes and the services' commands.

    request in     draft.endpoint(path) -> Endpoint, and the variables in the path
                   draft.call(request, server) -> Call, of which draft.checks are made in order
    refusal out    endpoint.refusals.write(refusal) -> Reply; draft.refusals where no endpoint was found
    request out    draft.write(command, sender, recipient, ...) -> Outgoing: which endpoint, which bytes
    delivery out   draft.write_delivery(delivery, sender, recipient, sign) -> Outgoing: what waited in an outbox
    message in     draft.read_message(queued) -> ReceivedMessage: what waited in a client's queue
                   draft.write_fetch(command, requester) -> Outgoing: for KeyPackages, also to whom

Nobody outside the draft's package names one of its structs; `Endpoint.request` and `.response` are there to be shown.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Protocol

from simulator.dataclass import dataclass
from simulator.drafts.adversary import Adversary
from simulator.drafts.attachments import Attachments
from simulator.drafts.consent import Consent
from simulator.drafts.discovery import Discovery
from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.features import DraftFeature
from simulator.drafts.issuer_endpoints import IssuerEndpoint, issuer_endpoints
from simulator.drafts.mls_profile import MLSProfile
from simulator.drafts.own_requests import OwnRequests
from simulator.drafts.provider_keys import ProviderKeys
from simulator.drafts.received_message import ReceivedMessage
from simulator.drafts.requests.call import Call, Check, Server, Tenancy
from simulator.drafts.requests.endpoint import Endpoint, HTTPEndpoint, Outgoing, Refusals
from simulator.drafts.requests.honest_request import Honest, nothing_said
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.said_sender import SaidSender
from simulator.drafts.requests.wire_request import WireRequest
from simulator.drafts.search import Search
from simulator.rules import Requirement
from simulator.services.asker import Asker
from simulator.services.commands import FetchKeyPackages, GroupCommand
from simulator.services.decisions import Practice
from simulator.services.delivery.deliveries import Delivery
from simulator.services.draft_rules import DraftRules
from simulator.services.refusal import COMMON, Code
from simulator.services.signing import Sign
from simulator.storage import QueuedMessage


class Write(Protocol):
    """Encode and sign a request. `asker` says as whom a client asks; what providers ask has none."""

    def __call__(
        self,
        command: GroupCommand,
        *,
        sender: str,
        recipient: str,
        sign: Sign | None = None,
        asker: Asker | None = None,
    ) -> Outgoing: ...


class WriteDelivery(Protocol):
    """Encode and, if providers sign in the draft, sign the request that brings a delivery to another one."""

    def __call__(self, delivery: Delivery, *, sender: str, recipient: str, sign: Sign | None) -> Outgoing: ...


class WriteFetch(Protocol):
    """Write the request for KeyPackages. To whom it goes is the draft's to say: the target's provider, or one that has
    to ask that one in its turn.

    Raises BadName, and ValueError where what the draft wants signed can't be.
    """

    def __call__(self, command: FetchKeyPackages, requester: Requester) -> Outgoing: ...


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A generation of the protocol: name, version number on the wire, and its parts. Each is equal to itself alone."""

    name: str
    version: int
    endpoints: tuple[Endpoint, ...]
    discovery: Discovery
    write: Write
    write_delivery: WriteDelivery
    read_message: Callable[[QueuedMessage], ReceivedMessage]
    """What a client's queue has for it. Raises DecodeError."""
    write_fetch: WriteFetch
    refusals: Refusals
    """Where no endpoint was found; those of an endpoint may be others."""
    checks: tuple[Check, ...]
    """What is checked of a request before it is performed, in order."""
    rules: DraftRules
    """What the services need of it."""
    resign: Callable[[Any, Sign], Any]
    """A request struct that a provider or a client signs, signed anew: for attacks. Raises TypeError for any other."""
    mls: MLSProfile = field(default_factory=MLSProfile, repr=False, hash=False)
    """What goes into leaves, KeyPackages, groups and messages, and what members check there."""
    consent: Consent = field(default_factory=Consent, repr=False, hash=False)
    """How users agree to be added to groups by each other."""
    search: Search | None = field(default=None, repr=False, hash=False)
    """How users are found by identifiers; None if they can't be."""
    tenancy: Tenancy | None = None
    """How several providers share a host; None if they can't."""
    provider_keys: ProviderKeys | None = None
    """How providers tell each other with which keys they sign; None if they have no keys."""
    sender: SaidSender | None = field(default=None, repr=False, hash=False)
    """How a request says which provider it is from, where its certificate proves that; None where providers sign."""
    own_requests: OwnRequests | None = field(default=None, repr=False, hash=False)
    """What a provider notes of its own clients' requests; None where it need not."""
    attachments: Attachments | None = field(default=None, repr=False, hash=False)
    """How messages refer to files; None where they do not."""
    adversary: Adversary = field(default_factory=Adversary, repr=False, hash=False)
    """What attackers among the clients can do in this draft only."""
    fuzzing: Callable[[], Any] | None = None
    """Gives what fuzzers know of it (a `drafts.fuzzing.Fuzzing`), which is loaded when somebody fuzzes; None where that
    is no more than what is said here."""
    honest: Honest = nothing_said
    """What a forged request has where an attack says nothing else."""
    codes: tuple[Code, ...] = COMMON
    """Those of its refusals. Scenarios expect them by their words."""
    requirements: tuple[Requirement, ...] = ()
    """All that its documents demand, in their order. Scenarios say by ID what they cover."""
    declares: tuple[str, ...] = ()
    """The packages, by dotted name, that declare the rules which it checks."""
    unshown: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Why no scenario can show what a rule does that is checked here, by the rule's ID or that of its requirement: the
    bytes that were tried, or the rule that catches them first."""
    page: Path | None = None
    """Its wire in words, as Markdown: what `mimi-sim guide protocol` shows."""
    structs: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)
    """Its wire structs by name, those of RFC 9420 not among them: to be decoded and shown."""
    labels: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Under which labels structs are signed, by the struct's name: to be shown, and compared with another version."""
    words: Mapping[str, Meaning] = field(default_factory=dict, repr=False, hash=False)
    """What the neutral words for endpoints stand for, as far as it has anything of the kind."""

    practices: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Which requirements are followed here by what providers and clients decide by themselves: the ID of a practice
    (`simulator.services.decisions`) to that of the requirement which says the same."""

    lacks: Mapping[DraftFeature, str] = field(default_factory=dict, repr=False, hash=False)
    """The features that it does not have, each with the reason, as people are told it."""
    client_by_client: bool = True
    """Whether one can ask for KeyPackages of single clients, and not only for those of all clients of a user."""
    like: str = ""
    """The draft, by name, of which it is a copy that was changed: what a file says for that one is said for it, too,
    where the file does not name it.
    """

    _at: Mapping[str, Endpoint] | None = field(init=False, default=None, repr=False, compare=False)
    """The endpoints by their paths, where these have no variables and no endpoint in front of them has the same; None
    until one is looked for."""

    def __post_init__(self) -> None:
        """Raises ValueError where two requirements have one ID."""
        ids = [requirement.id for requirement in self.requirements]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"{self.name} has more than one requirement called {', '.join(twice)}")

    def is_one_of(self, names: Container[str]) -> bool:
        """Whether it is meant where a file names these drafts."""
        return self.name in names or (self.like != "" and self.like in names)

    def lacking(self, features: Iterable[DraftFeature]) -> str | None:
        """Why what needs these features means nothing here; None where it does mean something."""
        lacks = dict(self.lacks)
        if self.provider_keys is None:
            lacks.setdefault(DraftFeature.provider_keys, "providers have no keys")
        if self.search is None:
            lacks.setdefault(DraftFeature.search, "nobody is found by an identifier")
        if not self.consent.with_key_packages:
            lacks.setdefault(DraftFeature.key_packages_with_consent, "KeyPackages do not come with consent")
        if self.attachments is None:
            lacks.setdefault(DraftFeature.attachments, "messages refer to no files")
        if not self.mls.has_roles:
            lacks.setdefault(DraftFeature.roles, "members have no roles, and groups no settings")
        if not self.mls.has_evidence:
            lacks.setdefault(DraftFeature.reports, "nothing proves to the hub what was said")
        return next((f"{self.name}: {lacks[each]}" for each in features if each in lacks), None)

    def follows(self, practice: Practice) -> str:
        """The ID of the requirement that a practice follows: one of the draft's, or its own."""
        return self.practices.get(practice.id, practice.id)

    @property
    def issuer_endpoints(self) -> tuple[IssuerEndpoint, ...]:
        """Those that a provider has as an issuer of Privacy Pass, with the draft's refusals."""
        return issuer_endpoints(self.refusals)

    @property
    def all_endpoints(self) -> tuple[HTTPEndpoint, ...]:
        """Its own, then those of issuers."""
        return (*self.endpoints, *self.issuer_endpoints)

    def endpoint(self, path: str) -> tuple[Endpoint | None, dict[str, str]]:
        """The endpoint at a path, if there is one, and the variables in it; the caller compares the method."""
        if self._at is None:
            at = {row.path: row for row in self.endpoints if self._first(row.path) == (row, {})}
            object.__setattr__(self, "_at", at)
        known = self._at.get(path) if self._at else None
        return self._first(path) if known is None else (known, {})

    def _first(self, path: str) -> tuple[Endpoint | None, dict[str, str]]:
        for row in self.endpoints:
            variables = row.template.match(path)
            if variables is not None:
                return row, variables
        return None, {}

    def call(self, request: WireRequest, server: Server) -> Call:
        """What there is to know of a request before the first check."""
        endpoint, variables = self.endpoint(request.path)
        whole = replace(request, variables=variables) if variables != request.variables else request
        return Call(whole, endpoint, server)

    def code(self, word: str) -> Code:
        """The code that is this word. Raises KeyError."""
        return {str(code): code for code in self.codes}[word]

    def named(self, name: str) -> HTTPEndpoint:
        """The endpoint of this name, its own or an issuer's. Raises KeyError."""
        return {row.name: row for row in self.all_endpoints}[name]

    def meaning(self, word: str) -> Meaning | None:
        """What a neutral word or an endpoint's own name stands for; None where it is neither here."""
        is_name = any(row.name == word for row in self.all_endpoints)
        return Meaning(word) if is_name else self.words.get(word)
