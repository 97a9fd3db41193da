"""Topologies of any size: providers and users that are counted instead of listed."""

from typing import Annotated

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, Sequence, laid
from simulator.scenario.loading.problems import Span

MOST_CLIENTS = 20_000
"""Of a whole topology."""


class Generate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="generate"):
    """Providers that are counted instead of listed. The first is `p1.example`, its users are `p1-u1`, `p1-u2` and so
    on, and their clients `p1-u1.c1`, `p1-u1.c2` and so on.

    In lists of names, `all` stands for everybody, `all but p1-u1` for the others, `p2-*` for those of one provider.
    """

    providers: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    users: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 1
    """Per provider."""
    clients: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    """Per user."""

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        if self.providers * self.users * self.clients > MOST_CLIENTS:
            raise SimulatorError(f"providers x users x clients: {MOST_CLIENTS} clients are the most")


def with_generated(topology: Mapping) -> Mapping:
    """A topology in which the providers that it wants generated are listed; what it says of them itself is laid over
    them. As it is where it wants none, or says so wrongly.
    """
    node = topology.values.get("generate")
    if not isinstance(node, Mapping):
        return topology
    said = {name: value.value if isinstance(value, Scalar) else None for name, value in node.values.items()}
    try:
        wanted = msgspec.convert(said, Generate)
    except (msgspec.ValidationError, SimulatorError):
        return topology  # the reader will say it better
    span = topology.keys["generate"]
    made = _mapping(
        {f"p{number}.example": _provider(number, wanted, span) for number in _count(wanted.providers)}, span
    )
    own = topology.values.get("providers")
    providers = made if own is None else laid(own, made)
    return _mapping({**topology.values, "providers": providers}, topology.span, {"providers": span, **topology.keys})


def _provider(number: int, wanted: Generate, span: Span) -> Node:
    clients = Sequence(tuple(Scalar(f"c{client}", span) for client in _count(wanted.clients)), span)
    users = {f"p{number}-u{user}": clients for user in _count(wanted.users)}
    return _mapping({"users": _mapping(users, span)}, span)


def _count(number: int) -> range:
    return range(1, number + 1)


def _mapping(
    values: "dict[str, Mapping] | dict[str, Node] | dict[str, Sequence]",
    span: Span,
    keys: dict[str, Span] | None = None,
) -> Mapping:
    return Mapping(dict(values), keys or dict.fromkeys(values, span), span)
