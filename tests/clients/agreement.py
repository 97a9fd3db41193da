"""What all members of a group must have in common."""

from simulator.clients.members import clients
from simulator.federation import Session


def members(session: Session, group: str) -> list[str]:
    """Who the members are, on which all of them agree, as on everything else in the epoch."""
    views = [client.groups[group] for client in session.clients if group in client.groups]
    assert len({(view.epoch, view.epoch_authenticator, view.export("test", b"", 16)) for view in views}) == 1
    (names,) = {tuple(clients(view).values()) for view in views}
    inside = {client.uri for client in session.clients if group in client.groups}
    assert inside == set(names)
    return ["/".join(name.split("/")[-2:]) for name in names]
