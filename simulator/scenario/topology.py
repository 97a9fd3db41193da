"""The shape of a scenario's `topology`: who takes part."""

from collections.abc import Iterable
from enum import Enum
from itertools import chain
from typing import Annotated, Any, ClassVar

import msgspec

from simulator.dataclass import dataclass
from simulator.drafts import DRAFTS, registry
from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError, hint
from simulator.scenario.loading.conversion import INVALID, Reader, reading
from simulator.scenario.loading.generated_topologies import Generate
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, items
from simulator.scenario.loading.problems import Span
from simulator.scenario.names import EVERYBODY, Checked, Defines, DraftRef, Kind
from simulator.scenario.rule_names import Waived
from simulator.scenario.scalars import WORD, Duration, ExistingFile, FilePath
from simulator.scenario.token_settings import PrivacyPass
from simulator.services import names
from simulator.services.limits.policy import Policy

_POLICY = Policy()


def _word(text: str) -> None:
    """A display name stands in URIs, and `.` separates a user from a client. Raises SimulatorError."""
    if not WORD.fullmatch(text):
        raise SimulatorError(f'"{text}" can\'t be a name: lower case letters, digits, - and _ only')
    if text == EVERYBODY:
        raise SimulatorError(f'"{text}" can\'t be a name: it means everybody')


def _suite(number: int) -> None:
    """Raises SimulatorError for a suite that no provider here takes groups and KeyPackages of."""
    taken = _POLICY.cipher_suites
    if number not in taken:
        raise SimulatorError(f"providers take no cipher suite {number}, only {' and '.join(map(str, taken))}")


UserName = Annotated[str, Checked(_word), Defines(Kind.user)]
DeviceName = Annotated[str, Checked(_word)]
ProviderName = Annotated[str, Checked(names.fqdn), Defines(Kind.provider)]

_USER, _DEVICE = reading(UserName), reading(DeviceName)


@dataclass(frozen=True, slots=True)
class Users:
    """A provider's users, each with its clients: `{alice: [phone, laptop]}`. In steps these are `alice.phone` and
    `alice.laptop`. `alice` alone is all of her clients where a step takes several; where it takes one, she must have
    no other.
    """

    clients: dict[str, tuple[str, ...]]

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping of user to clients. A user's own name also stands for the clients."""
        if not isinstance(node, Mapping):
            return reader.wrong(node, "expected users with their clients: {alice: [phone, laptop]}")
        users = {}
        for user, place in node.keys.items():
            name = _USER(reader, Scalar(user, place))
            reader.names.define(Kind.client, user)
            clients = tuple(cls._device(user, item, reader) for item in items(node.values[user]))
            users[name] = clients or (reader.wrong(place, f'user "{user}" has no client'),)
        return INVALID if INVALID in users or INVALID in chain(*users.values()) else cls(users)

    @staticmethod
    def _device(user: str, node: Node, reader: Reader) -> Any:
        device = _DEVICE(reader, node)
        complaint = device is not INVALID and reader.names.define(Kind.client, f"{user}.{device}")
        return reader.wrong(node, complaint) if complaint else device


class RateKey(Enum):
    """Whose requests are counted together."""

    provider = "provider"
    """The sending provider's."""
    group = "group"
    """Those about one group."""
    member = "member"
    """Those that one client signed as a member of a group."""
    client = "client"
    """Those that one client signed as itself: to create a group, or to join one from outside."""
    requester = "requester"
    """Those for one user who wants something of others, where a draft counts by that."""
    address = "address"
    """Those from one IP address."""


class RateLimit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rate limit"):
    """So many requests at once, and so many in each such time in the long run; who wants more is rate_limited."""

    requests: Annotated[int, msgspec.Meta(ge=1)]
    per: Duration

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        if not self.per.seconds:
            raise SimulatorError('"per" must be longer than nothing')


