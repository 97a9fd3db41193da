"""How fast our MLS is beside mls-rs, both in the same group.

    python -m tests.benchmarks.bench_mls

The group's tree is full: nearly everybody has joined with a path. Bytes go in and come out on both sides. Absolute
numbers say more about the machine than about us; the ratio is measured in the same run. Half a minute in all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import TypeVar

from simulator.codec import decode, encode
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import Group
from simulator.mls.identity import default_capabilities
from simulator.mls.proposals.proposals import Add
from simulator.mls.public_group import PublicGroup
from tests.interop.mls_rs_peer import PeerClient, PeerGroup
from tests.interop.test_mls_rs import LIFETIME, key_package_of
from tests.mls.whole_group import Person

SIZES = (10, 100)
ROUNDS = 25
MESSAGE = bytes(200)
T = TypeVar("T")


@dataclass
class Watch:
    """Times by what was timed."""

    times: dict[str, list[float]] = field(default_factory=dict)

    def time(self, name: str, work: Callable[[], T]) -> T:
        """The result of `work`, whose duration is noted."""
        start = perf_counter()
        result = work()
        self.times.setdefault(name, []).append(perf_counter() - start)
        return result

    def milliseconds(self, name: str) -> float:
        """The median."""
        return median(self.times[name]) * 1000


def person(name: str) -> Person:
    """A client that mls-rs can be in a group with."""
    return Person(name, capabilities=default_capabilities(), lifetime=LIFETIME)


class Race:
    """A group with two of ours and two of mls-rs who take part, and others who only fill it."""

    def __init__(self, size: int) -> None:
        self.watch = Watch()
        self.people = [person("ours 0"), person("ours 1")]
        clients = [PeerClient(b"theirs 0"), PeerClient(b"theirs 1")]
        creator = self.people[0].create()
        packages = [self.people[1].key_package(), *(key_package_of(client.key_package()) for client in clients)]
        rand = self.people[0].rand
        bundle = creator.commit([Add(package) for package in packages], rand, None, tree_in_welcome=True)
        welcome = bundle.welcomes[0]
        other = self.people[1]
        self.ours = [bundle.next, Group.join(welcome.body, other.bundles, other.identity)]
        self.theirs: list[PeerGroup] = [client.join(welcome) for client in clients]
        for number in range(size - 4):
            self._fill(person(f"filler {number}"))

    def _fill(self, filler: Person) -> None:
        group = self.ours[0]
        joined = Group.external_join(group.group_info(), group.public.ratchet_tree(), filler.identity, filler.rand)
        self.spread(encode(joined.message))

    def spread(self, data: bytes) -> None:
        """Everybody who takes part follows, untimed."""
        self.ours = [group.process(decode(MLSMessage, data), None).group for group in self.ours]
        for peer in self.theirs:
            peer.process_bytes(data)

    def run(self) -> Watch:
        """Everything, often enough for a median."""
        for _ in range(ROUNDS):
            self.our_commit()
            self.their_commit()
            self.messages()
        self.service()
        self.joins()
        return self.watch

    def our_commit(self) -> None:
        """One of ours commits, the other follows."""
        committer, follower = self.ours
        rand = self.people[0].rand
        made: list[Group] = []

        def commit() -> bytes:
            bundle = committer.commit([], rand, None)
            made.append(bundle.next)
            return encode(bundle.message)

        data = self.watch.time("our commit", commit)
        followed = self.watch.time("our process", lambda: follower.process(decode(MLSMessage, data), None))
        self.ours = [made[0], followed.group]
        for peer in self.theirs:
            peer.process_bytes(data)

    def their_commit(self) -> None:
        """One of theirs commits, the other follows."""
        committer, follower = self.theirs
        data = self.watch.time("their commit", committer.commit_bytes)
        committer.process_bytes(data)
        self.watch.time("their process", lambda: follower.process_bytes(data))
        self.ours = [group.process(decode(MLSMessage, data), None).group for group in self.ours]

    def messages(self) -> None:
        """Each side talks to itself."""
        sender, receiver = self.ours
        rand = self.people[0].rand
        message, self.ours[0] = self.watch.time("our seal", lambda: sender.encrypt(MESSAGE, rand))
        data = encode(message)
        opened = self.watch.time("our open", lambda: receiver.process(decode(MLSMessage, data), None))
        self.ours[1] = opened.group
        data = self.watch.time("their seal", lambda: self.theirs[0].encrypt_bytes(MESSAGE))
        self.watch.time("their open", lambda: self.theirs[1].process_bytes(data))

    def service(self) -> None:
        """What only we do: a Delivery Service loads a group, checks an Add, and stores the next epoch."""
        stored = self.ours[0].public.to_bytes()
        newcomer = Add(person("newcomer").key_package())
        data = encode(self.ours[0].commit([newcomer], self.people[0].rand, None).message)
        for _ in range(ROUNDS):
            group = self.watch.time("service load", lambda: PublicGroup.from_bytes(stored))
            group.roster.index_of(b"")
            assert group.tree.tree_hash
            body = decode(MLSMessage, data).body
            assert isinstance(body, PublicMessage)
            staged = self.watch.time("service add", lambda group=group, body=body: group.stage_commit(body, None))
            self.watch.time("service store", staged.group.to_bytes)

    def joins(self) -> None:
        """Newcomers of both sides, all in one Commit that nobody adopts."""
        ours = [person(f"new {number}") for number in range(5)]
        theirs = [PeerClient(f"new peer {number}".encode()) for number in range(5)]
        adds = [Add(someone.key_package()) for someone in ours]
        adds += [Add(key_package_of(client.key_package())) for client in theirs]
        bundle = self.ours[0].commit(adds, self.people[0].rand, None, tree_in_welcome=True)
        data = encode(bundle.welcomes[0])
        for someone in ours:
            self.watch.time(
                "our join",
                lambda someone=someone: Group.join(decode(MLSMessage, data).body, someone.bundles, someone.identity),
            )
        for client in theirs:
            self.watch.time("their join", lambda client=client: client.join(decode(MLSMessage, data)))


def main() -> None:
    """Print one table per group size."""
    for size in SIZES:
        watch = Race(size).run()
        print(f"{size} members            ours ms   mls-rs ms    ours/mls-rs")
        for name in ("commit", "process", "join", "seal", "open"):
            ours, theirs = watch.milliseconds(f"our {name}"), watch.milliseconds(f"their {name}")
            print(f"  {name:18}{ours:10.3f}{theirs:12.3f}{ours / theirs:15.2f}")
        for name in ("service load", "service add", "service store"):
            print(f"  {name:18}{watch.milliseconds(name):10.3f}")


if __name__ == "__main__":
    main()
