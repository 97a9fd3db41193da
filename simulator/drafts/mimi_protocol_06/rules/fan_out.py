"""Who hears of what is accepted in a room: each provider with clients there ([P] 5.5)."""

from collections.abc import Collection

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, user_of
from simulator.drafts.mimi_protocol_06.rules.deliveries import effect_for
from simulator.mls.public_group import PublicGroup
from simulator.services.delivery.effects import Effect
from simulator.services.members import uri_of
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext


@dataclass(frozen=True, slots=True)
class Source:
    """Where a message comes from: a provider, and its client as far as the message shows which."""

    provider: str
    client: str | None = None

    def needs_it_back(self, clients: Collection[str]) -> bool:
        """Whether these clients of its provider are more than the one that sent it."""
        return len(clients) > 1 if self.client is None else bool(set(clients) - {self.client})


def providers_in(group: PublicGroup) -> dict[str, list[str]]:
    """The providers with clients in a group, and those clients, in the order of their leaves."""
    providers: dict[str, list[str]] = {}
    for member in group.members():
        uri = uri_of(member)
        providers.setdefault(parse_client(uri).provider, []).append(uri)
    return providers


def fan_out(
    message: FanoutMessage, group: PublicGroup, source: Source, context: ServiceContext, *, to_source: bool = False
) -> tuple[Effect, ...]:
    """To each provider with clients in the group, but to the source's only if others of its clients need it.

    `to_source`: the client that sent it needs it, too.
    """
    providers = providers_in(group)
    if to_source and source.client is not None and source.client not in providers.setdefault(source.provider, []):
        providers[source.provider].append(source.client)
    effects = []
    for provider, clients in providers.items():
        if provider != source.provider or to_source or source.needs_it_back(clients):
            own = clients if to_source else [client for client in clients if client != source.client]
            effects.append(effect_for(provider, group.group_id, message, own, context))
    return tuple(effects)


def fan_out_to_participants(
    message: FanoutMessage, group: PublicGroup, state: RoomState, source: Source, context: ServiceContext
) -> tuple[Effect, ...]:
    """The same for an application message: clients whose users were removed or banned do not get it, as far as we
    decide that ([P] 5.3); where others of such a provider stay, it decides.
    """
    effects = []
    for provider, clients in providers_in(group).items():
        staying = [client for client in clients if state.takes_part(user_of(client))]
        if staying and (provider != source.provider or source.needs_it_back(staying)):
            own = [client for client in staying if client != source.client]
            effects.append(effect_for(provider, group.group_id, message, own, context))
    return tuple(effects)