class StoreKind(Enum):
    """Where a provider keeps its state."""

    memory = "memory"
    """An SQLite database in memory, which a crash leaves as a disk would."""
    file = "file"
    """An SQLite file in a temporary folder of the run."""


Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]


def _address(text: str) -> None:
    """Raises SimulatorError for what no system can look up."""
    try:
        text.encode("ascii").decode("ascii").encode("idna")  # as the socket module has it: no empty or too long label
    except UnicodeError:
        looked_up = False
    else:
        looked_up = text.isprintable() and " " not in text
    if not looked_up:
        raise SimulatorError(f'"{text}" is no host name or IP address; letters other than ASCII are written as xn--...')


def _group(text: str) -> None:
    """Raises SimulatorError for what is no group's URI."""
    names.group_provider(text.encode())


class ExternalGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="external group"):
    """A group that is at an external provider already."""

    uri: Annotated[str, Checked(_group)]
    """mimi://b.example/g/..., as the steps and reports of scenarios call it."""
    settings: dict[str, Any] = {}
    """What holds in it: it stands for the group of a `create_group` with just these."""


class External(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="external"):
    """Where a provider is that somebody else runs, and whom to trust in speaking with it."""

    address: Annotated[str, msgspec.Meta(min_length=1), Checked(_address)]
    """A host name or IP address: the provider's own names are looked up to it, as DNS would."""
    port: Port
    ca: ExistingFile
    """PEM: who issues its certificates."""
    client_certificate: ExistingFile | None = None
    """PEM with certificate and private key: what our providers show to it; their own if not said."""
    suite: Annotated[int, Checked(_suite)] = 1
    """The cipher suite of its users' KeyPackages."""
    mutual_tls: bool = False
    """Whether it wants to see certificates of TLS clients."""
    accepts: bool = False
    """Whether its users agree to every connection request by themselves, as those of `mimi-sim serve --accept` do:
    without it nobody can add them to groups."""
    groups: tuple[ExternalGroup, ...] = ()
    """What its users have created, as nobody can let them do it from outside."""


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provider: its users with their clients, and how it serves."""

    elsewhere: ClassVar[dict[str, str]] = {
        "draft": ': a federation speaks one draft, which is said once, as the "draft" of the topology'
    }
    """Of what is not said here, where it is said."""

    users: Users = Users({})
    ds_host: Annotated[str, Checked(names.fqdn)] | None = None
    """Where its endpoints are served, but for discovery; the draft's usual name if not said."""
    max_body: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The largest request body that it takes, in bytes; 4 MiB if not said."""
    rate_limits: dict[RateKey, RateLimit] = {}
    """By whose requests are counted; what is not named is free."""
    handshake_timeout: Duration | None = None
    """How long it waits for the end of a TLS handshake, in real time; 10 s if not said."""
    store: StoreKind = StoreKind.memory
    """Whether its SQLite database is in memory, or a file in a temporary folder of the run."""
    port: Port | None = None
    """The loopback port that it serves at; any that is free if not said."""
    privacy_pass: PrivacyPass | None = None
    """What it does with tokens of Privacy Pass; it does not know them if not said."""
    waive: tuple[Waived, ...] = ()
    """The IDs of requirements, or of single checks of one, that it and its clients do not keep."""
    external: External | None = None
    """Where it is, if somebody else runs it. Then its users have names here, and nothing else."""


class Providers(dict[str, Provider]):
    """The providers by name, in the order of the file."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping of name to provider. Several may share a service host, but no port."""
        read = reader.value(node, dict[ProviderName, Provider])
        if not isinstance(node, Mapping) or read is INVALID:
            return INVALID
        ports: dict[int, str] = {}
        for name, provider in read.items():
            if provider.port is not None and ports.setdefault(provider.port, name) != name:
                other = ports[provider.port]
                reader.wrong(_place(node, name, "port"), f'at port {provider.port} "{other}" serves already')
        return cls(read)


