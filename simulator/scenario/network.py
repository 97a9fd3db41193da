"""The shape of a scenario's `network`: what the links between its providers are like."""

import re
from collections.abc import Mapping as Lookup
from typing import Any

import msgspec

from simulator.dataclass import dataclass
from simulator.net.links import Link, NetworkModel
from simulator.scenario.loading.conversion import INVALID, Reader
from simulator.scenario.loading.nodes import Mapping, Node
from simulator.scenario.names import Kind
from simulator.scenario.quantities import Bandwidth, LossRate, NetworkTime


class LinkSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="link"):
    """What a link is like, in each direction that is meant; what is not said is as the network has it for all."""

    latency: NetworkTime | None = None
    """How long a message is on its way, besides the time in which it leaves: `40 ms`."""
    jitter: NetworkTime | None = None
    """How much longer at most, evenly distributed and another time for each message: `5 ms`."""
    loss: LossRate | None = None
    """How many segments of 1460 octets are lost: `1 %`. TCP sends them again, which costs time: 1 s for the first loss
    of a segment, twice as much for each further one."""
    bandwidth: Bandwidth | None = None
    """How fast a message leaves, while what is behind it waits: `10 Mbit/s`. As fast as can be if not said."""

    def over(self, base: Link) -> Link:
        """The link, where the rest is as in another."""
        return Link(
            base.latency if self.latency is None else self.latency.nanoseconds,
            base.jitter if self.jitter is None else self.jitter.nanoseconds,
            base.loss if self.loss is None else self.loss.probability,
            base.bandwidth if self.bandwidth is None else self.bandwidth.bits_per_second,
        )


_WAY = re.compile(r"(\S+) (<?->) (\S+)")


@dataclass(frozen=True, slots=True)
class LinksByName:
    """Links that differ from all others: `a.example -> b.example` is one direction, `a.example <-> b.example` both."""

    by_way: Lookup[tuple[str, str], LinkSettings]

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping. Each direction is in it once."""
        if not isinstance(node, Mapping):
            return reader.wrong(node, "expected links with what they are like: {a.example <-> b.example: {...}}")
        found: dict[tuple[str, str], Any] = {}
        for name, place in node.keys.items():
            settings = reader.value(node.values[name], LinkSettings)
            match = _WAY.fullmatch(name)
            if match is None:
                words = 'expected a link between two providers, such as "a.example -> b.example" (or <->)'
                found["", ""] = reader.wrong(place, f'"{name}" is no link: {words}')
                continue
            here, arrow, there = match.groups()
            complaints = [reader.names.complaint(Kind.provider, each) for each in (here, there)]
            complaints += [f'"{here}" has no link to itself'] if here == there else []
            for way in ((here, there), (there, here))[: 1 if arrow == "->" else 2]:
                complaints += [f'"{" -> ".join(way)}" is here twice'] if way in found else []
                found[way] = settings
            for complaint in filter(None, complaints):
                found["", ""] = reader.wrong(place, complaint)
        return INVALID if INVALID in found.values() else cls(found)

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        from simulator.scenario.json_schema import struct

        names = {"pattern": r"^\S+ <?-> \S+$"}
        return {"type": "object", "propertyNames": names, "additionalProperties": struct(LinkSettings)}


class NetworkSettings(LinkSettings, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="network"):
    """What the links between providers are like: requests and answers take simulated time, which passes by itself. What
    is said here holds for all links, in each direction; what is not said takes no time.
    """

    links: LinksByName = LinksByName({})
    """Those that are otherwise."""

    def model(self) -> NetworkModel:
        """The same for the network."""
        default = self.over(Link())
        return NetworkModel(default, {way: each.over(default) for way, each in self.links.by_way.items()})
