"""The names that a scenario defines, for whatever is said about it from outside."""

from simulator.drafts import registry
from simulator.scenario.entry import Entry
from simulator.scenario.names import Kind, Names
from simulator.scenario.schema import ScenarioFile


def names_of(content: ScenarioFile) -> Names:
    """All that is known at its end: who takes part, and what its steps have made."""
    names = Names(registry.named(content.topology.draft), content.drafts)
    for provider, spec in content.topology.providers.items():
        names.define(Kind.provider, provider)
        for user, devices in spec.users.clients.items():
            names.define(Kind.user, user)
            for client in (user, *(f"{user}.{device}" for device in devices)):
                names.define(Kind.client, client)
    for entry in content.steps:
        _define_made(entry, names)
    return names


def _define_made(entry: Entry, names: Names) -> None:
    for inner in entry.inner:
        _define_made(inner, names)
    if entry.name is not None:
        for kind in (entry.step.produces, Kind.step):
            if kind is not None:
                names.define(kind, entry.name)  # in a step that is repeated, the same again
        endpoint = entry.step.endpoint_in(names)
        if endpoint is not None:
            names.endpoints[entry.name] = endpoint