def _place(providers: Mapping, name: str, field: str) -> Node | Span:
    """Where a provider's field stands; its name where it has none."""
    said = providers.values[name]
    return said.values.get(field, providers.keys[name]) if isinstance(said, Mapping) else providers.keys[name]


class Topology(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who takes part."""

    elsewhere: ClassVar[dict[str, str]] = {"profile": ': this is "draft" now'}

    providers: Providers = Providers()
    generate: Generate | None = None
    """Providers that are counted instead of listed."""
    draft: DraftRef = DRAFTS.names[0]
    """By which draft providers speak with each other."""
    mutual_tls: bool = False
    """Whether providers authenticate as TLS clients too."""
    http2: bool = False
    """Whether providers ask each other by HTTP/2; they serve both versions."""
    suite: Annotated[int, Checked(_suite)] = 1
    """The MLS cipher suite (RFC 9420 17.1)."""
    key_packages: Annotated[int, msgspec.Meta(ge=0, le=_POLICY.max_key_packages)] = 10
    """How many KeyPackages of each sort a client publishes at the start, besides those of last resort."""
    last_resort: bool = True
    """Whether clients publish KeyPackages of last resort."""
    waive: tuple[Waived, ...] = ()
    """The IDs of requirements, or of single checks of one, that no provider and no client keeps."""
    authority: FilePath | None = None
    """The folder of the certificate authority (`ca.pem`, `ca.key`), made when it is first used; one of the run alone if
    not said."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping. Where its providers serve depends on the draft, and must be nobody else's own domain."""
        read = reader.struct(node, cls)
        providers = node.values.get("providers") if isinstance(node, Mapping) else None
        if read is INVALID or not isinstance(providers, Mapping):
            return read
        for name in read.providers:
            place = _place(providers, name, "ds_host")
            try:
                host = read.service_host(name)
            except names.BadName as error:
                reader.wrong(place, str(error))
                continue
            if host != name and host in read.providers:
                reader.wrong(place, f'the service host of "{name}" is {host}, but that is the domain of "{host}"')
        for name, provider in read.providers.items():
            odd = None if provider.privacy_pass is None else read._odd_issuer(provider.privacy_pass.issuer)
            if odd is not None:
                reader.wrong(_place(providers, name, "privacy_pass"), odd)
        return read

    def _odd_issuer(self, issuer: str | None) -> str | None:
        """Why nobody will get a token from the issuer that an origin names; None if there is no reason."""
        if issuer is None:
            return None
        known = self.providers.get(issuer)
        if known is None:
            return f'the "issuer" {issuer} is no provider{hint(issuer, self.providers)}'
        issues = known.external is not None or (known.privacy_pass is not None and known.privacy_pass.issues)
        return None if issues else f'the "issuer" {issuer} issues no tokens: it needs "issues"'

    def service_host(self, provider: str) -> str:
        """Where a provider serves. Raises BadName where the draft has no name for that."""
        return self.providers[provider].ds_host or self.usual_host(provider)

    def usual_host(self, provider: str) -> str:
        """Where a provider serves by the draft if nothing is said. Raises BadName."""
        return registry.named(self.draft).discovery.default_host(provider)

    def waiving(self, rules: Iterable[str]) -> "Topology":
        """The same where nobody keeps these rules either (IDs)."""
        return msgspec.structs.replace(self, waive=tuple(dict.fromkeys((*self.waive, *rules))))

    def needed(self) -> tuple[DraftFeature, ...]:
        """The features that it needs of the draft."""
        hosts = [provider.ds_host for provider in self.providers.values() if provider.ds_host is not None]
        said = {
            DraftFeature.optional_mutual_tls: not self.mutual_tls,
            DraftFeature.last_resort: self.last_resort,
            DraftFeature.service_hosts: bool(hosts),
            DraftFeature.shared_hosts: len(set(hosts)) < len(hosts),
        }
        return tuple(feature for feature, is_meant in said.items() if is_meant)
