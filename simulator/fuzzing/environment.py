"""A federation at rest, and a valid request for every operation: the ground that every case starts from.

All clients are offline and nothing is under way, so the only thing that happens is what a case does. The providers keep
their stores in files; after a case that was accepted these are put back, so each case stands for itself and can be
repeated alone.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from simulator.codec import decode
from simulator.dataclass import dataclass
from simulator.drafts.fuzzing import Fuzzing, fuzzing_of
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.wire_request import Headers
from simulator.federation import Session
from simulator.federation.session import RawReply
from simulator.fuzzing.kinds import Kind
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.whole_bodies import body_of, framed, request_struct
from simulator.mls.extensions.extension import Extension
from simulator.mls.group import Group
from simulator.mutation.properties import hold
from simulator.mutation.values import Pool
from simulator.services.refusal import Code
from simulator.services.signing import Sign
from simulator.storage.snapshot import Snapshot
from simulator.trace import Recorder
from simulator.trace.recorder import E, Mark

NOW = 1_700_000_000
"""Unix seconds of every environment's clock, which stands still."""
MAX_BODY = 200_000
"""Bytes; small, so that a case can exceed it."""
KEY_PACKAGES = 4
"""In stock of each kind for each client, besides one of last resort."""
PROVIDERS = ("a.example", "b.example", "c.example")


@dataclass(frozen=True, slots=True)
class Seed:
    """A valid request: `key` signs for the client, if one signs. With a `code` it is one that must be refused so.

    `variables` and `headers` are as in `Outgoing`.
    """

    name: str
    endpoint: str
    sender: str
    recipient: str
    request: Any
    key: bytes | None = field(default=None, repr=False)
    code: Code | None = None
    variables: Mapping[str, str] = field(default_factory=dict, hash=False)
    headers: Headers = ()

    @classmethod
    def of(cls, name: str, sender: str, outgoing: Outgoing, key: bytes | None, code: Code | None = None) -> "Seed":
        """A request that is ready to be sent."""
        kind = present(request_struct(outgoing.endpoint), "requests to this endpoint have a body")
        request: Any = decode(kind, framed(outgoing.endpoint, outgoing.body))
        place = (name, outgoing.endpoint.name, sender, outgoing.recipient)
        return cls(*place, request, key, code, outgoing.variables, outgoing.headers)

    def shot(self, body: bytes) -> dict[str, Any]:
        """The request with this body, as JSON."""
        shot: dict[str, Any] = {"sender": self.sender, "recipient": self.recipient, "endpoint": self.endpoint}
        if self.variables or self.headers:
            shot |= {"variables": dict(self.variables), "headers": [list(header) for header in self.headers]}
        return {**shot, "body": body.hex()}


class Tape(Recorder):
    """A recorder that can be switched off: nobody needs the exchanges of a hundred thousand cases."""

    running = True

    def add(self, event: E, mark: Mark | None = None) -> E:
        """Keep the event, if running."""
        return super().add(event, mark) if self.running else event


@dataclass
class Environment:
    """A session at rest. `keys` are all private signature keys by public key, `views` what members know by group_id."""

    kind: Kind
    session: Session
    snapshots: Mapping[str, Snapshot]
    """Of the providers' stores, by name."""
    seeds: tuple[Seed, ...] = ()
    keys: dict[bytes, bytes] = field(default_factory=dict, repr=False)
    views: dict[bytes, dict[bytes, Group]] = field(default_factory=dict, repr=False)
    signs: dict[str, Sign] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    pool: Pool = field(init=False, repr=False)
    own: Fuzzing = field(init=False, repr=False)
    """What fuzzers know of its draft."""
    _seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know the draft."""
        self.pool = Pool(bodies=self.session.draft.mls.bodies.get(Extension))
        self.own = fuzzing_of(self.session.draft)

    async def send(self, shot: dict[str, Any]) -> RawReply:
        """Send what `Seed.shot` has described."""
        headers = tuple((name, value) for name, value in shot.get("headers", ()))
        body, variables = bytes.fromhex(shot["body"]), shot.get("variables", {})
        return await self.session.send_raw(
            shot["sender"], shot["recipient"], shot["endpoint"], body, variables, headers
        )

    def remember(self) -> None:
        """This is the state that `restore` goes back to."""
        for snapshot in self.snapshots.values():
            snapshot.take()
        self.fingerprints, self._seen = self.look(), self._versions()

    def unchanged(self) -> bool:
        """Whether every store is as it was. Where nothing was committed since, that takes no look at all."""
        versions = self._versions()
        if versions != self._seen and self.look() == self.fingerprints:
            self._seen = versions
        return versions == self._seen

    def _versions(self) -> dict[str, int]:
        """A number for each store that changes whenever anybody else commits something in it."""
        return {name: snapshot.version for name, snapshot in self.snapshots.items()}

    def look(self) -> dict[str, str]:
        """A fingerprint of each provider."""
        return {name: self.session.provider(name).fingerprint() for name in self.snapshots}

    async def restore(self) -> None:
        """Put every store back once nothing is under way any more."""
        await self.session.settle()
        for name, snapshot in self.snapshots.items():
            snapshot.put_back()
            self.session.provider(name).executor.store.changed_outside()
        self._seen = {}
        hold(self.unchanged(), "a store can't be put back")


async def check_seeds(environment: Environment) -> None:
    """Every seed is accepted as it is, and every attack refused as it should be. Raises Broken."""
    for seed in environment.seeds:
        reply = await environment.send(seed.shot(body_of(seed.request)))
        hold(reply.error == seed.code, (seed.name, reply.error, reply.description))
        if seed.code is None:
            await environment.restore()
        hold(environment.unchanged(), seed.name)
