"""The shape of a scenario file."""

import re
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any

import msgspec

from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError, hint
from simulator.scenario.entry import Entry, Reason
from simulator.scenario.names import Checked, Defines, Kind
from simulator.scenario.reader import INVALID, Reader
from simulator.scenario.scalars import START, Duration, Moment
from simulator.scenario.tree import Mapping, Node, Scalar, items
from simulator.services import names
from simulator.services.policy import Policy

_POLICY = Policy()
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")


def _word(text: str) -> None:
    """A display name stands in URIs, and `.` separates a user from a client. Raises SimulatorError."""
    if not _WORD.fullmatch(text):
        raise SimulatorError(f'"{text}" can\'t be a name: lower case letters, digits, - and _ only')


def _tag(text: str) -> None:
    """Raises SimulatorError."""
    if not _WORD.fullmatch(text):
        raise SimulatorError(f'"{text}" can\'t be a tag: lower case letters, digits, - and _ only')


def _draft(name: str) -> None:
    """Raises SimulatorError for a draft that is not spoken here."""
    known = [draft.name for draft in DRAFTS]
    if name not in known:
        raise SimulatorError(f'unknown draft "{name}"{hint(name, known)}')


def _requirement(name: str) -> None:
    """Raises SimulatorError for what no draft demands."""
    known = [requirement.id for draft in DRAFTS for requirement in draft.requirements]
    if name not in known:
        raise SimulatorError(f'unknown requirement "{name}"{hint(name, known)}')


def _suite(number: int) -> None:
    """Raises SimulatorError for a suite that no provider here takes groups and KeyPackages of."""
    taken = _POLICY.cipher_suites
    if number not in taken:
        raise SimulatorError(f"providers take no cipher suite {number}, only {' and '.join(map(str, taken))}")


UserName = Annotated[str, Checked(_word), Defines(Kind.user)]
DeviceName = Annotated[str, Checked(_word)]
ProviderName = Annotated[str, Checked(names.fqdn), Defines(Kind.provider)]


@dataclass(frozen=True, slots=True)
class Users:
    """A provider's users, each with its clients: `{alice: [phone, laptop]}`. Reading them makes their names known."""

    clients: dict[str, tuple[str, ...]]

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping of user to clients. A user's own name also stands for the first client."""
        if not isinstance(node, Mapping):
            return reader.wrong(node, "expected users with their clients: {alice: [phone, laptop]}")
        users = {}
        for user, place in node.keys.items():
            name = reader.value(Scalar(user, place), UserName)
            reader.names.define(Kind.client, user)
            clients = tuple(cls._device(user, item, reader) for item in items(node.values[user]))
            users[name] = clients or (reader.wrong(place, f'user "{user}" has no client'),)
        return INVALID if INVALID in users or INVALID in chain(*users.values()) else cls(users)

    @staticmethod
    def _device(user: str, node: Node, reader: Reader) -> Any:
        device = reader.value(node, DeviceName)
        complaint = device is not INVALID and reader.names.define(Kind.client, f"{user}.{device}")
        return reader.wrong(node, complaint) if complaint else device


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provider: its users with their clients, and how it serves."""

    users: Users = Users({})
    ds_host: Annotated[str, Checked(names.fqdn)] | None = None
    """Where its Delivery Service is; `ds.` before its name if not said."""
    max_body: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The largest request body that it takes, in bytes; 4 MiB if not said."""


class Providers(dict[str, Provider]):
    """The providers by name, in the order of the file."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping of name to provider. Each host is one provider's: two could not serve there side by side."""
        read = reader.value(node, dict[ProviderName, Provider])
        if not isinstance(node, Mapping) or read is INVALID:
            return INVALID
        taken = {name: name for name in read}
        for name, provider in read.items():
            host = provider.ds_host or names.ds_host(name)
            other = taken.setdefault(host, name)
            if other != name:
                said = node.values[name]
                place = said.values.get("ds_host", node.keys[name]) if isinstance(said, Mapping) else node.keys[name]
                reader.wrong(place, f'the DS host of "{name}" is {host}, but there "{other}" serves already')
        return cls(read)


class Topology(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who takes part."""

    providers: Providers
    draft: Annotated[str, Checked(_draft)] = DRAFTS[0].name
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


class ScenarioFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="scenario"):
    """A scenario as its file says it. The topology comes before the steps: steps use its names."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    topology: Topology
    steps: tuple[Entry, ...]
    description: str = ""
    """What the draft says and what this shows."""
    tags: tuple[Annotated[str, Checked(_tag)], ...] = ()
    """Words to select scenarios by, such as `malicious`."""
    covers: tuple[Annotated[str, Checked(_requirement)], ...] = ()
    """The IDs of the drafts' requirements that it shows."""
    skip: Reason | None = None
    """Why it is not run, if it is not."""
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] = 1
    """All randomness follows from it, unless the command line says otherwise."""
    clock: Moment = START
    timeout: Duration = Duration(120)
    """How long a run may take in real time."""
