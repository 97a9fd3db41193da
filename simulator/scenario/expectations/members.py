"""Who is in a group."""

from typing import Any

from simulator.clients.members import clients
from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.step import Expectation, Unmet


class Members(Expectation, frozen=True, tag="members"):
    """Exactly these clients are members: each of them that is online says so."""

    group: GroupRef
    clients: tuple[ClientRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare every member's tree, and look for others who think they are members."""
        group = context.group(self.group)
        expected = sorted(context.session.client(name).uri for name in self.clients)
        for client in context.session.clients:
            state = client.groups.get(group)
            if not client.online:
                continue
            if state is None and client.uri in expected:
                raise Unmet(f"{client.name} to be in {self.group}", "it is not")
            if state is not None and client.uri not in expected:
                raise Unmet(f"{client.name} not to be in {self.group}", "it is")
            if state is not None:
                members = sorted(clients(state).values())
                if members != expected:
                    raise Unmet(f"the members {expected}", f"{client.name} sees {members}")
